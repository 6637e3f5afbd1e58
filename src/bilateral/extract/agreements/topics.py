"""What an agreement is about: topics behind and before the noun, lists of them, what a clause says of it."""

from __future__ import annotations

from typing import NamedTuple

from bilateral import ontology
from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.instruments import Instrument, Reading
from bilateral.extract.agreements.lexicon import lexicon, word_set
from bilateral.syntax import is_verb, kids, nominals, subtree

UNKNOWN, IN_CLAUSE = "no subject is named", "named in the clause"
_PLACES = ("country", "place", "person", "role", "collective", "pronoun")
_BEHIND_VERB = ("on", "about", "concerning", "regarding")
_COVERING = ("covering", "regarding", "concerning")
_ENDS = ('"', "”", "“", ":", "during", "at")
_OPENING = 8


class Topics(NamedTuple):
    """What an agreement is about: whether it is a list, the subjects, those of each item, and how they were found."""

    is_list: bool
    subjects: tuple[str, ...]
    by_item: tuple[tuple[str, ...], ...]
    rule: str


def topics(read: Reading, one: Instrument, steps: list[Step]) -> Topics:
    """What an agreement is about: first what stands behind "on", "in", "for", then what stands before the noun, then
    what a clause says of it; the type ("free trade agreement") where it says the subject, and "general" at last."""
    fixed = lexicon().subjects.get(one.type)
    if fixed:
        return Topics(False, (fixed,), (), "the type says the subject")
    by_item = _listed(read, one) if one.is_plural else _items(read, one, steps)
    several = len(by_item) > 1
    behind = tuple(dict.fromkeys(x for found in by_item for x in (found[:1] if several else found[:2])))
    if behind:
        return Topics(several and all(by_item), behind, by_item, "named behind the agreement")
    before = subjects_of(read, _before(read, one))
    if before:
        return Topics(False, before[:2], by_item, "named before the agreement")
    clause = subjects_of(read, _clause(read, one, steps))
    if clause:
        return Topics(False, clause[:2], by_item, IN_CLAUSE)
    return Topics(False, ("general",), by_item, UNKNOWN)


def subjects_of(read: Reading, tokens: list[int]) -> tuple[str, ...]:
    """The subjects that some tokens name, best first; names of states and dates are left out, as is "general"."""
    words = [read.low[k] for k in tokens if not _is_place(read, k) and read.doc.date_at(k) is None]
    found = ontology.subjects_in(" ".join(words)) if words else ()
    return tuple(s for s in found if s != "general")


def _is_place(read: Reading, i: int) -> bool:
    mention = read.doc.mention_at(i)
    return mention is not None and mention.kind in _PLACES


# A list behind a plural -------------------------------------------------------------------------------------------


def _listed(read: Reading, one: Instrument) -> tuple[tuple[str, ...], ...]:
    """The subjects of each item in a list behind a plural, by its commas and its "and" (parses lose long ones)."""
    first = _list_start(read, one)
    if first is None:
        return ()
    pieces: list[list[int]] = [[]]
    for i in range(first, read.parse.sentence(one.head).stop):
        if _ends_list(read, i):
            break
        if read.low[i] in (",", ";", "and", "&"):
            pieces.append([])
        else:
            pieces[-1].append(i)
    found = [subjects_of(read, piece) for piece in pieces if piece]
    return tuple(f for n, f in enumerate(found) if f and f[:1] not in [g[:1] for g in found[:n]])


def _list_start(read: Reading, one: Instrument) -> int | None:
    """The token after the word that opens the list: "on", "in the fields of", "covering", "that regulate"."""
    for i in range(one.words.stop, min(read.parse.sentence(one.head).stop, one.words.stop + _OPENING)):
        if read.low[i] in word_set("between"):
            return None
        if read.low[i] in word_set("about") or read.lemma[i] in word_set("listing"):
            return i + 1
    return None


def _ends_list(read: Reading, i: int) -> bool:
    parse = read.parse
    if read.low[i] == "at" and "level" in read.low[i + 1 : i + 7]:  # "at the level of parliaments" names a subject
        return False
    if read.low[i] in _ENDS or (is_verb(parse, i) and parse.tag[i] in ("VBD", "VBZ")):
        return True
    over = parse.dep[parse.head[i]]
    return read.doc.date_at(i) is not None or (read.low[i] in word_set("between") and over in ("ROOT", "dobj"))


# The items behind a singular --------------------------------------------------------------------------------------


def _items(read: Reading, one: Instrument, steps: list[Step]) -> tuple[tuple[str, ...], ...]:
    heads = _heads(read, one, steps)
    return tuple(subjects_of(read, _words_of(read, h, heads)) for h in heads)


def _heads(read: Reading, one: Instrument, steps: list[Step]) -> list[int]:
    """The nouns of what the agreement is about, one an item."""
    parse, own = read.parse, dict.fromkeys((*one.words, one.head))
    verbs = [s.verb for s in steps if s.verb is not None and is_verb(parse, s.verb)]
    preps = [k for w in own for k in kids(parse, w, "prep") if k not in one.words and read.low[k] in word_set("about")]
    preps = [k for k in preps if read.low[k] != "of" or not _is_of_party(read, k)]
    preps += [k for v in verbs for k in kids(parse, v, "prep") if k > one.head and read.low[k] in _BEHIND_VERB]
    nouns = [n for p in dict.fromkeys(preps) for n in kids(parse, p, "pobj")]
    covering = [c for w in own for c in kids(parse, w, "acl") if read.low[c] in _COVERING]
    nouns += [o for c in covering for o in kids(parse, c, "dobj")]
    found = dict.fromkeys(d for n in nouns for d in _deepest(read, n))
    return [f for f in found if read.doc.date_at(f) is None and f not in one.words and not _is_place(read, f)]


def _is_of_party(read: Reading, prep: int) -> bool:
    mentions = [read.doc.mention_at(k) for k in kids(read.parse, prep, "pobj")]
    return any(m is not None and m.codes for m in mentions)


def _deepest(read: Reading, noun: int) -> list[int]:
    """The items that a noun introduces: its conjuncts, or what follows "the field of"."""
    parse = read.parse
    found: list[int] = []
    for n in nominals(parse, noun):
        preps = [p for p in kids(parse, n, "prep") if read.low[p] in ("of", "in", "on", "like")]
        below = [o for p in preps for o in kids(parse, p, "pobj")]
        is_told = any(subjects_of(read, [k]) for k in kids(parse, n, "amod", "compound"))
        if read.lemma[n] in word_set("fields") and below and not is_told:
            found += [d for o in below for d in _deepest(read, o)]
        else:
            found.append(n)
    return found


def _words_of(read: Reading, head: int, heads: list[int]) -> list[int]:
    """The tokens of one item, without its sisters, clauses and the parties."""
    parse = read.parse
    kept = subtree(parse, head, without=("conj", "cc", "relcl", "advcl", "punct"))
    parties = [p for p in kept if read.low[p] in word_set("between") and parse.dep[p] == "prep"]
    own = set(subtree(parse, head))
    cut = {k for p in parties for k in subtree(parse, p)}
    cut |= {k for h in heads if h != head for k in subtree(parse, h)} - own
    return [k for k in kept if k not in cut]


def _before(read: Reading, one: Instrument) -> list[int]:
    left = subtree(read.parse, one.head, without=("relcl", "acl", "prep", "appos", "conj"))
    return [k for k in left if k <= one.words[-1]]


def _clause(read: Reading, one: Instrument, steps: list[Step]) -> list[int]:
    """The words of clauses that hang on the noun or its verb ("that lets Oslo pass arms"), then the rest behind."""
    parse = read.parse
    verbs = {s.verb for s in steps if s.verb is not None}
    below = [c for n in (one.head, *one.words, *verbs) for c in kids(parse, n, "acl", "relcl", "advcl")]
    clauses = dict.fromkeys(c for c in below if c > one.head and c not in verbs)
    found = [k for c in clauses for k in subtree(parse, c)]
    return found or [k for k in subtree(parse, one.head, without=("conj",)) if k > one.head]
