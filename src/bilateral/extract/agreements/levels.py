"""At which level an agreement is made (states, ministries, companies, universities, parties), and who signs it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.instruments import Instrument, Reading
from bilateral.extract.agreements.lexicon import lexicon
from bilateral.extract.agreements.parties import Sides, actors_of
from bilateral.model import Actor
from bilateral.scene import casts
from bilateral.syntax import is_verb, subtree

Level = Literal["state", "ministry", "party", "corporate", "university"]
_SECTORS: dict[str, Level] = {"EDU": "university", "BUS": "corporate", "PTY": "party"}
_OF_STATES = ("intergovernmental", "interstate", "inter", "state")
_COLLECTIVE = ("collective", "pronoun")


def level(read: Reading, one: Instrument, known: Sides) -> tuple[Level, str]:
    """At which level an agreement is made, and why: by the bodies named as parties, else states.

    Where the parties are only "the two", the bodies named before it in its sentence are they.
    """
    before = (k for k in subtree(read.parse, one.head, without=("relcl",)) if k < one.words.start)
    if any(read.low[k] in _OF_STATES for k in before):
        return "state", "worded as of governments"
    for start, end in known.spans:
        for i in read.parse.tokens(start, end):
            hit = lexicon().levels.at(read.low, read.lemma, i)
            if hit is not None:
                return cast(Level, hit[1]), f'"{read.low[i]}" among the parties'
    for actor in known.actors:
        if actor.sectors and actor.sectors[0] in _SECTORS and not actor.name:
            return _SECTORS[actor.sectors[0]], "sector of a party"
    return _of_bodies_before(read, one, known) or ("state", "no lower body is named as a party")


def _of_bodies_before(read: Reading, one: Instrument, known: Sides) -> tuple[Level, str] | None:
    """The level of the two bodies named before in the sentence that a bare "the two" speaks of."""
    mentions = [read.doc.mention_at(read.parse.tokens(a, b)[0]) for a, b in known.spans]
    if not mentions or any(m is None or m.kind not in _COLLECTIVE for m in mentions):
        return None
    sentence = read.parse.sentence(one.head)
    start, end = read.parse.start[sentence.start], read.parse.start[one.head]
    found = []
    for mention in read.doc.mentions_in(start, end, "organisation"):
        hits = (lexicon().levels.at(read.low, read.lemma, i) for i in read.parse.tokens(mention.start, mention.end))
        found.append(next((h[1] for h in hits if h is not None), None))
    named = [word for word in found if word is not None]
    if len(named) > 1 and len(set(named)) == 1:
        return cast(Level, named[0]), "the bodies named before it"
    return None


def signatories(read: Reading, steps: Iterable[Step]) -> tuple[Actor, ...]:
    """The persons who do the signing, as subjects or agents."""
    found: list[Actor] = []
    for step in steps:
        if step.stage not in ("signed", "initialled") or step.verb is None or not is_verb(read.parse, step.verb):
            continue
        actors = (a for c in casts(read.doc, actors_of(read, step.verb)) for a in c.actors)
        found += [a for a in actors if a.name and a.level not in (None, "CIV", "ORG")]
    return tuple(dict.fromkeys(found))
