"""The types of a check: what was claimed, what it was held against, with which operands, and what came of it.

There is a verdict for each claim and each view of it, never one for all, and none of them is a judgement of truth.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bilateral.model import Bound, MeasureKind

Verdict = Literal[
    "agrees", "off", "change_agrees", "change_differs", "consistent", "inconsistent", "derived", "not_comparable"
]
About = Literal["value", "change", "arithmetic"]
Why = Literal[
    "no_value", "no_period", "not_ended", "not_said_as_fact", "unmapped", "scope", "direction", "currency",
    "goods_and_services", "vintage", "no_series",
]  # fmt: skip
Standing = Literal["own", "other", "reconciled", "mixed"]


class Range(Struct, frozen=True, kw_only=True):
    """The values that words allow; None is no limit on that side. `rule` says how it came about.

    An end that is `open` is not itself allowed: "over 5" begins behind 5.
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False
    rule: str = ""

    def holds(self, value: Decimal) -> bool:
        """Whether a value is allowed."""
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def meets(self, other: Range) -> bool:
        """Whether some value is allowed by both."""
        return not (_ends_before(self, other) or _ends_before(other, self))


def _ends_before(a: Range, b: Range) -> bool:
    if a.high is None or b.low is None or a.high > b.low:
        return False
    return a.high < b.low or a.high_open or b.low_open


class Told(Struct, frozen=True, kw_only=True):
    """A claimed figure as a check shows it: the words, who said them where and when, and what they say."""

    record: str
    doc: str
    uri: str
    published: str | None
    outlet: str | None
    speaker: str | None
    role: str | None
    country: str | None
    words: str
    quantity: str
    parties: tuple[str, ...]
    direction: str | None
    period: str | None
    value: Decimal | None
    digits: str | None
    unit: str | None
    bound: Bound | None
    change: str | None = None
    kind: MeasureKind = "actual"

    @property
    def claimant(self) -> str:
        """Who claims it: the speaker by name or office, via the outlet; else the outlet."""
        who = f"{self.speaker} ({self.role})" if self.speaker and self.role else self.speaker or self.role
        outlet = self.outlet or "an unnamed outlet"
        return f"{who} via {outlet}" if who else outlet


class Operand(Struct, frozen=True, kw_only=True):
    """A number of a formula: its name there, the value, what it is, where it comes from.

    Of a claimed number `digits` and `bound` are the words that say how exact it is.
    """

    name: str
    value: Decimal
    unit: str
    what: str
    source: str
    digits: str | None = None
    bound: Bound | None = None


class Sight(Struct, frozen=True, kw_only=True):
    """The view of a quantity that a claim is held against: whose report, of whom, how valued, of when, in which file.

    `reporter` is None for reconciled and mixed views. `names` are the columns or indicators that are added up.
    `standing` is own where the claimant's state is the reporter.
    """

    source: str
    names: tuple[str, ...]
    unit: str
    scope: str
    vintage: str
    file: str
    standing: Standing
    reporter: str | None = None
    valuations: tuple[str, ...] = ()


class Check(Struct, frozen=True, kw_only=True):
    """One claim held against one view, or claims against each other.

    `formula` holds the names of the operands and gives `result`, which is `result_of` (the series' value, its change,
    the sum of parts …). A check of a value agrees where `allowed`, what the claim's words allow, holds the result;
    `off` is how far the claimed number lies from it in percent of it; of a change in percent, in points. A check of
    arithmetic is consistent where `allowed` and `reach`, what the words of the operands let the result be, have a
    value in common.
    """

    about: About
    verdict: Verdict
    told: tuple[Told, ...]
    sight: Sight | None = None
    operands: tuple[Operand, ...] = ()
    formula: str = ""
    result: Decimal | None = None
    result_unit: str = ""
    result_of: str = ""
    allowed: Range | None = None
    reach: Range | None = None
    off: Decimal | None = None
    why: Why | None = None
    notes: tuple[str, ...] = ()

    @property
    def claim(self) -> Told:
        """The claim that is checked: the first of those told."""
        return self.told[0]
