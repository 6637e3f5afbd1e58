"""The amount and the unit that a time expression names: "two and a half years", "several months", "12 to 18 months"."""

from __future__ import annotations

from typing import NamedTuple

from bilateral.resolve.dates.grammar import Match, class_at

# A unit's class where the word has no value of its own.
_UNITS = {
    "year_w": "Y", "quarter": "Q", "quarters": "Q", "century": "C", "centuries": "C", "weekend": "WE", "second": "TS",
}  # fmt: skip
_UNIT_CLASSES = ("unit_s", "day_w", "week_w", "month_w", "units", *_UNITS)
_CARDINALS = ("day", "int", "num", "small", "teen", "cent", "ten")
_VAGUE = ("few", "several", "some", "many")
_BREAKS = ("to", "or", "hyphen")
# How half of a unit is written: how many of which unit the whole is, and the half.
_HALVES = {
    "Y": (1, "Y", "6M"), "TH": (1, "H", "30M"), "TM": (1, "M", "30S"), "D": (1, "D", "T12H"), "E": (10, "Y", "5Y"),
}  # fmt: skip


class Amount(NamedTuple):
    """How many (None where the words leave it open, as "several"), the upper end of a range, and the unit.

    Units: TS TM TH D W M Q Y E (decade) C (century) L (millennium) WE (weekend).
    """

    low: float | None
    high: float | None
    unit: str


# How many years a unit is; beyond FAR of them nothing is counted, since no report means it to the year.
_YEARS = {"D": 1 / 365, "W": 1 / 52, "M": 1 / 12, "Q": 1 / 4, "E": 10, "C": 100, "L": 1000}
FAR = 900


def is_far(a: Amount) -> bool:
    """Whether an amount reaches over the times that are dated to the year or finer ("thousands of years ago")."""
    return a.low is not None and a.low * _YEARS.get(a.unit, 1) > FAR


def amount(m: Match) -> Amount:
    """The amount that a match names; one where it names a unit alone ("a year", "the year")."""
    at = next((i for i in range(m.last - 1, m.first - 1, -1) if class_at(m.tokens, i) in _UNIT_CLASSES), m.last - 1)
    at = _first_unit(m, at)
    low, high = _numbers(m, at)
    unit, times = _unit(m, at)
    if class_at(m.tokens, at) in ("units", "centuries", "quarters") and low is None and not _counts(m):
        return Amount(None, None, unit)
    if any(class_at(m.tokens, i) in _VAGUE for i in range(m.first, at)):
        return Amount(None, None, unit)
    low = 1 if low is None else low
    return Amount(low * times, None if high is None else high * times, unit)


def _first_unit(m: Match, last: int) -> int:
    """The unit that the number belongs to: in "a year and a half" the one before "and"."""
    return next((i for i in range(m.first, last + 1) if class_at(m.tokens, i) in _UNIT_CLASSES), last)


def _counts(m: Match) -> bool:
    return m.has("couple", "dozen", "half", "a")


def _unit(m: Match, at: int) -> tuple[str, int]:
    """The unit of the token, and how many of it the word alone means (a fortnight is two weeks)."""
    name = class_at(m.tokens, at)
    unit = _UNITS.get(name) or str(m.tokens.value[at])
    return ("W", 2) if unit == "2W" else (unit, 1)


def _numbers(m: Match, unit_at: int) -> tuple[float | None, float | None]:
    """The number before the unit, or the two numbers of a range; "and a half" behind the unit counts."""
    found: list[float] = []
    run: list[int] = []
    for i in range(m.first, unit_at):
        name = class_at(m.tokens, i)
        if name in _BREAKS and run and not _is_compound(m, i):
            found.append(_value(m, run))
            run = []
        elif name in (*_CARDINALS, "hundred", "thousand", "half", "frac", "couple", "dozen"):
            run.append(i)
    if run:
        found.append(_value(m, run))
    if any(class_at(m.tokens, i) == "half" for i in range(unit_at, m.last)):
        found = [(found[0] if found else 1) + 0.5]
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)


def _is_compound(m: Match, i: int) -> bool:
    """Whether a hyphen joins the parts of one number word ("twenty-four")."""
    return tuple(class_at(m.tokens, k) for k in (i - 1, i, i + 1)) == ("ten", "hyphen", "small")


def _value(m: Match, run: list[int]) -> float:
    total = 0.0
    for i in run:
        name, value = class_at(m.tokens, i), m.tokens.value[i]
        if name == "half":
            total += 0.5
        elif name == "frac":
            total += _fraction(str(value))
        elif name in ("hundred", "thousand"):
            total = (total or 1) * (100 if name == "hundred" else 1000)
        elif name in ("couple", "dozen"):
            total = (total or 1) * (2 if name == "couple" else 12)
        else:
            total += float(value or 0)
    return total


def _fraction(text: str) -> float:
    if "/" not in text:
        return 0.5
    above, below = text.split("/")
    return int(above) / int(below) if int(below) else 0.0


def period_timex(a: Amount) -> str:
    """The TIMEX3 value of a length: P6M, PT2H, PXY, P2Y6M for two and a half years."""
    clock = "T" if a.unit.startswith("T") else ""
    unit = a.unit.removeprefix("T")
    if a.low is None:
        return f"P{clock}X{unit}"
    whole, part = divmod(a.low, 1)
    if part == 0.5 and a.unit in _HALVES:
        times, name, rest = _HALVES[a.unit]
        return f"P{clock}{int(whole) * times}{name}{rest}" if whole else f"P{clock}{rest}"
    if unit == "E" and whole > 1:
        return f"P{int(whole) * 10}Y"
    number = int(whole) if not part else a.low
    return f"P{clock}{number}{unit}"
