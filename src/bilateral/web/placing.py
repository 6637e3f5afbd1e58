"""Where things stand on the page of review: fields as they are typed, text of a report that can be counted.

Words that a person marks are counted in code points; what a browser shows otherwise than it is (an escape for a
character that does not show) is kept apart, so that counting there gives the same as here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from bilateral.desk import reviewing
from bilateral.errors import CallError
from bilateral.fields import plain
from bilateral.interval import EARLIEST, LATEST, interval
from bilateral.model import AnyRecord, kind_of
from bilateral.web.marking import Piece
from bilateral.web.words import HIDDEN

_LAST = ("claimed_by",)  # seldom corrected, and long
DAYS = 15  # how far from a record's date one may lie that tells of the same thing


class Segment(Struct, frozen=True):
    """Text that stands at start to end; one that is shown as an escape is no text to count in."""

    start: int
    end: int
    text: str
    is_plain: bool


def segments(piece: Piece) -> list[Segment]:
    """A piece cut where a character is shown as an escape: what stands in a browser is then as long as it is here."""
    made, at = [], piece.start
    for is_plain, words in _runs(piece.text):
        made.append(Segment(at, at + len(words), words, is_plain))
        at += len(words)
    return made


def _runs(words: str) -> Iterator[tuple[bool, str]]:
    last = 0
    for hidden in HIDDEN.finditer(words):
        if hidden.start() > last:
            yield True, words[last : hidden.start()]
        yield False, hidden[0]
        last = hidden.end()
    if last < len(words):
        yield True, words[last:]


class Placed(Struct, frozen=True):
    """A place in a record that can be corrected: its path, what it holds now as it is typed, what it takes."""

    path: str
    now: str
    takes: str
    choices: tuple[str, ...]


def places(record: AnyRecord) -> Iterator[Placed]:
    """Yield the fields of a record that can be corrected, each followed by the places inside it."""
    values = plain(record)
    for f in sorted(reviewing.choices(kind_of(record)), key=lambda f: f.name in _LAST):
        value = values.get(f.name)
        yield Placed(f.name, written(value), f.takes, f.choices)
        for path, inner in _inside(f.name, value):
            yield Placed(path, written(inner), "", ())


def _inside(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    items = list(enumerate(value)) if isinstance(value, list) else []
    for n, item in items:
        if isinstance(item, dict):
            yield from ((f"{path}.{n}.{key}", inner) for key, inner in item.items() if key != "type")
    if isinstance(value, dict):
        yield from ((f"{path}.{key}", inner) for key, inner in value.items() if key != "type")


def written(value: Any) -> str:
    """A value as a person types it: text as it is, a list of plain words with commas, all else as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(v, str) and v and "," not in v for v in value):
        return ", ".join(value)
    return msgspec.json.encode(value).decode("utf-8", "backslashreplace")


def around(edtf: str | None) -> tuple[str | None, str | None]:
    """The days some time before and after a date; None where it has no ends."""
    days = interval(edtf)
    if days is None or days[0] == EARLIEST or days[1] == LATEST:
        return None, None
    some = timedelta(days=DAYS)
    try:
        return str(date.fromisoformat(days[0]) - some), str(date.fromisoformat(days[1]) + some)
    except (ValueError, OverflowError):
        return None, None


def span_of(text: str, words: str, start: int | None, near: int) -> tuple[int, int]:
    """The span of some words in a report: at `start` where they stand there, else where they stand nearest to `near`.

    CallError where the report does not hold them.
    """
    if start is not None and words and text[start : start + len(words)] == words:
        return start, start + len(words)
    if not words.strip():
        raise CallError("expected words of the report, got none")
    found = list(_places_of(text, words)) or list(_places_of(text, words.strip()))
    if not found:
        raise CallError(f"the report does not hold the words {words.strip()!r}, letter for letter")
    return min(found, key=lambda span: (abs(span[0] - near), span[0]))


def _places_of(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)
