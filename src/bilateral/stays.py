"""The days of a stay: which day "the second day of the visit" is, from the days that the report gives for the stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import structs

from bilateral.interval import interval
from bilateral.text import Mention, Resolved

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_LAST = ("last", "final", "closing")
_STAYS = ("visit", "stay", "trip", "tour", "mission", "talks", "session", "meeting", "consultations", "round")
_BACK, _REACH = 4, 6
_DAY, _LONGEST, _WEEK = len("2020-01-01"), 31, 7


def nth_day(doc: Resolved, i: int) -> Mention | None:
    """The day that "on the second day of her stay" means in the sentence of token i; None where nothing says.

    It is counted from the first day of the stay that the sentence or the four before it tell.
    """
    sentence = doc.parse.sentence(i)
    low = [doc.text[doc.parse.start[k] : doc.parse.end[k]].lower() for k in sentence]
    at = next((n for n in range(1, len(low)) if low[n] == "day" and low[n - 1] in (*_ORDINALS, *_LAST)), None)
    if at is None or not _is_of_stay(low[at + 1 :]):
        return None
    days = _stay(doc, sentence.start + at)
    if days is None:
        return None
    mention, first, last = days
    if low[at - 1] in _LAST:
        day = last if last is not None and last != first else None
    else:
        day = first + timedelta(_ORDINALS.index(low[at - 1]))
    is_within = day is not None and (last is None or day <= last or last == first)
    return structs.replace(mention, value=day.isoformat()) if day is not None and is_within else None


def _is_of_stay(behind: list[str]) -> bool:
    """Whether "the second day" is that of a stay: "of her visit", or nothing that says of what."""
    if behind[:1] != ["of"]:
        return True
    return any(word in _STAYS for word in behind[1:_REACH])


def _stay(doc: Resolved, before: int) -> tuple[Mention, date, date | None] | None:
    """The mention that dates a stay and its first and last day: the nearest stretch or two days told before a token."""
    for mentions in _sentences(doc, before):
        found = [(m, span) for m in mentions if (span := interval((m.value or "").removesuffix("/..")))]
        for mention, (start, end) in found:
            first, last = date.fromisoformat(start), date.fromisoformat(end)
            if (mention.value or "").endswith("/.."):
                return mention, first, None
            if 0 < (last - first).days <= _LONGEST and "/" in (mention.value or ""):
                return mention, first, last
        exact = [(m, date.fromisoformat(a)) for m, (a, b) in found if a == b and len(m.value or "") == _DAY]
        if exact:
            days = _of_one_week([day for _, day in exact])
            return exact[0][0], min(days), max(days)
    return None


def _of_one_week(days: list[date]) -> list[date]:
    """Days of the week that stand together, of which one was read as that of next week."""
    first = min(days)
    return [day - timedelta(_WEEK) if _WEEK // 2 < (day - first).days < _WEEK else day for day in days]


def _is_nth(mention: Mention) -> bool:
    """Whether a date is itself "the last day" of something, which says nothing of when that is."""
    words = mention.text.lower().split()
    return "day" in words and bool({*_ORDINALS, *_LAST} & set(words))


def _sentences(doc: Resolved, before: int) -> Iterator[list[Mention]]:
    """Yield the dates of the sentence of a token and of those before it, where a word for a stay stands in them."""
    parse = doc.parse
    number = max(n for n, start in enumerate(parse.sents) if start <= before)
    for n in range(number, max(-1, number - 1 - _BACK), -1):
        tokens = parse.sentence(parse.sents[n])
        words = {doc.text[parse.start[k] : parse.end[k]].lower() for k in tokens}
        if n == number or words & {*_STAYS, "arrived", "arrives", "paying"}:
            found = {m.start: m for k in tokens if (m := doc.date_at(k)) is not None and m.value and not _is_nth(m)}
            yield [m for start, m in sorted(found.items())]
