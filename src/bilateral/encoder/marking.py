"""Sentences with a marked pair as the numbers that the encoder reads; the same for training and for reading.

Four tokens that the vocabulary keeps unused stand before and after source and target. A sentence that is too long is
cut to a window around the pair; where the pair itself is too far apart, the middle between them is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from bilateral.errors import CallError

LONGEST = 160  # tokens with all marks; the training sentences have at most 100
FIRST, LAST = 101, 102  # [CLS] and [SEP] of the vocabulary
SOURCE, SOURCE_END, TARGET, TARGET_END = 1, 2, 3, 4  # [unused0] … [unused3]
_ROOM = LONGEST - 6
_MARK = re.compile(r"</?([st])>")

Span = tuple[int, int]


class Marked(Struct, frozen=True, gc=False):
    """A sentence with who acts and towards whom as spans of it; None for one that is not there."""

    text: str
    source: Span | None = None
    target: Span | None = None


class Input(Struct, frozen=True, gc=False):
    """Token numbers with marks, and where the marks of source and target stand; 0, the first token, for none."""

    ids: tuple[int, ...]
    source_at: int
    target_at: int


def unmarked(words: str) -> Marked:
    """A sentence written with <s>…</s> and <t>…</t> as a `Marked`; CallError where marks do not pair."""
    text, starts, spans, at = "", dict[str, int](), dict[str, Span](), 0
    for mark in _MARK.finditer(words):
        text += words[at : mark.start()]
        at = mark.end()
        name = mark.group(1)
        if mark.group(0)[1] != "/":
            starts[name] = len(text)
        elif name in starts and name not in spans:
            spans[name] = (starts[name], len(text))
        else:
            raise CallError(f"expected one <{name}>…</{name}>, found {words!r}")
    if len(starts) != len(spans):
        raise CallError(f"expected every mark to be closed, found {words!r}")
    return Marked(text + words[at:], spans.get("s"), spans.get("t"))


def marked_input(ids: Sequence[int], offsets: Sequence[Span], pair: Marked) -> Input:
    """The numbers of a tokenised sentence (without first and last token) with the pair's marks between them."""
    source, target = _tokens(offsets, pair.source), _tokens(offsets, pair.target)
    kept = _window(len(ids), [r for r in (source, target) if r])
    place = {old: new for new, old in enumerate(kept)}
    marks: list[tuple[int, int, int, int]] = []  # place, close before open, inner close or outer open first, number
    for found, first, last in ((source, SOURCE, SOURCE_END), (target, TARGET, TARGET_END)):
        within = [place[i] for i in range(*found) if i in place] if found else []
        if within:
            start, stop = within[0], within[-1] + 1
            marks += [(start, 1, -stop, first), (stop, 0, -start, last)]
    marks.sort()
    made, at = [FIRST], {SOURCE: 0, TARGET: 0}
    for n in range(len(kept) + 1):
        for mark in [m[3] for m in marks if m[0] == n]:
            at[mark] = len(made)
            made.append(mark)
        if n < len(kept):
            made.append(ids[kept[n]])
    return Input((*made, LAST), at[SOURCE], at[TARGET])


def _tokens(offsets: Sequence[Span], span: Span | None) -> Span | None:
    """The tokens that a span touches, half-open; None where it touches none."""
    if span is None:
        return None
    touched = [i for i, (start, stop) in enumerate(offsets) if start < span[1] and span[0] < stop]
    return (touched[0], touched[-1] + 1) if touched else None


def _window(n: int, ranges: Sequence[Span]) -> Sequence[int]:
    """Which of n tokens are read: all, a window around the ranges, or two halves where these are too far apart."""
    if n <= _ROOM:
        return range(n)
    first, last = (min(r[0] for r in ranges), max(r[1] for r in ranges)) if ranges else (0, 0)
    spare = _ROOM - (last - first)
    if spare >= 0:
        start = max(0, min(first - spare // 2, n - _ROOM))
        return range(start, start + _ROOM)
    half = _ROOM // 2
    return [*range(first, first + half), *range(last - (_ROOM - half), last)]
