"""Evidence marked in a text: overlapping spans cut into pieces that do not overlap, each with all that it carries.

All offsets are code points, as those of records are; the pieces are cut here, so that a browser, which counts in other
units, has nothing to count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from bilateral.model import AnyRecord, Evidence, kind_of

WHOLE = "sentence"  # a part that is not marked: it holds the others
MOST = 4_000  # spans that are marked in one text


class Span(Struct, frozen=True):
    """Words of a text and what they carry: the part, the record, its kind."""

    start: int
    end: int
    part: str
    record: str
    kind: str


class Piece(Struct, frozen=True):
    """A stretch of text between two ends of spans, with the spans that hold it, the shortest first."""

    start: int
    end: int
    text: str
    spans: tuple[Span, ...] = ()
    is_first: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that it carries, that of the shortest span first."""
        return tuple(dict.fromkeys(s.part for s in self.spans))

    @property
    def records(self) -> tuple[str, ...]:
        """The records that rest on it."""
        return tuple(dict.fromkeys(s.record for s in self.spans))

    @property
    def told(self) -> str:
        """What it carries, in words."""
        return "; ".join(dict.fromkeys(f"{s.part} of {s.kind} {s.record[:8]}" for s in self.spans))


def spans(records: Iterable[AnyRecord], *, whole: bool = False) -> list[Span]:
    """The evidence of some records as spans in the order of the text; whole sentences only where wanted."""
    found = [_span(e, r) for r in records for e in r.evidence if whole or e.part != WHOLE]
    return sorted(set(found), key=lambda s: (s.start, s.end, s.part, s.record))[:MOST]


def _span(e: Evidence, record: AnyRecord) -> Span:
    return Span(e.start, e.end, e.part, record.id, kind_of(record))


def pieces(words: str, start: int, found: Sequence[Span]) -> list[Piece]:
    """Words that stand at `start` of a text, in pieces; joined, they are the words. Spans count from the text's start.

    `is_first` is true of the piece with which a span begins, so that each span has one place to lead to.
    """
    end = start + len(words)
    inside = [s for s in found if s.start < end and s.end > start]
    cuts = {start, end, *(max(start, s.start) for s in inside), *(min(end, s.end) for s in inside)}
    begun = {max(start, s.start) for s in inside}
    made = []
    active: list[Span] = []
    waiting = sorted(inside, key=lambda s: s.start, reverse=True)
    for a, b in pairwise(sorted(cuts)):
        active = [s for s in active if s.end > a]
        while waiting and waiting[-1].start <= a:
            active.append(waiting.pop())
        held = tuple(sorted((s for s in active if s.end > a), key=lambda s: (s.end - s.start, s.start, s.part)))
        made.append(Piece(a, b, words[a - start : b - start], held, is_first=a in begun))
    return made
