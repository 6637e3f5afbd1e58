"""The drawings of a brief: what happened by month, visits on a time line, lives of agreements, figures.

What must be told apart is told apart by shape, place or dash as well as by shade, so that it can be printed in black
and white.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bilateral.charts.fitting import ROOM, broken, fitted
from bilateral.charts.loading import data, package
from bilateral.charts.marks import Drawing, Mark

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


def drawn(drawing: Drawing, *, font: str = FONT, room: int | None = None) -> str:
    """A drawing as SVG without a background, its words in a font. CallError where the packages are missing.

    With `room` it takes so many pixels across and no more, its words are larger and the names of its rows are broken.
    """
    spec = specified(drawing, font=font, room=room)
    svg = str(package("vl_convert").vegalite_to_svg(json.dumps(spec)))
    return re.sub(r'\b(id="|url\(#|href="#)', rf"\1{drawing.kind}{drawing.section}-", svg)


def specified(drawing: Drawing, *, font: str = FONT, room: int | None = None) -> dict[str, Any]:
    """A drawing as a Vega-Lite specification with its data, on a transparent ground."""
    alt = package("altair")
    view, padding = alt.ViewConfig(stroke=None), {"left": _SPARE, "right": _SPARE, "top": 6, "bottom": 6}
    told = drawing if room is None else broken(drawing, room)
    made = _DRAWN[drawing.kind](alt, told).configure(
        background="transparent", font=font, view=view, padding=padding
    )  # fmt: skip
    spec = dict(made.to_dict())
    return spec if room is None else fitted(spec, room)


def explorable(drawing: Drawing, *, font: str = FONT, room: int = ROOM) -> dict[str, Any]:
    """The specification of a drawing that tells what is pointed at, and is moved and enlarged along its time."""
    spec = specified(drawing, font=font, room=room)
    spec["width"] = "container"
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


def _years(alt: Any, marks: tuple[Mark, ...]) -> Any:
    """Whole years across, in whose middle their values stand; months where all is of one year."""
    years = sorted({int(m.start[:4]) for m in marks})
    if len(years) < 2:
        return _time(alt, marks)
    axis = alt.Axis(format="%Y", tickCount="year", labelOverlap=True)
    whole = [f"{years[0]:04}-01-01", f"{years[-1] + 1:04}-01-01"]
    return alt.X("start:T", title=None, axis=axis, scale=alt.Scale(type="utc", domain=whole))


def _events(alt: Any, drawing: Drawing) -> Any:
    """Happenings a month (or year) as bars: cooperation upwards, conflict downwards."""
    values = list(_stacked(drawing.marks))
    kinds = [k for k in _QUADS if any(v["kind"] == k for v in values)]
    colour = alt.Color(
        "kind:N", legend=alt.Legend(title=None, orient="bottom", columns=2, columnPadding=24, labelLimit=_LEGEND),
        scale=alt.Scale(domain=kinds, range=[_QUADS[k] for k in kinds]),
    )  # fmt: skip
    up = alt.Axis(tickMinStep=1, format="d", gridOpacity=0.4, labelExpr="abs(datum.value)")
    bars = alt.Chart(data(alt, values)).mark_bar(stroke="#333333", strokeWidth=0.5).encode(
        x=_time(alt, drawing.marks), x2="end:T", y2="high:Q", color=colour,
        y=alt.Y("low:Q", title="conflict ←   → cooperation", axis=up),
    )  # fmt: skip
    zero = alt.Chart(data(alt, [{"at": 0}])).mark_rule(strokeWidth=1, color="#333333").encode(y="at:Q")
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
    base = alt.Chart(data(alt, values)).encode(x=_time(alt, drawing.marks), y=row)
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
    base = alt.Chart(data(alt, values)).encode(x=_time(alt, drawing.marks), y=row)
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
        base = alt.Chart(data(alt, views)).encode(x=_years(alt, drawing.marks), y=up)
        layers.append(base.mark_line(color="#777777", strokeWidth=1.6).encode(strokeDash=dash))
    if claims:
        names = list(dict.fromkeys(v["row"] for v in claims))
        shape = alt.Shape(
            "row:N", scale=alt.Scale(domain=names, range=[_MARKED[n % len(_MARKED)] for n in range(len(names))]),
            legend=alt.Legend(title="Claims", orient="bottom", columns=1, labelLimit=_LEGEND),
        )  # fmt: skip
        base = alt.Chart(data(alt, claims)).encode(x=_years(alt, drawing.marks), y=up)
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
