"""Which figures of a sentence are claims, and which of those concern states.

Owns what is left out: vague amounts, durations, ages, known groups, prices, and the affairs of one state alone.
Source: docs/rules/measures.md.
"""

from __future__ import annotations

import re

from bilateral.extract.measures.counted import sized
from bilateral.extract.measures.general import PLAIN, stands_for
from bilateral.extract.measures.lexicon import cues
from bilateral.extract.measures.naming import Name
from bilateral.extract.measures.parties import BRIEF, sent_to
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.extract.measures.sentence import Sentence
from bilateral.extract.measures.taxonomy import Entry
from bilateral.syntax import kids

# Money below this, written out, is a price or a ratio ("$4 of every $5") and nothing between states.
_SMALL_MONEY = 100
# Number words up to here may only tell who is spoken of ("the two ministers"); digits always count.
_FEW = 12
# "Ties turned 40": an age, up to here.
_AGES = 250
_KNOWN = frozenset({
    "the", "these", "those", "both", "all", "other", "our", "their", "its", "his", "her", "'s", "’s",
})  # fmt: skip
_BILATERAL = re.compile(
    r"\b(?:bilateral|two-way|mutual|(?:both|the two) (?:countries|states|sides|nations|neighbou?rs|economies))\b", re.I
)


def is_claim(view: View, q: Quantity) -> bool:
    """Whether a figure stands for itself: a level, a base with its level, or a change without one."""
    if q.is_vague or q.value == 0 or (q.cls in ("duration", "age", "times") and q.role != "change"):
        return False
    if q.role == "change" and q.form == "fraction" and _THAT.match(view.text, q.number[1]):
        return False
    if q.role == "change":
        beside = q.cls == "times" and q.form != "multiple" and q.cue is not None and q.cue[0] >= q.end
        return q.level is None and q.direction is not None and not (beside and _OTHERS.match(view.text, q.end))
    if _is_aside(view, q) or _is_compared(view, q) or q.unit in cues("counted", "lengths"):
        return False
    return q.role == "level" or q.level is not None


def is_price(view: View, q: Quantity) -> bool:
    """Whether money is what one of some goods costs ("$400 a tonne")."""
    priced = q.per is not None and q.per not in cues("counted", "rates")
    return q.cls == "money" and (priced or _PRICE.match(view.text, q.end) is not None)


_THAT = re.compile(
    r"\s*(?:(?:that|those|this|(?:again )?as (?:many|much)|(?:of )?(?:what|whatever|where)|of (?:that|the same)|"
    r"the (?:size|price|amount))\b(?!\s+(?:of|was|were|came|went|is|are)\b)|"
    r"(?:of )?(?:the|its|their) (?:size|volume|level|figure|number|value|sum|quantity|pace|rate|total|"
    r"amount)\s+(?:of (?:a|the|last|that) "
    r"(?:year|month|week|quarter|decade|same|previous|preceding)|(?:a|one) year|(?:in|of|for) \d{4}|recorded|seen|"
    r"sought|last year)\b)", re.I,
)  # fmt: skip
# "three-fifths of what Tbilisi spent" is a part of a whole; "of what it had sought" only compares.
_WHOLE = re.compile(
    r"\s*of (?:what|whatever|that which)\b[^.;,]{0,40}?\b(?:spen[dt]s?|export\w*|import\w*|s[oe]ll?s?|sold|"
    r"buys?|bought|ow\w+|"
    r"earn\w*|ship\w*|lend?s?|lent|gives?|gave|receiv\w+|gets?|got|trad\w+|produc\w+|consum\w+|us(?:es|ed)|"
    r"need\w*|invest\w*)\b",
    re.I,
)


# "three times what Cairo promised" only sets one thing beside another.
_OTHERS = re.compile(
    r"\s*(?:what|the (?:size|amount|sum|number|population)|as (?:many|much) as (?!(?:in|a year|last|the)\b))", re.I
)
_DONE = re.compile(r"\s*(?:done|complete|completed|finished|ready|full|built|empty|certain|sure)\b", re.I)


def _is_compared(view: View, q: Quantity) -> bool:
    """Whether a part only compares: "less than half that", "a quarter of what it had sought"."""
    if (q.form == "fraction" or q.cls == "percent") and _DONE.match(view.text, q.end):
        return True
    if _WHOLE.match(view.text, q.number[1]):
        return False
    return (
        q.form == "fraction"
        and (_THAT.match(view.text, q.number[1]) or _AMOUNT.match(view.text, q.number[1])) is not None
    )


# "less than half the $10.5 billion it claimed" sets one amount beside another.
_AMOUNT = re.compile(r"\s+(?:the|its|their|that)\s+(?:[$€£¥₹]|[A-Z]{2,3}\$?\s?\d|\d)")


def _is_aside(view: View, q: Quantity) -> bool:
    """Whether a figure only describes: "28-nation bloc", "the two guards", "$29 a share", "one of the ships"."""
    if q.cls == "count":
        behind = view.word(view.at(q.number[1]))
        few = q.form == "words" and q.value <= _FEW
        if behind == "-" and view.text[q.number[1]] == "-" and not _HEDGED.match(view.text, q.number[1]):
            return q.noun is None or sized(view, q.number[1], q.noun) is None
        if few and (_is_known_group(view, q) or (q.value == 1 and view.word(q.noun or 0) in ("them", "whom", "us"))):
            return True
        if q.value == 1 and few and behind == "of":
            return True
        if q.value <= _FEW and (_speaks(view, q) or (few and _does(view, q))):
            return True
    if q.cls == "bare" and view.lemma(view.at(q.number[0]) - 1) == "turn" and q.value < _AGES:
        return True
    if q.per in ("share", "unit") or (q.noun is not None and view.lemma(q.noun) in cues("counted", "papers")):
        return True
    if is_price(view, q):
        return True
    small = q.cls == "money" and q.scale == 1 and q.value < _SMALL_MONEY and not q.per
    return small and _EACH.search(view.text, view.start, view.end) is None


_HEDGED = re.compile(r"[-‑](?:odd|plus|some|ish)\b", re.I)


def _does(view: View, q: Quantity) -> bool:
    """Whether a thing only does something ("one shell hit a house"): it is not counted."""
    parse = view.parse
    if q.value != 1 or q.noun is None or parse.dep[q.noun] != "nsubj":
        return False
    return bool(kids(parse, parse.head[q.noun], "dobj"))


_EACH = re.compile(r"\b(?:per (?:head|capita|person|citizen|inhabitant)|a head|each(?=[.,;)]|$)|apiece)\b", re.I)


_PRICE = re.compile(
    r"\s*(?:per|a|an|for every) (?:thousand|hundred|1,000|100|million)\b|\s*/\s?(?:t|mt|bbl|kg|MWh|tonne|ton)\b", re.I
)


def _speaks(view: View, q: Quantity) -> bool:
    """Whether what is counted is who says it ("two persons in the know said")."""
    parse, noun = view.parse, q.noun
    if noun is None or parse.dep[noun] != "nsubj":
        return False
    return view.lemma(parse.head[noun]) in cues("flows", "reporting")


def _is_known_group(view: View, q: Quantity) -> bool:
    """ "the two coast guards", "all three ministers": who is spoken of, not how many there are."""
    return view.word(view.at(q.number[0]) - 1) in _KNOWN


def is_of_states(here: Sentence, q: Quantity, name: Name) -> bool:
    """Whether a figure concerns states: two are named, or one of the document's pair, or what it refers to did."""
    entry = name.entry
    if entry.over_time and not _is_over_time(here):
        return False
    few = q.form == "words" and q.value <= _FEW and not _PARTITIVE.match(here.view.text, q.number[1])
    if few and entry.of == {"items"} and entry.with_ is None and _is_noun(here, q) and not _is_told(here, q):
        return False
    if len(here.states) >= 2:
        return True
    if len(here.pair) < 2 and len(here.states) == 1:
        return entry.name not in PLAIN and (is_abroad(here, entry) or here.home not in (None, *here.states))
    if len(here.pair) < 2 or not here.states <= set(here.pair):
        return False
    if len(here.doc.parse.start) < BRIEF and entry.name not in PLAIN and not entry.strict:
        return True
    refers_back = name.cost >= 4.0 or name.end <= here.view.start
    told = entry.with_ is not None and "persons" in entry.of
    if here.states or refers_back or told or here.memory.family(entry) is not None or _follows(here):
        return True
    return _BILATERAL.search(here.view.text, here.view.start, here.view.end) is not None


_PARTITIVE = re.compile(
    r"\s+(?:out )?of (?:[A-Z][\w ]*['’]s?|the|its|their|some|all|those|these|\d|[a-z]+teen|ten|twelve|twenty)\b"
)


def _follows(here: Sentence) -> bool:
    """Whether the sentence just before names both states, so that one without a state goes on with them."""
    if here.n == 0:
        return False
    start, end = here.memory.spans[here.n - 1]
    named = {c for m in here.doc.mentions_in(start, end) if m.kind != "date" for c in (*m.codes, sent_to(m)) if c}
    return set(here.pair) <= named


# Quantities that flow over a border by what they are, and how many sentences an item of news in brief has at most.
_CROSSING = frozenset(
    {
        "export",
        "import",
        "person",
        "give",
        "expel",
        "home",
        "owe",
        "relieve",
        "balance",
        "remit",
        "hold",
        "issue",
    }
)
_BRIEF = 3


def is_abroad(here: Sentence, entry: Entry) -> bool:
    """Whether a sentence that names one state speaks of another side without its name ("its neighbour", "Africa"); in
    an item of a few sentences a quantity that crosses borders is enough."""
    if len(here.doc.parse.sents) <= _BRIEF and entry.flow in _CROSSING and not entry.strict:
        return True
    return not cues("claims", "abroad").isdisjoint(here.view.low)


def _is_noun(here: Sentence, q: Quantity) -> bool:
    """Whether a noun of its own stands behind the number, and none that stands for one before ("two of them")."""
    return q.noun is not None and not stands_for(here, q)


def _is_told(here: Sentence, q: Quantity) -> bool:
    """Whether a few things are what the sentence tells of ("supplied nine boats"), and no mere purpose of it."""
    parse, at = here.view.parse, q.noun
    while at is not None and parse.dep[at] == "conj":
        if parse.pos[parse.head[at]] == "PROPN":
            return True  # no list: the parser joins a place before a comma with what follows it
        at = parse.head[at]
    if at is not None and parse.dep[at] == "pobj":
        above = here.view.lemma(parse.head[parse.head[at]])
        return here.view.word(parse.head[at]) == "with" or above in cues("claims", "trading")
    return at is not None and parse.dep[at] in ("dobj", "nsubjpass", "attr", "ROOT", "appos", "nsubj")


def _is_over_time(here: Sentence) -> bool:
    """Whether the sentence speaks of a stretch of time, and not of a day."""
    near = [m for m in here.dates if m.value or re.search(r"years|decade|since|recent", m.text)]
    return any("/" in (m.value or "") or re.fullmatch(r"\d{4}", m.value or "") or not m.value for m in near)
