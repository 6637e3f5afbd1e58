"""A resolved document as the extractor of visits reads it, and the draft that each place of the text gives.

Owns the statuses of visits where mood.py leaves them open (infinitives, "on a visit", "ahead of").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from bilateral.extract.visits.lexicon import lexicon, sorts, word_set
from bilateral.model import Status
from bilateral.mood import mood
from bilateral.scene import Cast
from bilateral.syntax import is_verb, kids, tense
from bilateral.text import Mention, Parse, Resolved

_HEADS = ("title", "subtitle", "heading")
_AHEAD = ("planned", "proposed")
_AFTER = ("after", "following", "since", "upon")
_WITH_OFF = ("call", "put", "push")
_WHEN = frozenset(("when", "once", "after", "before", "if", "until", "as"))


class Reading(NamedTuple):
    """A resolved document with its tokens as written and as lemmas, in lower case."""

    doc: Resolved
    low: tuple[str, ...]
    lemma: tuple[str, ...]

    @property
    def parse(self) -> Parse:
        """The document's parse."""
        return self.doc.parse

    def words(self, tokens: Iterable[int]) -> set[str]:
        """The words and lemmas of some tokens."""
        return {w for i in tokens for w in (self.low[i], self.lemma[i])}

    def in_set(self, i: int, name: str) -> bool:
        """Whether a token, as written or as lemma, is in a word list of the lexicon."""
        words = word_set(name)
        return self.low[i] in words or self.lemma[i] in words

    def sentence(self, i: int) -> int:
        """The number of the sentence that holds token i."""
        return bisect_right(self.parse.sents, i) - 1

    def in_title(self, i: int) -> bool:
        """Whether a token stands in the title, subtitle or a heading."""
        paragraph = self.doc.document.paragraph_at(self.parse.start[i])
        return paragraph is not None and paragraph.kind in _HEADS


class Draft(NamedTuple):
    """A visit or meeting as one place of the text tells it, before it is known who is host.

    `first` and `second` are the sides as found; with `is_ordered` the second is the host. `goal` is the place named.
    What `is_known` speaks of one told before; what `is_weak` counts only where nothing else tells of it.
    """

    at: int
    kind: str
    status: Status
    first: tuple[Cast, ...]
    second: tuple[Cast, ...]
    is_ordered: bool
    goal: Mention | None
    verb: int | None
    rule: str
    is_known: bool = False
    is_weak: bool = False
    is_multilateral: bool = False


def reading(doc: Resolved) -> Reading:
    """The tokens of a document as the extractor reads them."""
    text, parse = doc.text, doc.parse
    low = tuple(text[a:b].lower() for a, b in zip(parse.start, parse.end, strict=True))
    return Reading(doc, low, tuple(word.lower() for word in parse.lemma))


def told(read: Reading, i: int) -> Status:
    """How real a verb or noun is told to be; an infinitive that nothing decides lies ahead."""
    parse = read.parse
    found = mood(parse, i)
    if found.status == "ongoing" and found.by is not None and read.lemma[found.by] == "keep":
        return "happened"
    if not is_verb(parse, i):
        return found.status
    if found.status == "ongoing" and parse.dep[i] == "pcomp" and read.low[parse.head[i]] in _AFTER:
        return "happened"
    if found.status == "hypothetical" and tense(parse, i).tense == "future":
        return "planned"
    if found.status in ("happened", "ongoing") and parse.dep[i] == "pcomp" and read.low[parse.head[i]] == "before":
        return "planned"
    if found.by is not None:
        return found.status
    return _told_by_place(read, i) or found.status


def _told_by_place(read: Reading, i: int) -> Status | None:
    """The status of a verb that its own words leave open: by the clause it stands in."""
    parse, over = read.parse, read.parse.head[i]
    if _is_when(read, i) and told(read, over) in _AHEAD:
        return "planned"
    if not any(parse.tag[k] == "TO" for k in kids(parse, i, "aux")):
        return None
    if read.lemma[over] == "continue":
        return "ongoing"
    return None if read.lemma[over] in word_set("done") else "planned"


def _is_when(read: Reading, i: int) -> bool:
    """"… when the minister visits": a present tense in a clause of time or condition."""
    marks = {read.low[k] for k in kids(read.parse, i, "advmod", "mark")}
    return read.parse.dep[i] == "advcl" and read.parse.tag[i] in ("VBZ", "VBP") and bool(marks & _WHEN)


def told_of_noun(read: Reading, noun: int, verb: int | None) -> Status:
    """How real the visit or meeting of a noun is: by its carrying verb, its preposition, or the clause around it."""
    parse = read.parse
    status = told(read, noun)
    if status == "happened" and _is_listed(read, noun):
        return "planned"
    prep = parse.head[noun] if parse.dep[noun] == "pobj" else None
    if prep is not None:
        status = _told_by_preposition(read, noun, prep, status, verb)
    return status if verb is None else _told_by_carrier(read, noun, verb, prep, status)


def _is_listed(read: Reading, noun: int) -> bool:
    """"On the programme are talks and an audience": what stands behind the "are" lies ahead."""
    parse = read.parse
    for verb in (i for i in parse.sentence(noun) if read.low[i] in ("is", "are") and is_verb(parse, i) and i < noun):
        inside = (k for p in kids(parse, verb, "prep", "advmod") for k in kids(parse, p, "pobj"))
        if any(k < verb and read.in_set(k, "lists") for k in inside):
            return True
    return False


def _told_by_preposition(read: Reading, noun: int, prep: int, status: Status, verb: int | None) -> Status:
    """What "ahead of", "on the eve of", "during" make of a status."""
    parse = read.parse
    if status == "happened" and read.low[prep] in ("ahead", "before", "prior"):
        return "planned"
    if read.low[prep] == "of" and read.low[parse.head[prep]] in ("ahead", "eve", "advance"):
        return "planned"
    if status in _AHEAD and _is_aside(read, noun, prep):
        return "happened"
    if verb is None and status == "ongoing" and mood(parse, noun).by not in parse.children[noun]:
        return "happened"
    return status


def _told_by_carrier(read: Reading, noun: int, verb: int, prep: int | None, status: Status) -> Status:
    """What the verb that holds, begins, calls off … a thing makes of its status."""
    parse, words, lemma = read.parse, lexicon(), read.lemma[verb]
    own, dep = told(read, verb), parse.dep[noun]
    if dep == "nsubj" and _fails(read, verb):
        return "cancelled"
    is_off = lemma in words.off and (lemma not in _WITH_OFF or _is_called_off(read, verb))
    if dep in ("dobj", "nsubjpass") and is_off and (own == "happened" or _had_to(read, verb)):
        return words.off[lemma]
    if lemma == "call" and dep == "dobj" and _is_named(read, verb):
        return own
    if status == "ongoing" and own == "happened" and parse.dep[verb] == "pcomp":
        status = own
    if status == "happened" and own in ("planned", "ongoing") and dep in ("dobj", "nsubjpass", "nsubj"):
        status = own
    if status != "happened":
        return status
    is_visit = "visit" in sorts(read.lemma[noun])
    if is_visit and lemma in words.carry["begin"] and dep in ("dobj", "pobj"):
        return "ongoing"
    if prep is None:
        return status
    is_now = lemma == "be" and tense(parse, verb).tense == "present"
    is_there = lemma in word_set("reaching") and read.low[prep] in ("for", "on")
    return "ongoing" if is_now or is_there else status


def _had_to(read: Reading, verb: int) -> bool:
    """"Had to call off", "having to put off", "decided to cancel": what one is forced or has chosen to do is done."""
    parse, over = read.parse, read.parse.head[verb]
    if parse.dep[verb] != "xcomp" or not read.in_set(over, "forced"):
        return False
    return parse.tag[over] in ("VBD", "VBN", "VBG") or tense(parse, over).tense == "past"


def _fails(read: Reading, verb: int) -> bool:
    """"The trip fell through": what is the subject of such a verb has not come about."""
    behind = read.low[verb + 1 : verb + 2]
    return f"{read.lemma[verb]} {''.join(behind)}" in word_set("failing") or read.lemma[verb] == "collapse"


def _is_named(read: Reading, verb: int) -> bool:
    """Whether "call" says what a thing is ("called the trip useful"), and asks for nothing ("called for a meeting")."""
    return not any(read.low[k] == "for" for k in range(verb + 1, min(verb + 3, len(read.low))))


def _is_called_off(read: Reading, verb: int) -> bool:
    """Whether "call" has its "off" ("called off the trip"), and does not name a thing ("called the trip useful")."""
    words = ("off", "back") if read.lemma[verb] in ("put", "push") else ("off",)
    near = read.low[verb + 1 : verb + 3]
    return any(w in near for w in words) or any(read.low[k] in words for k in read.parse.children[verb])


def _is_aside(read: Reading, noun: int, prep: int) -> bool:
    """Whether a verb's word for plans ("agreed") says nothing of a meeting that only gives the occasion."""
    verb = read.parse.head[prep]
    if read.low[prep] not in ("in", "at", "during", "after", "following", "on") or not is_verb(read.parse, verb):
        return False
    found = tense(read.parse, verb)
    return mood(read.parse, noun).by == verb and found.tense in ("past", "present") and found.modal is None
