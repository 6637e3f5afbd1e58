"""CEPII Gravity: five views of one flow in a row, in thousand US dollars, each kept as its own.

`tradeflow_comtrade_o` and `tradeflow_imf_o` are what the origin reported as exports (FOB by the convention of both
sources), `_d` what the destination reported as imports (CIF by that convention), `tradeflow_baci` is reconciled (FOB).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from bilateral.observations import Basis, Observation, View
from bilateral.reference.cells import CellError, alpha_code, amount, period
from bilateral.reference.options import Options
from bilateral.reference.reading import Rows

THOUSAND = 1000
COLUMNS = frozenset({"iso3_o", "iso3_d", "year"})


class _Column(NamedTuple):
    name: str
    source: str
    is_import: bool
    basis: Basis


FLOWS = (
    _Column("tradeflow_comtrade_o", "CEPII Gravity (Comtrade)", False, "reported"),
    _Column("tradeflow_comtrade_d", "CEPII Gravity (Comtrade)", True, "reported"),
    _Column("tradeflow_baci", "CEPII Gravity (BACI)", False, "reconciled"),
    _Column("tradeflow_imf_o", "CEPII Gravity (IMF)", False, "reported"),
    _Column("tradeflow_imf_d", "CEPII Gravity (IMF)", True, "reported"),
)


def gravity(rows: Rows, options: Options) -> Iterator[Observation]:
    """Yield each of the five views that a row of origin, destination and year gives, in US dollars."""
    columns = [(at, c, _view(c, rows, options)) for c in FLOWS if (at := rows.at(c.name)) is not None]
    origin, destination, year = (rows.at(name) or 0 for name in ("iso3_o", "iso3_d", "year"))
    for line, cells in rows:
        one, other = alpha_code(cells[origin]), alpha_code(cells[destination])
        if one is None or other is None or one == other:
            rows.leave("origin or destination is no state, or both are one")
            continue
        try:
            when = period(cells[year])
            given, faults = _given(columns, cells)
        except CellError as error:
            rows.bad(line, str(error))
            continue
        if faults:
            rows.bad(line, "; ".join(faults))
        elif not given:
            rows.leave("no value")
        for column, view, value in given:
            reporter, partner = (other, one) if column.is_import else (one, other)
            yield Observation(
                view=view, reporter=reporter, partner=partner, flow="imports" if column.is_import else "exports",
                period=when, value=value * THOUSAND, line=line,
            )  # fmt: skip


def _given(
    columns: list[tuple[int, _Column, View]], cells: list[str]
) -> tuple[list[tuple[_Column, View, Decimal]], list[str]]:
    """The values of a row, and what is wrong with its other cells; one wrong cell leaves the others as they are."""
    given, faults = [], []
    for at, column, view in columns:
        try:
            value = amount(cells[at])
        except CellError as error:
            faults.append(f"{column.name}: {error}")
            continue
        if value is not None:
            given.append((column, view, value))
    return given, faults


def _view(column: _Column, rows: Rows, options: Options) -> View:
    return View(
        source=column.source, name=column.name, unit="USD", valuation="CIF" if column.is_import else "FOB",
        basis=column.basis, vintage=options.vintage, file=rows.source.hash,
    )  # fmt: skip


def is_gravity(names: frozenset[str]) -> bool:
    """Whether columns are those of Gravity, with one of its trade flows at least."""
    return names >= COLUMNS and any(column.name in names for column in FLOWS)
