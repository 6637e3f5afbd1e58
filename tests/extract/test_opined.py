"""Pairs that rules leave open: what is asked, what becomes of the answers, and that they are remembered."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import pytest

from bilateral.encoder import Marked, Opinion
from bilateral.encoder.memory import recalled
from bilateral.model import Event
from bilateral.parse import parse
from bilateral.pipeline import batch, code, recoded
from bilateral.store.coding import packed, shut, unpacked
from bilateral.text import Document, Paragraph, document_id

pytestmark = pytest.mark.model


@dataclass
class Said:
    """An encoder that gives one answer to everything and keeps what it was asked."""

    root: str
    score: float
    model: str = "made"
    asked: list[Marked] = field(default_factory=list)

    def read(self, pairs):
        self.asked += pairs
        rest = round(1 - self.score, 4)
        roots = {self.root: self.score, "NONE" if self.root != "NONE" else "AID": rest}
        return [Opinion(roots, None, 0.0, "happened", 1.0, {}, {"happened": 1.0}, self.model) for _ in pairs]


def document(text: str) -> Document:
    return Document(
        id=document_id(text, None), uri="case.txt", text=text, paragraphs=(Paragraph(0, len(text)),),
        published="2024-06-01", published_by="given",
    )  # fmt: skip


def told(monkeypatch, text: str, said: Said | None) -> list[Event]:
    monkeypatch.setattr(sys.modules["bilateral.extract.events.coding"], "encoder", lambda: said)
    doc = document(text)
    return [r for r in code(doc, parse(doc)).records if isinstance(r, Event)]


OPEN = "Norway glommed onto Estonia over herring stocks."
KNOWN = "Norway expelled two Estonian diplomats."


def test_a_pair_that_no_row_knows_is_asked_about_with_its_words_marked(monkeypatch):
    said = Said("ACCUSE", 0.95)
    (event,) = told(monkeypatch, OPEN, said)
    (pair,) = said.asked
    assert pair.text == OPEN
    assert (pair.text[slice(*pair.source)], pair.text[slice(*pair.target)]) == ("Norway", "Estonia")
    assert (event.code, event.actors[0].country, event.recipients[0].country) == ("ACCUSE", "NOR", "EST")
    assert event.span("trigger").text == "glommed"
    assert event.score == 0.95
    assert any("encoder made" in r.rule for r in event.reasons if r.field == "code")


@pytest.mark.parametrize(("root", "score"), [("ACCUSE", 0.79), ("NONE", 0.99)])
def test_an_answer_that_is_not_sure_or_is_none_makes_no_event(monkeypatch, root, score):
    assert told(monkeypatch, OPEN, Said(root, score)) == []


def test_what_a_row_decides_is_not_asked_about(monkeypatch):
    said = Said("AID", 0.99)
    events = told(monkeypatch, KNOWN, said)
    assert [e.code for e in events] == ["SANCTION"]
    assert said.asked == []


def test_a_sentence_about_one_state_is_not_asked_about(monkeypatch):
    said = Said("AID", 0.99)
    assert told(monkeypatch, "Norway glommed onto its own fishermen.", said) == []
    assert said.asked == []


def test_without_the_encoder_the_rules_go_on_alone(monkeypatch):
    assert told(monkeypatch, OPEN, None) == []
    assert [e.code for e in told(monkeypatch, KNOWN, None)] == ["SANCTION"]


def test_what_is_only_thought_possible_is_no_event(monkeypatch):
    assert told(monkeypatch, "Norway might glom onto Estonia over herring stocks.", Said("ACCUSE", 0.99)) == []


def test_an_answer_is_kept_with_the_parse_and_not_asked_for_again(monkeypatch):
    said = Said("ACCUSE", 0.95)
    monkeypatch.setattr(sys.modules["bilateral.extract.events.coding"], "encoder", lambda: said)
    doc = document(OPEN)
    first = batch([doc])
    assert len(said.asked) == 1
    assert len(first.parses[0].said) == 1
    again = recoded([(doc, unpacked(shut(packed(first.parses[0]))), None)])
    assert len(said.asked) == 1
    assert again.records == first.records
    assert again.parses[0].said == first.parses[0].said


def test_other_weights_are_asked_anew(monkeypatch):
    said = Said("ACCUSE", 0.95)
    monkeypatch.setattr(sys.modules["bilateral.extract.events.coding"], "encoder", lambda: said)
    doc = document(OPEN)
    first = batch([doc])
    other = Said("AID", 0.97, model="other")
    monkeypatch.setattr(sys.modules["bilateral.extract.events.coding"], "encoder", lambda: other)
    again = recoded([(doc, first.parses[0], None)])
    assert len(other.asked) == 1
    assert [r.code for r in again.records if isinstance(r, Event)] == ["AID"]


TWO_PAIRS = "Norway outfoxed Estonia over herring, while Peru hoodwinked Chile over copper."


@dataclass
class Split(Said):
    """An encoder that gives each pair its own answer, by its source, and keeps what it was asked at a time."""

    batches: list[int] = field(default_factory=list)

    def read(self, pairs):
        self.batches.append(len(pairs))
        found = []
        for pair in pairs:
            self.root = {"Norway": "ACCUSE", "Peru": "AID"}[pair.text[slice(*pair.source)]]
            found += super().read([pair])
        return found


def test_all_open_pairs_of_a_sentence_are_asked_at_once_and_each_gets_its_own_answer(monkeypatch):
    said = Split("ACCUSE", 0.95)
    found = told(monkeypatch, TWO_PAIRS, said)
    assert said.batches == [2]
    sides = {(e.code, e.actors[0].country, e.recipients[0].country) for e in found}
    assert sides == {("ACCUSE", "NOR", "EST"), ("AID", "PER", "CHL")}


def test_of_a_batch_only_what_is_not_known_is_asked_once_and_the_order_is_kept():
    said = Split("ACCUSE", 0.95)
    text = "Norway glommed onto Peru."
    pairs = [Marked(text, (0, 6), (20, 24)), Marked(text, (20, 24), (0, 6)), Marked(text, (0, 6), (20, 24))]
    heard: dict[str, str] = {}
    first = recalled(said, pairs[1:2], {}, heard)
    found = recalled(said, pairs, dict(heard), {})
    assert said.batches == [1, 1]
    assert [o.root for o in found] == ["ACCUSE", "AID", "ACCUSE"]
    assert found[1] == first[0]
