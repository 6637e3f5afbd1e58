"""Numbers as texts write them: digits with separators, number words, fractions, scales, "tens of".

Owns the grammar of the number itself, on plain text; units, bounds and what a number is for stand elsewhere. Values
are exact `Decimal`s. What looks like a number and is none (years, dates, names) is sifted out in traps.py.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bilateral.extract.measures.lexicon import cues, lexicon
from bilateral.extract.measures.numberwords import (
    GLYPHS,
    HALVED,
    LEADING,
    MONEY_SIGNS,
    ONES,
    PARTS,
    PLURALS,
    SCALES,
    STARTERS,
    TOUCHING,
    Number,
    Step,
    Token,
    decimal,
)
from bilateral.extract.measures.proportions import fraction_of, out_of

_TOKEN = re.compile(r"(?<![\w.])\.\d+|\d[\d,.’']*\d|\d|[^\W\d_]+|[^\w\s]|_")


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The digits, words and signs of a stretch of text, in order."""
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


def numbers(run: list[Token]) -> list[Number]:
    """All numbers in a run of tokens, in order, without overlap."""
    found: list[Number] = []
    i = 0
    while i < len(run):
        if run[i].text.isalpha() and run[i].text.lower() not in STARTERS:
            i += 1
            continue
        step = _number_at(run, i)
        if step is None:
            i += 1
            continue
        number, i = step
        found.append(number)
    return found


def _number_at(run: list[Token], i: int) -> Step | None:
    token = run[i]
    if token.is_digits:
        return _digits(run, i)
    if token.text in GLYPHS:
        return Number(_glyph(token.text), token.start, token.end, "fraction"), i + 1
    word = token.word
    if word in PLURALS:
        return _vague(run, i)
    if word in ONES:
        return _words(run, i)
    if word in ("a", "an", "another"):
        return _article(run, i)
    if word == "every":
        return _every(run, i)
    if word == "half":
        return _half(run, i, i)
    return None


def _glyph(sign: str) -> Decimal:
    above, _, below = GLYPHS[sign].partition("/")
    return Decimal(above) / Decimal(below) if below else Decimal(above)


def _digits(run: list[Token], i: int) -> Step | None:
    first, last = run[i], i
    text = first.text
    while len(text.split()[0]) <= 3 and "," not in text and "." not in text and _is_group(run, last + 1):
        last += 1
        text += f" {run[last].text}"
        if not run[last].text.isdigit():
            break
    value = decimal(text.replace(" ", ""))
    if value is None:
        return None
    j = last + 1
    if (proportion := fraction_of(run, i, j, value)) is not None:
        return proportion
    if j < len(run) and run[j].text in GLYPHS and run[j].start == run[last].end:
        value, j = value + _glyph(run[j].text), j + 1
    return _scaled(run, i, j, value, "digits")


def _is_group(run: list[Token], i: int) -> bool:
    """Whether token i is a group of three digits behind one space ("30 000", "1 250 000.5")."""
    if i >= len(run) or not re.fullmatch(r"\d{3}(\.\d+)?", run[i].text):
        return False
    return run[i].start - run[i - 1].end == 1


def _scaled(run: list[Token], i: int, j: int, value: Decimal, form: str) -> Step:
    """A number from token i up to j with "and a half" and the scales that follow it."""
    part, j = _and_a_part(run, j)
    value += part
    scale = 1
    while j < len(run):
        gap = run[j].start - run[j - 1].end
        at = j + 1 if run[j].text in "-‑" and gap == 0 and j + 1 < len(run) else j
        factor = _factor(run, at, touching=at == j and gap == 0, form=form)
        if factor is None:
            break
        value, j, scale = value * factor, at + 1, scale * factor
    return Number(value, run[i].start, run[j - 1].end, form, scale), j


def _and_a_part(run: list[Token], j: int) -> tuple[Decimal, int]:
    """What "and a half" or "and-a-quarter" at token j adds, and the token behind it."""
    ahead = [(k, run[k].word) for k in range(j, min(j + 6, len(run))) if run[k].text not in "-‑"][:3]
    words = [word for _, word in ahead]
    if words[:2] in (["and", "a"], ["and", "one"]) and words[2:] in (["half"], ["quarter"]):
        return Decimal("0.5" if words[2] == "half" else "0.25"), ahead[2][0] + 1
    return Decimal(0), j


def _factor(run: list[Token], at: int, *, touching: bool, form: str) -> int | None:
    word = run[at].word
    if word in SCALES:
        return SCALES[word]
    if touching and form == "digits" and word in TOUCHING and not _is_rate(run, at):
        return TOUCHING[word]
    if form == "digits" and run[at].text in ("m", "b") and (_is_money_before(run, at - 2) or _is_money(run, at + 1)):
        return TOUCHING[word]
    if (
        form == "digits"
        and run[at].text == "m"
        and any(run[k].word in _MILLIONS and run[k - 1].is_digits for k in range(1, at))
    ):
        return TOUCHING[word]
    return None


# Words behind digits that make a lone "m" further on in the sentence millions too.
_MILLIONS = frozenset({"million", "mln", "mn", "bn", "billion", "m"})


def _is_money(run: list[Token], k: int) -> bool:
    """Whether the word behind a scale's letter is a currency ("300 m kroner")."""
    found = lexicon().words.get(run[k].word) if k < len(run) else None
    return found is not None and found.cls == "money"


def _is_money_before(run: list[Token], k: int) -> bool:
    """Whether a sign or code of money stands before the digits ("JD 640 m", "A$26.8 m")."""
    if k < 0:
        return False
    return run[k].text in MONEY_SIGNS or run[k].text in lexicon().signs_before


def _is_metres(run: list[Token], at: int) -> bool:
    """Whether a small "m" behind digits is metres: no money before it and nothing countable after it."""
    if run[at].text != "m":
        return False
    before = run[at - 2] if at >= 2 else None
    if before is not None and (before.text in MONEY_SIGNS or re.fullmatch(r"[A-Z]{2,4}|Rs|PS|Y|R|E", before.text)):
        return False
    if _is_money(run, at + 1) or _is_money(run, at + 2):
        return False
    in_column = any(_is_money_before(run, k - 1) and run[k].is_digits for k in range(at - 2, -1, -1))
    after = [token.word for token in run[at + 1 : at + 3]]
    word = after[0] if after else ""
    if in_column or (len(word) > 4 and word.endswith("s") and word not in cues("numbers", "after_metres")):
        return False
    if at + 1 < len(run) and run[at + 1].text[:1].isupper() and run[at + 1].start - run[at].end == 1:
        return False
    if not word.isalpha() and at > 1 and run[at - 2].word in _LEADS_TO_MILLIONS:
        return False
    return not after or after[0] not in cues("numbers", "after_million")


# Words before "2.1m" at the end of a clause that make it millions ("up from 2.1m").
_LEADS_TO_MILLIONS = frozenset(
    {"from", "to", "than", "against", "reach", "reached", "hit", "total", "totalled", "topped", "exceeded"}
)


def _is_rate(run: list[Token], at: int) -> bool:
    """Whether a letter behind digits is a unit ("32m2", "100m/s", "5 m-high") and no scale."""
    after = run[at + 1] if at + 1 < len(run) else None
    if (
        run[at].text == "t"
        or _is_metres(run, at)
        or (run[at].text == "b" and run[at - 1].text.isdigit() and len(run[at - 1].text) < 2)
    ):
        return True
    return after is not None and after.start == run[at].end and (after.text == "/" or after.is_digits)


def _words(run: list[Token], i: int) -> Step | None:
    total, part, j = Decimal(0), Decimal(0), i
    large = Decimal(10) ** 18
    while j < len(run):
        word = run[j].word
        if word in ONES and _adds(part, ONES[word], first=j == i):
            part += ONES[word]
        elif word in SCALES and word != "hundred" and SCALES[word] < large and part:
            total, large = total + part * SCALES[word], Decimal(SCALES[word])
            part = Decimal(0)
        elif word == "hundred" and 0 < part < 100:
            part *= 100
        else:
            break
        j = _joint(run, j + 1)
    while j > i and run[j - 1].word in ("and", "-", "‑"):
        j -= 1
    value = total + part
    added, at = _and_a_part(run, j)
    if added and total and not part:
        return Number(total + added * large, run[i].start, run[at - 1].end, "words", int(large)), at
    return _behind_words(run, i, j, value, int(large) if total and not part else 1)


def _adds(part: Decimal, word: int, *, first: bool) -> bool:
    """Whether a number word continues a number: "twenty" + "one", "two hundred" + "fifty", but not "two" + "three"."""
    if first:
        return True
    rest = part % 100
    if rest == 0:
        return True
    return rest >= 20 and rest % 10 == 0 and word < 10


def _joint(run: list[Token], j: int) -> int:
    """Past a hyphen or an "and" that joins two number words, else j itself."""
    if j + 1 < len(run) and run[j].word in ("-", "‑", "and"):
        follows = run[j + 1].word
        if run[j].word != "and" and (follows in ONES or follows in SCALES):
            return j + 1
        if run[j].word == "and" and follows in ONES and run[j - 1].word in ("hundred", "thousand", "million"):
            return j + 1
    return j


def _behind_words(run: list[Token], i: int, j: int, value: Decimal, scale: int) -> Step | None:
    """What follows number words: a part ("two-thirds"), "out of three", "and a half", a scale."""
    at = j + 1 if j < len(run) and run[j].text in "-‑" else j
    if at < len(run) and run[at].word in PARTS and value < 20 and _is_part(run, at, value):
        return Number(value / PARTS[run[at].word], run[i].start, run[at].end, "fraction"), at + 1
    if scale == 1 and (proportion := out_of(run, i, j, value)) is not None:
        return proportion
    number, k = _scaled(run, i, j, value, "words")
    return number._replace(scale=number.scale * scale), k


def _is_part(run: list[Token], at: int, value: Decimal) -> bool:
    """Whether "third" or "quarter" behind a number is a part of a whole and no ordinal or time of year."""
    word = run[at].word
    after = run[at + 1].word if at + 1 < len(run) else ""
    if value > 1 and not word.endswith("s"):
        return False
    if word in ("quarter", "quarters"):
        before = run[at - 2].word if at >= 2 else ""
        if before in ("first", "last", "past", "final", "next", "previous"):
            return False
        return after == "of" or run[at - 1].text in "-‑" or (value > 1 and before in LEADING)
    return True


def _article(run: list[Token], i: int) -> Step | None:
    """ "a million", "a dozen", "a third of", "a quarter", "a half"."""
    if i + 1 >= len(run):
        return None
    word = run[i + 1].word
    if word == "further" and i + 2 < len(run) and run[i + 2].word in SCALES:
        return _scaled(run, i, i + 2, Decimal(1), "words")
    if word == "half":
        return _half(run, i, i + 1)
    if word in PARTS:
        return _article_part(run, i, word)
    if word in SCALES and word not in ("mil", "mio"):
        return _words([*run[:i], run[i]._replace(text="one"), *run[i + 1 :]], i)
    return None


def _article_part(run: list[Token], i: int, word: str) -> Step | None:
    """ "a third of", "a quarter-million": not "a quarter of a century", nor "a third," of a list."""
    after = run[i + 2].word if i + 2 < len(run) else ""
    before = run[i - 1].word if i else ""
    if after in ("-", "‑") and i + 3 < len(run) and run[i + 3].word in SCALES:
        return _scaled(run, i, i + 3, Decimal(1) / PARTS[word], "words")
    if after in ("-", "‑") or {t.word for t in run[i + 3 : i + 5]} & {"century", "decade"}:
        return None
    if after == "," and (before in (";", ":", ",", "and", "") or not i):
        return None
    wanted = after == "of" or before in ("by", "than", "nearly", "almost", "about", "over", "around", "to", "from")
    if word.startswith("quarter") and not wanted:
        return None
    plain = after not in cues("numbers", "ordinal_of")
    if wanted or (plain and (not after.isalpha() or after in cues("numbers", "part_followers"))):
        return _part_of_scale(run, i, i + 2, Decimal(1) / PARTS[word])
    return None


def _every(run: list[Token], i: int) -> Step | None:
    """ "every fifth student" is a fifth of them; "every second year" a time."""
    if i + 2 >= len(run) or run[i + 1].word not in PARTS or not run[i + 2].text.isalpha():
        return None
    if run[i + 2].word in cues("numbers", "ordinal_of") or run[i + 1].word.endswith(("s", "half", "quarter")):
        return None
    return Number(Decimal(1) / PARTS[run[i + 1].word], run[i].start, run[i + 1].end, "fraction"), i + 2


def _part_of_scale(run: list[Token], i: int, j: int, part: Decimal) -> Step:
    """ "a quarter of a million" is a number; any other part stays a part."""
    words = [t.word for t in run[j : j + 3]]
    if len(words) == 3 and words[0] == "of" and words[1] in ("a", "one") and words[2] in SCALES:
        return Number(part * SCALES[words[2]], run[i].start, run[j + 2].end, "words", SCALES[words[2]]), j + 3
    return Number(part, run[i].start, run[j - 1].end, "fraction"), j


def _half(run: list[Token], i: int, at: int) -> Step | None:
    """ "half a million", "half of", "by half", "half the": not "the first half", "half-year"."""
    words = [t.word for t in run[at + 1 : at + 3]]
    before = run[i - 1].word if i else ""
    if words[:1] in (["a"], ["-"]) and words[1:] and words[1] in SCALES:
        return _scaled(run, i, at + 2, Decimal("0.5"), "words")
    if words[:1] and words[0] in SCALES:
        return _scaled(run, i, at + 1, Decimal("0.5"), "words")
    if before in ("first", "second", "third", "other", "this", "last", "next", "latter", "final", "a", "and", "-"):
        return None
    if at == i and words[:1] and words[0] in HALVED and before in (",", ";", "and", "", "but"):
        return Number(Decimal("0.5"), run[i].start, run[at].end, "fraction"), at + 1
    counted = words[:1] and words[0] in ("of", "the", "its", "their", "his", "our", "that", "all")
    if (
        counted
        or before in ("by", "almost", "nearly", "about", "over", "than", "around", "roughly")
        or (before == "to" and i > 1 and run[i - 2].word in ("close", "up"))
    ):
        return Number(Decimal("0.5"), run[i].start, run[at].end, "fraction"), at + 1
    return None


def _vague(run: list[Token], i: int) -> Step | None:
    """ "tens of thousands", "hundreds of", "dozens": an amount without an exact value, by its order of magnitude."""
    value, j = Decimal(PLURALS[run[i].word]), i + 1
    before = run[i - 1] if i else None
    if before is not None and before.is_digits:
        return None
    while j + 1 < len(run) and run[j].word == "of" and run[j + 1].word in {**PLURALS, **SCALES}:
        word = run[j + 1].word
        value, j = value * (PLURALS.get(word) or SCALES[word]), j + 2
    if run[i].word in ("scores", "tens") and j == i + 1 and (j >= len(run) or run[j].word != "of"):
        return None
    return Number(value, run[i].start, run[j - 1].end, "vague", 1, value * 10), j
