"""Tables."""

import codecs
from pathlib import Path

import pytest

from bilateral.model import Problem
from bilateral.read import documents
from bilateral.text import Document, Raw

ONE = "The two envoys met in the capital and spoke of trade in rice and rubber."


def read(table: str | bytes, **raw) -> list[Document | Problem]:
    data = table.encode() if isinstance(table, str) else table
    return list(documents(Raw(uri="a.csv", media_type="text/csv", data=data, **raw)))


def test_a_table_gives_its_reports_and_its_problems():
    first, second, third = read((Path(__file__).parent / "files" / "reports.csv").read_bytes())

    assert isinstance(first, Document)
    assert first.text == 'The two envoys met in the capital,\nand spoke of "rice" and trade.'
    assert (first.uri, first.published, first.published_by) == ("a.csv#1", "2019-07", "metadata")
    assert second.message == "line 4: empty: it holds no text"
    assert (third.uri, third.published) == ("a.csv#3", "2019-07-03")


def test_a_named_column_that_is_missing_is_named_with_those_that_came():
    (problem,) = read(f"id,text\n1,{ONE}\n", columns={"text": "words"})

    assert problem.message == "expected a column 'words' for text; the columns are 'id', 'text'"


def test_a_table_without_a_column_for_the_text_is_refused():
    (problem,) = read("id,name\n1,2\n")

    assert "expected a column for the text" in problem.message
    assert problem.message.endswith("the columns are 'id', 'name'")


def test_columns_are_taken_by_the_names_given():
    (doc,) = read(f"a\tb\n{ONE}\t2019\n", columns={"text": "a", "published": "b"})

    assert (doc.text, doc.published) == (ONE, "2019")


def test_rows_with_too_few_cells_are_problems_and_the_rest_goes_on():
    problem, doc = read(f"id,text,date\n1\n2,{ONE}\n")

    assert problem.message == "line 2: expected 3 cells, got 1"
    assert (doc.text, doc.published) == (ONE, None)


def test_a_quote_mark_that_is_never_closed_is_told():
    first, problem, last = read(f'text,id\n{ONE},1\n"The envoy,2\n{ONE} So it was.,3\n')

    assert first.text == ONE
    assert problem.message == "line 3: a quote mark opens a cell and none closes it"
    assert last.uri == "a.csv#3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_office_programs_are_understood(encoding):
    table = f"text;id\r\n{ONE} “So it was, Frédéric Müller said.”;1\r\n" * 1

    (doc,) = read(table.encode(encoding))

    assert doc.text == f"{ONE} “So it was, Frédéric Müller said.”"


def test_a_byte_that_does_not_fit_is_the_problem_of_its_row():
    data = f"text,id\n{ONE} “So it was.”,1\n".encode() + b"caf\xe9 here,2\n" + f"{ONE} They parted.,3\n".encode()

    first, problem, third = read(data, **{})[:3]

    assert (first.uri, third.uri) == ("a.csv#1", "a.csv#3")
    assert problem.message == "line 3: byte 0xe9 does not fit the encoding of the table"


def test_a_cell_of_more_characters_than_csv_allows_is_read():
    (doc,) = read(f"text,id\n{' '.join([ONE] * 3000)},1\n")

    assert len(doc.text) > 200_000


def test_line_numbers_of_a_chunk_count_from_its_first_line():
    problem, doc = read(f"text,id\n,1\n{ONE},\n", first_line=501, place="lines 501-502")

    assert problem.message == "line 501: empty: it holds no text"
    assert doc.uri == "a.csv#502"


@pytest.mark.parametrize("table", ["", "\n", codecs.BOM_UTF8])
def test_an_empty_table_is_refused(table):
    (problem,) = read(table)

    assert "empty" in problem.message


def test_a_table_of_a_header_alone_gives_nothing():
    assert read("text,date\n") == []
