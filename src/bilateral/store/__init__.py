"""The database: one SQLite file that holds reports, their parses, the records made of them, and their full text.

Owns the schema, its migrations and every change to it; questions are answered by `query`. Knows no clock: every date
comes in as a value. What happens to a store at once happens in one transaction, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from bilateral.corrections import Correction
from bilateral.errors import StoreError
from bilateral.model import AnyRecord, Batch, Problem
from bilateral.observations import Observation, SeriesFile
from bilateral.store import books, checking, coding, judging, opening, reading, series, writing
from bilateral.store.books import Make, Page
from bilateral.store.checking import Fault, Soundness
from bilateral.store.judging import Filed
from bilateral.store.migrations import STEPS, Step
from bilateral.store.reading import Stored
from bilateral.store.series import Added
from bilateral.store.writing import Forgotten, Written
from bilateral.text import Dated, Document, Parse

__all__ = ["VERSION", "Added", "Fault", "Filed", "Forgotten", "Page", "Soundness", "Store", "Stored", "Written"]

VERSION = len(STEPS)
SCREENED = 200  # reports compared with the others in one transaction


class Store:
    """An open store. One process may write at a time (others wait their turn); any number may read meanwhile.

    Use it as a context manager. All methods raise StoreError where the file cannot be used, FullError where there is
    no room, CallError where an id is not in the store.
    """

    def __init__(self, engine: Engine, path: Path, *, read_only: bool) -> None:
        self._engine = engine
        self.path = path
        self.read_only = read_only

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = True,
        read_only: bool = False,
        max_page_count: int | None = None,
        steps: tuple[Step, ...] = STEPS,
    ) -> Self:
        """The store in a file; made where there is none or an empty one, brought up to date where it is older.

        Raises NotAStoreError, VersionError (a newer bilateral wrote it) or StoreError. `max_page_count` limits the
        size of the file in pages of 4096 bytes.
        """
        path = Path(path)
        opening.checked(path, create=create and not read_only)
        engine = opening.connected(path, read_only=read_only, max_page_count=max_page_count)
        try:
            opening.brought_up(engine, path, steps, create=create, read_only=read_only)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, path, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections to the file."""
        self._engine.dispose()

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for questions, which sees one state of the store throughout. For `query`."""
        return opening.reading(self._engine, self.path)

    def _writing(self) -> AbstractContextManager[Connection]:
        if self.read_only:
            raise StoreError(f"{self.path}: the store was opened for reading only")
        return opening.writing(self._engine, self.path)

    def write(self, batch: Batch) -> Written:
        """Store a batch in one transaction and say what was new.

        A report that is stored already gets the parse, date, records and problems of this batch; where they are the
        same, nothing is touched. A new text at the uri of another report supersedes that, which stays and no longer
        counts. Records whose evidence does not stand in their report are refused and become problems.
        """
        made, alone = coding.codings(batch)
        with self._writing() as conn:
            done = writing.write(conn, made, alone)
            judging.refresh(conn, (c.document.id for c in made))
            return done

    def replace(
        self,
        doc: str,
        *,
        dated: Dated,
        records: Iterable[AnyRecord],
        problems: Iterable[Problem] = (),
        parse: Parse | None = None,
    ) -> Written:
        """Give a stored report a new date, new records and problems, and a new parse where one is given."""
        batch = Batch(
            documents=(self.document(doc),), parses=(parse or self.parse(doc),), dates=(dated,),
            records=tuple(records), problems=tuple(problems),
        )  # fmt: skip
        return self.write(batch)

    def overrule(self, doc: str, date: str | None) -> None:
        """Keep a person's date (EDTF) for a report, over all that is inferred; None takes it back.

        The records of the report stay as they are until it is coded again on that date. From then on a batch that was
        coded on another date leaves the report as it is (`Written.kept`).
        """
        with self._writing() as conn:
            writing.overrule(conn, doc, date)

    def forget(self, doc: str) -> Forgotten:
        """Take a report out with all that came from it; a report that it superseded counts again."""
        with self._writing() as conn:
            return writing.forget(conn, doc)

    def settle(self, uri: str) -> int:
        """Delete the problems of an input that is about to be read again, those of stored reports aside; how many."""
        with self._writing() as conn:
            return writing.settle(conn, uri)

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these ids are reports of the store."""
        with self.reading() as conn:
            return reading.known(conn, ids)

    def document(self, doc: str) -> Document:
        """A report with its text and anatomy."""
        with self.reading() as conn:
            return reading.document_of(reading.document_row(conn, doc))

    def parse(self, doc: str) -> Parse:
        """The stored parse of a report."""
        with self.reading() as conn:
            return reading.parse(conn, doc)

    def dated(self, doc: str) -> Dated:
        """The date of a report as it was last coded; a person's date that came later stands in `override`."""
        with self.reading() as conn:
            return reading.dated_of(reading.document_row(conn, doc))

    def override(self, doc: str) -> str | None:
        """The date that a person gave to a report, or None."""
        return self.overrides((doc,)).get(doc)

    def overrides(self, docs: Iterable[str]) -> dict[str, str]:
        """The dates that people gave, by report; reports without one are left out."""
        with self.reading() as conn:
            return reading.chosen(conn, docs)

    def stored(self, after: str | None = None) -> Iterator[Stored]:
        """Yield every report with its parse, in the order of ids, from behind `after`; a few in memory at a time."""
        last = after or ""
        while True:
            with self.reading() as conn:
                some = reading.some_stored(conn, last)
            if not some:
                return
            yield from some
            last = some[-1].document.id

    def problems(
        self, *, uri: str | None = None, doc: str | None = None, stage: str | None = None
    ) -> Iterator[Problem]:
        """Yield what could not be read or coded, by input, report and place."""
        with self.reading() as conn:
            yield from reading.some_problems(conn, uri=uri, doc=doc, stage=stage)

    def verify(self) -> Iterator[Fault]:
        """Yield what is wrong with the file, its indexes, and with every record whose words or claims are not there."""
        with self.reading() as conn:
            yield from checking.file_faults(conn, is_quick=False)
            yield from checking.shortcut_faults(conn)
        if not self.read_only:
            yield from self._index_faults()
        after: int | None = 0
        while after is not None:
            with self.reading() as conn:
                faults, after = checking.record_faults(conn, after)
            yield from faults

    def _index_faults(self) -> Iterator[Fault]:
        for index in checking.INDEXES:
            with self._writing() as conn:
                try:
                    checking.check_index(conn, index)
                except DatabaseError as error:
                    fault = Fault(None, "search", f"the index {index} does not hold the words stored: {error.orig}")
                else:
                    continue
            yield fault

    def add_series(
        self, file: SeriesFile, rows: Iterable[Observation], finished: Callable[[Added], SeriesFile]
    ) -> tuple[SeriesFile, Added] | None:
        """Store a reference file with its values in one transaction; None, and nothing read, where it is there already.

        `rows` are drawn while they are written, so that a file of any size can be added; `finished` is called after
        the last and gives the file with its counts. Other writers wait meanwhile.
        """
        with self._writing() as conn:
            added = series.add(conn, file, rows)
            return None if added is None else (series.finish(conn, finished(added)), added)

    def series(self, dyad: tuple[str, str]) -> list[Observation]:
        """All that the reference files state of a pair of states, both ways; no view is preferred or merged."""
        with self.reading() as conn:
            return series.observations(conn, dyad)

    def series_files(self) -> list[SeriesFile]:
        """The reference files, in the order in which they came."""
        with self.reading() as conn:
            return series.files(conn)

    def forget_series(self, key: str) -> SeriesFile:
        """Take a reference file out with all its values, by its name or the first letters of its hash."""
        with self._writing() as conn:
            return series.forget(conn, key)

    def screen(self, bands: Callable[[str], Iterable[str]], alike: Callable[[Page, Page], bool]) -> int:
        """Look for near-copies of some reports that were not compared yet, in one transaction; how many reports."""
        with self._writing() as conn:
            return books.screened(conn, SCREENED, bands, alike)

    def stale(self) -> list[tuple[str, str]]:
        """The pairs of codes whose entries are to be made anew, in order."""
        with self.reading() as conn:
            return books.stale(conn)

    def post(self, pairs: Iterable[tuple[str, str]], make: Callable[[tuple[str, str]], Make]) -> int:
        """Make the entries of some pairs anew in one transaction, from records, reports, near-copies; how many."""
        with self._writing() as conn:
            return sum(books.post(conn, pair, make(pair)) for pair in pairs)

    def judge(self, rows: Iterable[Correction]) -> list[str]:
        """Store people's corrections and let them take effect, in one transaction; the ids of those that are new.

        A correction of a report that is not in the store waits for it. They stay when a report is forgotten.
        """
        with self._writing() as conn:
            return judging.judge(conn, rows)

    def filed(
        self, *, who: str | None = None, doc: str | None = None, record: str | None = None, unattached: bool = False
    ) -> list[Filed]:
        """The corrections by time: of a person, a report, a record that they are about now; or those about none."""
        with self.reading() as conn:
            return judging.filed(conn, who=who, doc=doc, record=record, unattached=unattached)

    def correction(self, key: str) -> Correction:
        """The correction with this id or beginning of an id; CallError where there is none, or several."""
        with self.reading() as conn:
            return judging.correction(conn, key)

    def machine(self, key: str) -> tuple[AnyRecord, list[AnyRecord]]:
        """A record as the machine made it, by its id, and all that the machine made of its report."""
        with self.reading() as conn:
            return judging.machine(conn, key)

    def queue(
        self,
        *,
        kinds: Iterable[str] = (),
        dyad: tuple[str, ...] = (),
        below: float | None = None,
        disagree: bool = False,
        second: str | None = None,
        limit: int = 1,
    ) -> list[str]:
        """The ids of records that wait for a person's verdict, the least sure first; see `judging.queue`."""
        with self.reading() as conn:
            return judging.queue(
                conn, kinds_=kinds, dyad=dyad, below=below, disagree=disagree, second=second, limit=limit
            )

    def counts(self) -> dict[str, int]:
        """How many reports, superseded reports, records of each kind, problems and overruled dates there are."""
        with self.reading() as conn:
            return reading.counts(conn)

    def soundness(self) -> Soundness:
        """The state of the file by quick checks; `verify` is the thorough one."""
        with self.reading() as conn:
            return checking.soundness(conn)
