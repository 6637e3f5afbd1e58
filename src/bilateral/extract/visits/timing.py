"""When a visit or meeting takes place: the dates in its clause and phrase, else the only date of its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import structs

from bilateral.extract.visits.lexicon import lexicon
from bilateral.extract.visits.reading import Draft, Reading
from bilateral.stays import nth_day
from bilateral.syntax import CLAUSES, ancestors, governor, is_verb, subtree
from bilateral.text import Mention

_DAY = len("2020-01-01")
_PARTS_OF_DAY = ("day", "morning", "afternoon", "evening", "night")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_BEFORE, _LONGEST = 6, 31
_SAYING = ("say", "tell", "report", "add", "state")


def when(read: Reading, draft: Draft) -> tuple[Mention, str] | None:
    """The date mention of a draft and why it is its own, or None; an open stretch ("since 2013") dates no visit."""
    nth = nth_day(read.doc, draft.at) if draft.status == "happened" else None
    if nth is not None:
        return nth, "day of the stay"
    for tokens, why in _scopes(read, draft):
        found = [i for i in tokens if _dates(read, i)]
        if found:
            mention = read.doc.date_at(min(found, key=lambda i: (abs(i - draft.at), i)))
            return (_stretched(read, mention), why) if mention is not None else None
    same = _same_day(read, draft)
    return (same, "the same day") if same is not None else None


def lasting(read: Reading, draft: Draft, start: str | None, end: str | None) -> tuple[str | None, str | None]:
    """The first and last day of a visit whose length is told ("arrived on Monday for a three-day visit").

    A visit that goes on since a day and ends on the day told starts on the former.
    """
    if start is None or end is not None or len(start) != _DAY:
        return start, end
    is_end = any(read.in_set(v, "returning") for v in _over(read, draft))
    since = _since(read, draft)
    if is_end and since is not None and since < start:
        return since, start
    size = _days(read, draft.at)
    if size is None:
        return start, end
    day, by = date.fromisoformat(start), timedelta(size - 1)
    if is_end:
        return (day - by).isoformat(), start
    is_begin = any(_begins(read, v) for v in _over(read, draft))
    return (start, (day + by).isoformat()) if is_begin else (start, end)


def _begins(read: Reading, verb: int) -> bool:
    if read.in_set(verb, "coming") or read.in_set(verb, "reaching"):
        return True
    return read.lemma[verb] in lexicon().carry["begin"] or read.lemma[verb] in ("pay", "leave", "land", "depart")


def _over(read: Reading, draft: Draft) -> list[int]:
    """The verbs over a visit: the one that carries it, and those above it in its sentence but for verbs of saying."""
    above = [a for a in ancestors(read.parse, draft.at) if is_verb(read.parse, a) and read.lemma[a] not in _SAYING]
    first = [draft.verb] if draft.verb is not None else []
    return list(dict.fromkeys([*first, *above[:2]]))


def _since(read: Reading, draft: Draft) -> str | None:
    """The day since which a visit has been paid, told behind it ("the visit he has been paying since Monday")."""
    tokens = subtree(read.parse, draft.at)
    found = (m.value or "" for k in tokens if (m := read.doc.date_at(k)) is not None)
    return next((v.removesuffix("/..") for v in found if v.endswith("/..") and len(v) > _DAY), None)


def _days(read: Reading, noun: int) -> int | None:
    """How many days a visit lasts by the words before it ("a three-day working visit"); None for one or none told."""
    for k in range(max(1, noun - _BEFORE), noun):
        if read.low[k] == "day" and read.low[k - 1] in ("-", "–"):
            word = read.low[k - 2]
            size = int(word) if word.isdigit() else _NUMBERS.index(word) + 1 if word in _NUMBERS else None
            return size if size is not None and 1 < size <= _LONGEST else None
    return None


def _same_day(read: Reading, draft: Draft) -> Mention | None:
    """"Received the same day", "rang him that evening": the last day told before."""
    around = read.parse.sentence(draft.at)
    near = [k for k in around if read.low[k] in _PARTS_OF_DAY and read.low[k - 1] in ("same", "that")]
    if not near or draft.status not in ("happened", "ongoing"):
        return None
    before = (m for k in range(near[0] - 1, -1, -1) if (m := read.doc.date_at(k)) is not None and m.value)
    days = (m for m in before if len(m.value or "") == _DAY and (m.value or "") <= (read.doc.published.value or "9"))
    return next(days, None)


def _stretched(read: Reading, mention: Mention) -> Mention:
    """"On Wednesday and Thursday": two days that follow one another are one stretch."""
    last = read.parse.tokens(mention.start, mention.end)[-1]
    behind = range(last + 2, min(last + 4, len(read.low)))
    if last + 1 >= len(read.low) or read.low[last + 1] != "and":
        return mention
    other = next((m for k in behind if (m := read.doc.date_at(k)) is not None and m.start != mention.start), None)
    one, two = mention.value or "", (other.value if other is not None else None) or ""
    published = (read.doc.published.value or "")[:_DAY]
    if len(one) == len(two) == _DAY and two == published and one > two:  # "on Wednesday and Thursday", on Thursday
        one = (date.fromisoformat(two) - timedelta(1)).isoformat()
    if len(one) != _DAY or len(two) != _DAY or (date.fromisoformat(two) - date.fromisoformat(one)).days != 1:
        return mention
    return structs.replace(mention, value=f"{one}/{two}")


def _dates(read: Reading, i: int) -> bool:
    mention = read.doc.date_at(i)
    return mention is not None and mention.value is not None and not mention.value.endswith("/..")


def _scopes(read: Reading, draft: Draft) -> Iterator[tuple[list[int], str]]:
    """Where a date may stand, the nearest first: the phrase, the clause of its verb or around it, the sentence."""
    parse, at = read.parse, draft.at
    is_noun = not is_verb(parse, at)
    if is_noun:
        yield subtree(parse, at, without=("conj",)), "date in its phrase"
    over = draft.verb
    if over is None and is_noun:
        over = next((a for a in ancestors(parse, at) if is_verb(parse, a)), None)
        over = None if over is None or read.lemma[over] in _SAYING else over
    if over is not None:
        yield subtree(parse, over, without=(*CLAUSES, "conj")), "date of its clause"
    around = {at, *ancestors(parse, at)}
    own = [i for i in parse.sentence(at) if _dates(read, i) and (governor(parse, i) or i) in around]
    if len({m.start for i in own if (m := read.doc.date_at(i)) is not None}) == 1:
        yield own, "only date of the sentence"
