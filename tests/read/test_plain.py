"""Plain text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.model import Problem
from bilateral.read.plain import plain
from bilateral.text import Document, Given, Raw, document_id

LEAD = "The two envoys met in the capital on Wednesday and spoke of trade and tourism."


def read(text: str | bytes, **given) -> Document:
    data = text.encode() if isinstance(text, str) else text
    found = list(plain(Raw(uri="a.txt", media_type="text/plain", data=data, given=Given(**given))))
    assert isinstance(found[0], Document)
    return found[0]


def test_an_agency_report_is_read_with_its_anatomy():
    doc = read((Path(__file__).parent / "files" / "agency.txt").read_bytes())

    assert doc.title == "Veldania and Orsia open a joint rice laboratory, envoy says"
    assert [p.kind for p in doc.paragraphs] == [
        "furniture", "title", "subtitle", "body", "body", "heading", "body", "byline",
    ]  # fmt: skip
    assert doc.dateline is not None
    assert (doc.dateline.place, doc.dateline.day, doc.dateline.agency) == ("HANOI", "XXXX-07-03", "TASS")
    assert doc.text[doc.paragraphs[3].start :].startswith("Veldania and Orsia have opened")
    assert doc.section(doc.text.index("Trade between")) == "Trade and tourism"
    assert (doc.published, doc.published_by) == ("2019-07-03", "metadata")
    assert (doc.publisher, doc.uri) == ("Example Agency", "https://news.example/2019/07/03/envoys")
    assert doc.text.startswith("All news\n")
    assert doc.id == document_id(doc.text, "Example Agency")


def test_characters_stay_as_they_are_but_for_line_ends_and_the_mark():
    text = "  “One”\tenvoy\xa0met  the other in the capital.\n\n\n  They spoke of trade.  \n"

    assert read("\ufeff" + text.replace("\n", "\r\n")).text == text
    assert read(text.replace("\n", "\r")).text == text


@given(st.text(alphabet=st.characters(exclude_characters="\r\x00\ufeff", exclude_categories=["Cs"]), max_size=200))
def test_a_text_without_a_header_is_kept_whole(words):
    text = f"{LEAD}\n{words}"

    assert read(text, lang="en").text == text


@pytest.mark.parametrize(
    ("header", "uri", "publisher", "published"),
    [
        ("source: set#[4] https://news.example/1 (Example Agency)\npublished: 2019-07-03\n",
         "https://news.example/1", "Example Agency", "2019-07-03"),
        ("source: https://news.example/1\npublished: unknown\n", "https://news.example/1", None, None),
        ("source: https://www.tass.com/world/1\n", "https://www.tass.com/world/1", "TASS", None),
        ("source: Example Agency\n", "a.txt", "Example Agency", None),
        ("Published: July 2019\nURL: https://news.example/1\nPublisher: Example News\n",
         "https://news.example/1", "Example News", "2019-07"),
        ("published: 2019\nsource: unknown\n", "a.txt", None, "2019"),
        ("source: https://news.example/2019/07/03/envoys\n", "https://news.example/2019/07/03/envoys", None,
         "2019-07-03"),
    ],
)  # fmt: skip
def test_a_header_is_metadata_and_no_text(header, uri, publisher, published):
    doc = read(f"{header}\n{LEAD}")

    assert doc.text == LEAD
    assert (doc.uri, doc.publisher, doc.published) == (uri, publisher, published)


def test_a_header_may_name_title_author_and_language():
    doc = read(f"source: Example News\ntitle: Envoys meet\nauthor: Jane Roe\nlang: en\n\n{LEAD}")

    assert (doc.title, doc.author, doc.lang) == ("Envoys meet", "Jane Roe", "en")


@pytest.mark.parametrize(
    "top",
    ["Title: Envoys meet\n\n", "source: Example News\nThe envoys met.\n\n", "author: Jane Roe\n\n", "to: source\n\n"],
)
def test_what_is_no_whole_header_is_text(top):
    assert read(top + LEAD).text == top + LEAD


def test_the_given_date_and_publisher_come_before_all_others():
    doc = read(f"source: Example News\npublished: 2019-07-03\n\n{LEAD}", published="2020", publisher="TASS")

    assert (doc.published, doc.published_by, doc.publisher) == ("2020", "given", "TASS")


def test_a_dateline_with_a_year_dates_the_report_and_its_agency_publishes_it():
    doc = read(f"Envoys meet\n\nDHAKA, July 3, 2019 (Reuters) - {LEAD}")

    assert (doc.published, doc.published_by, doc.publisher) == ("2019-07-03", "dateline", "Reuters")


def test_a_dateline_without_a_year_dates_nothing():
    doc = read(f"HANOI, July 3. /TASS/. {LEAD}")

    assert (doc.published, doc.published_by) == (None, None)


def test_a_credit_line_names_the_publisher_where_nothing_else_does():
    assert read(f"{LEAD}\n\nSource: Example Press Agency").publisher == "Example Press Agency"


def test_a_stated_date_that_cannot_be_read_is_told_and_the_report_is_read():
    raw = Raw(uri="a.txt", media_type="text/plain", data=f"published: 03/07/2019\n\n{LEAD}".encode())

    doc, problem = plain(raw)

    assert isinstance(doc, Document)
    assert doc.published is None
    assert isinstance(problem, Problem)
    assert problem.doc == doc.id
    assert "got the date '03/07/2019'; the report is read without it" in problem.message
