"""Near-copies: training sentences that share words with one another, or with texts that they must not come from.

Two texts are near when they share a run of words that is long enough, or most of their runs of three. Knows no torch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from bilateral.errors import CallError
from bilateral.train.sentences import Sentence

RUN = 7  # words in a row that two training sentences must not share
RUN_OTHER = 8  # the same with another text: longer texts share seven common words by chance
SHORT_RUN, ALIKE = 3, 0.5  # Jaccard of runs of three above which sentences are alike though no long run is shared
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


class Copy(Struct, frozen=True, kw_only=True):
    """A sentence that is near another text: where both stand, what they share, and how much (1 for a shared run)."""

    at: str
    other: str
    shared: str
    share: float


def words(text: str) -> list[str]:
    """The words of a text in lower case, without signs."""
    return _WORD.findall(text.lower().replace("’", "'"))


def runs(text: str, length: int) -> list[str]:
    """All runs of so many words of a text, in order."""
    found = words(text)
    return [" ".join(found[i : i + length]) for i in range(len(found) - length + 1)]


def within(rows: Sequence[Sentence]) -> Iterator[Copy]:
    """Yield each sentence that is near an earlier one. The same text with another pair marked is wanted, no copy."""
    seen: dict[str, Sentence] = {}
    texts: set[str] = set()
    for row in rows:
        if row.text in texts:
            continue
        texts.add(row.text)
        own = runs(row.text, RUN)
        near = next((run for run in own if run in seen), None)
        if near:
            yield Copy(at=row.at, other=seen[near].at, shared=near, share=1.0)
        for run in own:
            seen.setdefault(run, row)
    yield from _alike(rows)


def same_pair(rows: Sequence[Sentence]) -> Iterator[Copy]:
    """Yield each sentence that has text, pair and root of an earlier one; a pair may do two things in one sentence."""
    seen: dict[object, Sentence] = {}
    for row in rows:
        first = seen.setdefault((row.pair, row.root), row)
        if first is not row:
            yield Copy(at=row.at, other=first.at, shared=row.text, share=1.0)


def against(rows: Sequence[Sentence], folders: Iterable[Path]) -> Iterator[Copy]:
    """Yield each sentence that shares a run of words with a text file below some folders; CallError for no folder."""
    known: dict[str, str] = {}
    for folder in folders:
        if not folder.exists():
            raise CallError(f"--against {folder}: expected a folder or file, there is none")
        for path in [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file()):
            for run in runs(_text(path), RUN_OTHER):
                known.setdefault(run, str(path))
    for row in rows:
        near = next((run for run in runs(row.text, RUN_OTHER) if run in known), None)
        if near:
            yield Copy(at=row.at, other=known[near], shared=near, share=1.0)


def _alike(rows: Sequence[Sentence]) -> Iterator[Copy]:
    """Yield sentences most of whose short runs stand in an earlier one."""
    texts = {row.text: row for row in reversed(rows)}
    owners: dict[str, list[int]] = {}
    kept: list[tuple[Sentence, frozenset[str]]] = []
    for text, row in reversed(texts.items()):
        own = frozenset(runs(text, SHORT_RUN))
        shared: dict[int, int] = {}
        for run in own:
            for n in owners.get(run, ()):
                shared[n] = shared.get(n, 0) + 1
        for n, count in shared.items():
            share = count / len(own | kept[n][1])
            if share >= ALIKE:
                yield Copy(at=row.at, other=kept[n][0].at, shared=text, share=round(share, 3))
        for run in own:
            owners.setdefault(run, []).append(len(kept))
        kept.append((row, own))


def _text(path: Path) -> str:
    """The words of a file; what is no text gives none."""
    return path.read_bytes().decode("utf-8", errors="ignore")
