"""Which way a quantity flows: from whom it comes and to whom it goes, by the rule of its entry and the grammar.

Owns one rule for each `flow` of quantities.toml. Who a word means was resolved before.
"""

from __future__ import annotations

from collections.abc import Iterable

from bilateral.extract.measures.lexicon import cues
from bilateral.extract.measures.naming import Name
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.scene import cast_at
from bilateral.syntax import (
    agents,
    ancestors,
    is_passive,
    is_verb,
    objects,
    obliques,
    receivers,
    subjects,
    subtree,
)  # fmt: skip
from bilateral.text import Resolved

# A code, or None, with the span of the words that name it.
Code = tuple[str | None, tuple[int, int]]
NONE: Code = (None, (0, 0))


def flow(doc: Resolved, view: View, q: Quantity, name: Name) -> tuple[Code, Code, str]:
    """Where a quantity comes from and where it goes, as its entry's rule and the grammar say."""
    rule = _RULES.get(name.entry.flow)
    if rule is None:
        return NONE, NONE, "no direction"
    source, target = rule(Grammar(doc, view, q, name))
    return source, target, f"rule {name.entry.flow}"


class Grammar:
    """What stands around a figure in grammar: its noun's owner, the actors of its verb, and its prepositions."""

    def __init__(self, doc: Resolved, view: View, q: Quantity, name: Name) -> None:
        self.doc, self.view, self.q, self.entry = doc, view, q, name.entry
        self.i = min(view.at(q.number[0]), view.tokens.stop - 1)
        cue = min(view.at(max(name.start, name.end - 1)), view.tokens.stop - 1)
        if view.parse.pos[cue] == "ADP":
            cue = max(view.at(name.start), cue - 1)
        self.cue_lemma = view.lemma(min(view.at(name.start), view.tokens.stop - 1))
        before = doc.parse.tokens(name.start, name.end) if name.end <= view.start else range(0)
        self.noun = before[-1] if before else q.noun if q.noun is not None else cue
        self.verbs = [
            a
            for a in (self.noun, *ancestors(view.parse, self.i), *ancestors(view.parse, self.noun))
            if is_verb(view.parse, a)
        ]
        self.verbs = [v for v in dict.fromkeys(self.verbs) if view.lemma(v) not in cues("flows", "reporting")][:3]

    def code(self, i: int) -> Code:
        """The one code that a token's phrase means."""
        if self._is_unit(i):
            return NONE
        i = self._meant(i)
        cast = cast_at(self.doc, i)
        if cast is None or len(cast.codes) != 1:
            return self._deep(i)
        return cast.codes[0], (cast.start, cast.end)

    def _meant(self, i: int) -> int:
        """The noun that a relative pronoun stands for ("Riyadh, which has sent home …"), else the token itself."""
        parse = self.view.parse
        if self.view.word(i) not in ("which", "who", "that") or parse.dep[i] not in ("nsubj", "nsubjpass"):
            return i
        verb = parse.head[i]
        return parse.head[verb] if parse.dep[verb] == "relcl" else i

    def _is_unit(self, i: int) -> bool:
        """Whether a token belongs to a currency's name ("U.S. dollars"), and so names no state."""
        span = self.q.unit_span
        return self.q.money is not None and span is not None and span[0] <= self.view.parse.start[i] < span[1]

    def _deep(self, i: int) -> Code:
        parse = self.view.parse
        for k in subtree(parse, i, without=("relcl", "acl", "conj", "advcl")):
            mention = self.doc.mention_at(k)
            if mention is not None and len(mention.codes) == 1 and not self._is_unit(k):
                return mention.codes[0], (mention.start, mention.end)
        return NONE

    def first(self, found: Iterable[int]) -> Code:
        """The first code among some tokens."""
        return next((code for i in found if (code := self.code(i))[0]), NONE)

    def owner(self) -> Code:
        """Whose the noun is: "Vietnamese exports", "Japan's loan", "Russians", "exports of Laos"."""
        parse = self.view.parse
        mention = self.doc.mention_at(self.noun)
        if mention is not None and len(mention.codes) == 1 and mention.kind != "place":
            return mention.codes[0], (mention.start, mention.end)
        before = [k for k in reversed(parse.children[self.noun]) if k < self.noun]
        for k in sorted(before, key=lambda k: parse.dep[k] != "poss"):
            if parse.dep[k] in ("amod", "poss", "compound", "nmod", "nummod", "det"):
                code = self.code(k)
                if code[0]:
                    return code
        return self.first(n for _, n in obliques(parse, self.noun, "of"))

    def behind(self, *preps: str) -> Code:
        """The state behind one of some prepositions at the noun, at the figure or at their verbs."""
        parse = self.view.parse
        heads = [
            self.noun,
            self.i,
            *list(ancestors(parse, self.noun))[:2],
            *list(ancestors(parse, self.i))[:2],
            *self.verbs,
        ]
        for head in dict.fromkeys(heads):
            found = self.first(n for _, n in obliques(parse, head, *preps))
            if found[0]:
                return found
        return self._linear(preps)

    def _linear(self, preps: tuple[str, ...]) -> Code:
        """The same by order alone, for what the parse attaches elsewhere: the nearest behind the noun."""
        view, start = self.view, max(self.noun, self.i)
        for k in range(self.noun + 1, min(start + 14, view.tokens.stop)):
            if view.word(k) in (";", ".", ":", "while", "whereas", "but"):
                break
            at = min(k + 1 + (view.word(k + 1) == "the"), view.tokens.stop - 1)
            mention = self.doc.mention_at(at) if view.word(k) in preps else None
            if mention is not None and len(mention.codes) == 1:
                return mention.codes[0], (mention.start, mention.end)
        return NONE

    def doer(self) -> tuple[Code, int | None]:
        """Who acts by the verb above, and the verb."""
        parse = self.view.parse
        for verb in self.verbs:
            who = agents(parse, verb) if is_passive(parse, verb) else subjects(parse, verb)
            code = self.first(w for w in who if w != self.noun and w in self.view.tokens)
            if code[0]:
                return code, verb
        return NONE, None

    def receiver(self) -> Code:
        """Who gets it by the verb above: the indirect object, or the passive's subject."""
        parse = self.view.parse
        for verb in self.verbs:
            code = self.first(receivers(parse, verb))
            if code[0]:
                return code
            code = self.first(o for o in objects(parse, verb) if o not in (self.noun, self.i))
            if code[0]:
                return code
        return NONE


def _is_bought(g: Grammar) -> bool:
    """Whether goods are told of by who buys them ("Indian purchases of Urals", "takes its gas from Russia")."""
    words = {g.view.lemma(v) for v in g.verbs[:1]}
    if g.cue_lemma in cues("flows", "bought"):
        return True
    above = [a for a in (g.noun, *list(ancestors(g.view.parse, g.noun))[:2]) if not is_verb(g.view.parse, a)]
    return any(g.view.lemma(a) in cues("flows", "bought") for a in above) or (
        bool(words & cues("flows", "drawing")) and g.behind("from")[0] is not None
    )


def _export(g: Grammar) -> tuple[Code, Code]:
    if _is_bought(g):
        return _import(g)
    doer, verb = g.doer()
    source = g.owner()
    if not source[0] and verb is not None and g.view.lemma(verb) in cues("flows", "exporting"):
        source = doer
    source = source if source[0] else g.behind("from")
    target = g.behind("to", "into", "for")
    target = target if target[0] and target[0] != source[0] else g.receiver()
    return source, target if target[0] != source[0] else NONE


def _import(g: Grammar) -> tuple[Code, Code]:
    source = g.behind("from")
    doer, verb = g.doer()
    target = g.owner()
    if not source[0]:
        source = g.first(n for _, n in obliques(g.view.parse, g.noun, "of"))
    if target[0] == source[0]:
        target = NONE
    importing = cues("flows", "importing") | cues("flows", "drawing")
    if not target[0] and verb is not None and g.view.lemma(verb) in importing:
        target = doer
    target = target if target[0] else g.behind("to", "into")
    return source, target if target[0] != source[0] else NONE


def _give(g: Grammar) -> tuple[Code, Code]:
    doer, verb = g.doer()
    lemma = g.view.lemma(verb) if verb is not None else ""
    if lemma in cues("flows", "taking") and not (lemma == "take" and not g.behind("from")[0]):
        return g.behind("from"), doer
    owner = g.owner()
    if g.view.lemma(g.noun) in cues("flows", "buying"):
        return g.behind("from"), owner if owner[0] else doer
    gives = lemma in cues("flows", "giving") or g.q.noun is not None or not owner[0]
    if doer[0] and gives and lemma not in cues("flows", "signing"):
        return _given(g, doer, owner)
    if g.entry.name == "trainees":
        return g.behind("from"), owner
    if "persons" in g.entry.of:
        target = g.behind("to", "in", "into", "at")
        return owner, target if target[0] else g.receiver()
    return _given(g, owner if owner[0] else g.behind("from"), NONE)


def _given(g: Grammar, source: Code, owner: Code) -> tuple[Code, Code]:
    """Who gets what a source gives: by the grammar of the verb, whose the noun is ("train Somali officers"), or behind
    a preposition."""
    behind = g.behind("to", "for", "in", "into")
    found = (owner, g.receiver(), behind) if "persons" in g.entry.of else (g.receiver(), behind, owner)
    return source, next((code for code in found if code[0] and code[0] != source[0]), NONE)


def _person(g: Grammar) -> tuple[Code, Code]:
    source = g.owner()
    source = source if source[0] else g.behind("from")
    target = g.behind("to", "in", "into", "at")
    if not target[0] or target[0] == source[0]:
        doer, verb = g.doer()
        hosting = verb is not None and g.view.lemma(verb) in cues("flows", "hosting")
        target = doer if hosting else g.receiver()
    return source, target if target[0] != source[0] else NONE


def _expel(g: Grammar) -> tuple[Code, Code]:
    if g.entry.name in ("tariff_rate", "goods_under_tariff") and g.q.cls != "count":
        return _tariff(g)
    doer, _ = g.doer()
    target = g.owner()
    if not target[0] or target[0] == doer[0]:
        target = g.behind("from", "of", "on", "against")
    if not target[0] or target[0] == doer[0]:
        target = g.receiver()
    return doer, target if target[0] != doer[0] else NONE


def _tariff(g: Grammar) -> tuple[Code, Code]:
    """A tariff is its owner's or doer's, on the goods behind "on" ("Beijing's duties on Australian barley")."""
    doer, _ = g.doer()
    target = g.behind("on", "against", "from")
    source = next((c for c in (g.owner(), doer, g.behind("by", "of", "in")) if c[0] and c[0] != target[0]), NONE)
    return source, target


def _relieve(g: Grammar) -> tuple[Code, Code]:
    doer, _ = g.doer()
    target = g.owner()
    if not target[0] or target[0] == doer[0]:
        target = g.behind("to", "of", "for", "from")
    return doer, target if target[0] != doer[0] else NONE


def _invest(g: Grammar) -> tuple[Code, Code]:
    doer, verb = g.doer()
    source = g.owner()
    if not source[0] and verb is not None and g.view.lemma(verb) in cues("flows", "investing"):
        source = doer
    source = source if source[0] else g.behind("from")
    target = g.behind("in", "into", "to")
    return source, target if target[0] != source[0] else NONE


def _owe(g: Grammar) -> tuple[Code, Code]:
    source = g.owner()
    doer, _ = g.doer()
    if g.view.lemma(g.noun) in cues("flows", "lenders") and source[0] and doer[0]:
        return doer, source if source[0] != doer[0] else NONE
    target = g.behind("to")
    source = source if source[0] and source[0] != target[0] else doer
    if not target[0] or target[0] == source[0]:
        target = g.receiver()
    return source, target if target[0] != source[0] else NONE


def _host(g: Grammar) -> tuple[Code, Code]:
    source = g.owner()
    doer, _ = g.doer()
    source = source if source[0] else doer
    target = g.behind("to", "in", "into", "on", "at")
    return source, target if target[0] != source[0] else NONE


def _balance(g: Grammar) -> tuple[Code, Code]:
    """A surplus flows from who has it, a deficit to who has it."""
    holder = g.owner()
    if not holder[0]:
        holder = g.doer()[0]
    if not holder[0]:
        holder = g.receiver()
    other = g.behind("with", "to", "against", "over")
    other = other if other[0] != holder[0] else NONE
    words = g.view.text[max(g.view.start, g.q.start - 60) : g.q.end + 40].lower()
    return (other, holder) if "deficit" in words or "gap" in words else (holder, other)


def _remit(g: Grammar) -> tuple[Code, Code]:
    """Money sent home runs from where the workers are: "from Russia", "by Filipinos in Dubai", "Tajiks in Russia"."""
    parse = g.view.parse
    for sender in (s for v in g.verbs for s in subjects(parse, v)):
        workers = g.code(sender)
        where = g.first(n for _, n in obliques(parse, sender, "in", "across", "from"))
        if workers[0] and where[0] and workers[0] != where[0]:
            return where, workers
    source = g.behind("from", "in")
    target = g.owner()
    if not target[0] or target[0] == source[0]:
        target = g.first(n for _, n in obliques(parse, g.noun, "by", "of"))
    if not target[0] or target[0] == source[0]:
        target = g.doer()[0]
    if not target[0] or target[0] == source[0]:
        target = g.behind("to")
    return source, target if target[0] != source[0] else NONE


def _hold(g: Grammar) -> tuple[Code, Code]:
    """People held run from who holds them to whose they are: "84 Egyptians from Kuwaiti prisons"."""
    target = g.owner()
    doer, _ = g.doer()
    source = doer if doer[0] != target[0] else NONE
    if not source[0]:
        source = g.behind("in", "from", "by", "at", "out")
    if not target[0]:
        target = g.receiver()
    return source, target if target[0] != source[0] else NONE


def _issue(g: Grammar) -> tuple[Code, Code]:
    """Papers run from who issues them to who gets them: "Polish consulates gave Ukrainians 450,000 visas"."""
    doer, verb = g.doer()
    takes = verb is not None and g.view.lemma(verb) in cues("flows", "holding")
    target = doer if takes else g.receiver()
    target = target if target[0] and target[0] != g.owner()[0] else g.behind("to", "for", "into")
    source = NONE if takes else doer
    source = source if source[0] and source[0] != target[0] else g.owner()
    source = source if source[0] and source[0] != target[0] else g.behind("by", "from", "in", "of")
    return source, target if target[0] != source[0] else NONE


_RULES = {
    "export": _export, "import": _import, "give": _give, "person": _person, "expel": _expel, "home": _expel,
    "invest": _invest, "owe": _owe, "relieve": _relieve, "host": _host, "remit": _remit,
    "hold": _hold, "issue": _issue, "balance": _balance,
}  # fmt: skip
