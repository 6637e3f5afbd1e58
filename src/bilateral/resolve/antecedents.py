"""The memory of a document while it is read on: who was spoken of, where, and whether as a subject."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bilateral.knowledge.given import is_woman_s
from bilateral.syntax import SUBJECTS
from bilateral.text import Mention, Parse, Person, Resolved

_MARKS = re.compile('["“”«»]')


class Trace(NamedTuple):
    """One mention of someone, by token, with its sentence and its place in the clause."""

    token: int
    sentence: int
    mention: Mention
    is_subject: bool
    is_quoted: bool


class Memory:
    """The traces of a document so far, in text order."""

    __slots__ = ("_doc", "_sentences", "counts", "female", "guess", "last", "traces", "unnamed")

    def __init__(self, doc: Resolved) -> None:
        self._doc = doc
        self._sentences = sentence_numbers(doc.parse)
        self.traces: list[Trace] = []
        self.counts: Counter[str] = Counter()
        self.last: dict[str, Trace] = {}
        self.unnamed: list[Trace] = []
        self.female: dict[str, bool] = {p.id: p.female for p in doc.people if p.female is not None}
        guess = {p.id: is_woman_s(p.name) for p in doc.people if p.female is None}
        self.guess: dict[str, bool] = {key: told for key, told in guess.items() if told is not None}

    def sentence(self, i: int) -> int:
        """The number of the sentence that holds token i."""
        return self._sentences[i]

    def add(self, mention: Mention, quoted: frozenset[int]) -> None:
        """Remember a mention that means somebody."""
        head = head_of(self._doc.parse, mention)
        if head is not None and mention.kind == "role" and mention.person is None:
            is_one = stands_as_subject(self._doc.parse, head)
            self.unnamed.append(Trace(head, self._sentences[head], mention, is_one, head in quoted))
        if head is not None and (mention.person or mention.codes):
            is_subject = stands_as_subject(self._doc.parse, head, is_joined=_is_joined(self._doc.parse, mention))
            trace = Trace(head, self._sentences[head], mention, is_subject, head in quoted)
            self.traces.append(trace)
            if mention.person:
                self.counts[mention.person] += 1
                self.last[mention.person] = trace

    def level(self, person: str) -> str | None:
        """The level of a person's last mention, or None."""
        trace = self.last.get(person)
        return trace.mention.level if trace else None

    def back(self, *kinds: str) -> Iterator[Trace]:
        """Yield the traces from the last one back, of some kinds."""
        return (t for t in reversed(self.traces) if t.mention.kind in kinds)

    def near(self, sentence: int, reach: int) -> list[Trace]:
        """The traces of a sentence and of so many before it, in text order."""
        first = len(self.traces)
        while first and sentence - self.traces[first - 1].sentence <= reach:
            first -= 1
        return self.traces[first:]

    def person(self, trace: Trace) -> Person | None:
        """The person that a trace is of."""
        return self._doc.person(trace.mention.person)


def head_of(parse: Parse, mention: Mention) -> int | None:
    """The token of a mention whose governor stands outside it: the word that the sentence builds on."""
    tokens = parse.tokens(mention.start, mention.end)
    if not tokens:
        return None
    outside = [i for i in tokens if parse.head[i] not in tokens or parse.head[i] == i]
    return next((i for i in outside if parse.dep[i] in SUBJECTS), outside[0] if outside else tokens[-1])


def stands_as_subject(parse: Parse, i: int, *, is_joined: bool = False) -> bool:
    """Whether a token is a subject, or coordinated with one, or names who speaks ("said Orlov").

    `is_joined`: "and" follows its name, which the parser may have taken into the next ("President A and President B").
    """
    swallowed = ("compound", "nmod") if is_joined else ()
    while parse.head[i] != i and parse.dep[i] in ("conj", "appos", *swallowed):
        i = parse.head[i]
    return parse.dep[i] in SUBJECTS


def _is_joined(parse: Parse, mention: Mention) -> bool:
    last = parse.tokens(mention.start, mention.end).stop
    return last < len(parse) and parse.lemma[last] == "and"


def sentence_numbers(parse: Parse) -> list[int]:
    """The number of the sentence of each token."""
    numbers: list[int] = []
    for number, tokens in enumerate(parse.sentences()):
        numbers += [number] * len(tokens)
    return numbers


def quoted_tokens(doc: Resolved) -> frozenset[int]:
    """The tokens inside double quotation marks, paired within each paragraph."""
    found: set[int] = set()
    for p in doc.document.paragraphs:
        start = None
        for match in _MARKS.finditer(doc.text, p.start, p.end):
            mark, k = match.group(), match.start()
            if start is None and mark not in "”»":
                start = k
            elif start is not None and mark not in "“«":
                found.update(doc.parse.tokens(start, k))
                start = None
        if start is not None:
            found.update(doc.parse.tokens(start, p.end))
    return frozenset(found)
