"""Many spans at once: which of them hold a position, without looking at all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from bilateral.extract.statements.page import Span


class Spans(NamedTuple):
    """Spans sorted by their start, with the furthest end of each and of all before it."""

    spans: tuple[Span, ...]
    furthest: tuple[int, ...]

    def holding(self, at: int) -> Iterator[Span]:
        """The spans that hold a position, the last to begin first."""
        n = bisect_right(self.spans, at, key=lambda s: s[0]) - 1
        while n >= 0 and self.furthest[n] > at:
            if self.spans[n][1] > at:
                yield self.spans[n]
            n -= 1

    def touches(self, start: int, end: int) -> bool:
        """Whether a span shares a position with start..end."""
        n = bisect_right(self.spans, end - 1, key=lambda s: s[0]) - 1
        return n >= 0 and self.furthest[n] > start


def spans_of(found: Iterable[Span]) -> Spans:
    """Some spans, in any order, ready to be asked."""
    ordered = tuple(sorted(found))
    return Spans(ordered, tuple(accumulate((end for _, end in ordered), max)))
