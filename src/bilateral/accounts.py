"""Questions to the ledger of a store: entries of a dyad, one entry by its id, the entries of a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Select, func, select

from bilateral.entries import Entry, EntryKind, entry_of
from bilateral.errors import CallError
from bilateral.model import AnyRecord, decode
from bilateral.store import Store
from bilateral.store.coding import escaped
from bilateral.store.judging import CORRECTED
from bilateral.store.questions import day
from bilateral.store.schema import bodies, former, members, overlays, records
from bilateral.store.schema import entries as rows
from bilateral.store.writing import chunks

SHORTEST = 4  # letters that an abbreviated id must have
_LAST = "\U0010ffff"
_SHOWN = 6
_PAIR = 2
_by_month = msgspec.json.Decoder(dict[str, int])
_ORDER = (rows.c.date_start.is_(None), rows.c.date_start, rows.c.kind, rows.c.id, rows.c.a, rows.c.b)


def entries(
    store: Store,
    *,
    dyad: Iterable[str] = (),
    kinds: Iterable[str] = (),
    statuses: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
    is_open: bool = False,
    contradicted: bool = False,
) -> list[Entry]:
    """The entries that fit, by date, undated ones last; of one code those of all its pairs, of none all.

    `is_open` asks for plans whose outcome no report tells, `contradicted` for what reports tell differently. With
    `since` or `until` an entry counts when its date overlaps. Raises CallError for what cannot be asked.
    """
    wanted = _of(tuple(sorted(set(dyad)))).order_by(*_ORDER)
    for column, values in ((rows.c.kind, _known(tuple(kinds))), (rows.c.status, tuple(statuses))):
        if values:
            wanted = wanted.where(column.in_(values))
    first, last = day("since", since, 0), day("until", until, 1)
    if first:
        wanted = wanted.where(rows.c.date_end >= first)
    if last:
        wanted = wanted.where(rows.c.date_start <= last)
    if is_open:
        wanted = wanted.where(rows.c.is_open == 1)
    if contradicted:
        wanted = wanted.where(rows.c.contradictions > 0)
    with store.reading() as conn:
        return _made(conn, wanted)


def newest(
    store: Store, *, dyad: Iterable[str] = (), kinds: Iterable[str] = (), is_open: bool = False,
    contradicted: bool = False, offset: int = 0, limit: int = 50,
) -> tuple[list[Entry], int]:  # fmt: skip
    """Some of the entries that fit as in `entries`, the newest first and undated ones last, and how many fit."""
    wanted = _of(tuple(sorted(set(dyad))))
    if some := tuple(kinds):
        wanted = wanted.where(rows.c.kind.in_(_known(some)))
    if is_open:
        wanted = wanted.where(rows.c.is_open == 1)
    if contradicted:
        wanted = wanted.where(rows.c.contradictions > 0)
    order = (rows.c.date_start.desc(), rows.c.kind.desc(), rows.c.id.desc(), rows.c.a.desc(), rows.c.b.desc())
    # Numbers are sorted alone: an entry's JSON is long.
    numbers = wanted.with_only_columns(rows.c.n)
    with store.reading() as conn:
        total = int(conn.execute(select(func.count()).select_from(numbers.subquery())).scalar_one())
        chosen = list(conn.execute(numbers.order_by(*order).limit(limit).offset(offset)).scalars())
        made = _made(conn, _of(()).where(rows.c.n.in_(chosen)).order_by(*order))
    return made, total


def holding(store: Store, ids: Iterable[str], *, dyad: Iterable[str] = ()) -> list[Entry]:
    """The entries of a dyad that hold some of these records, in the order of `entries`."""
    chosen = _of(tuple(sorted(set(dyad))))
    numbers: set[int] = set()
    with store.reading() as conn:
        for some in chunks(sorted(set(ids))):
            numbers.update(conn.execute(select(members.c.entry).where(members.c.record.in_(some))).scalars())
        found: dict[int, Any] = {}
        for few in chunks(sorted(numbers)):
            wanted = chosen.add_columns(rows.c.n, rows.c.id, rows.c.kind, rows.c.date_start)
            found.update((row.n, row) for row in conn.execute(wanted.where(rows.c.n.in_(few))))
        order = sorted(
            found.values(), key=lambda r: (r.date_start is None, r.date_start or "", r.kind, r.id, r.a, r.b)
        )  # fmt: skip
        return _named(conn, [entry_of(row.json) for row in order])


def months(store: Store, pair: tuple[str, str], statuses: Iterable[str]) -> list[tuple[str, str, str, dict[str, int]]]:
    """How many entries of a pair and some statuses lie within each month: (kind, type, status, how many by month).

    The months of one kind, type and status come as one row: thousands of short ones would cost more than counting them.
    """
    month = func.substr(rows.c.date_start, 1, 7).label("month")
    of = (rows.c.kind, rows.c.type, rows.c.status)
    counted = (
        select(*of, month, func.count().label("n"))
        .where(rows.c.a == pair[0], rows.c.b == pair[1], rows.c.status.in_(tuple(statuses)))
        .where(month == func.substr(rows.c.date_end, 1, 7))
        .group_by(*of, month)
        .subquery()
    )
    by = (counted.c.kind, counted.c.type, counted.c.status)
    wanted = select(*by, func.json_group_object(counted.c.month, counted.c.n)).group_by(*by).order_by(*by)
    with store.reading() as conn:
        return [(kind, what, status, _by_month.decode(held)) for kind, what, status, held in conn.execute(wanted)]


def _known(kinds: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [kind for kind in kinds if kind not in get_args(EntryKind)]
    if wrong:
        raise CallError(f"unknown kind of entry {wrong[0]!r}: expected one of {', '.join(get_args(EntryKind))}")
    return kinds


def _of(codes: tuple[str, ...]) -> Select[Any]:
    wanted = select(rows.c.a, rows.c.b, rows.c.json)
    if not codes:
        return wanted
    if len(codes) == 1:
        return wanted.where((rows.c.a == codes[0]) | (rows.c.b == codes[0]))
    if len(codes) != _PAIR:
        raise CallError(f"expected one or two codes, got {len(codes)}: {', '.join(codes)}")
    return wanted.where(rows.c.a == codes[0], rows.c.b == codes[1])


def _made(conn: Connection, wanted: Select[Any]) -> list[Entry]:
    """The entries of a selection with the ids that they had before."""
    return _named(conn, [entry_of(row.json) for row in conn.execute(wanted)])


def _named(conn: Connection, found: list[Entry]) -> list[Entry]:
    """Entries with the ids that they had before."""
    names: dict[tuple[str, str, str], list[str]] = {}
    for some in chunks(sorted({e.id for e in found})):
        before = select(former).where(former.c.now.in_(some)).order_by(former.c.id)
        for row in conn.execute(before):
            names.setdefault((row.a, row.b, row.now), []).append(row.id)
    return [structs.replace(e, former=tuple(names.get((*e.dyad, e.id), ()))) for e in found]


def entry(store: Store, key: str, *, dyad: Iterable[str] = ()) -> Entry:
    """The entry with this id, a former id, or the beginning of an id; CallError where there is none, or several.

    A record about three states is in an entry of each of their pairs: `dyad` says which is meant.
    """
    key = escaped(key).lower()
    if len(key) < SHORTEST:
        raise CallError(f"entry {key!r} is too short: expected an id or at least its first {SHORTEST} letters")
    codes = tuple(sorted(set(dyad)))
    with store.reading() as conn:
        found = _made(conn, _of(codes).where(rows.c.id >= key, rows.c.id < key + _LAST).order_by(*_ORDER))
        if not found:
            moved = select(former.c.a, former.c.b, former.c.now).where(former.c.id >= key, former.c.id < key + _LAST)
            led = {(row.a, row.b): row.now for row in conn.execute(moved)}
            found = [e for pair, now in sorted(led.items()) if not codes or pair == codes
                     for e in _made(conn, _of(pair).where(rows.c.id == now))]  # fmt: skip
    return _only(found, key)


def _only(found: list[Entry], key: str) -> Entry:
    if not found:
        raise CallError(f"no entry {key!r} in the ledger")
    if len(found) > 1:
        named = ", ".join(f"{e.id} ({'-'.join(e.dyad)})" for e in found[:_SHOWN])
        raise CallError(f"entry {key!r} is ambiguous: {named}{' and more' if len(found) > _SHOWN else ''}")
    return found[0]


def told(store: Store, ids: Iterable[str]) -> dict[str, AnyRecord]:
    """The records of some ids as people left them, by id; ids that are no record's are left out."""
    found: dict[str, AnyRecord] = {}
    joined = records.join(bodies).outerjoin(overlays, overlays.c.record == records.c.n)
    with store.reading() as conn:
        for some in chunks(sorted(set(ids))):
            wanted = select(records.c.id, CORRECTED).select_from(joined).where(records.c.id.in_(some))
            found.update((key, decode(json)) for key, json in conn.execute(wanted))
    return found


def of_records(store: Store, ids: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
    """The entries of some records, by record id; records that the ledger does not join are left out."""
    found: dict[str, list[Entry]] = {}
    with store.reading() as conn:
        for some in chunks(sorted(set(ids))):
            wanted = (
                select(members.c.record, rows.c.json)
                .select_from(members.join(rows, rows.c.n == members.c.entry))
                .where(members.c.record.in_(some))
                .order_by(members.c.record, rows.c.a, rows.c.b)
            )
            for record, json in conn.execute(wanted):
                found.setdefault(record, []).append(entry_of(json))
    return {record: tuple(some) for record, some in found.items()}
