"""Search over the words of reports and records, the best first, with the words around what was found."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, Subquery, select

from bilateral.model import AnyRecord, Report, decode
from bilateral.query.answers import CURRENT, OF_BODY, reports_of
from bilateral.query.indexes import index_of, snippet_of, terms_of
from bilateral.store import Store
from bilateral.store.coding import escaped
from bilateral.store.judging import CORRECTED, NOT_REJECTED
from bilateral.store.schema import bodies, documents, overlays
from bilateral.store.schema import records as rows


class Hit(Struct, frozen=True):
    """One find of a search: the report, the record (None: the report's own text), and the words around, `[marked]`."""

    report: Report
    record: AnyRecord | None
    snippet: str


def search(store: Store, words: str, *, limit: int = 20, weighed: int | None = None) -> list[Hit]:
    """The reports and records whose words hold all of these, the best first.

    `"…"` asks for words in this order, a `*` after a word for its beginnings; everything else is taken as words. Words
    match in their other forms too (agreements, agreement). The titles of reports weigh more. Of what holds the words
    the last `weighed` reports and records that came into the store are weighed, all where it is None.
    """
    terms = terms_of(escaped(words))
    if not terms or limit < 1:
        return []
    with store.reading() as conn:
        found = [*_report_hits(conn, terms, limit, weighed), *_record_hits(conn, terms, limit, weighed)]
        best = sorted(found, key=lambda hit: (hit.rank, hit.doc, hit.json is not None, hit.key))[:limit]
        about = {r.id: r for r in reports_of(conn, {hit.doc for hit in best})}
        return [Hit(about[hit.doc], decode(hit.json) if hit.json else None, hit.snippet) for hit in best]


class _Found(Struct, frozen=True):
    rank: float
    doc: str
    key: str
    json: str | None
    snippet: str


def _holding(name: str, terms: str, at: int, weighed: int | None) -> Subquery:
    """The rows that hold some words, with their rank and a snippet; the last ones that came."""
    index, match, rank = index_of(name)
    wanted: Select[Any] = select(index.c.rowid, rank.label("rank"), snippet_of(name, at).label("snippet"))
    return wanted.where(match(terms)).order_by(index.c.rowid.desc()).limit(weighed).subquery()


def _report_hits(conn: Connection, terms: str, limit: int, weighed: int | None) -> list[_Found]:
    held = _holding("documents_fts", terms, -1, weighed)
    wanted = (
        select(held.c.rank, documents.c.id, held.c.snippet)
        .select_from(held.join(documents, documents.c.n == held.c.rowid))
        .where(CURRENT)
        .order_by(held.c.rank, documents.c.id)
        .limit(limit)
    )
    return [_Found(row.rank, row.id, "", None, row.snippet) for row in conn.execute(wanted)]


def _record_hits(conn: Connection, terms: str, limit: int, weighed: int | None) -> list[_Found]:
    held = _holding("records_fts", terms, 0, weighed)
    best = (
        select(held.c.rank, rows.c.n, rows.c.id.label("key"), documents.c.id.label("doc"), held.c.snippet)
        .select_from(held.join(rows, rows.c.n == held.c.rowid).join(documents, documents.c.n == rows.c.doc))
        .where(CURRENT, NOT_REJECTED)
        .order_by(held.c.rank, rows.c.id)
        .limit(limit)
        .subquery()
    )
    wanted = select(best, CORRECTED).select_from(
        best.join(bodies, bodies.c.record == best.c.n).outerjoin(overlays, OF_BODY)
    )
    return [_Found(row.rank, row.doc, row.key, row.json, row.snippet) for row in conn.execute(wanted)]
