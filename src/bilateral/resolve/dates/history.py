"""When a month without a year belongs to a year that the text has named, not to the report's.

In news that holds inside a sentence ("signed on 5 May 1998 and in force since July"); in a text that tells history it
holds until the next year is named.
"""

from __future__ import annotations

import re

from bilateral.resolve.dates.anchor import Anchor
from bilateral.resolve.dates.grammar import Match
from bilateral.resolve.dates.sense import Setting

_YEAR = re.compile(r"(?<![\d$€£.,])(?:1\d{3}|20\d\d)(?![\d%]|[.,]\d)")
_NEWS = re.compile(
    r"\b(?:(?:on|last|next|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight"
    r"|(?:last|this|next) (?:week|month|year)|recently|currently)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?…]['\"”’)]*\s+[A-Z\"“‘'(]")
# A text of history names this many years, most of them at least so many years before its own date, and has fewer words
# of news than one for every so many years named.
_LEAST, _FAR, _NEWS_SHARE = 6, 3, 4
# A sentence is hardly longer than this many characters.
_SENTENCE = 400


def is_history(text: str, here: Anchor) -> bool:
    """Whether a text tells of long ago: it names many years, nearly all far from its date, and hardly speaks of now."""
    if here.year is None:
        return False
    years = sorted(int(m.group()) for m in _YEAR.finditer(text))
    if len(years) < _LEAST or years[len(years) * 3 // 4] > here.year - _FAR:
        return False
    return sum(1 for _ in _NEWS.finditer(text)) * _NEWS_SHARE < len(years)


def told_year(m: Match, at: Setting) -> int | None:
    """The year named before that a month or day without one belongs to, or None where it counts from the report."""
    if m.has("last", "next", "this", "past", "coming", "previous", "following"):
        return None
    if at.is_history:
        last = at.memory.last
        return last.first.year if last is not None and last.known else None
    named = at.memory.named
    if named is None or not named.known or named.grain not in ("day", "month", "days", "months"):
        return None
    if at.anchor.year is not None and named.first.year >= at.anchor.year:
        return None
    if m.start - at.memory.named_end > _SENTENCE:
        return None
    between = m.tokens.text[at.memory.named_end : m.start]
    return None if _STOP.search(between) or "\n\n" in between else named.first.year
