"""Visits that verbs of going tell: who comes to a place, is there, is awaited, is taken along, has come home."""

from __future__ import annotations

from bilateral.extract.visits.acting import NEAR, TOP, made
from bilateral.extract.visits.casting import codes, doers, is_weighed, party, undergoers
from bilateral.extract.visits.lexicon import Pattern, sorts
from bilateral.extract.visits.places import goals, ground, place_in_clause
from bilateral.extract.visits.reading import Draft, Reading, told
from bilateral.model import Actor
from bilateral.scene import Cast, cast_at
from bilateral.syntax import is_passive, kids, obliques, subjects, subtree, tense


def visiting(read: Reading, i: int) -> list[Draft]:
    """"The visiting minister A": that one is on a visit; counts only where nothing else tells of it."""
    parse = read.parse
    over = parse.head[i]
    if parse.dep[i] not in ("amod", "compound", "nmod") or over < i or over - i > NEAR + 2:
        return []
    guests = [c for k in range(i + 1, over + 1) if (c := cast_at(read.doc, k)) is not None and c.codes][:1]
    if not any(a.level in TOP for c in guests for a in c.actors):
        return []
    return [made(read, i, "visit", guests, [])._replace(status="ongoing", is_weak=True, verb=None)]


def goes(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X visited Y", "X arrived in Y": one draft for each state gone to."""
    visitors = _goers(read, verb, pattern)
    found = []
    for goal, hosts in goals(read, verb, pattern.prep) if visitors else ():
        if codes(visitors) and codes(visitors)[0] in codes(hosts) and not is_weighed(visitors):
            continue
        draft = made(read, verb, "visit", visitors, hosts)._replace(goal=goal)
        arrived = pattern.shape == "go" and draft.status == "happened" and pattern.prep in ("in", "at", "on", "into")
        found.append(draft._replace(status="ongoing") if arrived and _has_purpose(read, verb) else draft)
    return found or _at_spot(read, verb, visitors, pattern)


def _at_spot(read: Reading, verb: int, visitors: list[Cast], pattern: Pattern) -> list[Draft]:
    """"The minister toured the docks at Oslo": one of rank, at a thing whose place is of another state."""
    place = place_in_clause(read, verb) if read.lemma[verb] in ("visit", "tour") and not pattern.prep else None
    found = ground(read, read.parse.tokens(place.start, place.end)[-1]) if place is not None else None
    is_high = any(a.level in TOP and (a.name or a.role) for c in visitors for a in c.actors)
    if found is None or not is_high or not codes(visitors) or codes(visitors)[0] in codes(found[1]):
        return []
    return [made(read, verb, "visit", visitors, found[1])._replace(goal=found[0])]


def takes(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"X accompanied the minister to Oslo": the minister went there."""
    visitors = [c for i in undergoers(read, verb) for c in party(read, i) if any(a.level in TOP for a in c.actors)]
    found = []
    for goal, hosts in goals(read, verb, "to") if visitors else ():
        if codes(visitors) and codes(visitors)[0] not in codes(hosts):
            found.append(made(read, verb, "visit", visitors, hosts)._replace(goal=goal))
    return found


def flies_in(read: Reading, verb: int) -> list[Draft]:
    """"The minister flies in today": to where the report is written, or to the other side of the pair."""
    is_in = read.low[verb + 1 : verb + 2] == ("in",) and verb + 1 in kids(read.parse, verb, "prt", "advmod", "prep")
    visitors = [c for c in doers(read, verb) if any(a.level in TOP for a in c.actors)]
    behind = [o for k in kids(read.parse, verb, "prep") if k == verb + 1 for o in kids(read.parse, k, "pobj")]
    is_bare = all(read.doc.date_at(o) is not None for o in behind)
    if read.lemma[verb] not in ("fly", "jet", "come") or not is_in or not is_bare or not codes(visitors):
        return []
    return [made(read, verb, "visit", visitors, [])]


def _goers(read: Reading, verb: int, pattern: Pattern) -> list[Cast]:
    """Those who go: people or groups, no ministries, and none where the verb moves a thing ("flew aid to Chad")."""
    if kids(read.parse, verb, "agent"):  # "headed by", "toured by": the delegation is led, nobody heads for a place
        return []
    if pattern.prep and not is_passive(read.parse, verb):
        things = [read.doc.mention_at(i) for i in kids(read.parse, verb, "dobj")]
        if any(m is None or m.kind not in ("place", "country", "date") for m in things):
            return []
    return [c for c in doers(read, verb) if any(_can_go(a) for a in c.actors)]


def _can_go(actor: Actor) -> bool:
    """Whether an actor is people: no body, and no bare state."""
    return actor.level != "ORG" and bool(actor.name or actor.role or actor.level or actor.sectors)


def _has_purpose(read: Reading, verb: int) -> bool:
    """"Arrived for a three-day visit", "arrived on a visit": the visit has begun."""
    purposes = read.words(i for _, i in obliques(read.parse, verb, "for", "on"))
    return bool(purposes & {"visit", "trip", "tour", "talk", "talks", "meeting"})


def stays(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X is in Y for talks", "was in Y on a visit": only with the purpose."""
    purposes = read.words(i for _, i in obliques(read.parse, verb, "for", "on"))
    is_mission = any(read.in_set(s, "missions") for s in subjects(read.parse, verb))
    is_mission = is_mission and tense(read.parse, verb).tense in ("past", "future")
    if not any(sorts(word) for word in purposes) and not is_mission and not _is_dated_stay(read, verb):
        return []
    found = goes(read, verb, pattern)
    is_now = tense(read.parse, verb).tense == "present"
    return [d._replace(status="ongoing") if is_now and d.status == "happened" else d for d in found]


def _is_dated_stay(read: Reading, verb: int) -> bool:
    """"The minister was in Oslo last week": one of rank, past, with a day; no purpose needs to be told."""
    who = [a for c in doers(read, verb) for a in c.actors]
    is_high = any(a.level in TOP and a.name for a in who)
    has_day = any(read.doc.date_at(k) is not None for k in kids(read.parse, verb, "npadvmod", "tmod"))
    has_day = has_day or any(read.doc.date_at(i) is not None for _, i in obliques(read.parse, verb, "on", "from", "in"))
    near = subtree(read.parse, verb, without=("ccomp", "advcl", "conj"))
    is_now = tense(read.parse, verb).tense == "present" and any(read.low[k] == "for" for k in near)
    if is_now and any(a.level in ("HOS", "HOG", "FM", "MIN", "DPM", "DFM") for a in who):
        return True
    return is_high and has_day and tense(read.parse, verb).tense in ("past", "future")


def awaits(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X is expected in Y on Monday": a visit that lies ahead, of one of rank."""
    is_headline = read.in_title(verb) and read.parse.tag[verb] in ("VBD", "VBN") and not kids(read.parse, verb, "dobj")
    if kids(read.parse, verb, "xcomp") or not (is_passive(read.parse, verb) or is_headline):
        return []
    guests = [c for i in kids(read.parse, verb, "nsubjpass", *(["nsubj"] * is_headline)) for c in party(read, i)]
    if not any(a.level in TOP for c in guests for a in c.actors):
        return []
    found = []
    for goal, hosts in goals(read, verb, pattern.prep):
        if codes(guests) and codes(guests)[0] not in codes(hosts):
            found.append(made(read, verb, "visit", guests, hosts)._replace(goal=goal, status="planned"))
    return found


def returns(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"The minister returned from Oslo": one of rank was there."""
    if told(read, verb) not in ("happened", "ongoing"):
        return []
    visitors = [c for c in doers(read, verb) if any(a.level in TOP for a in c.actors)]
    found = []
    for goal, hosts in goals(read, verb, "from") if visitors else ():
        if codes(visitors) and codes(visitors)[0] not in codes(hosts):
            draft = made(read, verb, "visit", visitors, hosts)
            found.append(draft._replace(goal=goal, status="happened"))
    return found
