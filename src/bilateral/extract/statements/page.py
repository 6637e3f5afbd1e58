"""A document laid out for reading statements: its quotations and cues once found, and spans of content trimmed.

Holds what the readers of this package share: `Page`, `Saying`, and the arithmetic of spans.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

from bilateral.extract.statements.cues import Cue, cue_at, lists
from bilateral.extract.statements.quotes import Quote, quote_at, quotes
from bilateral.text import Parse, Resolved

Span = tuple[int, int]
_LEFT = " \t\n\u00a0,;:.—–-―…!?)]”»"
_RIGHT = " \t\n\u00a0,;:—–-―([“«"
# A text without stops is one sentence; it is not read, nor put together, further than this many tokens from a cue.
_LONGEST = 400
_JOINT = re.compile(r"[ \t\u00a0]*,?[ \t\u00a0]*(?:(?:and|or|but|nor|a|an)[ \t\u00a0]+){0,2}")


class Saying(NamedTuple):
    """Words that somebody is told to have said, before it is known who that somebody is.

    `source` are the heads of the words that name the speaker, as they stand beside the cue; `verb` the cue's token.
    `pieces` are the content as labelled corpora draw it, with "that" and the addressee of an order; `bare` is where
    the first piece begins without them. `strength` is said, act, mind or shown; `frame` the construction.
    """

    cue: Span | None
    verb: int | None
    source: tuple[int, ...]
    pieces: tuple[Span, ...]
    bare: int
    frame: str
    strength: str
    score: float
    addressee: int | None = None
    is_denied: bool = False
    named: Span | None = None

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.pieces[0][0]


class Page(NamedTuple):
    """A resolved document with its quotations, the cues among its tokens, and its words in lower case.

    `asked` keeps whom the words of each source were found to mean, since several readers ask.
    """

    doc: Resolved
    quotes: tuple[Quote, ...]
    cues: dict[int, Cue]
    words: tuple[str, ...]
    asked: dict[tuple[tuple[int, ...], bool], list[Any]]

    @property
    def parse(self) -> Parse:
        """The document's grammar."""
        return self.doc.parse

    @property
    def text(self) -> str:
        """The document's text."""
        return self.doc.document.text

    def word(self, i: int) -> str:
        """Token i as it stands, in lower case; "" in front of the first and behind the last."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def first_token(self, position: int) -> int:
        """The first token that begins at or behind a position."""
        return bisect_left(self.parse.start, position)

    def quote_of(self, i: int) -> Quote | None:
        """The quotation that holds token i, or None."""
        return quote_at(self.quotes, self.parse.start[i])

    def in_double(self, i: int) -> bool:
        """Whether token i stands inside double marks."""
        quote = self.quote_of(i)
        return quote is not None and not quote.is_single

    def sentence(self, i: int) -> range:
        """The tokens of the sentence of i, put together again where the parser cut after a colon or an abbreviation."""
        found = self.parse.sentence(i)
        first, last = found.start, found.stop
        while last < len(self.parse) and last - i < _LONGEST and self._goes_on(last):
            last = self.parse.sentence(last).stop
        while first > 0 and i - first < _LONGEST and self._goes_on(first):
            first = self.parse.sentence(first - 1).start
        return range(first, last)

    def _goes_on(self, i: int) -> bool:
        """Whether a sentence that the parser begins at token i only carries on the one before it."""
        gap = self.text[self.parse.end[i - 1] : self.parse.start[i]]
        if "\n" in gap or self._paragraph(i) != self._paragraph(i - 1):
            return False
        words = self.text[max(0, self.parse.end[i - 1] - 6) : self.parse.end[i - 1]].rstrip("\"'”’»)]")
        is_closed = words.endswith((".", "!", "?", "…", ":", ";"))
        return not is_closed or (self.text[self.parse.start[i]].islower() and not words.endswith((":", ";")))

    def _paragraph(self, i: int) -> int:
        return bisect_right(self.parse.parsed, (self.parse.start[i], 1 << 60))


def page(doc: Resolved) -> Page:
    """The page of a document; what is no prose, a sentence of more than 400 tokens, has no cues."""
    parse, text, known = doc.parse, doc.document.text, lists()
    cues = {}
    for sentence in parse.sentences():
        for i in sentence if len(sentence) <= _LONGEST else ():
            lemma = parse.lemma[i].lower()
            found = cue_at(parse, text, i) if lemma in known.verbs or lemma in known.misread else None
            if found is not None:
                cues[i] = found
    words = tuple(text[a:b].lower() for a, b in zip(parse.start, parse.end, strict=True))
    return Page(doc, quotes(doc), cues, words, {})


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without outer white space, commas, dashes and marks that have no partner inside; None if empty."""
    while start < end and text[start] in _LEFT:
        start += 1
    while start < end and text[end - 1] in _RIGHT:
        end -= 1
    while end > start and text[end - 1] == "." and not text[max(start, end - 3) : end - 1].isupper():
        end -= 1
    for opening, closing in (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"), ('"', '"')):
        start, end = _balanced(text, start, end, opening, closing)
    return (start, end) if start < end else None


def _balanced(text: str, start: int, end: int, opening: str, closing: str) -> Span:
    """The span without a mark at one end whose partner stands outside."""
    words = text[start:end]
    if opening == closing:
        if words.count(opening) % 2 == 0:
            return start, end
        return (start + 1, end) if words.startswith(opening) else (start, end - words.endswith(opening))
    if words.endswith(closing) and words.count(closing) > words.count(opening):
        return start, end - 1
    if words.startswith(opening) and words.count(opening) > words.count(closing):
        return start + 1, end
    return start, end


def pieces(page: Page, ranges: Iterable[tuple[int, int]], *, cue: int) -> tuple[Span, ...]:
    """Token ranges as trimmed character spans; empty ones are left out.

    A cue inside a quotation tells nothing that stands outside of it; a content that a quotation begins in goes on to
    the end of that quotation.
    """
    parse = page.parse
    around = page.quote_of(cue)
    found = []
    for a, b in ranges:
        if a > b:
            continue
        start, end = _fitted(page, parse.start[a], parse.end[b], around)
        span = trimmed(page.text, start, end) if start < end else None
        if span is not None and any(c.isalnum() for c in page.text[span[0] : span[1]]):
            found.append(span)
    return tuple(found)


def _fitted(page: Page, start: int, end: int, around: Quote | None) -> Span:
    if around is not None:
        return max(start, around.inner_start), min(end, around.inner_end)
    last = quote_at(page.quotes, end - 1)
    if last is not None and start <= last.start + 1 and end < last.end:
        end = last.end
    end = _with_next(page, end)
    first = quote_at(page.quotes, start)
    if first is not None and first.start < start and end > first.end:
        start = first.start if not any(c.isalnum() for c in page.text[first.inner_start : start]) else start
    return start, end


def _with_next(page: Page, end: int) -> int:
    """The end of a content with the quoted words that its sentence goes on with ("a crime" and "an outrage")."""
    at = bisect_right(page.quotes, end - 1, key=lambda q: q.start)
    while at < len(page.quotes):
        quote = page.quotes[at]
        between = page.text[end : quote.start]
        is_lower = page.text[quote.inner_start : quote.inner_start + 1].islower()
        if (
            not is_lower
            or _JOINT.fullmatch(between) is None
            or (between.strip() in ("", ",") and quote.words(page.text) < 4)
        ):
            break
        end, at = quote.end, at + 1
    return end


def cue_span(page: Page, i: int, last: int | None = None) -> Span:
    """The words of a cue, from its verb to its second word, or to a noun behind it."""
    second = page.cues[i].second if i in page.cues else None
    end = max(i, second or i, last or i)
    return page.parse.start[i], page.parse.end[end]
