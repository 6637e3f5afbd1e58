"""What the words of a number allow."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.reference.allowed import allowed, plain
from bilateral.reference.verdicts import Range


@pytest.mark.parametrize(
    ("value", "digits", "low", "high"),
    [
        ("202000000", "202 million", "201500000", "202500000"),
        ("5500000", "5.5 million", "5450000", "5550000"),
        ("1200000000", "1,2 bn", "1150000000", "1250000000"),
        ("650000", "650,000", "645000", "655000"),
        ("3000000000", "3,000,000,000", "2950000000", "3050000000"),
        ("3000000000", "three billion", "2500000000", "3500000000"),
        ("200000000", "two hundred million", "199500000", "200500000"),
        ("500000000", "half a billion", "475000000", "525000000"),
        ("35000000", "3.5 crore", "34500000", "35500000"),
        ("21.5", "21.5", "21.45", "21.55"),
        ("30", "30", "29.5", "30.5"),
        ("100", "100", "95", "105"),
        ("3000000", "3 - 5 million", "2500000", "3500000"),
        ("5000000", "3 - 5 million", "4500000", "5500000"),
        ("33.3", "a third", "31.635", "34.965"),
        ("166300000", None, "166216850", "166383150"),
    ],
)
def test_without_a_bound_half_of_the_last_digit_written_is_allowed(value, digits, low, high):
    found = allowed(Decimal(value), digits, None)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("bound", "low", "high", "edge_is_allowed"),
    [
        ("over", 200, None, False), ("at_least", 200, None, True), ("under", None, 200, False),
        ("up_to", None, 200, True), ("about", 190, 210, True), ("nearly", 190, 200, True),
    ],
)  # fmt: skip
def test_bounds(bound, low, high, edge_is_allowed):
    found = allowed(Decimal(200), "200.0", bound)
    assert (found.low, found.high) == (low, high)
    assert found.holds(Decimal(200)) == edge_is_allowed


def test_about_a_coarse_number_allows_half_of_its_digit():
    found = allowed(Decimal(3_000_000_000), "3 billion", "about")
    assert (found.low, found.high) == (2_500_000_000, 3_500_000_000)


def test_doubled_allows_a_tenth_and_2_5_times_its_digit():
    assert (allowed(Decimal(2), "doubled", None, is_times=True).low) == Decimal("1.8")
    assert (allowed(Decimal("2.5"), "2.5 times", None, is_times=True).low) == Decimal("2.45")


@given(
    st.decimals(min_value=0, max_value=10**15, places=3),
    st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["202 million", "1,5 bn", "a half", "3-5"])),
    st.sampled_from([None, "over", "at_least", "about", "nearly", "up_to", "under"]),
)
def test_every_number_with_any_words_has_a_range_around_it(value, digits, bound):
    found = allowed(value, digits, bound)
    assert found.rule
    assert found.low is None or found.low <= value
    assert found.high is None or found.high >= value
    if bound not in ("over", "under"):
        assert found.holds(value)


ENDS = st.one_of(st.none(), st.decimals(-1000, 1000, places=1))
RANGES = st.builds(
    lambda a, b, x, y: Range(
        low=min(a, b) if None not in (a, b) else a, high=max(a, b) if None not in (a, b) else b, low_open=x, high_open=y
    ),
    ENDS, ENDS, st.booleans(), st.booleans(),
)  # fmt: skip


@given(RANGES, RANGES, st.decimals(-1100, 1100, places=2))
def test_ranges_that_both_hold_a_value_meet_and_meeting_is_mutual(a, b, value):
    assert a.meets(b) == b.meets(a)
    if a.holds(value) and b.holds(value):
        assert a.meets(b)


@pytest.mark.parametrize(("value", "text"), [("1E+9", "1000000000"), ("1.500", "1.5"), ("0.0", "0"), ("-3.10", "-3.1")])
def test_numbers_are_printed_in_plain_digits(value, text):
    assert plain(Decimal(value)) == text
