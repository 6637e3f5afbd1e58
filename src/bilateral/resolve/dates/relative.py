"""What words mean that count from the report's day or from what was spoken of before: "last year", "a year earlier"."""

from __future__ import annotations

from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.amounts import Amount, amount, is_far, period_timex
from bilateral.resolve.dates.anchor import days_away, unit_of
from bilateral.resolve.dates.grammar import Match, class_at
from bilateral.resolve.dates.parts import shift_in
from bilateral.resolve.dates.period import UNDATED, Period
from bilateral.resolve.dates.sense import Sense, Setting, sure

_UNIT_NAMES = {
    "D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century", "WE": "weekend",
}  # fmt: skip
_MEMORY_WORDS = ("that", "same", "previous", "following")
_MONTH_WORDS = ("month", "may", "march", "mabbr")
# "The turn of the century" names none; this, last and next do.
_SHIFTS = ("this", "last", "next", "current", "past", "previous", "coming")
_WORKDAYS = 5


def unit_of_now(m: Match, at: Setting) -> Sense | None:
    """This month, last year, the next quarter, the following day, the end of the week."""
    unit = _unit(m)
    if unit is None or at.is_title(m) or (unit == "century" and not m.has(*_SHIFTS)):
        return None
    if unit == "year" and _names_its_end(m):
        return Sense(None, "P1Y", "a year by the day it ends")
    n = shift_in(m)
    told = _told(m, at, unit)
    if told is not None:
        return sure(_moved(told, unit, n), unit, "counted from the time spoken of before")
    if m.has("that", "same"):
        return Sense(None, UNDATED[unit], "points to a time that was not named before")
    return _counted_unit(m, at, unit, n)


def _counted_unit(m: Match, at: Setting, unit: str, n: int) -> Sense:
    if unit == "weekend":
        return sure(_weekend(m, at, n), unit, "counted from the report's day")
    if unit == "quarter" and not m.has("this", "next", "last", "current", "coming"):
        return _quarter(at)
    if unit in ("week", "month", "year", "decade") and (m.has("past") or _is_the_last(m)):
        return _past(at, unit)
    return sure(unit_of(at.anchor, unit, n), unit, "counted from the report's date")


def _names_its_end(m: Match) -> bool:
    """ "The year ended 31 March", "the year to March"."""
    if m.has("begin"):
        return False
    return m.behind() == "ended" or (m.behind() == "to" and m.behind(1) in _MONTH_WORDS)


def _is_the_last(m: Match) -> bool:
    """ "In the last year" is the year up to now; "last year" and "the end of last year" are not."""
    at = m.at("last")
    return at is not None and at > m.first and class_at(m.tokens, at - 1) == "the" and not m.has("fiscal")


def _unit(m: Match) -> str | None:
    found = next((u for c, u in _CLASSES if m.has(c)), None)
    if found is None and m.has("unit_s"):
        return {"E": "decade"}.get(str(m.value("unit_s")))
    return found


_CLASSES = (
    ("day_w", "day"), ("week_w", "week"), ("month_w", "month"), ("quarter", "quarter"), ("weekend", "weekend"),
    ("year_w", "year"), ("century", "century"),
)  # fmt: skip


def _told(m: Match, at: Setting, unit: str) -> Period | None:
    """The unit that holds what was spoken of before, for words that point there."""
    last = at.memory.day if unit == "day" else at.memory.last
    points = m.has(*_MEMORY_WORDS) or (unit == "day" and m.has("next", "the") and not m.has("this", "last"))
    if not points or last is None or not last.known:
        return None
    return _containing(last, unit)


def _containing(p: Period, unit: str) -> Period | None:
    here = p.first
    match unit:
        case "day":
            return cal.day(here) if p.grain == "day" else None
        case "week":
            return cal.week(here) if p.grain in ("day", "week") else None
        case "month":
            return cal.month(here.year, here.month) if p.grain in ("day", "week", "month") else None
        case "quarter":
            return p if p.grain == "quarter" else None
        case "year":
            return cal.year(here.year) if p.first.year == p.last.year else None
        case _:
            return None


def _moved(p: Period, unit: str, n: int) -> Period | None:
    letter = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}.get(unit)
    return p if n == 0 or letter is None else cal.moved(p, letter, n)


def _weekend(m: Match, at: Setting, n: int) -> Period | None:
    """ "The weekend" is the last one on working days, unless tense says that it lies ahead."""
    if n == 0 and not m.has("this") and at.anchor.date is not None and at.direction(m) != "ahead":
        n = -1 if at.anchor.date.isoweekday() <= _WORKDAYS else 0
    elif n == 1 and at.anchor.date is not None and at.anchor.date.isoweekday() <= _WORKDAYS and m.has("coming"):
        n = 0
    return unit_of(at.anchor, "weekend", n)


def _quarter(at: Setting) -> Sense:
    """ "The quarter": the one spoken of before, else the last that has ended."""
    told = at.memory.near_span
    if told is not None and told.grain == "quarter":
        return sure(told, "quarter", "the quarter spoken of before")
    return sure(unit_of(at.anchor, "quarter", -1), "quarter", "the last quarter that has ended")


def _past(at: Setting, unit: str) -> Sense:
    """ "The past year": from a year back to now; TIMEX3 has no such form and gets the unit before."""
    before = unit_of(at.anchor, unit, -1)
    found = _back(at, {"week": "W", "month": "M", "year": "Y", "decade": "E"}[unit], 1)
    timex = before.timex if before else UNDATED[unit]
    return sure(found, "days", "counted back from the report's date", timex=timex)


def _back(at: Setting, unit: str, n: int) -> Period | None:
    """The stretch of n units up to the report's date, at the grain of the unit; ahead of it where n is negative."""
    a = at.anchor
    if unit in ("Y", "E"):
        span = n * (10 if unit == "E" else 1)
        return None if a.year is None else cal.years(min(a.year, a.year - span), max(a.year, a.year - span))
    if unit in ("M", "Q"):
        span = n * (3 if unit == "Q" else 1)
        if a.year is None or a.month is None:
            return None
        return cal.months(a.year, min(a.month, a.month - span), a.year, max(a.month, a.month - span))
    if unit not in ("D", "W"):
        return None
    here, there = days_away(a, 0), days_away(a, -n * (7 if unit == "W" else 1))
    if here is None or there is None or not here.known:
        return None
    first, last = sorted((here.first, there.first))
    return Period(first, last, "days")


def running(m: Match, at: Setting) -> Sense | None:
    """Over the last five years, in the next two weeks: the stretch from there to the report's date, at that grain.

    Years count from the report's year: in 2019 the last five years are 2014/2019.
    """
    a = amount(m)
    if a.low is None:
        vague = "FUTURE_REF" if m.has("coming") else "PAST_REF" if m.has("recent") else period_timex(a)
        return Sense(None, vague, "the words leave open how many")
    timex = period_timex(a)
    if a.high is not None or a.low % 1 or m.has("following") or is_far(a):
        return Sense(None, timex, "a length of time that is not counted from the report's date")
    n = int(a.low) * (-1 if m.has("next", "coming") else 1)
    found = _back(at, a.unit, n)
    if found is None:
        return Sense(None, timex, "counted from the report's date, which is not known well enough")
    return sure(found, "days", "counted from the report's date", timex=timex)


def ago(m: Match, at: Setting) -> Sense | None:
    """Two years ago, a week earlier, five months from now: a time at the grain of the unit.

    "Ago" counts from the report, "earlier" from the time spoken of before where there is one. "A year ago" and "a year
    earlier" repeat the quarter or months spoken of just before.
    """
    a = amount(m)
    if a.low is None or a.high is not None or is_far(a):
        vague = "FUTURE_REF" if m.has("from") else "PAST_REF"
        timex = vague if m.has("few", "several", "some", "many") else period_timex(a)
        return Sense(None, timex, "the words leave open how many")
    told = at.memory.near_span if (a.unit, a.low) == ("Y", 1) and not m.has("from") else None
    if told is not None and told.known and (told.grain != "month" or m.has("earlier")):
        return _year_before(told)
    if m.has("earlier"):
        return _earlier(a, at)
    return _counted(a, at, int(a.low if m.has("from") else -(a.low // 1)))


def _year_before(told: Period) -> Sense:
    found = cal.moved(told, "Y", -1)
    timex = f"{told.first.year - 1:04}" if told.grain in ("months", "half") else None
    return sure(found, told.grain, "the same part of the year before as was spoken of", timex=timex)


def _counted(a: Amount, at: Setting, n: int) -> Sense:
    unit = _UNIT_NAMES.get(a.unit)
    if unit is None:
        here = days_away(at.anchor, 0)
        return Sense(None, here.timex if here else UNDATED["day"], "hours from the report's, which names none")
    if unit in ("decade", "century"):
        return _long_ago(at, unit, n)
    return sure(unit_of(at.anchor, unit, n), unit, "counted from the report's date")


def _long_ago(at: Setting, unit: str, n: int) -> Sense:
    """Decades ago to the year, centuries ago to the decade."""
    here = at.anchor.year
    if here is None or here + 100 * n < 1:
        return Sense(None, UNDATED[unit], "counted from the report's date, which is not known well enough")
    if unit == "decade":
        return sure(cal.year(here + 10 * n), "year", "counted from the report's date")
    return sure(cal.decade((here + 100 * n) // 10 * 10), "decade", "counted from the report's date")


def _earlier(a: Amount, at: Setting) -> Sense:
    """Counted back from the time spoken of before, at the grain of the unit, or from the report without one."""
    unit = _UNIT_NAMES.get(a.unit)
    told = at.memory.day if unit in ("day", "week") else at.memory.last
    if unit is None or a.low is None or a.low % 1:
        return Sense(None, period_timex(a), "counted back from a time that is not named")
    base = _containing(told, unit) if told is not None and told.known else None
    if base is None and unit in ("day", "week"):
        return Sense(None, period_timex(a), "counted back from a time that is not named")
    found = _moved(base, unit, -int(a.low)) if base is not None else unit_of(at.anchor, unit, -int(a.low))
    timex = period_timex(a) if unit in ("day", "week") else None
    where = "the time spoken of before" if base is not None else "the report's date"
    return sure(found, unit, f"counted back from {where}", timex=timex)


def later_by(m: Match, at: Setting) -> Sense | None:
    """Three days later: counted from the time spoken of before; without one only the length is known."""
    a = amount(m)
    unit = _UNIT_NAMES.get(a.unit)
    timex = period_timex(a)
    told = at.memory.day if unit in ("day", "week") else at.memory.last
    base = _containing(told, unit) if unit and told is not None and told.known else None
    if base is None or unit is None or a.low is None or a.low % 1 or a.high is not None or is_far(a):
        return Sense(None, timex, "counted from a time that is not named")
    return sure(_moved(base, unit, int(a.low)), unit, "counted from the time spoken of before", timex=timex)
