"""Two briefs of different dates compared: lines new, lines gone, lines changed, by section.

A line is known again by its entry or record, by an id that it had before, by records that both rest on, else by what it
says. Changed is what a reader must know: status, date, text (a figure, a title), life, where it stands, who tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from bilateral.brief import sections
from bilateral.brief.forms import step, told_by, when
from bilateral.brief.structure import FORM, GAPS, LATEST, RELATIONS, VERSION, Brief, Line, Section
from bilateral.errors import CallError
from bilateral.model import Question, Report


class Kept(Struct, frozen=True, kw_only=True):
    """A brief as `as_json` wrote it, as far as it is compared."""

    form: str
    version: int
    title: str
    question: Question
    as_on: str | None
    sections: tuple[Section, ...]
    sources: tuple[Report, ...]


class Shift(Struct, frozen=True, kw_only=True):
    """What of a line is another than before: which part of it, how it was, how it is."""

    what: str
    before: str
    after: str


class Change(Struct, frozen=True, kw_only=True):
    """A line that changed: where it stands now, what of it is another."""

    heading: str
    line: Line
    shifts: tuple[Shift, ...]


class Placed(Struct, frozen=True, kw_only=True):
    """A line with the heading under which it stands."""

    heading: str
    line: Line


class Changed(Struct, frozen=True, kw_only=True):
    """What changed in a section. New lines have the numbers of the new brief's sources, gone ones those of the old."""

    number: int
    title: str
    new: tuple[Placed, ...] = ()
    gone: tuple[Placed, ...] = ()
    changed: tuple[Change, ...] = ()


class Difference(Struct, frozen=True, kw_only=True):
    """How a brief differs from an earlier one: dates of both, reports that only the new one rests on, sections."""

    title: str
    before: str | None
    after: str | None
    sections: tuple[Changed, ...]
    reports_new: tuple[Report, ...]
    reports_gone: tuple[Report, ...]
    form: str = "bilateral brief difference"
    version: int = VERSION


class _Spot(Struct, frozen=True, kw_only=True):
    number: int
    heading: str
    line: Line


def kept(path: str | Path) -> Kept:
    """The brief in a file that `--format json` wrote; CallError for anything else."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise CallError(f"{path}: expected a brief as written by --format json: {error.strerror or error}") from error
    return decoded(data, str(path))


def decoded(data: bytes, name: str) -> Kept:
    """The brief in some JSON; CallError with the reason where it is none, or of another version."""
    try:
        head = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise CallError(f"{name}: expected a brief as written by --format json, got no JSON: {error}") from error
    form = head.get("form") if isinstance(head, dict) else None
    if form != FORM:
        raise CallError(f"{name}: expected a brief as written by --format json (form {FORM!r}), got form {form!r}")
    if head.get("version") != VERSION:
        raise CallError(f"{name}: expected a brief of version {VERSION}, got version {head.get('version')!r}")
    try:
        return msgspec.convert(head, Kept)
    except msgspec.ValidationError as error:
        raise CallError(f"{name}: expected a brief as written by --format json: {error}") from error


def differences(old: Kept, new: Brief) -> Difference:
    """How the new brief differs from the old one; CallError where they are not on the same states."""
    if set(old.question.dyad) != set(new.question.dyad):
        raise CallError(f"expected two briefs on the same states, got {old.title} and {new.title}")
    before, after = list(_spots(old.sections)), list(_spots(new.sections))
    pairs = _paired(before, after)
    found = set(pairs.values())
    left = [spot for n, spot in enumerate(before) if n not in found]
    made = tuple(_changed(number, before, after, pairs, left) for number in sections.TITLES)
    had, have = {r.id for r in old.sources}, {r.id for r in new.sources}
    return Difference(
        title=new.title, before=old.as_on, after=new.as_on,
        sections=tuple(c for c in made if c.new or c.gone or c.changed),
        reports_new=tuple(r for r in new.sources if r.id not in had),
        reports_gone=tuple(r for r in old.sources if r.id not in have),
    )  # fmt: skip


def _spots(of: Iterable[Section]) -> Iterator[_Spot]:
    """Yield the lines of a brief, each where it is at home."""
    for section in of:
        for group in section.groups:
            yield from (
                _Spot(number=section.number, heading=group.heading, line=line)
                for line in group.lines if not line.is_repeated
            )  # fmt: skip


def _paired(before: list[_Spot], after: list[_Spot]) -> dict[int, int]:
    """Which line of the old brief each line of the new one is, by their places in the lists; each old one once."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for names in (_ids, _records, _sayings):
        known: dict[object, list[int]] = {}
        for n, spot in enumerate(before):
            if n not in taken:
                for name in names(spot):
                    known.setdefault(name, []).append(n)
        for m, spot in enumerate(after):
            if m in pairs:
                continue
            free = [n for name in names(spot) for n in known.get(name, ()) if n not in taken]
            if free:
                pairs[m] = next((n for n in free if before[n].number == spot.number), free[0])
                taken.add(pairs[m])
    return pairs


def _family(spot: _Spot) -> bool:
    """Gaps stand for what other sections tell too, and are compared among themselves."""
    return spot.number == GAPS


def _ids(spot: _Spot) -> Iterator[object]:
    mark = spot.heading if _family(spot) else _said(spot)
    yield from ((mark, key) for key in (spot.line.key, *spot.line.former))


def _records(spot: _Spot) -> Iterator[object]:
    mark = spot.heading if _family(spot) else _said(spot)
    yield from ((mark, w.record) for w in spot.line.words)


def _said(spot: _Spot) -> object:
    """What tells lines of one record apart: in section 2 the words picked from it."""
    return (spot.number, spot.line.text) if spot.number == RELATIONS and spot.line.text.startswith("“") else ""


def _sayings(spot: _Spot) -> Iterator[object]:
    yield spot.number, spot.heading, spot.line.text, spot.line.date


def _changed(
    number: int, before: list[_Spot], after: list[_Spot], pairs: dict[int, int], left: list[_Spot]
) -> Changed:
    new, changed = [], []
    for m, spot in enumerate(after):
        if spot.number != number:
            continue
        if m not in pairs:
            new.append(Placed(heading=spot.heading, line=spot.line))
        elif shifts := tuple(_shifts(before[pairs[m]], spot)):
            changed.append(Change(heading=spot.heading, line=spot.line, shifts=shifts))
    gone = tuple(Placed(heading=s.heading, line=s.line) for s in left if s.number == number)
    return Changed(
        number=number, title=sections.TITLES[number], new=tuple(new), gone=gone, changed=tuple(changed)
    )  # fmt: skip


def _shifts(old: _Spot, new: _Spot) -> Iterator[Shift]:
    """Yield what of a line is another than before."""
    a, b = old.line, new.line
    is_moved = a.status != b.status or old.number != new.number or new.number != LATEST
    parts = (
        ("status", a.status, b.status),
        ("date", when(a) if a.date else "", when(b) if b.date else ""),
        ("text", a.text, b.text),
        ("life", _life(a), _life(b)),
        ("place in the brief", _place(old) if is_moved else "", _place(new) if is_moved else ""),
        ("told by", told_by(a.telling) if a.telling else "", told_by(b.telling) if b.telling else ""),
    )
    yield from (Shift(what=what, before=was, after=now) for what, was, now in parts if was != now)


def _life(line: Line) -> str:
    return " → ".join(step(s) for s in line.life)


def _place(spot: _Spot) -> str:
    return f"{sections.TITLES[spot.number]}{': ' + spot.heading if spot.heading else ''}"
