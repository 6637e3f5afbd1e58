"""Units that are given once for several numbers: a table's header flattened into text, and money lent to bare millions.

Owns the reading of headers ("Trade (US$ million): 166.3 in 2017, 202.1 in 2018") on one sentence.
"""

from __future__ import annotations

import re

from msgspec import structs

from bilateral.extract.measures.lexicon import Form, sign_before, unit_after
from bilateral.extract.measures.quantity import Quantity, View

_SCALE = r"(?:thousand|million|billion|trillion|mln|bln|mn|bn)s?"
_HEADER = re.compile(
    rf"(?:\(|\bin |, ?(?=[^.;]{{3,30}}:))(?P<scale>{_SCALE})?(?: of)? ?"
    r"(?P<unit>U\.?S\.? ?(?:dollars?|\$)|US\$|USD|\$|dollars|euros?|EUR|€|yen|JPY|rubles|roubles|RUB|yuan|CNY|RMB|baht|"
    rf"persons|people|tonnes|tons)[ ,]*(?P<after>{_SCALE}|m\b)?\)?",
    re.I,
)


def shared_units(seen: View, found: list[Quantity]) -> list[Quantity]:
    """Bare numbers behind a header that names the unit once: "Trade (US$ million): 166.3 in 2017, 202.1 in 2018"."""
    if not any(q.cls == "bare" for q in found):
        return found
    header = _header(seen)
    if header is None:
        return found
    form, factor, span, end = header
    return [_shared(q, form, factor, span) if q.cls == "bare" and q.start >= end else q for q in found]


def _header(seen: View) -> tuple[Form | str, int, tuple[int, int], int] | None:
    for m in _HEADER.finditer(seen.text, seen.start, seen.end):
        word = m["unit"].lower().replace(".", "")
        scale = (m["scale"] or m["after"] or "").lower().rstrip("s")
        if not (m["scale"] or m["after"] or m[0].startswith("(")):
            continue
        factor = _FACTORS.get(scale, 1)
        got = unit_after(f" {m['unit']}", 0, len(m["unit"]) + 1) or sign_before(f"{m['unit']}1", len(m["unit"]))
        unit: Form | str = got.form if got else word
        return unit, factor, m.span("unit"), m.end()
    return None


_FACTORS = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "mln": 10**6, "bln": 10**9, "mn": 10**6,
    "bn": 10**9, "m": 10**6,
}  # fmt: skip


def _shared(q: Quantity, form: Form | str, factor: int, span: tuple[int, int]) -> Quantity:
    factor = 1 if q.scale > 1 else factor
    if isinstance(form, str):
        return structs.replace(q, value=q.value * factor, unit=form, cls="count", unit_span=span)
    cls = form.cls
    return structs.replace(
        q, value=q.value * factor, unit=form.unit, cls=cls, money=form if cls == "money" else None, unit_span=span
    )  # fmt: skip


def _may_be_money(seen: View, q: Quantity) -> bool:
    """Whether millions count nothing: no noun behind them, or one in the singular that is the sentence's own."""
    return q.cls == "bare" or (q.cls == "count" and q.noun is not None and seen.parse.tag[q.noun] in ("NN", "NNP"))


def lent_money(seen: View, found: list[Quantity]) -> list[Quantity]:
    """Bare millions beside money of one currency are money too ("310 million of the 2.4 billion pesos")."""
    money = [q for q in found if q.cls == "money" and q.money is not None]
    if not money or len({q.unit for q in money}) != 1:
        return found
    form = money[0]
    scales = {q.scale for q in money if q.scale >= 10**6}
    if len(scales) == 1 and len(money) == len([q for q in money if q.scale > 1]):
        found = [_scaled(seen, q, next(iter(scales))) for q in found]
    return [_lent(form, q) if q.scale >= 10**6 and _may_be_money(seen, q) else q for q in found]


# Words before a number that shares the scale of the money before it ("of which France accounts for 25").
_PART = re.compile(
    r"\b(?:account(?:s|ed|ing)? for|package of|out of|slice is|share is|share was|portion is|"
    r"of which|contribut\w+|gave|bears?|foots?)\s+"
    r"(?:(?:about|around|only|just|some|almost|nearly|over)\s+)?$", re.I,
)  # fmt: skip


def _scaled(seen: View, q: Quantity, scale: int) -> Quantity:
    """A bare number that leaves its scale to the money beside it: "rises to 1.56 and then 1.64 billion"."""
    if q.cls != "bare" or q.scale != 1 or q.form != "digits" or q.value >= 1000:
        return q
    whole = q.value == q.value.to_integral_value()
    behind = seen.text[q.end : q.end + 2]
    if (whole and not _PART.search(seen.text[seen.start : q.start])) or (behind[:1] == " " and behind[1:2].isdigit()):
        return q
    return structs.replace(q, value=q.value * scale, scale=scale)


def _lent(form: Quantity, q: Quantity) -> Quantity:
    end = q.number[1] if q.cls == "count" else q.end
    return structs.replace(
        q, unit=form.unit, cls="money", money=form.money, noun=None, end=end, unit_span=None if q.noun else q.unit_span
    )
