"""Questions of somebody who leafs through a store: pages of records, what they can be narrowed by, counts by month.

Changes nothing. A record counts while its report does, as in `query`. `Timed` is a store whose questions have an end.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, get_args

from msgspec import Struct, structs
from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select, union

from bilateral.errors import CallError, StoreError
from bilateral.interval import interval
from bilateral.model import Answer, AnyRecord, Problem, Question, Report, Status, decode
from bilateral.parse import missing
from bilateral.store import Store
from bilateral.store.judging import NOT_REJECTED, bodies_of
from bilateral.store.kinds import KINDS, fold
from bilateral.store.opening import connected
from bilateral.store.reading import dated_of
from bilateral.store.schema import bodies, documents, entries, members, overlays, overrides, pairs, parties
from bilateral.store.schema import problems as faults
from bilateral.store.schema import records as rows
from bilateral.store.writing import chunks
from bilateral.text import Document

SECONDS = 5.0  # that one question may take
_STEPS = 100_000  # of SQLite between two looks at the clock: some milliseconds; each look stops all other threads
_PAIR = 2
FIELDS = ("type", "status", "year", "outlet", "speaker")
_MOST = 40  # values of a facet
_MANY = 900  # numbers in one statement
FACETED = 50_000  # records that facets count at most
_COLUMNS: dict[str, Any] = {
    "type": rows.c.type, "status": rows.c.status, "year": func.substr(rows.c.date_start, 1, 4),
    "outlet": rows.c.outlet, "speaker": rows.c.speaker_country,
}  # fmt: skip
_older = select(documents.c.n).where(documents.c.superseded_by.is_not(None))
_rejected = select(overlays.c.record).where(overlays.c.verdict == "rejected")
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


def page(
    store: Store, question: Question, *, offset: int = 0, limit: int = 50, total: int | None = None
) -> Answer:  # fmt: skip
    """Some of the records that fit, the newest thing first and undated ones last; `total`, of all, as `size` gives it.

    Unlike `query.records`, dates narrow everything: what has no date is left out where dates are asked for.
    """
    order = _chosen(question).order_by(rows.c.date_start.desc(), rows.c.n.desc()).limit(limit).offset(offset)
    total = size(store, question) if total is None else total
    with store.reading() as conn:
        made = _bodies(conn, list(conn.execute(order).scalars()))
        reports = _reports(conn, documents.c.id.in_({r.doc for r in made}))
    return Answer(question=question, records=tuple(made), reports=tuple(reports), total=total)


def size(store: Store, question: Question) -> int:
    """How many records fit."""
    with store.reading() as conn:
        if structs.replace(question, kinds=(), limit=None) == Question():
            return _of_kinds(conn, question.kinds)
        return int(conn.execute(select(func.count()).select_from(_chosen(question).subquery())).scalar_one())


def _of_kinds(conn: Connection, kinds: tuple[str, ...]) -> int:
    """How many records of some kinds count: all that an index counts, less those of older texts and rejected ones."""
    of = [rows.c.kind.in_(kinds)] if kinds else []
    every, gone = select(func.count()).select_from(rows).where(*of), select(rows.c.n).where(*of)
    older = gone.where(rows.c.doc.in_(_older))
    less = select(func.count()).select_from(union(older, gone.where(rows.c.n.in_(_rejected))).subquery())
    return int(conn.execute(every).scalar_one()) - int(conn.execute(less).scalar_one())


def counts(store: Store) -> dict[str, int]:
    """How many reports, records of each kind and problems count; what people rejected is left out."""
    with store.reading() as conn:
        held = conn.execute(select(func.count()).select_from(documents).where(documents.c.superseded_by.is_(None)))
        of = {kind.table.name: _of_kinds(conn, (kind.name,)) for kind in KINDS}
        wrong = conn.execute(select(func.count()).select_from(faults)).scalar_one()
        return {"reports": int(held.scalar_one()), **of, "problems": int(wrong)}


def dyads(store: Store) -> list[tuple[str, str, int]]:
    """The pairs of codes that records involve, with the number of records, the most spoken of first.

    All that the index of pairs counts, less what older texts and rejected records have in it.
    """
    of, n = (pairs.c.a, pairs.c.b), func.count()
    gone = pairs.c.record.in_(union(select(rows.c.n).where(rows.c.doc.in_(_older)), _rejected))
    with store.reading() as conn:
        found = {(a, b): int(held) for a, b, held in conn.execute(select(*of, n).group_by(*of))}
        for a, b, held in conn.execute(select(*of, n).where(gone).group_by(*of)):
            found[a, b] -= int(held)
    return sorted(((a, b, held) for (a, b), held in found.items() if held), key=lambda row: (-row[2], row[0], row[1]))


def interviews(store: Store, dyad: tuple[str, ...], docs: Iterable[str]) -> list[AnyRecord]:
    """The statements in some reports, of a dyad, whose words speak of an interview, by date, report and place."""
    # The kind is wrapped so that SQLite goes by the reports and not through all statements.
    said = select(rows.c.n).where(rows.c.kind.concat("") == "statement", NOT_REJECTED)
    of_interviews = select(bodies.c.record).where(bodies.c.json.like("%interview%"))
    with store.reading() as conn:
        numbers = _each(conn, select(documents.c.n), documents.c.id, docs)
        spoken = _each(conn, said.where(_is_of(dyad)) if dyad else said, rows.c.doc, numbers)
        return _bodies(conn, _ordered(conn, _each(conn, of_interviews, bodies.c.record, spoken)))


def _is_of(dyad: tuple[str, ...]) -> ColumnElement[bool]:
    """That a record is one of a dyad's, looked up record by record."""
    codes = sorted(set(dyad))
    if len(codes) == 1:
        return exists().where(parties.c.code == codes[0], parties.c.record == rows.c.n)
    return exists().where(pairs.c.a == codes[0], pairs.c.b == codes[-1], pairs.c.record == rows.c.n)


def facets(store: Store, question: Question, fields: tuple[str, ...] = FIELDS) -> tuple[Facet, ...]:
    """By what the records that fit differ: type, status, year, outlet, state of the speaker.

    Of more than FACETED records the newest so many are counted.
    """
    columns = [_COLUMNS[name].label(name) for name in fields]
    chosen = _chosen(question).with_only_columns(*columns)
    # Not for a dyad, which has no more: SQLite would go by date through the records of all.
    some = (chosen if question.dyad else chosen.order_by(rows.c.date_start.desc()).limit(FACETED)).subquery()
    # One pass over the records for all fields together; what they share is counted below.
    wanted = select(func.count(), *some.c).group_by(*some.c)
    counts: tuple[Counter[str], ...] = tuple(Counter() for _ in fields)
    with store.reading() as conn:
        for n, *values in conn.execute(wanted):
            for held, value in zip(counts, values, strict=True):
                if value is not None:
                    held[value] += n
    return tuple(
        Facet(name, tuple(sorted(held.items(), key=lambda item: (-item[1], item[0]))[:_MOST]))
        for name, held in zip(fields, counts, strict=True)
    )


def newest(
    store: Store, question: Question, most: Mapping[str, int], *, whole: int = 0
) -> tuple[Answer, dict[str, int]]:  # fmt: skip
    """The newest records that fit, of each kind at most so many, by date; and how many of each kind fit.

    All of them where they are no more than `whole`. What has no date is there where a kind has fewer dated ones than it
    may have. Where nothing but states is asked for, all records of the ledger's entries that these belong to are there
    too, so that no life begins in its middle.
    """
    newest_first = (rows.c.date_start.desc(), rows.c.n.desc())
    place = func.row_number().over(partition_by=rows.c.kind, order_by=newest_first).label("place")
    total = func.count().over(partition_by=rows.c.kind).label("total")
    every = func.count().over().label("every")
    ranked = _chosen(question).add_columns(rows.c.kind, place, total, every).subquery()
    is_in = or_(ranked.c.place <= case(dict(most), value=ranked.c.kind, else_=0), ranked.c.every <= whole)
    is_whole = structs.replace(question, dyad=(), limit=None) == Question()
    with store.reading() as conn:
        found = conn.execute(select(ranked.c.n, ranked.c.kind, ranked.c.total).where(is_in)).all()
        totals, numbers = {str(kind): int(n) for _, kind, n in found}, {int(n) for n, _, _ in found}
        if is_whole and question.dyad and sum(totals.values()) > len(numbers):
            numbers |= _siblings(conn, question.dyad, numbers)
        made = _bodies(conn, _ordered(conn, numbers))
        held = _reports(conn, documents.c.id.in_({r.doc for r in made}))
    answer = Answer(question=question, records=tuple(made), reports=tuple(held), total=sum(totals.values()))
    return answer, totals


def _ordered(conn: Connection, numbers: Iterable[int]) -> list[int]:
    """Numbers of records by date, then by report and place, undated ones last."""
    columns = (rows.c.date_start, _published, documents.c.id, rows.c.position, rows.c.id, rows.c.n)
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
    ids = _each(conn, select(rows.c.id), rows.c.n, numbers)
    homes = _each(conn, select(m.entry), m.record, ids)
    own = _each(conn, select(e.n).where(of), e.n, homes)
    others = sorted(set(_each(conn, select(m.record), m.entry, own)) - set(ids))
    counts = select(rows.c.n).where(rows.c.doc.not_in(_older), NOT_REJECTED)
    return set(_each(conn, counts, rows.c.id, others[:_MANY]))


def _each(conn: Connection, wanted: Select[Any], key: ColumnElement[Any], values: Iterable[Any]) -> list[Any]:
    """The first column of all rows whose key is one of some values."""
    found: list[Any] = []
    for some in chunks(sorted(set(values))):
        found += conn.execute(wanted.where(key.in_(some))).scalars()
    return found


def since_when(store: Store, dyad: tuple[str, ...], newest: int, until: str | None = None) -> str | None:
    """The first day of the so-many-th newest thing of a dyad, up to a date; None where there are no more than those."""
    chosen = _chosen(Question(dyad=dyad, until=until)).where(rows.c.date_start.is_not(None))
    wanted = chosen.with_only_columns(rows.c.date_start).order_by(rows.c.date_start.desc()).limit(1).offset(newest)
    with store.reading() as conn:
        return conn.execute(wanted).scalar_one_or_none()


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
    document, problems = store.document(report.id), tuple(store.problems(doc=report.id))
    unparsed = missing(document, store.parse(report.id))
    return Paper(report=report, document=document, unparsed=unparsed, problems=problems)


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
    # Wrapped for a dyad, so that SQLite goes by the dyad and not through all records of a kind.
    kind = rows.c.kind.concat("") if question.dyad else rows.c.kind
    for column, values in ((kind, question.kinds), (rows.c.status, question.statuses)):
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
        dated = structs.replace(dated, value=row.override, how="overruled", candidates=others)
    return Report(
        id=row.id, uri=row.uri, title=row.title, publisher=row.publisher, published=dated, place=row.place,
        lang=row.lang, author=row.author, characters=row.characters, parsed=row.parsed, records=row.held,
        superseded_by=row.superseded_by,
    )  # fmt: skip
