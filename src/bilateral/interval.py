"""What an EDTF date covers: its first and last day as ISO strings that compare as text.

Owns the reading of EDTF for ordering and overlap, and nothing else; a pure function without a clock. The `edtf`
package knows the same forms at 3.5 ms a date; a store asks this a hundred thousand times, so it is done here with one
pattern, and tests hold the two against each other.
"""

from __future__ import annotations

import re
from calendar import isleap
from functools import lru_cache

EARLIEST = "0000-01-01"
LATEST = "9999-12-31"

_DAY = re.compile(r"(?P<year>[0-9][0-9X]{3})(-(?P<month>[0-9X]{2})(-(?P<day>[0-9X]{2}))?)?(T[0-9:.Z+-]+)?")
_QUALIFIERS = str.maketrans("", "", "?~%")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# First and last month of the sub-year groupings of EDTF level 2; a last month over 12 lies in the year after.
# Winter is the one that begins in the year named: EDTF leaves it open, and a query should rather find than miss.
_SEASONS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14),
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip


@lru_cache(maxsize=4096)
def interval(edtf: str | None) -> tuple[str, str] | None:
    """The first and last day that an EDTF date covers, or None where it fixes no year or is no EDTF.

    `2019-03` gives ("2019-03-01", "2019-03-31"), `2003/..` runs to LATEST, `../2020` from EARLIEST, `201X` covers its
    decade. An unknown end (`2014/`) adds nothing to the known one. Qualifiers (`?`, `~`, `%`) do not widen a date.
    `XXXX-07-03` gives None: without a year it lies nowhere. Of a set (`[2014,2016]`) the first and last day count.
    """
    if edtf is None:
        return None
    plain = edtf.strip().translate(_QUALIFIERS)
    if plain[:1] + plain[-1:] in ("[]", "{}"):
        return _hull(re.split(r",|\.\.", plain[1:-1]))
    if plain.count("/") == 1:
        return _span(*plain.split("/"))
    return _days(plain)


def _span(first: str, last: str) -> tuple[str, str] | None:
    left, right = _days(first), _days(last)
    unread = [end for end, days in ((first, left), (last, right)) if days is None and end not in ("", "..")]
    if unread or not (left or right):
        return None
    start = left[0] if left else EARLIEST if first == ".." else (right or ("", ""))[0]
    end = right[1] if right else LATEST if last == ".." else (left or ("", ""))[1]
    return (start, end) if start <= end else None


def _hull(members: list[str]) -> tuple[str, str] | None:
    known = [days for member in members if (days := _days(member.strip()))]
    if not known or len(known) < len(members):
        return None
    return min(days[0] for days in known), max(days[1] for days in known)


def _days(date: str) -> tuple[str, str] | None:
    found = _DAY.fullmatch(date)
    if found is None:
        return None
    first, last = int(found["year"].replace("X", "0")), int(found["year"].replace("X", "9"))
    month, day = found["month"], found["day"]
    if month and month.isdigit() and int(month) > 12:
        return None if day else _season(first, last, int(month))
    months = _fitting(month or "XX", 12)
    days = _fitting(day or "XX", 31)
    start = next((d for m in months for d in _dates(first, m, days)), None)
    end = next((d for m in reversed(months) for d in _dates(last, m, days[::-1])), None)
    return (start, end) if start and end else None


def _season(first: int, last: int, code: int) -> tuple[str, str] | None:
    months = _SEASONS.get(code)
    if months is None:
        return None
    over, month = divmod(months[1] - 1, 12)
    year = last + over
    if year > 9999:
        return f"{first:04}-{months[0]:02}-01", LATEST
    return f"{first:04}-{months[0]:02}-01", f"{year:04}-{month + 1:02}-{_length(year, month + 1):02}"


def _fitting(pattern: str, last: int) -> list[int]:
    """The numbers 1..last that a two-digit pattern with X for any digit allows."""
    if pattern.isdigit():
        return [int(pattern)] if 1 <= int(pattern) <= last else []
    wanted = re.compile(pattern.replace("X", "."))
    return [n for n in range(1, last + 1) if wanted.fullmatch(f"{n:02}")]


def _dates(year: int, month: int, days: list[int]) -> list[str]:
    return [f"{year:04}-{month:02}-{day:02}" for day in days if day <= _length(year, month)]


def _length(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _LENGTHS[month - 1]
