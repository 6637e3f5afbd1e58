"""Which paragraphs are page furniture: menus, buttons, links to other reports, captions, notices of copyright.

The lists stand in furniture.toml, where a line can be added without touching a program.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_ENDS = " \t\n\xa0|·•*>»›→<«‹←▶►▼▲…-–—:"
_LINE_WORDS, _START_WORDS, _PATTERN_WORDS = 8, 25, 40


class _Lists(NamedTuple):
    lines: frozenset[str]
    sections: frozenset[str]
    starts: tuple[str, ...]
    pattern: re.Pattern[str]


def is_furniture(paragraph: str, *, is_outside: bool = False) -> bool:
    """Whether a paragraph is no part of the report but of the page around it.

    `is_outside`: it stands above the report or below it, where a word such as "Economy" names a section of the site.
    """
    if len(paragraph) > 400:
        return False
    line = " ".join(paragraph.split()).lower()
    words = line.count(" ") + 1
    lists = _lists()
    if words <= _LINE_WORDS:
        bare = line.strip(_ENDS).replace("’", "'")
        if bare in lists.lines or (is_outside and bare in lists.sections):
            return True
    if words <= _START_WORDS and line.lstrip(_ENDS).replace("’", "'").startswith(lists.starts):
        return True
    return words <= _PATTERN_WORDS and lists.pattern.fullmatch(line) is not None


@cache
def _lists() -> _Lists:
    data = tomllib.loads(files(__package__).joinpath("furniture.toml").read_text("utf-8"))
    pattern = "|".join(f"(?:{p})" for p in data["patterns"])
    return _Lists(
        frozenset(data["lines"]),
        frozenset(data["sections"]),
        tuple(data["starts"]),
        re.compile(pattern, re.IGNORECASE),
    )
