"""Visits and meetings that a verb tells: going to, receiving, meeting, speaking by phone, summoning, attending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bilateral.extract.visits.casting import after, codes, distinct, doers, is_person, next_actor, party, undergoers
from bilateral.extract.visits.commissions import is_session
from bilateral.extract.visits.events import event_at, host_of_event
from bilateral.extract.visits.lexicon import Pattern, lexicon, sorts, word_set
from bilateral.extract.visits.places import goals, place_in_clause
from bilateral.extract.visits.reading import Draft, Reading, told
from bilateral.model import Actor
from bilateral.scene import Cast, cast_at
from bilateral.syntax import is_passive, is_verb, kids, nominals, obliques, subjects, subtree, tense
from bilateral.text import Mention

_TOP = frozenset(("HOS", "HOG", "DPM", "FM", "MIN", "DFM", "NSA", "AMB", "MIL", "DIP", "OFF"))
_ENVOYS = frozenset(("AMB", "DIP"))
_NEAR = 6
_HIM = ("him", "her", "them")
_MEANS = ("by", "on", "over")
_BETWEEN = frozenset(("visiting", "with", "the", "a", "an", "his", "her", ",", "here", "on"))


def all_verbs(read: Reading) -> Iterator[Draft]:
    """The visits and meetings that verbs tell, in text order."""
    for i in range(len(read.low)):
        yield from _of_verb(read, i)


def _of_verb(read: Reading, i: int) -> list[Draft]:
    if read.low[i : i + 2] in (("co", "-"), ("co", "–")):
        return _co_chairs(read, i)
    if not is_verb(read.parse, i):
        return []
    patterns = lexicon().verbs.get(read.lemma[i], ())
    shapes = (_SHAPES[p.shape](read, i, p) for p in patterns if _fits(read, i, p))
    return next((found for found in shapes if found), None) or _by_phone(read, i)


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


def _made(
    read: Reading, verb: int, kind: str, first: Iterable[Cast], second: Iterable[Cast], *, is_ordered: bool = True
) -> Draft:  # fmt: skip
    rule = f'"{read.low[verb]}"'
    return Draft(verb, kind, told(read, verb), tuple(first), tuple(second), is_ordered, None, verb, rule)


# Going and staying ------------------------------------------------------------------------------------------------


def _goes(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X visited Y", "X arrived in Y": one draft for each state gone to."""
    visitors = _goers(read, verb, pattern)
    found = []
    for goal, hosts in goals(read, verb, pattern.prep) if visitors else ():
        if codes(visitors) and codes(visitors)[0] in codes(hosts):
            continue
        made = _made(read, verb, "visit", visitors, hosts)._replace(goal=goal)
        arrived = pattern.shape == "go" and made.status == "happened" and pattern.prep in ("in", "at", "on", "into")
        found.append(made._replace(status="ongoing") if arrived and _has_purpose(read, verb) else made)
    return found


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


def _stays(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X is in Y for talks", "was in Y on a visit": only with the purpose."""
    purposes = read.words(i for _, i in obliques(read.parse, verb, "for", "on"))
    is_mission = any(read.in_set(s, "missions") for s in subjects(read.parse, verb))
    is_mission = is_mission and tense(read.parse, verb).tense in ("past", "future")
    if not any(sorts(word) for word in purposes) and not is_mission and not _is_dated_stay(read, verb):
        return []
    found = _goes(read, verb, pattern)
    is_now = tense(read.parse, verb).tense == "present"
    return [d._replace(status="ongoing") if is_now and d.status == "happened" else d for d in found]


def _is_dated_stay(read: Reading, verb: int) -> bool:
    """"The minister was in Oslo last week": one of rank, past, with a day; no purpose needs to be told."""
    who = [a for c in doers(read, verb) for a in c.actors]
    is_high = any(a.level in _TOP and a.name for a in who)
    has_day = any(read.doc.date_at(k) is not None for k in kids(read.parse, verb, "npadvmod", "tmod"))
    has_day = has_day or any(read.doc.date_at(i) is not None for _, i in obliques(read.parse, verb, "on", "from"))
    return is_high and has_day and tense(read.parse, verb).tense in ("past", "future")


def _awaits(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X is expected in Y on Monday": a visit that lies ahead, of one of rank."""
    is_headline = read.in_title(verb) and read.parse.tag[verb] in ("VBD", "VBN") and not kids(read.parse, verb, "dobj")
    if kids(read.parse, verb, "xcomp") or not (is_passive(read.parse, verb) or is_headline):
        return []
    guests = [c for i in kids(read.parse, verb, "nsubjpass", *(["nsubj"] * is_headline)) for c in party(read, i)]
    if not any(a.level in _TOP for c in guests for a in c.actors):
        return []
    found = []
    for goal, hosts in goals(read, verb, pattern.prep):
        if codes(guests) and codes(guests)[0] not in codes(hosts):
            found.append(_made(read, verb, "visit", guests, hosts)._replace(goal=goal, status="planned"))
    return found


# Receiving and meeting --------------------------------------------------------------------------------------------


def _hosts(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"X received Y": the subject is on its own ground."""
    heads = undergoers(read, verb)
    if any("event" in sorts(read.lemma[i]) for i in heads):
        return []
    guests = [c for i in heads if _is_guest(read, i) and _is_nameable(read, i) for c in party(read, i)]
    guests = guests or [c for i in heads if read.low[i] in _HIM and doers(read, verb) for c in party(read, i)]
    guests, hosts = guests or _lost(read, verb), doers(read, verb)
    if not guests or (codes(hosts) and set(codes(hosts)) == set(codes(guests))):
        return []
    is_courtesy = "courtesy" in read.words(read.parse.sentence(verb))
    return [_made(read, verb, "courtesy_call" if is_courtesy else "meeting", guests, hosts)]


def _is_guest(read: Reading, i: int) -> bool:
    """Whether a noun is people that one receives or meets: no "tanks", no "demand"."""
    groups = lexicon().groups["official"]
    mention = read.doc.mention_at(i)
    if mention is not None and mention.kind == "group" and mention.level in (None, "CIV"):
        return read.low[i] in groups
    return is_person(mention) or read.lemma[i] in groups or read.lemma[i] == "counterpart"


def _is_nameable(read: Reading, i: int) -> bool:
    return read.parse.pos[i] != "PRON"


def _lost(read: Reading, verb: int) -> list[Cast]:
    """The person right behind a verb whose object the parse lost ("received today Minister …", "met visiting …")."""
    if is_passive(read.parse, verb):
        return []
    i = verb + 1
    while i < min(len(read.low), verb + _NEAR) and _is_between(read, i):
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
    elif pattern.prep:
        second = after(read, verb, "with") or _with_later(read, verb)
    else:
        second = [c for i in objects if _is_guest(read, i) for c in party(read, i)]
        second = second or after(read, verb, "with") or _lost(read, verb)
    if (objects and not second) or (not second and len(codes(first)) < 2):
        return []
    made = _made(read, verb, "meeting", first, second, is_ordered=False)
    return [made._replace(goal=place_in_clause(read, verb))]


def _with_later(read: Reading, verb: int) -> list[Cast]:
    """Whom one meets where the parse hangs "with" on a stretch of time ("conferred for two hours with …")."""
    nouns = [k for p in kids(read.parse, verb, "prep") for k in kids(read.parse, p, "pobj")]
    return distinct(c for noun in [*nouns, *kids(read.parse, verb, "npadvmod")] for c in after(read, noun, "with"))


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
    made = _made(read, verb, "meeting", first, second, is_ordered=False)
    if len(named) < 2 or is_passive(read.parse, verb) or made.status != "happened":
        return []
    phone = read.words(read.parse.sentence(verb)) & word_set("phone")
    return [made._replace(kind="phone_call" if phone else "meeting", is_weak=True)]


# Calls and summonses ----------------------------------------------------------------------------------------------


def _phones(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"X telephoned Y", "X called Y" among people of rank."""
    first = doers(read, verb)
    second = [c for i in undergoers(read, verb) if _is_guest(read, i) for c in party(read, i)]
    if not first or not second or set(codes(first)) == set(codes(second)):
        return []
    names_it = kids(read.parse, verb, "oprd", "acomp", "ccomp", "prt", "attr")
    if read.lemma[verb] == "call" and (names_it or not _are_high(first[0], second[0])):
        return []
    return [_made(read, verb, "phone_call", first, second)]


def _speaks(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X spoke with Y": by phone where that is said, else where both hold high offices; no talk to the press."""
    if any(read.in_set(i, "audience") for _, i in obliques(read.parse, verb, pattern.prep)):
        return []
    first, second = doers(read, verb), after(read, verb, pattern.prep)
    if pattern.prep in _MEANS:
        is_call = bool(read.words(i for _, i in obliques(read.parse, verb, pattern.prep)) & word_set("phone"))
        is_both = is_call and len(codes(first)) > 1 and _are_high(*first)
        return [_made(read, verb, "phone_call", first, [], is_ordered=False)] if is_both else []
    if not first or not second or set(codes(first)) == set(codes(second)):
        return []
    by_phone = read.words(read.parse.sentence(verb)) & word_set("phone")
    if not by_phone and not (_are_high(first[0], second[0]) and pattern.prep == "with"):
        return []
    return [_made(read, verb, "phone_call", first, second)]


def _are_high(*found: Cast) -> bool:
    """Whether all hold offices of state, or are called colleagues of those who do."""
    return all(any(_is_high(a) for a in c.actors) for c in found)


def _is_high(actor: Actor) -> bool:
    return actor.level in _TOP or bool(word_set("peers") & set((actor.role or "").lower().split()))


def _summons(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X summoned the ambassador of Y": the envoy comes, the subject or the ministry is host."""
    is_invited = read.lemma[verb] == "invite" or pattern.prep == "to"
    if is_invited and not _is_to_ministry(read, verb):
        return []
    heads = undergoers(read, verb) or [i for _, i in obliques(read.parse, verb, "in")]
    people = [c for i in heads for c in party(read, i)]
    sent = [c for c in people if any(a.level in _ENVOYS for a in c.actors)]
    hosts = doers(read, verb) or after(read, verb, "to", "by")
    if not sent and (is_invited or pattern.words or not codes(hosts)):
        return []
    envoys = sent or [c for c in people if c.codes]
    if not envoys or (codes(hosts) and codes(hosts) == codes(envoys)):
        return []
    return [_made(read, verb, "summons", envoys, hosts)]


def _is_to_ministry(read: Reading, verb: int) -> bool:
    """"Was invited to the foreign ministry": a milder word for a summons."""
    heads = [i for _, i in obliques(read.parse, verb, "to")]
    return any({"ministry", "mfa"} & read.words([i, *kids(read.parse, i, "compound", "amod")]) for i in heads)


def _calls_on(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X called on Y", but not "called on Y to do"."""
    if kids(read.parse, verb, "xcomp", "ccomp", "dobj", "advcl"):
        return []
    first = [c for c in doers(read, verb) if any(a.level is not None for a in c.actors)]
    second = after(read, verb, pattern.prep) or [c for c in [next_actor(read, verb + 2, verb + 3)] if c is not None]
    second = [c for c in second if any(a.level is not None for a in c.actors)]
    return [_made(read, verb, "courtesy_call", first, second)] if first and second else []


def _accredits(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"The ambassador presented his credentials to the president": the envoy is received by the head of state."""
    papers = kids(read.parse, verb, "dobj", "nsubjpass")
    words = read.words(k for i in papers for k in subtree(read.parse, i, without=("relcl", "acl")))
    if not papers or not words & word_set("credentials") or is_passive(read.parse, verb):
        return []
    envoys = [c for c in doers(read, verb) if c.codes or any(a.level in _ENVOYS for a in c.actors)]
    hosts = [c for c in after(read, verb, "to") if not set(c.codes) & set(codes(envoys))]
    return [_made(read, verb, "meeting", envoys, hosts)] if envoys else []


def _returns(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"The minister returned from Oslo": one of rank was there."""
    if told(read, verb) not in ("happened", "ongoing"):
        return []
    visitors = [c for c in doers(read, verb) if any(a.level in _TOP for a in c.actors)]
    found = []
    for goal, hosts in goals(read, verb, "from") if visitors else ():
        if codes(visitors) and codes(visitors)[0] not in codes(hosts):
            made = _made(read, verb, "visit", visitors, hosts)
            found.append(made._replace(goal=goal, status="happened"))
    return found


def _co_chairs(read: Reading, i: int) -> list[Draft]:
    """"A of X and B of Y co-chaired consultations", whose verb comes in three tokens: a session or meeting of both."""
    chair = i + 2
    if chair >= len(read.low) or read.lemma[chair] not in ("chair", "chaire", "head", "lead"):
        return []
    first = next((d for k in (i, i + 1, chair) if (d := doers(read, k))), [])
    behind = range(chair + 1, min(read.parse.sentence(i).stop, chair + 1 + _NEAR))
    noun = next((k for k in behind if sorts(read.lemma[k]) or sorts(read.low[k])), None)
    if noun is None or len(codes(first)) < 2:
        return []
    names = sorts(read.low[noun]) or sorts(read.lemma[noun])
    if is_session(read, noun, names):
        return []
    kind = "consultations" if "consultations" in names else "meeting"
    made = _made(read, noun, kind, first, [], is_ordered=False)._replace(verb=chair, status="happened")
    return [made._replace(goal=place_in_clause(read, i))]


def _by_phone(read: Reading, verb: int) -> list[Draft]:
    """"The ministers went over it by telephone": a call, whatever the verb, where two states are its subject."""
    if not read.words(i for _, i in obliques(read.parse, verb, *_MEANS)) & word_set("phone"):
        return []
    first = doers(read, verb)
    if len(codes(first)) < 2 or not all(any(a.level in _TOP or a.name for a in c.actors) for c in first):
        return []
    return [_made(read, verb, "phone_call", first, [], is_ordered=False)]

# Attending --------------------------------------------------------------------------------------------------------


def _attends(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X attended the Y summit": a meeting of several states, its host the state on whose ground it is."""
    nouns = [i for _, i in obliques(read.parse, verb, pattern.prep)] if pattern.prep else undergoers(read, verb)
    for noun in nouns:
        event = event_at(read, noun)
        visitors = doers(read, verb) if event is not None else []
        goal, hosts = host_of_event(read, noun, verb, codes(visitors)) if visitors else (None, [])
        if event is not None and hosts and told(read, verb) != "proposed":
            return [_made(read, verb, event, visitors, hosts)._replace(goal=goal, is_multilateral=True)]
    return []


_SHAPES: dict[str, Callable[[Reading, int, Pattern], list[Draft]]] = {
    "go": _goes, "stay": _stays, "await": _awaits, "host": _hosts, "meet": _meets,
    "phone": _phones, "speak": _speaks, "summon": _summons,
    "accredit": _accredits, "return": _returns, "call_on": _calls_on, "attend": _attends, "discuss": _discusses,
}  # fmt: skip
