"""What stands around a noun of visit or meeting: the verb that carries it, the actors in its phrase and clause."""

from __future__ import annotations

import re

from bilateral.extract.visits.casting import after, codes, distinct, doers, next_actor, party
from bilateral.extract.visits.lexicon import lexicon, word_set
from bilateral.extract.visits.reading import Reading
from bilateral.scene import Cast
from bilateral.syntax import ancestors, is_verb, kids, nominals, subtree

FAR = 25
_NEAR = 6
_CARRYING = ("on", "off", "up", "for", "in", "to", "at")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_BARE = ("relcl", "acl", "prep", "appos", "conj")


def carrier(read: Reading, i: int) -> int | None:
    """The verb that holds, begins, ends or plans what the noun names, or that the noun is subject of."""
    parse = read.parse
    dep, up = parse.dep[i], parse.head[i]
    if dep == "conj":
        return carrier(read, up) if not is_verb(parse, up) else None
    if dep == "pobj":
        return _carrier_over(read, up)
    if is_verb(parse, up) and dep in ("dobj", "obj", "dative"):
        return up
    return _last(read, up) if is_verb(parse, up) and dep in ("nsubj", "nsubjpass", "attr") else None


def _carrier_over(read: Reading, prep: int) -> int | None:
    """The verb over a preposition ("is on a visit", "arrived for talks"), also through "a round of"."""
    parse, carry = read.parse, lexicon().carry
    over = parse.head[prep]
    if is_verb(parse, over):
        fits = read.lemma[over] in carry["both"] or read.lemma[over] in carry["reach"]
        return over if fits and read.low[prep] in _CARRYING else None
    return carrier(read, over) if read.low[prep] == "of" and read.in_set(over, "stretches") else None


def _last(read: Reading, verb: int) -> int:
    """The verb that a chain of infinitives ends in ("is to take place", "are expected to be held")."""
    parse = read.parse
    heads = (verb, *kids(parse, verb, "acomp"))
    below = [x for a in heads for x in kids(parse, a, "xcomp") if is_verb(parse, x)]
    return _last(read, below[0]) if below else verb


def chain(read: Reading, verb: int) -> list[int]:
    """A verb and the infinitives that it leads to ("is to gather")."""
    last = _last(read, verb)
    return [verb] if last == verb else [verb, last]


def clause_verb(read: Reading, i: int) -> int | None:
    """The nearest verb above a token."""
    return next((a for a in ancestors(read.parse, i) if is_verb(read.parse, a)), None)


def left(read: Reading, i: int) -> list[Cast]:
    """The actors before the noun in its phrase: owners, compounds, adjectives."""
    parse = read.parse
    before = {k for k in subtree(parse, i, without=_BARE) if k < i}
    before |= {k for j in kids(parse, i, "poss", "compound", "nmod") for k in nominals(parse, j) if k < i}
    found = []
    for k in sorted(before):
        mention = read.doc.mention_at(k)
        if mention is not None and (mention.codes or mention.person):
            found += party(read, k)
    return distinct(found)


def two_sides(read: Reading, i: int, verb: int | None) -> tuple[list[Cast], list[Cast], bool]:
    """Both sides of a meeting and whether its phrase names both: "between", "of X with Y", owner, "with"."""
    between = _between(read, i)
    if len(codes(between)) > 1:
        return between, [], True
    if len(between) > 1 and sum(not c.codes for c in between) == 1:  # one of them is of a state that is not told
        return between[:1], between[1:], True
    own = [*left(read, i), *after(read, i, "by", "of")]
    other = between or after(read, i, "with", "to") or (after(read, verb, "with") if verb is not None else [])
    if len(codes(own)) > 1 and not other:
        return own, [], True
    return own, other, bool(own and other)


def _between(read: Reading, i: int) -> list[Cast]:
    """The actors after "between" behind a noun, also where the parse breaks their list."""
    end = min(read.parse.sentence(i).stop, i + _NEAR)
    at = next((k for k in range(i + 1, end) if read.low[k] in ("between", "among")), None)
    if at is None:
        return []
    found = [c for o in kids(read.parse, at, "pobj") for c in party(read, o)]
    if len(codes(found)) < 2 and len(found) < 2:
        first = found[0].end if found else read.parse.start[at]
        tail = read.parse.tokens(first, first + 1)
        more = next_actor(read, (tail[0] if tail else at) + 2, at + FAR, persons=False)
        found += [more] if more is not None else []
    return distinct(found)


def around(read: Reading, i: int, verb: int | None) -> list[Cast]:
    """Who takes part where the phrase does not say: the doers of the carrying verb, else of the clause around."""
    if verb is not None:
        return doers(read, verb) if read.parse.dep[i] not in ("nsubj", "nsubjpass") else []
    above = clause_verb(read, i)
    return doers(read, above) if above is not None else []


def is_known(read: Reading, i: int) -> bool:
    """Whether the noun speaks of one told of before: "the talks", but not "the twelfth session", "the next meeting"."""
    marks = [read.low[k] for k in kids(read.parse, i, "det", "poss", "amod")]
    return any(m in word_set("known") for m in marks) and not any(is_other(m) for m in marks)


def is_other(word: str) -> bool:
    """Whether a word makes a thing another one than that told of: an ordinal, "next", "new"."""
    return word in word_set("other") or bool(_ORDINAL.fullmatch(word))
