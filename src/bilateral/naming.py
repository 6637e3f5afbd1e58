"""Entities as the parser's own weights name them, decoded for a whole batch at once.

spaCy's transition system walks over a text token by token. Outside an entity its choice rests on the token alone, so
all of those are scored in one product; only inside an entity is a step taken after the other. Validity and order of the
actions are those of spaCy's BILUO moves without preset entities (`spacy/pipeline/_parser_internals/ner.pyx`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
_NEVER = np.float32(-np.inf)


class Weights(NamedTuple):
    """What decides: vectors to hidden layer by place (token, first and last of the entity), hidden layer to actions."""

    lower: Floats  # places x hidden units of two or more pieces x width
    bias: Floats
    padding: Floats  # places x hidden units and pieces, for a place that no token fills
    upper: Floats  # actions x hidden units
    offset: Floats


class Namer:
    """Names entities in documents that the same pipeline has tagged and cut into sentences."""

    def __init__(self, pipe: Any) -> None:
        """Take over the weights and actions of a spaCy `ner` pipe."""
        lower, upper = pipe.model.get_ref("lower"), pipe.model.get_ref("upper")
        places, hidden, self._pieces, width = lower.get_param("W").shape
        size = hidden * self._pieces
        self._vectors = pipe.model.get_ref("tok2vec").predict
        self._weights = Weights(
            lower.get_param("W").reshape(places, size, width), lower.get_param("b").reshape(size),
            lower.get_param("pad").reshape(places, size), upper.get_param("W"), upper.get_param("b"),
        )  # fmt: skip
        self._actions = [pipe.moves.get_class_name(n) for n in range(pipe.moves.n_moves)]
        self._number = {name: n for n, name in enumerate(self._actions)}
        self._out = self._number["O"]
        starts = [name[0] == "B" for name in self._actions]
        outside = [name[0] in "BO" or (name[0] == "U" and len(name) > len("U-")) for name in self._actions]
        self._unstarted = ~np.array(outside)
        self._unopened = self._unstarted | np.array(starts)

    def names(self, docs: Sequence[Any]) -> list[list[str]]:
        """The entity tag of each token of each document: B-LABEL, I-LABEL or nothing, in order."""
        if not any(len(doc) for doc in docs):
            return [[] for _ in docs]
        vectors = self._vectors(docs)
        w = self._weights
        tokens = vectors @ w.lower[0].T
        free = tokens + w.padding[1] + w.padding[2] + w.bias
        scores = self._hidden(free) @ w.upper.T + w.offset
        scores[:, self._unstarted] = _NEVER
        opening = scores.argmax(axis=1)
        scores[:, self._unopened] = _NEVER
        single = scores.argmax(axis=1)
        found, base = [], 0
        for doc in docs:
            part = slice(base, base + len(doc))
            found.append(self._decoded(doc, vectors[part], tokens[part], opening[part], single[part]))
            base += len(doc)
        return found

    def _hidden(self, pieces: Floats) -> Floats:
        found: Floats = pieces.reshape(*pieces.shape[:-1], -1, self._pieces).max(axis=-1)
        return found

    def _decoded(self, doc: Any, vectors: Floats, tokens: Floats, opening: Any, single: Any) -> list[str]:
        tags = [""] * len(doc)
        marks = doc.to_array(("SENT_START", "IS_SPACE")).astype("int64")
        # An entity cannot go on after the last token of a text or of a sentence.
        is_last = np.append(marks[1:, 0] == 1, True)
        chosen = np.where(is_last, single, opening)
        chosen[marks[:, 1] == 1] = self._out
        upto = 0
        for i in np.flatnonzero(chosen != self._out).tolist():
            if i < upto:
                continue
            way, label = self._actions[chosen[i]].split("-", 1)
            tags[i] = f"B-{label}"
            upto = i + 1
            if way == "B":
                for upto in self._inside(vectors, tokens, is_last, i, label):
                    tags[upto] = f"I-{label}"
                upto += 1
        return tags

    def _inside(self, vectors: Floats, tokens: Floats, is_last: Any, first: int, label: str) -> Iterator[int]:
        """Yield the further tokens of an entity that opens at `first`, up to its last."""
        w = self._weights
        inside, last = self._number[f"I-{label}"], self._number[f"L-{label}"]
        ways, offsets = w.upper[[inside, last]], w.offset[[inside, last]]
        begin = vectors[first] @ w.lower[1].T
        for j in range(first + 1, len(tokens)):
            yield j
            hidden = self._hidden(tokens[j] + begin + vectors[j - 1] @ w.lower[2].T + w.bias)
            on, end = ways @ hidden + offsets
            if is_last[j] or end > on:
                return
