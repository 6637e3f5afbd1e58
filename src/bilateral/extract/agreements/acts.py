"""What a verb says of an agreement as its object or subject: the step, and whether it is reached.

Owns the statuses of agreements where mood.py leaves them open (infinitives, participles, "close to").
"""

from __future__ import annotations

from typing import NamedTuple

from bilateral.extract.agreements.instruments import Reading
from bilateral.extract.agreements.lexicon import Act, lexicon, word_set
from bilateral.model import Stage, Status
from bilateral.mood import mood
from bilateral.syntax import CLAUSES, agents, is_passive, is_verb, kids, subjects, subtree, tense
from bilateral.text import Parse

AHEAD = ("planned", "proposed", "hypothetical")
_SHORT = 2  # words of a verb with its preposition ("withdraw from")
_YET = 6  # tokens between a verb and its "yet"
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
    waiting = _put_up_for(read, verb) if part == "object" else None
    if waiting is not None:
        return Step(waiting, "planned", verb, verb, f'"{read.low[verb]}" for it')
    act = act_of(read, verb, part)
    if part == "object" and _is_by_parliament(read, verb):
        act = Act("ratified", part)
    if part == "subject" and act is None:
        act = _of_use(read, verb) or _of_passage(read, verb)
    if act is None or _is_condition(read, verb):
        return None
    if part == "subject" and act.stage == "ended" and kids(read.parse, verb, "dobj"):
        return None
    stage, status = reached(read, act.stage, _still_ahead(read, verb) or told(read.parse, verb), verb)
    status = _settled_status(read, verb, stage, status)
    over = _proposing(read, verb) if status == "proposed" and stage != "proposed" else None
    if over is not None:
        return Step("proposed", "proposed", over, over, f'"{read.low[over]}" above "{read.low[verb]}"')
    return Step(stage, status, verb, verb, f'"{read.low[verb]}"')


def _settled_status(read: Reading, verb: int, stage: Stage, status: Status) -> Status:
    """A status by what stands around the verb: "takes effect upon notification" lies ahead, "agreed to extend" is done.

    So does what "should be signed when she visits" or on a day.
    """
    parse, over = read.parse, read.parse.head[verb]
    if stage == "in_force" and status == "happened" and tense(parse, verb).tense == "present":
        return "planned" if _awaits_notice(read, verb) else status
    is_agreed = stage == "extended" and status == "planned" and parse.dep[verb] == "xcomp" and has_to(parse, verb)
    if is_agreed and read.lemma[over] == "agree" and tense(parse, over).tense == "past":
        return told(parse, over)
    if status == "proposed" and stage in ("signed", "initialled") and tense(parse, verb).modal == "should":
        is_timed = any(read.low[k] == "when" for c in kids(parse, verb, "advcl") for k in parse.children[c])
        is_timed = is_timed or any(read.doc.date_at(k) is not None for k in subtree(parse, verb, without=CLAUSES))
        return "planned" if is_timed else status
    return status


def _awaits_notice(read: Reading, verb: int) -> bool:
    """"Upon the last notification", "after the instruments are exchanged": what entry into force waits for."""
    parse, end = read.parse, read.parse.sentence(verb).stop
    if any(read.doc.date_at(k) is not None for k in subtree(parse, verb, without=CLAUSES)):
        return False
    marks = [k for k in range(verb + 1, end) if read.low[k] in ("upon", "after", "once", "following", "when", "on")]
    return any(read.in_set(k, "notifying") for m in marks for k in range(m + 1, min(end, m + 2 * _YET)))


def _put_up_for(read: Reading, verb: int) -> Stage | None:
    """"Have been prepared for signature", "is open for ratification": the step that a paper waits for."""
    if not read.in_set(verb, "putting_up"):
        return None
    nouns = (n for p in kids(read.parse, verb, "prep") if read.low[p] == "for" for n in kids(read.parse, p, "pobj"))
    hits = (lexicon().step_nouns.at(read.low, read.lemma, n) for n in nouns)
    return next((hit[1] for hit in hits if hit is not None and hit[1] in ("signed", "initialled", "ratified")), None)


def _of_use(read: Reading, verb: int) -> Act | None:
    """"Has been operating since July", "ran from 2015": an agreement that is in use since a day is in force since."""
    parse = read.parse
    if read.lemma[verb] not in word_set("running") or kids(parse, verb, "dobj"):
        return None
    opened = [p for p in kids(parse, verb, "prep") if read.low[p] in ("since", "from")]
    days = (read.doc.date_at(k) for p in opened for k in subtree(parse, p, without=CLAUSES))
    return Act("in_force", "subject") if any(m is not None for m in days) else None


def _of_passage(read: Reading, verb: int) -> Act | None:
    """"Passed the Senate", "sailed through the assembly": what goes through a parliament is ratified by it."""
    parse = read.parse
    if read.lemma[verb] not in word_set("through_house"):
        return None
    inside = [k for p in kids(parse, verb, "prep") if read.low[p] in ("through", "in") for k in kids(parse, p, "pobj")]
    houses = [*kids(parse, verb, "dobj"), *inside]
    return Act("ratified", "subject") if any(read.in_set(k, "parliaments") for k in houses) else None


def _is_condition(read: Reading, verb: int) -> bool:
    """"Before it takes effect", "once it is signed": what must come first is told, not the step."""
    parse = read.parse
    marks = {read.low[k] for k in kids(parse, verb, "mark", "advmod")} & {"before", "until", "unless", "once"}
    return parse.dep[verb] in ("advcl", "pcomp") and bool(marks) and tense(parse, verb).tense != "past"


def _is_by_parliament(read: Reading, verb: int) -> bool:
    """Whether a parliament approves, passes, clears … what the verb is said of: that is to ratify it."""
    parse = read.parse
    if not read.in_set(verb, "approving"):
        return False
    doers = agents(parse, verb) if is_passive(parse, verb) else subjects(parse, verb)
    return any(read.in_set(k, "parliaments") for k in doers)


def _still_ahead(read: Reading, verb: int) -> Status | None:
    """"Has not been signed yet", "has still not been signed": what is denied so far is still planned."""
    parse = read.parse
    near = range(max(parse.sentence(verb).start, verb - _YET), min(parse.sentence(verb).stop, verb + _YET))
    is_open = bool(kids(parse, verb, "neg")) and any(read.low[k] in ("yet", "still") for k in near)
    return "planned" if is_open else None


def _proposing(read: Reading, verb: int) -> int | None:
    """The verb of proposing that a step depends on ("proposed that they conclude"): the proposal is what is told."""
    by = mood(read.parse, verb).by
    if by is None or by == verb or not is_verb(read.parse, by):
        return None
    return by if read.in_set(by, "putting") else None


def act_of(read: Reading, verb: int, part: str) -> Act | None:
    """The entry of a verb in the lists, by the words that follow it; the longest first."""
    if read.lemma[verb] == "apply" and _has_date(read, verb):
        return Act("in_force", part)
    is_open = part == "object" and any(_asks_which(read, p) for p in kids(read.parse, verb, "prep"))
    for words, act in lexicon().acts.starting(read.lemma[verb]):
        rest = words[1:-1] if is_open and len(words) > _SHORT else words[1:]
        if act.part == part and (follow(read, verb, rest) or (part == "object" and _around(read, verb, rest))):
            return act
    return None


def _asks_which(read: Reading, prep: int) -> bool:
    """"To which": a preposition whose noun is the one above the clause."""
    return any(read.parse.tag[o] in ("WDT", "WP") for o in kids(read.parse, prep, "pobj"))


def is_put_to(read: Reading, verb: int, prep: int) -> bool:
    """"The treaty to which they put their names": whether verb and preposition are the ends of a phrase of signing."""
    found = (words for words, _ in lexicon().acts.starting(read.lemma[verb]))
    return any(len(w) > 2 and w[-1] == read.low[prep] and follow(read, verb, w[1:-1]) for w in found)


def step_under(read: Reading, verb: int) -> Step | None:
    """"Has been under discussion", "is in the works": talks that go on, told by "be" with a noun."""
    parse = read.parse
    if read.lemma[verb] not in ("be", "remain", "stay") or kids(parse, verb, "neg"):
        return None
    for prep in kids(parse, verb, "prep"):
        noun = next((k for k in kids(parse, prep, "pobj") if read.in_set(k, "working")), None)
        if noun is not None and read.low[prep] in ("under", "in"):
            return Step("negotiating", "ongoing", noun, verb, f'"{read.low[prep]} {read.low[noun]}"')
    return None


def _has_date(read: Reading, verb: int) -> bool:
    """Whether a verb has a day or year beside it ("applies from 1 May")."""
    near = subtree(read.parse, verb, without=CLAUSES)
    if kids(read.parse, verb, "dobj") or any(read.low[k] == "provisionally" for k in near):
        return False
    return any(read.doc.date_at(k) is not None for k in near)


def follow(read: Reading, verb: int, words: tuple[str, ...]) -> bool:
    """Whether some words follow a verb directly, but for adverbs and marks between them."""
    i = verb + 1
    for word in words:
        while i < len(read.low) and word not in (read.low[i], read.lemma[i]):
            if not _may_stand_between(read, i):
                return False
            i += 1
        i += 1
    return i <= len(read.low)


def _around(read: Reading, verb: int, words: tuple[str, ...]) -> bool:
    """Whether some words follow the object of a verb ("put it forward", "put the pact on the table")."""
    objects = kids(read.parse, verb, "dobj")
    if not words or not objects:
        return False
    end = min(read.parse.sentence(verb).stop, objects[0] + 2 * _YET)
    return any(read.low[k : k + len(words)] == words for k in range(objects[0] + 1, end))


def _may_stand_between(read: Reading, i: int) -> bool:
    """Whether a token may stand inside a phrase of a verb: adverbs, "its", a day ("gave its approval on Monday to")."""
    if read.parse.pos[i] in ("ADV", "PUNCT", "PART", "DET", "ADJ") or read.parse.tag[i] == "PRP$":
        return True
    is_day = read.doc.date_at(i) is not None or (read.parse.pos[i] == "ADP" and read.doc.date_at(i + 1) is not None)
    return read.parse.dep[i] == "npadvmod" or is_day


def reached(read: Reading, stage: Stage, status: Status, at: int) -> tuple[Stage, Status]:
    """A stage and its status as records hold them: talks that lie ahead are a proposal."""
    if stage == "negotiating":
        return ("proposed", "proposed") if status in AHEAD else (stage, "ongoing" if status == "happened" else status)
    if stage == "ended" and status == "ongoing":
        return stage, "planned"
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
