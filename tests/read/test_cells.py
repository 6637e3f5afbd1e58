"""Cutting tables into records and cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.read.cells import cells, delimiter_of, opens, records

CELL = st.text(alphabet='ab",;\n \té', max_size=12)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_csv_writes_is_cut_as_it_was(table, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(table)

    found = list(records(out.getvalue(), delimiter, longest=100))

    assert [cells(record.words, delimiter) for record in found] == table
    assert [record.line for record in found] == [1 + sum(r.lines for r in found[:i]) for i in range(len(found))]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ("a,b", ["a", "b"]), ("a,", ["a", ""]), ("", [""]), ('"a,b",c', ["a,b", "c"]), ('"a""b"', ['a"b']),
        ('5" pipe,b', ['5" pipe', "b"]), ('"a" b,c', ["a b", "c"]), ('"",""', ["", ""]),
    ],
)  # fmt: skip
def test_cells_lose_their_quotes(record, found):
    assert cells(record, ",") == found


def test_a_quote_mark_inside_a_bare_cell_opens_nothing():
    assert not opens('5" pipe,b', ",", False)
    assert opens('a,"b', ",", False)
    assert not opens('b",c', ",", True)


def test_a_cell_that_is_never_closed_is_one_line():
    found = list(records('a,"b\nc,d\ne,f', ",", longest=10))

    assert [(record.words, record.line, record.is_open) for record in found] == [
        ('a,"b', 1, True), ("c,d", 2, False), ("e,f", 3, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,b", ","), ("a;b,c;d", ";"), ("a\tb", "\t"), ("a|b", "|"), ("a", ",")]
)
def test_the_header_tells_the_delimiter(header, delimiter):
    assert delimiter_of(header + "\nx") == delimiter
