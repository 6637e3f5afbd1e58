"""Who stands where in a resolved document: the actors that a noun phrase, a pronoun or a voice means.

What extractors ask instead of looking at mentions themselves, so that "our Vietnamese partners", "the government of
Japan" and "we" inside a quotation give actors everywhere alike. Resolves nothing anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

from msgspec import structs

from bilateral.model import Actor, actor_of
from bilateral.syntax import kids, nominals, obliques, phrase, span
from bilateral.text import Mention, Resolved

FIRST_PERSON = frozenset({"i", "we", "us", "me", "our", "ours", "my", "ourselves"})
_SINGULAR = frozenset({"i", "me", "my"})
# Prepositions that name the state behind a noun ("government of Japan", "officials from Hanoi").
_OWNER = ("of", "from")
# Bodies that a town stands beside ("a court in Lyon"), which then says whose they are.
_SEATED = frozenset({"JUD", "COP", "LEG", "EDU", "JRN"})


class Cast(NamedTuple):
    """The actors that some words mean, the span of the words, and how they were found."""

    actors: tuple[Actor, ...]
    start: int
    end: int
    how: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The states and organisations among the actors, each once, in order."""
        return tuple(dict.fromkeys(a.country for a in self.actors if a.country))


def cast_at(doc: Resolved, i: int) -> Cast | None:
    """The actors that the noun phrase headed by token i means, or None where it means none that is known.

    In order: a mention on the token; a first-person pronoun by the voice that speaks; an owner, adjective or
    compound inside the phrase ("Vietnamese partners", "Russia's proposal"); the noun after "of" or "from".
    Actors without a country (an unresolved pronoun, a person of unknown office) are given as they are.
    """
    mention = doc.mention_at(i)
    if mention is not None:
        return Cast(actor_of(mention, doc), mention.start, mention.end, mention.reason or mention.kind)
    return _first_person(doc, i) or _inside_phrase(doc, i) or _behind(doc, i)


def casts(doc: Resolved, tokens: Iterable[int]) -> list[Cast]:
    """The casts of some tokens in order, those without left out, equal ones once."""
    found: dict[tuple[int, int], Cast] = {}
    for i in tokens:
        cast = cast_at(doc, i)
        if cast is not None:
            found.setdefault((cast.start, cast.end), cast)
    return list(found.values())


def joined(found: Iterable[Cast]) -> tuple[Actor, ...]:
    """The actors of some casts, each once, in order."""
    return tuple(dict.fromkeys(a for cast in found for a in cast.actors))


def codes_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """The states and organisations among some actors, each once, in order."""
    return tuple(dict.fromkeys(a.country for a in actors if a.country))


def speaker_at(doc: Resolved, position: int) -> tuple[Actor, ...]:
    """The speaker whose words stand at a position, () where the outlet itself speaks."""
    voice = doc.voice_at(position)
    return actor_of(voice, doc) if voice else ()


def date_near(doc: Resolved, tokens: Iterable[int]) -> Mention | None:
    """The first date mention among some tokens that has a value; a duration or set has none."""
    for i in tokens:
        mention = doc.date_at(i)
        if mention is not None and mention.value is not None:
            return mention
    return None


def _first_person(doc: Resolved, i: int) -> Cast | None:
    start, end = doc.parse.start[i], doc.parse.end[i]
    if doc.text[start:end].lower() not in FIRST_PERSON:
        return None
    voice = doc.voice_at(start)
    if voice is None or not (voice.codes or voice.person or voice.name):
        return None
    speaker = actor_of(voice, doc)
    if doc.text[start:end].lower() not in _SINGULAR and voice.codes:
        side = tuple(Actor(country=a.country, sectors=a.sectors) for a in speaker)
        return Cast(side, start, end, "the speaker's side, by its first person plural")
    return Cast(speaker, start, end, "first person of the speaker")


def _inside_phrase(doc: Resolved, i: int) -> Cast | None:
    """A state named inside the phrase, nearest to its head first; the head noun says the sector."""
    inside = [k for k in phrase(doc.parse, i) if k != i and doc.parse.head[k] == i]
    for k in reversed(inside):
        if doc.parse.dep[k] not in ("amod", "poss", "compound", "nmod", "appos"):
            continue
        mention = doc.mention_at(k)
        own = _first_person(doc, k) if mention is None else None
        found = actor_of(mention, doc) if mention else own.actors if own else _deeper(doc, k)
        if found:
            lo, hi = span(doc.parse, phrase(doc.parse, i))
            return Cast(tuple(_with_sector(a, doc, i) for a in found), lo, hi, "named inside the phrase")
    return None


def _deeper(doc: Resolved, i: int) -> tuple[Actor, ...]:
    for k in kids(doc.parse, i, "compound", "amod", "nmod", "poss"):
        mention = doc.mention_at(k)
        if mention is not None and mention.codes:
            return actor_of(mention, doc)
    return ()


def _behind(doc: Resolved, i: int) -> Cast | None:
    if doc.parse.pos[i] not in ("NOUN", "PROPN", "ADJ"):
        return None
    sector = _sector_of(doc, i)
    if sector is None:
        return None
    for _, k in obliques(doc.parse, i, *_OWNER, *(("in", "at") if sector in _SEATED else ())):
        mention = doc.mention_at(k)
        if mention is not None and mention.codes:
            actors = tuple(_with_sector(a, doc, i) for a in actor_of(mention, doc))
            return Cast(actors, doc.parse.start[i], mention.end, "named behind the noun")
    return None


@cache
def _sector_nouns() -> dict[str, str]:
    data = tomllib.loads(resources.files("bilateral").joinpath("sector_nouns.toml").read_text(encoding="utf-8"))
    return {noun: sector for sector, nouns in data.items() for noun in nouns}


def _sector_of(doc: Resolved, i: int) -> str | None:
    word = doc.text[doc.parse.start[i] : doc.parse.end[i]].lower()
    return _sector_nouns().get(word) or _sector_nouns().get(doc.parse.lemma[i].lower())


def _with_sector(actor: Actor, doc: Resolved, i: int) -> Actor:
    """The actor with the sector that a head noun gives, where the mention itself says none."""
    sector = _sector_of(doc, i)
    if sector is None or actor.name:
        return actor
    return structs.replace(actor, sectors=tuple(dict.fromkeys((sector, *actor.sectors))))


def all_of(doc: Resolved, i: int) -> list[Cast]:
    """The casts of token i and its conjuncts ("Russia, Cambodia and Laos")."""
    return casts(doc, nominals(doc.parse, i))
