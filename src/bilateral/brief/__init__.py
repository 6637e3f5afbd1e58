"""The bilateral brief: dated, attributed lines out of a store, each numbered to its source and its words.

`brief` makes it from a question; `FORMS` print it. Sections and what goes where stand in sections.py, the words of a
record in wording.py.
"""

from __future__ import annotations

from collections.abc import Callable

from bilateral.brief.forms import as_json, as_markdown, as_text
from bilateral.brief.making import Brief, Group, Line, Section, Words, brief
from bilateral.brief.rows import Column, columns, csv_lines, framed, json_line, nested
from bilateral.brief.sentences import type_of, worded
from bilateral.brief.showing import shown
from bilateral.brief.tables import harmless, harmless_json, table
from bilateral.brief.wording import claim, date_of, source

__all__ = [
    "FORMS", "Brief", "Column", "Group", "Line", "Section", "Words", "brief", "claim", "columns", "csv_lines",
    "date_of", "framed", "harmless", "harmless_json", "json_line", "nested", "shown", "source", "table", "type_of",
    "worded",
]  # fmt: skip

FORMS: dict[str, Callable[[Brief], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
