"""The words for agreements and for the steps of their life, from lexicon.toml, and how phrases are found in tokens.

Owns no grammar: says which words stand at a token, not what they mean in their place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Generic, NamedTuple, TypeVar, cast

from bilateral.model import Stage

V = TypeVar("V")


class Phrases(Generic[V]):
    """Phrases by their first word, the longest first; a phrase's word is a form as written or a lemma."""

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for text, value in entries:
            words = tuple(text.split())
            self._by_first.setdefault(words[0], []).append((words, value))
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def at(self, low: Sequence[str], lemma: Sequence[str], i: int) -> tuple[int, V] | None:
        """The length in tokens and the value of the longest phrase that starts at token i, or None."""
        if low[i] not in self._by_first and lemma[i] not in self._by_first:
            return None
        for first in dict.fromkeys((low[i], lemma[i])):
            for words, value in self._by_first.get(first, ()):
                if i + len(words) > len(low):
                    continue
                if all(word in (low[i + n], lemma[i + n]) for n, word in enumerate(words[1:], 1)):
                    return len(words), value
        return None

    def starting(self, word: str) -> Sequence[tuple[tuple[str, ...], V]]:
        """The phrases that start with a word, the longest first, with their values."""
        return self._by_first.get(word, ())


class Kind(NamedTuple):
    """A type of agreement as a phrase names it; a weak phrase names one only beside a word for a step."""

    type: str
    is_weak: bool


class Act(NamedTuple):
    """A verb's step and what the agreement is in it: "object" (signed) or "subject" (entered into force)."""

    stage: Stage
    part: str


class Lexicon(NamedTuple):
    """All word lists, ready to look up."""

    nouns: Phrases[Kind]
    acts: Phrases[Act]
    step_nouns: Phrases[Stage]
    adjectives: Mapping[str, Stage]
    talks: Mapping[str, frozenset[str]]
    through: frozenset[str]
    generic: frozenset[str]
    subjects: Mapping[str, str]
    never: Mapping[str, frozenset[str]]
    levels: Phrases[str]
    numbers: Mapping[str, int]
    sets: Mapping[str, frozenset[str]]
    openings: tuple[tuple[str, ...], ...]


@cache
def lexicon() -> Lexicon:
    """The word lists of lexicon.toml, read once."""
    data = tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    steps = data["steps"].items()
    return Lexicon(
        nouns=Phrases(_nouns(data["types"])),
        acts=Phrases(_acts(data["steps"])),
        step_nouns=Phrases((noun, cast(Stage, stage)) for stage, lists in steps for noun in lists.get("nouns", ())),
        adjectives={word: cast(Stage, stage) for stage, lists in steps for word in lists.get("adjectives", ())},
        talks=_sets(data["talks"]),
        through=frozenset(data["through"]["nouns"]),
        generic=frozenset(data["generic"]["types"]),
        subjects=data["subjects"],
        never=_sets(data["never"]),
        levels=Phrases((word, level) for level, words in data["levels"].items() for word in words),
        numbers=data["numbers"],
        sets=_sets(data["sets"]),
        openings=tuple(tuple(words.split()) for words in data["list"]["openings"]),
    )


def word_set(name: str) -> frozenset[str]:
    """The word list of this name under [sets]."""
    return lexicon().sets[name]


def _sets(lists: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lists.items()}


def _nouns(types: dict[str, Any]) -> Iterable[tuple[str, Kind]]:
    for name, lists in types.items():
        for is_weak, words in ((False, lists.get("strong", ())), (True, lists.get("weak", ()))):
            yield from ((phrase, Kind(name, is_weak)) for phrase in words)


def _acts(steps: dict[str, Any]) -> Iterable[tuple[str, Act]]:
    for stage, lists in steps.items():
        for part in ("object", "subject"):
            yield from ((phrase, Act(cast(Stage, stage), part)) for phrase in lists.get(part, ()))
