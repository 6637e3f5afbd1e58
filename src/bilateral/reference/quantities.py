"""What the checks know of a quantity, and what a claim's words say of its scope: goods, services, or one product."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from bilateral.knowledge.files import checked, toml
from bilateral.model import Measure

FILE = Path(__file__).with_name("quantities.toml")
Trade = Literal["trade_turnover", "exports", "imports", "trade_balance", "services_trade"]
DIRECTED = frozenset({"exports", "imports", "trade_balance"})
_AROUND = 40  # characters beside the words of the quantity in which its product may be named
_BOTH = re.compile(r"\bgoods\s+and\s+services\b|\bservices\s+and\s+goods\b|\bcommodities\s+and\s+services\b", re.I)
_SERVICES = re.compile(
    r"\b(trade|exports?|imports?|turnover) (in|of) services\b|\bservices? (trade|exports?|imports?)\b", re.I
)  # fmt: skip
_TERM = r"(?:exports?|imports?|trade|turnover|shipments?|sales|purchases|supplies|deliveries)"
_PRODUCT = (
    re.compile(rf"(?P<words>[\w-]+(?:\s+[\w-]+)?)\s+{_TERM}\b", re.I),
    re.compile(rf"\b{_TERM}(?:\s+turnover)?\s+(?:of|in)\s+(?P<words>[\w-]+(?:[\s,]+[\w-]+){{0,3}})", re.I),
)


class _Names(Struct, frozen=True, forbid_unknown_fields=True):
    names: frozenset[str]


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]


class _Known(Struct, frozen=True, forbid_unknown_fields=True):
    trade: dict[Trade, tuple[str, ...]]
    one_a_period: _Names
    arriving: _Names
    products: _Words


def trade(quantity: str) -> Trade | None:
    """Which quantity of trade a name means, None for all others."""
    return _trade().get(quantity)


def is_one_a_period(quantity: str) -> bool:
    """Whether two states have one value of it a period."""
    return (trade(quantity) or quantity) in _known().one_a_period.names


def stated_by(quantity: str, direction: str) -> str:
    """Whose figure a quantity is that flows "A>B": B's where it is counted on arrival, else A's."""
    start, _, end = direction.partition(">")
    return end if quantity in _known().arriving.names else start


def scope(measure: Measure) -> str:
    """What a claim of trade says that it covers: goods, services, goods and services; "" where it does not say."""
    words = _around(measure)
    if _BOTH.search(words):
        return "goods and services"
    if trade(measure.quantity) == "services_trade" or _SERVICES.search(words):
        return "services"
    return "goods" if re.search(r"\bgoods|\bmerchandise|\bcommodity\b", words, re.I) else ""


def product(measure: Measure) -> str | None:
    """The goods that a claim of trade is limited to ("rice"), None where it is of all trade."""
    words = _around(measure)
    for pattern in _PRODUCT:
        for found in pattern.finditer(words):
            for word in re.findall(r"[\w-]+", str(found["words"]).lower()):
                if word in _known().products.words:
                    return str(word)
    return None


def _around(measure: Measure) -> str:
    """The words of the quantity with those beside them in the sentence; the whole sentence where they are not told."""
    sentence, named = measure.span("sentence"), measure.span("quantity")
    if sentence is None:
        return (named or measure.evidence[0]).text
    if named is None or not sentence.start <= named.start <= named.end <= sentence.end:
        return sentence.text
    start, end = named.start - sentence.start, named.end - sentence.start
    return sentence.text[max(0, start - _AROUND) : end + _AROUND]


@cache
def _known() -> _Known:
    return checked(FILE, "top level", toml(FILE), _Known)


@cache
def _trade() -> dict[str, Trade]:
    return {name: kind for kind, names in _known().trade.items() for name in names}
