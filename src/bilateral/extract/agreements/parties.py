"""Whose an agreement is: the states and organisations named beside it, as subjects of its verb, or the pair spoken of.

Says for each choice why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.instruments import Instrument, Reading
from bilateral.extract.agreements.lexicon import word_set
from bilateral.knowledge import home_of as home_of_publisher
from bilateral.knowledge import place_code
from bilateral.model import Actor
from bilateral.scene import Cast, all_of, cast_at, casts
from bilateral.syntax import (
    SUBJECTS,
    agents,
    ancestors,
    first_conjunct,
    is_passive,
    is_verb,
    kids,
    objects,
    obliques,
    subjects,
    subtree,
)

_FAR = 30
_PHRASE = ("relcl", "conj", "appos")
_HOME = "the other side is the state where the report is written"
_PAIR = "the other side is the pair the report speaks of"


class Sides(NamedTuple):
    """The parties: codes, the actors behind them, where they stand, how they were found, and whether all are named.

    With `may_be_pair` a side that is missing may be one of the pair that the report speaks of.
    """

    codes: tuple[str, ...]
    actors: tuple[Actor, ...]
    spans: tuple[tuple[int, int], ...]
    rule: str
    is_stated: bool
    may_be_pair: bool = True


NOBODY = Sides((), (), (), "nobody is named", False)


def sides(read: Reading, one: Instrument, found: Iterable[Step]) -> Sides:
    """The parties as the sentence of an agreement names them, without the pair spoken of; one or none may be found."""
    steps = list(found)
    near = _between(read, one, steps)
    if len(_codes(near)) > 1:
        return _made(near, 'named after "between"', is_stated=True)
    own = _before(read, one)
    if len(_codes(own)) > 1:
        return _made(own, "named in the title", is_stated=True)
    other = _with(read, one, steps)
    if len(_codes([*own, *other])) > 1:
        return _made([*own, *other], "named beside it", is_stated=True)
    acting = _acting(read, steps)
    together = [*own, *acting, *other]
    if not _codes([*together, *near]):
        return NOBODY._replace(may_be_pair=not _is_other_business(read, one, steps))
    rule = "subject of the verb" if acting else "named beside it"
    made = _made([*together, *near], rule, is_stated=len(_codes(together)) > 1)
    return made._replace(may_be_pair=bool(other) or not _has_stranger(read, one, steps))


def completed(read: Reading, one: Instrument, known: Sides) -> Sides:
    """Parties with the missing side taken from the pair that the document speaks of, where that fits."""
    dyad = read.doc.dyad
    if len(known.codes) > 1 or not known.may_be_pair:
        return known
    if not known.codes:
        pair = tuple(Actor(country=c) for c in dyad)
        return Sides(dyad, pair, (), "the pair the report speaks of", False) if len(dyad) > 1 else known
    own = known.codes[0]
    other = next((c for c in dyad if c != own), None) if own in dyad else _elsewhere(read, one, own)
    if other is None and not dyad and (home := home_of(read)) not in (None, own):
        rule = f"{known.rule}; {_HOME}"
        return Sides((home or "", own), (Actor(country=home), *known.actors), known.spans, rule, False)
    if other is None:
        return known
    codes = tuple(c for c in dyad if c in (own, other)) if own in dyad else (own, other)
    rule = f"{known.rule}; {_PAIR if own in dyad else 'the other state in the sentence'}"
    return Sides(codes, (*known.actors, Actor(country=other)), known.spans, rule, False)


def home_of(read: Reading) -> str | None:
    """The state where a report is written: that of its dateline, else of its outlet; None where neither says."""
    document = read.doc.document
    place = document.dateline.place if document.dateline is not None else None
    code = next((c for part in re.split(r"[,/]", place or "") if (c := place_code(part.strip().title()))), None)
    return code or home_of_publisher(document.publisher or "")


def _codes(found: Iterable[Cast]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for cast in found for code in cast.codes))


def _made(found: list[Cast], rule: str, *, is_stated: bool) -> Sides:
    actors = tuple(dict.fromkeys(a for cast in found for a in cast.actors if a.country))
    return Sides(_codes(found), actors, tuple((c.start, c.end) for c in found if c.codes), rule, is_stated)


def _elsewhere(read: Reading, one: Instrument, own: str) -> str | None:
    """The one other state of the sentence, or None where there are several or none."""
    codes = _named_in_sentence(read, one) - {own}
    return codes.pop() if len(codes) == 1 else None


def _named_in_sentence(read: Reading, one: Instrument) -> set[str]:
    sentence = read.parse.sentence(one.head)
    start, end = read.parse.start[sentence.start], read.parse.end[sentence.stop - 1]
    return {code for m in read.doc.mentions_in(start, end) for code in m.codes}


# Beside the noun --------------------------------------------------------------------------------------------------


def _between(read: Reading, one: Instrument, steps: list[Step]) -> list[Cast]:
    """The casts after the "between" that follows the agreement, or that its talks or signing carry."""
    parse = read.parse
    for i in range(one.words.stop, min(parse.sentence(one.head).stop, one.words.stop + _FAR)):
        is_next = read.is_named(i) and parse.pos[i] in ("NOUN", "PROPN") and one.head not in ancestors(parse, i)
        if is_next:
            break
        if read.low[i] in ("between", "among", "amongst"):
            return _listed(read, i)
    above = [s.at for s in steps if not is_verb(parse, s.at)]
    for noun in ancestors(parse, one.head) if steps else ():
        if is_verb(parse, noun):
            break
        above.append(noun)
    preps = (p for noun in above for p in kids(parse, noun, "prep") if read.low[p] == "between")
    return next((_listed(read, p) for p in preps), [])


def _listed(read: Reading, prep: int) -> list[Cast]:
    """The parties in a list behind a preposition; where the parse breaks the list, the next ones mentioned."""
    found = [c for o in kids(read.parse, prep, "pobj") for c in all_of(read.doc, o)]
    seen: dict[tuple[int, int], Cast] = {(c.start, c.end): c for c in found}
    for i in range(prep + 1, min(read.parse.sentence(prep).stop, prep + _FAR)):
        if len(_codes(seen.values())) > 1 or is_verb(read.parse, i) or read.low[i] in ("between", "that", "which"):
            break
        mention = read.doc.mention_at(i)
        cast = cast_at(read.doc, i) if mention is not None and mention.codes else None
        if cast is not None:
            seen.setdefault((cast.start, cast.end), cast)
    return list(seen.values())


def _before(read: Reading, one: Instrument) -> list[Cast]:
    """The parties among the words before the noun: adjectives, compounds, owners ("Thai-Lao treaty")."""
    left = subtree(read.parse, one.head, without=("relcl", "acl", "prep", "appos", "conj"))
    first = min(left[0], one.words.start)
    owners = kids(read.parse, one.head, "poss")
    named = [i for i in range(first, one.words.start) if (m := read.doc.mention_at(i)) is not None and m.codes]
    tokens = [i for i in named if (m := read.doc.mention_at(i)) is not None and m.kind != "pronoun"]
    return sorted(casts(read.doc, [*tokens, *owners]), key=lambda c: c.start)


def _with(read: Reading, one: Instrument, steps: list[Step]) -> list[Cast]:
    """The parties after "with" on the noun, its step's noun, or its verb."""
    return casts(read.doc, _behind_with(read, one, steps))


def _behind_with(read: Reading, one: Instrument, steps: list[Step]) -> list[int]:
    inside = subtree(read.parse, one.head, without=_PHRASE)
    heads = dict.fromkeys([*inside, *(s.at for s in steps), *(s.verb for s in steps if s.verb is not None)])
    return [i for head in heads for word, i in obliques(read.parse, head, "with") if word == "with"]


def _has_stranger(read: Reading, one: Instrument, steps: list[Step]) -> bool:
    """Whether "with" names a side that is no known state ("with eleven other countries"), so that no pair is meant."""
    behind = _behind_with(read, one, steps)
    return any(read.parse.tag[i] in ("NNS", "NNPS") and read.doc.mention_at(i) is None for i in behind)


# Who acts ---------------------------------------------------------------------------------------------------------


def _acting(read: Reading, steps: list[Step]) -> list[Cast]:
    """Who signs, negotiates, proposes: subjects or agents of the steps' verbs, and whom a proposal is put to."""
    found: list[Cast] = []
    for step in (s for s in steps if s.verb is not None):
        verb = step.verb if step.verb is not None else step.at
        near = _proposing(read, verb) if step.stage == "proposed" else casts(read.doc, actors_of(read, verb))
        if step.stage == "ratified":  # a "Congress" or "Senate" may be that of any state
            near = [c for c in near if set(c.codes) <= set(read.doc.dyad)] if read.doc.dyad else near
        found += near
    return found


def actors_of(read: Reading, verb: int) -> list[int]:
    """The heads of those who do a verb, active or passive."""
    parse = read.parse
    if not is_passive(parse, verb):
        found = subjects(parse, verb)
        together = [i for _, i in obliques(parse, verb, "together", "along", "jointly", "alongside")]
        return [*found, *together, *_before_comma(read, found)]
    named = (i for i in agents(parse, verb) if read.doc.date_at(i) is None and read.lemma[i] != "end")
    doing = [i for i in named if not read.is_named(i)]
    above = parse.head[verb]
    mention = read.doc.mention_at(above) if parse.dep[verb] == "acl" else None
    return doing or ([above] if mention is not None and mention.codes else [])


def _before_comma(read: Reading, found: list[int]) -> list[int]:
    """A subject that stands before a comma in a headline ("Chile, Peru sign accord"), where the parse cuts it off."""
    more = []
    for s in found:
        before = s - 1
        while before >= 0 and read.low[before] in (",", "and", "&") and before not in found:
            before -= 1
        if before != s - 1 and before in read.parse.sentence(s) and read.doc.mention_at(before) is not None:
            more.append(before)
    return more


def _proposing(read: Reading, verb: int) -> list[Cast]:
    """Who proposes and to whom: subjects, objects, "to" or "with" of the verbs from the step's up to one of saying."""
    parse = read.parse
    found: list[Cast] = []
    for v in [verb, *(a for a in ancestors(parse, verb) if is_verb(parse, a))]:
        if read.in_set(v, "saying"):
            break
        if not is_passive(parse, v):
            found += casts(read.doc, kids(parse, v, *SUBJECTS))
        asked = [i for _, i in obliques(parse, v, "to", "with", "from")]
        found += casts(read.doc, [*objects(parse, v), *agents(parse, v), *asked])
    return found


def _is_other_business(read: Reading, one: Instrument, steps: list[Step]) -> bool:
    """Whether somebody acts who is no official of a state ("Acme signed"), or a vague word ("a deal") names nobody."""
    verbs = [s.verb for s in steps if s.verb is not None and is_verb(read.parse, s.verb)]
    heads = [i for v in verbs for i in actors_of(read, v) if i != one.head and i not in one.words]
    if heads:
        return not any(_is_official(read, i) for i in heads)
    first = first_conjunct(read.parse, one.head)
    if first != one.head and read.is_named(first):
        return False
    if one.number is not None and one.number > 1 and not one.is_definite and steps:
        return False  # "two contracts were signed": on the occasion that the report is about
    is_vague = (one.kind.is_weak and not _is_told_apart(read, one)) or (one.is_plural and one.is_definite)
    pair = set(read.doc.dyad)
    return is_vague and not (len(pair) > 1 and pair <= _named_in_sentence(read, one))


def _is_told_apart(read: Reading, one: Instrument) -> bool:
    """Whether a vague word says which it is: "the understanding on fish", "the contract by which Chad sells gas"."""
    parse = read.parse
    if one.is_plural or not one.is_definite:
        return False
    about = [p for p in kids(parse, one.head, "prep") if read.low[p] in ("on", "for", "about", "under")]
    phrase = subtree(parse, one.head, without=("conj",))
    prep = parse.head[one.head]
    if parse.dep[one.head] == "pobj" and read.low[prep] == "under" and is_verb(parse, parse.head[prep]):
        doing = [m for k in subjects(parse, parse.head[prep]) if (m := read.doc.mention_at(k)) is not None]
        if any(set(m.codes) & set(read.doc.dyad) for m in doing):  # "under the contract Chad buys …"
            return True
    is_of_pair = any((m := read.doc.mention_at(k)) is not None and set(m.codes) & set(read.doc.dyad) for k in phrase)
    return bool(about) or is_of_pair


def _is_official(read: Reading, i: int) -> bool:
    """Whether a noun without a state stands for officials: a collective, a pronoun, an office, "the parties".

    So does a body of "both sides" or "the two countries" ("the banks of the two countries"), and "both firms".
    """
    mention = read.doc.mention_at(i)
    inside = [i, *(k for p in kids(read.parse, i, "prep") if read.low[p] == "of" for k in subtree(read.parse, p))]
    if any((m := read.doc.mention_at(k)) is not None and m.kind == "collective" for k in inside):
        return True
    if any(read.low[k] == "both" for k in kids(read.parse, i, "det", "predet", "preconj")):
        return True
    if mention is None:
        return bool({read.low[i], read.lemma[i]} & word_set("officials"))
    return mention.kind in ("collective", "pronoun", "role", "group") or mention.level not in (None, "CIV", "ORG")
