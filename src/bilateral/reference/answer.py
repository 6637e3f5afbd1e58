"""The answer to "what is claimed of a quantity over time, and what do the series say": types and how they are made."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from bilateral.interval import interval
from bilateral.model import Measure
from bilateral.observations import Observation
from bilateral.reference.allowed import allowed
from bilateral.reference.quantities import DIRECTED, trade
from bilateral.reference.sides import Side, complete, sides
from bilateral.reference.spans import months
from bilateral.reference.told import Figure, told
from bilateral.reference.verdicts import Operand, Range, Sight, Told


class Point(Struct, frozen=True, kw_only=True):
    """A claim of the quantity: who claims what, the days that its period covers, and what its words allow."""

    told: Told
    start: str
    end: str
    value: Decimal
    allowed: Range


class Value(Struct, frozen=True, kw_only=True):
    """What a view gives for a year, with the formula and operands that give it."""

    period: str
    value: Decimal
    formula: str
    operands: tuple[Operand, ...]


class Line(Struct, frozen=True, kw_only=True):
    """One view of the quantity over the years; years without all operands are left out."""

    sight: Sight
    values: tuple[Value, ...]


class Series(Struct, frozen=True, kw_only=True):
    """All claims of a quantity of a pair by claimant and time, beside what each reference view gives.

    `direction` is the way that it flows ("A>B"), None where it has none. `points` are in the order of their periods;
    `apart` are claims that stand on no axis: without period, value or direction.
    """

    quantity: str
    dyad: tuple[str, str]
    direction: str | None
    points: tuple[Point, ...] = ()
    apart: tuple[Told, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """The units of claims and lines, the most frequent first."""
        found = [*(p.told.unit or "" for p in self.points), *(line.sight.unit for line in self.lines)]
        return tuple(sorted(dict.fromkeys(found), key=lambda u: (-found.count(u), u)))


def made(
    figures: Iterable[Figure], observations: Iterable[Observation], quantity: str, dyad: tuple[str, str]
) -> Series:
    """The answer out of the claims of a pair and what the files state of it.

    What flows one way is taken from the first of the pair's view: its exports to the other, its imports from the other.
    """
    direction = _direction(quantity, dyad)
    points, apart = [], []
    for figure in figures:
        if trade(figure.measure.quantity) != trade(quantity) or not _is_same(figure.measure, quantity):
            continue
        point = _point(figure, direction)
        if point is not None:
            points.append(point)
        elif direction is None or figure.measure.direction in (None, direction):
            apart.append(told(figure))
    return Series(
        quantity=quantity, dyad=dyad, direction=direction,
        points=tuple(sorted(points, key=lambda p: (p.start, p.end, p.told.published or "", p.told.record))),
        apart=tuple(apart), lines=tuple(map(_line, _whole(sides(observations, quantity, dyad, direction)))),
    )  # fmt: skip


def _direction(quantity: str, dyad: tuple[str, str]) -> str | None:
    if trade(quantity) not in DIRECTED:
        return None
    return ">".join(reversed(dyad)) if trade(quantity) == "imports" else ">".join(dyad)


def _is_same(m: Measure, quantity: str) -> bool:
    return m.quantity == quantity or trade(m.quantity) is not None


def _point(figure: Figure, direction: str | None) -> Point | None:
    m = figure.measure
    days = interval(m.period)
    if days is None or m.value is None or (direction is not None and m.direction != direction):
        return None
    return Point(
        told=told(figure), start=days[0], end=days[1], value=m.value, allowed=allowed(m.value, m.digits, m.bound)
    )  # fmt: skip


def _whole(found: list[Side]) -> list[Side]:
    """The views with a value in some year; mixed ones only with a year that no reporter of their file has whole."""
    kept = []
    for side in found:
        years = [period for year in side.years() if (period := months(year)) is not None]
        if any(side in complete(found, year) for year in years):
            kept.append(side)
    return kept


def _line(side: Side) -> Line:
    worked = {year: side.at(period) for year in side.years() if (period := months(year)) is not None}
    values = [
        Value(period=year, value=w.value, formula=w.formula, operands=w.operands) for year, w in worked.items() if w
    ]
    return Line(sight=side.sight, values=tuple(values))
