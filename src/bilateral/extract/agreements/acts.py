"""What a verb says of an agreement as its object or subject: the step, and whether it is reached.

Owns the statuses of agreements where mood.py leaves them open (infinitives, participles, "close to").
"""

from __future__ import annotations

from typing import NamedTuple

from bilateral.extract.agreements.instruments import Reading
from bilateral.extract.agreements.lexicon import Act, lexicon, word_set
from bilateral.model import Stage, Status
from bilateral.mood import mood
from bilateral.syntax import is_verb, kids, tense
from bilateral.text import Parse

AHEAD = ("planned", "proposed", "hypothetical")
_CLOSE = ("close", "near", "closer")
_DENYING = ("no", "neither", "never", "nobody", "none", "not", "nor")


class Step(NamedTuple):
    """A step: which, how real, the token that says so, and the verb whose subjects and dates are the step's.

    A weak one is said by an adjective alone and counts only where nothing else tells a step.
    """

    stage: Stage
    status: Status
    at: int
    verb: int | None
    rule: str
    is_weak: bool = False


def step_of_verb(read: Reading, verb: int, part: str) -> Step | None:
    """The step that a verb says of its object or subject, or None."""
    act = act_of(read, verb, part)
    if act is None or (part == "subject" and act.stage == "ended" and kids(read.parse, verb, "dobj")):
        return None
    stage, status = reached(read, act.stage, told(read.parse, verb), verb)
    return Step(stage, status, verb, verb, f'"{read.low[verb]}"')


def act_of(read: Reading, verb: int, part: str) -> Act | None:
    """The entry of a verb in the lists, by the words that follow it; the longest first."""
    for words, act in lexicon().acts.starting(read.lemma[verb]):
        if act.part == part and follow(read, verb, words[1:]):
            return act
    return None


def follow(read: Reading, verb: int, words: tuple[str, ...]) -> bool:
    """Whether some words follow a verb directly, but for adverbs and marks between them."""
    i = verb + 1
    for word in words:
        while i < len(read.low) and word not in (read.low[i], read.lemma[i]):
            if read.parse.pos[i] not in ("ADV", "PUNCT", "PART", "DET", "ADJ") and read.parse.dep[i] != "npadvmod":
                return False
            i += 1
        i += 1
    return i <= len(read.low)


def reached(read: Reading, stage: Stage, status: Status, at: int) -> tuple[Stage, Status]:
    """A stage and its status as records hold them: talks that lie ahead are a proposal."""
    if stage == "negotiating":
        return ("proposed", "proposed") if status in AHEAD else (stage, "ongoing" if status == "happened" else status)
    if stage == "proposed":
        return stage, status if status in ("denied", "cancelled") else "proposed"
    if status == "hypothetical" and tense(read.parse, at).tense == "future":
        return stage, "planned"
    return stage, status


def told(parse: Parse, i: int) -> Status:
    """How real a verb or noun is told to be; an infinitive that nothing decides lies ahead, a participle is done."""
    if parse.tag[i] == "VBN" and parse.dep[i] in ("acl", "amod") and not kids(parse, i, "aux", "auxpass", "neg"):
        return "happened"
    found = mood(parse, i)
    if found.status == "denied" and found.by == i and not _is_denied(parse, i):
        return "planned" if tense(parse, i).tense == "future" or has_to(parse, i) else "happened"
    if found.by is not None or not is_verb(parse, i):
        return found.status
    if parse.dep[i] == "pcomp" and parse.lemma[parse.head[parse.head[i]]] in _CLOSE:
        return "planned"
    if has_to(parse, i) and parse.lemma[parse.head[i]] not in word_set("done"):
        return "planned"
    return found.status


def has_to(parse: Parse, i: int) -> bool:
    """Whether a verb, active or passive, stands with "to"."""
    return any(parse.tag[k] == "TO" for k in kids(parse, i, "aux"))


def _is_denied(parse: Parse, i: int) -> bool:
    """Whether more than a "without …" beside a verb denies it ("signed without delay" is signed)."""
    if not is_verb(parse, i) or kids(parse, i, "neg"):
        return True
    nouns = kids(parse, i, "nsubj", "nsubjpass", "dobj")
    near = [*parse.children[i], *nouns, *(d for s in nouns for d in kids(parse, s, "det", "neg", "preconj"))]
    return any(parse.lemma[k].lower() in _DENYING for k in near)


def is_act(parse: Parse, i: int) -> bool:
    """Whether a token is a verb, or stands as one in a headline that the tagger misread ("Chad, Mali sign accord")."""
    return is_verb(parse, i) or bool(parse.dep[i] == "ROOT" and kids(parse, i, "nsubj") and kids(parse, i, "dobj"))


def is_of_papers(read: Reading, verb: int) -> bool:
    """Whether a verb is said of hardly anything but agreements, wherever the parser hangs its clause."""
    if read.in_set(verb, "of_papers"):
        return True
    return read.in_set(verb, "into_force") and act_of(read, verb, "subject") is not None


def complements(read: Reading, verb: int) -> list[int]:
    """A verb and the infinitives that it leads to with the same subject ("is expected to be signed")."""
    parse = read.parse
    found, todo = [], [verb]
    while todo:
        at = todo.pop(0)
        found.append(at)
        heads = (at, *kids(parse, at, "acomp", "oprd"))
        todo += [k for h in heads for k in kids(parse, h, "xcomp") if is_verb(parse, k) and k not in found]
    return found
