"""When two figures are of one quantity and time, so that they stand side by side whoever gives them.

The values do not matter for that: figures that disagree belong together all the more.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from bilateral.interval import interval
from bilateral.ledger.contacts import overlap
from bilateral.ledger.counts import count_of, is_pledge
from bilateral.ledger.deeds import LASTING
from bilateral.ledger.facts import Days, Fact, gap, shifted
from bilateral.model import Agreement, Bound, Measure

_KINDS = {"actual": "fact", "baseline": "fact"}
_DAYS = 5
_ALIKE, _VERY = 0.3, 0.6
_MONEY = ("million", "billion", "dollar", "euro", "thousand")
_PROMISED, _LASTS = 120, 1100  # days within which a promise of money, and places promised, are told again
_LONG = 62  # days of a period beyond which it does not date a single happening
# Counts of what happens once: they go by the day of the happening, not by a period.
_HAPPENING = frozenset({
    "deaths", "injured", "missing_persons", "abductees", "persons_released", "persons_arrested", "prisoners_exchanged",
    "diplomats_expelled", "persons_evacuated", "persons_deported", "documents_signed", "agreements_signed", "hostages",
    "casualties", "troops", "detained", "deportees", "returnees", "exercise_participants", "delegates",
    "extradited_persons", "persons_convicted", "persons_sanctioned", "entities_sanctioned",
})  # fmt: skip
# Words that say little of what is counted: such figures are one only where the words around them are.
_VAGUE = frozenset({"items", "persons", "amount", "share", "volume", "experts", "companies", "participants"})


class Amount(NamedTuple):
    """What a figure says: a measure's own fields, or the number of papers that a list of agreements counts."""

    quantity: str
    value: Decimal | None
    unit: str | None
    bound: Bound | None
    period: str | None
    kind: str
    parties: tuple[str, ...]
    direction: str | None


def amount(fact: Fact) -> Amount:
    """The figure that a fact tells."""
    m = fact.record
    if isinstance(m, Measure):
        return Amount(m.quantity, m.value, m.unit, m.bound, m.period, m.measure_kind, m.parties, m.direction)
    assert isinstance(m, Agreement)
    kind = "actual" if m.status == "happened" else "target"
    quantity = "documents_signed" if m.stage == "signed" else f"documents_{m.stage}"
    return Amount(quantity, Decimal(m.count or 0), "documents", None, m.date, kind, m.parties, None)


def measured(fact: Fact) -> tuple[object, ...]:
    """What a figure measures: what is counted, by whatever name; money promised; else its quantity and direction."""
    m = amount(fact)
    kind = count_of(fact)
    if kind is not None:
        return (kind, "tonnes" if kind == "consignment" else m.unit, tuple(sorted(m.parties)))
    return ("pledge", m.unit, tuple(sorted(m.parties))) if is_pledge(fact) else flow(m)


def is_happening(fact: Fact) -> bool:
    """Whether a figure counts what happens once, so that it goes by the day of the happening."""
    kind = count_of(fact)
    return (kind is not None and kind != "trainees") or (kind is None and amount(fact).quantity in _HAPPENING)


def flow(m: Amount) -> tuple[object, ...]:
    """What is measured: what one state exports to another is what the other imports."""
    is_goods = m.direction and m.quantity in ("exports", "imports")
    sides = () if m.quantity in _HAPPENING else (m.direction,)
    name = "documents_signed" if m.quantity == "agreements_signed" else m.quantity
    return ("goods" if is_goods else name, m.unit, tuple(sorted(m.parties)), *sides)


def figure_keys(fact: Fact) -> Iterator[object]:
    """What two figures of one entry have in common: what is measured."""
    yield measured(fact)


def figure_bar(one: Fact, two: Fact) -> str | None:
    """Why two figures are not of one thing, or None."""
    a, b = amount(one), amount(two)
    if measured(one) != measured(two):
        return "other quantities"
    is_promise = is_pledge(one) and is_pledge(two)
    if not is_promise and count_of(one) != "trainees" and _KINDS.get(a.kind, a.kind) != _KINDS.get(b.kind, b.kind):
        return "one is a fact, the other is not"
    if (a.value is None) != (b.value is None):
        return "one is a change, the other a value"
    if is_happening(one):
        if _are_of_one_name(one, two):
            return None
        if _long(a) != _long(b) or (_long(a) and a.period != b.period):
            return "other periods"
        days = happening(one), happening(two)
        return "other days" if days[0] and days[1] and gap(days[0], days[1]) > 1 else None
    if count_of(one) == "trainees" or is_promise:
        return None
    if a.period and b.period and a.period != b.period:
        return "other periods"
    return None


def _are_of_one_name(one: Fact, two: Fact) -> bool:
    """Whether both reports tell of a thing that lasts and has a name ("exercise Blue Reed"), within weeks."""
    days = one.told.source.day, two.told.source.day
    if not (one.names & two.names and all(days)) or one.record.doc == two.record.doc:
        return False
    return gap((days[0] or "", days[0] or ""), (days[1] or "", days[1] or "")) <= LASTING


def standing_of(fact: Fact) -> tuple[object, ...]:
    """All of a figure that may forbid a join."""
    m = amount(fact)
    days = happening(fact) if is_happening(fact) else m.period
    own = (fact.record.doc, fact.told.source.day, fact.names) if fact.names and is_happening(fact) else ()
    return (*measured(fact), *own, fact.codes, _KINDS.get(m.kind, m.kind), m.value is None, days)


def _long(m: Amount) -> bool:
    """Whether a count is of a period too long to be that of one happening ("2,300 detained in 2021")."""
    own = interval(m.period)
    return own is not None and gap((own[0], own[0]), (own[1], own[1])) > _LONG


def happening(fact: Fact) -> Days | None:
    """The days in which something counted happened: its period where that is short, else those before the report."""
    own = interval(amount(fact).period)
    if own is not None and gap((own[0], own[0]), (own[1], own[1])) <= _LONG:
        return own
    day = fact.told.source.day
    return (shifted(day, -_DAYS), day) if day else None


def figure_tie(one: Fact, two: Fact) -> tuple[float, str] | None:
    """What makes two figures one entry and how strongly, or None: the period, else values and days of telling."""
    a, b = amount(one), amount(two)
    is_same = a.value is not None and (a.value, a.bound) == (b.value, b.bound)
    alike = overlap(one.words, two.words)
    kind = count_of(one)
    if kind == "trainees" or is_pledge(one):
        return _of_one_promise(one, two, is_same=is_same)
    if kind is None and a.quantity in _VAGUE and not (is_same and alike >= _ALIKE) and alike < _VERY:
        return None
    if is_happening(one) and _are_of_one_name(one, two):
        return 0.75, "a count of the thing of one name"
    if is_happening(one):
        return _of_one_happening(one, two, alike, is_same=is_same)
    if a.period and a.period == b.period:
        return 0.9, "the same quantity and period"
    if not _told_near(one, two):
        return None
    if is_same:
        return 0.7, "the same figure within days"
    if not a.period and not b.period and alike >= _ALIKE and one.record.doc != two.record.doc:
        return 0.6, "the same quantity in like words within days"
    return None


def _of_one_promise(one: Fact, two: Fact, *, is_same: bool) -> tuple[float, str] | None:
    """Whether two reports tell of one promise: money for a thing named in both, places for trainees."""
    days = one.told.source.day, two.told.source.day
    if one.record.doc == two.record.doc or not all(days):
        return None
    apart = gap((days[0] or "", days[0] or ""), (days[1] or "", days[1] or ""))
    shared = {w for w in one.words & two.words if not w.startswith(_MONEY)}
    if is_pledge(one):
        is_one = len(shared) >= (1 if is_same else 2) and apart <= _PROMISED
        return (0.6, "a promise of money in like words") if is_one else None
    is_near = apart <= _PROMISED or is_same
    return (0.6, "places for trainees of one state") if shared and is_near and apart <= _LASTS else None


def _of_one_happening(one: Fact, two: Fact, alike: float, *, is_same: bool) -> tuple[float, str] | None:
    """Whether two counts are of one happening: of days that overlap, and told alike or with the same number."""
    days = happening(one), happening(two)
    if not (days[0] and days[1]) or gap(days[0], days[1]) > 1:
        return None
    if one.record.doc == two.record.doc and not is_same and one.record.claimed_by == two.record.claimed_by:
        return None
    if is_same:
        return 0.8, "the same count of days that overlap"
    return 0.6 + 0.2 * alike, "a count of the same thing, days that overlap"


def _told_near(one: Fact, two: Fact) -> bool:
    a, b = one.told.source.day, two.told.source.day
    return bool(a and b) and gap((a or "", a or ""), (b or "", b or "")) <= _DAYS
