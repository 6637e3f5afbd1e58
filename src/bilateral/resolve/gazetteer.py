"""Finds the surfaces of the knowledge files (states, seats, organisations …) in a document's tokens.

Says only that the words stand there and what they may mean; what they mean in their place is for the resolvers.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from bilateral import knowledge
from bilateral.knowledge import Surface
from bilateral.resolve.phrasebook import Match, Phrasebook
from bilateral.resolve.view import View, lowered

# Of readings with the same words, the first of these kinds is the hit; the others stay its alternatives.
_ORDER = ("name", "adjective", "people", "disputed", "igo", "organisation", "seat", "capital", "city", "combining")
_ACRONYM = 3


class Hit(NamedTuple):
    """A surface found at the tokens first..last (half-open), with the other readings of the same words."""

    first: int
    last: int
    surface: Surface
    others: tuple[Surface, ...] = ()

    @property
    def readings(self) -> tuple[Surface, ...]:
        """All readings of the words, the likeliest first."""
        return (self.surface, *self.others)

    def reading(self, *kinds: str) -> Surface | None:
        """The first reading of one of these kinds, or None."""
        return next((s for s in self.readings if s.kind in kinds), None)


@cache
def _book() -> Phrasebook[tuple[Surface, ...]]:
    same: dict[str, list[Surface]] = {}
    for surface in knowledge.surfaces():
        same.setdefault(lowered(surface.text), []).append(surface)
    return Phrasebook({lower: tuple(sorted(found, key=_rank)) for lower, found in same.items()})


def _rank(surface: Surface) -> int:
    return _ORDER.index(surface.kind)


def hits(view: View) -> list[Hit]:
    """The surfaces that stand in a document, in text order; of those that overlap the longest, then the first."""
    book, found, edge = _book(), [], 0
    for i in book.starts(view):
        if i < edge:
            continue
        hit = next((h for m in book.all_at(view, i) if (h := _fitting(view, m))), None)
        if hit is not None:
            found.append(hit)
            edge = hit.last
    return found


def _fitting(view: View, match: Match[tuple[Surface, ...]]) -> Hit | None:
    """A match as a hit, with the readings that allow its spelling and place."""
    written = view.text(match.first, match.last)
    found = [s for s in match.value if _is_written(s, written)]
    found = [s for s in found if s.kind != "combining" or view.is_hyphen(match.last)]
    return Hit(match.first, match.last, found[0], tuple(found[1:])) if found else None


def _is_written(surface: Surface, written: str) -> bool:
    """Whether words stand as a surface allows: its own capitals, or all in capitals where that is no acronym."""
    text = surface.text
    if written == text:
        return True
    if surface.cased:
        return len(text) > _ACRONYM and written.isupper() and written == text.upper()
    return written[:1].isupper() or text[:1].islower()
