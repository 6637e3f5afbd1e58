"""Who a noun phrase names: itself, else the states and organisations that are named inside it, the nearest first."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import structs

from bilateral.extract.events.arguments import BORDERS
from bilateral.extract.events.lexicon import Lexicon
from bilateral.extract.events.view import View
from bilateral.knowledge import code_of, place_code
from bilateral.model import Actor
from bilateral.scene import Cast, cast_at
from bilateral.syntax import ancestors, conjuncts, kids
from bilateral.text import Mention, Resolved

_NEAR = ("poss", "amod", "compound", "nmod", "appos")
_RANKS = {
    "by": 1, "of": 2, "from": 2, "between": 2, "with": 3, "to": 3, "against": 3, "on": 3, "towards": 3, "toward": 3,
    "about": 3, "in": 5, "at": 5, "near": 5, "off": 5, "over": 5, "across": 5, "inside": 5, "along": 5, "outside": 5,
}  # fmt: skip
# What makes a thing somebody's ("a Norwegian-owned mine").
_MADE = frozenset({"owned", "flagged", "run", "built", "made", "backed", "led", "funded", "registered", "operated"})
_OUTSIDE, _OWN = 4, 2


class Asking(NamedTuple):
    """What the questions about parties need: document, view, lexicon, the pair last named together, whom the sentence
    and those just before it name, whether the report is about two states, and who did what was told last."""

    doc: Resolved
    view: View
    words: Lexicon
    recent: frozenset[str] = frozenset()
    bilateral: bool = False
    near: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    is_short: bool = False
    doers: frozenset[str] = frozenset()


def named(doc: Resolved, view: View, i: int, *, places: bool = True, acting: bool = False) -> list[Cast]:
    """Those that the noun phrase of token i names: itself, else who is named inside it, the nearest kind first.

    "Israel's actions", "diplomats from Poland and Sweden", "a decision by Lima", "the flag of Chad". A thing of one's
    own ("its vote for …") names nobody else. A place that several states claim is nobody's.
    """
    titled = _inner(doc, view, i)
    own = titled or cast_at(doc, i)
    if own is not None and own.codes and (titled or _is_usable(doc.mention_at(i), places)):
        return [own, *_beside(doc, view, i, own), *_shared(doc, view, i, own)]
    ranked: dict[int, list[Mention]] = {}
    for k in view.reach(i):
        inner = doc.mention_at(k)
        rank = _rank(view, k, i, acting=acting)
        if k == i or inner is None or rank == _OUTSIDE or (acting and rank > _OWN) or _is_money(view, k):
            continue
        if inner.codes and _is_usable(inner, places or not acting or view.lemma[view.parse.head[k]] == "from"):
            ranked.setdefault(rank, []).append(inner)
    is_own = any(view.parse.pos[k] == "PRON" for k in kids(view.parse, i, "poss"))
    if is_own and 0 not in ranked and view.lemma[i] not in BORDERS:
        return []
    if not ranked:
        return []
    best = list(dict.fromkeys(ranked[min(ranked)]))
    found = [c for m in best for k in doc.parse.tokens(m.start, m.end)[:1] if (c := cast_at(doc, k)) is not None]
    sector = own.actors[0].sectors if own is not None and own.actors else ()
    return [c._replace(actors=tuple(_sectored(a, sector) for a in c.actors)) for c in dict.fromkeys(found)]


def _is_money(view: View, i: int) -> bool:
    """Whether a state only names a currency ("970 million U.S. dollars")."""
    return view.lemma[view.parse.head[i]] in ("dollar", "yen", "franc", "pound", "rupee", "peso", "krone", "dinar")


def _inner(doc: Resolved, view: View, i: int) -> Cast | None:
    """A state named inside a longer title ("its ambassador to Israel"), where the state itself is asked for."""
    mention = doc.mention_at(i)
    if mention is None or view.parse.dep[i] != "pobj" or mention.start >= doc.parse.start[view.parse.head[i]]:
        return None
    start = min(doc.parse.start[k] for k in (i, *kids(view.parse, i, "compound")))
    words = doc.text[start : doc.parse.end[i]]
    code = code_of(words) or place_code(words)
    return Cast((Actor(country=code),), start, doc.parse.end[i], "named inside a title") if code else None


def _beside(doc: Resolved, view: View, i: int, own: Cast) -> list[Cast]:
    """Other states that a noun shares ("Indian" in "Indian and Chinese soldiers")."""
    if view.parse.pos[i] != "NOUN":
        return []
    found = [c for k in kids(view.parse, i, "amod", "nmod") if doc.mention_at(k) and (c := cast_at(doc, k)) is not None]
    sectors = own.actors[0].sectors
    before = (c for c in found if c.start < own.start and c.codes)
    return [c._replace(actors=tuple(_sectored(a, sectors) for a in c.actors)) for c in before]


def _shared(doc: Resolved, view: View, i: int, own: Cast) -> list[Cast]:
    """The other owners of what several send ("Chad" in "envoys of Oslo and Chad")."""
    if view.parse.pos[i] != "NOUN":
        return []
    inside = [k for k in doc.parse.tokens(own.start, own.end) if view.parse.dep[k] == "pobj"]
    after = [n for k in inside for n in conjuncts(view.parse, k) if doc.parse.start[n] >= own.end]
    found = [c for n in after if (c := cast_at(doc, n)) is not None and c.codes]
    return [c._replace(actors=tuple(_sectored(a, own.actors[0].sectors) for a in c.actors)) for c in found]


def _is_usable(mention: Mention | None, places: bool) -> bool:
    return mention is None or mention.kind != "place" or (places and len(mention.codes) == 1)


def _sectored(actor: Actor, sectors: tuple[str, ...]) -> Actor:
    return actor if actor.sectors or not sectors else structs.replace(actor, sectors=sectors)


def _rank(view: View, low: int, high: int, *, acting: bool = False) -> int:
    """How near a name stands to the head of its phrase: an owner or adjective 0, "by" 1, "of" 2, elsewhere more. A
    thing acts for those by whom it is done ("a bomb planted by …")."""
    rank = 0
    for at in (low, *ancestors(view.parse, low)):
        if at == high:
            break
        dep = view.parse.dep[at]
        if dep == "pobj":
            step = _RANKS.get(view.lemma[view.parse.head[at]], _OUTSIDE)
            rank = _OUTSIDE if _OUTSIDE in (step, rank) else max(rank, step)
        elif dep == "npadvmod" and view.low[view.parse.head[at]] in _MADE:
            rank = max(rank, 0)
        elif dep == "acl" and acting and view.parse.tag[at] == "VBN" and rank < _OUTSIDE:
            rank = _OWN
        elif dep not in (*_NEAR, "prep", "agent", "conj", "dative"):
            rank = _OUTSIDE
    return rank
