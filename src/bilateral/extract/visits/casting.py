"""Who takes part in visits: the actors of a noun, leaders of delegations, officials apart from private travellers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from msgspec import structs

from bilateral.extract.visits.lexicon import lexicon, word_set
from bilateral.extract.visits.reading import Reading
from bilateral.model import Actor, Level
from bilateral.scene import Cast, cast_at
from bilateral.syntax import agents, is_passive, kids, nominals, obliques, subjects, subtree
from bilateral.text import Mention

_PRIVATE = frozenset(("CVL", "BUS", "EDU", "JRN", "CRM", "LAB", "MED", "AGR", "REF", "SOC", "REB", "UAF"))
_PERSONS = ("person", "role", "group", "pronoun", "collective")
_LED = ("lead", "head", "chair")
_NEAR = 14
_WEIGHED = "named in the document"


def party(read: Reading, i: int) -> list[Cast]:
    """The officials that noun i stands for with its conjuncts; a delegation's leader goes before the delegation."""
    heads = dict.fromkeys([*_named_before(read, i), *nominals(read.parse, i), *_joined_inside(read, i)])
    return distinct(c for n in heads for c in _one(read, n))


def _named_before(read: Reading, i: int) -> list[int]:
    """The person whom the parse takes for a part of the second name ("Minister A and Minister B met", A below B)."""
    mention = read.doc.mention_at(i)
    if mention is None or mention.kind != "person":
        return []
    below = [k for k in kids(read.parse, i, "nmod", "appos") if kids(read.parse, k, "cc") and k < i]
    return [k for k in below if is_person(m := read.doc.mention_at(k)) and m is not None and m.start != mention.start]


def _joined_inside(read: Reading, i: int) -> list[int]:
    """What the parse hangs by "and" on a name inside the mention ("President A and his counterpart B")."""
    mention = read.doc.mention_at(i)
    if mention is None or mention.kind != "person":
        return []
    inside = read.parse.tokens(mention.start, mention.end)
    return [n for k in inside for c in kids(read.parse, k, "conj") if c not in inside for n in nominals(read.parse, c)]


def _one(read: Reading, i: int) -> list[Cast]:
    """The officials that one noun stands for: itself, or the leader of the group that it names."""
    if {read.lemma[i], read.low[i]} & lexicon().groups["private"]:
        return []
    found = _as_pair(read, i) or _with_state_beside(read, i, cast_at(read.doc, i))
    group = _group(read, i)
    if group is None or len(found.codes if found else ()) > 1:
        return [found] if found is not None and _is_meant(read, i, found) and is_official(found) else []
    found = found if found is not None and found.codes else _inside(read, i) or _before(read, i)
    leader = _leader(read, i)
    if leader is not None:
        is_led = found is not None and found.codes and (not leader.codes or "stated" not in leader.how)
        return [_changed(leader, country=found.codes[0])] if is_led and found is not None else [leader]
    if found is not None and group == "military":
        found = _changed(found, sectors=("MIL",), level="MIL", role=found.actors[0].role or read.low[i])
    return [found] if found is not None and is_official(found) else []


def _changed(found: Cast, **fields: Any) -> Cast:
    """A cast with some fields of its actors set."""
    return found._replace(actors=tuple(structs.replace(a, **fields) for a in found.actors))


def _with_state_beside(read: Reading, i: int, found: Cast | None) -> Cast | None:
    """A person of unknown state with the one in "her Turkish colleague Name", and such a colleague with the name."""
    if found is None:
        return None
    if found.codes:
        is_nameless = read.lemma[i] in word_set("peers") and not found.actors[0].name
        return _with_name_behind(read, i, found) if is_nameless else found
    first = read.parse.tokens(found.start, found.end)[0]
    peers = [k for k in range(max(0, first - 2), first) if read.lemma[k] in word_set("peers")]
    mention = read.doc.mention_at(peers[-1]) or read.doc.mention_at(peers[-1] - 1) if peers else None
    if mention is None or not mention.codes:
        return found
    return _changed(found, country=mention.codes[0], role=found.actors[0].role or read.low[peers[-1]])


def _with_name_behind(read: Reading, i: int, found: Cast) -> Cast:
    mentions = (read.doc.mention_at(k) for k in kids(read.parse, i, "appos"))
    name = next((m.name for m in mentions if m is not None and m.kind == "person"), None)
    return _changed(found, name=name, role=found.actors[0].role or read.low[i])


def _as_pair(read: Reading, i: int) -> Cast | None:
    """"The leaders", "the ministers" whose state is not stated: those of the pair spoken of."""
    mention, dyad = read.doc.mention_at(i), read.doc.dyad
    if mention is None or mention.kind != "group" or len(dyad) < 2 or read.low[i] not in word_set("pair"):
        return None
    if mention.codes and "named in the document" not in mention.reason:
        return None
    marks = {read.low[k] for k in kids(read.parse, i, "det", "predet")}
    is_owner = read.parse.dep[i] in ("poss", "compound")
    if is_owner or not marks & {"the", "both"} or obliques(read.parse, i, "of", "from"):
        return None
    role = mention.role or mention.text
    made = (Actor(country=c, sectors=mention.sectors, role=role, level=cast(Level, mention.level)) for c in dyad)
    return Cast(tuple(made), mention.start, mention.end, "those of the pair the report speaks of")


def _is_meant(read: Reading, i: int, cast: Cast) -> bool:
    """Whether a noun stands for people: named itself, or a word like "counterpart" beside a state; no "Thai rice"."""
    mention = read.doc.mention_at(i)
    if mention is not None:
        return mention.kind != "group" or mention.sectors[:1] != ("MIL",) or mention.person is not None
    return cast.how != "named inside the phrase" or bool({read.low[i], read.lemma[i]} & lexicon().groups["heads"])


def _group(read: Reading, i: int) -> str | None:
    groups = lexicon().groups
    for name in ("official", "military"):
        if read.lemma[i] in groups[name] or read.low[i] in groups[name]:
            return name
    return None


def _inside(read: Reading, i: int) -> Cast | None:
    """The first state named in the phrase of a group."""
    for k in subtree(read.parse, i, without=("relcl", "acl", "conj")):
        mention = read.doc.mention_at(k)
        if mention is not None and mention.codes:
            found = cast_at(read.doc, k)
            if found is not None:
                return _with_others(read, k, found)
    return None


def _with_others(read: Reading, k: int, found: Cast) -> Cast:
    """A state behind "of" or "from" with those joined to it ("experts of Chad and Mali")."""
    prep = read.parse.head[k]
    if read.parse.dep[k] != "pobj" or read.low[prep] not in ("of", "from"):
        return found
    others = [c for n in nominals(read.parse, k) if n != k and (c := cast_at(read.doc, n)) is not None and c.codes]
    return found._replace(actors=(*found.actors, *(a for c in others for a in c.actors)))


def _before(read: Reading, i: int) -> Cast | None:
    """The state of a known group ("the delegation") as it was named before by the same noun."""
    if not any(read.low[k] in ("the", "this", "its", "their") for k in kids(read.parse, i, "det", "poss")):
        return None
    for k in range(i - 1, -1, -1):
        if read.lemma[k] == read.lemma[i]:
            found = cast_at(read.doc, k) or _inside(read, k)
            if found is not None and found.codes:
                leader = _leader(read, k)
                return found if leader is None or not leader.codes else leader
    return None


def _leader(read: Reading, i: int) -> Cast | None:
    """Who leads a group: behind "led by" or "headed by", also where the parse hangs that elsewhere."""
    end = min(read.parse.sentence(i).stop, i + _NEAR)
    for k in range(i + 1, end - 1):
        if read.lemma[k] in _LED and read.low[k + 1] == "by":
            return next_actor(read, k + 2, end)
        if read.doc.mention_at(k) is not None and read.doc.mention_at(k).kind == "person":  # type: ignore[union-attr]
            return None
    return None


def next_actor(read: Reading, first: int, end: int, *, persons: bool = True) -> Cast | None:
    """The first actor mentioned from a token on, before the next verb or mark; None where there is none."""
    for k in range(first, min(end, len(read.low))):
        mention = read.doc.mention_at(k)
        if mention is not None and (mention.kind in _PERSONS or (not persons and mention.codes)):
            return cast_at(read.doc, k)
        if read.parse.tag[k] in ("VBD", "VBZ", "MD") or read.low[k] in (";", ".", "and"):
            return None
    return None


def is_official(cast: Cast) -> bool:
    """Whether some actors act for a state or organisation: no tourists, firms or students, but firms' rulers."""
    return any(not _is_private(a) for a in cast.actors)


def _is_private(actor: Actor) -> bool:
    if actor.level is not None and actor.level != "CIV":
        return False
    return bool(actor.sectors and actor.sectors[0] in _PRIVATE) or actor.level == "CIV"


def doers(read: Reading, verb: int) -> list[Cast]:
    """The officials who do a verb: subjects, or agents of a passive; in a headline also one before the comma."""
    parse = read.parse
    if _is_cut_off(read, verb):
        return party(read, parse.head[verb])
    if is_passive(parse, verb):
        return [c for i in agents(parse, verb) for c in _one(read, i)]
    heads = subjects(parse, verb)
    found = [c for i in heads for c in party(read, i)] or _just_before(read, verb, heads)
    for s in heads[:1]:
        if read.low[max(0, s - 2)] == "," or (s > 1 and read.low[s - 1] == ","):
            mention = read.doc.mention_at(s - 2)
            if mention is not None and s - 2 not in heads and parse.sentence(s).start <= s - 2:
                found = [*_one(read, s - 2), *found]
    return distinct(found)


def _is_cut_off(read: Reading, verb: int) -> bool:
    """"Mr A, who is …, earlier called on B": the main verb that the parse takes for a participle of the subject."""
    parse, up = read.parse, read.parse.head[verb]
    if parse.dep[verb] != "acl" or parse.tag[verb] not in ("VBN", "VBD") or agents(parse, verb):
        return False
    is_person = parse.dep[up] == "ROOT" and parse.pos[up] in ("PROPN", "NOUN")
    return is_person and bool(kids(parse, up, "relcl")) and verb - up > 2


def _just_before(read: Reading, verb: int, heads: list[int]) -> list[Cast]:
    """The person named right before a verb whose subject the parse lost."""
    if heads or verb == 0 or read.parse.tag[verb] not in ("VBD", "VBZ", "VBP", "MD"):
        return []
    mention = read.doc.mention_at(verb - 1)
    return _one(read, verb - 1) if mention is not None and mention.kind == "person" else []


def undergoers(read: Reading, verb: int) -> list[int]:
    """The heads of a verb's objects, or its passive subjects."""
    if is_passive(read.parse, verb):
        return subjects(read.parse, verb)
    found = [n for o in kids(read.parse, verb, "dobj", "obj", "dative") for n in nominals(read.parse, o)]
    if not found and read.parse.dep[verb] in ("relcl", "acl"):
        return [read.parse.head[verb]] if read.parse.dep[verb] == "relcl" and kids(read.parse, verb, "nsubj") else []
    return found


def after(read: Reading, head: int, *preps: str) -> list[Cast]:
    """The officials behind prepositions of a verb or noun; where the parse broke the phrase, the next actor named."""
    found = [c for _, i in obliques(read.parse, head, *preps) for c in _one(read, i)]
    if found:
        return distinct(found)
    for prep in kids(read.parse, head, "prep", "prt"):
        if read.low[prep] in preps:
            named = next_actor(read, prep + 1, prep + _NEAR)
            if named is not None:
                return [named]
    return []


def distinct(found: Iterable[Cast]) -> list[Cast]:
    """Casts in order, those of the same words once."""
    return list({(c.start, c.end): c for c in found}.values())


def codes(found: Iterable[Cast]) -> tuple[str, ...]:
    """The states and organisations of some casts, each once, in order."""
    return tuple(dict.fromkeys(code for c in found for code in c.codes))


def is_weighed(found: Iterable[Cast]) -> bool:
    """Whether somebody named has a state only because the report speaks of it: whoever travels there is of another."""
    return any(_WEIGHED in c.how and any(a.name for a in c.actors) for c in found)


def of_another(found: Iterable[Cast], moved: dict[str, str]) -> tuple[Cast, ...]:
    """The casts with the states of those who are known by name to be of another."""
    return tuple(
        c._replace(actors=tuple(structs.replace(a, country=moved.get(a.name or "", a.country)) for a in c.actors))
        for c in found
    )  # fmt: skip


def is_person(mention: Mention | None) -> bool:
    """Whether a mention is of people, not of a state or place."""
    return mention is not None and mention.kind in _PERSONS
