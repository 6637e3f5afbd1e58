"""Checks in words: a line a check, and the working below it that a reader can redo with a pocket calculator."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from bilateral import knowledge
from bilateral.reference.allowed import plain
from bilateral.reference.verdicts import Check, Range, Sight, Told

_DIGITS = 6
_NAME = re.compile(r"[A-Za-z_]\w*")
_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def verdict(check: Check) -> str:
    """The verdict in a few words: "agrees", "off by -12.3 percent", "not comparable: the period has not ended"."""
    if check.verdict == "off":
        return f"off by {check.off:+} percent" if check.off is not None else "off: the series has zero"
    if check.verdict == "change_differs" and check.off is not None:
        return f"change differs by {check.off:+} points"
    if check.verdict == "inconsistent" and check.off is not None:
        return f"inconsistent: off by {check.off:+} percent"
    if check.verdict == "not_comparable":
        return f"not comparable: {check.notes[0]}"
    return check.verdict.replace("_", " ")


def line(check: Check) -> str:
    """A check in one line: verdict, claim, who claims it, and what it is held against."""
    who = f"{check.claim.claimant}, {check.claim.published}" if check.claim.published else check.claim.claimant
    parts = [f"{verdict(check)} — {claim(check.claim, of_change=is_of_change(check))}", who, _against(check)]
    return "; ".join(part for part in parts if part)


def is_of_change(check: Check) -> bool:
    """Whether it is the change of a claim that a check judges, not its value."""
    first = check.operands[0].name if check.operands else ""
    return check.about == "change" or (first == "change" and check.verdict != "derived")


def _against(check: Check) -> str:
    """What a claim is held against, with its number."""
    if check.verdict == "derived" and check.result is not None:
        told = amount(shortened(check.result), check.result_unit)
        return f"from which follows {check.result_of}: {_bounded(check.reach)}about {told}"
    given = "" if check.result is None else amount(check.result, check.result_unit)
    if check.sight is not None:
        return f"against {sight(check.sight)}" + (f": {given}" if given else "")
    return f"beside {check.result_of}: {given}" if given else ""


def _bounded(reach: Range | None) -> str:
    """Over or under, where what a value follows from leaves that end open."""
    if reach is None or (reach.low is None) == (reach.high is None):
        return ""
    return "over " if reach.high is None else "under "


def working(check: Check) -> list[str]:
    """The lines below a check: operands, formula with numbers, what the words allow, notes."""
    made = [f"{o.name} = {plain(o.value)} {o.unit} ({o.what}; {o.source})" for o in check.operands]
    if check.result is not None:
        steps = dict.fromkeys((check.formula, redone(check), rounded(check.result)))
        made.append(f"{check.result_of}: {' = '.join(steps)} {check.result_unit}")
    if check.allowed is not None:
        made.append(f"the words allow {interval(check.allowed)} {check.result_unit} ({check.allowed.rule})")
    if check.reach is not None:
        made.append(f"the operands let it be {interval(check.reach)} {check.result_unit}")
    first = check.operands[0] if check.operands else None
    if check.off is not None and first is not None and check.result is not None:
        given, result = plain(first.value), rounded(check.result) if check.result >= 0 else f"({rounded(check.result)})"
        is_change = check.about == "change"
        worked = f"{given} - {result}" if is_change else f"({given} - {result}) / {result} * 100"
        made.append(f"{worked} = {check.off:+} {'points' if is_change else 'percent'}")
    return made + [note for note in check.notes if check.verdict != "not_comparable" or note != check.notes[0]]


def redone(check: Check) -> str:
    """The formula of a check with the numbers in the place of their names."""
    numbers = {o.name: plain(o.value) if o.value >= 0 else f"({plain(o.value)})" for o in check.operands}
    return _NAME.sub(lambda found: numbers.get(found[0], found[0]), check.formula)


def sight(view: Sight) -> str:
    """A view in words: "the figures of Cambodia in UN Comtrade (fobvalue + cifvalue, FOB + CIF, file 3fa2…)"."""
    whose = {
        "own": f"the figures of {name(view.reporter)}, the claimant's own side,",
        "other": f"the figures of {name(view.reporter)}", "reconciled": "reconciled figures",
        "mixed": "mixed figures of both reporters",
    }[view.standing]  # fmt: skip
    more = [" + ".join(view.names), " + ".join(view.valuations), view.scope, view.vintage and f"of {view.vintage}"]
    return f"{whose} in {view.source} ({', '.join(m for m in more if m)}; file {view.file[:12]})"


def claim(told: Told, *, of_change: bool = False) -> str:
    """A claimed figure in words: "trade turnover RUS–KHM 2018: over 202 million USD"; or its change."""
    way = told.direction if told.direction and told.quantity != "trade_turnover" else "–".join(told.parties)
    what = f"{told.quantity.replace('_', ' ')} {way.replace('>', ' to ')} {told.period or '(no period)'}"
    bound = f"{told.bound.replace('_', ' ')} " if told.bound else ""
    value = None if told.value is None else f"{bound}{amount(told.value, told.unit or '')}"
    said = told.change if of_change else value or told.change
    return f"{what}: {said}" if said else what


def summary(checks: Iterable[Check]) -> str:
    """What the views say of one claim, each for itself and in their order: never one verdict of all."""
    said = []
    for check in checks:
        of = sight(check.sight).partition(" (")[0] if check.sight is not None else check.about
        said.append(f"{check.about}: {verdict(check)} ({of})" if check.sight is not None else verdict(check))
    return "; ".join(said)


def interval(r: Range) -> str:
    """A range in words: "from 201500000 to 202500000", "more than 202000000"."""
    low = None if r.low is None else f"{'more than' if r.low_open else 'from'} {rounded(r.low)}"
    high = None if r.high is None else f"{'less than' if r.high_open else 'to' if low else 'up to'} {rounded(r.high)}"
    if low is not None and r.high is None and not r.low_open:
        return f"{rounded(r.low or Decimal(0))} or more"
    return " ".join(part for part in (low, high) if part) or "any number"


def amount(value: Decimal, unit: str) -> str:
    """A value for reading: "202 million USD"; six digits at most."""
    scale, word = next(((s, w) for s, w in _SCALES if abs(value) >= s), (Decimal(1), ""))
    return " ".join(part for part in (rounded(value / scale), word, unit) if part)


def rounded(value: Decimal) -> str:
    """A number in plain digits: whole ones as they are, others to six digits, or to two behind the point."""
    if value == value.to_integral_value():
        return plain(value)
    places = max(_DIGITS - 1 - value.adjusted(), 2)
    return plain(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN))


def shortened(value: Decimal) -> Decimal:
    """A value to four digits, as exact as what follows from three."""
    return +value if not value else value.quantize(Decimal(1).scaleb(value.adjusted() - 3), rounding=ROUND_HALF_EVEN)


def name(code: str | None) -> str:
    """The name of a state by its code, the code where it has none."""
    return (knowledge.name_of(code) or code) if code else "nobody"
