"""The date of a report: what was given or stands in it, else inferred from dateline, weekday and years spoken of.

Never the clock. What is inferred says so, with the candidates weighed and the reasons in words.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import structs

from bilateral.syntax import ancestors, is_infinitive, is_verb, tense
from bilateral.text import Dated, Resolved

WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
# A day of the year falls on the same weekday again after 5, 6 or 11 years: six to either side hold the neighbours.
REACH = 6
# News speaks of the year before, seldom of nothing younger than three years; beyond that the weekday is doubted.
NEAR = 3
_YEAR = re.compile(r"(?<![\d.,$€£¥])\b(?:19[4-9]\d|20\d\d)\b(?![\d%]|[.,]\d)")
_AHEAD = re.compile(r"\b(?:by|until|till|before|towards?)\s+(?:the\s+)?(?:end\s+of\s+|year\s+)?$", re.IGNORECASE)
_NO_FUTURE = re.compile(r"\b(?:next|last|every|previous|following)\s+$", re.IGNORECASE)
_SELF = re.compile(r"\b(?:today|yesterday|tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
_DAY = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")\b", re.IGNORECASE)


def published(doc: Resolved) -> Resolved:
    """The document with its date as used.

    A date that was given, overruled, or stands in metadata or in the dateline with its year is kept. A dateline
    without a year is dated by weekday and by the years spoken of as past (docs/adr/003); where those
    do not decide, the value keeps its X. A report without any date has None and the reason.
    """
    if doc.published.value is not None:
        return doc
    stated = doc.document.dateline.day if doc.document.dateline else None
    if stated is None:
        return _with(doc, Dated(value=None, reasons=("no date was given and none stands in the text",)))
    if not stated.startswith("XXXX"):
        return _with(doc, Dated(value=stated, how="dateline", stated=stated, reasons=("the dateline says so",)))
    return _with(doc, _inferred(doc, stated))


def _with(doc: Resolved, dated: Dated) -> Resolved:
    return structs.replace(doc, published=dated)


def _inferred(doc: Resolved, stated: str) -> Dated:
    month, day = int(stated[5:7]), int(stated[8:10])
    shown = f"{day} {calendar.month_name[month]}"
    reasons = [f"the dateline says {shown} without a year"]
    newest = max(_past_years(doc), default=None)
    weekday = _lead_weekday(doc)
    if newest is None:
        reasons.append("no year is spoken of as past")
        return Dated(value=stated, how="dateline", stated=stated, reasons=tuple(reasons))
    reasons.append(f"the newest year spoken of as past is {newest}")
    if weekday is None:
        reasons.append("no weekday in the lead chooses among the years that follow")
        near = tuple(_day(y, month, day) for y in (newest, newest + 1) if _exists(y, month, day))
        return Dated(value=stated, how="dateline", stated=stated, candidates=near, reasons=tuple(reasons))
    return _by_weekday(stated, newest, weekday, reasons)


def _by_weekday(stated: str, newest: int, weekday: int, reasons: list[str]) -> Dated:
    """The earliest fitting year after the newest past one; the day before the dateline where only that is near."""
    month, day = int(stated[5:7]), int(stated[8:10])
    name = calendar.day_name[weekday]
    years = _years(month, day, weekday, newest, before=0)
    chosen = next((y for y in years if y > newest), None)
    said = f"{day} {calendar.month_name[month]} is a {name}"
    if chosen is None or chosen - newest > NEAR:
        earlier = _years(month, day, weekday, newest, before=1)
        nearer = next((y for y in earlier if newest < y <= newest + NEAR), None)
        if nearer is not None:
            years, chosen = earlier, nearer
            said = f"the lead's {name} is the day before {day} {calendar.month_name[month]}"
    candidates = tuple(_day(y, month, day) for y in years)
    reasons.append(f"the lead says {name}: {said} in {', '.join(map(str, years)) or 'no year near'}")
    if chosen is None:
        return Dated(value=stated, how="dateline", stated=stated, candidates=candidates, reasons=tuple(reasons))
    reasons.append(f"{chosen} is the earliest of them after {newest}")
    value = _day(chosen, month, day)
    return Dated(value=value, how="inferred", stated=stated, candidates=candidates, reasons=tuple(reasons))


def _exists(year: int, month: int, day: int) -> bool:
    return day <= calendar.monthrange(year, month)[1]


def _day(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"


def _years(month: int, day: int, weekday: int, newest: int, *, before: int) -> list[int]:
    """The years near the newest past one in which the day, or the day before it, falls on the weekday."""
    return [
        year for year in range(newest - REACH, newest + REACH + 1)
        if _exists(year, month, day) and (date(year, month, day) - timedelta(days=before)).weekday() == weekday
    ]  # fmt: skip


def _lead_weekday(doc: Resolved) -> int | None:
    """The first plain weekday in the first two body paragraphs, 0 for Monday; None where there is none.

    A lead that says "today" or "yesterday" names its day itself: a weekday after it is another day.
    """
    body = [p for p in doc.document.paragraphs if p.kind == "body"][:2]
    for paragraph in body:
        if _SELF.search(doc.text, paragraph.start, paragraph.end):
            return None
        for m in _DAY.finditer(doc.text, paragraph.start, paragraph.end):
            if not _NO_FUTURE.search(doc.text, max(paragraph.start, m.start() - 12), m.start()):
                return WEEKDAYS.index(m.group().lower())
    return None


def _past_years(doc: Resolved) -> Iterator[int]:
    """The years that the text speaks of as past: not after "by" or "until", not below a future or infinitive verb."""
    for m in _YEAR.finditer(doc.text):
        if not _AHEAD.search(doc.text, max(0, m.start() - 24), m.start()) and not _is_ahead(doc, m.start(), m.end()):
            yield int(m.group())


def _is_ahead(doc: Resolved, start: int, end: int) -> bool:
    tokens = doc.parse.tokens(start, end)
    if not tokens:
        return False
    verb = next((a for a in ancestors(doc.parse, tokens[0]) if is_verb(doc.parse, a)), None)
    if verb is None:
        return False
    found = tense(doc.parse, verb)
    return found.tense == "future" or (found.modal in ("would", "may", "could") and not found.perfect) or is_infinitive(
        doc.parse, verb
    )
