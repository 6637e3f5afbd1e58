"""One side's assent told without the agreement's noun: procedures completed, a law promulgated, a parliament's yes.

Gives the ratifications that unnamed.py makes drafts of; whose agreement they are of is decided in joining.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.agreements.acts import Step, told
from bilateral.extract.agreements.instruments import Reading
from bilateral.syntax import governor, is_passive, is_verb, kids, obliques, subjects, subtree

_PARTS = ("dobj", "nsubjpass", "pobj")
_IT = ("it", "this", "that", "them", "matter", "file", "issue", "ratification")
_PASSING = (
    "dispose", "approve", "pass", "clear", "ratify", "endorse", "back", "vote", "deal", "wave", "follow", "adopt",
)  # fmt: skip
_DEPOSITING = ("deposit", "exchange", "hand", "lodge", "submit", "deliver")


def assents(read: Reading, heads: frozenset[int]) -> Iterator[tuple[int, Step]]:
    """Yield each assent with the token that it is told at; `heads` are the nouns of agreements."""
    for i in range(len(read.low)):
        verb = _completed(read, i) or _enacted(read, i, heads) or _deposited(read, i)
        if verb is None and is_verb(read.parse, i):
            verb = _passed(read, i, heads)
        if verb is not None:
            yield i, Step("ratified", told(read.parse, verb), verb, verb, f'"{read.low[i]}": an assent')


def _completed(read: Reading, i: int) -> int | None:
    """"Completed its internal procedures", "communicated the completion of its procedures": the verb that tells it."""
    parse = read.parse
    if not read.in_set(i, "procedures") or parse.pos[i] != "NOUN":
        return None
    if not any(read.in_set(k, "own_procedures") for k in kids(parse, i, "amod", "compound", "poss", "nmod")):
        return None
    over = parse.head[parse.head[i]] if parse.dep[i] == "pobj" else parse.head[i]
    if parse.dep[i] == "pobj":
        return governor(parse, over) if read.in_set(over, "completions") else None
    is_patient = parse.dep[i] in ("dobj", "nsubjpass")
    return over if is_patient and is_verb(parse, over) and read.in_set(over, "completing") else None


def _enacted(read: Reading, i: int, heads: frozenset[int]) -> int | None:
    """"Promulgated the law of ratification", "passed the ratification bill": the verb, where no agreement is named."""
    parse, verb = read.parse, read.parse.head[i]
    if not read.in_set(i, "laws") or parse.dep[i] not in ("dobj", "nsubjpass") or not read.in_set(verb, "enacting"):
        return None
    inside = subtree(parse, i)
    is_on_it = any(read.lemma[k] == "ratification" or (read.lemma[k] == "ratify" and k != verb) for k in inside)
    return verb if is_on_it and not heads & set(inside) else None


def _deposited(read: Reading, i: int) -> int | None:
    """"Deposited its instrument of ratification": the verb."""
    parse, verb = read.parse, read.parse.head[i]
    is_paper = read.lemma[i] == "instrument" and any(read.low[k] == "ratification" for k in subtree(parse, i))
    is_done = parse.dep[i] in ("dobj", "nsubjpass") and read.lemma[verb] in _DEPOSITING
    return verb if is_paper and is_done else None


def _passed(read: Reading, verb: int, heads: frozenset[int]) -> int | None:
    """"Parliament disposed of the matter in October", "the Senate did so in May": a parliament's yes, with its day."""
    parse = read.parse
    doers = [k for _, k in obliques(parse, verb, "by")] if is_passive(parse, verb) else subjects(parse, verb)
    if not doers and parse.dep[verb] == "acl" and parse.tag[verb] in ("VBN", "VBD"):
        doers = [parse.head[verb]]  # "parliament disposed of it", which the parse takes for a participle
    if not any(read.in_set(k, "parliaments") for k in doers) or heads & set(subtree(parse, verb, without=("conj",))):
        return None
    is_so = read.lemma[verb] == "do" and any(read.low[k] in ("so", "likewise") for k in kids(parse, verb, "advmod"))
    what = [*kids(parse, verb, *_PARTS), *(k for _, k in obliques(parse, verb, "of", "with", "through", "suit", "on"))]
    is_it = read.lemma[verb] in _PASSING and any({read.low[k], read.lemma[k]} & set(_IT) for k in what)
    is_dated = any(read.doc.date_at(k) is not None for k in subtree(parse, verb, without=("conj",)))
    return verb if is_dated and (is_so or is_it) and told(parse, verb) == "happened" else None


