"""The date that relative words count from: the report's own, as far as it is known, and what can be counted from it.

Never the clock. Where the report's date lacks what a word needs, the answer is None and the caller says so.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.period import UNKNOWN, Period
from bilateral.resolve.dates.tokens import FIRST_YEAR, LAST_YEAR

Direction = Literal["past", "ahead"]

_ANCHOR = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_LEAP_DAY = (2, 29)
# A month or day without a year and without a tense that decides is the nearest one, and of two the past: reports tell.
# Something ahead must be this many times nearer than something past. On dev news 1 to 2 give the same, 3 and 4 lose.
FUTURE_COST = 2.0
# Where tense points to a day over this many days away and the other side has one much nearer, the verb that was found
# is not the one that counts ("the offer, announced in May, … expires Dec. 1").
_DOUBT = 300


class Anchor(NamedTuple):
    """A report's date by its parts; None where one is unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The day, in the year 2000 where the year is unknown; None where month or day is unknown."""
        if self.month is None or self.day is None:
            return None
        return date(self.year or UNKNOWN, self.month, self.day)

    @property
    def known(self) -> bool:
        """Whether the year is known."""
        return self.year is not None


def anchor(edtf: str | None) -> Anchor:
    """The anchor of a report's date in EDTF; an empty one for None, an interval, or what is no day of the calendar."""
    found = _ANCHOR.fullmatch(edtf or "")
    if found is None:
        return Anchor()
    year = None if found[1] == "XXXX" else int(found[1])
    month, day = int(found[2] or 0) or None, int(found[3] or 0) or None
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return Anchor()
    if month and not cal.is_valid(year or UNKNOWN, month, day or 1):
        return Anchor()
    return Anchor(year, month, day)


def days_away(at: Anchor, n: int) -> Period | None:
    """The day n days after the report's; None where the day, or with it a leap year, is unknown."""
    if at.date is None:
        return None
    there = at.date + timedelta(days=n)
    if not at.known:
        month, day = (3, 1) if (at.month, at.day) == _LEAP_DAY else (at.date.month, at.date.day)
        moved = date(UNKNOWN + 1, month, day) + timedelta(days=n)
        if (moved.month, moved.day) != (there.month, there.day):
            return None
    return cal.day(there, known=at.known)


def unit_of(at: Anchor, unit: str, n: int = 0) -> Period | None:
    """The day, week, weekend, month, quarter, year, decade or century that holds the report's day, moved by n."""
    if unit == "day":
        return days_away(at, n)
    if unit in ("week", "weekend"):
        return _week_of(at, unit, n)
    if unit == "month":
        return None if at.month is None else cal.month(at.year or UNKNOWN, at.month + n, known=at.known)
    if at.year is None:
        return None
    if unit == "quarter":
        return None if at.month is None else cal.quarter(at.year, (at.month + 2) // 3 + n)
    if unit == "year":
        return cal.year(at.year + n)
    if unit == "decade":
        return cal.decade(at.year // 10 * 10 + 10 * n)
    return cal.century(at.year // 100 + 1 + n)


def _week_of(at: Anchor, unit: str, n: int) -> Period | None:
    if at.date is None or not at.known:
        return None
    there = at.date + timedelta(weeks=n)
    return cal.week(there) if unit == "week" else cal.weekend(there)


def weekday(at: Anchor, number: int, direction: Direction | None, *, today: bool = True) -> Period | None:
    """The nearest such weekday (1 for Monday) before the report's day, or after it where it lies ahead.

    The day itself counts, unless `today` is false ("last Friday", "next Friday").
    """
    if at.date is None or not at.known:
        return None
    if direction == "ahead":
        away = (number - at.date.isoweekday()) % 7
        away = away or (0 if today else 7)
    else:
        away = -((at.date.isoweekday() - number) % 7)
        away = away or (0 if today else -7)
    return cal.day(at.date + timedelta(days=away))


def month_of(at: Anchor, number: int, direction: Direction | None, *, this: bool = True) -> Period | None:
    """The month of that number that is meant; the report's own month counts, unless `this` is false."""
    if at.year is None or at.month is None:
        return None
    away = (number - at.month) % 12
    ahead = away if away or this else 12
    back = ahead - 12 if ahead else 0
    if direction == "ahead" or (direction is None and ahead * FUTURE_COST < -back):
        return cal.month(at.year, at.month + ahead)
    return cal.month(at.year, at.month + back)


def day_of(at: Anchor, month: int, day: int, direction: Direction | None, *, is_certain: bool = False) -> Period | None:
    """The day of month and day that is meant; with only a year known, that year's is no answer.

    A direction that is not certain gives way where the other side has a day much nearer.
    """
    if at.date is None or not at.known:
        return None
    around = [date(y, month, day) for y in range(at.date.year - 4, at.date.year + 5) if cal.is_valid(y, month, day)]
    back = max((d for d in around if d <= at.date), default=None)
    ahead = min((d for d in around if d >= at.date), default=None)
    if back is None or ahead is None:
        return None
    past, future = (at.date - back).days, (ahead - at.date).days
    is_ahead = direction == "ahead" if is_certain else _is_ahead(past, future, direction)
    return cal.day(ahead if is_ahead else back)


def _is_ahead(past: int, future: int, direction: Direction | None) -> bool:
    if direction == "ahead":
        return not (future > _DOUBT and past * FUTURE_COST < future)
    if direction == "past":
        return past > _DOUBT and future * FUTURE_COST < past
    return future * FUTURE_COST < past


def quarter_of(at: Anchor, number: int, direction: Direction | None) -> Period | None:
    """The quarter of that number that is meant: the last one that has begun, or the next one where it lies ahead.

    The one that has just ended is meant even then: what a company or ministry "expects" of it is the report on it.
    """
    if at.year is None or at.month is None:
        return None
    away = (number - (at.month + 2) // 3) % 4
    if away and (direction != "ahead" or away == 3):
        away -= 4
    return cal.quarter(at.year, (at.month + 2) // 3 + away)


def season_of(at: Anchor, name: str, direction: Direction | None, *, this: bool = True) -> Period | None:
    """The season that is meant: the last one that has begun, or the next one where it lies ahead."""
    if at.year is None or at.month is None:
        return None
    mid = date(at.year, at.month, at.day or 15)
    around = [cal.season(at.year + n, name) for n in (-2, -1, 0, 1, 2)]
    if direction == "ahead":
        return next(s for s in around if s.last >= mid and (this or s.first > mid))
    return next(s for s in reversed(around) if s.first <= mid and (this or s.last < mid))
