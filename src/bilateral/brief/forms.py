"""A brief printed: text for the terminal, Markdown, JSON. Pure functions from a Brief to a string."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec

from bilateral.brief import wording
from bilateral.brief.making import POSITIONS, Brief, Line, Section, Words
from bilateral.brief.rows import json_value, nested

WIDTH = 100


def as_json(brief: Brief) -> str:
    """Everything that a brief holds, as one JSON object: its lines with their words, its sources, its records."""
    reports = {r.id: r for r in brief.sources}
    made: dict[str, Any] = msgspec.to_builtins(brief)
    made["records"] = [json_value(nested(record, reports[record.doc])) for record in brief.records]
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def _as_on(brief: Brief) -> str:
    if brief.as_on:
        return f"As on {wording.day(brief.as_on)} (date of the newest report)"
    return "No report is dated" if brief.sources else "The store has nothing on this"


def _date(line: Line) -> str:
    """When: the date of the thing, else the day it was reported."""
    if line.date:
        return wording.day(line.date)
    return f"reported {wording.day(line.reported)}" if line.reported else "undated"


class _Attribution:
    """Who says what, with the office at a person's first words in a section and the name alone after that."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, words: Words) -> str:
        if words.name is None or words.name not in self._seen:
            self._seen.add(words.name or "")
            return words.claim
        return f"{words.told}, {words.name}"


def as_text(brief: Brief) -> str:
    """A brief for a terminal, 100 columns wide."""
    return "\n".join(_text(brief)) + "\n"


def _text(brief: Brief) -> Iterator[str]:
    yield brief.title.upper()
    yield _as_on(brief)
    for words in brief.coverage:
        yield from _wrapped(words, "", "  ")
    if brief.empty:
        yield from _wrapped(f"Nothing found for: {', '.join(brief.empty)}", "", "  ")
    for section in brief.sections:
        yield ""
        yield f"{section.number}  {section.title.upper()}"
        yield from _text_section(section)
    if brief.sources:
        yield ""
        yield "15  SOURCES"
    for n, report in enumerate(brief.sources, start=1):
        yield from _wrapped(f"[{n}] {wording.source(report)} — {report.uri} ({report.id[:8]})", "   ", "       ")


def _text_section(section: Section) -> Iterator[str]:
    attributed = _Attribution()
    for group in section.groups:
        if group.heading:
            yield from _wrapped(group.heading, "   ", "   ")
        if section.number == POSITIONS:
            yield from _text_positions(group.lines, attributed)
        else:
            for line in group.lines:
                yield from _text_line(line, attributed)


def _text_line(line: Line, attributed: _Attribution) -> Iterator[str]:
    yield from _wrapped(f"• {_date(line)}: {line.text} {_marks(line)}", "   ", "     ")
    for note in line.notes:
        yield from _wrapped(note, "     ", "       ")
    for words in _quoted(line):
        yield from _wrapped(f"{attributed(words)}: “{words.quote}” ({words.record[:8]})", "     ", "     ")


def _quoted(line: Line) -> list[Words]:
    """The words to quote under a line: each sentence of a report once."""
    once = {(w.source, w.start): w for w in reversed(line.words) if w.quote}
    return list(reversed(once.values()))


def _text_positions(lines: tuple[Line, ...], attributed: _Attribution) -> Iterator[str]:
    """Yield statements under who made them, so that a speaker is named once for all that was said on one occasion."""
    for _, some in groupby(lines, key=lambda line: line.words[0].claim):
        said = list(some)
        yield from _wrapped(f"{attributed(said[0].words[0])}: {_marks(said[0])}", "   ", "   ")
        for line in said:
            quotes = "".join(f" — “{w.quote}”" for w in line.words if w.quote)
            yield from _wrapped(f"• {line.text}{quotes} ({line.words[0].record[:8]})", "     ", "       ")


def _marks(line: Line) -> str:
    return "".join(f"[{n}]" for n in line.sources)


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def as_markdown(brief: Brief) -> str:
    """A brief as Markdown; every line ends in links to its sources."""
    return "\n".join(_markdown(brief)) + "\n"


def _markdown(brief: Brief) -> Iterator[str]:
    yield f"# {_md(brief.title)}"
    yield ""
    yield f"{_as_on(brief)}."
    yield ""
    yield from (f"- {_md(line)}" for line in brief.coverage)
    if brief.empty:
        yield f"- Nothing found for: {', '.join(brief.empty)}"
    for section in brief.sections:
        yield ""
        yield f"## {section.number}. {section.title}"
        yield from _markdown_section(section)
    if brief.sources:
        yield ""
        yield "## 15. Sources"
        yield ""
    for n, report in enumerate(brief.sources, start=1):
        yield f'{n}. <a id="s{n}"></a>{_md(wording.source(report))} — {_md(report.uri)} ({report.id[:8]})'


def _markdown_section(section: Section) -> Iterator[str]:
    attributed = _Attribution()
    for group in section.groups:
        yield ""
        if group.heading:
            yield f"### {_md(group.heading)}"
            yield ""
        if section.number == POSITIONS:
            yield from _markdown_positions(group.lines, attributed)
        else:
            for line in group.lines:
                yield from _markdown_line(line, attributed)


def _markdown_line(line: Line, attributed: _Attribution) -> Iterator[str]:
    yield f"- **{_date(line)}**: {_md(line.text)} {_links(line)}"
    yield from (f"  - *{_md(note)}*" for note in line.notes)
    for words in _quoted(line):
        yield f"  - {_md(attributed(words))}: “{_md(words.quote)}” (`{words.record[:8]}`)"


def _markdown_positions(lines: tuple[Line, ...], attributed: _Attribution) -> Iterator[str]:
    for _, some in groupby(lines, key=lambda line: line.words[0].claim):
        said = list(some)
        yield f"- {_md(attributed(said[0].words[0]))}: {_links(said[0])}"
        for line in said:
            quotes = "".join(f" — “{_md(w.quote)}”" for w in line.words if w.quote)
            yield f"  - {_md(line.text)}{quotes} (`{line.words[0].record[:8]}`)"


def _links(line: Line) -> str:
    return "".join(f"[\\[{n}\\]](#s{n})" for n in line.sources)


def _md(text: str) -> str:
    """Text on one line with the characters that Markdown or HTML would act on made harmless."""
    text = " ".join(text.split())
    for mark in ("\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&"):
        text = text.replace(mark, f"\\{mark}")
    return text
