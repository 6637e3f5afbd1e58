"""Where the tellings of one thing cannot all be right: its day, its place, whether it was held or signed, its figures.

Only what the words rule out is a contradiction: a month does not contradict a day in it, "over 200" not 202.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from bilateral.entries import Contradiction
from bilateral.interval import interval
from bilateral.knowledge import place_code
from bilateral.ledger.contacts import is_visit, places_fit, shared_people
from bilateral.ledger.facts import Fact, gap
from bilateral.ledger.figures import Amount, amount
from bilateral.ledger.lives import date_of, stage_of, told_on

_DONE = frozenset({"happened", "ongoing"})
_REPEATED = frozenset({"ratified", "negotiating", "amended", "extended"})  # steps that several dates may be right for
_OFF = frozenset({"cancelled", "denied"})
# How far a figure may lie from what its words allow, as a share of it.
_ROUNDING, _ABOUT, _OPEN_END = Decimal("0.005"), Decimal("0.05"), Decimal("0.1")
_COUNTED = frozenset({"persons", "documents", "agreements", "places", "flights", "companies", "projects"})


def contradictions(facts: tuple[Fact, ...], parts: tuple[tuple[Fact, ...], ...]) -> tuple[Contradiction, ...]:
    """What cannot all be right among the tellings of one thing, each kind once, with the records on both sides.

    The talks held during a visit are a part of it: days, places and outcomes are compared within each part.
    """
    family = facts[0].family
    if family == "figure":
        return tuple(_figures(facts))
    if family == "agreement":
        return (*_dates(facts), *_signed(facts))
    found = [c for part in parts for c in (*_dates(part), *_held(part), *_places(part))]
    return tuple(sorted(found, key=lambda c: ("date", "held", "place").index(c.about)))


def _dates(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    """Yield where two tellings give days of one reached step that share no day."""
    reached: dict[str, list[Fact]] = {}
    for f in facts:
        if f.is_dated and f.days and f.status in _DONE and stage_of(f)[0] not in _REPEATED:
            reached.setdefault(stage_of(f)[0], []).append(f)
    for stage, some in reached.items():
        apart = [(a, b) for a, b in combinations(some, 2) if _differ(a, b)]
        if apart:
            dates = tuple(dict.fromkeys(date_of(f) or "" for pair in apart for f in pair))
            yield Contradiction(about="date", text=f"{stage}: {' against '.join(dates)}", records=_ids(apart))


def _differ(a: Fact, b: Fact) -> bool:
    """Whether two tellings give one thing other days: of a visit's parts only those in which the same persons meet."""
    if not (a.days and b.days) or gap(a.days, b.days) == 0 or a.record.doc == b.record.doc:
        return False
    if a.family != "contact":
        return True
    if is_visit(a) or is_visit(b):  # each may name another day of one stay
        return is_visit(a) and is_visit(b) and gap(a.days, b.days) > 1
    return (a.round is not None and a.round == b.round) or len(shared_people(a, b)) > 1


def _held(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    """Yield where one telling has a thing held that another has called off or denied, for days that fit."""
    done = [f for f in facts if f.status in _DONE]
    off = [f for f in facts if stage_of(f)[0] in _OFF or f.status in _OFF]
    apart = [(d, o) for d in done for o in off if not _is_called_off_anew(d, o)]
    if apart:
        yield Contradiction(about="held", text="held, and called off or denied", records=_ids(apart))


def _is_called_off_anew(done: Fact, off: Fact) -> bool:
    """Whether a thing was called off for other days than those on which it was held."""
    both = done.is_dated and off.is_dated and done.days and off.days
    return bool(both and gap(done.days or ("", ""), off.days or ("", "")) > 0)


def _places(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    told = [f for f in facts if f.place and f.status in _DONE and f.exact and not is_visit(f) and place_code(f.place)]
    apart = [
        (a, b) for a, b in combinations(told, 2)
        if a.days == b.days and a.record.doc != b.record.doc and not places_fit(a.place or "", b.place or "")
    ]  # fmt: skip
    if apart:
        places = dict.fromkeys(str(f.place) for pair in apart for f in pair)
        yield Contradiction(about="place", text=" against ".join(places), records=_ids(apart))


def _signed(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    """Yield where an agreement is signed by one report and still to be signed by one that appears later."""
    done = [f for f in facts if stage_of(f) == ("signed", "happened")]
    ahead = [f for f in facts if stage_of(f)[0] == "signed" and f.status in ("planned", "proposed")]
    apart = [(d, p) for d in done for p in ahead if _is_behind(d, p)]
    if apart:
        yield Contradiction(about="signed", text="signed, and still to be signed", records=_ids(apart))


def _is_behind(done: Fact, ahead: Fact) -> bool:
    """Whether a signing is spoken of as ahead on a day after it was done."""
    days = interval(date_of(done))
    signed = days[1] if days else told_on(done)
    return bool(signed and told_on(ahead) and told_on(ahead) > signed)


def _ids(pairs: list[tuple[Fact, Fact]]) -> tuple[str, ...]:
    found = {f.id: f for pair in pairs for f in pair}
    return tuple(f.id for f in sorted(found.values(), key=lambda f: f.key))


def _figures(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    """Yield where two figures for one thing and period cannot both be true; counts are named as such."""
    valued = [f for f in facts if amount(f).value is not None]
    apart = [
        (a, b) for a, b in combinations(valued, 2) if not _fit(amount(a), amount(b)) and not _is_one_voice(a, b)
    ]  # fmt: skip
    if apart:
        values = sorted({amount(f).value or Decimal(0) for pair in apart for f in pair})
        unit = amount(apart[0][0]).unit or ""
        text = " against ".join(f"{v:f}" for v in values) + f" {unit}"
        about = "count" if unit in _COUNTED else "figure"
        yield Contradiction(about=about, text=text.strip(), records=_ids(apart))  # type: ignore[arg-type]


def _is_one_voice(a: Fact, b: Fact) -> bool:
    """Whether one report says both in one voice: a total and its parts, not two claims."""
    return a.record.doc == b.record.doc and a.record.claimed_by == b.record.claimed_by


def _fit(a: Amount, b: Amount) -> bool:
    (low, high), (low_b, high_b) = allowed(a), allowed(b)
    return low <= high_b and low_b <= high


def allowed(m: Amount) -> tuple[Decimal, Decimal]:
    """The lowest and highest value that the words of a figure allow, by its bound and by rounding."""
    value = m.value or Decimal(0)
    rounding = Decimal(0) if m.unit in _COUNTED and not m.bound else _ROUNDING
    below = {"about": _ABOUT, "nearly": _OPEN_END, "up_to": _OPEN_END, "under": _OPEN_END}.get(m.bound or "", rounding)
    above = {"about": _ABOUT, "over": _OPEN_END, "at_least": _OPEN_END}.get(m.bound or "", rounding)
    return value - abs(value) * below, value + abs(value) * above

