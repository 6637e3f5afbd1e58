"""Label noise: sentences whose label a model that never saw them holds for unlikely. Knows no torch.

The folds keep all pairs of one text together; otherwise the model would have seen the text that it is asked about.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from msgspec import Struct

from bilateral.train.sentences import Sentence

UNLIKELY = 0.1
Scores = Sequence[Sequence[float]]  # a row of raw scores per sentence


class Doubt(Struct, frozen=True, kw_only=True):
    """A label that may be wrong: where, its probability, and what the model says instead with which probability."""

    at: str
    label: str
    probability: float
    instead: str
    its_probability: float


def folds(rows: Sequence[Sentence], count: int, seed: int = 0) -> list[int]:
    """The fold of each sentence, 0 to count - 1; sentences of one text share theirs, and folds are of even size."""
    texts = sorted({row.text for row in rows})
    random.Random(seed).shuffle(texts)
    sizes = dict.fromkeys(texts, 0)
    for row in rows:
        sizes[row.text] += 1
    filled, chosen = [0] * count, dict[str, int]()
    for text in texts:
        least = filled.index(min(filled))
        chosen[text] = least
        filled[least] += sizes[text]
    return [chosen[row.text] for row in rows]


def doubts(rows: Sequence[Sentence], scores: Scores, names: Sequence[str], *, below: float = UNLIKELY) -> list[Doubt]:
    """The sentences whose root gets a probability under `below`, the least likely first. `scores` are out of fold."""
    found = []
    for row, raw in zip(rows, scores, strict=True):
        chances = softmax(raw)
        own, best = names.index(row.root), max(range(len(names)), key=lambda i: chances[i])
        if chances[own] < below and best != own:
            sure, surer = round(chances[own], 4), round(chances[best], 4)
            found.append(
                Doubt(at=row.at, label=row.root, probability=sure, instead=names[best], its_probability=surer)
            )
    return sorted(found, key=lambda doubt: (doubt.probability, doubt.at))


def softmax(raw: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Raw scores as probabilities."""
    top = max(raw)
    raised = [math.exp((value - top) / temperature) for value in raw]
    total = sum(raised)
    return [value / total for value in raised]


def temperature(scores: Scores, labels: Sequence[int]) -> float:
    """The temperature at which out-of-fold scores are likeliest to give the labels, 0.2 to 5, to three digits."""

    def cost(value: float) -> float:
        return -sum(math.log(max(1e-12, softmax(raw, value)[label])) for raw, label in zip(scores, labels, strict=True))

    return round(_lowest(cost, 0.2, 5.0), 3) if labels else 1.0


def _lowest(cost: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one valley is lowest, by golden section."""
    ratio = (math.sqrt(5) - 1) / 2
    while high - low > 0.001:
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if cost(a) < cost(b) else (a, high)
    return (low + high) / 2
