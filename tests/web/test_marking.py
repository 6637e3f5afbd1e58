"""Marks are cut by code points, in any writing, and where they overlap nothing of the text is lost or told twice."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.testing import TestClient

from bilateral.model import Evidence, Visit, identified
from bilateral.web import application
from bilateral.web.marking import Span, pieces

HERE = "http://127.0.0.1:8000"

TEXTS = {
    "Latin": "The envoy met the minister in the port.",
    "Cyrillic": "Посол встретился с министром в порту.",
    "Khmer": "ឯកអគ្គរដ្ឋទូត បានជួប រដ្ឋមន្ត្រី នៅកំពង់ផែ។",
    "Arabic": "التقى السفير الوزير في الميناء.",
    "beyond the basic plane": "𝔗𝔥𝔢 🤝🏽 envoy 👩‍👩‍👧 met 𐎠𐎡𐎢 here 🇰🇭.",
    "combining": "Cafe\u0301 n\u0303o e\u0308nvoy",
}


def span(start: int, end: int, part: str = "actor", record: str = "aaaa", kind: str = "event") -> Span:
    return Span(start, end, part, record, kind)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_mark_holds_the_code_points_that_the_evidence_names(text):
    for start in range(0, len(text) - 3, 3):
        made = pieces(text, 0, [span(start, start + 3)])
        assert [p.text for p in made if p.spans] == [text[start : start + 3]]
        assert "".join(p.text for p in made) == text


def test_offsets_count_from_the_start_of_the_report_not_of_the_paragraph():
    made = pieces("met the minister", 100, [span(108, 116)])
    assert [(p.start, p.end, p.text) for p in made if p.spans] == [(108, 116, "minister")]


def test_overlapping_marks_share_the_piece_between_them():
    made = pieces("abcdef", 0, [span(0, 4, "actor", "r1"), span(2, 6, "place", "r2")])
    assert [(p.text, p.parts, p.records) for p in made] == [
        ("ab", ("actor",), ("r1",)), ("cd", ("actor", "place"), ("r1", "r2")), ("ef", ("place",), ("r2",)),
    ]  # fmt: skip


def test_of_nested_marks_the_shortest_gives_the_colour():
    made = pieces("abcdef", 0, [span(0, 6, "content"), span(2, 4, "actor")])
    assert [p.parts[0] for p in made] == ["content", "actor", "content"]


def test_a_mark_that_ends_in_another_paragraph_is_cut_at_the_end_of_this_one():
    made = pieces("abc", 10, [span(5, 11), span(12, 20)])
    assert [(p.text, bool(p.spans)) for p in made] == [("a", True), ("b", False), ("c", True)]


def test_each_mark_has_one_place_to_lead_to():
    made = pieces("abcdef", 0, [span(1, 5, "actor"), span(2, 3, "place")])
    assert [p.start for p in made if p.is_first] == [1, 2]


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS)
def test_the_page_marks_in_any_writing_the_words_that_the_record_rests_on(tmp_path, made, seen, store_of, words):
    doc = made.document(f"𝔗 {words}\nBefore 🤝🏽 {words} after {words}", lang="ru")
    start = doc.text.rindex(words)
    place = Evidence("place", doc.id, start + 2, start + 9, doc.text[start + 2 : start + 9])
    whole = Evidence("sentence", doc.id, doc.paragraphs[1].start, doc.paragraphs[1].end, doc.text.split("\n")[1])
    visit = identified(Visit(by="hand/1", score=1.0, visit_kind="visit", visitors=(), evidence=(whole, place)))
    path = store_of(tmp_path / "relations.db", made.one(doc, visit))
    with TestClient(application(path), base_url=HERE) as client:
        html = client.get(f"/report/{doc.id}").text
        data = client.get(f"/report/{doc.id}.json").json()
        record = client.get(f"/record/{visit.id}").text
    mark = next(m for m in data["marks"] if m["part"] == "place")
    assert data["text"][mark["start"] : mark["end"]] == place.text
    for page in (html, record):
        marked = re.findall(r'<a class="m[^"]*p-place"[^>]*>(.*?)</a>', page)
        assert unescape(marked[0]) == place.text
    assert 'lang="ru"' in html
    assert unescape(re.sub(r"<[^>]+>", "", html[html.index('<p id="at') :])).startswith("𝔗 ")


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=12)


@given(st.text(max_size=40), SPANS)
def test_pieces_joined_are_the_text_and_every_code_point_carries_what_covers_it(text, places):
    spans = [span(a, a + n, f"p{k}", f"r{k}") for k, (a, n) in enumerate(places)]
    made = pieces(text, 0, spans)
    assert "".join(p.text for p in made) == text
    for p in made:
        for at in range(p.start, p.end):
            assert set(p.spans) == {s for s in spans if s.start <= at < s.end}
