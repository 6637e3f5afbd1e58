"""Datelines of the agencies: the table tests/cases/datelines.toml."""

import tomllib
from pathlib import Path

import pytest

from bilateral.read.dateline import dateline, is_place_alone

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "datelines.toml").read_text("utf-8"))["case"]
DATED = [case for case in CASES if "rest" in case]
OTHERS = [case for case in CASES if "rest" not in case]


@pytest.mark.parametrize("case", DATED, ids=[case["lead"][:40] for case in DATED])
def test_a_dateline_gives_its_place_day_and_agency(case):
    lead = case["lead"].split("\n")[0]

    line = dateline(lead, 0, len(lead))

    assert line is not None
    assert (line.place, line.day) == (case.get("place"), case.get("day"))
    assert line.agency == case["agency"] if "agency" in case else True
    rest = lead[line.end :].strip()
    assert rest.startswith(case["rest"]) if case["rest"] else rest == ""


@pytest.mark.parametrize("case", OTHERS, ids=[case["lead"][:40] for case in OTHERS])
def test_an_opening_that_only_looks_like_a_dateline_is_none(case):
    assert dateline(case["lead"], 0, len(case["lead"])) is None


def test_a_dateline_counts_from_the_start_of_the_text():
    text = "Envoys meet\n\nHANOI, July 3. /TASS/. The two envoys met."

    line = dateline(text, 13, len(text))

    assert line is not None
    assert text[line.start : line.end] == "HANOI, July 3. /TASS/."


def test_a_known_place_in_capitals_heads_a_report_alone():
    assert is_place_alone("MOSCOW")
    assert not is_place_alone("Moscow")
    assert not is_place_alone("TOURISM")
