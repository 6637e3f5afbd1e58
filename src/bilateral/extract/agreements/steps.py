"""Which steps of an agreement's life the words around it speak of, and whether each is reached.

Reads grammar only: what governs the noun (governing.py), the clauses that hang on it ("signed in May", "which entered
into force"), a participle before it, a telling verb close by, an adjective.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.agreements.acts import (
    AHEAD,
    Step,
    complements,
    has_to,
    is_of_papers,
    is_put_to,
    reached,
    step_of_verb,
    step_under,
    told,
)
from bilateral.extract.agreements.governing import by_paper, steps_above
from bilateral.extract.agreements.instruments import Instrument, Reading
from bilateral.extract.agreements.lexicon import lexicon, word_set
from bilateral.model import Stage, Status
from bilateral.syntax import is_passive, is_verb, kids, subtree

_NEAR = 8
_TELLING: dict[str, Stage] = {"initial": "initialled", "ratify": "ratified"}
_STANDING = ("ratified", "in_force", "extended", "amended", "suspended", "ended")
_PAPERS = ("programme", "action_plan", "documents", "agreed_minutes")


def steps(read: Reading, one: Instrument) -> list[Step]:
    """The steps that the words around an agreement tell, each (stage, status) once, in the order found."""
    found = [*_clauses_below(read, one), *steps_above(read, one.head), *_opening(read, one), *_in_use(read, one)]
    found = [by_paper(read, s) for s in found]
    found += [s for step in found if step.verb is not None for s in _settled(read, step.verb)]
    found = found or _nearby(read, one) or list(_adjectives(read, one))
    kept: dict[tuple[Stage, Status], Step] = {}
    for step in (_unfinished(read, one, s) for s in sorted(found, key=lambda s: _was_meant(read, s))):
        if _suits(read, one, step):
            kept.setdefault((step.stage, step.status), step)
    return list(kept.values())


def _was_meant(read: Reading, step: Step) -> bool:
    """Whether a plan is one of the past ("which was to be signed in May"), which a plan of now overrules."""
    before = range(max(0, step.at - _NEAR), step.at)
    return step.status == "planned" and any(read.low[k] in ("was", "were") for k in before)


# What suits -------------------------------------------------------------------------------------------------------


def _unfinished(read: Reading, one: Instrument, step: Step) -> Step:
    """An aim to finish a known agreement means that talks go on ("hope to finalise the pact")."""
    lemma = read.lemma[step.at]
    if step.status not in AHEAD or lemma not in lexicon().talks["finish"]:
        return step
    if lemma == "conclude" and not one.is_definite and one.type not in lexicon().subjects:
        return step
    return step._replace(stage="negotiating", status="ongoing")


def _suits(read: Reading, one: Instrument, step: Step) -> bool:
    """Whether a step can be one of this agreement, by what its verb is said of and by the type.

    A participle between determiner and noun is an adjective, whatever the parse makes of it ("this renewed treaty").
    """
    determiners = word_set("definite") | word_set("indefinite")
    if not step.is_weak and step.at == one.words.start - 1 and read.low[step.at - 1] in determiners:
        return False
    lemma, talks = read.lemma[step.at], lexicon().talks
    is_statement = one.type == "joint_declaration" and one.kind.is_weak
    if lemma in talks["issue"] and not is_statement:
        return False
    if step.stage == "agreed" and _is_mere_consent(read, one, step):
        return False
    if one.is_definite and step.stage == "proposed" and lemma in talks["back"]:
        return False
    return not one.kind.is_weak or _suits_weak(read, one, step)


def _suits_weak(read: Reading, one: Instrument, step: Step) -> bool:
    """Whether a word that names an agreement only beside a step ("programme", "notes") does so beside this one."""
    lemma = read.lemma[step.at]
    match one.type:
        case "joint_declaration":
            return step.stage in ("signed", "agreed") and step.status not in ("proposed", "ongoing")
        case "exchange_of_notes":
            return step.stage == "signed" and lemma in ("exchange", "sign")
        case "convention":
            is_paper = read.low[min(one.words.stop, len(read.low) - 1)] in ("on", "for", "against", "concerning")
            return is_paper or step.stage not in ("proposed", "negotiating", "agreed")
        case "programme" | "action_plan" if lemma == "agree":
            return False
        case "programme" | "action_plan" if one.is_definite and step.stage in _STANDING:
            return True
        case "documents" if read.low[one.head] in word_set("wordings") and one.is_definite:
            return step.stage in (*_STANDING, "signed", "initialled", "agreed", "negotiating")
        case "documents" if one.is_definite and step.stage in _STANDING:
            return True
        case _:
            return one.type not in _PAPERS or step.stage in ("signed", "initialled", "agreed")


def _is_mere_consent(read: Reading, one: Instrument, step: Step) -> bool:
    """"An agreement was reached to hold the next session": consent to a meeting, no agreement on paper."""
    below = [c for n in (one.head, step.at) for c in kids(read.parse, n, "acl", "advcl", "xcomp", "relcl")]
    consent = lexicon().talks["consent"]
    return one.type == "agreement" and any(has_to(read.parse, c) and read.lemma[c] in consent for c in below)


# Clauses below the noun -------------------------------------------------------------------------------------------


def _clauses_below(read: Reading, one: Instrument) -> Iterator[Step]:
    """Steps of participles and relative clauses that hang on the noun or on a noun of its phrase."""
    parse = read.parse
    for noun in subtree(parse, one.head, without=("relcl", "acl", "conj", "appos")):
        for clause in kids(parse, noun, "acl", "relcl"):
            for verb in [clause, *(c for c in kids(parse, clause, "conj") if is_verb(parse, c))]:
                step = _of_clause(read, verb)
                if step is not None and (noun in one.words or _hangs_on_party(read, noun, step)):
                    yield step


def _hangs_on_party(read: Reading, noun: int, step: Step) -> bool:
    """Whether a clause on another noun of the phrase is of the agreement: said of papers alone, or hung on a state.

    "The treaty with Chad, which Mali suspended": states are not suspended.
    """
    verb = step.verb if step.verb is not None else step.at
    if is_of_papers(read, verb):
        return True
    mention = read.doc.mention_at(noun)
    return mention is not None and bool(mention.codes) and step.stage in ("suspended", "ratified", "in_force", "ended")


def _of_clause(read: Reading, verb: int) -> Step | None:
    """The step of a clause: of its verb, or of the infinitive that it leads to ("that the ministers mean to sign")."""
    step = step_of_verb(read, verb, _part_in_clause(read, verb)) or step_under(read, verb)
    below = (step_of_verb(read, v, _part_below(read, verb, v)) for v in complements(read, verb)[1:])
    return step or next((s for s in below if s is not None), None)


def _part_below(read: Reading, top: int, verb: int) -> str:
    """What the noun above a clause is in an infinitive of it: what the clause leaves open."""
    if is_passive(read.parse, verb):
        return "object"
    if is_passive(read.parse, top):
        return "subject"
    return _part_in_clause(read, top)


def _part_in_clause(read: Reading, verb: int) -> str:
    """What the noun above a clause is in it: the relative pronoun's part, or what a participle leaves open."""
    parse = read.parse
    preps = [p for p in kids(parse, verb, "prep") if any(parse.tag[o] in ("WDT", "WP") for o in kids(parse, p, "pobj"))]
    if preps:
        return "object" if is_put_to(read, verb, preps[0]) else "aside"
    if is_passive(parse, verb) or kids(parse, verb, "auxpass"):
        return "object"
    subject = kids(parse, verb, "nsubj")
    if subject:
        is_relative = parse.tag[subject[0]] in ("WDT", "WP") or read.low[subject[0]] == "that"
        return "subject" if is_relative else "object"
    return "object" if parse.tag[verb] == "VBN" else "subject"


# Beside the noun --------------------------------------------------------------------------------------------------


def _opening(read: Reading, one: Instrument) -> Iterator[Step]:
    """"Signed in May, the treaty obliges …": a participle before the subject."""
    parse = read.parse
    if parse.dep[one.head] not in ("nsubj", "nsubjpass"):
        return
    for verb in kids(parse, parse.head[one.head], "advcl"):
        if parse.tag[verb] == "VBN" and verb < one.head and not kids(parse, verb, "nsubj", "nsubjpass", "mark"):
            step = step_of_verb(read, verb, "object")
            if step is not None:
                yield step


def _in_use(read: Reading, one: Instrument) -> Iterator[Step]:
    """"The treaty, in force since 2018", "a programme, effective from April": a state told behind the name."""
    parse, low = read.parse, read.low
    end = min(parse.sentence(one.head).stop, one.words.stop + 2 * _NEAR)
    for i in range(one.words.stop, end):
        if is_verb(parse, i) and parse.tag[i] != "VBN":
            return
        is_state = read.in_set(i, "in_use") and low[i - 1] == "in"
        first = i - 1 if is_state else i
        if not (is_state or read.in_set(i, "effective")) or low[first - 1] not in (",", "(", "–", "-", "and", "now"):
            continue
        if low[min(i + 1, end - 1)] in ("since", "from", "as", "until") or i + 1 == end:
            yield Step("in_force", "happened", i, None, f'"{low[i]}" behind it')
            return


def _settled(read: Reading, verb: int) -> Iterator[Step]:
    """"To be signed in May, after negotiators settled the last points": the text is agreed, though not yet signed."""
    for clause in kids(read.parse, verb, "advcl"):
        done = told(read.parse, clause) == "happened" and read.in_set(clause, "settling")
        if done and any(read.in_set(o, "settled") for o in kids(read.parse, clause, "dobj", "nsubjpass")):
            yield Step("agreed", "happened", clause, clause, f'"{read.low[clause]}"')


def _nearby(read: Reading, one: Instrument) -> list[Step]:
    """A verb said of agreements alone that stands close by, where the parse ties it to something else."""
    parse = read.parse
    sentence = parse.sentence(one.head)
    lost = _over_quote(read, one) or _over_comma(read, one) or _dates_from(read, one)
    if lost is not None:
        return [lost]
    for i in range(one.words.start - 1, max(sentence.start, one.words.start - _NEAR) - 1, -1):
        if read.in_set(i, "telling") and (is_verb(parse, i) or parse.dep[i] == "compound"):
            stage = _TELLING.get(read.lemma[i], "signed")
            return [Step(stage, told(parse, i), i, i, f'"{read.low[i]}" close before')]
    for i in range(one.words.stop, min(sentence.stop, one.words.stop + 2 * _NEAR)):
        is_lost = is_passive(parse, i) and not kids(parse, i, "nsubj", "nsubjpass") and parse.tag[i] == "VBN"
        is_that = i > one.words.stop and read.low[one.words.stop] == "that" and parse.dep[i] == "ccomp"
        hangs = parse.dep[i] in ("relcl", "acl") or (is_that and not kids(parse, i, "dobj")) or is_lost
        hangs = hangs or (read.in_set(i, "telling") and is_passive(parse, i))
        if is_verb(parse, i) and is_of_papers(read, i) and hangs:
            step = step_of_verb(read, i, _part_in_clause(read, i))
            if step is not None:
                return [step]
    return []


def _over_comma(read: Reading, one: Instrument) -> Step | None:
    """"The Senate cleared, by 97 votes to 12, a protocol": the verb before what stands between commas."""
    parse, first = read.parse, _first_of(read, one)
    if first < 1 or read.low[first - 1] != ",":
        return None
    start = parse.sentence(one.head).start
    opening = next((k for k in range(first - 2, start, -1) if read.low[k] == ","), None)
    verb = opening - 1 if opening is not None else None
    if verb is None or not is_verb(parse, verb) or kids(parse, verb, "dobj", "ccomp", "xcomp"):
        return None
    return step_of_verb(read, verb, "object")


def _dates_from(read: Reading, one: Instrument) -> Step | None:
    """"The treaty on grazing dates from 2015", which the parse takes for a noun: signed then."""
    for i in range(one.words.stop, min(read.parse.sentence(one.head).stop - 2, one.words.stop + 2 * _NEAR)):
        if read.low[i] in ("dates", "dated") and read.low[i + 1] in ("from", "back"):
            is_told = any(read.doc.date_at(k) is not None for k in range(i + 1, i + 4))
            return Step("signed", "happened", i, None, f'"{read.low[i]} from"') if is_told else None
        if is_verb(read.parse, i) and read.parse.tag[i] in ("VBD", "VBZ", "MD"):
            return None
    return None


def _over_quote(read: Reading, one: Instrument) -> Step | None:
    """"Suspended "until further notice" the accord": the verb before a quotation, which the parse loses."""
    parse, first = read.parse, _first_of(read, one)
    marks = ('"', "”", "“", "''", "``")
    if first < 1 or read.low[first - 1] not in marks:
        return None
    opening = next((k for k in range(first - 2, parse.sentence(one.head).start, -1) if read.low[k] in marks), None)
    verb = opening - 1 if opening is not None else None
    if verb is None or not is_verb(parse, verb) or kids(parse, verb, "dobj"):
        return None
    return step_of_verb(read, verb, "object")


def _first_of(read: Reading, one: Instrument) -> int:
    """The first token of an agreement's phrase: its determiner or modifier nearest to the left."""
    first = one.words.start
    while first > 0 and read.parse.pos[first - 1] in ("DET", "ADJ", "NOUN", "PROPN", "NUM"):
        first -= 1
    return first


def _adjectives(read: Reading, one: Instrument) -> Iterator[Step]:
    """Steps said by an adjective alone ("a draft agreement", "the signed memorandum")."""
    for k in range(max(0, one.words.start - 3), one.words.start):
        stage = lexicon().adjectives.get(read.low[k])
        if stage is not None:
            stage, status = reached(read, stage, "happened", k)
            yield Step(stage, status, k, None, f'"{read.low[k]}"', True)
