"""Which quantity of the taxonomy a figure is of: by the words nearest to it in grammar and order.

Owns the search around a figure; the words themselves are data (taxonomy.py). Costs rank the places where a cue can
stand: beside the figure 0 to 2, subject of its verb 2, the rest of its clause 3 to 5, the rest of the sentence more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bilateral.extract.measures.counted import is_persons, sized
from bilateral.extract.measures.lexicon import cues, table
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.extract.measures.quantity import view as view_of
from bilateral.extract.measures.taxonomy import Entry, Hit, by_bare_verb, by_verb, cue_hits, entries, of_count
from bilateral.syntax import ancestors, governor, is_verb, kids, obliques, phrase, subjects, subtree
from bilateral.text import Resolved

# A cue further than this is not the figure's: beyond a clause, behind another figure.
FARTHEST = 7.5


class Name(NamedTuple):
    """The entry chosen for a figure, the span of the words that chose it, the cost of the way to them, and why."""

    entry: Entry
    start: int
    end: int
    cost: float
    reason: str


def named(doc: Resolved, view: View, found: Sequence[Quantity], n: int) -> Name | None:
    """The name of the n-th figure of a sentence, or None where no word of the taxonomy stands near enough."""
    q = found[n]
    if q.cls == "count" and q.noun is not None and q.role != "change":
        return _of_counted(doc, view, q) or _of_goods(view, found, n)
    if q.cls == "count" and q.noun is None and q.role != "change":
        return nearest_of(view, found, n, "change")
    if q.cls == "bare" and (group := _of_group(view, q)) is not None:
        return group
    if q.cls == "bare" and (told := _of_verb_behind(view, q)) is not None:
        return told
    kind = _kind(q)
    if kind is None:
        return None
    return nearest_of(view, found, n, kind)


_GROUP = re.compile(r"\b([a-z]+)\s+of\s+(?:(?:about|around|some|nearly|over|just|only|up to|at least)\s+)?$")


def _of_group(view: View, q: Quantity) -> Name | None:
    """ "a delegation of 22": the size of a group of persons."""
    found = _GROUP.search(view.text, max(view.start, q.start - 40), q.number[0])
    member = table("cues.toml")["groups"].get(found[1]) if found is not None and q.role != "change" else None
    if found is None or member is None or q.scale > 1 or q.value < _LEAST_GROUP:
        return None
    i = view.at(found.start(1))
    near, _ = contexts(view, i)
    entry = of_count(member, member, near, int(q.value), persons=True, people=member == "people")
    return Name(entry, found.start(1), found.end(1), 1.0, f"the size of a {found[1]}") if entry is not None else None


_LEAST_GROUP = 3
_TRADED = frozenset({"exports", "imports", "quota", "trade_turnover", "goods_under_tariff"})


def _of_goods(view: View, found: Sequence[Quantity], n: int) -> Name | None:
    """Goods counted by a noun without a name, by the words of trade beside them ("a quota of 575,000 head"); units and
    pieces by whatever stands nearest."""
    q = found[n]
    assert q.noun is not None
    if view.lemma(q.noun) in ("unit", "piece"):
        return nearest_of(view, found, n, "change")
    if (
        is_persons(view, q.noun)
        or view.lemma(q.noun) in cues("counted", "plain")
        or view.parse.tag[q.noun] not in ("NNS", "NN")
    ):
        return None
    name = nearest_of(view, found, n, "measure")
    return name if name is not None and name.entry.name in _TRADED and name.cost <= _NEAR_GOODS else None


_NEAR_GOODS = 3.6


def _of_verb_behind(view: View, q: Quantity) -> Name | None:
    """ "12 wounded", "killed 12": a bare number by the verb beside it."""
    behind, before = view.at(q.end), view.at(q.start) - 1
    for i in (behind, behind + 1, before):
        entry = by_bare_verb().get(view.lemma(i)) or by_bare_verb().get(view.word(i))
        if entry is not None:
            reason = f"the word {view.word(i)!r} beside the number"
            return Name(entry, view.parse.start[i], view.parse.end[i], 1.0, reason)
    return None


def _kind(q: Quantity) -> str | None:
    """What kind of value an entry must take to name this figure."""
    if q.role == "change":
        return "change"
    return {"money": "money", "percent": "percent", "measure": "measure", "bare": "change"}.get(q.cls)


def _of_counted(doc: Resolved, view: View, q: Quantity) -> Name | None:
    noun = q.noun
    assert noun is not None
    mention = doc.mention_at(noun)
    demonym = mention is not None and mention.kind in ("group", "country") and bool(mention.codes)
    lemma = view.lemma(noun) if view.parse.pos[noun] in ("NOUN", "VERB") else view.word(noun)
    compound = f"{view.lemma(noun - 1)} {lemma}"
    persons = is_persons(view, noun)
    lemma = "fighter jet" if lemma == "fighter" and not persons else lemma
    lemma = f"{view.word(noun - 1)} force" if lemma == "force" and not persons else lemma
    member = sized(view, q.number[1], noun)
    lemma, persons = (member, True) if member is not None else (lemma, persons)
    people = (
        lemma in cues("counted", "people")
        or view.word(noun) in ("them", "whom", "us")
        or (demonym and (view.parse.pos[noun] in ("PROPN", "ADJ") or view.text[view.parse.start[noun]].isupper()))
    )
    if is_population(view, noun):
        return None
    near, far = contexts(view, noun)
    value = int(q.value)
    whole = of_count(lemma, compound, _joined(view, set(view.tokens)), value, persons=persons, people=people)
    if whole is not None and whole.wide:
        span = q.unit_span or q.number
        return Name(whole, span[0], span[1], 1.5, f"counted noun {lemma!r} and the sentence around it")
    for context, cost in ((near, 1.0), (far, 3.0)):
        entry = of_count(lemma, compound, context, value, persons=persons, people=people)
        if entry is not None and not (
            cost == 1.0 and entry.with_ is None and _better(view, entry, far, q, persons, people)
        ):
            span = q.unit_span or q.number
            return Name(entry, span[0], span[1], cost, f"counted noun {lemma!r}")
    return None


def _better(view: View, entry: Entry, far: str, q: Quantity, persons: bool, people: bool) -> bool:
    """Whether the wider context knows a more special entry than one that fits by its noun alone."""
    noun = q.noun or 0
    lemma = view.lemma(noun) if view.parse.pos[noun] == "NOUN" else view.word(noun)
    other = of_count(lemma, f"{view.lemma(noun - 1)} {lemma}", far, int(q.value), persons=persons, people=people)
    return other is not None and other.with_ is not None and other is not entry and _PERSONAL.isdisjoint({entry.name})


def is_population(view: View, noun: int) -> bool:
    """ "a nation of 53 million people": how large a state is, and nothing between states."""
    parse = view.parse
    above = parse.head[noun]
    if (
        view.lemma(above) == "have"
        and parse.dep[noun] == "dobj"
        and view.lemma(noun) in ("people", "resident", "inhabitant", "citizen")
    ):
        return True
    if parse.dep[noun] == "pobj" and view.word(above) == "with" and view.lemma(noun) in ("people", "inhabitant"):
        return True
    return (
        parse.dep[noun] == "pobj"
        and view.word(above) == "of"
        and view.lemma(parse.head[above]) in cues("counted", "states")
    )


_PERSONAL = frozenset({"tourist_arrivals", "students", "refugees", "protesters", "troops", "peacekeepers", "hostages"})


def contexts(view: View, noun: int) -> tuple[str, str]:
    """The words that stand with a counted noun: near (its phrase, verb, what it is "of"), and its whole clause."""
    parse = view.parse
    near = set(phrase(parse, noun)) | set(subtree(parse, noun, without=("conj", "cc", "punct", "appos")))
    for above in ancestors(parse, noun):
        near.add(above)
        near.update(kids(parse, above, "prt", "dobj", "compound", "acomp", "oprd", "xcomp", "attr", "advmod"))
        near.update(k for o in kids(parse, above, "dobj") for k in kids(parse, o, "amod", "compound"))
        near.update(k for _, k in obliques(parse, above, "in", "at", "on", "into", "for", "to", "from"))
        if is_verb(parse, above):
            break
    far = near | set(view.clause(noun))
    verb = governor(parse, noun)
    if verb is not None:
        far.update(a for a in ancestors(parse, verb) if is_verb(parse, a))
        far.update(
            k
            for c in kids(parse, verb, "conj", "xcomp", "advcl", "oprd", "ccomp")
            for k in [c, *kids(parse, c, "prt", "acomp", "attr")]
        )
    return _joined(view, near), _joined(view, far)


def _joined(view: View, found: set[int]) -> str:
    inside = sorted(i for i in found if i in view.tokens)
    return " ".join(view.lemma(i) for i in inside) + " | " + " ".join(view.word(i) for i in inside)


def nearest_of(view: View, found: Sequence[Quantity], n: int, kind: str) -> Name | None:
    """The quantity whose cue stands nearest to the n-th figure, among those that take one kind of value."""
    q = found[n]
    words = view.text[view.start : view.end].lower()
    if len(words) != view.end - view.start:
        return None
    found_hits = [h for h in cue_hits(words, kind) if not _is_number_of(words, h)]
    hits = [(h.entry, view.start + h.start, view.start + h.end) for h in found_hits]
    if kind == "change":
        hits = [hit for hit in hits if not _is_other_verb(view, *hit)]
    hits += _verb_hits(view, q, kind)
    if q.cls == "bare" and q.role != "change":
        others = [o for o in found if o is not q and o.cls in ("count", "measure")]
        hits = [hit for hit in hits if _may_be_bare(q, hit[0]) and not any(o.start <= hit[1] < o.end for o in others)]
    if not hits:
        return None
    place = _Places(view, found, n)
    ranked = sorted(
        (place.cost(start, end) + (1.5 if entry.strict else 0.0), start, end, entry.name, entry)
        for entry, start, end in hits
    )
    cost, start, end, _, entry = ranked[0]
    if cost > FARTHEST:
        return None
    return Name(_combined(view, entry, start, end, kind), start, end, cost, f"the words {view.text[start:end]!r}")


def _is_other_verb(view: View, entry: Entry, start: int, end: int) -> bool:
    """Whether a word that looks like a counted noun is a verb ("ships Greenland food")."""
    i = view.at(start)
    one = i in view.tokens and view.parse.end[i] >= end
    return one and not entry.of & {"money", "percent"} and view.parse.tag[i] in ("VBZ", "VBP", "VB", "VBD")


def of_topic(doc: Resolved, view: View, start: int, end: int, kind: str) -> Name | None:
    """The last quantity that a stretch of text before the sentence speaks of, for figures that only refer to it."""
    words = view.text[start:end].lower()
    hits = cue_hits(words, kind) if len(words) == end - start else ()
    hits = tuple(h for h in hits if not h.entry.strict) or hits
    if not hits:
        return _people_before(doc, start, end) if kind == "change" else None
    hit = hits[-1]
    return Name(
        hit.entry,
        start + hit.start,
        start + hit.end,
        4.5,
        f"spoken of before: {view.text[start + hit.start : start + hit.end]!r}",
    )


def _people_before(doc: Resolved, start: int, end: int) -> Name | None:
    """What the people of an earlier sentence do ("How many Nepalis work in Doha?")."""
    parse = doc.parse
    for mention in reversed(doc.mentions_in(start, end, "group", "country")):
        tokens = parse.tokens(mention.start, mention.end)
        if not tokens:
            continue
        before = view_of(doc.text, parse, parse.sentence(tokens[-1]))
        near, far = contexts(before, tokens[-1])
        lemma = before.lemma(tokens[-1])
        entry = of_count(lemma, lemma, f"{near} | {far}", 10**6, persons=True, people=True)
        if entry is not None:
            return Name(entry, mention.start, mention.end, 4.5, f"spoken of before: {mention.text!r}")
    return None


def of_words(view: View, head: int, kind: str) -> Name | None:
    """The quantity that the noun phrase of one token names, or None."""
    inside = phrase(view.parse, head)
    start, end = view.parse.start[inside[0]], view.parse.end[inside[-1]]
    hits = cue_hits(view.text[start:end].lower(), kind)
    if not hits:
        return None
    hit = hits[0]
    return Name(hit.entry, start + hit.start, start + hit.end, 1.0, "the subject in the same place of the list")


def _is_number_of(words: str, hit: Hit) -> bool:
    """Whether money words stand for things counted ("the number of grants")."""
    before = words[max(0, hit.start - 14) : hit.start]
    return "money" in hit.entry.of and before.endswith(("number of ", "number of new "))


def _may_be_bare(q: Quantity, entry: Entry) -> bool:
    """Whether a number without a unit can be one of a quantity: persons and things, money only in millions."""
    whole = q.value == q.value.to_integral_value()
    counts = whole and bool(entry.of & {"persons", "items"})
    return counts or q.scale >= 10**6 or (q.scale > 1 and "money" not in entry.of)


def _combined(view: View, entry: Entry, start: int, end: int, kind: str) -> Entry:
    """ "loan and grant aid" in one phrase is aid; exports and imports together are trade."""
    around = view.text[max(view.start, start - 16) : end + 16].lower()
    names = {h.entry.name for h in cue_hits(around, "money")} if kind == "money" else set()
    if {"loan", "grant"} <= names and (" and " in around or " or " in around) and "$" not in around:
        return next(e for e in entries() if e.name == "aid_total")
    return entry


def _verb_hits(view: View, q: Quantity, kind: str) -> list[tuple[Entry, int, int]]:
    """The verbs above a figure that name a quantity ("exported", "lent")."""
    i = view.at(q.number[0])
    if i not in view.tokens:
        return []
    found = []
    first, last = i, min(view.at(q.end - 1), view.tokens.stop - 1)
    below = [v for k in range(first, last + 1) for v in kids(view.parse, k, "relcl", "acl")]
    for above in (*below, *list(ancestors(view.parse, i))[:6]):
        if not is_verb(view.parse, above) or (view.lemma(above) in ("make", "set") and view.word(above + 1) == "up"):
            continue
        for entry in by_verb(view.lemma(above)):
            if kind in entry.of or kind == "change":
                found.append((entry, view.parse.start[above], view.parse.end[above]))
                break
    return found


class _Places:
    """How far a cue is from one figure of a sentence, by grammar first."""

    def __init__(self, view: View, found: Sequence[Quantity], n: int) -> None:
        self.view, self.q, self.found, self.n = view, found[n], found, n
        q = found[n]
        self.first = view.at(q.start)
        self.last = view.at(q.end)
        anchor = min(view.at(q.number[0]), view.tokens.stop - 1)
        verb = q.verb if q.verb is not None and is_verb(view.parse, q.verb) else governor(view.parse, anchor)
        self.clause = set(view.clause(anchor)) | ({*view.clause(verb)} if verb is not None else set())
        self.subject = self._subject(verb)

    def _subject(self, verb: int | None) -> set[int]:
        if verb is None:
            return set()
        parse = self.view.parse
        heads = [s for s in subjects(parse, verb) if s in self.view.tokens]
        if parse.dep[verb] == "relcl":
            heads.append(parse.head[verb])
        return {k for s in heads for k in subtree(parse, s, without=("relcl", "acl", "appos", "conj"))}

    def cost(self, start: int, end: int) -> float:
        """The cost of the way from the figure to a cue at a span."""
        view, i, k = self.view, self.view.at(start), self.view.at(end)
        if start >= self.q.end:
            return self._right(i)
        if start >= self.q.start:
            return 0.5
        distance = max(0, self.first - k)
        if distance == 0 and view.word(k - 1) in ("on", "of", "against", "with", "from", "to"):
            return 0.1
        if distance == 1 and view.word(k) == "of":
            return 0.2
        if distance <= 10 and self._is_beside(k, self.first):
            return 1.0 + 0.1 * distance
        crossed = sum(start < other.start < self.q.start for other in self.found if self._is_other(other))
        if i in self.subject:
            return 2.0 + 0.02 * distance + crossed * 0.3
        if i in self.clause:
            return 3.0 + 0.05 * distance + crossed
        return 4.5 + 0.05 * distance + crossed * 1.5

    def _is_other(self, other: Quantity) -> bool:
        return other.role != "change" and other.cls in ("money", "count", "percent", "measure") and other is not self.q

    def _right(self, i: int) -> float:
        view, distance = self.view, i - self.last
        opening = view.word(self.last)
        before = [view.word(k) for k in range(self.last, i)]
        plain = not any(w in (",", ";", ":", ".", "(") or view.parse.tag[self.last + m] in ("VBD", "VBZ", "VBP", "MD")
                        for m, w in enumerate(before) if w not in ("is", "are", "was", "were"))  # fmt: skip
        beside = distance <= 2 and opening not in ("for", "to", "from", "by", "with", "at", "and", "or", "but")
        if (
            plain
            and distance <= 7
            and (opening in ("in", "of", "as", "worth", "is", "was", "were", "are", "on") or beside)
        ):
            return 0.3 + 0.12 * distance
        crossed = sum(self.q.end <= other.start < view.parse.start[i] for other in self.found if self._is_other(other))
        if i in self.clause:
            return 3.6 + 0.1 * distance + crossed * 1.5
        return 6.0 + 0.1 * distance + crossed * 1.5

    def _is_beside(self, k: int, stop: int) -> bool:
        """Whether nothing but small words, places, times and "worth of" lies between a cue and the figure behind it."""
        view, finite = self.view, ("VBD", "VBZ", "VBP", "MD", "CD")
        between = range(k, stop)
        apart = any(view.word(m) in (",", ";", ":", "(", "that", "which", "and") for m in between)
        return not apart and not any(view.parse.tag[m] in finite for m in between)
