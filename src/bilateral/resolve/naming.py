"""Personal names: reading one from tokens, and telling whether two spellings are one person's.

Name order is kept as written; nothing is known here of offices or states.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from bilateral.knowledge.spelling import sound
from bilateral.resolve.view import View
from bilateral.resolve.words import words

_LONGEST = 7
_CLOSED = frozenset(("DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "PUNCT", "NUM", "PART", "SYM", "INTJ"))
_INITIAL = re.compile(r"(?:[A-Z]\.)+(?:-[A-Z]\.)*|[A-Z]")
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ`.\-][^\W\d_]*)*")
_MIXED = re.compile(r"[A-Z][A-Za-z]{0,4}[a-z][A-Z]+s?|[A-Z]+s")  # "MoU", "MoFA", "NGOs" are no names
_ACRONYM = 4
# Small words between two names of one man.
SONS = frozenset(("bin", "ibn", "bint", "binti", "ben", "ould", "abu"))
# Particles that are English words where no hyphen joins them to the name ("X at Temple House").
_PREPOSITIONS = frozenset(("at", "as", "an", "a"))
_SPELLED = 6  # letters of a word from which two spellings of it may differ in vowels
_SMALL = frozenset(("an", "do", "so", "to", "in", "on", "he", "my", "am", "by"))
Stop = Callable[[int], bool]


def name_end(view: View, i: int, stop: Stop) -> int:
    """The token after the personal name that starts at token i, or i where none does.

    Particles count inside and before a name, hyphens join; `stop` says which tokens are something else.
    """
    last, at, count = i, i, 0
    while at < len(view.words) and count < _LONGEST and not stop(at) and not (count and at in view.breaks):
        if view.low[at] in words().names.particles and view.is_hyphen(at + 1) and is_name_word(view, at + 2):
            at = last = _over_hyphens(view, at)
        elif _is_particle(view, at, count) and _goes_on(view, at, stop):
            at += 1
        elif is_name_word(view, at) or (count and _is_small_name(view, at)):
            at = last = _over_hyphens(view, at)
        elif count and view.low[at] in words().names.suffixes:
            return at + 1
        else:
            break
        count += 1
    return last if _is_name(view, i, last) else i


def _is_particle(view: View, i: int, count: int) -> bool:
    """Whether a small word may stand inside or before a name; "at" and "as" only where a hyphen joins them."""
    if view.low[i] not in words().names.particles or (view.low[i] in _PREPOSITIONS and not view.is_capital(i)):
        return False
    return count > 0 or _is_opening(view, i)


def _is_opening(view: View, i: int) -> bool:
    """Whether a particle may open a name: "bin Salman", "al-Sisi", but not "an Envoy" or "as Chair"."""
    return view.low[i] not in ("a", "as", "an", "at", "do", "e", "y", "la", "le", "du")


def _goes_on(view: View, i: int, stop: Stop) -> bool:
    """Whether a name goes on behind a particle, with up to two more particles in between."""
    at = i + 1
    for _ in range(3):
        if at >= len(view.words) or stop(at):
            return False
        if is_name_word(view, at):
            return True
        if view.low[at] not in words().names.particles:
            return False
        if view.is_hyphen(at + 1):
            return is_name_word(view, at + 2)
        at += 1
    return False


def _over_hyphens(view: View, i: int) -> int:
    """The token after i, or after the words that hyphens join to it."""
    i += 1
    while view.is_hyphen(i) and view.words[i + 1][:1].isalpha():
        i += 2
    return i


def is_name_word(view: View, i: int) -> bool:
    """Whether token i may be a word of a personal name: capitalised, no function word, day, month or press word."""
    word = view.words[i]
    if not word[:1].isupper():
        return False
    if view.low[i].rstrip(".") in words().names.not_names and not _is_given_name(view, i):
        return False
    if _INITIAL.fullmatch(word):
        return view.parse.pos[i] == "PROPN" or word.endswith(".")
    if not _WORD.fullmatch(word) or _MIXED.fullmatch(word):
        return False
    if view.parse.tag[i] == "MD":  # "Will Helsinki pay?"
        return False
    return view.parse.ent[i][2:] == "PERSON" or view.parse.pos[i] not in _CLOSED


def _is_small_name(view: View, i: int) -> bool:
    """Whether a word like "An" or "Do" is part of a name behind another word of it."""
    return view.is_capital(i) and view.low[i] in _SMALL and view.parse.pos[i] == "PROPN"


def _is_given_name(view: View, i: int) -> bool:
    """Whether "He" is a family name and no pronoun, by the model's word, or "Said" a name behind "bin"."""
    if view.low_at(i - 1) in SONS:
        return True
    return view.words[i] == "He" and view.parse.ent[i] == "B-PERSON" and view.parse.pos[i] == "PROPN"


def _is_name(view: View, first: int, last: int) -> bool:
    """Whether tokens read as a name: one word that is no acronym and no initial, or more."""
    if last <= first:
        return False
    whole = [w for w in view.words[first:last] if len(w) > 1 and not _INITIAL.fullmatch(w)]
    if not whole:
        return False
    if len(whole) == 1 and whole[0].isupper() and len(whole[0]) <= _ACRONYM:
        return any(view.parse.ent[k][2:] == "PERSON" for k in range(first, last))
    if view.headline.issuperset(range(first, last)) and len(whole) == 1:
        return view.parse.pos[last - 1] == "PROPN"
    return True


def name_start(view: View, last: int, stop: Stop) -> int:
    """The first token of the personal name that ends before token `last`, or `last` where none does."""
    first = last
    while first > 0 and last - first < _LONGEST and not stop(first - 1) and first not in view.breaks:
        k = first - 1
        if (
            view.is_hyphen(k)
            or (view.is_hyphen(k - 1) and view.words[k].isalpha())
            or (view.low[k] in words().names.particles and view.low[k] not in _PREPOSITIONS)
            or view.low[k] in words().names.suffixes
            or (is_name_word(view, k) and (view.parse.pos[k] == "PROPN" or view.parse.ent[k][2:] == "PERSON"))
        ):
            first = k
        else:
            break
    while first < last and name_end(view, first, stop) != last:
        first += 1
    return first


@lru_cache(maxsize=4096)
def tokens_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: no accents, no case, initials without full stops."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    found = (w.strip(".'") for w in re.split(r"[\s\-–]+", plain.casefold().replace("’", "'")))
    return tuple(w for w in found if w)


def is_same(a: str, b: str) -> bool:
    """Whether two spellings fit one person: the words of the shorter stand in the longer, initials fitting."""
    one, two = sorted((tokens_of(a), tokens_of(b)), key=len)
    if set(one).isdisjoint(two) and not any(len(word) == 1 for word in (*one, *two)):
        return False
    particles = words().names.particles
    one = tuple(w for w in one if w not in particles) or one
    if not one or not _share_whole_words(one, two):
        return False
    left = list(two)
    for word in one:
        fit = next((k for k in left if _fits(word, k)), None)
        if fit is None:
            return False
        left.remove(fit)
    return len(one) > 1 or len(one[0]) > 1


@lru_cache(maxsize=4096)
def _sounds(name: str) -> tuple[str, ...]:
    particles = words().names.particles
    return tuple(sound(w) for w in tokens_of(name) if w not in particles)


def sounds_alike(a: str, b: str) -> bool:
    """Whether two whole names are one in two transliterations ("Shukhrat Yuldashev", "Shuhrat Yo'ldoshev")."""
    one, two = _sounds(a), _sounds(b)
    if len(one) < 2 or len(two) < 2:
        return False
    return "".join(one) == "".join(two) or (len(one) == len(two) and all(map(_is_near, one, two)))


def is_part_alike(part: str, whole: str) -> bool:
    """Whether a single name is the family name of a whole one in another transliteration."""
    one, two = _sounds(part), _sounds(whole)
    return len(one) == 1 and len(two) > 1 and len(one[0]) >= _SPELLED and _is_near(one[0], two[-1])


def _is_near(a: str, b: str) -> bool:
    """Whether two words are one but for vowels, long enough that this is no chance ("iuldashev", "ioldoshev")."""
    return a == b or (len(a) >= _SPELLED and len(b) >= _SPELLED and a[-1] == b[-1] and _bones(a) == _bones(b))


def _bones(word: str) -> str:
    return "".join(c for c in word if c not in "aeiou=")


def _share_whole_words(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether the full words of one name all stand in the other: "George Watanabe" is no George W. Bush."""
    whole, other = ({w for w in name if len(w) > 1} for name in (one, two))
    return whole <= other or other <= whole


def _fits(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def slug(name: str) -> str:
    """A name as an id: lower case, no accents, hyphens between the words."""
    return "-".join(re.sub(r"[^a-z0-9]", "", w) or "x" for w in tokens_of(name))


def fullest(names: Iterable[str]) -> str:
    """The fullest of some spellings: the one with most whole words, then the longest, then the first."""
    return max(names, key=lambda n: (sum(len(w) > 1 for w in tokens_of(n)), len(n)))
