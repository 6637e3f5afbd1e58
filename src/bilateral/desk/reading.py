"""Reading reports into a store, coding them again, overruling their dates: all that goes through the pipeline."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO, TypeVar

from msgspec import Struct, structs

from bilateral import gate as gates
from bilateral import pipeline, query
from bilateral.desk.wishes import PLURALS, edtf
from bilateral.errors import CallError
from bilateral.keeping import keep
from bilateral.model import Batch, Problem, Report, kind_of
from bilateral.parse import missing
from bilateral.read import documents, raws
from bilateral.store import Store
from bilateral.text import Document, Given

# The gate that `read` uses where none is named; docs/gate.md has what it costs and gains.
GATE: gates.Setting = "article"
Path = str | os.PathLike[str]
T = TypeVar("T")
TOGETHER = 50  # reports coded again in one transaction
AT_ONCE = 10  # reports read in one transaction: what a kill can cost, and how often a progress bar moves


class Summary(Struct, frozen=True, kw_only=True):
    """What a reading did: reports new, known (nothing changed), superseding an older text; records; problems.

    `refused` counts the problems of inputs and reports that are not in the store; the other problems tell of reports
    that are.
    """

    reports_new: int = 0
    reports_known: int = 0
    superseded: int = 0
    records: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    refused: int = 0


def read(
    store: Store,
    paths: Path | Iterable[Path],
    *,
    given: Given = Given(),
    columns: Mapping[str, str] | None = None,
    gate: gates.Setting = GATE,
    stdin: BinaryIO | None = None,
    progress: Callable[[int, str], None] | None = None,
) -> Summary:
    """Read files, folders, globs or "-" into a store and say what came of it.

    A report that is stored already is not parsed again; with a wider gate only what was left out is parsed.
    The ledger is brought up to date at the end.
    `progress` is called after each report with the number done and the input's name. Raises CallError for a wrong
    call; what cannot be read becomes a problem in the summary and in the store.
    """
    gates.checked(gate)
    tally = _Tally(store, progress)
    found = _documents(store, _listed(paths), given, columns, stdin)
    for batch in pipeline.batches(_fresh(store, found, gate, tally), gate=gate, size=AT_ONCE):
        tally.add(batch)
    keep(store)
    return tally.summary()


def _listed(paths: Path | Iterable[Path]) -> list[str]:
    return [os.fspath(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


def files(paths: Iterable[str]) -> int | None:
    """How many files lie behind paths, hidden ones aside; None where standard input is among them."""
    paths = list(paths)
    if "-" in paths:
        return None
    return sum(_files(found) for path in paths for found in (glob.glob(path, recursive=True) or [path]))


def _files(path: str) -> int:
    if not os.path.isdir(path):
        return 1
    n = 0
    for _, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        n += sum(not name.startswith(".") for name in names)
    return n


class _Tally:
    """Writes batches and counts what they brought."""

    def __init__(self, store: Store, progress: Callable[[int, str], None] | None) -> None:
        self.store, self.progress = store, progress
        self.new = self.known = self.superseded = self.done = self.refused = 0
        self.records: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def add(self, batch: Batch) -> None:
        written = self.store.write(batch)
        self.new += written.reports_new
        self.known += written.reports_known
        self.superseded += written.superseded
        self.records.update(kind_of(r) for r in batch.records)
        problems = [*batch.problems]
        if written.problems > len(problems):
            problems += [p for p in self.store.problems(stage="store") if p.doc in {d.id for d in batch.documents}]
        there = self.store.known({p.doc for p in problems if p.doc})
        self.refused += sum(p.doc not in there for p in problems)
        self.problems += problems
        self._told(batch.documents)

    def same(self, document: Document) -> None:
        self.known += 1
        self._told((document,))

    def _told(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self.done += 1
            if self.progress:
                self.progress(self.done, document.uri)

    def summary(self) -> Summary:
        records = {name: self.records[name] for name in PLURALS if self.records[name]}
        return Summary(
            reports_new=self.new, reports_known=self.known, superseded=self.superseded, records=records,
            problems=tuple(self.problems), refused=self.refused,
        )  # fmt: skip


def _documents(
    store: Store, paths: Iterable[str], given: Given, columns: Mapping[str, str] | None, stdin: BinaryIO | None
) -> Iterator[Document | Problem]:
    """The reports and problems behind paths; what an earlier reading had to complain of an input is settled first."""
    seen: set[str] = set()
    for raw in raws(paths, given=given, columns=columns, stdin=stdin):
        if raw.uri not in seen:
            seen.add(raw.uri)
            store.settle(raw.uri)
        if isinstance(raw, Problem):
            yield raw
        else:
            yield from documents(raw)


def _fresh(
    store: Store, items: Iterable[Document | Problem], gate: gates.Setting, tally: _Tally
) -> Iterator[Document | Problem]:
    """The documents that are to be parsed; those known as they are, or known but for the gate, are dealt with here."""
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Problem):
            yield item
        elif item.id in seen:
            tally.same(item)
        else:
            seen.add(item.id)
            if store.known((item.id,)):
                _again(store, item, gate, tally)
            else:
                yield item


def _again(store: Store, item: Document, gate: gates.Setting, tally: _Tally) -> None:
    """A stored report that was read once more: nothing is done where nothing is new about it."""
    known, made = store.document(item.id), store.parse(item.id)
    if known.published_by == "given" != item.published_by:
        item = structs.replace(item, published=known.published, published_by="given")  # a date once given is kept
    is_wider = bool(set(gates.spans(item, gate)) & set(missing(item, made)))
    counts = query.report(store, item.id).superseded_by is None
    if known == item and counts and not is_wider:
        tally.same(item)
    else:
        tally.add(pipeline.completed(item, made, gate=gate, overruled=store.override(item.id)))


def recode(store: Store, *, progress: Callable[[int, str], None] | None = None) -> Summary:
    """Code the stored parses of all reports that count again with the present rules; nothing is parsed.

    A person's date stays. What a newer text superseded is left as it is: writing it would make it count again.
    """
    tally = _Tally(store, progress)
    older = {r.id for r in query.reports(store, superseded=True) if r.superseded_by}
    for some in batched((s for s in store.stored() if s.document.id not in older), TOGETHER):
        tally.add(pipeline.recoded((s.document, s.parse, s.override) for s in some))
    keep(store)
    return tally.summary()


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Some items in lists of at most `size`."""
    it = iter(items)
    while some := list(islice(it, size)):
        yield some


def set_date(store: Store, report: str, date: str | None) -> Report:
    """Overrule the date of a report (None takes it back) and code it again; the report as it now stands."""
    found = query.report(store, report)
    if found.superseded_by:
        raise CallError(f"report {found.id} counts no more: {found.superseded_by} is the newer text of {found.uri}")
    date = edtf("the date", date)
    store.overrule(found.id, date)
    store.write(pipeline.recoded([(store.document(found.id), store.parse(found.id), date)]))
    keep(store)
    return query.report(store, found.id)
