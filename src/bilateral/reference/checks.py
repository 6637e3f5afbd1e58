"""Claims held against the views of reference series: one row a claim and view, each with its operands and formula.

Owns the verdicts on a value and on a change, and the reasons why a claim cannot be compared. docs/rules/checks.md has
every rule. No verdict says that a claim is true or is not, and none sums up the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from bilateral.interval import interval
from bilateral.model import Change, Measure, Report
from bilateral.observations import Observation
from bilateral.reference.allowed import allowed, number_words, plain
from bilateral.reference.quantities import DIRECTED, product, scope, trade
from bilateral.reference.sides import Side, Worked, complete, sides
from bilateral.reference.spans import Months, months
from bilateral.reference.told import Figure, country, told
from bilateral.reference.verdicts import Check, Operand, Range, Why

TENTH = Decimal("0.1")
PAIR = 2
_FACT = ("happened", "ongoing")
_AHEAD = ("forecast", "target", "commitment")
_SEVERAL = 12  # months; a period of several years does not say whether its figure is the sum or a year's
Reason = tuple[Why, str]


def against(figure: Figure, observations: Iterable[Observation]) -> Iterator[Check]:
    """Yield the checks of a claim's value and of its change against every view of its pair, the claimant's own first.

    One row says so where the claim itself cannot be compared with any series. `observations` are those of its pair.
    """
    m = figure.measure
    held = list(observations)
    reason = incomparable(m, figure.report, frozenset(o.flow for o in held))
    if reason is not None:
        yield _not_comparable(figure, None, reason)
        return
    period = months(m.period)
    assert period is not None
    dyad = (m.parties[0], m.parties[1])
    found = sides(held, m.quantity, dyad, m.direction, country(figure))
    if not found:
        message = f"no reference file has {m.quantity.replace('_', ' ')} of {' and '.join(dyad)}"
        yield _not_comparable(figure, None, ("no_series", message))
    for side in complete(found, period):
        yield from _one(figure, side, period)


def incomparable(m: Measure, report: Report, flows: frozenset[str]) -> Reason | None:
    """Why a claim can be compared with no series at all; None where it can. `flows` are those of its pair's series."""
    if trade(m.quantity) is None and m.quantity not in flows:
        return "unmapped", f"no series gives {m.quantity.replace('_', ' ')}"
    tests = (_not_said(m), _whose(m), _product(m), _nothing(m), _when(m), _not_ended(m, report))
    return next((reason for reason in tests if reason is not None), None)


def _not_said(m: Measure) -> Reason | None:
    if m.status not in _FACT:
        return "not_said_as_fact", f"the claim is told as {m.status}"
    return ("not_ended", f"it is a {m.measure_kind}, not a figure of what was") if m.measure_kind in _AHEAD else None


def _whose(m: Measure) -> Reason | None:
    codes = sorted(set(m.parties))
    if len(codes) != PAIR:
        named = ", ".join(codes) or "none"
        return "scope", f"it is not of one pair of states: {named} named"
    if trade(m.quantity) in DIRECTED and not m.direction:
        return "direction", f"whose {m.quantity.replace('_', ' ')} it is, is not told"
    if m.direction and set(m.direction.split(">")) != set(codes) and trade(m.quantity) in DIRECTED:
        return "direction", f"its direction {m.direction} is not between {' and '.join(codes)}"
    return None


def _product(m: Measure) -> Reason | None:
    goods = product(m) if trade(m.quantity) else None
    return ("scope", f"it is of {goods} alone, the series are of all goods") if goods else None


def _nothing(m: Measure) -> Reason | None:
    has_change = m.change is not None and (m.change.value is not None or m.change.direction is not None)
    return None if m.value is not None or has_change else ("no_value", "no value and no change is told")


def _when(m: Measure) -> Reason | None:
    if m.period is None:
        return "no_period", "no period is told"
    found = months(m.period)
    if found is None:
        return "no_period", f"its period {m.period} is not known to the month with both ends"
    if found.length > _SEVERAL:
        return "no_period", f"{m.period} is more than a year: whether the sum or a year's value is not told"
    return None


def _not_ended(m: Measure, report: Report) -> Reason | None:
    ends, said = interval(m.period), interval(report.published.value)
    if ends is None or said is None or ends[1] < said[0]:
        return None
    return "not_ended", f"{m.period} had not ended when the report came out on {report.published.value}"


def _one(figure: Figure, side: Side, period: Months) -> Iterator[Check]:
    """Yield the checks of a claim against one view."""
    m = figure.measure
    reason = _unlike(m, side) or _lacking(side, period)
    if reason is not None:
        yield _not_comparable(figure, side, reason)
        return
    now = side.at(period)
    assert now is not None
    if m.value is not None:
        yield _value(figure, side, m.value, now)
    if m.change is not None:
        yield _change(figure, side, m.change, now, period)


def _unlike(m: Measure, side: Side) -> Reason | None:
    """Why a claim and a view are not of one thing: what they cover, or the unit."""
    said, given = scope(m) or ("goods" if trade(m.quantity) else ""), side.sight.scope
    if trade(m.quantity) and given and said != given:
        return "goods_and_services", f"the claim is of {said}, the series of {given}"
    only_percent = m.value is None and m.change is not None and m.change.unit != m.unit
    if not only_percent and m.unit != side.sight.unit:
        return "currency", f"the claim is in {m.unit or 'no unit that is told'}, the series in {side.sight.unit}"
    return None


def _lacking(side: Side, period: Months) -> Reason | None:
    """Why a view has no value for a period: it was made before, or it has a gap."""
    vintage, last = "".join(filter(str.isdigit, side.sight.vintage))[:6], side.last() or ""
    end = period.each()[-1]
    if len(vintage) == len("201801") and f"{vintage[:4]}-{vintage[4:]}" <= end:
        return "vintage", f"the file is of {side.sight.vintage}, when {period.edtf} had not ended"
    if side.at(period) is not None:
        return None
    days, ended = interval(last), interval(end)
    if days is not None and ended is not None and days[1] < ended[0]:
        return "vintage", f"the series ends with {last}"
    return "no_series", f"the series has no value for {period.edtf}"


def _value(figure: Figure, side: Side, value: Decimal, now: Worked) -> Check:
    m = figure.measure
    words = allowed(value, m.digits, m.bound)
    agrees = words.holds(now.value)
    off = percent_off(value, now.value)
    return Check(
        about="value", verdict="agrees" if agrees else "off", told=(told(figure),), sight=side.sight,
        operands=(claimed(m), *now.operands), formula=now.formula, result=now.value, result_unit=side.sight.unit,
        result_of=f"{m.quantity.replace('_', ' ')} of the series, {m.period}", allowed=words, off=off,
        notes=_notes(m, words, agrees, off),
    )  # fmt: skip


def _notes(m: Measure, words: Range, agrees: bool, off: Decimal | None) -> tuple[str, ...]:
    """What a reader should know beside the verdict."""
    notes = []
    if agrees and off is not None and None in (words.low, words.high) and abs(off) > 10:
        notes.append(f"the words set no other end; the number itself lies {off:+} percent from the series")
    if m.period is not None and any(mark in m.period for mark in "?~%"):
        notes.append(f"the period {m.period} is uncertain")
    return tuple(notes)


def _change(figure: Figure, side: Side, change: Change, now: Worked, period: Months) -> Check:
    """The check of a change: from the base that is told, else from the same months a year before."""
    base = months(change.base) or period.before(_SEVERAL)
    notes = () if change.base is not None else (f"no base is told; {base.edtf} is taken",)
    before = side.at(base)
    if base.length != period.length:
        return _not_comparable(figure, side, ("scope", f"{period.edtf} and {base.edtf} differ in length"), "change")
    if before is None or not before.value:
        return _not_comparable(figure, side, ("no_series", f"the series has no value for {base.edtf}"), "change")
    worked = _moved(change, now, before, side.sight.unit)
    if worked is None:
        message = f"the change is in {change.unit or 'no unit that is told'}, the series in {side.sight.unit}"
        return _not_comparable(figure, side, ("currency", message), "change")
    formula, result, unit = worked
    words = changed(change)
    told_by = changed_operand(change)
    off = tenth(told_by[0].value - result) if told_by and unit == "percent" else None
    return Check(
        about="change", verdict="change_agrees" if words.holds(result) else "change_differs", told=(told(figure),),
        sight=side.sight, operands=(*told_by, *now.operands, *before.operands), formula=formula,
        result=result, result_unit=unit, result_of=f"change of the series from {base.edtf} to {period.edtf}",
        allowed=words, off=off, notes=notes,
    )  # fmt: skip


def _moved(change: Change, now: Worked, before: Worked, unit: str) -> tuple[str, Decimal, str] | None:
    """The series' change in the unit of the claim, with its formula; None where the units differ."""
    new, old = bracketed(now.formula), bracketed(before.formula)
    if change.unit == "times":
        return f"{new} / {old}", now.value / before.value, "times"
    if change.value is None or change.unit == "percent":
        return f"({new} - {old}) / {old} * 100", (now.value - before.value) / before.value * 100, "percent"
    return (f"{new} - {old}", now.value - before.value, unit) if change.unit == unit else None


def changed(change: Change) -> Range:
    """What the words of a change allow, with a fall below zero; of a bare direction, all that goes that way."""
    if change.value is None:
        rule = f"only the direction is told: {change.direction}"
        zero = Decimal(0)
        if change.direction == "up":
            return Range(low=zero, high=None, low_open=True, rule=rule)
        return Range(low=None, high=zero, high_open=True, rule=rule)
    words = allowed(change.value, change.digits, change.bound, is_times=change.unit == "times")
    if change.direction != "down" or change.unit == "times":
        return words
    low, high = (None if end is None else -end for end in (words.high, words.low))
    return Range(low=low, high=high, low_open=words.high_open, high_open=words.low_open, rule=f"{words.rule}; a fall")


def percent_off(claim: Decimal, series: Decimal) -> Decimal | None:
    """How far a claimed number lies from the series, in percent of it, to a tenth; None where the series has zero."""
    if not series:
        return None
    return tenth((claim - series) / abs(series) * 100)


def tenth(value: Decimal) -> Decimal:
    """A number to a tenth, without a sign where that is zero."""
    return value.quantize(TENTH, rounding=ROUND_HALF_EVEN) + Decimal("0.0")


def claimed(m: Measure, name: str = "claim") -> Operand:
    """A claim's value as an operand."""
    assert m.value is not None
    bound = f"{m.bound.replace('_', ' ')} " if m.bound else ""
    what = f"{m.quantity.replace('_', ' ')} claimed: {bound}{m.digits or plain(m.value)}"
    return Operand(
        name=name, value=m.value, unit=m.unit or "", what=what, source=f"record {m.id}", digits=m.digits, bound=m.bound
    )  # fmt: skip


def changed_operand(change: Change) -> tuple[Operand, ...]:
    """A claim's change as an operand, a fall below zero; none where only its direction is told."""
    if change.value is None:
        return ()
    falls = change.direction == "down" and change.unit != "times"
    words = (change.direction or "by", change.bound or "", *number_words(change.value, change.digits, change.unit))
    return (
        Operand(
            name="change", value=-change.value if falls else change.value, unit=change.unit or "",
            what=f"change claimed: {' '.join(word.replace('_', ' ') for word in words if word)}", source="the claim",
            digits=change.digits, bound=change.bound,
        ),
    )  # fmt: skip


def bracketed(formula: str) -> str:
    """A formula as one operand of a larger one."""
    return f"({formula})" if " " in formula else formula


def _not_comparable(figure: Figure, side: Side | None, reason: Reason, about: str | None = None) -> Check:
    m = figure.measure
    is_change = about == "change" or (m.value is None and m.change is not None)
    return Check(
        about="change" if is_change else "value", verdict="not_comparable",
        told=(told(figure),), sight=side.sight if side else None, why=reason[0], notes=(reason[1],),
    )  # fmt: skip
