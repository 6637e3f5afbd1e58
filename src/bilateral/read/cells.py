"""Cutting a table into records and cells (RFC 4180): quoted cells hold delimiters, line breaks and doubled marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_DELIMITERS = ",;\t|"


class Record(NamedTuple):
    """A record of a table as written: its words, the line that it begins on, how many lines it spans.

    `is_open`: a quote mark opens a cell in it and none closes it within the longest span allowed; it is one line then.
    """

    words: str
    line: int
    lines: int
    is_open: bool = False


def delimiter_of(text: str) -> str:
    """What parts the cells of a table, by its header line."""
    header = text[: max(0, text.find("\n")) or len(text)][:20_000]
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count) if any(d in outside for d in _DELIMITERS) else ","


def records(text: str, delimiter: str, *, longest: int) -> Iterator[Record]:
    """The records of a table, in order; the next line goes on where a cell was never closed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    at, line = 0, 1
    while at < len(text):
        stop = _line_end(text, at)
        first_stop, lines = stop, 1
        is_open = opens(text[at:stop], delimiter, False)
        while is_open and stop < len(text) and lines < longest:
            start, stop = stop + 1, _line_end(text, stop + 1)
            lines += 1
            is_open = opens(text[start:stop], delimiter, True)
        if is_open:
            stop, lines = first_stop, 1
        yield Record(text[at:stop], line, lines, is_open)
        at, line = stop + 1, line + lines


def opens(line: str, delimiter: str, is_open: bool) -> bool:
    """Whether a quoted cell is open at the end of a line, given whether one was at its start."""
    at = 0
    while True:
        if is_open:
            at = _closing(line, at)
            if at < 0:
                return True
            is_open = False
        elif line.startswith('"', at):
            is_open, at = True, at + 1
            continue
        at = line.find(delimiter, at) + 1
        if at == 0:
            return False


def cells(record: str, delimiter: str) -> list[str]:
    """The cells of a record, without their quotes."""
    found = []
    at = 0
    while at <= len(record):
        if record.startswith('"', at):
            close = _closing(record, at + 1)
            close = len(record) + 1 if close < 0 else close
            words = record[at + 1 : close - 1].replace('""', '"')
        else:
            close, words = at, ""
        stop = record.find(delimiter, close)
        stop = len(record) if stop < 0 else stop
        found.append(words + record[close:stop])
        at = stop + 1
    return found


def _closing(line: str, at: int) -> int:
    """The place behind the quote mark that closes a cell, or -1; doubled marks are passed over."""
    while (at := line.find('"', at)) >= 0:
        if not line.startswith('"', at + 1):
            return at + 1
        at += 2
    return -1


def _line_end(text: str, at: int) -> int:
    stop = text.find("\n", at)
    return len(text) if stop < 0 else stop
