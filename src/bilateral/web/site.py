"""What all pages share: the store, its version, what was counted already at that version, the mode."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from threading import Lock
from typing import Any, Literal, TypeVar

from litestar.exceptions import NotFoundException

from bilateral.browsing import Pulse, Timed
from bilateral.errors import CallError, StoreError
from bilateral.store import Store
from bilateral.web.answers import Answers
from bilateral.web.door import Door
from bilateral.web.views import Asked

Mode = Literal["read", "review"]
KEPT = 64  # things remembered that answers are made of; a brief is some megabytes
ROOM = 64 * 2**20  # bytes of answers remembered as they were sent
T = TypeVar("T")


class Site:
    """An open store as the page sees it: for reading, each question with an end; once more for people's decisions."""

    def __init__(self, path: Path, *, mode: Mode, seconds: float, door: Door | None = None) -> None:
        self.mode = mode
        self.door = door
        self.version = metadata.version("bilateral")
        self.store = Timed.open(path, create=False, read_only=True)
        self.store.seconds = seconds
        self.pulse = Pulse(path)
        self._desk = Store.open(path, create=False) if mode == "review" else None
        self._turn = Lock()
        self._known: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[tuple[str, Hashable], Lock] = {}
        self.answers = Answers(ROOM)
        self._at = ""
        self._lock = Lock()

    def close(self) -> None:
        """Close the store."""
        self.pulse.close()
        self.store.close()
        if self._desk is not None:
            self._desk.close()

    @contextmanager
    def deciding(self) -> Iterator[Store]:
        """The store for one decision, opened for writing; one at a time. StoreError where the page is for reading."""
        if self._desk is None:
            raise StoreError("the page was opened for reading only")
        with self._turn:
            yield self._desk

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once while the store stays as it is; who asks meanwhile waits for it."""
        held = (self.pulse.now(), key)
        known, busy = self._look(held)
        if busy is None:
            return known  # type: ignore[no-any-return]
        with busy:
            known, still = self._look(held)
            if still is None:
                return known  # type: ignore[no-any-return]
            try:
                made = make()
                self._keep(held, made)
            finally:
                with self._lock:
                    self._making.pop(held, None)
        return made

    def _look(self, held: tuple[str, Hashable]) -> tuple[Any, Lock | None]:
        """What is known already; else the lock of whoever makes it."""
        version, key = held
        with self._lock:
            if version != self._at:
                self._known.clear()
                self._at = version
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key], None
            return None, self._making.setdefault(held, Lock())

    def _keep(self, held: tuple[str, Hashable], made: Any) -> None:
        version, key = held
        with self._lock:
            if version == self._at:
                self._known[key] = made
            while len(self._known) > KEPT:
                self._known.popitem(last=False)


def site_of(request: Asked) -> Site:
    """The site that a request is to."""
    site = request.app.state.page
    assert isinstance(site, Site)
    return site


def found(look: Callable[[], T]) -> T:
    """What a look-up by a key in the address gives; a page that says "not found" where there is nothing."""
    try:
        return look()
    except CallError as error:
        raise NotFoundException(detail=str(error)) from error
