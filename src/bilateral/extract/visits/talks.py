"""Meetings, talks, consultations and summits of two sides that a noun tells."""

from __future__ import annotations

from bilateral.extract.visits.casting import codes, doers
from bilateral.extract.visits.events import event_at
from bilateral.extract.visits.lexicon import word_set
from bilateral.extract.visits.phrase import around, carrier, clause_verb, is_known, two_sides
from bilateral.extract.visits.places import goals, place_in_clause, place_near
from bilateral.extract.visits.reading import Draft, Reading, told_of_noun
from bilateral.scene import Cast, cast_at
from bilateral.syntax import ancestors, is_verb, kids, subjects, subtree
from bilateral.text import Mention

_HIGH = frozenset(("HOS", "HOG", "FM", "MIN", "DPM"))
_BACK = 40
_OTHER_CLAUSES = ("ccomp", "conj", "advcl")


def meeting(read: Reading, i: int, names: tuple[str, ...]) -> Draft | None:
    """A meeting, talks, consultations or a summit of two sides; known where it only speaks of one told of before."""
    if _is_no_meeting(read, i):
        return None
    verb = carrier(read, i)
    own, other, bare = _sides(read, i, verb)
    goal, hosts = _at_home(read, i, verb)
    sides = [*own, *other]
    kind, status = _kind(read, i, verb, names, sides), told_of_noun(read, i, verb)
    made = Draft(i, kind, status, tuple(own), tuple(other), False, goal, verb, f'"{read.low[i]}"')
    if hosts and codes(sides) != codes(hosts):
        return made._replace(first=tuple(sides) if codes(sides) else (), second=tuple(hosts), is_ordered=True)
    is_held = _is_held(read, i, verb)
    if read.low[i] == "meetings" and (status != "happened" or len(codes(sides)) < 2 or not is_held):
        return None
    is_open = len(codes(sides)) < 2 and all(c.codes for c in sides)
    if is_open and (sides or not is_held):
        return made._replace(is_known=True)
    if kind == "consultations" and not is_held and not any(a.name for c in sides for a in c.actors):
        return None
    return made._replace(is_known=is_known(read, i) and (is_open or bare))


def _sides(read: Reading, i: int, verb: int | None) -> tuple[list[Cast], list[Cast], bool]:
    """Both sides of a meeting, from its phrase, then its clause, then its sentence; whether its phrase names none."""
    own, other, both = two_sides(read, i, verb)
    bare = not own and not other and not _is_held(read, i, verb)
    if not both and not own:
        own = [c for c in around(read, i, verb) if not set(codes([c])) & set(codes(other))]
    if not own and other and verb is None:
        own = _only_other(read, i, other)
    return own, other, bare


def _only_other(read: Reading, i: int, other: list[Cast]) -> list[Cast]:
    """The only other official named in the sentence of a meeting of which one side is told."""
    parse = read.parse
    sentence = parse.sentence(i)
    people = read.doc.mentions_in(parse.start[sentence.start], parse.end[sentence.stop - 1], "person", "role")
    people = tuple(m for m in people if m.codes and not set(m.codes) & set(codes(other)))
    if len({m.codes[0] for m in people}) != 1:
        return []
    cast = cast_at(read.doc, parse.tokens(people[0].start, people[0].end)[-1])
    return [cast] if cast is not None else []


def _is_no_meeting(read: Reading, i: int) -> bool:
    """"Are in talks", talks on an agreement, a programme of consultations, a wide conference, spectators."""
    parse = read.parse
    prep = read.low[parse.head[i]] if parse.dep[i] == "pobj" else ""
    if prep == "in" and read.lemma[i] in ("talk", "talks", "consultation", "dialogue", "discussions"):
        return True
    if read.lemma[i] == "audience" and not any(read.low[k] == "with" for k in kids(parse, i, "prep")):
        return True
    if any(read.lemma[a] in word_set("papers") for a in ancestors(parse, i) if not is_verb(parse, a)):
        return True
    about = [k for p in kids(parse, i, "prep") if read.low[p] in ("on", "for", "about") for k in subtree(parse, p)]
    return any(read.lemma[k] in word_set("papers") for k in about) or event_at(read, i) is not None


def _at_home(read: Reading, i: int, verb: int | None) -> tuple[Mention | None, list[Cast]]:
    """The place of a meeting, and its host where one "will host" it or somebody comes there for it."""
    parse = read.parse
    phrase = subtree(parse, i, without=("acl", "conj"))
    hosted = [c for r in phrase if parse.dep[r] == "relcl" and read.lemma[r] == "host" for c in doers(read, r)]
    place = place_near(read, i, verb) or place_in_clause(read, i if verb is None else verb)
    if hosted:
        return place, hosted
    if verb is not None and read.lemma[verb] in word_set("coming") and parse.dep[i] == "pobj":
        return next((g for prep in ("in", "to", "at") for g in goals(read, verb, prep)), (place, []))
    return place, []


def _kind(read: Reading, i: int, verb: int | None, names: tuple[str, ...], sides: list[Cast]) -> str:
    near = read.words(subtree(read.parse, i, without=("relcl",)))
    if verb is not None:
        near |= read.words(subtree(read.parse, verb, without=_OTHER_CLAUSES))
    if near & word_set("phone"):
        return "phone_call"
    if "summit" in names:
        return "summit"
    return "consultations" if _is_consultation(read, i, sides) else "meeting"


def _is_consultation(read: Reading, i: int, sides: list[Cast]) -> bool:
    """Consultations and dialogues; talks and rounds between bodies or states where no person of rank is named."""
    if read.lemma[i] in ("consultation", "dialogue"):
        return True
    if read.low[i] not in ("talks", "round", "rounds"):
        return False
    if {"consultation", "dialogue"} & read.words(subtree(read.parse, i, without=("relcl", "acl"))):
        return True
    actors = [a for c in sides for a in c.actors]
    over = clause_verb(read, i)
    if over is not None and any(read.in_set(k, "high") for k in subjects(read.parse, over)):
        return False
    return not any(a.name or a.level in _HIGH or word_set("high") & set((a.role or "").lower().split()) for a in actors)


def _is_held(read: Reading, i: int, verb: int | None) -> bool:
    """Whether talks that name no people are told as a thing held: by a verb of holding, with a day or place."""
    if verb is None or read.lemma[verb] not in word_set("held"):
        return False
    if read.lemma[verb] in word_set("surely_held"):
        return True
    clause = subtree(read.parse, verb, without=_OTHER_CLAUSES)
    return any(read.doc.date_at(k) is not None for k in clause) or place_near(read, i, verb) is not None


def is_of_talks(read: Reading, i: int) -> bool:
    """Whether a round is one of talks ("a round of talks", or a bare one after talks), and not of drills."""
    inner = [k for p in kids(read.parse, i, "prep") if read.low[p] == "of" for k in kids(read.parse, p, "pobj")]
    near = inner or list(range(max(0, i - _BACK), i))
    return any(read.in_set(k, "talks") for k in near)
