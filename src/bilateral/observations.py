"""The types of reference series: a file that a user loaded, a view of flows in it, one value of a view.

Owns the types alone, so that readers, store and checks share them. Values are in whole units of currency (thousands
are multiplied out when a file is read); periods are EDTF; codes are those of `knowledge`, `WLD` is the world.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

Basis = Literal["reported", "reconciled"]
WORLD = "WLD"


class View(Struct, frozen=True, kw_only=True):
    """Whose figures, of what kind: what must be the same before two values may be added or compared.

    `source` is who published them ("UN Comtrade"), `name` the column or indicator ("cifvalue", "XG_FOB_USD").
    `valuation` is FOB, CIF, or "" where it is not stated; `scope` goods, services, goods and services, or "".
    `basis` reconciled: made out of both sides' reports by the publisher. `file` is the file's SHA-256.
    """

    source: str
    name: str
    unit: str
    valuation: str = ""
    scope: str = "goods"
    basis: Basis = "reported"
    vintage: str = ""
    file: str = ""


class Observation(Struct, frozen=True, kw_only=True):
    """One value of a view: what `reporter` states of its `flow` with `partner` in a period.

    `flow` is exports, imports, trade_balance, or another quantity's name. A reconciled export has the exporter as its
    reporter. `line` is the first line of the file that the value rests on, `rows` how many lines were summed.
    """

    view: View
    reporter: str
    partner: str
    flow: str
    period: str
    value: Decimal
    line: int
    rows: int = 1


class SeriesFile(Struct, frozen=True, kw_only=True):
    """A reference file as it was read: what it is, how many of its lines became values, were left out, were bad.

    `id` is the SHA-256 of its bytes, `name` its path as given. `left_out` counts lines by the reason why they are no
    value of a pair (other products, other flows, no value); `since` and `until` are the first and last period.
    """

    id: str
    name: str
    format: str
    bytes: int
    vintage: str = ""
    lines: int = 0
    observations: int = 0
    bad: int = 0
    left_out: dict[str, int] = {}
    since: str | None = None
    until: str | None = None


class Clash(Struct, frozen=True):
    """A line that gives a value for what another line of the file gave already; `differs`: another value."""

    line: int
    other: int
    differs: bool
