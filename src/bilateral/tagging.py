"""The model's own rules for part of speech, morphology and lemma, looked up instead of searched for.

Owns: asking each rule once for each combination of tag, word, relation and kind of token, and giving a token what its
rules say. spaCy's matcher would ask every rule of every token; what comes out is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from bilateral.errors import DataError

HELD = 1 << 16  # combinations that are held in memory
READ = ("TAG", "LOWER", "DEP", "IS_SPACE")
_POS, _MORPH, _LEMMA = 74, 453, 73  # spaCy's numbers for the attributes that the rules of a kept token set

Row = tuple[int, int, int, int]
Test = Callable[[int], bool]


class Tagged(NamedTuple):
    """What the rules say of a token, as numbers of the model's vocabulary; 0 where they say nothing."""

    pos: int = 0
    morph: int = 0
    lemma: int = 0


class _Place(NamedTuple):
    """One token of a rule's pattern: which rule, how many tokens before it, and what it asks."""

    rule: int
    before: int
    tests: tuple[tuple[int, Test], ...]

    def fits(self, row: Row) -> bool:
        return all(test(row[column]) for column, test in self.tests)


class _Rule(NamedTuple):
    length: int
    at: int
    sets: Tagged


class Tagger:
    """The rules of one model's attribute ruler."""

    def __init__(self, ruler: Any, vocab: Any) -> None:
        """Read the rules. DataError where one asks for what is not known here, so that none is passed over."""
        self._rules: list[_Rule] = []
        self._places: list[_Place] = []
        for number, rule in enumerate(ruler.patterns):
            sets = _sets(ruler.attrs[number])
            for pattern in rule["patterns"]:
                found = len(self._rules)
                self._rules.append(_Rule(len(pattern), ruler.indices[number] % len(pattern), sets))
                self._places += [
                    _Place(found, before, _tests(asked, vocab.strings)) for before, asked in enumerate(pattern)
                ]
        self._look = lru_cache(HELD)(self._asked)

    def tags(self, rows: Sequence[Row]) -> list[Tagged]:
        """What the rules say of each token of a text, given as its `READ` attributes; a later rule overrules."""
        looked = [self._look(row) for row in rows]
        made = [whole for whole, _ in looked]
        opened = [(n, place) for n, (_, parts) in enumerate(looked) for place in parts if not place.before]
        more: dict[int, list[int]] = {}
        for n, place in opened:
            rule = self._rules[place.rule]
            if self._is_whole(looked, n, place.rule, rule.length):
                more.setdefault(n + rule.at, []).append(place.rule)
        for n, late in more.items():
            made[n] = self._said(sorted({*late, *self._single(rows[n])}))
        return made

    def _is_whole(self, looked: Sequence[Any], start: int, rule: int, length: int) -> bool:
        """Whether all tokens of a rule's pattern stand one after another from a place on."""
        return start + length <= len(looked) and all(
            any(p.rule == rule and p.before == k for p in looked[start + k][1]) for k in range(1, length)
        )

    def _asked(self, row: Row) -> tuple[Tagged, tuple[_Place, ...]]:
        """What the rules of one token say of it, and the longer ones of which it may be a part."""
        parts = tuple(p for p in self._places if self._rules[p.rule].length > 1 and p.fits(row))
        return self._said(self._single(row)), parts

    def _single(self, row: Row) -> list[int]:
        return [p.rule for p in self._places if self._rules[p.rule].length == 1 and p.fits(row)]

    def _said(self, rules: Sequence[int]) -> Tagged:
        made = Tagged()
        for number in rules:
            made = Tagged(*(new or old for new, old in zip(self._rules[number].sets, made, strict=True)))
        return made


def _sets(attrs: Mapping[int, int]) -> Tagged:
    return Tagged(attrs.get(_POS, 0), attrs.get(_MORPH, 0), attrs.get(_LEMMA, 0))


def _tests(asked: Mapping[str, Any], strings: Any) -> tuple[tuple[int, Test], ...]:
    unknown = [name for name in asked if name not in READ]
    if unknown:
        raise DataError(f"rules of the model: expected {', '.join(READ)}, got {', '.join(unknown)} in {dict(asked)!r}")
    return tuple((READ.index(name), _test(wanted, strings)) for name, wanted in asked.items())


def _test(wanted: Any, strings: Any) -> Test:
    """Whether a value of a token is what a pattern asks: a word, one of some, none of some, an expression, a flag."""
    if isinstance(wanted, bool):
        return lambda value: bool(value) is wanted
    if isinstance(wanted, str):
        return frozenset({strings.add(wanted)}).__contains__
    if isinstance(wanted, dict) and len(wanted) == 1:
        ((how, what),) = wanted.items()
        if how == "IN":
            return frozenset(map(strings.add, what)).__contains__
        if how == "NOT_IN":
            barred = frozenset(map(strings.add, what))
            return lambda value: value not in barred
        if how == "REGEX":
            expression = re.compile(what)
            return lambda value: expression.search(strings[value]) is not None
    raise DataError(f"rules of the model: expected a word, IN, NOT_IN, REGEX or a flag, got {wanted!r}")
