"""Questions of somebody who leafs through a store: pages of records, what they can be narrowed by, counts by month.

Changes nothing. A record counts while its report does, as in `query`. `Timed` is a store whose questions have an end.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, get_args

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from bilateral.errors import CallError, StoreError
from bilateral.interval import interval
from bilateral.model import Answer, AnyRecord, Problem, Question, Report, Status, decode
from bilateral.parse import missing
from bilateral.store import Store
from bilateral.store.judging import NOT_REJECTED, bodies_of
from bilateral.store.kinds import fold
from bilateral.store.opening import connected
from bilateral.store.reading import dated_of
from bilateral.store.schema import documents, overrides, pairs, parties
from bilateral.store.schema import problems as faults
from bilateral.store.schema import records as rows
from bilateral.text import Dated, Document

SECONDS = 5.0  # that one question may take
_STEPS = 4_000  # of SQLite between two looks at the clock: well under a millisecond
_PAIR = 2
FIELDS = ("type", "status", "year", "outlet", "speaker")
_MOST = 40  # values of a facet
_older = select(documents.c.n).where(documents.c.superseded_by.is_not(None))
_published = func.coalesce(overrides.c.date_start, documents.c.date_start)


class OverdueError(StoreError):
    """A question took longer than it may."""


class Timed(Store):
    """An open store each question to which is broken off after `seconds`, with OverdueError."""

    seconds = SECONDS

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection as that of a store, until the time is up."""
        end = time.monotonic() + self.seconds
        try:
            with super().reading() as conn:
                raw = conn.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                raw.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
                try:
                    yield conn
                finally:
                    raw.set_progress_handler(None, 0)
        except StoreError as error:
            if time.monotonic() > end:
                raise OverdueError(f"the question took longer than {self.seconds:g} seconds") from error
            raise


class Pulse:
    """Tells whether a store has changed: `now` is another word after every commit of another connection."""

    def __init__(self, path: Path) -> None:
        self._engine = connected(path, read_only=True, max_page_count=None)
        self._conn = self._engine.raw_connection()
        self._lock = Lock()
        status = path.stat()
        self._start = f"{status.st_ino:x}.{status.st_mtime_ns:x}.{status.st_size:x}"

    def now(self) -> str:
        """The version of what the store holds."""
        with self._lock:
            cursor = self._conn.cursor()
            cursor.execute("PRAGMA data_version")
            found = cursor.fetchone()
            cursor.close()
        return f"{self._start}.{found[0] if found else 0}"

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._conn.close()
            self._engine.dispose()


class Facet(Struct, frozen=True):
    """A field by which records can be narrowed, with its values and how many records each has, the most first."""

    field: str
    values: tuple[tuple[str, int], ...]


class Paper(Struct, frozen=True, kw_only=True):
    """A report as it is read: its text with anatomy, what is known of it, spans that were not parsed, its problems."""

    report: Report
    document: Document
    unparsed: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]


def page(store: Store, question: Question, *, offset: int = 0, limit: int = 50) -> Answer:
    """Some of the records that fit, the newest thing first and undated ones last; `total` counts all of them.

    Unlike `query.records`, dates narrow everything: what has no date is left out where dates are asked for.
    """
    chosen = _chosen(question)
    order = chosen.order_by(rows.c.date_start.desc(), rows.c.n.desc()).limit(limit).offset(offset)
    with store.reading() as conn:
        made = _bodies(conn, list(conn.execute(order).scalars()))
        total = int(conn.execute(select(func.count()).select_from(chosen.subquery())).scalar_one())
        reports = _reports(conn, documents.c.id.in_({r.doc for r in made}))
    return Answer(question=question, records=tuple(made), reports=tuple(reports), total=total)


def facets(store: Store, question: Question) -> tuple[Facet, ...]:
    """By what the records that fit differ: type, status, year, outlet, state of the speaker."""
    chosen = _chosen(question).subquery()
    columns = (rows.c.type, rows.c.status, func.substr(rows.c.date_start, 1, 4), rows.c.outlet, rows.c.speaker_country)
    # One pass over the records for all fields together; what they share is counted below.
    wanted = select(func.count(), *columns).select_from(rows.join(chosen, chosen.c.n == rows.c.n)).group_by(*columns)
    counts: tuple[Counter[str], ...] = tuple(Counter() for _ in FIELDS)
    with store.reading() as conn:
        for n, *values in conn.execute(wanted):
            for held, value in zip(counts, values, strict=True):
                if value is not None:
                    held[value] += n
    return tuple(
        Facet(name, tuple(sorted(held.items(), key=lambda item: (-item[1], item[0]))[:_MOST]))
        for name, held in zip(FIELDS, counts, strict=True)
    )


def since_when(store: Store, dyad: tuple[str, ...], newest: int) -> str | None:
    """The first day of the so-many-th newest thing of a dyad; None where there are no more than so many."""
    chosen = _chosen(Question(dyad=dyad)).where(rows.c.date_start.is_not(None))
    wanted = chosen.with_only_columns(rows.c.date_start).order_by(rows.c.date_start.desc()).limit(1).offset(newest)
    with store.reading() as conn:
        return conn.execute(wanted).scalar_one_or_none()


def months(store: Store, question: Question) -> list[tuple[str, str, int]]:
    """The events that fit as (month, PLOVER code, how many), by month; what lasts longer than a month is left out."""
    month = func.substr(rows.c.date_start, 1, 7)
    chosen = _chosen(question).subquery()
    wanted = (
        select(month, rows.c.type, func.count())
        .select_from(rows.join(chosen, chosen.c.n == rows.c.n))
        .where(rows.c.kind == "event", month == func.substr(rows.c.date_end, 1, 7))
        .group_by(month, rows.c.type)
        .order_by(month, rows.c.type)
    )
    with store.reading() as conn:
        return [(str(m), str(code), int(n)) for m, code, n in conn.execute(wanted)]


def reports(store: Store, *, dyad: tuple[str, ...] = (), offset: int = 0, limit: int = 50) -> tuple[list[Report], int]:
    """Some of the reports that count, the newest first and undated ones last, and how many there are."""
    wanted = [documents.c.superseded_by.is_(None)]
    if dyad:
        wanted.append(documents.c.n.in_(select(rows.c.doc).where(rows.c.n.in_(_involved(dyad)))))
    with store.reading() as conn:
        total = int(conn.execute(select(func.count()).select_from(documents).where(*wanted)).scalar_one())
        return _reports(conn, *wanted, offset=offset, limit=limit), total


def problems(store: Store, *, offset: int = 0, limit: int = 50) -> tuple[list[Problem], int, list[tuple[str, int]]]:
    """Some problems by input and place, how many there are, and how many in each stage, the most first."""
    p, n = faults.c, func.count()
    wanted = select(faults).order_by(p.uri, p.doc, p.start, p.stage, p.message).limit(limit).offset(offset)
    with store.reading() as conn:
        found = [_problem(row) for row in conn.execute(wanted)]
        stages = conn.execute(select(p.stage, n).group_by(p.stage).order_by(n.desc(), p.stage)).all()
    return found, sum(int(held) for _, held in stages), [(str(stage), int(held)) for stage, held in stages]


def paper(store: Store, report: Report) -> Paper:
    """A report with its text, the spans that were not parsed, and its problems."""
    document = store.document(report.id)
    unparsed = missing(document, store.parse(report.id))
    return Paper(
        report=report, document=document, unparsed=unparsed, problems=tuple(store.problems(doc=report.id))
    )  # fmt: skip


def _problem(row: Any) -> Problem:
    return Problem(uri=row.uri, stage=row.stage, message=row.message, doc=row.doc, start=row.start, end=row.end)


def _bodies(conn: Connection, numbers: list[int]) -> list[AnyRecord]:
    json = bodies_of(conn, numbers)
    return [decode(json[n]) for n in numbers]


def _chosen(question: Question) -> Select[Any]:
    """The numbers of the records that fit a question, all of it but its limit and report."""
    wrong = next((status for status in question.statuses if status not in get_args(Status)), None)
    if wrong is not None:
        raise CallError(f"unknown status {wrong!r}: expected one of {', '.join(get_args(Status))}")
    wanted = select(rows.c.n).where(rows.c.doc.not_in(_older), NOT_REJECTED)
    if question.dyad:
        wanted = wanted.where(rows.c.n.in_(_involved(question.dyad)))
    for column, values in ((rows.c.kind, question.kinds), (rows.c.status, question.statuses)):
        if values:
            wanted = wanted.where(column.in_(values))
    if question.types:
        wanted = wanted.where(func.lower(rows.c.type).in_([name.lower() for name in question.types]))
    if question.claimed_by:
        wanted = wanted.where(_claimed(question.claimed_by))
    first, last = _day(question.since, 0), _day(question.until, 1)
    if first and last and first > last:
        raise CallError(f"since {question.since} lies after until {question.until}")
    if first:
        wanted = wanted.where(rows.c.date_end >= first)
    return wanted.where(rows.c.date_start <= last) if last else wanted


def _involved(dyad: tuple[str, ...]) -> Select[Any]:
    codes = sorted(set(dyad))
    if len(codes) == 1:
        return select(parties.c.record).where(parties.c.code == codes[0])
    if len(codes) != _PAIR:
        raise CallError(f"expected one or two codes, got {len(codes)}: {', '.join(codes)}")
    return select(pairs.c.record).where(pairs.c.a == codes[0], pairs.c.b == codes[1])


def _claimed(by: str) -> ColumnElement[bool]:
    """Claims by an outlet whose name begins with these words, or a speaker in whose name or country they stand."""
    words = fold(by)
    if not words:
        raise CallError(f"expected the name of an outlet or a speaker, or a country's code, got {by!r}")
    outlet = rows.c.outlet_key.startswith(f"{words} ", autoescape=True)
    return or_(outlet, rows.c.speaker_key.contains(f" {words} ", autoescape=True))


def _day(date: str | None, end: int) -> str | None:
    days = interval(date)
    if date is not None and days is None:
        raise CallError(f"{date!r} is no date: expected EDTF with a year, such as 2019-03-05 or 2019")
    return days[end] if days else None


def _reports(
    conn: Connection, *conditions: ColumnElement[bool], offset: int = 0, limit: int | None = None
) -> list[Report]:
    held = select(func.count()).where(rows.c.doc == documents.c.n, NOT_REJECTED).scalar_subquery()
    columns = [c for c in documents.c if c.name not in ("text", "anatomy")]
    wanted = (
        select(*columns, overrides.c.date.label("override"), held.label("held"))
        .select_from(documents.outerjoin(overrides))
        .where(*conditions)
        .order_by(_published.desc(), documents.c.n.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_report(row) for row in conn.execute(wanted)]


def _report(row: Any) -> Report:
    dated = dated_of(row)
    if row.override is not None and row.override != dated.value:
        others = tuple(d for d in (dated.value, *dated.candidates) if d and d != row.override)
        dated = Dated(
            value=row.override, how="overruled", stated=dated.stated, candidates=others, reasons=dated.reasons
        )  # fmt: skip
    return Report(
        id=row.id, uri=row.uri, title=row.title, publisher=row.publisher, published=dated, place=row.place,
        lang=row.lang, author=row.author, characters=row.characters, parsed=row.parsed, records=row.held,
        superseded_by=row.superseded_by,
    )  # fmt: skip
