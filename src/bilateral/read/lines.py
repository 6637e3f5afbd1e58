"""JSON Lines (one object a line), a JSON array of objects, or a single JSON object: a report an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from bilateral.errors import FormatError
from bilateral.model import Problem
from bilateral.read import rows
from bilateral.read.encoding import decoded, encoding_of
from bilateral.text import Document, Raw

_decode = msgspec.json.Decoder().decode


def lines(raw: Raw) -> Iterator[Document | Problem]:
    """The reports of JSON Lines, a problem for each line that is none; a whole array or object is read too."""
    data = raw.data.removeprefix(b"\xef\xbb\xbf")
    if encoding_of(data, raw.media_type) != "utf-8":
        data = decoded(data, raw.media_type).text.encode()
    whole = _whole(data)
    if whole is not None:
        for at, value in enumerate(whole, 1):
            yield from _report(raw, value, at)
        return
    for at, line in enumerate(data.split(b"\n"), raw.first_line):
        if line.strip():
            yield from _line(raw, line, at)


def _whole(data: bytes) -> list[Any] | None:
    """The objects of an input that is one JSON value over several lines; None for JSON Lines."""
    start = data[:1000].lstrip()[:1]
    first = data.lstrip()[:2].strip()
    if start == b"[" or (first == b"{" and data.count(b"\n") > 1):
        try:
            value = _decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            if start == b"[":
                raise FormatError(f"expected a JSON array of objects: {error}") from error
            return None
        return value if isinstance(value, list) else [value]
    return None


def _line(raw: Raw, line: bytes, at: int) -> Iterator[Document | Problem]:
    try:
        value = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield rows.problem(raw, at, f"expected a JSON object: {error}")
        return
    yield from _report(raw, value, at)


def _report(raw: Raw, value: object, at: int) -> Iterator[Document | Problem]:
    if not isinstance(value, dict):
        yield rows.problem(raw, at, f"expected a JSON object with fields, got {type(value).__name__}")
        return
    try:
        names = rows.fields([key for key in value if isinstance(key, str)], raw.columns)
        found = {part: _words(part, value[name], name) for part, name in names.items()}
    except FormatError as error:
        yield rows.problem(raw, at, str(error))
        return
    yield from rows.row(raw, found, at)


def _words(part: str, value: object, name: str) -> str | None:
    """A field as words: numbers as written, names of an object or list joined; FormatError where it cannot be."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise FormatError(f"expected text in the field {name!r}, got {str(value).lower()}")
    if isinstance(value, int | float) and part != "text":
        return str(value)
    if part in {"author", "publisher"}:
        return _names(value)
    if part == "text" and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    raise FormatError(f"expected text in the field {name!r}, got {type(value).__name__}")


def _names(value: object) -> str | None:
    """The name in an object, or the names in a list, as schema.org writes authors and publishers."""
    if isinstance(value, Mapping):
        return _names(value.get("name") or value.get("title"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_names, value))) or None
    return value if isinstance(value, str) else None
