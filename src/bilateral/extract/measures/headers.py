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
    if not any(q.cls == "bare" or q.unit == "metre" for q in found):
        return found
    header = _header(seen)
    if header is None:
        return found
    form, factor, span, end = header
    found = [
        _millions(seen, q) if q.start >= end and not isinstance(form, str) and form.cls == "money" else q for q in found
    ]
    return [_shared(q, form, factor, span) if q.cls == "bare" and q.start >= end else q for q in found]


def _millions(seen: View, q: Quantity) -> Quantity:
    """A number with "m" behind a header of money: millions and no metres."""
    if q.cls != "measure" or q.unit != "metre" or seen.text[q.number[1] : q.end] != "m":
        return q
    return structs.replace(q, cls="bare", unit="", unit_span=None, value=q.value * 10**6, scale=10**6)


def _header(seen: View) -> tuple[Form | str, int, tuple[int, int], int] | None:
    for m in _HEADER.finditer(seen.text, seen.start, seen.end):
        word = m["unit"].lower().replace(".", "")
        scale = (m["scale"] or m["after"] or "").lower().rstrip("s")
        if not (m["scale"] or m["after"] or (m[0].startswith("(") and m[0].endswith(")"))):
            continue
        factor = _FACTORS.get(scale, 1)
        got = unit_after(f" {m['unit']}", 0, len(m["unit"]) + 1) or sign_before(f"{m['unit']}1", len(m["unit"]))
        unit: Form | str = got.form if got else word
        return unit, factor, m.span("unit"), m.end()
    return _any_header(seen)


# A unit of any kind in brackets, or behind a comma and before a colon: "(NPR bn)", ", in billion cubic metres:".
_ANY = re.compile(
    r"\((?P<one>[^()\d:;]{1,30})\)|,\s(?P<two>[^()\d:;,.]{2,34})(?=:)|\bin\s(?P<three>[^()\d:;,.]{2,30})(?=:)"
)
_COUNTS = frozenset(
    {"head", "units", "persons", "people", "cases", "pieces", "students", "tourists", "visitors", "cars"}
)


def _any_header(seen: View) -> tuple[Form | str, int, tuple[int, int], int] | None:
    for m in _ANY.finditer(seen.text, seen.start, seen.end):
        inner = next(g for g in m.groups() if g is not None)
        words = inner.removeprefix("in ").split()
        factor = 1
        for at in (0, -1):
            if len(words) > 1 and (scale := _FACTORS.get(words[at].lower().rstrip("s."))):
                factor = scale
                del words[at]
                break
        rest = " ".join(words)
        if rest.lower() in _COUNTS:
            return rest.lower(), factor, (m.start(), m.end()), m.end()
        got = unit_after(f" {rest}", 0, len(rest) + 1) or sign_before(f"{rest}10 million", len(rest))
        if got is not None and got.end - got.start == len(rest) and got.form.cls in ("money", "measure"):
            return got.form, factor, (m.start(), m.end()), m.end()
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
    if not money:
        return found
    if len({q.unit for q in money}) != 1:
        first = [q for q in money if not _CONVERTED.search(seen.text[max(seen.start, q.start - 12) : q.start])]
        if len({q.unit for q in first}) != 1:
            return [_lent_before(seen, found, n) for n in range(len(found))]
        money = first
    form = money[0]
    scales = {q.scale for q in money if q.scale >= 10**6}
    if len(scales) == 1 and len(money) == len([q for q in money if q.scale > 1]):
        found = [_scaled(seen, q, next(iter(scales))) for q in found]
    return [_lent(form, q) if q.scale >= 10**6 and _may_be_money(seen, q) else q for q in found]


def _lent_before(seen: View, found: list[Quantity], n: int) -> Quantity:
    """Bare millions beside money of several currencies: of the last before them."""
    q = found[n]
    last = next((m for m in reversed(found[:n]) if m.cls == "money" and m.money is not None), None)
    return _lent(last, q) if last is not None and q.scale >= 10**6 and _may_be_money(seen, q) else q


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


_CONVERTED = re.compile(r"\s*(?:,\s*or|\(or|\(|,\s*i\.e\.,?|or)\s*(?:some\s+)?$")


def converted(seen: View, found: list[Quantity]) -> list[Quantity]:
    """An amount told again in another currency has its first bound ("over 110 billion riyals, or $29 billion")."""
    out = list(found)
    for n in range(1, len(out)):
        a, b = out[n - 1], out[n]
        twice = a.cls == b.cls == "money" and a.unit != b.unit and a.bound is not None and b.bound is None
        if twice and not a.is_range and _CONVERTED.fullmatch(seen.text[a.end : b.start]):
            out[n] = structs.replace(b, bound=a.bound, bound_span=a.bound_span)
    return out


def _lent(form: Quantity, q: Quantity) -> Quantity:
    end = q.number[1] if q.cls == "count" else q.end
    return structs.replace(
        q, unit=form.unit, cls="money", money=form.money, noun=None, end=end, unit_span=None if q.noun else q.unit_span
    )
