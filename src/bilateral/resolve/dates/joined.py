"""Readings that are one time together: "from 2005 to 2014", "the first five months of 2018", "10 p.m. Wednesday"."""

from __future__ import annotations

from datetime import timedelta

from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.amounts import amount
from bilateral.resolve.dates.grammar import Match, class_at
from bilateral.resolve.dates.period import UNDATED, Period
from bilateral.resolve.dates.sense import Reading, Sense
from bilateral.resolve.dates.tokens import Tokens

_TO = (("to",), ("until",), ("through",), ("hyphen",))
_OF = (
    ("of",), ("in",), (), ("period", "of"), ("period", "in"), ("period",), ("period", "of", "the"), ("of", "the"),
    ("poss",),
)  # fmt: skip
_BESIDE = ((), ("comma",), ("on",), ("comma", "on"), ("at",), ("comma", "at"), ("zone", "on"), ("close",), ("of",))
_LONGEST_GAP = 3
_POINTS = ("iso_date", "slashed_date", "full_date", "month_day", "month_year", "month", "year", "weekday", "decade",
           "quarter_of", "season_of", "day_word", "half_of", "unit_of_now", "holiday")  # fmt: skip
_DAYS = ("weekday", "day_word", "month_day", "full_date", "iso_date", "unit_of_now")
_CLOCKS = ("clock_time", "part_of_day")
_YEARS = ("year", "unit_of_now", "fiscal_year")
# What takes its year from the range's other end.
_YEARLESS = ("month", "month_day", "weekday", "quarter_of", "season_of")


def joined(a: Reading, b: Reading, tokens: Tokens) -> Reading | None:
    """The two readings as one, or None where they are two times."""
    gap = tuple(class_at(tokens, i) for i in range(a.last, b.first))
    if len(gap) > _LONGEST_GAP:
        return None
    before = class_at(tokens, a.first - 1)
    sense = (
        _time_of_day(a, b, gap) or _part_of_year(a, b, gap, tokens) or _ended(a, b, gap, tokens)
        or _range(a, b, gap, before)
    )  # fmt: skip
    if sense is None:
        return None
    return Reading(a.first, b.last, a.start, b.end, "joined", sense, (*(a.parts or (a,)), *(b.parts or (b,))))


def _time_of_day(a: Reading, b: Reading, gap: tuple[str, ...]) -> Sense | None:
    """ "10 p.m. Wednesday", "Friday at 3 pm", "mid-afternoon yesterday": the day, with the hour in its TIMEX3 value."""
    if gap not in _BESIDE:
        return None
    if a.rule in _CLOCKS and b.rule in _DAYS:
        clock, day = a, b
    elif b.rule in _CLOCKS and a.rule in _DAYS:
        clock, day = b, a
    else:
        return None
    if "T" not in clock.sense.timex or day.sense.period is None or day.sense.period.grain != "day":
        return None
    hour = clock.sense.timex[clock.sense.timex.index("T") :]
    return day.sense._replace(timex=day.sense.timex.split("T")[0] + hour)


def _part_of_year(a: Reading, b: Reading, gap: tuple[str, ...], tokens: Tokens) -> Sense | None:
    """ "The first five months of 2018", "nine months of this year", "the February-June period this year"."""
    year = b.sense.period
    if b.rule not in _YEARS or gap not in _OF:
        return None
    if year is None and b.sense.timex == UNDATED["year"] and a.rule in ("joined", "month") and a.sense.period:
        return a.sense._replace(reason="the year beside it is counted from the report's, which is not known")
    if year is None or year.grain != "year":
        return None
    if a.rule in ("joined", "month", "quarter_of", "half_of") and a.sense.period is not None and not a.sense.stated:
        return _in_year(a.sense.period, year)
    if a.rule in ("first_of", "duration", "running") and gap:
        return _months_of(a, year, tokens)
    return None


def _in_year(p: Period, year: Period) -> Sense | None:
    if p.grain not in ("month", "months", "quarter", "half", "day", "days"):
        return None
    found = cal.moved(p._replace(known=True), "Y", year.first.year - p.first.year)
    if found is None:
        return None
    return Sense(found.edtf, found.timex, "the part of the year named beside it", found, True)


def _months_of(a: Reading, year: Period, tokens: Tokens) -> Sense | None:
    """N months of a year: its first ones, or its last where the words say last."""
    m = Match(a.rule, tokens, a.first, a.last)
    n = amount(m)
    if n.unit not in ("M", "Q") or n.low is None or n.high is not None or n.low % 1:
        return None
    count, number = int(n.low) * (3 if n.unit == "Q" else 1), year.first.year
    if not 1 <= count <= cal.YEAR_MONTHS:
        return None
    first = cal.YEAR_MONTHS + 1 - count if m.has("last", "final") else 1
    found = cal.months(number, first, number, first + count - 1, known=year.known)
    return Sense(found.edtf, found.timex, "the first or last months of the year named", found, True)


_ENDS = (("ended",), ("ended", "on"), ("ended", "in"), ("to",), ("through",), ("to", "the"))
_MONTHS_IN = {"Y": 12, "Q": 3, "M": 1}


def _ended(a: Reading, b: Reading, gap: tuple[str, ...], tokens: Tokens) -> Sense | None:
    """ "The year ended 31 March 2019", "the six months to June": so many months up to the end of the second."""
    last = b.sense.period
    if gap not in _ENDS or last is None or last.grain not in ("day", "month") or b.rule not in _POINTS:
        return None
    bare = a.rule == "unit_of_now" and (a.last - a.first, class_at(tokens, a.first), last.grain) == (2, "the", "month")
    is_length = a.rule == "duration" or a.sense.timex == "P1Y" or bare
    if not is_length and (gap[0] != "ended" or a.rule not in ("unit_of_now", "first_of", "quarter_of")):
        return None
    n = amount(Match(a.rule, tokens, a.first, a.last))
    if n.unit not in _MONTHS_IN or n.low is None or n.low % 1 or n.high is not None:
        return None
    found = _up_to(last, int(n.low) * _MONTHS_IN[n.unit])
    if found is None:
        return None
    return Sense(found.edtf, found.timex, f"the months up to then ({b.sense.reason})", found, b.sense.stated)


def _up_to(end: Period, count: int) -> Period | None:
    """So many months up to the last day of a day or month."""
    before = cal.moved(Period(end.last, end.last, end.grain, end.known), "M", -count)
    if before is None:
        return None
    first = before.last + timedelta(days=1)
    is_whole = first.day == 1 and end.last == cal.month_end(end.last)
    return Period(first, end.last, "months" if is_whole else "days", end.known)


def _range(a: Reading, b: Reading, gap: tuple[str, ...], before: str) -> Sense | None:
    """ "From A to B", "between A and B", "A-B": from the start of one to the end of the other."""
    is_between = before == "between" and gap in (("and",), ("to",), ("hyphen",))
    if a.rule not in _POINTS or b.rule not in _POINTS or not (is_between or _is_to(gap, before)):
        return None
    first, last = a.sense.period, b.sense.period
    if first is None or last is None:
        return None
    first, last = _same_year(a, b, first, last)
    found = cal.united(first, last)
    if found is None or first == last:
        return None
    value = found.edtf
    if found.grain == "days" and found.known and first.edtf and last.edtf and "/" not in first.edtf + last.edtf:
        value = f"{first.edtf}/{last.edtf}"
    reason = f"from the first to the last ({a.sense.reason}; {b.sense.reason})"
    return Sense(value, f"{first.timex}/{last.timex}", reason, found, a.sense.stated or b.sense.stated)


def _is_to(gap: tuple[str, ...], before: str) -> bool:
    if gap not in _TO:
        return False
    return gap in (("hyphen",), ("to",)) or before in ("from", "since", "between")


def _same_year(a: Reading, b: Reading, first: Period, last: Period) -> tuple[Period, Period]:
    """Both ends in the year that one of them names; in a running order where none does."""
    if a.rule in _YEARLESS and not a.sense.stated and b.sense.stated:
        first = _placed(first, last.first.year)
        if first.first > last.last:
            first = _placed(first, last.first.year - 1)
    elif b.rule in _YEARLESS and not b.sense.stated and a.sense.stated:
        last = _placed(last, first.first.year)
        if first.first > last.last:
            last = _placed(last, first.first.year + 1)
    elif b.rule in _YEARLESS and first.first > last.last and a.rule == b.rule:
        first, last = _ordered(a, first, last)
    return first, last


def _ordered(a: Reading, first: Period, last: Period) -> tuple[Period, Period]:
    """Two ends without a year that were found in the wrong order: the first one moves back."""
    unit = "W" if a.rule == "weekday" else "Y"
    return (cal.moved(first, unit, -1) or first), last


def _placed(p: Period, year: int) -> Period:
    moved = cal.moved(p._replace(known=True), "Y", year - p.first.year)
    return moved or p


def with_year_of(a: Reading, b: Reading, tokens: Tokens) -> Reading | None:
    """ "In May and June 2018": the first in the year that the second names, or None where it needs none."""
    gap = tuple(class_at(tokens, i) for i in range(a.last, b.first))
    period, other = a.sense.period, b.sense.period
    if gap not in (("and",), ("comma",), ("or",)) or a.rule not in ("month", "month_day") or a.sense.stated:
        return None
    if b.rule not in ("month_year", "full_date") or period is None or other is None:
        return None
    placed = _placed(period, other.first.year)
    sense = Sense(placed.edtf, placed.timex, "in the year named with the next one", placed, True)
    return a._replace(sense=sense)


def since(reading: Reading, tokens: Tokens) -> Reading:
    """A reading behind "since" as an interval that is open at its end; other readings as they are."""
    sense = reading.sense
    if class_at(tokens, reading.first - 1) != "since" or not sense.value:
        return reading
    start = tokens.start[reading.first - 1]
    begin = sense.value.split("/")[0]
    if sense.period is not None and sense.period.grain in ("decade", "century"):
        begin = f"{sense.period.first.year:04}"  # EDTF has no open interval from 199X
    if begin.startswith("XXXX") or begin.startswith("{"):
        reason = f"since then ({sense.reason}); an open end cannot be written without the year"
        return reading._replace(sense=sense._replace(reason=reason))
    wide = sense._replace(value=f"{begin}/..", reason=f"since then ({sense.reason})")
    parts = reading.parts or (reading,)
    return reading._replace(first=reading.first - 1, start=start, sense=wide, rule="joined", parts=parts)


def limited(reading: Reading, tokens: Tokens) -> Reading:
    """A reading behind "by", "until", "before" … with that word in its reason, since the value is only the limit."""
    word = class_at(tokens, reading.first - 1)
    if word not in ("by", "until", "before", "after", "from", "through") or reading.rule == "joined":
        return reading
    return reading._replace(sense=reading.sense._replace(reason=f"{word} then: {reading.sense.reason}"))
