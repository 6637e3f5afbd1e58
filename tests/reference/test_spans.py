"""Periods for comparing."""

from __future__ import annotations

import pytest

from bilateral.reference.spans import months


@pytest.mark.parametrize(
    ("edtf", "shortest", "length"),
    [("2018", "2018", 12), ("2018-03", "2018-03", 1), ("2018-33", "2018-33", 3), ("2018-01/2018-12", "2018", 12),
     ("2018-01/2018-09", "2018-01/2018-09", 9), ("2018-04/2019-03", "2018-04/2019-03", 12), ("2018?", "2018", 12),
     ("2018-41", "2018-07/2018-12", 6), ("2014/2018", "2014-01/2018-12", 60), ("2018-01-01/2018-03-31", "2018-33", 3),
     ("2020-02-01/2020-02-29", "2020-02", 1)],
)  # fmt: skip
def test_whole_months(edtf, shortest, length):
    found = months(edtf)
    assert (found.edtf, found.length) == (shortest, length)


@pytest.mark.parametrize(
    "edtf", [None, "", "XXXX-01/XXXX-05", "2014/..", "../2018", "201X", "2018-03-05", "2018-03-05/2018-04-30", "soon"]
)
def test_what_is_not_whole_months_is_none(edtf):
    assert months(edtf) is None


def test_the_year_before_and_the_quarters_of_a_half_year():
    assert months("2018-33").before(12).edtf == "2017-33"
    assert months("2018-40").quarters() == ["2018-33", "2018-34"]
    assert months("2018-02/2018-04").quarters() == []
