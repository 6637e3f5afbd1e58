"""What each figure does: a level, a change of one ("by 21.5 %"), or the base it is compared with ("from $150m").

Owns the reading of changes.toml on one sentence and the ties between change, base and level. Bounds are read
elsewhere; a bound never tells a direction.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple, cast

from msgspec import structs

from bilateral.extract.measures.lexicon import change_words, cues
from bilateral.extract.measures.linking import linked
from bilateral.extract.measures.multiples import multiples
from bilateral.extract.measures.quantity import Quantity, View

Way = Literal["up", "down"]


class Cue(NamedTuple):
    """What the words beside a figure make of it: its role, the way of the change, the span and the token of the cue."""

    role: Literal["level", "change", "base"]
    way: Way | None
    start: int
    end: int
    token: int


def roles(view: View, found: list[Quantity]) -> list[Quantity]:
    """The quantities of a sentence with role, direction and ties, and the multiples ("doubled") among them."""
    told = [_told(view, q) for q in found]
    told = sorted([*told, *multiples(view, told)], key=lambda q: (q.number[0], q.end))
    return linked(view, _gapped(view, told))


_BY_FACTOR = re.compile(r"\bby (a factor of )$", re.I)


def _told(view: View, q: Quantity) -> Quantity:
    factor = _BY_FACTOR.search(view.text[max(view.start, q.start - 16) : q.start])
    if factor is not None:
        q = structs.replace(q, cls="times", unit="times", noun=None, start=q.start - len(factor[1]), end=q.number[1])
    cue = _left_cue(view, q) or _right_cue(view, q) or _sign_cue(view, q)
    if cue is None:
        return q
    if cue.role == "change" and not _may_change(q):
        return q
    return structs.replace(q, role=cue.role, direction=cue.way, cue=(cue.start, cue.end), verb=cue.token)


def _may_change(q: Quantity) -> bool:
    return q.cls not in ("duration", "age")


# A bound that begins further before its number than this is a noun of the sentence ("the ceiling was lowered to 20").
_HEDGE = 32


def _left_cue(view: View, q: Quantity) -> Cue | None:
    """The word of change, "to" or "from" that stands before a figure, past adverbs, articles and bounds."""
    hedged = q.bound_span is not None and q.bound_span[0] < q.start - _HEDGE
    i = view.at(q.bound_span[0] if q.bound_span and q.bound_span[0] < q.start and not hedged else q.start) - 1
    by = False
    steps = 0
    while i >= view.tokens.start and steps < 12 and _is_between(view, i):
        by = by or view.word(i) == "by"
        i, steps = i - 1, steps + 1
    if i < view.tokens.start:
        return None
    word = view.word(i)
    if steps and q.cls == "money" and _is_dash(view, i + 1, view.at(q.start)):
        cue = _change_cue(view, q, i, by=by)
        return cue._replace(role="level") if cue is not None else None
    if word == "to":
        return _to_cue(view, i)
    if word == "of" and view.word(i - 1) in ("place", "instead"):
        return _base_cue(view, i, word)
    if (
        word in ("from", "against", "versus", "vs", "than")
        or (word == "after" and _AFTER.match(view.text, q.end))
        or (word in ("to", "with") and _is_compared(view, i))
    ):
        return None if q.is_range else _base_cue(view, i, word)
    return _change_cue(view, q, i, by=by)


# A figure behind "after" is a base where it is of an earlier time ("2 million after 1.5 million last year").
_AFTER = re.compile(
    r"\s*(?:[a-z]+ )?(?:(?:in|for|over|during) )?(?:(?:all|the whole) of )?(?:last (?:year|month|week|season|"
    r"summer|winter|spring|autumn)|(?:19|20)\d\d\b|"
    r"the (?:year|month|quarter|season) before|a year (?:before|earlier)|the (?:previous|preceding|prior) (?:year|"
    r"month|quarter|season))",
    re.I,
)  # fmt: skip


def _is_dash(view: View, first: int, stop: int) -> bool:
    """Whether a dash with room around it stands between two tokens ("exports plunged - 2.1 billion")."""
    return any(view.word(k) in ("-", "–", "—") and view.text[view.parse.end[k] : view.parse.end[k] + 1] == " "
               for k in range(first, stop))  # fmt: skip


def _is_between(view: View, i: int) -> bool:
    word = view.word(i)
    if word in ("to", "from", "up", "down") or view.parse.tag[i] in ("VBD", "VBZ", "VBP"):
        return False
    return word in change_words().between or (view.parse.pos[i] == "ADV" and word.endswith("ly"))


def _is_compared(view: View, i: int) -> bool:
    return view.word(i - 1) in ("compared", "compare", "comparing", "opposed", "relative")


def _cue(view: View, role: Literal["level", "change", "base"], way: str | None, first: int, last: int) -> Cue:
    return Cue(role, cast(Way | None, way), view.parse.start[first], view.parse.end[last], first)


def _change_cue(view: View, q: Quantity, i: int, *, by: bool) -> Cue | None:
    """ "rose (by) 5 %", "up 5 %", "an increase of 5 %", "growth rate of 5 %"."""
    words, lemma, word = change_words(), view.lemma(i), view.word(i)
    if not by and q.cls == "money" and word in _INTO and _leads_into(view, q):
        return None
    relative = q.cls in ("percent", "times") or q.form == "fraction"
    verbal = view.parse.pos[i] == "VERB" or view.parse.tag[i].startswith("VB") or word.endswith("ing")
    if lemma in words.alone and (verbal or relative or by):
        return _cue(view, "change", words.alone[lemma], i, i)
    if lemma in words.acting and (by or relative) and (verbal or by):
        return _cue(view, "change", words.acting[lemma], i, i)
    if word in words.particles and view.word(i + 1) != "to" and _is_motion(view, i):
        return _cue(view, "change", words.particles[word], i, i)
    if by and lemma in words.comparing and verbal:
        return _cue(view, "change", words.comparing[lemma], i, i)
    if by and (back := _object_between(view, i) or (_verb_before(view, i) if relative else None)):
        return back
    if word == "of":
        return _noun_cue(view, i - 1)
    if lemma in words.nouns and (relative or by):
        return _cue(view, "change", words.nouns[lemma], i, i)
    return None


# Verbs that put money into a thing where "into" follows ("sank $2bn into a port"), and are else of change.
_INTO = frozenset({"sink", "sinks", "sank", "sunk", "sinking", "plunge", "plunged", "plunging"})


def _leads_into(view: View, q: Quantity) -> bool:
    return any(view.word(k) in ("into", "in") for k in range(view.at(q.end), view.at(q.end) + 3))


_MOVES = frozenset(
    {"be", "go", "move", "trend", "edge", "inch", "shoot", "creep", "tick", "end", "close", "finish", "trade"}
)


def _is_motion(view: View, i: int) -> bool:
    """Whether "up" or "down" tells a change ("was up", ", up") and does not belong to a verb ("make up", "set up")."""
    if view.word(i) in ("down", "off") and view.lemma(i - 1) in cues("changes", "taking_down"):
        return False
    if view.parse.dep[i] == "prt":
        return view.lemma(view.parse.head[i]) in _MOVES
    before = view.lemma(i - 1)
    return before in _MOVES or view.parse.pos[i - 1] != "VERB" or view.parse.head[i] != i - 1


def _object_between(view: View, i: int) -> Cue | None:
    """ "raise trade between the two states by 5 %", "a rise in exports by 5 %": the word of change before an object."""
    words = change_words()
    for k in range(i, max(view.tokens.start - 1, i - 14), -1):
        lemma = view.lemma(k)
        if view.word(k) in (";", ":") or (view.parse.tag[k] == "CD" and not _is_year(view, k)):
            return None
        way = words.verb(lemma) or words.comparing.get(lemma)
        way = way if view.parse.tag[k].startswith("VB") else _past(view.word(k))
        if way:
            return _cue(view, "change", way, k, k)
        if lemma in words.nouns and view.parse.pos[k] == "NOUN":
            return _cue(view, "change", words.nouns[lemma], k, k)
    return None


# Past forms that are nothing else, whatever the parser takes them for.
_PAST = {
    "rose": "up", "grew": "up", "risen": "up", "grown": "up", "fell": "down", "shrank": "down", "shrunk": "down",
    "sank": "down", "slid": "down", "fallen": "down",
}  # fmt: skip


def _past(word: str) -> str | None:
    """The direction of a past form that the parser took for another word ("trade shrank ... by 5 %")."""
    if not word.endswith("ed"):
        return _PAST.get(word)
    words = change_words()
    return next((way for cut in (2, 1, 3) if (way := words.verb(word[:-cut]))), None)


def _verb_before(view: View, i: int) -> Cue | None:
    """ "cut its flights to ten a week, and those to Lima by half": the verb of change that a later part shares."""
    words = change_words()
    for k in range(i, view.tokens.start - 1, -1):
        if view.word(k) == ";":
            return None
        if words.verb(view.lemma(k)) and view.parse.tag[k].startswith("VB"):
            return _cue(view, "change", words.verb(view.lemma(k)), k, k)
    return None


def _noun_cue(view: View, i: int) -> Cue | None:
    """The noun of change before "of": "increase of", "growth rate of", "a rise in exports of"."""
    words = change_words()
    if view.word(i) in ("rate", "pace", "level") and view.lemma(i - 1) in words.nouns:
        return _cue(view, "change", words.nouns[view.lemma(i - 1)], i - 1, i)
    for k in range(i, max(view.tokens.start - 1, i - 8), -1):
        lemma = view.lemma(k)
        named = view.parse.pos[k] in ("NOUN", "PROPN") or (lemma in ("plus", "minus") and view.word(k - 1) == "a")
        if lemma in words.nouns and named:
            if k < i and view.word(k + 1) not in ("in", "of", "for", "on", "over", "against", "from", "between"):
                return None
            return _cue(view, "change", words.nouns[lemma], k, i)
        if view.parse.pos[k] in ("VERB", "PUNCT", "NUM") and not _is_year(view, k):
            return None
    return None


def _is_year(view: View, k: int) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", view.word(k)) is not None


def _to_cue(view: View, i: int) -> Cue | None:
    """A level behind "to", with the verb or noun of change that leads to it where there is one."""
    words = change_words()
    if _is_compared(view, i):
        return _base_cue(view, i, "to")
    for k in range(i - 1, max(view.tokens.start - 1, i - 22), -1):
        lemma, tag = view.lemma(k), view.parse.tag[k]
        way = None
        if tag.startswith("VB") or view.word(k).endswith("ing"):
            way = words.verb(lemma) or _multiple_way(lemma)
        elif lemma in words.nouns and view.parse.pos[k] == "NOUN":
            way = words.nouns[lemma]
        elif view.word(k) in words.particles and k == i - 1:
            continue
        elif view.word(k) in words.particles:
            way = words.particles[view.word(k)]
        if way is not None:
            return _cue(view, "level", way, k, k)
        if tag in ("VBD", "VBZ", "VBP", "MD") or view.word(k) == ";":
            return None
    return None


def _multiple_way(lemma: str) -> str | None:
    factor = change_words().multiples.get(lemma)
    return None if factor is None else "up" if Decimal(factor) > 1 else "down"


def _base_cue(view: View, i: int, word: str) -> Cue | None:
    """A base behind "from", "against", "compared with" or "than"; that it has a level beside it is seen later."""
    first = i - 1 if _is_compared(view, i) or view.word(i - 1) in change_words().particles else i
    way = change_words().particles.get(view.word(i - 1))
    if word == "than" and not any(view.word(k) in change_words().comparatives for k in range(i - 2, i)):
        return None
    return _cue(view, "base", way, max(first, view.tokens.start), i)


_RIGHT_FILLERS = re.compile(
    r"(?:year-on-year|year-over-year|on-year|y/y|yoy|annual|annually|average|further|overall|nominal|sharp|steep|"
    r"record|month-on-month|quarterly|yearly|real|net|cumulative|[-–]|point|points|per|year|on|over)$"
)


_AS_MANY = re.compile(
    r"\s*(?:as (?:many|much|high|large|big)|(?:more|higher|larger|bigger|what|the (?:figure|number|level)) )", re.I
)
# What may follow "12 % up" for "up" to be the way of a change, and no part of a verb.
_BEHIND_WAY = frozenset({"on", "from", "in", "over", "year", "against", ",", "."})


def _right_cue(view: View, q: Quantity) -> Cue | None:
    """ "a 5 % increase", "5 % year-on-year growth", "5 % higher", "5 % more than", "5 % year on year"."""
    words = change_words()
    i = view.at(q.end if q.cls in ("percent", "times", "money") or q.noun is None else q.number[1])
    relative = q.cls in ("percent", "times") or q.form == "fraction"
    compared = _compared_cue(view, q, i, relative=relative) or _fewer_cue(view, q, i)
    if compared is not None:
        return compared
    k = i
    while k < min(i + 5, view.tokens.stop) and _RIGHT_FILLERS.match(view.word(k)):
        k += 1
    lemma = view.lemma(k)
    if lemma in words.nouns and view.parse.tag[k] in ("NN", "NNS") and (relative or _has_article(view, q)):
        return _cue(view, "change", words.nouns[lemma], k, k)
    if relative and q.cls == "percent" and _YEAR_ON_YEAR.match(view.text, q.end):
        return Cue("change", "down" if q.value < 0 else "up", q.end, q.end + 1, max(i - 1, view.tokens.start))
    return None


def _compared_cue(view: View, q: Quantity, i: int, *, relative: bool) -> Cue | None:
    """ "5 % higher", "3 times as many", "12 % up on 2018", "0.4 below the 2013 mark", behind the figure at token i."""
    words, word, behind = change_words(), view.word(i), view.word(i + 1)
    compares = view.lemma(view.at(q.start) - 1) == "be"
    if q.cls == "times" and not compares and _AS_MANY.match(view.text, q.end):
        return _cue(view, "change", "up" if q.value > 1 else "down", i, min(i + 1, view.tokens.stop - 1))
    amount = q.cls in ("money", "measure", "bare")
    if amount and word in ("up", "down") and behind in ("on", "from"):
        return _cue(view, "change", words.particles[word], i, i)
    if relative and word in words.comparatives and (behind != "of" or word in ("short", "ahead")):
        return _cue(view, "change", words.comparatives[word], i, i)
    if relative and word in words.particles and behind in _BEHIND_WAY:
        return _cue(view, "change", words.particles[word], i, i)
    if (amount or relative) and _BESIDE_MARK.match(view.text, q.end):
        return _cue(view, "change", "up" if word in ("above", "over") else "down", i, i)
    return None


def _fewer_cue(view: View, q: Quantity, i: int) -> Cue | None:
    """ "$800m less than", "300 fewer", "700,000 Russians fewer"."""
    word = view.word(i)
    compared = word in ("more", "less", "fewer", "higher", "lower") and view.word(i + 1) == "than"
    if q.cls in ("money", "bare") and compared:
        return _cue(view, "change", change_words().comparatives[word], i, i)
    if q.cls == "count" and word in ("fewer", "less") and not q.is_vague:
        return _cue(view, "change", "down", i, i)
    fewer = _FEWER.match(view.text, q.number[1])
    if q.cls in ("bare", "count") and q.form != "fraction" and fewer is not None:
        return _cue(view, "change", "down", view.at(fewer.start(1)), view.at(fewer.start(1)))
    return None


# "0.4 below the 2013 mark", "12 % above last year's figure".
_BESIDE_MARK = re.compile(
    r"\s*(?:above|below|over|under|off) (?:(?:that|those) of |(?:the|its|their|last|this)\b[^.;,]{0,24}?\b"
    r"(?:mark|level|figure|total|peak|record|result|average|high|norm|tally|volume|value|year|season|amount|sum|"
    r"target)\b)", re.I,
)  # fmt: skip
_FEWER = re.compile(r"(?:[-‑ ]odd|[-‑]plus)?\s+(fewer|less)\b", re.I)
_YEAR_ON_YEAR = re.compile(r"\s?(?:year[- ]on[- ]year|year[- ]over[- ]year|on[- ]year|y/y|yoy|y-o-y|YoY)\b", re.I)


def _has_article(view: View, q: Quantity) -> bool:
    return view.word(view.at(q.start) - 1) in ("a", "an", "the", "this", "its")


def _sign_cue(view: View, q: Quantity) -> Cue | None:
    """A percentage with a sign before it ("+14 %", "−5 %") is a change."""
    if q.cls == "percent" and (said := _SIGN_WORD.search(view.text[max(view.start, q.number[0] - 8) : q.number[0]])):
        start = max(view.start, q.number[0] - 8) + said.start(1)
        return Cue("change", "up" if said[1].lower() == "plus" else "down", start, q.number[0], view.at(start))
    sign = view.text[q.number[0] - 1 : q.number[0]]
    before = view.text[q.number[0] - 2 : q.number[0] - 1]
    if q.cls != "percent" or sign not in ("+", "−", "-", "–") or not re.match(r"[\s(,:]", before or " "):
        return None
    i = view.at(q.start)
    return Cue("change", "up" if sign == "+" else "down", q.number[0] - 1, q.number[0], i)


_SIGN_WORD = re.compile(r"\b(plus|minus) $", re.I)


def _is_part(q: Quantity) -> bool:
    return q.cls == "percent" or q.form == "fraction"


def _gapped(view: View, told: list[Quantity]) -> list[Quantity]:
    """ "Exports rose 5 % and imports 3 %": the second figure shares the first one's verb where none stands between."""
    out: list[Quantity] = []
    for q in told:
        last = out[-1] if out else None
        if last is not None and q.cue is None and _is_part(q) and last.role == "change" and _is_part(last):
            first, stop = view.at(last.end), view.at(q.start)
            joined = any(view.word(i) in ("and", ",", "while", "but") for i in range(first, stop))
            if (
                joined
                and stop - first < 12
                and not any(view.parse.pos[i] in ("VERB", "AUX") for i in range(first, stop))
            ):
                q = structs.replace(q, role="change", direction=last.direction, cue=last.cue, verb=last.verb)
        out.append(q)
    return out
