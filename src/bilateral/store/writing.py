"""Changing a store: batches, corrections of dates, and taking reports out. Every function runs inside a transaction.

What is already stored alike is not touched, so that reading the same reports twice leaves the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, Row, Table, and_, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bilateral.errors import CallError
from bilateral.interval import interval
from bilateral.model import AnyRecord, Problem
from bilateral.store import coding, kinds
from bilateral.store.coding import Coding
from bilateral.store.schema import METADATA, bodies, documents, overrides, pairs, parses, parties, problems, records

NOWHERE = ("", "-")  # the uris of standard input: two reports from there are not two states of one report
_AT_ONCE = 500
T = TypeVar("T")


class Written(Struct, frozen=True, kw_only=True):
    """What one batch did to a store.

    `records_known` were stored before with the same id, `records_gone` are stored no more. `superseded` counts reports
    of which a newer text came; `kept` those whose date a person overruled while the batch was coded on another date:
    they stay as they were. `problems` counts those of the batch, with the ones that the store itself found.
    """

    reports_new: int = 0
    reports_known: int = 0
    superseded: int = 0
    kept: int = 0
    records_new: int = 0
    records_known: int = 0
    records_gone: int = 0
    problems: int = 0

    def __add__(self, other: Written) -> Written:
        names = self.__struct_fields__
        return Written(**{name: getattr(self, name) + getattr(other, name) for name in names})


class Forgotten(Struct, frozen=True, kw_only=True):
    """What went with a report, and the ids of the reports that count again because it had superseded them."""

    report: str
    records: int
    problems: int
    restored: tuple[str, ...] = ()


def chunks(values: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """Yield values in lists of at most `size`, in order."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


class _Stored(Struct):
    """What the store holds of one report of a batch: its row, its packed parse, its records as JSON by id."""

    row: Row[Any]
    parse: bytes | None
    override: str | None
    bodies: dict[str, str]


def write(conn: Connection, made: list[Coding], alone: list[Problem]) -> Written:
    """Store codings and the problems that belong to none of them, and say what was new."""
    stored = _stored(conn, [c.document.id for c in made])
    done = Written(problems=len(alone))
    rows = _Rows()
    taken: list[Coding] = []
    number = _last(conn, documents)
    for c in made:
        old = stored.get(c.document.id)
        if old and old.override is not None and old.override != c.dated.value:
            done += Written(reports_known=1, kept=1, records_known=len(old.bodies), problems=len(c.problems))
            continue
        number += old is None
        done += _put(conn, rows, c, old, old.row.n if old else number)
        taken.append(c)
    rows.insert(conn)
    done += Written(superseded=_supersede(conn, taken, {key: old.row.uri for key, old in stored.items()}))
    for c in taken:
        _put_problems(conn, c)
    _add_problems(conn, alone)
    return done


def _put(conn: Connection, rows: _Rows, c: Coding, old: _Stored | None, n: int) -> Written:
    """Collect the rows of one report; what is stored of it and no longer so is changed or deleted at once."""
    row = coding.document_row(c)
    data = coding.packed(c.parse)
    parse = {"doc": n, "parser": c.parse.parser, "gate": c.parse.gate}
    new = coding.bodies(c.records)
    if old is None:
        rows.add(documents, {"n": n, **row})
        rows.add(parses, {**parse, "data": coding.shut(data)})
        rows.add_records(conn, n, c.records, new)
        return Written(reports_new=1, records_new=len(new), problems=len(c.problems))
    _change_document(conn, old.row, row)
    if old.parse != data:
        conn.execute(upsert(parses).prefix_with("OR REPLACE"), {**parse, "data": coding.shut(data)})
    if old.bodies != new:
        conn.execute(delete(records).where(records.c.doc == n))
        rows.add_records(conn, n, c.records, new)
    known = len(new.keys() & old.bodies.keys())
    return Written(
        reports_known=1, records_new=len(new) - known, records_known=known,
        records_gone=len(old.bodies) - known, problems=len(c.problems),
    )  # fmt: skip


def _change_document(conn: Connection, old: Row[Any], new: dict[str, object]) -> None:
    """Update what changed. A report that still counts keeps the uri where it was first seen: a copy is not a move."""
    if new["uri"] in NOWHERE or (old.superseded_by is None and old.uri not in NOWHERE):
        new = {**new, "uri": old.uri}
    changed = {name: value for name, value in new.items() if getattr(old, name) != value}
    if changed:
        conn.execute(update(documents).where(documents.c.n == old.n).values(changed))


class _Rows:
    """Rows collected for a batch, by table, so that each table is written once."""

    def __init__(self) -> None:
        self._of: dict[Table, list[dict[str, object]]] = defaultdict(list)
        self._number: int | None = None

    def add(self, table: Table, row: dict[str, object]) -> None:
        self._of[table].append(row)

    def add_records(self, conn: Connection, doc: int, made: Iterable[AnyRecord], json: dict[str, str]) -> None:
        """Add the records of one document with all that is searched of them."""
        made = list(made)
        numbers: dict[str, int] = {}
        for record in made:
            numbers[record.id] = n = self._next(conn)
            self.add(records, {"n": n, "doc": doc, **kinds.common(record)})
            self.add(bodies, {"record": n, "json": json[record.id], "words": kinds.words(record)})
            self.add(kinds.kind(record).table, {"record": n, **kinds.table_row(record)})
            for code, side in kinds.sides(record):
                self.add(parties, {"code": code, "record": n, "side": side})
        for key, (a, b) in kinds.pairs(made):
            self.add(pairs, {"a": a, "b": b, "record": numbers[key]})

    def insert(self, conn: Connection) -> None:
        """Write all rows, tables that others point to first."""
        for table in METADATA.sorted_tables:
            if self._of[table]:
                conn.execute(insert(table), self._of[table])

    def _next(self, conn: Connection) -> int:
        """A number for a record that neither the store nor this batch has."""
        self._number = (_last(conn, records) if self._number is None else self._number) + 1
        return self._number


def _last(conn: Connection, table: Table) -> int:
    return int(conn.execute(select(func.coalesce(func.max(table.c.n), 0))).scalar_one())


def _stored(conn: Connection, ids: list[str]) -> dict[str, _Stored]:
    found: dict[int, _Stored] = {}
    wanted = select(documents, parses.c.data, overrides.c.date.label("override")).select_from(
        documents.outerjoin(parses).outerjoin(overrides)
    )
    for some in chunks(ids):
        for row in conn.execute(wanted.where(documents.c.id.in_(some))):
            data = None if row.data is None else coding.opened(row.data)
            found[row.n] = _Stored(row, data, row.override, {})
    held = select(records.c.doc, records.c.id, bodies.c.json).join(bodies)
    for numbers in chunks(found):
        for doc, key, json in conn.execute(held.where(records.c.doc.in_(numbers))):
            found[doc].bodies[key] = json
    return {stored.row.id: stored for stored in found.values()}


def _supersede(conn: Connection, made: list[Coding], before: dict[str, str]) -> int:
    """Let the last text of each uri count and no other; the number of reports that count no more.

    `before` holds the uris of the reports that the store had already. Texts that are new supersede one another in
    their order; of known ones only the last of its uri can come back, so that the two states of one page, read
    together again, change nothing.
    """
    last = {c.document.uri: c.document.id for c in made}
    steps = [c.document for c in made if c.document.id not in before or last[c.document.uri] == c.document.id]
    return sum(_promote(conn, d.id, d.uri, before.get(d.id, d.uri)) for d in steps if d.uri not in NOWHERE)


def _promote(conn: Connection, key: str, uri: str, left: str) -> int:
    """Make one report the current one of its uri; what it stood between in the chain of its former uri is joined up."""
    by = documents.c.superseded_by
    here = and_(documents.c.uri == uri, documents.c.id != key)
    newer = conn.execute(select(by).where(documents.c.id == key)).scalar_one()
    if newer is not None:
        behind = and_(documents.c.uri == left, by == key)
        conn.execute(update(documents).where(behind).values(superseded_by=newer))
        conn.execute(update(documents).where(documents.c.id == key).values(superseded_by=None))
    return int(conn.execute(update(documents).where(here, by.is_(None)).values(superseded_by=key)).rowcount)


def _put_problems(conn: Connection, c: Coding) -> None:
    """Make a report's problems the ones of this coding: those of its document, and those of its uri alone."""
    doc, uri = problems.c.doc, problems.c.uri
    homeless = doc.is_(None) | doc.not_in(select(documents.c.id))
    mine = (doc == c.document.id) | and_(uri == c.document.uri, uri.not_in(NOWHERE), homeless)
    old = set(conn.execute(select(problems.c.id).where(mine)).scalars())
    new = {str(row["id"]): row for row in map(coding.problem_row, c.problems)}
    for some in chunks(sorted(old - new.keys())):
        conn.execute(delete(problems).where(problems.c.id.in_(some)))
    _insert_problems(conn, [row for key, row in new.items() if key not in old])


def _add_problems(conn: Connection, alone: list[Problem]) -> None:
    _insert_problems(conn, [coding.problem_row(p) for p in alone])


def _insert_problems(conn: Connection, rows: list[dict[str, object]]) -> None:
    if rows:
        conn.execute(upsert(problems).on_conflict_do_nothing(), rows)


def settle(conn: Connection, uri: str) -> int:
    """Delete the problems that are of an input and of no stored report; how many there were."""
    homeless = problems.c.doc.is_(None) | problems.c.doc.not_in(select(documents.c.id))
    return int(conn.execute(delete(problems).where(problems.c.uri == uri, homeless)).rowcount)


def overrule(conn: Connection, key: str, date: str | None) -> None:
    """Keep a person's date for a report, or take it back with None. CallError where the date fixes no year."""
    days = interval(date)
    if date is not None and days is None:
        raise CallError(f"{date!r} is no date of a report: expected EDTF with a year, such as 2019-07-03 or 2019-07")
    n = number_of(conn, key)
    conn.execute(delete(overrides).where(overrides.c.doc == n))
    if date is not None and days is not None:
        conn.execute(insert(overrides), {"doc": n, "date": date, "date_start": days[0]})


def forget(conn: Connection, key: str) -> Forgotten:
    """Delete a report with all that came from it; what it superseded is as if it had never come."""
    n = number_of(conn, key)
    row = conn.execute(select(documents.c.uri, documents.c.superseded_by).where(documents.c.n == n)).one()
    older = documents.c.superseded_by == key
    before = tuple(conn.execute(select(documents.c.id).where(older).order_by(documents.c.id)).scalars())
    conn.execute(update(documents).where(older).values(superseded_by=row.superseded_by))
    held = conn.execute(select(func.count()).where(records.c.doc == n)).scalar_one()
    conn.execute(delete(documents).where(documents.c.n == n))
    gone = conn.execute(delete(problems).where(problems.c.doc == key)).rowcount
    return Forgotten(
        report=key, records=held, problems=gone + (settle(conn, row.uri) if row.uri not in NOWHERE else 0),
        restored=before if row.superseded_by is None else (),
    )  # fmt: skip


def number_of(conn: Connection, key: str) -> int:
    """The row number of a report; CallError where there is none with this id."""
    n: int | None = conn.execute(select(documents.c.n).where(documents.c.id == key)).scalar_one_or_none()
    if n is None:
        raise CallError(f"no report {key!r} in the store")
    return n


