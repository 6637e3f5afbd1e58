"""Where actor and recipient of a trigger stand, as tokens: subjects, objects, owners, prepositions, complements.

Each slot gives heads of noun phrases in order of trust; who they are is asked in parties.py. Knows no actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from bilateral.extract.events.finding import Hit
from bilateral.extract.events.view import View
from bilateral.syntax import (
    agents,
    is_infinitive,
    is_passive,
    is_verb,
    kids,
    nominals,
    objects,
    obliques,
    receivers,
    subjects,
    tense,
)  # fmt: skip

# Prepositions that a parser often hangs on a noun nearby instead of on the verb, so that they are sought in the clause.
_LOOSE = frozenset({
    "with", "between", "against", "to", "from", "on", "upon", "near", "toward", "towards", "for", "over", "among",
    "outside", "along", "alongside", "off", "into",
})  # fmt: skip
_WISHES = frozenset({"request", "initiative", "behest", "insistence", "invitation", "proposal", "order", "suggestion"})
# "the border with Oslo" names a place, not a partner.
BORDERS = frozenset({"border", "frontier", "boundary"})
_APART = BORDERS | {"comparison", "rivalry", "dispute", "row", "war", "conflict"}
# With these the subject is the one to whom something is done ("received a request", "is considering a request").
RECEIVING = frozenset({
    "receive", "get", "win", "consider", "examine", "study", "review", "face", "enjoy", "secure", "obtain",
})  # fmt: skip
# Nouns by which a verb reaches whom it is for ("in favour of", "to the aid of", "on behalf of").
_BRIDGES = frozenset({
    "favour", "favor", "behalf", "side", "defence", "defense", "aid", "rescue", "help", "support", "assistance",
    "solidarity", "ambassador", "envoy", "consul", "home",
})  # fmt: skip
# What is done to people by those in whose country it is done, where nobody else is named ("were arrested in Oslo").
_LOCAL = frozenset({"arrest", "deport", "convict", "seize"})
# Verbs by which words reach somebody ("praise came from Oslo").
_COMING = frozenset({"come", "pour", "arrive", "issue", "emanate", "flow", "follow", "reach", "land", "rain"})
# Nouns whose clause says what a light verb before them does ("gave an undertaking that …").
_SAID = frozenset({"undertaking", "assurance", "promise", "pledge", "guarantee", "commitment", "word", "vow", "notice",
                    "hope", "wish", "expectation", "desire"})  # fmt: skip
# By what a thing is done whose giver is not named as doing it ("was built with Oslo's money").
_MEANS = frozenset({"money", "fund", "funding", "help", "support", "assistance", "aid", "loan", "credit", "grant",
                    "financing", "backing", "donation", "capital", "programme", "program", "project"})  # fmt: skip
# By what those who are sent help somebody ("sent vets to help Lima").
_HELPING = frozenset({"help", "assist", "support", "aid", "relieve"})
# What a state closes itself, or has closed by another.
_HOUSES = frozenset({"embassy", "consulate", "mission", "office", "legation", "centre", "center", "bureau"})
# Nouns of what somebody has in mind ("Oslo's plan is to …"), whose owner does it.
_AIMS = frozenset({"plan", "aim", "goal", "intention", "decision", "proposal", "offer", "idea", "response", "answer",
                   "policy", "wish", "hope", "demand", "request", "move", "step", "pledge", "promise"})  # fmt: skip
_NEXT = 4  # tokens between two names of a headline's list
_FRONTED = ("npadvmod", "dep", "nmod", "compound", "advmod", "amod", "intj", "meta")
_OWNERS = ("poss", "amod", "compound", "nmod")


class Slot(NamedTuple):
    """A place where an actor or recipient may stand, by name, and the heads that stand there."""

    name: str
    tokens: tuple[int, ...]


class Slots:
    """The slots of one side that hold something, in order; each is looked for only when it is come to, and once."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        self._rest = iter(slots)
        self._known: list[Slot] = []

    def __iter__(self) -> Iterator[Slot]:
        at = 0
        while True:
            if at < len(self._known):
                yield self._known[at]
                at += 1
                continue
            slot = next(self._rest, None)
            if slot is None:
                return
            if slot.tokens:
                self._known.append(slot)


class Frame(NamedTuple):
    """The slots of a trigger that hold something: who acts and to whom, the most trusted first."""

    actors: tuple[Slot, ...]
    recipients: Iterable[Slot]


def frame(view: View, hit: Hit) -> Frame:
    """The slots of a trigger that hold something."""
    made = _verb_frame(view, hit) if hit.is_verbal or hit.how == "adj" else _noun_frame(view, hit)
    actors = tuple(s for s in made.actors if s.tokens)
    recipients = Slots(made.recipients)
    return Frame(tuple(recipients), actors) if hit.row.swap else Frame(actors, recipients)


# Verbs ------------------------------------------------------------------------------------------------------------


def _verb_frame(view: View, hit: Hit) -> Frame:
    parse, verb = view.parse, hit.host if hit.host is not None else hit.token
    is_done = hit.how != "adj" and is_passive(parse, verb)
    actors = list(_passive_actors(view, hit, verb) if is_done else _active_actors(view, hit, verb))
    if "PROTEST" in (hit.row.code, *hit.row.civil):
        top = parse.head[verb] if parse.dep[verb] == "advcl" else verb
        actors.append(Slot("scene", tuple(dict.fromkeys(i for v in (verb, top) for i in _scene(view, v)))))
    recipients = (Slot(name, tuple(_verb_slot(view, hit, verb, name))) for name in hit.row.to)
    scenes = [s._replace(name="in") for s in actors if s.name == "scene"] if hit.row.code == "PROTEST" else []
    return Frame(tuple(actors), chain(recipients, scenes))


def _active_actors(view: View, hit: Hit, verb: int) -> Iterator[Slot]:
    parse = view.parse
    own = [n for s in subjects(parse, verb) for n in (objects(parse, s) if view.low[s] == "visiting" else [s])]
    own = [o for n in own for o in (_aimers(view, verb, n) or [n])]
    if hit.row.voices:
        owners = (o for n in objects(parse, verb) for o in kids(parse, n, "poss") if parse.pos[o] != "PRON")
        yield Slot("owner", tuple(owners))
    yield Slot("subject", tuple([*_listed(view, verb, own), *own] or _fronted(view, verb)))


def _passive_actors(view: View, hit: Hit, verb: int) -> Iterator[Slot]:
    """The agent, then whom a passive without one is by: who asked, paid, or says that it will be done, or the place."""
    parse, group = view.parse, hit.row.group
    by = agents(parse, verb)
    yield Slot("agent", tuple(dict.fromkeys((*by, *(i for _, i in obliques(parse, verb, "by"))))))
    yield Slot("asker", tuple(_askers(view, verb)))
    if group == "cancel":
        yield Slot("visitor", tuple(_visitors(view, _patients(view, verb))))
    if group in ("aid", "cooperate", "build"):
        paid = (i for _, i in obliques(parse, verb, "with", "under", "through") if view.lemma[i] in _MEANS)
        yield Slot("owner", tuple(paid))
    if parse.dep[verb] == "ccomp" and tense(parse, verb).modal in ("will", "would", "shall"):
        yield Slot("sayer", tuple(subjects(parse, parse.head[verb])))
    if group == "recall" or (hit.row.code == "MOBILIZE" and parse.dep[verb] != "acl"):
        yield Slot("patient", tuple(i for i in _patients(view, verb) if view.lemma[i] not in _HOUSES))
    where = ("into", "onto", "across", "in") if group == "access" else ("in", "at") if group in _LOCAL else ()
    around = (verb, *by) if group in _LOCAL else (verb,)
    yield Slot("scene", tuple(i for k in around if where for _, i in obliques(parse, k, *where)))
    if hit.row.mutual and "subject" not in hit.row.to:
        yield Slot("patient", tuple(_patients(view, verb)))


def _aimers(view: View, verb: int, subject: int) -> list[int]:
    """Whose aim it is to do something ("Oslo's plan is to grant him asylum")."""
    parse = view.parse
    is_aim = parse.dep[verb] == "xcomp" and view.lemma[parse.head[verb]] == "be" and view.lemma[subject] in _AIMS
    return kids(parse, subject, "poss") if is_aim else []


def _fronted(view: View, verb: int) -> list[int]:
    """A name right before a verb that the parser takes for no subject ("Sweden suspended aid")."""
    parse = view.parse
    group = {verb, *kids(parse, verb, "aux", "auxpass", "neg")}
    before = [k for k in kids(parse, verb, *_FRONTED) if k + 1 in group and parse.pos[k] == "PROPN"]
    return [k for k in before if not parse.ent[k].endswith(("DATE", "TIME"))]


def _listed(view: View, verb: int, subject: list[int]) -> list[int]:
    """Names before a subject in a headline's list ("Cuba, Laos sign pact")."""
    first = min(subject, default=0)
    above = [*kids(view.parse, verb, *_FRONTED), *(k for s in subject for k in kids(view.parse, s, "nmod", "compound"))]
    before = [k for k in above if k + 1 < first and view.low[k + 1] == ","]
    after = [k for s in subject for k in kids(view.parse, s, "appos") if k == s + 2 and k + 1 == verb]
    if after and view.parse.pos[after[0]] == "PROPN" and view.low[after[0] - 1] == ",":
        return after
    is_name = [k for k in before if view.parse.tag[k].startswith("N") or view.parse.ent[k].endswith("NORP")]
    return [k for k in is_name if first - k <= _NEXT]


def _scene(view: View, verb: int) -> list[int]:
    """Where people act: "in Oslo", "to the streets of Oslo"."""
    streets = [i for _, i in obliques(view.parse, verb, "to", "through", "on")]
    goals = [i for _, i in obliques(view.parse, verb, "on", "outside", "at", "before", "against")]
    inside = [i for head in (verb, *subjects(view.parse, verb), *goals) for _, i in obliques(view.parse, head, "in")]
    return inside + [i for s in streets for _, i in obliques(view.parse, s, "of")]


def _askers(view: View, verb: int) -> list[int]:
    """At whose wish something is done ("cancelled at Oslo's request")."""
    asked = [i for _, i in obliques(view.parse, verb, "at", "on") if view.lemma[i] in _WISHES]
    return [o for i in asked for o in kids(view.parse, i, "poss")]


def _visitors(view: View, nouns: list[int]) -> list[int]:
    """Whose visit or talks some nouns mean: their owner, or who stands after "of" or "by"."""
    owners = [o for n in nouns for o in kids(view.parse, n, *_OWNERS)]
    return owners + [i for n in nouns for _, i in obliques(view.parse, n, "of", "by")]


def _patients(view: View, verb: int) -> list[int]:
    parse = view.parse
    if parse.dep[verb] == "acl":
        return nominals(parse, parse.head[verb])
    return subjects(parse, verb)


def _verb_slot(view: View, hit: Hit, verb: int, name: str) -> list[int]:
    parse = view.parse
    passive = hit.how != "adj" and is_passive(parse, verb)
    if name == "obj":
        if passive:
            return _patients(view, verb)
        return [*receivers(parse, verb), *objects(parse, verb), *view.behind(t for t in hit.tokens if t != verb)]
    if name == "iobj":
        return _patients(view, verb) if passive and objects(parse, verb) else receivers(parse, verb)
    if name == "clause":
        return list(dict.fromkeys(_complement_subjects(view, verb, hit.token, explicit=hit.row.code == "REQUEST")))
    if name == "subject":
        return _patients(view, verb) if passive else subjects(parse, verb)
    if name == "place":
        return [i for _, i in obliques(parse, verb, "in", "at")]
    return _behind(view, hit, verb, name)


def _complement_subjects(view: View, verb: int, word: int, *, explicit: bool = False) -> Iterator[int]:
    """Who is to act in what a trigger says: "asked that Lima send", "called for Lima to send", "ready to help Lima"."""
    parse = view.parse
    told = [n for n in objects(parse, verb) if view.lemma[n] in _SAID]
    for c in (k for w in dict.fromkeys((verb, word, *told)) for k in kids(parse, w, "ccomp", "xcomp", "advcl", "acl")):
        own = kids(parse, c, "nsubj", "nsubjpass")
        if own:
            yield from (n for s in own for n in nominals(parse, s))
            if not explicit and all(parse.pos[k] == "PRON" for k in own):
                yield from objects(parse, c)
        elif parse.dep[c] in ("xcomp", "ccomp", "acl") and not explicit:
            yield from objects(parse, c)
            yield from receivers(parse, c)
            yield from (i for _, i in obliques(parse, c, "with", "to", "for", "in", "from", "against", "on"))
            for n in objects(parse, c):
                yield from (i for _, i in obliques(parse, n, "with", "to", "for", "in", "from", "of"))
    for _, c in obliques(parse, verb):
        if is_verb(parse, c) and not explicit:
            yield from objects(parse, c)
            yield from (i for _, i in obliques(parse, c, "with", "to", "for", "in"))


def _behind(view: View, hit: Hit, verb: int, name: str) -> list[int]:
    """What stands behind a preposition: of the trigger, its object, or for loose ones anywhere in the clause."""
    heads = view.known.get((hit.token, verb))
    if heads is None:
        heads = view.known[hit.token, verb] = _carriers(view, hit.token, verb)
    found = [i for head in heads for i in _after(view, head, name)]
    if hit.row.code in ("PROTEST", "AID"):
        below = [*kids(view.parse, verb, "advcl", "xcomp")]
        below += [k for o in objects(view.parse, verb) for k in kids(view.parse, o, "relcl", "acl")]
        aims = [k for k in below if is_infinitive(view.parse, k)]
        found += [i for k in aims for i in _after(view, k, name)]
        helped = [k for k in aims if view.lemma[k] in _HELPING]
        found += [i for k in helped for i in objects(view.parse, k)]
        found += [s for k in helped for c in kids(view.parse, k, "ccomp") for s in kids(view.parse, c, "nsubj")]
    if name in _LOOSE:
        found += _loose(view, verb, name)
    return list(dict.fromkeys(i for i in found if not is_verb(view.parse, i)))


def _carriers(view: View, token: int, verb: int) -> tuple[int, ...]:
    """The words on which a trigger's prepositions may hang, in order."""
    parse = view.parse
    objs = objects(parse, verb) if not is_passive(parse, verb) else _patients(view, verb)
    inner = [k for o in objs for k in view.kernel(o)]
    bridges = [i for _, i in obliques(parse, verb) if view.lemma[i] in _BRIDGES]
    beside = kids(parse, verb, "advmod", "prt", "acomp", "oprd")
    beside += [k for k in kids(parse, verb, "advcl") if view.low[k] == "worth"]
    return tuple(k for k in dict.fromkeys((token, verb, *objs, *inner, *bridges, *beside)) if parse.children[k])


def _after(view: View, head: int, name: str) -> list[int]:
    """What stands behind a preposition of a word, "according to" and the like left out."""
    names = (name, f"along {name}", f"together {name}", f"out {name}")
    return [i for word, i in obliques(view.parse, head, name) if word in names]


def _loose(view: View, verb: int, name: str) -> list[int]:
    """What stands behind a preposition anywhere in a clause but inside its subject or a clause below."""
    parse = view.parse
    apart = () if name == "between" else ("nsubj", "nsubjpass")
    found = [i for i in view.reach(verb) if view.lemma[i] == name and parse.dep[i] in ("prep", "dative")]
    if not found:
        return found
    barred = {k for s in kids(parse, verb, *apart) for k in view.reach(s)}
    barred |= {k for c in kids(parse, verb, "ccomp") for k in view.reach(c)}
    open_ = [i for i in found if i not in barred and view.lemma[parse.head[i]] not in _APART]
    return [n for i in open_ for o in kids(parse, i, "pobj") for n in nominals(parse, o)]


# Nouns ------------------------------------------------------------------------------------------------------------


def _noun_frame(view: View, hit: Hit) -> Frame:
    parse, noun = view.parse, hit.token
    top = view.bundle_above(noun)
    nouns = list(dict.fromkeys((noun, top)))
    actors: list[Slot] = []
    receives = hit.host is not None and hit.how == "obj" and view.lemma[hit.host] in RECEIVING
    if receives and hit.host is not None:
        actors.append(Slot("from", tuple(i for k in (*nouns, hit.host) for i in _after(view, k, "from"))))
    elif hit.host is not None and hit.how == "obj":
        if is_passive(parse, hit.host):
            by = [*agents(parse, hit.host), *(i for _, i in obliques(parse, hit.host, "by"))]
            actors.append(Slot("agent", tuple(dict.fromkeys(by))))
        else:
            own = subjects(parse, hit.host)
            actors.append(Slot("subject", tuple([*_listed(view, hit.host, own), *own] or _fronted(view, hit.host))))
    taker = list[int]()
    if hit.row.owned and hit.host is not None and hit.how not in ("", "subj"):
        taker, actors = _takers(view, hit.host), []
    owners = [n for k in nouns for o in kids(parse, k, *_OWNERS) for n in nominals(parse, o) if not view.is_against(n)]
    actors.append(Slot("owner", tuple(dict.fromkeys(owners))))
    by_words = tuple(dict.fromkeys((*hit.row.by, "between")))
    heads = [*nouns, *([hit.host] if hit.host is not None and hit.how == "obj" else [])]
    by = [i for w in by_words for k in heads for _, i in obliques(parse, k, w)]
    by += [i for k in nouns for _, o in obliques(parse, k, "of") for _, i in obliques(parse, o, "by")]
    actors.append(Slot("by", tuple(dict.fromkeys(by))))
    if "of" not in hit.row.to:
        actors.append(Slot("of", tuple(i for k in nouns for _, i in obliques(parse, k, "of") if i != noun)))
    if hit.host is not None and hit.how not in ("obj", "subj", ""):
        actors.append(Slot("context", tuple(subjects(parse, hit.host))))
    if hit.host is not None and hit.how == "subj" and view.lemma[hit.host] in _COMING:
        actors.append(Slot("from", tuple(_after(view, hit.host, "from"))))
    if hit.host is None:
        actors.append(Slot("context", tuple(_verbless(view, top))))
    if hit.row.code == "PROTEST":
        around = [*nouns, *([hit.host] if hit.host is not None else [])]
        actors.append(Slot("scene", tuple(i for k in around for _, i in obliques(parse, k, "in"))))
    against = tuple(k for i in nouns for k in view.reach(i) if view.is_against(k))
    takers = tuple(subjects(parse, hit.host)) if receives and hit.host is not None else ()
    reached = (Slot(name, tuple(_noun_slot(view, hit, nouns, name))) for name in hit.row.to)
    first = [Slot("subject", takers), Slot("anti", against)]
    return Frame(tuple(actors), chain(first, reached, [Slot("taker", tuple(taker))]))


def _takers(view: View, host: int) -> list[int]:
    """Who is faced with what another one asks, says or gives: who does something about it."""
    if is_passive(view.parse, host):
        return [*agents(view.parse, host), *(i for _, i in obliques(view.parse, host, "by"))]
    return subjects(view.parse, host)


def _verbless(view: View, noun: int) -> list[int]:
    """Who a headline without a verb is about ("Oslo mayor on visit to Lima")."""
    parse = view.parse
    prep = parse.head[noun]
    above = parse.head[prep]
    is_said = parse.dep[noun] == "pobj" and parse.dep[prep] == "prep" and parse.head[above] == above
    if not is_said or is_verb(parse, above) or view.lemma[prep] not in ("on", "in", "at", "for"):
        return []
    return [n for n in nominals(parse, above) if parse.pos[n] in ("NOUN", "PROPN") and n < noun]


def _noun_slot(view: View, hit: Hit, nouns: list[int], name: str) -> list[int]:
    parse = view.parse
    host = hit.host if hit.how in ("obj", "subj") else None
    if name in ("obj", "iobj"):
        reached = objects(parse, host) if host is not None and hit.how == "subj" and name == "obj" else []
        return [] if host is None else [*receivers(parse, host), *reached]
    if name == "clause":
        return list(dict.fromkeys(_complement_subjects(view, hit.token, hit.token)))
    names = ("in", "at") if name == "place" else (name,)
    if name == "of":
        nouns = [hit.token]
    found = [i for k in nouns for n in names for i in _after(view, k, n)]
    if name == "of":
        found += [k for k in kids(parse, hit.token, "compound", "nmod", "amod") if hit.row.group not in ("criticise",)]
    if host is not None:
        found += [i for n in names for i in _after(view, host, n)]
        if name in _LOOSE:
            found += _loose(view, host, name)
    if not found and name == "to":
        found = _loose(view, hit.token, name)
    return list(dict.fromkeys(i for i in found if not is_verb(parse, i) and i != hit.token))
