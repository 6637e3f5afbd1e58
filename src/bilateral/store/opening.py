"""Opening the file: telling a store from anything else, connections, transactions, and SQLite's errors in our words.

Owns the pragmas. WAL with synchronous=FULL: a committed batch outlives a killed process and a power cut, readers never
wait for the writer. Every writing transaction begins IMMEDIATE, so that two writers queue instead of failing midway.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.pool import QueuePool

from bilateral.errors import FullError, NotAStoreError, StoreError, VersionError
from bilateral.store.migrations import APPLICATION, Step, migrate, version_of

HEADER = b"SQLite format 3\x00"
WAIT = 60.0  # seconds that a writer waits for another one; a batch takes well under one
_TRIES = 3_000
_CACHE_KIB = 16_384

_ADVICE = {
    "SQLITE_FULL": "there is no room left to write; the batch at hand is not in the store, everything before it is",
    "SQLITE_NOTADB": "it is no SQLite database, so it is no store of bilateral",
    "SQLITE_CORRUPT": "the file is damaged; take a copy of it and restore it from a backup",
    "SQLITE_BUSY": f"another process has kept it locked for {WAIT:.0f} seconds",
    "SQLITE_LOCKED": f"another process has kept it locked for {WAIT:.0f} seconds",
    "SQLITE_READONLY": "it cannot be written to; check the permissions of the file and of its folder",
    "SQLITE_CANTOPEN": "it cannot be opened; check that its folder exists and the permissions of both",
    "SQLITE_PERM": "it cannot be opened; check its permissions",
    "SQLITE_AUTH": "it cannot be opened; check its permissions",
    "SQLITE_IOERR": "the disk reports an error",
}
_KINDS: dict[str, type[StoreError]] = {"SQLITE_FULL": FullError, "SQLITE_NOTADB": NotAStoreError}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what the database reports as a StoreError that says what it means; wrong statements stay as they are."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", "") or ""
        family = "_".join(name.split("_")[:2])
        if family not in _ADVICE:
            raise StoreError(f"{path}: the store cannot be used: {error.orig}") from error
        raise _KINDS.get(family, StoreError)(f"{path}: {_ADVICE[family]} ({error.orig})") from error


def checked(path: Path, *, create: bool) -> None:
    """Raise if nothing at `path` can be a store: a folder, another kind of file, or nothing where nothing is made."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        if not create:
            raise StoreError(f"{path}: there is no store here; reading reports into it makes one") from error
        if not path.parent.is_dir():
            raise StoreError(f"{path}: no store can be made here, there is no folder {path.parent}") from error
        return
    except OSError as error:
        raise StoreError(f"{path}: it cannot be opened: {error.strerror}") from error
    if stat.S_ISDIR(status.st_mode):
        raise NotAStoreError(f"{path}: expected a store, found a folder")
    if not stat.S_ISREG(status.st_mode):
        raise NotAStoreError(f"{path}: expected a store, found something that is no regular file")
    if not status.st_size and not create:
        raise StoreError(f"{path}: the file is empty; reading reports into it makes it a store")
    if status.st_size and _header(path) != HEADER:
        raise NotAStoreError(f"{path}: it is no SQLite database, so it is no store of bilateral")


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER))
    except OSError as error:
        raise StoreError(f"{path}: it cannot be opened: {error.strerror}") from error


def connected(path: Path, *, read_only: bool, max_page_count: int | None) -> Engine:
    """The engine of a store file, every connection set up alike. Nothing is opened yet."""
    address = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rwc'}"
    if read_only and _is_sealed(path):
        address += "&immutable=1"

    def connect() -> sqlite3.Connection:
        conn = sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA synchronous = FULL")
        conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if max_page_count is not None:
            conn.execute(f"PRAGMA max_page_count = {int(max_page_count)}")
        return conn

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _is_sealed(path: Path) -> bool:
    """Whether a store lies where this process can write nothing and no writer is at work.

    SQLite wants to make its -shm file beside a WAL database even to read it; where it cannot, and no -wal file holds
    newer pages, the file alone is the whole store and is read as immutable.
    """
    effective = os.access in os.supports_effective_ids
    writable = os.access(path.parent, os.W_OK, effective_ids=effective)
    return not writable and not path.with_name(path.name + "-wal").exists()


def _begin(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("is_writing") else "BEGIN")


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection that sees one state of the store throughout, whatever is written meanwhile."""
    with explained(path), engine.begin() as conn:
        yield conn


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection in a transaction of its own: all of it is kept, or nothing where anything is raised."""
    with explained(path), engine.connect() as conn:
        changing = conn.execution_options(is_writing=True)
        with changing.begin():
            yield changing


def brought_up(engine: Engine, path: Path, steps: tuple[Step, ...], *, create: bool, read_only: bool) -> None:
    """Make an empty file a store and take an older one to the present schema; raise where it is neither."""
    with reading(engine, path) as conn:
        at = _identified(conn, path, steps)
    if at == len(steps):
        return
    if read_only or (at == 0 and not create):
        found = "nothing" if at == 0 else f"schema version {at}"
        raise StoreError(f"{path}: expected schema version {len(steps)}, found {found}; open it once for writing")
    _set_wal(engine, path)
    with writing(engine, path) as conn:
        _identified(conn, path, steps)
        migrate(conn, steps)


def _identified(conn: Connection, path: Path, steps: tuple[Step, ...]) -> int:
    """The schema version of the file, 0 where it holds nothing at all."""
    application = int(conn.exec_driver_sql("PRAGMA application_id").scalar_one())
    tables = int(conn.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one())
    version = version_of(conn)
    if application == 0 and tables == 0 and version == 0:
        return 0
    if application != APPLICATION:
        raise NotAStoreError(f"{path}: it is a SQLite database, but not a store of bilateral ({tables} tables in it)")
    if version > len(steps):
        raise VersionError(
            f"{path}: the store has schema version {version}; this bilateral knows versions up to {len(steps)}, "
            "so a newer one wrote it"
        )
    return version


def _set_wal(engine: Engine, path: Path) -> None:
    """Switch a file to WAL. SQLite does not wait for a lock here, so two processes that make one store take turns."""
    for attempt in range(_TRIES):
        try:
            with explained(path), engine.connect() as conn:
                raw = conn.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                mode = raw.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except StoreError as error:
            if "locked" not in str(error) or attempt == _TRIES - 1:
                raise
            time.sleep(WAIT / _TRIES)
            continue
        if mode != "wal":
            raise StoreError(f"{path}: the disk does not allow several processes (journal mode {mode!r}, not WAL)")
        return
