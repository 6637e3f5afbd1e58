"""Tables with a header line: CSV with commas, semicolons, tabs or bars; a report a row.

Cells are cut here and not by `csv`, whose limit of 131,072 characters a cell is a global of the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilateral.errors import FormatError
from bilateral.model import Problem
from bilateral.read import rows
from bilateral.read.cells import cells, delimiter_of, records
from bilateral.read.encoding import decoded, encoding_of
from bilateral.read.limits import LIMITS
from bilateral.text import Document, Raw


def table(raw: Raw) -> Iterator[Document | Problem]:
    """The reports of a table, a problem for each row that is none.

    Raises FormatError where a column that the caller named, or any for the text, is missing.
    """
    text = _text(raw)
    delimiter = delimiter_of(text)
    found = records(text, delimiter, longest=LIMITS.quoted_lines)
    header = next(found, None)
    if header is None or not header.words.strip():
        raise FormatError("empty: it holds no header line")
    names = [name.strip() for name in cells(header.words, delimiter)]
    parts = {part: names.index(name) for part, name in rows.fields(names, raw.columns).items()}
    # A chunk of a larger table repeats the header; its rows stand at first_line and below.
    shift = raw.first_line - header.lines - 1 if raw.first_line > 1 else 0
    for record in found:
        at = record.line + shift
        if record.is_open:
            yield rows.problem(raw, at, "a quote mark opens a cell and none closes it")
        elif record.words.strip():
            yield from _row(raw, cells(record.words, delimiter), parts, names, at)


def _row(
    raw: Raw, values: Sequence[str], parts: dict[str, int], names: Sequence[str], at: int
) -> Iterator[Document | Problem]:  # fmt: skip
    if len(values) <= parts["text"]:
        yield rows.problem(raw, at, f"expected {len(names)} cells, got {len(values)}")
        return
    found = {part: values[i] if i < len(values) else None for part, i in parts.items()}
    wrong = next((c for words in found.values() for c in words or "" if "\udc80" <= c <= "\udcff"), None)
    if wrong is not None:
        yield rows.problem(raw, at, f"byte 0x{ord(wrong) - 0xDC00:02x} does not fit the encoding of the table")
        return
    yield from rows.row(raw, found, at)


def _text(raw: Raw) -> str:
    """The table's characters; in a table of an 8-bit encoding single wrong bytes are left for their row to report."""
    encoding = encoding_of(raw.data, raw.media_type)
    if encoding.startswith(("utf-16", "utf-32")):
        return decoded(raw.data, raw.media_type).text
    if b"\x00" in raw.data:
        decoded(raw.data, raw.media_type)  # raises, with the positions
    return raw.data.decode(encoding, "surrogateescape").removeprefix("\ufeff")
