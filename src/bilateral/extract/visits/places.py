"""Where a visit goes and where a meeting is: states and cities behind prepositions, "the country", the dateline."""

from __future__ import annotations

import re

from bilateral import knowledge
from bilateral.extract.visits.casting import undergoers
from bilateral.extract.visits.lexicon import sorts, word_set
from bilateral.extract.visits.reading import Reading
from bilateral.model import Actor
from bilateral.scene import Cast
from bilateral.syntax import CLAUSES, ancestors, kids, obliques, subtree
from bilateral.text import Mention

_GROUND = ("country", "place", "organisation")
_AT = ("in", "at")
_ABOUT = ("on", "about", "over", "regarding", "concerning")
Goal = tuple[Mention | None, list[Cast]]


def goals(read: Reading, verb: int, prep: str) -> list[Goal]:
    """The places that a verb's object, or what follows its preposition, names: one a state, with the state as host."""
    heads = [i for _, i in obliques(read.parse, verb, prep)] if prep else undergoers(read, verb)
    found: dict[str, Goal] = {}
    for i in heads:
        goal = ground(read, i)
        if goal is not None:
            found.setdefault(goal[1][0].codes[0], goal)
    if not heads and not prep and read.lemma[verb] in ("come", "arrive") and (code := here(read)) is not None:
        start, end = read.parse.start[verb], read.parse.end[verb]
        return [(None, [Cast((Actor(country=code),), start, end, "the state where the report is written")])]
    return list(found.values())


def ground(read: Reading, i: int) -> Goal | None:
    """The place that noun i names and the state it lies in, or None for no place."""
    mention = read.doc.mention_at(i)
    if sorts(read.lemma[i]):
        return None
    if mention is not None and mention.kind in _GROUND and mention.codes:
        return (mention if mention.kind != "organisation" else None), [_state(mention)]
    if mention is not None and mention.kind == "collective" and read.low[i] in word_set("here") and mention.codes:
        return None, [_state(mention)]
    if mention is None:
        return _inside(read, i) or _here(read, i)
    return None


def _inside(read: Reading, i: int) -> Goal | None:
    """"The Cambodian port of Sihanoukville", "the Russian capital": the last place in the phrase."""
    if read.parse.pos[i] not in ("NOUN", "PROPN"):
        return None
    inside = [k for k in subtree(read.parse, i, without=("relcl", "acl", "conj", "appos")) if k != i]
    for k in reversed(inside):
        mention = read.doc.mention_at(k)
        if mention is not None and mention.kind in _GROUND and mention.codes:
            return (mention if mention.kind == "place" else None), [_state(mention)]
    return None


def _here(read: Reading, i: int) -> Goal | None:
    """"The country", "the kingdom": the state where the report is written."""
    code = here(read)
    is_this = any(read.low[k] in ("the", "this") for k in kids(read.parse, i, "det"))
    if read.low[i] in word_set("here") and code and is_this:
        start, end = read.parse.start[i], read.parse.end[i]
        return None, [Cast((Actor(country=code),), start, end, "the state where the report is written")]
    return None


def _state(mention: Mention) -> Cast:
    return Cast((Actor(country=mention.codes[0]),), mention.start, mention.end, mention.reason or "state of the place")


def here(read: Reading) -> str | None:
    """The state where the report is written, by its dateline ("MANILA, Philippines", "AKP Phnom Penh")."""
    dateline = read.doc.document.dateline
    if dateline is None or not dateline.place:
        return None
    for part in re.split(r"[,/]", dateline.place):
        words = part.split()
        for first in range(len(words)):
            code = knowledge.place_code(" ".join(words[first:]).title())
            if code is not None:
                return code
    return None


def place_near(read: Reading, *heads: int | None) -> Mention | None:
    """The place after "in" or "at" on one of some verbs or nouns, the first found."""
    for head in heads:
        if head is None:
            continue
        for prep, i in obliques(read.parse, head, *_AT):
            goal = ground(read, i)
            if goal is not None and goal[0] is not None and _is_spot(goal[0], prep):
                return goal[0]
    return None


def _is_spot(mention: Mention, prep: str) -> bool:
    """Whether a mention is a place to be at: a city, or a state after "in"."""
    return len(mention.codes) == 1 and (mention.kind == "place" or (mention.kind == "country" and prep.endswith("in")))


def place_in_clause(read: Reading, i: int) -> Mention | None:
    """The one place after "in" or "at" in the clause of a token, or None where there are several or none."""
    tokens = subtree(read.parse, i, without=CLAUSES)
    found = []
    for k in tokens:
        mention = read.doc.mention_at(k)
        if mention is None or mention.kind != "place" or not mention.codes:
            continue
        before = read.parse.tokens(mention.start, mention.end)[0] - 1
        if before >= 0 and read.low[before] in _AT and not (_is_state(mention) and _is_topic(read, before, i)):
            found.append(mention)
    return found[0] if len({m.start for m in found}) == 1 else None


def _is_state(mention: Mention) -> bool:
    """Whether a place is named by the name of a state, which talks are about more often than they are held there."""
    return knowledge.code_of(mention.name or mention.text) is not None


def _is_topic(read: Reading, prep: int, top: int) -> bool:
    """Whether a place only belongs to what is talked about ("on reforms in Chad", "discussed trade in Mali")."""
    parse, at = read.parse, prep
    for above in ancestors(parse, prep):
        if above == top:
            return parse.dep[at] in ("dobj", "ccomp") and read.in_set(top, "discussing")
        if parse.pos[above] == "ADP" and read.low[above] in _ABOUT and above != prep:
            return not any(read.doc.date_at(k) is not None for k in kids(parse, above, "pobj"))
        at = above
    return False

