"""Dates as metadata and datelines write them, turned into EDTF; no year is guessed and no clock is asked.

`date_of` reads a whole value ("2019-07-03T10:00:00Z", "Wed, 03 Jul 2019", "July 2019"); `DAY` is the pattern of a day
inside a line, and `day_of` turns what it matched into EDTF ("XXXX-07-03" where no year is written).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_NAMES = {
    1: "january jan", 2: "february feb", 3: "march mar", 4: "april apr", 5: "may", 6: "june jun", 7: "july jul",
    8: "august aug", 9: "september sept sep", 10: "october oct", 11: "november nov", 12: "december dec",
}  # fmt: skip
MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?\b"
_YEAR = r"(?:1[89]|20)\d\d\b"

DAY = (
    rf"(?:{_WEEKDAY}[.,]{{0,2}}\s+)?"
    rf"(?:{_MONTH}\s*{_NUMBER}(?:\s*,?\s*{_YEAR})?"
    rf"|{_NUMBER}(?:\s+of)?[\s-]+{_MONTH}(?:[\s,-]*{_YEAR})?"
    rf"|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR})"
)
WEEKDAY = _WEEKDAY

_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<m>{_MONTH})\s*(?P<d>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:\s*,?\s*(?P<y>{_YEAR}))?",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m>{_MONTH})(?:[\s,-]*(?P<y>{_YEAR}))?",
        rf"(?P<y>{_YEAR})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)",
        rf"(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>{_YEAR})",
    )
)
_PARTS = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[T ]\d\d?:\d\d.*)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_MONTH_YEAR = re.compile(rf"(?P<m>{_MONTH})[\s,]+(?P<y>{_YEAR})", re.IGNORECASE)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
# What programs write when they have no date: the first second of Unix time, and the first day of the calendar.
_PLACEHOLDERS = {"1970-01-01", "0001-01-01", "1900-01-01"}
EXPECTED = "a date such as 2019-07-03, 2019-07, 2019 or 3 July 2019"


def date_of(words: str) -> str | None:
    """The EDTF date (day, month or year) that a metadata value states; None where it states none for certain.

    Time and zone are dropped, the day stays as written. "03/07/2019" is refused: it may be March or July.
    """
    words = " ".join(words.split())
    for pattern in (_PARTS, _COMPACT):
        if match := pattern.fullmatch(words):
            return _stated(*match.groups())
    if _EPOCH.fullmatch(words):
        return _of_epoch(words)
    if match := _MONTH_YEAR.fullmatch(words):
        return _stated(match["y"], str(_month(match["m"])), None)
    match = re.search(DAY, words, re.IGNORECASE) if len(words) < 60 else None
    day = day_of(match[0]) if match else None
    return day if day and not day.startswith("X") and day not in _PLACEHOLDERS else None


def day_of(words: str) -> str | None:
    """The EDTF day in words that `DAY` matched; None for a day that no calendar has, or one of two readings."""
    for form in _FORMS:
        if match := form.search(words):
            year, month, day = match["y"], match["m"], match["d"]
            if month.isdigit() and match["d"] and form is _FORMS[3]:
                month, day = _ordered(month, day)
            return _day(year, _month(month), int(day)) if month else None
    return None


def is_date_given(value: str) -> bool:
    """Whether a date given by a caller can be read."""
    return date_of(value) is not None


def _ordered(month: str, day: str) -> tuple[str, str]:
    """Month and day of an all-number date with the year last: empty where both orders are possible."""
    if month == day or int(month) <= 12 < int(day):
        return month, day
    return (day, month) if int(day) <= 12 < int(month) else ("", "")


def _month(words: str) -> int:
    return int(words) if words.isdigit() else MONTHS[words.rstrip(".").lower()]


def _day(year: str | None, month: int, day: int) -> str | None:
    try:
        date(int(year or 2000), month, day)  # 2000 had a 29 February
    except ValueError:
        return None
    return f"{year or 'XXXX'}-{month:02d}-{day:02d}"


def _stated(year: str, month: str | None, day: str | None) -> str | None:
    if int(year) == 0 or (month and not 1 <= int(month) <= 12):
        return None
    if day:
        value = _day(year, int(month or 0), int(day))
        return None if value in _PLACEHOLDERS else value
    return f"{year}-{int(month):02d}" if month else year


def _of_epoch(digits: str) -> str | None:
    seconds = float(digits)
    if "." not in digits and len(digits) > 10:
        seconds /= 1000
    value = datetime.fromtimestamp(seconds, tz=UTC).date().isoformat()
    return None if value in _PLACEHOLDERS else value
