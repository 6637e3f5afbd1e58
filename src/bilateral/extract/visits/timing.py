"""When a visit or meeting takes place: the dates in its clause and phrase, else the only date of its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import structs

from bilateral.extract.visits.reading import Draft, Reading
from bilateral.syntax import CLAUSES, ancestors, governor, is_verb, subtree
from bilateral.text import Mention

_DAY = len("2020-01-01")
_SAYING = ("say", "tell", "report", "add", "state")


def when(read: Reading, draft: Draft) -> tuple[Mention, str] | None:
    """The date mention of a draft and why it is its own, or None; an open stretch ("since 2013") dates no visit."""
    for tokens, why in _scopes(read, draft):
        found = [i for i in tokens if _dates(read, i)]
        if found:
            mention = read.doc.date_at(min(found, key=lambda i: (abs(i - draft.at), i)))
            return (_stretched(read, mention), why) if mention is not None else None
    return None


def _stretched(read: Reading, mention: Mention) -> Mention:
    """"On Wednesday and Thursday": two days that follow one another are one stretch."""
    last = read.parse.tokens(mention.start, mention.end)[-1]
    behind = range(last + 2, min(last + 4, len(read.low)))
    if last + 1 >= len(read.low) or read.low[last + 1] != "and":
        return mention
    other = next((m for k in behind if (m := read.doc.date_at(k)) is not None and m.start != mention.start), None)
    one, two = mention.value or "", (other.value if other is not None else None) or ""
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
