"""Which way a figure flows where its grammar tells none: by the words right before each of its two states.

Owns one reading of prepositions, owners and peoples for each `flow` of quantities.toml; tried last (parties.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bilateral.extract.measures.quantity import View
from bilateral.text import Mention

_TO = frozenset({"to", "for", "into", "toward", "towards"})
_IN = frozenset({"in", "at", "on", "across", "throughout", "inside", "into", "to"})
_FROM = frozenset({"from", "by", "out"})
# By flow: what makes a state the target, what the source, and what an owner ("Lima's", "Peruvian") is.
_LEANINGS: dict[str, tuple[frozenset[str], frozenset[str], str]] = {
    "export": (_TO | {"in"}, _FROM, "source"),
    "import": (_TO | {"by", "in"}, frozenset({"from", "of"}), "target"),
    "give": (_TO | {"in"}, _FROM, "source"),
    "owe": (_TO, _FROM, "source"),
    "invest": (_IN, _FROM | {"of"}, "source"),
    "person": (_IN, frozenset({"from", "of"}), "source"),
    "host": (_IN, frozenset({"from", "of"}), "source"),
    "relieve": (_TO | {"of"}, _FROM, "source"),
    "remit": (_TO | {"by"}, frozenset({"from", "in"}), "target"),
    "home": (_TO, frozenset({"from", "in"}), "target"),
    "hold": (_TO, frozenset({"from", "in"}), "target"),
    "issue": (_TO | {"of"}, _FROM, "source"),
    "expel": (frozenset({"on", "against", "to"}), _FROM, "source"),
}  # fmt: skip
_BEFORE = re.compile(r"\b(\w+)\s+(?:the\s+)?$", re.I)
_OWNER = re.compile(r"['’]s?\b|['’]\s")


def leaning(view: View, flow: str, codes: tuple[str, ...], mentions: Iterable[Mention]) -> str | None:
    """The direction "A>B" between two states by the words beside their first mentions; None where these disagree."""
    told = _LEANINGS.get(flow)
    if told is None or len(codes) != 2:
        return None
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.kind != "date" and len(mention.codes) == 1 and mention.codes[0] in codes:
            first.setdefault(mention.codes[0], mention)
    of_people = flow in ("person", "host")
    found = {code: _side(view, mention, *told, of_people=of_people) for code, mention in first.items()}
    sides = {code: side for code, side in found.items() if side is not None}
    if len(sides) == 2 and len(set(sides.values())) == 1:
        return None
    for code, side in sides.items():
        other = next(c for c in codes if c != code)
        return f"{code}>{other}" if side == "source" else f"{other}>{code}"
    return None


def _side(
    view: View, mention: Mention, to: frozenset[str], out: frozenset[str], owner: str, *, of_people: bool
) -> str | None:  # fmt: skip
    found = _BEFORE.search(view.text, max(view.start, mention.start - 24), mention.start)
    word = found[1].lower() if found else ""
    if word in ("with", "and", "between"):
        return None
    if mention.kind == "group" and of_people and word not in to:
        return "source"
    if word in to:
        return "target"
    if word in out:
        return "source"
    return owner if _OWNER.match(view.text, mention.end) else None
