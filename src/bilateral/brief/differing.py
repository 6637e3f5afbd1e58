"""What changed between two briefs, printed: text, Markdown, JSON, HTML. Pure functions to strings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

import msgspec

from bilateral.brief import wording
from bilateral.brief.differences import Change, Changed, Difference, Placed, Shift
from bilateral.brief.forms import escaped_markdown, quoted, when, wrapped
from bilateral.brief.page import document
from bilateral.brief.structure import FIGURES, Line
from bilateral.brief.tables import harmless

_NOTHING = "Nothing changed."


def difference_as_json(made: Difference) -> str:
    """All that changed, with the whole lines, as one JSON object."""
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def _dates(made: Difference) -> str:
    before, after = (wording.day(d) if d else "an undated brief" for d in (made.before, made.after))
    return f"From {before} to {after}"


def _reports(made: Difference) -> Iterator[str]:
    for what, reports in (("New reports", made.reports_new), ("Reports gone", made.reports_gone)):
        if reports:
            yield f"{what}: {'; '.join(map(wording.source, reports))}"


def _what(placed: Placed | Change, number: int) -> str:
    """What a line says; a figure with what it is of, which stands above it in a brief."""
    line = placed.line
    is_bare = number == FIGURES and ": " not in line.text and placed.heading
    return f"{placed.heading}: {line.text}" if is_bare else line.text


def _told(placed: Placed | Change, number: int) -> str:
    return f"{when(placed.line)}: {_what(placed, number)}"


def _quote(line: Line) -> str:
    shown, _ = quoted(line)
    return f"{shown[0].claim}: “{shown[0].quote}” ({shown[0].record[:8]})" if shown else f"({line.words[0].record[:8]})"


def _shift(shift: Shift) -> str:
    return f"{shift.what}: {shift.before or 'none'} → {shift.after or 'none'}"


def _lists(section: Changed) -> Iterator[tuple[str, tuple[Placed, ...]]]:
    yield from ((what, some) for what, some in (("New", section.new), ("Gone", section.gone)) if some)


def difference_as_text(made: Difference) -> str:
    """What changed, for a terminal."""
    return "\n".join(_text(made)) + "\n"


def _text(made: Difference) -> Iterator[str]:
    yield f"{made.title.upper()}: WHAT CHANGED"
    yield _dates(made)
    for words in _reports(made):
        yield from wrapped(words, "", "  ")
    if not made.sections:
        yield _NOTHING
    for section in made.sections:
        yield ""
        yield f"{section.number}  {section.title.upper()}"
        for change in section.changed:
            yield from wrapped(f"~ {_told(change, section.number)}", "   ", "     ")
            for shift in change.shifts:
                yield from wrapped(_shift(shift), "     ", "       ")
        for what, some in _lists(section):
            for placed in some:
                yield from wrapped(f"{'+' if what == 'New' else '-'} {_told(placed, section.number)}", "   ", "     ")
                yield from wrapped(_quote(placed.line), "     ", "     ")


def difference_as_markdown(made: Difference) -> str:
    """What changed, as Markdown."""
    return "\n".join(_markdown(made)) + "\n"


def _markdown(made: Difference) -> Iterator[str]:
    md = escaped_markdown
    yield f"# {md(made.title)}: what changed"
    yield ""
    yield f"{md(_dates(made))}."
    for words in _reports(made):
        yield ""
        yield md(words)
    if not made.sections:
        yield ""
        yield _NOTHING
    for section in made.sections:
        yield ""
        yield f"## {section.number}. {section.title}"
        if section.changed:
            yield from ("", "### Changed", "")
        for change in section.changed:
            yield f"- **{md(when(change.line))}**: {md(_what(change, section.number))}"
            yield from (f"  - *{s.what}*: {md(s.before or 'none')} → {md(s.after or 'none')}" for s in change.shifts)
        for what, some in _lists(section):
            yield from ("", f"### {what}", "")
            for placed in some:
                yield f"- **{md(when(placed.line))}**: {md(_what(placed, section.number))}"
                yield f"  - {md(_quote(placed.line))}"


def difference_as_html(made: Difference) -> str:
    """What changed, as one self-contained HTML file."""
    return document(f"{made.title}: what changed", "\n".join(_html(made)))


def _html(made: Difference) -> Iterator[str]:
    yield f'<header>\n<p class="kicker">What changed</p>\n<h1>{_h(made.title)}</h1>'
    yield f'<p class="as-on">{_h(_dates(made))}</p>\n<ul class="coverage">'
    yield from (f"<li>{_h(words)}</li>" for words in _reports(made))
    yield "</ul>\n</header>"
    if not made.sections:
        yield f"<p>{_NOTHING}</p>"
    for section in made.sections:
        yield f'<section>\n<h2><span class="no">{section.number}</span>{_h(section.title)}</h2>'
        if section.changed:
            yield "<h3>Changed</h3>"
        for change in section.changed:
            shifts = "".join(
                f'<p class="note">{_h(s.what)}: <del>{_h(s.before or "none")}</del> → '
                f"<ins>{_h(s.after or 'none')}</ins></p>" for s in change.shifts
            )  # fmt: skip
            yield _row(change.line, _what(change, section.number), shifts)
        for what, some in _lists(section):
            yield f"<h3>{what}</h3>"
            for placed in some:
                yield _row(placed.line, _what(placed, section.number), f'<p class="note">{_h(_quote(placed.line))}</p>')
        yield "</section>"


def _row(line: Line, text: str, below: str) -> str:
    return (
        f'<article class="item {_h(line.status)}"><p class="when">{_h(when(line))}</p>\n'
        f'<div><p class="what">{_h(text)}</p>{below}</div></article>'
    )


def _h(text: str) -> str:
    return escape(harmless(" ".join(text.split())))


DIFFERENCE_FORMS: dict[str, Callable[[Difference], str]] = {
    "text": difference_as_text, "markdown": difference_as_markdown, "json": difference_as_json,
    "html": difference_as_html,
}  # fmt: skip
