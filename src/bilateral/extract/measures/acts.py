"""Acts told by how often they were done: "met 14 times", "fly five times a week", "violated its airspace nine times".

Owns the verbs of such acts and what records call them; the number and its bound were read before.
"""

from __future__ import annotations

import re

from msgspec import structs

from bilateral.extract.measures.lexicon import table
from bilateral.extract.measures.naming import Name
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.extract.measures.taxonomy import entry_named
from bilateral.syntax import ancestors, is_verb, kids

# What makes "times" a factor and no count of acts.
_FACTOR = re.compile(
    r"\s*(?:as|more|less|higher|lower|larger|bigger|greater|fewer|the|that|what|its|their|over|faster)\b", re.I
)


def acted(view: View, q: Quantity) -> Quantity:
    """A number of times as a count of acts where the verb above it tells of some; else the quantity itself."""
    if q.cls != "times" or q.role == "change" or q.form in ("fraction", "multiple"):
        return q
    if view.text[q.number[1] : q.end].strip().lower() != "times" or _FACTOR.match(view.text, q.end):
        return q
    found = _act(view, q)
    return q if found is None else structs.replace(q, cls="count", unit=found[1], noun=None)


def named(view: View, q: Quantity) -> Name | None:
    """The quantity that a count of acts is, by its verb."""
    found = _act(view, q)
    if found is None:
        return None
    name, _, verb = found
    span = view.parse.start[verb], view.parse.end[verb]
    return Name(entry_named(name, "items"), *span, 1.0, f"how often, by the verb {view.word(verb)!r}")


def _act(view: View, q: Quantity) -> tuple[str, str, int] | None:
    """The name, the unit and the verb of the acts that a number of times counts."""
    acts = table("cues.toml")["acts"]
    i = min(view.at(q.number[0]), view.tokens.stop - 1)
    for above in list(ancestors(view.parse, i))[:4]:
        if not is_verb(view.parse, above):
            continue
        words = {view.lemma(above), *(view.lemma(k) for k in kids(view.parse, above, "dobj", "prt", "advmod", "prep"))}
        for name, kinds in acts.items():
            pair = next((w for w in words if w in kinds), None)
            if pair is not None:
                return name, kinds[pair], above
    return None
