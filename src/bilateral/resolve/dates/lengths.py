"""What lengths, repetitions and vague words of time mean: no date of their own, but a TIMEX3 value."""

from __future__ import annotations

from bilateral.resolve.dates.amounts import amount, period_timex
from bilateral.resolve.dates.grammar import Match
from bilateral.resolve.dates.sense import Sense, Setting

_LENGTH = "a length of time, no date"
_REPEATED = "a time that comes again, no date"
_PAST = ("recently", "recent", "past")
_AHEAD = ("soon", "future", "term")


def duration(m: Match, _: Setting) -> Sense | None:
    """For six months, a two-day visit, nearly four years. Ages and anniversaries are none."""
    if m.behind() in ("old", "anniversary") or (m.behind() == "hyphen" and m.behind(1) == "old"):
        return None
    return Sense(None, period_timex(amount(m)), _LENGTH)


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
