"""The ledger's tables: near-copies of reports, entries with their members and former ids, pairs to be gone through.

Holds what `keeping` makes; joins nothing itself. Every function runs inside a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bilateral.entries import Entry, Source, encoded
from bilateral.interval import interval
from bilateral.model import AnyRecord, decode
from bilateral.store import judging, schema
from bilateral.store.schema import bodies, documents, overlays, overrides, pairs, records
from bilateral.store.writing import chunks

Pair = tuple[str, str]
KINDS = ("event", "visit", "agreement", "measure")  # what the ledger joins


Make = Callable[[list[AnyRecord], dict[str, Source], list[tuple[str, str]], judging.Rulings], Iterable[Entry]]


class Page(NamedTuple):
    """A report as near-copies are found among: its id, text, and first day or None."""

    id: str
    text: str
    day: str | None


def unscreened(conn: Connection, limit: int) -> list[Page]:
    """Some reports that count and were not yet compared with the others, by number."""
    wanted = (
        select(documents.c.id, documents.c.text, _day())
        .select_from(documents.outerjoin(overrides))
        .where(documents.c.n.not_in(select(schema.screened.c.doc)), documents.c.superseded_by.is_(None))
        .order_by(documents.c.n)
        .limit(limit)
    )
    return [Page(*row) for row in conn.execute(wanted)]


def _day() -> Any:
    return func.coalesce(overrides.c.date_start, documents.c.date_start)


def sharing(conn: Connection, bands: Iterable[str]) -> list[Page]:
    """The screened reports that have one of some bands, by id."""
    found: dict[str, Page] = {}
    for some in chunks(bands):
        wanted = (
            select(documents.c.id, documents.c.text, _day())
            .select_from(schema.bands.join(documents).outerjoin(overrides, overrides.c.doc == documents.c.n))
            .where(schema.bands.c.band.in_(some))
            .distinct()
        )
        found.update((row.id, Page(*row)) for row in conn.execute(wanted))
    return [found[key] for key in sorted(found)]


def screened(
    conn: Connection, limit: int, bands: Callable[[str], Iterable[str]], alike: Callable[[Page, Page], bool]
) -> int:
    """Compare some reports that are new with those that share a band with them; how many were compared."""
    some = unscreened(conn, limit)
    for page in some:
        keys = tuple(bands(page.text))
        _screen(conn, page.id, keys, [other.id for other in sharing(conn, keys) if alike(page, other)])
    return len(some)


def _screen(conn: Connection, doc: str, bands: Iterable[str], copies: Iterable[str]) -> None:
    """Keep a report's bands and the reports that it is a near-copy of."""
    n = conn.execute(select(documents.c.n).where(documents.c.id == doc)).scalar_one()
    conn.execute(upsert(schema.screened).on_conflict_do_nothing(), {"doc": n})
    rows = [{"band": band, "doc": n} for band in bands]
    if rows:
        conn.execute(upsert(schema.bands).on_conflict_do_nothing(), rows)
    for other in copies:
        m = conn.execute(select(documents.c.n).where(documents.c.id == other)).scalar_one()
        conn.execute(upsert(schema.copies).on_conflict_do_nothing(), {"one": min(n, m), "two": max(n, m)})


def stale(conn: Connection) -> list[Pair]:
    """The pairs whose entries are to be made anew, in order."""
    t = schema.stale.c
    return [(a, b) for a, b in conn.execute(select(t.a, t.b).order_by(t.a, t.b))]


def of_pair(conn: Connection, pair: Pair) -> list[AnyRecord]:
    """The records of a pair that the ledger joins, as people left them, of reports that count, by report and place."""
    wanted = (
        select(judging.CORRECTED)
        .select_from(
            pairs.join(records)
            .join(bodies)
            .outerjoin(overlays, overlays.c.record == records.c.n)
            .join(documents, documents.c.n == records.c.doc)
        )
        .where(
            pairs.c.a == pair[0], pairs.c.b == pair[1], records.c.kind.in_(KINDS), documents.c.superseded_by.is_(None),
            judging.NOT_REJECTED,
        )
        .order_by(records.c.doc, records.c.position, records.c.id)
    )
    return [decode(json) for json in conn.execute(wanted).scalars()]


_ONE, _TWO = documents.alias("one"), documents.alias("two")
_COPIES = select(_ONE.c.id, _TWO.c.id).select_from(
    schema.copies.join(_ONE, _ONE.c.n == schema.copies.c.one).join(_TWO, _TWO.c.n == schema.copies.c.two)
)


def copies_among(conn: Connection, docs: Iterable[str]) -> list[tuple[str, str]]:
    """The near-copies that some reports have, by ids, with the copies of those copies."""
    found: set[tuple[str, str]] = set()
    todo = set(docs)
    done: set[str] = set()
    while todo:
        done |= todo
        for some in chunks(sorted(todo)):
            rows = conn.execute(_COPIES.where(_ONE.c.id.in_(some) | _TWO.c.id.in_(some))).all()
            found |= {(a, b) if a < b else (b, a) for a, b in rows}
        todo = {key for pair in found for key in pair} - done
    return sorted(found)


def sources(conn: Connection, docs: Iterable[str]) -> dict[str, Source]:
    """Each of some reports as the ledger sees it, its story not yet known."""
    found: dict[str, Source] = {}
    for some in chunks(docs):
        wanted = select(documents.c.id, documents.c.publisher, _day()).select_from(documents.outerjoin(overrides))
        for key, publisher, day in conn.execute(wanted.where(documents.c.id.in_(some))):
            found[key] = Source(id=key, publisher=publisher, day=day, story=key)
    return found


def post(conn: Connection, pair: Pair, make: Make) -> int:
    """Make the entries of a pair anew from its records, their reports, the near-copies of those, and rulings; how many.

    Rulings are the pairs of records that people joined, and those that they split.
    """
    found = of_pair(conn, pair)
    docs = sorted({record.doc for record in found})
    copied = copies_among(conn, docs)
    of = sources(conn, sorted({*docs, *(key for both in copied for key in both)}))
    return put(conn, pair, make(found, of, copied, judging.rulings(conn, pair)))


def put(conn: Connection, pair: Pair, made: Iterable[Entry]) -> int:
    """Replace the entries of a pair; ids that an entry had before lead to it from then on. How many there are now."""
    here = and_(schema.entries.c.a == pair[0], schema.entries.c.b == pair[1])
    led = _leading(conn, pair)
    conn.execute(delete(schema.entries).where(here))
    rows, member_rows = [], []
    last = int(conn.execute(select(func.coalesce(func.max(schema.entries.c.n), 0))).scalar_one())
    names: dict[str, str] = {}
    for n, entry in enumerate(made, start=last + 1):
        for record in entry.records:
            names.setdefault(record, entry.id)
        rows.append(_row(n, pair, entry))
        member_rows += [{"record": record, "entry": n} for record in entry.records]
    for table, some in ((schema.entries, rows), (schema.members, member_rows)):
        if some:
            conn.execute(insert(table), some)
    _rename(conn, pair, led, names, {str(row["id"]) for row in rows})
    t = schema.stale.c
    conn.execute(delete(schema.stale).where(t.a == pair[0], t.b == pair[1]))
    return len(rows)


def _leading(conn: Connection, pair: Pair) -> dict[str, list[str]]:
    """The present ids of a pair's entries, each with its records."""
    e, m = schema.entries.c, schema.members.c
    held = schema.entries.join(schema.members)
    wanted = select(e.id, m.record).select_from(held).where(e.a == pair[0], e.b == pair[1])
    found: dict[str, list[str]] = {}
    for key, record in conn.execute(wanted.order_by(e.id, m.record)):
        found.setdefault(key, []).append(record)
    return found


def _row(n: int, pair: Pair, entry: Entry) -> dict[str, object]:
    span = interval(entry.date)
    return {
        "n": n, "a": pair[0], "b": pair[1], "id": entry.id, "kind": entry.kind, "type": entry.type, "date": entry.date,
        "date_start": span[0] if span else None, "date_end": span[1] if span else None, "status": entry.status,
        "is_open": int(entry.is_open), "contradictions": len(entry.contradictions), "independent": entry.independent,
        "json": encoded(entry).decode(),
    }  # fmt: skip


def _rename(
    conn: Connection, pair: Pair, led: dict[str, list[str]], names: dict[str, str], now: set[str]
) -> None:  # fmt: skip
    """Let ids that entries of a pair had before lead to the entry that holds their records now."""
    f = schema.former.c
    moved = {old: names[first] for old, held in led.items() if (first := next((r for r in held if r in names), None))}
    conn.execute(delete(schema.former).where(f.a == pair[0], f.b == pair[1], f.id.in_(sorted(now))))
    for old, new in sorted(moved.items()):
        if old in now or old == new:
            continue
        conn.execute(schema.former.update().where(f.a == pair[0], f.b == pair[1], f.now == old).values(now=new))
        row = {"a": pair[0], "b": pair[1], "id": old, "now": new}
        conn.execute(upsert(schema.former).prefix_with("OR REPLACE"), row)
