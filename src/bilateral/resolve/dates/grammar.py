"""The wording of time expressions: which runs of tokens are one, by the rules of grammar.toml.

Finds, leftmost and longest first; what a match means is said elsewhere. The notation of the patterns stands at the
head of grammar.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from bilateral.errors import DataError
from bilateral.resolve.dates.tokens import Tokens, Value, lexicon

FILE = "grammar.toml"
_CLASS = re.compile(r"<([a-z0-9_|]+)>")
_MACRO = re.compile(r"\b[A-Z]+\b")


class _Rule(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    patterns: list[str]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of grammar.toml."""

    sets: dict[str, list[str]]
    macros: dict[str, str]
    rule: list[_Rule]


class Match(NamedTuple):
    """Tokens first..last (half-open) that a rule takes for a time expression."""

    rule: str
    tokens: Tokens
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where the words start in the text."""
        return self.tokens.start[self.first]

    @property
    def end(self) -> int:
        """Where the words end in the text."""
        return self.tokens.end[self.last - 1]

    @property
    def text(self) -> str:
        """The words."""
        return self.tokens.text[self.start : self.end]

    def values(self, *classes: str) -> list[Value]:
        """The values of the tokens of some classes, in order."""
        wanted = _chars(classes)
        return [self.tokens.value[i] for i in range(self.first, self.last) if self.tokens.classes[i] in wanted]

    def value(self, *classes: str) -> Any:
        """The value of the first token of some classes, or None."""
        return next(iter(self.values(*classes)), None)

    def has(self, *classes: str) -> bool:
        """Whether a token of one of these classes stands in the match."""
        return self.at(*classes) is not None

    def at(self, *classes: str) -> int | None:
        """The index of the first token of some classes, or None."""
        wanted = _chars(classes)
        return next((i for i in range(self.first, self.last) if self.tokens.classes[i] in wanted), None)

    def before(self, n: int = 1) -> str:
        """The class of the n-th token before the match, or "" at the start of the text."""
        return class_at(self.tokens, self.first - n)

    def behind(self, n: int = 0) -> str:
        """The class of the n-th token behind the match, counted from 0, or "" at the end."""
        return class_at(self.tokens, self.last + n)


@cache
def _names() -> dict[str, str]:
    return {char: name for name, char in lexicon().chars.items()}


@cache
def _chars(classes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(lexicon().chars[name] for name in classes)


def class_at(tokens: Tokens, i: int) -> str:
    """The class of token i by name, or "" outside the text."""
    return _names()[tokens.classes[i]] if 0 <= i < len(tokens.classes) else ""


def matches(tokens: Tokens) -> Iterator[Match]:
    """The time expressions of a text, in order and without overlap: leftmost, longest, then first rule."""
    starters = _starters()
    classes, at, n = tokens.classes, 0, len(tokens.classes)
    while at < n:
        rules = starters.get(classes[at])
        best, end = "", at
        if rules:
            for name, pattern in rules:
                m = pattern.match(classes, at)
                if m is not None and m.end() > end:
                    best, end = name, m.end()
        if end > at:
            yield Match(best, tokens, at, end)
        at = max(end, at + 1)


@cache
def _starters() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """For each class the patterns that can start with it, in the order of the file."""
    data = _load()
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for rule in data.rule:
        for text in rule.patterns:
            pattern = _expanded(text, data)
            compiled = re.compile(pattern)
            for char in _first(pattern):
                found.setdefault(char, []).append((rule.name, compiled))
    return found


@cache
def rule_names() -> tuple[str, ...]:
    """The names of all rules."""
    return tuple(rule.name for rule in _load().rule)


@cache
def _load() -> _File:
    raw = tomllib.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    try:
        return msgspec.convert(raw, _File)
    except msgspec.ValidationError as error:
        raise DataError(f"{FILE}: {error}") from error


def _expanded(text: str, data: _File) -> str:
    """A pattern over class characters: macros filled in, classes replaced, white space taken out."""
    while _MACRO.search(text):
        text = _MACRO.sub(lambda m: data.macros[m.group()], text)
    return _CLASS.sub(lambda m: _alternatives(m.group(1).split("|"), data), re.sub(r"\s+", "", text))


def _alternatives(names: list[str], data: _File) -> str:
    chars = lexicon().chars
    members = [member for name in names for member in data.sets.get(name, [name])]
    unknown = [name for name in members if name not in chars]
    if unknown:
        raise DataError(f"{FILE}: unknown class {unknown[0]!r}")
    return f"[{''.join(chars[name] for name in members)}]"


def _first(pattern: str) -> set[str]:
    """The characters that a match of an expanded pattern can start with."""
    found, _, _ = _first_of_choice(pattern, 0)
    return found


def _first_of_choice(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """First characters, whether it may be empty, and where it ends, of alternatives up to a closing bracket."""
    found: set[str] = set()
    empty = False
    while True:
        first, is_empty, at = _first_of_sequence(pattern, at)
        found |= first
        empty = empty or is_empty
        if at >= len(pattern) or pattern[at] == ")":
            return found, empty, at
        at += 1


def _first_of_sequence(pattern: str, at: int) -> tuple[set[str], bool, int]:
    found: set[str] = set()
    empty = True
    while at < len(pattern) and pattern[at] not in "|)":
        first, is_empty, at = _first_of_item(pattern, at)
        if at < len(pattern) and pattern[at] == "?":
            is_empty, at = True, at + 1
        if empty:
            found |= first
            empty = is_empty
    return found, empty, at


def _first_of_item(pattern: str, at: int) -> tuple[set[str], bool, int]:
    if pattern[at] == "[":
        end = pattern.index("]", at)
        return set(pattern[at + 1 : end]), False, end + 1
    if pattern.startswith("(?:", at):
        found, empty, end = _first_of_choice(pattern, at + 3)
        return found, empty, end + 1
    _, _, end = _first_of_choice(pattern, at + (4 if pattern[at + 2] == "<" else 3))  # a lookaround takes nothing
    return set(), True, end + 1
