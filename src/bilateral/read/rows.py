"""Rows of a table or of JSON Lines as reports: which field holds what, by the caller's columns or usual names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bilateral.errors import EncodingError, FormatError, InputError
from bilateral.model import Problem
from bilateral.read.blocks import Piece, pieces
from bilateral.read.report import Said, report, stated, unix_lines
from bilateral.text import Document, Raw

# Names in use by datasets of news, the likeliest first; compared without case.
USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "maintext", "story"),
    "title": ("title", "headline", "head_line"),
    "published": (
        "published", "date", "published_at", "publication_date", "date_published", "datepublished", "publish_date",
        "pub_date", "pubdate", "published_date", "date_publish", "timestamp",
    ),
    "uri": ("url", "link", "uri", "source_url", "permalink"),
    "publisher": ("publisher", "source", "outlet", "agency", "publication", "site_name", "source_name"),
    "author": ("author", "byline", "authors", "writer"),
    "lang": ("lang", "language"),
    "id": ("id", "_id", "doc_id", "article_id", "uid"),
}  # fmt: skip

_LONE = re.compile("[\ud800-\udfff]")


def fields(came: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Which of the fields that came holds which part of a report.

    Raises FormatError that names the field which is missing and the ones that came.
    """
    lower = {name.strip().lower(): name for name in reversed(came)}
    found = {}
    for part, usual in USUAL.items():
        wanted = columns.get(part)
        names = (wanted,) if wanted is not None else usual
        name = wanted if wanted in came else next((lower[n.lower()] for n in names if n.lower() in lower), None)
        if name is not None:
            found[part] = name
        elif wanted is not None:
            raise FormatError(f"expected a column {wanted!r} for {part}; the columns are {_list(came)}")
    if "text" not in found:
        raise FormatError(f"expected a column for the text ({_list(USUAL['text'])}); the columns are {_list(came)}")
    return found


def row(raw: Raw, values: Mapping[str, str | None], line: int) -> Iterator[Document | Problem]:
    """The report in one row, its values by the parts of a report; a problem with its line where it is none."""
    try:
        yield from _reports(raw, values, line)
    except InputError as error:
        yield problem(raw, line, str(error))


def problem(raw: Raw, line: int, message: str) -> Problem:
    """A problem with one row: the file, the line, and what is wrong."""
    return Problem(uri=raw.uri, stage="read", message=f"line {line}: {message}")


def _reports(raw: Raw, values: Mapping[str, str | None], line: int) -> Iterator[Document | Problem]:
    for part, words in values.items():
        if words and not words.isascii() and _LONE.search(words):
            raise EncodingError(f"half a character (a lone surrogate) in the {part}")
    text = unix_lines((values.get("text") or "").removeprefix("\ufeff"))
    if not text.strip():
        raise FormatError("empty: it holds no text")
    key = stated(values.get("id"))
    title = stated(raw.given.title) or stated(values.get("title"))
    found: list[Piece] | None = None
    if title and not _has_title(text, title):
        found = [Piece(0, len(title), "title")]
        found += [p._replace(start=p.start + len(title) + 2, end=p.end + len(title) + 2) for p in pieces(text)]
        text = f"{title}\n\n{text}"
    said = Said(
        uri=stated(values.get("uri")) or f"{raw.uri}#{key or line}",
        title=title,
        published=values.get("published"),
        publisher=values.get("publisher"),
        author=values.get("author"),
        lang=values.get("lang"),
    )
    yield from report(raw, text, said, found=found, place=f"line {line}")


def _has_title(text: str, title: str) -> bool:
    """Whether a title stands as a paragraph of its own near the head of the text."""
    wanted = title.casefold()
    head = text[: len(title) + 2_000]
    return wanted in " ".join(head.split()).casefold() and any(
        " ".join(head[p.start : p.end].split()).casefold() == wanted for p in pieces(head)[:6]
    )


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(repr(str(name)[:40]) for name in names[:20])
    return shown + (f" and {len(names) - 20} more" if len(names) > 20 else "") if names else "none"
