"""Where the things of a brief stand: in the section and under the heading that record and life call for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct

from bilateral.brief import sections
from bilateral.brief.sections import RANKS, Placed
from bilateral.brief.structure import AGREEMENTS, MECHANISMS
from bilateral.brief.things import Thing, official
from bilateral.brief.wording import date_of
from bilateral.interval import interval
from bilateral.model import Agreement, AnyRecord, Event, Report, Role, Statement, Visit

NEWS_DAYS = 366  # how long before its report a thing may have happened and still be news
_MEETINGS, _MULTILATERAL = 4, 13
_MULTI = ("multilateral", "summit")


class Place(Struct, frozen=True, kw_only=True):
    """A place in a brief: section, heading, the record that words it, and the thing that the record leads."""

    placed: Placed
    thing: Thing | None = None
    is_repeated: bool = False


class Calendar(Protocol):
    """What tells the day of a record and of its report."""

    reports: dict[str, Report]

    def told_on(self, record: AnyRecord) -> str | None:
        """The day of a record's report."""


def places(
    records: Iterable[AnyRecord], told: Iterable[Thing], dyad: tuple[str, ...], as_on: str | None
) -> Iterator[Place]:
    """Yield what stands in the brief with its section and heading: standing facts, statements, offices, things."""
    records, told = list(records), list(told)
    yield from (Place(placed=placed) for placed in _standing(records, dyad))
    by_lead = {thing.lead.id: thing for thing in told}
    others = [r for r in records if isinstance(r, Statement | Role)]
    for placed in sections.placed([*others, *(t.lead for t in told)]):
        thing = by_lead.get(placed.record.id)
        yield Place(placed=_stands(placed, thing, as_on) if thing else placed, thing=thing)
    for thing in told:
        yield from _parts(thing)


def _standing(records: list[AnyRecord], dyad: tuple[str, ...]) -> Iterator[Placed]:
    """Yield how old relations are, what they are called, which missions there are; a mission by its first wording.

    Missions of others than the two states are left out.
    """
    known: dict[tuple[str | None, str], str] = {}
    for placed in (p for record in records for p in sections.standing(record)):
        if placed.heading == sections.MISSIONS and placed.text:
            key = official(placed.text), placed.text.rpartition(" in ")[2]
            if key[0] not in dyad:
                continue
            yield placed._replace(text=known.setdefault(key, placed.text))
        else:
            yield placed


def _stands(placed: Placed, thing: Thing, as_on: str | None) -> Placed:
    """A place with the heading that the life of the thing calls for."""
    entry, section = thing.entry, placed.section
    if entry.kind == "contact" and section == 12 and isinstance(placed.record, Event):
        placed = _at(placed, _MEETINGS, "Cancelled or postponed")
    is_open = entry.is_open and is_past(thing, as_on)
    if is_open and placed.section in (_MEETINGS, MECHANISMS, _MULTILATERAL):
        return _at(placed, placed.section, sections.PAST)
    if is_open and placed.section == AGREEMENTS and placed.heading.startswith("Planned"):
        return _at(placed, AGREEMENTS, sections.UNSIGNED)
    return placed


def _at(placed: Placed, section: int, heading: str) -> Placed:
    return placed._replace(section=section, heading=heading, rank=RANKS.get(heading, 0))


def is_past(thing: Thing, as_on: str | None) -> bool:
    """Whether the day of a thing lies before that of the brief."""
    span = interval(thing.entry.date)
    return bool(span and as_on and span[1] < as_on)


def _parts(thing: Thing) -> Iterator[Place]:
    """Yield the rounds of consultations held during a visit, which are told with the mechanisms too."""
    lead = thing.lead
    if thing.entry.kind == "contact" and isinstance(lead, Visit) and lead.visit_kind not in sections.MECHANISMS:
        rounds = [v for v in thing.records if isinstance(v, Visit) and v.visit_kind in sections.MECHANISMS]
        for part in rounds[:1]:
            yield Place(placed=Placed(MECHANISMS, "", part), thing=None, is_repeated=True)


def is_news(place: Place, calendar: Calendar) -> bool:
    """Whether a thing is news of its report: done, going on or called off, and not long ago."""
    placed = place.placed
    record = placed.record
    if placed.section == 2 or placed.heading in (sections.COUNTS, "Mentioned", "Requests"):
        return False
    if getattr(record, "background", False) or not isinstance(record, Visit | Agreement | Event):
        return False
    span, told = interval(date_of(record)), calendar.told_on(record)
    is_old = bool(span and told and (_number(told) - _number(span[1]) > NEWS_DAYS or span[0] > told))
    return record.status in ("happened", "ongoing", "cancelled", "postponed") and not is_old


def _number(date: str) -> int:
    """A day as a number, near enough to tell a year."""
    year, month, day = map(int, date.split("-"))
    return year * 366 + month * 31 + day

