"""Reports made for the tests of reading, and a process that reads until it is killed."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

SENTENCE = "Cambodia exported {n},400 tonnes of rubber to Russia in 2023, the trade ministry of Cambodia said."
HEAD = "source: wire (Mekong Wire)\npublished: 2024-04-09\n\nTrade grows\n\n"


def report(n: int = 6) -> str:
    """The text of a report file; each n gives another report."""
    return HEAD + SENTENCE.format(n=n) + "\n"


def folder(path: Path, size: int) -> Path:
    """A folder of so many reports."""
    path.mkdir()
    for n in range(size):
        (path / f"{n:03}.txt").write_text(report(n + 1))
    return path


def dump(path: Path) -> list[str]:
    """All that a store file holds, as SQL."""
    with sqlite3.connect(path) as conn:
        return list(conn.iterdump())


def reading(store: str, folder: str) -> None:
    """Read a folder into a store, and say each report once it is committed."""
    from bilateral import desk
    from bilateral.store import Store

    def told(_: int, uri: str) -> None:
        sys.stdout.write(f"{uri}\n")
        sys.stdout.flush()

    with Store.open(store) as opened:
        desk.read(opened, [folder], progress=told)


if __name__ == "__main__":
    reading(sys.argv[1], sys.argv[2])
