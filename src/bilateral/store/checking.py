"""Whether a store is sound: every record against its words, every claim against its statement, the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select

from bilateral.model import AnyRecord, decode, kind_of
from bilateral.store.coding import unfit
from bilateral.store.reading import CHUNK, document_of
from bilateral.store.schema import bodies, documents, overlays, records
from bilateral.store.writing import chunks
from bilateral.text import Document

INDEXES = {"documents_fts": "documents", "records_fts": "bodies"}
_COUNTED = {
    "told": ("SELECT count(*) FROM told WHERE a = '' AND b = ''",
             """SELECT count(*) FROM records r JOIN documents d ON d.n = r.doc WHERE d.superseded_by IS NULL
             AND r.n NOT IN (SELECT record FROM overlays WHERE verdict = 'rejected')"""),
    "tally": ("SELECT coalesce(sum(n), 0) FROM tally", "SELECT count(*) FROM told"),
    "calendar": ("SELECT count(*) FROM calendar", "SELECT count(*) FROM documents WHERE superseded_by IS NULL"),
}  # fmt: skip


class Fault(Struct, frozen=True):
    """One thing that is wrong: with which record (None: with the file), which part of it, and how."""

    record: str | None
    part: str
    message: str


class Soundness(Struct, frozen=True, kw_only=True):
    """What `doctor` says of a store: schema version, journal, size in bytes, and what is wrong with the file."""

    version: int
    journal: str
    bytes: int
    faults: tuple[Fault, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found wrong with the file."""
        return not self.faults


def record_faults(conn: Connection, after: int) -> tuple[list[Fault], int | None]:
    """The faults of the records of the next few reports, and the number to go on after; None at the end."""
    rows = conn.execute(select(documents).where(documents.c.n > after).order_by(documents.c.n).limit(CHUNK)).all()
    if not rows:
        return [], None
    made = records.outerjoin(bodies).outerjoin(overlays, overlays.c.record == records.c.n)
    held = select(records, bodies.c.json, overlays.c.json.label("corrected")).select_from(made).order_by(records.c.n)
    of: dict[int, list[Row[Any]]] = {row.n: [] for row in rows}
    for row in conn.execute(held.where(records.c.doc.in_(list(of)))):
        of[row.doc].append(row)
    faults = []
    statements: list[tuple[str, str]] = []
    links: list[tuple[str, str]] = []
    for row in rows:
        for record_row in of[row.n]:
            found, record = _decoded(record_row, document_of(row))
            faults += found
            if record:
                statements += [(key, record.id) for key in record.claimed_by.statements]
                links += [(link.record, record.id) for link in record.links]
    faults += _lost(conn, statements, "claimed_by", "a statement")
    faults += _lost(conn, links, "links", "a record")
    return faults, rows[-1].n


def _decoded(row: Row[Any], document: Document) -> tuple[list[Fault], AnyRecord | None]:
    """What is wrong with one record, and the record where it can be read."""
    try:
        record = decode(row.json or "")
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        return [Fault(row.id, "json", f"it cannot be read: {error}")], None
    if (record.id, kind_of(record)) != (row.id, row.kind):
        message = f"it says it is {kind_of(record)} {record.id}, its row says {row.kind} {row.id}"
        return [Fault(row.id, "id", message)], record
    fault = unfit(record, document)
    return [*([Fault(row.id, *fault)] if fault else []), *_corrected_faults(row, document)], record


def _corrected_faults(row: Row[Any], document: Document) -> Iterator[Fault]:
    """Yield what is wrong with a record as people corrected it."""
    if row.corrected is None:
        return
    try:
        fault = unfit(decode(row.corrected), document)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        fault = "json", f"it cannot be read: {error}"
    if fault:
        yield Fault(row.id, fault[0], f"as corrected: {fault[1]}")


def _lost(conn: Connection, cited: list[tuple[str, str]], part: str, what: str) -> Iterator[Fault]:
    """Yield a fault for each record that another one names and the store does not have as what it is named."""
    there: set[str] = set()
    for some in chunks(dict.fromkeys(key for key, _ in cited)):
        wanted = select(records.c.id).where(records.c.id.in_(some))
        if part == "claimed_by":
            wanted = wanted.where(records.c.kind == "statement")
        there.update(conn.execute(wanted).scalars())
    for key, record in cited:
        if key not in there:
            yield Fault(record, part, f"it names {what} {key}, which is not in the store")


def file_faults(conn: Connection, *, is_quick: bool) -> Iterator[Fault]:
    """Yield what SQLite finds wrong with the file, its foreign keys and the size of its full-text indexes."""
    check = "quick_check" if is_quick else "integrity_check"
    for (message,) in conn.exec_driver_sql(f"PRAGMA {check}"):
        if message != "ok":
            yield Fault(None, "file", str(message))
    for table, row, parent, _ in conn.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(None, "key", f"row {row} of {table} points at a row of {parent} that is not there")
    for index, table in INDEXES.items():
        count = f"SELECT (SELECT count(*) FROM {index}_docsize), (SELECT count(*) FROM {table})"
        indexed, held = conn.exec_driver_sql(count).one()
        if indexed != held:
            yield Fault(None, "search", f"the index {index} has {indexed} rows, {table} has {held}")


def shortcut_faults(conn: Connection) -> Iterator[Fault]:
    """Yield what the shortcuts of readers hold too much or too little of."""
    for table, (held, wanted) in _COUNTED.items():
        n, of = (int(conn.exec_driver_sql(statement).scalar_one()) for statement in (held, wanted))
        if n != of:
            yield Fault(None, "shortcut", f"{table} has {n} rows, expected {of}")


def check_index(conn: Connection, index: str) -> None:
    """Raise DatabaseError where a full-text index does not hold the words of its table. Needs a writing transaction."""
    conn.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def soundness(conn: Connection) -> Soundness:
    """The state of the file, by the quick checks."""

    def pragma(name: str) -> Any:
        return conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()

    return Soundness(
        version=int(pragma("user_version")), journal=str(pragma("journal_mode")),
        bytes=int(pragma("page_count")) * int(pragma("page_size")),
        faults=tuple(file_faults(conn, is_quick=True)),
    )  # fmt: skip
