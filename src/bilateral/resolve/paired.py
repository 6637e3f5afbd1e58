"""Words for one of two people: "the former", "the latter", "her counterpart", "his Iranian colleague"."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from bilateral.resolve.antecedents import Memory, Trace
from bilateral.resolve.offices import highest, sectors_of
from bilateral.resolve.scan import COUNTERPART
from bilateral.syntax import OBJECTS, SUBJECTS, kids
from bilateral.text import Candidate, Mention, Person, Resolved

_SURE, _LIKELY = 0.8, 0.7
_REACH = 6  # sentences back in which two people named together are still "the former" and "the latter"
_PARTNERS = (COUNTERPART, "colleague", "opposite number")
_SIDES = ("interlocutor", "host", "guest")  # who is on the other side, of whatever office
_NAMES = ("person", "country", "organisation")
# Levels of those who have colleagues elsewhere.
_PEERS = ("HOS", "HOG", "DPM", "FM", "MIN", "DFM", "AMB")


def is_counterpart(words: str) -> bool:
    """Whether some words mean the holder of the same office on another side."""
    return any(word in words.lower() for word in (*_PARTNERS, *_SIDES))


def latter(memory: Memory, mention: Mention, token: int) -> Mention:
    """ "The latter" as the second, "the former" as the first of two who were named together, people before others."""
    here = memory.sentence(token)
    own = _of_own_sentence(memory, here, token) if mention.text.lower() == "latter" else []
    two = own or _two_people(memory.near(here, _REACH)) or _only_two(memory) or _last_two(memory.near(here, 1))
    if len(two) < 2:
        return mention
    source = two[1 if mention.text.lower() == "latter" else 0]
    reason = f'"{mention.text}" of two named before'
    return structs.replace(
        mention, codes=source.codes, person=source.person, name=source.name, level=source.level, sectors=source.sectors,
        role=source.role, candidates=(Candidate(source.person or source.codes[0], _SURE, reason),), reason=reason,
    )  # fmt: skip


def _of_own_sentence(memory: Memory, here: int, token: int) -> list[Mention]:
    """The last two of the sentence of "the latter", a person the second ("Peru, through its envoy A, …")."""
    near = [t.mention for t in memory.near(here, 0) if t.token < token and t.mention.kind in _NAMES]
    named = _distinct(near)[-2:]
    return named if len(named) == 2 and named[1].kind == "person" and "latter" not in named[1].text else []


def _two_people(near: list[Trace]) -> list[Mention]:
    """The two people of the last sentence that names just two by name."""
    for number in sorted({t.sentence for t in near}, reverse=True):
        named = _distinct(t.mention for t in near if t.sentence == number and t.mention.kind == "person")
        if len(named) == 2:
            return named
    return []


def _only_two(memory: Memory) -> list[Mention]:
    """The two people named so far, where they are no more than two."""
    named = _distinct(t.mention for t in memory.traces if t.mention.kind == "person")
    return named if len(named) == 2 else []


def _last_two(near: list[Trace]) -> list[Mention]:
    return _distinct(t.mention for t in near if t.mention.kind in _NAMES)[-2:]


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    return list({m.person or m.codes: m for m in mentions}.values())


def counterpart(doc: Resolved, memory: Memory, mention: Mention, home: str | None) -> Mention:
    """The person of another side who holds the office of whoever "her" or "X's" names; the mention as it is if unclear.

    A state in the words ("his Iranian colleague") must be the person's; where nobody of it is named, its level is that
    of the owner's office.
    """
    owner = owner_of(doc, memory, mention)
    if owner is not None and owner.country in mention.codes:
        owner = None  # "his Kuwaiti interlocutor" is no Kuwaiti's, whoever "his" was taken for
    own = owner.office if owner else None
    others = [p for p in doc.people if p is not owner and p.id in memory.last and p.office is not None]
    if mention.codes:
        unknown = [p for p in others if p.country is None]
        others = [p for p in others if p.country in mention.codes] or (unknown if len(unknown) == 1 else [])
    elif owner is not None:
        others = [p for p in others if p.country != owner.country]
    if mention.text.lower().split()[-1] in _SIDES:
        return _other_side(memory, mention, others, owner, home)
    fitting = [p for p in others if p.office and (own is None or p.office.level == own.level)]
    fitting = [p for p in fitting if own is not None or is_counterpart(p.office.words if p.office else "")]
    fitting = fitting or _named_behind(doc, memory, mention, owner)
    if not fitting:
        return structs.replace(mention, level=own.level) if own else mention
    best = max(fitting, key=lambda p: memory.last[p.id].token if p.id in memory.last else -1)
    return _as(mention, best, f"same office as {owner.name}, other side" if owner else "told to be the counterpart")


def _other_side(
    memory: Memory, mention: Mention, others: list[Person], owner: Person | None, home: str | None
) -> Mention:  # fmt: skip
    """ "His host", "her Omani interlocutor": the one officer on the other side of whom the report speaks."""
    found = [p for p in others if p.country != (owner.country if owner else None)]
    if owner is None:
        word = mention.text.lower().split()[-1]
        at_home = [p for p in found if mention.codes or (p.country == home) == (word == "host")]
        is_told = bool(mention.codes) or (home is not None and word != "interlocutor")
        return _as(mention, at_home[0], "on that side") if is_told and len(at_home) == 1 else mention
    if len(found) > 1:
        here = memory.last[owner.id].sentence
        found = [p for p in found if here - memory.last[p.id].sentence <= _REACH]
        levels = [p for p in found if p.office and owner.office and p.office.level == owner.office.level]
        found = levels or found
    return _as(mention, found[0], "on the other side") if len(found) == 1 else mention


def _named_behind(doc: Resolved, memory: Memory, mention: Mention, owner: Person | None) -> list[Person]:
    """The one minister, envoy … of the state said whom the report only names further on."""
    found = [p for p in doc.people if p is not owner and p.id not in memory.last and p.country in mention.codes]
    found = [p for p in found if p.office is not None and p.office.level in _PEERS]
    return found if len(found) == 1 else []


def owner_of(doc: Resolved, memory: Memory, mention: Mention) -> Person | None:
    """Whose officer a phrase names: of the person or pronoun that stands in front of its words."""
    before = [t for t in memory.traces if t.mention.end <= mention.start]
    if not before:
        return None
    last = before[-1].mention
    gap = doc.text[last.end : mention.start].strip(" ’'s")
    return doc.person(last.person) if not gap else None


def told_of(doc: Resolved, memory: Memory, token: int) -> set[str]:
    """Who is "him" or "her" in "The minister thanked him": the last subject of before, who is not the minister then."""
    parse = doc.parse
    if parse.dep[token] not in SUBJECTS:
        return set()
    below = [k for k in kids(parse, parse.head[token], *OBJECTS, "dative") if k > token]
    below += [o for p in kids(parse, parse.head[token], "prep") for o in kids(parse, p, "pobj")]
    if not any(parse.lemma[k].lower() in ("he", "him", "she", "her") and parse.tag[k] == "PRP" for k in below):
        return set()
    here = memory.sentence(token)
    near = [t for t in memory.near(here, 1) if t.mention.person and t.is_subject and t.sentence < here]
    return {near[-1].mention.person or ""} if near else set()


def _as(mention: Mention, person: Person, reason: str) -> Mention:
    top, own = highest(person.offices), (person.country,) if person.country else ()
    codes = mention.codes or own
    return structs.replace(
        mention, person=person.id, name=person.name, codes=codes,
        level=top.level if top else mention.level, sectors=sectors_of(top) or mention.sectors,
        candidates=(Candidate(person.id, _LIKELY, reason),), reason=reason,
    )  # fmt: skip
