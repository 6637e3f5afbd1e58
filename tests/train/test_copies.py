"""Near-copies: shared runs of words, alike sentences, and texts that none may come from."""

from __future__ import annotations

import pytest

from bilateral.errors import CallError
from bilateral.train import copies
from bilateral.train.sentences import sentences
from tests.train.made import sentence

ONE = "<s>Tonga</s> sent a doctor and two nurses to the outer islands of <t>Samoa</t> last week"
SAME_RUN = "In spring <s>Palau</s> sent a doctor and two nurses to the villages that <t>Yap</t> had cut off"
OTHER = "The harbour pilots of <s>Suva</s> walked out over pay, and <t>the port company</t> lost a day"


def test_seven_shared_words_in_a_row_are_a_near_copy_whatever_their_case_and_signs():
    found = list(copies.within([sentence(ONE, at="a:1"), sentence(SAME_RUN.upper().replace("S>", "s>")
                                                                  .replace("T>", "t>"), at="a:2")]))
    assert [(c.at, c.other, c.shared) for c in found] == [("a:2", "a:1", "sent a doctor and two nurses to")]


def test_the_same_text_with_another_pair_is_wanted():
    again = "Tonga sent <s>a doctor</s> and two nurses to the outer islands of <t>Samoa</t> last week"
    rows = [sentence(ONE, at="a:1"), sentence(again, at="a:2")]
    assert list(copies.within(rows)) == []
    assert list(copies.same_pair(rows)) == []


def test_the_same_text_with_the_same_pair_is_a_copy():
    found = list(copies.same_pair([sentence(ONE, at="a:1"), sentence(OTHER, at="a:2"), sentence(ONE, at="b:7")]))
    assert [(c.at, c.other) for c in found] == [("b:7", "a:1")]


def test_a_pair_may_do_two_things_in_one_sentence():
    rows = [sentence(OTHER, "PROTEST", at="a:1"), sentence(OTHER, "SANCTION", at="a:2")]
    assert list(copies.same_pair(rows)) == []


def test_sentences_of_other_words_are_no_copies():
    assert list(copies.within([sentence(ONE), sentence(OTHER)])) == []


def test_most_short_runs_shared_is_alike_though_no_long_run_is():
    one = "<s>Tonga</s> sent a doctor to Samoa and two nurses to Niue but no <t>pilot</t>"
    two = "<s>Tonga</s> sent a doctor to Apia and two nurses to Niue but no <t>pilot</t>"
    found = [c for c in copies.within([sentence(one, at="a:1"), sentence(two, at="a:2")]) if c.share < 1]
    assert [(c.at, c.other) for c in found] == [("a:2", "a:1")]
    assert 0.5 <= found[0].share < 1


def test_a_run_of_eight_words_of_another_text_is_found_with_its_file(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "report.txt").write_text("We saw: Tonga sent a doctor, and two nurses, to the isles.")
    (tmp_path / "bytes.bin").write_bytes(bytes(range(256)))
    found = list(copies.against([sentence(OTHER), sentence(ONE, at="a:2")], [tmp_path]))
    assert [(c.at, c.shared) for c in found] == [("a:2", "tonga sent a doctor and two nurses to")]
    assert found[0].other.endswith("report.txt")


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path):
    with pytest.raises(CallError, match="there is none"):
        list(copies.against([], [tmp_path / "no"]))


def test_the_shipped_set_has_no_near_copies():
    rows = sentences()
    assert [*copies.same_pair(rows), *copies.within(rows)] == []
