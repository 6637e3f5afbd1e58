"""One report made of its text and of what was said of it: limits, anatomy, language, date and publisher, identity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bilateral.errors import FormatError
from bilateral.knowledge import outlet_of
from bilateral.model import Problem
from bilateral.read.anatomy import Anatomy, anatomy
from bilateral.read.blocks import Piece, pieces
from bilateral.read.dates import EXPECTED, date_of
from bilateral.read.language import check_english
from bilateral.read.limits import LIMITS
from bilateral.text import Document, How, Raw, document_id

_NOTHING = frozenset({"", "unknown", "none", "null", "n/a", "na", "-", "nan"})


class Said(Struct, frozen=True, kw_only=True):
    """What a container (a header, a page's head, a row) says of its report, as worded; None where it says nothing."""

    uri: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    lang: str | None = None


_UNSAID = Said()
_SMALL = frozenset({"furniture", "byline"})
_DATED_PATH = re.compile(r"^https?://[^?#]*/((?:19|20)\d\d)[/-](\d\d)(?:[/-](\d\d))?(?=[/-])")


def stated(words: str | None) -> str | None:
    """A metadata value on one line; None where it is empty or says that it is unknown."""
    value = " ".join((words or "").split())
    return None if value.lower() in _NOTHING else value


def unix_lines(text: str) -> str:
    """The text with line feeds alone at the ends of lines, all other characters as they are."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def report(
    raw: Raw, text: str, said: Said = _UNSAID, *, found: Sequence[Piece] | None = None, place: str | None = None
) -> Iterator[Document | Problem]:
    """The report that a text is, and a problem beside it where a date that was stated of it cannot be read.

    `found` are the paragraphs where a markup gives them. `place` ("line 7") goes into messages. Raises FormatError for
    a text that is empty or too long, LanguageError for one that is not in English.
    """
    _check(text)
    given = raw.given
    title = stated(given.title) or stated(said.title)
    parts = anatomy(text, pieces(text) if found is None else found, title=title)
    lang = given.lang if given.lang == "en" else check_english(parts.body(text) or text, given.lang or said.lang)
    if all(p.kind in _SMALL for p in parts.paragraphs):
        raise FormatError("it holds no text of a report, only page furniture")
    published, how = _published(raw, said, parts)
    publisher = _publisher(raw, said, parts)
    doc = Document(
        id=document_id(text, publisher),
        uri=said.uri or raw.uri,
        text=text,
        title=parts.title,
        paragraphs=parts.paragraphs,
        lang=lang,
        published=published,
        published_by=how,
        dateline=parts.dateline,
        publisher=publisher,
        author=stated(given.author) or stated(said.author) or parts.author,
    )
    yield doc
    wrong = stated(said.published)
    if wrong and how != "given" and date_of(wrong) is None:
        where = f"{place}: " if place else ""
        message = f"{where}expected {EXPECTED}, got the date {wrong[:60]!r}; the report is read without it"
        yield Problem(uri=doc.uri, stage="read", message=message, doc=doc.id)


def _check(text: str) -> None:
    if not text.strip():
        raise FormatError("empty: it holds no text")
    if len(text) > LIMITS.characters:
        raise FormatError(f"expected at most {LIMITS.characters:,} characters in a report, got {len(text):,}")
    if (at := text.find("\x00")) >= 0:
        raise FormatError(f"null bytes at {at}; a text holds none")


def _published(raw: Raw, said: Said, parts: Anatomy) -> tuple[str | None, How | None]:
    """The date of publication and how it is known; a dateline counts where it names the year, an address last."""
    if value := date_of(raw.given.published or ""):
        return value, "given"
    if value := date_of(said.published or "") or parts.stamped:
        return value, "metadata"
    day = parts.dateline.day if parts.dateline else None
    if day and not day.startswith("X"):
        return day, "dateline"
    value = _dated_path(said.uri or "")
    return (value, "metadata") if value else (None, None)


def _dated_path(uri: str) -> str | None:
    """The day or month in an address such as https://news.example/2019/07/03/envoys-meet."""
    match = _DATED_PATH.search(uri)
    return date_of("-".join(filter(None, match.groups()))) if match else None


def _publisher(raw: Raw, said: Said, parts: Anatomy) -> str | None:
    """The publisher, canonical where known: given, else metadata, else the address, the dateline, the credit line."""
    for words in (stated(raw.given.publisher), stated(said.publisher)):
        if words:
            outlet = outlet_of(words)
            return outlet.name if outlet else words
    outlet = outlet_of(said.uri) if said.uri and "://" in said.uri else None
    agency = parts.dateline.agency if parts.dateline else None
    return outlet.name if outlet else agency or parts.credited
