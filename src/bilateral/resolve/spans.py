"""Mentions by their spans: which of those that overlap stays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from bilateral.text import Mention


def apart(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without those that overlap a longer one, or an equally long one before them; longest first."""
    kept: list[Mention] = []
    starts: list[int] = []
    ends: list[int] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        at = bisect_left(starts, mention.start)
        before, behind = ends[at - 1] if at else 0, starts[at] if at < len(starts) else mention.end
        if before <= mention.start and mention.end <= behind:
            kept.append(mention)
            starts.insert(at, mention.start)
            ends.insert(at, mention.end)
    return kept
