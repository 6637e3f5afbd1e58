"""The task `attribution`: which words of a text are attributed, by which cue, to whom, as labelled corpora draw them.

Input {"doc", "text"}; prediction {"doc", "attributions": [{"content", "cue", "source"}]}, spans in code points of the
text as it came. Wider than the statements of the store: attitudes count, and content begins with "that" or with whom
an order is for.
"""

from __future__ import annotations

from typing import Any

from bilateral.errors import CallError, FormatError
from bilateral.extract.statements.page import Page, Saying, page
from bilateral.extract.statements.reading import outermost, sayings
from bilateral.parse import parse
from bilateral.read import documents
from bilateral.resolve import resolved
from bilateral.syntax import kids
from bilateral.text import Document, Given, Raw

# A source wider than this is no source for the scorer; names with their titles fit.
_WIDEST = 6


def attribution(item: dict[str, Any]) -> dict[str, Any]:
    """The prediction for one text; one that holds nothing to read has none. CallError says what is missing."""
    if not isinstance(item.get("doc"), str) or not isinstance(item.get("text"), str):
        raise CallError(f"attribution: expected an object with doc and text, got keys {sorted(item)}")
    document = _document(item["doc"], item["text"])
    if document is None:
        return {"doc": item["doc"], "attributions": []}
    shift = len(item["text"]) - len(document.text)
    laid = page(resolved(document, parse(document)))
    return {"doc": item["doc"], "attributions": [_shaped(laid, s, shift) for s in outermost(sayings(laid))]}


def _document(name: str, text: str) -> Document | None:
    """The text as a document whose offsets are those of the input: line ends keep their length."""
    same = text.replace("\r\n", " \n").replace("\r", "\n")
    data = same.encode("utf-8", "surrogatepass")
    raw = Raw(uri=name, media_type="text/plain", data=data, given=Given(lang="en"))
    try:
        found = list(documents(raw))
    except FormatError:
        return None
    return next((d for d in found if isinstance(d, Document)), None)


def _shaped(laid: Page, saying: Saying, shift: int) -> dict[str, list[list[int]]]:
    cue = [[saying.cue[0] + shift, saying.cue[1] + shift]] if saying.cue else []
    return {
        "content": [[a + shift, b + shift] for a, b in saying.pieces],
        "cue": cue,
        "source": [[a + shift, b + shift] for a, b in (_source(laid, h) for h in saying.source)],
    }


def _source(laid: Page, head: int) -> tuple[int, int]:
    """The words of a source: its head with the names and titles in front of it."""
    parse = laid.parse
    first = head
    while first - 1 in kids(parse, head, "compound", "det", "amod", "poss", "nmod") and head - first + 1 < _WIDEST:
        first -= 1
    return parse.start[first], parse.end[head]
