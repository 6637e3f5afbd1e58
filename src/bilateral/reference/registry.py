"""The formats of reference series, and which of them a file is by its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bilateral.errors import CallError, FormatError
from bilateral.observations import Observation
from bilateral.reference import baci, comtrade, gravity, imf, long
from bilateral.reference.options import Options
from bilateral.reference.reading import Rows, Source

Reader = Callable[[Rows, Options], Iterator[Observation]]


class Entry(NamedTuple):
    """A format: its name, what it is, the columns that tell it (in lower case), whether a file has them, its reader."""

    name: str
    title: str
    columns: frozenset[str]
    fits: Callable[[frozenset[str]], bool]
    read: Reader


SERIES: tuple[Entry, ...] = (
    Entry("comtrade", "UN Comtrade CSV", comtrade.COLUMNS, comtrade.COLUMNS.issubset, comtrade.comtrade),
    Entry("gravity", "CEPII Gravity", gravity.COLUMNS, gravity.is_gravity, gravity.gravity),
    Entry("imf", "IMF IMTS or DOTS, SDMX-CSV", imf.COLUMNS, imf.is_imf, imf.imf),
    Entry("baci", "CEPII BACI", baci.COLUMNS, baci.COLUMNS.issubset, baci.baci),
    Entry("long", "plain long CSV", long.COLUMNS, long.is_long, long.long),
)


def entry_of(source: Source, name: str | None = None) -> Entry:
    """The format of a file: the one named, else the first whose columns it has.

    CallError where the name is none, FormatError with the columns found and those of each format where none fits.
    """
    if name is not None:
        named = next((entry for entry in SERIES if entry.name == name), None)
        if named is None:
            raise CallError(f"expected a format ({', '.join(entry.name for entry in SERIES)}), got {name!r}")
        missing = sorted(named.columns - source.names)
        if missing:
            raise FormatError(f"{source.path}: expected {named.title}, it has no column {', '.join(missing)}")
        return named
    found = next((entry for entry in SERIES if entry.fits(source.names)), None)
    if found is None:
        raise FormatError(_unknown(source))
    return found


def _unknown(source: Source) -> str:
    if {"country_code", "country_iso3"} <= source.names:
        return (
            f"{source.path}: it is BACI's list of country codes and holds no values; "
            "leave it beside the BACI file, or name it when that is added"
        )
    known = "; ".join(f"{entry.title}: {', '.join(sorted(entry.columns))}" for entry in SERIES)
    shown = ", ".join(source.columns[:12]) + (" …" if len(source.columns) > 12 else "")
    return f"{source.path}: expected the columns of a reference series ({known}), found {shown}"
