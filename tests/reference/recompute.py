"""Verdicts worked out again from what a check prints, for the tests. Imports nothing of bilateral, on purpose.

Written from docs/rules/checks.md: fractions instead of decimals, all corners of the ranges instead of interval rules.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from typing import NamedTuple

HUGE = Fraction(10) ** 40
OPERAND = re.compile(r"(?P<name>\w+) = (?P<value>-?[\d.]+) (?P<unit>[^(]*)\((?P<what>.*); (?P<source>[^;]*)\)")
CLAIMED = re.compile(r"(?P<about>.*) claimed: (?P<words>.*)")
BOUNDS = ("over", "at least", "under", "up to", "about", "nearly")


class Reach(NamedTuple):
    """From where to where a number may lie; an end that is `sharp` is not itself allowed."""

    low: Fraction
    high: Fraction
    sharp: bool = False

    def has(self, value: Fraction) -> bool:
        """Whether a value lies in it."""
        if self.sharp and value in (self.low, self.high):
            return False
        return self.low <= value <= self.high


class Printed(NamedTuple):
    """An operand as printed."""

    name: str
    value: Fraction
    unit: str
    words: str | None
    is_change: bool


def operands(lines: list[str]) -> dict[str, Printed]:
    """The operands among the lines of a working, by name."""
    found = {}
    for line in lines:
        match = OPERAND.fullmatch(line)
        if match:
            claimed = CLAIMED.fullmatch(match["what"])
            words = claimed["words"] if claimed else None
            is_change = bool(claimed) and claimed["about"] == "change"
            found[match["name"]] = Printed(
                match["name"], Fraction(match["value"]), match["unit"].strip(), words, is_change
            )  # fmt: skip
    return found


def formula(lines: list[str]) -> str:
    """The formula of a working: what stands between the colon and the first equals sign of its own line."""
    line = next(line for line in lines if not OPERAND.fullmatch(line) and ": " in line)
    return line.split(": ", 1)[1].split(" = ")[0]


def value(text: str, given: dict[str, Fraction]) -> Fraction:
    """A formula worked out; only names, numbers, brackets and the four operations may stand in it."""
    assert re.fullmatch(r"[\w\s+*/().-]+", text), text
    exact = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)", r"Fraction('\1')", text)
    return Fraction(eval(exact, {"__builtins__": {}}, {"Fraction": Fraction, **given}))


def allowed(printed: Printed) -> Reach:
    """What the words of a claimed number allow."""
    words = printed.words or ""
    if printed.is_change:
        words = words.partition(" ")[2]
    bound = next((b for b in BOUNDS if words == b or words.startswith(b + " ")), "")
    digits = words.removeprefix(bound).strip()
    size = abs(printed.value)
    if bound in ("over", "at least"):
        made = Reach(size, HUGE, bound == "over")
    elif bound in ("under", "up to"):
        made = Reach(-HUGE, size, bound == "under")
    else:
        room = max(half(size, digits, printed.unit), size * Fraction(5, 10_000))
        if bound:
            room = max(room, size / 20)
        made = Reach(size - room, size if bound == "nearly" else size + room)
    return Reach(-made.high, -made.low, made.sharp) if printed.value < 0 else made


def half(size: Fraction, digits: str, unit: str) -> Fraction:
    """Half of the last digit as written."""
    figures = re.search(r"\d[\d.,]*", digits)
    if figures is None:
        if re.search(r"half|quarter|third|fifth", digits):
            return size / 20
        if unit == "times":
            return size / 10
        step = next(s for s in (10**12, 10**9, 10**6, 10**3, 1) if size >= s)
        return Fraction(step, 2)
    text = figures[0].rstrip(".,")
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text) and Fraction(text.replace(",", "")) == size:
        text = text.replace(",", "")
    text = text.replace(",", ".")
    number = Fraction(text)
    places = len(text.partition(".")[2])
    scale = size / number if number else Fraction(1)
    if places or scale > 1:
        return scale / 10**places / 2
    zeros = len(text) - len(text.rstrip("0"))
    return Fraction(10) ** min(zeros, max(len(text) - 2, 0)) / 2


def reach(text: str, given: dict[str, Printed]) -> Reach:
    """The least and the most that a formula gives when each claimed operand takes each end of its range."""
    names = [name for name in given if re.search(rf"\b{name}\b", text)]
    ends = []
    for name in names:
        r = allowed(given[name])
        ends.append((max(r.low, Fraction(1, 10**9)) if given[name].value >= 0 else r.low, r.high))
    values = [value(text, dict(zip(names, corner, strict=True))) for corner in product(*ends)]
    return Reach(min(values), max(values))


def overlap(a: Reach, b: Reach) -> bool:
    """Whether two ranges have a number in common."""
    return a.low <= b.high and b.low <= a.high


def percent_off(claim: Fraction, series: Fraction) -> Fraction:
    """How far a claim lies from a series in percent of it."""
    return (claim - series) / abs(series) * 100


def rounded(number: Fraction) -> str:
    """A number to a tenth, with its sign; half to even."""
    tenths = round(number * 10)
    return f"{'-' if tenths < 0 else '+' if tenths else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"
