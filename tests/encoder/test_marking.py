"""A marked sentence as numbers: marks where the pair stands, windows where the sentence is long."""

from __future__ import annotations

import pytest

from bilateral.encoder import LONGEST, Marked, marked_input, unmarked
from bilateral.encoder.marking import FIRST, LAST, SOURCE, SOURCE_END, TARGET, TARGET_END
from bilateral.errors import CallError


def tokenised(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """A token a word, numbered from 1000."""
    ids, offsets, at = [], [], 0
    for n, word in enumerate(text.split(" ")):
        ids.append(1000 + n)
        offsets.append((at, at + len(word)))
        at += len(word) + 1
    return ids, offsets


def made(words: str):
    pair = unmarked(words)
    return marked_input(*tokenised(pair.text), pair)


def test_marks_stand_before_and_after_the_words_of_the_pair():
    found = made("<s>Peru</s> met <t>two envoys</t> today")
    expected = (FIRST, SOURCE, 1000, SOURCE_END, 1001, TARGET, 1002, 1003, TARGET_END, 1004, LAST)
    assert found.ids == expected
    assert (found.source_at, found.target_at) == (1, 5)


def test_a_target_may_stand_before_the_source_and_inside_it():
    inside = made("<s>envoys of <t>Peru</t></s> met")
    assert inside.ids == (FIRST, SOURCE, 1000, 1001, TARGET, 1002, TARGET_END, SOURCE_END, 1003, LAST)
    before = made("<t>Peru</t> was visited by <s>him</s>")
    assert (before.source_at, before.target_at) == (7, 1)


def test_a_missing_side_is_read_from_the_first_token():
    pair = Marked("Peru met envoys", source=(0, 4))
    found = marked_input(*tokenised(pair.text), pair)
    assert (found.source_at, found.target_at) == (1, 0)
    assert TARGET not in found.ids


def test_a_long_sentence_is_cut_to_a_window_around_the_pair():
    words = [f"w{n}" for n in range(400)]
    words[300], words[310] = f"<s>{words[300]}</s>", f"<t>{words[310]}</t>"
    found = made(" ".join(words))
    assert len(found.ids) == LONGEST
    assert found.ids[found.source_at + 1] == 1300
    assert found.ids[found.target_at + 1] == 1310


def test_a_pair_that_stands_far_apart_loses_the_middle():
    words = [f"w{n}" for n in range(400)]
    words[10], words[390] = f"<s>{words[10]}</s>", f"<t>{words[390]}</t>"
    found = made(" ".join(words))
    assert len(found.ids) == LONGEST
    assert found.ids[found.source_at + 1] == 1010
    assert found.ids[found.target_at + 1] == 1390


@pytest.mark.parametrize("words", ["<s>Peru met", "<s>Peru</s> met <s>Chad</s>", "Peru</s> met"])
def test_marks_that_do_not_pair_are_a_wrong_call(words):
    with pytest.raises(CallError, match="expected"):
        unmarked(words)


def test_a_sentence_without_marks_has_no_pair():
    assert unmarked("Peru met Chad") == Marked("Peru met Chad")
