"""The ledger: one entry out of the records of many reports, with its life, its witnesses and its contradictions.

Takes the records of one dyad with their reports and gives entries; knows no database and no clock. What is joined and
what is kept apart is the same whatever the order of reading. Source: docs/ledger.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from bilateral.entries import Entry, EntryKind
from bilateral.ledger.contradictions import contradictions
from bilateral.ledger.copies import Text, are_copies, bands, copies, stories
from bilateral.ledger.facts import Days, Fact, Told, fact
from bilateral.ledger.figures import amount
from bilateral.ledger.hosts import hosts
from bilateral.ledger.joining import RIDES, Cluster, attached, bar, clusters
from bilateral.ledger.journeys import folded
from bilateral.ledger.lives import best_date, is_open, life, standing
from bilateral.ledger.nameless import adopted
from bilateral.ledger.rulings import NONE, Rulings
from bilateral.ledger.witnesses import independent, witnesses
from bilateral.model import Agreement, Event, Visit

__all__ = [
    "Fact", "Rulings", "Text", "Told", "are_copies", "bands", "bar", "copies", "entries", "fact", "stories",
]  # fmt: skip

# Kinds of visit that say less than any other, the least first; a stay says more than a meeting during it.
KINDS = ("meeting", "sideline_meeting", "consultations", "courtesy_call", "visit")
FAMILIES: tuple[EntryKind, ...] = ("contact", "deed", "agreement", "figure")


def entries(told: Iterable[Told], dyad: tuple[str, str], rulings: Rulings = NONE) -> tuple[Entry, ...]:
    """The entries that some records of a dyad come to, by kind, then by their earliest telling.

    Records that the ledger does not join (statements, roles) are in none; every other record is in exactly one.
    """
    facts = [f for t in told if (f := fact(t)) is not None]
    riders = hosts(facts, rulings)
    found = _found(facts, riders, rulings)
    while rulings.parted and (apart := _parted(found, rulings)):
        riders = {event: host for event, host in riders.items() if event not in apart}
        found = _found(facts, riders, rulings)
    return tuple(_entry(cluster, family, dyad) for family in FAMILIES for cluster in found[family])


def _found(facts: list[Fact], riders: dict[str, str], rulings: Rulings) -> dict[EntryKind, list[Cluster]]:
    """The clusters of each kind, events that tell a visit or agreement again with it."""
    facts = _with_initials(_with_names(facts))
    by_id = {f.id: f for f in facts}
    made: dict[EntryKind, list[Cluster]] = {}
    for family in FAMILIES:
        found = clusters((f for f in facts if f.family == family and f.id not in riders), rulings)
        if family == "contact":
            found = folded(found, rulings)
        if family == "agreement":
            found = adopted(found, rulings)
        own = [(by_id[key], host) for key, host in riders.items() if by_id[host].family == family]
        made[family] = attached(found, own)
    return made


def _with_names(facts: list[Fact]) -> list[Fact]:
    """The facts, figures with the names of the things that their report tells of ("the exercise Blue Reed")."""
    named: dict[str, frozenset[str]] = {}
    for f in (f for f in facts if f.family == "deed" and f.names):
        named[f.record.doc] = named.get(f.record.doc, frozenset()) | f.names
    return [
        structs.replace(f, names=f.names | named[f.record.doc]) if f.family == "figure" and f.record.doc in named else f
        for f in facts
    ]  # fmt: skip


def _with_initials(facts: list[Fact]) -> list[Fact]:
    """The facts, signings with the days on which the same report has the same agreement initialled."""
    known: dict[str, list[Days]] = {}
    for f in facts:
        if isinstance(f.record, Agreement) and f.record.stage == "initialled" and f.is_dated and f.days:
            heads = [link.record for link in f.record.links if link.kind == "stage_of"]
            known.setdefault(heads[0] if heads else f.id, []).append(f.days)
    return [structs.replace(f, initialled=tuple(known.get(_head(f), ()))) if _is_signing(f) else f for f in facts]


def _is_signing(fact: Fact) -> bool:
    return isinstance(fact.record, Agreement) and fact.record.stage == "signed"


def _head(fact: Fact) -> str:
    """The id of the newest step of an agreement in its report, to which the others are linked."""
    return next((link.record for link in fact.record.links if link.kind == "stage_of"), fact.id)


def _parted(found: dict[EntryKind, list[Cluster]], rulings: Rulings) -> frozenset[str]:
    """The events that ride with a record from which a person parted them, or with another such event."""
    apart = set()
    for cluster in (c for some in found.values() for c in some):
        held = {f.id for f in cluster.facts}
        rides = sorted(j.record for j in cluster.joins if j.rule == RIDES)
        apart |= {r for r in rides for pair in rulings.parted if r in pair and pair <= held}
    return frozenset(apart)


def _entry(cluster: Cluster, family: EntryKind, dyad: tuple[str, str]) -> Entry:
    facts = cluster.facts
    hosted = {j.record for j in cluster.joins if j.rule == RIDES}
    own = tuple(f for f in facts if f.id not in hosted)
    return Entry(
        id=facts[0].id, kind=family, dyad=dyad,
        codes=tuple(sorted(frozenset().union(*(f.codes for f in facts)))),
        type=_type(own), date=best_date(own), status=standing(own), records=tuple(f.id for f in facts),
        reports=tuple(dict.fromkeys(f.record.doc for f in facts)), place=_place(own),
        is_open=family != "figure" and is_open(own), joins=cluster.joins, life=() if family == "figure" else life(own),
        contradictions=contradictions(own, cluster.parts), witnesses=witnesses(facts), independent=independent(facts),
    )  # fmt: skip


def _place(facts: tuple[Fact, ...]) -> str | None:
    """The place that most tellings name, as worded; of equals the first told."""
    named = [f.record.place for f in facts if isinstance(f.record, Event | Visit | Agreement) and f.record.place]
    return max(named, key=lambda p: (named.count(p), -named.index(p)), default=None)


def _type(facts: tuple[Fact, ...]) -> str:
    """The visit's kind, the PLOVER code, the agreement's type or the quantity, of the record that says most."""
    kinds = [f.record.visit_kind for f in facts if isinstance(f.record, Visit)]
    if kinds:
        return max(kinds, key=lambda k: (KINDS.index(k) if k in KINDS else len(KINDS), kinds.count(k), -kinds.index(k)))
    if facts[0].family == "figure":
        return amount(facts[0]).quantity
    record = facts[0].record
    for name in ("code", "type"):
        if hasattr(record, name):
            return str(getattr(record, name))
    return facts[0].group
