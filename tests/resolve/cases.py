"""Reports made of a case's text, resolved: what the case tables of this folder are run on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bilateral.parse import parse
from bilateral.resolve import resolved
from bilateral.text import Dateline, Document, Mention, Paragraph, Resolved

FOLDER = Path(__file__).parents[1] / "cases"


def table(name: str) -> list[dict[str, Any]]:
    """The rows of a case table."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]


def document(case: dict[str, Any]) -> Document:
    """The text of a case as a report whose paragraphs are parted by blank lines."""
    text = case["text"].strip()
    paragraphs, at = [], 0
    for k, block in enumerate(text.split("\n\n")):
        start = text.index(block, at)
        at = start + len(block)
        paragraphs.append(Paragraph(start, at, "title" if k == 0 and case.get("title") else "body"))
    line = Dateline(0, 0, place=case["place"]) if case.get("place") else None
    date = case.get("date")
    return Document(
        id="case", uri="case", text=text, paragraphs=tuple(paragraphs), dateline=line, publisher=case.get("publisher"),
        published=date, published_by="given" if date else None,
    )  # fmt: skip


def resolved_case(case: dict[str, Any]) -> Resolved:
    """A case's report, parsed and resolved."""
    made = document(case)
    return resolved(made, parse(made))


def mention_of(doc: Resolved, words: str, nth: int = 1) -> Mention | None:
    """The mention that is just these words, the nth of them in the text, dates left out."""
    found = [m for m in doc.mentions if m.kind != "date" and m.text.replace("’", "'") == words]
    return found[nth - 1] if len(found) >= nth else None
