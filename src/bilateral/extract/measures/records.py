"""Measures as records: drafts with their evidence, change, derived values and reasons; one claim once a document.

Owns the shape of a `Measure`; what the words mean was settled before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from msgspec import structs

from bilateral.extract.measures.derive import before, change_between, tidy
from bilateral.extract.measures.lexicon import cues, plural
from bilateral.extract.measures.periods import year_before
from bilateral.extract.measures.quantity import Quantity
from bilateral.extract.measures.sentence import Draft
from bilateral.extract.measures.taxonomy import Entry
from bilateral.model import Bound, Change, Derived, Evidence, Measure, Reason, evidence
from bilateral.text import Resolved


def records(doc: Resolved, drafts: Iterable[Draft]) -> Iterator[Measure]:
    """The measures of some drafts in order; a range gives two, its ends; one voice's claim comes once."""
    made = [record for draft in drafts for record in _records(doc, draft)]
    made = [record for record in made if not _is_told_below(doc, record, made)]
    seen: dict[tuple[Any, ...], int] = {}
    kept: list[Measure | None] = []
    told = {
        (r.quantity, c.value, c.unit)
        for r in made
        if r.value is not None and (c := r.change) is not None and c.value is not None
    }
    for record in made:
        c = record.change
        if record.value is None and c is not None and (record.quantity, c.value, c.unit) in told:
            continue
        key = (
            record.quantity,
            record.value,
            record.unit,
            None if record.value is not None else record.change,
            frozenset(record.parties),
        )
        first = seen.get(key)
        if first is not None and _repeats(doc, kept[first], record):
            if _says_more(doc, record, kept[first]):
                kept[first] = None
                seen[key] = len(kept)
                kept.append(record)
            continue
        seen[key] = len(kept)
        kept.append(record)
    yield from (record for record in kept if record is not None)


def _is_told_below(doc: Resolved, record: Measure, made: list[Measure]) -> bool:
    """Whether a headline's persons are told of in the text as persons of an exacter kind ("20 Czechs": 20 employees of
    the Czech embassy)."""
    if record.unit != "persons" or record.value is None or not _is_in_head(doc, record):
        return False
    alike = (
        o for o in made if o.value == record.value and o.unit == record.unit and set(o.parties) == set(record.parties)
    )
    return any(o.quantity != record.quantity and not _is_in_head(doc, o) for o in alike)


def _is_in_head(doc: Resolved, record: Measure) -> bool:
    at = doc.document.paragraph_at(record.evidence[0].start)
    return at is not None and at.kind in ("title", "subtitle")


def _repeats(doc: Resolved, first: Measure | None, second: Measure) -> bool:
    """Whether a record says again what an earlier one says: no other period, and no other speaker."""
    if first is None or (first.period and second.period and first.period != second.period):
        return False
    if (first.measure_kind == "baseline") != (second.measure_kind == "baseline") and first.period != second.period:
        return False
    if first.evidence[-1].start == second.evidence[-1].start:
        return False
    a, b = (doc.voice_at(r.evidence[0].start) for r in (first, second))
    return a is None or b is None or (a.person, a.name, a.codes) == (b.person, b.name, b.codes)


def _says_more(doc: Resolved, second: Measure, first: Measure | None) -> bool:
    """Whether a repetition stands in the body where the first stood in a headline, or has a period the first lacks."""
    if first is None:
        return True
    in_head = [_is_in_head(doc, r) for r in (first, second)]
    if in_head[0] != in_head[1]:
        return in_head[0]
    return first.period is None and second.period is not None and bool(second.change or not first.change)


def _records(doc: Resolved, draft: Draft) -> Iterator[Measure]:
    q = draft.q
    if q is None or not q.is_range:
        yield _record(doc, draft, q.value if q else None, q.bound if q else None)
        return
    assert q.high is not None
    yield _record(doc, draft, q.value, "at_least")
    yield _record(doc, draft, q.high, "up_to")


def _record(doc: Resolved, draft: Draft, value: Decimal | None, bound: Bound | None) -> Measure:
    q = draft.q
    unit = _unit(draft)
    change = _change(draft, unit)
    value = tidy(value) if value is not None else None
    return Measure(
        by="measures", score=_score(draft), evidence=_evidence(doc, draft), status=draft.kind.status,
        quantity=draft.name.entry.name, value=value, digits=q.digits if q else None, unit=unit, bound=bound,
        period=draft.dating.value if draft.dating else None, change=change, measure_kind=draft.kind.kind,
        parties=draft.parties.codes, direction=draft.parties.direction,
        derived=_derived(draft, value, unit, bound, change), reasons=_reasons(draft, bound),
    )  # fmt: skip


_MILLION = 10**6  # a bare number below this is no money


def _unit(draft: Draft) -> str | None:
    """The unit as records have it: ISO 4217, persons, percent, places, or the plural of what is counted."""
    entry, q = draft.name.entry, draft.q
    if q is None:
        return draft.money[0] if draft.money is not None else entry.unit or draft.written
    if draft.money is not None:
        return draft.money[0]
    if q.cls == "percent":
        return q.unit
    if q.cls == "measure":
        return plural(q.unit)
    if entry.unit == "persons" and draft.noun in cues("counted", "cases") and draft.written:
        return draft.written
    is_thing = q.cls == "count" or (q.cls == "bare" and draft.written is not None)
    if entry.unit is not None and not (is_thing and entry.of & {"money", "percent"}):
        return entry.unit
    no_money = q.cls == "bare" and q.scale < _MILLION and entry.of & {"money"}
    return draft.written if no_money else draft.written or entry.unit


def _change(draft: Draft, unit: str | None) -> Change | None:
    """The change told beside a level, or the bare direction where only the level before it is told."""
    c, compared = draft.change, draft.base_dating
    when = compared.value if compared else None
    if c is None:
        if draft.q is None or draft.q.role == "base" or (draft.base is None and draft.q.direction is None):
            return None
        if draft.base is None:
            return Change(direction=draft.q.direction, base=when)
        way = draft.q.direction or ("up" if draft.q.value > draft.base.value else "down")
        return Change(direction=way, base=when)
    kind = (
        c.unit
        if c.cls in ("percent", "times")
        else (unit if c.cls in ("money", "count", "bare", "measure") else c.unit)
    )
    value, direction = abs(c.value), c.direction
    if c.cls == "times" and direction == "down":
        left = value if value < 1 else (1 / value).quantize(Decimal("0.001"))
        value, kind = (1 - left) * 100, "percent"
    return Change(value=tidy(value), unit=kind, direction=direction, bound=c.bound, base=when, digits=c.digits)


def _derived(
    draft: Draft, value: Decimal | None, unit: str | None, bound: Bound | None, change: Change | None
) -> tuple[Derived, ...]:  # fmt: skip
    if value is None or unit is None or change is None or draft.q is None or draft.q.is_range:
        return ()
    if draft.base is not None and draft.base.unit == draft.q.unit:
        told = change_between(draft.base.value, value, unit, draft.dating.value if draft.dating else None)
        return (told,) if told is not None and change.unit != unit else ()
    if change.base is None and draft.dating is not None:
        change = structs.replace(change, base=year_before(draft.dating.value))
    found = before(value, unit, bound, change) if change.value is not None else None
    return (found,) if found is not None else ()


def _score(draft: Draft) -> float:
    """How sure a record is: the way to its name, its parties, and its period, the weakest first."""
    name = 1.0 if draft.name.cost <= 2 else 0.9 if draft.name.cost <= 3.9 else 0.7
    money = draft.money[1] if draft.money else 1.0
    period = draft.dating.score if draft.dating else 1.0
    return round(min(name, money, 0.3 + 0.7 * draft.parties.score, 0.4 + 0.6 * period), 2)


def _evidence(doc: Resolved, draft: Draft) -> tuple[Evidence, ...]:
    """The words of each field: value first, or the change where there is no value; the sentence last."""
    found: list[tuple[str, int, int]] = []
    if draft.q is not None:
        found += _of_value(draft.q)
    if draft.change is not None:
        c = draft.change
        start, end = (min(c.start, c.cue[0]), max(c.end, c.cue[1])) if c.cue else (c.start, c.end)
        found.append(("change", start, end) if end - start < 90 else ("change", c.start, c.end))
    elif draft.base is not None and draft.base.cue is not None:
        found.append(("change", draft.base.cue[0], draft.base.end))
    found.append(("quantity", draft.name.start, draft.name.end))
    found += [("period", *d.span) for d in (draft.dating, draft.base_dating) if d is not None and d.span is not None]
    found += [("actor", *span) for span in draft.parties.spans]
    found.append(("sentence", draft.view.start, draft.view.end))
    made = [evidence(doc.document, part, start, end) for part, start, end in dict.fromkeys(found)]
    return tuple(e for e in made if e.text)


def _of_value(q: Quantity) -> list[tuple[str, int, int]]:
    first = min(q.number[0], q.unit_span[0]) if q.unit_span and q.cls == "money" else q.number[0]
    last = max(q.number[1], q.unit_span[1]) if q.unit_span and q.cls in ("money", "percent") else q.number[1]
    if not q.start <= first < last <= q.end:
        first, last = q.number
    found = [("value", first, last)]
    if q.unit_span is not None:
        found.append(("unit", *q.unit_span))
    if q.bound_span is not None:
        found.append(("bound", *q.bound_span))
    return found


def _reasons(draft: Draft, bound: Bound | None) -> tuple[Reason, ...]:
    entry: Entry = draft.name.entry
    found = [
        Reason("quantity", f"{entry.name}: {draft.name.reason}", round(max(0.4, 1 - draft.name.cost / 12), 2)),
        Reason("parties", draft.parties.reason, draft.parties.score),
        Reason(
            "direction",
            draft.parties.way if draft.parties.direction else "no way is told",
            0.8 if draft.parties.direction else 1.0,
        ),
        Reason("measure_kind", draft.kind.reason, 0.9),
    ]
    if draft.money is not None:
        found.append(Reason("unit", draft.money[2], draft.money[1]))
    if draft.q is not None and draft.q.is_range:
        found.append(Reason("bound", f"an end of the range {draft.q.digits!r}"))
    elif bound is not None:
        found.append(Reason("bound", "the words beside the number"))
    found.append(
        Reason("period", draft.dating.reason, round(draft.dating.score, 2))
        if draft.dating
        else Reason("period", "no date is told", 1.0)
    )
    if draft.change is not None or draft.base is not None:
        compared = draft.base_dating
        found.append(
            Reason("change.base", compared.reason, compared.score)
            if compared
            else Reason("change.base", "not told", 1.0)
        )
    found += [Reason(field, rule, score) for field, rule, score in draft.notes]
    return tuple(found)
