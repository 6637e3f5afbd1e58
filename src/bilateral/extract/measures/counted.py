"""What a number counts: the noun phrase behind it, and whether its head is persons.

Owns the walk over the tokens behind a number; grammar comes from the parse, labels of the world from lexicon.py.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bilateral.extract.measures.lexicon import cues, lexicon
from bilateral.extract.measures.numberwords import SCALES
from bilateral.extract.measures.quantity import View

_MODIFIER_POS = frozenset({"ADJ", "NOUN", "PROPN"})


class Counted(NamedTuple):
    """A counted noun: its token, the span of the noun with its modifiers, and both as words in the singular."""

    noun: int
    start: int
    end: int
    words: str
    is_hyphenated: bool = False


def counted(view: View, at: int, *, after_of: bool) -> Counted | None:
    """The noun phrase that starts at token `at`, or behind "of" where the number is a part or a vague amount."""
    i, last = at, view.tokens.stop
    behind_of = view.word(i) == "of"
    i += behind_of
    hyphenated = i < last and view.word(i) in ("-", "–") and not _has_gap(view, i)
    i += hyphenated
    if view.word(i) == "more" and i + 1 < last and view.parse.pos[i + 1] in _MODIFIER_POS:
        i += 1
    while i < last and (behind_of or after_of) and view.word(i) in cues("counted", "determiners"):
        i += 1
    if behind_of and i < last and (view.parse.tag[i] == "CD" or view.word(i) in SCALES):
        i += 1
    if behind_of and view.word(i) in ("them", "whom", "us"):
        return Counted(i, view.parse.start[i], view.parse.end[i], "people")
    found = _phrase_from(view, i, hyphenated)
    return None if found is not None and behind_of and view.lemma(found.noun) in cues("counted", "times") else found


def _has_gap(view: View, i: int) -> bool:
    return i > 0 and view.parse.start[i] > view.parse.end[i - 1]


def _phrase_from(view: View, first: int, hyphenated: bool) -> Counted | None:
    noun, i = None, first
    while i < view.tokens.stop and _continues(view, i, first, noun):
        if view.parse.pos[i] in ("NOUN", "PROPN") or view.parse.tag[i] in ("NNS", "NNPS"):
            noun = i
            if _closes(view, i):
                break
        i += 1
    if noun is None or view.word(noun) in cues("counted", "not_counted"):
        return _adjective_alone(view, first, i)
    return _made(view, first, noun, hyphenated)


def _continues(view: View, i: int, first: int, noun: int | None) -> bool:
    """Whether token i still belongs to the noun phrase that began at `first` and has its last noun at `noun`."""
    word, tag, pos = view.word(i), view.parse.tag[i], view.parse.pos[i]
    if word in cues("counted", "not_counted") or re.match(r"\d[\d.,]*[a-z]", word):
        return False
    if pos in ("NOUN", "PROPN"):
        return True
    if word in ("-", "–") and i > first:
        return not _has_gap(view, i) and not _has_gap(view, i + 1) if i + 1 < view.tokens.stop else False
    if tag == "CD" and re.match(r"[a-z]+-?\d", word):
        return True
    if tag == "CD" and i > first and view.parse.pos[i - 1] != "NOUN":
        return view.parse.head[i] > i
    if noun is not None and view.word(i - 1) not in ("-", "–") and not (word == "and" and _joins_modifiers(view, i)):
        return False
    if pos == "ADJ":
        return tag not in ("JJR",) or word != "more"
    if tag in ("VBN", "VBG", "VBD"):
        return view.parse.dep[i] in ("amod", "compound", "nmod") or _before_plural(view, i)
    if word in ("and", ",", "or") and i > first:
        return _joins_modifiers(view, i)
    return pos == "ADV" and view.parse.head[i] > i and view.parse.pos[view.parse.head[i]] == "ADJ"


def _joins_modifiers(view: View, i: int) -> bool:
    """Whether "and" or a comma joins two modifiers of a noun behind them ("digital and physical sales")."""
    pos = view.parse.pos
    if i + 2 >= view.tokens.stop or pos[i - 1] != pos[i + 1] or view.parse.tag[i - 1] in ("NNS", "NNPS"):
        return False
    return pos[i - 1] == "ADJ" or (pos[i - 1] == "PROPN" and view.parse.tag[i + 2] == "NNS")


def _before_plural(view: View, i: int) -> bool:
    return i + 1 < view.tokens.stop and view.parse.tag[i + 1] in ("NNS", "NNPS")


def _closes(view: View, i: int) -> bool:
    """A plural ends the phrase, unless a hyphen or another plural goes on ("sales managers")."""
    if view.parse.tag[i] not in ("NNS", "NNPS"):
        return False
    follows = i + 1 < view.tokens.stop and view.parse.tag[i + 1] in ("NNS", "NNPS") and view.parse.head[i] == i + 1
    return not follows and view.word(i + 1) not in ("-",)


def _adjective_alone(view: View, first: int, stop: int) -> Counted | None:
    """A demonym that stands for its people and is tagged as an adjective ("200 Vietnamese"), or whose noun comes with
    the next number ("32 Saudi and 45 Chinese companies")."""
    if (
        stop > first
        and view.word(stop) in ("and", "or")
        and view.parse.tag[min(stop + 1, view.tokens.stop - 1)] == "CD"
    ):
        shared = _phrase_from(view, stop + 2, False)
        if shared is not None and view.parse.tag[shared.noun] == "NNS":
            return Counted(shared.noun, view.parse.start[first], view.parse.end[stop - 1], shared.words)
    if stop > first and view.parse.tag[stop - 1] in ("JJ", "NNP") and view.text[view.parse.start[stop - 1]].isupper():
        return _made(view, first, stop - 1, False)
    return None


def _made(view: View, first: int, noun: int, hyphenated: bool) -> Counted:
    parse = view.parse
    words = [view.word(i) for i in range(first, noun)]
    words.append(parse.lemma[noun].lower() if parse.pos[noun] == "NOUN" else view.word(noun))
    joined = re.sub(r" ?- ?", "-", " ".join(words))
    return Counted(noun, parse.start[first], parse.end[noun], joined, hyphenated)


def is_persons(view: View, noun: int) -> bool:
    """Whether a counted noun is persons, by its lemma or as the last word of a compound."""
    if view.lemma(noun - 1) in ("jet", "stealth") and view.lemma(noun) == "fighter":
        return False
    if view.lemma(noun) in ("head", "chief") and view.word(noun + 1) == "of":
        return view.word(noun + 2) in ("state", "government", "mission", "staff", "delegation", "household")
    people = lexicon().people
    word, lemma = view.word(noun), view.lemma(noun)
    if lemma in people or word in people or word.rstrip("s") in people:
        return True
    return view.parse.tag[noun] in ("NNS", "NNPS") and bool(_PERSON.search(word)) and word not in _THINGS


# Endings of words for persons in the plural, and words with such an ending that are none.
_PERSON = re.compile(r"[a-z]{2}(?:ists|icians|arians|orians|ologists|women|smen|[^ci]men|workers|keepers|makers)$")
_THINGS = frozenset({"lists", "twists", "mists", "fists", "specimen", "regimens", "omens", "timekeepers", "bookmakers"})
