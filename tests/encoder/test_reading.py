"""The shipped encoder: what it says of plain sentences, and that a sentence's scores are its own."""

from __future__ import annotations

import json
import shutil

import pytest

from bilateral import encoder as package
from bilateral.encoder import FOLDER, Encoder, Marked, encoder, unmarked
from bilateral.encoder.card import NAME, read_card
from bilateral.errors import DataError
from bilateral.train.sentences import STATUSES, modes, roots

ABSENT = encoder() is None
needs_weights = pytest.mark.skipif(ABSENT, reason="NOT CHECKED: the encoder's weights or onnxruntime are absent")

PLAIN = [
    ("CONSULT", "<s>Foreign Minister Ilze Kalna</s> flew to <t>Nairobi</t> on Tuesday for two days of talks."),
    ("AID", "<s>Norway</s> shipped 300 tonnes of flour to <t>Malawi</t> after the harvest failed."),
    ("ASSAULT", "Shells fired by <s>the rebels</s> killed four people in <t>the town of Darzab</t>, medics said."),
    ("PROTEST", "<s>Hundreds of teachers</s> marched through Quito against <t>the education ministry</t>."),
    ("SANCTION", "<s>Estonia</s> expelled two <t>Belarusian</t> diplomats on Friday."),
    ("AGREE", "<s>Laos</s> has promised to open a consulate in <t>Oman</t> next year."),
    ("NONE", "<s>Ghana</s> shares a border of 1,098 kilometres with <t>Togo</t>."),
    ("REQUEST", "<s>Paraguay</s> urged <t>Bolivia</t> to reopen the bridge."),
]


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    made = encoder()
    assert made is not None
    return made


@needs_weights
def test_plain_sentences_are_read_as_they_are_told(shipped):
    found = shipped.read([unmarked(words) for _, words in PLAIN])
    wrong = [(root, o.root, words) for (root, words), o in zip(PLAIN, found, strict=True) if o.root != root]
    assert len(wrong) <= 1, wrong


@needs_weights
def test_an_opinion_has_all_classes_best_first_and_probabilities(shipped):
    (opinion,) = shipped.read([unmarked(PLAIN[0][1])])
    assert set(opinion.roots) == set(roots())
    assert list(opinion.roots.values()) == sorted(opinion.roots.values(), reverse=True)
    assert sum(opinion.roots.values()) == pytest.approx(1, abs=0.002)
    assert set(opinion.statuses) == set(STATUSES)
    assert opinion.score == max(opinion.roots.values())
    root, share = opinion.event
    assert root != "NONE"
    assert 0 < share <= 1
    assert opinion.model == shipped.card.weights[:12]


@needs_weights
def test_a_sentence_has_the_same_scores_whatever_stands_beside_it(shipped):
    pairs = [unmarked(words) for _, words in PLAIN]
    together = shipped.read(pairs + pairs[:2])
    alone = [shipped.read([pair])[0] for pair in pairs]
    assert together[: len(pairs)] == alone
    assert together[len(pairs) :] == alone[:2]
    assert shipped.read(pairs[::-1]) == alone[::-1]


@needs_weights
def test_another_pair_of_the_same_sentence_may_have_another_root(shipped):
    told = "<s>Chile</s> condemned the raid in which {}Bolivian police{} arrested <t>Peruvian fishermen</t>."
    accused = unmarked("<s>Chile</s> condemned the raid in which <t>Bolivian police</t> arrested Peruvian fishermen.")
    arrested = unmarked("Chile condemned the raid in which <s>Bolivian police</s> arrested <t>Peruvian fishermen</t>.")
    one, two = shipped.read([accused, arrested])
    assert told.startswith("<s>Chile")
    assert (one.root, two.root) == ("ACCUSE", "COERCE")


@needs_weights
def test_source_or_target_may_be_missing_and_words_may_be_odd(shipped):
    text = "Norway shipped 300 tonnes of flour to Malawi."
    odd = "\u200b😀 " + "word " * 900
    pairs = [Marked(text), Marked(text, (0, 6)), Marked(text, None, (38, 44)), Marked(odd, (0, 2)), Marked("", None)]
    assert len(shipped.read(pairs)) == len(pairs)
    assert shipped.read([]) == []


@needs_weights
def test_the_files_are_small_enough_and_the_card_names_all_classes(shipped):
    assert sum(p.stat().st_size for p in FOLDER.iterdir() if p.suffix in (".onnx", ".json")) <= 25_000_000
    card = read_card(FOLDER / NAME)
    assert (card.roots, card.modes, card.statuses) == (roots(), modes(), STATUSES)
    assert card.measured["eight_bit_root_agreement"] >= 0.97


def test_without_the_files_there_is_no_encoder_and_no_error(tmp_path, monkeypatch):
    monkeypatch.setattr(package.reading, "FOLDER", tmp_path)
    encoder.cache_clear()
    try:
        assert encoder() is None
    finally:
        encoder.cache_clear()


@needs_weights
def test_files_that_are_not_those_of_the_card_are_refused(tmp_path):
    for path in FOLDER.iterdir():
        if path.suffix in (".onnx", ".json"):
            shutil.copy(path, tmp_path)
    with (tmp_path / "events.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(DataError, match="sha256"):
        Encoder(tmp_path)


def test_a_card_that_is_none_is_refused(tmp_path):
    path = tmp_path / NAME
    path.write_text(json.dumps({"name": "x"}))
    with pytest.raises(DataError, match="card of the encoder"):
        read_card(path)
