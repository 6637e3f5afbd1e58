"""Reference series and checks for a user: states by name or code, dates in words; the work is done in `comparison`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from bilateral import charts, comparison
from bilateral.comparison import Loaded
from bilateral.desk.wishes import PAIR, codes_of, question
from bilateral.errors import CallError
from bilateral.model import AnyRecord, Measure, Question
from bilateral.observations import SeriesFile
from bilateral.reference import SERIES, Check, Options, Series
from bilateral.store import Store

SERIES_FORMATS = tuple(entry.name for entry in SERIES)


def reference_add(
    store: Store,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the word that the command has
    vintage: str | None = None,
    countries: str | Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Loaded:
    """Read a reference file into a store; what came of it, with its bad rows by line.

    Raises InputError where the file is no reference series, CallError for a wrong format or country-code file.
    """
    options = Options(vintage=vintage or "", countries=countries)
    return comparison.reference_add(store, path, format=format, options=options, progress=progress)


def reference_list(store: Store) -> list[SeriesFile]:
    """The reference files of a store, in the order in which they came."""
    return comparison.reference_list(store)


def reference_forget(store: Store, key: str) -> SeriesFile:
    """Take a reference file out with its values, by its name or the first letters of its hash."""
    return comparison.reference_forget(store, key)


def check(
    store: Store,
    states: Iterable[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> list[Check]:
    """The claimed figures of one state or two, each held against every reference view and against other claims.

    `limit` counts claims. CallError for a state or a date that cannot be read.
    """
    return comparison.check(store, question(dyad=states, since=since, until=until, limit=limit))


def checks_of(store: Store, record: AnyRecord) -> list[Check]:
    """The checks that a figure has part in; none for other records.

    That it can be compared with nothing is told only where the store has reference files.
    """
    if not isinstance(record, Measure):
        return []
    parties = tuple(dict.fromkeys(record.parties))[:PAIR]
    asked = Question(dyad=parties) if parties else Question(report=record.doc)
    has_files = bool(store.series_files())
    return [
        made for made in comparison.check(store, asked)
        if any(told.record == record.id for told in made.told) and (has_files or made.verdict != "not_comparable")
    ]  # fmt: skip


def series(store: Store, states: Iterable[str], quantity: str) -> Series:
    """All claims of a quantity of two states over time, beside what each reference view gives.

    Exports and imports are those of the first state. CallError where there are not two different states.
    """
    codes = codes_of([states] if isinstance(states, str) else states)
    if len(codes) != PAIR:
        raise CallError(f"expected two different states for a series, got {' and '.join(codes) or 'none'}")
    return comparison.series(store, (codes[0], codes[1]), quantity.strip().lower().replace(" ", "_").replace("-", "_"))


def series_svg(made: Series) -> str:
    """The chart of a series as SVG. CallError where there is nothing to draw or the extra `charts` is missing."""
    return charts.series_svg(made)
