"""Fetching trade of a pair from the official interfaces, as an optional extra; off unless a user asks for it.

UN Comtrade through `comtradeapicall`, IMF IMTS through `sdmx1`. What comes is written to a CSV in the columns of that
source and read like any file that a user brings, so that what was fetched can be kept and checked.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from bilateral.errors import CallError, InputError
from bilateral.reference.cells import comtrade_number

_EXTRA = "pip install 'bilateral[fetch]'"
_IMTS = ("XG_FOB_USD", "MG_CIF_USD", "MG_FOB_USD")
_IMTS_COLUMNS = ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY", "TIME_PERIOD", "OBS_VALUE")
Row = dict[str, Any]


def fetched(
    service: str, dyad: tuple[str, str], years: tuple[int, int], folder: Path, *, key: str | None = None
) -> Path:
    """The CSV that was written with what a service has of a pair from the first year to the last.

    Raises CallError where the service is unknown or its package is not installed, InputError where it does not answer
    or has nothing.
    """
    if service not in SERVICES:
        raise CallError(f"expected a service ({', '.join(SERVICES)}), got {service!r}")
    if years[0] > years[1]:
        raise CallError(f"expected the first year before the last, got {years[0]} and {years[1]}")
    rows = SERVICES[service](dyad, range(years[0], years[1] + 1), key)
    if not rows:
        raise InputError(f"{service}: it has no trade of {dyad[0]} and {dyad[1]} from {years[0]} to {years[1]}")
    path = folder / f"{service}_{dyad[0]}_{dyad[1]}_{years[0]}_{years[1]}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def comtrade(dyad: tuple[str, str], years: Iterable[int], key: str | None) -> list[Row]:
    """The yearly totals of goods that both sides report to UN Comtrade; the open preview where no key is given."""
    module = _module("comtradeapicall")
    numbers = [comtrade_number(code) for code in dyad]
    if None in numbers:
        raise CallError(f"expected two states that UN Comtrade knows, got {' and '.join(dyad)}")
    found: list[Row] = []
    for reporter, partner in (numbers, numbers[::-1]):
        asked = {
            "typeCode": "C", "freqCode": "A", "clCode": "HS", "period": ",".join(map(str, years)),
            "reporterCode": str(reporter), "cmdCode": "TOTAL", "flowCode": "M,X", "partnerCode": str(partner),
            "partner2Code": "0", "customsCode": "C00", "motCode": "0", "maxRecords": 500, "format_output": "JSON",
            "includeDesc": True,
        }  # fmt: skip
        call = module.previewFinalData if key is None else module.getFinalData
        frame = _asked("comtrade", call, **({} if key is None else {"subscription_key": key}), **asked)
        found += [] if frame is None else frame.to_dict("records")
    return found


def imts(dyad: tuple[str, str], years: Iterable[int], key: str | None) -> list[Row]:  # noqa: ARG001 - one shape for all
    """The yearly exports and imports that both sides report to the IMF."""
    module = _module("sdmx")
    span = list(years)
    wanted = f"{'+'.join(dyad)}.{'+'.join(_IMTS)}.{'+'.join(dyad)}.A"
    client = module.Client("IMF_DATA")
    limits = {"startPeriod": str(span[0]), "endPeriod": str(span[-1])}
    message = _asked("imts", client.get, resource_type="data", resource_id="IMTS", key=wanted, params=limits)
    frame = module.to_pandas(message).rename("OBS_VALUE").reset_index()
    return [{name: row.get(name) for name in _IMTS_COLUMNS} for row in frame.to_dict("records")]


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise CallError(f"expected the extra for fetching to be installed ({_EXTRA}): {error}") from error


def _asked(service: str, call: Callable[..., Any], **options: Any) -> Any:
    """What a service answers. Its package may raise anything: whatever it is, the service did not give its data."""
    try:
        return call(**options)
    except Exception as error:
        raise InputError(f"{service}: it did not answer: {error}") from error


SERVICES: dict[str, Callable[[tuple[str, str], Iterable[int], str | None], list[Row]]] = {
    "comtrade": comtrade,
    "imts": imts,
}
