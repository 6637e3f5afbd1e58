"""Whether two spellings may be one person's name, and why: transliterations, order, initials, double surnames.

Pure functions over strings. A state's code, where known, tells the usual order of names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from bilateral.knowledge.spelling import APOSTROPHES, lists, plain, sound

Verdict = Literal["same", "initial", "part", "open", "different"]
# States whose names put the family first, so that a report may turn them round.
FAMILY_FIRST = frozenset(("CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "JPN", "VNM", "KHM", "HUN", "SGP", "MNG"))
# States whose people are spoken of by their given name (or either), not by a family name.
BY_GIVEN = frozenset(("VNM", "THA", "LAO", "KHM", "ISL", "ETH", "ERI", "MMR", "IDN", "MYS", "BTN", "MNG", "IND", "LKA"))
SPANISH = frozenset((
    "ESP", "MEX", "ARG", "COL", "PER", "VEN", "CHL", "ECU", "GTM", "CUB", "BOL", "DOM", "HND", "PRY", "SLV", "NIC",
    "CRI", "PAN", "URY", "GNQ", "PRT", "BRA", "AGO", "MOZ", "CPV", "PHL",
))  # fmt: skip
_PATRONYMIC = re.compile(r"(?:ov|ev|yev|y|i)(?:ich|ych|na)$|(?:uly|kyzy|oglu|ogly|zade|ovych|ivna|yevych|evych)$")
_WORD = re.compile(r"[^\W\d_]+\.?")


class Name(NamedTuple):
    """A name taken apart: its words without address and particles in one spelling, initials, patronymics, order told.

    `letters` are what the words begin with. `words` are in the order written,
    but for "Family, Given" and "FAMILY Given", which are turned round.
    """

    words: tuple[str, ...]
    letters: tuple[str, ...]
    initials: frozenset[str]
    patronymics: tuple[str, ...]
    sons_of: tuple[str, ...]


class Compared(NamedTuple):
    """How two names compare, and the reasons in words.

    same: two spellings of one whole name; initial: one has an initial for what the other spells out; part: one is a
    part of the other (family name alone); open: nothing in common or too little; different: they contradict each other.
    """

    verdict: Verdict
    reasons: tuple[str, ...]


@lru_cache(maxsize=65536)
def parted(name: str) -> Name:
    """A name taken apart."""
    _, honorifics, particles, suffixes = lists()
    if "," in name and (cut := name.split(",", 1)) and plain(cut[1]).strip().strip(".") not in suffixes:
        name = f"{cut[1]} {cut[0]}"
    found = _WORD.findall(APOSTROPHES.sub("", name.replace("-", " ")))
    if len(found) > 1 and found[0].isupper() and len(found[0].rstrip(".")) > 2 and not found[-1].isupper():
        found = [*found[1:], found[0]]
    while len(found) > 1 and (plain(found[0]).rstrip(".") in honorifics and not _is_initial(found[0])):
        found = found[1:]
    words: list[str] = []
    letters: list[str] = []
    initials, patronymics, sons = set(), [], []
    is_son = False
    for word in found:
        low = plain(word).rstrip(".")
        if low in ("bin", "ibn", "ben", "bint", "binti", "ould") and words:
            is_son = True
        elif is_son:
            sons.append(sound(low))
            is_son = False
        elif low in suffixes or low in particles:
            continue
        elif _is_initial(word):
            initials.add(low)
        elif _PATRONYMIC.search(low) and words and len(low) > 6 and word is not found[-1]:
            patronymics.append(sound(low))
        else:
            words.append(sound(low))
            letters.append(low[:1])
    return Name(tuple(words), tuple(letters), frozenset(initials), tuple(patronymics), tuple(sons))


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isupper()


def keys(name: str) -> frozenset[str]:
    """What a name is found by: names that may be one share a key."""
    words = parted(name).words
    return frozenset((*words, "".join(sorted(w.lstrip("=") for w in words)))) if words else frozenset((plain(name),))


def compared(one: str, two: str, country: str | None = None) -> Compared:
    """Whether two spellings may be one person's, with the reasons; `country` tells the usual order."""
    a, b = parted(one), parted(two)
    if a.patronymics and b.patronymics and set(a.patronymics) != set(b.patronymics):
        return Compared("different", ("two patronymics",))
    if a.sons_of and b.sons_of and set(a.sons_of[:1]) != set(b.sons_of[:1]):
        return Compared("different", ("sons of two fathers",))
    if not a.words or not b.words:
        return Compared("open", ("one has no word of a name",))
    reasons = [] if plain(one) == plain(two) else ["spelled in two ways"]
    if a.initials and b.initials and not a.initials & b.initials:
        return Compared("different", ("two initials",))
    if a.words == b.words or "".join(a.words) == "".join(b.words):
        return Compared("same" if len(a.words) > 1 or a.initials == b.initials else "part", _told(a, b, reasons))
    if (country is None or country in FAMILY_FIRST) and _is_turned(a.words, b.words):
        return Compared("same", (*reasons, "family name first in one of them"))
    if sorted(a.words) == sorted(b.words):
        turned = country in FAMILY_FIRST or len(a.words) == 2
        return Compared("same" if turned else "open", (*reasons, "family name first in one of them"))
    short, long = sorted((a, b), key=lambda n: (len(n.words), n.words))
    if set(short.words) <= set(long.words):
        return _within(short, long, country, reasons)
    return _contradicting(a, b)


def _is_turned(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names are one with the family name first and last ("Chen Wei-ming", "Weiming Chen")."""
    turns = ((*b[i:], *b[:i]) for i in (1, len(b) - 1))
    return min(len(a), len(b)) > 1 and any("".join(a) == "".join(turn) for turn in turns)


def _told(a: Name, b: Name, reasons: list[str]) -> tuple[str, ...]:
    if a.patronymics != b.patronymics:
        reasons = [*reasons, "one has the patronymic"]
    return tuple(reasons) or ("same spelling",)


def _within(short: Name, long: Name, country: str | None, reasons: list[str]) -> Compared:
    """Two names one of which has words that the other lacks."""
    missing = [c for w, c in zip(long.words, long.letters, strict=True) if w not in short.words]
    if len(short.words) > 1:
        return _longer(short, long, country, reasons)
    if short.initials:
        if any(_starts(i, letter) for i in short.initials for letter in missing):
            return Compared("initial", (*reasons, "an initial stands for the given name"))
        return Compared("different", ("the initial is another name's",))
    if _is_usual(short.words[0], long, country):
        return Compared("part", (*reasons, "one is the short form of the other"))
    return Compared("open", (*reasons, "one is a given name alone"))


def _longer(short: Name, long: Name, country: str | None, reasons: list[str]) -> Compared:
    """A second given name or surname that one of two names has."""
    is_ends = short.words[0] == long.words[0] and short.words[-1] == long.words[-1]
    first, second = short.words[0] == long.words[0], short.words[-1] in long.words[1:]
    if is_ends:
        return Compared("same", (*reasons, "one has a middle name more"))
    if first and second and (country in SPANISH or country is None):
        return Compared("same", (*reasons, "one has both surnames"))
    if short.words[-1] == long.words[-1] and country in SPANISH:
        return Compared("part", (*reasons, "surnames alone"))
    if country in FAMILY_FIRST or country in BY_GIVEN:
        return Compared("same", (*reasons, "one has a name more"))
    if short.words == long.words[: len(short.words)] or short.words == long.words[-len(short.words) :]:
        return Compared("part", (*reasons, "one is a part of the other"))
    return Compared("open", (*reasons, "the words they share stand in other places"))


def _starts(initial: str, letter: str) -> bool:
    """Whether an initial may begin a word in another transliteration ("E. Orlova", "Yelena Orlova")."""
    return initial == letter or any(initial in alike and letter in alike for alike in ("yje", "kc", "uyj"))


def _is_usual(word: str, long: Name, country: str | None) -> bool:
    """Whether people of a state are called by that word of their name alone."""
    if country in BY_GIVEN or country is None:
        return True
    if country in FAMILY_FIRST:
        return word in (long.words[0], long.words[-1])
    if country in SPANISH:
        return word in long.words[1:]
    return word == long.words[-1]


def _contradicting(a: Name, b: Name) -> Compared:
    """Names that share a word and differ in another, or share none."""
    shared = set(a.words) & set(b.words)
    if not shared:
        return Compared("different", ("no word in common",))
    if len(a.words) > 1 and len(b.words) > 1:
        return Compared("different", ("other given names or surnames",))
    return Compared("open", ("one word in common",))
