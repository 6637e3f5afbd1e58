"""Which records a question is about: a selection of `told`, where each stands once for every pair, state and all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Select, func, select

from bilateral.errors import CallError
from bilateral.model import AnyRecord, Question, Status, decode
from bilateral.store.judging import bodies_of
from bilateral.store.kinds import KINDS
from bilateral.store.questions import claimed, days_of, known
from bilateral.store.schema import records as rows
from bilateral.store.schema import tally, told
from bilateral.store.writing import chunks

_PAIR = 2
NEWEST_FIRST = (told.c.date_start.desc(), told.c.record.desc())


def key_of(dyad: tuple[str, ...]) -> tuple[str, str]:
    """The codes under which what is asked for stands: of a pair both, of one state it and "", of all none."""
    codes = sorted(set(dyad))
    if len(codes) > _PAIR:
        raise CallError(f"expected one or two codes, got {len(codes)}: {', '.join(codes)}")
    return (codes[0] if codes else "", codes[1] if len(codes) == _PAIR else "")


def chosen(question: Question) -> Select[Any]:
    """The numbers of the records that fit a question, all of it but its limit and report."""
    known("status", question.statuses, get_args(Status))
    a, b = key_of(question.dyad)
    wanted = select(told.c.record).where(told.c.a == a, told.c.b == b)
    for column, values in ((told.c.kind, question.kinds), (told.c.status, question.statuses)):
        if values:
            wanted = wanted.where(column.in_(values))
    if question.types:
        wanted = wanted.where(func.lower(told.c.type).in_([name.lower() for name in question.types]))
    if question.claimed_by:
        wanted = wanted.join(rows, rows.c.n == told.c.record).where(claimed(question.claimed_by))
    first, last = days_of(question)
    if first:
        wanted = wanted.where(told.c.date_end >= first)
    return wanted.where(told.c.date_start <= last, told.c.date_start != "") if last else wanted


def totals(conn: Connection, question: Question) -> dict[str, int]:
    """How many records of each kind fit a question; kinds without any are left out."""
    if not is_narrowed(question):
        a, b = key_of(question.dyad)
        held = select(tally.c.kind, tally.c.n).where(tally.c.a == a, tally.c.b == b)
        if question.kinds:
            held = held.where(tally.c.kind.in_(question.kinds))
    else:
        held = chosen(question).with_only_columns(told.c.kind, func.count()).group_by(told.c.kind)
    found = {str(kind): int(n) for kind, n in conn.execute(held)}
    return {kind.name: found[kind.name] for kind in KINDS if found.get(kind.name)}


def is_narrowed(question: Question) -> bool:
    """Whether more than states and kinds is asked for."""
    return bool(question.statuses or question.types or question.claimed_by or question.since or question.until)


def bodies(conn: Connection, numbers: list[int]) -> list[AnyRecord]:
    """Records by their numbers, in that order."""
    json = bodies_of(conn, numbers)
    return [decode(json[n]) for n in numbers]


def each(conn: Connection, wanted: Select[Any], key: ColumnElement[Any], values: Iterable[Any]) -> list[Any]:
    """The first column of all rows whose key is one of some values."""
    found: list[Any] = []
    for some in chunks(sorted(set(values))):
        found += conn.execute(wanted.where(key.in_(some))).scalars()
    return found
