"""Steps told without the noun of their agreement: "it was ratified", "the talks opened in May", "the idea came from …".

Gives drafts that joining.py ties to the agreement told of before; such a draft makes no agreement by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilateral.extract.agreements.acts import Step, step_of_verb, told
from bilateral.extract.agreements.assent import assents
from bilateral.extract.agreements.drafts import Draft, dates_of
from bilateral.extract.agreements.governing import is_opening, steps_above_noun
from bilateral.extract.agreements.instruments import Instrument, Reading
from bilateral.extract.agreements.lexicon import Kind, lexicon
from bilateral.extract.agreements.parties import sides
from bilateral.extract.agreements.steps import steps
from bilateral.extract.agreements.timing import further
from bilateral.syntax import governor, is_passive, is_verb, kids, objects, obliques, subjects, subtree
from bilateral.text import Mention

_STAGES = ("signed", "initialled", "ratified", "in_force", "ended", "suspended", "extended", "amended", "proposed")
_SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_PARTS = ("nsubj", "nsubjpass", "dobj")
_NEAR, _FAR = 2, 4  # sentences behind the agreement in which "it", and in which "the talks" or "the idea" are of it
_REACH = 12
_INTO = ("into", "to")
_BARE = {"ratify": "object", "sign": "object"}
_DISCUSSED = ("discuss", "examine", "study", "review", "consider", "polish", "check")
_OBJECTS = ("dobj", "obj", "ccomp", "xcomp", "oprd", "prt", "attr")
_HUNG = ("acl", "amod")
_KNOWN = ("the", "this", "that", "its", "their")


def unnamed(read: Reading, named: Iterable[int]) -> list[Draft]:
    """The drafts of steps that no noun of an agreement is told with; `named` are the heads of such nouns."""
    heads = frozenset(named)
    found = [*_pronouns(read), *_step_nouns(read, heads), *_wordings(read, heads)]
    found += [*_bare_verbs(read, heads), *_approvals(read, heads), *_ideas(read, heads), *_opened(read, heads)]
    found += [_draft(read, i, [step], reach=_FAR) for i, step in assents(read, heads)]
    return sorted({d.one.head: d for d in reversed(found)}.values(), key=lambda d: d.one.head)


def _draft(read: Reading, at: int, told_of: Iterable[Step], *, reach: int) -> Draft:
    one = Instrument(at, range(at, at + 1), Kind("agreement", True), False, 1, True)
    found = tuple(told_of)
    found, dates = further(read, found, dates_of(read, one, found))
    parties, number = sides(read, one, found), read.sentence(at)
    return Draft(
        one, found, dates, parties, ("general",), False, None, False, number, False, is_pronoun=True, reach=reach
    )  # fmt: skip


def _pronouns(read: Reading) -> Iterator[Draft]:
    """"It" where its verb is said of agreements alone ("parliament ratified it", "wages will be written into it")."""
    for i, word in enumerate(read.low):
        dep = read.parse.dep[i]
        is_added = dep == "pobj" and read.low[read.parse.head[i]] in _INTO
        if word != "it" or not (dep in _PARTS or is_added):
            if word == "it" and (draft := _work_on(read, i)) is not None:
                yield draft
            continue
        one = Instrument(i, range(i, i + 1), Kind("agreement", True), False, 1, True)
        found = tuple(s for s in steps(read, one) if s.stage in _STAGES and _is_of_it(read, s))
        if found:
            is_paper = any(read.in_set(s.at, "of_papers") and s.stage != "ended" for s in found)
            yield _draft(read, i, found, reach=_FAR if is_paper else _NEAR)


def _is_of_it(read: Reading, step: Step) -> bool:
    """Whether a verb with "it" is said of agreements: it signs, ratifies … or a parliament approves."""
    if step.stage == "proposed":
        is_made = step.verb is not None and told(read.parse, step.verb) == "happened"
        is_put = "forward" in read.low[step.at : step.at + 4]
        return is_made and (read.lemma[step.at] in ("float", "moot", "propose") or is_put)
    return read.in_set(step.at, "of_it") or step.stage == "ratified"


def _work_on(read: Reading, i: int) -> Draft | None:
    """"Work on it began a year ago", "talks about it opened in May": when its negotiation opened."""
    parse, prep = read.parse, read.parse.head[i]
    noun = parse.head[prep]
    if parse.dep[i] != "pobj" or read.low[prep] not in ("on", "about", "over") or parse.dep[noun] not in _SUBJECT:
        return None
    verb = parse.head[noun]
    if not (read.in_set(noun, "talking") or read.lemma[noun] in ("work", "drafting", "bargaining")):
        return None
    if not is_opening(read, verb) or told(parse, verb) != "happened":
        return None
    return _draft(read, i, [Step("negotiating", "happened", noun, verb, "talks on it opened")], reach=_NEAR)


def _opened(read: Reading, heads: frozenset[int]) -> Iterator[Draft]:
    """"After a negotiation that started in May 2022": when the talks on the agreement told of before opened."""
    parse = read.parse
    for i in range(len(read.low)):
        if not read.in_set(i, "talking") or parse.pos[i] != "NOUN" or heads & set(subtree(parse, i)):
            continue
        if read.lemma[i] != "negotiation" and not _is_by_paper(read, i, heads):
            continue
        verbs = [v for v in kids(parse, i, "relcl", "acl") if is_opening(read, v) and told(parse, v) == "happened"]
        dated = (v for v in verbs if any(read.doc.date_at(k) is not None for k in subtree(parse, v)))
        verb = next(dated, None)
        if verb is not None:
            yield _draft(read, i, [Step("negotiating", "happened", i, verb, "talks that opened")], reach=_FAR)


def _is_by_paper(read: Reading, i: int, heads: frozenset[int]) -> bool:
    """Whether talks are told of in the sentence of a paper or of its text."""
    sentence = read.parse.sentence(i)
    return any(k in heads or read.in_set(k, "wordings") for k in sentence)


def _step_nouns(read: Reading, heads: frozenset[int]) -> Iterator[Draft]:
    """A noun of a step that names no agreement but has its own day ("The signing is planned for 3 May")."""
    for i in range(len(read.low)):
        hit = lexicon().step_nouns.at(read.low, read.lemma, i)
        if hit is None or hit[1] not in (*_STAGES, "negotiating") or read.parse.dep[i] not in _SUBJECT:
            continue
        if heads & set(subtree(read.parse, i)) or not _gives_day(read, i, hit[1]):
            continue
        draft = _draft(read, i, steps_above_noun(read, i), reach=_FAR if hit[1] == "negotiating" else _NEAR)
        if draft.steps and any(d is not None for d in draft.dates):
            yield draft


def _gives_day(read: Reading, i: int, stage: str) -> bool:
    """Whether the verb over a noun of a step says when it is taken; of talks, only when they opened."""
    verb = read.parse.head[i]
    if stage == "negotiating":
        return read.lemma[i] in ("negotiation", "talk") and is_opening(read, verb)
    return stage not in ("extended", "amended") and read.in_set(verb, "dating")


def _wordings(read: Reading, heads: frozenset[int]) -> Iterator[Draft]:
    """The text of an agreement told of before: "settled the wording", "have been working on a text since May"."""
    for i in range(len(read.low)):
        if i in heads or not read.in_set(i, "wordings") or read.parse.pos[i] != "NOUN" or heads & set(_below(read, i)):
            continue
        consent = _agreement_on(read, i)
        one = Instrument(i, range(i, i + 1), Kind("agreement", False), False, 1, True)
        found = [consent] if consent else [*_discussed(read, i), *steps(read, one)]
        found = [s for s in found if not s.is_weak and s.status in ("happened", "ongoing")]
        found = [s for s in found if s.stage in ("negotiating", "agreed")]
        if found:
            yield _draft(read, i, found[:1], reach=_FAR)


def _discussed(read: Reading, i: int) -> Iterator[Step]:
    """What is discussed of a text is negotiated ("the wording is being discussed")."""
    verb = read.parse.head[i]
    if read.parse.dep[i] in _PARTS[1:] and read.lemma[verb] in _DISCUSSED:
        status = told(read.parse, verb)
        status = "ongoing" if status == "happened" else status
        yield Step("negotiating", status, verb, verb, f'"{read.low[verb]}" of the text')


def _below(read: Reading, i: int) -> list[int]:
    return subtree(read.parse, i, without=("relcl", "acl", "conj"))


def _agreement_on(read: Reading, i: int) -> Step | None:
    """"Reached agreement on the wording": the text is agreed."""
    prep = read.parse.head[i]
    over = read.parse.head[prep]
    if read.low[prep] != "on" or read.lemma[over] not in ("agreement", "accord", "consensus"):
        return None
    verb = governor(read.parse, over)
    if verb is None or read.lemma[verb] not in ("reach", "find", "achieve", "come", "arrive"):
        return None
    return Step("agreed", told(read.parse, verb), verb, verb, f'"{read.low[verb]}" agreement on the text')


def _bare_verbs(read: Reading, heads: frozenset[int]) -> Iterator[Draft]:
    """"Parliament ratified in June", "the day after we signed": a verb of papers without an object."""
    parse = read.parse
    for i, lemma in enumerate(read.lemma):
        if lemma not in _BARE or not is_verb(parse, i) or kids(parse, i, *_OBJECTS):
            continue
        is_hung = parse.dep[i] in _HUNG
        has_doer = _is_by_head(read, i) if is_hung else bool(subjects(parse, i)) and not is_passive(parse, i)
        if not has_doer or _has_paper(read, i, heads):
            continue
        step = step_of_verb(read, i, _BARE[lemma])
        if step is not None and (lemma == "ratify" or step.status == "happened"):
            yield _draft(read, i, [step], reach=_FAR if lemma == "ratify" else _NEAR)


def _is_by_head(read: Reading, verb: int) -> bool:
    """"The head of state ratified by decree", which the parse takes for a participle of the head."""
    mention = read.doc.mention_at(read.parse.head[verb])
    is_body = read.in_set(read.parse.head[verb], "parliaments")
    return is_body or (mention is not None and mention.kind in ("role", "person", "organisation"))


def _has_paper(read: Reading, verb: int, heads: frozenset[int]) -> bool:
    """Whether the object may be one that the parse lost: an agreement behind the verb, "it" around, "for" something."""
    sentence = read.parse.sentence(verb)
    if any(h in sentence and (h > verb or read.lemma[verb] == "sign") for h in heads):
        return True
    days = {p for p in kids(read.parse, verb, "prep") for k in kids(read.parse, p, "pobj") if read.doc.date_at(k)}
    preps = {read.low[p] for p in kids(read.parse, verb, "prep") if p not in days}
    return bool(preps & {"for", "on", "off", "up", "to", "into", "with"})


def _approvals(read: Reading, heads: frozenset[int]) -> Iterator[Draft]:
    """"The Senate gave its approval on 3 May": what a parliament consents to is the agreement told of before."""
    parse = read.parse
    for i in range(len(read.low)):
        verb = parse.head[i]
        if not read.in_set(i, "consents") or parse.dep[i] != "dobj" or read.lemma[verb] not in ("give", "grant"):
            continue
        to_whom = [k for p in (i, verb) for _, k in obliques(parse, p, "to", "for") if parse.tag[k] != "CD"]
        doers = subjects(parse, verb)
        if to_whom or not any(read.in_set(k, "parliaments") for k in doers) or heads & set(subtree(parse, verb)):
            continue
        yield _draft(read, i, [Step("ratified", told(parse, verb), verb, verb, f'"{read.low[i]}" given')], reach=_FAR)


def _ideas(read: Reading, heads: frozenset[int]) -> Iterator[Draft]:
    """"The idea was put forward by Chad in 2021", "an idea of Chad from 2021": a proposal with its day."""
    parse = read.parse
    for i in range(len(read.low)):
        is_idea = read.in_set(i, "ideas") and parse.pos[i] == "NOUN"
        if not is_idea and not _is_such(read, i, heads):
            continue
        is_apposed = is_idea and _is_apposed(read, i, heads)
        if is_idea and not (is_apposed or _is_known(read, i)):
            continue
        verb = governor(parse, i)
        if not is_apposed and (verb is None or told(parse, verb) != "happened" or not _asks(read, verb, is_idea)):
            continue
        at = i if is_idea or verb is None else verb
        step = Step("proposed", "proposed", at, None if is_apposed else verb, f'"{read.low[at]}"')
        draft = _draft(read, i, [step], reach=_FAR)
        dates = tuple(d or _day_near(read, i) for d in draft.dates)
        if any(d is not None for d in dates):
            yield draft._replace(dates=dates)


def _is_apposed(read: Reading, i: int, heads: frozenset[int]) -> bool:
    """"An agreement on fish, an idea of Chad": behind a comma, with an article, and an agreement before it."""
    if not {read.low[k] for k in kids(read.parse, i, "det")} & {"a", "an"}:
        return False
    before = range(max(read.parse.sentence(i).start, i - _REACH), i)
    return "," in read.low[max(0, i - 2) : i] and any(k in heads for k in before)


def _day_near(read: Reading, i: int) -> Mention | None:
    """The date nearest to a token in its part of the sentence (up to a semicolon), at most some words away."""
    sentence = read.parse.sentence(i)
    ends = [k for k in sentence if read.low[k] in (";", ":")]
    first = max([sentence.start, *(k for k in ends if k < i)])
    last = min([sentence.stop, *(k for k in ends if k > i)])
    near = [k for k in range(max(first, i - _REACH), min(last, i + _REACH)) if (m := read.doc.date_at(k)) and m.value]
    return read.doc.date_at(min(near, key=lambda k: (abs(k - i), k))) if near else None


def _is_known(read: Reading, i: int) -> bool:
    """Whether an idea is that of the agreement told of before: "the idea", not "the idea of a bridge"."""
    if not any(read.low[k] in _KNOWN for k in kids(read.parse, i, "det", "poss")):
        return False
    if read.parse.dep[i] == "pobj" and read.low[read.parse.head[i]] == "at":  # "at its own request"
        return False
    return not kids(read.parse, i, "acl", "relcl") and not kids(read.parse, i, "prep")


def _is_such(read: Reading, i: int, heads: frozenset[int]) -> bool:
    """"Such a document", "such an agreement"."""
    if i in heads or "such" not in read.low[max(0, i - 2) : i]:
        return False
    return lexicon().nouns.at(read.low, read.lemma, i) is not None


def _asks(read: Reading, verb: int, is_idea: bool) -> bool:
    """Whether a verb says that a proposal was made: any, with "the idea"; one of asking, with "such a document"."""
    if is_idea:
        return True
    putting = {"ask", "propose", "suggest", "request", "seek", "want", "offer", "demand", "call"}
    return read.lemma[verb] in putting and bool(objects(read.parse, verb) or obliques(read.parse, verb, "for"))


