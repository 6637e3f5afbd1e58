"""Visits and meetings that a noun tells: "a visit by X to Y", "talks between X and Y", "a phone call with X"."""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.visits.casting import after, codes, doers, is_weighed
from bilateral.extract.visits.commissions import is_session, session
from bilateral.extract.visits.events import event_at, host_of_event
from bilateral.extract.visits.lexicon import lexicon, sorts, word_set
from bilateral.extract.visits.phrase import FAR, around, carrier, clause_verb, is_known, left, two_sides
from bilateral.extract.visits.places import Goal, goals, ground, place_in_clause, place_near
from bilateral.extract.visits.reading import Draft, Reading, told_of_noun
from bilateral.extract.visits.talks import is_of_talks, meeting
from bilateral.model import Status
from bilateral.scene import Cast
from bilateral.syntax import is_verb, kids, subjects, subtree

_OWNERS = 6


def noun_drafts(read: Reading) -> Iterator[Draft]:
    """The visits and meetings that nouns tell, in text order."""
    for i, lemma in enumerate(read.lemma):
        found = sorts(read.low[i]) or sorts(lemma)
        if found and read.parse.pos[i] in ("NOUN", "PROPN") and not _is_modifier(read, i):
            draft = _draft(read, i, found)
            if draft is not None:
                yield draft


def _is_modifier(read: Reading, i: int) -> bool:
    """"Visit programme", "trade talks deadline": a noun that only describes another."""
    return read.parse.dep[i] in ("compound", "amod", "nmod") and read.parse.head[i] > i


def _draft(read: Reading, i: int, names: tuple[str, ...]) -> Draft | None:
    if any(read.low[k] == "courtesy" for k in kids(read.parse, i, "amod", "compound", "nmod")):
        return _courtesy(read, i)
    if read.low[i] in word_set("many"):
        return None
    if "visit" in names:
        return _visit(read, i)
    if "call" in names:
        verb = carrier(read, i)
        return _courtesy(read, i) if verb is not None and read.lemma[verb] == "pay" else _call(read, i)
    if read.lemma[i] == "round" and not is_of_talks(read, i):
        return None
    if is_session(read, i, names):
        return session(read, i)
    if read.lemma[i] == "session" and any(read.in_set(k, "talks") for k in kids(read.parse, i, "compound", "nmod")):
        return meeting(read, i, ("meeting",))  # "held a talks session"
    if "event" in names and event_at(read, i):
        return _event(read, i)
    return meeting(read, i, names) if {"consultations", "meeting", "summit"} & set(names) else None


# Visits -----------------------------------------------------------------------------------------------------------


def _visit(read: Reading, i: int) -> Draft | None:
    """A visit: who goes by owner, "by", "of", or the carrying verb; whose ground by "to", "in", or a name before it."""
    invited = _invited(read, i)
    if invited is not None:
        return invited
    verb = carrier(read, i)
    goal = _goal(read, i, verb)
    visitors, goal = _travellers(read, i, verb, goal)
    near = around(read, i, verb)
    hosts = goal[1] if goal is not None else near if visitors != near and codes(near) != codes(visitors) else []
    hosts = [*_inviters(read, i), *hosts]
    if codes(visitors) and codes(visitors) == codes(hosts) and not is_weighed(visitors):
        return None
    place = goal[0] if goal is not None else place_near(read, verb)
    known = is_known(read, i) and not (visitors and hosts)
    return Draft(
        i, _kind(read, i), told_of_noun(read, i, verb), tuple(visitors), tuple(hosts), True, place, verb,
        f'"{read.low[i]}"', known,
    )  # fmt: skip


def _invited(read: Reading, i: int) -> Draft | None:
    """"An invitation from the Speaker for a visit this autumn": planned where it is accepted, else proposed."""
    parse, prep = read.parse, read.parse.head[i]
    over = parse.head[prep]
    if parse.dep[i] != "pobj" or read.low[prep] not in ("for", "to") or read.lemma[over] != "invitation":
        return None
    verb = clause_verb(read, i)
    taken = [v for v in range(over, parse.sentence(i).stop) if read.lemma[v] == "accept" and is_verb(parse, v)]
    taken += [verb] if verb is not None and read.lemma[verb] == "accept" else []
    hosts = after(read, over, "from", "of", "by") or left(read, over)
    guests = [c for v in taken[:1] for c in doers(read, v)] or (after(read, verb, "to") if verb is not None else [])
    if not (hosts or guests):
        return None
    goal = _goal(read, i, None)
    status: Status = "planned" if taken else "proposed"
    return Draft(
        i, _kind(read, i), status, tuple(guests), tuple(hosts), True, goal[0] if goal else None, None, '"invitation"'
    )  # fmt: skip


def _travellers(read: Reading, i: int, verb: int | None, goal: Goal | None) -> tuple[list[Cast], Goal | None]:
    """Who goes, and the goal where a name before the noun is one ("the minister's Oslo visit")."""
    before, near = left(read, i), around(read, i, verb)
    receives = verb is not None and read.lemma[verb] in lexicon().carry["host"]
    visitors = [c for c in before if goal is None or c.codes != goal[1][0].codes] or after(read, i, "by", "of", "from")
    if goal is None and len(codes(before)) > 1:
        return before[:1], (None, before[1:2])
    if goal is None and before and near and codes(before) != codes(near) and not receives:
        return near, (None, before[:1])
    is_told = bool(visitors) or any(read.low[k] == "by" for k in kids(read.parse, i, "prep"))
    return (visitors if is_told or receives else near), goal


def _goal(read: Reading, i: int, verb: int | None) -> Goal | None:
    """The place behind "to" after a visit, in its phrase, on its verb, or next in the sentence."""
    paid = [k for k in kids(read.parse, i, "relcl") if read.lemma[k] in ("pay", "make", "undertake", "begin")]
    heads = [h for h in (i, verb, *paid) if h is not None]
    found = next((g for h in heads for prep in ("to", "in") for g in goals(read, h, prep)), None) or _next_to(read, i)
    if found is not None:
        return found
    near = place_in_clause(read, i)
    return ground(read, read.parse.tokens(near.start, near.end)[-1]) if near is not None else None


def _next_to(read: Reading, i: int) -> Goal | None:
    """The place behind the next "to", where the parse hangs it elsewhere ("the visit of X, led by Y, to Z")."""
    parse = read.parse
    end = min(parse.sentence(i).stop, i + FAR)
    for k in range(i + 1, end - 1):
        if read.low[k] == "to" and parse.tag[k] == "IN":
            found = next((g for j in range(k + 1, min(k + 4, end)) if (g := ground(read, j)) is not None), None)
            if found is not None:
                return found
        if parse.tag[k] in ("VBD", "VBZ", "MD") and read.lemma[k] not in ("take", "be"):
            return None
    return None


def _inviters(read: Reading, i: int) -> list[Cast]:
    """The host named in "at the invitation of Y"."""
    at = next((k for k in read.parse.sentence(i) if read.lemma[k] == "invitation"), None)
    return [] if at is None else after(read, at, "of", "from") or left(read, at)


def _kind(read: Reading, i: int) -> str:
    """The kind of a visit as worded: state, official, working; "visit" where nothing says."""
    before = [k for k in subtree(read.parse, i, without=("relcl", "acl", "prep", "appos")) if k < i]
    kinds = lexicon().visit_kinds
    return next((kinds[read.low[k]] for k in reversed(before) if read.low[k] in kinds), "visit")


# Calls and events -------------------------------------------------------------------------------------------------


def _courtesy(read: Reading, i: int) -> Draft:
    """A courtesy call: who pays it, and on whom."""
    verb = carrier(read, i)
    receives = verb is not None and read.lemma[verb] in lexicon().carry["host"]
    guests = after(read, i, "by", "from", "of") or left(read, i) or ([] if receives else around(read, i, verb))
    hosts = doers(read, verb) if receives and verb is not None else after(read, i, "on", "upon", "to")
    status = told_of_noun(read, i, verb)
    return Draft(i, "courtesy_call", status, tuple(guests), tuple(hosts), True, None, verb, '"courtesy call"')


def _call(read: Reading, i: int) -> Draft | None:
    """A call or conversation by phone or video; no port call, and no means ("talks by videoconference")."""
    words = read.words(subtree(read.parse, i, without=("relcl", "acl")))
    verb = carrier(read, i)
    own, other, both = two_sides(read, i, verb if verb is not None else clause_verb(read, i))
    own = own or around(read, i, verb)
    caller = after(read, i, "from") or (after(read, verb, "from") if verb is not None else [])
    if caller and not other and codes(caller) != codes(own):
        own, other = caller, own
    is_means = read.parse.dep[i] == "pobj" and read.low[read.parse.head[i]] in ("by", "via", "through", "over")
    is_of_pair = not (own or other) and bool(words & word_set("phone")) and _is_of_two(read, i)
    if "port" in words or is_means or not (own or other or is_of_pair):
        return None
    if not words & (word_set("phone") | word_set("video")) and not (read.low[i] == "call" and other and own):
        return None
    status, known = told_of_noun(read, i, verb), is_known(read, i) and not both and not is_of_pair
    return Draft(i, "phone_call", status, tuple(own), tuple(other), True, None, verb, f'"{read.low[i]}"', known)


def _is_of_two(read: Reading, i: int) -> bool:
    """Whether a call that names nobody is that of "they" or of "the two leaders": then of the pair spoken of."""
    parse, verb = read.parse, clause_verb(read, i)
    owners = kids(parse, i, "poss") or [k for k in range(max(0, i - _OWNERS), i) if parse.dep[k] == "poss"]
    near = [k for o in owners for k in range(max(0, o - _OWNERS), o + 1)]
    if any(read.low[k] in ("two", "their") or read.in_set(k, "pair") for k in near):
        return True
    return verb is not None and any(read.low[s] in ("they", "both") for s in subjects(parse, verb))


def _event(read: Reading, i: int) -> Draft | None:
    """Words spoken at a meeting of several states ("in his remarks at the summit"): the speaker attends."""
    kind, parse = event_at(read, i), read.parse
    if kind is None or parse.dep[i] != "pobj" or read.low[parse.head[i]] not in ("at", "in", "during"):
        return None
    over = parse.head[parse.head[i]]
    own = _speakers(read, over)
    goal, hosts = host_of_event(read, i, over, codes(own)) if own else (None, [])
    if not hosts:
        return None
    rule = f'"{read.low[i]}"'
    return Draft(i, kind, "happened", tuple(own), tuple(hosts), True, goal, None, rule, is_multilateral=True)


def _speakers(read: Reading, over: int) -> list[Cast]:
    """Who speaks at an event: the owner of the remarks, or who says something there."""
    parse = read.parse
    if read.in_set(over, "spoken"):
        own = [c for c in left(read, over) if c.codes]
        return own or (doers(read, parse.head[parse.head[over]]) if parse.dep[over] == "pobj" else [])
    if not is_verb(parse, over) or not read.in_set(over, "saying"):
        return []
    return [c for c in doers(read, over) if any(a.name or a.level for a in c.actors)]
