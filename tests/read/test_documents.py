"""Any input becomes Documents and Problems, and nothing raises."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bilateral.model import Problem
from bilateral.read import READERS, documents
from bilateral.text import Document, Raw, document_id

ONE = "The two envoys met in the capital on Wednesday and spoke of trade in rice and rubber."
TYPES = [reader.media_types[0] for reader in READERS]
WORDS = st.sampled_from(
    [
        "HANOI, July 3. /TASS/. ", "(Reuters) - ", "By Jane Roe", "Question: ", "A: ", "Source: ", "Economy", "\n\n",
        "\n",
        "© 2019", "3 July 2019", "The envoys met. ", "“We met,” he said.",
        "- ", "**bold**", "## ", "?",
        "source: x",
        "published: 2019", ONE,
        "<p>", "</p>", "<h2>", "<html>", '{"text": "', '"}', "text,date", ",", '"', "\t", "\x85",
    ]
)  # fmt: skip
MIXED = st.lists(WORDS | st.text(max_size=8), max_size=20).map("".join)


def check(found: list[Document | Problem]) -> None:
    for doc in found:
        if isinstance(doc, Problem):
            assert doc.stage == "read"
            assert doc.message
            continue
        assert doc.id == document_id(doc.text, doc.publisher)
        assert all(p.start < p.end <= len(doc.text) for p in doc.paragraphs)
        assert all(a.end <= b.start for a, b in pairwise(doc.paragraphs))
        assert all(w == w.strip() for w in (doc.text[p.start : p.end] for p in doc.paragraphs))
        assert doc.dateline is None or all(
            p.end <= doc.dateline.start or doc.dateline.end <= p.start for p in doc.paragraphs
        )
        doc.text.encode()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(b"\x8aC", "")  # cchardet takes it for VISCII, which Python does not know
@given(st.binary(max_size=400), st.sampled_from(["", *TYPES]))
def test_random_bytes_never_raise(data, media_type):
    check(list(documents(Raw(uri="a", media_type=media_type, data=data))))


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(MIXED, st.sampled_from(["", *TYPES]))
def test_random_texts_never_raise_and_their_paragraphs_are_in_order(text, media_type):
    data = text.encode("utf-8", "surrogatepass")
    found = list(documents(Raw(uri="a", media_type=media_type, data=data)))

    check(found)
    assert found == list(documents(Raw(uri="a", media_type=media_type, data=data)))


@pytest.mark.parametrize("media_type", ["", "text/plain", "text/html", "application/jsonl"])
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf"])
def test_nothing_to_read_is_an_empty_input_or_no_report(media_type, data):
    found = list(documents(Raw(uri="a", media_type=media_type, data=data)))

    assert all(isinstance(item, Problem) for item in found)
    assert found or media_type == "application/jsonl"


def test_a_text_longer_than_any_report_is_refused():
    (problem,) = documents(Raw(uri="a.txt", media_type="text/plain", data=b"envoy " * 900_000))

    assert problem.message == "expected at most 5,000,000 characters in a report, got 5,400,000"


def test_a_problem_of_a_chunk_says_which_lines():
    raw = Raw(uri="a.csv", media_type="text/csv", data=b"id\n1\n", place="lines 7-9", first_line=7)

    (problem,) = documents(raw)

    assert problem.message.startswith("lines 7-9: expected a column for the text")


def test_a_report_without_date_and_country_is_read():
    (doc,) = documents(Raw(uri="a.txt", media_type="text/plain", data=ONE.encode()))

    assert isinstance(doc, Document)
    assert (doc.published, doc.publisher, doc.dateline) == (None, None, None)


def test_russian_in_a_legacy_encoding_is_decoded_and_refused_by_its_language():
    russian = "Послы двух стран встретились в столице и говорили о торговле рисом и каучуком. " * 5

    (problem,) = documents(Raw(uri="a.txt", media_type="text/plain", data=russian.encode("cp1251")))

    assert problem.message.startswith("Russian (ru)")
