"""What is left out of a sentence's drafts: what another trigger takes in, and what is told twice."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, structs

from bilateral.extract.events.deciding import Coding, cameo_of, settled
from bilateral.extract.events.finding import Hit
from bilateral.extract.events.parties import Parties
from bilateral.extract.events.view import View
from bilateral.syntax import ancestors, first_conjunct, is_passive, kids, tense
from bilateral.text import Mention

# What speaks of another act takes it in; meetings and signings stand beside what is done at them.
_OPEN = frozenset({"CONSULT", "MOBILIZE", "ASSAULT", "COOPERATE", "COERCE"})
_EMBEDDING = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE", "ACCUSE"})
# What is charged, protested against or asked for need not have been done.
_CHARGING = frozenset({"ACCUSE", "PROTEST", "REQUEST"})
# Acts that a participle or subject tells as done.
_DONE = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "RETREAT", "MOBILIZE"})
# With these a passive or a plain infinitive says what is ahead and asks for nothing ("is expected to sign").
_FORESEEN = frozenset({"expect", "need", "want", "hope", "require", "wish", "like"})
_FRAMING = frozenset({"during", "after", "follow", "before", "at", "amid", "since"})


class Draft(Struct, frozen=True, kw_only=True):
    """One telling of a happening: what it is, who takes part, where it stands and how sure it is."""

    hit: Hit
    coding: Coding
    parties: Parties
    contexts: tuple[str, ...]
    cameo: str | None
    sentence: int
    is_title: bool
    score: float
    date: Mention | None = None
    place: Mention | None = None
    background: bool = False
    rule: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """The states and organisations that take part."""
        return self.parties.codes


def outermost(view: View, made: list[Draft], found: list[Hit]) -> Iterator[Draft]:
    """The drafts of a sentence that no other trigger takes in, each telling once."""
    kept: list[Draft] = []
    told = {d.hit.token for d in made}
    for draft in sorted(made, key=lambda d: d.hit.token):
        outer = [h for h in found if (h.row.code in _EMBEDDING or h.token in told) and _takes_in(view, h, draft.hit)]
        if not draft.hit.is_verbal:
            outer = [h for h in outer if not any(d.hit == h and _is_alike(d, draft) for d in made)]
        inside = bool(outer) and not (draft.hit.row.flow and all(h.row.code == "SUPPORT" for h in outer))
        twin = next((d for d in kept if _is_twin(view, d, draft)), None)
        if twin is not None and draft.parties.recipients and draft.coding.mode and not twin.coding.mode:
            date, place = draft.date or twin.date, draft.place or twin.place
            kept[kept.index(twin)] = structs.replace(draft, date=date, place=place)
        elif twin is None and not inside:
            kept.append(draft)
        elif twin is None and _is_warned_of(draft, outer, told):
            coding = _warned(draft.coding)
            kept.append(structs.replace(draft, coding=coding, cameo=cameo_of(view, draft.hit, coding, draft.contexts)))
        elif twin is None and _is_presupposed(view, draft, outer):
            kept.append(structs.replace(draft, background=True, score=min(draft.score, 0.7)))
    yield from kept


def _is_warned_of(draft: Draft, outer: list[Hit], told: set[int]) -> bool:
    """Whether somebody unnamed warns of what a state may do to another ("Oslo may halt aid, minister warns")."""
    is_ahead = draft.hit.is_verbal and draft.coding.status in ("hypothetical", "planned") and not draft.parties.filled
    return is_ahead and all(h.row.group == "threaten" and h.token not in told for h in outer)


def _warned(coding: Coding) -> Coding:
    turned = settled(coding.code, coding.mode, "planned")
    return coding if turned.code != "THREATEN" else turned._replace(status="happened", rules=coding.rules, by=coding.by)


def _is_presupposed(view: View, draft: Draft, outer: list[Hit]) -> bool:
    """Whether a sentence takes for done what it speaks of: "rejected Oslo's plea", "the crates seized by Oslo".

    What is charged or protested against is not: it may be a wrong of long standing, or none.
    """
    hit, filled = draft.hit, draft.parties.filled
    is_done = draft.coding.status in ("happened", "ongoing", "cancelled", "postponed")
    if not is_done or draft.rule or not set(filled) <= _may_lack(view, hit):
        return False
    if hit.how != "subj" and any(h.row.code in _CHARGING for h in outer):
        return False
    if hit.is_verbal and any(h.row.code == hit.row.code for h in outer):
        return False
    if hit.is_verbal:
        is_participle = view.parse.dep[hit.token] == "acl" and view.parse.tag[hit.token] == "VBN"
        return is_participle or (view.parse.dep[hit.token] == "relcl" and tense(view.parse, hit.token).tense == "past")
    return hit.how != "adj" and draft.parties.actor_slot in ("owner", "by")


def _may_lack(view: View, hit: Hit) -> frozenset[str]:
    """The sides that a telling may leave unsaid and still be taken for done: "men held at the border", "the raid drew
    a protest"."""
    if hit.is_verbal and view.parse.dep[hit.token] == "acl":
        return frozenset({"actor", "recipient"}) if hit.row.code in _DONE else frozenset()
    return frozenset({"recipient"}) if hit.how == "subj" and hit.row.code in _DONE else frozenset()


def _takes_in(view: View, outer: Hit, inner: Hit) -> bool:
    if outer.token in (inner.token, *inner.tokens) or inner.token in outer.tokens:
        return False
    if outer.is_verbal and view.lemma[outer.token] in _FORESEEN and _is_own(view, outer.token, inner):
        return False
    first = first_conjunct(view.parse, inner.token) if inner.is_verbal else inner.token
    if not view.is_below(inner.token, outer.token) and not (first != outer.token and view.is_below(first, outer.token)):
        return False
    for above in ancestors(view.parse, inner.token):
        if view.lemma[above] in _FRAMING and view.parse.head[above] in (outer.host, outer.token):
            return False
    return outer.row.code not in _OPEN or not inner.is_verbal


def _is_own(view: View, verb: int, inner: Hit) -> bool:
    """Whether what is wished for or foreseen is the speaker's own act ("expect to sign"), or nobody's wish."""
    if is_passive(view.parse, verb):
        return True
    if not inner.row.mutual:
        return False
    top = inner.host if inner.host is not None else inner.token
    return view.parse.dep[top] == "xcomp" and view.parse.head[top] == verb and not kids(view.parse, top, "nsubj")


def _is_twin(view: View, one: Draft, two: Draft) -> bool:
    if not _is_alike(one, two):
        return False
    is_filled = bool(two.parties.filled or one.parties.filled)
    is_opposite = "actor" not in (*one.parties.filled, *two.parties.filled) and not _doers(one) & _doers(two)
    is_other = bool(one.coding.mode and two.coding.mode) and one.coding.mode != two.coding.mode
    is_again = is_filled and _top(view, one.hit) == _top(view, two.hit) and not (is_opposite or is_other)
    return one.coding.code == "PROTEST" or is_again or _same_scene(view, one, two)


def _doers(draft: Draft) -> set[str | None]:
    return {x.country for x in draft.parties.actors}


def _is_alike(one: Draft, two: Draft) -> bool:
    return one.coding.code == two.coding.code and one.pair == two.pair


def _top(view: View, hit: Hit) -> int:
    """The first of the coordinated verbs that a trigger hangs on."""
    return first_conjunct(view.parse, hit.host if hit.host is not None else hit.token)


def _same_scene(view: View, one: Draft, two: Draft) -> bool:
    """Whether two tellings of one sentence stand in one clause or one below the other."""
    a, b = one.hit.token, two.hit.token
    if _doers(one) != _doers(two) and two.parties.recipients:
        return False
    return view.is_below(a, b) or view.is_below(b, a) or one.hit.row.group == two.hit.row.group
