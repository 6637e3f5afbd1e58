"""UN Comtrade CSV: one value a reporter, partner, flow and period, of the rows for all goods or all services.

A total row is TOTAL, C00, 0, 0: all products, all customs procedures, all modes of transport, no second partner. The
other rows of a file are parts of it and are left out. CIF and FOB values of one flow are views of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bilateral.observations import Observation, View
from bilateral.reference.cells import CellError, alpha_code, amount, numeric_code, period
from bilateral.reference.options import Options
from bilateral.reference.reading import Rows

SOURCE = "UN Comtrade"
COLUMNS = frozenset({"reportercode", "partnercode", "flowcode", "cmdcode", "primaryvalue"})
FLOWS = {"X": "exports", "M": "imports"}
# Column, the value that a total row has, and what a row with another value is one of.
TOTALS = (
    ("cmdcode", ("TOTAL",), "one product of many"),
    ("customscode", ("C00", ""), "one customs procedure"),
    ("motcode", ("0", ""), "one mode of transport"),
    ("partner2code", ("0", ""), "one second partner"),
    ("moscode", ("0", ""), "one mode of supply"),
)
_SCOPES = {"C": "goods", "S": "services", "": "goods"}
_VALUES = (("cifvalue", "CIF"), ("fobvalue", "FOB"), ("primaryValue", ""))


def comtrade(rows: Rows, options: Options) -> Iterator[Observation]:
    """Yield the total of each reporter, partner, flow and period in US dollars, with each valuation that is given."""
    reader = _Reader(rows, options)
    for line, cells in rows:
        try:
            yield from reader.row(line, cells)
        except CellError as error:
            rows.bad(line, str(error))


class _Reader:
    def __init__(self, rows: Rows, options: Options) -> None:
        self.rows, self.options = rows, options
        self.totals = [(at, values, why) for name, values, why in TOTALS if (at := rows.at(name)) is not None]
        self.views: dict[tuple[str, str, str], View] = {}

    def row(self, line: int, cells: list[str]) -> Iterator[Observation]:
        for at, values, why in self.totals:
            if cells[at].strip().upper().removesuffix(".0") not in values:
                self.rows.leave(why)
                return
        flow = FLOWS.get(self._cell(cells, "flowcode").upper())
        if flow is None:
            self.rows.leave("another flow than exports and imports")
            return
        reporter, partner = self._state(cells, "reporter"), self._state(cells, "partner")
        if reporter is None or partner is None:
            self.rows.leave("reporter or partner is no state")
            return
        when = period(self._cell(cells, "period") or self._cell(cells, "refyear"))
        given = self._values(cells)
        if not given:
            self.rows.leave("no value")
        for name, valuation, value in given:
            yield Observation(
                view=self._view(name, valuation, self._cell(cells, "typecode")), reporter=reporter, partner=partner,
                flow=flow, period=when, value=value, line=line,
            )  # fmt: skip

    def _cell(self, cells: list[str], name: str) -> str:
        at = self.rows.at(name)
        return "" if at is None else cells[at].strip()

    def _state(self, cells: list[str], side: str) -> str | None:
        """The code of one side, by its number; by its letters where the number is not known."""
        return numeric_code(self._cell(cells, f"{side}code")) or alpha_code(self._cell(cells, f"{side}iso"))

    def _values(self, cells: list[str]) -> list[tuple[str, str, Decimal]]:
        """The values of a row, each once: the primary value is told only where it is neither CIF nor FOB."""
        found: list[tuple[str, str, Decimal]] = []
        for name, valuation in _VALUES:
            value = amount(self._cell(cells, name.lower()))
            is_blank = valuation and value == 0  # a valuation that was not reported is 0 in some files
            if value is not None and not is_blank and all(value != other for *_, other in found):
                found.append((name, valuation, value))
        return found

    def _view(self, name: str, valuation: str, kind: str) -> View:
        key = (name, valuation, kind)
        if key not in self.views:
            self.views[key] = View(
                source=SOURCE, name=name, unit="USD", valuation=valuation, scope=_SCOPES.get(kind.upper(), ""),
                vintage=self.options.vintage, file=self.rows.source.hash,
            )  # fmt: skip
        return self.views[key]
