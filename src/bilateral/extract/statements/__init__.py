"""Statements: who said what, in whose words, to whom; see docs/rules/statements.md for the rules and their cases."""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.statements.choice import around, is_statement
from bilateral.extract.statements.page import page
from bilateral.extract.statements.quoting import passed_on
from bilateral.extract.statements.reading import sayings
from bilateral.extract.statements.records import records
from bilateral.model import Statement
from bilateral.text import Resolved


def statements(doc: Resolved) -> Iterator[Statement]:
    """Yield each statement that a document reports, in text order, outer ones before those they hold.

    Direct, indirect and mixed; a quotation split by its cue is one statement with several pieces of content, one
    evidence each. A speaker that is not resolved keeps its words as role; a statement without any has an empty one.
    Several speakers of the same words give a statement each. Skips attitudes of nobody known and what the speaker of
    a quotation says of itself. Raises nothing: marks that do not pair end with their paragraph.
    Source: docs/rules/statements.md.
    """
    laid = page(doc)
    found, added = passed_on(laid, sayings(laid))
    where = around(found)
    for saying in sorted((*added, *found), key=lambda s: (s.start, -sum(b - a for a, b in s.pieces))):
        if saying in added or is_statement(laid, saying, where):
            yield from records(laid, saying)
