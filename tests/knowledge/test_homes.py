"""Where a publisher is at home: as listed, else by the one state, people or city in its name."""

from __future__ import annotations

import pytest

from bilateral.knowledge import home_of, outlet_of


@pytest.mark.parametrize(
    ("name", "code"),
    [("The Peruvian", "PER"), ("Accra Evening Post", "GHA"), ("a daily, Nairobi", "KEN"), ("TASS", "RUS")],
)
def test_a_publisher_is_at_home_in_the_state_that_its_name_says(name: str, code: str) -> None:
    assert home_of(name) == code


@pytest.mark.parametrize("name", ["The Morning Globe", "a wire, Lima and Santiago", "world news"])
def test_a_name_that_says_no_state_or_two_gives_none(name: str) -> None:
    assert home_of(name) is None


def test_an_agency_that_a_statute_makes_autonomous_is_not_state_owned() -> None:
    outlet = outlet_of("AFP")
    assert outlet is not None
    assert not outlet.owned_on("2024-05-16")
