"""What a report on two states leaves unsaid: a party that a sentence does not name, where the words leave one reading.

A report is about two states if nearly all that it names is theirs and the lesser one runs through it. A party is filled
in only where the other one is named nearby, nobody else stands in its place, and states do such acts to states.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

from bilateral.extract.events.arguments import Frame
from bilateral.extract.events.finding import Hit
from bilateral.extract.events.naming import Asking, named
from bilateral.extract.events.view import View
from bilateral.model import Actor
from bilateral.scene import codes_of
from bilateral.syntax import is_passive, kids, obliques, tense
from bilateral.text import Resolved

PRIVATE = frozenset({"CVL", "EDU", "JRN", "BUS", "LAB", "NGO", "REL", "REB", "CRM", "OPP", "PRM", "AGR", "REF", "SPY"})
_JOINT = ("joint", "bilateral", "combined", "common")
_TOGETHER_WORDS = frozenset({"joint", "jointly", "together", "bilateral", "mutual"})
_MISSIONS = frozenset({"embassy", "mission", "consulate", "ambassador", "envoy", "attache", "attaché", "consul"})
# A report is about two states if they make up _MOST of what it names, the lesser _LEAST of that and _OFTEN times.
_LEAST, _MOST, _OFTEN, PAIR = 0.12, 0.75, 2, 2
# Sentences up to which a text is short; a longer one must name both states in this share of them.
# Unless it names the one nearly as often as the other, and hardly anybody else.
_SHORT, _TOGETHER = 15, 0.6
_EVENLY, _NEARLY_ALL = 0.25, 0.8
_FACED = frozenset({"mobilise", "missile"})
# What states do without any other one in mind.
_OPEN_ENDED = frozenset({"COOPERATE", "SUPPORT"})
# Kinds of words of support that somebody deserves by what he did.
_KIND = frozenset({"praise", "thank", "support", "ease"})
# Acts against people who may be a state's own, and those of whom that is likely.
_HELD = frozenset({"arrest", "convict", "deport"})
_ANYBODY = frozenset({"man", "men", "woman", "women", "people", "worker", "workers", "student", "students", "official",
                      "officials", "officer", "officers", "employee", "employees", "leader", "leaders"})  # fmt: skip
_RETURNING = frozenset({"return", "reciprocal"})
# Bodies in which both sides sit.
_BODIES = frozenset({"commission", "committee", "group", "council", "panel", "session", "board", "year"})
# What forces or crowds do that are told of without saying whose they are.
_FORCED = frozenset({"ASSAULT", "COERCE", "PROTEST"})
# What one side does to the other one, so that whose it is leaves only one to whom it is done.
_OWN_ACTS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "AID", "RETREAT", "CONCEDE", "ACCUSE", "PROTEST"})
# What is done to somebody of the one side and told without saying who does it ("were deported", "after guards fired").
_DONE_TO = frozenset({"COERCE", "SANCTION", "RETREAT", "CONCEDE", "AID", "REJECT", "ACCUSE", "ASSAULT", "PROTEST"})
# Acts that two do together, so that a sentence that names just two means them.
_BETWEEN = frozenset({"sign", "agree", "force", "ties", "ceasefire", "exercise", "negotiate"})
_BESIDE = frozenset({"alongside", "with", "together", "joint"})


def is_bilateral(doc: Resolved) -> bool:
    """Whether a report is about two states: most of what it names is theirs, and each is named often enough.

    A longer text must also name the two together in most of its sentences, or name them evenly and hardly anybody else:
    else one of them is only a theme of it.
    """
    counts: Counter[str] = Counter()
    for m in doc.mentions:
        is_private = bool(m.sectors) and m.sectors[0] in PRIVATE - {"CVL"}
        if m.kind not in ("date", "place", "collective") and len(m.codes) == 1 and not is_private:
            counts[m.codes[0]] += 1
    pair = sorted(counts[c] for c in doc.dyad)
    if len(pair) != PAIR or pair[0] < _OFTEN:
        return False
    if pair[0] < _LEAST * sum(pair) or sum(pair) < _MOST * counts.total():
        return False
    return _runs_through(doc) or (pair[0] >= _EVENLY * sum(pair) and sum(pair) >= _NEARLY_ALL * counts.total())


def _runs_through(doc: Resolved) -> bool:
    """Whether both states of the pair are there all along: in a longer text, in most of its sentences together, or in
    its first, which is its headline or lead, and nobody else."""
    if is_short(doc):
        return True
    naming = named_in(doc)
    together = sum(len(codes & set(doc.dyad)) == PAIR for codes in naming)
    return together >= _TOGETHER * len(doc.parse.sents) or naming[0] == set(doc.dyad)


def is_short(doc: Resolved) -> bool:
    """Whether a text is short enough for its sentences to be about one thing."""
    return len(doc.parse.sents) <= _SHORT


def named_in(doc: Resolved) -> list[frozenset[str]]:
    """The states and organisations that each sentence names, by themselves or by their people."""
    found: list[set[str]] = [set() for _ in doc.parse.sents]
    for m in doc.mentions:
        if m.kind != "date" and m.codes:
            for at in {bisect_right(doc.parse.sents, i) - 1 for i in doc.parse.tokens(m.start, m.end)}:
                found[at].update(m.codes)
    return [frozenset(codes) for codes in found]


def meant(asking: Asking, hit: Hit, slots: Frame, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The recipients that a sentence leaves unsaid, by what the trigger is and whom the report is about."""
    faced = _faced(asking, hit, codes_of(actors)) if hit.row.group in _FACED else ()
    if _is_among_them(asking, slots, codes_of(actors)):
        return ()
    is_private = any(a.sectors and a.sectors[0] in PRIVATE for a in actors)
    if not asking.bilateral and len(asking.named) != PAIR and (found := _doers(asking, hit, slots, codes_of(actors))):
        return found
    if hit.row.group not in asking.words.fill and is_private != (hit.row.code == "PROTEST"):
        return faced
    if faced or not _may_fill_recipient(asking, hit, slots) or _names_a_third(asking, hit, codes_of(actors)):
        return faced
    return _host(asking, slots, actors) or other_of(asking, codes_of(actors), vague=hit.row.group == "promise")


def _is_between_two(asking: Asking, hit: Hit, slots: Frame) -> bool:
    """Whether a sentence of a short text names two states, and its words say what the one does: a finite verb, a
    participle of its clause ("accusing", "after detaining them"), or a noun with an owner ("Oslo's naval drill")."""
    parse, is_named = asking.doc.parse, len(asking.named) == PAIR
    if hit.row.code in _OPEN_ENDED and not _is_kindness(asking, hit):
        return False
    if not (is_named or (asking.bilateral and asking.is_short)):
        return False
    if not (hit.is_verbal or hit.how == "obj"):
        is_owned = any(s.name in ("owner", "by") for s in slots.actors) and asking.view.lemma[hit.token] != "patrol"
        return is_named and is_owned and hit.row.code in _OWN_ACTS
    verb = hit.host if hit.host is not None else hit.token
    if asking.view.lemma[verb] in ("concede", "admit", "suspect") and hit.row.to[:1] != ("obj",):
        return False
    if parse.dep[verb] == "relcl":
        return is_named and hit.row.code in _OWN_ACTS - {"ACCUSE"} and tense(parse, verb).tense == "past"
    is_beside = is_named and parse.dep[verb] in ("advcl", "pcomp", "conj") and hit.row.code in _OWN_ACTS
    return tense(parse, verb).tense != "none" or is_beside


def _is_kindness(asking: Asking, hit: Hit) -> bool:
    """Whether words of praise or thanks are for what somebody did ("welcomed the decision", "grateful for the help"),
    which in a report on two states was the other one."""
    view, top = asking.view, hit.host if hit.host is not None else hit.token
    if hit.row.code != "SUPPORT" or hit.row.group not in _KIND or not view.holds(top, asking.words.sets["deeds"]):
        return False
    deeds = [k for k in view.reach(top) if view.is_any(k, asking.words.sets["deeds"])]
    owners = [o for k in deeds for o in kids(view.parse, k, "poss")]
    return all(view.parse.pos[o] == "PRON" or named(asking.doc, view, o) for o in owners)


def _doers(asking: Asking, hit: Hit, slots: Frame, own: tuple[str, ...]) -> tuple[Actor, ...]:
    """Who did what words of praise, blame or refusal point back to ("Lima applauded the step", "rejected it")."""
    view, codes = asking.view, asking.doers - set(own)
    if hit.row.code not in ("SUPPORT", "ACCUSE", "REJECT") or not 0 < len(codes) <= PAIR or not hit.is_verbal:
        return ()
    meant = [t for s in slots.recipients if s.name in ("obj", "on", "over", "at", "for", "to") for t in s.tokens]
    acts = [t for t in meant if view.is_any(t, asking.words.sets["acts"])]
    is_back = any(view.low[t] in ("it", "that", "this") for t in meant)
    is_back = is_back or any(view.low[k] in ("the", "this", "that") for t in acts for k in view.parse.children[t])
    return tuple(Actor(country=c) for c in sorted(codes)) if is_back else ()


def _is_wished_of_nobody(asking: Asking, hit: Hit) -> bool:
    """Whether a wish leaves unsaid who is to act: "wants the tariff to be lifted"."""
    parse = asking.doc.parse
    told = kids(parse, hit.token, "ccomp", "xcomp") if hit.row.code == "REQUEST" and asking.bilateral else []
    return any(is_passive(parse, k) and kids(parse, k, "nsubjpass") for k in told)


def _is_among_them(asking: Asking, slots: Frame, own: tuple[str, ...]) -> bool:
    """Whether an act is one against or for somebody of the same state ("the senator accused the minister")."""
    persons = asking.words.sets["persons"]
    reached = [t for s in slots.recipients if s.name in ("obj", "iobj") for t in s.tokens]
    reached = [t for t in reached if asking.view.is_any(t, persons) or asking.view.is_named(t)]
    codes = {code for t in reached for c in named(asking.doc, asking.view, t) for code in c.codes}
    return bool(codes) and codes <= set(own)


def _is_foreign(asking: Asking, slots: Frame) -> bool:
    """Whether those who are arrested or tried may be the other side's: people who cross borders, or "them"."""
    view, sets = asking.view, asking.words.sets
    who = [t for s in slots.recipients if s.name == "obj" for t in s.tokens]
    crossing = (sets["captives"] | sets["envoys"]) - _ANYBODY
    return not who or any(view.parse.pos[t] == "PRON" or view.is_any(t, crossing) for t in who)


def _names_a_third(asking: Asking, hit: Hit, own: tuple[str, ...]) -> bool:
    """Whether a clause names a state outside the pair, which the act may be for ("offered to meet Chad's costs")."""
    below = asking.view.reach(hit.host if hit.host is not None else hit.token)
    found = {c for i in below if (m := asking.doc.mention_at(i)) is not None and m.kind != "place" for c in m.codes}
    known = {*own, *asking.doc.dyad, *asking.recent, *(asking.named if len(asking.named) == PAIR else ())}
    return bool(found - known)


def _faced(asking: Asking, hit: Hit, own: tuple[str, ...]) -> tuple[Actor, ...]:
    """The only other state that a sentence names, whom a show of force is for ("over", "after", "wary of")."""
    tokens = asking.doc.parse.sentence(hit.token)
    found = (asking.doc.mention_at(i) for i in tokens)
    codes = {m.codes[0] for m in found if m is not None and len(m.codes) == 1} - set(own)
    is_beside = asking.view.holds(hit.token, _BESIDE)
    return (Actor(country=codes.pop()),) if len(codes) == 1 and hit.is_verbal and not is_beside else ()


def may_fill_both(asking: Asking, hit: Hit, slots: Frame) -> bool:
    return (hit.row.mutual or bool(hit.row.joint)) and asking.bilateral and may_fill_actor(asking, hit, slots)


def may_fill_actor(asking: Asking, hit: Hit, slots: Frame) -> bool:
    """Whether who acts is left unsaid: no subject or agent stands there, or only a thing that is signed or held."""
    view, sets = asking.view, asking.words.sets
    said = [t for s in slots.actors if s.name in ("subject", "agent", "by") for t in s.tokens if not _is_vague(view, t)]
    if hit.row.mutual or hit.row.joint:
        agents = {t for s in slots.actors if s.name == "agent" for t in s.tokens}
        said = [t for t in said if not _stands_for_all(view, sets, t, is_agent=t in agents)]
    if hit.row.code == "PROTEST":
        said = [t for t in said if not view.is_any(t, sets["civilians"])]
        if not (hit.is_verbal or hit.how in ("obj", "subj")):
            return False
    is_done = _is_done_to(asking, hit, slots, said)
    owners = [t for s in slots.actors if s.name == "owner" for t in s.tokens if view.parse.dep[t] == "poss"]
    owned = [t for t in owners if view.parse.pos[t] != "PRON" or not hit.row.mutual]
    if owned or (hit.row.joint and not any(view.low[k] in _JOINT for k in view.reach(hit.host or hit.token))):
        return False
    is_sale = hit.is_verbal and hit.row.flow
    is_both = hit.row.mutual and view.holds(hit.host if hit.host is not None else hit.token, _TOGETHER_WORDS)
    is_told = (hit.row.group in asking.words.fill or is_both) and not said
    return (is_told or is_done) and not hit.row.other and not is_sale


def _is_done_to(asking: Asking, hit: Hit, slots: Frame, said: list[int]) -> bool:
    """Whether something is done to one of two sides by the other one, who is not named: "four sailors of Oslo were
    deported", "guards shot at a boat of Oslo". Who kills somebody may be anybody, so that forces must be told of."""
    view, sets = asking.view, asking.words.sets
    if hit.row.code not in _DONE_TO or not (len(asking.named) == PAIR or asking.bilateral):
        return False
    who = sets["forces"] if hit.row.code != "PROTEST" else sets["civilians"] | sets["forces"]
    is_nameless = all(view.is_any(t, who) and not named(asking.doc, view, t) for t in said)
    if said:
        return hit.is_verbal and is_nameless and hit.row.code in _FORCED
    if hit.is_verbal and any(s.name == "subject" for s in slots.actors) and not is_passive(view.parse, hit.token):
        return True
    is_patient = hit.is_verbal and any(s.name in ("obj", "iobj") for s in slots.recipients)
    return is_patient and hit.row.code != "ASSAULT" and is_passive(view.parse, hit.token)


def _stands_for_all(view: View, sets: Mapping[str, frozenset[str]], i: int, *, is_agent: bool) -> bool:
    """Whether a word may mean both sides or what they made: "the ministers", "the pact", "by exchange of notes"."""
    if view.parse.tag[i] == "NNS" or view.is_any(i, sets["accord"]) or view.is_any(i, _BODIES):
        return True
    return is_agent and not view.is_named(i) and not view.is_any(i, sets["persons"] | sets["civilians"])


def _is_vague(view: View, i: int) -> bool:
    """Whether a word only points back: "it", "they", "both", "the two"."""
    return view.parse.pos[i] in ("PRON", "DET", "NUM") and view.low[i] not in ("who", "everybody", "nobody", "i", "we")


def _may_fill_recipient(asking: Asking, hit: Hit, slots: Frame) -> bool:
    """Whether to whom is left unsaid: nobody else stands where the recipient stands ("told reporters")."""
    is_told = hit.row.group in asking.words.fill or _is_between_two(asking, hit, slots)
    if not is_told or hit.row.owned or (hit.row.other and not _is_wished_of_nobody(asking, hit)):
        return False
    if hit.how == "adj" and not (asking.bilateral and hit.row.group == "promise"):
        return False
    if _is_of_ones_own(asking, hit, slots):
        return False
    if hit.row.group == "talks" and (hit.is_verbal or hit.how == "obj"):
        several = any(asking.view.parse.tag[t] == "NNS" for s in slots.actors[:1] for t in s.tokens)
        if not several:
            return asking.view.holds(hit.token, _RETURNING)
    if hit.is_verbal and asking.view.parse.tag[hit.token] == "VBN" and asking.view.parse.dep[hit.token] == "acl":
        return any(s.name == "agent" for s in slots.actors)
    return not _is_said(asking, hit, slots)


def _is_of_ones_own(asking: Asking, hit: Hit, slots: Frame) -> bool:
    """Whether an act may be one among a state's own people: a strike, a call-up, a budget, an arrest of robbers."""
    if hit.row.code == "PROTEST" and (not asking.named or not (hit.is_verbal or hit.how in ("obj", "subj"))):
        return True
    if hit.row.code == "MOBILIZE" and not any(s.tokens for s in slots.recipients) and hit.is_verbal:
        return True
    if hit.row.group == "aid" and asking.view.lemma[hit.token] in ("approve", "announce", "raise", "increase"):
        return True
    if hit.row.group in _HELD and not _is_foreign(asking, slots):
        return True
    verb = hit.host if hit.host is not None else hit.token
    around = (verb, hit.token, *(t for s in slots.actors if s.name == "subject" for t in s.tokens))
    return any(asking.view.holds(k, asking.words.sets["home"]) for k in around)


def _is_said(asking: Asking, hit: Hit, slots: Frame) -> bool:
    """Whether somebody who is no state stands where the recipient stands."""
    view, sets = asking.view, asking.words.sets
    names = ("iobj", "to") if hit.row.group == "promise" else ("with", "to", "iobj", "obj", "clause", "on")
    said = [t for s in slots.recipients if s.name in names for t in s.tokens]
    told = [t for s in slots.recipients if s.name == "to" for t in s.tokens]
    if any(a.sectors[:1] == ("JRN",) for t in told for c in named(asking.doc, view, t) for a in c.actors):
        return True
    if hit.row.code in _OWN_ACTS and asking.bilateral:
        taken = sets["envoys"] | (sets["captives"] - _ANYBODY)
        said = [t for t in said if not (view.is_any(t, taken) and view.parse.pos[t] == "NOUN")]
    said = [t for t in said if not view.is_any(t, sets["accord"]) and not named(asking.doc, view, t)]
    vague = [t for t in said if any(view.parse.pos[k] == "PRON" for k in (t, *kids(view.parse, t, "poss")))]
    said = [t for t in said if t not in vague or len(asking.named) != PAIR]
    said = [t for t in said if view.parse.dep[t] != "conj" or hit.row.code != "REQUEST"]
    return any(view.is_any(t, sets["persons"] | sets["civilians"]) or view.is_named(t) for t in said)


def sentence_pair(asking: Asking, hit: Hit) -> tuple[Actor, ...]:
    """The two states of a sentence that names just two, where grammar does not say who signs or agrees."""
    if hit.row.group not in _BETWEEN:
        return ()
    if len(asking.named) == PAIR:
        return tuple(Actor(country=c) for c in sorted(asking.named))
    tokens = asking.doc.parse.sentence(hit.token)
    found = (asking.doc.mention_at(i) for i in tokens)
    codes = dict.fromkeys(c for m in found if m is not None and m.kind != "place" for c in m.codes)
    return tuple(Actor(country=c) for c in codes)


def _host(asking: Asking, slots: Frame, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The state that an acting mission or envoy is sent to ("the embassy in Oslo", "the ambassador to Norway")."""
    doc, own = asking.doc, {a.country for a in actors}
    for t in (t for s in slots.actors for t in s.tokens):
        mention = doc.mention_at(t)
        person = doc.person(mention.person) if mention else None
        sent = person.office.accredited if person and person.office else None
        if sent is None and asking.view.is_any(t, _MISSIONS):
            found = (c for _, k in obliques(doc.parse, t, "to", "in") for c in named(doc, asking.view, k))
            sent = next((code for c in found for code in c.codes), None)
        if sent and sent not in own:
            return (Actor(country=sent),)
    return ()


def other_of(asking: Asking, codes: tuple[str, ...], *, vague: bool = False) -> tuple[Actor, ...]:
    """The other of the pair named together just before, else of the report's pair, where one of the pair is meant."""
    is_aside = asking.bilateral and any(c.startswith("IGO") for c in asking.named - set(asking.doc.dyad))
    if len(asking.named) == PAIR and len(codes) == 1 and codes[0] in asking.named and not (vague or is_aside):
        return tuple(Actor(country=c) for c in sorted(asking.named) if c not in codes)
    pairs = (asking.recent, asking.doc.dyad) if asking.bilateral else (asking.recent & frozenset(asking.doc.dyad),)
    for pair in pairs:
        if len(pair) == PAIR and len(codes) == 1 and codes[0] in pair:
            return tuple(Actor(country=c) for c in pair if c not in codes and c in asking.near)
    return ()
