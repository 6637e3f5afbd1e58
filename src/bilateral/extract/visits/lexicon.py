"""The words for visits, meetings, calls and summonses, from lexicon.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple, cast

from bilateral.model import Status


class Pattern(NamedTuple):
    """A verb of a shape: the words that follow it; the last is the preposition of the other side, "" for an object."""

    shape: str
    words: tuple[str, ...]

    @property
    def prep(self) -> str:
        """The preposition before the other side, or "" where that is the object."""
        return self.words[-1] if self.words else ""


class Lexicon(NamedTuple):
    """All word lists, ready to look up: nouns to their sorts, verbs to their patterns (the longest first)."""

    nouns: Mapping[str, tuple[str, ...]]
    verbs: Mapping[str, tuple[Pattern, ...]]
    visit_kinds: Mapping[str, str]
    off: Mapping[str, Status]
    carry: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]
    sets: Mapping[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """The word lists of lexicon.toml, read once."""
    data = tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    return Lexicon(
        nouns=_nouns(data["nouns"]),
        verbs=_verbs(data["verbs"]),
        visit_kinds={word: kind for kind, words in data["visit_kinds"].items() for word in words},
        off={lemma: cast(Status, status) for status, lemmas in data["off"].items() for lemma in lemmas},
        carry={name: frozenset(words) for name, words in data["carry"].items()},
        groups={name: frozenset(words) for name, words in data["groups"].items()},
        sets={name: frozenset(words) for name, words in data["sets"].items()},
    )


def word_set(name: str) -> frozenset[str]:
    """The word list of this name under [sets]."""
    return lexicon().sets[name]


def sorts(word: str) -> tuple[str, ...]:
    """The sorts of visit or meeting that a noun names; () for any other word."""
    return lexicon().nouns.get(word, ())


def _nouns(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for sort, words in lists.items():
        for word in words:
            found.setdefault(word, []).append(sort)
    return {word: tuple(names) for word, names in found.items()}


def _verbs(lists: dict[str, list[str]]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for shape, phrases in lists.items():
        for phrase in phrases:
            lemma, *rest = phrase.split()
            found.setdefault(lemma, []).append(Pattern(shape, tuple(rest)))
    return {lemma: tuple(sorted(patterns, key=lambda p: -len(p.words))) for lemma, patterns in found.items()}
