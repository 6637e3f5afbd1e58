"""What parts of years and days mean: quarters, halves, seasons, weekdays, parts of the day, the time of the clock."""

from __future__ import annotations

from datetime import timedelta

from bilateral.resolve.dates import anchor as near
from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.anchor import days_away, unit_of
from bilateral.resolve.dates.grammar import Match
from bilateral.resolve.dates.period import UNDATED, UNKNOWN, Period
from bilateral.resolve.dates.sense import YEAR_UNKNOWN, Sense, Setting, sure
from bilateral.resolve.dates.years import year_in

_BACK = ("last", "previous", "past")
_FORTH = ("next", "coming", "following")
# "In Q3" is a quarter, "the Audi Q3" a car.
_BEFORE_CODE = ("in", "of", "for", "during", "since", "by", "from", "through", "own")
_BEFORE_CLOCK = (
    "at", "by", "until", "from", "before", "after", "since", "to", "nearly", "comma", "between", "and", "hyphen",
)  # fmt: skip


def shift_in(m: Match) -> int:
    """-1 for "last" and its like, 1 for "next", 0 for "this" and where nothing is said."""
    return -1 if m.has(*_BACK) else 1 if m.has(*_FORTH) else 0


def _named_year(m: Match, at: Setting) -> tuple[int | None, bool]:
    """The year that a part of a year is of, and whether the words name or count it."""
    named = year_in(m)
    if named is not None:
        return named, True
    if m.has("ago", "earlier") and at.anchor.year is not None:
        return at.anchor.year - 1, True
    if not m.has("year_w"):
        return None, False
    found = unit_of(at.anchor, "year", shift_in(m))
    return (found.first.year if found else None), found is not None


def _ordinal(m: Match) -> int:
    return int(m.value("ord", "second", "dayord") or 0)


def quarter_of(m: Match, at: Setting) -> Sense | None:
    """A quarter of a named year, of this or last year, or the last one that has begun."""
    joined, number = divmod(m.value("qcode") or _ordinal(m) or (4 if m.has("final") else 0), 10)
    if not 1 <= number <= 4:
        return None
    year, is_counted = (joined, True) if joined else _named_year(m, at)
    if year is not None:
        return sure(cal.quarter(year, number), "quarter", "the quarter of the year named", stated=is_counted)
    if m.has("qcode") and m.before() not in _BEFORE_CODE:
        return None
    direction = at.direction(m)
    found = near.quarter_of(at.anchor, number, direction)
    if found is not None:
        return sure(found, "quarter", _which(direction, "quarter"))
    return sure(cal.quarter(UNKNOWN, number, known=False), "quarter", YEAR_UNKNOWN)


def _which(direction: str | None, what: str) -> str:
    return f"the next such {what}" if direction == "ahead" else f"the last such {what} that has begun"


def half_of(m: Match, at: Setting) -> Sense | None:
    """A half of a year."""
    code = m.value("hcode") or (2 if m.has("last") and not m.has("ord", "second", "dayord") else _ordinal(m))
    joined, number = divmod(code, 10)
    if number not in (1, 2):
        return None
    year, is_counted = (joined, True) if joined else _named_year(m, at)
    if year is not None:
        return sure(cal.half(year, number), "half", "the half of the year named", stated=is_counted)
    if at.anchor.year is None or at.anchor.month is None:
        return sure(cal.half(UNKNOWN, number, known=False), "half", YEAR_UNKNOWN)
    first = 1 if number == 1 else 7
    year = at.anchor.year - (1 if at.anchor.month < first and at.direction(m) != "ahead" else 0)
    return sure(cal.half(year, number), "half", "the last such half that has begun")


def quarters_of(m: Match, at: Setting) -> Sense | None:
    """The first three quarters of 2018: from January to September of it."""
    count = int(m.value("small"))
    if not 1 <= count <= 4 or (m.has("ord") and m.value("ord") != 1):
        return None
    year, is_counted = _named_year(m, at)
    if year is None and not m.has("ord"):
        return Sense(None, f"P{count}Q", "quarters counted back from no stated one")
    known = year is not None or at.anchor.year is not None
    here = year or at.anchor.year or UNKNOWN
    first = 1 if m.has("ord") else 13 - 3 * count
    found = cal.months(here, first, here, first + 3 * count - 1, known=known)
    halves = {(1, 6): f"{here:04}-H1", (7, 12): f"{here:04}-H2"}
    timex = halves.get((found.first.month, found.last.month)) if year else f"P{count}Q"
    return sure(found, "months", "the quarters of the year named", timex=timex, stated=is_counted)


def season_of(m: Match, at: Setting) -> Sense | None:
    """A season of a named year, "last spring", "this fall", or the last one that has begun."""
    name = str(m.value("season", "fall"))
    year, is_counted = _named_year(m, at)
    if year is not None:
        return sure(cal.season(year, name), "season", "the season of the year named", stated=is_counted)
    if m.has("this") and not m.has(*_BACK, *_FORTH) and at.anchor.year is not None:
        found: Period | None = cal.season(at.anchor.year, name)
        return sure(found, "season", "that season of the report's year")
    direction = "past" if m.has(*_BACK) else "ahead" if m.has(*_FORTH) else at.direction(m)
    is_open = not m.has(*_BACK, *_FORTH) or m.has("this")
    found = near.season_of(at.anchor, name, direction, this=is_open)
    if found is None:
        found = cal.season(UNKNOWN, name, known=False)
    return sure(found, "season", _which(direction, "season"))


def weekday(m: Match, at: Setting) -> Sense | None:
    """A day of the week: the nearest before the report and on its day, after it where tense or "next" says so."""
    number = m.value("weekday")
    found = _weekday(m, at, number)
    part = m.value("daypart") or ""
    if found is None:
        return Sense(None, f"XXXX-WXX-{number}{part}", "a weekday; the report's day is not known")
    side = "before" if at.anchor.date and found.first <= at.anchor.date else "after"
    return sure(found, "day", f"the nearest such weekday {side} the report's day", timex=f"{found.timex}{part}")


def _weekday(m: Match, at: Setting, number: int) -> Period | None:
    told = at.memory.day
    if m.has("previous", "following") and told is not None and told.known:
        step = -1 if m.has("previous") else 1
        return cal.day(told.first + timedelta(days=step * ((step * (number - told.first.isoweekday())) % 7 or 7)))
    if m.has("following"):
        return None
    if m.has(*_BACK):
        return near.weekday(at.anchor, number, "past", today=False)
    if m.has(*_FORTH):
        return near.weekday(at.anchor, number, "ahead", today=False)
    direction = at.direction(m)
    if m.has("this") and direction != "past":
        direction = "ahead"
    return near.weekday(at.anchor, number, direction)


def day_word(m: Match, at: Setting) -> Sense | None:
    """Today, yesterday, tomorrow, tonight, the day before yesterday."""
    tonight = m.value("tonight")
    if tonight is not None:
        away = -1 if m.text.lower() == "overnight" else 0
        return _day(days_away(at.anchor, away), str(tonight))
    if at.is_title(m):
        return None
    away = int(m.value("deictic"))
    if m.has("before", "after"):
        away += -1 if m.has("before") else 1
    found = days_away(at.anchor, away)
    if found is None and away == 0 and at.anchor.month is not None and at.anchor.year is not None:
        month = cal.month(at.anchor.year, at.anchor.month)
        return sure(month, "month", "the report's day, of which only the month is known")
    return _day(found, str(m.value("daypart") or ""))


def _day(found: Period | None, part: str) -> Sense:
    timex = f"{found.timex if found else UNDATED['day']}{part}"
    return sure(found, "day", "counted from the report's day", timex=timex)


def part_of_day(m: Match, at: Setting) -> Sense | None:
    """This morning, last night, the afternoon: of the report's day, or of the day spoken of before."""
    part = str(m.value("daypart"))
    if at.is_title(m):
        return None
    if m.has("last"):
        return _day(days_away(at.anchor, -1), part)
    told = at.memory.day if not m.has("this") else None
    return _day(told or days_away(at.anchor, 0), part)


_HOURS = 24
_NOON = 12


def clock_time(m: Match, at: Setting) -> Sense | None:
    """A time of the clock, on the day spoken of before or else the report's; the value is that day."""
    clock = _clock(m)
    if clock is None:
        return None
    found = at.memory.day or days_away(at.anchor, 0)
    return sure(found, "day", "a time of the day spoken of", timex=f"{found.timex if found else UNDATED['day']}{clock}")


def _clock(m: Match) -> str | None:
    """THH:MM of a time, or None where it is none."""
    named = m.value("hour")
    if named is not None:
        return str(named)
    hour, minute = _hour_and_minute(m)
    half = m.tokens.text[m.start : m.end].lower().replace(".", "").replace(" ", "")
    if hour > _HOURS or (m.has("clock") and not (m.has("ampm", "zone", "hours") or _is_cued(m))):
        return None
    if "pm" in half and hour < _NOON:
        hour += _NOON
    if "am" in half and hour == _NOON:
        hour = 0
    return f"T{hour:02}:{minute:02}"


def _hour_and_minute(m: Match) -> tuple[int, int]:
    text = str(m.value("clock", "clockm") or "")
    if text:
        parts = text.rstrip("apmAPM").replace(".", ":").split(":")
        return int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    number = int(m.value("year", "int", "day"))
    return (number, 0) if number <= _HOURS else divmod(number, 100)


def _is_cued(m: Match) -> bool:
    return m.before() in _BEFORE_CLOCK
