"""Phrases looked up in a document's tokens, forwards and backwards, the longest first.

Compares lower case at token borders; what the phrases mean is for those who fill the book.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from bilateral.resolve.view import View, lowered

T = TypeVar("T")
_PARTS = re.compile(r"[\s-]"), re.compile(r"[\s'-]")


class Match(NamedTuple, Generic[T]):
    """A phrase at the tokens first..last (half-open) and what the book says of it."""

    first: int
    last: int
    value: T


class Phrasebook(Generic[T]):
    """Phrases in lower case with what they mean; of those that fit at a token, the longest is given."""

    __slots__ = ("_any", "_backward", "_forward")

    def __init__(self, phrases: Mapping[str, T]) -> None:
        self._forward: dict[str, list[tuple[str, T]]] = {}
        self._backward: dict[str, list[tuple[str, T]]] = {}
        for words, value in sorted(phrases.items(), key=lambda p: (-len(p[0]), p[0])):
            lower = lowered(words)
            for key in _keys(lower, 0):
                self._forward.setdefault(key, []).append((lower, value))
            for key in _keys(lower, -1):
                self._backward.setdefault(key, []).append((lower, value))
        # One test of all phrases of a first word at once: most words that open a phrase open none here.
        self._any = {key: tuple(lower for lower, _ in entries) for key, entries in self._forward.items()}

    def starts(self, view: View) -> list[int]:
        """The tokens at which a phrase may start, by their own word alone."""
        known = self._forward
        return [i for i, word in enumerate(view.low) if word in known]

    def at(self, view: View, i: int) -> Match[T] | None:
        """The longest phrase that starts at token i."""
        if not 0 <= i < len(view.low) or view.low[i] not in self._forward:
            return None
        found = self.all_at(view, i)
        return found[0] if found else None

    def all_at(self, view: View, i: int) -> list[Match[T]]:
        """The phrases that start at token i, the longest first."""
        entries = self._forward.get(view.low[i]) if 0 <= i < len(view.low) else None
        if entries is None:
            return []
        start, found, text = view.parse.start[i], [], view.lower
        if not text.startswith(self._any[view.low[i]], start):
            return []
        for lower, value in entries:
            if text.startswith(lower, start) and (last := _after(view, i, start + len(lower))) is not None:
                found.append(Match(i, last, value))
        return found

    def before(self, view: View, i: int) -> Match[T] | None:
        """The longest phrase whose last token is i - 1."""
        if not 0 < i <= len(view.low):
            return None
        end = view.parse.end[i - 1]
        for lower, value in self._backward.get(view.low[i - 1], ()):
            start = end - len(lower)
            if start >= 0 and view.lower.startswith(lower, start):
                first = _at(view, i - 1, start)
                if first is not None:
                    return Match(first, i, value)
        return None


def _keys(lower: str, at: int) -> set[str]:
    """The words that a phrase's first (0) or last (-1) token may be; full stops are sometimes tokens of their own."""
    words = {pattern.split(lower)[at] for pattern in _PARTS}
    if lower.endswith("."):
        words |= {"."} if at else {word.rstrip(".") for word in words}
    return words | ({word.rstrip(".") for word in words} if at == 0 else set())


def _after(view: View, i: int, end: int) -> int | None:
    """The token after the one that ends at an offset, or None where no token ends there."""
    ends = view.parse.end
    while i < len(ends) and ends[i] < end:
        i += 1
    return i + 1 if i < len(ends) and ends[i] == end else None


def _at(view: View, i: int, start: int) -> int | None:
    """The token that starts at an offset, looking back from token i, or None."""
    starts = view.parse.start
    while i > 0 and starts[i] > start:
        i -= 1
    return i if starts[i] == start else None
