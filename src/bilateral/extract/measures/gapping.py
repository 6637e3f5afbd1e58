"""Units and scales that a list gives once: "took 80 percent of its gas from Kyiv, Lviv 63 and Odesa 54".

Owns what a bare number takes from a figure of its sentence by the shape of the words between them; money that bare
millions share stands in headers.py, the two ends of a range in ranges.py.
"""

from __future__ import annotations

import re

from msgspec import structs

from bilateral.extract.measures.lexicon import bound_before, magnitudes
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.knowledge import code_of, place_code

# The last item of a gap: a joint, whose it is, and small words up to the number.
_ITEM = re.compile(
    r"(?:^|[,;:]|\band|\bwhile|\bbut|\bwhereas|\bby|\bthan|\bahead of|\bthen)\s+(?:and |then |while |but |by |only )*"
    r"(?P<who>(?:[Tt]he )?[A-Z][\w’'-]+(?: (?:of |and |the )?[A-Z][\w’'-]+){0,3})(?:['’]s?)?(?P<rest>[^.;,]{0,40})$"
)
_SMALL = re.compile(
    r"\s*(?:(?:with|for|at|by|had|has|got|gets|gave|took|takes|only|just|another|a|further|nearly|its|even)\s+)*", re.I
)
# What may stand behind such a number.
_CLOSED = re.compile(
    r"\s*(?:$|[.,;:)]|(?:and|but|while|by|in|to|from|for|on|last|this|over|a year|against|respectively)\b)"
)
_PLANS = re.compile(
    r"\b(?:plans?|wants?|hopes?|expects?|aims?|seeks?|needs?|eyes?|to|of|against|from|after|at|than|was|were|is|"
    r"are|reach(?:ed|es)?|and|"
    r"or|only|just|another|further|promised|total|target|deliver(?:ed|s)?|sen[dt]s?|gave|got|took|received|"
    r"remaining|other|had|first|then|"
    r"shows?|puts?|says?|claims?|reports?|makes?|worth|books?|year|quarter|month|half|exceed(?:ed|s)?|topped|"
    r"pass(?:ed|es)?|hit|"
    r"table|it|came|comes|stood|stands|remains?|became|becomes?|now|already|be|by)\s*$|[,;]\s*$",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/]\d\d)?\s?[:–=-]\s?$")
_FACTOR = re.compile(r"\bfactor of $", re.I)
_LEAST = 10**6
_WHOLE = 100


def gapped(view: View, found: list[Quantity]) -> list[Quantity]:
    """The quantities, bare numbers of a list with the unit and the scale that the figure before them (or the last of
    the list) names for all."""
    if len(found) < 2:
        return found
    out = list(found)
    for n in range(1, len(out)):
        if out[n - 1].cls == "duration" and _FREE.match(view.text, out[n].number[1]):
            out[n] = structs.replace(out[n], cls="duration", unit=out[n - 1].unit, noun=None)
            continue
        for k in range(n - 1, -1, -1):
            if not out[k].unit or out[k].cls in ("duration", "age", "times"):
                continue
            taken = _taken(view, out[k], out[n], out[n - 1].end)
            if taken is not out[n] or out[k].cls != "percent":
                out[n] = taken
                break
    for n in range(len(out) - 2, -1, -1):
        out[n] = _lent(view, out[n], out[n + 1], goes_on=out[n + 1] is not found[n + 1])
    return out


def _taken(view: View, first: Quantity, q: Quantity, last: int) -> Quantity:
    """A bare number with the unit of the figure before it, where its words make it the next of a list."""
    if _is_of_them(view, q) and first.cls == "money" and _is_small(first, q):
        return _as(first, q)
    if (
        q.cls != "bare"
        or q.form in ("fraction", "vague", "multiple")
        or q.scale != 1
        or _FACTOR.search(view.text[max(0, q.start - 12) : q.start])
    ):
        return q
    is_large = first.scale >= _LEAST or first.unit in magnitudes()
    if first.cls in ("money", "measure") and is_large and _is_alike(first, q):
        at = _unbounded(view, q)
        led = (
            _PLANS.search(view.text, view.start, at)
            or view.parse.pos[max(view.at(at) - 1, view.tokens.start)] == "VERB"
        )
        if (led or _YEAR.search(view.text[max(view.start, at - 12) : at])) and _CLOSED.match(
            view.text, q.end, view.end
        ):
            return _as(first, q)
    if first.cls == "percent" and q.value <= _WHOLE and _is_from_to(view, q):
        return _as(first, q)
    if first.cls not in ("money", "percent", "measure") or not _is_item(view, q, last):
        return q
    if first.cls == "percent" and q.value > _WHOLE:
        return q
    return _as(first, q)


def _is_from_to(view: View, q: Quantity) -> bool:
    """Whether a number is one of two of a second thing ("on aluminium from 10 to 20")."""
    before, behind = view.text[max(view.start, q.start - 44) : q.start], view.text[q.end : view.end]
    if re.search(r"\b(?:on|for|in|of) (?:[a-z]+ ){1,3}from $", before):
        return re.match(r"\s+to\s+\d+(?:\.\d+)?\s*(?:[.,;]|$)", behind) is not None
    return re.search(r"\b(?:on|for|in|of) (?:[a-z]+ ){1,3}from \d+(?:\.\d+)? to $", before) is not None


def _unbounded(view: View, q: Quantity) -> int:
    """Where a number starts with the bound before it."""
    bound = bound_before(view.text[max(view.start, q.start - 40) : q.start])
    return q.start - len(bound[0]) if bound else q.start


# "forty years, ten of them free": years of a loan.
_FREE = re.compile(
    r"\s+of (?:them|which|these)\b,? (?:are |being |as )?(?:free|grace|interest|without|a grace|in grace)", re.I
)
_OF_IT = re.compile(r"\s+of (?:it|them|that|this|which|the total|the sum|the amount|the money)\b", re.I)


def _is_of_them(view: View, q: Quantity) -> bool:
    if q.scale == 1 and q.form in ("digits", "words") and _OF_IT.match(view.text, q.number[1]):
        return True
    return q.cls == "count" and q.noun is not None and view.word(q.noun) in ("them", "which")


def _is_small(first: Quantity, q: Quantity) -> bool:
    return first.scale >= _LEAST and q.scale == 1 and q.value * first.scale <= first.value


def _is_alike(first: Quantity, q: Quantity) -> bool:
    """Whether a number is of the size of the digits of the one whose scale it would take."""
    digits = abs(first.value) / first.scale
    return digits / 10 <= q.value <= digits * 10 and q.value < 1000


def _is_item(view: View, q: Quantity, last: int) -> bool:
    """Whether a state stands before a number as the next of a list, and nothing counted behind it."""
    found = _ITEM.search(view.text[last : q.start])
    if found is None or not _CLOSED.match(view.text, q.end, view.end):
        return False
    rest = found["rest"]
    who = re.sub(r"['’]s?$", "", found["who"])
    if not (code_of(who) or place_code(who) or place_code(f"The {who}")):
        return False
    bound = bound_before(rest)
    return _SMALL.fullmatch(f"{rest[: bound.start()]} " if bound else rest) is not None


def _as(first: Quantity, q: Quantity) -> Quantity:
    """A number in the unit of another, and in its scale."""
    factor = first.scale if q.scale == 1 and q.value < 1000 else 1
    return structs.replace(
        q, value=q.value * factor, scale=q.scale * factor, unit=first.unit, cls=first.cls, money=first.money,
        unit_span=first.unit_span, noun=None if first.cls == "money" else first.noun, end=q.number[1],
    )  # fmt: skip


def _lent(view: View, q: Quantity, second: Quantity, *, goes_on: bool) -> Quantity:
    """A bare number with the unit of the next figure where "and" joins the two items of one verb ("charged 25 and
    Canadian aluminium 10 per cent", "more than 500 and Albania almost 4,000 Afghans")."""
    if q.cls != "bare" or q.scale != 1 or q.form in ("fraction", "vague", "multiple") or second.form == "fraction":
        return q
    gap = view.text[q.end : second.start]
    joined = re.match(r"\s+and\s+|,\s+(?=[A-Z])" if goes_on else r"\s+and\s+", gap)
    if joined is None or len(gap) > 60 or re.search(r"[.;:,]", gap[joined.end() :]):
        return q
    if any(view.parse.pos[i] in ("VERB", "AUX") for i in range(view.at(q.end), view.at(second.start))):
        return q
    percent = second.cls == "percent" and q.value <= _WHOLE
    counts = second.cls == "count" and second.noun is not None and view.parse.tag[second.noun] in ("NNS", "NNPS")
    if not (percent or counts) or not re.search(r"[A-Z]", gap):
        return q
    return structs.replace(
        q, unit=second.unit, cls=second.cls, unit_span=second.unit_span, noun=second.noun if counts else None
    )  # fmt: skip
