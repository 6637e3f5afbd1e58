"""Indices of a relation with their working: counts by quad class, Goldstein and PLOVER sums, month by month or by year.

Takes what happened (one a record, or one a ledger entry), gives one row a period and direction. No score without the
number of happenings it rests on; cooperation and conflict are summed apart. Source: docs/indices.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bilateral import ontology
from bilateral.entries import Entry
from bilateral.interval import interval
from bilateral.model import Event

By = Literal["month", "year"]
TABLE = "quad classes and PLOVER scores: ontologies/plover.toml; Goldstein values by CAMEO code: ontologies/cameo.toml"
MUTUAL = "mutual"
# A meeting called off is a refusal that is done (docs/rules/events.md).
_DONE = frozenset({"happened", "ongoing", "cancelled", "postponed"})
_LENGTH = {"month": len("2019-03"), "year": len("2019")}
_PER = 100  # reports that a rate is given for


class Happening(Struct, frozen=True, kw_only=True):
    """One act between two states: its record, and the first day of the report that tells it (None: undated)."""

    event: Event
    day: str | None


class Index(Struct, frozen=True, kw_only=True):
    """What one period comes to in one direction: "NOR>GHA", "GHA>NOR", or "mutual" where both act together.

    `period` is a month or year in EDTF, "" for what has no day in one. `quads` counts verbal cooperation, material
    cooperation, verbal conflict, material conflict. `goldstein_n` of the `n` have a CAMEO code with a value. `reports`
    are all reports of the store that appeared in the period, whatever they tell of.
    """

    period: str
    direction: str
    n: int
    quads: tuple[int, int, int, int]
    goldstein_n: int
    goldstein_cooperation: Decimal
    goldstein_conflict: Decimal
    plover_cooperation: Decimal
    plover_conflict: Decimal
    reports: int

    @property
    def per_reports(self) -> Decimal | None:
        """Happenings per 100 reports read in the period; None where no report of the period was read."""
        return _rate(Decimal(self.n), self.reports)


def _rate(value: Decimal, reports: int) -> Decimal | None:
    return (value * _PER / reports).quantize(Decimal("0.01")) if reports else None


def counts(event: Event) -> bool:
    """Whether an event is counted: what happened or goes on, and a promise, which is made when it is told."""
    return event.status in _DONE or (event.code == "AGREE" and event.status == "planned")


def of_records(told: Iterable[Happening]) -> list[Happening]:
    """Every telling of an act that is news; what a report only recalls is left out."""
    return [h for h in told if counts(h.event) and not h.event.background]


def of_entries(entries: Iterable[Entry], events: dict[str, Happening]) -> list[Happening]:
    """Each happening once: of a contact or deed the earliest telling that has it done, of an agreement one a step."""
    found = []
    for entry in entries:
        told = [events[key] for key in entry.records if key in events and counts(events[key].event)]
        done = [h for h in told if h.event.status in _DONE] or told
        found += _steps(done) if entry.kind == "agreement" else done[:1]
    return found


def _steps(told: list[Happening]) -> list[Happening]:
    """One happening a step of an agreement: signing and ratifying are other acts, of other days."""
    kept: list[Happening] = []
    for happening in told:
        if not any(_are_one_step(happening, other) for other in kept):
            kept.append(happening)
    return kept


def _are_one_step(a: Happening, b: Happening) -> bool:
    if a.event.code != b.event.code:
        return False
    one, two = interval(a.event.date), interval(b.event.date)
    return one is None or two is None or (one[0] <= two[1] and two[0] <= one[1])


def indices(
    happenings: Iterable[Happening], dyad: tuple[str, str], days: Iterable[str | None], *, by: By = "month"
) -> list[Index]:
    """The indices of a pair, by period and direction; `days` are those of all reports of the store."""
    reports: dict[str, int] = {}
    for day in days:
        period = (day or "")[: _LENGTH[by]]
        reports[period] = reports.get(period, 0) + 1
    groups: dict[tuple[str, str], list[Event]] = {}
    for happening in happenings:
        for direction in _directions(happening.event, dyad):
            groups.setdefault((_period(happening, by), direction), []).append(happening.event)
    order = sorted(groups, key=lambda key: (key[0] == "", key))
    return [_index(period, way, groups[period, way], reports.get(period, 0)) for period, way in order]


def _period(happening: Happening, by: By) -> str:
    """The month or year in which an act lies: by its own date, else by the day of its report; "" for neither."""
    span, length = interval(happening.event.date), _LENGTH[by]
    if span is not None:
        return span[0][:length] if span[0][:length] == span[1][:length] else ""
    return (happening.day or "")[:length]


def _directions(event: Event, dyad: tuple[str, str]) -> list[str]:
    """Who acts on whom: both together, or one on the other."""
    actors = {a.country for a in event.actors}
    recipients = {a.country for a in event.recipients}
    a, b = dyad
    if {a, b} <= actors:
        return [MUTUAL]
    return [f"{one}>{two}" for one, two in ((a, b), (b, a)) if one in actors and two in recipients]


def _index(period: str, direction: str, events: list[Event], reports: int) -> Index:
    quads = [ontology.quad(e.code) for e in events]
    plover = [Decimal(str(s)) for e in events if (s := ontology.score(e.code, e.mode)) is not None]
    goldstein = [g for e in events if (g := goldstein_of(e)) is not None]
    return Index(
        period=period, direction=direction, n=len(events),
        quads=(quads.count(1), quads.count(2), quads.count(3), quads.count(4)), goldstein_n=len(goldstein),
        goldstein_cooperation=_sum(goldstein, 1), goldstein_conflict=_sum(goldstein, -1),
        plover_cooperation=_sum(plover, 1), plover_conflict=_sum(plover, -1), reports=reports,
    )  # fmt: skip


def goldstein_of(event: Event) -> Decimal | None:
    """The Goldstein value of an event's CAMEO code; None where it has no code or the code no value."""
    found = ontology.cameo().get(event.cameo or "")
    return Decimal(str(found.goldstein)) if found is not None and found.goldstein is not None else None


def _sum(values: list[Decimal], sign: int) -> Decimal:
    return sum((v for v in values if v * sign > 0), Decimal(0))
