"""CEPII BACI: trade in goods as CEPII reconciled it from both reporters, summed over products for each pair and year.

Columns t, i, j, k, v, q: year, exporter, importer, product, thousand US dollars (FOB), tonnes. The numbers of states
are those of the country-code file that comes with it; without it the project's own table of the same codes is used.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bilateral.errors import CallError, FormatError
from bilateral.observations import Observation, View
from bilateral.reference.cells import CellError, alpha_code, amount, numeric_code, period
from bilateral.reference.options import Options
from bilateral.reference.reading import Rows

SOURCE = "CEPII BACI"
COLUMNS = frozenset({"t", "i", "j", "k", "v"})
THOUSAND = Decimal(1000)
_ALPHA = ("country_iso3", "iso_3digit_alpha", "iso3")
_NUMBER = ("country_code", "i")

Codes = dict[str, str | None]


class _Sum:
    """What the rows of one year, exporter and importer come to; `fault` says why they give no value."""

    __slots__ = ("fault", "is_state", "line", "partner", "period", "reporter", "rows", "value")

    def __init__(self, codes: Codes | None, cells: tuple[str, str, str], line: int) -> None:
        self.value, self.line, self.rows = Decimal(0), line, 0
        self.fault: str | None = None
        self.period, self.reporter, self.partner = "", "", ""
        self.is_state = True
        try:
            self.period = period(cells[0])
            reporter, partner = _code(codes, cells[1].strip()), _code(codes, cells[2].strip())
        except CellError as error:
            self.fault = str(error)
        else:
            self.is_state = reporter is not None and partner is not None
            self.reporter, self.partner = reporter or "", partner or ""


def baci(rows: Rows, options: Options) -> Iterator[Observation]:
    """Yield what an exporter sold to an importer in a year, in US dollars; a reconciled view of the exporter's exports.

    Nothing is yielded before the last row is read. What is held in memory grows with pairs and years, not with rows.
    """
    view = View(
        source=SOURCE, name="v", unit="USD", valuation="FOB", basis="reconciled", vintage=options.vintage,
        file=rows.source.hash,
    )  # fmt: skip
    for one in _sums(rows, _codes(rows, options)):
        if one.rows:
            yield Observation(
                view=view, reporter=one.reporter, partner=one.partner, flow="exports", period=one.period,
                value=one.value * THOUSAND, line=one.line, rows=one.rows,
            )  # fmt: skip


def _sums(rows: Rows, codes: Codes | None) -> Iterator[_Sum]:
    """Yield the sum of each year, exporter and importer, once all rows are read."""
    t, i, j, v = (rows.at(name) or 0 for name in "tijv")
    years: dict[str, dict[str, dict[str, _Sum]]] = {}
    for line, cells in rows:
        importers = years.setdefault(cells[t], {}).setdefault(cells[i], {})
        held = importers.get(cells[j])
        if held is None:
            held = importers[cells[j]] = _Sum(codes, (cells[t], cells[i], cells[j]), line)
        _add(rows, held, line, cells[v])
    for exporters in years.values():
        for importers in exporters.values():
            yield from importers.values()


def _add(rows: Rows, held: _Sum, line: int, cell: str) -> None:
    if held.fault is not None:
        rows.bad(line, held.fault)
        return
    if not held.is_state:
        rows.leave("exporter or importer is no single state")
        return
    try:
        value = amount(cell)
    except CellError as error:
        rows.bad(line, str(error))
        return
    if value is None:
        rows.leave("no value")
        return
    held.value += value
    held.rows += 1


def _code(codes: Codes | None, cell: str) -> str | None:
    """The code of a state by its number; None for a known number that is no single state. CellError for others."""
    number = cell.removesuffix(".0")
    if not number.isdecimal():
        raise CellError(f"expected the number of a country, found {cell!r}")
    if codes is None:
        return numeric_code(number)
    if str(int(number)) not in codes:
        raise CellError(f"expected a number of the country-code file, found {cell!r}")
    return codes[str(int(number))]


def _codes(rows: Rows, options: Options) -> Codes | None:
    """The numbers of the country-code file and their states; None where there is no such file."""
    path = Path(options.countries) if options.countries else _beside(rows.source.path)
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise CallError(f"{path}: the country-code file cannot be read: {error.strerror}") from error
    lines = list(csv.reader(text.splitlines()))
    head = [name.strip().lower() for name in lines[0]] if lines else []
    number = next((head.index(name) for name in _NUMBER if name in head), None)
    alpha = next((head.index(name) for name in _ALPHA if name in head), None)
    if number is None or alpha is None:
        raise FormatError(f"{path}: expected BACI's country codes (columns country_code, country_iso3), found {head}")
    kept = [cells for cells in lines[1:] if len(cells) > max(number, alpha) and cells[number].strip().isdecimal()]
    return {str(int(cells[number])): alpha_code(cells[alpha]) or numeric_code(cells[number]) for cells in kept}


def _beside(path: Path) -> Path | None:
    """The country-code file that lies in the folder of a BACI file, as it does in CEPII's archive."""
    found = sorted(path.parent.glob("country_codes*.csv"))
    return found[-1] if found else None
