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
from bilateral.syntax import obliques, tense
from bilateral.text import Resolved

PRIVATE = frozenset({"CVL", "EDU", "JRN", "BUS", "LAB", "NGO", "REL", "REB", "CRM", "OPP", "PRM", "AGR", "REF", "SPY"})
_JOINT = ("joint", "bilateral", "combined", "common")
_MISSIONS = frozenset({"embassy", "mission", "consulate", "ambassador", "envoy", "attache", "attaché", "consul"})
# A report is about two states if they make up _MOST of what it names, the lesser _LEAST of that and _OFTEN times.
_LEAST, _MOST, _OFTEN, PAIR = 0.2, 0.78, 2, 2
# Sentences up to which a text is short; a longer one must name both states in this share of them.
_SHORT, _TOGETHER = 15, 0.6
_FACED = frozenset({"mobilise", "missile"})
# What states do without any other one in mind.
_OPEN_ENDED = frozenset({"COOPERATE", "SUPPORT"})
_BESIDE = frozenset({"alongside", "with", "together", "joint"})


def is_bilateral(doc: Resolved) -> bool:
    """Whether a report is about two states: most of what it names is theirs, and each is named often enough.

    A longer text must also name the two together in most of its sentences: else one of them is only a theme of it.
    """
    counts: Counter[str] = Counter()
    for m in doc.mentions:
        is_private = bool(m.sectors) and m.sectors[0] in PRIVATE - {"CVL"}
        if m.kind not in ("date", "place", "collective") and len(m.codes) == 1 and not is_private:
            counts[m.codes[0]] += 1
    pair = sorted(counts[c] for c in doc.dyad)
    if len(pair) != PAIR or pair[0] < _OFTEN:
        return False
    return pair[0] >= _LEAST * sum(pair) and sum(pair) >= _MOST * counts.total() and _runs_through(doc)


def _runs_through(doc: Resolved) -> bool:
    """Whether both states of the pair are there all along: in a longer text, in most of its sentences together."""
    if is_short(doc):
        return True
    together = sum(len(codes & set(doc.dyad)) == PAIR for codes in named_in(doc))
    return together >= _TOGETHER * len(doc.parse.sents)


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
    is_private = any(a.sectors and a.sectors[0] in PRIVATE for a in actors)
    if hit.row.group not in asking.words.fill and is_private != (hit.row.code == "PROTEST"):
        return faced
    if faced or not _may_fill_recipient(asking, hit, slots) or _names_a_third(asking, hit, codes_of(actors)):
        return faced
    return _host(asking, slots, actors) or other_of(asking, codes_of(actors), vague=hit.row.group == "promise")


def _is_between_two(asking: Asking, hit: Hit) -> bool:
    """Whether a sentence of a short text names two states, and a finite verb says what the one does."""
    is_pair = len(asking.named) == PAIR and hit.row.code not in _OPEN_ENDED
    is_pair = is_pair or (asking.bilateral and asking.is_short and hit.row.code not in _OPEN_ENDED)
    if not is_pair or not (hit.is_verbal or hit.how == "obj"):
        return False
    verb = hit.host if hit.host is not None else hit.token
    is_said = asking.view.lemma[verb] in ("concede", "admit", "suspect") and hit.row.to[:1] != ("obj",)
    return tense(asking.doc.parse, verb).tense != "none" and asking.doc.parse.dep[verb] != "relcl" and not is_said


def _names_a_third(asking: Asking, hit: Hit, own: tuple[str, ...]) -> bool:
    """Whether a clause names a state outside the pair, which the act may be for ("offered to meet Chad's costs")."""
    below = asking.view.reach(hit.host if hit.host is not None else hit.token)
    found = {c for i in below if (m := asking.doc.mention_at(i)) is not None and m.kind != "place" for c in m.codes}
    return bool(found - set(own) - set(asking.doc.dyad) - asking.recent)


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
    owned = [t for s in slots.actors if s.name == "owner" for t in s.tokens if view.parse.dep[t] == "poss"]
    if owned or (hit.row.joint and not any(view.low[k] in _JOINT for k in view.reach(hit.host or hit.token))):
        return False
    is_sale = hit.is_verbal and hit.row.flow
    return hit.row.group in asking.words.fill and not said and not hit.row.other and not is_sale


def _stands_for_all(view: View, sets: Mapping[str, frozenset[str]], i: int, *, is_agent: bool) -> bool:
    """Whether a word may mean both sides or what they made: "the ministers", "the pact", "by exchange of notes"."""
    if view.parse.tag[i] == "NNS" or view.is_any(i, sets["accord"]):
        return True
    return is_agent and not view.is_named(i) and not view.is_any(i, sets["persons"] | sets["civilians"])


def _is_vague(view: View, i: int) -> bool:
    """Whether a word only points back: "it", "they", "both", "the two"."""
    return view.parse.pos[i] in ("PRON", "DET", "NUM") and view.low[i] not in ("who", "everybody", "nobody", "i", "we")


def _may_fill_recipient(asking: Asking, hit: Hit, slots: Frame) -> bool:
    """Whether to whom is left unsaid: nobody else stands where the recipient stands ("told reporters")."""
    is_told = hit.row.group in asking.words.fill or _is_between_two(asking, hit)
    if not is_told or hit.row.other or hit.row.owned or hit.how == "adj":
        return False
    if hit.row.code == "PROTEST" and not asking.named:
        return False
    if hit.row.code == "MOBILIZE" and not any(s.tokens for s in slots.recipients):
        return False
    if hit.row.group == "talks" and (hit.is_verbal or hit.how == "obj") and not any(
        asking.view.parse.tag[t] == "NNS" for s in slots.actors[:1] for t in s.tokens
    ):  # fmt: skip
        return False
    view, persons = asking.view, asking.words.sets["persons"] | asking.words.sets["civilians"]
    names = ("iobj", "to") if hit.row.group == "promise" else ("with", "to", "iobj", "obj", "clause", "on")
    said = [t for s in slots.recipients if s.name in names for t in s.tokens]
    accord = asking.words.sets["accord"]
    said = [t for t in said if not view.is_any(t, accord) and not named(asking.doc, view, t)]
    return not any(view.is_any(t, persons) or view.is_named(t) for t in said)


def sentence_pair(asking: Asking, hit: Hit) -> tuple[Actor, ...]:
    """The two states of a sentence that names just two, where grammar does not say who signs or agrees."""
    if hit.row.group not in ("sign", "agree", "force", "ties"):
        return ()
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
    if len(asking.named) == PAIR and len(codes) == 1 and codes[0] in asking.named and not vague:
        return tuple(Actor(country=c) for c in sorted(asking.named) if c not in codes)
    pairs = (asking.recent, asking.doc.dyad) if asking.bilateral else (asking.recent & frozenset(asking.doc.dyad),)
    for pair in pairs:
        if len(pair) == PAIR and len(codes) == 1 and codes[0] in pair:
            return tuple(Actor(country=c) for c in pair if c not in codes and c in asking.near)
    return ()
