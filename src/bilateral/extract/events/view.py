"""A parse with its words in lower case, and the small questions that triggers and arguments ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from bilateral.syntax import first_conjunct, is_infinitive, is_verb, kids, nominals, obliques
from bilateral.text import Parse

# Nouns that only count or bundle what stands after "of" ("a package of measures", "two rounds of talks").
_BUNDLES = frozenset({
    "package", "set", "series", "round", "range", "number", "amount", "batch", "kind", "part", "type", "sort", "piece",
    "million", "billion", "thousand", "hundred", "dozen", "tonne", "ton", "couple", "pair", "form", "level", "member",
    "wave", "list", "group", "host", "variety", "lot", "bit", "majority", "day", "hour", "week", "percent", "worth",
    "euro", "dollar", "yen", "pound", "$", "€", "£", "shipment", "consignment", "kit", "stage", "spate", "string",
})  # fmt: skip
_MORE = frozenset({"more", "less", "many", "much", "few", "up", "close"})
_CURRENCIES = frozenset({"eur", "usd", "us$", "rs", "czk", "sh", "omr", "rmb", "rials", "kroner", "a$", "nz$", "c$"})
_STOP = ("relcl", "parataxis", "advcl")


# A short verb whose last consonant would be doubled ("stagged") has lost an e ("staged").
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


def _lemma(lemma: str, word: str) -> str:
    return lemma + "e" if word == lemma + "ed" and _SHORT.fullmatch(lemma) else lemma


class View(Struct, frozen=True, dict=True):
    """A parse and its document's text; all lookups are by token index."""

    parse: Parse
    text: str

    @cached_property
    def low(self) -> tuple[str, ...]:
        """The words as written, in lower case."""
        return tuple(
            self.text[a:b].lower() for a, b in zip(self.parse.start, self.parse.end, strict=True)
        )  # fmt: skip

    @cached_property
    def lemma(self) -> tuple[str, ...]:
        """The lemmas in lower case."""
        return tuple(_lemma(w.lower(), low) for w, low in zip(self.parse.lemma, self.low, strict=True))

    def is_any(self, i: int, words: frozenset[str]) -> bool:
        """Whether token i, as written or as lemma, is one of some words."""
        return self.lemma[i] in words or self.low[i] in words

    def reach(self, i: int) -> list[int]:
        """Token i and what it governs, without relative and adverbial clauses and without coordinated verbs."""
        return sorted(self._reach(i))

    def _reach(self, i: int) -> frozenset[int]:
        known: dict[int, frozenset[int]] = self._reached
        if i not in known:
            found, todo = set(), [i]
            while todo:
                at = todo.pop()
                found.add(at)
                todo += [k for k in self.parse.children[at] if not self._is_border(at, k)]
            known[i] = frozenset(found)
        return known[i]

    @cached_property
    def _reached(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def known(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """On which words the prepositions of a trigger and its verb may hang, for those of which it was asked."""
        return {}

    def _is_border(self, above: int, below: int) -> bool:
        dep = self.parse.dep[below]
        if dep == "relcl" and is_infinitive(self.parse, below):
            return False
        return dep in _STOP or (dep == "conj" and is_verb(self.parse, above) and is_verb(self.parse, below))

    def holds(self, i: int, words: frozenset[str]) -> bool:
        """Whether one of some words stands in the reach of token i."""
        known: dict[int, frozenset[str]] = self._worded
        if i not in known:
            known[i] = frozenset(w for k in self._reach(i) for w in (self.lemma[k], self.low[k]))
        return not known[i].isdisjoint(words)

    @cached_property
    def _worded(self) -> dict[int, frozenset[str]]:
        return {}

    def is_below(self, i: int, above: int) -> bool:
        """Whether token i stands in the reach of another token."""
        return i != above and i in self._reach(above)

    def kernel(self, noun: int) -> list[int]:
        """The nouns that a phrase is about: its head with its compounds, and what stands after "of" or "in"."""
        found = []
        for n in nominals(self.parse, noun):
            found += [n, *kids(self.parse, n, "compound", "nmod")]
            if self.lemma[n] in _MORE:
                sums = [k for _, k in obliques(self.parse, n, "than", "to")]
                found += [k for s in sums for k in (s, *kids(self.parse, s, "compound", "nmod", "nummod"))]
            elif self.low[n] in _CURRENCIES:
                found += kids(self.parse, n, "nummod")
            for _, k in obliques(self.parse, n, "of"):
                found += [k, *kids(self.parse, k, "compound")]
                found += [m for _, m in obliques(self.parse, k, "of")]
            if self.lemma[n] in _BUNDLES:
                found += [k for _, k in obliques(self.parse, n, "in", "for")]
        return found

    def governed_by(self, noun: int) -> list[int]:
        """The nouns over this one by a preposition ("memorandum" over "understanding"), nearest first."""
        found, at = [], noun
        while self.parse.dep[at] == "pobj" and self.parse.dep[self.parse.head[at]] == "prep":
            at = self.parse.head[self.parse.head[at]]
            if self.parse.pos[at] not in ("NOUN", "PROPN"):
                break
            found.append(at)
        return found

    def behind(self, words: Iterable[int]) -> list[int]:
        """The nouns behind some words that stand as prepositions ("called in the envoy")."""
        below = [o for p in words if self.parse.dep[p] == "prep" for o in kids(self.parse, p, "pobj")]
        return [n for o in below for n in nominals(self.parse, o)]

    def is_against(self, i: int) -> bool:
        """Whether a name stands in "anti-…"."""
        return self.low[i].startswith("anti-") or (i >= 2 and self.low[i - 1] == "-" and self.low[i - 2] == "anti")

    def is_about(self, nouns: Iterable[int], words: frozenset[str]) -> bool:
        """Whether one of some phrases is about one of some words."""
        return any(self.is_any(k, words) for n in nouns for k in self.kernel(n))

    def bundle_above(self, noun: int) -> int:
        """The counting noun over this one ("rounds" in "rounds of talks"), the noun itself where there is none."""
        n = first_conjunct(self.parse, noun)
        while self.parse.dep[n] == "pobj":
            prep = self.parse.head[n]
            above = self.parse.head[prep]
            if self.lemma[prep] not in ("of", "in") or self.lemma[above] not in _BUNDLES:
                break
            n = first_conjunct(self.parse, above)
        return n

    def has_owner(self, noun: int, *preps: str) -> bool:
        """Whether a noun says whose it is: "Oslo's demand", "a Chadian demand", "a demand by Oslo" (`preps`)."""
        below = [k for k in kids(self.parse, noun, "poss", "amod", "compound", "nmod") if self.parse.pos[k] != "PRON"]
        if any(self.text[self.parse.start[k]].isupper() or self.parse.dep[k] == "poss" for k in below):
            return True
        return bool(preps and obliques(self.parse, noun, *preps))

    def is_named(self, i: int) -> bool:
        """Whether token i heads the name of a person, or of something that is not known to be no person."""
        ent = self.parse.ent[i][2:]
        if ent == "PERSON":
            return True
        return self.parse.pos[i] == "PROPN" and ent in ("", "ORG", "NORP") and self.parse.tag[i] == "NNP"
