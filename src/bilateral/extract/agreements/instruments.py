"""Finds the nouns of a document that name an agreement, and what their phrase says: type, number, definiteness.

Does not know what happens to an agreement (steps.py) nor whose it is (parties.py).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from bilateral.extract.agreements.lexicon import Kind, lexicon, word_set
from bilateral.syntax import ancestors, first_conjunct, kids
from bilateral.text import Parse, Resolved

_NOUNS = ("NOUN", "PROPN")
_PLURALS = ("memoranda", "mous", "ftas", "ptas")
_MODIFIERS = ("compound", "amod", "nmod")
_REACH = 6
_BARE = 4


class Reading(NamedTuple):
    """A resolved document with its tokens as written and as lemmas, in lower case."""

    doc: Resolved
    low: tuple[str, ...]
    lemma: tuple[str, ...]

    @property
    def parse(self) -> Parse:
        """The document's parse."""
        return self.doc.parse

    def in_set(self, i: int, name: str) -> bool:
        """Whether a token, as written or as lemma, is in a word list of the lexicon."""
        words = word_set(name)
        return self.low[i] in words or self.lemma[i] in words

    def sentence(self, i: int) -> int:
        """The number of the sentence that holds token i."""
        return bisect_right(self.parse.sents, i) - 1

    def is_named(self, i: int) -> bool:
        """Whether a phrase that names an agreement starts at token i."""
        return lexicon().nouns.at(self.low, self.lemma, i) is not None


class Instrument(NamedTuple):
    """An agreement as one place of the text names it: its head, the words of its type, how many, known or new."""

    head: int
    words: range
    kind: Kind
    is_plural: bool
    number: int | None
    is_definite: bool

    @property
    def type(self) -> str:
        """The type's code."""
        return self.kind.type


def reading(doc: Resolved) -> Reading:
    """The tokens of a document as the extractor reads them."""
    text, parse = doc.text, doc.parse
    low = tuple(text[a:b].lower() for a, b in zip(parse.start, parse.end, strict=True))
    return Reading(doc, low, tuple(word.lower() for word in parse.lemma))


def instruments(read: Reading) -> list[Instrument]:
    """The nouns that name agreements, in text order; those that are part of another thing's name are left out."""
    found: list[Instrument] = []
    i, book = 0, lexicon().nouns
    while i < len(read.low):
        hit = book.at(read.low, read.lemma, i)
        if hit is None:
            i += 1
            continue
        words = range(i, i + hit[0])
        i = words.stop
        made = None if _is_alias(read, words, found) else _instrument(read, words, hit[1])
        if made is not None:
            found.append(made)
    found = [f for f in found if not _is_wrapper(read, f, found)]
    return [f for f in found if list_over(read, f, found) is not None or not _is_part(read, f, found)]


def list_over(read: Reading, one: Instrument, found: list[Instrument]) -> Instrument | None:
    """The plural that introduces a list in which an agreement is named ("four papers were signed, among them the …").

    Only a single agreement is an item, and only behind a colon, "including", "among them" or the like.
    """
    if one.is_plural:
        return None
    before = (f for f in reversed(found) if f.words.stop <= one.words.start and f.is_plural)
    is_next = _goes_on(read, one)
    here = read.sentence(one.head)
    over = next((f for f in before if read.sentence(f.head) == here - is_next), None)
    if over is None or is_next:
        return over
    between = read.low[over.words.stop : one.words.start]
    starts = range(len(between))
    is_opened = any(between[n : n + len(words)] == words for words in lexicon().openings for n in starts)
    return over if is_opened else None


def _goes_on(read: Reading, one: Instrument) -> bool:
    """Whether a sentence says what the papers of the one before are ("They include an agreement on …")."""
    sentence = read.parse.sentence(one.head)
    first, behind = read.low[sentence.start], read.lemma[sentence.start + 1 : sentence.start + 4]
    is_list = first in ("they", "these", "those", "it") and bool({"include", "comprise", "cover"} & set(behind))
    return is_list or read.low[sentence.start : sentence.start + 2] == ("among", "them")


def _is_alias(read: Reading, words: range, found: list[Instrument]) -> bool:
    """A short form in brackets behind the full one ("Memorandum of Understanding (MoU)")."""
    return bool(found) and found[-1].words.stop == words.start - 1 and read.low[words.start - 1] in ("(", "-", "–")


def _instrument(read: Reading, words: range, kind: Kind) -> Instrument | None:
    parse = read.parse
    head = next((i for i in words if parse.head[i] not in words or parse.head[i] == i), words[-1])
    if kind.type == "mou" and parse.pos[words[0]] in _NOUNS:
        head = words[0]
    if parse.pos[head] not in _NOUNS or _is_no_agreement(read, head, words, kind):
        return None
    plural = parse.tag[head] in ("NNS", "NNPS") or read.low[head] in _PLURALS
    plural = plural and read.low[words[-1]] != "minutes"
    return Instrument(head, words, kind, plural, _number(read, head, words, plural), is_definite(read, words))


def _is_no_agreement(read: Reading, head: int, words: range, kind: Kind) -> bool:
    """Whether the words name something else: a body, consent, a means, a kind of agreement, part of another noun."""
    if _is_name_of_body(read, head, words) or _is_consent(read, head, words) or not _stands_alone(read, head):
        return True
    if words.start > 0 and read.low[words.start - 1] == "such":
        return True
    behind = [w for w in read.low[words.stop : words.stop + 3] if w not in ("the", "a")]
    if kind.type == "agreement" and behind[:1] == ["on"] and set(behind[1:2]) & word_set("wordings"):
        return True
    if kind.type == "documents" and read.low[words.stop : words.stop + 2] == ("of", "ratification"):
        return True
    if read.low[head] == "paper" and read.low[words.start - 1] == "to" and read.low[words.start - 2] in ("pen", "ink"):
        return True
    prep = read.low[read.parse.head[head]] if read.parse.dep[head] == "pobj" else ""
    is_means = kind.type == "exchange_of_notes" and prep in ("by", "through", "via")
    return is_means or _has_foreign_modifier(read, head, words, kind)


def _is_name_of_body(read: Reading, head: int, words: range) -> bool:
    """Whether the words stand inside the name of an organisation ("Treaty Organization")."""
    mention = read.doc.mention_at(head)
    if mention is None or mention.kind not in ("organisation", "person", "role"):
        return False
    return mention.start < read.parse.start[words[0]] or read.parse.end[words[-1]] < mention.end


def _is_consent(read: Reading, head: int, words: range) -> bool:
    """"In agreement", "by mutual agreement", "there was agreement that": a word for being of one mind."""
    parse, never = read.parse, lexicon().never
    if len(words) > 1 or parse.tag[head] != "NN" or kids(parse, head, "det", "poss", "compound", "nummod"):
        return False
    if parse.dep[head] == "pobj" and read.low[parse.head[head]] in never["prepositions"]:
        return True
    if read.lemma[parse.head[head]] in never["verbs"] or parse.dep[head] == "attr":
        return True
    clauses = kids(parse, head, "acl", "ccomp", "relcl")
    return any(read.low[k] == "that" for c in clauses for k in kids(parse, c, "mark"))


def _stands_alone(read: Reading, head: int) -> bool:
    """Whether the noun is no mere modifier of another thing ("treaty ally"); "FTA talks" and "MoU signing" are fine."""
    parse, words = read.parse, lexicon()
    over = parse.head[head]
    if parse.dep[head] not in _MODIFIERS:
        return True
    if over < head or read.is_named(over):
        return False
    return words.step_nouns.at(read.low, read.lemma, over) is not None or read.lemma[over] in words.through


def _has_foreign_modifier(read: Reading, head: int, words: range, kind: Kind) -> bool:
    """Whether a word before the noun makes it another thing ("coalition agreement", "scholarship programme")."""
    never = lexicon().never
    lists = {"programme": "programmes", "action_plan": "programmes", "documents": "documents"}
    foreign = never["modifiers"] | never.get(lists.get(kind.type, ""), frozenset())
    return any(read.lemma[k] in foreign for k in kids(read.parse, head, *_MODIFIERS) if k not in words)


def _number(read: Reading, head: int, words: range, is_plural: bool) -> int | None:
    """How many the phrase names: a number beside the noun, 1 for a singular, None for an open plural."""
    beside = [k for w in (head, *words) for k in kids(read.parse, w, "nummod")]
    if is_plural and words.start > 0:
        beside.append(words.start - 1)
    behind = read.lemma[words.stop : words.stop + 3]
    if is_plural and len(behind) > 2 and behind[0] == "for" and behind[2] == "project":
        beside.append(words.stop + 1)
    numbers = (n for k in beside if (n := number_of(read.low[k])) is not None)
    return next(numbers, None if is_plural else 1)


def number_of(word: str) -> int | None:
    """The whole number that a word or figures name; None for a year, a share or no number."""
    if word.isdigit():
        return int(word) if len(word) < len("1900") else None
    return lexicon().numbers.get(word)


def is_definite(read: Reading, words: range) -> bool:
    """Whether the phrase speaks of an agreement as known: by its determiner or an owner, unless "new" or "another"."""
    first = read.parse.sentence(words.start).start
    for i in range(words.start - 1, max(first - 1, words.start - _REACH), -1):
        if read.low[i] in word_set("other"):
            return False
        if read.low[i] in word_set("definite") | word_set("indefinite"):
            return read.low[i] in word_set("definite")
        if read.low[i] in ("'s", "’s", "'"):
            return True
        if read.parse.pos[i] not in ("ADJ", "NOUN", "PROPN", "NUM", "PUNCT", "VERB", "ADV"):
            return False
        if read.low[i] == "," and i and read.parse.pos[i - 1] in _NOUNS:  # "after the talks, two agreements"
            return False
    return False


def is_bare(read: Reading, one: Instrument) -> bool:
    """"Agreement was signed …": a singular without any determiner, as translated reports have it."""
    if one.is_plural or one.is_definite:
        return False
    determiners = word_set("definite") | word_set("indefinite")
    return not any(read.low[k] in determiners for k in range(max(0, one.words.start - _BARE), one.words.start))


def _is_wrapper(read: Reading, one: Instrument, found: list[Instrument]) -> bool:
    """Whether a paper is only that of an agreement named behind it ("the text of the treaty")."""
    if one.type != "documents":
        return False
    behind = [k for p in kids(read.parse, one.head, "prep") if read.low[p] == "of" for k in kids(read.parse, p, "pobj")]
    return any(f.head in behind for f in found)


def _is_part(read: Reading, one: Instrument, found: list[Instrument]) -> bool:
    """Whether an agreement is told of inside the phrase of another ("documents covering memoranda of …").

    Those joined by "and" to what another is about ("an accord on fish and a memorandum on tea") stand for themselves.
    """
    parse = read.parse
    heads = {f.head for f in found if f.words.start < one.words.start}
    first = first_conjunct(parse, one.head)
    if first != one.head and first in heads:
        return one.is_plural and one.number is None
    if first != one.head and kids(parse, one.head, "det", "nummod"):
        return False
    for above in ancestors(parse, one.head):
        if above in heads:
            return True
        if parse.pos[above] in ("VERB", "AUX") and parse.dep[above] not in ("acl", "prep", "pcomp"):
            return False
    return False
