"""The command `scheme`: events in an ontology of the user's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bilateral import desk
from bilateral.brief import csv_line, json_line, table
from bilateral.cli import output
from bilateral.cli.options import DEFAULT, Since, StoreAt, Until
from bilateral.desk.extending import Told, in_scheme
from bilateral.model import Actor
from bilateral.store import Store


class Form(StrEnum):
    text = "text"
    csv = "csv"
    jsonl = "jsonl"


def scheme(
    file: Annotated[Path, typer.Argument(help="A TOML file of codes (docs/extending.md).")],
    states: Annotated[list[str] | None, typer.Argument(help="Two states or organisations, or one; none: all.")] = None,
    store: StoreAt = DEFAULT,
    form: Annotated[Form, typer.Option("--format")] = Form.text,
    since: Since = None,
    until: Until = None,
) -> None:
    """List events with their codes in an ontology of your own."""
    with Store.open(store, create=False, read_only=True) as opened:
        dyad = desk.codes_of(states or ())
        found = in_scheme(opened, file, dyad, since=since, until=until)
    rows = [_row(one) for one in found]
    for line in _lines(rows, form):
        sys.stdout.write(line)
    unknown = sum(one.code is None for one in found)
    output.note(f"{output.count(len(found), 'event')}, {unknown:,} without a code in {file.name}")


def _row(one: Told) -> dict[str, Any]:
    e, code = one.event, one.code
    return {
        "id": e.id, "date": e.date, "source": _codes(e.actors), "target": _codes(e.recipients),
        "code": code.code if code else None, "name": code.name if code else None, "value": code.value if code else None,
        "plover": ".".join(filter(None, (e.code, e.mode))), "status": e.status, "report": one.report.id,
    }  # fmt: skip


def _codes(actors: tuple[Actor, ...]) -> str:
    return ";".join(dict.fromkeys(a.country for a in actors if a.country))


def _lines(rows: list[dict[str, Any]], form: Form) -> Iterator[str]:
    if form is Form.jsonl:
        yield from (json_line(row) + "\n" for row in rows)
    elif form is Form.csv and rows:
        yield csv_line(rows[0])
        yield from (csv_line(row.values()) for row in rows)
    elif rows:
        shown = [["" if v is None else str(v) for v in row.values()] for row in rows]
        yield from (line + "\n" for line in table(tuple(rows[0]), shown))
