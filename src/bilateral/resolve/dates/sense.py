"""What the words of time mean: the value, its reason, and what the text has spoken of so far.

Owns the types that the meanings share. Knows no wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bilateral.resolve.dates.anchor import Anchor, Direction
from bilateral.resolve.dates.direction import direction
from bilateral.resolve.dates.grammar import Match
from bilateral.resolve.dates.period import UNDATED, Period
from bilateral.text import Candidate, Resolved

# How many paragraphs back the words "the same period" and "a year earlier" still find the period that they repeat.
NEAR = 2
# The reason of an X for the year.
YEAR_UNKNOWN = "the words name no year and the report's is not known"
_PARTS = ("quarter", "half", "months")


class Sense(NamedTuple):
    """What a time expression means: EDTF value or None, TIMEX3 value, and why.

    `period` is the stretch of calendar where there is one; `stated` tells that the words themselves name the year.
    """

    value: str | None
    timex: str
    reason: str
    period: Period | None = None
    stated: bool = False
    candidates: tuple[Candidate, ...] = ()


class Reading(NamedTuple):
    """A time expression of a text: its tokens and characters, what it means, the rule, and the readings it joins."""

    first: int
    last: int
    start: int
    end: int
    rule: str
    sense: Sense
    parts: tuple[Reading, ...] = ()


@dataclass
class Memory:
    """What the text has spoken of so far: the last time, day and part of a year, the last time whose year was named,
    and where these were."""

    last: Period | None = None
    day: Period | None = None
    span: Period | None = None
    span_at: int = -NEAR
    named: Period | None = None
    named_end: int = 0
    paragraph: int = 0

    def keep(self, sense: Sense, end: int) -> None:
        """Remember a period that was spoken of, and where its words end."""
        found = sense.period
        if found is None or found.grain in ("decade", "century"):
            return
        self.last = found
        if sense.stated:
            self.named, self.named_end = found, end
        if found.grain == "day":
            self.day = found
        near = self.near_span
        if found.grain in _PARTS or (found.grain == "month" and (near is None or near.grain == "month")):
            self.span, self.span_at = found, self.paragraph

    @property
    def near_span(self) -> Period | None:
        """The last part of a year, where it was spoken of within the last paragraphs."""
        return self.span if self.paragraph - self.span_at < NEAR else None


class Setting(NamedTuple):
    """All that a meaning may ask: the report, its date, and what was spoken of before."""

    doc: Resolved
    anchor: Anchor
    memory: Memory
    is_history: bool = False

    def is_title(self, m: Match) -> bool:
        """Whether a capital inside the words, or behind a name, makes them a title ("This Week", "Moscow Today")."""
        paragraph = self.doc.document.paragraph_at(m.start)
        if paragraph is not None and paragraph.kind in ("title", "subtitle"):
            return False
        if m.last - m.first > 1:
            return m.tokens.text[m.tokens.start[m.last - 1] : m.end].istitle()
        return m.text[0].isupper() and m.before() == "other"

    def direction(self, m: Match) -> Direction | None:
        """Whether a match speaks of a time behind or ahead of the report, None where nothing says."""
        return direction(self.doc, m.start, m.end)


def sure(period: Period | None, grain: str, reason: str, *, timex: str | None = None, stated: bool = False) -> Sense:
    """The sense of a period; where there is none, the X form of its grain and a reason that says what is missing."""
    if period is None:
        return Sense(None, timex or UNDATED[grain], f"{reason}; the report's date is not known well enough")
    if period.edtf is None:
        return Sense(None, timex or period.timex, f"{reason}; the year is not known", period)
    return Sense(period.edtf, timex or period.timex, reason, period, stated)
