"""What days mean that are named by day and month: "3 July 2019", "July 3", "3-5 July", 2019-07-03, 03.07.2019."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.anchor import Direction, day_of, unit_of
from bilateral.resolve.dates.grammar import Match
from bilateral.resolve.dates.history import told_year
from bilateral.resolve.dates.period import UNKNOWN, Period
from bilateral.resolve.dates.sense import YEAR_UNKNOWN, Sense, Setting, sure
from bilateral.resolve.dates.years import MONTHS, year_in, year_of_now
from bilateral.text import Candidate

_DAYS = ("day", "dayord", "ord", "second")
_FULL_YEAR = 4
# Two digits of a year: to 49 they are this century's.
_PIVOT = 50
_MONTH_NAMES = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_MONTH_FIRST = re.compile(rf"\b{_MONTH_NAMES} \d{{1,2}}, \d{{4}}")
_DAY_FIRST = re.compile(rf"\b\d{{1,2}} {_MONTH_NAMES} \d{{4}}")
_ISO_DAY = 10
# "Thursday the 3rd" lies at most this many days from the report.
_NEAR = 45


def iso_date(m: Match, _: Setting) -> Sense | None:
    """2019-07-03, with or without a time."""
    text = str(m.value("iso"))
    year, month, day = map(int, text[:_ISO_DAY].split("-"))
    if not cal.is_valid(year, month, day) or year < 1:
        return None
    clock = f"T{text[11:16]}" if len(text) > _ISO_DAY else ""
    found = cal.day(date(year, month, day))
    return sure(found, "day", "written in figures", timex=found.timex + clock, stated=True)


def slashed_date(m: Match, at: Setting) -> Sense | None:
    """3/7/2019, 03.07.2019: with dots the day comes first; with strokes where only one order is a date, or where the
    text writes its other dates with the month first. Else both readings are candidates and no value is given."""
    text = str(m.value("slashed"))
    one, two, three = re.split(r"[/.-]", text)
    if len(three) < _FULL_YEAR and "/" not in text:
        return None
    year = int(three) if len(three) == _FULL_YEAR else int(three) + (2000 if int(three) < _PIVOT else 1900)
    readings: dict[date, str] = {}
    for name, month, day in (("day first", int(two), int(one)), ("month first", int(one), int(two))):
        if cal.is_valid(year, month, day):
            readings.setdefault(date(year, month, day), name)
    if not readings:
        return None
    candidates = tuple(Candidate(d.isoformat(), 1 / len(readings), name) for d, name in readings.items())
    order = "day first" if "." in text else _order_of(at.doc.text)
    chosen = next((d for d, name in readings.items() if len(readings) == 1 or name == order), None)
    if chosen is None:
        return Sense(None, f"{year:04}-XX-XX", "day and month can be read in two orders", None, True, candidates)
    found = sure(cal.day(chosen), "day", f"written in figures, {readings[chosen]}", stated=True)
    return found._replace(candidates=candidates if len(candidates) > 1 else ())


def _order_of(text: str) -> str | None:
    """The order that a text writes its dates in, where it writes months as words and always in one order."""
    month_first, day_first = bool(_MONTH_FIRST.search(text)), bool(_DAY_FIRST.search(text))
    return None if month_first == day_first else "month first" if month_first else "day first"


def full_date(m: Match, _: Setting) -> Sense | None:
    """Day, month and year in any order, with or without the weekday."""
    year, month, day = year_in(m), m.value(*MONTHS), _day_in(m)
    if year is None or not cal.is_valid(year, month, day):
        return None
    return sure(cal.day(date(year, month, day)), "day", "the words name the day", stated=True)


def month_day(m: Match, at: Setting) -> Sense | None:
    """A day of a month without its year: the one before or after the report, as tense says."""
    day, month = _day_in(m), m.value(*MONTHS)
    if month is None:
        return _day_of_month(m, at, day) if m.has("month_w") else _weekday_and_day(m, at, day)
    if not cal.is_valid(UNKNOWN, month, day):
        return None
    if m.has("year_w"):
        return _day_of_year(year_of_now(m, at), month, day, "day and month of a year counted from the report's date")
    told = told_year(m, at)
    if told is not None:
        return _day_of_year(told, month, day, "in the year spoken of before")
    direction = at.direction(m)
    found = day_of(at.anchor, month, day, direction, is_certain=m.before() == "since")
    if found is None:
        return _day_of_year(None, month, day, "")
    return sure(found, "day", f"the {side(direction)} such day from the report's date")


def _day_of_year(year: int | None, month: int, day: int, reason: str) -> Sense:
    if year is None or not cal.is_valid(year, month, day):
        return sure(cal.day(date(UNKNOWN, month, day), known=False), "day", YEAR_UNKNOWN)
    return sure(cal.day(date(year, month, day)), "day", reason, stated=True)


def side(direction: Direction | None) -> str:
    """Which one from the report's date a direction means, in words."""
    return {"past": "last", "ahead": "next"}.get(direction or "", "nearest")


def _day_of_month(m: Match, at: Setting, day: int) -> Sense | None:
    """ "The 15th of next month"."""
    n = -1 if m.has("last", "previous") else 1 if m.has("next", "coming") else 0
    found = unit_of(at.anchor, "month", n)
    if found is None:
        return Sense(None, f"XXXX-XX-{day:02}", "the report's month is not known")
    if not cal.is_valid(found.first.year, found.first.month, day):
        return None
    there = cal.day(found.first.replace(day=day), known=found.known)
    return sure(there, "day", "a day of a month counted from the report's")


def _weekday_and_day(m: Match, at: Setting, day: int) -> Sense | None:
    """ "Thursday the 3rd": the nearest such day of a month that falls on the weekday."""
    here, number = at.anchor.date, m.value("weekday", "wabbr")
    if here is None or not at.anchor.known:
        return None
    near = sorted(range(-_NEAR, _NEAR + 1), key=abs)
    days = (here + timedelta(days=n) for n in near)
    found = next((d for d in days if d.day == day and d.isoweekday() == number), None)
    return None if found is None else sure(cal.day(found), "day", "the nearest such weekday and day")


def day_range(m: Match, at: Setting) -> Sense | None:
    """ "3-5 July", "March 3 to 5, 2020", "3 and 4 July": the days from first to last, or two days with one between."""
    first, last = (int(str(v)) for v in m.values("day", "dayord")[:2])
    month, year = m.value(*MONTHS), year_in(m)
    if first >= last or not cal.is_valid(year or UNKNOWN, month, last):
        return None
    start = cal.day(date(year, month, first)) if year else day_of(at.anchor, month, first, at.direction(m))
    start = start or cal.day(date(UNKNOWN, month, first), known=False)
    if not cal.is_valid(start.first.year, month, last):
        return None
    end = start.first.replace(day=last)
    stated = year is not None
    if m.has("and") and last - first > 1 and m.before() != "between":
        listed = f"{{{start.edtf},{start._replace(first=end, last=end).edtf}}}"
        return Sense(listed, start.timex, "two days of a month", start, stated)
    return sure(Period(start.first, end, "days", start.known), "days", "from the first day to the last", stated=stated)


def _day_in(m: Match) -> int:
    return int(m.value(*_DAYS) or 0)
