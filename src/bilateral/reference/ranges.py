"""Arithmetic on the ranges that words allow: sums, differences, ratios and growth with open and missing ends."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bilateral.reference.verdicts import Range

HUNDRED = Decimal(100)


def total(ranges: Iterable[Range]) -> Range:
    """What the sum of numbers can be."""
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    low_open = high_open = False
    for r in ranges:
        low = None if low is None or r.low is None else low + r.low
        high = None if high is None or r.high is None else high + r.high
        low_open, high_open = low_open or r.low_open, high_open or r.high_open
    return Range(low=low, high=high, low_open=low_open, high_open=high_open)


def negative(r: Range) -> Range:
    """What a number taken off can be."""
    low, high = (None if end is None else -end for end in (r.high, r.low))
    return Range(low=low, high=high, low_open=r.high_open, high_open=r.low_open)


def ratio(a: Range, b: Range) -> Range:
    """What a / b can be, of two numbers that are not below zero."""
    low = None if a.low is None or b.high is None or b.high <= 0 else max(a.low, Decimal(0)) / b.high
    high = None if a.high is None or b.low is None or b.low <= 0 else a.high / b.low
    return Range(low=low, high=high, low_open=a.low_open or b.high_open, high_open=a.high_open or b.low_open)


def growth(now: Range, before: Range) -> Range:
    """What (now - before) / before * 100 can be, of two numbers that are not below zero."""
    r = ratio(now, before)
    low, high = (None if end is None else (end - 1) * HUNDRED for end in (r.low, r.high))
    return Range(low=low, high=high, low_open=r.low_open, high_open=r.high_open)


def before(now: Range, change: Range) -> Range:
    """What a number was before a change in percent."""
    factor = Range(
        low=None if change.low is None else 1 + change.low / HUNDRED,
        high=None if change.high is None else 1 + change.high / HUNDRED,
        low_open=change.low_open, high_open=change.high_open,
    )  # fmt: skip
    return ratio(now, factor)
