"""The full-text indexes: a reader's words as their query, and what is asked of them."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import column, func, literal_column, table

from bilateral.store.kinds import fold

_MARKS = ("[", "]", "…")
_AROUND = 28  # words of a snippet


def terms_of(words: str) -> str:
    """A reader's words as a query of FTS5: each quoted, so that no sign in them is an operator."""
    found = re.findall(r'"([^"]*)"(\*?)|([^\s"]+)', words.replace("\x00", " "))
    terms = [(phrase or word.rstrip("*"), bool(star) or word.endswith("*")) for phrase, star, word in found]
    return " ".join(f'"{term}"{"*" if begins else ""}' for term, begins in terms if fold(term))


def index_of(name: str) -> tuple[Any, Any, Any]:
    """A full-text index with its condition and its rank."""
    index = table(name, column("rowid"))
    return index, literal_column(name).op("MATCH"), literal_column(f"bm25({name}{', 5.0, 1.0' * (name[0] == 'd')})")


def snippet_of(name: str, at: int) -> Any:
    """The words around what was found, in the column at a place; -1: in the best one."""
    return func.snippet(literal_column(name), at, *_MARKS, _AROUND)
