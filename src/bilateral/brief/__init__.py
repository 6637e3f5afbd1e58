"""The bilateral brief: dated, attributed lines out of a store, each numbered to its source and its words.

`brief` makes it from a question; `FORMS` print it, `as_pdf` sets it as PDF; `differences` compares it with an earlier
one that `kept` reads, and `DIFFERENCE_FORMS` print that. What goes where stands in sections.py and placing.py, the
words of a record in wording.py and sentences.py.
"""

from __future__ import annotations

from collections.abc import Callable

from bilateral.brief.differences import Difference, differences, kept
from bilateral.brief.differing import DIFFERENCE_FORMS
from bilateral.brief.forms import as_json, as_markdown, as_text
from bilateral.brief.making import brief, brief_of
from bilateral.brief.page import as_html
from bilateral.brief.paper import as_pdf
from bilateral.brief.persons import PEOPLE_FORMS, PERSON_FORMS, Profile, list_as_text
from bilateral.brief.positions import POSITION_FORMS, Position, Positions, positions, told
from bilateral.brief.rows import Column, columns, csv_line, csv_lines, framed, json_line, nested
from bilateral.brief.sentences import type_of, worded
from bilateral.brief.showing import shown
from bilateral.brief.structure import Brief, Group, Line, Section, Stage, Telling, Words
from bilateral.brief.tables import harmless, harmless_json, table
from bilateral.brief.wording import claim, date_of, source

__all__ = [
    "DIFFERENCE_FORMS", "FORMS", "PEOPLE_FORMS", "PERSON_FORMS", "POSITION_FORMS", "Brief", "Column", "Difference",
    "Group", "Line", "Position", "Positions", "Profile", "Section", "Stage", "Telling", "Words", "as_pdf", "brief",
    "brief_of", "claim", "columns", "csv_line", "csv_lines", "date_of", "differences", "framed", "harmless",
    "harmless_json", "json_line", "kept", "list_as_text", "nested", "positions", "shown", "source", "table", "told",
    "type_of", "worded",
]  # fmt: skip

FORMS: dict[str, Callable[[Brief], str]] = {
    "text": as_text, "markdown": as_markdown, "json": as_json, "html": as_html
}  # fmt: skip
