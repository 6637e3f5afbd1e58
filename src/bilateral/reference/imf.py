"""IMF trade by partner as SDMX-CSV: IMTS of the present, and DOTS as it was before, with two-letter codes.

IMTS gives whole US dollars; its SCALE column only says how a table should show them. DOTS gives UNIT_MULT, the power of
ten that its values are in; where a DOTS file has no such column its values are taken as whole dollars.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from bilateral.observations import Observation, View
from bilateral.reference.cells import CellError, alpha_code, number, period
from bilateral.reference.options import Options
from bilateral.reference.reading import Rows

COLUMNS = frozenset({"indicator", "time_period", "obs_value"})
_LARGEST = 15
_REPORTER = ("country", "ref_area", "reporter")
_PARTNER = ("counterpart_country", "counterpart_area", "vis_a_vis_area", "counterpart")


class _Indicator(NamedTuple):
    flow: str
    valuation: str


INDICATORS = {
    "XG_FOB_USD": _Indicator("exports", "FOB"),
    "MG_CIF_USD": _Indicator("imports", "CIF"),
    "MG_FOB_USD": _Indicator("imports", "FOB"),
    "TBG_USD": _Indicator("trade_balance", ""),
    "TXG_FOB_USD": _Indicator("exports", "FOB"),
    "TMG_CIF_USD": _Indicator("imports", "CIF"),
    "TMG_FOB_USD": _Indicator("imports", "FOB"),
}


def imf(rows: Rows, options: Options) -> Iterator[Observation]:
    """Yield each value of a reporter, partner, indicator and period in US dollars."""
    reader = _Reader(rows, options)
    for line, cells in rows:
        try:
            made = reader.row(line, cells)
        except CellError as error:
            rows.bad(line, str(error))
            continue
        if made is not None:
            yield made


class _Reader:
    def __init__(self, rows: Rows, options: Options) -> None:
        self.rows, self.options = rows, options
        self.reporter, self.partner = _first(rows, _REPORTER), _first(rows, _PARTNER)
        self.indicator, self.time, self.value = (
            rows.at(name) or 0 for name in ("indicator", "time_period", "obs_value")
        )  # fmt: skip
        self.power = rows.at("unit_mult")
        self.views: dict[str, View] = {}

    def row(self, line: int, cells: list[str]) -> Observation | None:
        name = cells[self.indicator].strip().upper()
        indicator = INDICATORS.get(name)
        if indicator is None:
            self.rows.leave("another indicator than trade in goods in US dollars")
            return None
        reporter, partner = alpha_code(cells[self.reporter]), alpha_code(cells[self.partner])
        if reporter is None or partner is None:
            self.rows.leave("reporter or partner is no state")
            return None
        value = number(cells[self.value])
        if value is None:
            self.rows.leave("no value")
            return None
        if value < 0 and indicator.flow != "trade_balance":
            raise CellError(f"expected a value of zero or more, found {cells[self.value]!r}")
        return Observation(
            view=self._view(name, indicator), reporter=reporter, partner=partner, flow=indicator.flow,
            period=period(cells[self.time]), value=value * self._factor(cells), line=line,
        )  # fmt: skip

    def _factor(self, cells: list[str]) -> Decimal:
        if self.options.multiplier is not None:
            return Decimal(self.options.multiplier)
        text = "" if self.power is None else cells[self.power].strip()
        if not text:
            return Decimal(1)
        if not text.isdecimal() or int(text) > _LARGEST:
            raise CellError(f"expected a power of ten in UNIT_MULT, found {text!r}")
        return Decimal(10) ** int(text)

    def _view(self, name: str, indicator: _Indicator) -> View:
        if name not in self.views:
            source = "IMF DOTS" if name.startswith("T") and name != "TBG_USD" else "IMF IMTS"
            self.views[name] = View(
                source=source, name=name, unit="USD", valuation=indicator.valuation, vintage=self.options.vintage,
                file=self.rows.source.hash,
            )  # fmt: skip
        return self.views[name]


def _first(rows: Rows, names: tuple[str, ...]) -> int:
    return next(at for name in names if (at := rows.at(name)) is not None)


def is_imf(names: frozenset[str]) -> bool:
    """Whether columns are those of IMF trade by partner, by whatever names the two sides go."""
    return names >= COLUMNS and bool(names & set(_REPORTER)) and bool(names & set(_PARTNER))
