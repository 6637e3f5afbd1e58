"""Whether two spellings may be one name: the table of tests/cases/names.toml, and laws that hold of all names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.people.names import compared, keys, parted, sound

PAIRS = tomllib.loads((Path(__file__).parents[1] / "cases" / "names.toml").read_text(encoding="utf-8"))["pair"]
NAMES = sorted({pair[side] for pair in PAIRS for side in ("one", "two")})


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{p['one']} / {p['two']}" for p in PAIRS])
def test_a_pair_of_spellings_is_told(pair):
    for one, two in ((pair["one"], pair["two"]), (pair["two"], pair["one"])):
        found = compared(one, two, pair.get("country"))
        assert found.verdict == pair["verdict"], found
        assert found.reasons


def test_there_are_sixty_pairs_of_each_kind_of_verdict_some():
    assert len(PAIRS) >= 60
    assert {p["verdict"] for p in PAIRS} == {"same", "initial", "part", "open", "different"}


@pytest.mark.parametrize("pair", [p for p in PAIRS if p["verdict"] in ("same", "initial", "part")])
def test_names_that_may_be_one_share_a_key(pair):
    assert keys(pair["one"]) & keys(pair["two"])


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_the_order_of_two_names_does_not_matter(one, two):
    assert compared(one, two).verdict == compared(two, one).verdict


@given(st.sampled_from(NAMES))
def test_a_name_is_its_own(name):
    assert compared(name, name).verdict in ("same", "part")


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_is_too_odd_to_be_compared(one, two):
    assert compared(one, two).verdict == compared(two, one).verdict
    assert keys(one)
    assert parted(one)
    assert isinstance(sound(one), str)
