"""What a user names as input (files, folders, globs, standard input) as Raw, in a fixed order, with flat memory."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import PurePath, PurePosixPath
from typing import Any, BinaryIO

from bilateral.errors import CallError, FormatError
from bilateral.model import Problem
from bilateral.read.chunks import Chunk, TooLong, is_wide, line_chunks, table_chunks, transcoded
from bilateral.read.dates import EXPECTED, is_date_given
from bilateral.read.encoding import binary_kind, encoding_of
from bilateral.read.limits import LIMITS
from bilateral.read.registry import media_type_of
from bilateral.read.rows import USUAL
from bilateral.text import Given, Raw

_NOTHING_GIVEN = Given()
_HEAD = 200_000
_ROWS = {"application/jsonl": line_chunks, "text/csv": table_chunks}
_READABLE = "text, HTML, JSON Lines or CSV"


def raws(
    paths: Iterable[str],
    *,
    given: Given = _NOTHING_GIVEN,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Raw | Problem]:
    """The inputs behind paths, one Raw a file, several for a large table or JSON Lines; a problem for each that fails.

    A path is a file, a folder (all files in it, sorted, without hidden ones), a glob, or "-" for standard input. `uri`
    is the path as named, from the folder's own name downwards. Raises CallError for a date or a column that cannot be.
    """
    if given.published is not None and not is_date_given(given.published):
        raise CallError(f"expected {EXPECTED}, got the date {given.published!r}")
    for part in columns or {}:
        if part not in USUAL:
            raise CallError(f"expected a column for one of {', '.join(USUAL)}, got one for {part!r}")
    return _raws(paths, given, dict(columns or {}), stdin)


def _raws(
    paths: Iterable[str], given: Given, columns: dict[str, str], stdin: BinaryIO | None
) -> Iterator[Raw | Problem]:  # fmt: skip
    for path in paths:
        if path == "-":
            yield from _stream(stdin or sys.stdin.buffer, "stdin", given, columns)
        elif os.path.lexists(path):
            yield from _named(path, given, columns)
        else:
            matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
            for match in matches:
                yield from _named(match, given, columns)
            if not matches:
                kind = "no file matches" if glob.has_magic(path) else "no such file or folder"
                yield _problem(_relative(path), f"{kind}; expected a file, a folder, a glob or - for standard input")


def _named(path: str, given: Given, columns: dict[str, str]) -> Iterator[Raw | Problem]:
    """The inputs of a path that exists."""
    if not os.path.isdir(path):
        yield from _file(path, _relative(path), given, columns)
        return
    base = PurePath(path).name if PurePath(path).name not in {"", ".."} else ""
    is_empty = True
    for inside, error in _walk(path):
        is_empty = False
        uri = PurePosixPath(_readable(base), _readable(PurePath(inside).relative_to(path).as_posix())).as_posix()
        if error is not None:
            yield _problem(uri, f"expected a folder that can be read: {error.strerror}")
        else:
            yield from _file(inside, uri, given, columns)
    if is_empty:
        yield _problem(_relative(path), "expected files in the folder, found none")


def _walk(folder: str) -> Iterator[tuple[str, OSError | None]]:
    """The files below a folder in sorted order without hidden ones; a folder that cannot be read with its error."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, error
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        elif not (entry.is_symlink() and os.path.isdir(entry.path)):  # a link to a folder may lead in a circle
            yield entry.path, None


def _file(path: str, uri: str, given: Given, columns: dict[str, str]) -> Iterator[Raw | Problem]:
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
            yield _problem(uri, f"expected a file of {_READABLE}, got a device or socket")
            return
        with open(path, "rb") as stream:
            yield from _stream(stream, uri, given, columns)
    except OSError as error:
        yield _problem(uri, f"expected a file that can be read: {error.strerror or error}")


def _stream(stream: BinaryIO, uri: str, given: Given, columns: dict[str, str]) -> Iterator[Raw | Problem]:
    """The inputs in a stream: one, or a chunk of rows at a time."""
    head = _read(stream, _HEAD)
    try:
        media_type = media_type_of(uri, head, columns)
        if kind := binary_kind(head):
            raise FormatError(f"binary: it is {kind}; expected {_READABLE}")
        encoding = encoding_of(head if len(head) < _HEAD else head[: len(head) // 4 * 4])
    except FormatError as error:
        yield _problem(uri, str(error))
        return
    if media_type in _ROWS and not _is_one_value(media_type, uri, head):
        raw = Raw(uri=uri, media_type=f"{media_type}; charset={encoding}", data=b"", given=given, columns=columns)
        yield from _rows(_whole(head, stream), raw, media_type, encoding)
        return
    data = head + _read(stream, LIMITS.file + 1 - len(head)) if len(head) == _HEAD else head
    if len(data) > LIMITS.file:
        yield _problem(uri, f"expected at most {LIMITS.file:,} bytes for one report; many go into JSON Lines or CSV")
        return
    yield Raw(uri=uri, media_type=media_type, data=data, given=given, columns=columns)


def _rows(stream: BinaryIO, raw: Raw, media_type: str, encoding: str) -> Iterator[Raw | Problem]:
    """The chunks of a table or of JSON Lines as Raw, in UTF-8 where the input is in UTF-16 or UTF-32."""
    kind = raw.media_type
    if is_wide(encoding):
        stream, kind = _joined(transcoded(stream, encoding)), f"{media_type}; charset=utf-8"
    try:
        for chunk in _ROWS[media_type](stream):
            if isinstance(chunk, TooLong):
                yield _problem(raw.uri, f"line {chunk.line}: expected at most {LIMITS.line:,} bytes in a row")
            else:
                yield _chunk(raw, kind, chunk)
    except UnicodeDecodeError as error:
        yield _problem(raw.uri, f"its bytes are not {encoding}: {error.reason} at {error.start}; the rest is not read")


def _chunk(raw: Raw, kind: str, chunk: Chunk) -> Raw:
    return Raw(
        uri=raw.uri,
        media_type=kind,
        data=chunk.data,
        given=raw.given,
        columns=raw.columns,
        place=f"lines {chunk.first}-{chunk.last}",
        first_line=chunk.first,
    )


def _is_one_value(media_type: str, name: str, head: bytes) -> bool:
    """Whether JSON is an array, or an object over several lines, which is read as a whole."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].strip()
    if media_type != "application/jsonl" or not first:
        return False
    is_cut = not first.endswith(b"}") and len(first) < len(head) // 2
    return first[:1] == b"[" or (name.lower().endswith(".json") and is_cut)


def _read(stream: BinaryIO, size: int) -> bytes:
    """Up to size bytes; a pipe gives them in pieces."""
    parts, left = [], size
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _relative(path: str) -> str:
    """A path as an address: as named, without the machine's folders above it."""
    named = PurePath(os.path.normpath(path))
    parts = [part for part in named.parts if part != ".."]
    words = named.name if named.is_absolute() else "/".join(parts)
    return _readable(words) or path


def _readable(path: str) -> str:
    """A file name that can be stored: bytes that are no UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _problem(uri: str, message: str) -> Problem:
    return Problem(uri=uri, stage="read", message=message)


class _Joined(io.RawIOBase):
    """A stream made of pieces that come one after another."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._held = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray) -> int:  # type: ignore[override]
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = piece
        size = min(len(into), len(self._held))
        into[:size], self._held = self._held[:size], self._held[size:]
        return size


def _whole(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream whose head has been read already, from its beginning."""
    return _joined(chain([head], iter(partial(stream.read, 1 << 16), b"")))


def _joined(pieces: Iterator[bytes]) -> BinaryIO:
    joined: Any = _Joined(pieces)
    return io.BufferedReader(joined, 1 << 16)
