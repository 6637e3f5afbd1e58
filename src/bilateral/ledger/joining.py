"""Which records speak of one thing: what forbids a join, what supports one, and the clusters that follow.

A cluster grows by its best supported pair first and never takes in a record that any member forbids. The outcome is a
function of the set of facts: pairs are weighed in the order of score and keys, whatever the order of reading.
Source: docs/ledger.md, which says what each rule is for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from bilateral.entries import Join
from bilateral.ledger.agreements import agreement_bar, agreement_keys, agreement_tie
from bilateral.ledger.contacts import MONTH, contact_bar, contact_tie
from bilateral.ledger.contacts import SLACK as CONTACT_SLACK
from bilateral.ledger.deeds import LASTING, deed_bar, deed_tie
from bilateral.ledger.deeds import SLACK as DEED_SLACK
from bilateral.ledger.facts import Fact, shifted
from bilateral.ledger.figures import figure_bar, figure_keys, figure_tie, standing_of
from bilateral.ledger.rulings import NONE, Rulings

# A fact is weighed against so many at most that lie behind it in time; a key that more facts share than a crowd is gone
# through by neighbours. A pair of states with tens of thousands of records so takes time in proportion to them.
MOST, CROWD, NEIGHBOURS = 400, 128, 24
_STRETCH = 400  # days before a thing put off in which one that lasts until it may begin
RIDES = "told once more in the same report"
MUST = 2.0  # the score of a join that a person or the words themselves make


class Tie(NamedTuple):
    """That two facts speak of one thing: how strongly (0..1, or MUST), and why in words."""

    score: float
    rule: str


class Cluster(NamedTuple):
    """Facts of one thing in the order of telling, the joins that brought them together, the parts that it has.

    A visit has the meetings held during it as parts; what has no parts is its own only one.
    """

    facts: tuple[Fact, ...]
    joins: tuple[Join, ...]
    parts: tuple[tuple[Fact, ...], ...]


Bar = Callable[[Fact, Fact], str | None]
Weigh = Callable[[Fact, Fact], tuple[float, str] | None]
_RULES: dict[str, tuple[Bar, Weigh]] = {
    "contact": (contact_bar, contact_tie),
    "deed": (deed_bar, deed_tie),
    "agreement": (agreement_bar, agreement_tie),
    "figure": (figure_bar, figure_tie),
}


def attached(found: Iterable[Cluster], riders: Iterable[tuple[Fact, str]]) -> list[Cluster]:
    """The clusters with the events that tell one of their visits or agreements once more, each with its host's id.

    Such an event goes where the record goes that it is told with.
    """
    clusters = list(found)
    home = {f.id: n for n, c in enumerate(clusters) for f in c.facts}
    for rider, host in sorted(riders, key=lambda r: r[0].key):
        n = home[host]
        join = Join(record=rider.id, to=host, rule=RIDES, score=1.0)
        facts = tuple(sorted((*clusters[n].facts, rider), key=lambda f: f.key))
        clusters[n] = Cluster(facts, (*clusters[n].joins, join), clusters[n].parts)
    return sorted(clusters, key=lambda c: c.facts[0].key)


def clusters(facts: Iterable[Fact], rulings: Rulings = NONE) -> list[Cluster]:
    """The things that some facts of one dyad and family speak of, by the order of their earliest telling."""
    order = sorted(facts, key=lambda f: f.key)
    home = {f.id: n for n, f in enumerate(order)}
    groups: dict[int, list[Fact]] = {n: [f] for n, f in enumerate(order)}
    joins: dict[int, list[Join]] = {n: [] for n in groups}
    faces = {n: _faces(some, rulings) for n, some in groups.items()}
    ties = sorted(_ties(order, rulings), key=lambda t: (-t[0].score, t[1].key, t[2].key))
    for tie, one, two in ties:
        a, b = sorted((home[one.id], home[two.id]))
        if a == b or (tie.score < MUST and _barred(faces[a].values(), faces[b].values(), rulings)):
            continue
        faces[a] |= faces.pop(b)
        joins[a] += [*joins.pop(b), Join(record=two.id, to=one.id, rule=tie.rule, score=min(1.0, tie.score))]
        for fact in groups[b]:
            home[fact.id] = a
        groups[a] += groups.pop(b)
    told = {n: tuple(sorted(groups[n], key=lambda f: f.key)) for n in sorted(groups)}
    return [Cluster(some, tuple(joins[n]), (some,)) for n, some in told.items()]


def _barred(one: Iterable[Fact], two: Collection[Fact], rulings: Rulings) -> bool:
    return any(bar(a, b, rulings) for a in one for b in two)


def _faces(some: list[Fact], rulings: Rulings) -> dict[object, Fact]:
    """The facts of a cluster that a join may be forbidden by: of figures one of those that differ in nothing."""
    is_figure = some[0].family == "figure" and not rulings.parted
    return {standing_of(f) if is_figure else f.id: f for f in some}


def bar(one: Fact, two: Fact, rulings: Rulings = NONE) -> str | None:
    """Why two facts cannot be one thing, or None: a person said so, other sides, other kinds, other days …"""
    if rulings.parted and frozenset((one.id, two.id)) in rulings.parted:
        return "a person parted them"
    if not (one.codes <= two.codes or two.codes <= one.codes):
        return "other sides"
    return _RULES[one.family][0](one, two)


def _ties(order: list[Fact], rulings: Rulings) -> Iterator[tuple[Tie, Fact, Fact]]:
    """Yield what holds facts together, pair by pair; pairs far apart in time are not weighed."""
    by_id = {f.id: f for f in order}
    for pair in rulings.joined:
        if pair <= by_id.keys() and len(pair) > 1:
            one, two = sorted((by_id[key] for key in pair), key=lambda f: f.key)
            yield Tie(MUST, "a person joined them"), one, two
    alone = _alone(order)
    for one, two in _near(order):
        tie = _weighed(one, two, rulings) or _in_copies(one, two, alone, rulings)
        if tie is not None:
            first, second = (one, two) if one.key <= two.key else (two, one)
            yield tie, first, second


def _weighed(one: Fact, two: Fact, rulings: Rulings) -> Tie | None:
    if bar(one, two, rulings) is not None:
        return None
    if any(link.record == two.id and link.kind == "same_words" for link in one.record.links):
        return Tie(1.0, "the same words")
    is_copy = one.told.source.story == two.told.source.story and one.record.doc != two.record.doc
    if is_copy and one.words and one.words == two.words:
        return Tie(0.95, "the same words in a copy of one story")
    found = _RULES[one.family][1](one, two)
    return Tie(*found) if found else None


def _alone(order: list[Fact]) -> frozenset[str]:
    """The facts that are the only ones of their kind of act and standing in their report."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for f in order:
        groups.setdefault((f.record.doc, f.group, getattr(f.record, "mode", None), f.status), []).append(f.id)
    return frozenset(some[0] for some in groups.values() if len(some) == 1)


def _in_copies(one: Fact, two: Fact, alone: frozenset[str], rulings: Rulings) -> Tie | None:
    """Near-copies of a story that each tell one act of a kind tell the same act, in whatever words."""
    is_copy = one.told.source.story == two.told.source.story and one.record.doc != two.record.doc
    if not is_copy or one.family != "deed" or one.id not in alone or two.id not in alone:
        return None
    is_kin = one.group == two.group and one.status == two.status
    return Tie(0.6, "the one such act in copies of one story") if is_kin and bar(one, two, rulings) is None else None


def _near(order: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yield the pairs that may be one thing: their days lie near, or they share what an agreement or figure goes by."""
    if not order:
        return
    if order[0].family in ("agreement", "figure"):
        yield from keyed(order, agreement_keys if order[0].family == "agreement" else figure_keys)
        return
    timed = sorted((f for f in order if f.days), key=lambda f: (f.days, f.key))
    untimed = [f for f in order if not f.days]
    yield from _in_time(timed, CONTACT_SLACK if order[0].family == "contact" else DEED_SLACK)
    yield from _far_apart(timed)
    yield from keyed(untimed, _kinds)
    stories: dict[str, list[Fact]] = {}
    for f in timed:
        stories.setdefault(f.told.source.story, []).append(f)
    yield from ((a, b) for a in untimed for b in stories.get(a.told.source.story, ()))


def _in_time(timed: list[Fact], slack: int) -> Iterator[tuple[Fact, Fact]]:
    """Yield the pairs whose days lie no further apart than a rule allows, each fact with at most MOST behind it."""
    for n, one in enumerate(timed):
        last = shifted((one.days or ("", ""))[1], slack)
        for two in timed[n + 1 : n + 1 + MOST]:
            if two.days is None or two.days[0] > last:
                break
            yield one, two


def _far_apart(timed: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yield the pairs further apart that may be one all the same: one round of talks, a thing that is put off."""
    rounds: dict[str, list[Fact]] = {}
    for f in timed:
        if f.family == "contact" and f.round:
            rounds.setdefault(f.round, []).append(f)
    for some in rounds.values():
        yield from _in_time(some, MONTH)
    for some in _by_name(timed).values():
        yield from _in_time(some, LASTING)
    starts = [(f.days or ("", ""))[0] for f in timed]
    for one in (f for f in timed if f.family == "contact" and f.status == "postponed"):
        start, end = one.days or ("", "")
        first, last = shifted(start, -_STRETCH), shifted(end, 2 * MONTH)
        behind = timed[bisect_left(starts, first) : bisect_right(starts, last)]
        yield from (_ordered(one, two) for two in behind[:MOST] if two is not one)


def _by_name(timed: list[Fact]) -> dict[str, list[Fact]]:
    """The deeds that speak of a thing with a name, by that name."""
    named: dict[str, list[Fact]] = {}
    for f in timed:
        for name in f.names if f.family == "deed" else ():
            named.setdefault(name, []).append(f)
    return named


def _ordered(one: Fact, two: Fact) -> tuple[Fact, Fact]:
    return (one, two) if one.key <= two.key else (two, one)


def _kinds(fact: Fact) -> Iterator[object]:
    """What two undated facts of one entry have in common: the kind of act, and a word."""
    yield from ((fact.group if fact.family == "deed" else "", word) for word in fact.words)
    yield "story", fact.told.source.story


def keyed(order: list[Fact], keys: Callable[[Fact], Iterable[object]]) -> Iterator[tuple[Fact, Fact]]:
    """Yield each pair that has a key in common, once; of a key that very many share those nearest in time."""
    groups: dict[object, list[int]] = {}
    for n, fact in enumerate(order):
        for key in keys(fact):
            groups.setdefault(key, []).append(n)
    pairs = {pair for some in groups.values() for pair in _pairs(some, order)}
    yield from ((order[a], order[b]) for a, b in sorted(pairs))


def _pairs(some: list[int], order: list[Fact]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a group, of a large one each fact with its neighbours by its own days and by the telling."""
    if len(some) <= CROWD:
        yield from combinations(some, 2)
        return
    lines = some, sorted(some, key=lambda n: (order[n].days or ("", ""), n))
    for line in lines:
        for n, a in enumerate(line):
            yield from ((min(a, b), max(a, b)) for b in line[n + 1 : n + 1 + NEIGHBOURS])
