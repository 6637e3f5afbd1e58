"""Near-copies of one story: reports whose words are nearly the same, printed within days of one another.

Signatures by rensa (MinHash); candidates share a band of the signature, and each is then checked on the words
themselves, so that chance never joins. Knows texts and dates, no records.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from msgspec import Struct
from rensa import RMinHash

PERMUTATIONS, SEED = 128, 7
BANDS = 32  # of four rows each: two texts with half of their shingles in common share one in 7 of 8 cases
WORDS = 4  # in a shingle
ALIKE, HELD = 0.5, 0.8  # shared of all shingles; or of the shorter text's, for an abridged reprint
DAYS = 7  # between the prints of one story; monthly releases with other figures lie further apart
SHORTEST = 25  # words below which likeness says nothing
_WORD = re.compile(r"\w+")


class Text(Struct, frozen=True):
    """A report as far as copies go: its id, its text, its first possible day or None."""

    id: str
    text: str
    day: str | None


def shingles(text: str) -> frozenset[str]:
    """The runs of four words in a text, without case and punctuation."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1))


def bands(text: str) -> tuple[str, ...]:
    """The keys of a text under which near-copies are found; none for a text too short to compare."""
    runs = shingles(text)
    if len(runs) < SHORTEST:
        return ()
    signature = RMinHash(PERMUTATIONS, SEED)
    signature.update(sorted(runs))
    digest = signature.digest()
    size = PERMUTATIONS // BANDS
    return tuple(_key(n, digest[n * size : (n + 1) * size]) for n in range(BANDS))


def _key(band: int, values: Iterable[int]) -> str:
    data = f"{band}:{','.join(map(str, values))}".encode()
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def are_copies(one: Text, two: Text) -> bool:
    """Whether two reports print one story: words nearly the same or one within the other, days apart at most."""
    if one.day and two.day and abs(date.fromisoformat(one.day) - date.fromisoformat(two.day)) > timedelta(DAYS):
        return False
    a, b = shingles(one.text), shingles(two.text)
    shorter = min(len(a), len(b))
    if shorter < SHORTEST:
        return False
    shared = len(a & b)
    return shared >= ALIKE * len(a | b) or shared >= HELD * shorter


def copies(texts: Iterable[Text]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids whose reports print one story, the smaller id first, in order."""
    found: dict[str, list[Text]] = {}
    for text in sorted(texts, key=lambda t: t.id):
        for key in bands(text.text):
            found.setdefault(key, []).append(text)
    near = {(a.id, b.id): (a, b) for some in found.values() for a, b in combinations(some, 2)}
    yield from (pair for pair in sorted(near) if are_copies(*near[pair]))


def stories(ids: Iterable[str], pairs: Iterable[tuple[str, str]], days: dict[str, str | None]) -> dict[str, str]:
    """Each report's story: the id of the earliest report (by day, then id) among those it is a copy of."""
    home = {key: key for key in ids}

    def root(key: str) -> str:
        while home[key] != key:
            key = home[key]
        return key

    def rank(key: str) -> tuple[bool, str, str]:
        day = days.get(key)
        return day is None, day or "", key

    for a, b in sorted(pairs):
        if a in home and b in home:
            first, second = sorted((root(a), root(b)), key=rank)
            home[second] = first
    return {key: root(key) for key in home}
