"""Meetings of several states that one attends: summits, conferences, assemblies, and on whose ground they are."""

from __future__ import annotations

from bilateral.extract.visits.casting import after, codes
from bilateral.extract.visits.lexicon import sorts, word_set
from bilateral.extract.visits.places import ground, place_near
from bilateral.extract.visits.reading import Reading
from bilateral.model import Actor
from bilateral.scene import Cast, cast_at
from bilateral.syntax import kids, subtree
from bilateral.text import Mention

_PHRASE = ("relcl", "acl", "conj")


def event_at(read: Reading, noun: int) -> str | None:
    """The kind of a meeting of several states that a noun names: "summit", "multilateral"; None where it names none.

    Needs an organisation of states, three states (two for a conference), or a word like "international" in its phrase.
    """
    if "event" not in sorts(read.lemma[noun]):
        return None
    phrase = subtree(read.parse, noun, without=_PHRASE)
    mentions = [m for k in phrase if (m := read.doc.mention_at(k)) is not None and m.kind != "person"]
    named = {code for m in mentions for code in m.codes}
    several = len(named) > (2 if read.in_set(noun, "of_two") else 1)
    if not (several or any(code.startswith("IGO:") for code in named) or read.words(phrase) & word_set("wide")):
        return None
    return "summit" if read.lemma[noun] == "summit" else "multilateral"


def host_of_event(
    read: Reading, noun: int, verb: int, own: tuple[str, ...]
) -> tuple[Mention | None, list[Cast]]:  # fmt: skip
    """The place of an event and its host: who chairs or hosts it, the state where it is, another state in its name."""
    goal = place_near(read, noun, verb)
    clauses = [k for k in kids(read.parse, noun, "relcl", "acl") if read.lemma[k] in ("chair", "host")]
    chairs = [c for k in clauses for c in after(read, k, "by")]
    if set(codes(chairs)) - set(own):
        return goal, chairs
    if goal is not None and goal.codes and goal.codes[0] not in own:
        found = ground(read, read.parse.tokens(goal.start, goal.end)[-1])
        return goal, found[1] if found else []
    tokens = subtree(read.parse, noun, without=_PHRASE)
    named = [(code, c) for k in tokens if (c := cast_at(read.doc, k)) is not None for code in c.codes]
    named = [pair for pair in named if pair[0] not in own]
    states = [pair for pair in named if not pair[0].startswith("IGO:")] or named
    if not states:
        return goal, []
    code, cast = states[0]
    return goal, [Cast((Actor(country=code),), cast.start, cast.end, "named in the meeting's name")]
