"""The formats that can be read, and which of them an input is in: by media type, content, suffix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePosixPath
from typing import NamedTuple

from bilateral.errors import DataError, FormatError
from bilateral.model import Problem
from bilateral.read.cells import cells, delimiter_of
from bilateral.read.encoding import binary_kind
from bilateral.read.html import html
from bilateral.read.lines import lines
from bilateral.read.plain import plain
from bilateral.read.rows import USUAL
from bilateral.read.table import table
from bilateral.text import Document, Raw

GROUP = "bilateral.readers"


class Reader(NamedTuple):
    """A format: its name, the suffixes and media types that announce it, and what reads it."""

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    read: Callable[[Raw], Iterator[Document | Problem]]


READERS: tuple[Reader, ...] = (
    Reader("plain", (".txt", ".text", ".md", ".asc"), ("text/plain", "text/markdown"), plain),
    Reader("html", (".html", ".htm", ".xhtml", ".shtml"), ("text/html", "application/xhtml+xml"), html),
    Reader(
        "lines",
        (".jsonl", ".ndjson", ".jl", ".json"),
        ("application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/json"),
        lines,
    ),
    Reader("table", (".csv", ".tsv", ".tab"), ("text/csv", "text/tab-separated-values"), table),
)

_PAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ELEMENTS = re.compile(rb"</(?:p|div|body|html|h1|article|span|a)\s*>", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"|\})")
_XML = re.compile(rb"\s*<\?xml\b")
_ROOT = re.compile(rb"<([A-Za-z][\w:.-]*)")


@cache
def readers() -> tuple[Reader, ...]:
    """The readers of the project and of installed packages (entry points of `bilateral.readers`).

    Raises DataError that names an entry point of the wrong shape, or one whose name is taken.
    """
    found = list(READERS)
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        reader = _checked(point)
        if reader.name in {known.name for known in found}:
            raise DataError(f"entry point {point.value!r} of {GROUP}: the name {reader.name!r} is taken")
        found.append(reader)
    return tuple(found)


def reader_of(raw: Raw) -> Reader:
    """The reader for an input; raises FormatError for a media type or a markup that none reads."""
    media_type = raw.media_type.partition(";")[0].strip().lower()
    told = _by_media_type(media_type) or (None if media_type else _by_suffix(raw.uri))
    if told is None and media_type not in {"", "application/octet-stream", "binary/octet-stream"}:
        raise FormatError(f"expected one of {', '.join(_known_types())}, got {media_type!r}")
    # Servers call tables and JSON plain text too.
    told = (_by_suffix(raw.uri) or told) if told is None or told.name == "plain" else told
    # A saved page is often named .txt, and servers call pages plain text; what it begins with is surer.
    if told is None or told.name == "plain":
        sniffed = _by_media_type(sniffed_type(raw.data[:65_536], raw.columns, is_text=told is not None))
        return sniffed or told or READERS[0]
    return told


def sniffed_type(head: bytes, columns: Mapping[str, str], *, is_text: bool = False) -> str:
    """The media type of an input by its first bytes; `is_text`: it is called text, so only a page's mark counts.

    Raises FormatError for other markup.
    """
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head) or (_XML.match(head) and b"<html" in head[:2_000].lower()):
        return "text/html"
    if _XML.match(head):
        root = _ROOT.search(head)
        raise FormatError(f"expected text, HTML, JSON Lines or CSV, got XML <{root[1].decode() if root else ''}>")
    if is_text:
        return "text/plain"
    if head[:1] == b"<" and len(_ELEMENTS.findall(head)) > 2:
        return "text/html"
    if _JSON.match(head):
        return "application/jsonl"
    return "text/csv" if _is_table(head, columns) else "text/plain"


def media_type_of(name: str, head: bytes, columns: Mapping[str, str]) -> str:
    """The media type of a file by its name, else by its first bytes; "" where its bytes are no text."""
    told = _by_suffix(name)
    if told is not None:
        return told.media_types[0]
    return "" if binary_kind(head) else sniffed_type(head, columns)


def _is_table(head: bytes, columns: Mapping[str, str]) -> bool:
    """Whether the first line holds the columns that the caller names, or one that usually holds the text."""
    line = head.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    names = [cell.strip() for cell in cells(line, delimiter_of(line))]
    if len(names) < 2:
        return False
    wanted = set(columns.values())
    return wanted <= set(names) if wanted else any(name.lower() in USUAL["text"] for name in names)


def _by_media_type(media_type: str) -> Reader | None:
    return next((r for r in readers() if media_type in r.media_types), None)


def _by_suffix(name: str) -> Reader | None:
    suffix = PurePosixPath(name).suffix.lower()
    return next((r for r in readers() if suffix in r.suffixes), None) if suffix else None


def _known_types() -> list[str]:
    return [r.media_types[0] for r in readers()]


def _checked(point: EntryPoint) -> Reader:
    """The reader behind an entry point, if it has the shape of one."""
    where = f"entry point {point.name!r} = {point.value!r} of {GROUP}"
    try:
        found = point.load()
    except (ImportError, AttributeError) as error:
        raise DataError(f"{where} cannot be loaded: {error}") from error
    if not isinstance(found, tuple) or len(found) != len(Reader._fields):
        raise DataError(f"{where}: expected a Reader({', '.join(Reader._fields)}), got {type(found).__name__}")
    reader = Reader(*found)
    if not isinstance(reader.name, str) or not reader.name.isidentifier():
        raise DataError(f"{where}: expected a name that is an identifier, got {reader.name!r}")
    for field, mark in (("suffixes", "."), ("media_types", "/")):
        value = getattr(reader, field)
        if not isinstance(value, tuple) or not all(isinstance(item, str) and mark in item for item in value):
            raise DataError(f"{where}: expected {field} as a tuple of words with {mark!r}, got {value!r}")
    if not callable(reader.read):
        raise DataError(f"{where}: expected a function as read, got {type(reader.read).__name__}")
    return reader
