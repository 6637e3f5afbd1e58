"""A record shown beside its words: every field, its words, how it was resolved, and the paragraph marked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from bilateral import ontology
from bilateral.brief import sentences, wording
from bilateral.model import AnyRecord, Event, Evidence, Report, kind_of

_APART = ("id", "kind", "by", "score", "evidence", "claimed_by", "status", "links", "reasons")


def shown(
    record: AnyRecord, report: Report, passages: tuple[tuple[int, str], ...], section: str | None
) -> Iterator[str]:
    """Yield the lines that show a record: what it says, its source, its words marked in their paragraphs, its fields.

    `passages` are the paragraphs with their offsets in the report.
    """
    yield f"{kind_of(record)} {record.id}  ({record.by}, score {record.score:g}, status {record.status})"
    yield f"  {sentences.worded(record)}"
    yield f"  claimed by: {wording.claim(record, report)}"
    yield f"  source: {wording.source(report)} — {report.uri} ({report.id[:8]})"
    if report.published.reasons:
        yield f"  report's date: {'; '.join(report.published.reasons)}"
    if section:
        yield f"  section: {section}"
    for start, paragraph in passages:
        yield ""
        yield " ".join(_marked(paragraph, start, record.evidence).split())
    yield ""
    yield from _fields(record)


def _fields(record: AnyRecord) -> Iterator[str]:
    """Yield each field with the words it came from and how it was resolved, then what no field holds."""
    reasons = {r.field: r for r in record.reasons}
    for field, value in msgspec.to_builtins(record, builtin_types=(Decimal,)).items():
        if field in _APART or value in (None, [], (), ""):
            continue
        why = reasons.pop(field, None)
        yield f"  {field}: {_plain(value)}" + (f"   ← {why.rule} ({why.score:g})" if why else "")
    for left in reasons.values():
        yield f"  {left.field}: ← {left.rule} ({left.score:g})"
    if isinstance(record, Event):
        yield from _scores(record)
    for e in sorted(record.evidence, key=lambda e: (e.start, -e.end)):
        if e.part != "sentence":
            yield f"  {e.part} [{e.start}–{e.end}]: “{' '.join(e.text.split())}”"


def _scores(record: Event) -> Iterator[str]:
    """Yield what an event counts for in indices: PLOVER score and Goldstein value, with their tables."""
    kind = f"{record.code}.{record.mode}" if record.mode else record.code
    score = ontology.score(record.code, record.mode)
    if score is not None:
        yield f"  PLOVER score: {score:g}   ← {kind} in ontologies/plover.toml"
    value = ontology.cameo_entry(record.cameo).goldstein if record.cameo else None
    if value is not None:
        yield f"  Goldstein value: {value:g}   ← CAMEO {record.cameo} in ontologies/cameo.toml"


def _plain(value: object) -> str:
    """A value in words: figures written out, codes with their names, parts of a value that are empty left out."""
    match value:
        case Decimal():
            return format(value, "f")
        case dict():
            return ", ".join(f"{k} {_plain(v)}" for k, v in value.items() if v not in (None, [], (), ""))
        case list() | tuple():
            return "; ".join(map(_plain, value))
        case str():
            known = wording.name(value) if value.isupper() or value.startswith("IGO:") else value
            return value if known == value else f"{value} ({known})"
        case _:
            return str(value)


def _marked(paragraph: str, start: int, evidence: tuple[Evidence, ...]) -> str:
    """The paragraph with the evidence in ⟦marks⟧; the sentence itself is not marked, nested marks are."""
    at: dict[int, str] = {}
    for e in sorted(evidence, key=lambda e: e.start - e.end):
        first, last = e.start - start, e.end - start
        if e.part != "sentence" and first >= 0 and last <= len(paragraph):
            at[first] = at.get(first, "") + "⟦"
            at[last] = "⟧" + at.get(last, "")
    return "".join(at.get(i, "") + c for i, c in enumerate(paragraph)) + at.get(len(paragraph), "")
