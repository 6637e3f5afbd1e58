"""Visits with what belongs to them: the talks, the call on a president, the same stay told by another of its days.

A visit and a meeting during it are one entry with parts; contradictions are looked for within each part. Commissions,
calls and summonses stay entries of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilateral.entries import Join
from bilateral.ledger.contacts import UNREAL, is_visit, places_fit
from bilateral.ledger.facts import Days, Fact, gap
from bilateral.ledger.joining import Cluster
from bilateral.ledger.rulings import Rulings

_LONGEST = 31  # days of a stay; a plan for a whole season is no frame for meetings
_SLACK = 1  # days before or after a stay of which one day alone is told


class Stay(NamedTuple):
    """A visit that others may be part of: its days, who travels, and the facts that tell it."""

    days: Days
    visitors: frozenset[str]
    tellings: tuple[Fact, ...]


def folded(clusters: Iterable[Cluster], rulings: Rulings) -> list[Cluster]:
    """The contacts of a dyad with each visit's parts taken into it, the earliest told first."""
    todo = sorted(clusters, key=lambda c: c.facts[0].key)
    stays = [(stay, n) for n, c in enumerate(todo) if (stay := _stay(c)) is not None]
    gone: dict[int, int] = {}
    groups: dict[int, list[Cluster]] = {n: [c] for n, c in enumerate(todo)}
    for n, cluster in enumerate(todo):
        homes = (_root(m, gone) for stay, m in _near(stays, cluster) if _belongs(cluster, stay))
        home = next((m for m in homes if m != n and not _are_parted(groups[n], groups[m], rulings)), None)
        if home is not None:
            gone[n] = home
            groups[home] += groups.pop(n)
    made = [_together(some) if len(some) > 1 else some[0] for some in groups.values()]
    return sorted(made, key=lambda c: c.facts[0].key)


def _root(n: int, gone: dict[int, int]) -> int:
    while n in gone:
        n = gone[n]
    return n


def _near(stays: list[tuple[Stay, int]], cluster: Cluster) -> Iterator[tuple[Stay, int]]:
    """Yield the stays that a cluster's days touch, the one whose days are told best first."""
    days = _span(cluster.facts)
    if days is not None:
        yield from ((s, n) for s, n in stays if gap(s.days, days) <= _SLACK)


def _stay(cluster: Cluster) -> Stay | None:
    """The visit that a cluster tells, with the days of all its tellings; None for a meeting or an undated visit."""
    visits = tuple(f for f in cluster.facts if is_visit(f) and f.status not in UNREAL)
    dated = [f.days for f in visits if f.is_dated and f.days and gap(*_ends(f.days)) <= _LONGEST]
    if not dated or cluster.facts[0].group != "meeting":
        return None
    visitors = frozenset(name for f in visits for _, name in f.people)
    return Stay((min(d[0] for d in dated), max(d[1] for d in dated)), visitors, visits)


def _ends(days: Days) -> tuple[Days, Days]:
    return (days[0], days[0]), (days[1], days[1])


def _span(facts: Iterable[Fact]) -> Days | None:
    """The days of a cluster: those that are told, else those that its reports allow."""
    known = list(facts)
    days = [f.days for f in known if f.is_dated and f.days] or [f.days for f in known if f.days]
    return (min(d[0] for d in days), max(d[1] for d in days)) if days else None


def _belongs(cluster: Cluster, stay: Stay) -> bool:
    """Whether a cluster is a part of a stay: the same traveller, days within it, no other place, no mechanism."""
    facts, days = cluster.facts, _span(cluster.facts)
    if days is None or any(f.group != "meeting" or f.round for f in facts) or facts[0].status in UNREAL:
        return False
    if not _is_within(cluster, days, stay):
        return False
    people = frozenset(name for f in facts for _, name in f.people)
    places = [(f.place, t.place) for f in facts for t in stay.tellings if f.place and t.place]
    if any(not places_fit(a or "", b or "") for a, b in places):
        return False
    if stay.visitors and people:
        return bool(people & stay.visitors)
    told = {t.record.doc for t in stay.tellings}
    return not people and any(f.record.doc in told for f in facts)


def _is_within(cluster: Cluster, days: Days, stay: Stay) -> bool:
    """Whether a meeting's days lie within a stay, or touch one of which a single day is told; undated ones overlap."""
    if not any(f.is_dated for f in cluster.facts):
        return gap(days, stay.days) == 0
    slack = _SLACK if stay.days[0] == stay.days[1] or any(is_visit(f) for f in cluster.facts) else 0
    return gap((days[0], days[0]), stay.days) <= slack and gap((days[1], days[1]), stay.days) <= slack


def _are_parted(some: list[Cluster], others: list[Cluster], rulings: Rulings) -> bool:
    """Whether a person said of two facts of these clusters that they are not of one thing."""
    if not rulings.parted:
        return False
    pairs = ((a, b) for c in some for a in c.facts for d in others for b in d.facts)
    return any(frozenset((a.id, b.id)) in rulings.parted for a, b in pairs)


def _together(some: list[Cluster]) -> Cluster:
    """A visit with its parts as one cluster."""
    facts = tuple(sorted((f for c in some for f in c.facts), key=lambda f: f.key))
    visit = next((c for c in some if any(is_visit(f) for f in c.facts)), some[0])
    host, parts = visit.facts[0].id, [c.facts[0].id for c in some if c is not visit]
    joins = [j for c in some for j in c.joins]
    joins += [Join(record=part, to=host, rule="part of the visit", score=0.8) for part in parts]
    return Cluster(facts, tuple(joins), tuple(part for c in some for part in c.parts))
