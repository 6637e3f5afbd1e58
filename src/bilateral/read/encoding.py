"""Bytes to characters: byte-order mark > HTTP charset > meta charset > UTF-8 that is valid > cchardet.

A text is decoded as a whole or refused with the byte that does not fit; nothing is replaced in secret.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

import cchardet

from bilateral.errors import EncodingError, FormatError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF (sound, film or WebP image)"),
    (b"PK\x03\x04", "a ZIP (or an office document)"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf", "7-zip"),
    (b"(\xb5/\xfd", "zstandard"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "Parquet"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"{\\rtf", "RTF"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# Pages that say Latin-1 or ASCII mean Windows-1252 (WHATWG, Encoding Standard, section 4.2).
_MEANT = {
    "iso8859-1": "cp1252", "iso-8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "euc_kr": "cp949",
}  # fmt: skip
_SAMPLE = 200_000


class Decoded(NamedTuple):
    """The characters of an input and the name of the encoding that gave them."""

    text: str
    encoding: str


def decoded(data: bytes, media_type: str = "", *, is_page: bool = False) -> Decoded:
    """The characters of a text without its byte-order mark.

    Raises EncodingError with the byte position, FormatError where the bytes are no text at all. With `is_page` the
    charset that an HTML page declares in its head counts, and single broken bytes (under one in a thousand) become
    U+FFFD, as in every browser.
    """
    if kind := binary_kind(data):
        raise FormatError(f"binary: it is {kind}; expected text, HTML, JSON Lines or CSV")
    mark, encoding = _marked(data)
    if encoding:
        return Decoded(_strict(data[len(mark) :], encoding, "its byte-order mark says"), encoding)
    if b"\x00" in data:
        return _wide(data)
    for name in _declared(data, media_type, is_page):
        if (text := _tried(data, name, is_page)) is not None:
            return Decoded(text, name)
    return _guessed(data)


def binary_kind(data: bytes) -> str | None:
    """What kind of binary file this is by its first bytes, None where they may be text."""
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def encoding_of(head: bytes, media_type: str = "") -> str:
    """The encoding of rows by their first bytes, which may end inside a character: mark > charset > what fits.

    UTF-8 where none fits, so that the rows at fault are told by themselves. Raises FormatError for what is no text.
    """
    cut = head[:_SAMPLE]
    _, encoding = _marked(cut)
    encoding = encoding or next(_declared(cut, media_type, False), None)
    if encoding:
        return encoding
    if b"\x00" not in cut and any(_valid(cut[: len(cut) - lost], "utf-8") is not None for lost in range(4)):
        return "utf-8"
    try:
        return decoded(cut, media_type).encoding
    except EncodingError:
        return "utf-8"


def _marked(data: bytes) -> tuple[bytes, str | None]:
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", None))


def _strict(data: bytes, encoding: str, why: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = data[error.start : error.start + 1].hex()
        raise EncodingError(
            f"{why} {encoding}, but byte {error.start} (0x{byte}) does not fit: {error.reason}"
        ) from error


def _valid(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared(data: bytes, media_type: str, is_page: bool) -> Iterator[str]:
    """The encodings that the transport and the page declare, in the order of their weight, as Python names them."""
    names = [match[1] for match in [_CHARSET.search(media_type)] if match]
    if is_page:
        names += [match[1].decode("ascii") for match in (_XML.search(data[:200]), _META.search(data[:4096])) if match]
    for name in names:
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        # A declaration that could be read as ASCII, or a text without null bytes, is not UTF-16; WHATWG takes UTF-8.
        yield "utf-8" if known.startswith(("utf-16", "utf-32")) else _MEANT.get(known, known)


def _tried(data: bytes, encoding: str, is_page: bool) -> str | None:
    text = _valid(data, encoding)
    if text is None and encoding == "cp1252":
        return data.decode("latin-1")
    if text is None and is_page:
        text = data.decode(encoding, "replace")
        return text if text.count("�") * 1000 <= len(text) + 1000 else None
    return text


def _wide(data: bytes) -> Decoded:
    """Text in UTF-16 or UTF-32 without a mark, told by where its null bytes stand; anything else is no text."""
    sample = data[:4096]
    quarter = max(1, len(sample) // 4)
    nulls = [sample[i::4].count(0) / quarter for i in range(4)]
    by_shape = (
        ("utf-32-le", nulls[2] > 0.9 and nulls[3] > 0.9),
        ("utf-32-be", nulls[0] > 0.9 and nulls[1] > 0.9),
        ("utf-16-le", min(nulls[1], nulls[3]) > 0.5 and max(nulls[0], nulls[2]) < 0.1),
        ("utf-16-be", min(nulls[0], nulls[2]) > 0.5 and max(nulls[1], nulls[3]) < 0.1),
    )
    for name, fits in by_shape:
        text = _valid(data, name) if fits else None
        if text is not None and "\x00" not in text:
            return Decoded(text, name)
    where = f"null bytes at {_positions(data)}"
    if data.count(0) * 5 > len(data) or _valid(data, "utf-8") is None:
        raise FormatError(f"binary: {where}; expected text, HTML, JSON Lines or CSV")
    raise FormatError(f"{where}; a text holds none")


def _positions(data: bytes) -> str:
    """The first positions of null bytes, three at most, for a message."""
    found = [data.find(0)]
    while len(found) < 3 and (at := data.find(0, found[-1] + 1)) >= 0:
        found.append(at)
    more = data.count(0) - len(found)
    return ", ".join(map(str, found)) + (f" and {more} more" if more else "")


def _guessed(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        at, reason = error.start, error.reason
    name = cchardet.detect(data[:_SAMPLE]).get("encoding")
    if name and not _is_broken_utf8(data):
        encoding = _MEANT.get(name.lower(), name.lower())
        text = _valid(data, encoding)
        if text is not None and _is_readable(text):
            return Decoded(text, encoding)
    raise EncodingError(f"byte {at} (0x{data[at : at + 1].hex()}) is not UTF-8 ({reason}), and no other encoding fits")


def _is_broken_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few: any other encoding would turn every accent into rubbish."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("�")
    right = sum(1 for c in text if c > "\x7f") - wrong
    return right >= 3 * wrong


def _is_readable(text: str) -> bool:
    """Whether decoded text looks like text: hardly any control characters, mostly letters and spaces."""
    sample = text[:20_000]
    control = sum(1 for c in sample if (c < " " and c not in "\n\r\t\f") or "\x7f" <= c < "\xa0")
    letters = sum(1 for c in sample if c.isalpha() or c.isspace())
    return control * 200 <= len(sample) and letters * 2 >= len(sample)
