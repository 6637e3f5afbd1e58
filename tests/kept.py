"""Parses kept in tests/parses/sentences.json: grammar without a model."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from bilateral.text import Parse

FILE = Path(__file__).parent / "parses" / "sentences.json"


class Kept(msgspec.Struct, frozen=True):
    """A sentence and its parse."""

    text: str
    parse: Parse

    def at(self, word: str) -> int:
        """The index of the first token that reads so."""
        for i, (start, end) in enumerate(zip(self.parse.start, self.parse.end, strict=True)):
            if self.text[start:end] == word:
                return i
        raise KeyError(f"{word!r} is no token of {self.text!r}")

    def words(self, tokens: list[int]) -> list[str]:
        """The tokens' words."""
        return [self.text[self.parse.start[i] : self.parse.end[i]] for i in tokens]


@cache
def _all() -> dict[str, Kept]:
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, Kept])


def kept(name: str) -> Kept:
    """The sentence of this name with its parse."""
    return _all()[name]
