"""Charts of series."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from bilateral import charts
from bilateral.charts import drawings
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


def mark(start, row="", kind="held", end=None, **more):
    return charts.Mark(start=start, end=end or start, row=row, kind=kind, **more)


def of(kind, *marks, **more):
    return charts.Drawing(kind=kind, section=3, title="T", alt="A", marks=marks, **more)


DRAWINGS = [
    of(
        "events", mark("2021-01-01", kind="verbal cooperation", end="2021-02-01", value=3),
        mark("2021-02-01", kind="material conflict", end="2021-03-01", value=1),
    ),
    of(
        "visits", mark("2021-01-01", "A to B"), mark("2021-04-01", "B to A", "planned", end="2021-04-30"),
        mark("2022-06-01", "A to B", "cancelled or postponed"), mark("2023-01-01", "A to B", "denied"),
    ),
    of("agreements", mark("2020-01-01", "treaty", "signed"), mark("2021-01-01", "treaty", "in force")),
    of(
        "figures", mark("2019-07-01", "A", "claim", value=3.0, low=3.0, high=3.3, head="up"),
        mark("2020-07-01", "B", "claim", value=2.0, low=1.9, high=2.1), mark("2019-07-01", "S", "view", value=2.5),
        mark("2020-07-01", "S", "view", value=2.6), unit="million USD",
    ),
]  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda d: d.kind)
def test_a_drawing_of_a_brief_is_well_formed_and_the_same_twice(drawing):
    svg = charts.drawn(drawing)
    assert ET.fromstring(svg).tag.endswith("svg")
    assert charts.drawn(drawing) == svg


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda d: d.kind)
def test_names_inside_a_drawing_are_its_own_so_that_several_can_stand_on_a_page(drawing):
    svg = charts.drawn(drawing)
    names = re.findall(r'\bid="([^"]+)"', svg)
    assert all(name.startswith(f"{drawing.kind}3-") for name in names)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(names)


def test_kinds_of_visits_differ_in_shape_or_filling_and_not_in_colour_alone():
    kinds = ("held", "planned", "cancelled or postponed", "denied", "under way")
    assert len({drawings._SHAPES[kind] for kind in kinds}) == len(kinds)
    svg = charts.drawn(DRAWINGS[1])
    colours = set(re.findall(r'\b(?:fill|stroke)="(#\w{3,6})"', svg))
    assert all(len(set(c.strip("#"))) <= 2 for c in colours)  # greys


def test_conflict_stands_below_the_line_and_cooperation_above():
    pieces = list(drawings._stacked(DRAWINGS[0].marks))
    assert [(p["low"], p["high"]) for p in pieces] == [(0.0, 3.0), (-1.0, 0.0)]


def test_pieces_of_one_month_stand_on_one_another():
    marks = tuple(mark("2021-01-01", kind=kind, end="2021-02-01", value=2) for kind in drawings._QUADS)
    assert [(p["low"], p["high"]) for p in drawings._stacked(marks)] == [
        (0.0, 2.0), (2.0, 4.0), (-2.0, 0.0), (-4.0, -2.0),
    ]  # fmt: skip


def test_the_words_of_a_drawing_are_set_in_the_font_that_is_asked_for():
    assert 'font-family="Libertinus Serif"' in charts.drawn(DRAWINGS[0], font="Libertinus Serif").replace("'", "")


def test_hostile_words_in_a_drawing_are_words():
    drawing = of("visits", *(mark(f"202{n}-01-01", '</text><script>alert(1)</script>"&') for n in range(4)))
    root = ET.fromstring(charts.drawn(drawing))
    assert not [e for e in root.iter() if e.tag.endswith("script")]


# Fitted into a column of a page, or a telephone.


@pytest.mark.parametrize("room", [340, 560])
@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda d: d.kind)
def test_a_drawing_takes_the_room_that_it_is_given_and_its_letters_can_be_read(drawing, room):
    root = ET.fromstring(charts.drawn(drawing, room=room))
    assert float(root.get("width")) == room
    sizes = {e.get("font-size") for e in root.iter() if e.tag.endswith("text") and "".join(e.itertext()).strip()}
    assert sizes == {"12px"}


@pytest.mark.parametrize("room", [340, 560])
def test_long_names_are_broken_into_lines_and_none_is_lost(room):
    name = "memorandum of understanding on electronic commerce"
    drawing = of("agreements", mark("2020-01-01", name, "signed"), mark("2021-01-01", name, "in force"))
    words = " ".join(" ".join(ET.fromstring(charts.drawn(drawing, room=room)).itertext()).split())
    assert name in words


def test_a_legend_has_no_more_columns_than_there_is_room_for():
    kinds = ("held", "planned, outcome not reported", "cancelled or postponed")
    drawing = of("visits", *(mark(f"202{n}-01-01", "A to B", kind) for n, kind in enumerate(kinds)))
    columns = {room: legends(charts.specified(drawing, room=room)) for room in (340, 900)}
    assert columns == {340: {1}, 900: {3}}


def legends(spec):
    held = [channel["legend"] for layer in spec["layer"] for channel in layer["encoding"].values()
            if channel.get("legend")]  # fmt: skip
    return {legend["columns"] for legend in held}


def test_figures_of_several_years_stand_in_the_middle_of_their_year():
    spec = charts.specified(DRAWINGS[3])
    across = spec["layer"][0]["encoding"]["x"]
    assert across["scale"]["domain"] == ["2019-01-01", "2021-01-01"]
    assert across["axis"]["format"] == "%Y"


def test_what_is_explored_on_a_telephone_is_broken_as_its_picture_is():
    spec = charts.explorable(DRAWINGS[2], room=340)
    assert spec["width"] == "container"
    assert all("tooltip" in layer["encoding"] for layer in spec["layer"])
