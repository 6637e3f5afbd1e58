"""What follows from a claim by arithmetic: the value before a change, the change between two values.

Owns the arithmetic and its wording; every result shows its operands. Nothing here is a claim of the text.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from bilateral.model import Bound, Change, Derived

_OPPOSITE: dict[str, Bound] = {"over": "under", "at_least": "up_to", "up_to": "at_least", "under": "over"}


def before(value: Decimal, unit: str, bound: Bound | None, change: Change) -> Derived | None:
    """The value before a change, from the value after it; rounded to one digit more than the operands have.

    "up 21.5 percent to over 202 million" gives over 166.3 million: 202000000 / (1 + 21.5 / 100).
    """
    if change.value is None or change.direction is None:
        return None
    sign = 1 if change.direction == "up" else -1
    if change.unit == "percent":
        factor = 1 + sign * change.value / 100
        if factor <= 0:
            return None
        exact, working = value / factor, f"{plain(value)} / (1 {'+' if sign > 0 else '-'} {plain(change.value)} / 100)"
    elif change.unit == "times":
        exact, working = value / change.value, f"{plain(value)} / {plain(change.value)}"
    elif change.unit == unit:
        exact, working = value - sign * change.value, f"{plain(value)} {'-' if sign > 0 else '+'} {plain(change.value)}"
    else:
        return None
    digits = max(_significant(value), _significant(change.value)) + 1 if change.unit != unit else 28
    rounded = significant(exact, digits)
    formula = f"{working} = {plain(significant(exact, 12))} {unit}, about {plain(rounded)}"
    if rounded == exact:
        formula = f"{working} = {plain(rounded)} {unit}"
    return Derived(value=rounded, unit=unit, formula=formula, period=change.base, bound=_bound(bound, change))


def _bound(level: Bound | None, change: Change) -> Bound | None:
    """The bound of the earlier value: the level's, or the change's turned round where the level is exact."""
    if change.bound is None:
        return level
    if level is not None:
        return level if level == change.bound and change.bound in ("about", "nearly") else "about"
    turned = _OPPOSITE.get(change.bound)
    if turned is None:
        return "about"
    if change.direction == "down" or (change.unit == "times" and change.value is not None and change.value < 1):
        return (
            "over"
            if change.bound == "over"
            else "at_least"
            if change.bound == "at_least"
            else _OPPOSITE.get(turned, turned)
        )
    return turned


def change_between(old: Decimal, new: Decimal, unit: str, period: str | None) -> Derived | None:
    """The change in percent from one value to another, to a tenth."""
    if old <= 0:
        return None
    percent = ((new - old) / old * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    formula = f"({plain(new)} - {plain(old)}) / {plain(old)} * 100 = {plain(percent)} percent of {unit}"
    return Derived(value=tidy(percent), unit="percent", formula=formula, period=period)


def significant(value: Decimal, digits: int) -> Decimal:
    """A value rounded to so many digits, written without exponent."""
    if value == 0:
        return Decimal(0)
    exponent = value.adjusted() - digits + 1
    rounded = value.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_EVEN) if exponent < 0 else (
        (value / Decimal(10) ** exponent).to_integral_value(ROUND_HALF_EVEN) * Decimal(10) ** exponent
    )  # fmt: skip
    return tidy(rounded)


def tidy(value: Decimal) -> Decimal:
    """A value without trailing zeros behind the point and without exponent."""
    return Decimal(plain(value))


def plain(value: Decimal) -> str:
    """A value as plain digits: no exponent, no needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _significant(value: Decimal) -> int:
    return max(3, len(plain(value).replace(".", "").replace("-", "").strip("0")))
