"""Pages of records, how many there are, by what they can be narrowed, the newest of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from bilateral.browsing.choosing import NEWEST_FIRST, bodies, chosen, each, totals
from bilateral.browsing.papers import OLDER, PUBLISHED, reports_of
from bilateral.model import Answer, AnyRecord, Question, Report, decode
from bilateral.store import Store
from bilateral.store.judging import CORRECTED, NOT_REJECTED
from bilateral.store.kinds import KINDS
from bilateral.store.schema import bodies as stored_bodies
from bilateral.store.schema import calendar, documents, entries, members, overlays, overrides, pairs, parties, told
from bilateral.store.schema import problems as faults
from bilateral.store.schema import records as rows
from bilateral.store.writing import chunks

_PAIR = 2
FIELDS = ("type", "status", "year", "outlet", "speaker")
_MOST = 40  # values of a facet
_MANY = 900  # numbers in one statement
FACETED = 50_000  # records that facets count at most
_COLUMNS: dict[str, Any] = {
    "type": told.c.type, "status": told.c.status, "year": func.substr(told.c.date_start, 1, 4),
    "outlet": told.c.outlet, "speaker": told.c.speaker_country,
}  # fmt: skip


class Facet(Struct, frozen=True):
    """A field by which records can be narrowed, with its values and how many records each has, the most first."""

    field: str
    values: tuple[tuple[str, int], ...]


def page(
    store: Store, question: Question, *, offset: int = 0, limit: int = 50, total: int | None = None
) -> Answer:  # fmt: skip
    """Some of the records that fit, the newest thing first and undated ones last; `total`, of all, as `size` gives it.

    Unlike `query.records`, dates narrow everything: what has no date is left out where dates are asked for.
    """
    order = chosen(question).order_by(*NEWEST_FIRST).limit(limit).offset(offset)
    total = size(store, question) if total is None else total
    with store.reading() as conn:
        made = bodies(conn, list(conn.execute(order).scalars()))
        reports = reports_of(conn, documents.c.id.in_({r.doc for r in made}))
    return Answer(question=question, records=tuple(made), reports=tuple(reports), total=total)


def of_ids(store: Store, ids: Iterable[str]) -> list[tuple[AnyRecord, Report]]:
    """The records of some ids with their reports, in that order; ids that are no record's are left out."""
    keys = list(dict.fromkeys(ids))
    joined = rows.join(stored_bodies).outerjoin(overlays, overlays.c.record == rows.c.n)
    made: dict[str, AnyRecord] = {}
    with store.reading() as conn:
        for some in chunks(keys):
            wanted = select(rows.c.id, CORRECTED).select_from(joined).where(rows.c.id.in_(some))
            made.update((key, decode(json)) for key, json in conn.execute(wanted))
        held = {r.id: r for r in reports_of(conn, documents.c.id.in_({r.doc for r in made.values()}))}
    return [(made[key], held[made[key].doc]) for key in keys if key in made]


def size(store: Store, question: Question) -> int:
    """How many records fit."""
    with store.reading() as conn:
        return sum(totals(conn, question).values())


def counts(store: Store) -> dict[str, int]:
    """How many reports, records of each kind and problems count; what people rejected is left out."""
    with store.reading() as conn:
        held = conn.execute(select(func.count()).select_from(calendar)).scalar_one()
        found = totals(conn, Question())
        of = {kind.table.name: found.get(kind.name, 0) for kind in KINDS}
        wrong = conn.execute(select(func.count()).select_from(faults)).scalar_one()
        return {"reports": int(held), **of, "problems": int(wrong)}


def interviews(store: Store, dyad: tuple[str, ...], docs: Iterable[str]) -> list[AnyRecord]:
    """The statements in some reports, of a dyad, whose words speak of an interview, by date, report and place."""
    # The kind is wrapped so that SQLite goes by the reports and not through all statements.
    said = select(rows.c.n).where(rows.c.kind.concat("") == "statement", NOT_REJECTED)
    of_interviews = select(stored_bodies.c.record).where(stored_bodies.c.json.like("%interview%"))
    with store.reading() as conn:
        numbers = each(conn, select(documents.c.n), documents.c.id, docs)
        spoken = each(conn, said.where(_is_of(dyad)) if dyad else said, rows.c.doc, numbers)
        return bodies(conn, _ordered(conn, each(conn, of_interviews, stored_bodies.c.record, spoken)))


def _is_of(dyad: tuple[str, ...]) -> ColumnElement[bool]:
    """That a record is one of a dyad's, looked up record by record."""
    codes = sorted(set(dyad))
    if len(codes) == 1:
        return exists().where(parties.c.code == codes[0], parties.c.record == rows.c.n)
    return exists().where(pairs.c.a == codes[0], pairs.c.b == codes[-1], pairs.c.record == rows.c.n)


def facets(store: Store, question: Question, fields: tuple[str, ...] = FIELDS) -> tuple[Facet, ...]:
    """By what the records that fit differ: type, status, year, outlet, state of the speaker.

    Types are counted as if none was asked for, and statuses alike, so that one can be changed for another. Of more than
    FACETED records the newest so many are counted.
    """
    with store.reading() as conn:
        return tuple(Facet(name, _values(conn, _without(question, name), _COLUMNS[name])) for name in fields)


def _without(question: Question, field: str) -> Question:
    """A question that leaves open what a field of it asks for."""
    return structs.replace(question, types=() if field == "type" else question.types,
                           statuses=() if field == "status" else question.statuses)  # fmt: skip


def _values(conn: Connection, question: Question, column: ColumnElement[Any]) -> tuple[tuple[str, int], ...]:
    """The values of a field with how many records have each, the most first, up to so many."""
    some = chosen(question).with_only_columns(column.label("value"))
    if sum(totals(conn, question).values()) > FACETED:  # their order costs more than it gives where they are fewer
        some = some.order_by(*NEWEST_FIRST).limit(FACETED)
    value, n = some.subquery().c.value, func.count().label("n")
    wanted = select(value, n).where(value.is_not(None), value != "").group_by(value)
    found = conn.execute(wanted.order_by(n.desc(), value).limit(_MOST))
    return tuple((str(value), int(held)) for value, held in found)


def newest(
    store: Store, question: Question, most: Mapping[str, int], *, whole: int = 0
) -> tuple[Answer, dict[str, int]]:  # fmt: skip
    """The newest records that fit, of each kind at most so many, by date; and how many of each kind fit.

    All of them where they are no more than `whole`. What has no date is there where a kind has fewer dated ones than it
    may have. Where nothing but states is asked for, all records of the ledger's entries that these belong to are there
    too, so that no life begins in its middle.
    """
    is_whole = structs.replace(question, dyad=(), limit=None) == Question()
    with store.reading() as conn:
        held = totals(conn, question)
        numbers: set[int] = set()
        for kind in held:
            wanted = chosen(structs.replace(question, kinds=(kind,))).order_by(*NEWEST_FIRST)
            some = None if sum(held.values()) <= whole else most.get(kind, 0)
            numbers.update(conn.execute(wanted.limit(some)).scalars())
        if is_whole and question.dyad and sum(held.values()) > len(numbers):
            numbers |= _siblings(conn, question.dyad, numbers)
        made = bodies(conn, _ordered(conn, numbers))
        reports = reports_of(conn, documents.c.id.in_({r.doc for r in made}))
    answer = Answer(question=question, records=tuple(made), reports=tuple(reports), total=sum(held.values()))
    return answer, held


def _ordered(conn: Connection, numbers: Iterable[int]) -> list[int]:
    """Numbers of records by date, then by report and place, undated ones last."""
    columns = (rows.c.date_start, PUBLISHED, documents.c.id, rows.c.position, rows.c.id, rows.c.n)
    wanted = select(*columns).select_from(rows.join(documents).outerjoin(overrides))
    found: list[Any] = []
    for some in chunks(sorted(numbers)):
        found += conn.execute(wanted.where(rows.c.n.in_(some))).all()
    found.sort(key=lambda r: (r[0] is None, r[0] or "", r[1] is None, r[1] or "", *r[2:]))
    return [row.n for row in found]


def _siblings(conn: Connection, dyad: tuple[str, ...], numbers: set[int]) -> set[int]:
    """The records that stand in entries of a dyad with some others, not too many in all.

    Step by step, each by its index: in one statement SQLite would go through all entries of the dyad.
    """
    m, e = members.c, entries.c
    codes = sorted(set(dyad))
    of = and_(e.a == codes[0], e.b == codes[-1]) if len(codes) == _PAIR else or_(e.a == codes[0], e.b == codes[0])
    ids = each(conn, select(rows.c.id), rows.c.n, numbers)
    homes = each(conn, select(m.entry), m.record, ids)
    own = each(conn, select(e.n).where(of), e.n, homes)
    others = sorted(set(each(conn, select(m.record), m.entry, own)) - set(ids))
    counts = select(rows.c.n).where(rows.c.doc.not_in(OLDER), NOT_REJECTED)
    return set(each(conn, counts, rows.c.id, others[:_MANY]))


def since_when(store: Store, dyad: tuple[str, ...], newest: int, until: str | None = None) -> str | None:
    """The first day of the so-many-th newest thing of a dyad, up to a date; None where there are no more than those."""
    some = chosen(Question(dyad=dyad, until=until)).where(told.c.date_start != "")
    wanted = some.with_only_columns(told.c.date_start).order_by(told.c.date_start.desc()).limit(1).offset(newest)
    with store.reading() as conn:
        return conn.execute(wanted).scalar_one_or_none()
