"""Dates of metadata and of datelines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.read.dates import date_of, day_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2019-07-03", "2019-07-03"),
        ("2019-07", "2019-07"),
        ("2019", "2019"),
        ("2019-7-3", "2019-07-03"),
        ("2019-07-03T23:30:00+07:00", "2019-07-03"),
        ("2019-07-03 10:00", "2019-07-03"),
        ("2019/07/03", "2019-07-03"),
        ("20190703", "2019-07-03"),
        ("20190703T100000Z", "2019-07-03"),
        ("July 3, 2019", "2019-07-03"),
        ("Jul. 3, 2019", "2019-07-03"),
        ("3 July 2019", "2019-07-03"),
        ("3rd of July 2019", "2019-07-03"),
        ("03-Jul-2019", "2019-07-03"),
        ("Wed, 03 Jul 2019 10:00:00 GMT", "2019-07-03"),
        ("July 2019", "2019-07"),
        ("Sept. 2019", "2019-09"),
        ("13/07/2019", "2019-07-13"),
        ("07/13/2019", "2019-07-13"),
        ("05.05.2019", "2019-05-05"),
        ("1562112000", "2019-07-03"),
        ("1562112000000", "2019-07-03"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_a_stated_date_becomes_edtf_without_its_time(words, value):
    assert date_of(words) == value


@pytest.mark.parametrize(
    "words",
    [
        "", "unknown", "soon", "2019-13", "2019-02-29", "2019-07-32", "03/07/2019", "July 3", "yesterday", "0000",
        "1970-01-01T00:00:00Z", "0001-01-01", "0", "12", "31 June 2019",
    ],
)  # fmt: skip
def test_what_states_no_date_for_certain_gives_none(words):
    assert date_of(words) is None


def test_a_day_without_a_year_keeps_the_year_open():
    assert day_of("July 3") == "XXXX-07-03"
    assert day_of("29 February") == "XXXX-02-29"
    assert day_of("February 30") is None


@given(st.text(max_size=80))
def test_any_words_give_a_date_or_none_and_never_raise(words):
    value = date_of(words)
    assert value is None or len(value) in {4, 7, 10}
