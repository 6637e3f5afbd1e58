"""How far coders agree, per field: Krippendorff's alpha out of the rows of corrections, coders with one another and
with the machine.

Pure functions. Source of the measure: K. Krippendorff, Content Analysis, ch. 12 (4th ed. 2019); values missing for a
coder are left out, a unit that one coder alone judged tells nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from bilateral.corrections import MACHINE, Correction, in_order, undone
from bilateral.fields import EVIDENCE, Field, fields
from bilateral.interval import EARLIEST, LATEST, interval

VERDICT = "verdict"
Values = dict[str, Any]
H = TypeVar("H", bound=Hashable)
# What each coder says of each field of each unit: (kind, field) -> unit -> coder -> JSON value.
Ratings = dict[tuple[str, str], dict[str, Values]]


class Concord(Struct, frozen=True, kw_only=True):
    """How far some coders agree on a field of a kind of record.

    `units` are the records that two of them or more judged, `agreed` the share of pairs of judgements that are the same
    (of each unit the share among its pairs, averaged). `nominal` is alpha where values are the same or not, `interval`
    alpha over figures or days where the field has such; None where alpha is not defined: nothing to compare, or one
    value only.
    """

    kind: str
    field: str
    coders: tuple[str, ...]
    units: int
    agreed: float
    nominal: float | None
    interval: float | None = None
    interval_units: int = 0


def alpha(units: Iterable[Sequence[H]]) -> float | None:
    """Krippendorff's alpha of nominal values: for each unit those that coders gave; None where it is not defined."""
    return _alpha(units, _unlike)


def interval_alpha(units: Iterable[Sequence[Fraction | Decimal | int]]) -> float | None:
    """Krippendorff's alpha of figures, by squared distance; None where it is not defined."""
    return _alpha([[Fraction(value) for value in unit] for unit in units], _apart)


def _alpha(units: Iterable[Sequence[Any]], spread: Callable[[Sequence[Any]], Fraction]) -> float | None:
    """One minus observed over expected disagreement: within units, and among all values that can be paired."""
    paired = [unit for unit in units if len(unit) > 1]
    every = [value for unit in paired for value in unit]
    expected = spread(every)
    if not expected:
        return None
    observed = sum((spread(unit) / (len(unit) - 1) for unit in paired), Fraction(0))
    return float(1 - (len(every) - 1) * observed / expected)


def _unlike(values: Sequence[Any]) -> Fraction:
    """How many ordered pairs of values are not the same."""
    return Fraction(len(values) ** 2 - sum(n * n for n in Counter(values).values()))


def _apart(values: Sequence[Fraction]) -> Fraction:
    """The squared distances of all ordered pairs of figures, summed."""
    total = sum(values, Fraction(0))
    return 2 * (len(values) * sum((v * v for v in values), Fraction(0)) - total * total)


def ratings(rows: Iterable[Correction], where: Mapping[tuple[str, int], str] = {}) -> Ratings:
    """What each coder and the machine say of each field of the records that were judged.

    A coder who accepts a record says of every field what it then was; one who corrects a field says that of this field
    alone; one whose last word rejects a record says nothing of its fields. The machine says what it said when the
    record was first judged, and that there is such a record. Rows that are undone do not count. `where` gives the
    record that a row is about now; without it rows meet by the record that they were made on.
    """
    rows = in_order(rows)
    back = undone(rows)
    said: dict[tuple[str, str], dict[str, Values]] = {}
    for row in rows:
        if row.id in back or row.action not in ("accept", "reject", "correct"):
            continue
        key = row.about.kind, where.get((row.id, 0), row.about.record)
        coders = said.setdefault(key, {MACHINE: {VERDICT: "accept", **row.about.says}})
        _say(coders.setdefault(row.who, {}), row)
    found: Ratings = defaultdict(dict)
    for (kind, unit), coders in said.items():
        for coder, values in coders.items():
            for name, value in values.items():
                found[kind, name].setdefault(unit, {})[coder] = value
    return dict(found)


def _say(values: Values, row: Correction) -> None:
    if row.action == "reject":
        values.clear()
    if row.action in ("accept", "reject"):
        values[VERDICT] = row.action
    if row.action == "accept":
        values.update(row.about.says if row.value is None else row.value)
    if row.field is not None and row.field != EVIDENCE:
        values[row.field] = row.value


def coders_of(found: Ratings) -> tuple[str, ...]:
    """The people whose judgements there are, by name."""
    return tuple(sorted({who for units in found.values() for by in units.values() for who in by} - {MACHINE}))


def concord(found: Ratings, coders: Iterable[str], field: str | None = None) -> list[Concord]:
    """How far these coders agree on each field (or on one), by kind and field; fields that none of them share left out.

    `machine` stands for the machine.
    """
    names = tuple(coders)
    made = []
    for kind, name in sorted(found):
        if field in (None, name, f"{kind}.{name}"):
            units = [[by[who] for who in names if who in by] for _, by in sorted(found[kind, name].items())]
            units = [unit for unit in units if len(unit) > 1]
            if units:
                made.append(_concord(kind, name, names, units))
    return made


def _concord(kind: str, name: str, coders: tuple[str, ...], units: list[list[Any]]) -> Concord:
    known = next((f for f in fields(kind) if f.name == name), None)
    plain = [[msgspec.json.encode(value, order="deterministic") for value in unit] for unit in units]
    figures = [[f for value in unit if (f := _figure(known, value)) is not None] for unit in units]
    some = [unit for unit in figures if len(unit) > 1]
    return Concord(
        kind=kind, field=name, coders=coders, units=len(units), agreed=_agreed(plain), nominal=alpha(plain),
        interval=interval_alpha(some), interval_units=len(some),
    )  # fmt: skip


def _agreed(units: Sequence[Sequence[Hashable]]) -> float:
    shares = [1 - _unlike(unit) / (len(unit) * (len(unit) - 1)) for unit in units]
    return float(sum(shares, Fraction(0)) / len(shares))


def _figure(field: Field | None, value: Any) -> Fraction | None:
    """A value as a figure: a number, or the day in the middle of a date; None where it has no place on the axis."""
    if value is None or field is None or field.metric == "nominal":
        return None
    if field.metric == "number":
        return Fraction(Decimal(str(value)))
    days = interval(value)
    if days is None or EARLIEST in days or LATEST in days:
        return None
    return Fraction(sum(date.fromisoformat(day).toordinal() for day in days), 2)
