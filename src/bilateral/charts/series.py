"""A series as a chart: claims beside its reference views, in one unit, time across."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bilateral import knowledge
from bilateral.charts.loading import data, package
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


def series_svg(series: Series) -> str:
    """The chart of a series as SVG. CallError where there is nothing to draw or the packages are missing."""
    spec = json.dumps(series_spec(series))
    return str(package("vl_convert").vegalite_to_svg(spec))


def series_png(series: Series, *, scale: float = 2) -> bytes:
    """The chart of a series as PNG. CallError as for SVG."""
    spec = json.dumps(series_spec(series))
    return bytes(package("vl_convert").vegalite_to_png(spec, scale=scale))


def series_spec(series: Series) -> dict[str, Any]:
    """The chart as a Vega-Lite specification: time across, the value in the unit that most claims have upwards.

    Claims in another unit are not drawn; the title says how many. An upper or lower bound is an arrow.
    """
    if not series.units:
        raise CallError(f"nothing to draw: no claim and no reference value of {_title(series)}")
    alt = package("altair")
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
    base = alt.Chart(data(alt, views)).encode(**_axes(alt, unit))
    line = base.mark_line(strokeWidth=1.8).encode(
        color=colour, strokeDash=alt.StrokeDash("kind:N", legend=None, scale=kinds)
    )  # fmt: skip
    yield alt.layer(line, base.mark_point(size=14, filled=True).encode(color=plain))


def _points(alt: Any, claims: list[Datum], unit: str) -> Iterator[Any]:
    """Yield the claims: bars of what words allow, arrows at ends that they leave open, points on top."""
    if not claims:
        return
    colour, plain = _colour(alt, "claimant", claims, _POINT_COLOURS, title="Claims", symbol="circle")
    base = alt.Chart(data(alt, claims)).encode(**_axes(alt, unit))
    told, ends = base.transform_filter("datum.is_point"), base.transform_filter("!datum.is_point")
    bars = told.mark_rule(strokeWidth=2, opacity=0.7).encode(y="low:Q", y2="high:Q", color=colour)
    years = told.transform_filter("datum.is_year").mark_point(size=60, filled=True, opacity=0.95)
    others = told.transform_filter("!datum.is_year").mark_point(size=60, filled=False, strokeWidth=2)
    yield alt.layer(bars, years.encode(color=plain), others.encode(color=plain))
    for head, shape in (("up", "triangle-up"), ("down", "triangle-down")):
        arrows = ends.transform_filter(f"datum.head == '{head}'").mark_point(size=50, filled=True, shape=shape)
        yield arrows.encode(y="tip:Q", color=plain)


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
