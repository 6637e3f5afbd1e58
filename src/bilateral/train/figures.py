"""Figures of merit: macro-F1, accuracy, expected calibration error. Knows no torch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
BINS = 10


def f1_by_class(gold: Sequence[T], found: Sequence[T]) -> dict[T, float]:
    """The F1 of each class that the gold labels have."""
    right = Counter(g for g, f in zip(gold, found, strict=True) if g == f)
    wanted, given = Counter(gold), Counter(found)
    return {c: 2 * right[c] / (wanted[c] + given[c]) for c in wanted}


def macro_f1(gold: Sequence[T], found: Sequence[T]) -> float:
    """The mean F1 over the classes that the gold labels have; 0 for no labels."""
    scores = f1_by_class(gold, found)
    return sum(scores.values()) / len(scores) if scores else 0.0


def accuracy(gold: Sequence[T], found: Sequence[T]) -> float:
    """The share of labels found; 0 for no labels."""
    return sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold) if gold else 0.0


def expected_error(scored: Sequence[tuple[float, bool]]) -> float:
    """How far scores are from the share that is right, over ten bins of equal size."""
    ranked = sorted(scored)
    size = max(1, len(ranked) // BINS)
    bins = [ranked[i : i + size] for i in range(0, len(ranked), size)]
    gap = sum(abs(sum(s for s, _ in some) - sum(right for _, right in some)) for some in bins)
    return gap / max(1, len(ranked))
