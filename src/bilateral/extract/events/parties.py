"""Who acts and to whom: the states and organisations that the slots of a trigger mean.

A party that a sentence leaves out is taken from the pair that the report is about, where the trigger is of a kind that
reports tell so ("the two sides agreed", "the invitation was accepted"); such a party is said to be filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import structs

from bilateral.extract.events.arguments import BORDERS, Frame, Slot
from bilateral.extract.events.finding import Hit
from bilateral.extract.events.lexicon import Lexicon
from bilateral.extract.events.view import View
from bilateral.knowledge import code_of, place_code
from bilateral.model import Actor
from bilateral.scene import Cast, cast_at, codes_of, joined
from bilateral.syntax import ancestors, conjuncts, kids, obliques
from bilateral.text import Mention, Resolved

PRIVATE = frozenset({"CVL", "EDU", "JRN", "BUS", "LAB", "NGO", "REL", "REB", "CRM", "OPP", "PRM", "AGR", "REF", "SPY"})
_JOINT = ("joint", "bilateral", "combined", "common")
_MISSIONS = frozenset({"embassy", "mission", "consulate", "ambassador", "envoy", "attache", "attaché", "consul"})
_NEAR = ("poss", "amod", "compound", "nmod", "appos")
_RANKS = {
    "by": 1, "of": 2, "from": 2, "between": 2, "with": 3, "to": 3, "against": 3, "on": 3, "towards": 3, "toward": 3,
    "about": 3, "in": 5, "at": 5, "near": 5, "off": 5, "over": 5, "across": 5, "inside": 5, "along": 5, "outside": 5,
}  # fmt: skip
# A report is about two states if they make up _MOST of what it names, the lesser _LEAST of that and _OFTEN times.
_LEAST, _MOST, _OFTEN, _PAIR = 0.2, 0.78, 2, 2
_FACED = frozenset({"mobilise", "missile"})
_OUTSIDE, _OWN = 4, 2
_PLACES = frozenset({"place", "in", "at", "to", "near", "of", "from", "obj", "on", "outside", "along", "off", "into",
                     "against", "over", "around", "for"})  # fmt: skip


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


def is_bilateral(doc: Resolved) -> bool:
    """Whether a report is about two states: most of what it names is theirs, and each is named often enough."""
    counts: Counter[str] = Counter()
    for m in doc.mentions:
        is_private = bool(m.sectors) and m.sectors[0] in PRIVATE - {"CVL"}
        if m.kind not in ("date", "place", "collective") and len(m.codes) == 1 and not is_private:
            counts[m.codes[0]] += 1
    pair = sorted(counts[c] for c in doc.dyad)
    if len(pair) != 2 or pair[0] < _OFTEN:
        return False
    return pair[0] >= _LEAST * sum(pair) and sum(pair) >= _MOST * counts.total()


class _Side(NamedTuple):
    casts: tuple[Cast, ...] = ()
    slot: str = ""

    @property
    def actors(self) -> tuple[Actor, ...]:
        return tuple(a for a in joined(self.casts) if a.country)

    @property
    def codes(self) -> tuple[str, ...]:
        return codes_of(self.actors)


class Asking(NamedTuple):
    """What the questions about parties need: document, view, lexicon, and the pair last named together."""

    doc: Resolved
    view: View
    words: Lexicon
    recent: frozenset[str] = frozenset()
    bilateral: bool = False


def parties(asking: Asking, hit: Hit, slots: Frame) -> Parties | None:
    """Who takes part in an event, or None where no two different states do."""
    if hit.row.mutual:
        return _mutual(asking, hit, slots)
    actor = _first(asking, slots.actors, (), acting=True)
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
    if len(actor.codes) > 1 and not recipient.codes and _is_reciprocal(asking.view, hit):
        return Parties(_once(actor.actors), (), next(iter(actor.casts)), None, actor.slot)
    actors, recipients = _once(actor.actors), _once(recipient.actors)
    if hit.row.joint and len(codes_of(actors)) > 1:
        return Parties(actors, recipients, next(iter(actor.casts)), None, actor.slot, recipient.slot)
    if not recipients and actors and (found := _meant(asking, hit, slots, actors)):
        recipients, filled = found, ["recipient"]
    elif recipients and not actors and _may_fill_actor(asking, hit, slots):
        actors, filled = _other(asking, codes_of(recipients)), ["actor"]
        if len(codes_of(recipients)) == 2 and not actors:
            return Parties(recipients, (), next(iter(recipient.casts)), None, recipient.slot)
    elif not actors and hit.row.mutual and len(pair := _sentence_pair(asking, hit)) == _PAIR:
        return Parties(pair, (), filled=("actor", "recipient"))
    elif not (actors or recipients) and _may_fill_both(asking, hit, slots):
        return Parties(tuple(Actor(country=c) for c in asking.doc.dyad), (), filled=("actor", "recipient"))
    if not actors or not recipients:
        return None
    first, second = next(iter(actor.casts), None), next(iter(recipient.casts), None)
    if hit.row.mutual:
        return Parties((*actors, *recipients), (), first, second, actor.slot, recipient.slot, tuple(filled))
    return Parties(actors, recipients, first, second, actor.slot, recipient.slot, tuple(filled))


def _meant(asking: Asking, hit: Hit, slots: Frame, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The recipients that a sentence leaves unsaid, by what the trigger is and whom the report is about."""
    faced = _faced(asking, hit, codes_of(actors)) if hit.row.group in _FACED else ()
    if faced or not _may_fill_recipient(asking, hit, slots):
        return faced
    return _host(asking, slots, actors) or _other(asking, codes_of(actors))


def _faced(asking: Asking, hit: Hit, own: tuple[str, ...]) -> tuple[Actor, ...]:
    """The only other state that a sentence names, whom a show of force is for ("over", "after", "wary of")."""
    tokens = asking.doc.parse.sentence(hit.token)
    found = (asking.doc.mention_at(i) for i in tokens)
    codes = {m.codes[0] for m in found if m is not None and len(m.codes) == 1} - set(own)
    return (Actor(country=codes.pop()),) if len(codes) == 1 and hit.is_verbal else ()


def _is_reciprocal(view: View, hit: Hit) -> bool:
    """Whether several do it to each other."""
    below = view.reach(hit.token)
    return any(view.low[i] in ("each", "one") and view.low[i + 1 : i + 2] in (("other",), ("another",)) for i in below)


def _may_fill_both(asking: Asking, hit: Hit, slots: Frame) -> bool:
    return (hit.row.mutual or bool(hit.row.joint)) and asking.bilateral and _may_fill_actor(asking, hit, slots)


def _may_fill_actor(asking: Asking, hit: Hit, slots: Frame) -> bool:
    """Whether who acts is left unsaid: no subject or agent stands there, or only a thing that is signed or held."""
    view, sets = asking.view, asking.words.sets
    said = [t for s in slots.actors if s.name in ("subject", "agent", "by") for t in s.tokens if not _is_vague(view, t)]
    if hit.row.mutual or hit.row.joint:
        agents = {t for s in slots.actors if s.name == "agent" for t in s.tokens}
        said = [t for t in said if not _stands_for_all(view, sets, t, is_agent=t in agents)]
    if hit.row.code == "PROTEST":
        said = [t for t in said if not view.is_any(t, sets["civilians"])]
    owned = [t for s in slots.actors if s.name == "owner" for t in s.tokens if view.parse.dep[t] == "poss"]
    if owned or (hit.row.joint and not any(view.low[k] in _JOINT for k in view.reach(hit.host or hit.token))):
        return False
    is_sale = hit.is_verbal and hit.row.flow
    return hit.row.group in asking.words.fill and not said and not hit.row.other and not is_sale


def _stands_for_all(view: View, sets: Mapping[str, frozenset[str]], i: int, *, is_agent: bool) -> bool:
    """Whether a word may mean both sides or what they made: "the ministers", "the pact", "by exchange of notes"."""
    if view.parse.tag[i] == "NNS" or view.is_any(i, sets["accord"]):
        return True
    return is_agent and not view.is_named(i) and not view.is_any(i, sets["persons"] | sets["civilians"])


def _is_vague(view: View, i: int) -> bool:
    """Whether a word only points back: "it", "they", "both", "the two"."""
    return view.parse.pos[i] in ("PRON", "DET", "NUM") and view.low[i] not in ("who", "everybody", "nobody", "i", "we")


def _may_fill_recipient(asking: Asking, hit: Hit, slots: Frame) -> bool:
    """Whether to whom is left unsaid: nobody else stands where the recipient stands ("told reporters")."""
    if hit.row.group not in asking.words.fill or hit.row.other or hit.how == "adj" or hit.row.code == "PROTEST":
        return False
    if hit.row.code == "MOBILIZE" and not any(s.tokens for s in slots.recipients):
        return False
    if hit.row.group == "talks" and (hit.is_verbal or hit.how == "obj") and not any(
        asking.view.parse.tag[t] == "NNS" for s in slots.actors[:1] for t in s.tokens
    ):  # fmt: skip
        return False
    view, persons = asking.view, asking.words.sets["persons"] | asking.words.sets["civilians"]
    names = ("iobj", "to") if hit.row.group == "promise" else ("with", "to", "iobj", "obj", "clause", "on")
    said = [t for s in slots.recipients if s.name in names for t in s.tokens]
    accord = asking.words.sets["accord"]
    said = [t for t in said if not view.is_any(t, accord) and not named(asking.doc, view, t)]
    return not any(view.is_any(t, persons) or view.is_named(t) for t in said)


def _sentence_pair(asking: Asking, hit: Hit) -> tuple[Actor, ...]:
    """The two states of a sentence that names just two, where grammar does not say who signs or agrees."""
    if hit.row.group not in ("sign", "agree", "force", "ties"):
        return ()
    tokens = asking.doc.parse.sentence(hit.token)
    found = (asking.doc.mention_at(i) for i in tokens)
    codes = dict.fromkeys(c for m in found if m is not None and m.kind != "place" for c in m.codes)
    return tuple(Actor(country=c) for c in codes)


def _host(asking: Asking, slots: Frame, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The state that an acting mission or envoy is sent to ("the embassy in Oslo", "the ambassador to Norway")."""
    doc, own = asking.doc, {a.country for a in actors}
    for t in (t for s in slots.actors for t in s.tokens):
        mention = doc.mention_at(t)
        person = doc.person(mention.person) if mention else None
        sent = person.office.accredited if person and person.office else None
        if sent is None and asking.view.is_any(t, _MISSIONS):
            found = (c for _, k in obliques(doc.parse, t, "to", "in") for c in named(doc, asking.view, k))
            sent = next((code for c in found for code in c.codes), None)
        if sent and sent not in own:
            return (Actor(country=sent),)
    return ()


def _other(asking: Asking, codes: tuple[str, ...]) -> tuple[Actor, ...]:
    """The other of the pair named together just before, else of the report's pair, where one of the pair is meant."""
    pairs = (asking.recent, asking.doc.dyad) if asking.bilateral else (asking.recent & frozenset(asking.doc.dyad),)
    for pair in pairs:
        if len(pair) == 2 and len(codes) == 1 and codes[0] in pair:
            return tuple(Actor(country=c) for c in pair if c not in codes)
    return ()


def _first(
    asking: Asking, slots: Iterable[Slot], without: tuple[str, ...], *, acting: bool = False, direct: bool = False
) -> _Side:  # fmt: skip
    """The first slot that names a state or organisation other than some; those are left out of it."""
    for slot in slots:
        side = _side(asking, slot, acting=acting)
        if direct:
            kept = tuple(c for c in side.casts if not set(c.codes) & set(without))
        else:
            kept = tuple(_lessened(c, without) for c in side.casts if set(c.codes) - set(without))
        if kept:
            return _Side(kept, slot.name)
    return _Side()


def _lessened(cast: Cast, without: tuple[str, ...]) -> Cast:
    return cast._replace(actors=tuple(a for a in cast.actors if a.country not in without))


def _side(asking: Asking, slot: Slot, *, acting: bool) -> _Side:
    places = (slot.name in _PLACES and not acting) or slot.name == "scene"
    tokens = [t for t in slot.tokens if not (acting and slot.name == "subject" and _is_thing(asking, t))]
    found = [c for t in tokens for c in named(asking.doc, asking.view, t, places=places, acting=acting)]
    return _Side(tuple(dict.fromkeys(found)), slot.name)


def _is_thing(asking: Asking, i: int) -> bool:
    """Whether a subject is a thing that cannot act, whosever it is ("the loan by Oslo will help")."""
    sets = asking.words.sets
    if any(asking.view.is_any(i, sets[n]) for n in ("keepers", "persons", "civilians", "forces")):
        return False
    return asking.doc.mention_at(i) is None and any(
        asking.view.is_any(i, sets[n]) for n in ("help", "measures", "talks", "easing", "requests", "negatives")
    )


def named(doc: Resolved, view: View, i: int, *, places: bool = True, acting: bool = False) -> list[Cast]:
    """Those that the noun phrase of token i names: itself, else who is named inside it, the nearest kind first.

    "Israel's actions", "diplomats from Poland and Sweden", "a decision by Lima", "the flag of Chad". A thing of one's
    own ("its vote for …") names nobody else. A place that several states claim is nobody's.
    """
    titled = _inner(doc, view, i)
    own = titled or cast_at(doc, i)
    if own is not None and own.codes and (titled or _is_usable(doc.mention_at(i), places)):
        return [own, *_beside(doc, view, i, own)]
    ranked: dict[int, list[Mention]] = {}
    for k in view.reach(i):
        inner = doc.mention_at(k)
        rank = _rank(view, k, i)
        if k == i or inner is None or rank == _OUTSIDE or (acting and rank > _OWN):
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


def _is_usable(mention: Mention | None, places: bool) -> bool:
    return mention is None or mention.kind != "place" or (places and len(mention.codes) == 1)


def _sectored(actor: Actor, sectors: tuple[str, ...]) -> Actor:
    return actor if actor.sectors or not sectors else structs.replace(actor, sectors=sectors)


def _rank(view: View, low: int, high: int) -> int:
    """How near a name stands to the head of its phrase: an owner or adjective 0, "by" 1, "of" 2, elsewhere more."""
    rank = 0
    for at in (low, *ancestors(view.parse, low)):
        if at == high:
            break
        dep = view.parse.dep[at]
        if dep == "pobj":
            step = _RANKS.get(view.lemma[view.parse.head[at]], _OUTSIDE)
            rank = _OUTSIDE if _OUTSIDE in (step, rank) else max(rank, step)
        elif dep not in (*_NEAR, "prep", "agent", "conj", "dative"):
            rank = _OUTSIDE
    return rank


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
