"""Checks in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilateral.reference import arithmetic, checks, wording
from bilateral.reference.verdicts import Range
from tests.reference.made import BEFORE, OTHER, TRADE, figure, observation
from tests.reference.test_claimreview import SERIES

MIRROR = [observation("KHM", "RUS", "exports", 2018, 41000000), observation("KHM", "RUS", "imports", 2018, 88000000)]


def test_a_line_names_verdict_claim_claimant_and_view():
    value, change, *_ = checks.against(figure(**TRADE, outlet="TASS"), SERIES)
    assert wording.line(value) == (
        "agrees — trade turnover RUS–KHM 2018: over 202 million USD; Ilja Moraw (envoy) via TASS, 2019-07-03; "
        "against the figures of Russia, the claimant's own side, in Made Statistics "
        "(fob + cif, FOB + CIF, goods; file f00df00df00d): 202.1 million USD"
    )
    assert wording.line(change).startswith(
        "change differs by -0.2 points — trade turnover RUS–KHM 2018: up 21.5 percent on 2017; "
    )


def test_the_working_shows_operands_formula_numbers_and_what_the_words_allow():
    value, *_ = checks.against(figure(**TRADE), SERIES)
    assert wording.working(value) == [
        f"claim = 202000000 USD (trade turnover claimed: over 202 million; record {value.claim.record})",
        "RUS_exports_2018 = 70500000 USD "
        "(exports of RUS to KHM, 2018; Made Statistics, fob, file f00df00df00d, line 2)",
        "RUS_imports_2018 = 131600000 USD "
        "(imports of RUS from KHM, 2018; Made Statistics, cif, file f00df00df00d, line 2)",
        "trade turnover of the series, 2018: RUS_exports_2018 + RUS_imports_2018 = "
        "70500000 + 131600000 = 202100000 USD",
        "the words allow more than 202000000 USD (over: a lower bound)",
        "(202000000 - 202100000) / 202100000 * 100 = +0.0 percent",
    ]


def test_a_summary_lists_the_views_and_merges_none():
    found = list(checks.against(figure(**{**TRADE, "change": None}), [*MIRROR, *SERIES]))
    assert wording.summary(found) == (
        "value: agrees (the figures of Russia, the claimant's own side, in Made Statistics); "
        "value: off by +56.6 percent (the figures of Cambodia in Made Statistics)"
    )


def test_what_follows_is_worded_as_such():
    derived = next(c for c in arithmetic.checks([figure(**TRADE)]) if c.verdict == "derived")
    assert wording.line(derived).endswith("from which follows trade turnover, 2017: over about 166.3 million USD")


def test_claims_beside_each_other():
    consistent, other = arithmetic.checks([figure(**TRADE), figure(**BEFORE, at=200), figure(**OTHER, doc="report-b")])
    assert wording.line(consistent).startswith("consistent — trade turnover RUS–KHM 2018: up 21.5 percent on 2017;")
    assert "beside change that the claimed values give: 21.4672 percent" in wording.line(consistent)
    assert wording.verdict(other) == "inconsistent: off by +56.6 percent"


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open", "words"),
    [(1, 2, False, False, "from 1 to 2"), (1, None, True, False, "more than 1"),
     (1, None, False, False, "1 or more"), (None, 2, False, True, "less than 2"),
     (None, 2, False, False, "up to 2"), (None, None, False, False, "any number"),
     (1, 2, True, True, "more than 1 less than 2")],
)  # fmt: skip
def test_a_range_in_words(low, high, low_open, high_open, words):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    assert wording.interval(Range(low=ends[0], high=ends[1], low_open=low_open, high_open=high_open)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("202000000", "202 million USD"), ("1234567890", "1.23457 billion USD"), ("950", "950 USD"), ("0.5", "0.5 USD"),
     ("-47000000", "-47 million USD"), ("3e12", "3 trillion USD")],
)  # fmt: skip
def test_an_amount_in_words(value, words):
    assert wording.amount(Decimal(value), "USD") == words
