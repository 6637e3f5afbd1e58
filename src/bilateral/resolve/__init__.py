"""Resolvers, run in order, each taking the mentions so far: the report's date, people, actors, places, references.

A resolver is one function `(doc: Resolved) -> Resolved` that adds to a document and changes nothing in place. People
come first, so that a title grammar and not the model says what is a name; references last but dates, since they need
everybody who may be meant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bilateral.resolve.actors import actors
from bilateral.resolve.collective import collective
from bilateral.resolve.dates import dates
from bilateral.resolve.people import people
from bilateral.resolve.places import places
from bilateral.resolve.published import published
from bilateral.resolve.references import references
from bilateral.text import Dated, Document, Parse, Resolved


class Resolver(NamedTuple):
    """A stage of resolving, by name."""

    name: str
    resolve: Callable[[Resolved], Resolved]


RESOLVERS: tuple[Resolver, ...] = (
    Resolver("published", published),
    Resolver("people", people),
    Resolver("actors", actors),
    Resolver("places", places),
    Resolver("collective", collective),
    Resolver("references", references),
    Resolver("dates", dates),
)


def resolved(document: Document, parse: Parse, *, overruled: str | None = None) -> Resolved:
    """A parsed document with its date, mentions and people; `overruled` is a date that a person has set (EDTF)."""
    if overruled is not None:
        dated = Dated(value=overruled, how="overruled")
    else:
        dated = Dated(value=document.published, how=document.published_by)
    doc = Resolved(document=document, parse=parse, published=dated)
    for resolver in RESOLVERS:
        doc = resolver.resolve(doc)
    return doc
