"""Who acts and to whom: the states and organisations that the slots of a trigger mean.

A party that a sentence leaves out is taken from the pair that the report is about, where the trigger is of a kind that
reports tell so ("the two sides agreed", "the invitation was accepted"); such a party is said to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bilateral.extract.events.arguments import Frame, Slot
from bilateral.extract.events.filling import (
    PAIR,
    PRIVATE,
    is_bilateral,
    may_fill_actor,
    may_fill_both,
    meant,
    other_of,
    sentence_pair,
)
from bilateral.extract.events.finding import Hit
from bilateral.extract.events.naming import Asking, named
from bilateral.extract.events.view import View
from bilateral.model import Actor
from bilateral.scene import Cast, cast_at, codes_of, joined
from bilateral.syntax import ancestors, conjuncts, kids, subjects
from bilateral.text import Parse

__all__ = ["PRIVATE", "Asking", "Parties", "is_bilateral", "is_civil", "named", "parties"]

_PLACES = frozenset({"place", "in", "at", "to", "near", "of", "from", "obj", "on", "outside", "along", "off", "into",
                     "against", "over", "around", "for"})  # fmt: skip


# Things that act by their crews.
_CREWED = frozenset({"boat", "boats", "ship", "vessel", "plane", "planes", "aircraft", "helicopter", "launch"})
_OWNED = frozenset({"country", "government", "nation", "troops", "army", "forces", "navy", "parliament", "ministry"})
_NEIGHBOURS = frozenset({"neighbour", "neighbor", "rival", "ally", "foe", "partner", "counterpart"})
_SHARED = frozenset({
    "bilateral", "mutual", "relations", "ties", "partnership", "friendship", "progress", "growth", "dialogue",
})  # fmt: skip


class Parties(NamedTuple):
    """The two sides of an event: actors and recipients, the words that name them, and what was filled in."""

    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...] = ()
    actor: Cast | None = None
    recipient: Cast | None = None
    actor_slot: str = ""
    recipient_slot: str = ""
    filled: tuple[str, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """All states and organisations that take part."""
        return frozenset((*codes_of(self.actors), *codes_of(self.recipients)))


class _Side(NamedTuple):
    casts: tuple[Cast, ...] = ()
    slot: str = ""

    @property
    def actors(self) -> tuple[Actor, ...]:
        return tuple(a for a in joined(self.casts) if a.country)

    @property
    def codes(self) -> tuple[str, ...]:
        return codes_of(self.actors)


def parties(asking: Asking, hit: Hit, slots: Frame) -> Parties | None:
    """Who takes part in an event, or None where no two different states do."""
    if hit.row.mutual:
        return _mutual(asking, hit, slots)
    actor = _first(asking, slots.actors, (), acting=True, things=hit.row.code == "AID" and bool(hit.row.subject))
    recipient = _first(asking, slots.recipients, actor.codes, direct=hit.row.other)
    return _paired(asking, hit, slots, actor, recipient)


def _mutual(asking: Asking, hit: Hit, slots: Frame) -> Parties | None:
    """All who are named take part alike: X and Y, X with Y, between X and Y, X's … with Y."""
    first = _first(asking, slots.actors, (), acting=True)
    casts = list(first.casts)
    for slot in (*slots.actors, *slots.recipients):
        side = _side(asking, slot, acting=slot in slots.actors)
        if slot.name != first.slot and (len(codes_of(joined(casts))) < 2 or slot.name in ("with", "between")):
            casts += [c for c in side.casts if c not in casts]
    whole = _Side(tuple(casts), first.slot)
    if len(whole.codes) >= 2:
        other = next((c for c in casts[1:] if c.codes and c.codes != casts[0].codes), None)
        return Parties(_once(whole.actors), (), casts[0], other, first.slot, "")
    return _paired(asking, hit, slots, whole, _Side())


def _once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """One actor a state, the one that says most."""
    best: dict[str | None, Actor] = {}
    for a in actors:
        old = best.get(a.country)
        if old is None or (a.name and not old.name) or (a.sectors and not old.sectors and not old.name):
            best[a.country] = a
    return tuple(best.values())


def _paired(asking: Asking, hit: Hit, slots: Frame, actor: _Side, recipient: _Side) -> Parties | None:
    """The two sides with what is missing filled in from the report's pair."""
    filled = list[str]()
    is_joint = hit.row.group == "promise" or _is_reciprocal(asking.view, hit) or _is_of_both(asking.view, hit)
    if len(actor.codes) > 1 and not recipient.codes and is_joint:
        return Parties(_once(actor.actors), (), next(iter(actor.casts)), None, actor.slot)
    actors, recipients = _once(actor.actors), _once(recipient.actors)
    if hit.row.joint and len(codes_of(actors)) > 1:
        return Parties(actors, recipients, next(iter(actor.casts)), None, actor.slot, recipient.slot)
    if not recipients and actors and (found := meant(asking, hit, slots, actors)):
        recipients, filled = found, ["recipient"]
    elif recipients and not actors and may_fill_actor(asking, hit, slots):
        actors, filled = _crowd(asking, hit, codes_of(recipients)) or other_of(asking, codes_of(recipients)), ["actor"]
        if len(codes_of(recipients)) == 2 and not actors:
            return Parties(recipients, (), next(iter(recipient.casts)), None, recipient.slot)
    elif not actors and hit.row.mutual and len(pair := sentence_pair(asking, hit)) == PAIR:
        return Parties(pair, (), filled=("actor", "recipient"))
    elif not (actors or recipients) and may_fill_both(asking, hit, slots):
        return Parties(tuple(Actor(country=c) for c in asking.doc.dyad), (), filled=("actor", "recipient"))
    if not actors or not recipients:
        return None
    first, second = next(iter(actor.casts), None), next(iter(recipient.casts), None)
    if hit.row.mutual:
        return Parties((*actors, *recipients), (), first, second, actor.slot, recipient.slot, tuple(filled))
    return Parties(actors, recipients, first, second, actor.slot, recipient.slot, tuple(filled))


def _crowd(asking: Asking, hit: Hit, codes: tuple[str, ...]) -> tuple[Actor, ...]:
    """Whose people protest where nobody says: those of the other state that the report is about."""
    pair = asking.doc.dyad
    if hit.row.code != "PROTEST" or len(codes) != 1 or codes[0] not in pair or not asking.bilateral:
        return ()
    return tuple(Actor(country=c) for c in pair if c not in codes)


def _is_reciprocal(view: View, hit: Hit) -> bool:
    """Whether several do it to each other."""
    below = view.reach(hit.token)
    return any(view.low[i] in ("each", "one") and view.low[i + 1 : i + 2] in (("other",), ("another",)) for i in below)


def _is_of_both(view: View, hit: Hit) -> bool:
    """Whether several speak well of what they have together ("reaffirmed their friendly ties"), or stop fighting."""
    if hit.row.code == "RETREAT":
        return hit.row.mode in ("disarm", "ceasefire", "withdraw")
    return hit.row.code == "SUPPORT" and view.holds(hit.host if hit.host is not None else hit.token, _SHARED)


def _first(
    asking: Asking, slots: Iterable[Slot], without: tuple[str, ...], *,
    acting: bool = False, direct: bool = False, things: bool = False,
) -> _Side:  # fmt: skip
    """The first slot that names a state or organisation other than some; those are left out of it."""
    for slot in slots:
        side = _side(asking, slot, acting=acting, things=things)
        if not side.casts and not acting and len(without) == 1 and (other := _neighbour(asking, slot, without[0])):
            return _Side((other,), slot.name)
        if direct:
            kept = tuple(c for c in side.casts if not set(c.codes) & set(without))
        else:
            kept = tuple(_lessened(c, without) for c in side.casts if set(c.codes) - set(without))
        if kept:
            return _Side(kept, slot.name)
    return _Side()


def _neighbour(asking: Asking, slot: Slot, own: str) -> Cast | None:
    """The other state of a report on two, where it is only called a neighbour or the like; or "both" of the others."""
    parse, pair = asking.doc.parse, asking.doc.dyad
    found = [t for t in slot.tokens if asking.view.lemma[t] in _NEIGHBOURS]
    both = [t for t in slot.tokens if asking.view.low[t] == "both" or "both" in _below(asking.view, t)]
    rest = sorted(asking.named - {own})
    if both and len(rest) == PAIR and own in asking.named:
        actors = tuple(Actor(country=c) for c in rest)
        return Cast(actors, parse.start[both[0]], parse.end[both[0]], "the two others of the sentence")
    if asking.bilateral and own not in pair and any(asking.view.low[t] in ("them", "both") for t in slot.tokens):
        actors = tuple(Actor(country=c) for c in pair)
        return Cast(actors, parse.start[slot.tokens[0]], parse.end[slot.tokens[0]], "the two of the report's pair")
    if not found or not asking.bilateral or own not in pair:
        return None
    other = Actor(country=next(c for c in pair if c != own))
    return Cast((other,), parse.start[found[0]], parse.end[found[0]], "the other of the report's pair")


def _below(view: View, i: int) -> set[str]:
    return {view.low[k] for k in view.parse.children[i]}


def _lessened(cast: Cast, without: tuple[str, ...]) -> Cast:
    return cast._replace(actors=tuple(a for a in cast.actors if a.country not in without))


def _side(asking: Asking, slot: Slot, *, acting: bool, things: bool = False) -> _Side:
    """Whom a slot names; `things` that somebody sends stand for the sender ("Oslo's tents reached the camp")."""
    places = (slot.name in _PLACES and not acting) or slot.name == "scene"
    is_doing = acting and slot.name == "subject" and not things
    tokens = [t for t in slot.tokens if not (is_doing and _is_thing(asking, t))]
    found = [c for t in tokens for c in named(asking.doc, asking.view, t, places=places, acting=acting)]
    if acting and not found and slot.name in ("subject", "agent"):
        found = [c for t in tokens for c in (*_town(asking, t), *_own(asking, t))]
    return _Side(tuple(dict.fromkeys(found)), slot.name)


def _town(asking: Asking, i: int) -> list[Cast]:
    """The state whose town acts for it, where the sentence is on that state and one more ("Lagos burned the nets")."""
    mention = asking.doc.mention_at(i)
    is_town = mention is not None and mention.kind == "place" and asking.named >= set(mention.codes)
    return named(asking.doc, asking.view, i, places=True) if is_town and len(asking.named) == PAIR else []


def _own(asking: Asking, i: int) -> list[Cast]:
    """The state of who says so, where a clause speaks of "his country" or "their troops"."""
    doc, parse = asking.doc, asking.doc.parse
    if not any(parse.pos[k] == "PRON" for k in kids(parse, i, "poss")) or asking.view.lemma[i] not in _OWNED:
        return []
    for above in ancestors(parse, i):
        if parse.dep[above] == "ccomp":
            casts = [c for s in subjects(parse, parse.head[above]) if (c := cast_at(doc, s)) is not None]
            codes = codes_of(joined(casts))
            return [Cast((Actor(country=codes[0]),), *_span(parse, i), "the speaker's own")] if len(codes) == 1 else []
    return []


def _span(parse: Parse, i: int) -> tuple[int, int]:
    return parse.start[i], parse.end[i]


def _is_thing(asking: Asking, i: int) -> bool:
    """Whether a subject is a thing that cannot act, whosever it is ("the loan by Oslo will help")."""
    sets = asking.words.sets
    if any(asking.view.is_any(i, sets[n]) for n in ("keepers", "persons", "civilians", "forces", "arms")):
        return False
    if asking.view.is_any(i, _CREWED):
        return False
    return asking.doc.mention_at(i) is None and any(
        asking.view.is_any(i, sets[n]) for n in ("help", "measures", "talks", "easing", "requests", "negatives")
    )


def is_civil(asking: Asking, slots: Frame, found: Parties) -> bool:
    """Whether private people act: by the sector of the actor, by the noun, or a plural demonym ("Filipinos")."""
    doc, view, words = asking.doc, asking.view, asking.words
    heads = [t for s in slots.actors[:1] for t in s.tokens]
    if heads and all(view.is_any(t, words.sets["firms"]) for t in heads):
        return True
    first = found.actors if found.recipients or not found.actors or found.actors[0].sectors else ()
    sectors = [a.sectors[0] for a in first if a.sectors]
    if sectors:
        return all(s in PRIVATE for s in sectors)
    tokens = [k for t in heads for k in (t, *conjuncts(view.parse, t))]
    tokens = [k for k in tokens if (m := doc.mention_at(k)) is None or m.kind == "group"]
    return any(view.is_any(k, words.sets["civilians"]) or view.parse.tag[k] == "NNPS" for k in tokens)
