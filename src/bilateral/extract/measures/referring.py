"""The name of a figure that others help to name: lists, "respectively", and words that refer back.

Owns the order in which these are tried against the words of the sentence itself (naming.py).
"""

from __future__ import annotations

import re

from msgspec import structs

from bilateral.extract.measures import acts
from bilateral.extract.measures.antecedent import antecedent, own_noun
from bilateral.extract.measures.counted import is_persons
from bilateral.extract.measures.general import more_of, part_of, plain, share_of, stands_for
from bilateral.extract.measures.lexicon import cues
from bilateral.extract.measures.naming import Name, named, of_topic, of_words
from bilateral.extract.measures.quantity import Quantity
from bilateral.extract.measures.refining import refined
from bilateral.extract.measures.sentence import Sentence
from bilateral.extract.measures.taxonomy import entry_named
from bilateral.syntax import conjuncts, governor

# A cue that costs more is only taken where nothing refers back; a bare change needs a nearer one still.
_NEAR, _NEAR_CHANGE = 3.9, 4.5
# A number without a noun takes a cue that costs more only where it does not go on with a count before it.
_BARE = 2.5
_REFERS = re.compile(
    r"\b(?:target|goal|figure|number|total|quota|there (?:were|are|was|have been|had been)|than the|from the)\b"
)
_PEOPLE_ONLY = frozenset({"people", "person", "persons", "individuals"})
_MEMBERS = _PEOPLE_ONLY | {"men", "women", "members", "souls", "ranks"}
_LIST = re.compile(
    r"(?:,|;|\band)\s*(?:and\s+)?(?:(?:\w+ ){0,2}|(?:19|20)\d\d(?:[-/]\d\d)?(?: \([a-z.]+\))?[:,–-]?\s*)$"
)
_MORE = re.compile(r"\b(?:further|another|additional|other)\s*$")


def name_of(here: Sentence, n: int) -> Name | None:
    """The quantity that the n-th figure of a sentence is of, or None."""
    q = here.found[n]
    if q.role == "base" and q.level is not None:
        return here.names.get(q.level) or _own_name(here, q.level)
    return _own_name(here, n)


def _own_name(here: Sentence, n: int) -> Name | None:
    found = _first_name(here, n)
    return refined(here, n, found) if found is not None else None


def _first_name(here: Sentence, n: int) -> Name | None:
    found = _acts(here, n) or _respective(here, n) or _figure(here, n) or named(here.doc, here.view, here.found, n)
    if found is not None and here.found[n].role == "change" and found.cost > _NEAR_CHANGE:
        found = None
    is_bare = here.found[n].cls == "bare"
    if is_bare and found is not None and found.entry.of == {"money"} and not _has_money(here):
        found = more_of(here, n) or antecedent(here, n) or found
    stands = stands_for(here, here.found[n])
    if stands or (is_bare and (found is None or found.cost > _BARE)):
        found = (
            own_noun(here, n)
            or more_of(here, n)
            or antecedent(here, n)
            or (_of_topic(here) if stands else None)
            or found
        )
    listed = _listed(here, n)
    if listed is not None and (found is None or found.cost > listed.cost):
        return listed
    if found is None or found.cost > _NEAR:
        return more_of(here, n) or _carried(here, n) or found or part_of(here, n) or share_of(here, n) or plain(here, n)
    return found


def _acts(here: Sentence, n: int) -> Name | None:
    q = here.found[n]
    is_times = q.cls == "count" and q.noun is None and here.view.text[q.number[1] : q.end].strip().lower() == "times"
    return acts.named(here.view, q) if is_times else None


def _has_money(here: Sentence) -> bool:
    """Whether money stands in the sentence or was the figure read last, so that a bare number can be money too."""
    if any(q.cls == "money" for q in here.found):
        return True
    last = here.memory.latest(here.n, "money")
    return last is not None and last.cls == "money"


def _respective(here: Sentence, n: int) -> Name | None:
    """ "Exports and imports were $3bn and $2bn respectively": the n-th figure is of the n-th subject."""
    q, view = here.found[n], here.view
    if "respectively" not in view.low or q.role == "base":
        return None
    run = [k for k, other in enumerate(here.found) if other.unit == q.unit and other.role == q.role]
    heads = here.heads(governor(view.parse, here.token(q)))
    heads = heads if len(heads) > 1 else [c for s in heads for c in conjuncts(view.parse, s)]
    if len(heads) != len(run) or len(run) < 2:
        return None
    return of_words(view, heads[run.index(n)], "change" if q.role == "change" or q.cls == "bare" else q.cls)


def _figure(here: Sentence, n: int) -> Name | None:
    """ "the number came to 90,000 people": people counted of what was spoken of before."""
    q, view = here.found[n], here.view
    if q.noun is None or view.word(q.noun) not in _MEMBERS:
        return None
    heads = here.heads(governor(view.parse, q.noun))
    said = any(view.lemma(s) in ("figure", "number", "it", "flow", "total") for s in heads)
    if heads and not said:
        body = of_words(view, heads[0], "change")
        return body if body is not None and "persons" in body.entry.of else None
    if not said or view.word(q.noun) not in _PEOPLE_ONLY:
        return None
    nearest = named(here.doc, view, [structs.replace(q, cls="bare", noun=None)], 0)
    if nearest is not None and nearest.cost <= _NEAR and "persons" in nearest.entry.of:
        return nearest
    spoken = here.memory.spoken(here.n, view.text)
    found = of_topic(here.doc, view, *spoken, "change") if spoken is not None else None
    return found if found is not None and "persons" in found.entry.of else None


def _listed(here: Sentence, n: int) -> Name | None:
    """The name of the figure before, where this one goes on with its list ("$1.8m for X, $2.2m for Y")."""
    if n == 0 or n - 1 not in here.names:
        return None
    q, last, view = here.found[n], here.found[n - 1], here.view
    gap = view.text[last.end : q.start]
    alike = q.cls == last.cls or (q.cls == "bare" and last.cls == "count")
    if not alike or (q.role, last.role) != ("level", "level") or len(gap) > 160 or not _LIST.search(gap):
        return None
    finite = ("VBD", "VBZ", "VBP", "MD")
    if any(view.parse.tag[i] in finite for i in range(view.at(last.end), view.at(q.start))):
        return None
    if q.noun is not None and last.noun is not None and is_persons(view, q.noun) != is_persons(view, last.noun):
        return None
    name = here.names[n - 1]
    return name._replace(cost=0.0 if _MORE.search(gap) else 3.0, reason=f"goes on with the list: {name.reason}")


def _carried(here: Sentence, n: int) -> Name | None:
    """The name of a figure read before, where the words stand for it ("it", "the figure", "the total")."""
    q, view = here.found[n], here.view
    verb = here.verb(q)
    stands = [s for s in here.heads(verb) if view.lemma(s) in cues("counted", "referring")]
    if q.cls == "bare" and q.role != "change" and view.parse.dep[here.token(q)] in ("nsubj", "nsubjpass"):
        return _of_topic(here)
    refers = bool(stands) or view.low[0] in ("it", "this") or (verb is None and q.cls == "money")
    if not refers and not (q.cls == "bare" and _REFERS.search(" ".join(view.low))):
        return None
    return _referred(here, q, stands[0] if stands else here.token(q))


def _of_topic(here: Sentence) -> Name | None:
    """What the sentences before speak of, for a number that stands alone ("Thirty-nine have flown home")."""
    spoken = here.memory.spoken(here.n, here.view.text)
    found = of_topic(here.doc, here.view, *spoken, "change") if spoken is not None else None
    return found if found is not None and found.entry.of & {"persons", "items"} else None


def _referred(here: Sentence, q: Quantity, at: int) -> Name | None:
    """The figure last read of the same class, else what the sentences before speak of."""
    relative_change = q.role == "change" and q.cls in ("percent", "times")
    view, last = here.view, here.memory.latest(here.n, "bare" if relative_change else q.cls)
    start, end = view.parse.start[at], view.parse.end[at]
    if last is not None:
        fits = last.unit == q.unit or "bare" in (q.cls, last.cls)
        relative = q.role == "change" and q.cls in ("percent", "times") and last.cls != "percent"
        if q.cls == "percent" and q.role == "level" and "percent" not in last.entry.of:
            return None
        if fits or relative:
            total = "total" in view.low and last.entry.family == "aid"
            entry = entry_named("aid_total") if total else last.entry
            return Name(entry, start, end, 4.0, "stands for the figure before it")
    spoken = here.memory.spoken(here.n, view.text)
    if spoken is None:
        return None
    return of_topic(here.doc, view, *spoken, "money" if q.cls == "money" else "change")
