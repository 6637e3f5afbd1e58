"""The data of a brief's charts: what happened by month, visits on a time line, lives of agreements, figures.

A chart with too few data says less than its lines do and is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bilateral import accounts, ontology
from bilateral.brief.placing import is_past
from bilateral.brief.sentences import stage
from bilateral.brief.structure import AGREEMENTS
from bilateral.brief.things import Thing
from bilateral.brief.wording import day, listed, name
from bilateral.charts import Drawing, Mark, view_label
from bilateral.interval import EARLIEST, LATEST, interval
from bilateral.ledger.facts import shifted
from bilateral.model import Agreement, Event, Measure, Report, Visit
from bilateral.reference import Figure, Series, answer
from bilateral.store import Store

PAIR = 2
FEWEST = {"events": 8, "visits": 4, "agreements": 2, "figures": 3}
_NEWS, _VISITS, _FIGURES = 3, 4, 7
BEFORE = 366  # days before the first report from which happenings are drawn; what lies further back is recalled
_DONE = ("happened", "ongoing", "cancelled")
_MONTHS_AT_MOST = 120
_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_KINDS = {
    "happened": "held", "mentioned": "held", "ongoing": "under way", "planned": "planned", "proposed": "planned",
    "cancelled": "cancelled or postponed", "postponed": "cancelled or postponed", "denied": "denied",
}  # fmt: skip
_STEPS = {
    "proposed": "proposed", "negotiating": "under negotiation", "agreed": "agreed or initialled",
    "initialled": "agreed or initialled", "signed": "signed", "ratified": "ratified",
    "provisionally_applied": "in force", "in_force": "in force", "amended": "in force", "extended": "in force",
    "suspended": "ended or suspended", "ended": "ended or suspended",
}  # fmt: skip
_REAL = ("actual", "baseline")  # kinds of figures of what was
_DRAWN = ("trade_turnover", "exports", "imports", "investment_flow", "investment_stock", "aid_total", "students",
          "tourist_arrivals")  # fmt: skip
_LARGE = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"), (Decimal(10) ** 3, "thousand"))
_CHARTS = 3  # figures drawn at most


def drawings(
    store: Store, dyad: tuple[str, ...], things: Iterable[Thing], reports: dict[str, Report], first: str | None,
    as_on: str | None,
) -> Iterator[Drawing]:  # fmt: skip
    """Yield the charts that have enough to show, in the order of their sections.

    `first` and `as_on` are the days of the first and last report.
    """
    told = list(things)
    since = shifted(first, -BEFORE)[:7] if first else ""
    made = [*_events(told, since), *_visits(told, as_on), *_agreements(told)]
    if len(set(dyad)) == PAIR:
        made += _figures(store, (dyad[0], dyad[1]), told, reports)
    yield from sorted(made, key=lambda d: d.section)


def _dated(date: str | None) -> tuple[str, str] | None:
    """The first and last day of a date with two ends."""
    span = interval(date)
    return span if span and span[0] != EARLIEST and span[1] != LATEST else None


def _of_month(date: str | None) -> str | None:
    """The month of a date that lies within one."""
    span = _dated(date)
    return span[0][:7] if span and span[0][:7] == span[1][:7] else None


def _events(things: list[Thing], since: str) -> Iterator[Drawing]:
    """Happenings a month by quad class, each once however many reports tell it; plans and recollections are none."""
    counted: Counter[tuple[str, str]] = Counter()
    for thing in things:
        month, quad = _of_month(thing.entry.date), _quad(thing)
        is_news = month and month >= since and not getattr(thing.lead, "background", False)
        if month and quad and is_news and thing.lead.status in _DONE:
            counted[month, quad] += 1
    yield from _counted(counted)


def events(store: Store, dyad: tuple[str, ...], since: str | None = None, until: str | None = None) -> Drawing | None:
    """What happened by month and quad class, out of all entries of a pair; None for one state or for too few.

    Counts what the ledger holds, so that it is there at once for a pair of which much is told; what a report only
    recalls counts on its own date.
    """
    if len(set(dyad)) != PAIR:
        return None
    first, last = (interval(since) or ("", ""))[0][:7], (interval(until) or ("", "9999"))[1][:7]
    counted: Counter[tuple[str, str]] = Counter()
    for kind, of, status, held in accounts.months(store, (min(dyad), max(dyad)), _DONE):
        if quad := _quad_of(kind, of, status):
            for month, n in held.items():
                counted[month, quad] += n if first <= month <= last else 0
    counted = +counted
    return next(_counted(counted), None)


def _quad_of(kind: str, of: str, status: str) -> str | None:
    if kind == "deed":
        root = ontology.plover().roots.get(of)
        return _QUADS[root.quad - 1] if root else None
    is_hard = kind == "contact" and (of == "summons" or status == "cancelled")
    return _QUADS[2] if is_hard else _QUADS[0] if kind in ("contact", "agreement") else None


def _counted(counted: Counter[tuple[str, str]]) -> Iterator[Drawing]:
    """Yield the chart of happenings by month and quad class, by year where that is too long; none for too few."""
    months = sorted({month for month, _ in counted})
    if counted.total() < FEWEST["events"] or len(months) < PAIR:
        return
    is_monthly = _span(months) <= _MONTHS_AT_MOST
    if not is_monthly:
        yearly: Counter[tuple[str, str]] = Counter()
        for (month, quad), n in counted.items():
            yearly[month[:4], quad] += n
        counted = yearly
    marks = tuple(
        Mark(start=span[0], end=_next(span[1]), row="", kind=quad, value=n)
        for (period, quad), n in sorted(counted.items()) if (span := interval(period))
    )  # fmt: skip
    sums = Counter({quad: sum(n for (_, q), n in counted.items() if q == quad) for quad in _QUADS})
    shown = listed([f"{n:,} of {quad}" for quad in _QUADS if (n := sums[quad])])
    unit = "month" if is_monthly else "year"
    yield Drawing(
        kind="events", section=_NEWS, title=f"What happened, by {unit} and quad class", marks=marks, unit=unit,
        alt=f"Bars by {unit} from {day(months[0])} to {day(months[-1])}, cooperation up, conflict down: {shown}.",
        note="One happening counts once, however many reports tell it. Quad classes of PLOVER; what has no date of its "
        "own to the month, and what is only recalled, is not drawn.",
    )  # fmt: skip


def _quad(thing: Thing) -> str | None:
    lead = thing.lead
    if isinstance(lead, Event):
        return _QUADS[ontology.quad(lead.code) - 1]
    if isinstance(lead, Visit):
        if lead.visit_kind == "summons":
            return _QUADS[2]
        return _QUADS[2] if lead.status == "cancelled" else _QUADS[0]
    if isinstance(lead, Agreement):
        return _QUADS[0]
    return None


def _span(months: list[str]) -> int:
    first, last = ((int(m[:4]) * 12 + int(m[5:7])) for m in (months[0], months[-1]))
    return last - first + 1


def _next(last: str) -> str:
    """The first day of the month after a month's last day."""
    year, month = int(last[:4]), int(last[5:7])
    return f"{year + month // 12:04}-{month % 12 + 1:02}-01"


def _visits(things: list[Thing], as_on: str | None) -> Iterator[Drawing]:
    """Visits and meetings on a time line, a row each way."""
    marks = []
    for thing in things:
        lead, span = thing.lead, _dated(thing.entry.date)
        if thing.entry.kind != "contact" or not isinstance(lead, Visit) or span is None or lead.status not in _KINDS:
            continue
        kind = _KINDS[lead.status]
        if kind == "planned" and thing.entry.is_open and is_past(thing, as_on):
            kind = "planned, outcome not reported"
        marks.append(Mark(start=span[0], end=span[1], row=_way(lead), kind=kind))
    if len(marks) < FEWEST["visits"]:
        return
    marks.sort(key=lambda m: (m.row, m.start, m.end, m.kind))
    sums = Counter(m.kind for m in marks)
    shown = listed([f"{n} {kind}" for kind, n in sorted(sums.items())])
    first, last = min(m.start for m in marks), max(m.end for m in marks)
    yield Drawing(
        kind="visits", section=_VISITS, title="Visits, meetings and calls on a time line", marks=tuple(marks),
        alt=f"A time line from {day(first)} to {day(last)}: {shown}.",
        note="Filled: held. Hollow: planned. A line is the time within which the date lies.",
    )  # fmt: skip


def _way(visit: Visit) -> str:
    """Who went to whom; what has no traveller under its kind."""
    if visit.visit_kind in ("phone_call", "summons"):
        return "Calls and summonses"
    if visit.visit_kind in ("joint_commission", "consultations"):
        return "Commissions and consultations"
    if visit.visit_kind in ("multilateral", "summit") or visit.multilateral:
        return "Meetings of many"
    travels = visit.visit_kind.endswith("visit")
    sides = [{a.country for a in some if a.country} for some in (visit.visitors, visit.hosts)]
    if travels and all(sides):
        return f"{name(min(sides[0]))} to {name(min(sides[1]))}"
    return "Meetings" if not travels else "Visits"


def _agreements(things: list[Thing]) -> Iterator[Drawing]:
    """The lives of agreements from the first step to the last, a row each, those with two dated steps or more."""
    marks: list[Mark] = []
    told = []
    for thing in sorted(things, key=lambda t: (t.entry.date or "", t.entry.id)):
        lead = thing.lead
        if not isinstance(lead, Agreement) or (lead.count or 1) > 1 or lead.aggregate:
            continue
        steps = [(s, span) for s in thing.steps if s.stage in _STEPS and (span := _dated(s.date))]
        if len(steps) < PAIR:
            continue
        title = lead.title or f"{lead.type.replace('_', ' ')} on {' and '.join(lead.subjects)}"
        told.append(f"{title}: " + ", ".join(f"{stage(s.stage, s.status)} {day(s.date)}" for s, _ in steps))
        for s, span in steps:
            is_ahead = s.status not in ("happened", "ongoing") and s.stage not in ("proposed", "negotiating")
            kind = "step planned" if is_ahead else _STEPS[s.stage]
            marks.append(Mark(start=span[0], end=span[1], row=title, kind=kind))
    if len(told) >= FEWEST["agreements"]:
        yield Drawing(
            kind="agreements", section=AGREEMENTS, title="Lives of agreements", marks=tuple(marks),
            alt=f"{'; '.join(told)}.", note="Filled: reached. Hollow: proposed or planned, and not reported as done.",
        )  # fmt: skip


def _figures(
    store: Store, dyad: tuple[str, str], things: list[Thing], reports: dict[str, Report]
) -> Iterator[Drawing]:  # fmt: skip
    """Figures over time as claimed, beside the reference series that the store has."""
    claims = [Figure(m, reports[m.doc]) for t in things for m in t.records if isinstance(m, Measure)]
    asked: Counter[tuple[str, tuple[str, str]]] = Counter()
    real = {m.id for t in things for m in t.records if isinstance(m, Measure) and m.measure_kind in _REAL}
    for thing in things:
        lead = thing.lead
        if not isinstance(lead, Measure) or lead.id not in real or lead.quantity not in _DRAWN:
            continue
        if lead.value is not None and lead.period:
            pair = _pair(lead, dyad)
            asked[lead.quantity, pair] += len(thing.records)
    made = 0
    for (quantity, pair), _ in sorted(asked.items(), key=lambda kv: (_DRAWN.index(kv[0][0]), kv[0])):
        drawing = None
        if made < _CHARTS:
            drawing = _figure(answer.made(claims, store.series(pair), quantity, pair), real)
        if drawing:
            made += 1
            yield drawing


def _pair(measure: Measure, dyad: tuple[str, str]) -> tuple[str, str]:
    """The pair from whose first state a flow is asked for: exports of the seller, imports of the buyer."""
    source, _, target = (measure.direction or "").partition(">")
    if not source or not target:
        return dyad
    return (target, source) if measure.quantity == "imports" else (source, target)


def _figure(series: Series, real: set[str]) -> Drawing | None:
    """The drawing of a series without targets and forecasts; None for fewer than three values of two years."""
    unit = next((u for u in series.units if any((p.told.unit or "") == u for p in series.points)), None)
    if unit is None:
        return None
    points = [p for p in series.points if (p.told.unit or "") == unit and p.told.record in real]
    lines = [line for line in series.lines if line.sight.unit == unit]
    values = [p.value for p in points] + [v.value for line in lines for v in line.values]
    times = {p.start for p in points} | {f"{v.period}-01-01" for line in lines for v in line.values}
    if len(values) < FEWEST["figures"] or len(times) < PAIR:
        return None
    factor, word = next(((f, w) for f, w in _LARGE if max(map(abs, values)) >= f), (Decimal(1), ""))
    reach = max(map(abs, values)) * Decimal("0.06")
    marks = []
    for p in points:
        low, high = p.allowed.low, p.allowed.high
        head = "up" if high is None else "down" if low is None else None
        ends = (p.value - reach if low is None else low), (p.value + reach if high is None else high)
        marks.append(Mark(
            start=_middle(p.start, p.end), end=_middle(p.start, p.end), row=p.told.claimant, kind="claim",
            value=float(p.value / factor), low=float(ends[0] / factor), high=float(ends[1] / factor), head=head,
        ))  # fmt: skip
    for line in lines:
        marks += [
            Mark(start=f"{v.period}-07-01", end=f"{v.period}-07-01", row=view_label(line.sight), kind="view",
                 value=float(v.value / factor)) for v in line.values
        ]  # fmt: skip
    what = series.quantity.replace("_", " ").capitalize()
    whose = [name(code) for code in (series.direction or "").split(">") if code] or [name(c) for c in series.dyad]
    title = f"{what}, {' to '.join(whose) if series.direction else listed(whose)}"
    shown = f"{len(points)} claims" + (f" beside {len(lines)} reference series" if lines else "")
    return Drawing(
        kind="figures", section=_FIGURES, title=title, unit=f"{word} {unit}".strip(), marks=tuple(marks),
        alt=f"{title}, in {word} {unit}: {shown}, from {min(times)[:4]} to {max(times)[:4]}.".replace("  ", " "),
        note="Points: claims, with what their words allow; triangles at an end that they leave open (over, up to)."
        + (" Lines: reference series." if lines else ""),
    )  # fmt: skip


def _middle(start: str, end: str) -> str:
    """The middle of a period, to the month: a year stands in its July."""
    first, last = ((int(d[:4]) * 12 + int(d[5:7]) - 1) for d in (start, end))
    at = (first + last + 1) // 2
    return f"{at // 12:04}-{at % 12 + 1:02}-01"
