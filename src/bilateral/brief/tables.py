"""Rows of words as an aligned table, and words made harmless for a terminal. Pure functions to strings."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

GAP = "  "
NARROWEST = 16  # columns that are left to words that have to be wrapped
# Control characters, marks that turn the direction of writing, line separators, invisible tags, halves of characters.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def harmless(words: str) -> str:
    """Words with everything that a terminal would act on, or that would hide what stands there, as a visible escape."""
    return _HARMFUL.sub(_escape, words)


def harmless_json(line: str) -> str:
    """JSON that says the same without a character that a terminal would act on."""
    return _HARMFUL.sub(_json_escape, line)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2))


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None = None, flexible: Sequence[str] = ()
) -> Iterator[str]:
    """Yield the lines of a table; with a width, cells of the flexible columns are wrapped to fit it."""
    cells = [[" ".join(cell.split()) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        widths = _fitted(widths, width, [n for n, name in enumerate(header) if name in flexible])
    for row in cells:
        yield from _lines(row, widths, is_wrapped=width is not None)


def _fitted(widths: list[int], width: int, flexible: Sequence[int]) -> list[int]:
    """Widths of columns that fit: what is short keeps its width, the rest share what is left."""
    fixed = sum(w for n, w in enumerate(widths) if n not in flexible) + len(GAP) * (len(widths) - 1)
    left = width - fixed
    fitted = list(widths)
    for done, n in enumerate(sorted(flexible, key=lambda n: widths[n])):
        fitted[n] = min(widths[n], max(NARROWEST, left // (len(flexible) - done)))
        left -= fitted[n]
    return fitted


def _lines(row: Sequence[str], widths: Sequence[int], *, is_wrapped: bool) -> Iterator[str]:
    if not is_wrapped:
        yield GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        return
    wrapped = [textwrap.wrap(cell, max(1, w)) or [""] for cell, w in zip(row, widths, strict=True)]
    for n in range(max(map(len, wrapped))):
        parts = (cell[n] if n < len(cell) else "" for cell in wrapped)
        yield GAP.join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()
