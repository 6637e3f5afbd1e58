"""Agreements: treaties, memorandums, contracts … between states or their bodies, and the steps of their life.

    instruments.py   the nouns                        parties.py · levels.py    whose, at which level, who signs
    acts.py          what verbs say of them           topics.py · titles.py     what about, called what
    governing.py     what stands above a noun         timing.py                 when and where
    steps.py         all steps of one place           drafts.py · unnamed.py    with its noun, and without
                                                      joining.py                one agreement told in several places

`docs/rules/agreements.md` lists the rules and the sentences that each is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from msgspec import structs

from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.drafts import Draft, drafts
from bilateral.extract.agreements.instruments import Reading, reading
from bilateral.extract.agreements.joining import Entity, Told, joined, life
from bilateral.extract.agreements.levels import level, signatories
from bilateral.extract.agreements.parties import Sides, completed
from bilateral.extract.agreements.timing import place_of
from bilateral.extract.agreements.unnamed import unnamed
from bilateral.interval import interval
from bilateral.model import Agreement, Evidence, Link, Reason, evidence, identified
from bilateral.syntax import ancestors, kids, sentence_span, tense
from bilateral.text import Mention, Resolved

# How sure a record is: parties named or inferred; less where only spoken of, or where a vague word names it.
_WEEK = 7
_DAY = len("2020-01-01")
# Steps that a report may tell as done for a day yet to come.
_TERMS = ("initialled", "signed", "ratified", "in_force", "suspended", "ended", "extended")
_NEWS = ("proposed", "agreed", "amended")
_STATED, _INFERRED, _MENTIONED, _WEAK = 0.9, 0.75, 0.3, 0.1


def agreements(doc: Resolved) -> Iterator[Agreement]:
    """Yield each agreement between at least two states or organisations, one record a step told of, newest step first.

    A list ("memorandums on A, B and C") gives one record an item; a number or an open plural gives one record with
    `count` (None where open) and `aggregate`. The older steps of an agreement are linked to the newest ("stage_of").
    What is only spoken of, without a step, is "mentioned" and needs both parties named beside it. Denied steps are kept
    with status "denied". Source: docs/rules/agreements.md.
    """
    read = reading(doc)
    named = drafts(read)
    bare = unnamed(read, (d.one.head for d in named))
    entities = joined(sorted([*named, *bare], key=lambda d: d.one.head))
    day = _day_of_signing(read, entities)
    for entity in entities:
        yield from _records(read, entity, day)


def _day_of_signing(read: Reading, entities: list[Entity]) -> Mention | None:
    """The one day on which a report has agreements signed, within a week before it; None where it names several."""
    told = [t for e in entities for t in life(e) if (t.step.stage, t.step.status) == ("signed", "happened")]
    days = {t.date.value: t.date for t in told if t.date is not None and t.date.value}
    published = interval(read.doc.published.value)
    if len(days) != 1 or published is None:
        return None
    value, mention = next(iter(days.items()))
    span = interval(value)
    if span is None or span[0] != span[1] or not 0 <= _days(span[0], published[0]) <= _WEEK:
        return None
    return mention


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _records(read: Reading, entity: Entity, day: Mention | None) -> Iterator[Agreement]:
    """The records of one agreement: its steps, the newest first, or one that is mentioned; none without two parties."""
    best = entity.best
    known = completed(read, best.one, entity.sides)
    told = life(entity)
    if len(known.codes) < 2:
        return
    if not told:
        if not entity.sides.is_stated or all(d.one.kind.is_weak for d in entity.drafts):
            return
        told = [Told(Step("mentioned", "mentioned", best.one.head, None, "no step is told"), None, best)]
    lead = _lead_day(read) if any(d.in_title for d in entity.drafts) else None
    told = [_on_day(_forward(read, t), day, lead if _in_headline(entity, t) else None) for t in told]
    told = _in_order(told, read.doc)
    newest = identified(_record(read, entity, told[0], known))
    yield newest
    for older in told[1:]:
        record = identified(_record(read, entity, older, known))
        yield structs.replace(record, links=(Link("stage_of", newest.id),))


def _forward(read: Reading, told: Told) -> Told:
    """A step that lies ahead with a date that a year left out puts behind the report: the next such day is meant.

    What is told as done for a day yet to come ("ended … as of 1 May") is planned.
    """
    mention, published = told.date, interval(read.doc.published.value)
    span = interval(mention.value) if mention is not None else None
    if mention is None or span is None or published is None or not mention.value:
        return told
    is_exact = any(c.isdigit() for c in read.doc.text[mention.start : mention.end])
    is_exact_or_state = is_exact or told.step.verb is None
    if told.step.status == "happened" and is_exact_or_state and span[0] > published[1] and told.step.stage in _TERMS:
        return told._replace(step=told.step._replace(status="planned"))
    is_past = told.step.stage not in _TERMS or told.step.stage in ("initialled", "signed", "ratified")
    is_ahead = span[0] > published[1] and not is_exact and is_past
    is_told = told.step.status == "happened" or (told.step.stage, told.step.status) == ("negotiating", "ongoing")
    if is_told and (_is_since(read, mention) or is_ahead):
        return told._replace(date=_last_before(mention, published[1]))
    if told.step.status == "planned" and _had_been(read, told.step):
        return told._replace(date=_week_before(mention, published[1]))
    says_year = mention.value[:4] in read.doc.text[mention.start : mention.end]
    is_future = told.step.verb is not None and tense(read.parse, told.step.verb).tense in ("future", "present")
    is_behind = span[1] < published[0] and len(mention.value) >= len("2020-01")
    if told.step.status != "planned" or not is_future or says_year or not is_behind:
        return told
    year = int(published[0][:4])
    ahead = next((v for y in (year, year + 1) if (v := f"{y}{mention.value[4:]}") >= published[0]), mention.value)
    return told._replace(date=structs.replace(mention, value=ahead))


def _in_order(told: list[Told], doc: Resolved) -> list[Told]:
    """The steps with ratification and entry into force behind the signing, where a day leaves out its year."""
    signed = next((t.date for t in told if (t.step.stage, t.step.status) == ("signed", "happened") and t.date), None)
    span, published = interval(signed.value) if signed is not None else None, interval(doc.published.value)
    if span is None or published is None:
        return told
    return [_behind(t, span[0], published[1], doc.text) for t in told]


def _behind(told: Told, signed: str, published: str, text: str) -> Told:
    value = told.date.value or "" if told.date is not None else ""
    is_later = told.step.stage in ("ratified", "in_force") and told.step.status == "happened"
    if told.date is None or not is_later or not len("2020-01") <= len(value) <= _DAY or value >= signed[: len(value)]:
        return told
    if value[:4] in text[told.date.start : told.date.end]:
        return told
    years = range(int(value[:4]) + 1, int(published[:4]) + 1)
    later = next((v for y in years if signed <= (v := f"{y}{value[4:]}") <= published), None)
    return told._replace(date=structs.replace(told.date, value=later)) if later is not None else told


def _had_been(read: Reading, step: Step) -> bool:
    """"Had been due to be signed on Monday", "was to have been signed": a plan of the past."""
    verb = step.verb if step.verb is not None else step.at
    near = [verb, *islice(ancestors(read.parse, verb), 2)]
    aux = [read.low[k] for v in near for k in kids(read.parse, v, "aux")]
    return "had" in aux or ("have" in aux and "to" in aux)


def _week_before(mention: Mention, day: str) -> Mention:
    """A day of the week ahead as that before the report."""
    value = mention.value or ""
    if len(value) != len(day) or not 0 < _days(day, value) <= _WEEK:
        return mention
    return structs.replace(mention, value=(date.fromisoformat(value) - timedelta(_WEEK)).isoformat())


def _is_since(read: Reading, mention: Mention) -> bool:
    """"Since September", without a year: the last such month before the report."""
    words = read.doc.text[max(0, mention.start - len("since ")) : mention.end]
    has_month = len((mention.value or "").removesuffix("/..")) > len("2020")
    return has_month and "since " in words.lower() and not any(c.isdigit() for c in words)


def _last_before(mention: Mention, day: str) -> Mention:
    value = (mention.value or "").removesuffix("/..")
    years = (int(day[:4]), int(day[:4]) - 1)
    return structs.replace(mention, value=next((v for y in years if (v := f"{y}{value[4:]}") <= day), mention.value))


def _in_headline(entity: Entity, told: Told) -> bool:
    """Whether the headline tells a step as the news, so that it was taken on the day that the lead tells."""
    news = ("happened", "proposed", "ongoing")
    heads = [s for d in entity.drafts if d.in_title for s in d.steps if s.status in news]
    return any(s.stage == told.step.stage for s in heads)


def _lead_day(read: Reading) -> Mention | None:
    """The day that the first two sentences below the headline tell, within a week before it; None for several."""
    doc, published = read.doc, interval(read.doc.published.value)
    body = [s for s in read.parse.sents if (p := doc.document.paragraph_at(read.parse.start[s])) and p.kind == "body"]
    days: dict[str, Mention] = {}
    for first in body[:2]:
        for k in read.parse.sentence(first) if not days else ():
            mention = doc.date_at(k)
            if mention is not None and mention.value and len(mention.value) == _DAY:
                days[mention.value] = mention
    value, mention = next(iter(days.items()), (None, None))
    if published is None or value is None or len(days) != 1 or not 0 <= _days(value, published[0]) <= _WEEK:
        return None
    return mention


def _on_day(told: Told, day: Mention | None, lead: Mention | None) -> Told:
    """A signing without a date, on the day of the others that its report tells of; news, on that of the lead."""
    step = told.step
    is_news = step.status in ("happened", "proposed") and step.stage in (*_NEWS, *_TERMS)
    if told.date is None and lead is not None and is_news and step.stage != "in_force":
        return told._replace(date=lead)
    is_signed = step.stage == "signed" or (step.stage in ("extended", "amended") and step.verb not in (None, step.at))
    if told.date is not None or step.status != "happened" or not is_signed:
        return told
    return told._replace(date=day)


_BETWEEN_UNIVERSITIES = ("education",)  # what a paper of theirs is about that does not say so


def _record(read: Reading, entity: Entity, told: Told, known: Sides) -> Agreement:
    best, (step, date, draft) = entity.best, told
    name = next((d.title for d in (draft, best, *entity.drafts) if d.title), None)
    about = next((d for d in (best, *entity.drafts) if d.has_own_subject), best)
    place, (at, why) = place_of(read, step), level(read, best.one, entity.sides)
    return Agreement(
        by="agreements", score=_score(step, known, best), evidence=_evidence(read, told), status=step.status,
        type=best.one.type, parties=known.codes, stage=step.stage, agreement_level=at, title=name,
        subjects=_BETWEEN_UNIVERSITIES if at == "university" and about.subjects == ("general",) else about.subjects,
        date=_point(date.value) if date else None,
        place=(place.name or place.text) if place else None,
        count=best.one.number, aggregate=best.is_aggregate, signatories=signatories(read, draft.steps),
        reasons=(
            Reason("stage", step.rule), Reason("parties", known.rule, _STATED if known.is_stated else _INFERRED),
            Reason("agreement_level", why), *((Reason("date", date.reason or "date of its step"),) if date else ()),
        ),
    )  # fmt: skip


def _point(value: str | None) -> str | None:
    """The time of a step: of an open stretch ("since 2016") its start."""
    return value.removesuffix("/..") if value else None


def _score(step: Step, known: Sides, best: Draft) -> float:
    score = _STATED if known.is_stated else _INFERRED
    score -= _MENTIONED if step.stage == "mentioned" else 0.0
    return round(score - (_WEAK if best.one.kind.is_weak else 0.0), 2)


def _evidence(read: Reading, told: Told) -> tuple[Evidence, ...]:
    parse, doc = read.parse, read.doc.document
    step, date, draft = told
    words = draft.one.words
    found = [evidence(doc, "trigger", parse.start[step.at], parse.end[step.at])]
    found.append(evidence(doc, "title", parse.start[words[0]], parse.end[words[-1]]))
    found += [evidence(doc, "actor", a, b) for a, b in draft.sides.spans]
    if date is not None:
        found.append(evidence(doc, "date", date.start, date.end))
    is_item = not draft.is_pronoun and words[0] not in parse.sentence(step.at)  # "They include an agreement on …"
    found.append(evidence(doc, "sentence", *sentence_span(parse, words[0] if is_item else step.at)))
    return tuple(dict.fromkeys(found))
