"""Visits and meetings that a verb tells: going to, receiving, meeting, speaking by phone, summoning, attending.

going.py has the verbs of going, calling.py those of calls and summonses, acting.py what all share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bilateral.extract.visits.acting import NEAR, are_high, is_guest, made, with_later
from bilateral.extract.visits.calling import accredits, by_phone, calls_on, co_chairs, phones, speaks, summons
from bilateral.extract.visits.casting import after, codes, distinct, doers, next_actor, party, undergoers
from bilateral.extract.visits.events import event_at, host_of_event
from bilateral.extract.visits.going import awaits, flies_in, goes, returns, stays, takes, visiting
from bilateral.extract.visits.lexicon import Pattern, lexicon, sorts, word_set
from bilateral.extract.visits.places import place_in_clause
from bilateral.extract.visits.reading import Draft, Reading, told
from bilateral.scene import Cast, cast_at
from bilateral.syntax import is_passive, is_verb, kids, nominals, obliques, subjects, subtree
from bilateral.text import Mention

_HIM = ("him", "her", "them", "he", "she", "they")
_BETWEEN = frozenset(("visiting", "with", "the", "a", "an", "his", "her", ",", "here", "on"))


def all_verbs(read: Reading) -> Iterator[Draft]:
    """The visits and meetings that verbs tell, in text order."""
    for i in range(len(read.low)):
        yield from _of_verb(read, i)


def _of_verb(read: Reading, i: int) -> list[Draft]:
    if read.low[i : i + 2] in (("co", "-"), ("co", "–")):
        return co_chairs(read, i)
    if read.low[i] == "visiting" and (found := visiting(read, i)):
        return found
    if not is_verb(read.parse, i):
        return []
    patterns = lexicon().verbs.get(read.lemma[i], ())
    shapes = (_SHAPES[p.shape](read, i, p) for p in patterns if _fits(read, i, p))
    return next((found for found in shapes if found), None) or flies_in(read, i) or by_phone(read, i)


def _fits(read: Reading, verb: int, pattern: Pattern) -> bool:
    """Whether the words of a pattern hang on the verb or follow it."""
    if not pattern.words or read.low[verb + 1 : verb + 1 + len(pattern.words)] == pattern.words:
        return True
    below = [k for k in kids(read.parse, verb, "prep", "prt", "agent", "dative") if k > verb]
    have = {read.low[k] for k in below}
    if len(pattern.words) == 1:
        return pattern.prep in have
    deeper = {read.low[j] for k in below for j in kids(read.parse, k, "prep")}
    if pattern.shape == "meet":
        nouns = [n for k in below for n in kids(read.parse, k, "pobj")]
        have |= {read.low[j] for n in nouns for j in kids(read.parse, n, "prep")}
    return pattern.words[0] in have and pattern.prep in have | deeper


def _hosts(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"X received Y": the subject is on its own ground."""
    heads = undergoers(read, verb)
    if any("event" in sorts(read.lemma[i]) for i in heads):
        return []
    guests = [c for i in heads if is_guest(read, i) and _is_nameable(read, i) for c in party(read, i)]
    guests = guests or [c for i in heads if read.low[i] in _HIM and doers(read, verb) for c in party(read, i)]
    guests, hosts = guests or _lost(read, verb), doers(read, verb)
    is_pronoun = bool(guests) and all(read.parse.pos[i] == "PRON" for i in heads)
    is_bare = any(read.lemma[i] in ("guest", "visitor") for i in heads) and bool(codes(hosts))
    if not (guests or is_bare) or (codes(hosts) and set(codes(hosts)) == set(codes(guests)) and not is_pronoun):
        return []
    is_courtesy = "courtesy" in read.words(read.parse.sentence(verb))
    return [made(read, verb, "courtesy_call" if is_courtesy else "meeting", guests, hosts)]


def _is_nameable(read: Reading, i: int) -> bool:
    return read.parse.pos[i] != "PRON"


def _lost(read: Reading, verb: int) -> list[Cast]:
    """The person right behind a verb whose object the parse lost ("received today Minister …", "met visiting …")."""
    if is_passive(read.parse, verb):
        return []
    i = verb + 1
    while i < min(len(read.low), verb + NEAR) and _is_between(read, i):
        i += 1
    mention = read.doc.mention_at(i) if i < len(read.low) else None
    if mention is None or mention.kind not in ("person", "role") or _is_owner(read, mention):
        return []
    cast = next_actor(read, i, i + 1)
    return [cast] if cast is not None else []


def _is_between(read: Reading, i: int) -> bool:
    return read.low[i] in _BETWEEN or read.parse.pos[i] == "ADV" or read.doc.date_at(i) is not None


def _is_owner(read: Reading, mention: Mention) -> bool:
    """Whether a person only owns what follows ("welcomed the president's decision")."""
    last = read.parse.tokens(mention.start, mention.end)[-1]
    behind = read.low[last + 1] if last + 1 < len(read.low) else ""
    return behind in ("'s", "’s", "'", "’", "to") or read.low[last] in ("'s", "’s")


def _meets(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X met (with) Y", "X and Y met"."""
    if is_passive(read.parse, verb) or any(sorts(read.lemma[s]) for s in subjects(read.parse, verb)):
        return []
    first = distinct([*doers(read, verb), *_owners(read, verb)])
    objects = undergoers(read, verb)
    if pattern.prep in word_set("together"):
        objects, second = [], []
    elif pattern.prep or read.in_set(verb, "sitting"):
        objects = [] if read.in_set(verb, "sitting") else objects
        second = after(read, verb, "with") or with_later(read, verb)
    else:
        second = [c for i in objects if is_guest(read, i) for c in party(read, i)]
        second = second or after(read, verb, "with") or _lost(read, verb)
    if (objects and not second) or (not second and len(codes(first)) < 2):
        return []
    draft = made(read, verb, "meeting", first, second, is_ordered=False)
    place = place_in_clause(read, verb)
    if read.in_set(verb, "sitting") and pattern.prep != "together":
        near = subtree(read.parse, verb, without=("ccomp", "advcl", "conj"))
        if place is None and not any(read.doc.date_at(k) is not None for k in near):
            return []
    return [draft._replace(goal=place)]


def _grants(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"Was granted an audience by the king", "gave the envoy an audience": the one who grants it is host."""
    if not any(read.in_set(k, "audiences") for k in kids(read.parse, verb, "dobj", "oprd")):
        return []
    passive = is_passive(read.parse, verb)
    heads = subjects(read.parse, verb) if passive else kids(read.parse, verb, "dative")
    guests = [c for i in heads for c in party(read, i)] or ([] if passive else after(read, verb, "to"))
    hosts = doers(read, verb)
    if not guests or (codes(hosts) and codes(hosts) == codes(guests)):
        return []
    return [made(read, verb, "meeting", guests, hosts)]


def _sees(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"The minister saw his host in Oslo": officers of two states, with a place or day; no sights, no views."""
    is_meal = read.in_set(verb, "meals")
    first = doers(read, verb)
    second = after(read, verb, "with") if is_meal else [c for i in undergoers(read, verb) for c in party(read, i)]
    if is_passive(read.parse, verb) or not (first and second) or not are_high(first[0], second[0]):
        return []
    place = place_in_clause(read, verb)
    near = subtree(read.parse, verb, without=("ccomp", "advcl", "conj", "xcomp"))
    is_set = place is not None or any(read.doc.date_at(k) is not None for k in near)
    if not is_set or kids(read.parse, verb, "xcomp", "ccomp", "oprd") or set(codes(first)) == set(codes(second)):
        return []
    return [made(read, verb, "meeting", first, second, is_ordered=False)._replace(goal=place)]


def _owners(read: Reading, verb: int) -> list[Cast]:
    """The states before a plural subject ("Chad and Mali's foreign ministers met")."""
    plural = [s for s in subjects(read.parse, verb) if read.parse.tag[s] in ("NNS", "NNPS")]
    tokens = [n for s in plural for k in kids(read.parse, s, "poss") for n in nominals(read.parse, k)]
    found = [c for n in tokens if (c := cast_at(read.doc, n)) is not None]
    return found if len(codes(found)) > 1 else []


def _discusses(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"X and Y discussed": a meeting where officials of two states are named and nothing else tells of it."""
    first, second = doers(read, verb), after(read, verb, "with")
    named = {a.country for c in (*first, *second) for a in c.actors if a.name and a.country}
    draft = made(read, verb, "meeting", first, second, is_ordered=False)
    if len(named) < 2 or is_passive(read.parse, verb) or draft.status != "happened":
        return []
    phone = read.words(read.parse.sentence(verb)) & word_set("phone")
    return [draft._replace(kind="phone_call" if phone else "meeting", is_weak=True)]


def _attends(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X attended the Y summit": a meeting of several states, its host the state on whose ground it is."""
    nouns = [i for _, i in obliques(read.parse, verb, pattern.prep)] if pattern.prep else undergoers(read, verb)
    for noun in nouns:
        event = event_at(read, noun)
        visitors = doers(read, verb) if event is not None else []
        goal, hosts = host_of_event(read, noun, verb, codes(visitors)) if visitors else (None, [])
        if event is not None and hosts and told(read, verb) != "proposed":
            return [made(read, verb, event, visitors, hosts)._replace(goal=goal, is_multilateral=True)]
    return []


_SHAPES: dict[str, Callable[[Reading, int, Pattern], list[Draft]]] = {
    "go": goes, "stay": stays, "await": awaits, "host": _hosts, "meet": _meets,
    "phone": phones, "speak": speaks, "summon": summons,
    "take": takes, "grant": _grants, "see": _sees,
    "accredit": accredits, "return": returns, "call_on": calls_on, "attend": _attends, "discuss": _discusses,
}  # fmt: skip
