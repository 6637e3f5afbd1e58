"""What an agreement is called: its title as worded, with what it is about."""

from __future__ import annotations

from bilateral.extract.agreements.instruments import Instrument, Reading
from bilateral.extract.agreements.lexicon import lexicon, word_set
from bilateral.extract.agreements.topics import subjects_of
from bilateral.syntax import is_verb, subtree

_OUTSIDE = ("relcl", "acl", "prep", "appos", "conj", "det", "poss", "nummod")
_LONGEST = 14
_OPENING = ("on", "for", "concerning", "regarding", "about", "against")
_LOOSE = (",", "and", "the", "in", "of", "on", "a", "for", "by", "to", "at", "with")
# What a paper is sent "for" is no part of its title.
_PROCEDURE = frozenset((
    "submission", "ratification", "approval", "signature", "signing", "consideration", "examination", "adoption",
))  # fmt: skip
_MARKS = ("(", ")", ";", ":", '"', "”", "–", "—", ",")


def title(read: Reading, one: Instrument) -> str | None:
    """The words of an agreement's title: in capitals, or with what it is about; None for a bare type or a plural."""
    if one.is_plural:
        return None
    first, last = _first(read, one), _last(read, one)
    if (first, last) == (one.words.start, one.words.stop) and not _is_telling(read, one):
        return None
    return read.doc.text[read.parse.start[first] : read.parse.end[last - 1]]


def _first(read: Reading, one: Instrument) -> int:
    """Where a title starts: at its first modifier that is in capitals or says a subject."""
    parse = read.parse
    determiners = word_set("definite") | word_set("indefinite")
    left = [k for k in subtree(parse, one.head, without=_OUTSIDE) if read.low[k] not in determiners]
    first = min([*(k for k in left if k <= one.words[-1]), one.words.start])
    while first < one.words.start and parse.dep[first] in ("amod", "advmod"):
        if _is_capital(read, first) or subjects_of(read, [first]):
            break
        first += 1
    while first < one.words.start and (parse.pos[first] in ("PUNCT", "SYM") or parse.pos[first - 1] == "PUNCT"):
        first += 1
    before = range(first, one.words.start)
    verbs = [k for k in before if (is_verb(parse, k) and parse.tag[k] not in ("VBN", "VBG")) or _tells(read, k)]
    return verbs[-1] + 1 if verbs else first


def _tells(read: Reading, k: int) -> bool:
    """Whether a word of a headline is its verb of signing, which the tagger took for a noun ("Chad, Mali ink pact")."""
    return read.low[k] in word_set("telling") and read.doc.text[read.parse.start[k]].islower()


def _last(read: Reading, one: Instrument) -> int:
    """Where a title ends: behind its "on …", before clauses, parties, dates and verbs, at most fourteen words on."""
    last = one.words.stop
    if last >= len(read.low) or read.low[last] not in _OPENING:
        return last
    if read.low[last] == "for" and set(read.low[last + 1 : last + 4]) & _PROCEDURE:
        return last
    end = last + 1
    inside = set(subtree(read.parse, one.head, without=("relcl", "advcl")))
    while end < min(len(read.low), last + _LONGEST) and end in inside and not _stops(read, end):
        end += 1
    while end > last + 1 and read.low[end - 1] in _LOOSE:
        end -= 1
    return end if end > last + 1 else last


def _stops(read: Reading, i: int) -> bool:
    if read.is_named(i) or is_verb(read.parse, i):
        return True
    if read.low[i] in word_set("between") or read.doc.date_at(i) is not None:
        return True
    place = read.doc.mention_at(i + 1) if read.low[i] in ("in", "at") else None
    return read.low[i] in _MARKS or (place is not None and place.kind == "place")


def _is_telling(read: Reading, one: Instrument) -> bool:
    """Whether the words of a type are a title by themselves: they name a subject, or are a proper name."""
    if len(one.words) == 1 or one.type in ("mou", "loi", "exchange_of_notes"):
        return False
    if subjects_of(read, list(one.words)) and one.type not in lexicon().subjects:
        return True
    return all(_is_capital(read, k) or read.low[k] in ("of", "on", "-") for k in one.words)


def _is_capital(read: Reading, i: int) -> bool:
    return read.doc.text[read.parse.start[i]].isupper()
