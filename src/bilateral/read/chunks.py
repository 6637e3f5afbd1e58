"""Streaming of large tables and JSON Lines: pieces of about a megabyte, cut between rows, so that memory stays flat."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from bilateral.read.cells import delimiter_of, opens
from bilateral.read.limits import LIMITS

_WIDE = ("utf-16", "utf-32")


class Chunk(NamedTuple):
    """Rows of a larger input, from `first` to `last` line; for a table with its header in front."""

    data: bytes
    first: int
    last: int


class Line(NamedTuple):
    """A line of a stream and its number; `data` is empty for one that is too long, which was passed over."""

    data: bytes
    number: int


class TooLong(NamedTuple):
    """A row that is larger than any report, passed over; `line` is where it begins."""

    line: int


def line_chunks(stream: BinaryIO) -> Iterator[Chunk | TooLong]:
    """The lines of a stream in chunks."""
    yield from _chunks(((line.data, line.number, line.number) for line in _lines(stream)), b"")


def table_chunks(stream: BinaryIO) -> Iterator[Chunk | TooLong]:
    """The records of a table in chunks, each behind the table's header; line breaks inside quotes cut nothing."""
    lines = _lines(stream)
    first = next(lines, Line(b"\n", 1))
    if not first.data:
        yield TooLong(1)
        return
    delimiter = delimiter_of(_characters(first.data))
    records = _records(chain([first], lines), delimiter)
    header, _, last = next(records)
    header = header if header.endswith(b"\n") else header + b"\n"
    is_empty = True
    for chunk in _chunks(records, header):
        is_empty = False
        yield chunk
    if is_empty:
        yield Chunk(header, 1, last)


def transcoded(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The lines of a stream in UTF-16 or UTF-32, in UTF-8; raises UnicodeDecodeError."""
    text = io.TextIOWrapper(stream, encoding, newline="\n")
    first = True
    while line := text.readline(LIMITS.line):
        yield (line.removeprefix("\ufeff") if first else line).encode()
        first = False


def is_wide(encoding: str) -> bool:
    """Whether an encoding has line breaks of more than one byte."""
    return encoding.startswith(_WIDE)


def _lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a stream; one that is too long is passed over."""
    number = 0
    while data := stream.readline(LIMITS.line + 1):
        number += 1
        if len(data) > LIMITS.line and not data.endswith(b"\n"):
            while data and not data.endswith(b"\n"):
                data = stream.readline(LIMITS.chunk)
            yield Line(b"", number)
        else:
            yield Line(data, number)


def _records(lines: Iterator[Line], delimiter: str) -> Iterator[tuple[bytes, int, int]]:
    """The records of a table with their first and last line; one that is never closed is a record of one line."""
    waiting: deque[Line] = deque()
    while (head := waiting.popleft() if waiting else next(lines, None)) is not None:
        taken = _rest(head, waiting, lines, delimiter)
        for _ in taken:
            waiting.popleft()
        yield b"".join(line.data for line in (head, *taken)), head.number, (head, *taken)[-1].number


def _rest(head: Line, waiting: deque[Line], lines: Iterator[Line], delimiter: str) -> list[Line]:
    """The lines over which a quoted cell goes on until it is closed; none where it never is.

    What had to be read for that is left in `waiting`.
    """
    is_open = opens(_characters(head.data), delimiter, False)
    size = taken = 0
    while is_open and taken < LIMITS.quoted_lines and size <= LIMITS.line:
        if taken == len(waiting):
            waiting.extend(islice(lines, 1))
        if taken == len(waiting) or not waiting[taken].data:
            break
        data = waiting[taken].data
        taken, size = taken + 1, size + len(data)
        is_open = opens(_characters(data), delimiter, True)
    return [] if is_open else list(islice(waiting, taken))


def _characters(line: bytes) -> str:
    """The line as characters, one a byte, for finding quotes and delimiters, which are ASCII."""
    return line.decode("latin-1").rstrip("\r\n")


def _chunks(rows: Iterator[tuple[bytes, int, int]], header: bytes) -> Iterator[Chunk | TooLong]:
    held = bytearray()
    first = last = 0
    for data, start, end in rows:
        if held and (not data or len(held) + len(data) > LIMITS.chunk):
            yield Chunk(header + held, first, last)
            held.clear()
        if not data:
            yield TooLong(start)
            continue
        first = first if held else start
        held += data
        last = end
    if held:
        yield Chunk(header + held, first, last)
