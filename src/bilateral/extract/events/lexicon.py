"""The lexicon of triggers: words that can carry an event, what they mean, and where actor and recipient stand.

Reads triggers.toml and users' files of the same shape, and checks every code, mode, context and set. Knows no grammar.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from bilateral import ontology
from bilateral.errors import DataError
from bilateral.knowledge import own_folders

FILE = Path(__file__).with_name("triggers.toml")
# Turns of phrase are tried before the plain rows, and wider rows after them.
_FIRST = (FILE.with_name("turns.toml"), FILE.with_name("idioms.toml"))
_LAST = FILE.with_name("wider.toml")
_KINDS = ("verb", "noun", "adj")


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One meaning of some words. docs/rules/events.md explains each field."""

    words: tuple[str, ...]
    code: str
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    by: tuple[str, ...] = ("by",)
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    frame: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    people: bool = False
    free: bool = False
    mutual: bool = False
    swap: bool = False
    civil: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    other: bool = False
    charge: bool = False
    flow: bool = False
    future: bool = False
    voices: bool = False
    plain: bool = False
    bare: bool = False
    state: bool = False
    owned: bool = False
    negative: bool = False
    group: str = ""


class _File(Struct, kw_only=True, forbid_unknown_fields=True):
    sets: dict[str, tuple[str, ...]] = {}
    light: dict[str, tuple[str, ...]] = {}
    flow: dict[str, tuple[str, ...]] = {}
    fill: dict[str, tuple[str, ...]] = {}
    content: dict[str, dict[str, tuple[str, ...]]] = {}
    verb: tuple[dict[str, Any], ...] = ()
    noun: tuple[dict[str, Any], ...] = ()
    adj: tuple[dict[str, Any], ...] = ()


class Lexicon(NamedTuple):
    """All rows by kind and first word, the named sets, and what words say of modes."""

    rows: Mapping[str, Mapping[str, tuple[tuple[str, Row], ...]]]
    sets: Mapping[str, frozenset[str]]
    light: frozenset[str]
    flow: frozenset[str]
    fill: frozenset[str]
    content: Mapping[str, Mapping[str, frozenset[str]]]


def lexicon(extra: Iterable[Path] = ()) -> Lexicon:
    """The lexicon with users' files before the project's; DataError says file, row and field that is wrong."""
    return _lexicon((*map(Path, extra), *_registered(), *_FIRST, FILE, _LAST))


@cache
def _registered() -> tuple[Path, ...]:
    """The triggers.toml of the user's folder (BILATERAL_KNOWLEDGE), then files of the group `bilateral.triggers`."""
    own = [path for folder in own_folders() if (path := folder / FILE.name).is_file()]
    points = sorted(entry_points(group="bilateral.triggers"), key=lambda e: e.name)
    return (*own, *(Path(p.load()) for p in points))


@cache
def _lexicon(paths: tuple[Path, ...]) -> Lexicon:
    files = [(path, _read(path)) for path in paths]
    sets = {name: frozenset(words) for _, file in reversed(files) for name, words in file.sets.items()}
    rows: dict[str, dict[str, list[tuple[str, Row]]]] = {kind: {} for kind in _KINDS}
    for path, file in files:
        for kind in _KINDS:
            for number, table in enumerate(getattr(file, kind), start=1):
                row = _row(path, f"{kind} {number}", table, sets)
                for word in _spellings(row.words):
                    rows[kind].setdefault(_first(kind, word), []).append((word, row))
    content: dict[str, dict[str, frozenset[str]]] = {}
    for path, file in reversed(files):
        for code, modes in file.content.items():
            _known(path, f"content.{code}", code, None)
            for mode, words in modes.items():
                _known(path, f"content.{code}.{mode}", code, mode)
                content.setdefault(code, {})[mode] = frozenset(words)
    light = frozenset(w for _, file in files for w in file.light.get("verbs", ()))
    flow = frozenset(w for _, file in files for w in file.flow.get("verbs", ()))
    fill = frozenset(w for _, file in files for w in file.fill.get("groups", ()))
    frozen = {kind: {word: tuple(found) for word, found in table.items()} for kind, table in rows.items()}
    return Lexicon(frozen, sets, light, flow, fill, content)


def _read(path: Path) -> _File:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: expected a TOML file of triggers, {error}") from error
    try:
        return msgspec.convert(tables, _File)
    except msgspec.ValidationError as error:
        raise DataError(f"{path.name}: {error}") from error


def _row(path: Path, place: str, table: dict[str, Any], sets: Mapping[str, frozenset[str]]) -> Row:
    """A checked row, its sets put in place of their names."""
    named = f"{place} {table.get('words', ['without words'])[:1]}"
    whole = dict(table)
    for name in ("needs", "unless", "subject", "has", "also", "lacks"):
        if name in whole:
            whole[name] = sorted(_members(path, named, name, whole[name], sets))
    try:
        row = msgspec.convert(whole, Row)
    except msgspec.ValidationError as error:
        raise DataError(f"{path.name}: {named}: {error}") from error
    for code, mode in ((row.code, row.mode), _pair(row.civil), _pair(row.joint)):
        if code:
            _known(path, named, code, mode)
    if row.cameo and row.cameo not in ontology.cameo():
        raise DataError(f"{path.name}: {named}: expected a CAMEO code, found {row.cameo!r}")
    for context in row.contexts:
        if context not in ontology.plover().contexts:
            raise DataError(f"{path.name}: {named}: expected a PLOVER context, found {context!r}")
    return row


def _pair(words: tuple[str, ...]) -> tuple[str, str | None]:
    return (words[0], words[1] if len(words) > 1 else None) if words else ("", None)


def _members(path: Path, place: str, name: str, words: Iterable[str], sets: Mapping[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    for word in words:
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in sets:
            found |= sets[word[1:]]
        else:
            raise DataError(f"{path.name}: {place}: {name} names {word!r}, known are {', '.join(sorted(sets))}")
    return found


def _known(path: Path, place: str, code: str, mode: str | None) -> None:
    root = ontology.plover().roots.get(code)
    if root is None:
        raise DataError(f"{path.name}: {place}: expected a PLOVER root, found {code!r}")
    if mode and mode not in root.modes:
        raise DataError(f"{path.name}: {place}: expected a mode of {code} ({', '.join(root.modes)}), found {mode!r}")


def _spellings(words: Iterable[str]) -> list[str]:
    """Each word once, with "-ize" for "-ise"."""
    found = [form for w in words for form in ((w, w[:-3] + "ize") if w.endswith("ise") else (w,))]
    return list(dict.fromkeys(found))


def _first(kind: str, word: str) -> str:
    """The lemma that a word is looked up by: a verb before its particle, the last noun of a compound."""
    return word.split("+")[0] if kind == "verb" else word.split()[-1]
