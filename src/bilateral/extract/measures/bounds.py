"""Over, at least, about, nearly, up to, under: the bound that the words around a number give it.

Owns the reading of bounds.toml against the text; apart from the direction of a change, which changes.py reads.
"""

from __future__ import annotations

import re
from typing import cast

from msgspec import structs

from bilateral.extract.measures.lexicon import bound_words
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.model import Bound

_REACH = 60
# The word or sign directly before a number.
_LAST = re.compile(r"([\w’']+|[^\w\s-])\.?[\s\u00a0-]*$")


def bounded(view: View, q: Quantity) -> Quantity:
    """The quantity with the bound that stands before or behind it, the nearer of two; unchanged where there is none."""
    found = _before(view, q) or _behind(view, q)
    if found is None:
        return q
    bound, start, end = found
    return structs.replace(q, bound=cast(Bound, bound), bound_span=(start, end))


def is_bounded(view: View, position: int) -> bool:
    """Whether a bound stands directly before a position."""
    return _match(view, position) is not None


def _match(view: View, position: int) -> re.Match[str] | None:
    start = max(view.start, position - _REACH)
    last = _LAST.search(view.text, max(start, position - 24), position)
    if last is None or (last[1][0].isalpha() and last[1].lower() not in bound_words().last):
        return None
    return bound_words().before.search(view.text[start:position])


def _before(view: View, q: Quantity) -> tuple[str, int, int] | None:
    found = _match(view, q.start)
    if found is None:
        return None
    words = re.sub(r"\s+", " ", found[1]).lower()
    offset = q.start - found.end()
    start, end = offset + found.start(1), offset + found.end(1)
    if _is_no_bound(view, q, found, words, start):
        return None
    return bound_words().bound_before[words], start, end


def _is_no_bound(view: View, q: Quantity, found: re.Match[str], words: str, start: int) -> bool:
    """Where the same words do other work: "went up to", "over five years", "top 10", "within 30 days"."""
    i = view.at(start)
    previous = view.word(i - 1)
    if previous in bound_words().not_after.get(words, ()):
        return True
    if q.cls == "duration" and words in ("over", "within", "under", "until", "near", "beyond"):
        return True
    if words in ("top", "pass", "passed", "passing", "cross", "broke") and q.cls in ("count", "bare", "duration"):
        return words == "top" or not _has_mark(view, q)
    if words in ("within", "until", "near", "put at", "minimum", "maximum") and q.cls in ("count", "bare"):
        return words not in ("put at", "minimum", "maximum")
    if words in ("some",) and q.value < 10 and q.scale == 1 and q.cls not in ("money", "percent"):
        return q.form == "words" and q.value < 3
    if words in ("around", "about", "some") and "the" in found[2].lower().split() and not _has_mark(view, q):
        return True
    if words.endswith("than") and _is_amount(view, i - 1):
        return True
    if words.endswith(("than", "short of")) and "the" in found[2].lower().split() and not _has_mark(view, q):
        return True
    if words == "above" and previous in ("the", "and"):
        return True
    return words == "under" and view.parse.pos[i] == "ADP" and q.cls == "count" and q.value < 5 and q.form == "words"


_AMOUNTS = frozenset(
    {
        "percent",
        "cent",
        "%",
        "third",
        "half",
        "quarter",
        "times",
        "fold",
        "threefold",
        "twofold",
        "points",
        "point",
        "pc",
        "pct",
    }
)


def _is_amount(view: View, i: int) -> bool:
    """Whether an amount stands at token i, so that "more than" behind it compares ("a third more than 45")."""
    return (
        view.word(i) in _AMOUNTS or (i in view.tokens and view.parse.tag[i] == "CD") or view.word(i) in ("much", "many")
    )


def _has_mark(view: View, q: Quantity) -> bool:
    """Whether the figure is called a mark ("passed the 650,000 mark", "around the $2bn level")."""
    return (
        view.word(view.at(q.end)) in ("mark", "level", "threshold", "line", "barrier")
        or view.word(q.noun or -1) == "mark"
    )


def _behind(view: View, q: Quantity) -> tuple[str, int, int] | None:
    """ "202 million or more", "50-plus", "100+ companies"; read behind the number and behind its unit."""
    for at in dict.fromkeys((q.number[1], q.end)):
        found = bound_words().after.match(view.text[at : at + 24])
        if found and not (
            found[1].lower() == "and up" or (found[1] in ("+", "plus") and view.text[at : at + 1] == " ")
        ):
            words = re.sub(r"\s+", " ", found[1]).lower()
            return bound_words().bound_after[words], at + found.start(1), at + found.end(1)
    return None
