"""What parts of a year mean that need another time: "the same period last year", "a year-ago quarter", "the first five
months"."""

from __future__ import annotations

from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.amounts import amount, period_timex
from bilateral.resolve.dates.anchor import unit_of
from bilateral.resolve.dates.grammar import Match
from bilateral.resolve.dates.parts import shift_in
from bilateral.resolve.dates.period import UNKNOWN, Period
from bilateral.resolve.dates.sense import YEAR_UNKNOWN, Sense, Setting, sure
from bilateral.resolve.dates.years import year_in


def same_period(m: Match, at: Setting) -> Sense | None:
    """The same period last year, the year-earlier quarter, the 1988 period: the part of a year spoken of before,
    moved to the year named."""
    base = _base(m, at)
    year = _year_of(m, at, base)
    if base is None:
        timex = "PAST_REF" if year is None else f"{year:04}"
        return Sense(None, timex, "a part of a year that was not named before")
    found = cal.moved(base, "Y", 0 if year is None else year - base.first.year)
    timex_year = None if base.grain in ("quarter", "month", "day") or found is None else f"{found.first.year:04}"
    return sure(found, base.grain, "the period spoken of before, in the year meant", timex=timex_year)


def _base(m: Match, at: Setting) -> Period | None:
    """The period that is repeated."""
    told = at.memory.near_span
    if told is not None and not told.known:
        return None
    if m.has("quarter") and (told is None or told.grain != "quarter"):
        return unit_of(at.anchor, "quarter", -1)
    if m.has("month_w") and (told is None or told.grain != "month"):
        return unit_of(at.anchor, "month")
    return at.memory.day if m.has("day_w", "week_w") else told


def _year_of(m: Match, at: Setting, base: Period | None) -> int | None:
    """The year that it is repeated in; None where the words name none."""
    named = year_in(m)
    if named is not None:
        return named
    is_before = m.has("ago", "earlier", "before") or (m.has("previous") and base is not None)
    if is_before and base is not None:
        return base.first.year - 1
    if at.anchor.year is None or not (is_before or m.has("year_w")) or m.has("latest", "current"):
        return None
    return at.anchor.year + (-1 if is_before else shift_in(m))


def first_of(m: Match, at: Setting) -> Sense | None:
    """The first nine months: of the report's year, or of the one before where they have not passed yet."""
    a = amount(m)
    timex = period_timex(a)
    if m.has("ord") and m.value("ord") != 1:
        return None
    if not m.has("ord") or a.unit != "M" or a.low is None or a.low % 1 or not 1 <= a.low < cal.YEAR_MONTHS:
        return Sense(None, timex, "a length of time, no date")
    count, here = int(a.low), at.anchor
    if here.year is None or here.month is None:
        found = cal.months(UNKNOWN, 1, UNKNOWN, count, known=False)
        return sure(found, "months", YEAR_UNKNOWN, timex=timex)
    is_over = here.month >= count or at.direction(m) == "ahead"
    year = here.year if is_over else here.year - 1
    return sure(cal.months(year, 1, year, count), "months", "those months of the last year that had them", timex=timex)
