"""The task `treaties`: parties and subject of a treaty in the UK register's own terms, from its official title alone.

Input {"uuid", "title"}; prediction {"uuid", "parties", "subject"}. The words stand in treaties.toml; how the register's
subject terms map to the project's subjects is in ontologies/subjects.toml (`uk`).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from bilateral import knowledge
from bilateral.errors import CallError

UNITED_KINGDOM = "UNITED KINGDOM"
_STRENGTHS = ("weak", "usual", "decisive")
_WORD = re.compile(r"[^\W_]+(?:'(?!s\b)[^\W_]+)*")
_NOT_STATED = "MISCELLANEOUS"


class Hit(NamedTuple):
    """A phrase found in a title: where, how many words, what it leads to, and how strongly."""

    start: int
    end: int
    size: int
    leads_to: str
    strength: int


def treaties(item: dict[str, Any]) -> dict[str, Any]:
    """The prediction for one title; CallError says what is missing in the input."""
    if not isinstance(item.get("title"), str):
        raise CallError(f"treaties: expected an object with uuid and title, got keys {sorted(item)}")
    title = _plain(item["title"])
    other = party(title)
    parties = sorted({UNITED_KINGDOM, other} if other else {UNITED_KINGDOM})
    return {"uuid": item.get("uuid"), "parties": parties, "subject": subject(title)}


def _plain(title: str) -> str:
    """A title in small letters between single spaces, its words and apostrophes alone."""
    return f" {' '.join(_WORD.findall(title.replace('’', chr(39)).casefold()))} "


class Phrases:
    """Phrases of many meanings, found by whole words; of overlapping ones the longest counts."""

    def __init__(self, entries: dict[str, list[tuple[str, int]]]) -> None:
        made = [(_plain(phrase.removesuffix("*")), phrase.endswith("*"), means) for phrase, means in entries.items()]
        self._patterns = [text.rstrip() if is_open else text for text, is_open, _ in made]
        self._means = [means for _, _, means in made]
        self._automaton = AhoCorasick(self._patterns)

    def found(self, title: str) -> list[Hit]:
        """The phrases of a plain title, in order."""
        spans = self._automaton.find_matches_as_indexes(title, overlapping=True)
        hits: list[Hit] = []
        furthest = 0
        for which, start, end in sorted(spans, key=lambda s: (s[1], -s[2])):
            if end - 1 < furthest:
                continue
            furthest = end
            size = self._patterns[which].strip().count(" ") + 1
            hits += [Hit(start, end, size, name, strength) for name, strength in self._means[which]]
        return hits


# Parties ----------------------------------------------------------------------------------------------------------


def party(title: str) -> str | None:
    """The party beside the United Kingdom in a plain title, in the register's words, or None where it names none.

    Names where parties stand ("between …", "… and the Government of …", "with …") before the title turns to its subject
    count before names elsewhere; of those, one that may stand on the British side gives way, then the second counts.
    """
    topic = _TOPIC.search(title, max(0, title.find(" between ")))
    ends = topic.start() if topic else len(title)
    hits = [h for h in _parties().found(title) if h.leads_to]
    standing = [h for h in hits if h.start < ends and _PARTY.search(title, max(0, h.start - 80), h.start + 1)] or hits
    if not standing:
        return None
    side = set(_data()["own"]["side"])
    return max(standing, key=lambda h: (h.leads_to not in side, _is_second(title, h), h.size > 1, -h.start)).leads_to


def _is_second(title: str, hit: Hit) -> bool:
    """Whether a name stands as the second party: "between … and the Government of NAME", "with NAME"."""
    return bool(_SECOND.search(title, max(0, hit.start - 80), hit.start + 1))


_RULERS = (
    r"(?: (?:the|his|her|their|royal|majesty|majesties|excellency|highness|in|respect|king|queen|president|emperor|"
    r"sultan|amir|emir|republic|kingdom|state|states|union|economic|post|office|postal|administration|governments?|"
    r"people's|peoples|federal|federative|socialist|democratic|united|confederation|empire|council|of|provisional|"
    r"national|imperial|grand|duke|duchy|islamic|arab|hashemite|hellenic))* $"
)
_PARTY = re.compile(r" (?:between|and|with|governments?|by)" + _RULERS)
_SECOND = re.compile(r" (?:and|with)" + _RULERS)
_TOPIC = re.compile(
    r" (?:concerning|regarding|respecting|relating|relative|about|for|constituting|amending|extending|terminating|"
    r"renewing|modifying|supplementary|supplementing|deleting|exempting|providing|to|regulating|on the subject|"
    r"in regard|with regard|with respect|in connexion) "
)


@cache
def _parties() -> Phrases:
    """How parties are worded in titles: their register names, the words of treaties.toml, adjectives of the states."""
    data = _data()
    entries: dict[str, list[tuple[str, int]]] = {words: [("", 0)] for words in data["own"]["words"]}
    for name, words in data["parties"].items():
        for word in (name.removesuffix(" THE"), *words):
            entries.setdefault(word, [(name, 0)])
    for state in knowledge.states():
        name = state.name.upper()
        if name not in data["parties"] and name != UNITED_KINGDOM and state.code != "GBR":
            for word in (state.name, *state.adjectives):
                entries.setdefault(word, [(name, 0)])
    return Phrases(entries)


# Subject ----------------------------------------------------------------------------------------------------------


def subject(title: str) -> str:
    """The register's subject term for a plain title: by its strongest cue, then the longest, then the first."""
    hits = _subjects().found(title)
    if not hits:
        return _NOT_STATED
    return max(hits, key=lambda h: (h.strength, h.size, -h.start)).leads_to


@cache
def _subjects() -> Phrases:
    entries: dict[str, list[tuple[str, int]]] = {}
    for term, lists in _data()["subjects"].items():
        for strength, name in enumerate(_STRENGTHS):
            for cue in lists.get(name, ()):
                entries.setdefault(cue, []).append((term, strength))
    return Phrases(entries)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("treaties.toml").read_text(encoding="utf-8"))
