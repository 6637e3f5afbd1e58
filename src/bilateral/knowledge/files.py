"""Reads the knowledge files and checks every row; the only module here that knows files.

A folder named by the environment variable BILATERAL_KNOWLEDGE may hold files of the same names; their rows come
after the shipped ones and win over them where the key (code, name or words) is the same.
"""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_origin

import msgspec

from bilateral.errors import DataError

FOLDER = Path(__file__).parent
OWN = "BILATERAL_KNOWLEDGE"
T = TypeVar("T", bound=msgspec.Struct)


def folders() -> tuple[Path, ...]:
    """Where knowledge files are looked for: the package, then the user's folder if one is named."""
    return (FOLDER, *own_folders())


def own_folders() -> tuple[Path, ...]:
    """The folder that BILATERAL_KNOWLEDGE names, or none."""
    own = os.environ.get(OWN)
    return (Path(own),) if own else ()


def rows(name: str, kind: type[T], *, key: str) -> tuple[T, ...]:
    """All rows of a CSV file as structs, the user's own included; DataError names file, line and column."""
    found: dict[Any, T] = {}
    for path in _present(name):
        for row in table(path, kind):
            found[getattr(row, key)] = row
    return tuple(found.values())


def tables(name: str) -> dict[str, Any]:
    """A TOML file as plain tables, the user's own laid over it by top-level key; DataError names file and line."""
    found: dict[str, Any] = {}
    for path in _present(name):
        found.update(toml(path))
    return found


def table(path: Path, kind: type[T]) -> Iterator[T]:
    """Yield the rows of one CSV file. Lines that begin with "#" are notes; a list is parted by ";"."""
    lines = _text(path).splitlines()
    kept = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not kept:
        raise DataError(f"{path}: expected a head line with column names, the file is empty")
    head = _cells(kept[0][1])
    lists = _lists(kind)
    for number, line in kept[1:]:
        cells = _cells(line)
        if len(cells) != len(head):
            raise DataError(f"{path}, line {number}: expected {len(head)} cells, found {len(cells)}")
        yield _row(path, number, kind, lists, zip(head, cells, strict=True))


def checked(path: Path | str, place: str, value: Any, kind: type[T]) -> T:
    """A plain value as a struct; DataError names the file, the place in it and the field that is wrong."""
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise DataError(f"{path}, {place}: {error}") from error


def toml(path: Path) -> dict[str, Any]:
    """A TOML file as plain tables."""
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}: {error}") from error


def _cells(line: str) -> list[str]:
    return next(csv.reader([line])) if '"' in line else line.split(",")


def _present(name: str) -> Iterable[Path]:
    shipped, *own = (folder / name for folder in folders())
    return [shipped, *(path for path in own if path.exists())]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: expected a text file in UTF-8: {error}") from error


@cache
def _lists(kind: type[msgspec.Struct]) -> frozenset[str]:
    fields = msgspec.structs.fields(kind)
    return frozenset(f.name for f in fields if get_origin(f.type) is tuple)


def _row(path: Path, number: int, kind: type[T], lists: frozenset[str], cells: Iterable[tuple[str, str]]) -> T:
    value = {
        name: [part.strip() for part in cell.split(";") if part.strip()] if name in lists else cell.strip()
        for name, cell in cells
        if cell.strip()
    }
    return checked(path, f"line {number}", value, kind)
