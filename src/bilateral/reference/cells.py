"""Cells of reference files as values: numbers, periods, units, flows, and the codes of states.

Every function returns None, or raises CellError with the reason, where a cell is not what it should be.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from msgspec import Struct

from bilateral import knowledge
from bilateral.knowledge.files import checked, toml

M49 = Path(__file__).with_name("m49.csv")
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "..", "...", "-", "."})
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_LARGEST = 24  # powers of ten beyond which a number is no trade
_PERIOD = re.compile(
    r"(?P<year>\d{4})(\.0|-?M?(?P<month>0[1-9]|1[0-2])|-?Q(?P<quarter>[1-4])|-?(A1?|AN))?", re.IGNORECASE
)  # fmt: skip
_COMTRADE = {"USA": 842, "CHE": 757, "FRA": 251, "NOR": 579, "IND": 699, "TWN": 490}  # reporters of today
_WORDS = Path(__file__).with_name("words.toml")


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What words in cells mean."""

    aliases: dict[str, str]
    flows: dict[str, str]
    scales: dict[str, int]
    units: dict[str, str]


class CellError(ValueError):
    """A cell is not what its column should hold; the message says what was expected and what came."""


def number(cell: str) -> Decimal | None:
    """A number as written, None where the cell says that there is none ("", NA). CellError for anything else."""
    text = cell.strip()
    try:
        value = Decimal(text)
    except InvalidOperation:
        if text.lower() in MISSING:
            return None
        if not _THOUSANDS.fullmatch(text):
            raise CellError(f"expected a number, found {cell!r}") from None
        value = Decimal(text.replace(",", ""))
    if not value.is_finite():
        return None
    if value and abs(value.adjusted()) > _LARGEST:
        raise CellError(f"expected a number of at most {_LARGEST} digits, found {cell!r}")
    return value


def amount(cell: str) -> Decimal | None:
    """A number that is not below zero, None where there is none."""
    value = number(cell)
    if value is not None and value < 0:
        raise CellError(f"expected a value of zero or more, found {cell!r}")
    return value


def period(cell: str) -> str:
    """A year, quarter or month as EDTF: 2018, 201803, 2018-M03, 2018-Q1 give 2018, 2018-03, 2018-03, 2018-33."""
    found = _PERIOD.fullmatch(cell.strip())
    if found is None:
        raise CellError(f"expected a year, quarter or month, found {cell!r}")
    if found["month"]:
        return f"{found['year']}-{found['month']}"
    return f"{found['year']}-{32 + int(found['quarter'])}" if found["quarter"] else found["year"]


def numeric_code(cell: str) -> str | None:
    """The code of a numeric country code as trade files use them ("842", "842.0"), None where it is no state."""
    text = cell.strip().removesuffix(".0")
    return _numeric().get(int(text)) if text.isdecimal() else None


def comtrade_number(code: str) -> int | None:
    """The number that UN Comtrade has for a code: its own variant where there is one (842 for USA), else ISO's."""
    return _COMTRADE.get(code) or next((int(n) for n, alpha, alpha2 in _table() if alpha == code and alpha2), None)


def alpha_code(cell: str) -> str | None:
    """The code of a three- or two-letter code as trade files use them, None where it is no state."""
    text = cell.strip().upper()
    return _alpha().get(text) or _words().aliases.get(text)


def any_code(cell: str) -> str | None:
    """The code of a state by its letters, its number, or its name in English."""
    return alpha_code(cell) or numeric_code(cell) or knowledge.code_of(cell)


def flow(cell: str) -> str | None:
    """The flow that a word or letter means (X, exports, M), or a quantity's own name; None where it is empty."""
    text = "_".join(re.findall(r"\w+", cell.casefold()))
    return _words().flows.get(text, text or None)


def unit(cell: str) -> tuple[Decimal, str]:
    """The factor and the unit in "thousand USD", "USD mn" or "persons": 1000, USD. CellError where there is no unit."""
    words = re.findall(r"[^\W\d_]+|\d+|\$", cell)
    factor, names = Decimal(1), []
    for word in words:
        scale = _words().scales.get(word.lower())
        if scale is not None:
            factor *= scale
        elif word.isdecimal() and word.strip("10") == "":
            factor *= int(word)
        elif word.lower() not in ("of", "current", "in"):
            names.append(word)
    name = " ".join(names)
    name = _words().units.get(name.lower(), name)
    if not name:
        raise CellError(f"expected a unit such as USD or thousand USD, found {cell!r}")
    return factor, name


@cache
def _numeric() -> dict[int, str]:
    return {int(code): alpha for code, alpha, _ in _table()}


@cache
def _alpha() -> dict[str, str]:
    found = {state.code: state.code for state in knowledge.states()}
    for _, alpha, alpha2 in _table():
        found.setdefault(alpha, alpha)
        if alpha2:
            found.setdefault(alpha2, alpha)
    return found


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    lines = [line for line in M49.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    parted = [line.split(",", 3) for line in lines[1:]]
    return tuple((code, alpha, alpha2) for code, alpha, alpha2, _ in parted)


@cache
def _words() -> _Words:
    return checked(_WORDS, "top level", toml(_WORDS), _Words)
