"""A sentence told of other states, or without its dateline: what it says of the pair stays the same.

Only names that stand for a state and nothing else are changed, each for one of its kind (name, adjective, capital), so
that the encoder learns what was done and not by which country. Knows no torch.
"""

from __future__ import annotations

import random
import re
from functools import cache

from bilateral.encoder import Marked
from bilateral.knowledge import states

_DATELINE = re.compile(r"^[A-Z][A-Z .,'-]{2,}(?:, \d{1,2} \w+)?(?: \([^)]{2,30}\))? ?(?:—|--|-) ")


def varied(pair: Marked, rng: random.Random, *, swap: float, bare: float) -> Marked:
    """The sentence with other states at a chance of `swap`, and without dateline or last stop at one of `bare`."""
    if rng.random() < bare:
        pair = without_dateline(pair)
    return told_of_others(pair, rng) if rng.random() < swap else pair


def without_dateline(pair: Marked) -> Marked:
    """The sentence without its dateline, if it has one that the pair does not stand in, and without its last stop."""
    text = pair.text
    found = _DATELINE.match(text)
    cut = found.end() if found and all(s is None or s[0] >= found.end() for s in (pair.source, pair.target)) else 0
    source, target = ((s[0] - cut, s[1] - cut) if s else None for s in (pair.source, pair.target))
    end = len(text) - 1 if text.endswith(".") and all(s is None or s[1] < len(text) for s in _spans(pair)) else None
    return Marked(text[cut:end], source, target)


def told_of_others(pair: Marked, rng: random.Random) -> Marked:
    """The sentence with each state that it names exchanged for another, the same one for all its names."""
    places, pools = _forms()
    exchanged: dict[int, int] = {}
    text, at = "", 0
    moves: list[tuple[int, int]] = []  # (offset in the old text, shift from there on)
    for found in _pattern().finditer(pair.text):
        state, kind = places[found.group(0)]
        other = exchanged.setdefault(state, rng.choice(pools[kind])[0])
        word = next((form for which, form in pools[kind] if which == other), None)
        if word is None:
            continue
        text += pair.text[at : found.start()] + word
        at = found.end()
        moves.append((found.end(), len(text) - at))
    text += pair.text[at:]
    source, target = (_moved(span, moves) for span in (pair.source, pair.target))
    return Marked(text, source, target)


def _spans(pair: Marked) -> list[tuple[int, int]]:
    return [span for span in (pair.source, pair.target) if span]


def _moved(span: tuple[int, int] | None, moves: list[tuple[int, int]]) -> tuple[int, int] | None:
    if span is None:
        return None
    start = span[0] + next((by for end, by in reversed(moves) if end <= span[0]), 0)
    return start, span[1] + next((by for end, by in reversed(moves) if end <= span[1]), 0)


@cache
def _forms() -> tuple[dict[str, tuple[int, str]], dict[str, list[tuple[int, str]]]]:
    """Each name with its state and kind, and of each kind all (state, name); names of two kinds or states are left."""
    pools: dict[str, list[tuple[int, str]]] = {"name": [], "adjective": [], "capital": []}
    for n, state in enumerate(states()):
        if state.until is not None:
            continue
        adjective = next(iter(state.adjectives), None)
        for kind, word in (("name", state.name), ("adjective", adjective), ("capital", state.capital)):
            if word:
                pools[kind].append((n, word))
    seen: dict[str, list[tuple[int, str]]] = {}
    for kind, pool in pools.items():
        for n, word in pool:
            seen.setdefault(word, []).append((n, kind))
    places = {word: found[0] for word, found in seen.items() if len(found) == 1}
    return places, {kind: [(n, word) for n, word in pool if word in places] for kind, pool in pools.items()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_forms()[0], key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
