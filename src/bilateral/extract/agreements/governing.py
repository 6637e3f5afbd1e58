"""The steps that the words above an agreement tell: its verb, the nouns in between ("the signing of", "talks on")."""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.agreements.acts import (
    AHEAD,
    Step,
    complements,
    follow,
    is_act,
    reached,
    step_of_verb,
    step_under,
    told,
)
from bilateral.extract.agreements.instruments import Reading
from bilateral.extract.agreements.lexicon import lexicon, word_set
from bilateral.model import Stage, Status
from bilateral.syntax import governor, is_passive, is_verb, kids, subtree

_DEEP = 8
_CLOSE = ("close", "closer", "near")
_PAIR = 2
_UNDONE: dict[str, Stage] = {"unsigned": "signed", "unratified": "ratified"}
_PAST = ("VBN", "VBD")


def steps_above(read: Reading, at: int, depth: int = 0) -> list[Step]:
    """The steps that what governs a noun says: a verb, a noun of a step, or what governs a neutral noun."""
    parse = read.parse
    dep, up = parse.dep[at], parse.head[at]
    if up == at or depth > _DEEP:
        return []
    if dep in ("nsubj", "nsubjpass") and parse.dep[up] in ("aux", "auxpass"):  # "it stays suspended"
        up = parse.head[up]
    if dep in ("compound", "nmod", "amod", "poss"):
        return _from_noun(read, up, depth)
    if dep in ("pobj", "pcomp"):
        return _from_preposition(read, up, depth)
    if dep in ("conj", "appos") and not is_verb(parse, up):
        return steps_above(read, up, depth + 1)
    return list(_from_verb(read, up, "dobj" if dep == "conj" else dep)) if is_act(parse, up) else []


# Nouns and prepositions -------------------------------------------------------------------------------------------


def _from_preposition(read: Reading, prep: int, depth: int) -> list[Step]:
    parse, word = read.parse, read.low[prep]
    up = parse.head[prep]
    marked = _marked(read, prep)
    if marked is not None:
        return [marked]
    if parse.dep[prep] == "agent" or word in word_set("aside"):
        return []
    if is_verb(parse, up):
        return [s for verb in _sharing_object(read, up) if (s := _step_with(read, verb, word)) is not None]
    if parse.pos[up] == "ADP":
        return _from_preposition(read, up, depth + 1)
    if read.lemma[up] in _CLOSE and word == "to":
        return [Step("negotiating", "ongoing", up, None, f'"{read.low[up]} to"')]
    if read.is_named(up) and word in ("on", "for", "and"):
        return steps_above(read, up, depth + 1)
    return _from_noun(read, up, depth)


def _marked(read: Reading, prep: int) -> Step | None:
    """"Affixed their signatures to", "put initials on", "put pen to paper on": what is put to a paper signs it."""
    parse, up = read.parse, read.parse.head[prep]
    if read.low[prep] not in word_set("placed") and read.low[prep] != "for":
        return None
    if read.low[up] == "paper" and read.low[parse.head[up]] == "to":
        up = parse.head[parse.head[up]]
    elif read.low[prep] == "for":
        return None
    mark = up if read.in_set(up, "marks") and not is_verb(parse, up) else None
    verb = parse.head[up] if mark is not None and parse.dep[up] == "dobj" else up
    mark = mark if mark is not None else next((k for k in kids(parse, verb, "dobj") if read.in_set(k, "marks")), None)
    if mark is None or not read.in_set(verb, "placing"):
        return None
    stage: Stage = "initialled" if read.low[mark].startswith("initial") else "signed"
    stage, status = reached(read, stage, told(parse, verb), verb)
    return Step(stage, status, verb, verb, f'"{read.low[verb]} {read.low[mark]}"')


def _step_with(read: Reading, verb: int, prep: str) -> Step | None:
    """The step of a verb with a preposition before the agreement ("withdrew from", "put their names to")."""
    if any(read.in_set(k, "shares") for k in kids(read.parse, verb, "dobj")):
        return step_of_verb(read, verb, "object")
    for words, act in lexicon().acts.starting(read.lemma[verb]):
        fits = act.part == "object" and len(words) > 1 and words[-1] == prep
        if fits and (len(words) == _PAIR or follow(read, verb, words[1:])):
            stage, status = reached(read, act.stage, told(read.parse, verb), verb)
            return Step(stage, status, verb, verb, f'"{read.low[verb]} {prep}"')
    return None


def _from_noun(read: Reading, noun: int, depth: int) -> list[Step]:
    parse, words = read.parse, lexicon()
    if is_verb(parse, noun):
        return list(_from_verb(read, noun, "dobj"))
    inner = [noun, *reversed(kids(parse, noun, "compound", "amod"))]
    hit = next((h for k in inner if (h := words.step_nouns.at(read.low, read.lemma, k)) is not None), None)
    if hit is not None:
        above = steps_above(read, noun, depth + 1) if read.lemma[noun] in word_set("wordings") else []
        return [s for s in above if s.stage != "proposed"] or [_of_step_noun(read, noun, hit[1])]
    if read.lemma[noun] in words.through or read.low[noun] in words.through or read.in_set(noun, "shares"):
        return steps_above(read, noun, depth + 1)
    return _with_view(read, noun) if read.lemma[noun] == "view" else []


def _with_view(read: Reading, view: int) -> list[Step]:
    """"Talks begun in May with a view to a treaty": the talks before it in the sentence."""
    before = range(view - 1, read.parse.sentence(view).start - 1, -1)
    talks = next((i for i in before if read.in_set(i, "talking") and read.parse.pos[i] == "NOUN"), None)
    return [_of_step_noun(read, talks, "negotiating")] if talks is not None else []


def steps_above_noun(read: Reading, noun: int) -> list[Step]:
    """The step that a noun of a step tells by itself ("The signing is planned for May")."""
    hit = lexicon().step_nouns.at(read.low, read.lemma, noun)
    return [_of_step_noun(read, noun, hit[1])] if hit is not None else []


def _of_step_noun(read: Reading, noun: int, stage: Stage) -> Step:
    """The step of a noun ("signing", "talks", "proposal"), as what governs it says how real it is."""
    parse = read.parse
    if stage == "negotiating":
        noun = _stretch(read, noun)
    over = parse.head[noun]
    verb = over if is_verb(parse, over) else None
    status = told(parse, noun)
    if stage == "negotiating":
        return _of_talks(read, noun, verb, status)
    if status == "happened" and _lies_ahead(read, noun):
        status = "planned"
    if read.low[max(0, noun - 2) : noun] == ("instruments", "of"):
        return Step("mentioned", "mentioned", noun, None, "instruments of it")
    is_allowed = verb is not None and read.in_set(verb, "allowing") and parse.dep[noun] == "dobj"
    verb = None if is_allowed else verb
    stage, status = reached(read, stage, "planned" if is_allowed and status == "happened" else status, noun)
    if stage in ("extended", "amended") and verb is not None:
        verb = complements(read, verb)[-1]
    if stage == "ratified" and verb is None:
        verb = _passing(read, noun)
        status = told(parse, verb) if verb is not None and status == "happened" else status
    return Step(stage, status, noun, verb, f'"{read.low[noun]}"')


def _lies_ahead(read: Reading, noun: int) -> bool:
    """Whether a step's noun is to come: "its signing is foreseen", "an extension is to be signed", "on the programme
    is the signing", "is on the table"."""
    parse, over = read.parse, read.parse.head[noun]
    if _is_listed(read, noun) or _is_looked_for(read, noun):
        return True
    if not is_verb(parse, over):
        return False
    if parse.dep[noun] in ("nsubj", "nsubjpass"):
        below = complements(read, over)
        if len(below) > 1 and told(parse, below[-1]) == "planned":
            return True
        if read.in_set(over, "awaiting") and is_passive(parse, over):
            return True
    return False


def _is_looked_for(read: Reading, noun: int) -> bool:
    """"Look forward to the signing", "ahead of the signing", "pending its ratification"."""
    prep = read.parse.head[noun]
    if read.parse.dep[noun] == "dobj" and read.lemma[prep] == "await":
        return True
    if read.parse.dep[noun] != "pobj":
        return False
    over = read.parse.head[prep]
    is_looking = read.lemma[over] in ("look", "hope", "wait", "prepare", "aim") and read.low[prep] in ("to", "for")
    is_forward = read.lemma[over] != "look" or "forward" in read.low[over : prep + 1]
    return (is_looking and is_forward) or read.low[prep] in ("pending", "awaiting") or (
        read.low[prep] == "of" and read.low[over] == "ahead"
    )  # fmt: skip


def _is_listed(read: Reading, noun: int) -> bool:
    """"On the programme are talks and the signing of …", "an extension is on the table", whatever the parse."""
    parse = read.parse
    for verb in (i for i in parse.sentence(noun) if read.low[i] in ("is", "are") and is_verb(parse, i)):
        inside = [k for p in kids(parse, verb, "prep", "advmod") for k in kids(parse, p, "pobj")]
        first = next((k for k in inside if read.in_set(k, "lists")), None)
        if first is not None and (first < verb < noun or noun < verb < first):
            return True
    return False


def _stretch(read: Reading, noun: int) -> int:
    """"Three years of negotiations": the noun that the verb takes."""
    prep = read.parse.head[noun]
    over = read.parse.head[prep]
    return over if read.low[prep] == "of" and read.lemma[over] in ("year", "month", "week", "day") else noun


def _passing(read: Reading, noun: int) -> int | None:
    """The verb by which a parliament passes a law on ratification."""
    verb = governor(read.parse, noun)
    return verb if verb is not None and read.in_set(verb, "approving") else None


def by_paper(read: Reading, step: Step) -> Step:
    """"Signed an addendum that extends the treaty": a change that a paper makes is as real as the paper is signed.

    So is what a law ratifies as the law is passed ("approved the bill ratifying the treaty").
    """
    parse = read.parse
    if step.stage == "ratified" and step.verb is not None and parse.dep[step.verb] in ("acl", "relcl"):
        law, over = parse.head[step.verb], governor(parse, parse.head[step.verb])
        if read.in_set(law, "laws") and over is not None and read.in_set(over, "enacting"):
            return step._replace(verb=over, status=told(parse, over))
    if step.stage not in ("extended", "amended") or step.verb is None:
        return step
    paper = parse.head[step.verb]
    if parse.dep[step.verb] not in ("relcl", "acl") or not read.in_set(paper, "changes"):
        return step
    signing = next((s for s in steps_above(read, paper) if s.stage in ("signed", "initialled", "agreed")), None)
    return step if signing is None else step._replace(status=signing.status, verb=signing.verb)


# Talks ------------------------------------------------------------------------------------------------------------


def _of_talks(read: Reading, noun: int, verb: int | None, status: Status) -> Step:
    """Talks on an agreement: closed they have agreed it, not yet opened they are a proposal, else they go on."""
    talks = lexicon().talks
    if status == "denied":
        return Step("negotiating", "denied", noun, verb, "talks denied")
    if verb is not None and read.lemma[verb] in talks["stop"] and status in ("happened", "cancelled"):
        return Step("suspended", "happened", noun, verb, "talks broken off")
    if verb is not None and _are_closed(read, noun, verb, status):
        return Step("agreed", "happened", noun, verb, "talks closed")
    opened = _opening_of(read, noun, verb) or _opened_there(read, noun, verb)
    if opened is not None:
        return Step("negotiating", "happened", noun, opened, "talks opened")
    if _are_ahead(read, noun, status):
        return Step("proposed", "proposed", noun, verb, "talks lie ahead")
    return Step("negotiating", "ongoing", noun, verb, "talks go on")


def _are_closed(read: Reading, noun: int, verb: int, status: Status) -> bool:
    is_object = read.parse.dep[noun] in ("dobj", "nsubjpass")
    return is_object and read.lemma[verb] in lexicon().talks["close"] and status == told(read.parse, verb) == "happened"


def _opening_of(read: Reading, noun: int, verb: int | None) -> int | None:
    """The verb that opens talks: above them, or below where the parse takes it for a participle of the agreement."""
    if verb is not None and _were_opened(read, noun, verb):
        return verb
    if read.parse.dep[noun] not in ("nsubj", "nsubjpass"):
        return None
    below = [k for k in subtree(read.parse, noun) if read.parse.dep[k] == "acl" and read.parse.tag[k] in _PAST]
    opening = [k for k in below if read.lemma[k] in lexicon().talks["open"] and not kids(read.parse, k, "agent")]
    dated = (k for k in opening if any(read.doc.date_at(j) is not None for j in subtree(read.parse, k)))
    return next(dated, None)


def _were_opened(read: Reading, noun: int, verb: int) -> bool:
    """"Talks opened in May 2017": the day on which they began is told."""
    is_told = read.parse.dep[noun] in ("nsubj", "nsubjpass", "dobj") and told(read.parse, verb) == "happened"
    has_date = any(read.doc.date_at(k) is not None for k in subtree(read.parse, verb, without=("relcl", "conj")))
    return is_told and has_date and is_opening(read, verb)


def _opened_there(read: Reading, noun: int, verb: int | None) -> int | None:
    """"Talks were opened on the spot", "opened at the session": on the day of the occasion told before."""
    if verb is None or read.parse.dep[noun] not in ("nsubj", "nsubjpass", "dobj") or not is_opening(read, verb):
        return None
    has_tie = any(read.in_set(k, "ties") for k in subtree(read.parse, verb, without=("relcl", "conj")) if k > verb)
    return verb if has_tie and told(read.parse, verb) == "happened" else None


def is_opening(read: Reading, verb: int) -> bool:
    """Whether a verb says that talks begin ("opened", "got under way", "got going")."""
    near = read.low[verb + 1 : verb + 3]
    is_going = read.lemma[verb] == "get" and bool({"going", "under", "underway", "started", "off"} & set(near))
    has_got = read.lemma[verb] == "go" and any(read.low[k] == "got" for k in kids(read.parse, verb, "aux"))
    return is_going or has_got or read.lemma[verb] in lexicon().talks["open"]


def _are_ahead(read: Reading, noun: int, status: Status) -> bool:
    """Whether talks have yet to begin: told as ahead, unless they are known ("the talks") or to be gone on with."""
    parse, talks = read.parse, lexicon().talks
    up = parse.head[noun]
    over = parse.head[up] if parse.pos[up] == "ADP" else up
    if read.lemma[over] in talks["starts"]:
        return told(parse, over) != "happened" or parse.dep[over] == "pobj"
    if status not in AHEAD or read.lemma[up] in talks["go_on"] or read.lemma[up] in talks["close"]:
        return False
    return read.lemma[up] in talks["open"] or not any(read.low[k] == "the" for k in kids(parse, noun, "det"))


# Verbs ------------------------------------------------------------------------------------------------------------


def _from_verb(read: Reading, verb: int, dep: str) -> Iterator[Step]:
    """The steps of a verb that an agreement is subject or object of, and of verbs that share it."""
    if dep in ("nsubj", "nsubjpass", "csubj"):
        for v in (c for s in _same_subject(read, verb) for c in complements(read, s)):
            step = _of_subject(read, v, is_patient=v == verb and dep == "nsubjpass")
            if step is not None:
                yield step
    elif dep in ("dobj", "obj", "oprd", "dative", "attr"):
        yield from (s for v in _sharing_object(read, verb) if (s := step_of_verb(read, v, "object")) is not None)


def _of_subject(read: Reading, verb: int, *, is_patient: bool) -> Step | None:
    """The step that a verb says of its subject: passive, active ("expires"), or a headline's passive ("MoU signed")."""
    parse = read.parse
    is_perfect = any(read.lemma[k] == "have" for k in kids(parse, verb, "aux")) and not kids(parse, verb, "auxpass")
    if is_patient or (is_passive(parse, verb) and not is_perfect):
        return step_of_verb(read, verb, "object") or _ready(read, verb)
    step = step_of_verb(read, verb, "subject")
    is_headline = not kids(parse, verb, "dobj") and parse.tag[verb] in ("VBN", "VBD") and read.in_set(verb, "telling")
    step = step or (step_of_verb(read, verb, "object") if is_headline else None)
    return step or _ready(read, verb) or step_under(read, verb)


def _ready(read: Reading, verb: int) -> Step | None:
    """"Is ready for signing", "awaits signature", "remains unsigned": a step that lies ahead."""
    parse = read.parse
    below = kids(parse, verb, "acomp", "oprd")
    if read.lemma[verb] in ("stay", "remain") and any(read.low[a] in ("suspended", "frozen") for a in below):
        return Step("suspended", "happened", verb, verb, '"stays suspended"')
    for word in (read.low[a] for a in below if read.low[a] in _UNDONE):
        return Step(_UNDONE[word], "planned", verb, verb, f'"{word}"')
    heads = [*below, *([verb] if read.lemma[verb] == "wait" else [])]
    preps = [p for a in heads for p in kids(parse, a, "prep") if read.low[p] == "for"]
    awaited = kids(parse, verb, "dobj") if read.lemma[verb] == "await" else []
    for noun in (*awaited, *(n for p in preps for n in kids(parse, p, "pobj", "pcomp"))):
        hit = lexicon().step_nouns.at(read.low, read.lemma, noun)
        if hit is not None:
            return Step(hit[1], "planned", noun, verb, f'"ready for {read.low[noun]}"')
    return None


def _same_subject(read: Reading, verb: int) -> list[int]:
    """A verb and those coordinated below it that have no subject of their own ("was signed, ratified")."""
    parse = read.parse
    found, todo = [], [verb]
    while todo:
        at = todo.pop()
        found.append(at)
        below = [*kids(parse, at, "conj"), *(v for v in kids(parse, at, "advcl") if v > at and parse.tag[v] in _PAST)]
        todo += [v for v in below if is_verb(parse, v) and not kids(parse, v, "nsubj", "nsubjpass", "mark")]
    return sorted(found)


def _sharing_object(read: Reading, verb: int) -> list[int]:
    """A verb and those it is coordinated to that have no object of their own ("negotiated and signed a pact")."""
    parse = read.parse
    found = [verb]
    while parse.dep[found[-1]] == "conj" and is_verb(parse, parse.head[found[-1]]):
        found.append(parse.head[found[-1]])
    return [v for v in found if v == verb or not kids(parse, v, "dobj", "ccomp", "xcomp", "prep")]
