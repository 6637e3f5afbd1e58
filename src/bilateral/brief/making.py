"""Making a brief: what the ledger tells of a question, placed in sections, worded, numbered to its sources.

What goes where stands in sections.py and placing.py, the words of a line in lines.py, section 14 in gaps.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from msgspec import structs

from bilateral import browsing, query
from bilateral.brief import placing, sections, wording
from bilateral.brief.areas import AREAS, is_of
from bilateral.brief.checking import verdicts
from bilateral.brief.drawing import drawings
from bilateral.brief.gaps import Gap, gaps
from bilateral.brief.lines import Writer, first_day, line_of_gap, merged
from bilateral.brief.mechanisms import named, summary
from bilateral.brief.placing import Place
from bilateral.brief.structure import GAPS, LATEST, MECHANISMS, POSITIONS, Brief, Group, Line, Origin, Section
from bilateral.brief.things import Thing, owner, things
from bilateral.model import Answer, AnyRecord, Question, Report, Statement
from bilateral.store import Store

NEWEST = 8
_INTERVIEW = re.compile(r"\binterview", re.IGNORECASE)


def brief(store: Store, question: Question) -> Brief:
    """The brief on the dyad (or the one state) of a question, from all that the store knows and the question admits."""
    return brief_of(store, query.records(store, question))


def brief_of(store: Store, answer: Answer) -> Brief:
    """The brief on the dyad (or the one state) of a question, from the records of an answer to it."""
    question = answer.question
    records = (*answer.records, *answer.undated)
    reports = _numbered(answer.reports)
    days = [d for r in reports if (d := first_day(r))]
    first, as_on = min(days, default=None), max(days, default=None)
    statements = browsing.interviews(store, question.dyad, (r.id for r in reports))
    told = things(store, question.dyad, records)
    writer = Writer(
        reports, question.dyad, _interviews(statements), _stories(told), verdicts=verdicts(store, question)
    )  # fmt: skip
    maker = _Maker(writer, as_on)
    made = maker.made(records, told)
    have = {s.number for s in made}
    missing = [n for n in sections.TITLES if n not in have and 1 < n < 15] if records else []
    empty = tuple(sections.TITLES[n] + maker.seen_elsewhere(n) for n in missing)
    names = [wording.name(code) for code in question.dyad]
    origins = _origins(reports, writer)
    return Brief(
        title=f"{names[0]} and {names[1]}" if len(names) > 1 else f"{names[0]} and others", question=question,
        as_on=as_on, coverage=_coverage(records, reports, origins, answer.total), sections=tuple(made), empty=empty,
        sources=reports, origins=origins, records=records,
        charts=tuple(drawings(store, question.dyad, told, writer.reports, first, as_on)),
    )  # fmt: skip


def _numbered(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Reports in the order of their dates, undated ones last, so that a source has one number throughout."""
    return tuple(sorted(reports, key=lambda r: (first_day(r) is None, first_day(r) or "", r.publisher or "", r.id)))


def _interviews(statements: Iterable[AnyRecord]) -> dict[str, str]:
    """The person interviewed, by report: the speaker of a sentence that speaks of an interview."""
    found: dict[str, str] = {}
    for record in statements:
        sentence = record.span("sentence")
        if isinstance(record, Statement) and record.speaker.name and sentence and _INTERVIEW.search(sentence.text):
            found.setdefault(record.doc, record.speaker.name)
    return found


def _stories(told: Iterable[Thing]) -> dict[str, str]:
    """The story that each report prints, by the ids of reports, as the ledger knows it."""
    return {doc: w.story for thing in told for w in thing.entry.witnesses for doc in w.reports}


def _origins(reports: tuple[Report, ...], writer: Writer) -> tuple[Origin, ...]:
    stories = (writer.stories.get(r.id, r.id) for r in reports)
    return tuple(
        Origin(state_owned=owner(r.publisher), copy_of=writer.numbers.get(story) if story != r.id else None)
        for r, story in zip(reports, stories, strict=True)
    )  # fmt: skip


# Section 1 --------------------------------------------------------------------------------------------------------


def _coverage(
    records: tuple[AnyRecord, ...], reports: tuple[Report, ...], origins: tuple[Origin, ...], total: int
) -> tuple[str, ...]:
    if not records:
        return ()
    outlets = Counter(r.publisher or "unknown outlet" for r in reports)
    owned = {r.publisher for r, o in zip(reports, origins, strict=True) if o.state_owned}
    days = [d for r in reports if (d := first_day(r))]
    kinds = Counter(type(r).__name__.lower() for r in records)
    inferred = sum(r.published.how == "inferred" for r in reports)
    copies = sum(o.copy_of is not None for o in origins)
    shown = ", ".join(f"{o} ({n}{', state-owned' if o in owned else ''})" for o, n in sorted(outlets.items()))
    lines = [f"Read: {_n(len(reports), 'report')} from {shown}"]
    if days:
        first, last = wording.day(min(days)), wording.day(max(days))
        lines.append(f"Period of the reports: {first}" + (f" to {last}" if last != first else ""))
    lines.append("Records: " + ", ".join(_n(n, kind) for kind, n in sorted(kinds.items())))
    if copies:
        lines.append(f"{_n(copies, 'near-copy', 'near-copies')} of another report's story, counted once (marked)")
    if len(days) < len(reports):
        lines.append(f"{_n(len(reports) - len(days), 'report')} without a date")
    if inferred:
        lines.append(f"{_n(inferred, 'report')} dated by inference (marked; bilateral reports ID shows the reasons)")
    if total > len(records):
        lines.append(f"Limited to {len(records):,} of {_n(total, 'record')}")
    return tuple(lines)


def _n(n: int, noun: str, many: str = "") -> str:
    return f"{n:,} {noun if n == 1 else many or noun + 's'}"


# Sections 2 to 14 -------------------------------------------------------------------------------------------------


class _Maker:
    """Puts what is told into sections, in order; knows the date of the brief."""

    def __init__(self, writer: Writer, as_on: str | None) -> None:
        self.writer, self.as_on = writer, as_on
        self.placed: list[tuple[int, AnyRecord]] = []

    def made(self, records: tuple[AnyRecord, ...], told: list[Thing]) -> list[Section]:
        places = list(placing.places(records, told, self.writer.dyad, self.as_on))
        latest = self._latest(places)
        news = {p.placed.record.id for p in latest}
        rest = [p for p in places if p.placed.section != LATEST or p.placed.record.id not in news]
        order = sorted([*latest, *rest], key=self._key)
        self.placed = [(p.placed.section, p.placed.record) for p in order]
        made = []
        for number, group in groupby(order, key=lambda p: p.placed.section):
            some = list(group)
            groups = self._rounds(some) if number == MECHANISMS else self._groups(some)
            made.append(Section(number=number, title=sections.TITLES[number], groups=tuple(groups)))
        if found := self._gaps(records, told):
            made.append(Section(number=GAPS, title=sections.TITLES[GAPS], groups=found))
        return made

    def seen_elsewhere(self, section: int) -> str:
        """Where else something stands of a section that is left out: " (but see 4 and 11)", or nothing."""
        seen = sorted({n for n, record in self.placed if n != LATEST and is_of(record, section)})
        *some, last = [str(n) for n in seen] or [""]
        return f" (but see {', '.join(some)}{' and ' if some else ''}{last})" if last else ""

    def _key(self, place: Place) -> tuple[object, ...]:
        side, _, area = place.placed.heading.rpartition(", on ")
        heading = (side, AREAS.index(area)) if place.placed.section == POSITIONS else (place.placed.heading, 0)
        return place.placed.section, self._rank(place), heading, self._order(place)

    def _groups(self, some: list[Place]) -> Iterable[Group]:
        for heading, of in groupby(some, key=lambda p: p.placed.heading):
            yield Group(heading=heading, lines=self._lines(of))

    def _lines(self, some: Iterable[Place]) -> tuple[Line, ...]:
        return tuple(merged([(p.placed.record, self.writer.line(p)) for p in some]))

    def _rounds(self, some: list[Place]) -> Iterable[Group]:
        """The mechanisms, each with its rounds in order of time and what was the last and is the next one."""
        for name, rounds in named(sorted(some, key=self._order)):
            yield Group(heading=name, lines=self._lines(rounds), summary=summary(rounds, self.as_on))

    def _gaps(self, records: tuple[AnyRecord, ...], told: list[Thing]) -> tuple[Group, ...]:
        found: list[Gap] = gaps(records, told, self.writer.reports, self.writer.dyad, self.as_on)
        return tuple(
            Group(heading=heading, lines=tuple(line_of_gap(self.writer, gap) for gap in some))
            for heading, some in groupby(found, key=lambda g: g.heading)
        )

    def _rank(self, place: Place) -> int:
        """The place of a heading in its section; in positions the states of the dyad stand first."""
        if place.placed.section != POSITIONS:
            return place.placed.rank
        own = [wording.name(code) for code in self.writer.dyad]
        side, _, _ = place.placed.heading.rpartition(", on ")
        return (own.index(side) - len(own)) if side in own else int(side == "Others")

    def _order(self, place: Place) -> tuple[object, ...]:
        """Things by their own date, else by their report's; positions by report, the newest first, in text order."""
        record = place.placed.record
        number, at = self.writer.numbers[record.doc], self.writer.at(record)
        if place.placed.section == POSITIONS:
            return (-number, at)
        day = self.writer.day(record)
        if place.placed.section == LATEST:
            return (not day, tuple(-ord(c) for c in day), -number, at)
        return (not day, tuple(map(ord, day)), number, at)

    def _latest(self, places: list[Place]) -> list[Place]:
        """The news of the newest reports: what happened, is under way or was called off, in section 3."""
        news: dict[str, Place] = {}
        for place in places:
            if place.thing and placing.is_news(place, self.writer):
                _, text = self.writer.said(place)
                news.setdefault(text, place)
        newest = sorted(news.values(), key=lambda p: (-self.writer.newest(p), self.writer.at(p.placed.record)))
        return [
            structs.replace(
                p, placed=p.placed._replace(section=LATEST, heading="", rank=0, text=None),
                is_repeated=p.placed.section != LATEST,
            ) for p in newest[:NEWEST]
        ]  # fmt: skip
