"""What a speaker's words do: ask something of another state, charge it with something, or speak well of it.

Finds, in any clause, a duty laid on somebody ("Oslo must stop …"), a charge ("Oslo has violated …") or a good word
("our ties are strong"). Whose words they are, and so whether they are an act between states, is asked in coding.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bilateral.extract.events.finding import Hit
from bilateral.extract.events.lexicon import Lexicon, Row
from bilateral.extract.events.view import View
from bilateral.mood import mood
from bilateral.syntax import (
    agents,
    is_infinitive,
    is_negated,
    is_passive,
    is_verb,
    kids,
    nominals,
    objects,
    obliques,
    subjects,
    tense,
)

_UNREAL = ("denied", "proposed", "cancelled")
_NEEDING = ("need", "have", "ought")
_DUTY = Row(words=("must",), code="REQUEST", to=("subject",), group="request")
_CHARGE = Row(words=("violate",), code="ACCUSE", mode="allege", to=("subject",), group="accuse")
_GOOD = Row(words=("good",), code="SUPPORT", to=("subject",), group="praise", cameo="051")
_BAD = Row(words=("bad",), code="ACCUSE", mode="disapprove", to=("subject",), group="criticise")


class Act(NamedTuple):
    """What some words do, the trigger, and the heads of those that it is done to."""

    hit: Hit
    targets: tuple[int, ...]


def acts(view: View, words: Lexicon, sentence: Iterable[int]) -> list[Act]:
    """The duties, charges and judgements of a sentence in text order; the caller knows who speaks."""
    found = []
    for i in sentence:
        if is_verb(view.parse, i) and view.parse.pos[i] in ("VERB", "AUX"):
            act = _duty(view, i) or _charge(view, words, i)
        else:
            act = _judgement(view, words, i)
        if act is not None and act.targets:
            found.append(act)
    return found


def _duty(view: View, verb: int) -> Act | None:
    """ "Lima must act", "Lima should not", "Lima needs to", "it is for Lima to", "the need for Lima to"."""
    parse = view.parse
    modal = tense(parse, verb).modal
    own = tuple(subjects(parse, verb)) if modal or view.lemma[verb] in _NEEDING else ()
    own = own or tuple(n for s in kids(parse, verb, "nsubj", "nsubjpass") for n in nominals(parse, s))
    if modal in ("must", "should") and own:
        return Act(Hit(verb, verb, _DUTY, (verb,)), own)
    needs = view.lemma[verb] in _NEEDING and tense(parse, verb).tense == "present"
    if needs and own and any(is_infinitive(parse, k) for k in kids(parse, verb, "xcomp")):
        return Act(Hit(verb, verb, _DUTY, (verb,)), own)
    head = parse.head[verb]
    if is_infinitive(parse, verb) and view.lemma[head] in ("need", "necessity", "time", "duty", "obligation"):
        return Act(Hit(head, head, _DUTY, (head,)), own)
    return None


def _charge(view: View, words: Lexicon, verb: int) -> Act | None:
    """ "Lima has violated the pact", "the land that Lima occupies", "occupied by Lima"."""
    row = next((r for w, r in words.rows["verb"].get(view.lemma[verb], ()) if r.charge and "+" not in w), None)
    if row is None or view.parse.dep[verb] == "amod":
        return None
    is_fact = tense(view.parse, verb).tense == "past" or mood(view.parse, verb).status not in _UNREAL
    if is_negated(view.parse, verb) or not is_fact:
        return None
    who = agents(view.parse, verb) if is_passive(view.parse, verb) else subjects(view.parse, verb)
    return Act(Hit(verb, verb, _CHARGE, (verb,)), tuple(who))


def _judgement(view: View, words: Lexicon, i: int) -> Act | None:
    """ "ties are strong", "the statement was inappropriate", "called the ties strong"."""
    parse = view.parse
    if parse.dep[i] not in ("acomp", "attr", "oprd", "ccomp", "xcomp"):
        return None
    head = parse.head[i]
    is_copula = view.lemma[head] in ("be", "remain", "become", "grow", "seem", "prove")
    is_calling = view.lemma[head] in ("call", "term", "describe", "label", "consider", "deem")
    good = view.is_any(i, words.sets["good"])
    if not (is_copula or is_calling) or not (good or view.is_any(i, words.sets["bad"])):
        return None
    if is_negated(parse, head):
        good = not good
    about: list[int] = subjects(parse, head) if is_copula else objects(parse, head)
    about = [*about, *(k for n in about for _, k in obliques(parse, n, "with", "between"))]
    return Act(Hit(i, head, _GOOD if good else _BAD, (i,), "adj"), tuple(about))
