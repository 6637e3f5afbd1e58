"""Reference files of a store, and its claims held against them: what the commands `reference`, `check` and `series` do.

Owns no rule: files are read and claims are checked in `reference`, kept in `store`, asked for in `query`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct, structs

from bilateral import query
from bilateral.errors import CallError
from bilateral.model import Answer, Batch, Measure, Problem, Question
from bilateral.observations import Observation, SeriesFile
from bilateral.reference import Bad, Check, Figure, Options, Rows, Series, answer, arithmetic, checks
from bilateral.reference.fetching import fetched
from bilateral.reference.options import vintage_of
from bilateral.reference.reading import KEPT, source
from bilateral.reference.registry import entry_of
from bilateral.store import Added, Store

STAGE = "reference"
PAIR = 2
Progress = Callable[[int], None]


class Loaded(Struct, frozen=True, kw_only=True):
    """What adding a reference file did: the file with its counts, whether it was there already, its bad rows.

    `bad` holds the first thousand; `file.bad` counts them all. They are problems of the store too.
    """

    file: SeriesFile
    known: bool = False
    bad: tuple[Bad, ...] = ()


def reference_add(
    store: Store,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the word that the command has
    options: Options | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Read a reference file into a store: recognised by its columns, each view kept apart, bad rows told by line.

    A file whose bytes are stored already is not read again. All values come in one transaction. `progress` is called
    with the number of lines read. Raises InputError or FormatError where the file is no such series, CallError for a
    wrong format or country-code file.
    """
    found = source(path)
    entry = entry_of(found, format)
    options = options or Options()
    options = structs.replace(options, vintage=options.vintage or vintage_of(path))
    rows = Rows(found, progress)
    file = SeriesFile(
        id=found.hash, name=str(path), format=entry.name, bytes=found.bytes, vintage=options.vintage
    )  # fmt: skip
    made = store.add_series(file, entry.read(rows, options), lambda added: _finished(file, rows, added))
    if made is None:
        return Loaded(file=_stored(store, found.hash), known=True)
    bad = tuple(sorted(rows.bad_rows, key=lambda b: b.line))
    store.settle(str(path))
    store.write(Batch(problems=tuple(_problems(made[0], bad))))
    return Loaded(file=made[0], bad=bad)


def _finished(file: SeriesFile, rows: Rows, added: Added) -> SeriesFile:
    """The file with its counts, once all rows are read; lines that contradict earlier ones are bad."""
    for clash in added.clashes:
        if clash.differs:
            rows.bad(clash.line, f"it gives another value for what line {clash.other} gives")
    told = sum(clash.differs for clash in added.clashes)
    left_out = Counter(rows.left_out)
    if added.repeated > added.conflicts:
        left_out["the same value again"] = added.repeated - added.conflicts
    return structs.replace(
        file, lines=max(rows.lines - 1, 0), observations=added.observations,
        bad=rows.bad_count + added.conflicts - told, left_out=dict(left_out),
    )  # fmt: skip


def _stored(store: Store, key: str) -> SeriesFile:
    return next(file for file in store.series_files() if file.id == key)


def _problems(file: SeriesFile, bad: Iterable[Bad]) -> Iterator[Problem]:
    """Yield a problem for each bad row that is told, and one for the number of the others."""
    for row in bad:
        yield Problem(uri=file.name, stage=STAGE, message=f"line {row.line}: {row.why}")
    if file.bad > KEPT:
        yield Problem(uri=file.name, stage=STAGE, message=f"{file.bad - KEPT} more bad rows")


def reference_list(store: Store) -> list[SeriesFile]:
    """The reference files of a store, in the order in which they came."""
    return store.series_files()


def reference_forget(store: Store, key: str) -> SeriesFile:
    """Take a reference file out with its values and problems, by its name or the first letters of its hash."""
    file = store.forget_series(key)
    store.settle(file.name)
    return file


def reference_fetch(
    store: Store,
    service: str,
    dyad: tuple[str, str],
    years: tuple[int, int],
    folder: str | Path,
    *,
    key: str | None = None,
) -> Loaded:
    """Fetch the trade of a pair from an official interface ("comtrade", "imts") into a folder, and add the file.

    The only function here that uses the network. CallError where the extra for it is missing.
    """
    return reference_add(store, fetched(service, dyad, years, Path(folder), key=key))


def check(store: Store, question: Question | None = None) -> list[Check]:
    """The claims that a question asks for, each held against every view of its pair and against the other claims.

    In the order of the claims: a claim's checks against series first, its claimant's own side before the others, then
    the arithmetic. The question's `types` may name quantities; its limit counts claims.
    """
    asked = structs.replace(question or Question(), kinds=("measure",))
    figures = _figures(query.records(store, asked))
    pairs = _Pairs(store)
    between: dict[str, list[Check]] = defaultdict(list)
    for made in arithmetic.checks(figures):
        between[made.claim.record].append(made)
    found: list[Check] = []
    for figure in figures:
        found += checks.against(figure, pairs.of(figure.measure.parties))
        found += between.pop(figure.measure.id, [])
    return found


def series(store: Store, dyad: tuple[str, str], quantity: str) -> Series:
    """All claims of a quantity of two states over time, by claimant and with bounds, beside the reference views.

    What flows one way is that of the first state: `series(store, ("RUS", "KHM"), "exports")` is what Russia exports to
    Cambodia, `"imports"` what Russia imports from it. Raises CallError where the dyad is not two different codes.
    """
    if len(set(dyad)) != PAIR:
        raise CallError(f"expected two different states for a series, got {' and '.join(dyad) or 'none'}")
    figures = _figures(query.records(store, Question(kinds=("measure",), dyad=dyad)))
    return answer.made(figures, store.series(dyad), quantity, dyad)


def _figures(found: Answer) -> list[Figure]:
    reports = {report.id: report for report in found.reports}
    return [Figure(m, reports[m.doc]) for m in (*found.records, *found.undated) if isinstance(m, Measure)]


class _Pairs:
    """What the files state of each pair, asked for once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[tuple[str, ...], list[Observation]] = {}

    def of(self, parties: tuple[str, ...]) -> list[Observation]:
        """The observations of a claim's parties; none where they are not a pair."""
        codes = tuple(sorted(set(parties)))
        if len(codes) != PAIR:
            return []
        if codes not in self._held:
            self._held[codes] = self._store.series((codes[0], codes[1]))
        return self._held[codes]
