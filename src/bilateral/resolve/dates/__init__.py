"""The times that a report speaks of, as EDTF and TIMEX3 values counted from the report's date.

    tokens.py     words.toml: words to classes               amounts.py   how many, of which unit
    grammar.py    grammar.toml: which words are a time       anchor.py    what can be counted from the report's date
    direction.py  past or ahead, by tense                    period.py    stretches of the calendar, EDTF, TIMEX3
    days.py · years.py · feasts.py · parts.py · relative.py · portions.py · lengths.py     what each rule means
    history.py    whose year a month has that names none     sense.py     what a meaning says and may ask
    joined.py     ranges and other times of several readings

Never the clock: what the report's date does not settle keeps its X, or has no value and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import structs

from bilateral.resolve.dates import days, feasts, lengths, parts, portions, relative, years
from bilateral.resolve.dates.anchor import anchor
from bilateral.resolve.dates.grammar import Match, matches
from bilateral.resolve.dates.history import is_history
from bilateral.resolve.dates.joined import joined, limited, since, with_year_of
from bilateral.resolve.dates.sense import Memory, Reading, Sense, Setting
from bilateral.resolve.dates.tokens import tokens
from bilateral.text import CONTENT, Document, Mention, Paragraph, Resolved

# Times that repeat another one: what comes after them still counts from that other one.
_DERIVED = ("ago", "same_period", "running")

MEANINGS: dict[str, Callable[[Match, Setting], Sense | None]] = {
    meaning.__name__: meaning
    for meaning in (
        days.iso_date, days.slashed_date, days.full_date, days.month_day, days.day_range, years.month_year, years.month,
        years.year, years.decade, years.century_of, years.fiscal_year, years.year_pair, feasts.holiday,
        parts.quarter_of, parts.half_of, parts.quarters_of, parts.season_of, parts.weekday, parts.day_word,
        parts.part_of_day, parts.clock_time, relative.unit_of_now, relative.ago, relative.later_by, relative.running,
        portions.same_period, portions.first_of, lengths.duration, lengths.repeated, lengths.vague,
    )
}  # fmt: skip


def dates(doc: Resolved) -> Resolved:
    """The document with its time expressions as mentions of kind "date", in text order among the others.

    `value` is EDTF, or None where the words name no date (a length, "recently") or the report's date does not settle
    it; `timex` is always there. Source of the rules: docs/rules/dates.md.
    """
    found = [_mention(doc, reading) for reading in readings(doc)]
    mentions = sorted([*doc.mentions, *found], key=lambda m: (m.start, m.end))
    return structs.replace(doc, mentions=tuple(mentions))


def _mention(doc: Resolved, reading: Reading) -> Mention:
    sense = reading.sense
    return Mention(
        start=reading.start, end=reading.end, text=doc.text[reading.start : reading.end], kind="date",
        value=sense.value, timex=sense.timex, candidates=sense.candidates, reason=sense.reason,
    )  # fmt: skip


def readings(doc: Resolved) -> Iterator[Reading]:
    """The time expressions of a document's parsed content, in order, each with what it was joined from."""
    memory = Memory()
    here = anchor(doc.published.value)
    setting = Setting(doc, here, memory, is_history(doc.text, here))
    parsed = {start for start, _ in doc.parse.parsed}
    for n, paragraph in enumerate(p for p in doc.document.paragraphs if p.kind in CONTENT):
        memory.paragraph = n
        if doc.parse.gate == "off" or paragraph.start in parsed:  # what the gate left out is not read
            yield from _of_paragraph(doc.document, paragraph, setting)


def _of_paragraph(document: Document, paragraph: Paragraph, setting: Setting) -> list[Reading]:
    found: list[Reading] = []
    dateline = document.dateline
    start = paragraph.start
    if dateline is not None and paragraph.start <= dateline.start < paragraph.end:
        start = max(start, dateline.end)
    words = tokens(document.text, start, paragraph.end)
    for m in matches(words):
        sense = MEANINGS[m.rule](m, setting)
        if sense is None:
            continue
        found.append(Reading(m.first, m.last, m.start, m.end, m.rule, sense))
        if m.rule not in _DERIVED:
            setting.memory.keep(sense, m.end)
        if len(found) > 1 and (placed := with_year_of(found[-2], found[-1], words)) is not None:
            found[-2] = placed
        while len(found) > 1 and (one := joined(found[-2], found[-1], words)) is not None:
            found[-2:] = [one]
            setting.memory.keep(one.sense, one.end)
    return [limited(since(reading, words), words) for reading in found]
