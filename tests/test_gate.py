"""What the gate lets through: which paragraphs can hold a relation between states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral import gate
from bilateral.errors import CallError
from bilateral.text import Dateline, Document, Paragraph


def document(
    *blocks: str, title: str | None = None, place: str | None = None, kinds: dict[int, str] | None = None
) -> Document:
    text, paragraphs = "\n\n".join(blocks), []
    at = 0
    for number, block in enumerate(blocks):
        paragraphs.append(Paragraph(at, at + len(block), (kinds or {}).get(number, "body")))
        at += len(block) + 2
    dateline = Dateline(0, 0, place) if place else None
    return Document(id="d", uri="d", text=text, title=title, paragraphs=tuple(paragraphs), dateline=dateline)


def words(doc: Document, setting: str) -> list[str]:
    return [doc.text[a:b] for a, b in gate.spans(doc, setting)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Russia and Cambodia met.", {"RUS", "KHM"}),
        ("Moscow spoke with Phnom Penh.", {"RUS", "KHM"}),
        ("Russian-Cambodian trade", {"RUS", "KHM"}),
        ("the Kremlin and the White House", {"RUS", "USA"}),
        ("ASEAN and the EU", {"IGO:ASEAN", "IGO:EU"}),
        ("TURKEY, CHINA SIGN DEAL", {"TUR", "CHN"}),
        ("They had turkey on china plates and told us so.", set()),
        ("Nigeria is not Niger.", {"NGA", "NER"}),
        ("Chinatown and the Romanian Mali’s café", {"ROU", "MLI"}),
        ("Côte d’Ivoire", {"CIV"}),
        ("Putin received Macron.", {"RUS", "FRA"}),
        ("İstanbul and Russia", {"RUS"}),
        ("", set()),
    ],
)
def test_states_are_found_by_whole_words(text, codes):
    assert gate.codes_in(text) == codes


@given(st.text())
def test_any_text_can_be_scanned(text):
    assert isinstance(gate.codes_in(text), frozenset)


@given(st.text(), st.sampled_from(["Russia", "Phnom Penh", "NATO"]))
def test_a_name_between_other_words_is_always_found(text, name):
    assert gate.codes_in(name) <= gate.codes_in(f"{name} . {text}")


def test_off_lets_all_content_through_and_no_furniture():
    doc = document("All news", "A title", "The river rose.", kinds={0: "furniture", 1: "heading"})
    assert words(doc, "off") == ["The river rose."]


def test_article_is_all_or_nothing():
    both = document("Russia waits.", "The river rose.", "Cambodia replied.")
    assert words(both, "article") == ["Russia waits.", "The river rose.", "Cambodia replied."]
    assert words(document("Russia waits.", "Moscow waits."), "article") == []


def test_window_takes_the_paragraphs_that_name_a_state_and_their_neighbours():
    doc = document("Russia and Cambodia met.", "They spoke.", "The river rose.", "It fell.", "Hanoi watched.")
    assert words(doc, "window") == ["Russia and Cambodia met.", "They spoke.", "It fell.", "Hanoi watched."]


def test_pair_takes_the_paragraphs_that_name_two_states_in_or_near_them():
    far = ["The river rose."] * (gate.REACH + 1)
    near = ["Russia waits.", "They spoke.", "Cambodia replied."]
    doc = document(*near, *far, "Ghana and Togo met.", *far, "Hanoi watched.")
    assert words(doc, "pair") == ["Russia waits.", "Cambodia replied.", "Ghana and Togo met."]


@pytest.mark.parametrize("more", [{"title": "Cambodia waits"}, {"place": "Phnom Penh"}])
def test_a_title_or_a_dateline_can_name_the_second_state(more):
    assert words(document("Russia waits."), "article") == []
    assert words(document("Russia waits.", **more), "article") == ["Russia waits."]


def test_a_document_without_any_state_is_told_apart():
    assert not gate.names_a_state(document("The river rose."))
    assert gate.names_a_state(document("The river rose.", place="Hanoi"))
    assert gate.names_a_state(document("Russia waits."))


def test_another_setting_is_a_wrong_call():
    with pytest.raises(CallError, match="expected one of off, article, window, pair, got 'shut'"):
        gate.spans(document("Russia waits."), "shut")
