"""Which sightings of a name, report by report, are one person: joined with reasons, kept apart with reasons.

The same sightings give the same people in whatever order they come: they are put in one order before anything is asked.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from msgspec import Struct

from bilateral.people.names import Compared, compared, keys, parted

# Offices that one person does not hold together: of each pair of groups, at one time.
_CABINET = frozenset(("HOS", "HOG", "DPM", "FM", "MIN"))
_SENT = frozenset(("AMB",))
_DESK = frozenset(("DFM", "SPOX"))
_TERM = 366  # days within which an office seen twice was held all along
_ALONE = ("HOS", "HOG", "FM", "AMB")  # offices told apart where only a family name is known


class Sighting(Struct, frozen=True, order=True):
    """One person of one report: the fullest name there, the state served, the levels held there, and the day."""

    name: str
    country: str
    levels: tuple[str, ...]
    day: str
    doc: str


# The days on which a person is seen at each level, in order.
Terms = dict[str, list[str]]


class Joined(Struct, frozen=True):
    """Two names that were taken for one person's, and why."""

    one: str
    two: str
    reasons: tuple[str, ...]


class Apart(Struct, frozen=True):
    """A name that was not joined though it is alike, with its state, and why."""

    name: str
    country: str | None
    reasons: tuple[str, ...]


class Group(Struct, frozen=True):
    """The sightings of one person, in order, with the joins that made it and the likest that were kept apart."""

    sightings: tuple[Sighting, ...]
    joins: tuple[Joined, ...]
    apart: tuple[Apart, ...]


class _Pool:
    """Groups that grow by merging; each is known by the place of its first sighting."""

    def __init__(self, forms: list[list[Sighting]]) -> None:
        self.members = {n: list(form) for n, form in enumerate(forms)}
        self.joins: dict[int, list[Joined]] = {n: [] for n in self.members}
        self.home = {n: n for n in self.members}

    def merge(self, one: int, two: int, joined: Joined) -> None:
        a, b = sorted((self.home[one], self.home[two]))
        self.members[a] += self.members.pop(b)
        self.joins[a] += [*self.joins.pop(b), joined]
        self.home = {form: a if home == b else home for form, home in self.home.items()}


def groups(sightings: Iterable[Sighting]) -> list[Group]:
    """The people behind some sightings, by name; names alone are joined only where one person fits them."""
    forms = _forms(sorted(set(sightings)))
    alike = [(a, b, _alike(forms[a], forms[b])) for a, b in _near(forms)]
    pool = _Pool(forms)
    for verdict in ("same", "initial"):
        for a, b, found in alike:
            if found.verdict == verdict and pool.home[a] != pool.home[b] and not _clash(pool, a, b, is_weak=False):
                pool.merge(a, b, _joined(forms, a, b, found))
    _join_parts(pool, forms, [(a, b, found) for a, b, found in alike if found.verdict == "part"])
    return _made(pool, forms, alike)


def _forms(ordered: list[Sighting]) -> list[list[Sighting]]:
    """Sightings of one spelling and state; split where they hold offices at one time that one person cannot."""
    by_name: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for sighting in ordered:
        by_name[(sighting.name, sighting.country)].append(sighting)
    found: list[list[Sighting]] = []
    for same in by_name.values():
        parts: list[tuple[list[Sighting], Terms]] = []
        for sighting in sorted(same, key=lambda s: (not s.levels, s.levels, s)):
            own = _terms((sighting,))
            home = next((p for p in parts if not _offices_clash(p[1], own)), None)
            if home is None:
                parts.append(([sighting], own))
            else:
                home[0].append(sighting)
                _add(home[1], sighting)
        found += [some for some, _ in parts]
    return found


def _near(forms: list[list[Sighting]]) -> list[tuple[int, int]]:
    """The pairs of forms that share a word of a name, in order."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for n, form in enumerate(forms):
        for key in keys(form[0].name):
            by_key[key].append(n)
    return sorted({pair for some in by_key.values() for pair in combinations(some, 2)})


def _alike(one: list[Sighting], two: list[Sighting]) -> Compared:
    a, b = one[0], two[0]
    return compared(a.name, b.name, a.country or b.country or None)


def _joined(forms: list[list[Sighting]], a: int, b: int, found: Compared) -> Joined:
    country = forms[a][0].country or forms[b][0].country
    why = f"both of {country}" if country else "no state told"
    return Joined(forms[a][0].name, forms[b][0].name, (*found.reasons, why))


def _clash(pool: _Pool, a: int, b: int, *, is_weak: bool) -> tuple[str, ...]:
    """Why two groups cannot be one person; () where they can."""
    one, two = pool.members[pool.home[a]], pool.members[pool.home[b]]
    reasons = []
    codes = [{s.country for s in some if s.country and not s.country.startswith("IGO:")} for some in (one, two)]
    if codes[0] and codes[1] and not codes[0] & codes[1]:
        reasons.append(f"of {' and '.join(sorted(codes[0] | codes[1]))}")
    names = {(x.name, y.name) for x in one for y in two}
    country = next(iter(sorted(codes[0] | codes[1])), None)
    if any(compared(x, y, country).verdict == "different" for x, y in sorted(names)):
        reasons.append("the names contradict each other")
    if clash := _offices_clash(_terms(one), _terms(two), is_weak=is_weak):
        reasons.append(clash)
    return tuple(reasons)


def _offices_clash(one: Terms, two: Terms, *, is_weak: bool = False) -> str:
    """Which offices of two people one person cannot have held, by their days; "" where none, or where one alone did."""
    both = {level: sorted({*one.get(level, ()), *two.get(level, ())}) for level in {*one, *two}}
    for x in sorted(both):
        for y in sorted(both):
            if x < y and _excludes(x, y, is_weak=is_weak) and (when := _at_once(both[x], both[y])):
                is_own = any(x in t and y in t and _at_once(t[x], t[y]) for t in (one, two))
                if not is_own:
                    return f"{x} and {y} {when}"
    return ""


def _at_once(one: list[str], two: list[str]) -> str:
    """When two offices were held at one time: on one day, or one between two near days of the other; "" if never."""
    if same := sorted(set(one) & set(two)):
        return f"on one day ({same[0]})"
    for inner, outer in ((one, two), (two, one)):
        for day in inner:
            at = bisect_right(outer, day)
            if 0 < at < len(outer) and _days(outer[at - 1], outer[at]) <= _TERM:
                return f"at one time ({outer[at - 1]} to {outer[at]})"
    return ""


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _terms(some: Iterable[Sighting]) -> Terms:
    found: Terms = {}
    for sighting in some:
        _add(found, sighting)
    return found


def _add(terms: Terms, sighting: Sighting) -> None:
    for level in sighting.levels if sighting.day else ():
        insort(terms.setdefault(level, []), sighting.day)


def _excludes(x: str, y: str, *, is_weak: bool) -> bool:
    """Whether one person does not hold two levels at one time; weakly also two heads of the same house."""
    pair = ((_CABINET, _SENT), (_CABINET, _DESK), (_SENT, _DESK))
    if any((x in a and y in b) or (x in b and y in a) for a, b in pair):
        return True
    return is_weak and x != y and (x in _ALONE or y in _ALONE) and {x, y} <= _CABINET


def _join_parts(pool: _Pool, forms: list[list[Sighting]], alike: list[tuple[int, int, Compared]]) -> None:
    """Join short forms ("Tsvetkov") to whom they fit, where it is one person of that state, or the only one at all."""
    wholes: dict[int, list[tuple[int, Compared]]] = defaultdict(list)
    for a, b, found in alike:
        short, long = sorted((a, b), key=lambda n: len(parted(forms[n][0].name).words))
        wholes[short].append((long, found))
    for short in sorted(wholes, key=lambda n: (-len(parted(forms[n][0].name).words), n)):
        fitting: dict[int, tuple[int, Compared]] = {}
        for long, found in wholes[short]:
            if pool.home[long] != pool.home[short] and not _clash(pool, short, long, is_weak=True):
                fitting.setdefault(pool.home[long], (long, found))
        told = {home: f for home, f in fitting.items() if _is_supported(pool, short, f[0])}
        if len(fitting) == 1 and told:
            ((long, found),) = told.values()
            pool.merge(short, long, _joined(forms, short, long, found))


def _is_supported(pool: _Pool, a: int, b: int) -> bool:
    """Whether state or office speaks for one person behind a short and a whole name."""
    one, two = pool.members[pool.home[a]], pool.members[pool.home[b]]
    codes = {s.country for s in one if s.country} & {s.country for s in two if s.country}
    levels = {x for s in one for x in s.levels}, {x for s in two for x in s.levels}
    if codes:
        return not levels[0] or not levels[1] or bool(levels[0] & levels[1])
    return bool(levels[0] & levels[1]) or bool({s.doc for s in one} & {s.doc for s in two})


def _made(pool: _Pool, forms: list[list[Sighting]], alike: list[tuple[int, int, Compared]]) -> list[Group]:
    apart: dict[int, set[Apart]] = defaultdict(set)
    for a, b, found in alike:
        if pool.home[a] == pool.home[b] or found.verdict in ("open", "different"):
            continue
        why = _clash(pool, a, b, is_weak=found.verdict == "part") or ("more than one person fits, or none surely",)
        for x, y in ((a, b), (b, a)):
            other = forms[y][0]
            apart[pool.home[x]].add(Apart(other.name, other.country or None, why))
    return [
        Group(
            tuple(sorted(members, key=lambda s: (s.day, s))),
            tuple(sorted(pool.joins[n], key=lambda j: (j.one, j.two))),
            tuple(sorted(apart[n], key=lambda x: (x.name, x.country or "", x.reasons))),
        )
        for n, members in sorted(pool.members.items())
    ]  # fmt: skip


def fullest(names: Counter[str]) -> str:
    """The spelling to show: the most words, then the fewest initials, the most often used, the first by letters."""
    return min(names, key=lambda name: (-_words(name), len(parted(name).initials), -names[name], name))


def _words(name: str) -> int:
    taken = parted(name)
    return len(taken.words) + len(taken.patronymics) + len(taken.sons_of)
