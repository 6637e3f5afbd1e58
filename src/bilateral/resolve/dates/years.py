"""What months, years, decades and centuries mean that are named: "in March", "in 2014", "the 1990s", "FY2021-22"."""

from __future__ import annotations

import re
from typing import Any

from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.anchor import month_of
from bilateral.resolve.dates.grammar import Match, class_at
from bilateral.resolve.dates.history import told_year
from bilateral.resolve.dates.period import UNKNOWN
from bilateral.resolve.dates.sense import YEAR_UNKNOWN, Sense, Setting, sure
from bilateral.text import Candidate

MONTHS = ("month", "mabbr", "may", "march")
_SPOKEN = ("cent", "ten", "teen", "small", "thousand")
_FULL_YEAR = 4
_HUNDRED = 100
# "The nineties", "the '70s": the last century's, which news still means by them.
_CENTURY = 1900
# "In her early 20s", "in the mid-30s" are ages and figures; "the 60s" are years.
_OLDEST_SHORT = 50
_LAST_CENTURY = 30


def month_year(m: Match, _: Setting) -> Sense | None:
    """A month of a named year."""
    number, here = m.value(*MONTHS), year_in(m)
    return None if here is None else sure(cal.month(here, number), "month", "month and year named", stated=True)


def month(m: Match, at: Setting) -> Sense | None:
    """A month without its year: the last one, or the next one where tense says so; "last May" and the like count."""
    if _is_name(m):
        return None
    number = m.value(*MONTHS)
    if m.has("year_w"):
        here = year_of_now(m, at)
        found = cal.month(here or UNKNOWN, number, known=here is not None)
        return sure(found, "month", "a month of a year counted from the report's date", stated=here is not None)
    told = told_year(m, at)
    if told is not None:
        return sure(cal.month(told, number), "month", "in the year spoken of before")
    if m.has("this") and not m.has("past", "coming") and at.anchor.year is not None:
        return sure(cal.month(at.anchor.year, number), "month", "that month of the report's year")
    return _near_month(m, at, number)


def _near_month(m: Match, at: Setting, number: int) -> Sense:
    back, forth = m.has("last", "past", "previous"), m.has("next", "coming", "following")
    direction = "past" if back else "ahead" if forth else at.direction(m)
    found = month_of(at.anchor, number, direction, this=not (back or forth))
    if found is not None:
        which = {"past": "last", "ahead": "next"}.get(direction or "", "nearest")
        return sure(found, "month", f"the {which} such month from the report's date")
    undated = sure(cal.month(UNKNOWN, number, known=False), "month", YEAR_UNKNOWN)
    if at.anchor.year is None:
        return undated
    near = (at.anchor.year, at.anchor.year - 1)
    return undated._replace(candidates=tuple(Candidate(f"{y:04}-{number:02}", 0.5, "near the report") for y in near))


# First names and surnames that are months; beside another name they are people.
_NAMES = frozenset({"April", "June", "August", "May"})


def _is_name(m: Match) -> bool:
    """Whether a month's name stands in a person's ("June Lee", "Theresa May")."""
    if m.text not in _NAMES:
        return False
    text, starts = m.tokens.text, m.tokens.start
    if m.before() == "other" and text[starts[m.first - 1]].isupper():
        return True
    is_opening = m.before() in ("", "brk", "dot", "other", "comma")
    return is_opening and m.behind() == "other" and text[starts[m.last]].isupper()


def year(m: Match, _: Setting) -> Sense | None:
    """A year alone; no count of things, no number of a resolution, no part of a name like COVID-2019."""
    number = year_in(m)
    if number is None or not _is_year(m, number):
        return None
    return sure(cal.year(number), "year", "the words name the year", stated=True)


# What stands before a year that is written like a count: 2000, 1500, 1872.
_CUES = frozenset({
    "in", "since", "by", "until", "from", "of", "during", "before", "after", "through", "for", "to", "and", "between",
    "open", "over", "comma", "within", "slash", "hyphen",
})  # fmt: skip
_OLD_CUES = frozenset({"in", "since", "until", "between", "and", "to", "of", "from", "hyphen"})
_COMMON = range(1900, 2100)


def _is_year(m: Match, number: int) -> bool:
    if m.has("year_w") or not m.has("year"):
        return True
    if m.before() == "hyphen" and not _goes_on(m):
        return False
    if m.behind() == "slash" or (m.behind() == "hyphen" and m.behind(1) in ("unit_s", "day_w", "month_w", "year_w")):
        return False
    has_cue = m.at("year") != m.first
    if number not in _COMMON:
        return (has_cue or m.before() in _OLD_CUES) and not _counts_things(m)
    if number % _HUNDRED == 0:
        return (has_cue or m.before() in _CUES or _names_thing(m)) and not _counts_things(m)
    return m.behind() not in ("units", "more", "few", "hundred", "thousand")


def _goes_on(m: Match) -> bool:
    """Whether a hyphen before a year joins it to a time ("2005-2014", "May-2019") or to "post", "pre"."""
    if m.first < 2:
        return False
    tokens, i = m.tokens, m.first - 2
    if tokens.end[i] < tokens.start[i + 1] or m.before(2) in ("year", *MONTHS, "day", "dayord", "season", "fall"):
        return True
    return tokens.text[tokens.start[i] : tokens.end[i]].lower() in ("post", "pre", "ante", "circa")


def _counts_things(m: Match) -> bool:
    """Whether the next word looks like a plural that the number counts ("2000 shells")."""
    if m.behind() != "other":
        return m.behind() in ("units", "quarters", "centuries", "more", "couple", "times", "few")
    word = m.tokens.text[m.tokens.start[m.last] : m.tokens.end[m.last]]
    return word.islower() and word.endswith("s") and len(word) > _FULL_YEAR - 1 and word not in ("was", "has", "does")


def _names_thing(m: Match) -> bool:
    """ "The 2000 Olympics": a name follows."""
    return m.before() == "the" and m.behind() == "other" and m.tokens.text[m.tokens.start[m.last]].isupper()


def year_in(m: Match) -> int | None:
    """The year that a match names, in figures or as spoken ("nineteen ninety-six", "two thousand")."""
    figures = m.value("year")
    if figures is not None:
        return int(figures)
    words = [(class_at(m.tokens, i), m.tokens.value[i]) for i in range(m.first, m.last)]
    spoken: list[tuple[str, Any]] = [w for w in words if w[0] in _SPOKEN]
    if any(name == "thousand" for name, _ in spoken):
        rest = [int(v) for name, v in spoken[1:] if name != "thousand"]
        return 1000 * int(spoken[0][1]) + sum(rest)
    if len(spoken) < 2:
        return None
    return _HUNDRED * int(spoken[0][1]) + sum(int(v) for _, v in spoken[1:])


def year_of_now(m: Match, at: Setting) -> int | None:
    """The year that "last year" and the like count from the report's, "that year" from the one spoken of before."""
    last = at.memory.last
    if m.has("following", "previous", "that", "same") and last is not None and last.known:
        return last.first.year + (1 if m.has("following") else -1 if m.has("previous") else 0)
    if at.anchor.year is None:
        return None
    return at.anchor.year + (1 if m.has("next", "following") else -1 if m.has("last", "previous") else 0)


def decade(m: Match, _: Setting) -> Sense | None:
    """The 1990s, the '90s, the nineties: without a century the last one's."""
    written = m.value("decade_n")
    if written is None:
        return sure(cal.decade(_CENTURY + int(m.value("decade"))), "decade", "the decade named", stated=True)
    digits = re.sub(r"\D", "", str(written))
    if len(digits) == _FULL_YEAR:
        return sure(cal.decade(int(digits)), "decade", "the decade named", stated=True)
    is_told = str(written)[0] in "'’`" or (m.has("the") and int(digits) >= _OLDEST_SHORT)
    if not is_told or int(digits) == 0:
        return None
    return sure(cal.decade(_CENTURY + int(digits)), "decade", "the decade named, of the last century", stated=True)


def century_of(m: Match, _: Setting) -> Sense | None:
    """The 20th century: 19XX."""
    number = int(m.value("dayord", "ordnum") or (m.value("ten") or 0) + (m.value("ord") or 0))
    if not 1 <= number <= _LAST_CENTURY:
        return None
    return sure(cal.century(number), "century", "the century named", stated=True)


def fiscal_year(m: Match, _: Setting) -> Sense | None:
    """FY2021-22, fiscal 2020: the years named; which months they cover differs by country and is left open."""
    reason = "a fiscal year by the years named; its months are not known"
    if m.has("pair"):
        return _years(str(m.value("pair")), reason)
    first = int(m.value("year", "fycode"))
    first += 2000 if first < _HUNDRED else 0
    at = m.at("hyphen", "slash")
    if at is None:
        return sure(cal.year(first), "year", reason, stated=True)
    return _years(f"{first}-{int(str(m.tokens.value[at + 1])) % _HUNDRED:02}", reason)


def year_pair(m: Match, _: Setting) -> Sense | None:
    """2021-22, 2019/2020, 2005-08: years from the first to the last; where the second cannot be one, a month."""
    return _years(str(m.value("pair")), "from the first year to the last")


def _years(text: str, reason: str) -> Sense | None:
    first, short = int(text[:4]), int(text[-2:])
    last = first - first % _HUNDRED + short
    if short == 0 and first % _HUNDRED == _HUNDRED - 1:
        last = first + 1
    if last > first:
        return sure(cal.years(first, last), "years", reason, stated=True)
    if text[4] == "-" and 1 <= short <= cal.YEAR_MONTHS:
        return sure(cal.month(first, short), "month", "year and month in figures", stated=True)
    return None
