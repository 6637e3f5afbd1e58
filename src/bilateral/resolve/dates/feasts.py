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
        return sure(cal.day(_feast(rule, named)), "day", "the feast of the year named", stated=True)
    here = at.anchor.date
    if here is None or not at.anchor.known:
        return _undated(rule)
    direction = "past" if m.has("last") else "ahead" if m.has("next") else at.direction(m)
    around = [_feast(rule, here.year + n) for n in (-1, 0, 1)]
    back, ahead = max(d for d in around if d <= here), min(d for d in around if d >= here)
    is_next = direction == "ahead" or (direction is None and (ahead - here) * FUTURE_COST < here - back)
    return sure(cal.day(ahead if is_next else back), "day", f"the {side(direction)} such feast from the report's date")


def _names_thing(m: Match, at: Setting) -> bool:
    """ "Christmas trees", "Easter Island"."""
    parse = at.doc.parse
    inside = parse.tokens(m.start, m.end)
    return any(parse.dep[i] in ("compound", "nmod") and parse.head[i] not in inside for i in inside)


def _undated(rule: str) -> Sense:
    if not rule[0].isdigit():
        return Sense(None, UNDATED["day"], "a feast that moves; the year is not known")
    return sure(cal.day(_feast(rule, UNKNOWN), known=False), "day", YEAR_UNKNOWN)


def _feast(rule: str, year: int) -> date:
    """The day of a feast by its rule: MM-DD, easter±N, or thanksgiving (the fourth Thursday of November)."""
    if rule[0].isdigit():
        month, day = map(int, rule.split("-"))
        return date(year, month, day)
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
