"""The words and signs of numbers with their values: ones, scales, plurals, parts of a whole; and runs of digits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15,
    "milliard": 10**9, "mln": 10**6, "mil": 10**6, "mn": 10**6, "mio": 10**6, "bln": 10**9, "bn": 10**9, "bil": 10**9,
    "trn": 10**12, "trln": 10**12, "tn": 10**12, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "lacs": 10**5,
    "crore": 10**7, "crores": 10**7, "dozen": 12, "thsd": 10**3, "millions": 10**6, "billions": 10**9,
    "trillions": 10**12,
}  # fmt: skip
# Letters that scale a number only where they touch it ("$150m", "4.3M", "64k").
TOUCHING = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
PLURALS = {
    "tens": 10, "dozens": 12, "scores": 20, "hundreds": 10**2, "thousands": 10**3, "millions": 10**6,
    "billions": 10**9, "trillions": 10**12, "crores": 10**7, "lakhs": 10**5,
}  # fmt: skip
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
}  # fmt: skip
GLYPHS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3", "⅕": "0.2", "⅛": "0.125"}
# Verbs in -s that follow a proportion ("one Malian in nine is"), told apart from plurals ("one death in nine days").
VERBS = frozenset({"is", "was", "has", "does", "lives", "works", "comes", "studies", "goes", "holds", "owns"})
# Words that lead to a part and not to times of a year ("by almost three quarters", not "for three quarters").
LEADING = frozenset({"by", "nearly", "almost", "about", "than", "over", "around", "roughly", "some", "under"})
# Verbs behind "half" that make it a part of what was told ("half will be turned into projects").
HALVED = frozenset({
    "will", "was", "were", "is", "are", "has", "have", "had", "went", "goes", "go", "came", "comes", "come", "would",
    "may", "must", "stays", "stayed", "remains", "remained", "belongs", "belong",
})  # fmt: skip

_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,2}(,\d{2})+,\d{3}(\.\d+)?|\d{1,3}(['’]\d{3})+(\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}(\.\d{3})+,\d{1,2}")
_COMMA = re.compile(r"\d+,(\d{1,2}|\d{4,})")
_PLAIN = re.compile(r"\d+(\.\d+)?")


def decimal(digits: str) -> Decimal | None:
    """The value of a run of digits with separators, English first; None for what is no number ("10.45.3")."""
    if _PLAIN.fullmatch(digits) or (digits[0] == "." and digits[1:].isdigit()):
        return Decimal(digits)
    if _GROUPED.fullmatch(digits):
        return Decimal(re.sub(r"[,'’]", "", digits))
    if _DOTTED.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    return None


# Words that a number can begin with.
STARTERS = frozenset({*ONES, *PLURALS, "a", "an", "another", "every", "half"})
MONEY_SIGNS = frozenset("$£€¥₹₽₩₫฿₱₦₪₴₸៛₮")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    r"[½¼¾⅓⅔]|\b(?:" + "|".join([*ONES, *SCALES, *PLURALS, *PARTS]) + r"|doubl\w+|tripl\w+|trebl\w+|quadrupl\w+|"
    r"halv\w+|twice|\w+fold)\b", re.I,
)  # fmt: skip


def has_number(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text can hold a number at all; digits are looked for first, which most figures have."""
    return _DIGIT.search(text, start, end) is not None or _NUMBER.search(text, start, end) is not None


class Token(NamedTuple):
    """A run of digits, a word, or one sign, with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The token in lower case."""
        return self.text.lower()

    @property
    def is_digits(self) -> bool:
        """Whether the token is written in digits."""
        return (self.text[0].isdigit() and self.text[0] not in GLYPHS) or (self.text[0] == "." and len(self.text) > 1)


class Number(NamedTuple):
    """A number and its span. `high` is the upper end of a vague amount ("tens of thousands"); `form` says how it is
    written: digits, words, fraction or vague. `scale` is the product of its scale words and letters."""

    value: Decimal
    start: int
    end: int
    form: str = "digits"
    scale: int = 1
    high: Decimal | None = None


# A number with the token behind it.
Step = tuple[Number, int]
