"""Who owns an outlet, and when."""

from __future__ import annotations

import pytest

from bilateral.knowledge import outlet_of
from bilateral.knowledge.entities import Outlet

DATED = Outlet(
    name="Harbour Post", kind="agency", state_owned=True, source="made up", owned_since="2011-03", owned_until="2015"
)


@pytest.mark.parametrize(
    ("day", "owned"),
    [("2011-02-28", False), ("2011-03-01", True), ("2015-12-31", True), ("2016-01-01", False), (None, True)],
)
def test_ownership_counts_from_its_first_to_its_last_day(day, owned):
    assert DATED.owned_on(day) is owned


def test_an_outlet_that_no_state_owns_is_owned_on_no_day():
    assert not Outlet(name="Coast News", kind="newspaper", source="made up").owned_on("2015-01-01")


def test_a_listed_agency_that_was_sold_is_state_owned_only_before():
    agency = outlet_of("Tanjug")
    assert (agency.owned_on("2014-05-01"), agency.owned_on("2020-05-01")) == (True, False)
