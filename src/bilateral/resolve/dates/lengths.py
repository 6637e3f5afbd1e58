"""What lengths, repetitions and vague words of time mean: no date of their own, but a TIMEX3 value."""

from __future__ import annotations

from bilateral.resolve.dates.amounts import amount, period_timex
from bilateral.resolve.dates.anchor import unit_of
from bilateral.resolve.dates.grammar import Match
from bilateral.resolve.dates.sense import Sense, Setting, sure

_LENGTH = "a length of time, no date"
_REPEATED = "a time that comes again, no date"
_PAST = ("recently", "recent", "past")
_AHEAD = ("soon", "future", "term")


def duration(m: Match, at: Setting) -> Sense | None:
    """For six months, a two-day visit, nearly four years. Ages and anniversaries are none. What is to be "within five
    years" is to be by then: the year (or month) five on."""
    if m.behind() in ("old", "anniversary") or (m.behind() == "hyphen" and m.behind(1) == "old"):
        return None
    length = amount(m)
    unit = {"Y": "year", "M": "month", "E": "decade"}.get(length.unit)
    whole = length.low is not None and length.high is None and length.low % 1 == 0 and length.low < _FAR
    if m.before() != "within" or unit is None or not whole or m.behind() == "of" or at.direction(m) != "ahead":
        return Sense(None, period_timex(length), _LENGTH)
    count = int(length.low or 0) * (10 if unit == "decade" else 1)
    found = unit_of(at.anchor, "year" if unit == "decade" else unit, count)
    if found is None:
        return Sense(None, period_timex(length), _LENGTH)
    return sure(found, found.grain, "by then: so long from the report's date", timex=period_timex(length))


_FAR = 100


def repeated(m: Match, at: Setting) -> Sense | None:
    """Every year, each July, Mondays, twice a year, annually; no kind of a thing ("a quarterly dividend")."""
    if m.has("often") and _is_adjective(m, at):
        return None
    return Sense(None, _repeated(m), _REPEATED)


def _repeated(m: Match) -> str:
    often, season, part = m.value("often"), m.value("season", "fall"), m.value("daypart", "dayparts")
    weekday, month = m.value("weekday", "weekdays"), m.value("month", "may", "march", "mabbr")
    if often is not None:
        return str(often)
    if weekday is not None:
        return f"XXXX-WXX-{weekday}{part or ''}"
    if month is not None:
        return f"XXXX-{month:02}"
    if season is not None:
        return f"XXXX-{season}"
    if part is not None:
        return f"XXXX-XX-XX{part}"
    length = amount(m)
    return period_timex(length._replace(low=1) if m.has("once", "times") else length)


def _is_adjective(m: Match, at: Setting) -> bool:
    parse = at.doc.parse
    return any(parse.dep[i] in ("amod", "compound", "nmod") for i in parse.tokens(m.start, m.end))


def vague(m: Match, _: Setting) -> Sense | None:
    """Now, recently, in the future: no date, only its side."""
    if m.has("some"):
        return Sense(None, "PXX", _LENGTH)
    if m.has(*_AHEAD):
        return Sense(None, "FUTURE_REF", "a time ahead that is not named")
    if m.has(*_PAST):
        return Sense(None, "PAST_REF", "a time behind that is not named")
    return Sense(None, "PRESENT_REF", "the time of the report, loosely")
