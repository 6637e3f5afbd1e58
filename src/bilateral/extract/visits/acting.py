"""What all verbs of visiting share: the draft of a verb, who can be a guest, who holds a high office."""

from __future__ import annotations

from collections.abc import Iterable

from bilateral.extract.visits.casting import after, distinct, is_person
from bilateral.extract.visits.lexicon import lexicon, word_set
from bilateral.extract.visits.reading import Draft, Reading, told
from bilateral.model import Actor
from bilateral.scene import Cast
from bilateral.syntax import kids

TOP = frozenset(("HOS", "HOG", "DPM", "FM", "MIN", "DFM", "NSA", "AMB", "MIL", "DIP", "OFF"))
ENVOYS = frozenset(("AMB", "DIP"))
NEAR = 6


def made(
    read: Reading, verb: int, kind: str, first: Iterable[Cast], second: Iterable[Cast], *, is_ordered: bool = True
) -> Draft:  # fmt: skip
    rule = f'"{read.low[verb]}"'
    return Draft(verb, kind, told(read, verb), tuple(first), tuple(second), is_ordered, None, verb, rule)


def is_guest(read: Reading, i: int) -> bool:
    """Whether a noun is people that one receives or meets: no "tanks", no "demand"."""
    groups = lexicon().groups["official"]
    mention = read.doc.mention_at(i)
    if mention is not None and mention.kind == "group" and mention.level in (None, "CIV"):
        return read.low[i] in groups
    return is_person(mention) or read.lemma[i] in groups or read.lemma[i] in ("counterpart", "guest", "visitor")


def with_later(read: Reading, verb: int) -> list[Cast]:
    """Whom one meets where the parse hangs "with" on a stretch of time ("conferred for two hours with …")."""
    nouns = [k for p in kids(read.parse, verb, "prep") for k in kids(read.parse, p, "pobj")]
    return distinct(c for noun in [*nouns, *kids(read.parse, verb, "npadvmod")] for c in after(read, noun, "with"))


def are_high(*found: Cast) -> bool:
    """Whether all hold offices of state, or are called colleagues of those who do."""
    return all(any(_is_high(a) for a in c.actors) for c in found)


def _is_high(actor: Actor) -> bool:
    return actor.level in TOP or bool(word_set("peers") & set((actor.role or "").lower().split()))
