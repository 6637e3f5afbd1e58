"""What does not fit together, or is not known to have come about: section 14 of a brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from bilateral import knowledge
from bilateral.brief.sections import told_elsewhere
from bilateral.brief.sentences import figure, figure_of, worded
from bilateral.brief.wording import claimant, day, name
from bilateral.interval import interval
from bilateral.model import Agreement, AnyRecord, Measure, Report, Visit

PAIR = 2
DISAGREE = "Figures that disagree"
SUMS = "Percentages that do not follow from their values"
OPEN = "Planned, and no report says that it came about"
# How far a figure may lie from what its words allow, as a share of it.
_ROUNDING, _ABOUT, _OPEN_END = Decimal("0.005"), Decimal("0.05"), Decimal("0.1")


class Gap(NamedTuple):
    """Records that do not fit together or lack something: under which heading, in words, since when."""

    heading: str
    text: str
    records: tuple[AnyRecord, ...]
    date: str | None = None


def gaps(
    records: Iterable[AnyRecord], reports: dict[str, Report], dyad: tuple[str, ...], as_on: str | None
) -> list[Gap]:  # fmt: skip
    """Figures that disagree, percentages that do not follow, plans without a sequel, claims of one side alone.

    `as_on` is the newest report's date; what is planned for later is no gap.
    """
    found = list(records)
    measures = [r for r in found if isinstance(r, Measure)]
    one_sided = _one_sided(found, reports, dyad) if len(dyad) == PAIR else ()
    return [*_disagreeing(measures), *_not_adding_up(measures), *_unconfirmed(found, as_on, dyad), *one_sided]


def _flow(m: Measure) -> tuple[object, ...]:
    """What is measured: what one state exports to another is what the other imports."""
    is_goods = m.direction and m.quantity in ("exports", "imports")
    return ("goods" if is_goods else m.quantity, m.unit, tuple(sorted(m.parties)), m.direction)


def _disagreeing(measures: list[Measure]) -> Iterator[Gap]:
    """Yield figures for one thing and time that cannot all be true, whoever gives them."""
    groups: dict[tuple[object, ...], list[Measure]] = {}
    for m in measures:
        if m.value is not None and m.period and m.measure_kind in ("actual", "baseline") and m.status == "happened":
            groups.setdefault((*_flow(m), m.period), []).append(m)
    for group in groups.values():
        low, high = min(group, key=_value), max(group, key=_value)
        if not all(_fit(a, b) for a, b in combinations(group, PAIR)) and _voice(low) != _voice(high):
            apart = f" ({_value(high) / _value(low):.1f} times as much)" if _value(low) > 0 else ""
            text = f"{figure_of(low)}: {figure(low)} against {figure(high)}{apart}"
            yield Gap(DISAGREE, text, (low, high), low.period)


def _value(m: Measure) -> Decimal:
    return m.value or Decimal(0)


def _voice(m: Measure) -> tuple[object, ...]:
    speaker = m.claimed_by.speaker
    return m.doc, speaker and (speaker.name, speaker.role, speaker.country)


def _fit(a: Measure, b: Measure) -> bool:
    """Whether two figures can both be true, by their bounds and by rounding."""
    (low, high), (low_b, high_b) = _range(a), _range(b)
    return low <= high_b and low_b <= high


def _range(m: Measure) -> tuple[Decimal, Decimal]:
    """The lowest and highest value that the words of a figure allow."""
    value = _value(m)
    below = {"about": _ABOUT, "nearly": _OPEN_END, "up_to": _OPEN_END, "under": _OPEN_END}.get(m.bound or "", _ROUNDING)
    above = {"about": _ABOUT, "over": _OPEN_END, "at_least": _OPEN_END}.get(m.bound or "", _ROUNDING)
    return value - abs(value) * below, value + abs(value) * above


def _not_adding_up(measures: list[Measure]) -> Iterator[Gap]:
    """Yield percentages that do not follow from the value and the base value that the same report gives."""
    for m in measures:
        c = m.change
        if m.value is None or c is None or c.value is None or c.unit != "percent" or c.base is None:
            continue
        for base in measures:
            if base.doc == m.doc and _flow(base) == _flow(m) and base.period == c.base and base.value:
                real = (m.value - base.value) / base.value * 100
                stated = -c.value if c.direction == "down" else c.value
                if abs(real - stated) > max(Decimal(1), abs(stated) / 10):
                    text = f"{figure_of(m)}: {figure(m)}; but its own values, against {figure(base)} in {day(c.base)}, "
                    yield Gap(SUMS, f"{text}give {real:+.1f} percent", (m, base), m.period)


def _unconfirmed(records: list[AnyRecord], as_on: str | None, dyad: tuple[str, ...]) -> Iterator[Gap]:
    """Yield visits and agreements planned for a day before `as_on` of which no report says what became of them."""
    things = [r for r in records if isinstance(r, Visit | Agreement)]
    known = [r for r in things if r.status not in ("planned", "proposed", "mentioned")]
    for r in things:
        if r.status != "planned":
            continue
        date = r.start if isinstance(r, Visit) else r.date
        span = interval(date)
        if span and as_on and span[1] < as_on and not any(_settles(k, r) for k in known):
            yield Gap(OPEN, worded(r, dyad), (r,), date)


def _settles(known: AnyRecord, planned: AnyRecord) -> bool:
    """Whether a record says what became of a plan."""
    if isinstance(known, Visit) and isinstance(planned, Visit):
        sides = [{a.country for a in (*v.visitors, *v.hosts)} for v in (known, planned)]
        return sides[0] == sides[1] and _near(known.start, planned.start)
    if isinstance(known, Agreement) and isinstance(planned, Agreement):
        is_same = known.subjects == planned.subjects or known.title == planned.title
        return set(known.parties) == set(planned.parties) and known.type == planned.type and is_same
    return False


def _near(a: str | None, b: str | None) -> bool:
    one, two = interval(a), interval(b)
    return one is not None and two is not None and one[0] <= two[1] and two[0] <= one[1]


def _one_sided(records: list[AnyRecord], reports: dict[str, Report], dyad: tuple[str, ...]) -> Iterator[Gap]:
    """Yield figures and agreements of which only one of the two states, or its own outlets, speaks."""
    groups: dict[tuple[object, ...], list[AnyRecord]] = {}
    elsewhere = told_elsewhere(records)
    for r in records:
        if r.id in elsewhere:
            continue
        if isinstance(r, Measure) and r.measure_kind == "actual" and r.status == "happened":
            groups.setdefault((*_flow(r), r.period), []).append(r)
        elif isinstance(r, Agreement) and r.status in ("happened", "ongoing"):
            groups.setdefault((r.type, r.subjects, r.stage, r.count, tuple(sorted(r.parties))), []).append(r)
    for side in dyad:
        for group in groups.values():
            if all(_side(r, reports[r.doc], dyad) == side for r in group):
                date = group[0].period if isinstance(group[0], Measure) else getattr(group[0], "date", None)
                yield Gap(f"Claimed by the side of {name(side)} alone", worded(group[0], dyad), tuple(group), date)


def _side(record: AnyRecord, report: Report, dyad: tuple[str, ...]) -> str | None:
    """Which of two states claims a record: that of the speaker, else that of the outlet; None for neither."""
    speaker = claimant(record)
    if speaker is not None:
        return speaker.country if speaker.country in dyad else None
    outlet = knowledge.outlet_of(report.publisher or "")
    if outlet is not None:
        return outlet.country if outlet.state_owned and outlet.country in dyad else None
    words = (report.publisher or "").lower()
    own = [c for c in dyad if name(c).lower() in words or knowledge.adjective_of(c).lower() in words]
    return own[0] if len(own) == 1 else None
