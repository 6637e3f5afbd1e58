"""Codes of the field as checked data: PLOVER, CAMEO and the way between them, sectors, subjects of agreements.

Loads ontologies/*.toml, each once, and checks every code: a definition, a source, a parent that exists. Finds cues of
subjects and contexts in words. Knows no states and no documents.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from bilateral.errors import DataError

FOLDER = Path(__file__).parent / "ontologies"
T = TypeVar("T")


class Mode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finer kind of a PLOVER root; `score` is None where none is published."""

    code: str
    definition: str
    score: float | None = None


class Root(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A PLOVER root: what it means, its quad (1 verbal cooperation … 4 material conflict), its score and modes."""

    code: str
    quad: Literal[1, 2, 3, 4]
    quad_name: str
    score: float
    recipient_required: bool
    definition: str
    modes: dict[str, Mode] = {}


class Context(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a PLOVER event may be about, with the words that say so."""

    code: str
    definition: str
    cues: tuple[str, ...]


class Settled(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A point on which the manual contradicts itself, what is held here, and why."""

    point: str
    choice: str
    reason: str


class Situation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a situation of bilateral news is coded."""

    situation: str
    code: str
    mode: str | None = None


class Ontology(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """PLOVER as used here: roots by code, contexts by code, rules for bilateral news, settled contradictions."""

    source: str
    auxiliary: tuple[str, ...]
    roots: dict[str, Root]
    contexts: dict[str, Context]
    bilateral: tuple[Situation, ...]
    settled: tuple[Settled, ...]


class Cameo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A CAMEO code with its Goldstein value and what it is in PLOVER (None for codes that are no event there).

    `also` are further modes that the code covers; `prefer` marks the choice among equals; `settled` says why the row
    differs from the published crosswalk.
    """

    code: str
    name: str
    definition: str
    goldstein: float | None = None
    parent: str | None = None
    plover: str | None = None
    mode: str | None = None
    also: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    prefer: bool = False
    settled: str | None = None


class Subject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an agreement or visit is about: cues, and the terms of other lists that belong under it.

    `last`: a subject that is named only where no other is.
    """

    code: str
    definition: str
    cues: tuple[str, ...]
    uk: tuple[str, ...] = ()
    wti: tuple[str, ...] = ()
    last: bool = False


@cache
def plover() -> Ontology:
    """PLOVER: roots with modes, contexts, and the rules by which bilateral news is coded."""
    file = _tables("plover.toml")
    quads = file.pop("quads")
    for code, root in file["roots"].items():
        root["code"] = code
        root["quad_name"] = quads.get(str(root.get("quad")), "")
        for name, mode in root.get("modes", {}).items():
            mode["code"] = name
    for code, context in file["contexts"].items():
        context["code"] = code
    return _checked("plover.toml", file, Ontology)


def score(code: str, mode: str | None = None) -> float | None:
    """The PLOVER score of a root or of its mode; the root's where a mode has none; None for an unknown root."""
    root = plover().roots.get(code)
    if root is None:
        return None
    found = root.modes.get(mode) if mode else None
    return root.score if found is None or found.score is None else found.score


def quad(code: str) -> int:
    """The quad of a PLOVER root, 1 to 4; DataError for an unknown root."""
    root = plover().roots.get(code)
    if root is None:
        raise DataError(f"expected a PLOVER root ({', '.join(plover().roots)}), found {code!r}")
    return root.quad


@cache
def cameo() -> Mapping[str, Cameo]:
    """All CAMEO codes."""
    codes = _tables("cameo.toml")["codes"]
    return _checked("cameo.toml", {c: {**row, "code": c} for c, row in codes.items()}, dict[str, Cameo])


def cameo_entry(code: str) -> Cameo:
    """The CAMEO code's entry; DataError for an unknown code."""
    found = cameo().get(code)
    if found is None:
        raise DataError(f"expected a CAMEO code, found {code!r}")
    return found


def plover_for(code: str) -> tuple[str, str | None, tuple[str, ...]] | None:
    """Root, mode and contexts of a CAMEO code; None for an unknown code and for those without a PLOVER event."""
    found = cameo().get(code)
    return (found.plover, found.mode, found.contexts) if found and found.plover else None


def cameo_for(code: str, mode: str | None, contexts: Iterable[str] = (), *, hint: str | None = None) -> str | None:
    """The most specific CAMEO code that a PLOVER root, mode and contexts support; None for an unknown root.

    `hint` is the code that a trigger's lexicon proposes; it wins if it belongs to the root. Of several codes that fit
    equally well the one marked `prefer` counts, else the nearest code above them all.
    """
    if code not in plover().roots:
        return None
    if hint and _fits(hint, code):
        return hint
    given = frozenset(contexts)
    with_mode = [r for r in _rows_of(code) if mode and (r.mode == mode or mode in r.also)]
    if with_mode:
        return _one_of(_most(with_mode, given) or with_mode, code)
    named = [r for r in _rows_of(code) if r.mode is None and r.contexts]
    return _one_of(_most(named, given), code)


@cache
def sectors() -> Mapping[str, str]:
    """PLOVER sector codes and their meaning."""
    return _checked("sectors.toml", _tables("sectors.toml")["sectors"], dict[str, str])


@cache
def subjects() -> tuple[Subject, ...]:
    """The subjects of agreements, talks and visits."""
    rows = [{**row, "code": code} for code, row in _tables("subjects.toml")["subjects"].items()]
    return _checked("subjects.toml", rows, tuple[Subject, ...])


def subjects_in(words: str) -> tuple[str, ...]:
    """The subjects whose cues stand in the words, best first: by words matched, then by place; () where none does.

    "diplomatic" and "general" only where no other subject is named.
    """
    last = {s.code for s in subjects() if s.last}
    found = _ranked(_subject_cues(), words)
    named = tuple(code for code in found if code not in last)
    return named or found[:1]


def contexts_in(words: str) -> tuple[str, ...]:
    """The PLOVER contexts whose cues stand in the words, best first."""
    return _ranked(_context_cues(), words)


def validate() -> None:
    """Check every file and how they hang together; DataError says file and key."""
    ontology = plover()
    _need("plover.toml", (("source", ontology.source),))
    for root in ontology.roots.values():
        _need("plover.toml", ((f"roots.{root.code}", root.definition), (f"roots.{root.code}.quad", root.quad_name)))
        _need("plover.toml", ((f"roots.{root.code}.modes.{m.code}", m.definition) for m in root.modes.values()))
    _need("plover.toml", ((f"contexts.{c.code}", c.definition and c.cues) for c in ontology.contexts.values()))
    for rule in ontology.bilateral:
        _known_plover("plover.toml", f"bilateral {rule.situation!r}", rule.code, rule.mode, ())
    _need("subjects.toml", ((f"subjects.{s.code}", s.definition and s.cues) for s in subjects()))
    _need("sectors.toml", ((f"sectors.{code}", text) for code, text in sectors().items()))
    for name in ("cameo.toml", "sectors.toml", "subjects.toml"):
        _need(name, (("source", _tables(name).get("source")),))
    for row in cameo().values():
        _known_cameo(row)
    bases = _tables("cameo.toml")["base"]
    for code in ontology.roots:
        if bases.get(code) not in cameo():
            raise DataError(f"cameo.toml, base.{code}: expected a CAMEO code, found {bases.get(code)!r}")


# Reading ----------------------------------------------------------------------------------------------------------


def _tables(name: str) -> dict[str, Any]:
    path = FOLDER / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: expected a TOML file in UTF-8: {error}") from error


def _checked(name: str, value: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise DataError(f"{FOLDER / name}: {error}") from error


def _need(name: str, pairs: Iterable[tuple[str, object]]) -> None:
    for place, value in pairs:
        if not value:
            raise DataError(f"{FOLDER / name}, {place}: expected a definition, cues or a source, found nothing")


def _known_plover(name: str, place: str, code: str, mode: str | None, contexts: Iterable[str]) -> None:
    root = plover().roots.get(code)
    if root is None:
        raise DataError(f"{FOLDER / name}, {place}: no PLOVER root {code!r}")
    if mode is not None and mode not in root.modes:
        raise DataError(f"{FOLDER / name}, {place}: no mode {mode!r} of {code}")
    for context in contexts:
        if context not in plover().contexts:
            raise DataError(f"{FOLDER / name}, {place}: no context {context!r}")


def _known_cameo(row: Cameo) -> None:
    place = f"codes.{row.code}"
    _need("cameo.toml", ((place, row.definition and row.name),))
    if row.parent is not None and row.parent not in cameo():
        raise DataError(f"{FOLDER / 'cameo.toml'}, {place}: no parent {row.parent!r}")
    if row.parent is None and len(row.code) != 2:
        raise DataError(f"{FOLDER / 'cameo.toml'}, {place}: expected a parent")
    if row.plover is not None:
        for mode in (row.mode, *row.also):
            _known_plover("cameo.toml", place, row.plover, mode, row.contexts)


# From PLOVER to CAMEO ---------------------------------------------------------------------------------------------


@cache
def _cameo_head() -> dict[str, Any]:
    file = _tables("cameo.toml")
    return {"base": file["base"], "accepts": file["accepts"]}


@cache
def _rows_of(code: str) -> tuple[Cameo, ...]:
    return tuple(row for row in cameo().values() if row.plover == code)


def _fits(hint: str, code: str) -> bool:
    row = cameo().get(hint)
    accepted = _cameo_head()["accepts"].get(code, [])
    return row is not None and (row.plover == code or any(hint.startswith(a) for a in accepted))


def _most(rows: list[Cameo], given: frozenset[str]) -> list[Cameo]:
    """Of the rows whose contexts are all given, those with the most."""
    within = [r for r in rows if given.issuperset(r.contexts)]
    most = max((len(r.contexts) for r in within), default=0)
    return [r for r in within if len(r.contexts) == most]


def _one_of(rows: list[Cameo], code: str) -> str:
    rows = [r for r in rows if r.prefer] or rows
    shared = _shared([(*_above(r.code), r.code) for r in rows])
    base: str = _cameo_head()["base"][code]
    return shared if shared and len(shared) > 2 else base


def _above(code: str) -> tuple[str, ...]:
    """The codes above a code, the root first."""
    parent = cameo()[code].parent
    return (*_above(parent), parent) if parent else ()


def _shared(lines: list[tuple[str, ...]]) -> str | None:
    """The last code that all lines of descent have in common."""
    found = None
    for level in zip(*lines, strict=False):
        if len(set(level)) > 1:
            break
        found = level[0]
    return found


# Cues -------------------------------------------------------------------------------------------------------------


class _Cues:
    """Cues of many codes, compiled once: whole words, any case, the longest of overlapping ones counts."""

    def __init__(self, cues: Iterable[tuple[str, str]]) -> None:
        owners: dict[str, list[str]] = {}
        for cue, code in cues:
            pattern = _plain(cue.removesuffix("*"))
            owners.setdefault(pattern.rstrip() if cue.endswith("*") else pattern, []).append(code)
        self.patterns = list(owners)
        self.codes = list(owners.values())
        self.automaton = AhoCorasick(self.patterns)

    def found(self, words: str) -> Iterator[tuple[int, int, list[str]]]:
        """Yield (start, number of words, codes) of each cue that lies in no longer one."""
        text = _plain(words)
        spans = self.automaton.find_matches_as_indexes(text, overlapping=True)
        furthest = 0
        for which, start, end in sorted(spans, key=lambda s: (s[1], -s[2])):
            if end > furthest:
                furthest = end
                yield start, self.patterns[which].strip().count(" ") + 1, self.codes[which]


_WORD = re.compile(r"[^\W_]+")


def _plain(words: str) -> str:
    """Words in small letters between single spaces, hyphens and apostrophes parting them too."""
    return f" {' '.join(_WORD.findall(words.casefold()))} "


def _ranked(cues: _Cues, words: str) -> tuple[str, ...]:
    weight: dict[str, int] = {}
    place: dict[str, int] = {}
    for start, size, codes in cues.found(words):
        for code in codes:
            weight[code] = weight.get(code, 0) + size
            place.setdefault(code, start)
    return tuple(sorted(weight, key=lambda code: (-weight[code], place[code])))


@cache
def _subject_cues() -> _Cues:
    return _Cues((cue, s.code) for s in subjects() for cue in s.cues)


@cache
def _context_cues() -> _Cues:
    return _Cues((cue, c.code) for c in plover().contexts.values() for cue in c.cues)
