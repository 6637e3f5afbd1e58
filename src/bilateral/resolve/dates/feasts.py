"""What the names of feasts mean that have a date of their own. Those that differ by country are left out."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.anchor import FUTURE_COST
from bilateral.resolve.dates.days import side
from bilateral.resolve.dates.grammar import Match
from bilateral.resolve.dates.period import UNDATED, UNKNOWN
from bilateral.resolve.dates.sense import YEAR_UNKNOWN, Sense, Setting, sure
from bilateral.resolve.dates.years import year_in, year_of_now


def holiday(m: Match, at: Setting) -> Sense | None:
    """A feast: that of the year named, else the last or next one as tense says."""
    rule = str(m.value("holiday"))
    if _names_thing(m, at):
        return None
    named = year_in(m)
    named = year_of_now(m, at) if named is None and m.has("year_w") else named
    if named is not None:
        return _sense(rule, _feast(rule, named), "the feast of the year named", stated=True)
    here = at.anchor.date
    if here is None or not at.anchor.known:
        return _undated(rule)
    direction = "past" if m.has("last") else "ahead" if m.has("next") else at.direction(m)
    around = [d for n in (-1, 0, 1) if (d := _feast(rule, here.year + n)) is not None]
    back, ahead = (
        max((d for d in around if d <= here), default=None),
        min((d for d in around if d >= here), default=None),
    )
    if back is None or ahead is None:
        return Sense(None, UNDATED["day"], "a feast of the moon in a year that no table here holds")
    is_next = direction == "ahead" or (direction is None and (ahead - here) * FUTURE_COST < here - back)
    return _sense(rule, ahead if is_next else back, f"the {side(direction)} such feast from the report's date")


def _sense(rule: str, first: date | None, reason: str, *, stated: bool = False) -> Sense:
    """A feast's day, or the days of the month of fasting; those of the sighted moon say that they may be a day off."""
    if first is None:
        return Sense(None, UNDATED["day"], "a feast of the moon in a year that no table here holds")
    if rule.startswith("hijri"):
        reason = f"{reason}; by the arithmetic calendar, a sighted moon may make it a day off"
    if rule == _FASTING:
        return sure(cal.Period(first, first + timedelta(days=29), "days"), "days", reason, stated=stated)
    return sure(cal.day(first), "day", reason, stated=stated)


def _names_thing(m: Match, at: Setting) -> bool:
    """ "Christmas trees", "Easter Island"."""
    parse = at.doc.parse
    inside = parse.tokens(m.start, m.end)
    return any(parse.dep[i] in ("compound", "nmod") and parse.head[i] not in inside for i in inside)


def _undated(rule: str) -> Sense:
    fixed = _feast(rule, UNKNOWN) if rule[0].isdigit() else None
    if fixed is None:
        return Sense(None, UNDATED["day"], "a feast that moves; the year is not known")
    return sure(cal.day(fixed, known=False), "day", YEAR_UNKNOWN)


_FASTING = "hijri09-01"
# The first day of the Chinese year, by year from 1990 on.
_LUNAR_FROM = 1990
_LUNAR = (
    "0127", "0215", "0204", "0123", "0210", "0131", "0219", "0207", "0128", "0216", "0205", "0124",
    "0212", "0201", "0122", "0209", "0129", "0218", "0207", "0126", "0214", "0203", "0123", "0210",
    "0131", "0219", "0208", "0128", "0216", "0205", "0125", "0212", "0201", "0122", "0210", "0129",
    "0217", "0206", "0126", "0213", "0203",
)  # fmt: skip


def _feast(rule: str, year: int) -> date | None:
    """The day of a feast by its rule: MM-DD, easter±N, thanksgiving (the fourth Thursday of November), lunar (the first
    day of the Chinese year) or hijriMM-DD of the Islamic calendar; None where no table here holds the year."""
    if rule[0].isdigit():
        month, day = map(int, rule.split("-"))
        return date(year, month, day)
    if rule == "lunar":
        n = year - _LUNAR_FROM
        return date(year, int(_LUNAR[n][:2]), int(_LUNAR[n][2:])) if 0 <= n < len(_LUNAR) else None
    if rule.startswith("hijri"):
        month, day = map(int, rule.removeprefix("hijri").split("-"))
        return _islamic(month, day, year)
    if rule == "thanksgiving":
        return next(date(year, 11, d) for d in range(22, 29) if date(year, 11, d).weekday() == calendar.THURSDAY)
    return easter(year) + timedelta(days=int(rule.removeprefix("easter")))


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the anonymous Gregorian algorithm."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _islamic(month: int, day: int, year: int) -> date:
    """The first day in a year of our calendar that is this day of the Islamic one, by its arithmetic (civil) form."""
    guess = (year - 622) * 33 // 32
    found = (_from_islamic(guess + n, month, day) for n in (-1, 0, 1, 2))
    return next(d for d in found if d.year == year)


def _from_islamic(year: int, month: int, day: int) -> date:
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    return date.fromordinal(days + 226_630)
