"""Where a quotation stands: the words in front of it and behind it in its sentence, and its own words without marks."""

from __future__ import annotations

from typing import NamedTuple

from bilateral.extract.statements.finite import told
from bilateral.extract.statements.page import Page, Saying, Span, cue_span
from bilateral.extract.statements.quotes import Quote

STOPS = frozenset({".", "!", "?", "…", "..."})
# Words of a quotation below which it may be a mere name or a scare quote.
SHORTEST = 4


class Place(NamedTuple):
    """A quotation among its neighbours: the tokens of its sentence in front of it and behind it.

    `before` and `after` end at the nearest stop or the next quotation; both may be empty.
    """

    quote: Quote
    before: range
    after: range
    opens_sentence: bool
    opens_paragraph: bool
    is_alone: bool


def places(page: Page) -> list[Place]:
    """The places of all quotations, in order."""
    found = []
    for n, quote in enumerate(page.quotes):
        start, end = page.parse.parsed[quote.paragraph]
        same = [q for q in page.quotes[max(0, n - 1) : n + 2] if q.paragraph == quote.paragraph]
        left = max((q.end for q in same if q.end <= quote.start), default=start)
        right = min((q.start for q in same if q.start >= quote.end), default=end)
        found.append(_place(page, quote, (start, end), left, right))
    return found


def _place(page: Page, quote: Quote, paragraph: Span, left: int, right: int) -> Place:
    a, b = page.first_token(quote.end), page.first_token(right)
    stop = next((t for t in range(a, b) if page.word(t) in STOPS), b)
    first, last = page.first_token(left), page.first_token(quote.start)
    begin = next((t + 1 for t in range(last - 1, first - 1, -1) if page.word(t) in STOPS), first)
    opens_paragraph = not page.text[paragraph[0] : quote.start].strip()
    is_listed = page.text[left : quote.start].strip().endswith((":", "•"))
    rest = page.text[paragraph[0] : quote.start] + page.text[quote.end : paragraph[1]]
    return Place(
        quote,
        range(begin, last),
        range(a, stop),
        opens_sentence=opens_paragraph or begin == last or is_listed,
        opens_paragraph=opens_paragraph,
        is_alone=not any(c.isalnum() for c in rest),
    )


def inner(page: Page, quote: Quote) -> Span:
    """The words of a quotation without its marks and without the comma before its cue."""
    start, end = quote.inner_start, quote.inner_end
    while start < end and page.text[start] in " \t\n\u00a0":
        start += 1
    while start < end and page.text[end - 1] in " \t\n\u00a0,;—–":
        end -= 1
    return start, end


def tail(page: Page, quote: Quote) -> str:
    """The last sign inside a quotation, "" where it is empty."""
    return page.text[quote.inner_start : quote.inner_end].rstrip()[-1:]


def has_capital(page: Page, quote: Quote) -> bool:
    """Whether a quotation begins like a sentence."""
    return page.text[quote.inner_start : quote.inner_start + 1].isupper()


def quoted(page: Page, quote: Quote, verb: int | None, source: tuple[int, ...], score: float) -> Saying:
    """A quotation as a saying, by a cue verb or by none."""
    piece = inner(page, quote)
    return Saying(
        cue=None if verb is None else cue_span(page, verb),
        verb=verb,
        source=source,
        pieces=(piece,),
        bare=piece[0],
        frame="quote",
        strength="said",
        score=score,
        addressee=None if verb is None else told(page, verb, source),
    )
