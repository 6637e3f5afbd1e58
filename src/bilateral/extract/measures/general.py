"""What a figure is of where no word of the taxonomy stands near: more of the figure before it, a part of it, or a
plain amount between the states that the sentence names.

Owns these last resorts of naming; they are tried after the words themselves (naming.py) and after what refers back
(referring.py), and cost more than both.
"""

from __future__ import annotations

import re

from bilateral.extract.measures.counted import is_persons
from bilateral.extract.measures.lexicon import cues
from bilateral.extract.measures.naming import Name, is_population, nearest_of
from bilateral.extract.measures.quantity import Quantity
from bilateral.extract.measures.sentence import Sentence
from bilateral.extract.measures.taxonomy import entry_named
from bilateral.syntax import ancestors

# What these ways cost: a name found by them is less sure than any that words give.
_MORE, _PART, _WHOLE, _PLAIN = 4.0, 4.2, 4.4, 7.0
# Words that stand for the noun of a figure before ("two of them", "19 foreign ones").
STANDING = frozenset({"them", "whom", "these", "those", "ones", "others", "which"})
_OF_IT = re.compile(
    r"\s*(?:percent|per cent|%)?\s*(?:of|in|from)\s+(?:it|them|these|those|this|that|which|whom|whose|all|"
    r"the\s+(?:\w+\s+)?(?:total|whole|sum|amount|rest|figure|volume|value|number|market|inflow|outflow|flow|stock|"
    r"cost|money|bill)s?)\b",
    re.I,
)
_OF_WHICH = re.compile(
    r"\b(?:of which|of them|of these|of those|among them|including|of whom|among those|with)\b[^,;]*$", re.I
)
# A sentence that opens with the whole: "Of the 900 students two thirds study medicine".
_OF_ALL = re.compile(r"(?:Of|Among|Out of)\s+(?:(?:the|all|its|their|some|these|those)\s+)*", re.I)
_GOES = re.compile(r"\s+(?:will|was|were|is|are|has|have|had|went|goes?|came|comes?|would|may|must|stay|remain)", re.I)
_PLAIN_ENTRIES = {"money": "amount", "percent": "share", "measure": "volume", "count": "items"}
# The entries that say no more than what kind of amount a figure is.
PLAIN = frozenset(_PLAIN_ENTRIES.values())


def more_of(here: Sentence, n: int) -> Name | None:
    """A number without a noun that goes on with the count before it: "58 envoys from the capital and two from Tula"."""
    q = here.found[n]
    if q.role == "change" or q.is_vague or not (q.cls == "bare" or stands_for(here, q)):
        return None
    if q.scale == 1 and q.value != q.value.to_integral_value() and q.high is None:
        return None
    for k in range(n - 1, -1, -1):
        if _is_count(here, k):
            return _as_before(here, k, _MORE, "goes on with the figure before it")
    return None


def _is_count(here: Sentence, k: int) -> bool:
    """Whether a named figure counts persons or things, or is a part of some persons."""
    last = here.found[k]
    if k not in here.names or last.role == "change":
        return False
    return last.cls in ("count", "bare", "measure") or (last.cls == "percent" and "persons" in here.names[k].entry.of)


def stands_for(here: Sentence, q: Quantity) -> bool:
    """Whether the noun only stands for one before it ("two of them", "19 foreign ones")."""
    return q.noun is not None and here.view.word(q.noun) in STANDING


def part_of(here: Sentence, n: int) -> Name | None:
    """A percentage of the figure before it: "half of it for schools", "22.5 % of the total", "of which 60 %"."""
    q, view = here.found[n], here.view
    if q.cls != "percent" or q.role == "change":
        return None
    k = next((k for k in range(n - 1, -1, -1) if k in here.names and here.found[k].role != "change"), None)
    if k is None:
        return None
    before = view.text[here.found[k].end : q.start]
    led = _OF_ALL.fullmatch(view.text[view.start : here.found[k].start])
    goes = q.form == "fraction" and _GOES.match(view.text, q.end)
    said = led or goes or _OF_IT.match(view.text, q.end) or _OF_WHICH.search(before) or here.found[k].cls == "percent"
    return _as_before(here, k, _PART, "a part of the figure before it") if said else None


def share_of(here: Sentence, n: int) -> Name | None:
    """A percentage is of what its clause speaks of, whatever that is counted in ("a third of its visitors")."""
    q = here.found[n]
    if q.cls != "percent" or q.role == "change":
        return None
    found = nearest_of(here.view, here.found, n, "change")
    if found is None or found.cost > _NEAR_ENOUGH:
        return None
    return found._replace(cost=max(found.cost, _WHOLE), reason=f"a share: {found.reason}")


_NEAR_ENOUGH = 4.4
_FEW, _MANY = 12, 1000


def plain(here: Sentence, n: int) -> Name | None:
    """A figure that only the states around it make one between states: its kind of amount, without a name."""
    q, view = here.found[n], here.view
    if q.role == "change" or q.form == "vague" or _is_foreign_to(here, q):
        return None
    name = _PLAIN_ENTRIES.get(q.cls) if q.per not in ("head", "person", "capita") else None
    if q.cls == "bare" and view.word(view.at(q.end)) == "strong":
        name = "persons"
    if q.cls in ("count", "measure") and (traded := _traded(here, q)) is not None:
        name = traded
    if q.noun is not None and is_persons(view, q.noun):
        name = None if is_population(view, q.noun) else "persons"
    if name == "items" and not _is_dealt(here, q):
        name = None
    if name is None:
        return None
    span = q.unit_span or q.number
    return Name(entry_named(name), span[0], span[1], _PLAIN, f"no word of the taxonomy; {q.unit or 'a number'!r}")


def _is_dealt(here: Sentence, q: Quantity) -> bool:
    """Whether things without a name in the taxonomy pass between states by their verb ("shipped 40 generators")."""
    view = here.view
    if q.noun is None or (q.form == "words" and q.value <= _FEW):
        return False
    inside = [m for m in here.mentions if q.number[1] <= m.start < m.end <= q.end and m.kind in ("country", "group")]
    if inside or q.value >= _MANY:
        return True
    above = list(ancestors(view.parse, q.noun))[:4]
    return any(view.lemma(a) in cues("claims", "dealing") for a in above)


def _traded(here: Sentence, q: Quantity) -> str | None:
    """Goods counted under a verb of trade are exports or imports ("sold 47 million bottles of wine")."""
    verb = here.verb(q)
    lemma = here.view.lemma(verb) if verb is not None else ""
    if lemma in cues("flows", "trading_out"):
        return "exports"
    return "imports" if lemma in cues("flows", "trading_in") else None


def _is_foreign_to(here: Sentence, q: Quantity) -> bool:
    """Whether a figure is of a kind that says nothing of states: votes, prices, the size of an economy, places."""
    view = here.view
    if q.per is not None and q.per not in cues("counted", "rates"):
        return True
    if q.cls == "measure" and view.text[q.number[1] : q.number[1] + 1] == "-":
        return True
    if q.cls == "count" and q.noun is not None and q.value > _FEW and is_persons(view, q.noun):
        return False
    if q.noun is not None and not cues("counted", "plain").isdisjoint((view.lemma(q.noun), view.word(q.noun))):
        return True
    if q.cls == "measure":
        return q.unit not in cues("counted", "volumes")
    if q.cls == "count":
        return not _is_plural(here, q) or q.value < 2
    i = min(view.at(q.number[0]), view.tokens.stop - 1)
    words = {view.lemma(k) for k in view.clause(i)} | {view.word(k) for k in view.clause(i)}
    return bool(words & cues("counted", "economies"))


def _is_plural(here: Sentence, q: Quantity) -> bool:
    if q.noun is None:
        return False
    return here.view.parse.tag[q.noun] in ("NNS", "NNPS") or here.view.word(q.noun) in _PLURAL


# Nouns that count without an -s.
_PLURAL = frozenset({"people", "personnel", "staff", "cattle", "aircraft", "head", "sheep", "livestock", "spacecraft"})


def _as_before(here: Sentence, k: int, cost: float, reason: str) -> Name:
    name = here.names[k]
    return name._replace(cost=cost, reason=f"{reason}: {name.reason}")
