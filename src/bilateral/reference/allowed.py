"""What the words of a number allow: how far rounding, "about", "over" and their like let the true value lie.

The rules stand in docs/rules/checks.md. Owns them alone; nothing is compared here.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bilateral.model import Bound
from bilateral.reference.verdicts import Range

ABOUT = Decimal("0.05")  # "about" and "nearly": a twentieth, where the digits are not coarser than that
LEAST = Decimal("0.0005")  # a number written to the last unit still agrees within a twentieth of a percent
TIMES = Decimal("0.1")  # "doubled", "threefold": a tenth
_NUMBER = re.compile(r"\d[\d.,\s'’]*\d|\d")
_VAGUE = re.compile(r"\b(half|quarter|thirds?|fifths?|tenths?)\b", re.IGNORECASE)
_SCALES = frozenset(Decimal(10) ** n for n in (0, 2, 3, 5, 6, 7, 8, 9, 12, 15)) | {Decimal(12), Decimal(100) ** -1}


def allowed(value: Decimal, digits: str | None, bound: Bound | None, *, is_times: bool = False) -> Range:
    """The values that "over 202 million" or "21.5" allow, of the value that they were read as.

    Without a bound: half of the last digit written, both ways. Raises nothing; every value gives a range.
    """
    if bound in ("over", "at_least"):
        return Range(low=value, high=None, low_open=bound == "over", rule=f"{_worded(bound)}: a lower bound")
    if bound in ("under", "up_to"):
        return Range(low=None, high=value, high_open=bound == "under", rule=f"{_worded(bound)}: an upper bound")
    half = max(_half(value, digits, is_times), abs(value) * LEAST)
    if bound is None:
        rule = f"rounding of {digits or plain(value)}: {plain(half)} each way"
        return Range(low=value - half, high=value + half, rule=rule)
    wide = max(half, abs(value) * ABOUT)
    rule = f"{bound}: 5 percent, or half of the last digit where that is more: {plain(wide)}"
    if bound == "nearly":
        return Range(low=value - wide, high=value, rule=f"{rule} below")
    return Range(low=value - wide, high=value + wide, rule=f"{rule} each way")


def _worded(bound: str) -> str:
    return bound.replace("_", " ")


def _half(value: Decimal, digits: str | None, is_times: bool) -> Decimal:
    """Half of what the last digit written stands for."""
    written = _written(value, digits or "")
    if written is not None:
        return written / 2
    if is_times:
        return abs(value) * TIMES
    if digits and _VAGUE.search(digits):
        return abs(value) * ABOUT
    return _last_of_words(value) / 2 if digits else _last_of_plain(value) / 2


def _written(value: Decimal, digits: str) -> Decimal | None:
    """What the last digit of the figures in the words stands for; None where the words hold no figures that fit.

    Of "3 - 5 million" the number that the value is a round multiple of is meant. A point or comma is read as whatever
    makes the number fit the value.
    """
    for text in _NUMBER.findall(digits):
        for number, places in _readings(text):
            scale = abs(value) / number if number else Decimal(1)
            if scale in _SCALES:
                whole = scale * Decimal(10) ** -places
                return whole if places or scale > 1 else _last_of_plain(value)
    return None


def _readings(text: str) -> list[tuple[Decimal, int]]:
    """A number as figures and their places behind the point, with the point or the comma as the decimal mark."""
    found = []
    for mark in (".", ","):
        whole, point, part = text.rpartition(mark) if text.count(mark) == 1 else (text, "", "")
        plain_whole, plain_part = re.sub(r"\D", "", whole), re.sub(r"\D", "", part)
        if plain_whole and (not point or plain_part == part):
            found.append((Decimal(f"{plain_whole}.{plain_part or 0}"), len(plain_part)))
    return found


def _last_of_plain(value: Decimal) -> Decimal:
    """What the last digit that counts stands for in a number written out: of 650,000 the 5, of 3,000,000 the first 0.

    Zeros at the end are taken as filling; two digits always count.
    """
    number = value.normalize()
    exponent = int(number.as_tuple().exponent)
    return Decimal(10) ** max(min(exponent, value.adjusted() - 1), min(exponent, 0))


def _last_of_words(value: Decimal) -> Decimal:
    """What "three billion" is exact to: the scale that it is a whole number of, else its last digit."""
    scale = Decimal(10) ** (value.adjusted() // 3 * 3)
    return scale if value and value % scale == 0 else Decimal(10) ** int(value.normalize().as_tuple().exponent)


def number_words(value: Decimal, digits: str | None, unit: str | None) -> tuple[str, str]:
    """A number as it was told, and its unit; none behind words that are a number by themselves ("a third")."""
    is_worded = digits is not None and not any(c.isdigit() for c in digits)
    return digits or plain(value), "" if is_worded and unit in ("percent", "times") else unit or ""


def plain(value: Decimal) -> str:
    """A number in plain digits: no exponent, no needless zeros."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
