"""Reports as a reader leafs through them, a report with its text, and what could not be read or coded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import ColumnElement, Connection, func, select

from bilateral.browsing.choosing import key_of
from bilateral.model import Problem, Report
from bilateral.parse import missing
from bilateral.store import Store
from bilateral.store.judging import NOT_REJECTED
from bilateral.store.reading import dated_of
from bilateral.store.schema import calendar, documents, overrides, told
from bilateral.store.schema import problems as faults
from bilateral.store.schema import records as rows
from bilateral.store.writing import chunks
from bilateral.text import Document

OLDER = select(documents.c.n).where(documents.c.superseded_by.is_not(None))
PUBLISHED = func.coalesce(overrides.c.date_start, documents.c.date_start)


class Paper(Struct, frozen=True, kw_only=True):
    """A report as it is read: its text with anatomy, what is known of it, spans that were not parsed, its problems."""

    report: Report
    document: Document
    unparsed: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]


def reports(store: Store, *, dyad: tuple[str, ...] = (), offset: int = 0, limit: int = 50) -> tuple[list[Report], int]:
    """Some of the reports that count, the newest first and undated ones last, and how many there are."""
    wanted = select(calendar.c.doc)
    of: tuple[ColumnElement[bool], ...] = ()
    if dyad:
        a, b = key_of(dyad)
        of = (calendar.c.doc.in_(select(told.c.doc).where(told.c.a == a, told.c.b == b).distinct()),)
    total = select(func.count()).select_from(calendar).where(*of)
    order = wanted.where(*of).order_by(calendar.c.day.desc(), calendar.c.doc.desc()).limit(limit).offset(offset)
    with store.reading() as conn:
        some = list(conn.execute(order).scalars())
        return reports_of(conn, documents.c.n.in_(some)), int(conn.execute(total).scalar_one())


def problems(store: Store, *, offset: int = 0, limit: int = 50) -> tuple[list[Problem], int, list[tuple[str, int]]]:
    """Some problems by input and place, how many there are, and how many in each stage, the most first."""
    p, n = faults.c, func.count()
    wanted = select(faults).order_by(p.uri, p.doc, p.start, p.stage, p.message).limit(limit).offset(offset)
    with store.reading() as conn:
        found = [_problem(row) for row in conn.execute(wanted)]
        stages = conn.execute(select(p.stage, n).group_by(p.stage).order_by(n.desc(), p.stage)).all()
    return found, sum(int(held) for _, held in stages), [(str(stage), int(held)) for stage, held in stages]


def languages(store: Store, docs: Iterable[str]) -> dict[str, str]:
    """The languages of some reports, by id."""
    found: dict[str, str] = {}
    with store.reading() as conn:
        for some in chunks(sorted(set(docs))):
            wanted = select(documents.c.id, documents.c.lang).where(documents.c.id.in_(some))
            found.update((key, lang) for key, lang in conn.execute(wanted))
    return found


def paper(store: Store, report: Report) -> Paper:
    """A report with its text, the spans that were not parsed, and its problems."""
    document, problems = store.document(report.id), tuple(store.problems(doc=report.id))
    unparsed = missing(document, store.parse(report.id))
    return Paper(report=report, document=document, unparsed=unparsed, problems=problems)


def _problem(row: Any) -> Problem:
    return Problem(uri=row.uri, stage=row.stage, message=row.message, doc=row.doc, start=row.start, end=row.end)


def reports_of(conn: Connection, *conditions: ColumnElement[bool]) -> list[Report]:
    """The reports of some conditions, the newest first and undated ones last."""
    held = select(func.count()).where(rows.c.doc == documents.c.n, NOT_REJECTED).scalar_subquery()
    columns = [c for c in documents.c if c.name not in ("text", "anatomy")]
    wanted = (
        select(*columns, overrides.c.date.label("override"), held.label("held"))
        .select_from(documents.outerjoin(overrides))
        .where(*conditions)
        .order_by(PUBLISHED.desc(), documents.c.n.desc())
    )
    return [_report(row) for row in conn.execute(wanted)]


def _report(row: Any) -> Report:
    dated = dated_of(row)
    if row.override is not None and row.override != dated.value:
        others = tuple(d for d in (dated.value, *dated.candidates) if d and d != row.override)
        dated = structs.replace(dated, value=row.override, how="overruled", candidates=others)
    return Report(
        id=row.id, uri=row.uri, title=row.title, publisher=row.publisher, published=dated, place=row.place,
        lang=row.lang, author=row.author, characters=row.characters, parsed=row.parsed, records=row.held,
        superseded_by=row.superseded_by,
    )  # fmt: skip
