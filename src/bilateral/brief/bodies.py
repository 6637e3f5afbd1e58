"""Bodies printed: a list of them with how often each speaks and acts, and one with what it said and what was joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec import Struct

from bilateral.brief.forms import escaped_markdown, wrapped
from bilateral.brief.positions import Position, markdown_of, text_of
from bilateral.brief.rows import csv_line
from bilateral.brief.tables import table
from bilateral.people.bodies import Body


class BodyProfile(Struct, frozen=True, kw_only=True):
    """One body with what it said, the newest first."""

    body: Body
    said: tuple[Position, ...]


_HEADER = ("name", "state", "statements", "acts", "first seen", "last seen", "reports", "spellings")


def _row(b: Body) -> tuple[str, ...]:
    return (
        b.name, b.country or "", str(len(b.statements)), str(len(b.acts)), b.first or "", b.last or "",
        str(len(b.reports)), "; ".join(b.spellings[1:]),
    )  # fmt: skip


def _list_text(some: Sequence[Body]) -> str:
    return "".join(f"{line}\n" for line in table(_HEADER, [_row(b) for b in some])) if some else ""


def _list_markdown(some: Sequence[Body]) -> str:
    rows = [f"| {' | '.join(map(escaped_markdown, _row(b)))} |" for b in some]
    return "\n".join([f"| {' | '.join(_HEADER)} |", "|---" * len(_HEADER) + "|", *rows]) + "\n"


def _json(some: Sequence[Struct]) -> str:
    return msgspec.json.format(msgspec.json.encode(list(some)), indent=1).decode() + "\n"


def _list_csv(some: Sequence[Body]) -> str:
    return csv_line(name.replace(" ", "_") for name in _HEADER) + "".join(csv_line(_row(b)) for b in some)


def _facts(b: Body) -> Iterator[str]:
    yield f"seen: {b.first or 'undated'} to {b.last or 'undated'}; {len(b.reports)} report(s); acts in {len(b.acts)}"
    if b.people:
        yield f"officers named: {', '.join(b.people)}"
    for other, reason in b.joins:
        yield f"joined: {other} = {b.name}: {reason}"


def _text(found: Sequence[BodyProfile]) -> str:
    lines = []
    for made in found:
        lines.append(f"{made.body.name.upper()}  ({made.body.country or 'no state told'})")
        lines += [part for line in _facts(made.body) for part in wrapped(line, "   ", "     ")]
        lines += ["   SAID", *(line for p in made.said for line in text_of(p))]
    return "".join(f"{line}\n" for line in lines)


def _markdown(found: Sequence[BodyProfile]) -> str:
    lines = []
    for made in found:
        lines += [f"# {escaped_markdown(made.body.name)} ({made.body.country or 'no state told'})", ""]
        lines += [f"- {escaped_markdown(line)}" for line in _facts(made.body)]
        lines += ["", "## Said", "", *(line for p in made.said for line in markdown_of(p)), ""]
    return "".join(f"{line}\n" for line in lines)


def _csv(found: Sequence[BodyProfile]) -> str:
    return _list_csv([made.body for made in found])


BODIES_FORMS: dict[str, Callable[[Sequence[Body]], str]] = {
    "text": _list_text, "markdown": _list_markdown, "json": _json, "csv": _list_csv
}  # fmt: skip
BODY_FORMS: dict[str, Callable[[Sequence[BodyProfile]], str]] = {
    "text": _text, "markdown": _markdown, "json": _json, "csv": _csv
}  # fmt: skip
