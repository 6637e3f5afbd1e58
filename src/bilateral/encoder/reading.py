"""Asks the encoder: marked sentences in, opinions out, with onnxruntime and tokenizers and nothing of torch.

Sentences are read one by one. The weights are eight-bit and their inputs are quantised by the greatest value of what
is read together, so in a batch one sentence would change the scores of another; alone, a sentence has the same scores
whatever stands beside it, and nothing is padded. Equal pairs are asked once.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from bilateral.encoder.card import NAME, Card, read_card
from bilateral.encoder.marking import Input, Marked, marked_input
from bilateral.errors import DataError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent
WEIGHTS, TOKENIZER = "events.onnx", "tokenizer.json"
NO_MODE = "-"
_LETTERS = 12  # of the weights' hash, enough to tell two models apart


class Opinion(Struct, frozen=True, gc=False):
    """What the encoder says of one marked pair; all scores are calibrated probabilities, rounded to four digits.

    `roots` has all PLOVER roots and NONE, best first. `mode` and `mode_score` are of the best root; `modes` has the
    best mode of every root that has modes, given that root. A mode is None where the likeliest is that none is told.
    `status` is given that there is an event. `model` names the weights.
    """

    roots: dict[str, float]
    mode: str | None
    mode_score: float
    status: str
    status_score: float
    modes: dict[str, tuple[str | None, float]]
    statuses: dict[str, float]
    model: str

    @property
    def root(self) -> str:
        """The likeliest root, or NONE."""
        return next(iter(self.roots))

    @property
    def score(self) -> float:
        """The score of the likeliest root."""
        return self.roots[self.root]

    @property
    def event(self) -> tuple[str, float]:
        """The likeliest root other than NONE, with its share of what is not NONE: for a pair that has an event."""
        root = next(name for name in self.roots if name != "NONE")
        rest = 1.0 - self.roots["NONE"]
        return root, min(1.0, round(self.roots[root] / rest, 4)) if rest > 0 else 0.0


class Encoder:
    """The encoder, loaded: its card, its tokenizer and its weights in onnxruntime."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Load the files of a folder; DataError where they are not what the card says."""
        import onnxruntime
        from tokenizers import Tokenizer

        self.card: Card = read_card(folder / NAME)
        self.model = self.card.weights[:_LETTERS]
        data = _bytes(folder / WEIGHTS, self.card.weights)
        words = _bytes(folder / TOKENIZER, self.card.tokenizer)
        self._tokenizer: Tokenizer = Tokenizer.from_str(words.decode("utf-8"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        self._mode_places = _by_root(self.card.modes)

    def read(self, pairs: Sequence[Marked]) -> list[Opinion]:
        """The opinion on each pair, in order; each depends on its own sentence alone."""
        known: dict[Marked, Opinion] = {}
        for pair, made in zip(pairs, self._inputs(pairs), strict=True):
            if pair not in known:
                known[pair] = self._opinion(self.logits(made))
        return [known[pair] for pair in pairs]

    def _inputs(self, pairs: Sequence[Marked]) -> Iterable[Input]:
        texts = list(dict.fromkeys(pair.text for pair in pairs))
        found = self._tokenizer.encode_batch(texts, add_special_tokens=False) if texts else []
        encoded = dict(zip(texts, found, strict=True))
        for pair in pairs:
            tokens = encoded[pair.text]
            yield marked_input(tokens.ids, tokens.offsets, pair)

    def logits(self, made: Input) -> tuple[list[float], list[float], list[float]]:
        """The raw outputs for one input: roots, modes, statuses."""
        import numpy as np

        feeds: dict[str, Any] = {
            "ids": np.array([made.ids], dtype=np.int64),
            "at": np.array([0, made.source_at, made.target_at], dtype=np.int64),
        }
        roots, modes, statuses = self._session.run(None, feeds)
        return roots[0].tolist(), modes[0].tolist(), statuses[0].tolist()

    def _opinion(self, outputs: tuple[list[float], list[float], list[float]]) -> Opinion:
        card = self.card
        roots = _ranked(card.roots, outputs[0], card.root_temperature)
        statuses = _ranked(card.statuses, outputs[2], card.status_temperature)
        modes = {
            root: _best([card.modes[i] for i in places], [outputs[1][i] for i in places], card.mode_temperature)
            for root, places in self._mode_places.items()
        }
        status, status_score = next(iter(statuses.items()))
        mode, mode_score = modes.get(next(iter(roots)), (None, 1.0))
        return Opinion(roots, mode, mode_score, status, status_score, modes, statuses, self.model)


@cache
def encoder() -> Encoder | None:
    """The shipped encoder, loaded once; None where its weights or a library are absent, so that rules decide alone."""
    libraries = all(find_spec(name) for name in ("onnxruntime", "tokenizers", "numpy"))
    files = all((FOLDER / name).is_file() for name in (NAME, WEIGHTS, TOKENIZER))
    return Encoder(FOLDER) if libraries and files else None


def _bytes(path: Path, wanted: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: expected a file of the encoder: {error}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != wanted:
        raise DataError(f"{path}: expected the file with sha256 {wanted[:_LETTERS]}…, found {found[:_LETTERS]}…")
    return data


def _by_root(modes: Sequence[str]) -> dict[str, list[int]]:
    """The places of each root's modes among the outputs."""
    places: dict[str, list[int]] = {}
    for i, name in enumerate(modes):
        places.setdefault(name.partition(".")[0], []).append(i)
    return places


def _ranked(names: Sequence[str], logits: Sequence[float], temperature: float) -> dict[str, float]:
    """Names with their calibrated probabilities, best first; equals in the card's order."""
    top = max(logits)
    raised = [math.exp((value - top) / temperature) for value in logits]
    total = sum(raised)
    pairs = sorted(zip(names, raised, strict=True), key=lambda pair: -pair[1])
    return {name: round(value / total, 4) for name, value in pairs}


def _best(names: Sequence[str], logits: Sequence[float], temperature: float) -> tuple[str | None, float]:
    name, score = next(iter(_ranked(names, logits, temperature).items()))
    mode = name.partition(".")[2]
    return (None if mode == NO_MODE else mode), score
