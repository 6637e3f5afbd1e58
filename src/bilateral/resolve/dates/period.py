"""A stretch of the calendar with its grain, and how EDTF and TIMEX3 write it. Pure arithmetic; no clock.

A year may be unknown: then the days stand in the leap year 2000 and are written with XXXX.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

Grain = Literal[
    "day", "days", "week", "weekend", "month", "months", "quarter", "half", "season", "year", "years", "decade",
    "century",
]  # fmt: skip

UNKNOWN = 2000
YEAR_MONTHS = 12
# The codes of EDTF for seasons, and the month in which each begins in the north.
SEASONS = {"SP": (21, 3), "SU": (22, 6), "FA": (23, 9), "WI": (24, 12)}
# What TIMEX3 writes where a relative expression of a grain has nothing to count from.
UNDATED = {
    "day": "XXXX-XX-XX", "days": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
    "months": "XXXX-XX", "quarter": "XXXX-QX", "half": "XXXX-HX", "season": "XXXX", "year": "XXXX", "years": "XXXX",
    "decade": "XXX", "century": "XX",
}  # fmt: skip


class Period(NamedTuple):
    """First and last day, grain, whether the year is known, and the season's letters where it is one."""

    first: date
    last: date
    grain: Grain
    known: bool = True
    season: str = ""

    @property
    def edtf(self) -> str | None:
        """The EDTF value, or None where EDTF cannot say it without a year."""
        written = _edtf(self)
        if self.known:
            return written
        if self.grain in ("year", "years", "decade", "century", "season", "week", "weekend"):
            return None
        return "/".join("XXXX" + end[4:] for end in written.split("/"))

    @property
    def timex(self) -> str:
        """The TIMEX3 value."""
        written = _timex(self)
        if self.known:
            return written
        if self.grain in ("year", "years", "decade", "century", "week", "weekend"):
            return UNDATED[self.grain]
        return "/".join("XXXX" + end[4:] for end in written.split("/"))


def _edtf(p: Period) -> str:
    match p.grain:
        case "day":
            return p.first.isoformat()
        case "month":
            return _month(p.first)
        case "year":
            return _year(p.first)
        case "decade":
            return f"{p.first.year // 10:03}X"
        case "century":
            return f"{p.first.year // 100:02}XX"
        case "season":
            return f"{_year(p.first)}-{SEASONS[p.season][0]}"
        case "years":
            return f"{_year(p.first)}/{_year(p.last)}"
        case "months" | "quarter" | "half":
            return f"{_month(p.first)}/{_month(p.last)}"
        case _:
            return f"{p.first.isoformat()}/{p.last.isoformat()}"


def _timex(p: Period) -> str:
    year = _year(p.first)
    match p.grain:
        case "week" | "weekend":
            iso = p.first.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if p.grain == "weekend" else "")
        case "quarter":
            return f"{year}-Q{(p.first.month + 2) // 3}"
        case "half":
            return f"{year}-H{1 if p.first.month == 1 else 2}"
        case "season":
            return f"{year}-{p.season}"
        case "decade":
            return f"{p.first.year // 10:03}"
        case "century":
            return f"{p.first.year // 100:02}"
        case _:
            return _edtf(p)


def _year(d: date) -> str:
    return f"{d.year:04}"


def _month(d: date) -> str:
    return f"{d.year:04}-{d.month:02}"


def day(d: date, *, known: bool = True) -> Period:
    """One day."""
    return Period(d, d, "day", known)


def month(year: int, number: int, *, known: bool = True) -> Period:
    """A month; numbers outside 1..12 run into the years beside."""
    over, index = divmod(number - 1, YEAR_MONTHS)
    first = date(year + over, index + 1, 1)
    return Period(first, month_end(first), "month", known)


def month_end(d: date) -> date:
    """The last day of a day's month."""
    return d.replace(day=calendar.monthrange(d.year, d.month)[1])


def year(number: int, *, known: bool = True) -> Period:
    """A year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year", known)


def quarter(number: int, which: int, *, known: bool = True) -> Period:
    """A quarter of a year; numbers outside 1..4 run into the years beside."""
    return months(number, 3 * which - 2, number, 3 * which, known=known)._replace(grain="quarter")


def half(number: int, which: int, *, known: bool = True) -> Period:
    """A half of a year."""
    return months(number, 6 * which - 5, number, 6 * which, known=known)._replace(grain="half")


def months(year1: int, month1: int, year2: int, month2: int, *, known: bool = True) -> Period:
    """Whole months from one to another."""
    return Period(month(year1, month1).first, month(year2, month2).last, "months", known)


def years(first: int, last: int, *, known: bool = True) -> Period:
    """Whole years from one to another."""
    return Period(date(first, 1, 1), date(last, 12, 31), "years", known)


def decade(first: int) -> Period:
    """The ten years from a round one."""
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade")


def century(number: int) -> Period:
    """A century by its number: the 20th is written 19XX."""
    first = max(1, 100 * (number - 1))
    return Period(date(first, 1, 1), date(100 * number - 1, 12, 31), "century")


def season(number: int, name: str, *, known: bool = True) -> Period:
    """A season of the north (SP, SU, FA, WI) of a year; winter begins in December of it."""
    start = SEASONS[name][1]
    found = months(number, start, number, start + 2)
    return Period(found.first, found.last, "season", known, name)


def week(d: date) -> Period:
    """The ISO week that holds a day."""
    monday = d - timedelta(days=d.weekday())
    return Period(monday, monday + timedelta(days=6), "week")


def weekend(d: date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    found = week(d)
    return Period(found.last - timedelta(days=1), found.last, "weekend")


def is_valid(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    return 1 <= month <= YEAR_MONTHS and 1 <= day <= calendar.monthrange(year, month)[1]


def moved(p: Period, unit: str, n: int) -> Period | None:
    """A period of the same grain n units (D, W, M, Y, Q, E) later, or None where the calendar ends.

    A move by years keeps month and day; by months it keeps whole months whole.
    """
    if unit in ("D", "W"):
        delta = timedelta(days=n * (7 if unit == "W" else 1))
        return p._replace(first=p.first + delta, last=p.last + delta)
    by = n * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit]
    first, last = _month_moved(p.first, by), _month_moved(p.last, by)
    if first is None or last is None:
        return None
    if p.grain != "day" and p.last == month_end(p.last):
        last = month_end(last)
    return p._replace(first=first, last=last)


def _month_moved(d: date, by: int) -> date | None:
    over, index = divmod(d.month - 1 + by, YEAR_MONTHS)
    if not 1 <= d.year + over <= date.max.year:
        return None
    return date(d.year + over, index + 1, min(d.day, calendar.monthrange(d.year + over, index + 1)[1]))


def united(a: Period, b: Period) -> Period | None:
    """The stretch from the start of one period to the end of another, at their grain; None where it runs backwards."""
    if a.first > b.last or a.known != b.known:
        return None
    grains = {a.grain, b.grain}
    if grains <= {"year", "years", "decade", "century"}:
        grain: Grain = "years"
    elif grains <= {"month", "months", "quarter", "half"}:
        grain = "months"
    else:
        grain = "days"
    return Period(a.first, b.last, grain, a.known)
