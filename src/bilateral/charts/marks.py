"""What a chart of a brief is drawn from: marks with their time, row and kind, and what they show in words."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Mark(Struct, frozen=True, kw_only=True):
    """One thing that is drawn: when (its first and last day), in which row, of which kind; a value with its bounds.

    `head` is the end that the words leave open: `up` (over, at least) or `down` (up to, under).
    """

    start: str
    end: str
    row: str
    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    head: str | None = None


class Drawing(Struct, frozen=True, kw_only=True):
    """The data of one chart of a brief: for which section, what it shows in words (`alt`), what is drawn."""

    kind: Literal["events", "visits", "agreements", "figures"]
    section: int
    title: str
    alt: str
    marks: tuple[Mark, ...]
    unit: str = ""
    note: str = ""
