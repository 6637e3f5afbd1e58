"""JSON Lines, JSON arrays, JSON objects."""

import json
from pathlib import Path

import pytest

from bilateral.model import Problem
from bilateral.read import documents
from bilateral.text import Document, Raw

ONE = "The two envoys met in the capital on Wednesday and spoke of trade in rice and rubber."


def read(*rows: object, **raw) -> list[Document | Problem]:
    data = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()
    return list(documents(Raw(uri="a.jsonl", media_type="application/jsonl", data=data, **raw)))


def one(*rows: object, **raw) -> Document:
    (doc,) = read(*rows, **raw)
    assert isinstance(doc, Document), doc
    return doc


def message(*rows: object, **raw) -> str:
    (problem,) = read(*rows, **raw)
    assert isinstance(problem, Problem)
    return problem.message


def test_a_file_of_lines_gives_its_reports_and_its_problems():
    data = (Path(__file__).parent / "files" / "reports.jsonl").read_bytes()

    first, second, third, fourth = documents(Raw(uri="reports.jsonl", media_type="", data=data))

    assert isinstance(first, Document)
    assert isinstance(fourth, Document)
    assert (first.uri, first.publisher, first.published) == ("https://news.example/a1", "Example News", "2019-07-03")
    assert first.text.startswith("Envoys sign a protocol\n\nThe two envoys signed")
    assert [p.kind for p in first.paragraphs] == ["title", "body"]
    assert second.message == "line 2: empty: it holds no text"
    assert third.message.startswith("line 3: expected a JSON object")
    assert (fourth.uri, fourth.published) == ("reports.jsonl#a4", None)


def test_the_usual_names_are_known_without_case():
    doc = one({"Content": ONE, "Headline": "Envoys meet", "Publication_Date": "2019", "Link": "https://news.example/1"})

    assert (doc.title, doc.published, doc.uri) == ("Envoys meet", "2019", "https://news.example/1")


def test_columns_overrule_the_usual_names():
    row = {"text": "Not this one, but the other.", "words": ONE, "when": "2019-07-03", "date": "2001"}

    doc = one(row, columns={"text": "words", "published": "when"})

    assert (doc.text, doc.published) == (ONE, "2019-07-03")


def test_a_missing_field_is_named_with_those_that_came():
    assert message({"id": 1, "words": ONE}) == (
        "line 1: expected a column for the text ('text', 'body', 'content', 'article', 'article_text', 'full_text', "
        "'fulltext', 'maintext', 'story'); the columns are 'id', 'words'"
    )
    assert message({"id": 1}, columns={"text": "words"}) == (
        "line 1: expected a column 'words' for text; the columns are 'id'"
    )


def test_a_title_that_the_text_begins_with_is_not_put_in_front_again():
    doc = one({"text": f"Envoys meet\n\n{ONE}", "title": "Envoys  meet"})

    assert doc.text == f"Envoys meet\n\n{ONE}"
    assert [p.kind for p in doc.paragraphs] == ["title", "body"]


def test_a_word_of_the_text_is_no_title_of_it():
    assert one({"text": ONE, "title": "Trade"}).text == f"Trade\n\n{ONE}"


def test_the_text_is_kept_but_for_its_line_ends():
    assert one({"text": f"  {ONE}\r\n\r\nThey parted.  "}).text == f"  {ONE}\n\nThey parted.  "


@pytest.mark.parametrize(
    ("value", "expected"),
    [(2019, "2019"), (1562112000, "2019-07-03"), ("2019-07", "2019-07"), ("unknown", None), ("", None), (None, None)],
)
def test_dates_come_as_numbers_and_words(value, expected):
    assert one({"text": ONE, "date": value}).published == expected


def test_names_come_as_words_objects_and_lists():
    doc = one({"text": ONE, "author": [{"name": "Jane Roe"}, "John Doe"], "publisher": {"name": "Example News"}})

    assert (doc.author, doc.publisher) == ("Jane Roe, John Doe", "Example News")


def test_paragraphs_may_come_as_a_list():
    assert one({"text": [ONE, "They parted."]}).text == f"{ONE}\n\nThey parted."


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("[1, 2", "expected a JSON array of objects"), ('"words"', "expected a JSON object with fields, got str"),
        ('{"text": 1}', "expected text in the field 'text', got int"), ('{"text": true}', "got true"),
        ('{"text": {"a": 1}}', "got dict"), ('{"text": "The envoy\\u0000 met."}', "null bytes at 9"),
        ('{"text": "a" "b"}', "expected a JSON object"), ('{"text": null}', "empty: it holds no text"),
        ('{"text": "\\ud800"}', "expected a JSON object"), ("{}", "expected a column for the text"),
    ],
)  # fmt: skip
def test_a_bad_row_is_a_problem_with_its_line(row, words):
    assert words in message(row)


def test_one_bad_row_among_good_ones_stops_nothing():
    found = read({"text": ONE}, "{", "", {"text": f"{ONE} They parted."}, first_line=101)

    assert [type(item) for item in found] == [Document, Problem, Document]
    assert found[1].message.startswith("line 102: ")
    assert found[2].uri == "a.jsonl#104"


def test_bytes_that_are_no_utf8_are_the_problem_of_their_row():
    data = b'{"text": "caf\xe9"}\n' + json.dumps({"text": ONE}).encode()

    problem, doc = documents(Raw(uri="a.jsonl", media_type="application/jsonl; charset=utf-8", data=data))

    assert problem.message.startswith("line 1: expected a JSON object")
    assert doc.text == ONE


def test_an_array_and_an_object_over_several_lines_are_read_whole():
    array = json.dumps([{"text": ONE}, {"text": ""}, 3], indent=1)
    found = list(documents(Raw(uri="a.json", media_type="application/json", data=array.encode())))

    assert [type(item) for item in found] == [Document, Problem, Problem]
    assert one(json.dumps({"text": ONE, "date": "2019"}, indent=1)).published == "2019"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_encodings_are_understood(encoding):
    data = json.dumps({"text": f"{ONE} “So it was.”"}, ensure_ascii=False).encode(encoding)

    (doc,) = documents(Raw(uri="a.jsonl", media_type="", data=data))

    assert doc.text == f"{ONE} “So it was.”"


def test_a_row_in_another_language_is_refused_by_name():
    words = "Hai đại sứ đã gặp nhau tại thủ đô vào thứ Tư và nói về thương mại, du lịch và sinh viên hai nước."

    assert message({"text": words}).startswith("line 1: Vietnamese (vi)")


def test_a_date_that_cannot_be_read_is_told_with_its_line():
    doc, problem = read({"text": ONE, "date": "03/07/2019"})

    assert isinstance(doc, Document)
    assert problem.message.startswith("line 1: expected a date such as")
    assert problem.doc == doc.id
