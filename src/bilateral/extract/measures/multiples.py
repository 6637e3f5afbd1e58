"""Changes told by one word: "doubled", "halved", "a threefold rise", "twice as much".

Owns the words that multiply; which level such a change belongs to is linking.py's.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from bilateral.extract.measures.bounds import bounded
from bilateral.extract.measures.lexicon import change_words
from bilateral.extract.measures.numberwords import ONES
from bilateral.extract.measures.quantity import Quantity, View

_FOLD = re.compile(r"\b(?P<number>\d+(?:\.\d+)?|[a-z]+?)[- ]?fold\b", re.I)
_FACTORS = frozenset({"twice", "thrice"})


def multiples(view: View, found: list[Quantity]) -> list[Quantity]:
    """The changes of a sentence told by one word, where no figure found already covers it."""
    made = []
    verbs = change_words().multiples
    for i, word in zip(view.tokens, view.low, strict=True):
        if not (word in _FACTORS or word.endswith("fold") or view.parse.lemma[i].lower() in verbs):
            continue
        factor = _factor(view, i)
        if factor is None or any(q.start <= view.parse.start[i] < q.end for q in found):
            continue
        start, end = view.parse.start[i], view.parse.end[i]
        way: Literal["up", "down"] = "up" if factor > 1 else "down"
        q = Quantity(
            start=start, end=end, number=(start, end), value=factor, digits=view.text[start:end], form="multiple",
            unit="times", cls="times", role="change", direction=way, cue=(start, end), verb=i,
        )  # fmt: skip
        made.append(bounded(view, q))
    return made


def _factor(view: View, i: int) -> Decimal | None:
    word, lemma, tag = view.word(i), view.lemma(i), view.parse.tag[i]
    verbs = change_words().multiples
    if lemma in verbs and tag.startswith("VB"):
        return Decimal(verbs[lemma])
    if word in _FACTORS and view.word(i + 1) in ("as", "the", "more", "what", "that", "its", "last"):
        return Decimal(2 if word == "twice" else 3)
    fold = _FOLD.fullmatch(word)
    if fold and fold["number"].lower() not in ("mani", "mane", "uni", "mul"):
        number = fold["number"].lower()
        return Decimal(number) if number[0].isdigit() else Decimal(ONES[number]) if number in ONES else None
    if word == "fold" and view.word(i - 1) == "-" and (value := ONES.get(view.word(i - 2))):
        return Decimal(value)
    return None
