"""Making a brief: the records of a question, placed in sections, worded, merged, numbered to their sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct, structs

from bilateral import query
from bilateral.brief import sections, wording
from bilateral.brief.gaps import Gap, gaps
from bilateral.brief.sections import Placed
from bilateral.brief.sentences import derived, position, worded
from bilateral.interval import interval
from bilateral.model import Agreement, AnyRecord, Event, Measure, Question, Report, Statement, Visit
from bilateral.pipeline import anchor
from bilateral.store import Store

LONGEST_QUOTE = 240
LATEST = 8
POSITIONS = 11
NEWS_DAYS = 366  # how long before its report a thing may have happened and still be news
_INTERVIEW = re.compile(r"\binterview", re.IGNORECASE)


class Words(Struct, frozen=True, kw_only=True):
    """The words behind a line: who claims it, the words, and where they stand.

    `claim` is `told` (outlet and date of the report) with the speaker; `name` the speaker's name alone, where there is
    one. `quote` is empty where the line itself is the quotation, or where it stands above. `source` is the report's
    number in the list of sources, `record` a record's id, `start` and `end` offsets into the report.
    """

    claim: str
    told: str
    name: str | None
    quote: str
    source: int
    record: str
    start: int
    end: int


class Line(Struct, frozen=True, kw_only=True):
    """One line: when, what in words, and the words it rests on, those of the fullest record first.

    `date` is that of the thing (EDTF), `reported` that of the report, for things without one. `notes` are what follows
    from it (derived values).
    """

    date: str | None
    reported: str | None
    text: str
    status: str
    words: tuple[Words, ...]
    notes: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[int, ...]:
        """The numbers of the reports behind the line."""
        return tuple(dict.fromkeys(w.source for w in self.words))


class Group(Struct, frozen=True, kw_only=True):
    """Lines under one heading ("" for none)."""

    heading: str
    lines: tuple[Line, ...]


class Section(Struct, frozen=True, kw_only=True):
    """A numbered section with its groups."""

    number: int
    title: str
    groups: tuple[Group, ...]


class Brief(Struct, frozen=True, kw_only=True):
    """A whole brief. `as_on` is the date of the newest report read, never a clock's; `empty` are sections left out.

    `sources` are the reports in the order of their numbers, `records` all that the brief was made from.
    """

    title: str
    question: Question
    as_on: str | None
    coverage: tuple[str, ...]
    sections: tuple[Section, ...]
    empty: tuple[str, ...]
    sources: tuple[Report, ...]
    records: tuple[AnyRecord, ...]


def brief(store: Store, question: Question) -> Brief:
    """The brief on the dyad (or the one state) of a question, from all that the store knows and the question admits."""
    answer = query.records(store, question)
    records = (*answer.records, *answer.undated)
    reports = _numbered(answer.reports)
    as_on = max((d for r in reports if (d := _first(r))), default=None)
    statements = query.records(store, Question(kinds=("statement",), dyad=question.dyad))
    maker = _Maker(reports, question.dyad, _interviews(statements))
    made = maker.made(records, as_on)
    have = {s.number for s in made}
    empty = tuple(t for n, t in sections.TITLES.items() if n not in have and 1 < n < 15) if records else ()
    names = [wording.name(code) for code in question.dyad]
    title = f"{names[0]} and {names[1]}" if len(names) > 1 else f"{names[0]} and others"
    return Brief(
        title=title, question=question, as_on=as_on, coverage=_coverage(records, reports, answer.total),
        sections=tuple(made), empty=empty, sources=reports, records=records,
    )  # fmt: skip


def _first(report: Report) -> str | None:
    span = interval(report.published.value)
    return span[0] if span else None


def _numbered(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Reports in the order of their dates, undated ones last, so that a source has one number throughout."""
    return tuple(sorted(reports, key=lambda r: (_first(r) is None, _first(r) or "", r.publisher or "", r.id)))


def _interviews(statements: Iterable[AnyRecord]) -> dict[str, str]:
    """The person interviewed, by report: the speaker of a sentence that speaks of an interview."""
    found: dict[str, str] = {}
    for record in statements:
        sentence = record.span("sentence")
        if isinstance(record, Statement) and record.speaker.name and sentence and _INTERVIEW.search(sentence.text):
            found.setdefault(record.doc, record.speaker.name)
    return found


def _coverage(records: Iterable[AnyRecord], reports: tuple[Report, ...], total: int) -> tuple[str, ...]:
    found = list(records)
    outlets = Counter(r.publisher or "unknown outlet" for r in reports)
    days = [d for r in reports if (d := _first(r))]
    kinds = Counter(type(r).__name__.lower() for r in found)
    inferred = sum(r.published.how == "inferred" for r in reports)
    if not found:
        return ()
    lines = [f"Read: {_n(len(reports), 'report')} from {', '.join(f'{o} ({n})' for o, n in sorted(outlets.items()))}"]
    if days:
        first, last = wording.day(min(days)), wording.day(max(days))
        lines.append(f"Period of the reports: {first}" + (f" to {last}" if last != first else ""))
    lines.append("Records: " + ", ".join(_n(n, kind) for kind, n in sorted(kinds.items())))
    if len(days) < len(reports):
        lines.append(f"{_n(len(reports) - len(days), 'report')} without a date")
    if inferred:
        lines.append(f"{_n(inferred, 'report')} dated by inference (marked; bilateral reports ID shows the reasons)")
    if total > len(found):
        lines.append(f"Limited to {len(found):,} of {_n(total, 'record')}")
    return tuple(lines)


def _n(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


class _Maker:
    """Words records into lines; knows the reports with their numbers, the dyad, and who was interviewed."""

    def __init__(self, reports: tuple[Report, ...], dyad: tuple[str, ...], interviews: dict[str, str]) -> None:
        self.reports = {r.id: r for r in reports}
        self.numbers = {r.id: n for n, r in enumerate(reports, start=1)}
        self.dyad, self.interviews = dyad, interviews

    def made(self, records: tuple[AnyRecord, ...], as_on: str | None) -> list[Section]:
        placed = list(sections.placed(records))
        latest = self._latest(placed)
        news = {p.record.id for p in latest}
        rest = [p for p in placed if p.section != 3 or p.record.id not in news]
        order = sorted([*latest, *rest], key=lambda p: (p.section, self._rank(p), p.heading, self._order(p)))
        made = [self._section(n, list(group)) for n, group in groupby(order, key=lambda p: p.section)]
        found = gaps(records, self.reports, self.dyad, as_on)
        groups = tuple(
            Group(heading=heading, lines=tuple(map(self._gap, some)))
            for heading, some in groupby(found, key=lambda g: g.heading)
        )
        if groups:
            made.append(Section(number=14, title=sections.TITLES[14], groups=groups))
        return made

    def _section(self, number: int, some: list[Placed]) -> Section:
        groups = []
        for heading, of in groupby(some, key=lambda p: p.heading):
            lines = _merged([(p.record, self.line(p)) for p in of])
            groups.append(Group(heading=heading, lines=tuple(lines)))
        return Section(number=number, title=sections.TITLES[number], groups=tuple(groups))

    def _rank(self, placed: Placed) -> int:
        """The place of a heading in its section; in positions the states of the dyad stand first."""
        own = [wording.name(code) for code in self.dyad]
        if placed.section != POSITIONS or placed.heading not in own:
            return placed.rank
        return own.index(placed.heading) - len(own)

    def _order(self, placed: Placed) -> tuple[object, ...]:
        """Things by their own date, else by their report's; positions by report, the newest first, in text order."""
        record, number = placed.record, self.numbers[placed.record.doc]
        if placed.section == POSITIONS:
            return (-number, anchor(record).start)
        day = self._day(record)
        newest_first = placed.section == 3
        at = tuple(-ord(c) for c in day) if newest_first else tuple(map(ord, day))
        return (not day, at, -number if newest_first else number, anchor(record).start)

    def _day(self, record: AnyRecord) -> str:
        span = interval(wording.date_of(record))
        return span[0] if span else _first(self.reports[record.doc]) or ""

    def _latest(self, placed: list[Placed]) -> list[Placed]:
        """The news of the newest reports: what happened, is under way or was called off, in section 3."""
        news: dict[str, Placed] = {}
        for p in placed:
            if p.section != 2 and self._is_news(p):
                news.setdefault(worded(p.record, self.dyad), Placed(3, "", p.record))
        return sorted(news.values(), key=lambda p: (-self.numbers[p.record.doc], anchor(p.record).start))[:LATEST]

    def _is_news(self, placed: Placed) -> bool:
        record = placed.record
        if placed.heading in (sections.COUNTS, "Mentioned", "Requests") or getattr(record, "background", False):
            return False
        if not isinstance(record, Visit | Agreement | Event):
            return False
        span, told = interval(wording.date_of(record)), _first(self.reports[record.doc])
        is_old = bool(span and told and (_days(told) - _days(span[1]) > NEWS_DAYS or span[0] > told))
        return record.status in ("happened", "ongoing", "cancelled", "postponed") and not is_old

    def line(self, placed: Placed) -> Line:
        """A placed record as a line."""
        record = placed.record
        text = placed.text or (position(record) if isinstance(record, Statement) else worded(record, self.dyad))
        words = self.words(record)
        if isinstance(record, Statement) and not placed.text:
            words = structs.replace(words, quote="")  # the line is the quotation
        notes = tuple(_derived(record)) if isinstance(record, Measure) else ()
        date = None if placed.section == 2 and placed.text else wording.date_of(record)
        if date and self._is_ahead(record):
            date, text = None, f"{text}, for {wording.day(date)}"
        return Line(
            date=date, reported=self.reports[record.doc].published.value, text=text,
            status=record.status, words=(words,), notes=notes,
        )  # fmt: skip

    def _is_ahead(self, record: AnyRecord) -> bool:
        """Whether a deed that is done carries the later date of what was agreed."""
        span, told = interval(wording.date_of(record)), _first(self.reports[record.doc])
        return isinstance(record, Event) and record.status == "happened" and bool(span and told and span[0] > told)

    def words(self, record: AnyRecord) -> Words:
        """The words of a record with who claims them."""
        report, speaker = self.reports[record.doc], wording.claimant(record)
        claim = wording.claim(record, report)
        if speaker is None and report.id in self.interviews:
            claim += f" (in an interview with {self.interviews[report.id]})"
        at = record.span("sentence", "content") or anchor(record)
        return Words(
            claim=claim, told=wording.told(report), name=speaker.name if speaker else None, quote=quote(record),
            source=self.numbers[report.id], record=record.id, start=at.start, end=at.end,
        )  # fmt: skip

    def _gap(self, gap: Gap) -> Line:
        words = tuple(self.words(r) for r in gap.records)
        if gap.heading.startswith("Claimed"):
            words = tuple(structs.replace(w, quote="") for w in words)
        reported = self.reports[gap.records[0].doc].published.value
        return Line(date=gap.date, reported=reported, text=gap.text, status=gap.records[0].status, words=words)


def _derived(measure: Measure) -> Iterable[str]:
    """What follows from a figure, but for the percentage that the report states itself."""
    stated = measure.change and (measure.change.value, measure.change.unit)
    return (derived(d) for d in measure.derived if (d.value, d.unit) != stated)


def _days(date: str) -> int:
    """A day as a number, near enough to tell a year."""
    year, month, day = map(int, date.split("-"))
    return year * 366 + month * 31 + day


def _merged(found: list[tuple[AnyRecord, Line]]) -> list[Line]:
    """Lines that say the same of the same date as one, with the words of all; a figure takes up one that says less."""
    kept: list[tuple[AnyRecord, Line]] = []
    for record, line in found:
        at = next((n for n, (k, have) in enumerate(kept) if _says_same(record, line, k, have)), None)
        if at is None:
            kept.append((record, line))
            continue
        first, other = kept[at], (record, line)
        fuller, lesser = (other, first) if _is_fuller(record, first[0]) else (first, other)
        kept[at] = fuller[0], structs.replace(fuller[1], words=(*fuller[1].words, *lesser[1].words))
    return [line for _, line in kept]


def _says_same(record: AnyRecord, line: Line, other: AnyRecord, have: Line) -> bool:
    if (line.date, line.status) != (have.date, have.status):
        return False
    if isinstance(record, Measure) and isinstance(other, Measure):
        return _agree(record, other)
    if line.date is None and isinstance(record, Event | Visit) and line.reported != have.reported:
        return False  # two refusals that are told of years apart are not one
    return line.text == have.text


def _agree(a: Measure, b: Measure) -> bool:
    """Whether two figures of one thing say the same, or one says part of what the other says."""
    same = _subject(a) == _subject(b)
    values = a.value is None or b.value is None or (a.value, a.unit, a.bound) == (b.value, b.unit, b.bound)
    changes = a.change is None or b.change is None or a.change == b.change
    shared = (a.value is not None and b.value is not None) or (a.change is not None and b.change is not None)
    return same and values and changes and shared


def _subject(m: Measure) -> tuple[object, ...]:
    return m.quantity, m.direction, frozenset(m.parties), m.measure_kind


def _is_fuller(a: AnyRecord, b: AnyRecord) -> bool:
    if not (isinstance(a, Measure) and isinstance(b, Measure)):
        return False
    return (a.value is not None, a.change is not None) > (b.value is not None, b.change is not None)


def quote(record: AnyRecord) -> str:
    """The exact words that a record rests on, on one line; of long ones the part around what tells it, cut at words."""
    whole = record.span("sentence", "content", "trigger", "value", "title") or record.evidence[0]
    if len(" ".join(whole.text.split())) <= LONGEST_QUOTE:
        return " ".join(whole.text.split())
    at = max(0, min(anchor(record).start - whole.start, len(whole.text)))
    first = max(0, min(at - LONGEST_QUOTE // 2, len(whole.text) - LONGEST_QUOTE))
    last = first + LONGEST_QUOTE
    cut = whole.text[first:last]
    if first:
        cut = "… " + cut.split(maxsplit=1)[-1]
    if last < len(whole.text):
        cut = cut.rsplit(maxsplit=1)[0] + " …"
    return " ".join(cut.split())
