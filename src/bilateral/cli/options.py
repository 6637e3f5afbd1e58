"""The options that several commands share, and the choices that some of them have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bilateral import desk

DEFAULT = Path("relations.db")


class Gate(StrEnum):
    off = "off"
    article = "article"
    window = "window"
    pair = "pair"


class BriefForm(StrEnum):
    text = "text"
    markdown = "markdown"
    json = "json"
    html = "html"
    pdf = "pdf"


class ListForm(StrEnum):
    table = "table"
    csv = "csv"
    jsonl = "jsonl"


StoreAt = Annotated[Path, typer.Option("--store", envvar="BILATERAL_STORE", help="The store's file.")]
Dyad = Annotated[list[str] | None, typer.Option(help="A state or organisation; two, or RUS,KHM, for a pair.")]
Since = Annotated[str | None, typer.Option(help="Things of this day or later: 2019, 2019-07 or 2019-07-03.")]
Until = Annotated[str | None, typer.Option(help="Things of this day or earlier.")]
Types = Annotated[list[str] | None, typer.Option("--type", help="Event code, quantity, agreement type, visit kind …")]
Statuses = Annotated[list[str] | None, typer.Option("--status", help="happened, ongoing, planned, proposed, denied …")]
ClaimedBy = Annotated[str | None, typer.Option(help="An outlet, a speaker, or a speaker's state.")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many records.")]
USUAL_GATE = Gate(desk.GATE)
