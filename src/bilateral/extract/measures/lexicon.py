"""The words of figures as data: currencies, units, persons, bounds and changes, loaded once and looked up by form.

Owns the loading of currencies.toml, units.toml, bounds.toml and changes.toml; no rule about sentences.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from bilateral.errors import DataError


class Form(NamedTuple):
    """A unit as one of its forms gives it: ISO code or name, its class (money, percent, measure, duration, times),
    the English name, the form in lower case, and the divisor of a minor unit (100 for cents)."""

    unit: str
    cls: str
    name: str
    form: str
    per: int = 1


class Found(NamedTuple):
    """A form found in a text, with its span."""

    form: Form
    start: int
    end: int


@cache
def table(name: str) -> dict[str, Any]:
    """One data file of this package as a dict."""
    return tomllib.loads(resources.files("bilateral.extract.measures").joinpath(name).read_text(encoding="utf-8"))


@cache
def cues(group: str, name: str) -> frozenset[str]:
    """The words of one list of cues.toml."""
    return frozenset(table("cues.toml")[group][name])


class Lexicon(NamedTuple):
    """All forms of units: before the number, after it as words (lower case), after it as signs (as written)."""

    before: re.Pattern[str]
    signs_before: dict[str, Form]
    words: dict[str, Form]
    signs: dict[str, Form]
    ambiguous: dict[str, dict[str, str]]
    people: frozenset[str]
    names: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The forms of currencies and units; DataError names an entry that lacks its code or name."""
    money, units = table("currencies.toml"), table("units.toml")
    words: dict[str, Form] = {}
    signs: dict[str, Form] = {}
    first: dict[str, Form] = {}
    for entry in money["currency"]:
        _add_currency(entry, words, signs, first)
    for word in (w for w in money["ambiguous"] if len(w) > 1):
        for written in _plural(word):
            words.setdefault(written, Form(word, "money", word, word))
    for written, word in money["plurals"].items():
        words.setdefault(written, words[word])
    for entry in units["unit"]:
        _add_unit(entry, words, signs)
    alternatives = "|".join(re.escape(sign) for sign in sorted(first, key=len, reverse=True))
    before = re.compile(rf"(?<![A-Za-z$])({alternatives})[ \u00a0]?[-−+]?$")
    names = {entry["code"]: entry["name"] for entry in money["currency"]}
    people = frozenset(units["people"]["nouns"])
    return Lexicon(before, first, words, signs, money["ambiguous"], people, names)


def _add_currency(
    entry: dict[str, Any], words: dict[str, Form], signs: dict[str, Form], first: dict[str, Form]
) -> None:  # fmt: skip
    if not {"code", "name", "signs", "words"} <= entry.keys():
        raise DataError(f"currencies.toml: expected code, name, signs and words in every entry, got {entry}")
    code, name = entry["code"], entry["name"]
    for sign in entry["signs"]:
        first.setdefault(sign, Form(code, "money", name, sign.lower().rstrip(".")))
    for word in entry["words"]:
        form = Form(code, "money", name, word.lower())
        if word.isupper() or not word[0].isalpha():
            signs.setdefault(word, form)
        else:
            for written in _plural(word.lower()):
                words.setdefault(written, form)
    for word in entry.get("minor", ()):
        for written in _plural(word.lower()):
            words.setdefault(written, Form(code, "money", word.lower().split()[-1], word.lower(), 100))


def _add_unit(entry: dict[str, Any], words: dict[str, Form], signs: dict[str, Form]) -> None:
    if not {"name", "words"} <= entry.keys():
        raise DataError(f"units.toml: expected name and words in every entry, got {entry}")
    form = Form(entry["name"], entry.get("class", "measure"), entry["name"], entry["name"])
    for word in entry["words"]:
        for written in _plural(word):
            words.setdefault(written, form)
    for sign in entry.get("signs", ()):
        signs.setdefault(sign, form)


@cache
def magnitudes() -> dict[str, tuple[int, str]]:
    """The units that hold a magnitude ("billion cubic metres"), with its factor and the plain unit."""
    return {u["name"]: (u["scale"], u["of"]) for u in table("units.toml")["unit"] if "scale" in u}


@cache
def called() -> dict[str, str]:
    """What records call counted nouns that mean one thing ("firm": companies)."""
    return dict(table("units.toml")["same"])


def _plural(word: str) -> tuple[str, ...]:
    return (word, f"{word}es", f"{word}s") if word.endswith(("sh", "ch", "x")) else (word, f"{word}s")


def plural(word: str) -> str:
    """The plural of a unit or counted noun; a word in -s is taken to be one."""
    if (
        word.endswith(
            ("s", "hertz", "people", "personnel", "staff", "aircraft", "craft", "cattle", "sheep", "head", "livestock")
        )
        or " per " in word
    ):
        return word
    if word.endswith("y") and word[-2:-1] not in "aeou":
        return f"{word[:-1]}ies"
    return {"foot": "feet", "square foot": "square feet", "cubic foot": "cubic feet", "inch": "inches"}.get(
        word, f"{word}s"
    )


_CHUNKS = re.compile(r"[ \u00a0-]?(?P<words>[^\s,;:()\[\]]+(?:[ \u00a0](?![\d$€£(])[^\s,;:()\[\]]+){0,3})")
_TRAILING = ".,;:!?\"'”’)»…"


def unit_after(text: str, at: int, end: int) -> Found | None:
    """The unit that follows a number ending at `at`: the longest form of up to four words, else a sign."""
    found = _CHUNKS.match(text, at, min(end, at + 60))
    if found is None:
        return None
    start, words = found.start("words"), found["words"]
    ends = [m.start() for m in re.finditer(r"[\s\u00a0]", words)] + [len(words)]
    for stop in reversed(ends):
        got = _form(words[:stop])
        if got is not None and not _IN_NAME.match(text, start + got[1]):
            return Found(got[0], start, start + got[1])
    return None


# What stands behind a form that is part of a type's name ("six Kilo-class submarines").
_IN_NAME = re.compile(r"-(?:class|type|series|style|mark|model)\b", re.I)


def _form(words: str) -> tuple[Form, int] | None:
    """The unit that some words are, with the length used; tries them whole, then up to a hyphen or slash."""
    forms = lexicon()
    for written in _writings(words):
        form = forms.signs.get(written) or forms.words.get(written.lower())
        if form is not None:
            return form, len(written)
    return None


def _writings(words: str) -> list[str]:
    plain = words.rstrip(_TRAILING)
    found = [words, plain]
    for joint in ("-", "/", "'", "’", "–", "—"):
        head, sign, _ = plain.partition(joint)
        if sign and " " not in plain and (len(head) > 1 or not head.isalpha()):
            found.append(head)
    return [w for w in found if w]


_ONE_LETTER = frozenset(
    {
        "R", "K", "W", "P", "N", "ID", "DT", "LE", "TL", "SR", "RO", "KD", "LD", "JD", "QR", "LL", "Br", "Sh", "Nu",
        "Le", "Ar", "UM", "Q", "M", "E", "D", "MT", "DA", "DH", "BD", "CR", "kn", "den", "Af", "KN", "SP", "SD", "Bs",
        "Vt", "Gs", "L.", "FG", "FC", "TOP", "VT", "KM", "FF", "DM", "Lt", "Ls", "ESP", "SAT", "SIT", "CYP", "STN",
    }
)  # fmt: skip


# Signs that may stand apart from millions ("P 18.4 billion").
_SPACED = frozenset({"K", "P", "R", "N", "M", "E", "D"})


def sign_before(text: str, at: int) -> Found | None:
    """The currency sign or code that stands directly before a number starting at `at`."""
    window = text[max(0, at - 9) : at]
    found = lexicon().before.search(window)
    if found is None:
        return _word_before(text, at)
    offset = at - len(window)
    sign = found[1]
    touching = found.end(1) == len(window)
    spaced = sign in _SPACED and _MILLIONS.match(text, at) is not None
    if sign in _ONE_LETTER and not ((touching or len(sign) > 1 or spaced) and _is_large(text, at)):
        return None
    if sign == "PS" and not (touching and re.match(r"\d[\d.,]*[.,]\d|\d[\d.]* ?(?:m|b|mil|tr)", text[at : at + 20])):
        return None
    return Found(lexicon().signs_before[sign], offset + found.start(1), offset + found.end(1))


_WORD = re.compile(r"(?<![\w-])([A-Za-z]{3,10})\.? $")
_MILLIONS = re.compile(r"\d[\d.,]* ?(?:m|b|mn|bn|mln|bln|thousand|million|billion|trillion|crore|lakh)\b(?! [a-z]+s\b)")


def _word_before(text: str, at: int) -> Found | None:
    """A currency's own name before millions of it ("Won 29.4 billion", "cedis 1.02 billion")."""
    found = _WORD.search(text, max(0, at - 13), at)
    form = lexicon().words.get(found[1].lower()) if found is not None else None
    if found is None or form is None or form.cls != "money" or form.per != 1 or found[1] == "won":
        return None
    return Found(form, found.start(1), found.end(1)) if _MILLIONS.match(text, at) else None


def _is_large(text: str, at: int) -> bool:
    return bool(
        re.match(r"\d{1,3},\d{3}|\d{3,}|\d+(\.\d+)? ?(m|b|bn|mn|million|billion|trillion)\b", text[at : at + 20])
    )


def currency(form: Form, codes: tuple[str, ...]) -> tuple[str, float, str]:
    """The ISO code that a form of money means where some states are spoken of, with its score and reason."""
    meanings = lexicon().ambiguous.get(form.form) or lexicon().ambiguous.get(form.form.rstrip("s"))
    if meanings is None:
        sure = form.form not in ("$", "dollar", "dollars")
        return form.unit, 1.0 if sure else 0.9, "form of one currency" if sure else "a bare dollar is the US dollar"
    if form.form == "¥" and "JPN" in codes:
        return "JPY", 0.8, "¥ where JPN is spoken of"
    for code in codes:
        if code in meanings:
            return meanings[code], 0.9, f"{form.form} where {code} is spoken of"
    return form.unit, 0.6, f"{form.form} without a state that uses it"


class Changes(NamedTuple):
    """The words of change: direction by lemma for verbs that stand alone, acting verbs and nouns; comparatives by
    word; factors of the multiples; what may lie between a word of change and its amount; and verbs that compare."""

    alone: dict[str, str]
    acting: dict[str, str]
    nouns: dict[str, str]
    comparatives: dict[str, str]
    particles: dict[str, str]
    multiples: dict[str, str]
    between: frozenset[str]
    comparing: dict[str, str]

    def verb(self, lemma: str) -> str | None:
        """The direction of a verb of change, None for any other verb."""
        return self.alone.get(lemma) or self.acting.get(lemma)


@cache
def change_words() -> Changes:
    """The words of change of changes.toml."""
    data = table("changes.toml")
    verbs = data["verbs"]
    alone, acting = _directions(verbs["alone"]), _directions(verbs["acting"])
    return Changes(
        alone, acting, _directions(data["nouns"]), _directions(data["comparatives"]), _directions(data["particles"]),
        verbs["multiples"], frozenset(data["between"]["words"]), _directions(verbs["comparing"]),
    )  # fmt: skip


def _directions(lists: dict[str, list[str]]) -> dict[str, str]:
    return {word: way for way in ("up", "down") for word in lists[way]}


class Words(NamedTuple):
    """Bounds as patterns, anchored before a number and after it; what forbids one; the last words of those before."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    bound_before: dict[str, str]
    bound_after: dict[str, str]
    not_after: dict[str, frozenset[str]]
    last: frozenset[str]


@cache
def bound_words() -> Words:
    """The words that bound a number, as patterns over lower-case text."""
    data = table("bounds.toml")
    before = {word: bound for bound, words in data["before"].items() for word in words}
    after = {word: bound for bound, words in data["after"].items() for word in words}
    fillers = "|".join(map(re.escape, data["fillers"]["words"]))
    left = re.compile(rf"(?<![\w-])({_any(before)})((?:[ -]+(?:{fillers}))*)[ \u00a0-]*$")
    right = re.compile(rf" ?({_any(after)})(?![\w])", re.I)
    last = frozenset(re.split(r"[\s-]", w)[-1].rstrip(".") for w in (*before, *data["fillers"]["words"]))
    return Words(left, right, before, after, {k: frozenset(v) for k, v in data["not_after"].items()}, last)


@lru_cache(maxsize=1024)
def bound_before(words: str) -> re.Match[str] | None:
    """The bound with which some words end, with what lies between it and their end; None where they end with none."""
    low = words.lower()
    return bound_words().before.search(low if len(low) == len(words) else words)


def _any(words: dict[str, str]) -> str:
    """Alternatives, the longest first, by their first letter: a place in a text that begins with none costs little."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", r"\s+"))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
