"""Parts of a whole told by two numbers: "1/16 of", "two out of three", "one student in eight", "seven in ten".

Owns what makes two numbers a proportion and no score, date or pair.
"""

from __future__ import annotations

from decimal import Decimal

from bilateral.extract.measures.numberwords import ONES, SCALES, VERBS, Number, Step, Token, decimal


def fraction_of(run: list[Token], i: int, j: int, value: Decimal) -> Step | None:
    """ "1/16 of", "1⁄32 of", "2 out of 3", "one in five": a proportion."""
    if j + 2 < len(run) and run[j].text in "/⁄∕" and run[j + 1].is_digits and run[j + 2].word == "of":
        below = decimal(run[j + 1].text)
        if below and value < below:
            return Number(value / below, run[i].start, run[j + 1].end, "fraction"), j + 2
    return out_of(run, i, j, value)


def _is_plain(value: Decimal, below: Decimal, behind: str) -> bool:
    """Whether "two in five" is a proportion by its size: more than three only in ten, or of something."""
    if below > 10 or not behind.isalpha():
        return False
    return value <= 3 or below == 10 or behind == "of"


def out_of(run: list[Token], i: int, j: int, value: Decimal) -> Step | None:
    """ "two out of three", "one in five", "7 of every 10" from token i, with its first number's end at j."""
    if value == 1 and j + 2 < len(run) and run[j].text.isalpha() and run[j + 1].word == "in":
        return _one_in(run, i, j)
    words = [t.word for t in run[j : j + 3]]
    skip = 2 if words[:2] in (["out", "of"], ["of", "every"], ["in", "every"], ["out", "every"]) else 0
    skip = 3 if words == ["out", "of", "every"] else skip
    skip = skip or (1 if words[:1] == ["in"] else 0)
    if not skip or j + skip >= len(run):
        return None
    token = run[j + skip]
    below = decimal(token.text) if token.is_digits else Decimal(ONES.get(token.word, 0))
    behind = run[j + skip + 1].word if j + skip + 1 < len(run) else ""
    if not below or not 0 < value < below <= 100 or behind in ("%", "per", "percent") or behind in SCALES:
        return None
    if skip == 1 and not _is_plain(value, below, behind):
        return None
    return Number(value / below, run[i].start, token.end, "fraction"), j + skip + 1


def _one_in(run: list[Token], i: int, j: int) -> Step | None:
    """ "one student in eight": a proportion with its noun in the middle; "one death in ten days" is none."""
    token, noun = run[j + 2], run[j]
    below = decimal(token.text) if token.is_digits else Decimal(ONES.get(token.word, 0))
    behind = run[j + 3].word if j + 3 < len(run) else ""
    if not below or not 2 <= below <= 100 or behind in SCALES or (behind.endswith("s") and behind not in VERBS):
        return None
    if noun.word in ONES or noun.word in SCALES or noun.word in ("of", "and", "or", "day", "year", "more", "thing"):
        return None
    return Number(Decimal(1) / below, run[i].start, token.end, "fraction"), j + 3
