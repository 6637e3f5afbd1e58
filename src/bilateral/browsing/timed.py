"""A store each question to which has an end, and whether a store has changed since it was looked at."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection

from bilateral.errors import StoreError
from bilateral.store import Store
from bilateral.store.opening import connected

SECONDS = 5.0  # of work that one question may take
PATIENCE = 6  # how many times that it may take in all, where others are at work as well
_STEPS = 100_000  # of SQLite between two looks at the clock: some milliseconds; each look stops all other threads


class OverdueError(StoreError):
    """A question took longer than it may."""


class Timed(Store):
    """An open store each question to which is broken off after `seconds` of work, with OverdueError.

    Work is what the question itself costs: where many ask at once each waits for the others and none is to blame.
    After PATIENCE times that long it is broken off all the same.
    """

    seconds = SECONDS

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection as that of a store, until the time is up."""
        work, end = time.thread_time() + self.seconds, time.monotonic() + PATIENCE * self.seconds

        def is_over() -> bool:
            return time.thread_time() > work or time.monotonic() > end

        try:
            with super().reading() as conn:
                raw = conn.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                raw.set_progress_handler(is_over, _STEPS)
                try:
                    yield conn
                finally:
                    raw.set_progress_handler(None, 0)
        except StoreError as error:
            if is_over():
                raise OverdueError(f"the question took longer than {self.seconds:g} seconds") from error
            raise


class Pulse:
    """Tells whether a store has changed: `now` is another word after every commit of another connection."""

    def __init__(self, path: Path) -> None:
        self._engine = connected(path, read_only=True, max_page_count=None)
        self._conn = self._engine.raw_connection()
        self._lock = Lock()
        # Each connection counts the commits that it has seen: one's count says nothing of another's.
        self._start = secrets.token_hex(8)

    def now(self) -> str:
        """The version of what the store holds."""
        with self._lock:
            cursor = self._conn.cursor()
            cursor.execute("PRAGMA data_version")
            found = cursor.fetchone()
            cursor.close()
        return f"{self._start}.{found[0] if found else 0}"

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._conn.close()
            self._engine.dispose()
