"""Lines of a brief: a thing or a record in words, with its life, who tells it, and the exact words it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from bilateral.brief import wording
from bilateral.brief.gaps import Gap
from bilateral.brief.placing import Place
from bilateral.brief.sections import PAST, UNSIGNED, Placed
from bilateral.brief.sentences import derived, figure, position, stage, worded
from bilateral.brief.structure import RELATIONS, Line, Stage, Words
from bilateral.brief.things import Thing, telling
from bilateral.interval import interval
from bilateral.model import AnyRecord, Event, Measure, Report, Statement, Visit
from bilateral.pipeline import anchor

LONGEST_QUOTE = 240
_OPEN = {PAST: "not reported as held", UNSIGNED: "not reported as done"}


def first_day(report: Report) -> str | None:
    """The first day on which a report may have appeared."""
    span = interval(report.published.value)
    return span[0] if span else None


class Writer:
    """Words records into lines; knows the reports with their numbers and stories, the dyad, who was interviewed, and
    what loaded series say of figures (by record)."""

    def __init__(
        self, reports: tuple[Report, ...], dyad: tuple[str, ...], interviews: dict[str, str], stories: dict[str, str],
        *, verdicts: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.reports = {r.id: r for r in reports}
        self.numbers = {r.id: n for n, r in enumerate(reports, start=1)}
        self.dyad, self.interviews, self.stories = dyad, interviews, stories
        self.verdicts = verdicts or {}

    def told_on(self, record: AnyRecord) -> str | None:
        """The day of a record's report."""
        return first_day(self.reports[record.doc])

    def day(self, record: AnyRecord) -> str:
        """The first day of a thing, else that of its report; "" where neither is known."""
        span = interval(wording.date_of(record))
        return span[0] if span else self.told_on(record) or ""

    def at(self, record: AnyRecord) -> int:
        """Where in its report a record stands."""
        return anchor(record).start

    def newest(self, place: Place) -> int:
        """The number of the newest report that tells a thing."""
        records = place.thing.records if place.thing else (place.placed.record,)
        return max(self.numbers[r.doc] for r in records)

    def line(self, place: Place) -> Line:
        """What stands at a place, as a line."""
        placed, thing = place.placed, place.thing
        record = placed.record
        words = self._words(record, thing)
        if isinstance(record, Statement) and not placed.text:
            words = (structs.replace(words[0], quote=""), *words[1:])  # the line is the quotation
        date, text = self.said(place)
        entry = thing.entry if thing else None
        status = "happened" if placed.section == RELATIONS and placed.text else record.status
        return Line(
            key=entry.id if entry else record.id, date=date, reported=self.reports[record.doc].published.value,
            text=text, status=status, words=words, notes=self._notes(place),
            life=self._life(thing, placed) if thing else (), telling=telling(entry, self.reports) if entry else None,
            former=entry.former if entry else (), is_repeated=place.is_repeated,
        )  # fmt: skip

    def said(self, place: Place) -> tuple[str | None, str]:
        """The date and the text of the line at a place; a date that lies ahead of what is done stands in the text."""
        placed, text = place.placed, self._text(place)
        date = None if placed.section == RELATIONS and placed.text else wording.date_of(placed.record)
        if date and self._is_ahead(placed.record):
            return None, f"{text}, for {wording.day(date)}"
        return date, text

    def _text(self, place: Place) -> str:
        placed, thing = place.placed, place.thing
        record = placed.record
        if thing and isinstance(record, Measure):
            figures = _figures([r for r in thing.records if isinstance(r, Measure)])
            if len(figures) > 1:
                return self._side_by_side(place, figures)
        if placed.text:
            return placed.text
        return position(record) if isinstance(record, Statement) else worded(record, self.dyad)

    def _side_by_side(self, place: Place, figures: list[Measure]) -> str:
        """Figures for one thing with who gives each: what fits together after a semicolon, what does not as against."""
        contrary = {key for c in place.thing.entry.contradictions for key in c.records} if place.thing else set()
        parts = [f"{figure(m)} ({self._giver(m)})" for m in figures]
        join = " against " if sum(m.id in contrary for m in figures) > 1 else "; "
        whole = worded(place.placed.record, self.dyad)
        before = "" if place.placed.text else whole.partition(": ")[0] + ": "
        return before + join.join(parts)

    def _giver(self, record: AnyRecord) -> str:
        speaker = wording.claimant(record)
        return wording.actor(speaker) if speaker else self.reports[record.doc].publisher or "unknown outlet"

    def _notes(self, place: Place) -> tuple[str, ...]:
        """What follows from figures, and the meetings that belong to a visit."""
        record, thing = place.placed.record, place.thing
        if isinstance(record, Measure):
            measures = [m for m in (thing.records if thing else (record,)) if isinstance(m, Measure)]
            held = (said for m in measures if (said := self.verdicts.get(m.id)) is not None)
            return tuple(dict.fromkeys((*(note for m in measures for note in _derived(m)), *held)))
        if thing is None or not isinstance(record, Visit):
            return ()
        parts = [
            structs.replace(r, topics=(), status="happened") for r in thing.records
            if isinstance(r, Visit) and r.visit_kind != record.visit_kind and r.status == record.status
        ]  # fmt: skip
        return tuple(f"with it: {words}" for words in dict.fromkeys(worded(part, self.dyad) for part in parts))

    def _life(self, thing: Thing, placed: Placed) -> tuple[Stage, ...]:
        """The steps of a visit's or agreement's life, where there is more than the one that the line tells.

        What was planned for a time now past ends in the words that no report says it was done.
        """
        if thing.entry.kind not in ("contact", "agreement"):
            return ()
        steps = tuple(
            Stage(
                text=stage(step.stage, step.status), date=step.date, status=step.status, claimants=step.claimants,
                sources=tuple(dict.fromkeys(self.numbers[r.doc] for r in thing.records if r.id in step.records)),
            )
            for step in thing.steps
        )  # fmt: skip
        if steps and placed.heading in _OPEN:
            return (*steps, Stage(text=_OPEN[placed.heading], date=None, status="mentioned", sources=()))
        return steps if len(steps) > 1 else ()

    def _is_ahead(self, record: AnyRecord) -> bool:
        """Whether a deed that is done carries the later date of what was agreed."""
        span, told = interval(wording.date_of(record)), self.told_on(record)
        return isinstance(record, Event) and record.status == "happened" and bool(span and told and span[0] > told)

    def _words(self, record: AnyRecord, thing: Thing | None) -> tuple[Words, ...]:
        """The words of a record and of all that tell the same thing, the record's own first."""
        others = [r for r in thing.records if r.id != record.id] if thing else []
        return tuple(self.words(r) for r in (record, *others))

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
            is_copy=self.stories.get(report.id, report.id) != report.id,
        )  # fmt: skip


def line_of_gap(writer: Writer, gap: Gap) -> Line:
    """A gap or contradiction as a line; what one side alone claims is quoted in its own section and not again."""
    words = tuple(writer.words(r) for r in gap.records)
    if gap.heading.startswith("Claimed"):
        words = tuple(structs.replace(w, quote="") for w in words)
    reported = writer.reports[gap.records[0].doc].published.value
    return Line(
        key=gap.key or gap.records[0].id, date=gap.date, reported=reported, text=gap.text,
        status=gap.status, words=words,
    )  # fmt: skip


def _derived(measure: Measure) -> Iterable[str]:
    """What follows from a figure, but for the percentage that the report states itself."""
    stated = measure.change and (measure.change.value, measure.change.unit)
    return (derived(d) for d in measure.derived if (d.value, d.unit) != stated)


def _figures(measures: list[Measure]) -> list[Measure]:
    """The figures that say different things; one that says part of what another says is taken up by it."""
    kept: list[Measure] = []
    for m in measures:
        at = next((n for n, k in enumerate(kept) if agree(m, k)), None)
        if at is None:
            kept.append(m)
        elif _is_fuller(m, kept[at]):
            kept[at] = m
    return kept


# Lines that say the same ------------------------------------------------------------------------------------------


def merged(found: list[tuple[AnyRecord, Line]]) -> list[Line]:
    """Lines that say the same of the same date as one, with the words of all; a figure takes up one that says less."""
    kept: list[tuple[AnyRecord, Line]] = []
    near: dict[tuple[object, ...], list[int]] = {}
    for record, line in found:
        places = near.setdefault(_mark(record, line), [])
        at = next((n for n in places if _says_same(record, line, *kept[n])), None)
        if at is None:
            places.append(len(kept))
            kept.append((record, line))
            continue
        first, other = kept[at], (record, line)
        fuller, lesser = (other, first) if _is_fuller(record, first[0]) else (first, other)
        words = tuple({w.record: w for w in (*fuller[1].words, *lesser[1].words)}.values())
        kept[at] = fuller[0], structs.replace(fuller[1], words=words, former=(*fuller[1].former, lesser[1].key))
    return [line for _, line in kept]


def _mark(record: AnyRecord, line: Line) -> tuple[object, ...]:
    """What lines that say the same have in common."""
    is_figure = isinstance(record, Measure) and not _is_quoted(line)
    return (line.date, line.status, *(_subject(record) if is_figure else (line.text,)))  # type: ignore[arg-type]


def _is_quoted(line: Line) -> bool:
    """Whether a line is words picked from a report (section 2), whatever the record is of."""
    return line.text.startswith("“")


def _says_same(record: AnyRecord, line: Line, other: AnyRecord, have: Line) -> bool:
    if (line.date, line.status) != (have.date, have.status) or line.life != have.life:
        return False
    if _is_quoted(line):
        return line.text == have.text
    if isinstance(record, Measure) and isinstance(other, Measure) and " against " not in line.text + have.text:
        return agree(record, other)
    if line.date is None and isinstance(record, Event | Visit) and line.reported != have.reported:
        return False  # two refusals that are told of years apart are not one
    return line.text == have.text


def agree(a: Measure, b: Measure) -> bool:
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

