"""One event for one happening: tellings in headline, lead and body are joined, the clearest first.

What makes two tellings one is the root, the parties, the kind of act and whether date and status agree; a headline
repeats what the body says.
"""

from __future__ import annotations

from collections.abc import Iterable

from bilateral.extract.events.dropping import Draft
from bilateral.extract.events.view import View
from bilateral.model import Event, Evidence, Reason, evidence, identified
from bilateral.scene import Cast
from bilateral.syntax import obliques, span
from bilateral.text import Resolved

# Acts that a report tells of once however often it names them, and those told again and again with other contents.
_ONE = frozenset({
    "talks", "trade", "tourism", "invest", "expel", "sanction", "recall", "anniversary", "force", "ties", "exercise",
    "demo", "riot", "attack", "cancel", "mobilise", "arrest", "protest",
})  # fmt: skip
# Sentences after a headline in which its news is told, and roots by which the two may tell one act.
_LEAD = 3
_CLOSE = (
    frozenset({"SUPPORT", "AGREE"}), frozenset({"CONSULT", "AGREE"}), frozenset({"AID", "AGREE"}),
    frozenset({"COOPERATE", "AGREE"}), frozenset({"COOPERATE", "SUPPORT"}), frozenset({"AID", "COOPERATE"}),
    frozenset({"ACCUSE", "REJECT"}), frozenset({"ACCUSE", "THREATEN"}), frozenset({"ACCUSE", "REQUEST"}),
    frozenset({"SANCTION", "COERCE"}), frozenset({"SANCTION", "REJECT"}), frozenset({"SANCTION", "THREATEN"}),
    frozenset({"REJECT", "THREATEN"}), frozenset({"COERCE", "ASSAULT"}), frozenset({"CONCEDE", "RETREAT"}),
    frozenset({"CONCEDE", "AGREE"}), frozenset({"RETREAT", "AGREE"}), frozenset({"MOBILIZE", "COOPERATE"}),
)  # fmt: skip
# Roots whose modes are different acts ("expelled the attaché", "suspended the treaty").
_APART = frozenset({"SANCTION", "COERCE", "ASSAULT", "PROTEST", "RETREAT"})
# What tellings of talks may be about, each a meeting of its own: a visit, or the session of a body.
_SESSION = frozenset({"commission", "committee", "council", "session", "round", "working"})
_SAME = {
    "mou": "memorandum", "memorandums": "memorandum", "deal": "agreement", "accord": "agreement", "pact": "agreement",
    "treaty": "agreement",
}  # fmt: skip


def joined_events(doc: Resolved, view: View, found: Iterable[Draft]) -> list[Event]:
    """The events that some tellings come to, in text order of their first telling."""
    groups: list[list[Draft]] = []
    for draft in found:
        home = next((g for g in groups if _belongs(view, draft, g)), None)
        if home is None:
            groups.append([draft])
        else:
            home.append(draft)
    return [_event(doc, view, g) for g in _led(groups) if not all(_is_weak(view, d) for d in g)]


def _led(groups: list[list[Draft]]) -> list[list[Draft]]:
    """The groups with what only a headline tells joined to the lead's telling of another code, where the lead tells one
    such act of the pair alone ("Lima angry at Oslo" over "Lima summoned Oslo's ambassador")."""
    kept: list[list[Draft]] = []
    for group in groups:
        is_head = all(d.is_title for d in group)
        homes = [g for g in groups if g is not group and _leads(group[0], g)] if is_head else []
        if len(homes) == 1:
            homes[0].extend(group)
        else:
            kept.append(group)
    return kept


def _leads(head: Draft, group: list[Draft]) -> bool:
    """Whether a group has the lead's telling of what a headline tells: the same sides, close codes and dates."""
    first = next((d for d in group if not d.is_title), None)
    if first is None or any(d.is_title for d in group) or first.sentence - head.sentence > _LEAD:
        return False
    actors = [{a.country for a in d.parties.actors} for d in (head, first)]
    if head.pair != first.pair or actors[0] != actors[1] or not _dates_agree(head, first):
        return False
    return head.coding.code != first.coding.code and any({head.coding.code, first.coding.code} <= c for c in _CLOSE)


def _is_weak(view: View, draft: Draft) -> bool:
    """Whether a telling only points back ("after the meeting", "considers the request") and does not say whose."""
    points = any(view.low[k] in ("the", "that", "this") for k in view.parse.children[draft.hit.token])
    is_talk = draft.hit.row.group == "talks" and draft.hit.how not in ("obj", "subj")
    is_wish = draft.hit.row.group == "request" and not draft.hit.is_verbal
    return points and (is_talk or is_wish) and bool(draft.parties.filled)


def _belongs(view: View, draft: Draft, group: list[Draft]) -> bool:
    """Whether a telling is of a group's happening; what the body told first is not joined by way of a headline."""
    alike = [d for d in group if d.is_title == draft.is_title]
    return all(_is_same(view, d, draft) for d in alike) and any(_is_same(view, d, draft) for d in group)


def _is_same(view: View, one: Draft, two: Draft) -> bool:
    """Whether two tellings are of one happening."""
    if not _codes_agree(one, two) or not _pairs_agree(one, two) or not _dates_agree(one, two):
        return False
    if one.parties.recipients and two.parties.recipients and not _direction_agrees(one, two):
        return False
    if one.coding.code != two.coding.code:
        return True
    modes = {one.coding.mode, two.coding.mode}
    if one.is_title != two.is_title:
        return one.coding.code not in _APART or None in modes or len(modes) == 1
    if _done(one) != _done(two) or one.background != two.background:
        return False
    if one.hit.row.group != two.hit.row.group:
        return False
    if one.hit.row.group == "talks" and one.coding.status == "planned" and _sort(view, one) != _sort(view, two):
        return False
    if one.hit.row.group in _ONE:
        return True
    first, second = _content(view, one), _content(view, two)
    return first == second or (one.hit.row.group == "sign" and bool(first & second))


def _done(draft: Draft) -> str:
    """A telling's status; what is called off or put off is done with the words."""
    return "happened" if draft.coding.status in ("cancelled", "postponed") else draft.coding.status


def _sort(view: View, draft: Draft) -> bool:
    """Whether a meeting is the session of a body."""
    return view.holds(_top(draft), _SESSION) or view.holds(draft.hit.token, _SESSION)


def _codes_agree(one: Draft, two: Draft) -> bool:
    """The same root, or sanctions that are imposed and told of as still to come."""
    codes = {one.coding.code, two.coding.code}
    return len(codes) == 1 or (codes == {"SANCTION", "THREATEN"} and one.hit.row.code == two.hit.row.code == "SANCTION")


def _pairs_agree(one: Draft, two: Draft) -> bool:
    """The same parties; a pair that was filled in may be part of a larger one."""
    if one.pair == two.pair:
        return True
    return (bool(one.parties.filled) and one.pair < two.pair) or (bool(two.parties.filled) and two.pair < one.pair)


def _direction_agrees(one: Draft, two: Draft) -> bool:
    first = {a.country for a in one.parties.actors}
    return one.coding.code in ("CONSULT", "AGREE", "COOPERATE", "SUPPORT") or first == {
        a.country for a in two.parties.actors
    }


def _dates_agree(one: Draft, two: Draft) -> bool:
    a, b = (d.date.value if d.date else None for d in (one, two))
    return a is None or b is None or a == b or a.startswith(b) or b.startswith(a) or "XXXX" in a + b


def _content(view: View, draft: Draft) -> frozenset[str]:
    """The nouns and verbs right below a trigger: what is asked, promised or signed."""
    below = [k for i in draft.hit.tokens for k in view.parse.children[i]]
    found = [k for k in below if view.parse.dep[k] in ("dobj", "ccomp", "xcomp", "nsubjpass")]
    found += [n for i in draft.hit.tokens for _, n in obliques(view.parse, i, "of")]
    return frozenset(_SAME.get(view.lemma[k], view.lemma[k]) for k in found)


def _rank(view: View, draft: Draft) -> tuple[bool, bool, bool, bool, bool, int]:
    is_ahead = draft.coding.code == "THREATEN" and draft.hit.row.code == "SANCTION"
    has_no_figure = draft.hit.row.flow and not any(view.parse.pos[k] == "NUM" for k in view.reach(_top(draft)))
    return (draft.is_title, is_ahead, draft.background, len(draft.parties.filled) > 1, has_no_figure, draft.sentence)


def _top(draft: Draft) -> int:
    return draft.hit.host if draft.hit.host is not None else draft.hit.token


def _event(doc: Resolved, view: View, group: list[Draft]) -> Event:
    """The event of some tellings: fields of the clearest one, what it lacks from the others, evidence of all."""
    order = sorted(group, key=lambda d: _rank(view, d))
    best = order[0]
    other = next((d for d in order if d.coding.code != best.coding.code and d.is_title != best.is_title), None)
    if other is not None and _detail(other) > _detail(best):
        best, other = other, best
    dated = next((d.date for d in order if d.date is not None), None)
    mode = best.coding.mode or next((d.coding.mode for d in order if d.coding.mode), None)
    visit = next((d for d in order if d.coding.mode == "visit" and d.parties.recipients), None)
    sides = visit.parties if visit is not None and best.coding.code == "CONSULT" else best.parties
    sides = max((d.parties for d in order), key=lambda p: len(p.codes)) if sides.filled else sides
    return identified(Event(
        by="events/1", score=best.score, code=best.coding.code,
        mode="visit" if visit is not None and best.coding.code == "CONSULT" else mode,
        contexts=tuple(dict.fromkeys(c for d in order for c in d.contexts))[:4], cameo=best.cameo,
        actors=sides.actors, recipients=sides.recipients, date=dated.value if dated else None,
        place=best.place.name or best.place.text if best.place else None, background=all(d.background for d in order),
        status=best.coding.status, evidence=_evidence(doc, order),
        reasons=(*_reasons(view, best), *_other_code(view, best, other)),
    ))  # fmt: skip


def _detail(draft: Draft) -> tuple[bool, bool, int]:
    """How much a code says: a mode, both sides named, the digits of its CAMEO code."""
    return (bool(draft.coding.mode), not draft.parties.filled, len(draft.cameo or ""))


def _other_code(view: View, best: Draft, other: Draft | None) -> tuple[Reason, ...]:
    """Why an act that headline and lead tell by two codes has this one."""
    if other is None:
        return ()
    told = f"{other.coding.code}.{other.coding.mode}" if other.coding.mode else other.coding.code
    words = view.low[other.hit.token]
    rule = f"joining: headline and lead tell one act; {told} ({words!r}) says less of it"
    return (Reason("joined", rule, best.score),)


def _evidence(doc: Resolved, order: list[Draft]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for draft in order:
        tokens = doc.parse.sentences()[draft.sentence]
        found.append(evidence(doc.document, "sentence", *span(doc.parse, tokens)))
        found.append(evidence(doc.document, "trigger", *span(doc.parse, [draft.hit.token])))
        for part, cast in (("actor", draft.parties.actor), ("recipient", draft.parties.recipient)):
            if isinstance(cast, Cast):
                found.append(evidence(doc.document, part, cast.start, cast.end))
        for part, mention in (("date", draft.date), ("place", draft.place)):
            if mention is not None:
                found.append(evidence(doc.document, part, mention.start, mention.end))
    return tuple(dict.fromkeys(found))


def _reasons(view: View, draft: Draft) -> tuple[Reason, ...]:
    """Which rule gave each field, on which words, and how sure it is."""
    word = view.low[draft.hit.token]
    made = [Reason(field, f"rule: {rule}: {word!r}", draft.score) for field, rule in draft.coding.rules]
    if draft.coding.mode and all(field != "mode" for field, _ in draft.coding.rules):
        made.append(Reason("mode", f"rule: the trigger's row: {word!r}", draft.score))
    by = draft.coding.by
    told = f"rule: told as {draft.coding.status}" + (f" by {view.low[by]!r}" if by is not None else "")
    made.append(Reason("status", told, draft.score))
    if draft.background:
        made.append(Reason("background", "rule: told as past before the news, or dated well before the report", 0.8))
    if draft.contexts:
        made.append(Reason("contexts", "rule: the trigger's row, or cues in its clause", draft.score))
    if draft.cameo:
        kind = f"{draft.coding.code}.{draft.coding.mode}" if draft.coding.mode else draft.coding.code
        made.append(Reason("cameo", f"crosswalk: the narrowest code of {kind} that the words support", draft.score))
    places = (("date", draft.date), ("place", draft.place))
    made += [Reason(field, f"rule: stands in the trigger's clause: {m.text!r}", 0.8) for field, m in places if m]
    sides = draft.parties
    named = (("actors", sides.actor, sides.actor_slot), ("recipients", sides.recipient, sides.recipient_slot))
    for field, cast, slot in named:
        if cast is not None:
            made.append(Reason(field, f"{slot or 'named'}: {cast.how}", draft.score))
    made += [Reason(f"{name}s", "not named; the other of the report's pair", 0.5) for name in sides.filled]
    return tuple(made)
