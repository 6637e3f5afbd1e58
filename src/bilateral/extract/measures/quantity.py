"""What a figure in a sentence is before it has a name: value, unit, bound, and what it does (level, change, base).

Owns the types that the modules of this package pass to each other, and the view of one sentence that they read.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from msgspec import Struct

from bilateral.extract.measures.lexicon import Form
from bilateral.model import Bound
from bilateral.syntax import clause
from bilateral.text import Parse

Span = tuple[int, int]
Class = Literal["money", "percent", "times", "measure", "duration", "count", "age", "bare"]
Role = Literal["level", "change", "base"]


class Quantity(Struct, frozen=True, kw_only=True):
    """A value with its unit in a sentence. `high` is the upper end of a range or of a vague amount ("dozens").

    `unit` is ISO 4217, a unit's name, or the counted noun with its adjectives; `noun` the token of that noun. `per` is
    the noun after "per". `role`: a level, a change of one, or the base that one is compared with; `level` is the index
    of the level that a change or base belongs to, `direction` and `cue` the way and the words of the change, `verb`
    the token that carries them. `form`: digits, words, fraction, vague or multiple.
    """

    start: int
    end: int
    number: Span
    value: Decimal
    high: Decimal | None = None
    digits: str = ""
    form: str = "digits"
    scale: int = 1
    unit: str = ""
    cls: Class = "bare"
    money: Form | None = None
    unit_span: Span | None = None
    noun: int | None = None
    per: str | None = None
    bound: Bound | None = None
    bound_span: Span | None = None
    role: Role = "level"
    direction: Literal["up", "down"] | None = None
    cue: Span | None = None
    verb: int | None = None
    level: int | None = None

    @property
    def is_vague(self) -> bool:
        """Whether the words give an order of magnitude only ("tens of thousands")."""
        return self.form == "vague"

    @property
    def is_range(self) -> bool:
        """Whether the words give two ends ("between 3 and 5 million")."""
        return self.high is not None and not self.is_vague


class View(NamedTuple):
    """One sentence as its figures are read: the text, the grammar, the lower-case words of its tokens, and the clauses
    asked for so far, which several figures ask for."""

    text: str
    parse: Parse
    tokens: range
    low: Sequence[str]
    clauses: dict[int, frozenset[int]]

    @property
    def start(self) -> int:
        """Where the sentence starts in the text."""
        return self.parse.start[self.tokens.start]

    @property
    def end(self) -> int:
        """Where the sentence ends in the text."""
        return self.parse.end[self.tokens.stop - 1]

    def word(self, i: int) -> str:
        """Token i in lower case, "" outside the sentence."""
        return self.low[i - self.tokens.start] if self.tokens.start <= i < self.tokens.stop else ""

    def lemma(self, i: int) -> str:
        """The lemma of token i in lower case, "" outside the sentence."""
        return self.parse.lemma[i].lower() if self.tokens.start <= i < self.tokens.stop else ""

    def clause(self, i: int) -> frozenset[int]:
        """The tokens of the clause of token i."""
        found = self.clauses.get(i)
        if found is None:
            found = self.clauses[i] = frozenset(clause(self.parse, i))
        return found

    def at(self, position: int) -> int:
        """The first token of the sentence that ends behind a position."""
        low, high = self.tokens.start, self.tokens.stop
        while low < high:
            middle = (low + high) // 2
            if self.parse.end[middle] <= position:
                low = middle + 1
            else:
                high = middle
        return low

    def before(self, position: int) -> int:
        """The last token of the sentence that starts before a position, or one below the first."""
        return self.at(position) - 1 if self.at(position) >= self.tokens.stop else self._before(position)

    def _before(self, position: int) -> int:
        i = self.at(position)
        return i if self.parse.start[i] < position else i - 1


def view(text: str, parse: Parse, tokens: range) -> View:
    """The view of one sentence."""
    return View(text, parse, tokens, [text[parse.start[i] : parse.end[i]].lower() for i in tokens], {})
