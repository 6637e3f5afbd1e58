"""Over, at least, about, nearly, up to, under: the bound that the words around a number give it.

Owns the reading of bounds.toml against the text; apart from the direction of a change, which changes.py reads.
"""

from __future__ import annotations

import re
from typing import cast

from msgspec import structs

from bilateral.extract.measures.lexicon import bound_before, bound_words
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.model import Bound
from bilateral.syntax import governor, subjects

_REACH = 60
# The word or sign directly before a number.
_LAST = re.compile(r"([\w’']+|[^\w\s-])\.?[\s\u00a0-]*$")


def bounded(view: View, q: Quantity) -> Quantity:
    """The quantity with the bound that stands before or behind it, the nearer of two; unchanged where there is none."""
    found = _before(view, q) or _behind(view, q) or _capped(view, q)
    if found is None:
        return q
    bound, start, end = found
    return structs.replace(q, bound=cast(Bound, bound), bound_span=(start, end))


_CAP = re.compile(
    r"\b(?:(?P<up>ceilings?|caps?|(?:upper )?limits?|maximum)|(?P<down>floor|minimum|lower limit))\b(?! (?:of|"
    r"on) (?:exports|imports) to)[^.;]{0,44}?"
    r"(?:,|\bof|\bat|\bis|\bwas|\bto|\bfrom|\bremains|\bstands at|\bstood at|:)\s+(?:from\s+\S+\s+to\s+)?$",
    re.I,
)


def _told_of(view: View, q: Quantity) -> list[int]:
    """The subjects of the verb above a figure."""
    verb = governor(view.parse, min(view.at(q.number[0]), view.tokens.stop - 1))
    return (
        [s for s in subjects(view.parse, verb) if s in view.tokens] if verb is not None and q.cls != "duration" else []
    )


_CAPS = ("ceiling", "cap", "limit")
_GUESSED = re.compile(
    r"[^.;]{0,34}?,? (?:by|on|at) (?:an?|one|some|rough|official|his|her|the lowest|"
    r"most)? ?(?:\w+ )?(?:estimates?|guess|reckoning)\b",
    re.I,
)


def _capped(view: View, q: Quantity) -> tuple[str, int, int] | None:
    """A figure that a ceiling or a floor is said to be ("the ceiling was lowered from 30 to 20"), or an estimate."""
    if (guess := _GUESSED.match(view.text, q.number[1], view.end)) is not None and q.cls in (
        "money",
        "count",
        "bare",
        "measure",
    ):
        return "about", guess.end() - 8, guess.end()
    if not any(cap in view.low for cap in _CAPS):
        return None
    start = max(view.start, q.start - 64)
    found = _CAP.search(view.text[start : q.start]) if q.cls != "duration" else None
    if found is None:
        head = next((h for h in _told_of(view, q) if view.lemma(h) in _CAPS), None)
        return ("up_to", view.parse.start[head], view.parse.end[head]) if head is not None else None
    name = "up" if found["up"] else "down"
    return ("up_to" if name == "up" else "at_least"), start + found.start(name), start + found.end(name)


def is_bounded(view: View, position: int) -> bool:
    """Whether a bound stands directly before a position."""
    return _match(view, position) is not None


def _match(view: View, position: int) -> re.Match[str] | None:
    start = max(view.start, position - _REACH)
    last = _LAST.search(view.text, max(start, position - 24), position)
    if last is None or (last[1][0].isalpha() and last[1].lower() not in bound_words().last):
        return None
    return bound_before(view.text[start:position])


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
    if words in _PASSING and q.cls in ("count", "bare", "duration"):
        return words == "top" or not _has_mark(view, q)
    if words in ("within", "until", "near", "put at", "minimum", "maximum") and q.cls in ("count", "bare"):
        return words not in ("put at", "minimum", "maximum")
    if words in ("some",) and q.value < 10 and q.scale == 1 and q.cls not in ("money", "percent"):
        return q.form == "words" and q.value < 3
    if words.endswith("than") and _is_amount(view, i - 1):
        return True
    if "the" in found[2].lower().split() and _is_known(view, q, words):
        return True
    if words == "above" and previous in ("the", "and"):
        return True
    return words == "under" and view.parse.pos[i] == "ADP" and q.cls == "count" and q.value < 5 and q.form == "words"


_SIDES = frozenset(
    {"above", "below", "over", "under", "beyond", "exceeding", "exceeded", "topping", "topped", "near", "nearly"}
)
# What makes a figure with "the" one that another is set beside ("above the $2 billion that came from Peru").
_THAT = re.compile(
    r"\s*(?:or so\s+|or more\s+)?(?:that|which|recorded|seen|reported|spent|earned|sold|of|a year|last|in)\b"
)


def _is_known(view: View, q: Quantity, words: str) -> bool:
    """Whether "the" makes a figure one told of before, so that the words around it compare and bound nothing."""
    if words.split()[-1] in _SIDES and _THAT.match(view.text, q.end):
        return True
    compares = words in ("around", "about", "some") or words.endswith(("than", "short of"))
    return compares and not _has_mark(view, q)


_PASSING = frozenset({
    "top", "pass", "passed", "passes", "passing", "cross", "broke", "past", "to clear", "clears", "cleared",
})  # fmt: skip
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
