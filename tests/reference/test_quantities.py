"""What a claim's words say of its scope."""

from __future__ import annotations

import pytest

from bilateral.reference.quantities import is_one_a_period, product, scope, stated_by
from tests.reference.made import figure


@pytest.mark.parametrize(
    ("words", "named", "goods"),
    [
        ("Rice exports reached $5 million.", "exports", "rice"),
        ("Exports of natural gas reached $5 million.", "Exports", "gas"),
        ("Trade in agricultural products reached $5 million.", "Trade", "agricultural"),
        ("Arms sales to the kingdom reached $5 million.", "sales", "arms"),
        ("Non-oil trade reached $5 million.", "trade", "non-oil"),
        ("Bilateral trade in goods reached $5 million.", "trade", None),
        ("Exports to the Gulf state reached $5 million.", "Exports", None),
        ("Trade in local currencies reached $5 million.", "Trade", None),
        ("Mutual trade turnover reached $5 million, and the two signed a gas contract in May.", "turnover", None),
        ("Our total exports reached $5 million.", "exports", None),
    ],
)
def test_a_product_is_told_where_it_stands_with_the_quantity(words, named, goods):
    assert product(figure(words=words, named=named).measure) == goods


@pytest.mark.parametrize(
    ("words", "named", "told"),
    [
        ("Trade in goods and services reached $5 million.", "Trade", "goods and services"),
        ("Services trade reached $5 million.", "trade", "services"),
        ("Trade in goods reached $5 million.", "Trade", "goods"),
        ("Merchandise trade reached $5 million.", "trade", "goods"),
        ("Trade reached $5 million.", "Trade", ""),
    ],
)
def test_the_scope_is_what_the_words_say(words, named, told):
    assert scope(figure(words=words, named=named).measure) == told


def test_without_the_words_of_the_quantity_the_whole_sentence_counts():
    assert product(figure(words="They said that rice exports reached $5 million.").measure) == "rice"


def test_whose_figure_a_quantity_is():
    assert stated_by("tourist_arrivals", "RUS>KHM") == "KHM"
    assert stated_by("grant", "JPN>KHM") == "JPN"


def test_of_loans_there_may_be_several_a_year_of_turnover_one():
    assert is_one_a_period("trade_turnover")
    assert not is_one_a_period("loan")
