"""Charts of series."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from bilateral import charts
from bilateral.errors import CallError
from bilateral.reference import answer
from tests.reference.made import figure, observation

OBSERVATIONS = [
    observation(reporter, partner, flow, year, (year - 2000) * factor * 1_000_000)
    for year in (2016, 2017, 2018)
    for reporter, partner, flow, factor in (
        ("RUS", "KHM", "exports", 4), ("RUS", "KHM", "imports", 7),
        ("KHM", "RUS", "exports", 2), ("KHM", "RUS", "imports", 5),
    )
]  # fmt: skip
CLAIMS = [
    figure(value=202000000, digits="202 million", bound="over", speaker="RUS"),
    figure(value=150000000, digits="150 million", bound="about", period="2016", at=100),
    figure(value=250000000, digits="250 million", bound="up_to", period="2017", at=200),
    figure(value=90000000, digits="90 million", period="2018-01/2018-06", at=300),
    figure(value=90000000, digits="90 million", period="", at=400),
]


def made(claims=CLAIMS, observations=OBSERVATIONS, quantity="trade_turnover"):
    return answer.made(claims, observations, quantity, ("RUS", "KHM"))


def marks(spec):
    found = []
    for layer in spec.get("layer", ()):
        found += marks(layer)
    return found + ([spec["mark"]["type"]] if "mark" in spec else [])


def data_of(spec):
    found = [spec["data"]["values"]] if "values" in spec.get("data", {}) else []
    return found + [values for layer in spec.get("layer", ()) for values in data_of(layer)]


def test_claims_are_points_with_their_bounds_and_views_are_lines():
    spec = charts.series_spec(made())
    assert marks(spec) == ["line", "point", "rule", "point", "point", "point", "point"]
    assert spec["title"]["text"] == "Trade turnover, Russia and Cambodia"


def test_the_svg_is_well_formed_names_every_view_and_claimant_and_is_the_same_twice():
    svg = charts.series_svg(made())
    root = ET.fromstring(svg)
    assert root.tag.endswith("svg")
    words = " ".join(t for t in root.itertext())
    for name in ("Russia in Made Statistics, FOB + CIF", "Cambodia in Made Statistics", "million USD"):
        assert name in words
    assert "Ilja Moraw (envoy) via Kalivia Wire" in words
    assert charts.series_svg(made()) == svg


def test_a_chart_can_be_a_picture_too():
    assert charts.series_png(made(), scale=1).startswith(b"\x89PNG")


def test_what_is_not_drawn_is_told():
    spec = charts.series_spec(made([*CLAIMS, figure(value=1, digits="1", unit="EUR", at=500)]))
    assert spec["title"]["subtitle"][1:] == [
        "Hollow points are claims of another period than a year and are not to be read against the lines.",
        "2 claims without period, way or in another unit not drawn.",
    ]


def test_bounds_are_drawn_as_ends_and_arrows():
    data = next(d for d in data_of(charts.series_spec(made())) if "is_point" in d[0])
    values = {v["time"]: v for v in data if v["is_point"]}
    assert (values[2016.0]["low"], values[2016.0]["high"]) == (142.5, 157.5)
    assert values[2018.0]["low"] == 202.0
    assert [v["head"] for v in data if not v["is_point"]] == ["down", "up"]


def test_claims_alone_and_lines_alone_are_charts():
    assert "Claims" in charts.series_svg(made(observations=[]))
    assert "Reference series" in charts.series_svg(made(claims=[]))


def test_a_flow_names_its_way():
    claims = [figure(quantity="exports", direction="RUS>KHM", value=70000000, digits="70 million")]
    spec = charts.series_spec(made(claims, quantity="exports"))
    assert spec["title"]["text"] == "Exports, Russia to Cambodia"


def test_nothing_to_draw_is_told():
    with pytest.raises(CallError, match="nothing to draw: no claim and no reference value of Trade turnover"):
        charts.series_spec(made([], []))


def test_missing_packages_are_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(CallError, match="expected altair and vl-convert-python to be installed"):
        charts.series_svg(made())


def test_altair_is_loaded_only_when_a_chart_is_drawn():
    code = "import sys, bilateral.charts; sys.exit(bool({'altair', 'vl_convert'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
