"""Reading: what a user names becomes Raw, what is in it becomes Documents, and what cannot be read becomes Problems.

`raws` finds the inputs, `documents` reads one; `READERS` lists the formats, one module each.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.errors import DataError, InputError
from bilateral.model import Problem
from bilateral.read.limits import LIMITS, Limits
from bilateral.read.registry import READERS, Reader, reader_of, readers
from bilateral.read.sources import raws
from bilateral.text import Document, Raw

__all__ = ["LIMITS", "READERS", "Limits", "Reader", "documents", "raws", "readers"]


def documents(raw: Raw) -> Iterator[Document | Problem]:
    """The reports in an input, and a problem for each part of it that is none.

    Raises DataError for an installed reader of the wrong shape, and nothing else.
    """
    try:
        reader = reader_of(raw)
        for made in reader.read(raw):
            if not isinstance(made, Document | Problem):
                raise DataError(f"reader {reader.name!r}: expected a Document or a Problem, got {type(made).__name__}")
            yield made
    except InputError as error:
        where = f"{raw.place}: " if raw.place else ""
        yield Problem(uri=raw.uri, stage="read", message=f"{where}{error}")
