"""The quantities that a figure can be of, as quantities.toml lists them, and how words choose one.

Owns the loading of the taxonomy and the matching of its cue phrases; which words stand near a figure is naming.py's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from bilateral.errors import DataError
from bilateral.extract.measures.lexicon import table

KINDS = frozenset({"money", "percent", "persons", "items", "measure"})
FLOWS = frozenset({"none", "export", "import", "give", "person", "expel", "home", "invest", "owe", "relieve", "host",
    "balance", "remit", "hold", "issue",
})  # fmt: skip


class Phrases(NamedTuple):
    """Words and phrases of which one must stand in some text: words by themselves, phrases as one pattern."""

    words: frozenset[str]
    pattern: re.Pattern[str] | None

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        if not self.words.isdisjoint(_split(text)):
            return True
        return self.pattern is not None and self.pattern.search(text) is not None


@lru_cache(maxsize=64)
def _split(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


_WORD = re.compile(r"[\w-]+")


class Entry(NamedTuple):
    """One quantity of the taxonomy; the fields are those of quantities.toml."""

    name: str
    of: frozenset[str]
    unit: str | None
    flow: str
    family: str | None
    verbs: frozenset[str]
    nouns: frozenset[str]
    not_nouns: frozenset[str]
    with_: Phrases | None
    with_also: Phrases | None
    not_with: Phrases | None
    bare: frozenset[str]
    at_least: int
    strict: bool
    over_time: bool
    wide: bool


class Hit(NamedTuple):
    """A cue phrase found: its entry, where in the words searched, and how long it is."""

    entry: Entry
    start: int
    end: int


_KEYS = frozenset({
    "name", "of", "unit", "cues", "verbs", "nouns", "not_nouns", "with", "with_also", "not_with", "bare", "at_least",
    "flow", "family", "strict", "over_time", "wide",
})  # fmt: skip


@cache
def entries() -> tuple[Entry, ...]:
    """All quantities in the order of the file; DataError names an entry that breaks the file's own rules."""
    return tuple(_entry(raw) for raw in table("quantities.toml")["quantity"])


def _entry(raw: dict[str, Any]) -> Entry:
    unknown = raw.keys() - _KEYS
    if unknown or "name" not in raw or not set(raw.get("of", ())) <= KINDS or raw.get("flow", "none") not in FLOWS:
        raise DataError(
            f"quantities.toml: expected known keys, kinds and flow, got {raw.get('name')}: {sorted(unknown)}"
        )
    return Entry(
        raw["name"], frozenset(raw["of"]), raw.get("unit"), raw.get("flow", "none"), raw.get("family"),
        frozenset(raw.get("verbs", ())), frozenset(raw.get("nouns", ())), frozenset(raw.get("not_nouns", ())),
        _phrases(raw.get("with")), _phrases(raw.get("with_also")), _phrases(raw.get("not_with")),
        frozenset(raw.get("bare", ())), raw.get("at_least", 0), raw.get("strict", False), raw.get("over_time", False),
        raw.get("wide", False),
    )  # fmt: skip


def _phrases(words: list[str] | None) -> Phrases | None:
    if not words:
        return None
    single = frozenset(w for w in words if _WORD.fullmatch(w))
    return Phrases(single, _one_of([re.escape(w) for w in words if w not in single]))


def _one_of(alternatives: list[str]) -> re.Pattern[str] | None:
    """A pattern for whole words of some alternatives, the longest first, by their first letter for speed."""
    if not alternatives:
        return None
    by_letter: dict[str, list[str]] = {}
    for text in sorted(alternatives, key=len, reverse=True):
        by_letter.setdefault(text[0] if text[0].isalnum() else "", []).append(text)
    plain = by_letter.pop("", [])
    grouped = [f"{letter}(?:{'|'.join(t[1:] for t in texts)})" for letter, texts in sorted(by_letter.items())]
    return re.compile(rf"(?<![\w-])(?:{'|'.join([*plain, *grouped])})(?![\w-])")


@cache
def by_verb(lemma: str) -> tuple[Entry, ...]:
    """The entries that a verb names."""
    return tuple(e for e in entries() if lemma in e.verbs)


@cache
def by_bare_verb() -> dict[str, Entry]:
    """The verbs that name an entry beside a number without a noun."""
    return {word: e for e in reversed(entries()) for word in e.bare}


@cache
def entry_named(name: str, kind: str | None = None) -> Entry:
    """The first entry of a name that takes a kind of value, else the first of the name."""
    named = [e for e in entries() if e.name == name]
    return next((e for e in named if kind in e.of), named[0])


@cache
def _cues(kind: str) -> tuple[re.Pattern[str], dict[str, list[Entry]]]:
    """One pattern over all cue phrases for a kind of value, ignored phrases among them, and what each names.

    For changes (kind "change") every cue and counted noun that stands without conditions counts.
    """
    found: dict[str, list[Entry]] = {}
    data = table("quantities.toml")
    for raw, entry in zip(data["quantity"], entries(), strict=True):
        wanted = kind in entry.of if kind != "change" else not ({"percent"} & entry.of or _is_fixed(entry))
        if not wanted:
            continue
        words = [*raw.get("cues", ())]
        if kind == "change" and (entry.with_ is None or "persons" not in entry.of):
            words += [n for n in raw.get("nouns", ()) if not n.startswith("@")]
        for word in words:
            found.setdefault(word, []).append(entry)
    ignored = [p for p in data["ignore"]["phrases"] if p not in found]
    pattern = _one_of([_stem(w) for w in sorted([*found, *ignored], key=len, reverse=True)])
    assert pattern is not None
    return pattern, found


def _is_fixed(entry: Entry) -> bool:
    """Whether a quantity does not change (the length of a border)."""
    return entry.of == {"measure"} and entry.flow == "none" and not entry.with_


def _stem(phrase: str) -> str:
    """A phrase with its plural, and any space as one space or hyphen."""
    if phrase.endswith("y") and phrase[-2] not in "aeou":
        return re.escape(phrase[:-1]) + "(?:y|ies)"
    return re.escape(phrase) + "(?:s|es)?"


@lru_cache(maxsize=32)
def cue_hits(words: str, kind: str) -> tuple[Hit, ...]:
    """The cue phrases of a kind of value in some lower-case words, in order; ignored phrases hide what they hold.

    Where entries share a phrase, the first whose other conditions the words meet is taken.
    """
    pattern, named = _cues(kind)
    hits: list[Hit] = []
    for m in pattern.finditer(words):
        shared = named.get(m[0]) or named.get(_singular(m[0], named)) or []
        entry = next((e for e in shared if "persons" in e.of or _fits(e, words)), None)
        if entry is not None:
            hits.append(Hit(entry, m.start(), m.end()))
    return tuple(hits)


def _singular(phrase: str, named: dict[str, list[Entry]]) -> str:
    for cut, ending in ((3, "y"), (2, ""), (1, "")):
        candidate = phrase[:-cut] + ending
        if candidate in named:
            return candidate
    return phrase


def of_count(noun: str, compound: str, context: str, value: int, *, persons: bool, people: bool) -> Entry | None:
    """The quantity that a count of a noun is, by its context; None where the taxonomy knows none.

    `noun` is its lemma, `compound` the lemma with the word before it; `context` lemmas and words around, in a string.
    """
    for entry in _counting(noun, compound, persons, people):
        if value >= entry.at_least and _fits(entry, context):
            return entry
    return None


@lru_cache(maxsize=4096)
def _counting(noun: str, compound: str, persons: bool, people: bool) -> tuple[Entry, ...]:
    """The entries that can count a noun, in the file's order, whatever stands around it."""
    kinds = {"persons"} if persons or people else {"items", "persons"}
    names = {noun, compound} | ({"@people", "@persons"} if people else set()) | ({"@persons"} if persons else set())
    return tuple(e for e in entries() if e.of & kinds and noun not in e.not_nouns and e.nouns & names)


def _fits(entry: Entry, context: str) -> bool:
    if entry.with_ is not None and not entry.with_.stand_in(context):
        return False
    if entry.with_also is not None and not entry.with_also.stand_in(context):
        return False
    return entry.not_with is None or not entry.not_with.stand_in(context)
