"""Answers remembered as they were sent, so that who asks for the same again waits for nobody."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple


class Answer(NamedTuple):
    """An answer as it was sent: its bytes, what they are, its further headers."""

    body: bytes
    media: str
    headers: dict[str, str]


class Answers:
    """The last answers by their tags, in so many bytes. A tag names the store's version: none is ever out of date."""

    def __init__(self, room: int) -> None:
        self._room, self._taken = room, 0
        self._known: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str) -> Answer | None:
        """The answer of a tag; None where it is not, or no longer, remembered."""
        with self._lock:
            if tag in self._known:
                self._known.move_to_end(tag)
            return self._known.get(tag)

    def keep(self, tag: str, answer: Answer) -> None:
        """Remember an answer; those that nobody asked for longest make room for it."""
        with self._lock:
            if tag in self._known or len(answer.body) > self._room // 8:
                return
            self._known[tag] = answer
            self._taken += len(answer.body)
            while self._taken > self._room:
                _, old = self._known.popitem(last=False)
                self._taken -= len(old.body)
