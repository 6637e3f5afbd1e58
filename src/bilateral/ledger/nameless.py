"""Agreements told by their kind alone ("the agreement", "a memorandum of the two"), with the one that is meant.

Where the reports of a pair of states name one agreement only that can be meant, a nameless one is that. Of several none
is, and none in a pair of states with many.
"""

from __future__ import annotations

from collections.abc import Iterable

from bilateral.entries import Join
from bilateral.ledger.agreements import is_nameless, is_single
from bilateral.ledger.facts import Fact, gap
from bilateral.ledger.joining import Cluster, bar
from bilateral.ledger.rulings import Rulings
from bilateral.model import Agreement

_ANY = ("agreement", "document", "documents")  # said of any paper ("the agreement", "the document")
_MOST = 8  # agreements of a pair beyond which "the agreement" is not known to be any
_YEARS = 6 * 366  # days between the last telling of an agreement and one that speaks of it without its name
RULE = "the one agreement of the two that can be meant"


def adopted(found: Iterable[Cluster], rulings: Rulings) -> list[Cluster]:
    """The agreements of a pair, each nameless one with the only named one that it can be."""
    clusters = sorted(found, key=lambda c: c.facts[0].key)
    named = [c for c in clusters if _is_agreement(c) and not all(is_nameless(f) for f in c.facts)]
    if not 0 < len(named) <= _MOST:
        return clusters
    homes: dict[str, str] = {}
    for cluster in (c for c in clusters if _is_agreement(c) and c not in named):
        fitting = [c for c in named if _may_be(cluster, c, rulings)]
        if len(fitting) == 1:
            homes[cluster.facts[0].id] = fitting[0].facts[0].id
    return _together(clusters, homes)


def _is_agreement(cluster: Cluster) -> bool:
    return all(isinstance(f.record, Agreement) and is_single(f.record) for f in cluster.facts)


def _may_be(one: Cluster, named: Cluster, rulings: Rulings) -> bool:
    """Whether a nameless agreement can be a named one: told by other reports, within years, and nothing forbids it."""
    docs = {f.record.doc for f in named.facts}
    if any(f.record.doc in docs for f in one.facts) or not _is_near(one.facts, named.facts):
        return False
    kinds = {getattr(f.record, "type", "") for f in named.facts}
    if not all(getattr(f.record, "type", "") in (*_ANY, *kinds) for f in one.facts):
        return False
    return not any(bar(a, b, rulings) for a in one.facts for b in named.facts)


def _is_near(one: tuple[Fact, ...], two: tuple[Fact, ...]) -> bool:
    days = [sorted(d for f in some if (d := f.told.source.day)) for some in (one, two)]
    if not all(days):
        return False
    return gap((days[0][0], days[0][-1]), (days[1][0], days[1][-1])) <= _YEARS


def _together(clusters: list[Cluster], homes: dict[str, str]) -> list[Cluster]:
    kept = {c.facts[0].id: c for c in clusters}
    for cluster in clusters:
        own = cluster.facts[0].id
        if own not in homes:
            continue
        home = kept[homes[own]]
        facts = tuple(sorted((*home.facts, *cluster.facts), key=lambda f: f.key))
        join = Join(record=own, to=homes[own], rule=RULE, score=0.5)
        kept[homes[own]] = Cluster(facts, (*home.joins, *cluster.joins, join), (facts,))
        del kept[own]
    return sorted(kept.values(), key=lambda c: c.facts[0].key)
