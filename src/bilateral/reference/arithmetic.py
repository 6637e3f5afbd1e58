"""Claims held against each other: value, change and base; parts and sums; the same figure in several reports.

Nothing but arithmetic: two claims are consistent where what the words of both allow has a value in common. What follows
from claims without being said is shown as derived. docs/rules/checks.md has the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from bilateral.model import Change, Measure
from bilateral.reference import ranges
from bilateral.reference.allowed import allowed
from bilateral.reference.checks import changed, changed_operand, claimed, percent_off
from bilateral.reference.parts import part_checks
from bilateral.reference.quantities import DIRECTED, is_one_a_period, product, scope, trade
from bilateral.reference.spans import Months, months
from bilateral.reference.told import Figure, told
from bilateral.reference.verdicts import Check, Range

_FACT = ("happened", "ongoing")
_KINDS = ("actual", "baseline")


class Key(NamedTuple):
    """What must be the same before two claims are of one thing, their period aside."""

    quantity: str
    parties: tuple[str, ...]
    direction: str | None
    unit: str | None
    scope: str
    product: str | None


def checks(figures: Iterable[Figure]) -> list[Check]:
    """All that the claims say of each other: first by report, then across reports; in the order of the claims."""
    held = [f for f in figures if f.measure.status in _FACT and f.measure.measure_kind in _KINDS]
    found = [check for f in held for check in _of_change(f, held)]
    by_report: dict[str, list[Figure]] = defaultdict(list)
    for f in held:
        by_report[f.report.id].append(f)
    for of_one in by_report.values():
        found += part_checks(of_one)
    found += _across(held)
    return found


def key(m: Measure) -> Key:
    """What a claim is of, its period aside."""
    kind = trade(m.quantity)
    direction = m.direction if kind in DIRECTED or kind is None else None
    return Key(kind or m.quantity, tuple(sorted(set(m.parties))), direction, m.unit, scope(m), product(m))


def words_of(m: Measure) -> Range:
    """What the words of a claim's value allow."""
    assert m.value is not None
    return allowed(m.value, m.digits, m.bound)


def _of_change(figure: Figure, held: list[Figure]) -> Iterator[Check]:
    """Yield the check of a claim's change against its value and base, or the base that follows where none is told."""
    m = figure.measure
    change, period = m.change, months(m.period)
    if change is None or change.value is None:
        return
    base = months(change.base) or (period.before(12) if period else None)
    if base is None:
        return
    now = figure if m.value is not None else _stated(figure, held, period)
    if now is None or now.measure.value is None:
        return
    before = _stated(now, held, base)
    if before is not None and before.measure.value:
        check = _held_together(figure, change, now, before)
    else:
        check = _implied(now, change, base)
    if check is not None:
        yield check


def _stated(figure: Figure, held: list[Figure], period: Months | None) -> Figure | None:
    """The claim of the same thing for a period: of the same report, else of the first other one."""
    wanted = key(figure.measure)
    fits = [
        f for f in held
        if f.measure.value is not None and period is not None and months(f.measure.period) == period
        and key(f.measure)._replace(unit=None) == wanted._replace(unit=None)
        and (wanted.unit is None or f.measure.unit == wanted.unit)
    ]  # fmt: skip
    return next((f for f in fits if f.report.id == figure.report.id), next(iter(fits), None))


def _held_together(figure: Figure, change: Change, now: Figure, before: Figure) -> Check | None:
    """The change that value and base give, beside the one that is told."""
    new, old = claimed(now.measure, "value"), claimed(before.measure, "base")
    made = _change_between(change, now.measure, before.measure)
    if made is None:
        return None
    formula, result, reach, unit = made
    words = changed(change)
    is_same = before.report.id == figure.report.id
    notes = () if is_same else (f"the base is told in another report, {before.report.uri}",)
    others = [told(f) for f in (now, before) if f.measure.id != figure.measure.id]
    return Check(
        about="arithmetic", verdict="consistent" if words.meets(reach) else "inconsistent",
        told=(told(figure), *others), operands=(*changed_operand(change), new, old), formula=formula, result=result,
        result_unit=unit, result_of="change that the claimed values give", allowed=words, reach=reach, notes=notes,
    )  # fmt: skip


def _change_between(change: Change, now: Measure, before: Measure) -> tuple[str, Decimal, Range, str] | None:
    assert now.value is not None
    assert before.value is not None
    new, old = words_of(now), words_of(before)
    if change.unit == "percent":
        result = (now.value - before.value) / before.value * 100
        return "(value - base) / base * 100", result, ranges.growth(new, old), "percent"
    if change.unit == "times":
        return "value / base", now.value / before.value, ranges.ratio(new, old), "times"
    if change.unit is not None and change.unit == now.unit:
        reach = ranges.total((new, ranges.negative(old)))
        return "value - base", now.value - before.value, reach, change.unit
    return None


def _implied(now: Figure, change: Change, base: Months) -> Check | None:
    """The value before a change that is told in percent, times or the same unit, where no claim gives it."""
    m = now.measure
    assert m.value is not None
    assert change.value is not None
    operands = (claimed(m, "value"), *changed_operand(change))
    step, words = operands[1].value, changed(change)
    if change.unit == "percent" and step > -100:
        formula, result = "value / (1 + change / 100)", m.value / (1 + step / 100)
        reach = ranges.before(words_of(m), words)
    elif change.unit == "times" and change.value:
        formula, result, reach = "value / change", m.value / step, ranges.ratio(words_of(m), words)
    elif change.unit is not None and change.unit == m.unit:
        formula, result = "value - change", m.value - step
        reach = ranges.total((words_of(m), ranges.negative(words)))
    else:
        return None
    return Check(
        about="arithmetic", verdict="derived", told=(told(now),), operands=operands, formula=formula, result=result,
        result_unit=m.unit or "", result_of=f"{m.quantity.replace('_', ' ')}, {base.edtf}", reach=reach,
    )  # fmt: skip


def _across(held: list[Figure]) -> Iterator[Check]:
    """Yield a check of each two different claims of one thing and period, by different reports or speakers."""
    groups: dict[tuple[Key, Months], dict[tuple[object, ...], Figure]] = defaultdict(dict)
    for f in held:
        period = months(f.measure.period)
        if f.measure.value is not None and period is not None and is_one_a_period(f.measure.quantity):
            wording = (f.measure.value, f.measure.digits, f.measure.bound)
            groups[key(f.measure), period].setdefault(wording, f)
    for group in groups.values():
        for one, other in combinations(group.values(), 2):
            if one.report.id != other.report.id or _voice(one) != _voice(other):
                yield _beside(one, other)


def _voice(figure: Figure) -> tuple[str | None, ...]:
    speaker = figure.measure.claimed_by.speaker
    return (speaker.name, speaker.role, speaker.country) if speaker else ()


def _beside(one: Figure, other: Figure) -> Check:
    a, b = claimed(one.measure, "claim"), claimed(other.measure, "other")
    first, second = words_of(one.measure), words_of(other.measure)
    return Check(
        about="arithmetic", verdict="consistent" if first.meets(second) else "inconsistent",
        told=(told(one), told(other)), operands=(a, b), formula="other", result=b.value, result_unit=b.unit,
        result_of="the same figure as another claims it", allowed=first, reach=second,
        off=percent_off(a.value, b.value),
    )  # fmt: skip
