"""Dates, names, actors, amounts, sources and claims in words. Codes become names; claims are worded as claims."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from bilateral import knowledge
from bilateral.model import Actor, AnyRecord, Change, Measure, Report, Role, Statement, Visit

BOUNDS = {"over": "over ", "at_least": "at least ", "about": "about ", "nearly": "nearly ", "up_to": "up to ",
          "under": "under "}  # fmt: skip
_BOTH = re.compile(r"(?:the )?(?:two|both)\b", re.IGNORECASE)
_MARKS = "“”\""
NOBODY = "a source without a name"
_MILLION, _BILLION, _TRILLION = Decimal(10**6), Decimal(10**9), Decimal(10**12)


def date_of(record: AnyRecord) -> str | None:
    """The date of the thing that a record tells of, in EDTF; None where it has none."""
    match record:
        case Measure():
            return record.period
        case Visit():
            return record.start if record.end in (None, record.start) else f"{record.start or '..'}/{record.end}"
        case Role():
            return record.as_of
        case _:
            return record.date


@lru_cache(maxsize=16384)
def day(edtf: str | None) -> str:
    """An EDTF date in words: "3 July 2019", "March 2019", "2005 to 2014", "3 July, year unknown"."""
    if not edtf:
        return "date unknown"
    if "/" in edtf:
        start, end = edtf.split("/", 1)
        if end in ("..", ""):
            return f"since {day(start)}"
        return f"until {day(end)}" if start in ("..", "") else _between(start, end)
    year, *rest = edtf.rstrip("?~%").split("-")
    shown = "year unknown" if "X" in year else year
    about = "about " if edtf[-1:] in "?~%" else ""
    if not rest or "X" in rest[0]:
        return about + shown
    month = _month(rest[0])
    if len(rest) == 1 or "X" in rest[1]:
        return about + (f"{month}, {shown}" if "X" in year else f"{month} {shown}")
    text = f"{int(rest[1])} {month}"
    return about + (f"{text}, {shown}" if "X" in year else f"{text} {shown}")


def _between(start: str, end: str) -> str:
    """Two ends of an interval, what they share said once: "3 to 5 July 2019", "January to March 2024"."""
    first, last = day(start).split(), day(end).split()
    same = 0
    if len(first) == len(last):
        same = next((n for n in range(len(first)) if first[-1 - n] != last[-1 - n]), 0)
    return f"{' '.join(first[: len(first) - same])} to {' '.join(last)}"


_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}


def _month(number: str) -> str:
    return _SEASONS.get(number) or calendar.month_name[int(number)]


def name(code: str | None) -> str:
    """A state or organisation by its name; the code itself where none is known."""
    if not code:
        return "unknown"
    state, _, sector = code.partition(":") if not code.startswith("IGO:") else (code, "", "")
    return knowledge.name_of(state) + (f" ({sector})" if sector else "")


def names(codes: Iterable[str | None]) -> str:
    """Some codes as a list in words: "Russia and Cambodia"."""
    return listed([name(c) for c in dict.fromkeys(codes)])


def listed(words: Sequence[str]) -> str:
    """Some words as a list: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def actor(a: Actor) -> str:
    """An actor in words: role and name where known, else the state; says so where nothing is."""
    both = a.name and a.role and a.name not in a.role
    words = f"{a.role} {a.name}" if both else a.role or a.name or ""
    if not words:
        return name(a.country) if a.country else NOBODY
    if a.country and (_BOTH.match(words) or words == a.country.removeprefix("IGO:")):
        return name(a.country)
    words = words.removeprefix("the ").removeprefix("The ")
    if a.country is None or _tells(words, a.country):
        return words
    is_office = a.role or words[:1].islower()  # a body without a proper name: "foreign ministry"
    return f"{knowledge.adjective_of(a.country)} {words}" if is_office else f"{words} ({name(a.country)})"


def _tells(words: str, code: str) -> bool:
    """Whether some words say themselves which state they are of."""
    low = words.lower()
    return knowledge.adjective_of(code).lower() in low or name(code).lower() in low


def actors(some: Iterable[Actor]) -> str:
    """Some actors in words, each once."""
    return listed(list(dict.fromkeys(actor(a) for a in some)))


def amount(value: Decimal | None, unit: str | None, bound: str | None = None) -> str:
    """A value with its unit and bound: "over 202 million USD", "21.5 percent", "17 documents"."""
    if value is None:
        return f"a value not stated, in {unit}" if unit else "a value not stated"
    return f"{BOUNDS.get(bound or '', '')}{number(value)}{f' {unit}' if unit else ''}"


def number(value: Decimal) -> str:
    """A number for people: 202 million, 1.1 billion, 650,000, 21.5; no digit is dropped."""
    for size, word in ((_TRILLION, "trillion"), (_BILLION, "billion"), (_MILLION, "million")):
        if abs(value) >= size:
            return f"{_plain(value / size)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():,f}" if value != value.to_integral_value() else f"{value.to_integral_value():,f}"


def change(c: Change) -> str:
    """A change in words: "up 21.5 percent on 2017"."""
    size = amount(c.value, c.unit, c.bound) if c.value is not None else ""
    if c.value is not None and c.unit == "times":
        size = f"{BOUNDS.get(c.bound or '', '')}{number(c.value)}-fold"
    against = f" on {day(c.base)}" if c.base else ""
    return f"{c.direction or 'changed by'} {size}".strip() + against


def source(report: Report) -> str:
    """A report in words: outlet, date, how the date is known where it is not plain, title."""
    dated = report.published
    shown = day(dated.value) if dated.value else "no date"
    how = f" ({dated.how})" if dated.how in ("inferred", "overruled") else ""
    title = f", “{report.title.strip(_MARKS)}”" if report.title else ""
    return f"{report.publisher or 'unknown outlet'}, {shown}{how}{title}"


def told(report: Report) -> str:
    """Where and when something was told: "TASS, 3 July 2019"."""
    value = report.published.value
    return f"{report.publisher or 'unknown outlet'}, {day(value) if value else 'undated report'}"


def claimant(record: AnyRecord) -> Actor | None:
    """Who says what a record holds; None where the outlet says it in its own voice."""
    return record.speaker if isinstance(record, Statement) else record.claimed_by.speaker


def claim(record: AnyRecord, report: Report) -> str:
    """Who says so and when: "TASS, 3 July 2019, Ambassador Tsvetkov", or the outlet alone in its own voice."""
    speaker = claimant(record)
    return told(report) if speaker is None else f"{told(report)}, {actor(speaker)}"
