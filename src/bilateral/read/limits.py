"""The sizes up to which an input is read; beyond them it becomes a problem, before memory is spent on it."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Upper bounds of reading, in characters or bytes.

    `characters`: of a report's text; the longest communiques and verbatim records stay under 2 million.
    `page`: bytes of an HTML page; extraction takes 2 s a megabyte of paragraphs, 12 s a megabyte of unclosed tags.
    `file`: bytes of a file that holds one report (four a character in UTF-8 at most).
    `line`: bytes of one row of a table or of JSON Lines.
    `chunk`: bytes after which a streamed input is cut at the next row.
    `quoted_lines`: lines that one quoted cell may span before its quote mark counts as never closed.
    """

    characters: int = 5_000_000
    page: int = 10_000_000
    file: int = 20_000_000
    line: int = 20_000_000
    chunk: int = 1_000_000
    quoted_lines: int = 20_000


LIMITS = Limits()
