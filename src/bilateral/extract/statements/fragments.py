"""Words that a report quotes inside its own sentences without a cue, where all that it quotes is one person's.

An interview told by a reporter does so: The two states seek a pact "on equal terms." Scare quotes are too short.
"""

from __future__ import annotations

from bilateral.extract.statements.page import Page, Saying, trimmed
from bilateral.extract.statements.places import SHORTEST, inner
from bilateral.extract.statements.quotes import Quote
from bilateral.extract.statements.spans import spans_of
from bilateral.extract.statements.speaker import speakers


def fragments(page: Page, found: list[Saying]) -> list[Saying]:
    """The quoted fragments that nobody was found for, as sayings of the report's only speaker; [] where it has more."""
    told = spans_of(p for s in found for p in s.pieces)
    open_ = [q for q in page.quotes if not told.touches(q.inner_start, q.inner_end) and q.words(page.text) >= SHORTEST]
    spoken = [s for s in found if s.frame == "quote" and s.cue is not None] if open_ else []
    names = {speaker.actor.name for s in spoken for speaker in speakers(page, s)}
    if len(spoken) < 2 or len(names) != 1 or None in names:
        return []
    return [_fragment(page, q, spoken) for q in open_ if not _is_of_another(page, q, found)]


def _is_of_another(page: Page, quote: Quote, found: list[Saying]) -> bool:
    """Whether somebody is told to speak in a fragment's sentence, so that it is not left to the report's speaker."""
    tokens = page.sentence(min(page.first_token(quote.start), len(page.parse) - 1))
    start, end = page.parse.start[tokens.start], page.parse.end[tokens.stop - 1]
    return any(s.cue is not None and start <= s.cue[0] < end for s in found)


def _fragment(page: Page, quote: Quote, spoken: list[Saying]) -> Saying:
    before = [s for s in spoken if s.start < quote.start]
    piece = trimmed(page.text, *inner(page, quote)) or inner(page, quote)
    return Saying(
        cue=None,
        verb=None,
        source=(before[-1] if before else spoken[0]).source,
        pieces=(piece,),
        bare=piece[0],
        frame="fragment",
        strength="said",
        score=0.6,
    )
