"""The ledger as a user asks for it: entries within limits, one entry with all that is told of it, indices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from bilateral import accounts, query
from bilateral.desk.wishes import codes_of, edtf
from bilateral.entries import Entry, EntryKind
from bilateral.errors import CallError
from bilateral.indices import By, Happening, Index, of_entries, of_records
from bilateral.indices import indices as tabled
from bilateral.interval import interval
from bilateral.model import AnyRecord, Event, Question, Report, Visit
from bilateral.store import Store

ENTRY_KINDS: tuple[str, ...] = get_args(EntryKind)
_PLURALS = {f"{kind}s": kind for kind in ENTRY_KINDS}
_PAIR = 2


class Listed(Struct, frozen=True, kw_only=True):
    """An entry of a list with the record that says best what it is: the earliest with the entry's own status."""

    entry: Entry
    record: AnyRecord


class Telling(Struct, frozen=True, kw_only=True):
    """A record of an entry with the report that it rests on."""

    record: AnyRecord
    report: Report


class Account(Struct, frozen=True, kw_only=True):
    """An entry with all that is told of it, in the order of telling, and the reports of its sources by id."""

    entry: Entry
    tellings: tuple[Telling, ...]
    reports: dict[str, Report]


def ledger(
    store: Store,
    dyad: Iterable[str] = (),
    *,
    kinds: Iterable[str] = (),
    statuses: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
    is_open: bool = False,
    contradicted: bool = False,
    limit: int | None = None,
) -> list[Listed]:
    """The entries of a pair, of one state with all others, or of all pairs, by date, undated ones last.

    `is_open` asks for plans whose outcome no report tells, `contradicted` for what reports tell differently.
    """
    found = accounts.entries(
        store, dyad=_codes(dyad), kinds=[_PLURALS.get(k, k) for k in _parts(kinds)], statuses=_parts(statuses),
        since=edtf("since", since), until=edtf("until", until), is_open=is_open, contradicted=contradicted,
    )[:limit]  # fmt: skip
    records = accounts.told(store, (key for e in found for key in e.records))
    return [Listed(entry=e, record=_best(e, records)) for e in found]


def _best(entry: Entry, records: dict[str, AnyRecord]) -> AnyRecord:
    told = [records[key] for key in entry.records if key in records]
    things = [r for r in told if not isinstance(r, Event)] or told
    fitting = [r for r in things if r.status == entry.status] or things[:1]
    named = (r for r in fitting if isinstance(r, Visit) and r.visit_kind == entry.type)
    stays = (r for r in fitting if isinstance(r, Visit) and "visit" in entry.type and "visit" in r.visit_kind)
    return next(named, None) or next(stays, None) or fitting[0]


def _codes(words: Iterable[str]) -> tuple[str, ...]:
    codes = codes_of([words] if isinstance(words, str) else words)
    if len(codes) > _PAIR or len(set(codes)) < len(codes):
        raise CallError(f"expected one state or two different ones, got {' and '.join(codes)}")
    return codes


def _parts(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def entry(store: Store, key: str, *, dyad: Iterable[str] = ()) -> Account:
    """An entry by its id, a former id, or the beginning of one, with its records, their words and its sources.

    A record about three states is in an entry of each of their pairs: `dyad` says which is meant.
    """
    found = accounts.entry(store, key, dyad=_codes(dyad))
    records = accounts.told(store, found.records)
    wanted = {*found.reports, *(doc for w in found.witnesses for doc in w.reports)}
    reports = {r.id: r for r in query.reports(store, dyad=found.dyad, superseded=True) if r.id in wanted}
    tellings = tuple(
        Telling(record=records[key], report=reports[records[key].doc]) for key in found.records if key in records
    )  # fmt: skip
    return Account(entry=found, tellings=tellings, reports=reports)


def indices(
    store: Store,
    dyad: Iterable[str],
    *,
    by: By = "month",
    count: Literal["entries", "records"] = "entries",
    since: str | None = None,
    until: str | None = None,
) -> list[Index]:
    """Counts by quad class and score sums of a pair, period by period and direction by direction.

    `count` entries: each happening once, whoever tells it; records: each telling that is news. CallError where the
    states are not two.
    """
    codes = _codes(dyad)
    if len(codes) != _PAIR:
        raise CallError(f"expected two states, got {' and '.join(codes) or 'none'}")
    answer = query.records(store, Question(kinds=("event",), dyad=codes))
    days = {r.id: span[0] if (span := interval(r.published.value)) else None for r in query.reports(store)}
    events = [r for r in (*answer.records, *answer.undated) if isinstance(r, Event)]
    told = {r.id: Happening(event=r, day=days.get(r.doc)) for r in events}
    pair = (min(codes), max(codes))
    some = of_records(told.values())
    if count == "entries":
        some = of_entries(accounts.entries(store, dyad=pair), told)
    first, last = _bounds(edtf("since", since), edtf("until", until), by)
    made = tabled(some, pair, days.values(), by=by)
    return [row for row in made if first <= row.period <= last]


def _bounds(since: str | None, until: str | None, by: By) -> tuple[str, str]:
    """The first and last period asked for; without a limit those without a day are in."""
    length = len("2019-03") if by == "month" else len("2019")
    first, last = interval(since), interval(until)
    return first[0][:length] if first else "", last[1][:length] if last else "9999-12"
