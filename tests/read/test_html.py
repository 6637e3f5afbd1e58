"""HTML pages."""

from pathlib import Path

import pytest

from bilateral.model import Problem
from bilateral.read import documents
from bilateral.text import Document, Given, Raw

ONE = "The two envoys met in the capital on Wednesday and spoke of trade in rice and rubber."
LD = '<script type="application/ld+json">'
TWO = "Both sides will meet again in autumn, the ministry said in a statement on its site."


def read(page: str | bytes, **given) -> Document:
    data = page.encode() if isinstance(page, str) else page
    found = list(documents(Raw(uri="a.html", media_type="text/html", data=data, given=Given(**given))))
    assert isinstance(found[0], Document), found
    return found[0]


def refused(page: str | bytes) -> str:
    data = page.encode() if isinstance(page, str) else page
    found = list(documents(Raw(uri="a.html", media_type="text/html", data=data)))
    assert [type(item) for item in found] == [Problem]
    return found[0].message


def page(head: str = "", body: str = f"<p>{ONE}</p><p>{TWO}</p>", attributes: str = "") -> str:
    return f"<html {attributes}><head>{head}</head><body><article>{body}</article></body></html>"


def test_a_page_is_read_with_its_anatomy_and_its_head():
    doc = read((Path(__file__).parent / "files" / "page.html").read_bytes())

    assert [(p.kind, doc.text[p.start : p.end].split()[0]) for p in doc.paragraphs] == [
        ("title", "Envoys"), ("subtitle", "The"), ("body", "The"), ("heading", "Trade"), ("body", "Trade"),
        ("body", "Tourism"), ("body", "Flights"), ("body", '"This'),
    ]  # fmt: skip
    assert doc.title == "Envoys sign a protocol on rice"
    assert (doc.published, doc.published_by) == ("2019-07-03", "metadata")
    assert (doc.publisher, doc.author, doc.uri) == ("Example News", "Jane Roe, John Doe", "https://news.example/world/42")
    assert doc.dateline is not None
    assert doc.dateline.place == "HANOI"
    assert "rights reserved" not in doc.text


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2019-07-03T10:00:00Z">', "2019-07-03"),
        ('<meta name="date" content="3 July 2019">', "2019-07-03"),
        ('<meta name="DC.date.issued" content="2019-07-03">', "2019-07-03"),
        ('<meta itemprop="datePublished" content="2019-07">', "2019-07"),
        (f'{LD}{{"@type":"NewsArticle","datePublished":"2019-07-03"}}</script>', "2019-07-03"),
        (f'{LD}[{{"@type":["Article"],"datePublished":["2019-07-03"]}}]</script>', "2019-07-03"),
        (f'{LD}{{"broken": </script><meta name="date" content="2019">', "2019"),
        ('<meta property="article:published_time" content="03/07/2019"><meta name="pubdate" content="2019-07-03">',
         "2019-07-03"),
        ('<meta property="article:modified_time" content="2019-07-03">', None),
        ('<meta name="date" content="1970-01-01">', None),
    ],
)  # fmt: skip
def test_the_head_of_a_page_dates_it(head, published):
    assert read(page(head)).published == published


@pytest.mark.parametrize(
    "line", ['<time datetime="2019-07-03T08:00">today</time>', '<span class="post-date">July 3, 2019 | 10:00</span>']
)
def test_a_marked_time_dates_a_page(line):
    assert read(page(body=f"<div>{line}</div><p>{ONE}</p><p>{TWO}</p>")).published == "2019-07-03"


@pytest.mark.parametrize(
    "head",
    [
        "<title>Envoys meet again | Example News</title><meta property='og:site_name' content='Example News'>",
        "<title>Envoys meet again - Example News</title><meta property='og:site_name' content='Example News'>",
        "<title>x</title><meta property='og:title' content='Envoys meet again'>",
        '<script type="application/ld+json">{"@type":"Article","headline":"Envoys meet again"}</script>',
    ],
)
def test_the_title_comes_without_the_name_of_the_site(head):
    doc = read(page(head))

    assert doc.title == "Envoys meet again"
    assert doc.text.startswith("Envoys meet again\n\nThe two envoys")
    assert doc.paragraphs[0].kind == "title"


def test_paragraphs_of_a_page_are_one_line_each():
    doc = read(page(body=f"<p>{ONE.replace(' ', chr(10))}<br><br>{TWO}</p>"))

    assert doc.text == f"{ONE}\n\n{TWO}"


def test_bold_questions_make_an_interview():
    body = f"<p>{ONE}</p><p><b>How is trade?</b></p><p>{TWO}</p><p><strong>And fish?</strong></p><p>It too grows.</p>"

    assert [p.kind for p in read(page(body=body)).paragraphs] == ["body", "question", "answer", "question", "answer"]


def test_the_language_that_a_page_states_does_not_overrule_its_words():
    assert read(page(attributes='lang="vi"')).lang == "en"


def test_a_page_in_another_language_is_refused_by_name():
    words = "Hai đại sứ đã gặp nhau tại thủ đô vào thứ Tư và nói về thương mại, du lịch và sinh viên hai nước."

    assert "Vietnamese (vi)" in refused(page(body=f"<p>{words}</p>", attributes='lang="en"'))


def test_a_page_in_a_legacy_encoding_is_read_by_its_charset():
    source = page('<meta charset="windows-1252">', f"<p>{ONE}</p><p>“It is a good day,” Frédéric Müller said.</p>")

    assert "“It is a good day,” Frédéric Müller said." in read(source.encode("cp1252")).text


@pytest.mark.parametrize(
    "source",
    [
        f"<p>{ONE}", f"<html><body><p>{ONE}</div></b></span>", f"<html><body><article><p>{ONE}<p><i><b>{TWO}",
        f"<!DOCTYPE html><p>{ONE}</p><script>var a = '</p>';", f"<html<body><p>{ONE}</p>",
    ],
)  # fmt: skip
def test_broken_markup_is_read(source):
    assert ONE in read(source).text


@pytest.mark.parametrize(
    "source",
    [
        "<html></html>", "<html><body></body></html>", "<html><body><script>var a = 1;</script></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
    ],
)  # fmt: skip
def test_a_page_without_text_is_refused(source):
    assert "holds no text of a report" in refused(source)


def test_a_page_nested_without_end_is_refused_or_read_but_never_raises():
    source = "<html><body>" + "<div>" * 100_000 + ONE + "</div>" * 100_000

    assert list(documents(Raw(uri="a.html", media_type="text/html", data=source.encode())))


def test_a_huge_page_is_refused_before_it_is_parsed():
    assert "expected a page of at most 10,000,000 bytes, got 10," in refused(b"<html>" + b" " * 10_000_001)


def test_no_null_and_no_half_character_comes_through():
    doc = read(page(body=f"<p>{ONE} &#0; &#xD800; &#x1F600;</p>"))

    assert "\x00" not in doc.text
    doc.text.encode()


def test_given_metadata_comes_first():
    doc = read(page('<meta name="date" content="2018">'), published="2019-07", title="A given title", publisher="TASS")

    assert (doc.published, doc.published_by, doc.title, doc.publisher) == ("2019-07", "given", "A given title", "TASS")
