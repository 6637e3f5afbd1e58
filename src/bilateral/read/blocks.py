"""Where the paragraphs of a plain text begin and end: blank lines, single line breaks, or lines wrapped by a program.

Three kinds of text come: paragraphs between blank lines, a line a paragraph, and lines that a program broke at 60 to 80
columns. In the third, a break is soft where the next word would not have fitted on the line, as the programs do.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from bilateral.text import Kind

_LINE = re.compile(r"[^\n\x0b\x0c\x85\u2028\u2029]*")
_ITEM = re.compile(r"(?:[-–—•*·▪●○►»]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_STOP = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
# Programs wrap between 50 (telex) and 100 columns (editors); a line above that was not wrapped.
_NARROW, _WIDE = 40, 100
# Two short lines can look wrapped by chance; so many breaks of a text must look soft before one is believed to be.
_SOFT_SHARE = 0.6


class Piece(NamedTuple):
    """A paragraph before it is known what it is for; `hint` is what a markup said of it."""

    start: int
    end: int
    hint: Kind | None = None
    is_bold: bool = False


class _Line(NamedTuple):
    start: int
    end: int
    indent: int

    @property
    def width(self) -> int:
        return self.indent + self.end - self.start


def pieces(text: str) -> list[Piece]:
    """The paragraphs of a plain text, in order, without outer white space and without Markdown's marks."""
    blocks = _blocks(text)
    width = _wrap_width(text, blocks)
    found = []
    for block in blocks:
        start = block[0].start
        for line, following in pairwise(block):
            if not _is_soft(text, line, following, width):
                found.append(_piece(text, start, line.end))
                start = following.start
        found.append(_piece(text, start, block[-1].end))
    return [piece for piece in found if piece.start < piece.end]


def _blocks(text: str) -> list[list[_Line]]:
    """The runs of lines that hold something."""
    blocks: list[list[_Line]] = [[]]
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            blocks[-1].append(_Line(start, start + len(words), start - match.start()))
        elif blocks[-1] and match.start() > blocks[-1][-1].end and not match[0].strip() and _is_blank(text, match):
            blocks.append([])
    return [block for block in blocks if block]


def _is_blank(text: str, match: re.Match[str]) -> bool:
    """Whether an empty match is a line of its own, not the place right before a line's break."""
    return match.start() == 0 or text[match.start() - 1] in "\n\x0b\x0c\x85\u2028\u2029"


def _wrap_width(text: str, blocks: list[list[_Line]]) -> int | None:
    """The column at which a text was wrapped by a program; None where it was not."""
    lines = [line for block in blocks for line in block if len(block) > 1]
    narrow = [line.width for line in lines if line.width <= _WIDE]
    if not narrow or len(narrow) < 0.9 * len(lines) or max(narrow) < _NARROW:
        return None
    width = max(narrow)
    breaks = [pair for block in blocks for pair in pairwise(block)]
    soft = [pair for pair in breaks if _is_full(text, *pair, width)]
    inside = [line for line, _ in soft if not _STOP.search(text[line.start : line.end])]
    if len(breaks) < 3:
        is_wrapped = all(text[following.start].islower() and line.width >= _NARROW for line, following in breaks)
    else:
        is_wrapped = len(soft) >= _SOFT_SHARE * len(breaks) and 2 * len(inside) >= len(soft)
    return width if is_wrapped else None


def _is_full(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this one, give or take two columns."""
    word = text[following.start : following.end].split(maxsplit=1)[0]
    return line.width + 1 + len(word) > width - 2


def _is_soft(text: str, line: _Line, following: _Line, width: int | None) -> bool:
    if width is None or _ITEM.match(text, following.start):
        return False
    if following.indent >= line.indent + 2 and text[following.start].isupper():
        return False
    return _is_full(text, line, following, width) or text[following.start].islower()


_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)\1\s*")
_HASHES = re.compile(r"#{1,6}\s+")


def _piece(text: str, start: int, end: int) -> Piece:
    """A paragraph without the marks of a Markdown heading or of bold words that are all of it."""
    if match := _HASHES.match(text, start, end):
        return Piece(match.end(), end, "heading")
    match = _BOLD.fullmatch(text, start, end) if text.startswith(("**", "__"), start) else None
    if match and match[1] not in match[2]:
        return Piece(match.start(2), match.end(2), is_bold=True)
    return Piece(start, end)
