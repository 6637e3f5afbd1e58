"""Which states word an office or a body so: who has a "Secretary of State", who has no ministries, who has kings.

Lists only, read from words.toml; what they weigh against other signs is for context.py.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import cache
from typing import NamedTuple

from bilateral.knowledge import Title
from bilateral.resolve.words import words

_FOREIGN = ("foreign", "external")


class Wording(NamedTuple):
    """The state that an office without a state is taken for, and the others that word it so too."""

    first: str
    others: frozenset[str]
    is_widespread: bool

    def may_be_absent(self, named: Container[str]) -> bool:
        """Whether the first state is meant though the document does not name it; `named` are those it names."""
        return not self.is_widespread and all(code not in named for code in self.others)


def wording(key: str) -> Wording | None:
    """The states that word an office so, or None where any state may."""
    first = words().titles.usage.get(key)
    if first is None:
        return None
    return Wording(first, words().titles.shared.get(key, frozenset()), key in words().titles.widespread)


@cache
def lacking(phrase: str) -> frozenset[str]:
    """The states that have no such office or body ("ministry": the United States; "president": kingdoms)."""
    lists, found = words().titles, frozenset[str]()
    for word, codes in lists.lacking.items():
        if word == phrase or word in phrase.split():
            found |= codes
    return found | (lists.monarchies if "president" in phrase.split() else frozenset())


def may_have(phrase: str, code: str) -> bool:
    """Whether a state may have an office or body of these words without saying whose it is."""
    if phrase.split()[-1:] and phrase.split()[-1] in words().titles.royal:
        return code in words().titles.monarchies
    known = wording(phrase)
    return code not in lacking(phrase) and (known is None or code == known.first or code in known.others)


def level_in(title: Title, level: str, code: str | None, body: Iterable[str]) -> str:
    """The level of an office in a state: a Cambodian secretary of state is a deputy, a Latin chancellor a minister."""
    if code is None:
        return level
    if title.words == "chancellor":
        return "FM" if level == "HOG" and code in words().regions.states["latin american"] else level
    is_deputy = code in words().titles.shared.get(title.words, ()) and code not in words().titles.secretaries
    if level not in ("FM", "MIN", "DFM") or not is_deputy:
        return level
    is_foreign = any(w in _FOREIGN for w in (*title.words.split(), *body))
    return "DFM" if is_foreign else "OFF"
