"""Whether the name of a state, capital or city stands for a place or for a government, and other words for places.

"Talks in Hanoi" and "flew to Hanoi" are places; "Hanoi said" and "an appeal to Hanoi" are not.
"""

from __future__ import annotations

from collections.abc import Iterable

from bilateral.resolve.gazetteer import Hit
from bilateral.resolve.scan import Scan
from bilateral.resolve.view import POSSESSIVES
from bilateral.resolve.words import words
from bilateral.syntax import OBJECTS

_SKIP = frozenset(
    ("the", "downtown", "central", "nearby", "neighbouring", "neighboring", "all", "both", "most", "much")
)
_DIRECTIONS = frozenset(("north", "south", "east", "west", "northern", "southern", "eastern", "western"))
_ROUTES = frozenset((
    "flight", "flights", "route", "routes", "train", "trains", "line", "link", "links", "road", "border", "distance",
))  # fmt: skip


def place_reason(scan: Scan, hit: Hit) -> str | None:
    """Why the words of a hit stand for a place, or None where they stand for a state or its government."""
    kind = hit.surface.kind
    if in_dateline(scan, hit.first):
        return "place of the dateline"
    if _is_geography(scan, hit):
        return "part of the name of a sea, river or range"
    if kind == "disputed":
        return "disputed territory, all claimants"
    if kind == "city":
        return "city" if scan.view.parse.pos[hit.last - 1] == "PROPN" else None
    if kind not in ("name", "capital", "seat"):
        return None
    return _after_preposition(scan, hit) or (_beside_place(scan, hit) if kind == "capital" else None)


def in_dateline(scan: Scan, i: int) -> bool:
    """Whether token i stands in the dateline."""
    line = scan.view.document.dateline
    return line is not None and line.start <= scan.view.parse.start[i] < line.end


def _is_geography(scan: Scan, hit: Hit) -> bool:
    """Whether a hit is part of "South China Sea", "Gulf of Finland", "Indian Ocean", "Lake Malawi"."""
    seen, geography = scan.view, words().places.geography
    if seen.low_at(hit.last) in geography and (seen.is_capital(hit.last) or seen.low[hit.last] in ("gulf", "sea")):
        return True
    if seen.low_at(hit.first - 1) in words().places.before_names and seen.is_capital(hit.first - 1):
        return True
    before = seen.low_at(hit.first - 2)
    return seen.low_at(hit.first - 1) == "of" and before in geography and seen.is_capital(hit.first - 2)


def _after_preposition(scan: Scan, hit: Hit) -> str | None:
    seen, parse = scan.view, scan.view.parse
    if hit.surface.kind == "name" and parse.dep[hit.last - 1] in ("amod", "compound", "nmod", "poss"):
        return None
    if parse.dep[hit.last - 1] == "conj":
        first = scan.cover.get(parse.head[hit.last - 1])
        return place_reason(scan, first) if first is not None and first.first < hit.first else None
    p = hit.first - 1
    while p >= 0 and (seen.low[p] in _SKIP or seen.low[p] in _DIRECTIONS):
        p -= 1
    word, lists = seen.low_at(p), words().places
    if word in lists.always and seen.low_at(hit.last) not in POSSESSIVES:
        return None if _is_about(scan, p) else f'after "{word}"'
    if hit.surface.kind == "name":
        return None
    if word in lists.motion_prepositions and _governor(scan, p) & lists.motion:
        return f'after "{word}" with a motion'
    if word == "of" and seen.low_at(p - 1) in lists.of_heads:
        return f'after "{seen.low[p - 1]} of"'
    if word == "between" and _governor(scan, p) & _ROUTES:
        return "end of a route"
    return None


def _is_about(scan: Scan, p: int) -> bool:
    """Whether "in" says what something is about ("interested in Russia")."""
    return scan.view.low[p] == "in" and bool(_governor(scan, p) & words().places.about_in)


def _governor(scan: Scan, p: int) -> set[str]:
    """The word that a preposition hangs on, as written and as lemma, and the word before the preposition."""
    seen, parse = scan.view, scan.view.parse
    head = parse.head[p]
    found = {seen.low[head], parse.lemma[head].lower(), seen.low_at(p - 1)}
    if parse.dep[head] == "prep":
        found |= {seen.low[parse.head[head]], parse.lemma[parse.head[head]].lower()}
    return found


def _beside_place(scan: Scan, hit: Hit) -> str | None:
    """A capital as a place by what follows or governs it: "Geneva talks", "left Hanoi", "Hanoi, Vietnam"."""
    seen, parse, last = scan.view, scan.view.parse, hit.last - 1
    head = parse.head[last]
    follows = seen.low_at(hit.last)
    if seen.is_hyphen(hit.last) and seen.low_at(hit.last + 1) in ("based", "born", "bound", "educated", "area"):
        return f'before "-{seen.low[hit.last + 1]}"'
    if parse.dep[last] in ("compound", "nmod", "amod", "poss") and seen.low[head] in words().places.heads:
        return f'before "{seen.low[head]}"'
    nxt = scan.starts.get(hit.last + 1) if follows == "," else None
    if nxt is not None and nxt.surface.kind == "name" and nxt.surface.codes[:1] == hit.surface.codes[:1]:
        return "city with its state"
    if parse.dep[last] in OBJECTS and parse.lemma[head].lower() in words().places.objects:
        return f'object of "{parse.lemma[head].lower()}"'
    return None


def capital_phrases(scan: Scan) -> Iterable[tuple[int, tuple[int, tuple[str, ...]]]]:
    """Yield each "the Philippine capital": the token of its head, its first token and the states."""
    heads = words().places.capitals
    for i in [k for k, word in enumerate(scan.view.low) if word in heads]:
        if (phrase := _capital_phrase(scan, i)) is not None:
            yield i, phrase


def _capital_phrase(scan: Scan, i: int) -> tuple[int, tuple[str, ...]] | None:
    """The first token and the states of "the Philippine capital" whose head is token i, or None."""
    seen = scan.view
    if seen.parse.pos[i] not in ("NOUN", "PROPN"):
        return None
    at = i - 1 if seen.low_at(i - 1) in POSSESSIVES else i
    hit = scan.ends.get(at)
    if hit is None or hit.surface.kind not in ("name", "adjective", "people"):
        return None
    return hit.first, hit.surface.codes[:1]
