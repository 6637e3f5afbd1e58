"""People's corrections in the store: the rows, the records that they are about now, and those records as corrected.

A row outlives its report: it names it by id and waits until it is back. What follows from the rows (attachments,
overlays, the columns that are searched) is made anew by `refresh` in the transaction that changes rows or records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bilateral.corrections import Correction, Judged, applied, attached, disputed, encode, ruled, stored, undone
from bilateral.errors import CallError
from bilateral.model import AnyRecord, Evidence, decode
from bilateral.model import encode as encode_record
from bilateral.store import kinds
from bilateral.store.schema import (
    attachments,
    bodies,
    corrections,
    documents,
    overlays,
    pairs,
    parties,
    records,
    stale,
)
from bilateral.store.writing import chunks

Pair = tuple[str, str]
Attachment = tuple[int, str, int, int]
Rulings = tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]
# A record as people left it, where `overlays` is joined from outside; and that nobody's last word rejects it.
CORRECTED = func.coalesce(overlays.c.json, bodies.c.json).label("json")
NOT_REJECTED = records.c.n.not_in(select(overlays.c.record).where(overlays.c.verdict == "rejected"))


class Filed(NamedTuple):
    """A correction as the store holds it: the ids of the records that it is about now, and whether it counts.

    `record` or `other` is None where it attaches to nothing: the report is away, or nothing like it is found there.
    """

    correction: Correction
    record: str | None
    other: str | None
    counts: bool

    @property
    def is_attached(self) -> bool:
        """Whether all that the correction is about is in the store."""
        return self.record is not None and (self.correction.other is None or self.other is not None)


def judge(conn: Connection, rows: Iterable[Correction]) -> list[str]:
    """Store corrections and let them take effect; the ids of those that were not there before."""
    new: dict[str, Correction] = {}
    known = _known(conn, rows := list(rows))
    for row in rows:
        if row.id not in known:
            new.setdefault(row.id, row)
    for some in chunks(new.values()):
        conn.execute(insert(corrections), [_row(row) for row in some])
    refresh(conn, {target.doc for row in new.values() for target in (row.about, row.other) if target})
    return list(new)


def _known(conn: Connection, rows: Iterable[Correction]) -> set[str]:
    found: set[str] = set()
    for some in chunks(row.id for row in rows):
        found.update(conn.execute(select(corrections.c.id).where(corrections.c.id.in_(some))).scalars())
    return found


def _row(row: Correction) -> dict[str, object]:
    other = row.other
    return {
        "id": row.id, "action": row.action, "doc": row.about.doc, "kind": row.about.kind, "record": row.about.record,
        "other_doc": other.doc if other else None, "other": other.record if other else None, "field": row.field,
        "who": row.who, "at": row.when, "json": encode(row).decode(),
    }  # fmt: skip


def refresh(conn: Connection, docs: Iterable[str]) -> None:
    """Let the corrections of some reports take effect on the records that they have now; what is so stays untouched."""
    for some in chunks(sorted(set(docs))):
        c, doc = corrections.c, documents.c.id
        is_judged = or_(exists().where(c.doc == doc), exists().where(c.other_doc == doc))
        wanted = select(documents.c.n, doc).where(doc.in_(some), is_judged)
        for n, key in conn.execute(wanted.order_by(doc)).all():
            _refresh(conn, n, key)


def _refresh(conn: Connection, n: int, doc: str) -> None:
    rows = of_report(conn, doc)
    own = select(records.c.n, bodies.c.json).join(bodies).where(records.c.doc == n).order_by(records.c.n)
    made = [(number, decode(json)) for number, json in conn.execute(own)]
    numbers = {record.id: number for number, record in made}
    text = str(conn.execute(select(documents.c.text).where(documents.c.n == n)).scalar_one())

    def stands(e: Evidence) -> bool:
        return text[e.start : e.end] == e.text

    where = attached(rows, [record for _, record in made], stands)
    back = undone(rows)
    tied = {(numbers[key], row, side, int(row not in back)) for (row, side), key in where.items()}
    changed = _attach(conn, numbers.values(), tied, {row.id for row in rows if row.action in ("join", "split")})
    results = applied([record for _, record in made], rows, stands)
    touched = _overlay(conn, {numbers[j.machine.id]: j for j in results})
    if touched:
        _mark(conn, touched)
        for number, j in ((numbers[j.machine.id], j) for j in results):
            if number in touched:
                _columns(conn, number, j.record)
        _pair(conn, numbers, results)
    _mark(conn, changed | touched)


def _attach(conn: Connection, numbers: Iterable[int], tied: set[Attachment], pairing: set[str]) -> set[int]:
    """Keep what is attached to the records of a report; the records whose joins and splits changed by it."""
    a = attachments.c
    old: set[Attachment] = set()
    for some in chunks(numbers):
        old.update(tuple(row) for row in conn.execute(select(attachments).where(a.record.in_(some))))
    for record, row, side, _ in old - tied:
        conn.execute(delete(attachments).where(a.record == record, a.correction == row, a.side == side))
    rows = [dict(zip(("record", "correction", "side", "counts"), row, strict=True)) for row in sorted(tied - old)]
    if rows:
        conn.execute(insert(attachments), rows)
    return {record for record, row, _, _ in old ^ tied if row in pairing}


def _overlay(conn: Connection, results: dict[int, Judged]) -> set[int]:
    """Keep what the records of a report become by corrections; the numbers of those that now say or are something else.

    A record that is accepted as it stands is none of them: no answer changes by that.
    """
    old: dict[int, tuple[str | None, str]] = {}
    for some in chunks(results):
        wanted = select(overlays).where(overlays.c.record.in_(some))
        old.update((row.record, (row.verdict, row.json)) for row in conn.execute(wanted))
    new: dict[int, tuple[str | None, str]] = {
        n: (j.verdict, encode_record(j.record).decode()) for n, j in results.items() if j.rows
    }
    touched = {n for n in old.keys() | new.keys() if old.get(n) != new.get(n)}
    for n in sorted(touched):
        conn.execute(delete(overlays).where(overlays.c.record == n))
    rows = [{"record": n, "verdict": new[n][0], "json": new[n][1]} for n in sorted(touched & new.keys())]
    if rows:
        conn.execute(insert(overlays), rows)
    plain = {n: (None, encode_record(results[n].machine).decode()) for n in touched}
    return {n for n in touched if _effect(old.get(n, plain[n])) != _effect(new.get(n, plain[n]))}


def _effect(overlay: tuple[str | None, str]) -> tuple[bool, str]:
    return overlay[0] == "rejected", overlay[1]


def _columns(conn: Connection, n: int, record: AnyRecord) -> None:
    """Let what is searched of a record be what it says now."""
    conn.execute(update(records).where(records.c.n == n).values(**kinds.common(record)))
    conn.execute(update(bodies).where(bodies.c.record == n).values(words=kinds.words(record)))
    table = kinds.kind(record).table
    conn.execute(update(table).where(table.c.record == n).values(kinds.table_row(record)))
    conn.execute(delete(parties).where(parties.c.record == n))
    rows = [{"code": code, "record": n, "side": side} for code, side in kinds.sides(record)]
    if rows:
        conn.execute(insert(parties), rows)


def _pair(conn: Connection, numbers: dict[str, int], results: Sequence[Judged]) -> None:
    """Let the records of a report belong to the pairs of what they say now; a rejected one makes no pair for others."""
    kept = [j.record for j in results if j.verdict != "rejected"]
    out = {j.record.id for j in results if j.verdict == "rejected"}
    new = {(numbers[key], *pair) for key, pair in kinds.pairs(kept)}
    new |= {(numbers[key], *pair) for key, pair in kinds.pairs([j.record for j in results]) if key in out}
    old: set[tuple[int, str, str]] = set()
    for some in chunks(numbers.values()):
        found = conn.execute(select(pairs.c.record, pairs.c.a, pairs.c.b).where(pairs.c.record.in_(some)))
        old.update((n, a, b) for n, a, b in found)
    for n, a, b in sorted(old - new):
        conn.execute(delete(pairs).where(pairs.c.a == a, pairs.c.b == b, pairs.c.record == n))
    if new - old:
        conn.execute(insert(pairs), [{"record": n, "a": a, "b": b} for n, a, b in sorted(new - old)])


def _mark(conn: Connection, numbers: Iterable[int]) -> None:
    """Mark the pairs that some records belong to as ones whose entries are to be made anew."""
    for some in chunks(sorted(numbers)):
        for a, b in conn.execute(select(pairs.c.a, pairs.c.b).where(pairs.c.record.in_(some)).distinct()).all():
            conn.execute(upsert(stale).on_conflict_do_nothing(), {"a": a, "b": b})


def of_report(conn: Connection, doc: str) -> list[Correction]:
    """The corrections about the records of a report, by time."""
    c = corrections.c
    wanted = select(c.json).where(or_(c.doc == doc, c.other_doc == doc)).order_by(c.at, c.id)
    return [stored(json) for json in conn.execute(wanted).scalars()]


def filed(
    conn: Connection, *, who: str | None = None, doc: str | None = None, record: str | None = None,
    unattached: bool = False,
) -> list[Filed]:  # fmt: skip
    """The corrections by time; of a person, a report, a record that they are about now; or those about none."""
    c = corrections.c
    wanted = select(c.json).order_by(c.at, c.id)
    if who is not None:
        wanted = wanted.where(c.who == who)
    if doc is not None:
        wanted = wanted.where(or_(c.doc == doc, c.other_doc == doc))
    if record is not None:
        on = select(attachments.c.correction).join(records).where(records.c.id == record)
        wanted = wanted.where(c.id.in_(on))
    rows = [stored(json) for json in conn.execute(wanted).scalars()]
    where = _where(conn, [row.id for row in rows])
    back = undone(_undos(conn, sorted({row.about.doc for row in rows})))
    found = [Filed(row, where.get((row.id, 0)), where.get((row.id, 1)), row.id not in back) for row in rows]
    return [f for f in found if not (unattached and f.is_attached)]


def _undos(conn: Connection, docs: Iterable[str]) -> Iterator[Correction]:
    """Yield the undos of rows about some reports; an undo is about the report of what it takes back."""
    c = corrections.c
    for some in chunks(docs):
        found = conn.execute(select(c.json).where(c.doc.in_(some), c.action == "undo")).scalars()
        yield from map(stored, found)


def _where(conn: Connection, ids: Iterable[str]) -> dict[tuple[str, int], str]:
    """The records that corrections are about now, by the correction's id and side."""
    a = attachments.c
    found: dict[tuple[str, int], str] = {}
    for some in chunks(ids):
        wanted = select(a.correction, a.side, records.c.id).select_from(attachments.join(records))
        found.update(((row, side), key) for row, side, key in conn.execute(wanted.where(a.correction.in_(some))))
    return found


def correction(conn: Connection, key: str) -> Correction:
    """The correction with this id or beginning of an id; CallError where there is none, or several."""
    c = corrections.c
    found = conn.execute(select(c.id, c.json).where(c.id.startswith(key.lower(), autoescape=True)).limit(2)).all()
    if not found:
        raise CallError(f"no correction {key!r} in the store")
    if len(found) > 1 and found[0].id != key.lower():
        raise CallError(f"correction {key!r} is ambiguous: {', '.join(row.id for row in found)}")
    return stored(found[0].json)


def machine(conn: Connection, key: str) -> tuple[AnyRecord, list[AnyRecord]]:
    """A record as the machine made it, by its id, and all that the machine made of its report."""
    doc = select(records.c.doc).where(records.c.id == key).scalar_subquery()
    wanted = select(bodies.c.json).select_from(records.join(bodies)).where(records.c.doc == doc)
    made = [decode(json) for json in conn.execute(wanted.order_by(records.c.position, records.c.id)).scalars()]
    found = next((r for r in made if r.id == key), None)
    if found is None:
        raise CallError(f"no record {key!r} in the store")
    return found, made


def bodies_of(conn: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The JSON of some records as people left them, by number."""
    found: dict[int, str] = {}
    for some in chunks(numbers):
        wanted = select(bodies.c.record, CORRECTED).select_from(
            bodies.outerjoin(overlays, overlays.c.record == bodies.c.record)
        )
        found.update((row.record, row.json) for row in conn.execute(wanted.where(bodies.c.record.in_(some))))
    return found


def rulings(conn: Connection, pair: Pair) -> Rulings:
    """The pairs of records, of those of a pair of codes, that people joined, and those that they split."""
    a, c = attachments.c, corrections.c
    own = select(pairs.c.record).where(pairs.c.a == pair[0], pairs.c.b == pair[1])
    wanted = (
        select(c.json)
        .where(c.action.in_(("join", "split")))
        .where(c.id.in_(select(a.correction).where(a.counts == 1, a.record.in_(own))))
    )
    rows = [stored(json) for json in conn.execute(wanted).scalars()]
    return ruled(rows, _where(conn, [row.id for row in rows]))


def queue(
    conn: Connection,
    *,
    kinds_: Iterable[str] = (),
    dyad: tuple[str, ...] = (),
    below: float | None = None,
    disagree: bool = False,
    second: str | None = None,
    limit: int = 1,
) -> list[str]:
    """The ids of records that wait for a verdict, the least sure first.

    `disagree` asks for those that people judge differently; `second` for those that this person has not judged,
    whether others have or not.
    """
    wanted = (
        select(records.c.id)
        .select_from(records.join(documents))
        .where(documents.c.superseded_by.is_(None))
        .order_by(records.c.score, records.c.id)
        .limit(limit)
    )
    names = tuple(kinds_)
    if names:
        wanted = wanted.where(records.c.kind.in_(names))
    if dyad:
        wanted = wanted.where(records.c.n.in_(_involving(dyad)))
    if below is not None:
        wanted = wanted.where(records.c.score < below)
    if disagree:
        wanted = wanted.where(records.c.n.in_(_disputed(conn)))
    elif second is not None:
        wanted = wanted.where(records.c.n.not_in(_judged_by(second)))
    else:
        judged = select(overlays.c.record).where(overlays.c.verdict.is_not(None))
        wanted = wanted.where(records.c.n.not_in(judged))
    return list(conn.execute(wanted).scalars())


def _involving(dyad: tuple[str, ...]) -> Select[Any]:
    if len(dyad) == 1:
        return select(parties.c.record).where(parties.c.code == dyad[0])
    a, b = sorted(dyad)
    return select(pairs.c.record).where(pairs.c.a == a, pairs.c.b == b)


def _judged_by(who: str) -> Select[Any]:
    tie = and_(corrections.c.id == attachments.c.correction, attachments.c.counts == 1)
    wanted = select(attachments.c.record).select_from(attachments.join(corrections, tie))
    return wanted.where(corrections.c.who == who, corrections.c.action.in_(("accept", "reject")))


def _disputed(conn: Connection) -> list[int]:
    """The records that two people or more judge differently."""
    tie = and_(corrections.c.id == attachments.c.correction, attachments.c.counts == 1, attachments.c.side == 0)
    both = attachments.join(corrections, tie)
    judging = corrections.c.action.in_(("accept", "reject", "correct"))
    several = (
        select(attachments.c.record).select_from(both).where(judging)
        .group_by(attachments.c.record).having(func.count(corrections.c.who.distinct()) > 1)
    )  # fmt: skip
    wanted = select(attachments.c.record, corrections.c.json).select_from(both).where(judging)
    of: dict[int, list[Correction]] = defaultdict(list)
    for n, json in conn.execute(wanted.where(attachments.c.record.in_(several))):
        of[n].append(stored(json))
    return [n for n, rows in sorted(of.items()) if disputed(rows)]
