"""Records that tell a visit or an agreement once more: which record of their own report they go with.

"Signed" is an event and a step of an agreement, "will visit" a promise and a planned visit. Such an event is no deed of
its own beside the visit or agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilateral.ledger.facts import Fact, gap
from bilateral.ledger.rulings import NONE, Rulings
from bilateral.model import Agreement, AnyRecord, Event, Visit

# Stems of the words that tell a step of an agreement, and of those that tell a contact.
_STEPS = (
    "sign", "ink", "initial", "ratif", "conclud", "force", "negotiat", "propos", "suspend", "extend", "terminat",
    "denounc", "approv", "seal", "adopt", "agree", "effect", "renew", "amend", "draft", "withdraw", "pull", "freez",
    "froze", "lengthen", "prolong", "scrap", "quit", "exit", "appl", "lapse", "expir",
)  # fmt: skip
_CONTACTS = (
    "visit", "meet", "met", "talk", "host", "receiv", "travel", "trip", "session", "summit", "round", "call", "hold",
    "held", "tour", "arriv", "negotiat", "consult", "dialogue", "pay", "welcom", "attend",
)  # fmt: skip
_KINDS = ("agreement", "treaty", "pact", "accord", "deal", "memorandum", "mou", "protocol", "convention", "contract")
# Stems said of papers alone, and the step that each tells.
_REAL = ("happened", "ongoing")
_PAPERS = ("sign", "ink", "initial", "ratif")
_STAGES = {"sign": "signed", "init": "initialled", "rati": "ratified"}


def hosts(facts: Iterable[Fact], rulings: Rulings = NONE) -> dict[str, str]:
    """The events and headlines that go with a visit or agreement of their report, each with that record's id.

    By the same words first, else by the one record of the same sentence and sides that the event's trigger suits.
    What a person joined goes with that record wherever it is told, what a person parted does not.
    """
    facts = list(facts)
    found = {a: b for a, b in _found(facts) if frozenset((a, b)) not in rulings.parted}
    return found | dict(_joined(facts, rulings))


def _joined(facts: list[Fact], rulings: Rulings) -> Iterator[tuple[str, str]]:
    """Yield the events that a person joined with a visit, agreement or figure, each with that record's id."""
    by_id = {f.id: f for f in facts}
    for pair in sorted(sorted(p) for p in rulings.joined if len(p) > 1 and p <= by_id.keys()):
        one, two = (by_id[key] for key in pair)
        if one.family != two.family and isinstance(one.record, Event) != isinstance(two.record, Event):
            event, thing = (one, two) if isinstance(one.record, Event) else (two, one)
            yield event.id, thing.id


def _found(facts: list[Fact]) -> Iterator[tuple[str, str]]:
    by_doc: dict[str, list[Fact]] = {}
    for fact in facts:
        by_doc.setdefault(fact.record.doc, []).append(fact)
    for some in by_doc.values():
        things = {f.id: f for f in some if isinstance(f.record, Agreement | Visit)}
        for fact in some:
            host = _host(fact, things) if isinstance(fact.record, Event) else _body(fact, things)
            if host is not None:
                yield fact.id, host


def _host(fact: Fact, things: dict[str, Fact]) -> str | None:
    linked = next((link.record for link in fact.record.links if link.record in things), None)
    if linked is not None and not fact.codes <= things[linked].codes:
        linked = None
    if linked is not None:
        return linked
    near = [t for t in things.values() if _is_told_with(fact, t)]
    if near:
        return near[0].id if len({t.id for t in near}) == 1 or _is_one_step(near) else None
    return _only_agreement(fact, things)


def _body(fact: Fact, things: dict[str, Fact]) -> str | None:
    """The agreement that a headline means in other words ("pension deal"): the one of its report at the same step."""
    if not fact.headline or fact.family != "agreement":
        return None
    same = [t for t in things.values() if t.family == "agreement" and not t.headline and t.codes == fact.codes]
    same = [t for t in same if (t.group, _stage(t), t.status) == (fact.group, _stage(fact), fact.status)]
    if len(same) > 1 and fact.is_dated:
        same = [t for t in same if t.days == fact.days]
    return same[0].id if len(same) == 1 else None


def _stage(fact: Fact) -> str | None:
    return getattr(fact.record, "stage", None)


def _only_agreement(fact: Fact, things: dict[str, Fact]) -> str | None:
    """The agreement of a report that tells of one alone, for a step that names none ("it was ratified in June")."""
    if fact.family != "deed" or not (_trigger(fact).startswith(_PAPERS) or _heads_paper(fact)):
        return None
    papers = [t for t in things.values() if t.family == "agreement" and fact.codes <= t.codes]
    single = [t for t in papers if isinstance(t.record, Agreement) and t.record.count == 1 and not t.headline] or papers
    marks = {(t.group, getattr(t.record, "subjects", ()), t.codes) for t in single}
    if len(marks) != 1:
        return None
    stage = _STAGES.get(_trigger(fact)[:4])
    return next((t.id for t in single if _stage(t) == stage), single[0].id)


def _heads_paper(fact: Fact) -> bool:
    """Whether a headline tells a step of a paper that it names by its kind ("Chad pulls out of road pact")."""
    line = " ".join(e.text for e in fact.record.evidence if e.part == "sentence").lower()
    is_step = _trigger(fact).startswith(_STEPS) and not _trigger(fact).startswith("agree")
    return fact.headline and is_step and any(word in line for word in _KINDS)


def _trigger(fact: Fact) -> str:
    span = fact.record.span("trigger")
    return span.text.lower() if span else ""


def _is_told_with(fact: Fact, thing: Fact) -> bool:
    """Whether an event stands in the sentence of a visit or agreement of its sides, by a trigger that suits it."""
    if not fact.codes <= thing.codes or not _sentences(fact.record) & _sentences(thing.record):
        return False
    trigger = _trigger(fact)
    if thing.family == "agreement":
        return trigger.startswith(_STEPS) and (fact.family == "deed" or trigger.startswith("negotiat"))
    if fact.family == "contact":
        return _is_same_contact(fact, thing)
    if not (fact.days and thing.days):
        return False
    if fact.group != "AGREE":
        return False
    if fact.exact and fact.days == thing.days and fact.status == thing.status == "planned":
        return True
    if trigger.startswith("agree"):  # "agreed to meet again": the word is given for the meeting
        return thing.status in ("planned", "proposed")
    return trigger.startswith(_CONTACTS) and gap(fact.days, thing.days) == 0


def _is_same_contact(fact: Fact, thing: Fact) -> bool:
    """Whether an event of meeting without a day of its own stands in the sentence of a visit of one standing and kind.

    One told with a day is weighed by it.
    """
    is_kin = fact.group == thing.group or (fact.group == "meeting" and thing.group in ("round", "multilateral"))
    one_state = (fact.status in _REAL) == (thing.status in _REAL) and fact.status != "hypothetical"
    return is_kin and one_state and not fact.is_dated and fact.codes == thing.codes


def _is_one_step(near: list[Fact]) -> bool:
    """Whether several agreements are told in one step ("signed A, B and C"): the event goes with the first."""
    steps = {(f.record.stage, f.record.status) for f in near if isinstance(f.record, Agreement)}
    return len(steps) == 1 and all(isinstance(f.record, Agreement) for f in near)


def _sentences(record: AnyRecord) -> set[tuple[int, int]]:
    return {(e.start, e.end) for e in record.evidence if e.part == "sentence"}
