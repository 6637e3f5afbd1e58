"""Which sex a name is nearly always borne by, as a hint; None where both bear it or nothing is known."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

FILE = "given_names.toml"
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "þ": "th", "ß": "ss"})
# Endings of given names of men in Romance languages, and women's names that end so.
_MALE = (
    "bio", "cio", "dio", "gio", "lio", "mio", "nio", "pio", "sio", "tio", "vio", "zio", "aldo", "ardo", "edo", "rado",
    "fredo", "ndro", "edro", "isco", "erto", "lfo", "anto", "esto", "enzo", "iano", "mundo", "lando", "nando",
    "nardo",
)  # fmt: skip
_NOT_MALE = frozenset(("rocio", "consolacio", "socorro", "rosario", "amparo", "remedio", "refugio", "sacramento"))
_SHORTEST = 6  # letters of a family name whose ending is trusted


@cache
def _names() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    table: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    female, male = frozenset(table["female"].split()), frozenset(table["male"].split())
    return female - male, male - female, tuple(table["female_endings"])


def is_woman_s(name: str) -> bool | None:
    """Whether a full name is a woman's by its first given name, else by a family name's ending; None if unknown."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    if len(words) < 2:
        return None
    female, male, endings = _names()
    for word in words[:-1]:
        if word in female:
            return True
        if word in male or (word.endswith(_MALE) and word not in _NOT_MALE):
            return False
    if len(words[-1]) >= _SHORTEST and words[-1].endswith(endings):
        return True
    return None
