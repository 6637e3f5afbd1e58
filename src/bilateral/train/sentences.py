"""The training sentences: reads the files and checks every row. Knows no torch.

A file is UTF-8, tab separated, without a head line: root, mode, status, kind, region, sentence; "#" begins a note. The
sentence has exactly one <s>…</s> around who acts and one <t>…</t> around towards whom.

Source: docs/training.md, which says who wrote them, how they were checked, and what the labels mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from bilateral.encoder import Marked, unmarked
from bilateral.errors import CallError, DataError
from bilateral.ontology import plover

FOLDER = Path(__file__).parent / "sentences"
NONE, NOT_TOLD = "NONE", "-"
SHORTEST, LONGEST = 4, 60  # words

Status = Literal["happened", "ongoing", "planned", "proposed", "denied", "hypothetical", "cancelled", "postponed"]
Kind = Literal["headline", "lead", "body"]
Region = Literal["africa", "americas", "asia", "europe", "mideast", "oceania", "global"]
STATUSES: tuple[str, ...] = get_args(Status)
_COLUMNS = 6


class Sentence(Struct, frozen=True, kw_only=True):
    """A training sentence with its labels; mode and status are None where none is told. `at` is file and line."""

    root: str
    mode: str | None
    status: Status | None
    kind: Kind
    region: Region
    text: str
    source: tuple[int, int]
    target: tuple[int, int]
    at: str

    @property
    def pair(self) -> Marked:
        """The sentence as the encoder takes it."""
        return Marked(self.text, self.source, self.target)


def roots() -> tuple[str, ...]:
    """The roots that a sentence may have: those of PLOVER and NONE."""
    return (*plover().roots, NONE)


def modes() -> tuple[str, ...]:
    """All modes as "ROOT.mode", and "ROOT.-" for a root that has modes and none told."""
    return tuple(
        f"{root.code}.{mode}" for root in plover().roots.values() if root.modes for mode in (*root.modes, NOT_TOLD)
    )


def sentences(folder: Path = FOLDER) -> tuple[Sentence, ...]:
    """All sentences of a folder's *.tsv files, in order of file and line; DataError names file, line and column."""
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise DataError(f"{folder}: expected files of training sentences (*.tsv), found none")
    return tuple(row for path in files for row in read(path))


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one file; DataError names file, line and column."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: expected a text file in UTF-8: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield _row(line, f"{path.name}:{number}")


def _row(line: str, at: str) -> Sentence:
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        raise DataError(f"{at}: expected {_COLUMNS} columns parted by tabs, found {len(cells)}")
    root, mode, status, kind, region, words = cells
    _check_labels(root, mode, status, at)
    try:
        pair = unmarked(words)
    except CallError as error:
        raise DataError(f"{at}: sentence: {error}") from error
    _check_words(pair, at)
    row = {
        "root": root, "mode": None if mode == NOT_TOLD else mode, "status": None if status == NOT_TOLD else status,
        "kind": kind, "region": region, "text": pair.text, "source": pair.source, "target": pair.target, "at": at,
    }  # fmt: skip
    try:
        return msgspec.convert(row, Sentence)
    except msgspec.ValidationError as error:
        raise DataError(f"{at}: {error}") from error


def _check_labels(root: str, mode: str, status: str, at: str) -> None:
    if root not in roots():
        raise DataError(f"{at}: root: expected one of {', '.join(roots())}, found {root!r}")
    known = plover().roots[root].modes if root != NONE else {}
    if mode != NOT_TOLD and mode not in known:
        raise DataError(f"{at}: mode: expected - or one of {', '.join(known) or 'no other'}, found {mode!r} for {root}")
    if (status == NOT_TOLD) != (root == NONE):
        raise DataError(f"{at}: status: expected - for NONE and a status for an event, found {status!r} for {root}")


def _check_words(pair: Marked, at: str) -> None:
    for name, span in (("s", pair.source), ("t", pair.target)):
        if span is None or not pair.text[span[0] : span[1]].strip():
            raise DataError(f"{at}: sentence: expected one <{name}>…</{name}> with words in it, found none")
    n = len(pair.text.split())
    if not SHORTEST <= n <= LONGEST:
        raise DataError(f"{at}: sentence: expected {SHORTEST} to {LONGEST} words, found {n}")
