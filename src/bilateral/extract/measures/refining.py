"""The name of a figure made exact by what the words around it add: a gift and no sale, a stock and no flow, a quota.

Owns these second thoughts on the taxonomy's first answer; each keeps the words that named the figure and says why.
"""

from __future__ import annotations

import re

from bilateral.extract.measures.lexicon import cues
from bilateral.extract.measures.naming import Name
from bilateral.extract.measures.quantity import Quantity
from bilateral.extract.measures.sentence import Sentence
from bilateral.extract.measures.taxonomy import entry_named

_GOODS = frozenset({"exports", "imports", "volume", "items", "vehicles", "freight", "goods_under_tariff"})
_KIND = {"money": "money", "measure": "measure", "count": "items", "bare": "items", "percent": "percent"}
_PER_HEAD = re.compile(
    r"\b(?:per (?:head|capita|person|citizen|inhabitant|resident)|for each (?:citizen|inhabitant))\b", re.I
)
_SO_FAR = re.compile(
    r"\b(?:to date|so far|in all|in total|since \w+|by the (?:close|end) of|as of|at the end of|up to now|"
    r"over the years|"
    r"now (?:about|around|at|stands?|totals?|exceeds?|over)|ha(?:s|ve) (?:now |already )?(?:reached|invested|exceeded|"
    r"topped|passed|put|plough|plow|pour)\w*|stands? at|stood at|total(?:s|led|ling)? investment)\b", re.I,
)  # fmt: skip


def refined(here: Sentence, n: int, name: Name) -> Name:
    """The name with a more exact quantity where the words around the figure ask for one, else unchanged."""
    q = here.found[n]
    other = _other(here, q, name.entry.name)
    if other is None or other[0] == name.entry.name:
        return name
    return name._replace(entry=entry_named(other[0], _KIND.get(q.cls)), reason=f"{name.reason}; {other[1]}")


def _other(here: Sentence, q: Quantity, name: str) -> tuple[str, str] | None:
    if name == "aid_total" and q.cls == "money" and _is_per_head(here, q):
        return "aid_per_capita", "per head"
    invested = name == "investment_flow" and q.cls == "money"
    if invested and _SO_FAR.search(here.view.text, here.view.start, here.view.end):
        return "investment_stock", "all that was invested"
    if name not in _GOODS or q.role == "change" or q.cls == "percent":
        return None
    return _of_goods(here, q, name)


def _is_per_head(here: Sentence, q: Quantity) -> bool:
    return q.per in ("head", "capita", "person") or bool(
        _PER_HEAD.search(here.view.text, here.view.start, here.view.end)
    )


def _of_goods(here: Sentence, q: Quantity, name: str) -> tuple[str, str] | None:
    """What goods counted or weighed are: under a quota, given and not sold, energy or water."""
    view = here.view
    at = here.token(q)
    around = {view.lemma(i) for i in view.clause(at)} | {view.word(i) for i in view.clause(at)}
    if around & cues("refining", "caps") and q.cls != "money":
        return "quota", "under a quota"
    if q.cls == "money" or name == "goods_under_tariff":
        return None
    if q.cls == "measure" and q.unit in cues("refining", "energy"):
        return ("water_supply" if cues("refining", "water") & set(view.low) else "energy_supply"), "a measure of energy"
    if name == "vehicles" and not around & {"aid", "relief", "humanitarian"}:
        return None
    if around & cues("refining", "gifts"):
        return "aid_total", "given, not sold"
    return _sold(here, q, name)


def _sold(here: Sentence, q: Quantity, name: str) -> tuple[str, str] | None:
    verb = here.verb(q)
    lemma = here.view.lemma(verb) if verb is not None else ""
    if lemma in cues("flows", "trading_in") and name in ("exports", "volume"):
        return "imports", f"under the verb {lemma!r}"
    return ("exports", "goods that pass between states") if name == "volume" else None
