"""Records, reports and what counts: by a question, by an id, by what speakers said on a topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from msgspec import structs
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from bilateral import topics
from bilateral.errors import CallError
from bilateral.model import Answer, AnyRecord, Problem, Question, Report, Statement, Status, decode
from bilateral.query.indexes import index_of, terms_of
from bilateral.store import Store
from bilateral.store.coding import escaped
from bilateral.store.judging import CORRECTED, NOT_REJECTED, bodies_of
from bilateral.store.kinds import KINDS
from bilateral.store.questions import claimed, days_of, known
from bilateral.store.reading import dated_of
from bilateral.store.schema import bodies, documents, overlays, overrides, pairs, parties, tally
from bilateral.store.schema import records as rows
from bilateral.store.writing import NOWHERE, chunks
from bilateral.text import Dated

SHORTEST = 4  # letters that an abbreviated id must have
_LAST = "\U0010ffff"
_SHOWN = 6  # ids named where an abbreviated one is ambiguous
_PAIR = 2

_published = func.coalesce(overrides.c.date_start, documents.c.date_start)
CURRENT = documents.c.superseded_by.is_(None)
OF_BODY = overlays.c.record == bodies.c.record
_ORDER = (
    rows.c.date_start.is_(None), rows.c.date_start, _published.is_(None), _published,
    documents.c.id, rows.c.position, rows.c.id,
)  # fmt: skip


def records(store: Store, question: Question) -> Answer:
    """The records that a question asks for, by the date of the thing, then by report and place in its text.

    A dyad of two codes gives the records that involve both, and statements and roles of either in reports about both;
    one code gives every record that involves it. With `since` or `until` a thing counts when its time overlaps, and
    what has no date is listed apart. The limit counts over both lists, dated ones first; `total` is without it.
    Raises CallError for what cannot be asked.
    """
    conditions = _conditions(question)
    overlap = _overlap(question)
    with store.reading() as conn:
        if question.report is not None:
            conditions.append(documents.c.id == _one_report(conn, escaped(question.report)).id)
        else:
            conditions.append(CURRENT)
        found = _matching(conditions, overlap, question)
        dated, total = _page(conn, found, question.limit)
        undated: list[AnyRecord] = []
        if overlap is not None:
            rest = None if question.limit is None else question.limit - len(dated)
            without = _matching(conditions, rows.c.date_start.is_(None), question)
            undated, more = _page(conn, without, rest)
            total += more
        reports = reports_of(conn, {record.doc for record in (*dated, *undated)})
    return Answer(
        question=question, records=tuple(dated), undated=tuple(undated), reports=reports, total=total
    )  # fmt: skip


def record(store: Store, key: str) -> tuple[AnyRecord, Report]:
    """The record with this id or beginning of an id, and its report. CallError where there is none, or several."""
    key = escaped(key)
    with store.reading() as conn:
        wanted = select(rows.c.id, CORRECTED).select_from(rows.join(bodies).outerjoin(overlays, OF_BODY))
        wanted = wanted.where(_begins(rows.c.id, key, "record"))
        found = conn.execute(wanted.order_by(rows.c.id).limit(_SHOWN + 1)).all()
        made = decode(_only(found, key, "record").json)
        return made, reports_of(conn, {made.doc})[0]


def report(store: Store, key: str) -> Report:
    """The report with this uri, id, or beginning of an id; of one uri the text that counts. CallError as `record`."""
    with store.reading() as conn:
        return _report(_one_report(conn, escaped(key)))


def reports(store: Store, *, dyad: tuple[str, ...] = (), superseded: bool = False) -> list[Report]:
    """The reports of a store, oldest first and undated last; those about a dyad; superseded ones where wanted."""
    wanted = _report_select()
    if not superseded:
        wanted = wanted.where(CURRENT)
    if dyad:
        about = select(rows.c.doc).where(rows.c.n.in_(_involving(dyad)))
        wanted = wanted.where(documents.c.n.in_(about))
    order = (_published.is_(None), _published, documents.c.uri, documents.c.id)
    with store.reading() as conn:
        return [_report(row) for row in conn.execute(wanted.order_by(*order))]


def positions(store: Store, question: Question, topic: str) -> Answer:
    """What speakers of the states asked for said on a topic, the newest first; what has no date stands apart.

    A topic is a subject (ontologies/subjects.toml), or words as in `search`. A statement counts on the day it was
    made, else on its report's. CallError, with the subjects, for words that no statement of the store holds.
    """
    first, last = days_of(question)
    subject = topics.subject_of(topic)
    holding = None if subject else _holding(store, topic)
    found = records(store, structs.replace(question, kinds=("statement",), since=None, until=None, limit=None))
    said = [s for s in found if isinstance(s, Statement) and (s.speaker.country in question.dyad or not question.dyad)]
    chosen = [s for s in said if (topics.is_on(s, subject) if subject else s.id in (holding or ()))]
    published = {r.id: r.published.value for r in found.reports}
    dated, undated = topics.newest_first(chosen, lambda s: published[s.doc], first, last)
    some = dated[: question.limit]
    rest = undated[: None if question.limit is None else question.limit - len(some)]
    kept = {s.doc for s in (*some, *rest)}
    return Answer(
        question=structs.replace(question, kinds=("statement",)), records=tuple(some), undated=tuple(rest),
        reports=tuple(r for r in found.reports if r.id in kept), total=len(dated) + len(undated),
    )  # fmt: skip


def _holding(store: Store, words: str) -> set[str]:
    """The ids of the statements that hold some words; CallError where none does."""
    terms = terms_of(escaped(words))
    index, match, _ = index_of("records_fts")
    wanted = select(rows.c.id).select_from(index.join(rows, rows.c.n == index.c.rowid))
    with store.reading() as conn:
        found = set(conn.execute(wanted.where(match(terms), rows.c.kind == "statement")).scalars()) if terms else set()
    if not found:
        raise CallError(f"no statement holds {words!r}, and it is no topic: expected {', '.join(topics.names())}")
    return found


def dyads(store: Store) -> list[tuple[str, str, int]]:
    """The pairs of codes that records involve, with the number of records, the most spoken of first."""
    t, n = tally.c, func.sum(tally.c.n)
    wanted = select(t.a, t.b, n).where(t.b != "").group_by(t.a, t.b).order_by(n.desc(), t.a, t.b)
    with store.reading() as conn:
        return [(a, b, int(held)) for a, b, held in conn.execute(wanted)]


def problems(store: Store) -> list[Problem]:
    """What could not be read or coded, by input, report and place."""
    return list(store.problems())


def counts(store: Store) -> dict[str, int]:
    """How many reports, records of each kind, and problems count in a store."""
    return store.counts()


def _conditions(question: Question) -> list[ColumnElement[bool]]:
    """What a question asks of a record, but for its report and its date."""
    known("kind", question.kinds, [kind.name for kind in KINDS])
    known("status", question.statuses, get_args(Status))
    if question.limit is not None and question.limit < 0:
        raise CallError(f"expected a limit of 0 or more, got {question.limit}")
    conditions: list[ColumnElement[bool]] = []
    if not question.rejected:
        conditions.append(NOT_REJECTED)
    if question.kinds:
        conditions.append(rows.c.kind.in_(question.kinds))
    if question.statuses:
        conditions.append(rows.c.status.in_(question.statuses))
    if question.types:
        conditions.append(func.lower(rows.c.type).in_([name.lower() for name in question.types]))
    if question.claimed_by is not None:
        conditions.append(claimed(question.claimed_by))
    return conditions


def _involving(dyad: tuple[str, ...]) -> Select[tuple[int]]:
    """The numbers of the records of a dyad, or of one state or organisation."""
    codes = sorted(set(dyad))
    if len(codes) == 1:
        return select(parties.c.record).where(parties.c.code == codes[0]).distinct()
    if len(codes) != _PAIR:
        raise CallError(f"expected one or two codes, got {len(codes)}: {', '.join(codes)}")
    return select(pairs.c.record).where(pairs.c.a == codes[0], pairs.c.b == codes[1])


def _overlap(question: Question) -> ColumnElement[bool] | None:
    """That the time of a thing has a day in common with the time asked for; None where none is."""
    first, last = days_of(question)
    conditions = [rows.c.date_end >= first] if first else []
    conditions += [rows.c.date_start <= last] if last else []
    return and_(*conditions) if conditions else None


def _matching(
    conditions: list[ColumnElement[bool]], date: ColumnElement[bool] | None, question: Question
) -> Select[Any]:
    """The records that fit, as a selection of their numbers; joined so that the dyad's index leads."""
    start: Any = rows.join(documents)
    if question.dyad:
        chosen = _involving(question.dyad).subquery()
        start = chosen.join(rows, rows.c.n == chosen.c.record).join(documents, documents.c.n == rows.c.doc)
    fitting = [*conditions, date] if date is not None else conditions
    return select(rows.c.n).select_from(start.outerjoin(overrides, overrides.c.doc == documents.c.n)).where(*fitting)


def _page(conn: Connection, found: Select[Any], limit: int | None) -> tuple[list[AnyRecord], int]:
    """The records of a selection in their order up to a limit, and how many there are without it.

    Only numbers are sorted; the records themselves are fetched for the page alone.
    """
    numbers = list(conn.execute(found.order_by(*_ORDER).limit(limit)).scalars())
    json = bodies_of(conn, numbers)
    made = [decode(json[n]) for n in numbers]
    if limit is None or len(made) < limit:
        return made, len(made)
    return made, int(conn.execute(select(func.count()).select_from(found.subquery())).scalar_one())


def _report_select() -> Select[Any]:
    held = select(func.count()).where(rows.c.doc == documents.c.n, NOT_REJECTED).scalar_subquery()
    columns = [c for c in documents.c if c.name not in ("text", "anatomy")]
    return select(*columns, overrides.c.date.label("override"), held.label("held")).select_from(
        documents.outerjoin(overrides)
    )


def reports_of(conn: Connection, ids: set[str]) -> tuple[Report, ...]:
    """The reports with these ids, in the order of ids."""
    found: list[Report] = []
    for some in chunks(sorted(ids)):
        wanted = _report_select().where(documents.c.id.in_(some)).order_by(documents.c.id)
        found += [_report(row) for row in conn.execute(wanted)]
    return tuple(found)


def _report(row: Row[Any]) -> Report:
    return Report(
        id=row.id, uri=row.uri, title=row.title, publisher=row.publisher, published=_effective(row),
        place=row.place, lang=row.lang, author=row.author, characters=row.characters, parsed=row.parsed,
        records=row.held, superseded_by=row.superseded_by,
    )  # fmt: skip


def _effective(row: Row[Any]) -> Dated:
    """The date of a report that counts: a person's where one was given, with what was inferred among the candidates."""
    coded = dated_of(row)
    if row.override is None or (coded.how == "overruled" and coded.value == row.override):
        return coded
    others = dict.fromkeys(date for date in (coded.value, *coded.candidates) if date and date != row.override)
    return Dated(
        value=row.override, how="overruled", stated=coded.stated, candidates=tuple(others), reasons=coded.reasons
    )  # fmt: skip


def _one_report(conn: Connection, key: str) -> Any:
    if key not in NOWHERE:
        of_uri = _report_select().where(documents.c.uri == key).order_by(CURRENT.desc(), documents.c.id).limit(1)
        row = conn.execute(of_uri).one_or_none()
        if row is not None:
            return row
    wanted = _report_select().where(_begins(documents.c.id, key, "report"))
    found = conn.execute(wanted.order_by(documents.c.id).limit(_SHOWN + 1)).all()
    return _only(found, key, "report")


def _begins(ids: ColumnElement[str], key: str, what: str) -> ColumnElement[bool]:
    """That an id begins with `key`, by a range that the index serves."""
    if len(key) < SHORTEST:
        raise CallError(f"{what} {key!r} is too short: expected an id or at least its first {SHORTEST} letters")
    first = key.lower()
    return and_(ids >= first, ids < first + _LAST)


def _only(found: Sequence[Any], key: str, what: str) -> Any:
    """The one row that an abbreviated id stands for; a row whose id it is in full goes first."""
    if not found:
        raise CallError(f"no {what} {key!r} in the store")
    if len(found) > 1 and found[0].id != key.lower():
        ids = ", ".join(row.id for row in found[:_SHOWN])
        raise CallError(f"{what} {key!r} is ambiguous: {ids}{' and more' if len(found) > _SHOWN else ''}")
    return found[0]


