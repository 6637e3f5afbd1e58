"""When two tellings are of one visit, meeting, call or summons.

The announced, the held and the called-off visit are one contact with a life; two meetings of the same persons on other
days are two. Participants, place and the number of a session say no more than the words do.
"""

from __future__ import annotations

from bilateral.knowledge import code_of, place_code
from bilateral.ledger.facts import Fact, gap, stem, surname
from bilateral.model import Visit

SLACK = 2  # days by which two reports may differ on the day of one meeting, where all else is the same
UNREAL = frozenset({"hypothetical", "mentioned"})
_DONE = {"happened": True, "ongoing": True, "cancelled": False, "postponed": False, "denied": False}
_MECHANISMS = {"joint_commission", "consultations"}
_ANY = "meeting"  # a meeting may turn out to be a call or a round; a call is no visit
MONTH = 31
_JOURNEYS = ("visit", "trip", "travel", "arriv", "tour")
_FEW = 2  # words that say too little to be compared by their share
_ALIKE, _NEAR = 0.3, 0.18


def overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of the smaller set of words that the other has; where one is nearly empty, whether they are equal."""
    small = min(len(one), len(two))
    return len(one & two) / small if small > _FEW else float(bool(one) and one == two)


def contact_bar(one: Fact, two: Fact) -> str | None:
    """Why two contacts cannot be one, or None."""
    if (one.status in UNREAL) != (two.status in UNREAL):
        return "one is real, the other is not"
    if one.record.doc == two.record.doc and _are_told_apart(one, two):
        return "one report tells of one called off and one held"
    if one.group != two.group and not _fit(one, two):
        return "other kinds of contact"
    if _is_on_margins(one, two):
        return "a meeting on the margins is not the conference"
    if one.round and two.round and one.round != two.round:
        return "other rounds"
    if _mechanisms(one, two) == _MECHANISMS and one.round != two.round:
        return "a commission is not the ministries' consultations"
    if _persons_differ(one, two):
        return "other persons"
    if one.place and two.place and not _places_fit(one, two):
        return "other places"
    return _days_differ(one, two)


def _is_on_margins(one: Fact, two: Fact) -> bool:
    """Whether one is a meeting of many states and the other one of two persons, and nobody takes part in both."""
    if {one.group, two.group} != {"multilateral", "meeting"} or not (one.people and two.people):
        return False
    return not shared_people(one, two)


def _are_told_apart(one: Fact, two: Fact) -> bool:
    """Whether one report has one thing off and another done: nobody says both of one thing without saying so."""
    return {_DONE.get(one.status), _DONE.get(two.status)} == {True, False}


def _fit(one: Fact, two: Fact) -> bool:
    """Whether kinds differ only because one telling says less."""
    groups = {one.group, two.group}
    return _ANY in groups and not groups & {"call", "summons"}


def is_visit(fact: Fact) -> bool:
    """Whether a contact is told as a visit, which may last days and hold meetings."""
    record = fact.record
    if isinstance(record, Visit):
        return "visit" in record.visit_kind
    trigger = record.span("trigger")
    return fact.family == "contact" and trigger is not None and trigger.text.lower().startswith(_JOURNEYS)


def _mechanisms(one: Fact, two: Fact) -> set[str]:
    return {f.record.visit_kind for f in (one, two) if isinstance(f.record, Visit)}


def _places_fit(one: Fact, two: Fact) -> bool:
    return places_fit(one.place or "", two.place or "")


def places_fit(a: str, b: str) -> bool:
    """Whether two places can be one: the same name, one within the other, a state and a place in it."""
    if a in b or b in a:
        return True
    whole = code_of(a), code_of(b)
    return (whole[0] is not None and whole[0] == place_code(b)) or (whole[1] is not None and whole[1] == place_code(a))


def shared_people(one: Fact, two: Fact) -> frozenset[str]:
    """The surnames that both name; whose officer somebody is may be read wrongly in one report."""
    return frozenset(name for _, name in one.people) & frozenset(name for _, name in two.people)


def _persons_differ(one: Fact, two: Fact) -> bool:
    """Whether both name somebody of one state and level, and nobody is the same."""
    shared = shared_people(one, two)
    states = {c for c, _ in one.people} & {c for c, _ in two.people}
    for state in states:
        a = {name for c, name in one.people if c == state}
        b = {name for c, name in two.people if c == state}
        levels = {v for c, v in one.levels if c == state} & {v for c, v in two.levels if c == state}
        if not (a | b) & shared and levels:
            return True
    return False


def _days_differ(one: Fact, two: Fact) -> str | None:
    if not (one.days and two.days):
        return None
    apart = gap(one.days, two.days)
    if apart == 0 or (one.round and one.round == two.round and apart <= MONTH):
        return None
    if {one.status, two.status} & {"postponed"} and apart <= 2 * MONTH:
        return None
    certain = one.exact and two.exact
    if certain and apart <= SLACK and _is_same_cast(one, two):
        return None
    if apart == 1 and _is_one_journey(one, two):
        return None
    is_near = apart <= SLACK and not certain and (one.exact or two.exact)  # two vague spans that only touch are two
    return None if is_near else "other days"


def _is_one_journey(one: Fact, two: Fact) -> bool:
    """Whether two contacts of adjacent days are parts of one visit: one guest, and one of them is told as a visit."""
    return (is_visit(one) or is_visit(two)) and bool(shared_people(one, two))


def _is_same_cast(one: Fact, two: Fact) -> bool:
    """Whether the same persons of at least two states take part, or the words say the same, at one place."""
    same = shared_people(one, two)
    if one.place and two.place and not _places_fit(one, two):
        return False
    return len(same) > 1 or (bool(same) and overlap(one.words, two.words) >= _ALIKE)


def contact_tie(one: Fact, two: Fact) -> tuple[float, str] | None:
    """What makes two contacts one and how strongly, or None: day, persons, round, place, words."""
    shared = _shared(one, two)
    alike = overlap(one.words, two.words)
    if not (one.days and two.days):
        return (0.5, "both undated, the same words") if alike >= 2 * _ALIKE else None
    if gap(one.days, two.days) > 0 and not shared:
        return None
    if one.round and one.round == two.round and one.group == two.group:
        return 0.95, "days that overlap" + _and(shared)
    if one.exact and two.exact and one.days == two.days:
        return 0.9 + 0.01 * len(shared), "the same day" + _and(shared)
    if shared:
        return 0.7 + 0.05 * len(shared) - _vague(one, two), "days that overlap" + _and(shared)
    if alike >= _ALIKE or (alike >= _NEAR and _is_narrow(one) and _is_narrow(two)):
        return 0.5 + 0.3 * alike - _vague(one, two), "days that overlap, like words"
    if one.record.doc == two.record.doc and _is_narrow(one) and _is_narrow(two):
        return 0.55, "one report, days that overlap"
    return None


def _shared(one: Fact, two: Fact) -> list[str]:
    found = []
    if one.round and one.round == two.round:
        found.append(f"round {one.round}")
    if shared_people(one, two) or _is_named(one, two) or _is_named(two, one):
        found.append("the same person")
    elif one.levels & two.levels and not (one.people and two.people):
        found.append("an officer of the same level")
    if one.place and two.place and _places_fit(one, two):
        found.append("the same place")
    return found


def _is_named(one: Fact, two: Fact) -> bool:
    """Whether somebody who takes part in one, and nobody else, is named in the words of one that knows nobody."""
    if two.people or not one.people:
        return False
    words = {surname(w) for w in two.words}
    return any(name in words or surname(stem(name)) in words for _, name in one.people)


def _and(shared: list[str]) -> str:
    return "".join(f", {s}" for s in shared)


def _is_narrow(fact: Fact) -> bool:
    return fact.days is not None and gap((fact.days[0], fact.days[0]), (fact.days[1], fact.days[1])) <= 7


def _vague(one: Fact, two: Fact) -> float:
    """What vague days take off a tie: a plan for a month is less surely the meeting of a day."""
    return 0.05 * ((not _is_narrow(one)) + (not _is_narrow(two)))
