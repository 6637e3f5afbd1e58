"""The words of a parsed document by token, as the resolvers read them.

Owns no rule about the world. A view is made once for each resolver and thrown away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from bilateral.text import Document, Parse

_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")
HYPHENS = frozenset("-–‑—")
POSSESSIVES = frozenset(("'s", "'"))
_ACRONYM = 5
_HEADLINE = ("title", "subtitle", "heading")


class View(NamedTuple):
    """A document's tokens as written, in lower case with straight apostrophes, and the text in lower case.

    `lower` has the length of the text, so that offsets hold in both. `headline` are tokens of titles, `breaks` those
    that start a line, `capitals` those that start with a capital letter.
    """

    document: Document
    parse: Parse
    words: tuple[str, ...]
    low: tuple[str, ...]
    lower: str
    headline: frozenset[int]
    breaks: frozenset[int]
    capitals: tuple[int, ...]

    def text(self, first: int, last: int) -> str:
        """The text of the tokens first..last, half-open."""
        return self.document.text[self.parse.start[first] : self.parse.end[last - 1]]

    def low_at(self, i: int) -> str:
        """The lower-case word of token i, or "" outside the document."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def is_capital(self, i: int) -> bool:
        """Whether token i starts with a capital letter."""
        return self.words[i][:1].isupper()

    def is_acronym(self, first: int, last: int) -> bool:
        """Whether some tokens are an acronym: capitals only, and no longer than five letters."""
        text = self.text(first, last).replace(".", "")
        return text.isupper() and len(text) <= _ACRONYM

    def is_glued(self, i: int) -> bool:
        """Whether token i follows the one before it without white space."""
        return 0 < i < len(self.words) and self.parse.end[i - 1] == self.parse.start[i]

    def is_hyphen(self, i: int) -> bool:
        """Whether token i is a hyphen or dash that joins its neighbours without white space."""
        return 0 < i < len(self.words) - 1 and self.words[i] in HYPHENS and self.is_glued(i) and self.is_glued(i + 1)

    def is_one_line(self, first: int, last: int) -> bool:
        """Whether the tokens first and last stand in one line, as names and phrases do."""
        return not any(k in self.breaks for k in range(first + 1, last + 1))

    def is_one_sentence(self, first: int, last: int) -> bool:
        """Whether the tokens first and last stand in one paragraph without a sentence mark in between."""
        if not self.is_one_line(first, last):
            return False
        return ". " not in self.document.text[self.parse.start[first] : self.parse.end[last]].replace("H.E. ", "")


def view(document: Document, parse: Parse) -> View:
    """The view of a parsed document's words."""
    text = document.text
    words = tuple(text[a:b] for a, b in zip(parse.start, parse.end, strict=True))
    lower = lowered(text)
    low = tuple(lower[a:b] for a, b in zip(parse.start, parse.end, strict=True))
    breaks = frozenset(_breaks(document, parse))
    capitals = tuple(i for i, word in enumerate(words) if word[:1].isupper())
    return View(document, parse, words, low, lower, frozenset(_headline(document, parse)), breaks, capitals)


def _breaks(document: Document, parse: Parse) -> Iterable[int]:
    """Yield the first token of each line."""
    text, starts = document.text, parse.start
    at = 0
    while 0 <= at < len(text):
        i = bisect_left(starts, at)
        if i == len(starts):
            return
        yield i
        at = text.find("\n", starts[i]) + 1 or len(text)


def lowered(text: str) -> str:
    """A text in lower case with straight apostrophes and plain spaces, at its own length."""
    lower = text.lower().translate(_APOSTROPHES)
    if len(lower) != len(text):  # some letters grow in lower case ("İ"), which would move every offset behind them
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).translate(_APOSTROPHES)
    return lower.replace("\n", " ").replace("\xa0", " ")


def _headline(document: Document, parse: Parse) -> Iterable[int]:
    for p in document.paragraphs:
        if p.kind in _HEADLINE:
            yield from parse.tokens(p.start, p.end)
