"""The extractors: each reads a resolved document and yields records of one kind. Entries do not import each other.

`statements` runs first: what it finds becomes the document's voices, so that the others know whose words they read.
Other packages add extractors through the entry point group `bilateral.extractors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import entry_points
from typing import NamedTuple

from bilateral.errors import DataError
from bilateral.extract.agreements import agreements
from bilateral.extract.events import events
from bilateral.extract.measures import measures
from bilateral.extract.roles import roles
from bilateral.extract.statements import statements
from bilateral.extract.visits import visits
from bilateral.model import Agreement, AnyRecord, Event, Measure, Record, Role, Statement, Visit
from bilateral.text import Resolved


class Extractor(NamedTuple):
    """A name, a version that changes with the rules, the record type made, and the function that makes them."""

    name: str
    version: str
    makes: type[Record]
    extract: Callable[[Resolved], Iterator[AnyRecord]]


EXTRACTORS: tuple[Extractor, ...] = (
    Extractor("statements", "1", Statement, statements),
    Extractor("roles", "1", Role, roles),
    Extractor("measures", "1", Measure, measures),
    Extractor("agreements", "1", Agreement, agreements),
    Extractor("visits", "1", Visit, visits),
    Extractor("events", "1", Event, events),
)


@cache
def extractors() -> tuple[Extractor, ...]:
    """The project's extractors and those that other packages register; DataError names one of the wrong shape."""
    found = []
    for entry in sorted(entry_points(group="bilateral.extractors"), key=lambda e: e.name):
        made = entry.load()
        if not isinstance(made, Extractor) or not callable(made.extract) or not issubclass(made.makes, Record):
            raise DataError(f"entry point {entry.name} ({entry.value}): expected an Extractor, got {made!r}")
        found.append(made)
    names = [e.name for e in (*EXTRACTORS, *found)]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise DataError(f"extractors named twice: {', '.join(twice)}")
    return (*EXTRACTORS, *found)
