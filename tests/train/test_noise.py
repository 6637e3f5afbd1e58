"""Label noise: folds that keep a text together, doubts about labels, and the temperature that calibrates."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest

from bilateral.train import figures
from bilateral.train.noise import doubts, folds, softmax, temperature
from tests.train.made import sentence

NAMES = ("AID", "CONSULT", "NONE")


def rows(n: int):
    return [sentence(f"<s>Town {i % (n // 2)}</s> wrote a letter to <t>village {i % 7}</t> today") for i in range(n)]


def test_all_pairs_of_a_text_are_in_one_fold_and_folds_are_of_even_size():
    some = rows(200)
    parts = folds(some, 5)
    by_text: dict[str, set[int]] = {}
    for row, part in zip(some, parts, strict=True):
        by_text.setdefault(row.text, set()).add(part)
    assert all(len(found) == 1 for found in by_text.values())
    assert max(Counter(parts).values()) - min(Counter(parts).values()) <= 2
    assert folds(some, 5) == parts


def test_a_label_that_the_model_holds_for_unlikely_is_doubted_with_what_it_says_instead():
    some = [
        sentence("<s>Oslo</s> met <t>Riga</t> in talks today", "CONSULT", at="a:1"),
        sentence("<s>Oslo</s> gave <t>Riga</t> four ambulances today", "CONSULT", at="a:2"),
        sentence("<s>Oslo</s> lies far from <t>Riga</t> by sea", "NONE", at="a:3"),
    ]
    scores = [[0.0, 5.0, 0.0], [6.0, 0.0, 0.0], [0.0, 1.0, 1.2]]
    found = doubts(some, scores, NAMES)
    assert [(d.at, d.label, d.instead) for d in found] == [("a:2", "CONSULT", "AID")]
    assert found[0].probability < 0.01 < 0.9 < found[0].its_probability


def test_a_doubt_needs_another_class_that_is_likelier():
    assert doubts([sentence("<s>A</s> saw <t>B</t> at the fair", "AID")], [[0.0, 0.0, 0.0]], NAMES, below=0.5) == []


def test_probabilities_sum_to_one_and_keep_the_order():
    chances = softmax([1000.0, 998.0, -1000.0])
    assert sum(chances) == pytest.approx(1)
    assert chances == sorted(chances, reverse=True)


def test_scores_that_are_three_times_too_sure_get_the_temperature_three():
    rng = random.Random(4)
    scores, labels = [], []
    for _ in range(4000):
        true = [rng.gauss(0, 1.5) for _ in range(4)]
        labels.append(rng.choices(range(4), [math.exp(v) for v in true])[0])
        scores.append([3 * v for v in true])
    assert temperature(scores, labels) == pytest.approx(3, rel=0.08)


def test_no_labels_leave_scores_as_they_are():
    assert temperature([], []) == 1.0


def test_macro_f1_counts_each_class_alike():
    gold, found = ["a", "a", "a", "b"], ["a", "a", "a", "a"]
    assert figures.accuracy(gold, found) == 0.75
    assert figures.macro_f1(gold, found) == pytest.approx((6 / 7 + 0) / 2)


def test_the_expected_error_is_the_gap_between_score_and_share():
    scores = [0.5 + i / 1000 for i in range(400)]
    right = [(i * 7) % 10 < 7 for i in range(400)]
    assert figures.expected_error([(0.7, True)] * 7 + [(0.7, False)] * 3) == pytest.approx(0.42)
    assert figures.expected_error(list(zip(scores, right, strict=True))) == pytest.approx(0.1, abs=0.02)
    assert figures.expected_error([(1.0, True)] * 50) == 0.0
