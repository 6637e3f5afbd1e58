"""All the sayings of a page, from every reader of this package, none told twice; and those that stand in no other."""

from __future__ import annotations

from bilateral.extract.statements.clauses import by_verbs
from bilateral.extract.statements.direct import by_quotes
from bilateral.extract.statements.fragments import fragments
from bilateral.extract.statements.nouns import by_adjectives, by_nouns, by_sources
from bilateral.extract.statements.page import Page, Saying, Span
from bilateral.extract.statements.spans import spans_of
from bilateral.extract.statements.surface import by_surface
from bilateral.extract.statements.titles import by_titles
from bilateral.extract.statements.turns import by_turns


def sayings(page: Page) -> list[Saying]:
    """The sayings of a page in text order, outer ones first; of two with the same words the surer one is kept."""
    heard = by_quotes(page)
    found = [*heard.sayings, *by_sources(page), *by_verbs(page, heard.used), *by_turns(page)]
    used = {s.verb for s in found if s.verb is not None}
    cues = spans_of(s.cue for s in found if s.cue is not None)
    found += [s for s in by_nouns(page, used) if s.cue is None or not any(cues.holding(s.cue[1] - 1))]
    found += [s for s in by_adjectives(page) if s.verb not in used]
    found += by_surface(page, found)
    found += by_titles(page, found)
    found += fragments(page, found)
    return sorted(_once(found), key=lambda s: (s.start, -s.pieces[-1][1]))


def _once(found: list[Saying]) -> list[Saying]:
    kept: dict[tuple[Span, ...], Saying] = {}
    for saying in found:
        known = kept.get(saying.pieces)
        if known is None or known.score < saying.score:
            kept[saying.pieces] = saying
    return list(kept.values())


def outermost(found: list[Saying]) -> list[Saying]:
    """The sayings that stand in nobody else's words and do not overlap, the surest kept, in text order."""
    all_ = spans_of(p for s in found for p in s.pieces)
    free = [s for s in found if s.cue is None or all(p in s.pieces for p in all_.holding(s.cue[0]))]
    kept: list[Saying] = []
    for saying in sorted(free, key=lambda s: -s.score):
        if not any(a < d and c < b for k in kept for a, b in k.pieces for c, d in saying.pieces):
            kept.append(saying)
    return sorted(kept, key=lambda s: s.start)
