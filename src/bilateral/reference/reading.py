"""Reading a reference file row by row: its hash and encoding, its header, its cells with the numbers of their lines.

Owns what all formats share. A file is gone through twice, once for its hash and encoding, once for its rows; neither
pass holds more than a block of it. What a row cannot give is told with the number of its line, and the next is read.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from msgspec import Struct

from bilateral.errors import FormatError, InputError

HEAD = 1 << 16  # characters in which a header must end
KEPT = 1_000  # bad rows that are told one by one; the others are counted
_BLOCK = 1 << 20
_DELIMITERS = (",", "\t", ";", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY = ((b"PK\x03\x04", "a ZIP: unpack it first"), (b"%PDF-", "a PDF"), (b"PAR1", "Parquet"),
           (b"SQLite format 3\x00", "an SQLite database"), (b"\xd0\xcf\x11\xe0", "an old office document"),
           (b"BZh", "bzip2: unpack it first"), (b"\xfd7zXZ\x00", "xz: unpack it first"))  # fmt: skip
_GZIP = b"\x1f\x8b"


class Bad(Struct, frozen=True):
    """A line of a reference file that gives no value, and why."""

    line: int
    why: str


class Source(NamedTuple):
    """A file before its rows are read: its hash, size, encoding, separator, and the names of its columns."""

    path: Path
    hash: str
    bytes: int
    encoding: str
    is_gzip: bool
    delimiter: str
    columns: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of the columns in lower case."""
        return frozenset(name.lower() for name in self.columns)


class Rows:
    """The rows of a file as (line, cells), and a tally of what could not be used.

    Iterate once. `bad` is for what a good file would not hold, `leave` for rows that are not meant: other products,
    other flows, no value. `at` gives the index of a column by its name in lower case.
    """

    def __init__(self, source: Source, progress: Callable[[int], None] | None = None) -> None:
        self.source = source
        self.lines = 0
        self.bad_rows: list[Bad] = []
        self.bad_count = 0
        self.left_out: Counter[str] = Counter()
        self._at = {name.lower(): i for i, name in reversed(list(enumerate(source.columns)))}
        self._progress = progress

    def at(self, name: str) -> int | None:
        """The index of a column by its name in lower case, None where the file has none."""
        return self._at.get(name)

    def bad(self, line: int, why: str) -> None:
        """Count a line that gives no value, and keep why for the first thousand."""
        self.bad_count += 1
        if len(self.bad_rows) < KEPT:
            self.bad_rows.append(Bad(line, why))

    def leave(self, why: str) -> None:
        """Count a line that is not meant to give a value of a pair."""
        self.left_out[why] += 1

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self.source.columns)
        with _text(self.source) as text:
            rows = csv.reader(self._whole(text), delimiter=self.source.delimiter)
            while True:
                try:
                    for cells in rows:
                        if len(cells) == width:
                            yield self.lines, cells
                        elif cells and (fitting := self._fitting(cells, width)) is not None:
                            yield self.lines, fitting
                    return
                except csv.Error as error:
                    self.bad(self.lines, f"it cannot be read: {error}")

    def _whole(self, text: io.TextIOBase) -> Iterator[str]:
        """The lines behind the header. One with an open quotation mark is bad by itself and swallows no other."""
        next(iter(text), None)
        self.lines = 1
        for line in text:
            self.lines += 1
            if '"' in line and line.count('"') % 2:
                self.bad(self.lines, "a quotation mark is not closed")
                continue
            if self._progress and not self.lines % 100_000:
                self._progress(self.lines)
            yield line

    def _fitting(self, cells: list[str], width: int) -> list[str] | None:
        """A row with as many cells as columns; empty ones at the end may be too many (UN Comtrade's are)."""
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            return cells[:width]
        if any(cell.strip() for cell in cells):
            self.bad(self.lines, f"expected {width} cells, found {len(cells)}")
        return None


def source(path: str | Path) -> Source:
    """A file's hash, encoding and header. InputError where it cannot be read, FormatError where it is no table."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            start = file.read(8)
            _refuse(path, start)
            digest, size, encoding = _gone_through(path, file, start.startswith(_GZIP))
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: it cannot be read: {getattr(error, 'strerror', None) or error}") from error
    found = Source(path, digest, size, encoding, start.startswith(_GZIP), ",", ())
    delimiter, columns = _header(found)
    return found._replace(delimiter=delimiter, columns=columns)


def _refuse(path: Path, start: bytes) -> None:
    kind = next((kind for magic, kind in _BINARY if start.startswith(magic)), None)
    if kind or not start:
        raise FormatError(f"{path}: expected a table of text, it is {kind or 'empty'}")


def _gone_through(path: Path, file: BinaryIO, is_gzip: bool) -> tuple[str, int, str]:
    """SHA-256 and size of a file, and the encoding of its text: by its mark, else UTF-8 if valid, else Latin-1."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while block := file.read(_BLOCK):
        digest.update(block)
        size += len(block)
    file.seek(0)
    unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if is_gzip else file
    return digest.hexdigest(), size, _encoding(path, unpacked)


def _encoding(path: Path, file: BinaryIO) -> str:
    block = file.read(_BLOCK)
    marked = next((name for mark, name in _MARKS if block.startswith(mark)), None)
    if marked == "utf-16":
        return marked
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    while block:
        if b"\x00" in block:
            raise FormatError(f"{path}: expected a table of text, it holds null bytes")
        if is_utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                is_utf8 = False
        block = file.read(_BLOCK)
    return (marked or "utf-8") if is_utf8 else "iso-8859-1"


@contextmanager
def _text(found: Source) -> Iterator[io.TextIOWrapper]:
    with found.path.open("rb") as file:
        raw = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if found.is_gzip else file
        with io.TextIOWrapper(raw, encoding=found.encoding, errors="replace", newline=None) as text:
            yield text


def _header(found: Source) -> tuple[str, tuple[str, ...]]:
    """The separator that parts the first line into the most cells, and the cells."""
    with _text(found) as text:
        line = text.readline(HEAD)
    if len(line) >= HEAD:
        raise FormatError(f"{found.path}: expected a header line of column names, its first line is longer than {HEAD}")
    line = line.lstrip("\ufeff").rstrip("\r\n")
    parted = {d: tuple(c.strip() for c in next(csv.reader([line], delimiter=d), [])) for d in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda d: len(parted[d]))
    columns = parted[delimiter]
    while columns and not columns[-1]:
        columns = columns[:-1]
    return delimiter, columns
