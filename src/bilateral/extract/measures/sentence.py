"""One sentence of figures under reading: what its figures share, and what was read of them so far.

Owns the state that claims.py, referring.py and reading.py pass between them; decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bilateral.extract.measures.kinds import Kind
from bilateral.extract.measures.memory import Memory
from bilateral.extract.measures.naming import Name
from bilateral.extract.measures.parties import Parties, codes_of, sent_to
from bilateral.extract.measures.periods import Dating
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.knowledge import place_code
from bilateral.syntax import governor, subjects
from bilateral.text import Mention, Resolved

_BRIEF = 3


@dataclass(frozen=True)
class Draft:
    """One figure with all that was read of it; `q` is None where only a change is told.

    `money` is the currency's code with score and reason; `written` the counted noun in the plural; `notes` are
    (field, rule, score) of what no other field holds.
    """

    view: View
    q: Quantity | None
    change: Quantity | None
    base: Quantity | None
    name: Name
    parties: Parties
    dating: Dating | None
    base_dating: Dating | None
    kind: Kind
    money: tuple[str, float, str] | None
    written: str | None
    notes: tuple[tuple[str, str, float], ...] = ()
    noun: str | None = None


@dataclass
class Sentence:
    """A sentence's figures with their dates and mentions, the document's memory and pair, and what was read so far.

    `n` is the sentence's place in the document. `names`, `parties` and `drafts` are by the index of the figure.
    """

    doc: Resolved
    view: View
    found: list[Quantity]
    mentions: Sequence[Mention]
    memory: Memory
    pair: tuple[str, ...]
    n: int
    names: dict[int, Name] = field(default_factory=dict)
    parties: dict[int, Parties] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)

    @cached_property
    def dates(self) -> list[Mention]:
        """The sentence's date mentions."""
        return [m for m in self.mentions if m.kind == "date"]

    @cached_property
    def home(self) -> str | None:
        """The state of the dateline's place, in an item of a few sentences: the other side of what it tells."""
        line = self.doc.document.dateline
        brief = len(self.doc.parse.sents) <= _BRIEF
        return place_code(line.place.title()) if brief and line is not None and line.place else None

    @cached_property
    def masked(self) -> list[tuple[int, int]]:
        """The spans of currencies, whose "U.S." names no state."""
        return [q.unit_span for q in self.found if q.money is not None and q.unit_span is not None]

    @cached_property
    def states(self) -> set[str]:
        """The states that the sentence names or means, those included that an envoy is sent to."""
        inside = [m for m in self.mentions if m.kind != "date"]
        inside = [m for m in inside if not any(a < m.end and m.start < b for a, b in self.masked)]
        return {c for m in inside for c in (*codes_of(m), sent_to(m)) if c is not None}

    def token(self, q: Quantity) -> int:
        """The token at which a figure's number starts."""
        return min(self.view.at(q.number[0]), self.view.tokens.stop - 1)

    def heads(self, verb: int | None) -> list[int]:
        """The subjects of a verb that stand in the sentence."""
        return [] if verb is None else [s for s in subjects(self.view.parse, verb) if s in self.view.tokens]

    def verb(self, q: Quantity) -> int | None:
        """The verb of a figure: that of its change, else the one above it."""
        if q.verb is not None and self.view.parse.pos[q.verb] in ("VERB", "AUX"):
            return q.verb
        return governor(self.view.parse, self.token(q))
