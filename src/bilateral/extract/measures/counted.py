"""What a number counts: the noun phrase behind it, and whether its head is persons.

Owns the walk over the tokens behind a number; grammar comes from the parse, labels of the world from lexicon.py.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bilateral.extract.measures.lexicon import cues, lexicon, table
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
    i = _past_owner(view, i) if behind_of else i
    if behind_of and i < last and (view.parse.tag[i] == "CD" or view.word(i) in SCALES):
        i += 1
    if behind_of and view.word(i) in ("them", "whom", "us"):
        return Counted(i, view.parse.start[i], view.parse.end[i], "people")
    found = _phrase_from(view, i, hyphenated)
    if found is not None and view.parse.tag[found.noun] in ("NN", "NNP") and view.text[found.start].isupper():
        found = _adjective_alone(view, i, found.noun + 1) or found
    return None if found is not None and behind_of and view.lemma(found.noun) in cues("counted", "times") else found


def _past_owner(view: View, i: int) -> int:
    """Past whose things are counted ("five of Japan's nineteen projects"), else token i itself."""
    k = i
    while k + 1 < view.tokens.stop and view.parse.pos[k] == "PROPN":
        k += 1
    return k + 1 if k > i and view.word(k) in _OWNERS and k + 1 < view.tokens.stop else i


_OWNERS = frozenset({"'s", "’s", "'", "’"})


def _has_gap(view: View, i: int) -> bool:
    return i > 0 and view.parse.start[i] > view.parse.end[i - 1]


def _phrase_from(view: View, first: int, hyphenated: bool) -> Counted | None:
    noun, i = None, first
    while i < view.tokens.stop and _continues(view, i, first, noun):
        if view.parse.pos[i] in ("NOUN", "PROPN") or view.parse.tag[i] in ("NNS", "NNPS"):
            noun = i
            if _closes(view, i):
                break
        elif view.parse.tag[i] == "VBZ":
            noun = i
            break
        i += 1
    if noun is None or view.word(noun) in cues("counted", "not_counted") or _is_verb(view, noun):
        return _adjective_alone(view, first, i)
    return _made(view, first, noun, hyphenated)


def _is_verb(view: View, noun: int) -> bool:
    """Whether a noun in the singular is a verb of staying or moving ("another 19 stay behind bars")."""
    return view.parse.tag[noun] == "NN" and view.word(noun) in cues("counted", "verbs")


def _is_mistaken(view: View, i: int) -> bool:
    """Whether a plural was taken for a verb ("paid Tbilisi eleven calls"): no verb in -s follows a number."""
    return view.parse.tag[i] == "VBZ" and view.word(i) in cues("counted", "mistaken")


def _continues(view: View, i: int, first: int, noun: int | None) -> bool:
    """Whether token i still belongs to the noun phrase that began at `first` and has its last noun at `noun`."""
    word, tag, pos = view.word(i), view.parse.tag[i], view.parse.pos[i]
    if word in cues("counted", "not_counted"):
        return _is_frequency(view, i)
    if re.match(r"\d[\d.,]*[a-z]", word):
        written = view.text[view.parse.start[i] : view.parse.end[i]]
        return i > first and re.fullmatch(r"\d+[A-Z]{1,2}\d*", written) is not None
    if noun == i - 1 and view.parse.dep[i] == "npadvmod" and view.word(i + 1) == "-":
        return False
    if pos in ("NOUN", "PROPN") or (i == first and _is_mistaken(view, i)):
        return True
    if word in ("-", "–") and i > first:
        return not _has_gap(view, i) and not _has_gap(view, i + 1) if i + 1 < view.tokens.stop else False
    if tag == "CD" and re.match(r"[a-z]+-?\d", word):
        return True
    if tag == "CD" and i > first and view.parse.pos[i - 1] != "NOUN":
        return view.parse.head[i] > i
    return _continues_noun(view, i, noun) if noun is not None else _modifies(view, i, first)


def _is_frequency(view: View, i: int) -> bool:
    """Whether "weekly" or "daily" stands before the noun that is counted ("26 weekly services")."""
    word = view.word(i)
    behind = view.parse.tag[i + 1] if i + 1 < view.tokens.stop else ""
    return word.endswith("ly") and word != "annually" and behind in ("NNS", "NN")


_ROLES = ("pobj", "dobj", "nsubj", "nsubjpass", "conj", "attr")


def _continues_noun(view: View, i: int, noun: int) -> bool:
    """Whether token i goes on behind a noun: a plural taken for a verb, an owner's "'s" and what is owned, the rest of
    a compound whose head comes later."""
    word, pos, parse = view.word(i), view.parse.pos[i], view.parse
    if noun == i - 1 and _is_mistaken(view, i) and parse.dep[i] in _ROLES:
        return True
    if pos == "ADJ" and parse.head[noun] > i and parse.dep[noun] in ("amod", "compound", "nmod"):
        return True
    if noun == i - 1 and word in _OWNERS:
        return i + 1 < view.tokens.stop and parse.pos[i + 1] in _MODIFIER_POS
    if view.word(i - 1) in _OWNERS:
        return pos == "ADJ"
    joined = view.word(i - 1) in ("-", "–") or (word == "and" and _joins_modifiers(view, i))
    return joined and _modifies(view, i, noun)


def _modifies(view: View, i: int, first: int) -> bool:
    """Whether token i is a modifier of a noun behind it, or joins two."""
    word, tag, pos = view.word(i), view.parse.tag[i], view.parse.pos[i]
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
    return not follows and view.word(i + 1) not in ("-", *_OWNERS)


_HEDGES = frozenset(
    [
        "not",
        "no",
        "fewer",
        "less",
        "more",
        "than",
        "at",
        "least",
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "over",
        "up",
        "to",
        "as",
        "many",
        "roughly",
        "under",
        "and",
        "just",
        "only",
    ]
)


def _adjective_alone(view: View, first: int, stop: int) -> Counted | None:
    """A demonym that stands for its people and is tagged as an adjective ("200 Vietnamese"), or whose noun comes with
    the next number ("32 Saudi and 45 Chinese companies")."""
    at = stop + 1
    while at < stop + 6 and view.word(at) in _HEDGES:
        at += 1
    if stop > first and view.word(stop) in ("and", "or", ",") and view.parse.tag[min(at, view.tokens.stop - 1)] == "CD":
        shared = _phrase_from(view, at + 1, False)
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
    if view.lemma(noun) == "force" and view.word(noun - 1) in ("air", "task", "driving", "armed"):
        return False
    if view.lemma(noun) == "fighter" and _is_flown(view.word(noun - 1)):
        return False
    if view.lemma(noun) in ("head", "chief") and view.word(noun + 1) == "of":
        return view.word(noun + 2) in ("state", "government", "mission", "staff", "delegation", "household")
    people = lexicon().people
    word, lemma = view.word(noun), view.lemma(noun)
    if lemma in people or word in people or word.rstrip("s") in people:
        return True
    if view.parse.tag[noun] not in ("NNS", "NNPS") or word in _THINGS:
        return False
    return bool(_PERSON.search(word)) or (bool(_DOER.search(word)) and word not in cues("counted", "things_er"))


# "a 120-member delegation": the group's size, in persons of its kind.
_SIZED = re.compile(r"[-‑ ](?:strong|member|man|woman|person|men|people|soldier|troop)\b", re.I)


def sized(view: View, at: int, noun: int) -> str | None:
    """What the members of a group are whose size stands before it ("a 90-strong delegation"), else None."""
    return table("cues.toml")["groups"].get(view.lemma(noun)) if _SIZED.match(view.text, at) else None


def _is_flown(before: str) -> bool:
    """Whether the word before "fighters" makes them aircraft ("Su-30 fighters", "Rafale fighters")."""
    return before in cues("counted", "aircraft") or re.search(r"\d", before) is not None


# Endings of words for persons in the plural, and words with such an ending that are none.
_PERSON = re.compile(r"[a-z]{2}(?:ists|icians|arians|orians|ologists|women|smen|[^ci]men|workers|keepers|makers)$")
_DOER = re.compile(r"[a-z]{3}(?:ers|[aeiou]tors|[cs]tors|eers)$")
_THINGS = frozenset({"lists", "twists", "mists", "fists", "specimen", "regimens", "omens", "timekeepers", "bookmakers"})
