"""People printed: a list of them with their latest office, and one with offices over time and what was said.

Offices are dated by the reports that word them: first seen, last seen; neither is its beginning or end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec import Struct

from bilateral.brief import wording
from bilateral.brief.forms import escaped_markdown, wrapped
from bilateral.brief.positions import Position, markdown_of, text_of
from bilateral.brief.rows import csv_line
from bilateral.brief.tables import table
from bilateral.model import Report
from bilateral.people import Held, Person


class Profile(Struct, frozen=True, kw_only=True):
    """One person with what was said, the newest first, and the reports that the offices rest on, by id."""

    person: Person
    said: tuple[Position, ...]
    reports: dict[str, Report]


_HEADER = (
    "id",
    "name",
    "state",
    "latest office",
    "level",
    "first seen",
    "last seen",
    "reports",
    "statements",
    "spellings",
)


def _row(p: Person) -> tuple[str, ...]:
    now = latest(p)
    spellings = "; ".join(s.name for s in p.spellings if s.name != p.name)
    office, level = (now.office, now.level or "") if now else ("", "")
    return (
        p.id[:8], p.name, p.country or "", office, level, p.first or "", p.last or "", str(len(p.reports)),
        str(len(p.statements)), spellings,
    )  # fmt: skip


def latest(p: Person) -> Held | None:
    """The office that was spoken of last and is not told as a former one, else the last former one."""
    current = [h for h in p.offices if h.standing != "former"]
    return max(current or p.offices, key=lambda h: (h.until or "", h.since or "", h.office), default=None)


def list_as_text(some: Sequence[Person], width: int | None = None) -> str:
    """People as a table, fitted to a width where one is given."""
    lines = table(_HEADER, [_row(p) for p in some], width=width, flexible=("name", "latest office", "spellings"))
    return "".join(f"{line}\n" for line in lines) if some else ""


def list_as_markdown(some: Sequence[Person]) -> str:
    """People as a table in Markdown."""
    rows = [" | ".join(escaped_markdown(cell) for cell in _row(p)) for p in some]
    return (
        "\n".join([f"| {' | '.join(_HEADER)} |", "|---" * len(_HEADER) + "|", *(f"| {row} |" for row in rows)]) + "\n"
    )


def list_as_json(some: Sequence[Person]) -> str:
    """People with all that is known of them as one JSON list."""
    return msgspec.json.format(msgspec.json.encode(list(some)), indent=1).decode() + "\n"


def list_as_csv(some: Sequence[Person]) -> str:
    """People as a table with a header, one a row; no cell is a formula."""
    return csv_line(name.replace(" ", "_") for name in _HEADER) + "".join(csv_line(_row(p)) for p in some)


PEOPLE_FORMS: dict[str, Callable[[Sequence[Person]], str]] = {
    "text": list_as_text, "markdown": list_as_markdown, "json": list_as_json, "csv": list_as_csv,
}  # fmt: skip


# One person -------------------------------------------------------------------------------------------------------


def as_text(found: Sequence[Profile]) -> str:
    """People for a terminal: spellings, offices with their sources, what was said, what was joined and kept apart."""
    return "\n".join(line for profile in found for line in (*_text(profile), "")) if found else ""


def _text(made: Profile) -> Iterator[str]:
    p = made.person
    yield f"{p.name.upper()}  ({wording.name(p.country) if p.country else 'no state told'}, {p.id[:8]})"
    yield from wrapped(f"spelled: {_spelled(p)}", "   ", "     ")
    yield "   OFFICES (by the days of the reports that word them)"
    for held in p.offices:
        yield from wrapped(f"• {_term(held)}: {_office(held)}", "   ", "     ")
        for line in _sources(held, made.reports):
            yield from wrapped(line, "     ", "       ")
    if not p.offices:
        yield "   none told"
    yield "   SAID"
    for position in made.said:
        yield from text_of(position)
    if not made.said:
        yield "   nothing found"
    for line in _why(p):
        yield from wrapped(line, "   ", "     ")


def _spelled(p: Person) -> str:
    return ", ".join(f"{s.name} ({s.reports})" for s in p.spellings)


def _term(held: Held) -> str:
    if held.since is None:
        return "undated"
    span = (
        wording.day(held.since)
        if held.since == held.until
        else f"{wording.day(held.since)} to {wording.day(held.until)}"
    )
    return f"{span}{', told as former' if held.standing == 'former' else ''}"


def _office(held: Held) -> str:
    more = [f"of {wording.name(held.country)}"] if held.country else []
    more += [f"to {wording.name(held.accredited)}"] if held.accredited else []
    more += [held.standing] if held.standing not in ("current", "former") else []
    level = f" ({held.level})" if held.level else ""
    return f"“{held.office}”{level}{', ' + ', '.join(more) if more else ''}; {len(held.reports)} report(s)"


def _sources(held: Held, reports: dict[str, Report]) -> Iterator[str]:
    for source in held.sources:
        report = reports[source.report]
        place = f"[{source.start}–{source.end}] “{source.text}” ({source.record[:8]})"
        yield f"{wording.told(report)} — {report.uri} {place}"


def _why(p: Person) -> Iterator[str]:
    for join in p.joins:
        yield f"joined: {join.one} = {join.two}: {'; '.join(join.reasons)}"
    for other in p.apart:
        of = f" ({other.country})" if other.country else ""
        yield f"kept apart: {other.name}{of}: {'; '.join(other.reasons)}"


def as_markdown(found: Sequence[Profile]) -> str:
    """People as Markdown."""
    return "\n".join(line for profile in found for line in _markdown(profile)) + "\n"


def _markdown(made: Profile) -> Iterator[str]:
    md, p = escaped_markdown, made.person
    yield f"# {md(p.name)} ({md(wording.name(p.country)) if p.country else 'no state told'})"
    yield ""
    yield f"Spelled: {md(_spelled(p))}"
    yield ""
    yield "## Offices"
    yield ""
    for held in p.offices:
        yield f"- **{md(_term(held))}**: {md(_office(held))}"
        yield from (f"  - {md(line)}" for line in _sources(held, made.reports))
    yield ""
    yield "## Said"
    yield ""
    for position in made.said:
        yield from markdown_of(position)
    yield ""
    yield from (f"- {md(line)}" for line in _why(p))


def as_json(found: Sequence[Profile]) -> str:
    """People with offices, sources and statements as one JSON list."""
    return msgspec.json.format(msgspec.json.encode(list(found)), indent=1).decode() + "\n"


_OFFICE_COLUMNS = (
    "person", "name", "office", "level", "state", "accredited", "organisation", "standing", "first_seen", "last_seen",
    "day", "outlet", "uri", "start", "end", "words", "record",
)  # fmt: skip


def as_csv(found: Sequence[Profile]) -> str:
    """The offices of people as a table, one source a row; what was said, `list statements` gives."""
    return csv_line(_OFFICE_COLUMNS) + "".join(csv_line(row) for profile in found for row in _office_rows(profile))


def _office_rows(made: Profile) -> Iterator[tuple[object, ...]]:
    p = made.person
    for h in p.offices:
        for s in h.sources:
            report = made.reports[s.report]
            yield (
                p.id, p.name, h.office, h.level, h.country, h.accredited, h.organisation, h.standing, h.since, h.until,
                s.day, report.publisher, report.uri, s.start, s.end, s.text, s.record,
            )  # fmt: skip


PERSON_FORMS: dict[str, Callable[[Sequence[Profile]], str]] = {
    "text": as_text, "markdown": as_markdown, "json": as_json, "csv": as_csv
}  # fmt: skip
