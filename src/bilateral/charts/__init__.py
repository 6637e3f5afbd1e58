"""Answers as charts in SVG: a series' claims beside its reference views, and the drawings of a brief.

Owns the drawing alone. Altair and vl-convert are loaded when a chart is drawn, not before; no browser and no network is
needed. The same answer gives the same bytes.
"""

from __future__ import annotations

from bilateral.charts.drawings import FONT, drawn, explorable, specified
from bilateral.charts.marks import Drawing, Mark
from bilateral.charts.series import series_png, series_spec, series_svg, view_label

__all__ = [
    "FONT", "Drawing", "Mark", "drawn", "explorable", "series_png", "series_spec", "series_svg", "specified",
    "view_label",
]  # fmt: skip
