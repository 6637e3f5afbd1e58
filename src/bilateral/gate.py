"""Which spans of a document can hold a relation between states, decided before anything is parsed.

An Aho-Corasick scan over the surfaces of `knowledge` (names of states, demonyms, capitals, seats, organisations) and
the names of leaders. What the gate leaves out is known from `Parse.parsed` and can be parsed later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple, get_args

from ahocorasick_rs import AhoCorasick, MatchKind

from bilateral import knowledge
from bilateral.errors import CallError
from bilateral.text import Document

Setting = Literal["off", "article", "window", "pair"]
Span = tuple[int, int]
SHORT = 3  # letters up to which capitals may be an acronym of something else
ENOUGH = 2  # states or organisations of states that make a relation
REACH = 2  # paragraphs from one that names a state to one that names another, within which they are read as a pair
# Each is one character for one, so that places in the text stay the same.
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʻ": "'", "‐": "-", "‑": "-"})


def spans(document: Document, setting: Setting) -> tuple[Span, ...]:
    """The content paragraphs worth parsing, in order.

    off: all. article: all if the document names at least two states or organisations of states, else none.
    window: in such a document, the paragraphs that name one, with the paragraph before and after each.
    pair: the paragraphs that name two, and those that name one where another is named at most two paragraphs away.
    Raises CallError for another setting.
    """
    checked(setting)
    paragraphs = list(document.content)
    if setting == "off":
        return tuple(paragraphs)
    named = [codes_in(document.text[start:end]) for start, end in paragraphs]
    around = codes_in(_outside(document)) | _home(document)
    if len(set().union(around, *named)) < ENOUGH:
        return ()
    if setting == "article":
        return tuple(paragraphs)
    chosen = _in_pairs(named) if setting == "pair" else {k for n in _naming(named) for k in (n - 1, n, n + 1)}
    return tuple(span for n, span in enumerate(paragraphs) if n in chosen)


def _naming(named: Sequence[frozenset[str]]) -> Iterator[int]:
    return (n for n, codes in enumerate(named) if codes)


def _in_pairs(named: Sequence[frozenset[str]]) -> set[int]:
    """The paragraphs that name a state, in or near which another one is named."""
    reached = {n: frozenset[str]().union(*named[max(0, n - REACH) : n + REACH + 1]) for n in _naming(named)}
    return {n for n, codes in reached.items() if len(codes) >= ENOUGH}


def checked(setting: str) -> None:
    """Raise CallError where a setting is not one of the gate's."""
    if setting not in get_args(Setting):
        raise CallError(f"gate: expected one of {', '.join(get_args(Setting))}, got {setting!r}")


def names_a_state(document: Document) -> bool:
    """Whether any state or organisation of states is named in a document, furniture aside."""
    content = (document.text[start:end] for start, end in document.content)
    return bool(codes_in(_outside(document))) or any(codes_in(words) for words in content)


def codes_in(words: str) -> frozenset[str]:
    """The states and organisations of states that are named in some words, by whole words only."""
    automaton, entries = _automaton()
    words = words.translate(_APOSTROPHES)
    found: set[str] = set()
    for index, start, end in automaton.find_matches_as_indexes(_small(words)):
        if not (words[start - 1 : start].isalnum() or words[end : end + 1].isalnum()):
            found.update(_meant(entries[index], words[start:end]))
    return frozenset(found)


def _small(words: str) -> str:
    """Words in lower case and of the same length: a letter that becomes two (the dotted capital I) stays as it is."""
    lower = words.lower()
    if len(lower) == len(words):
        return lower
    return "".join(small if len(small := c.lower()) == 1 else c for c in words)


def _home(document: Document) -> frozenset[str]:
    """The state of the publisher, of which its reports need not say the name ("Government suspends pact with Peru")."""
    code = knowledge.home_of(document.publisher) if document.publisher else None
    return frozenset((code,)) if code else frozenset()


def _outside(document: Document) -> str:
    """The words outside the content that still tell of states: title, dateline place, headings."""
    heads = [document.text[p.start : p.end] for p in document.paragraphs if p.kind == "heading"]
    place = document.dateline.place if document.dateline and document.dateline.place else ""
    return "\n".join([document.title or "", place, *heads])


class _Entry(NamedTuple):
    """What one spelling in lower case can mean: codes for any case, and for spellings that count as written only."""

    codes: tuple[str, ...]
    cased: dict[str, tuple[str, ...]]


def _meant(entry: _Entry, words: str) -> Iterator[str]:
    """Yield the codes that these words mean as they are written; a headline in capitals is as good as any case."""
    yield from entry.codes
    is_loud = words.isupper() and len(words) > SHORT
    for spelling, codes in entry.cased.items():
        if is_loud or spelling == words:
            yield from codes


@cache
def _automaton() -> tuple[AhoCorasick, list[_Entry]]:
    entries: dict[str, _Entry] = {}
    for words, codes, is_cased in _spellings():
        words = words.translate(_APOSTROPHES)
        entry = entries.setdefault(_small(words), _Entry((), {}))
        if is_cased:
            entry.cased[words] = (*entry.cased.get(words, ()), *codes)
        else:
            entries[_small(words)] = entry._replace(codes=(*entry.codes, *codes))
    automaton = AhoCorasick(list(entries), matchkind=MatchKind.LeftmostLongest)
    return automaton, list(entries.values())


def _spellings() -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield each spelling that names a state or an organisation of states, its codes, and whether its case counts."""
    for surface in knowledge.surfaces():
        if surface.kind != "city" and surface.codes:
            yield surface.text, surface.codes, surface.cased
    for leader in knowledge.leaders():
        for name in (leader.name, *leader.names):
            yield name, (leader.code,), True
