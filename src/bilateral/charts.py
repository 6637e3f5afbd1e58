"""Answers as charts in SVG: a series' claims beside its reference views, and the drawings of a brief.

Owns the drawing alone. Altair and vl-convert are loaded when a chart is drawn, not before; no browser and no network is
needed. The same answer gives the same bytes. What must be told apart in a brief is told apart by shape, place or dash
as well as by shade, so that it can be printed in black and white.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any, Literal

from msgspec import Struct

from bilateral import knowledge
from bilateral.errors import CallError
from bilateral.reference import Line, Point, Range, Series, Sight

WIDTH, HEIGHT = 640, 360
_SCALES = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"), (Decimal(10) ** 3, "thousand"))
_PER_YEAR = 12
_LINE_COLOURS = ("#1f6f8b", "#c0562f", "#5a7d2a", "#7b4fa3", "#8a6d1d", "#3d5a99", "#a33b5e", "#4c4c4c")
_POINT_COLOURS = ("#111111", "#b5179e", "#d97706", "#0a7d4f", "#6b21a8", "#b91c1c", "#0369a1", "#57534e")
_OPEN = Decimal("0.06")  # how far the arrow of an open end is drawn, as a part of the tallest value
_LEGEND = 420  # pixels for the words of a legend
Datum = dict[str, Any]
FONT = "sans-serif"
_SPARE = 22  # pixels beside a drawing, for letters that are wider where it is shown than where it was measured
_WIDE, _LANE = 620, 34  # pixels of a drawing's width, and of each of its rows
# Verbal and material cooperation stand above the line, conflict below it: light is verbal, dark material.
_QUADS = {
    "verbal cooperation": "#9ec5d8", "material cooperation": "#1f5f7d", "verbal conflict": "#e9b59a",
    "material conflict": "#9c3a12",
}  # fmt: skip
_CROSS = "M-1,-1L1,1M1,-1L-1,1"
# What is done is filled, what is only planned or proposed hollow.
_FULL, _HOLLOW = "#222222", "#ffffff"
_SHAPES = {
    "held": ("circle", _FULL), "under way": ("square", _FULL), "planned": ("diamond", _HOLLOW),
    "planned, outcome not reported": ("triangle-up", _HOLLOW), "cancelled or postponed": (_CROSS, _FULL),
    "denied": ("M0,-1L0,1M-1,0L1,0", _FULL), "proposed": ("diamond", _HOLLOW), "under negotiation": ("square", _HOLLOW),
    "agreed or initialled": ("triangle-right", _FULL), "step planned": ("circle", _HOLLOW), "signed": ("circle", _FULL),
    "ratified": ("triangle-up", _FULL), "in force": ("triangle-down", _FULL),
    "ended or suspended": (_CROSS, _FULL),
}  # fmt: skip
_MARKED = ("circle", "diamond", "square", "triangle-up", "triangle-down", "cross")
_TIPS = (
    ("row", "nominal", "What"), ("kind", "nominal", "Kind"), ("start", "temporal", "Date"),
    ("end", "temporal", "Until"), ("count", "quantitative", "How many"), ("value", "quantitative", "Value"),
)  # fmt: skip
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])


class Mark(Struct, frozen=True, kw_only=True):
    """One thing that is drawn: when (its first and last day), in which row, of which kind; a value with its bounds.

    `head` is the end that the words leave open: `up` (over, at least) or `down` (up to, under).
    """

    start: str
    end: str
    row: str
    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    head: str | None = None


class Drawing(Struct, frozen=True, kw_only=True):
    """The data of one chart of a brief: for which section, what it shows in words (`alt`), what is drawn."""

    kind: Literal["events", "visits", "agreements", "figures"]
    section: int
    title: str
    alt: str
    marks: tuple[Mark, ...]
    unit: str = ""
    note: str = ""


def drawn(drawing: Drawing, *, font: str = FONT) -> str:
    """A drawing as SVG without a background, its words in a font. CallError where the packages are missing."""
    svg = str(_package("vl_convert").vegalite_to_svg(json.dumps(specified(drawing, font=font))))
    return re.sub(r'\b(id="|url\(#|href="#)', rf"\1{drawing.kind}{drawing.section}-", svg)


def specified(drawing: Drawing, *, font: str = FONT) -> dict[str, Any]:
    """A drawing as a Vega-Lite specification with its data, on a transparent ground."""
    alt = _package("altair")
    view, padding = alt.ViewConfig(stroke=None), {"left": _SPARE, "right": _SPARE, "top": 6, "bottom": 6}
    made = _DRAWN[drawing.kind](alt, drawing).configure(
        background="transparent", font=font, view=view, padding=padding
    )  # fmt: skip
    return dict(made.to_dict())


def explorable(drawing: Drawing, *, font: str = FONT) -> dict[str, Any]:
    """The specification of a drawing that tells what is pointed at, and is moved and enlarged along its time."""
    spec = specified(drawing, font=font)
    spec |= {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}
    for n, layer in enumerate(spec["layer"]):
        held = {name for datum in layer.get("data", spec.get("data"))["values"] for name in datum}
        layer["encoding"] = {**layer["encoding"], "tooltip": [_tip(*tip) for tip in _TIPS if tip[0] in held]}
        if not n:
            layer["params"] = [{"name": "moved", "select": {"type": "interval", "encodings": ["x"]}, "bind": "scales"}]
    return spec


def _tip(field: str, of: str, title: str) -> Datum:
    day = {"timeUnit": "utcyearmonthdate", "format": "%-d %B %Y"} if of == "temporal" else {}
    return {"field": field, "type": of, "title": title, **day}


def _time(alt: Any, marks: tuple[Mark, ...], *, of: str = "start") -> Any:
    """Days across, in universal time, so that no clock's zone moves them."""
    years = {m.start[:4] for m in marks} | {m.end[:4] for m in marks}
    is_long = len(years) > 2
    axis = alt.Axis(format="%Y" if is_long else "%b %Y", tickCount="year" if is_long else "month", labelOverlap=True)
    return alt.X(f"{of}:T", title=None, axis=axis, scale=alt.Scale(type="utc", padding=12))


def _events(alt: Any, drawing: Drawing) -> Any:
    """Happenings a month (or year) as bars: cooperation upwards, conflict downwards."""
    values = list(_stacked(drawing.marks))
    kinds = [k for k in _QUADS if any(v["kind"] == k for v in values)]
    colour = alt.Color(
        "kind:N", legend=alt.Legend(title=None, orient="bottom", columns=2, columnPadding=24, labelLimit=_LEGEND),
        scale=alt.Scale(domain=kinds, range=[_QUADS[k] for k in kinds]),
    )  # fmt: skip
    up = alt.Axis(tickMinStep=1, format="d", gridOpacity=0.4, labelExpr="abs(datum.value)")
    bars = alt.Chart(_data(alt, values)).mark_bar(stroke="#333333", strokeWidth=0.5).encode(
        x=_time(alt, drawing.marks), x2="end:T", y2="high:Q", color=colour,
        y=alt.Y("low:Q", title="conflict ←   → cooperation", axis=up),
    )  # fmt: skip
    zero = alt.Chart(_data(alt, [{"at": 0}])).mark_rule(strokeWidth=1, color="#333333").encode(y="at:Q")
    return alt.layer(bars, zero).properties(width=_WIDE, height=170)


def _stacked(marks: tuple[Mark, ...]) -> Iterator[Datum]:
    """Yield the pieces of each bar, from the line outwards in the order of the classes."""
    for start in sorted({m.start for m in marks}):
        above = below = 0.0
        for kind in _QUADS:
            for m in (m for m in marks if m.start == start and m.kind == kind):
                size = m.value or 0.0
                is_conflict = kind.endswith("conflict")
                low = -(below + size) if is_conflict else above
                yield {
                    "start": m.start, "end": m.end, "kind": kind, "low": low, "high": low + size, "count": size
                }  # fmt: skip
                above, below = (above, below + size) if is_conflict else (above + size, below)


def _lanes(alt: Any, drawing: Drawing) -> Any:
    """Things on a time line, a row each (or each way), told apart by shape; what is not done is hollow."""
    values = [{"start": m.start, "end": m.end, "row": m.row, "kind": m.kind} for m in drawing.marks]
    rows = list(dict.fromkeys(m.row for m in drawing.marks))
    kinds = [k for k in _SHAPES if any(m.kind == k for m in drawing.marks)]
    row = alt.Y("row:N", title=None, sort=rows, axis=alt.Axis(labelLimit=260, grid=True, gridOpacity=0.4, domain=False))
    legend = alt.Legend(title=None, orient="bottom", columns=3, columnPadding=24, labelLimit=_LEGEND)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=[_SHAPES[k][0] for k in kinds]), legend=legend)
    fill = alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=[_SHAPES[k][1] for k in kinds]), legend=legend)
    base = alt.Chart(_data(alt, values)).encode(x=_time(alt, drawing.marks), y=row)
    spans = base.mark_rule(strokeWidth=2, color="#777777").encode(x2="end:T")
    stroke = alt.Stroke("kind:N", scale=alt.Scale(domain=kinds, range=[_FULL]), legend=legend)
    points = base.mark_point(size=80, strokeWidth=1.5, opacity=1).encode(shape=shape, fill=fill, stroke=stroke)
    layers = [spans, points]
    if drawing.kind == "agreements":
        layers.insert(0, _lives(alt, drawing, row))
    return alt.layer(*layers).properties(width=_WIDE - 120, height=max(90, _LANE * len(rows)))


def _lives(alt: Any, drawing: Drawing, row: Any) -> Any:
    """A line from the first to the last step of each row."""
    values = []
    for name in dict.fromkeys(m.row for m in drawing.marks):
        own = [m for m in drawing.marks if m.row == name]
        values.append({"row": name, "start": min(m.start for m in own), "end": max(m.start for m in own)})
    base = alt.Chart(_data(alt, values)).encode(x=_time(alt, drawing.marks), y=row)
    return base.mark_rule(strokeWidth=1.5, color="#777777").encode(x2="end:T")


def _figures(alt: Any, drawing: Drawing) -> Any:
    """Claims as points with what their words allow, reference series as lines; each told apart by shape or dash."""
    claims = [_claimed(m) for m in drawing.marks if m.kind == "claim"]
    views = [{"start": m.start, "row": m.row, "value": m.value} for m in drawing.marks if m.kind == "view"]
    up = alt.Y("value:Q", title=drawing.unit, scale=alt.Scale(zero=True), axis=alt.Axis(gridOpacity=0.4))
    layers = []
    if views:
        names = list(dict.fromkeys(v["row"] for v in views))
        dash = alt.StrokeDash(
            "row:N", scale=alt.Scale(domain=names, range=[_DASHES[n % len(_DASHES)] for n in range(len(names))]),
            legend=alt.Legend(title="Reference series", orient="bottom", columns=1, labelLimit=_LEGEND),
        )  # fmt: skip
        base = alt.Chart(_data(alt, views)).encode(x=_time(alt, drawing.marks), y=up)
        layers.append(base.mark_line(color="#777777", strokeWidth=1.6).encode(strokeDash=dash))
    if claims:
        names = list(dict.fromkeys(v["row"] for v in claims))
        shape = alt.Shape(
            "row:N", scale=alt.Scale(domain=names, range=[_MARKED[n % len(_MARKED)] for n in range(len(names))]),
            legend=alt.Legend(title="Claims", orient="bottom", columns=1, labelLimit=_LEGEND),
        )  # fmt: skip
        base = alt.Chart(_data(alt, claims)).encode(x=_time(alt, drawing.marks), y=up)
        layers.append(base.mark_rule(strokeWidth=2, color="#222222").encode(y="low:Q", y2="high:Q"))
        for head, form in (("up", "triangle-up"), ("down", "triangle-down")):
            ends = base.transform_filter(f"datum.head == '{head}'").mark_point(size=40, filled=True, shape=form)
            layers.append(ends.encode(y="tip:Q", color=alt.value("#222222")))
        layers.append(base.mark_point(size=70, filled=True, color="#222222", opacity=1).encode(shape=shape))
    made = alt.layer(*layers).properties(width=_WIDE - 40, height=200)
    return made.resolve_scale(shape="independent", strokeDash="independent")


def _claimed(m: Mark) -> Datum:
    tip = m.high if m.head == "up" else m.low
    return {"start": m.start, "row": m.row, "value": m.value, "low": m.low, "high": m.high, "head": m.head, "tip": tip}


_DRAWN = {"events": _events, "visits": _lanes, "agreements": _lanes, "figures": _figures}


def series_svg(series: Series) -> str:
    """The chart of a series as SVG. CallError where there is nothing to draw or the packages are missing."""
    spec = json.dumps(series_spec(series))
    return str(_package("vl_convert").vegalite_to_svg(spec))


def series_png(series: Series, *, scale: float = 2) -> bytes:
    """The chart of a series as PNG. CallError as for SVG."""
    spec = json.dumps(series_spec(series))
    return bytes(_package("vl_convert").vegalite_to_png(spec, scale=scale))


def series_spec(series: Series) -> dict[str, Any]:
    """The chart as a Vega-Lite specification: time across, the value in the unit that most claims have upwards.

    Claims in another unit are not drawn; the title says how many. An upper or lower bound is an arrow.
    """
    if not series.units:
        raise CallError(f"nothing to draw: no claim and no reference value of {_title(series)}")
    alt = _package("altair")
    unit = _unit(series)
    points = [p for p in series.points if (p.told.unit or "") == unit]
    lines = [line for line in series.lines if line.sight.unit == unit]
    factor, scale = _scale(points, lines)
    top = max([p.value for p in points] + [v.value for line in lines for v in line.values], default=Decimal(1))
    claims = [datum for p in points for datum in _claim(p, factor, top)]
    views = [datum for line in lines for datum in _view(line, factor)]
    left_out = len(series.points) - len(points) + len(series.apart)
    title = alt.TitleParams(_title(series), subtitle=_subtitle(points, left_out), anchor="start")
    groups = [*_lines(alt, views, f"{scale} {unit}".strip()), *_points(alt, claims, f"{scale} {unit}".strip())]
    drawn = alt.layer(*groups).properties(width=WIDTH, height=HEIGHT, title=title)
    return dict(drawn.resolve_scale(color="independent", shape="independent").configure_view(stroke=None).to_dict())


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise CallError(f"expected altair and vl-convert-python to be installed for charts: {error}") from error


def _axes(alt: Any, unit: str) -> dict[str, Any]:
    """Time across and values upwards, alike in every layer."""
    across = alt.Axis(format="d", tickMinStep=1, grid=False)
    return {
        "x": alt.X("time:Q", title=None, axis=across, scale=alt.Scale(zero=False, nice=False, padding=24)),
        "y": alt.Y("value:Q", title=unit, scale=alt.Scale(zero=True), axis=alt.Axis(gridOpacity=0.4)),
    }


def _colour(
    alt: Any, field: str, data: list[Datum], colours: tuple[str, ...], *, title: str, symbol: str
) -> tuple[Any, Any]:
    """The colours of a field with their legend, and the same without: of layers on one scale the first has it."""
    domain = list(dict.fromkeys(datum[field] for datum in data))
    scale = alt.Scale(domain=domain, range=[colours[n % len(colours)] for n in range(len(domain))])
    legend = alt.Legend(
        title=title, labelLimit=_LEGEND, symbolLimit=len(domain), symbolType=symbol, orient="bottom", columns=1
    )  # fmt: skip
    return alt.Color(f"{field}:N", scale=scale, legend=legend), alt.Color(f"{field}:N", scale=scale, legend=None)


def _lines(alt: Any, views: list[Datum], unit: str) -> Iterator[Any]:
    """Yield the lines of the views with their years as dots; those of no single reporter are dashed."""
    if not views:
        return
    colour, plain = _colour(alt, "view", views, _LINE_COLOURS, title="Reference series", symbol="stroke")
    kinds = alt.Scale(domain=["reporter", "other"], range=[[1, 0], [5, 3]])
    base = alt.Chart(_data(alt, views)).encode(**_axes(alt, unit))
    line = base.mark_line(strokeWidth=1.8).encode(
        color=colour, strokeDash=alt.StrokeDash("kind:N", legend=None, scale=kinds)
    )  # fmt: skip
    yield alt.layer(line, base.mark_point(size=14, filled=True).encode(color=plain))


def _points(alt: Any, claims: list[Datum], unit: str) -> Iterator[Any]:
    """Yield the claims: bars of what words allow, arrows at ends that they leave open, points on top."""
    if not claims:
        return
    colour, plain = _colour(alt, "claimant", claims, _POINT_COLOURS, title="Claims", symbol="circle")
    base = alt.Chart(_data(alt, claims)).encode(**_axes(alt, unit))
    told, ends = base.transform_filter("datum.is_point"), base.transform_filter("!datum.is_point")
    bars = told.mark_rule(strokeWidth=2, opacity=0.7).encode(y="low:Q", y2="high:Q", color=colour)
    years = told.transform_filter("datum.is_year").mark_point(size=60, filled=True, opacity=0.95)
    others = told.transform_filter("!datum.is_year").mark_point(size=60, filled=False, strokeWidth=2)
    yield alt.layer(bars, years.encode(color=plain), others.encode(color=plain))
    for head, shape in (("up", "triangle-up"), ("down", "triangle-down")):
        arrows = ends.transform_filter(f"datum.head == '{head}'").mark_point(size=50, filled=True, shape=shape)
        yield arrows.encode(y="tip:Q", color=plain)


def _data(alt: Any, values: list[Datum]) -> Any:
    return alt.Data(values=values)


def _claim(point: Point, factor: Decimal, top: Decimal) -> Iterator[Datum]:
    """Yield what is drawn of a claim: the point with its bar, and the head of an arrow where an end is open."""
    told = point.told
    reach = top * _OPEN
    low = point.value - reach if point.allowed.low is None else point.allowed.low
    high = point.value + reach if point.allowed.high is None else point.allowed.high
    shared: Datum = {"time": _middle(point.start, point.end), "claimant": told.claimant}
    yield {
        **shared, "is_point": True, "is_year": _is_year(point), "value": float(point.value / factor),
        "low": float(low / factor), "high": float(high / factor),
    }  # fmt: skip
    for head, end in (("up", high), ("down", low)):
        if _is_open(point.allowed, head):
            yield {**shared, "is_point": False, "tip": float(end / factor), "head": head}


def _is_year(point: Point) -> bool:
    return point.start[:4] == point.end[:4] and (point.start[5:], point.end[5:]) == ("01-01", "12-31")


def _is_open(r: Range, head: str) -> bool:
    return (r.high if head == "up" else r.low) is None


def _view(line: Line, factor: Decimal) -> Iterator[Datum]:
    label = view_label(line.sight)
    kind = "reporter" if line.sight.reporter else "other"
    for value in line.values:
        yield {
            "time": _middle(f"{value.period}-01-01", f"{value.period}-12-31"), "value": float(value.value / factor),
            "view": label, "kind": kind,
        }  # fmt: skip


def view_label(sight: Sight) -> str:
    """A view in few words: "Cambodia in UN Comtrade, FOB + CIF"; names of columns only where they tell it apart."""
    whose = knowledge.name_of(sight.reporter) if sight.reporter else sight.standing
    valued = " + ".join(sight.valuations) or " + ".join(sight.names)
    vintage = f", {sight.vintage}" if sight.vintage else ""
    return f"{whose} in {sight.source}, {valued}{vintage} ({sight.file[:6]})"


def _middle(start: str, end: str) -> float:
    """The middle of a stretch of days as a year: whole years lie on their number, March 2018 at 2017.7."""
    first, last = ((int(day[:4]) * _PER_YEAR + int(day[5:7]) - 1) for day in (start, end))
    middle = Decimal(first + last + 1) / 2 / _PER_YEAR - Decimal("0.5")
    return round(float(middle), 3)


def _scale(points: list[Point], lines: list[Line]) -> tuple[Decimal, str]:
    """What the values are divided by for the axis, and the word for it."""
    values = [abs(p.value) for p in points] + [abs(v.value) for line in lines for v in line.values]
    largest = max(values, default=Decimal(1))
    return next(((scale, word) for scale, word in _SCALES if largest >= scale), (Decimal(1), ""))


def _unit(series: Series) -> str:
    """The unit that most claims are in; that of the lines where there is no claim."""
    return next((u for u in series.units if any((p.told.unit or "") == u for p in series.points)), series.units[0])


def _title(series: Series) -> str:
    a, b = (knowledge.name_of(code) for code in series.dyad)
    what = series.quantity.replace("_", " ").capitalize()
    if series.direction is None:
        return f"{what}, {a} and {b}"
    start, end = (knowledge.name_of(code) for code in series.direction.split(">"))
    return f"{what}, {start} to {end}"


def _subtitle(points: list[Point], left_out: int) -> list[str]:
    """How to read the chart, and what is not on it."""
    made = ["Points: claims, with what their words allow; arrows: over, up to. Lines: reference series."]
    if not all(map(_is_year, points)):
        made.append("Hollow points are claims of another period than a year and are not to be read against the lines.")
    if left_out:
        made.append(f"{left_out} claim{'s' * (left_out > 1)} without period, way or in another unit not drawn.")
    return made
