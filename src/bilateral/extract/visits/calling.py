"""Calls, summonses, courtesy calls, credentials and co-chaired talks that verbs tell."""

from __future__ import annotations

from bilateral.extract.visits.acting import ENVOYS, NEAR, TOP, are_high, is_guest, made, with_later
from bilateral.extract.visits.casting import after, codes, doers, next_actor, party, undergoers
from bilateral.extract.visits.commissions import is_session
from bilateral.extract.visits.lexicon import Pattern, sorts, word_set
from bilateral.extract.visits.places import place_in_clause
from bilateral.extract.visits.reading import Draft, Reading
from bilateral.scene import Cast
from bilateral.syntax import is_passive, kids, obliques, subjects, subtree

_MEANS = ("by", "on", "over")


def phones(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"X telephoned Y", "X called Y" among people of rank."""
    first = doers(read, verb)
    second = [c for i in undergoers(read, verb) if is_guest(read, i) for c in party(read, i)]
    if not first or not second or set(codes(first)) == set(codes(second)):
        return []
    names_it = kids(read.parse, verb, "oprd", "acomp", "ccomp", "prt", "attr")
    if read.lemma[verb] == "call" and (names_it or not are_high(first[0], second[0])):
        return []
    return [made(read, verb, "phone_call", first, second)]


def speaks(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X spoke with Y": by phone where that is said, else where both hold high offices; no talk to the press."""
    if any(read.in_set(i, "audience") for _, i in obliques(read.parse, verb, pattern.prep)):
        return []
    first, second = doers(read, verb), after(read, verb, pattern.prep)
    if pattern.prep in _MEANS and (found := with_later(read, verb)):
        is_call = bool(read.words(i for _, i in obliques(read.parse, verb, pattern.prep)) & word_set("phone"))
        is_of_two = first and set(codes(first)) != set(codes(found))
        return [made(read, verb, "phone_call", first, found)] if is_call and is_of_two else []
    if pattern.prep in _MEANS:
        is_call = bool(read.words(i for _, i in obliques(read.parse, verb, pattern.prep)) & word_set("phone"))
        is_both = is_call and len(codes(first)) > 1 and are_high(*first)
        return [made(read, verb, "phone_call", first, [], is_ordered=False)] if is_both else []
    if not first or not second or set(codes(first)) == set(codes(second)):
        return []
    by_phone = read.words(read.parse.sentence(verb)) & word_set("phone")
    if not by_phone and not (are_high(first[0], second[0]) and pattern.prep == "with"):
        return []
    return [made(read, verb, "phone_call", first, second)]


def summons(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X summoned the ambassador of Y": the envoy comes, the subject or the ministry is host."""
    is_invited = read.lemma[verb] == "invite" or pattern.prep == "to"
    if is_invited and not _is_to_ministry(read, verb):
        return []
    heads = undergoers(read, verb) or [i for _, i in obliques(read.parse, verb, "in")]
    people = [c for i in heads for c in party(read, i)]
    sent = [c for c in people if any(a.level in ENVOYS for a in c.actors)]
    hosts = doers(read, verb) or after(read, verb, "to", "by")
    if not sent and (is_invited or pattern.words or not codes(hosts)):
        return []
    envoys = sent or [c for c in people if c.codes]
    if not envoys or (codes(hosts) and codes(hosts) == codes(envoys)):
        return []
    return [made(read, verb, "summons", envoys, hosts)]


def _is_to_ministry(read: Reading, verb: int) -> bool:
    """"Was invited to the foreign ministry": a milder word for a summons."""
    heads = [i for _, i in obliques(read.parse, verb, "to")]
    return any({"ministry", "mfa"} & read.words([i, *kids(read.parse, i, "compound", "amod")]) for i in heads)


def calls_on(read: Reading, verb: int, pattern: Pattern) -> list[Draft]:
    """"X called on Y", but not "called on Y to do"."""
    if kids(read.parse, verb, "xcomp", "ccomp", "dobj", "advcl"):
        return []
    first = [c for c in doers(read, verb) if any(a.level is not None for a in c.actors)]
    second = after(read, verb, pattern.prep) or [c for c in [next_actor(read, verb + 2, verb + 3)] if c is not None]
    second = [c for c in second if any(a.level is not None for a in c.actors)]
    return [made(read, verb, "courtesy_call", first, second)] if first and second else []


def accredits(read: Reading, verb: int, _: Pattern) -> list[Draft]:
    """"The ambassador presented his credentials to the president": the envoy is received by the head of state."""
    papers = kids(read.parse, verb, "dobj", "nsubjpass")
    words = read.words(k for i in papers for k in subtree(read.parse, i, without=("relcl", "acl")))
    if not papers or not words & word_set("credentials") or is_passive(read.parse, verb):
        return []
    envoys = [c for c in doers(read, verb) if c.codes or any(a.level in ENVOYS for a in c.actors)]
    hosts = [c for c in after(read, verb, "to") if not set(c.codes) & set(codes(envoys))]
    return [made(read, verb, "meeting", envoys, hosts)] if envoys else []


def co_chairs(read: Reading, i: int) -> list[Draft]:
    """"A of X and B of Y co-chaired consultations", whose verb comes in three tokens: a session or meeting of both."""
    chair = i + 2
    if chair >= len(read.low) or read.lemma[chair] not in ("chair", "chaire", "head", "lead"):
        return []
    first = next((d for k in (i, i + 1, chair) if (d := doers(read, k))), [])
    first = first or _of_first(read, i)
    behind = range(chair + 1, min(read.parse.sentence(i).stop, chair + 1 + NEAR))
    noun = next((k for k in behind if sorts(read.lemma[k]) or sorts(read.low[k])), None)
    heads = [] if noun is None else [noun, *kids(read.parse, chair, "dobj")]
    inner = [k for h in heads for k in subtree(read.parse, h, without=("relcl", "acl"))]
    second = [] if noun is None or len(codes(first)) > 1 else [c for k in inner for c in after(read, k, "with")][:1]
    if noun is None or (len(codes(first)) < 2 and not (first and second)):
        return []
    names = sorts(read.low[noun]) or sorts(read.lemma[noun])
    if is_session(read, noun, names):
        return []
    kind = "consultations" if "consultations" in names else "meeting"
    draft = made(read, noun, kind, first, second, is_ordered=False)._replace(verb=chair, status="happened")
    return [draft._replace(goal=place_in_clause(read, i))]


def _of_first(read: Reading, verb: int) -> list[Cast]:
    """The doers of the verb that one is joined to ("she was received and co-chaired talks")."""
    over = read.parse.head[verb]
    return [c for s in subjects(read.parse, over) for c in party(read, s)] if read.parse.dep[verb] == "conj" else []


def by_phone(read: Reading, verb: int) -> list[Draft]:
    """"The ministers went over it by telephone": a call, whatever the verb, where two states are its subject."""
    if not read.words(i for _, i in obliques(read.parse, verb, *_MEANS)) & word_set("phone"):
        return []
    first = doers(read, verb)
    second = after(read, verb, "to", "with") if len(codes(first)) == 1 else []
    if second and are_high(first[0], second[0]) and codes(second) != codes(first):
        return [made(read, verb, "phone_call", first, second)]
    if len(codes(first)) < 2 or not all(any(a.level in TOP or a.name for a in c.actors) for c in first):
        return []
    return [made(read, verb, "phone_call", first, [], is_ordered=False)]
