"""Walking a `Parse`: children, subtree, subjects, objects, clause, governor, tense, negation, conditionals.

Functions of (parse, token index); they know grammar and no actors. Labels are those of the parser (ClearNLP style).
How real a thing is told to be stands in mood.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilateral.text import Parse

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
OBJECTS = ("dobj", "obj")
CLAUSES = ("ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis")
# Verbs whose infinitive is done by their object, not their subject ("urged Hanoi to sign").
OBJECT_CONTROL = frozenset({
    "advise", "allow", "appeal", "ask", "authorise", "authorize", "beg", "call", "command", "compel", "enable",
    "encourage", "expect", "force", "get", "help", "instruct", "invite", "let", "make", "oblige", "order", "permit",
    "persuade", "press", "push", "request", "require", "tell", "urge", "want", "warn",
})  # fmt: skip


def kids(parse: Parse, i: int, *deps: str) -> list[int]:
    """The dependents of token i with one of these labels, in text order."""
    below = parse.children[i]
    if not below:
        return []
    dep = parse.dep
    return [k for k in below if dep[k] in deps]


def subtree(parse: Parse, i: int, *, without: tuple[str, ...] = ()) -> list[int]:
    """Token i and all below it in text order; branches whose label is in `without` are left out."""
    found, todo = [], [i]
    while todo:
        at = todo.pop()
        found.append(at)
        todo += [k for k in parse.children[at] if parse.dep[k] not in without]
    return sorted(found)


def phrase(parse: Parse, i: int) -> list[int]:
    """The noun phrase of token i without its clauses, conjuncts, appositions and punctuation."""
    kept = subtree(parse, i, without=("relcl", "acl", "conj", "cc", "appos", "punct", "advcl"))
    return _joined(kept, i)


def _joined(tokens: list[int], i: int) -> list[int]:
    """The unbroken run of `tokens` around i."""
    have = set(tokens)
    first = last = i
    while first - 1 in have:
        first -= 1
    while last + 1 in have:
        last += 1
    return list(range(first, last + 1))


def span(parse: Parse, tokens: Iterable[int]) -> tuple[int, int]:
    """The character span from the first to the last of some tokens; they must not be empty."""
    found = list(tokens)
    return parse.start[min(found)], parse.end[max(found)]


def sentence_span(parse: Parse, i: int) -> tuple[int, int]:
    """The character span of the sentence that holds token i."""
    return span(parse, parse.sentence(i))


def ancestors(parse: Parse, i: int) -> Iterator[int]:
    """The tokens that govern i, nearest first, up to its sentence's root."""
    while parse.head[i] != i:
        i = parse.head[i]
        yield i


def is_verb(parse: Parse, i: int) -> bool:
    """Whether token i is a verb, or an auxiliary that heads a clause."""
    return parse.pos[i] == "VERB" or (parse.pos[i] == "AUX" and parse.dep[i] not in ("aux", "auxpass"))


def governor(parse: Parse, i: int) -> int | None:
    """The nearest verb above token i, or None where there is none (a headline without a verb)."""
    return next((a for a in ancestors(parse, i) if is_verb(parse, a)), None)


def clause(parse: Parse, i: int) -> list[int]:
    """The tokens of the clause that token i stands in: its verb's subtree without clauses below it."""
    head = i if is_verb(parse, i) else governor(parse, i)
    head = next(iter(parse.sentence(i))) if head is None else head
    return subtree(parse, head, without=CLAUSES)


def first_conjunct(parse: Parse, i: int) -> int:
    """The head of the coordination that token i belongs to, i itself where it belongs to none."""
    while parse.dep[i] == "conj" and parse.head[i] != i:
        i = parse.head[i]
    return i


def conjuncts(parse: Parse, i: int) -> list[int]:
    """Token i and all that are coordinated below it, in text order."""
    if not kids(parse, i, "conj"):
        return [i]
    found, todo = [], [i]
    while todo:
        at = todo.pop()
        found.append(at)
        todo += kids(parse, at, "conj")
    return sorted(found)


def nominals(parse: Parse, i: int) -> list[int]:
    """The conjuncts of token i that are no verbs, in text order."""
    found = conjuncts(parse, i)
    return found if len(found) == 1 else [k for k in found if k == i or not is_verb(parse, k)]


def _all_nominals(parse: Parse, tokens: Iterable[int]) -> list[int]:
    return [n for t in tokens for n in nominals(parse, t)]


def subjects(parse: Parse, verb: int) -> list[int]:
    """The heads of a verb's subjects, also where grammar leaves them out: coordination, control, relative clauses.

    Passive subjects count as subjects here; `is_passive` tells. Empty where nothing says who acts.
    """
    seen: set[int] = set()
    while verb not in seen:
        seen.add(verb)
        own = kids(parse, verb, *SUBJECTS)
        if own:
            return _all_nominals(parse, [_antecedent(parse, s) for s in own])
        step = _subject_from_above(parse, verb)
        if isinstance(step, list):
            return step
        verb = step
    return []


def _subject_from_above(parse: Parse, verb: int) -> list[int] | int:
    """The subjects that a clause takes from above, or the verb to ask next."""
    head, dep = parse.head[verb], parse.dep[verb]
    if head == verb:
        return []
    if dep in ("relcl", "acl"):
        return _subject_of_noun_clause(parse, verb, head)
    if dep in ("xcomp", "ccomp") and parse.lemma[head] in OBJECT_CONTROL and (objects(parse, head)):
        return objects(parse, head)
    if dep in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "prep", "parataxis", "dep"):
        above = head if is_verb(parse, head) else governor(parse, verb)
        return [] if above is None else above
    return []


def _subject_of_noun_clause(parse: Parse, verb: int, noun: int) -> list[int] | int:
    """Who acts in a clause below a noun: the noun ("talks that began"), or the noun's owner ("a plan to visit")."""
    if is_verb(parse, noun):
        return noun
    infinitive = parse.tag[verb] == "VB" and any(parse.tag[k] == "TO" for k in kids(parse, verb, "aux"))
    owner = kids(parse, noun, "poss")
    if infinitive and owner:
        return _all_nominals(parse, owner)
    if infinitive and (above := governor(parse, noun)) is not None:
        return above
    return nominals(parse, noun)


def _antecedent(parse: Parse, i: int) -> int:
    """What a relative pronoun stands for, the token itself for anything else."""
    if parse.tag[i] in ("WDT", "WP"):
        above = next((a for a in (parse.head[i], *ancestors(parse, i)) if parse.dep[a] == "relcl"), None)
        if above is not None:
            return parse.head[above]
    return i


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether a verb is in the passive, with or without its auxiliary ("signed by", "was signed")."""
    if kids(parse, verb, "auxpass", "nsubjpass"):
        return True
    if parse.tag[verb] == "VBN" and parse.dep[verb] in ("acl", "amod"):
        return True
    if parse.dep[verb] == "conj" and parse.tag[verb] == "VBN" and not kids(parse, verb, "aux", *SUBJECTS):
        return is_passive(parse, parse.head[verb])
    return bool(kids(parse, verb, "agent")) and parse.tag[verb] == "VBN"


def agents(parse: Parse, verb: int) -> list[int]:
    """Who acts in a passive: the nouns after "by"."""
    return _all_nominals(parse, (o for a in kids(parse, verb, "agent") for o in kids(parse, a, "pobj")))


def objects(parse: Parse, verb: int) -> list[int]:
    """The heads of a verb's direct objects with their conjuncts; relative pronouns give what they stand for."""
    own = kids(parse, verb, *OBJECTS)
    if not own and parse.dep[verb] == "relcl" and kids(parse, verb, "nsubj"):
        first = kids(parse, verb, "nsubj")[0]
        return [parse.head[verb]] if parse.tag[first] not in ("WDT", "WP") else []
    return _all_nominals(parse, [_antecedent(parse, o) for o in own])


def receivers(parse: Parse, verb: int) -> list[int]:
    """The indirect objects of a verb ("gave Hanoi a loan"), with conjuncts."""
    bare = [k for k in kids(parse, verb, "dative") if parse.pos[k] != "ADP"]
    return _all_nominals(parse, bare)


def obliques(parse: Parse, head: int, *preps: str) -> list[tuple[str, int]]:
    """The nouns that hang on a verb or noun by a preposition, as (preposition, token) in text order.

    Only the named prepositions (lower case) where some are named. A second preposition below the first joins it
    ("out of", "along with"); conjuncts of the noun are given too.
    """
    if not parse.children[head]:
        return []
    found = parse.hanging.get(head)
    if found is None:
        found = parse.hanging[head] = tuple(_hanging(parse, head))
    return [(word, i) for word, i in found if not preps or word in preps or word.split()[-1] in preps]


def _hanging(parse: Parse, head: int) -> Iterator[tuple[str, int]]:
    for prep in kids(parse, head, "prep", "agent", "dative"):
        if parse.pos[prep] in ("ADP", "SCONJ", "VERB", "ADV", "ADJ", "PART"):
            yield from _below_preposition(parse, prep, parse.lemma[prep].lower())


def _below_preposition(parse: Parse, prep: int, word: str) -> list[tuple[str, int]]:
    found = [(word, n) for o in kids(parse, prep, "pobj", "pcomp") for n in nominals(parse, o)]
    for lower in kids(parse, prep, "prep"):
        found += _below_preposition(parse, lower, f"{word} {parse.lemma[lower].lower()}")
    for other in kids(parse, prep, "conj"):
        found += _below_preposition(parse, other, parse.lemma[other].lower())
    return found


def is_negated(parse: Parse, i: int) -> bool:
    """Whether a verb or noun is negated where it stands: not, never, no longer, "no agreement", "without"."""
    if kids(parse, i, "neg"):
        return True
    if any(parse.lemma[k].lower() in ("no", "neither", "never") for k in parse.children[i]):
        return True
    if parse.dep[i] in ("pobj", "pcomp") and parse.lemma[parse.head[i]].lower() in ("without", "despite_no"):
        return True
    dependents = [*kids(parse, i, *SUBJECTS), *kids(parse, i, *OBJECTS)] if is_verb(parse, i) else []
    return any(parse.lemma[k].lower() in ("no", "nobody", "none", "neither") for s in dependents
               for k in (s, *kids(parse, s, "det", "neg", "preconj")))  # fmt: skip


class Tense(NamedTuple):
    """Tense, whether perfect or progressive, and the modal ("will", "would", "may" …) of a verb group."""

    tense: str
    perfect: bool
    progressive: bool
    modal: str | None


def tense(parse: Parse, verb: int) -> Tense:
    """The tense of a verb group: past, present, future, or none for a bare infinitive or participle."""
    group = [verb, *kids(parse, verb, "aux", "auxpass")]
    tags = {parse.tag[k] for k in group}
    words = {parse.lemma[k].lower() for k in group[1:]}
    modal = next((_MODALS[w] for w in words if w in _MODALS), None)
    perfect = "have" in words and parse.tag[verb] in ("VBN", "VBD", "VBG")
    progressive = parse.tag[verb] == "VBG" and "be" in words
    if modal in ("will", "shall") or _is_going_to(parse, verb):
        return Tense("future", perfect, progressive, modal or "going")
    if "VBD" in tags:
        return Tense("past", perfect, progressive, modal)
    if perfect and modal is None:
        return Tense("past", True, progressive, None)
    if tags & {"VBZ", "VBP"}:
        return Tense("present", perfect, progressive, modal)
    return Tense("none", perfect, progressive, modal)


_MODALS = {
    "will": "will", "'ll": "will", "shall": "shall", "would": "would", "'d": "would", "could": "could", "may": "may",
    "might": "might", "should": "should", "must": "must", "can": "can", "ought": "should",
}  # fmt: skip


def _is_going_to(parse: Parse, verb: int) -> bool:
    head = parse.head[verb]
    return parse.dep[verb] == "xcomp" and parse.lemma[head] == "go" and parse.tag[head] == "VBG"


def is_infinitive(parse: Parse, verb: int) -> bool:
    """Whether a verb stands with "to" ("to sign", "to be signed")."""
    return parse.tag[verb] in ("VB", "VBN") and any(parse.tag[k] == "TO" for k in kids(parse, verb, "aux"))


def is_conditional(parse: Parse, verb: int) -> bool:
    """Whether a verb stands in, or depends on, an if-clause or an "unless"."""
    if any(parse.lemma[k].lower() in ("if", "unless", "whether", "should") for k in kids(parse, verb, "mark")):
        return True
    return any(parse.lemma[k].lower() in ("if", "unless") for c in kids(parse, verb, "advcl")
               for k in kids(parse, c, "mark"))  # fmt: skip
