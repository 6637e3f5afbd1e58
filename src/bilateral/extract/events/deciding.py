"""What a trigger comes to: root, mode, contexts, CAMEO code and status, by the rules for bilateral news.

What is ahead is not done: a future act of cooperation is AGREE, a future act of conflict THREATEN, a cancelled meeting
REJECT. The rules stand with their sentences in docs/rules/events.md.
"""

from __future__ import annotations

from typing import NamedTuple

from bilateral import ontology
from bilateral.extract.events.arguments import RECEIVING
from bilateral.extract.events.finding import Hit
from bilateral.extract.events.lexicon import Lexicon
from bilateral.extract.events.view import View
from bilateral.model import Status
from bilateral.mood import Mood, called_off, mood, own_mood
from bilateral.syntax import is_infinitive, is_negated, is_verb, kids, tense

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
_MATERIAL = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
# Acts of words, which are done once they are decided ("decided to lift the ban").
_BY_DECISION = frozenset({"CONCEDE", "SANCTION", "REJECT"})
# Prepositions by which a noun frames what is told and is not governed by it.
_BESIDE = frozenset({
    "during", "after", "follow", "before", "at", "in", "on", "amid", "since", "for", "pending", "despite",
})  # fmt: skip
# Giving way is told in words before it is done, so that what is ahead of it is CONCEDE (plover.toml: future mode).
_YIELDING = frozenset({"RETREAT", "CONCEDE"})
_AHEAD = frozenset({"planned", "proposed"})
# The THREATEN mode that each act of conflict is, once it is announced and not done.
_THREATENED = {
    ("SANCTION", "discontinue"): "restrict", ("SANCTION", "expel"): "expel", ("SANCTION", "withdraw"): "relations",
    ("SANCTION", "convict"): "arrest", ("COERCE", "arrest"): "arrest", ("COERCE", "deport"): "expel",
    ("COERCE", "seize"): "territory",
}  # fmt: skip
# What is announced and stays what it is, as nobody is threatened with it in words.
_STAYING = frozenset({"MOBILIZE", "PROTEST"})
# The REJECT mode that each act of cooperation is, once it is refused.
_REFUSED = {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"}
_MOST_CONTEXTS = 4
# What is asked for in so many words, whatever else stands in the sentence ("asked Oslo to support the return of").
_HELPING = frozenset({"help", "support", "assist", "aid", "back", "fund", "finance"})


# The CAMEO codes of cooperation and of aid that is asked for or refused, which PLOVER has as one mode.
_ASSISTING = {"REQUEST": ("101", "103"), "REJECT": ("121", "122")}
_AID_WORDS = frozenset({
    "aid", "help", "loan", "credit", "grant", "relief", "assistance", "donation", "bailout", "money", "fund", "weapon",
    "asylum", "refuge", "rescue", "humanitarian", "peacekeeper", "troop", "medicine", "vaccine", "food", "arm", "arms",
})  # fmt: skip
_EXACT = 4  # digits of the narrowest CAMEO codes


class Coding(NamedTuple):
    """A root with mode, status and the rules that led to them, in words."""

    code: str
    mode: str | None
    status: Status
    rules: tuple[tuple[str, str], ...]
    by: int | None = None


def decide(
    view: View, words: Lexicon, hit: Hit, *, is_civil: bool = False, several: bool = False, ahead: bool = False
) -> Coding:
    """What a trigger comes to. `is_civil`: private people act; `several`: more than one party acts; `ahead`: its date
    is still to come."""
    row = hit.row
    code, mode, why = row.code, row.mode, f"{row.group or row.code.lower()} words"
    if is_civil and row.civil:
        code, mode, why = row.civil[0], (row.civil[1:] or (None,))[0], "private people act"
    elif several and row.joint:
        code, mode, why = row.joint[0], (row.joint[1:] or (None,))[0], "several act together"
    rules = [("code", why)]
    status, by = _status(view, hit, code)
    status = "planned" if ahead and status == "happened" else status
    if row.group == "cancel" and mode == "meet" and status == "happened":
        status = called_off(view.parse, hit.token) or status
    if mode is None or code == "CONSULT":
        named = mode_of(view, words, hit, code)
        if named and (mode is None or named == "phone"):
            mode = named
            rules.append(("mode", "words around the trigger"))
    turned = _turned(view, words, hit, code, mode, status)
    if turned.code != code:
        rules.append(("code", f"{code} is {status}, so {turned.code}"))
    return Coding(turned.code, turned.mode, turned.status, tuple(rules), by)


def _status(view: View, hit: Hit, code: str) -> tuple[Status, int | None]:
    """How real a trigger is told to be, and the word that decides it."""
    asked = hit.host if hit.host is not None and hit.how in ("obj", "adj", "") else hit.token
    if hit.row.negative or (code == "REQUEST" and view.lemma[asked] == "like"):
        return "happened", None
    if hit.row.owned:
        found = own_mood(view.parse, hit.token) or Mood("happened", None)
        return found.status, found.by
    found = mood(view.parse, asked)
    if asked != hit.token and found.status == "happened":
        found = mood(view.parse, hit.token)
    status: Status = "planned" if hit.row.future and found.status == "happened" else found.status
    if found.by is not None:
        status = _corrected(view, hit, code, found.by, asked, status)
    if not hit.is_verbal and hit.how == "obj" and hit.host is not None and view.lemma[hit.host] in RECEIVING:
        status = "happened"
    if status == "happened" and (_is_to_be(view, asked) or (hit.how == "subj" and _is_to_be(view, hit.host or asked))):
        status = "planned"
    if status == "hypothetical" and tense(view.parse, asked).tense == "future" and not kids(view.parse, asked, "mark"):
        status = "planned"
    return status, found.by


def _corrected(view: View, hit: Hit, code: str, by: int, asked: int, status: Status) -> Status:
    """A status where the word that gave it counts otherwise for events: "no plan to", "decided to lift", "during"."""
    if by != asked and view.parse.pos[by] == "NOUN" and is_negated(view.parse, by):
        return "denied"
    is_beside = not hit.is_verbal and hit.how in _BESIDE and is_verb(view.parse, by)
    if is_beside and not (status == "ongoing" and view.lemma[by] == "be"):
        return _status_beside(view, hit)
    if status == "denied" and hit.how == "subj" and not kids(view.parse, by, "neg"):
        return "happened"
    if code in _BY_DECISION and view.lemma[by] in ("decide", "decision"):
        return "happened"
    return status


def _status_beside(view: View, hit: Hit) -> Status:
    """The status of what only frames another act ("during the visit", "ahead of talks")."""
    ahead = hit.how in ("before", "pending") or (hit.host is not None and tense(view.parse, hit.host).tense == "future")
    return "planned" if ahead and hit.how not in ("after", "follow", "since") else "happened"


def _is_to_be(view: View, verb: int) -> bool:
    """ "is to be signed", "was to be held": a passive infinitive below a form of be."""
    parse = view.parse
    if view.lemma[verb] == "be" and not kids(parse, verb, "attr", "acomp"):
        return any(is_infinitive(parse, k) for k in kids(parse, verb, "xcomp"))
    if is_infinitive(parse, verb) and parse.dep[verb] == "xcomp" and view.lemma[parse.head[verb]] == "mean":
        return True
    return parse.tag[verb] == "VBN" and any(parse.tag[k] == "TO" for k in kids(parse, verb, "aux"))


def _turned(view: View, words: Lexicon, hit: Hit, code: str, mode: str | None, status: Status) -> Coding:
    """A code after its status is taken into account."""
    if status == "denied" and (code in COOPERATIVE or code == "AGREE") and _is_refused(view, hit):
        return Coding("REJECT", _REFUSED.get(code), "happened", ())
    if hit.row.group == "invite" and status == "planned":
        return Coding("AGREE", None, status, ())
    threat = None
    if status in _AHEAD and code in _MATERIAL - _STAYING:
        threat = "relations" if hit.row.group == "cut" else _THREATENED.get((code, mode or ""))
        threat = threat or mode_of(view, words, hit, "THREATEN")
    return settled(code, mode, status, threat=threat)


def _is_refused(view: View, hit: Hit) -> bool:
    """Whether what is denied is a refusal: "will not meet", "would never recognise", "won't sign"."""
    verb = hit.host if hit.host is not None and hit.how in ("obj", "") else hit.token
    words = {view.lemma[k] for k in kids(view.parse, verb, "aux")}
    return hit.is_verbal and bool(words & {"will", "would", "wo", "shall"}) and bool(kids(view.parse, verb, "neg"))


def settled(code: str, mode: str | None, status: Status, *, threat: str | None = None) -> Coding:
    """A code after its status is taken into account; `threat` is the mode that words give an act of conflict ahead."""
    if code in COOPERATIVE and status in ("cancelled", "postponed"):
        return Coding("REJECT", _REFUSED.get(code), status, ())
    if status in ("cancelled", "postponed") and code == "REJECT":
        return Coding(code, mode, status, ())
    if status in ("cancelled", "postponed"):
        return Coding("CONCEDE" if code in _MATERIAL else code, None if code in _MATERIAL else mode, "happened", ())
    if code in _YIELDING and (status in _AHEAD or status == "hypothetical"):
        return Coding("CONCEDE", None, status, ())
    if code in COOPERATIVE and (status in _AHEAD or status == "hypothetical"):
        return Coding("AGREE", None, status, ())
    if status in _AHEAD and code in _MATERIAL - _STAYING:
        threat = threat or _THREATENED.get((code, mode or ""), "restrict" if code == "COERCE" else "violence")
        return Coding("THREATEN", threat, status, ())
    return Coding(code, mode, status, ())


def mode_of(view: View, words: Lexicon, hit: Hit, code: str) -> str | None:
    """The mode that the words around a trigger name, the first of the lexicon's lists that hits."""
    tables = words.content.get(code)
    if not tables:
        return None
    if code == "REQUEST":
        asked = [k for i in hit.tokens for k in kids(view.parse, i, "xcomp", "ccomp")]
        if any(view.lemma[k] in _HELPING for k in asked):
            return "assist"
    host = hit.host if hit.host is not None and hit.how in ("obj", "adj", "") else hit.token
    around = [i for i in {*view.reach(host), *view.reach(hit.token)} if i not in hit.tokens or code != hit.row.code]
    for mode, cues in tables.items():
        if any(view.is_any(i, cues) for i in around) or (code != "CONSULT" and view.is_any(hit.token, cues)):
            return mode
    return None


def _of_family(family: str, contexts: tuple[str, ...]) -> str:
    """The one code below a CAMEO code whose contexts are those told, else the code itself."""
    below = [e.code for e in ontology.cameo().values() if e.parent == family and set(e.contexts) & set(contexts)]
    return below[0] if len(below) == 1 else family


def contexts_of(view: View, hit: Hit) -> tuple[str, ...]:
    """What an event is about: the contexts that its row names and those that the clause's words name."""
    top = hit.host if hit.host is not None and hit.how in ("obj", "adj", "") else hit.token
    inside = {*view.reach(top), *view.reach(hit.token)}
    said = ontology.contexts_in(" ".join(view.low[i] for i in sorted(inside)))
    return tuple(dict.fromkeys((*hit.row.contexts, *said)))[:_MOST_CONTEXTS]


def cameo_of(view: View, hit: Hit, coding: Coding, contexts: tuple[str, ...]) -> str | None:
    """The most specific CAMEO code that root, mode, contexts, words and the trigger's own hint support."""
    if coding.mode == "assist" and coding.code in _ASSISTING and len(hit.row.cameo or "") < _EXACT:
        top = hit.host if hit.host is not None else hit.token
        is_aid = view.holds(top, _AID_WORDS) or view.holds(hit.token, _AID_WORDS)
        return _of_family(_ASSISTING[coding.code][is_aid], contexts)
    hint = hit.row.cameo if coding.code == hit.row.code and coding.mode in (hit.row.mode, None) else None
    exact = ontology.cameo_for(coding.code, coding.mode, contexts)
    if hint is None or exact is None:
        return exact or ontology.cameo_for(coding.code, coding.mode, contexts, hint=hint)
    entry = ontology.cameo().get(exact)
    if entry is not None and len(exact) > len(hint) and exact.startswith(hint):
        return exact
    return ontology.cameo_for(coding.code, coding.mode, contexts, hint=hint)
