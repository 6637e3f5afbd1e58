"""Periods for comparing: the months that an EDTF date covers, the same months a year before, and names for them."""

from __future__ import annotations

from typing import NamedTuple

from bilateral.interval import EARLIEST, LATEST, interval

_YEAR = 12
_QUARTERS = {("01", "03"): 33, ("04", "06"): 34, ("07", "09"): 35, ("10", "12"): 36}


class Months(NamedTuple):
    """Whole months from first to last, counted from year 0: `first` and `last` are year * 12 + month - 1."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many months there are."""
        return self.last - self.first + 1

    @property
    def is_year(self) -> bool:
        """Whether they are one calendar year."""
        return self.length == _YEAR and self.first % _YEAR == 0

    @property
    def edtf(self) -> str:
        """The shortest EDTF date for them: a year, a month, a quarter, or an interval of months."""
        if self.is_year:
            return f"{self.first // _YEAR:04}"
        names = self.each()
        if self.length == 1:
            return names[0]
        quarter = _QUARTERS.get((names[0][5:], names[-1][5:]))
        return f"{names[0][:4]}-{quarter}" if quarter and self.length == 3 else f"{names[0]}/{names[-1]}"

    def each(self) -> list[str]:
        """Every month as EDTF."""
        return [f"{n // _YEAR:04}-{n % _YEAR + 1:02}" for n in range(self.first, self.last + 1)]

    def quarters(self) -> list[str]:
        """The quarters that make them up, as EDTF; none where they begin or end inside one."""
        if self.first % 3 or self.length % 3:
            return []
        return [Months(n, n + 2).edtf for n in range(self.first, self.last, 3)]

    def before(self, months: int) -> Months:
        """The same number of months, so many months earlier."""
        return Months(self.first - months, self.last - months)


def months(edtf: str | None) -> Months | None:
    """The whole months that a date covers; None where it names no year, has no end, or ends inside a month."""
    days = interval(edtf)
    if days is None or days[0] == EARLIEST or days[1] == LATEST or "X" in (edtf or ""):
        return None
    (first, start), (last, end) = ((_number(day), day) for day in days)
    nothing_left = start.endswith("-01") and _number(_next_day(end)) == last + 1
    return Months(first, last) if nothing_left else None


def _number(day: str) -> int:
    return int(day[:4]) * _YEAR + int(day[5:7]) - 1


def _next_day(day: str) -> str:
    """The day after, only right where the day is the last of its month."""
    ends = interval(day[:7])
    if ends is None or ends[1] != day:
        return day
    n = _number(day) + 1
    return f"{n // _YEAR:04}-{n % _YEAR + 1:02}-01"
