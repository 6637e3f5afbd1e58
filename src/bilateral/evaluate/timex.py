"""The task `timex`: the time expressions of a text with their TIMEX3 values, as TimeML marks them.

Input {"id", "date", "text"}; prediction {"id", "timexes": [{"start", "end", "value"}]}, offsets into the text. TimeML
marks the two ends of a range, and a year beside its months, each for itself: a joined time is given by its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bilateral.errors import CallError
from bilateral.parse import parse
from bilateral.resolve.dates import readings
from bilateral.resolve.dates.sense import Reading
from bilateral.text import Dated, Document, Paragraph, Resolved, document_id

_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n[ \t]*\n|\s*\Z)", re.DOTALL)
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


def timex(item: dict[str, Any]) -> dict[str, Any]:
    """The prediction for one text; CallError says what is missing in the input."""
    if not isinstance(item.get("id"), str) or not isinstance(item.get("text"), str):
        raise CallError(f"timex: expected an object with id, date and text, got keys {sorted(item)}")
    doc = _resolved(item["text"], item.get("date"))
    found = [part for reading in readings(doc) for part in _parts(reading)]
    return {"id": item["id"], "timexes": [{"start": r.start, "end": r.end, "value": r.sense.timex} for r in found]}


def _resolved(text: str, stated: Any) -> Resolved:
    paragraphs = tuple(Paragraph(m.start(), m.end()) for m in _PARAGRAPH.finditer(text))
    document = Document(id=document_id(text, None), uri="timex", text=text, paragraphs=paragraphs)
    day = _DAY.match(stated) if isinstance(stated, str) else None
    published = Dated(value=day.group(), how="given") if day else Dated(value=None)
    return Resolved(document=document, parse=parse(document), published=published)


def _parts(reading: Reading) -> Iterator[Reading]:
    """The expressions that TimeML marks: an hour with its day is one, a range is two."""
    if reading.parts and not _is_one(reading):
        yield from reading.parts
    else:
        yield reading


def _is_one(reading: Reading) -> bool:
    return any(part.rule in ("clock_time", "part_of_day") for part in reading.parts)
