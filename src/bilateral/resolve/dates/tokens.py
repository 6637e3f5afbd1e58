"""The words of a text as classes for the grammar of time: one character a token, so that a grammar is a regex.

Owns words.toml. Knows no dates: a token has a class and a plain value (3 for "March" and for "three").
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from bilateral.errors import DataError

FILE = "words.toml"
Value = int | float | str | None

# Classes of tokens that are told by their shape, not by a list.
SHAPES = (
    "other", "brk", "comma", "dot", "hyphen", "slash", "poss", "open", "close", "pct", "money", "quote",
    "day", "int", "num", "year", "dayord", "ordnum", "frac", "iso", "slashed", "clock", "clockm", "decade_n", "pair",
    "qcode", "hcode", "fycode", "holiday",
)  # fmt: skip
# Four digits are a year between these; news speaks of no other without saying so.
FIRST_YEAR, LAST_YEAR = 1000, 2199
_MONTH_DAYS = 31

_SIGNS = {
    ",": "comma", ";": "comma", ".": "dot", "-": "hyphen", "–": "hyphen", "—": "hyphen", "‑": "hyphen", "−": "hyphen",
    "/": "slash", "(": "open", "[": "open", ")": "close", "]": "close", "%": "pct", "$": "money", "€": "money",
    "£": "money", "¥": "money", "₹": "money", "₽": "money", "'": "quote", "’": "quote", "½": "frac",
}  # fmt: skip


class Direct(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What words beside a date say of where it lies; words.toml explains each list."""

    past_before: tuple[str, ...]
    ahead_before: tuple[str, ...]
    open_before: tuple[str, ...]
    ahead_verbs: frozenset[str]
    still_verbs: frozenset[str]


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shape of words.toml."""

    capital: frozenset[str]
    months: dict[str, int]
    lists: dict[str, list[str]]
    tables: dict[str, dict[str, int | str]]
    holidays: dict[str, str]
    direction: Direct


class Lexicon(NamedTuple):
    """Classes as characters, words with class and value, classes that want a capital, and the token pattern."""

    chars: dict[str, str]
    words: dict[str, tuple[str, Value]]
    capital: frozenset[str]
    holidays: dict[str, str]
    token: re.Pattern[str]
    named: re.Pattern[str]
    opening: frozenset[str]
    direction: Direct


class Tokens(NamedTuple):
    """A text's tokens: spans, values, and one character of class each; "other" for words without meaning here."""

    text: str
    start: list[int]
    end: list[int]
    value: list[Value]
    classes: str


@cache
def lexicon() -> Lexicon:
    """The words of time; DataError says which list is wrong or which word stands twice."""
    raw: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    try:
        data = msgspec.convert(raw, _File)
    except msgspec.ValidationError as error:
        raise DataError(f"{FILE}: {error}") from error
    names = (*SHAPES, "month", *data.lists, *data.tables)
    chars = {name: chr(0xE000 + i) for i, name in enumerate(names)}
    words: dict[str, tuple[str, Value]] = {}
    for name, word, value in _entries(data):
        if word in words:
            raise DataError(f"{FILE}: {word!r} stands twice, in {name} and before")
        words[word] = (chars[name], value)
    capital = frozenset(chars[name] for name in data.capital)
    opening = frozenset(_OPENING.split(name, maxsplit=1)[0] for name in data.holidays)
    return Lexicon(chars, words, capital, data.holidays, _TOKEN, _named(data.holidays), opening, data.direction)


def _entries(data: _File) -> list[tuple[str, str, Value]]:
    listed: list[tuple[str, str, Value]] = [(name, w, None) for name, words in data.lists.items() for w in words]
    tabled: list[tuple[str, str, Value]] = [(n, w, v) for n, table in data.tables.items() for w, v in table.items()]
    return [("month", w, v) for w, v in data.months.items()] + listed + tabled


def _named(holidays: dict[str, str]) -> re.Pattern[str]:
    """The days with a name, the longest first; looked for where a word of `Lexicon.opening` stands."""
    named = "|".join(re.escape(name) for name in sorted(holidays, key=len, reverse=True))
    return re.compile(rf"\b(?:{named})\b(?!['’])", re.I)


_OPENING = re.compile(r"[\W\d_]")
_TOKEN = re.compile(
    r"""
      (?P<brk>\n[ \t]*\n\s*)
    | (?P<iso>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
    | (?P<slashed>\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?![\w/-]))
    | (?P<decade_n>(?:\d\d|['’`])?\d0['’]?s\b)
    | (?P<clockm>\d{1,2}(?:[:.]\d\d)?[ap]m\b)
    | (?P<clock>\d{1,2}(?::[0-5]\d(?::[0-5]\d)?|\.[0-5]\d(?=\ ?[ap]\.?m\b))(?![\w:%]))
    | (?P<pair>(?:\d{4}[-–/]\d\d|\d{4}/\d{4})(?![\w/-]))
    | (?P<ordnum>\d+(?:st|nd|rd|th)\b)
    | (?P<frac>\d/\d(?!\d))
    | (?P<digits>\d+(?:,\d{3})*(?:\.\d+)?(?!\w))
    | (?P<junk>\d\w*)
    | (?P<ampm>[ap]\.\s?m\.|[ap]\.m\b|[AP]M\b)
    | (?P<oclock>o['’]clock\b)
    | (?P<poss>['’]s\b)
    | (?P<code>[A-Za-z]+\d\w*)
    | (?P<word>[^\W\d_]+)
    | (?P<sign>[^\w\s]|_)
    """,
    re.VERBOSE,
)


def tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of text[start:end] with offsets into the whole text."""
    lex = lexicon()
    found = Tokens(text, [], [], [], "")
    classes: list[str] = []
    words, other = lex.words, lex.chars["other"]
    starts, ends, values = found.start.append, found.end.append, found.value.append
    last = len(text) if end is None else end
    done = start
    for m in lex.token.finditer(text, start, last):
        if m.start() < done:
            continue  # inside the name of a day
        group = m.lastgroup
        value: Value = None
        if group == "word":
            word = m.group()
            low = word.lower()
            if low in lex.opening and (day := lex.named.match(text, m.start(), last)) is not None:
                m, group, done = day, "holiday", day.end()
                char, value = lex.chars[group], lex.holidays[day.group().lower()]
            else:
                char, value = words.get(low, (other, None))
            if char in lex.capital and not word[0].isupper():
                char, value = other, None
        else:
            name, value = _shape(str(group), m.group())
            char = lex.chars[name]
        starts(m.start())
        ends(m.end())
        values(value)
        classes.append(char)
    return found._replace(classes="".join(classes))


def _shape(group: str, text: str) -> tuple[str, Value]:
    """The class and value of a token that is no plain word."""
    if group == "digits":
        return _digits(text)
    if group == "sign":
        return _SIGNS.get(text, "other"), text
    if group == "code":
        return _code(text)
    if group == "junk":
        return _dated_code(text)
    if group == "ordnum":
        number = int(text[:-2])
        return ("dayord" if 1 <= number <= _MONTH_DAYS else "ordnum"), number
    return group, text


def _digits(text: str) -> tuple[str, Value]:
    if not text.isdigit():
        return "num", float(text.replace(",", ""))
    number = int(text)
    if len(text) <= 2 and 1 <= number <= _MONTH_DAYS:
        return "day", number
    if len(text) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        return "year", number
    return "int", number


_CODES = (
    ("qcode", re.compile(r"Q([1-4])")), ("hcode", re.compile(r"H([12])")), ("fycode", re.compile(r"FY(\d\d|\d{4})")),
)  # fmt: skip


def _code(text: str) -> tuple[str, Value]:
    for name, pattern in _CODES:
        if m := pattern.fullmatch(text):
            return name, int(m.group(1))
    return "other", None


_DATED = re.compile(r"(?P<number>[1-4])(?P<part>[QH])(?P<year>(?:19|20)?\d\d)?")
_CENTURY, _TURN = 100, 70  # "3Q98" is of the last century, "3Q18" of this


def _dated_code(text: str) -> tuple[str, Value]:
    """A quarter or half before its year ("1Q20", "2H 2019"): its number, with the year before it where it is joined."""
    m = _DATED.fullmatch(text)
    if m is None or (m["part"] == "H" and int(m["number"]) > 2):
        return "other", text
    year = int(m["year"] or 0)
    if m["year"] is not None and year < _CENTURY:
        year += 1900 if year >= _TURN else 2000
    return ("qcode" if m["part"] == "Q" else "hcode"), 10 * year + int(m["number"])
