"""The sentences of a document as figures are read in them: what the parser cut in two is one again.

Owns the joins only: at a currency's full stop ("Rs. 40 crore"), where no stop stands (headlines), and between the head
of a line and its figures ("Pledges, in euro: Lima 50m").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilateral.text import Resolved

_ABBREVIATED = re.compile(
    r"\b(?:Rs|Rp|Tk|Sh|Ksh|Tsh|Ush|No|approx|est|ca|Dr|Mr|Mrs|Gen|Gov|US|U\.S|vs|excl|incl|bn|mln|mn|pct|Br)\.$"
)
# What follows a head and its colon in one paragraph: "Pledges, in euro: Lima 50m".
_FIGURES = re.compile(r"[^.;!?\n]{0,24}\d")
_STOPPED = re.compile(r"[.!?:;…”\"’'»)]\s*$")


def sentences(doc: Resolved) -> Iterator[range]:
    """The sentences, those that the parser cut in two as one: at a currency's full stop, and where no stop stands."""
    parse, text, held = doc.parse, doc.text, range(0)
    for tokens in parse.sentences():
        if held and _goes_on(text, parse.start[held.start], parse.end[held.stop - 1], parse.start[tokens.start]):
            held = range(held.start, tokens.stop)
            continue
        if held:
            yield held
        held = tokens
    if held:
        yield held


def _goes_on(text: str, start: int, end: int, following: int) -> bool:
    """Whether a sentence goes on in the next one, which stands one space behind it."""
    if following - end > 1 or text[end:following] == "\n":
        return False
    tail = text[max(start, end - 12) : end]
    if tail.rstrip().endswith(":"):
        return _FIGURES.match(text, following) is not None
    return _STOPPED.search(tail) is None or _ABBREVIATED.search(tail) is not None
