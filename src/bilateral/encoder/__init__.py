"""A small trained reader of events: what a marked source does to a marked target in a sentence, with calibrated scores.

Owns the way from a marked sentence to an `Opinion`. Knows no grammar, no actors and no records; where its files or its
libraries are absent `encoder()` gives None and the rules go on alone. Training is in `train`, never here.

Source: docs/model-card.md, with everything measured.
"""

from __future__ import annotations

from bilateral.encoder.card import Card, read_card
from bilateral.encoder.marking import LONGEST, Input, Marked, marked_input, unmarked
from bilateral.encoder.reading import FOLDER, TOKENIZER, WEIGHTS, Encoder, Opinion, encoder

__all__ = [
    "FOLDER", "LONGEST", "TOKENIZER", "WEIGHTS", "Card", "Encoder", "Input", "Marked", "Opinion", "encoder",
    "marked_input", "read_card", "unmarked",
]  # fmt: skip
