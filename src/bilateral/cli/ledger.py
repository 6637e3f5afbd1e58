"""The commands on the ledger: `ledger` lists its entries, `entry` shows one, `indices` sums up what happened."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import msgspec
import typer

from bilateral import desk
from bilateral.brief import claim, csv_line, harmless_json, json_line, source, table, worded
from bilateral.cli import output
from bilateral.cli.options import DEFAULT, Dyad, Limit, Since, Statuses, StoreAt, Until
from bilateral.desk import Account, Listed
from bilateral.entries import Entry
from bilateral.indices import TABLE, Index
from bilateral.store import Store

ID = 8  # letters shown of an id
_HEAD = ("id", "date", "kind", "type", "status", "what", "told by", "outlets", "contradictions")
_COLUMNS = (
    "id", "pair", "kind", "type", "date", "status", "open", "place", "says", "sides", "independent", "records",
    "reports", "contradictions",
)  # fmt: skip


class Form(StrEnum):
    text = "text"
    csv = "csv"
    jsonl = "jsonl"


class Count(StrEnum):
    entries = "entries"
    records = "records"


class Period(StrEnum):
    month = "month"
    year = "year"


def ledger(
    states: Annotated[list[str] | None, typer.Argument(help="Two states or organisations, or one; none: all.")] = None,
    store: StoreAt = DEFAULT,
    form: Annotated[Form, typer.Option("--format")] = Form.text,
    kind: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(desk.ENTRY_KINDS)}.")] = None,
    status: Statuses = None,
    is_open: Annotated[bool, typer.Option("--open", help="Only plans whose outcome no report tells.")] = False,
    contradictions: Annotated[bool, typer.Option("--contradictions", help="Only what is told differently.")] = False,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List the entries of the ledger: what the records of many reports come to, each thing once."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = desk.ledger(
            opened, states or (), kinds=kind or (), statuses=status or (), since=since, until=until, is_open=is_open,
            contradicted=contradictions, limit=limit,
        )  # fmt: skip
        if not found:
            output.hint(desk.pairs(opened))
    _LISTS[form](found)
    output.note("1 entry" if len(found) == 1 else f"{len(found):,} entries")


def _list_text(found: list[Listed]) -> None:
    rows = [_row(item) for item in found]
    for line in table(_HEAD, rows, width=output.width(), flexible=("what", "contradictions")) if rows else ():
        output.say(line)


def _row(item: Listed) -> list[str]:
    e = item.entry
    return [
        e.id[:ID], e.date or "no date", e.kind, e.type, f"{e.status}, open" if e.is_open else e.status,
        worded(item.record), e.sides, str(e.independent), "; ".join(f"{c.about}: {c.text}" for c in e.contradictions),
    ]  # fmt: skip


def _list_csv(found: list[Listed]) -> None:
    sys.stdout.write(csv_line(_COLUMNS))
    for item in found:
        e = item.entry
        told = "; ".join(f"{c.about}: {c.text}" for c in e.contradictions)
        sys.stdout.write(csv_line((
            e.id, "-".join(e.dyad), e.kind, e.type, e.date, e.status, e.is_open, e.place, worded(item.record), e.sides,
            e.independent, len(e.records), len(e.reports), told,
        )))  # fmt: skip


def _list_jsonl(found: list[Listed]) -> None:
    for item in found:
        row: dict[str, Any] = msgspec.to_builtins(item.entry)
        output.say(harmless_json(json_line({**row, "sides": item.entry.sides, "says": worded(item.record)})))


_LISTS = {Form.text: _list_text, Form.csv: _list_csv, Form.jsonl: _list_jsonl}


# One entry --------------------------------------------------------------------------------------------------------


def entry(
    entry_id: Annotated[str, typer.Argument(help="An entry's id, a former id, or its first four letters or more.")],
    store: StoreAt = DEFAULT,
    dyad: Dyad = None,
    form: Annotated[Form, typer.Option("--format")] = Form.text,
) -> None:
    """Show an entry: its life, who tells it in which words, how the records were joined, where they contradict."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = desk.entry(opened, entry_id, dyad=dyad or ())
    if form is Form.text:
        for line in entry_lines(found):
            output.say(line)
    elif form is Form.jsonl:
        output.say(harmless_json(json_line(_whole(found))))
    else:
        sys.stdout.write(csv_line(("record", "report", "outlet", "date", "says", "words")))
        for t in found.tellings:
            words = (t.record.span("sentence") or t.record.evidence[0]).text
            day = t.report.published.value
            sys.stdout.write(csv_line((t.record.id, t.report.id, t.report.publisher, day, worded(t.record), words)))


def _whole(found: Account) -> dict[str, Any]:
    told = [
        {"record": t.record.id, "report": t.report.id, "says": worded(t.record), "claim": claim(t.record, t.report)}
        for t in found.tellings
    ]
    return {**msgspec.to_builtins(found.entry), "sides": found.entry.sides, "tellings": told}


def entry_lines(found: Account) -> Iterator[str]:
    """Yield the lines that show an entry, part by part."""
    e = found.entry
    state = f"{e.status}, no report tells what became of it" if e.is_open else e.status
    yield f"{e.id}  {e.kind}: {e.type}, {e.date or 'no date'}, {'-'.join(e.dyad)}: {state}"
    if e.place:
        yield f"  place: {e.place}"
    if e.former:
        yield f"  former ids: {', '.join(e.former)}"
    yield f"  told by {e.sides}; {output.count(e.independent, 'independent outlet')}"
    yield from _life(e)
    for c in e.contradictions:
        yield f"  contradiction ({c.about}): {c.text} [{', '.join(key[:ID] for key in c.records)}]"
    yield "tellings, in the order of their reports"
    for t in found.tellings:
        words = " ".join((t.record.span("sentence") or t.record.evidence[0]).text.split())
        yield f"  {t.record.id[:ID]}  {worded(t.record)}"
        yield f"            {claim(t.record, t.report)}: “{words}”"
    yield from _joins(e)
    yield from _witnesses(found)


def _life(e: Entry) -> Iterator[str]:
    if e.life:
        yield "life"
    for step in e.life:
        what = step.stage if step.status in ("happened", step.stage) else f"{step.stage} ({step.status})"
        yield f"  {step.date or 'no date'}  {what}: {', '.join(step.claimants)}"


def _joins(e: Entry) -> Iterator[str]:
    if e.joins:
        yield "joined because"
    for join in e.joins:
        yield f"  {join.record[:ID]} with {join.to[:ID]}: {join.rule} ({join.score:.2f})"


def _witnesses(found: Account) -> Iterator[str]:
    yield "sources"
    for w in found.entry.witnesses:
        side = f", for {w.country}" if w.country else ""
        owned = ", state-owned" if w.state_owned else ""
        copies = f", {output.count(len(w.reports), 'print')} of one story" if len(w.reports) > 1 else ""
        yield f"  {', '.join(w.outlets)}{owned}{side}{copies}"
        yield from (f"    {source(found.reports[key])}" for key in w.reports if key in found.reports)


# Indices ----------------------------------------------------------------------------------------------------------

_INDEX = (
    "period", "direction", "n", "verbal coop.", "material coop.", "verbal conflict", "material conflict", "Goldstein n",
    "Goldstein +", "Goldstein -", "PLOVER +", "PLOVER -", "reports", "per 100 reports",
)  # fmt: skip
_INDEX_COLUMNS = (
    "period", "direction", "n", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict",
    "goldstein_n", "goldstein_cooperation", "goldstein_conflict", "plover_cooperation", "plover_conflict", "reports",
    "per_100_reports",
)  # fmt: skip


def indices(
    states: Annotated[list[str], typer.Argument(help="Two states or organisations.")],
    store: StoreAt = DEFAULT,
    form: Annotated[Form, typer.Option("--format")] = Form.text,
    by: Annotated[Period, typer.Option(help="month or year.")] = Period.month,
    count: Annotated[Count, typer.Option(help="entries: each happening once; records: each telling.")] = Count.entries,
    since: Since = None,
    until: Until = None,
) -> None:
    """Count what happened by quad class and sum Goldstein and PLOVER scores, cooperation and conflict apart."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = desk.indices(opened, states, by=by.value, count=count.value, since=since, until=until)
        if not found:
            output.hint(desk.pairs(opened))
    if form is Form.csv:
        sys.stdout.write(csv_line(_INDEX_COLUMNS))
        for row in found:
            sys.stdout.write(csv_line(_cells(row)))
    elif form is Form.jsonl:
        for row in found:
            output.say(json_line({**dict(zip(_INDEX_COLUMNS, _cells(row), strict=True)), "codes": TABLE}))
    else:
        _index_text(found)
    output.note(f"{output.count(sum(row.n for row in found), 'happening')}, counted by {count.value}")


def _cells(row: Index) -> tuple[Any, ...]:
    return (
        row.period or None, row.direction, row.n, *row.quads, row.goldstein_n, row.goldstein_cooperation,
        row.goldstein_conflict, row.plover_cooperation, row.plover_conflict, row.reports, row.per_reports,
    )  # fmt: skip


def _index_text(found: list[Index]) -> None:
    rows = [["no day" if cell is None else str(cell) for cell in _cells(row)] for row in found]
    for row in rows:
        row[-1] = "" if row[-1] == "no day" else row[-1]
    for line in table(_INDEX, rows) if rows else ():
        output.say(line)
    if rows:
        output.say(TABLE)
