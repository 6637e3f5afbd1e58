"""Streaming in chunks."""

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.read import chunks
from bilateral.read.chunks import Chunk, TooLong, line_chunks, table_chunks
from bilateral.read.limits import Limits

SMALL = Limits(line=60, chunk=40, quoted_lines=5)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(chunks, "LIMITS", SMALL)


def test_lines_come_in_chunks_with_their_numbers(small):
    found = list(line_chunks(io.BytesIO(b"".join(b"line number %02d\n" % i for i in range(1, 6)))))

    assert [(c.first, c.last) for c in found] == [(1, 2), (3, 4), (5, 5)]
    assert found[1].data == b"line number 03\nline number 04\n"


def test_a_line_that_is_too_long_is_passed_over(small):
    found = list(line_chunks(io.BytesIO(b"one\n" + b"x" * 500 + b"\nthree\n" + b"y" * 500)))

    assert found == [Chunk(b"one\n", 1, 1), TooLong(2), Chunk(b"three\n", 3, 3), TooLong(4)]


def test_each_chunk_of_a_table_repeats_the_header(small):
    table = b'id,text\n1,"one\ntwo ""quoted"""\n2,"and a second, with a comma"\n3,c\n'

    assert list(table_chunks(io.BytesIO(table))) == [
        Chunk(b'id,text\n1,"one\ntwo ""quoted"""\n', 2, 3),
        Chunk(b'id,text\n2,"and a second, with a comma"\n3,c\n', 4, 5),
    ]


def test_a_header_alone_is_a_chunk(small):
    assert list(table_chunks(io.BytesIO(b"id,text"))) == [Chunk(b"id,text\n", 1, 1)]
    assert list(table_chunks(io.BytesIO(b""))) == [Chunk(b"\n", 1, 1)]


def test_a_quote_mark_that_is_never_closed_holds_up_no_row(small):
    table = b'id,text\n1,"open\n' + b"".join(b"%d,row\n" % i for i in range(2, 12))

    rows = b"".join(c.data.removeprefix(b"id,text\n") for c in table_chunks(io.BytesIO(table)))

    assert rows == table.removeprefix(b"id,text\n")


def test_a_header_that_is_too_long_ends_the_table(small):
    assert list(table_chunks(io.BytesIO(b"x" * 100 + b"\n1,2\n"))) == [TooLong(1)]


@given(st.lists(st.lists(st.text(alphabet='ab",\n', max_size=8), min_size=2, max_size=2), min_size=1, max_size=12))
def test_chunks_lose_no_record(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    stream = io.BytesIO(b"id,text\n" + out.getvalue().encode())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "LIMITS", Limits(chunk=20))
        found = [c for c in table_chunks(stream) if isinstance(c, Chunk)]

    assert "".join(c.data.decode().removeprefix("id,text\n") for c in found) == out.getvalue()
    assert all(a.last + 1 == b.first for a, b in pairwise(found))
