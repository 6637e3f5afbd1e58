"""The views of a quantity that reference files give of a pair of states: each reporter's, reconciled ones, mixed ones.

Owns how exports and imports make up a quantity. Values of different files, sources, vintages, units or scopes are never
added; values of different reporters only in views that are marked as mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from bilateral.observations import Observation, View
from bilateral.reference.quantities import stated_by, trade
from bilateral.reference.spans import Months, months
from bilateral.reference.verdicts import Operand, Sight, Standing


class Worked(NamedTuple):
    """A value with the formula that gives it and the operands of that."""

    value: Decimal
    formula: str
    operands: tuple[Operand, ...]


class Term(NamedTuple):
    """One series of a sum: whose, which flow, under which name, added or taken off."""

    reporter: str
    flow: str
    view: View
    values: dict[str, Observation]
    sign: int = 1

    def at(self, period: Months) -> list[Observation] | None:
        """The values that make up a period: its own, else those of its months, else of its quarters."""
        for names in ([period.edtf], period.each(), period.quarters()):
            if names and all(name in self.values for name in names):
                return [self.values[name] for name in names]
        return None


class Side(NamedTuple):
    """One view of a quantity, whole: what it is, and the terms that are added up."""

    sight: Sight
    family: tuple[str, ...]
    terms: tuple[Term, ...]

    def at(self, period: Months) -> Worked | None:
        """The quantity in a period, None where a term has no value for it."""
        parts: list[tuple[int, Observation]] = []
        for term in self.terms:
            found = term.at(period)
            if found is None:
                return None
            parts += [(term.sign, o) for o in found]
        value = sum((sign * o.value for sign, o in parts), Decimal(0))
        formula = " ".join(f"{'+' if sign > 0 else '-'} {_name(o)}" for sign, o in parts).removeprefix("+ ")
        return Worked(value, formula, tuple(_operand(o) for _, o in parts))

    def years(self) -> list[str]:
        """The years for which all terms have a value, oldest first."""
        named = sorted({period[:4] for term in self.terms for period in term.values})
        return [year for year in named if (whole := months(year)) is not None and self.at(whole) is not None]

    def last(self) -> str | None:
        """The newest period of the term that ends first."""
        return min((max(term.values) for term in self.terms), default=None)


Series = dict[tuple[str, str], list[Term]]  # by reporter and flow


def sides(
    observations: Iterable[Observation],
    quantity: str,
    dyad: tuple[str, str],
    direction: str | None = None,
    country: str | None = None,
) -> list[Side]:
    """All views of a quantity of a pair, those of the claimant's own state first, then the other's, reconciled, mixed.

    `direction` is needed for what flows one way ("A>B"); turnover needs none. Mixed views are given in addition; use
    `complete` to leave them out where one reporter gives the whole.
    """
    families: dict[tuple[str, ...], Series] = defaultdict(lambda: defaultdict(list))
    for term in _series(observations):
        v = term.view
        key = (v.file, v.source, v.unit, v.scope, v.vintage, v.basis)
        families[key][term.reporter, term.flow].append(term)
    order = _order(dyad, direction, country)
    standing: dict[str, Standing] = {code: "own" if code == country else "other" for code in order}
    found = [
        _side(key, terms, kind)
        for key, series in families.items()
        for terms, kind in _terms(series, quantity, order, direction, standing if key[-1] == "reported" else None)
    ]
    return sorted(found, key=lambda s: (_RANK[s.sight.standing], s.sight.reporter == order[1]))


def complete(found: Iterable[Side], period: Months) -> list[Side]:
    """The views that count for a period, in their order.

    Mixed ones only where no reporter of their file gives the whole. Of the views of one reporter in one file that have
    no value, the first only, and only where none of the others has one.
    """
    listed = [(s, (s.family, s.sight.reporter, s.sight.standing), s.at(period) is not None) for s in found]
    whole = {s.family for s, _, has_value in listed if s.sight.reporter is not None and has_value}
    told = {key for _, key, has_value in listed if has_value}
    kept = []
    for side, key, has_value in listed:
        if side.sight.standing == "mixed" and (side.family in whole or not has_value):
            continue
        if has_value or key not in told:
            told.add(key)
            kept.append(side)
    return kept


def _series(observations: Iterable[Observation]) -> Iterator[Term]:
    held: dict[tuple[str, str, View], dict[str, Observation]] = defaultdict(dict)
    for o in observations:
        held[o.reporter, o.flow, o.view][o.period] = o
    for (reporter, flow, view), values in held.items():
        yield Term(reporter, flow, view, values)


def _order(dyad: tuple[str, str], direction: str | None, country: str | None) -> tuple[str, str]:
    """The two states, the claimant's own first, else the one that the direction begins with, else as given."""
    first = country if country in dyad else (direction or "").partition(">")[0]
    return dyad if first not in dyad or first == dyad[0] else (dyad[1], dyad[0])


_RANK: dict[Standing, int] = {"own": 0, "other": 1, "reconciled": 2, "mixed": 3}
_Terms = Iterator[tuple[tuple[Term, ...], Standing]]
_Whose = dict[str, Standing] | None  # None: reconciled, nobody's own


def _terms(series: Series, quantity: str, order: tuple[str, str], direction: str | None, whose: _Whose) -> _Terms:
    """Yield each way to make up the quantity, and whose view it is."""
    kind = trade(quantity)
    standing = whose or dict.fromkeys(order, "reconciled")
    start, _, end = (direction or ">").partition(">")
    if kind in ("trade_turnover", "services_trade"):
        yield from _turnover(series, order, whose)
    elif kind in ("exports", "imports"):
        for reporter, flow in ((start, "exports"), (end, "imports")):
            for term in series.get((reporter, flow), ()):
                yield (term,), standing[reporter]
    elif kind == "trade_balance":
        yield from _balance(series, (start, end), whose)
    else:
        stating = (stated_by(quantity, direction),) if direction else order
        for reporter in stating:
            for term in series.get((reporter, quantity), ()):
                yield (term,), standing[reporter]


def _turnover(series: Series, order: tuple[str, str], whose: _Whose) -> _Terms:
    a, b = order
    both = [((a, "exports"), (b, "exports"))]
    if whose is None:
        yield from _sums(series, both, "reconciled")
        return
    for reporter in order:
        for term in series.get((reporter, "trade_turnover"), ()):
            yield (term,), whose[reporter]
        yield from _sums(series, [((reporter, "exports"), (reporter, "imports"))], whose[reporter])
    yield from _sums(series, [*both, ((a, "imports"), (b, "imports"))], "mixed")


def _sums(series: Series, wanted: list[tuple[tuple[str, str], tuple[str, str]]], standing: Standing) -> _Terms:
    for one, other in wanted:
        for pair in product(series.get(one, ()), series.get(other, ())):
            yield pair, standing


def _balance(series: Series, ends: tuple[str, str], whose: _Whose) -> _Terms:
    """What flows out less what flows in, seen from the first end; the other end's report is read in reverse."""
    start, end = ends
    if whose is None:
        for out, back in product(series.get((start, "exports"), ()), series.get((end, "exports"), ())):
            yield (out, back._replace(sign=-1)), "reconciled"
        return
    for reporter, sign, plus, minus in ((start, 1, "exports", "imports"), (end, -1, "imports", "exports")):
        for term in series.get((reporter, "trade_balance"), ()):
            yield (term._replace(sign=sign),), whose[reporter]
        for more, less in product(series.get((reporter, plus), ()), series.get((reporter, minus), ())):
            yield (more, less._replace(sign=-1)), whose[reporter]


def _side(family: tuple[str, ...], terms: tuple[Term, ...], standing: Standing) -> Side:
    view = terms[0].view
    sight = Sight(
        source=view.source, names=tuple(dict.fromkeys(t.view.name for t in terms)), unit=view.unit, scope=view.scope,
        vintage=view.vintage, file=view.file, standing=standing,
        reporter=terms[0].reporter if standing in ("own", "other") else None,
        valuations=tuple(dict.fromkeys(t.view.valuation for t in terms if t.view.valuation)),
    )  # fmt: skip
    return Side(sight, family, terms)


_TOWARDS = {"exports": "to", "imports": "from"}


def _name(o: Observation) -> str:
    return f"{o.reporter}_{o.flow}_{o.period}".replace("-", "_").replace(":", "_")


def _operand(o: Observation) -> Operand:
    rows = f", sum of {o.rows} lines from {o.line}" if o.rows > 1 else f", line {o.line}"
    return Operand(
        name=_name(o), value=o.value, unit=o.view.unit,
        what=f"{o.flow} of {o.reporter} {_TOWARDS.get(o.flow, 'with')} {o.partner}, {o.period}",
        source=f"{o.view.source}, {o.view.name}, file {o.view.file[:12]}{rows}",
    )  # fmt: skip
