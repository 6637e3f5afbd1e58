"""A record with every field and its words; an entry of the ledger with all that reports tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from bilateral import accounts, browsing, desk, query
from bilateral.brief import nested
from bilateral.brief.wording import name
from bilateral.desk import Shown
from bilateral.entries import Entry
from bilateral.model import AnyRecord, Evidence, Report
from bilateral.reference.wording import line as checked
from bilateral.store import Store
from bilateral.web.lines import HEADER, Row, entry_name, row
from bilateral.web.marking import Piece, pieces, spans
from bilateral.web.site import Site, found, site_of
from bilateral.web.views import Asked, Table, View, reply

# Which parts of the evidence stand for a field, the first that there are.
PARTS: dict[str, tuple[str, ...]] = {
    "actors": ("actor", "visitor"), "recipients": ("recipient", "host"), "code": ("trigger",), "mode": ("trigger",),
    "cameo": ("trigger",), "visitors": ("visitor", "actor"), "hosts": ("host", "recipient"), "start": ("date",),
    "end": ("date",), "date": ("date",), "digits": ("value",), "stage": ("trigger",), "type": ("title", "trigger"),
    "visit_kind": ("trigger",), "subjects": ("subject", "title"), "as_of": ("date",), "topics": ("subject", "content"),
}  # fmt: skip
_APART = ("id", "kind", "by", "score", "evidence", "claimed_by", "links", "reasons")
_MARKED = "evidence "  # before the part whose words a person marked
OTHERS = 60  # records of an entry that are shown


class Field(Struct, frozen=True, kw_only=True):
    """A field of a record: its values in words, the words of the report that it rests on, and what decided it."""

    name: str
    values: tuple[str, ...]
    words: tuple[Evidence, ...]
    rule: str | None
    score: float | None


def fields(record: AnyRecord) -> Iterator[Field]:
    """Yield every field of a record, those that are not stated too, then reasons that belong to no field."""
    reasons = {r.field: r for r in record.reasons}
    for key, value in msgspec.to_builtins(record, builtin_types=(Decimal,)).items():
        if key in _APART:
            continue
        why = reasons.pop(key, None)
        values, parts = tuple(_values(value)), PARTS.get(key, (key,))
        words = tuple(e for part in parts for e in record.evidence if e.part == part and values)
        yield Field(
            name=key, values=values, words=words, rule=why.rule if why else None,
            score=why.score if why else None,
        )  # fmt: skip
    for left in reasons.values():
        part = left.field.removeprefix(_MARKED) if left.field.startswith(_MARKED) else None
        words = tuple(e for e in record.evidence if e.part == part)
        called = f"words of {part}" if part else left.field
        yield Field(name=called, values=(), words=words, rule=left.rule, score=left.score)


def _values(value: Any) -> Iterator[str]:
    """Yield a value in words, one a line; codes with their names."""
    match value:
        case None | "" | [] | ():
            return
        case list() | tuple():
            for item in value:
                yield from _values(item)
        case dict():
            parts = (f"{key} {inner}" for key, item in value.items() if (inner := ", ".join(_values(item))))
            yield "; ".join(parts)
        case bool():
            yield "yes" if value else "no"
        case Decimal():
            yield format(value, "f")
        case str():
            known = name(value) if value.isupper() or value.startswith("IGO:") else value
            yield value if known == value else f"{value} ({known})"
        case _:
            yield str(value)


class Told(Struct, frozen=True, kw_only=True):
    """An entry that a record belongs to, with the other records that tell of the same thing."""

    entry: Entry
    others: tuple[Row, ...]
    contradicted: tuple[str, ...]


def _told(store: Store, record: AnyRecord) -> list[Told]:
    made = []
    for entry in accounts.of_records(store, (record.id,)).get(record.id, ()):
        others = tuple(_rows(store, [key for key in entry.records if key != record.id]))
        against = tuple(c.text for c in entry.contradictions if record.id in c.records)
        made.append(Told(entry=entry, others=others, contradicted=against))
    return made


def _rows(store: Store, keys: list[str]) -> Iterator[Row]:
    """Yield records as lines; what is gone since the ledger was made is left out."""
    for record, report in browsing.of_ids(store, keys[:OTHERS]):
        yield row(record, report)


def _passages(shown: Shown) -> list[list[Piece]]:
    """The paragraphs that hold a record's words, in pieces; offsets are those of the report."""
    marks = spans((shown.record,))
    return [pieces(text, start, marks) for start, text in shown.passages]


@get("/record/{key:str}", sync_to_thread=True, name="record", summary="A record", operation_id="record")
def record(request: Asked, key: FromPath[str]) -> Response[bytes]:
    """A record with its words, its fields and what decided them, who claims it, what else tells of it."""
    site = site_of(request)
    shown = found(lambda: desk.show(site.store, key))
    made, source = shown.record, shown.report
    view = View(
        template="record.html",
        context=lambda: {
            "record": made, "report": source, "row": row(made, source), "fields": list(fields(made)),
            "passages": _passages(shown), "section": shown.section, "told": _told(site.store, made),
            "history": shown.history,
            "links": [(link.kind, row(shown.by_id[link.record], _report(site, shown, link.record)))
                      for link in made.links if link.record in shown.by_id],
            "chain": [row(shown.by_id[s], source) for s in made.claimed_by.statements if s in shown.by_id],
            "checks": site.once(("checks", made.id), lambda: _checks(site.store, made)),
        },
        data=lambda: {
            **nested(made, source),
            "entries": [{"id": t.entry.id, "dyad": t.entry.dyad, "contradictions": t.entry.contradictions}
                        for t in _told(site.store, made)],
        },
        table=lambda: Table(("field", "values", "words", "start", "end", "rule", "score"), list(_cells(made))),
    )  # fmt: skip
    return reply(request, view)


def _checks(store: Store, made: AnyRecord) -> list[tuple[str, str]]:
    return [(c.verdict, checked(c)) for c in desk.checks_of(store, made)]


def _report(site: Site, shown: Shown, key: str) -> Report:
    """The report of a record that another names."""
    other = shown.by_id[key]
    return shown.report if other.doc == shown.report.id else query.report(site.store, other.doc)


def _cells(made: AnyRecord) -> Iterator[tuple[Any, ...]]:
    for f in fields(made):
        for e in f.words or (None,):
            place = (e.text, e.start, e.end) if e else (None, None, None)
            yield (f.name, "; ".join(f.values), *place, f.rule, f.score)


@get(
    "/entry/{a:str}/{b:str}/{key:str}", sync_to_thread=True, name="entry", summary="An entry of the ledger",
    operation_id="entry",
)  # fmt: skip
def entry(request: Asked, a: FromPath[str], b: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    """One thing that the records of several reports tell of: its life, who has it, where they differ."""
    site = site_of(request)
    made = found(lambda: accounts.entry(site.store, key, dyad=desk.question(dyad=(a, b)).dyad))
    view = View(
        template="entry.html",
        context=lambda: {
            "entry": made, "name": entry_name(made), "rows": {r.id: r for r in _rows(site.store, list(made.records))},
            "left": max(0, len(made.records) - OTHERS), "joins": {j.record: j for j in made.joins},
        },
        data=lambda: {**msgspec.to_builtins(made), "sides": made.sides},
        table=lambda: Table(HEADER, [r.cells() for r in _rows(site.store, list(made.records))]),
    )  # fmt: skip
    return reply(request, view)


PAGES = (record, entry)
