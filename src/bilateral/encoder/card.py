"""The card beside the weights: which classes the outputs are, how scores are calibrated, what was measured."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from bilateral.errors import DataError

NAME = "card.json"


class Card(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the weights are: classes in the order of the outputs, temperatures, and how they came about.

    `modes` are "ROOT.mode"; "ROOT.-" is "of this root, no mode told". `weights` is the sha256 of the weights' file.
    """

    name: str
    roots: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    root_temperature: float
    mode_temperature: float
    status_temperature: float
    weights: str
    tokenizer: str
    base: str
    licence: str
    training: dict[str, float | int | str]
    measured: dict[str, float]


def read_card(path: Path) -> Card:
    """The card of a folder of weights; DataError says what is wrong with it."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Card)
    except (OSError, msgspec.DecodeError) as error:
        raise DataError(f"{path}: expected the card of the encoder: {error}") from error
    if found.roots[-1:] != ("NONE",) or not all("." in mode for mode in found.modes):
        raise DataError(f"{path}: expected roots that end with NONE and modes such as CONSULT.visit")
    return found
