"""Parts against sums within one report: exports and imports against turnover and balance, "of which" against the whole.

Where one of the three is not told it follows from the other two and is shown as derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from bilateral.model import Measure
from bilateral.reference import ranges
from bilateral.reference.allowed import allowed
from bilateral.reference.checks import claimed
from bilateral.reference.quantities import product, scope, trade
from bilateral.reference.spans import months
from bilateral.reference.told import Figure, told
from bilateral.reference.verdicts import Check, Range

PART_OF = "part_of"
_WHOLE = re.compile(r"part of (['\"])(?P<digits>.*)\1$")


class _Trade(NamedTuple):
    """The trade figures of one report for a pair, period, unit and scope: turnover, flows by direction, balances."""

    turnover: dict[str, Figure]
    flows: dict[str, Figure]
    balances: dict[str, Figure]


def part_checks(figures: Iterable[Figure]) -> Iterator[Check]:
    """Yield what the figures of one report say of each other as parts and sums."""
    held = [f for f in figures if f.measure.value is not None]
    for group in _groups(held).values():
        yield from _of_trade(group)
    yield from _of_which(held)


def _groups(held: list[Figure]) -> dict[tuple[object, ...], _Trade]:
    found: dict[tuple[object, ...], _Trade] = {}
    for f in held:
        m = f.measure
        kind, period = trade(m.quantity), months(m.period)
        if kind is None or kind == "services_trade" or period is None or product(m) or len(set(m.parties)) != 2:
            continue
        where = (tuple(sorted(m.parties)), period, m.unit, scope(m))
        group = found.setdefault(where, _Trade({}, {}, {}))
        if kind == "trade_turnover":
            group.turnover.setdefault("", f)
        elif m.direction and kind == "trade_balance":
            group.balances.setdefault(m.direction, f)
        elif m.direction:
            group.flows.setdefault(m.direction, f)
    return found


def _of_trade(group: _Trade) -> Iterator[Check]:
    both = sorted(group.flows)
    turnover = group.turnover.get("")
    if len(both) == 2:
        one, other = (group.flows[way] for way in both)
        if turnover is not None:
            yield _summed(turnover, (one, other), "exports both ways")
        else:
            yield _derived((one, other), "flow_1 + flow_2", (1, 1), "trade turnover", names=("flow_1", "flow_2"))
        for way, balance in sorted(group.balances.items()):
            back = ">".join(reversed(way.split(">")))
            if way in group.flows and back in group.flows:
                yield _balanced(balance, group.flows[way], group.flows[back])
    elif turnover is not None and both:
        yield _rest(turnover, group.flows[both[0]], both[0])


def _rest(turnover: Figure, flow: Figure, way: str) -> Check:
    """The flow the other way, or that one flow alone is more than the turnover."""
    alone = _summed(turnover, (flow,), "the one flow told", is_all=False)
    if alone.verdict == "inconsistent":
        return alone
    back = " to ".join(reversed(way.split(">")))
    return _derived((turnover, flow), "turnover - flow", (1, -1), f"trade from {back}", names=("turnover", "flow"))


def _summed(whole: Figure, parts: tuple[Figure, ...], what: str, *, is_all: bool = True) -> Check:
    """Parts against their sum; where they are not all of it, only whether they are more than the whole."""
    operands = tuple(claimed(f.measure, f"part_{n}") for n, f in enumerate(parts, 1))
    words = _words(whole.measure)
    if not is_all:
        words = Range(low=None, high=words.high, high_open=words.high_open, rule=f"{words.rule}; parts may be fewer")
    reach = ranges.total(_words(f.measure) for f in parts)
    return Check(
        about="arithmetic", verdict="consistent" if words.meets(reach) else "inconsistent",
        told=(told(whole), *map(told, parts)), operands=(claimed(whole.measure, "whole"), *operands),
        formula=" + ".join(o.name for o in operands), result=sum((o.value for o in operands), Decimal(0)),
        result_unit=operands[0].unit, result_of=f"sum of {what}", allowed=words, reach=reach,
    )  # fmt: skip


def _balanced(balance: Figure, out: Figure, back: Figure) -> Check:
    operands = (claimed(balance.measure, "balance"), claimed(out.measure, "out"), claimed(back.measure, "back"))
    words = _words(balance.measure)
    reach = ranges.total((_words(out.measure), ranges.negative(_words(back.measure))))
    return Check(
        about="arithmetic", verdict="consistent" if words.meets(reach) else "inconsistent",
        told=(told(balance), told(out), told(back)), operands=operands, formula="out - back",
        result=operands[1].value - operands[2].value, result_unit=operands[0].unit,
        result_of="balance that the claimed flows give", allowed=words, reach=reach,
    )  # fmt: skip


def _derived(
    figures: tuple[Figure, Figure], formula: str, signs: tuple[int, int], what: str, *, names: tuple[str, str]
) -> Check:
    """What follows from two figures by a sum or a difference."""
    operands = tuple(claimed(f.measure, name) for f, name in zip(figures, names, strict=True))
    reach = ranges.total(
        _words(f.measure) if sign > 0 else ranges.negative(_words(f.measure))
        for f, sign in zip(figures, signs, strict=True)
    )
    result = sum((sign * o.value for o, sign in zip(operands, signs, strict=True)), Decimal(0))
    return Check(
        about="arithmetic", verdict="derived", told=tuple(map(told, figures)), operands=operands, formula=formula,
        result=result, result_unit=operands[0].unit, result_of=f"{what}, {figures[0].measure.period}", reach=reach,
    )  # fmt: skip


def _of_which(held: list[Figure]) -> Iterator[Check]:
    """Yield a check of each whole against the parts that are told as its own ("of which", "including")."""
    parts: dict[str, list[Figure]] = {}
    for f in held:
        whole = _whole(f, held)
        if whole is not None and whole.measure.unit == f.measure.unit:
            parts.setdefault(whole.measure.id, []).append(f)
    for f in held:
        if f.measure.id in parts:
            yield _summed(f, tuple(parts[f.measure.id]), "parts told", is_all=False)


def _whole(part: Figure, held: list[Figure]) -> Figure | None:
    """The figure that a part is told to be of: by its link, else by the reason that names the whole's digits."""
    m = part.measure
    linked = {link.record for link in m.links if link.kind == PART_OF}
    named = next((found for r in m.reasons if r.field == PART_OF and (found := _WHOLE.search(r.rule))), None)
    before = [f for f in held if f.measure.id != m.id and _at(f.measure) < _at(m)]
    return next(
        (f for f in held if f.measure.id in linked),
        next((f for f in reversed(before) if named is not None and f.measure.digits == named["digits"]), None),
    )


def _at(m: Measure) -> int:
    return m.evidence[0].start


def _words(m: Measure) -> Range:
    assert m.value is not None
    return allowed(m.value, m.digits, m.bound)


