"""What does not fit together, or is not known to have come about: section 14 of a brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from bilateral.brief.sentences import figure, figure_of, stage, worded
from bilateral.brief.things import Thing, telling
from bilateral.brief.wording import actor, claimant, date_of, day, listed, name
from bilateral.interval import interval
from bilateral.ledger.facts import shifted
from bilateral.model import Agreement, AnyRecord, Measure, Report

PAIR = 2
DISAGREE, COUNTED = "Figures that disagree", "Counts that disagree"
SUMS = "Percentages that do not follow from their values"
OPEN = "Planned, and no report says that it came about"
_HEADINGS = {
    "figure": DISAGREE, "count": COUNTED, "date": "Dates that differ", "place": "Places that differ",
    "held": "Held by one account, called off or denied by another",
    "signed": "Signed by one account, still to be signed by a later one",
    "actor": "Told of different doers",
}  # fmt: skip
_AFTER = 366  # days after its telling from which a plan without a date is one without a sequel


class Gap(NamedTuple):
    """Records that do not fit together or lack something: under which heading, in words, since when; the entry's id."""

    heading: str
    text: str
    records: tuple[AnyRecord, ...]
    date: str | None = None
    key: str = ""
    status: str = "happened"


def gaps(
    records: Iterable[AnyRecord], things: Iterable[Thing], reports: dict[str, Report], dyad: tuple[str, ...],
    as_on: str | None,
) -> list[Gap]:  # fmt: skip
    """What reports tell differently, percentages that do not follow, plans without a sequel, claims of one side alone.

    `as_on` is the newest report's date; what is planned for later is no gap.
    """
    told = list(things)
    differing = sorted((g for t in told for g in _contradictions(t, reports, dyad)), key=lambda g: _rank(g.heading))
    measures = [r for r in records if isinstance(r, Measure)]
    one_sided = _one_sided(told, reports, dyad) if len(dyad) == PAIR else ()
    return [*differing, *_not_adding_up(measures), *_unconfirmed(told, reports, dyad, as_on), *one_sided]


def _rank(heading: str) -> int:
    return list(_HEADINGS.values()).index(heading)


def _contradictions(thing: Thing, reports: dict[str, Report], dyad: tuple[str, ...]) -> Iterator[Gap]:
    """Yield what the ledger finds told in two ways, each way with who tells it."""
    by_id = {r.id: r for r in thing.records}
    for found in thing.entry.contradictions:
        some = tuple(by_id[key] for key in found.records if key in by_id)
        if found.about in ("figure", "count"):
            yield Gap(_HEADINGS[found.about], _figures(some), some, thing.entry.date, thing.entry.id)
            continue
        ways: dict[str, list[str]] = {}
        for r in some:
            ways.setdefault(_way(found.about, r), []).append(_teller(r, reports))
        told = " against ".join(f"{way} ({listed(list(dict.fromkeys(who)))})" for way, who in ways.items())
        yield Gap(_HEADINGS[found.about], f"{_what(thing, dyad)}: {told}", some, None, thing.entry.id)


def _what(thing: Thing, dyad: tuple[str, ...]) -> str:
    """What a thing is, without its status."""
    lead = thing.lead
    words = worded(lead, dyad)
    return words.rpartition(": ")[0] if isinstance(lead, Agreement) else words.partition(": ")[2] or words


def _way(about: str, record: AnyRecord) -> str:
    """What one telling says of what is told differently."""
    if about == "place":
        return str(getattr(record, "place", None) or "no place")
    if about == "actor":
        doers = getattr(record, "actors", ())
        return ", ".join(actor(a) for a in doers) or "nobody named"
    step = stage(_stage_of(record), record.status)
    return f"{step} {day(date_of(record))}" if date_of(record) else step


def _stage_of(record: AnyRecord) -> str:
    return record.stage if isinstance(record, Agreement) else _CONTACT.get(record.status, record.status)


_CONTACT = {"happened": "held", "planned": "announced", "proposed": "announced"}


def _teller(record: AnyRecord, reports: dict[str, Report]) -> str:
    speaker = claimant(record)
    return actor(speaker) if speaker else reports[record.doc].publisher or "unknown outlet"


def _figures(some: tuple[AnyRecord, ...]) -> str:
    """Figures that cannot all be true, from the lowest to the highest, with how far they lie apart."""
    measures = sorted((m for m in some if isinstance(m, Measure) and m.value is not None), key=_value)
    low, high = measures[0], measures[-1]
    apart = f" ({_value(high) / _value(low):.1f} times as much)" if _value(low) > 0 else ""
    shown = " against ".join(dict.fromkeys(figure(m) for m in _distinct(measures)))
    return f"{figure_of(low)}: {shown}{apart}"


def _distinct(measures: list[Measure]) -> list[Measure]:
    """One figure a value, the one with its change where there is one."""
    best: dict[tuple[object, ...], Measure] = {}
    for m in measures:
        key = (m.value, m.unit, m.bound)
        if key not in best or (best[key].change is None and m.change is not None):
            best[key] = m
    return list(best.values())


def _flow(m: Measure) -> tuple[object, ...]:
    """What is measured: what one state exports to another is what the other imports."""
    is_goods = m.direction and m.quantity in ("exports", "imports")
    return ("goods" if is_goods else m.quantity, m.unit, tuple(sorted(m.parties)), m.direction)


def _value(m: Measure) -> Decimal:
    return m.value or Decimal(0)


def _not_adding_up(measures: list[Measure]) -> Iterator[Gap]:
    """Yield percentages that do not follow from the value and the base value that the same report gives."""
    for m in measures:
        c = m.change
        if m.value is None or c is None or c.value is None or c.unit != "percent" or c.base is None:
            continue
        for base in measures:
            if base.doc == m.doc and _flow(base) == _flow(m) and base.period == c.base and base.value:
                real = (m.value - base.value) / base.value * 100
                stated = -c.value if c.direction == "down" else c.value
                if abs(real - stated) > max(Decimal(1), abs(stated) / 10):
                    text = f"{figure_of(m)}: {figure(m)}; but its own values, against {figure(base)} in {day(c.base)}, "
                    yield Gap(SUMS, f"{text}give {real:+.1f} percent", (m, base), m.period)


def _unconfirmed(
    things: list[Thing], reports: dict[str, Report], dyad: tuple[str, ...], as_on: str | None
) -> Iterator[Gap]:
    """Yield visits and agreements planned for a day before `as_on` of which no report says what became of them."""
    for thing in sorted(things, key=lambda t: (t.entry.date is None, t.entry.date or "", t.entry.id)):
        entry, lead = thing.entry, thing.lead
        if entry.is_open and as_on and entry.kind in ("contact", "agreement") and lead.status == "planned":
            span = interval(entry.date)
            if span is None:
                told = interval(reports[thing.records[-1].doc].published.value)
                span = (told[0], shifted(told[1], _AFTER)) if told else None
            if span and span[1] < as_on:
                yield Gap(OPEN, worded(lead, dyad), thing.records, entry.date, entry.id, lead.status)


def _one_sided(things: list[Thing], reports: dict[str, Report], dyad: tuple[str, ...]) -> Iterator[Gap]:
    """Yield figures and agreements of which only one of the two states, or its own outlets, speaks."""
    for side in dyad:
        for thing in sorted(things, key=lambda t: (t.entry.date is None, t.entry.date or "", t.entry.id)):
            lead, entry = thing.lead, thing.entry
            is_figure = isinstance(lead, Measure) and lead.measure_kind == "actual" and lead.status == "happened"
            is_paper = isinstance(lead, Agreement) and lead.status in ("happened", "ongoing")
            told = telling(entry, reports) if is_figure or is_paper else None
            if told and told.sides == "one side" and told.states == (side,):
                heading = f"Claimed by the side of {name(side)} alone"
                yield Gap(heading, worded(lead, dyad), thing.records, entry.date, entry.id, lead.status)
