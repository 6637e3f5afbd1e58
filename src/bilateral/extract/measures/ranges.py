"""Two numbers that are the ends of one range, and the unit or scale that one of two numbers lends to the other.

"between 3 and 5 million", "$3-5 bn", "five to 20 per cent", "three or four". A pair with a verb of change ("rose from
3 to 5 million") is no range but base and level, and stays two quantities with the unit and scale shared.
"""

from __future__ import annotations

import re

from msgspec import structs

from bilateral.extract.measures.lexicon import change_words, cues
from bilateral.extract.measures.quantity import Quantity, View

_JOINT = re.compile(
    r"\s*,?\s*(?P<joint>to|and|or|or even|or perhaps|or maybe|or possibly|perhaps|maybe|possibly|if not|even|"
    r"through|[-–—~])[\s-]*$",
    re.I,
)
_FROM = re.compile(
    r"\bfrom\s+(?:(?:about|around|some|nearly|almost|up to|approximately|roughly|the|just|an estimated)\s+)*$", re.I
)
_BETWEEN = re.compile(
    r"\b(?:between|anywhere between|from between)\s+(?:(?:about|around|some|an estimated)\s+)?$", re.I
)
_BY = re.compile(r"\bby\s+(?:(?:about|around|some|nearly|almost|over|more than|a|further|another)\s+)*$", re.I)
_RANGING = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere|anything)\s+(?:\w+\s+){0,2}from\s+$", re.I
)


_MAYBE = ("perhaps", "maybe", "possibly", "if not", "even", "or perhaps", "or maybe", "or possibly")


def ranges(view: View, found: list[Quantity]) -> list[Quantity]:
    """The quantities with the two ends of a range joined into one, and units and scales lent within a pair."""
    out: list[Quantity] = []
    for q in _listed(view, found):
        joint = _joint(view, out[-1], q) if out else None
        if not out or joint is None:
            out.append(q)
            continue
        low, high = _lent(out[-1], q)
        if _is_range(view, low, high, joint, own_unit=bool(out[-1].unit)):
            out[-1] = _joined(low, high)
        else:
            out[-1:] = [low, high] if _is_pair(view, low, joint) else [out[-1], q]
    return out


def _listed(view: View, found: list[Quantity]) -> list[Quantity]:
    """The quantities with the unit that the last of a list gives to all ("by 12, 15 and 9 percent")."""
    out = list(found)
    for n in range(len(out) - 2, -1, -1):
        a, b = out[n], out[n + 1]
        listed = re.fullmatch(r"\s*(?:,|and|,\s*and|or)\s*", view.text[a.end : b.start])
        if listed and a.cls == "bare" and a.scale == 1 and a.form == "digits" and b.cls == "percent" and a.value < 1000:
            out[n] = structs.replace(a, unit=b.unit, cls=b.cls, unit_span=b.unit_span)
    for n in range(1, len(out)):
        a, b = out[n - 1], out[n]
        plain = b.cls == "bare" and b.scale == 1 and b.form == "digits" and b.value <= _WHOLE
        if plain and a.cls == "percent" and _shares(view, a, b):
            out[n] = structs.replace(b, unit=a.unit, cls=a.cls, unit_span=a.unit_span)
    return out


# A share without its sign is at most the whole.
_WHOLE = 100
_SHARED = re.compile(
    r"[^.;:]{2,60}(?:,|\band|\bagainst|\bthan)\s+(?:the\s+)?(?:[a-z]+\s+|[A-Z][\w’'-]+\s+(?:for\s+)?){0,4}$"
)
_SHARER = re.compile(r"\s*(?:by|to|for|from|in|on)\s+(?:the\s+)?[A-Z]|\s*[.;]?\s*$")


def _shares(view: View, a: Quantity, b: Quantity) -> bool:
    """Whether a number takes the percent of the one before it ("40 percent by New Delhi, 60 by Tehran")."""
    gap, behind = view.text[a.end : b.start], view.text[b.end : view.end]
    return _SHARED.match(gap) is not None and _SHARER.match(behind) is not None


def _joint(view: View, a: Quantity, b: Quantity) -> str | None:
    """The word or sign between two quantities where nothing else is."""
    gap = view.text[a.end : b.start]
    if not gap.strip() and b.value < 0 and view.text[b.number[0] - 1] in "-–—":
        return "-"
    found = _JOINT.match(gap) if len(gap) < 14 else None
    if found and "," in gap and found["joint"].lower() not in _MAYBE:
        return None
    if found is None and len(gap) < 40 and _FROM.search(view.text[max(0, a.start - 24) : a.start]):
        found = re.search(
            r"(?:^|\s)(?P<joint>to)\s+(?:(?:about|around|some|nearly|almost|over|just|more than)\s+)*$", gap
        )
        if found and re.search(r"[,;.]", gap[: found.start()]):
            return None
    return found["joint"].lower() if found else None


def _lent(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Both with the unit that one of them has, and the lower with the scale of the upper where that fits."""
    negative = b.value < 0 <= a.value
    b = structs.replace(b, value=-b.value) if negative else b
    if (a.cls == "money" and b.cls in ("bare", "count") and b.noun is None) or _touch(a, b):
        b = structs.replace(b, unit=a.unit, cls=a.cls, money=a.money, unit_span=a.unit_span, noun=None, end=b.number[1])
    bare = a.cls == "bare" and a.form != "fraction"
    if bare and b.cls != "bare":
        a = structs.replace(a, unit=b.unit, cls=b.cls, money=b.money, unit_span=b.unit_span, noun=b.noun, per=b.per)
    if a.unit == b.unit and not a.per and b.per:
        a = structs.replace(a, per=b.per)
    if (
        a.unit == b.unit
        and a.scale == 1
        and b.scale > 1
        and a.value < 1000
        and a.form != "fraction"
        and (bare or a.value < b.value / b.scale)
    ):
        a = structs.replace(a, value=a.value * b.scale)
    return a, b


def _touch(a: Quantity, b: Quantity) -> bool:
    """ "$3-5 billion deal": the second number belongs to the first one's money, not to the noun behind it."""
    return a.cls == "money" and b.cls == "count" and b.number[0] - a.end <= 1


def _is_range(view: View, a: Quantity, b: Quantity, joint: str, *, own_unit: bool) -> bool:
    if (
        a.unit != b.unit
        or "fraction" in (a.form, b.form)
        or a.high is not None
        or b.high is not None
        or (a.cls == "age" and joint == "and")
    ):
        return False
    before = view.text[max(0, a.start - 60) : a.start]
    if joint == "and":
        return bool(_BETWEEN.search(before)) and a.value < b.value
    if joint in ("or", "or even", *_MAYBE):
        return not own_unit and a.value < b.value <= a.value * 3 and (a.form == "words") == (b.form == "words")
    if a.value >= b.value and not _RANGING.search(before):
        return False
    if joint in ("to", "through"):
        return not _is_changed(view, a, before, own_unit=own_unit)
    return True


def _is_changed(view: View, a: Quantity, before: str, *, own_unit: bool) -> bool:
    """Whether a verb of change makes "A to B" a change and a level, or a base and a level."""
    if _RANGING.search(before):
        return False
    if _FROM.search(before):
        return _changes_left(view, a.start, 8) or _moves_left(view, a.start)
    by = _BY.search(before)
    return (own_unit or bool(by and a.scale > 1)) and a.unit != "" and _changes_left(view, a.start, 14 if by else 4)


def _moves_left(view: View, position: int) -> bool:
    """Whether a verb of going leads to "from A to B" ("duties go from 25 to 50 percent")."""
    last = view.at(position)
    moving = cues("changes", "moving")
    return any(view.lemma(i) in moving and view.parse.tag[i].startswith("VB") for i in range(last - 8, last))


def _changes_left(view: View, position: int, reach: int) -> bool:
    words = change_words()
    last = view.at(position)
    return any(
        words.verb(view.lemma(i)) or view.lemma(i) in words.nouns or view.word(i) in words.particles
        for i in range(last - reach, last)
    )


def _joined(a: Quantity, b: Quantity) -> Quantity:
    return structs.replace(
        b, start=a.start, number=(a.number[0], b.number[1]), value=a.value, high=b.value,
        digits=f"{a.digits} - {b.digits}", unit_span=b.unit_span or a.unit_span,
    )  # fmt: skip


def _is_pair(view: View, a: Quantity, joint: str) -> bool:
    """Whether two numbers are base and level, so that what is lent between them holds."""
    before = view.text[max(0, a.start - 60) : a.start]
    if joint == "to":
        return bool(_FROM.search(before)) or a.unit != ""
    return joint == "and" and bool(_BETWEEN.search(before))
