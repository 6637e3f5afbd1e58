"""The commands on the encoder's training: `train check` and `train events`."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bilateral import encoder, train
from bilateral.cli import output
from bilateral.train.sentences import sentences

FOUND = 1

training = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check the training sentences; train on them.")


@training.command("check")
def check(
    folder: Annotated[Path, typer.Option("--sentences", help="Another folder of sentences.")] = train.FOLDER,
    against: Annotated[list[Path] | None, typer.Option(help="Texts that no sentence may come from.")] = None,
) -> None:
    """Check every training sentence; list near-copies inside the set and of other texts; count what there is."""
    rows = sentences(folder)
    found = [*train.copies.same_pair(rows), *train.copies.within(rows), *train.copies.against(rows, against or ())]
    for copy in found:
        output.say(f"{copy.at}: as {copy.other} ({copy.share:.2f}): {copy.shared}")
    _counted(rows)
    output.say(f"{output.count(len(rows), 'sentence')}, {len(found):,} of them near-copies")
    raise typer.Exit(FOUND if found else 0)


@training.command("events")
def events(
    out: Annotated[Path, typer.Option(help="The folder that weights, tokenizer and card go to.")] = encoder.FOLDER,
    folder: Annotated[Path, typer.Option("--sentences", help="Another folder of sentences.")] = train.FOLDER,
    epochs: Annotated[float | None, typer.Option(min=0.01, help="How often each sentence is seen.")] = None,
    folds: Annotated[int, typer.Option(min=2, help="Parts of the cross-validation.")] = 5,
    quick: Annotated[bool, typer.Option("--quick", help="One epoch on two folds, to see that all works.")] = False,
    doubts: Annotated[Path | None, typer.Option(help="Where labels go that the folds doubt, tab separated.")] = None,
) -> None:
    """Make the encoder's weights: cross-validate, calibrate, train on all sentences, write eight-bit ONNX."""
    began = time.monotonic()
    with output.progress("training") as tick:
        made = train.events(
            out, source=folder, epochs=epochs, count=folds, quick=quick,
            told=lambda name, done, steps, loss: tick(done, f"of {steps}, {name}, loss {loss:.3f}"),
        )  # fmt: skip
    for name, value in made.card.measured.items():
        output.say(f"{name}: {value}")
    size = sum(path.stat().st_size for path in made.folder.iterdir() if path.suffix in (".onnx", ".json"))
    output.say(f"{output.count(len(made.doubts), 'doubt')} about labels")
    if doubts:
        _written(doubts, made.doubts)
    minutes = (time.monotonic() - began) / 60
    output.say(f"{made.folder}: {size / 1e6:.1f} MB, model {made.card.weights[:12]}, {minutes:.1f} minutes")


def _counted(rows: Iterable[train.Sentence]) -> None:
    counts = Counter(row.root for row in rows)
    output.say(", ".join(f"{root} {n:,}" for root, n in sorted(counts.items())))
    counts = Counter(row.status or "-" for row in rows)
    output.say(", ".join(f"{status} {n:,}" for status, n in sorted(counts.items())))


def _written(path: Path, found: Iterable[train.Doubt]) -> None:
    with output.whole(path) as write:
        for d in found:
            write(f"{d.at}\t{d.label}\t{d.probability}\t{d.instead}\t{d.its_probability}\n".encode())
