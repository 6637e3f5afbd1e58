"""Plain text: one report a file, kept character for character, with an optional header of `key: value` lines.

    source: https://news.example/economy/42 (Example Agency)
    published: 2019-07-03

    The text begins here …
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilateral.model import Problem
from bilateral.read.encoding import decoded
from bilateral.read.report import Said, report, stated, unix_lines
from bilateral.text import Document, Raw

KEYS = ("source", "published", "publisher", "title", "author", "lang", "url")
_NEEDED = {"source", "published"}
_LINE = re.compile(rf"({'|'.join(KEYS)})[ \t]*:(.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*")
_BRACKET = re.compile(r"\(([^()]{2,80})\)\s*$")


def plain(raw: Raw) -> Iterator[Document | Problem]:
    """The report in a plain text; a header in front of it is metadata and no part of the text."""
    text = unix_lines(decoded(raw.data, raw.media_type).text)
    length, header = _header(text)
    yield from report(raw, text[length:], _said(header))


def _header(text: str) -> tuple[int, dict[str, str]]:
    """The length of the header with its blank line, and its values; nothing where the text has no header."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        at = min(stop + 1, len(text))
        if not line.strip():
            break
        match = _LINE.fullmatch(line)
        if match is None or match[1].lower() in found:
            return 0, {}
        found[match[1].lower()] = match[2].strip()
    return (at, found) if _NEEDED & set(found) else (0, {})


def _said(header: dict[str, str]) -> Said:
    source = stated(header.get("source")) or ""
    address = _ADDRESS.search(source) or _ADDRESS.search(header.get("url", ""))
    bracket = _BRACKET.search(source)
    named = bracket[1] if bracket else None if _ADDRESS.search(source) else source
    return Said(
        uri=address[0] if address else None,
        title=header.get("title"),
        published=header.get("published"),
        publisher=stated(header.get("publisher")) or named,
        author=header.get("author"),
        lang=header.get("lang"),
    )
