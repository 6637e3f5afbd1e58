"""A brief printed: text for the terminal, Markdown, JSON; and what all forms say alike. Pure functions to strings."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec

from bilateral.brief import wording
from bilateral.brief.rows import json_value, nested
from bilateral.brief.structure import POSITIONS, Brief, Group, Line, Section, Stage, Telling, Words

WIDTH = 100
QUOTED = 3  # reports whose words stand under a line; the others stand there with their numbers


def as_json(brief: Brief) -> str:
    """Everything that a brief holds, as one JSON object: its lines with their words, its sources, its records.

    `form` and `version` come first, by which `differences` knows what it reads.
    """
    reports = {r.id: r for r in brief.sources}
    made: dict[str, Any] = msgspec.to_builtins(brief)
    made["records"] = [json_value(nested(record, reports[record.doc])) for record in brief.records]
    first = {name: made.pop(name) for name in ("form", "version")}
    return msgspec.json.format(msgspec.json.encode({**first, **made}), indent=1).decode() + "\n"


# What all forms say -----------------------------------------------------------------------------------------------


def as_on(brief: Brief) -> str:
    """The date of a brief in words."""
    if brief.as_on:
        return f"As on {wording.day(brief.as_on)} (date of the newest report)"
    return "No report is dated" if brief.sources else "The store has nothing on this"


def when(line: Line) -> str:
    """When: the date of the thing, else the day it was reported."""
    if line.date:
        return wording.day(line.date)
    return f"reported {wording.day(line.reported)}" if line.reported else "undated"


def told_by(telling: Telling) -> str:
    """Who says so, in a few words: "both sides; 3 independent outlets", "Cambodia’s side alone; 1 outlet"."""
    whose = " and ".join(f"{wording.name(code)}’s side" for code in telling.states)
    sides = {"one side": f"{whose} alone", "one side and third parties": f"{whose} and third parties"}
    n = telling.independent
    outlets = "1 outlet" if n == 1 else f"{n} independent outlets"
    owned = f", state-owned: {', '.join(telling.state_owned)}" if telling.state_owned else ""
    many = "copy" if telling.copies == 1 else "copies"
    copies = f"; {telling.copies} near-{many} not counted" if telling.copies else ""
    return f"{sides.get(telling.sides, telling.sides)}; {outlets}{owned}{copies}"


def step(stage: Stage) -> str:
    """A step of a life with its date: "signed 5 May 2019", "announced for June 2019", "to be signed, June 2019"."""
    if not stage.date:
        return stage.text
    if stage.text.startswith("to be "):
        return f"{stage.text}, {wording.day(stage.date)}"
    ahead = "for " if stage.status in ("planned", "proposed") else ""
    return f"{stage.text} {ahead}{wording.day(stage.date)}"


def quoted(line: Line) -> tuple[list[Words], list[int]]:
    """The words to quote under a line and the numbers of the reports that tell it besides.

    Each sentence of a report once; of near-copies the first; of many reports the first three.
    """
    once: dict[tuple[int, int], Words] = {}
    for w in line.words:
        if w.quote:
            once.setdefault((w.source, w.start), w)
    found = list(once.values())
    own = [w for w in found if not w.is_copy] or found
    sources = list(dict.fromkeys(w.source for w in own))[:QUOTED]
    shown = [w for w in own if w.source in sources]
    return shown, [n for n in dict.fromkeys(w.source for w in found) if n not in sources]


def source_told(brief: Brief, n: int) -> str:
    """A report of the list of sources in words, with whose outlet it is and whose story it prints."""
    report, origin = brief.sources[n - 1], brief.origins[n - 1]
    owned = f" [state-owned: {wording.name(origin.state_owned)}]" if origin.state_owned else ""
    copy = f" (near-copy of [{origin.copy_of}])" if origin.copy_of else ""
    return f"{wording.source(report)}{owned}{copy}"


def occasions(lines: tuple[Line, ...]) -> Iterator[tuple[Words, list[Line]]]:
    """Yield statements under who made them, so that a speaker is named once for all that was said on one occasion."""
    for _, some in groupby(lines, key=lambda line: line.words[0].claim):
        said = list(some)
        yield said[0].words[0], said


class Attribution:
    """Who says what, with the office at a person's first words in a section and the name alone after that."""

    def __init__(self) -> None:
        """Nobody has spoken yet."""
        self._seen: set[str] = set()

    def __call__(self, words: Words) -> str:
        """Who claims some words."""
        if words.name is None or words.name not in self._seen:
            self._seen.add(words.name or "")
            return words.claim
        return f"{words.told}, {words.name}"


def headed(group: Group) -> str:
    """The heading of a group with what it comes to."""
    return f"{group.heading} ({group.summary})" if group.summary else group.heading


# Text -------------------------------------------------------------------------------------------------------------


def as_text(brief: Brief) -> str:
    """A brief for a terminal, 100 columns wide."""
    return "\n".join(_text(brief)) + "\n"


def _text(brief: Brief) -> Iterator[str]:
    yield brief.title.upper()
    yield as_on(brief)
    for words in brief.coverage:
        yield from wrapped(words, "", "  ")
    if brief.empty:
        yield from wrapped(f"Nothing found for: {', '.join(brief.empty)}", "", "  ")
    for section in brief.sections:
        yield ""
        yield f"{section.number}  {section.title.upper()}"
        yield from _text_section(section)
    if brief.sources:
        yield ""
        yield "15  SOURCES"
    for n, report in enumerate(brief.sources, start=1):
        yield from wrapped(f"[{n}] {source_told(brief, n)} — {report.uri} ({report.id[:8]})", "   ", "       ")


def _text_section(section: Section) -> Iterator[str]:
    attributed = Attribution()
    for group in section.groups:
        if group.heading:
            yield from wrapped(headed(group), "   ", "     ")
        if section.number == POSITIONS:
            yield from _text_positions(group.lines, attributed)
        else:
            for line in group.lines:
                yield from _text_line(line, attributed)


def _text_line(line: Line, attributed: Attribution) -> Iterator[str]:
    yield from wrapped(f"• {when(line)}: {line.text} {marks(line.sources)}", "   ", "     ")
    if line.life:
        steps = " → ".join(f"{step(s)} {marks(s.sources)}" for s in line.life)
        yield from wrapped(f"life: {steps}", "     ", "       ")
    for note in line.notes:
        yield from wrapped(note, "     ", "       ")
    if line.telling and not line.is_repeated:
        yield from wrapped(f"told by {told_by(line.telling)}", "     ", "       ")
    shown, others = quoted(line)
    for words in shown[:1] if line.is_repeated else shown:
        yield from wrapped(f"{attributed(words)}: “{words.quote}” ({words.record[:8]})", "     ", "     ")
    if others and not line.is_repeated:
        yield from wrapped(f"also told in {marks(others)}", "     ", "       ")


def _text_positions(lines: tuple[Line, ...], attributed: Attribution) -> Iterator[str]:
    for words, said in occasions(lines):
        yield from wrapped(f"{attributed(words)}: {marks(said[0].sources)}", "   ", "   ")
        for line in said:
            quotes = "".join(f" — “{w.quote}”" for w in line.words if w.quote)
            yield from wrapped(f"• {line.text}{quotes} ({line.words[0].record[:8]})", "     ", "       ")


def marks(numbers: tuple[int, ...] | list[int]) -> str:
    """The numbers of reports as marks: [1][4]."""
    return "".join(f"[{n}]" for n in numbers)


def wrapped(text: str, first: str, rest: str) -> list[str]:
    """A text as lines of at most WIDTH columns, the first and the other ones indented."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


# Markdown ---------------------------------------------------------------------------------------------------------


def as_markdown(brief: Brief) -> str:
    """A brief as Markdown; every line ends in links to its sources."""
    return "\n".join(_markdown(brief)) + "\n"


def _markdown(brief: Brief) -> Iterator[str]:
    yield f"# {escaped_markdown(brief.title)}"
    yield ""
    yield f"{as_on(brief)}."
    yield ""
    yield from (f"- {escaped_markdown(line)}" for line in brief.coverage)
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
        told, uri = escaped_markdown(source_told(brief, n)), escaped_markdown(report.uri)
        yield f'{n}. <a id="s{n}"></a>{told} — {uri} ({report.id[:8]})'


def _markdown_section(section: Section) -> Iterator[str]:
    attributed = Attribution()
    for group in section.groups:
        yield ""
        if group.heading:
            yield f"### {escaped_markdown(headed(group))}"
            yield ""
        if section.number == POSITIONS:
            yield from _markdown_positions(group.lines, attributed)
        else:
            for line in group.lines:
                yield from _markdown_line(line, attributed)


def _markdown_line(line: Line, attributed: Attribution) -> Iterator[str]:
    md = escaped_markdown
    yield f"- **{when(line)}**: {md(line.text)} {links(line.sources)}"
    if line.life:
        yield "  - *Life*: " + " → ".join(f"{md(step(s))} {links(s.sources)}" for s in line.life)
    yield from (f"  - *{md(note)}*" for note in line.notes)
    if line.telling and not line.is_repeated:
        yield f"  - *Told by {md(told_by(line.telling))}*"
    shown, others = quoted(line)
    for words in shown[:1] if line.is_repeated else shown:
        yield f"  - {md(attributed(words))}: “{md(words.quote)}” (`{words.record[:8]}`)"
    if others and not line.is_repeated:
        yield f"  - also told in {links(others)}"


def _markdown_positions(lines: tuple[Line, ...], attributed: Attribution) -> Iterator[str]:
    for words, said in occasions(lines):
        yield f"- {escaped_markdown(attributed(words))}: {links(said[0].sources)}"
        for line in said:
            quotes = "".join(f" — “{escaped_markdown(w.quote)}”" for w in line.words if w.quote)
            yield f"  - {escaped_markdown(line.text)}{quotes} (`{line.words[0].record[:8]}`)"


def links(numbers: tuple[int, ...] | list[int]) -> str:
    """The numbers of reports as links to the list of sources."""
    return "".join(f"[\\[{n}\\]](#s{n})" for n in numbers)


def escaped_markdown(text: str) -> str:
    """Text on one line with the characters that Markdown or HTML would act on made harmless."""
    text = " ".join(text.split())
    for mark in ("\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&"):
        text = text.replace(mark, f"\\{mark}")
    return text
