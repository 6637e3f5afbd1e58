"""Spellings of one name across transliterations: a word of a name in the one form that they share (spellings.toml).

Pure functions over words; what makes two whole names one person's is for `people.names` and `resolve.naming`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

FILE = "spellings.toml"
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ə": "a",
})  # fmt: skip
_SHORT = 4  # letters up to which a word is a syllable of an East Asian name rather than a name
APOSTROPHES = re.compile(r"[’'`ʻʼ‘ʿʾ]")
# Transliterations of one sound, in order; what they give is no spelling that anybody uses.
_RULES: tuple[tuple[str, str], ...] = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("tsch", "ch"), ("tz", "ts"), ("ph", "f"), ("kh", "h"), ("gh", "g"),
    ("dj", "j"), ("dzh", "j"), ("zh", "j"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("th", "t"), ("dh", "d"),
    ("yo", "io"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("aa", "a"), ("ay", "ai"), ("ey", "ei"), ("oy", "oi"),
)  # fmt: skip
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("iy", "i"), ("ii", "i"), ("ij", "i"), ("yy", "i"), ("yi", "i"), ("off", "ov"), ("eff", "ev"), ("ow", "ov"),
    ("aya", "aia"), ("iya", "ia"), ("skaia", "ska"), ("skoi", "ski"), ("tski", "tsk"), ("y", "i"), ("ie", "i"),
)  # fmt: skip


class Lists(NamedTuple):
    """Given names by the first spelling of their group, and words that are no name."""

    groups: dict[str, str]
    honorifics: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]


@cache
def lists() -> Lists:
    """The lists of spellings.toml, as plain words."""
    data: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    groups = {plain(w): line.split()[0] for line in data["groups"].splitlines() if line.strip() for w in line.split()}
    return Lists(groups, *(frozenset(map(plain, data[name].split())) for name in Lists._fields[1:]))


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word in small letters without marks and apostrophes."""
    low = unicodedata.normalize("NFKD", APOSTROPHES.sub("", word).casefold().translate(_LETTERS))
    return "".join(c for c in low if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A word of a name in the one spelling that its transliterations share."""
    low = plain(word).rstrip(".")
    groups = lists().groups
    if low in groups:
        return f"={groups[low]}"
    for ending, one in _ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            low = low.removesuffix(ending) + one
            break
    for spelling, one in _RULES:
        low = low.replace(spelling, one)
    if len(low) > _SHORT:
        low = re.sub(r"^(?:ye|je)", "e", re.sub(r"^(?:yu|ju|iu)", "u", re.sub(r"^(?:ya|ja|ia)", "a", low)))
    low = low.replace("iu", "u").replace("yu", "u").replace("ia", "a").replace("ya", "a").replace("j", "zh")
    return re.sub(r"(.)\1", r"\1", low.replace("y", "i"))
