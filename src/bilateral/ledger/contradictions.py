"""Where the tellings of one thing cannot all be right: its day, its place, whether it was held or signed, its figures.

Only what the words rule out is a contradiction: a month does not contradict a day in it, "over 200" not 202.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from bilateral.entries import Contradiction, Discord
from bilateral.interval import interval
from bilateral.knowledge import name_of, place_code
from bilateral.ledger.contacts import is_visit, places_fit, shared_people
from bilateral.ledger.deeds import is_one_victim
from bilateral.ledger.facts import Fact, gap
from bilateral.ledger.figures import Amount, amount
from bilateral.ledger.lives import date_of, stage_of, told_on

_RUNNING_OUT = ("came", "come", "end", "expir", "laps", "ceas", "ran", "run")
_NIGHT = ("night", "dawn", "small hours", "midnight")
_DONE = frozenset({"happened", "ongoing"})
_REPEATED = frozenset({"ratified", "negotiating", "amended", "extended"})  # steps that several dates may be right for
_MONTHS = 92  # days after an extension in which one still ahead is the same one
_OFF = frozenset({"cancelled", "denied"})
# How far a figure may lie from what its words allow, as a share of it.
_ROUNDING, _ABOUT, _OPEN_END = Decimal("0.005"), Decimal("0.05"), Decimal("0.1")
_TOLLS = frozenset({"casualties", "deaths", "injured", "missing_persons"})
_NO_END = Decimal(10**12)
_MANY, _ENDS = 64, 8  # values of which each is compared with each; else with so many of the lowest and highest
_COUNTED = frozenset({"persons", "documents", "agreements", "places", "flights", "companies", "projects"})


def contradictions(facts: tuple[Fact, ...], parts: tuple[tuple[Fact, ...], ...]) -> tuple[Contradiction, ...]:
    """What cannot all be right among the tellings of one thing, each kind once, with the records on both sides.

    The talks held during a visit are a part of it: days, places and outcomes are compared within each part.
    """
    family = facts[0].family
    if family == "figure":
        return tuple(_figures(facts))
    if family == "agreement":
        return (*_dates(facts), *_ended(facts), *_signed(facts))
    found = [c for part in parts for c in (*_dates(part), *_held(part), *_places(part), *_doers(part))]
    return tuple(sorted(found, key=lambda c: ("date", "held", "place", "actor").index(c.about)))


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


def _ended(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    """Yield where one report has an agreement run out and a later one has it run to a day yet to come.

    A denunciation says nothing of the day on which it takes effect.
    """
    done = [f for f in facts if stage_of(f) == ("ended", "happened") and f.exact and _ran_out(f)]
    ahead = [f for f in facts if stage_of(f) == ("ended", "planned") and f.exact]
    apart = [(d, p) for d in done for p in ahead if _runs_on(d, p)]
    if apart:
        dates = tuple(dict.fromkeys(date_of(f) or "" for pair in apart for f in pair))
        yield Contradiction(about="date", text=f"ended: {' against '.join(dates)}", records=_ids(apart))


def _runs_on(done: Fact, ahead: Fact) -> bool:
    end, last = (done.days or ("", ""))[1], (ahead.days or ("", ""))[0]
    return done.record.doc != ahead.record.doc and told_on(ahead) > end and last > told_on(ahead)


def _ran_out(fact: Fact) -> bool:
    trigger = fact.record.span("trigger")
    return trigger is not None and trigger.text.lower().startswith(_RUNNING_OUT)


def _differ(a: Fact, b: Fact) -> bool:
    """Whether two tellings give one thing other days: of a visit's parts only those in which the same persons meet."""
    if not (a.days and b.days) or gap(a.days, b.days) == 0 or a.record.doc == b.record.doc:
        return False
    if a.family == "deed" and gap(a.days, b.days) == 1 and (_is_by_night(a) or _is_by_night(b)):
        return False
    if a.family != "contact":
        return not a.names & b.names  # the first and the last day of a thing that lasts
    if is_visit(a) or is_visit(b):  # each may name another day of one stay
        return is_visit(a) and is_visit(b) and gap(a.days, b.days) > 1
    return (a.round is not None and a.round == b.round) or len(shared_people(a, b)) > 1


def _is_by_night(fact: Fact) -> bool:
    """Whether a thing happened in a night, which two reports give to other days."""
    span = fact.record.span("sentence")
    return span is not None and any(word in span.text.lower() for word in _NIGHT)


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


def _doers(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    """Yield where two reports tell one violent act of other doers."""
    told = [f for f in facts if f.family == "deed" and f.status in _DONE and f.actors]
    apart = [(a, b) for a, b in combinations(told, 2) if not a.actors & b.actors and is_one_victim(a, b)]
    if apart:
        doers = dict.fromkeys(name_of(c) for pair in apart for f in pair for c in sorted(f.actors))
        yield Contradiction(about="actor", text=" against ".join(doers), records=_ids(apart))


def _signed(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    """Yield where an agreement is signed or extended by one report and still to be so by one that appears later."""
    early = [(s, i) for s in facts if _is_told_signed(s) for i in facts if _is_initialling_of(i, s)]
    if early:
        yield Contradiction(about="signed", text="signed, or only initialled", records=_ids(early))
    for stage in ("signed", "extended"):
        done = [f for f in facts if stage_of(f) == (stage, "happened")]
        ahead = [f for f in facts if stage_of(f)[0] == stage and f.status in ("planned", "proposed")]
        apart = [(d, p) for d in done for p in ahead if _is_behind(d, p)]
        if apart:
            yield Contradiction(about="signed", text=f"{stage}, and still to be {stage}", records=_ids(apart))


def _is_told_signed(fact: Fact) -> bool:
    return stage_of(fact) == ("signed", "happened") and fact.exact


def _is_initialling_of(fact: Fact, signed: Fact) -> bool:
    """Whether a report has on that very day an initialling, which another calls the signing."""
    is_other = fact.record.doc != signed.record.doc and stage_of(fact) == ("initialled", "happened") and fact.is_dated
    return is_other and bool(fact.days and signed.days) and gap(fact.days or ("", ""), signed.days or ("", "")) == 0


def _is_behind(done: Fact, ahead: Fact) -> bool:
    """Whether a signing is spoken of as ahead on a day after it was done; an extension, within months of the last."""
    if ahead.is_dated and ahead.days and ahead.days[1] < told_on(ahead):
        return False  # "had been due to be signed on Monday": a plan of the past
    days = interval(date_of(done))
    signed = days[1] if days else told_on(done)
    if not (signed and told_on(ahead) and told_on(ahead) > signed):
        return False
    return stage_of(done)[0] == "signed" or gap((signed, signed), (told_on(ahead), told_on(ahead))) <= _MONTHS


def _ids(pairs: list[tuple[Fact, Fact]]) -> tuple[str, ...]:
    return _in_order({f.id: f for pair in pairs for f in pair}.values())


def _in_order(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(f.id for f in sorted(facts, key=lambda f: f.key))


def _figures(facts: tuple[Fact, ...]) -> Iterator[Contradiction]:
    """Yield where two figures for one thing and period cannot both be true; counts are named as such."""
    said: dict[tuple[object, ...], list[Fact]] = {}
    for f in facts:
        m = amount(f)
        if m.value is not None:
            said.setdefault((m.value, m.bound, m.unit), []).append(f)
    apart = {f.id: f for a, b in _value_pairs(list(said.values())) for f in _against(a, b)}
    if apart:
        values = sorted({amount(f).value or Decimal(0) for f in apart.values()})
        unit = amount(min(apart.values(), key=lambda f: f.key)).unit or ""
        text = " against ".join(f"{v:f}" for v in values) + f" {unit}"
        about: Discord = "count" if unit in _COUNTED else "figure"
        yield Contradiction(about=about, text=text.strip(), records=_in_order(apart.values()))


def _value_pairs(values: list[list[Fact]]) -> Iterator[tuple[list[Fact], list[Fact]]]:
    """Yield the pairs of values to compare: all; of very many each with those at both ends, which differ most."""
    if len(values) <= _MANY:
        yield from combinations(values, 2)
        return
    ranges = [(*allowed(amount(some[0])), n) for n, some in enumerate(values)]
    ends = [n for *_, n in sorted(ranges, key=lambda r: (r[1], r[2]))[:_ENDS]]
    ends += [n for *_, n in sorted(ranges, key=lambda r: (-r[0], r[2]))[:_ENDS]]
    yield from ((values[n], some) for n in dict.fromkeys(ends) for m, some in enumerate(values) if m != n)


def _against(one: list[Fact], two: list[Fact]) -> Iterator[Fact]:
    """The facts of two values that cannot both be true, without those that one report says in one voice.

    One voice in one report gives a total and its parts, not two claims.
    """
    if _fit(amount(one[0]), amount(two[0])):
        return
    for some, others in ((one, two), (two, one)):
        voices = dict.fromkeys((f.record.doc, _voice(f)) for f in others)
        yield from (f for f in some if len(voices) > 1 or (f.record.doc, _voice(f)) not in voices)


def _voice(fact: Fact) -> tuple[object, ...]:
    claim = fact.record.claimed_by
    return claim.outlet, claim.statements, claim.speaker


def _fit(a: Amount, b: Amount) -> bool:
    (low, high), (low_b, high_b) = allowed(a), allowed(b)
    return low <= high_b and low_b <= high


def allowed(m: Amount) -> tuple[Decimal, Decimal]:
    """The lowest and highest value that the words of a figure allow, by its bound and by rounding."""
    value = m.value or Decimal(0)
    if m.quantity in _TOLLS and m.bound in ("at_least", "over"):
        return value, _NO_END  # a toll rises
    rounding = Decimal(0) if m.unit in _COUNTED and not m.bound else _ROUNDING
    below = {"about": _ABOUT, "nearly": _OPEN_END, "up_to": _OPEN_END, "under": _OPEN_END}.get(m.bound or "", rounding)
    above = {"about": _ABOUT, "over": _OPEN_END, "at_least": _OPEN_END}.get(m.bound or "", rounding)
    return value - abs(value) * below, value + abs(value) * above

