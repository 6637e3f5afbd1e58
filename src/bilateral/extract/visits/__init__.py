"""Visits, meetings, calls and summonses between states: who came to or met whom, where, when, and how real it is.

    verbs.py                            what verbs tell            casting.py · phrase.py   who takes part
    nouns.py · talks.py · commissions.py   what nouns tell         places.py · timing.py    where and when
    events.py                           summits and conferences    sides.py                 who is visitor, who host
    reading.py                          drafts and statuses        joining.py               one visit in several places

`docs/rules/visits.md` lists the rules and the sentences that each is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bilateral import ontology
from bilateral.extract.visits.casting import codes, is_weighed, of_another
from bilateral.extract.visits.joining import Found, best, inherited, joined, kind_of, status_of
from bilateral.extract.visits.lexicon import word_set
from bilateral.extract.visits.nouns import noun_drafts
from bilateral.extract.visits.places import place_in_clause
from bilateral.extract.visits.reading import Draft, Reading, reading
from bilateral.extract.visits.sides import Sides, sides
from bilateral.extract.visits.timing import lasting, when
from bilateral.extract.visits.verbs import all_verbs
from bilateral.interval import interval
from bilateral.model import Actor, Evidence, Reason, Status, Visit, evidence
from bilateral.syntax import sentence_span
from bilateral.text import Mention, Resolved

_WEAK = 0.2
_TOPICS = 4


def visits(doc: Resolved) -> Iterator[Visit]:
    """Yield each visit, meeting, call or summons between officials of two states, once, in text order.

    A visit and a meeting held during it are two records. Journeys of tourists, firms and students are none, and neither
    is a meeting of which only one side can be told. `start` and `end` are EDTF. Source: docs/rules/visits.md.
    """
    read = reading(doc)
    drafts = _apart(read, [*all_verbs(read), *noun_drafts(read)])
    found = inherited([_found(read, d) for d in drafts])
    for group in joined(found):
        top = best(group)
        told = top.sides or next((f.sides for f in group if f.sides), None)
        if told is not None:
            yield _record(read, group, top, told)


def _apart(read: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts with those who travel to the state that they were weighed to as of the other one of the pair."""
    dyad, moved = read.doc.dyad, dict[str, str]()
    for d in (d for d in drafts if len(dyad) > 1 and d.is_ordered and d.kind.endswith("visit")):
        own = codes(d.first)
        if len(own) == 1 and own == codes(d.second) and own[0] in dyad and is_weighed(d.first):
            other = next(c for c in dyad if c != own[0])
            moved.update((a.name, other) for c in d.first for a in c.actors if a.name)
    if not moved:
        return drafts
    return [d._replace(first=of_another(d.first, moved), second=of_another(d.second, moved)) for d in drafts]


def _found(read: Reading, draft: Draft) -> Found:
    """A draft with its sides and date; one "on the margins" of something is a sideline meeting."""
    if draft.kind == "meeting" and read.words(read.parse.sentence(draft.at)) & word_set("margins"):
        draft = draft._replace(kind="sideline_meeting")
    date, rule = when(read, draft) or (None, "")
    known = sides(read, draft, may_complete=not draft.is_known)
    return Found(draft, known, date, rule, read.in_title(draft.at), read.sentence(draft.at))


def _record(read: Reading, group: list[Found], top: Found, told: Sides) -> Visit:
    draft = top.draft
    dated = next((f for f in (top, *group) if f.date is not None), top)
    start, end = _span(dated.date)
    lengths = (lasting(read, f.draft, start, end) for f in (top, *group) if f.group == "visit")
    start, end = next((days for days in lengths if days[1]), (start, end))
    status = _ahead(read, status_of(group, top), start)
    place = next((f.draft.goal for f in (top, *group) if f.draft.goal is not None), None)
    place = place or place_in_clause(read, draft.at if draft.verb is None else draft.verb)
    reasons = [Reason("visitors", told.rule, told.score), Reason("visit_kind", draft.rule)]
    reasons += [Reason("start", dated.date_rule)] if dated.date is not None else []
    return Visit(
        by="visits", score=round(told.score - _WEAK * draft.is_weak, 2), status=status,
        evidence=_evidence(read, top, told, dated.date), visit_kind=kind_of(group),
        visitors=_named(group, "visitors", told.visitors), hosts=_others(_named(group, "hosts", told.hosts), told),
        place=(place.name or place.text) if place else None, start=start, end=end,
        multilateral=any(f.draft.is_multilateral for f in group), topics=_topics(read, draft), reasons=tuple(reasons),
    )  # fmt: skip


def _ahead(read: Reading, status: Status, start: str | None) -> Status:
    """A visit told in the present tense for a day after the report ("travels to Chad on 5 May") is planned."""
    days, published = interval(start), interval(read.doc.published.value)
    is_later = days is not None and published is not None and days[0] > published[1]
    return "planned" if is_later and status in ("happened", "ongoing") else status


def _named(group: list[Found], side: str, own: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """A side's actors; where the best place names no person and another does, that one's."""
    if any(a.name for a in own):
        return own
    others: list[Any] = [getattr(f.sides, side) for f in group if f.sides is not None]
    fitting = (o for o in others if any(a.name for a in o) and o[0].country == own[0].country)
    return next(fitting, own)


def _others(hosts: tuple[Actor, ...], told: Sides) -> tuple[Actor, ...]:
    """The hosts that are no state of the visitors, where there are such ("to Russia" beside "the two sides")."""
    guests = {a.country for a in told.visitors}
    return tuple(a for a in hosts if a.country not in guests) or hosts


def _span(date: Mention | None) -> tuple[str | None, str | None]:
    """The first and last day of a date mention; the last is None where the date is no stretch."""
    start, _, end = ((date.value if date is not None else None) or "").partition("/")
    return start or None, end or None


_BY_LINE = re.compile(r"\b(?:tele)?phone|\bvideo\w*", re.IGNORECASE)


def _topics(read: Reading, draft: Draft) -> tuple[str, ...]:
    """What was talked about, by the words of the sentence; the line that was talked over is no subject."""
    start, end = sentence_span(read.parse, draft.at)
    found = ontology.subjects_in(_BY_LINE.sub(" ", read.doc.text[start:end]))
    return tuple(s for s in found if s not in ("general", "diplomatic"))[:_TOPICS]


def _evidence(read: Reading, top: Found, told: Sides, date: Mention | None) -> tuple[Evidence, ...]:
    parse, doc, draft = read.parse, read.doc.document, top.draft
    found = [evidence(doc, "trigger", parse.start[draft.at], parse.end[draft.at])]
    found += [evidence(doc, "visitor", a, b) for a, b in told.visitor_spans]
    found += [evidence(doc, "host", a, b) for a, b in told.host_spans]
    found += [evidence(doc, "date", date.start, date.end)] if date is not None else []
    found += [evidence(doc, "place", draft.goal.start, draft.goal.end)] if draft.goal is not None else []
    found.append(evidence(doc, "sentence", *sentence_span(parse, draft.at)))
    return tuple(dict.fromkeys(found))
