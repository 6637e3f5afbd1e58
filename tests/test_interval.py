"""What an EDTF date covers."""

from __future__ import annotations

import contextlib
import io

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from bilateral.interval import EARLIEST, LATEST, interval

COVERED = [
    ("2019", "2019-01-01", "2019-12-31"),
    ("2019-03", "2019-03-01", "2019-03-31"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("2019-03-05", "2019-03-05", "2019-03-05"),
    ("2019-07-03T10:00:00Z", "2019-07-03", "2019-07-03"),
    ("2019-21", "2019-03-01", "2019-05-31"),
    ("2019-33", "2019-01-01", "2019-03-31"),
    ("2019-36", "2019-10-01", "2019-12-31"),
    ("2019-40", "2019-01-01", "2019-06-30"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2019-XX", "2019-01-01", "2019-12-31"),
    ("2020-02-XX", "2020-02-01", "2020-02-29"),
    ("2019-XX-05", "2019-01-05", "2019-12-05"),
    ("2014/2019", "2014-01-01", "2019-12-31"),
    ("2019-07-03/2019-07-05", "2019-07-03", "2019-07-05"),
    ("201X/2021", "2010-01-01", "2021-12-31"),
    ("2019-21/2019-23", "2019-03-01", "2019-11-30"),
    ("2019~", "2019-01-01", "2019-12-31"),
    ("2019-07-03?", "2019-07-03", "2019-07-03"),
    ("2004-06~-11", "2004-06-11", "2004-06-11"),
    ("?2019-07", "2019-07-01", "2019-07-31"),
    ("[1967,1968,1970..1972]", "1967-01-01", "1972-12-31"),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
]
NOT_DATED = [
    None, "", "XXXX-07-03", "XXXX", "XXXX-XX-05", "XXXX-07-03/XXXX-07-05", "2019/XXXX-07", "..", "../..", "/", "../",
    "2019-02-30", "2019-13", "2019-00", "2019-21-05", "2019-07-32", "2019/2014", "yesterday", "03.07.2019", "19",
    "2019-7-3", "2014/2015/2016", "[2014,soon]", "-0044", "Y17000", "２０１９",
]  # fmt: skip


@pytest.mark.parametrize(("edtf", "first", "last"), COVERED)
def test_a_date_covers_its_first_to_its_last_day(edtf, first, last):
    assert interval(edtf) == (first, last)


@pytest.mark.parametrize("edtf", NOT_DATED)
def test_what_fixes_no_year_or_is_no_date_covers_nothing(edtf):
    assert interval(edtf) is None


def test_an_open_end_runs_on_and_an_unknown_one_adds_nothing():
    assert interval("2003/..") == ("2003-01-01", LATEST)
    assert interval("../2020") == (EARLIEST, "2020-12-31")
    assert interval("2014/") == ("2014-01-01", "2014-12-31")
    assert interval("/2020") == ("2020-01-01", "2020-12-31")


def test_winter_begins_in_its_year_and_ends_in_the_next():
    assert interval("2019-24") == ("2019-12-01", "2020-02-29")
    assert interval("9999-24") == ("9999-12-01", LATEST)


@pytest.mark.parametrize("edtf", [edtf for edtf, _, _ in COVERED if not edtf.startswith("?")])
def test_the_edtf_package_agrees_on_every_form(edtf):
    assert interval(edtf) == by_package(edtf)


YEARS = st.integers(1000, 2999).map(str)
MONTHS = st.integers(1, 12).map("{:02}".format)
DAYS = st.integers(1, 28).map("{:02}".format)
POINTS = st.one_of(
    YEARS,
    st.tuples(YEARS, MONTHS).map("-".join),
    st.tuples(YEARS, MONTHS, DAYS).map("-".join),
    st.tuples(YEARS, st.sampled_from(["21", "22", "23"])).map("-".join),
    st.tuples(YEARS, MONTHS, st.just("XX")).map("-".join),
    YEARS.map(lambda y: y[:3] + "X"),
    st.tuples(YEARS, st.sampled_from("?~%")).map("".join),
)


@given(POINTS)
def test_the_edtf_package_agrees_on_points(edtf):
    assert interval(edtf) == by_package(edtf)


@given(POINTS, POINTS)
def test_a_span_begins_with_its_first_and_ends_with_its_last_date(first, last):
    left, right = interval(first), interval(last)
    expected = (left[0], right[1]) if left[0] <= right[1] else None
    assert interval(f"{first}/{last}") == expected


@given(st.text(max_size=12))
def test_any_text_is_either_a_span_of_days_or_nothing(text):
    days = interval(text)
    assert days is None or (days[0] <= days[1] and len(days[0]) == len(days[1]) == len(EARLIEST))


def by_package(edtf: str) -> tuple[str, str]:
    with contextlib.redirect_stdout(io.StringIO()):  # the package prints what it parses
        date = parse_edtf(edtf)
    return tuple(
        f"{t.tm_year:04}-{t.tm_mon:02}-{t.tm_mday:02}" for t in (date.lower_strict(), date.upper_strict())
    )  # fmt: skip
