"""Taking stored things out again by their ids: documents, parses, dates, problems. Questions are `query`'s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Select, exists, func, select

from bilateral.errors import CallError
from bilateral.model import Problem
from bilateral.store.coding import Anatomy, Dating, unpacked
from bilateral.store.kinds import KINDS
from bilateral.store.schema import (
    calendar,
    corrections,
    documents,
    overlays,
    overrides,
    parses,
    problems,
    records,
    tally,
)
from bilateral.store.writing import chunks
from bilateral.text import Dated, Document, Parse

CHUNK = 50  # reports held in memory at once while a whole store is gone through

_anatomy = msgspec.json.Decoder(Anatomy)
_dating = msgspec.json.Decoder(Dating)


class Stored(NamedTuple):
    """A report as it can be coded again; `override` is the date that a person gave, or None."""

    document: Document
    parse: Parse
    dated: Dated
    override: str | None


def document_of(row: Row[Any]) -> Document:
    """The document in a row of `documents`."""
    anatomy = _anatomy.decode(row.anatomy)
    return Document(
        id=row.id, uri=row.uri, text=row.text, title=row.title, paragraphs=anatomy.paragraphs, lang=row.lang,
        published=row.published, published_by=row.published_by, dateline=anatomy.dateline,
        publisher=row.publisher, author=row.author,
    )  # fmt: skip


def dated_of(row: Row[Any]) -> Dated:
    """The date in a row of `documents`, as it was coded."""
    dating = _dating.decode(row.dating)
    return Dated(
        value=row.date, how=row.date_how, stated=row.date_stated,
        candidates=dating.candidates, reasons=dating.reasons,
    )  # fmt: skip


def known(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these ids are reports of the store."""
    found: set[str] = set()
    for some in chunks(ids):
        found.update(conn.execute(select(documents.c.id).where(documents.c.id.in_(some))).scalars())
    return found


def document_row(conn: Connection, key: str) -> Row[Any]:
    """The row of a report; CallError where there is none with this id."""
    row = conn.execute(select(documents).where(documents.c.id == key)).one_or_none()
    if row is None:
        raise CallError(f"no report {key!r} in the store")
    return row


def parse(conn: Connection, key: str) -> Parse:
    """The parse of a report; CallError where there is none with this id."""
    data = conn.execute(select(parses.c.data).join(documents).where(documents.c.id == key)).scalar_one_or_none()
    if data is None:
        raise CallError(f"no report {key!r} in the store")
    return unpacked(data)


def chosen(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The dates that people gave, by report; reports without one are left out."""
    found: dict[str, str] = {}
    for some in chunks(ids):
        rows = conn.execute(select(documents.c.id, overrides.c.date).join(overrides).where(documents.c.id.in_(some)))
        found.update((row.id, row.date) for row in rows)
    return found


def some_stored(conn: Connection, after: str) -> list[Stored]:
    """The next few reports by id, with their parses."""
    wanted: Select[Any] = (
        select(documents, parses.c.data, overrides.c.date.label("override"))
        .select_from(documents.join(parses).outerjoin(overrides))
        .where(documents.c.id > after)
        .order_by(documents.c.id)
        .limit(CHUNK)
    )
    return [
        Stored(document_of(row), unpacked(row.data), dated_of(row), row.override) for row in conn.execute(wanted)
    ]  # fmt: skip


def some_problems(conn: Connection, *, uri: str | None, doc: str | None, stage: str | None) -> Iterator[Problem]:
    """Yield problems by input, report and place; those of superseded reports only where their report is asked for."""
    p = problems.c
    wanted = select(problems).order_by(p.uri, p.doc, p.start, p.stage, p.message)
    for column, value in ((p.uri, uri), (p.doc, doc), (p.stage, stage)):
        if value is not None:
            wanted = wanted.where(column == value)
    if doc is None:
        wanted = wanted.where(~exists().where(documents.c.id == p.doc, documents.c.superseded_by.is_not(None)))
    for row in conn.execute(wanted):
        yield Problem(
            uri=row.uri, stage=row.stage, message=row.message, doc=row.doc, start=row.start, end=row.end
        )  # fmt: skip


def counts(conn: Connection) -> dict[str, int]:
    """How many of each thing a store holds; records are the machine's, of reports that count."""

    def size(wanted: Select[Any]) -> int:
        return int(conn.execute(wanted).scalar_one())

    t = tally.c
    held = {str(kind): int(n) for kind, n in conn.execute(select(t.kind, t.n).where(t.a == "", t.b == ""))}
    rejected = (
        select(records.c.kind, func.count())
        .select_from(overlays.join(records).join(documents))
        .where(overlays.c.verdict == "rejected", documents.c.superseded_by.is_(None))
        .group_by(records.c.kind)
    )
    for kind, n in conn.execute(rejected):
        held[str(kind)] = held.get(str(kind), 0) + int(n)
    return {
        "reports": size(select(func.count()).select_from(calendar)),
        "superseded": size(select(func.count()).where(documents.c.superseded_by.is_not(None))),
        **{kind.table.name: held.get(kind.name, 0) for kind in KINDS},
        "problems": size(select(func.count()).select_from(problems)),
        "overrides": size(select(func.count()).select_from(overrides)),
        "corrections": size(select(func.count()).select_from(corrections)),
    }
