"""What the figures read so far leave for the next: its name, states and period where the next names none.

Owns the carrying from one figure to the next inside a document, always with its reason; never across documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bilateral.extract.measures.parties import Parties
from bilateral.extract.measures.periods import Dating
from bilateral.extract.measures.taxonomy import Entry
from bilateral.model import MeasureKind

# A period is carried over at most this many sentences, and only between figures of one family.
REACH = 3


@dataclass(frozen=True)
class Last:
    """A figure that was read: its entry, unit, class, states, kind and period, and in which sentence it stood."""

    entry: Entry
    cls: str
    unit: str
    parties: Parties
    kind: MeasureKind
    dating: Dating | None
    sentence: int
    written: str | None = None


@dataclass
class Memory:
    """The figures of a document read so far, newest last."""

    seen: list[Last] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def spoken(self, sentence: int, text: str) -> tuple[int, int] | None:
        """The stretch of text that a figure may refer back to: the list's lead-in ("The grants are:"), else the two
        sentences before."""
        for n in range(sentence - 1, max(-1, sentence - 13), -1):
            start, end = self.spans[n]
            if text[start:end].rstrip().endswith(":"):
                return start, end
            if n < sentence - 2 and not re.match(r"[-–•*·]|\W*[A-Z$€£]+[\d$]", text[start:end]):
                break
        if not sentence:
            return None
        return self.spans[max(0, sentence - 2)][0], self.spans[sentence - 1][1]

    def keep(self, last: Last) -> None:
        """Remember a figure."""
        self.seen.append(last)

    def latest(self, sentence: int, cls: str, reach: int = 2) -> Last | None:
        """The newest figure of a class from this sentence or the ones just before it."""
        for last in reversed(self.seen):
            if sentence - last.sentence > reach:
                return None
            if cls in ("bare", last.cls) or last.cls == "bare":
                return last
        return None

    def period(self, entry: Entry, sentence: int) -> Dating | None:
        """The period of the newest dated figure of the same family close by, as carried."""
        if entry.family is None:
            return None
        for last in reversed(self.seen):
            if sentence - last.sentence > REACH:
                return None
            if last.entry.family == entry.family and last.kind in ("actual",) and last.dating is not None:
                return Dating(last.dating.value, None, 0.6, "carried from the figure before it of the same family")
        return None

    def family(self, entry: Entry) -> Last | None:
        """The newest figure of the same family anywhere before."""
        return next((x for x in reversed(self.seen) if entry.family and x.entry.family == entry.family), None)
