"""Plain long CSV, one value a row: reporter, partner, year, flow, value, unit, valuation, source.

For figures that come in no format of their own. States are codes or English names; a flow is exports, imports or the
name of any quantity ("tourist_arrivals"); the unit says scale and currency ("thousand USD"). `scope` (goods, services,
goods and services), `vintage` and `period` (a month or quarter) may stand in columns of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilateral.observations import Observation, View
from bilateral.reference.cells import CellError, any_code, flow, number, period, unit
from bilateral.reference.options import Options
from bilateral.reference.reading import Rows

COLUMNS = frozenset({"reporter", "partner", "flow", "value", "unit"})
SIGNED = frozenset({"trade_balance"})
TRADE = frozenset({"exports", "imports", "trade_balance", "trade_turnover"})
_VALUATIONS = {"FOB", "CIF", ""}
_SCOPES = {"goods": "goods", "services": "services", "goodsandservices": "goods and services", "": ""}


def long(rows: Rows, options: Options) -> Iterator[Observation]:
    """Yield the value of each row in whole units."""
    reader = _Reader(rows, options)
    for line, cells in rows:
        try:
            made = reader.row(line, cells)
        except CellError as error:
            rows.bad(line, str(error))
            continue
        if made is None:
            rows.leave("no value")
        else:
            yield made


class _Reader:
    def __init__(self, rows: Rows, options: Options) -> None:
        self.rows, self.options = rows, options
        self.views: dict[View, View] = {}

    def row(self, line: int, cells: list[str]) -> Observation | None:
        value = number(self._cell(cells, "value"))
        if value is None:
            return None
        what = flow(self._cell(cells, "flow"))
        if what is None:
            raise CellError("expected exports, imports or the name of a quantity in flow, found nothing")
        if value < 0 and what not in SIGNED:
            raise CellError(f"expected a value of zero or more, found {self._cell(cells, 'value')!r}")
        factor, name = unit(self._cell(cells, "unit"))
        return Observation(
            view=self._view(cells, name, what), reporter=self._state(cells, "reporter"),
            partner=self._state(cells, "partner"), flow=what,
            period=period(self._cell(cells, "period") or self._cell(cells, "year")), value=value * factor, line=line,
        )  # fmt: skip

    def _cell(self, cells: list[str], name: str) -> str:
        at = self.rows.at(name)
        return "" if at is None else cells[at].strip()

    def _state(self, cells: list[str], side: str) -> str:
        code = any_code(self._cell(cells, side))
        if code is None:
            raise CellError(f"expected a state in {side}, found {self._cell(cells, side)!r}")
        return code

    def _view(self, cells: list[str], name: str, what: str) -> View:
        valuation = self._cell(cells, "valuation").upper()
        if valuation not in _VALUATIONS:
            raise CellError(f"expected FOB, CIF or nothing in valuation, found {valuation!r}")
        made = View(
            source=self._cell(cells, "source") or self.rows.source.path.name, name="value", unit=name,
            valuation=valuation, scope=self._scope(cells, what),
            vintage=self._cell(cells, "vintage") or self.options.vintage, file=self.rows.source.hash,
        )  # fmt: skip
        return self.views.setdefault(made, made)

    def _scope(self, cells: list[str], what: str) -> str:
        """Goods, services or both as the row says; goods for trade that says nothing, as customs figures are."""
        text = re.sub(r"[^a-z]", "", self._cell(cells, "scope").lower())
        if text not in _SCOPES:
            raise CellError(f"expected goods, services, goods and services or nothing in scope, found {text!r}")
        return _SCOPES[text] or ("goods" if what in TRADE else "")


def is_long(names: frozenset[str]) -> bool:
    """Whether columns are those of a plain long CSV."""
    return names >= COLUMNS and bool(names & {"year", "period"})
