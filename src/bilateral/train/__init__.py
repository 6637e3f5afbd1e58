"""Makes the weights of the encoder from the project's own sentences; the only place that imports torch.

Owns the sentences, their checks, and training. What is imported here needs no torch; `making.events` asks for it when
it is called. Source: docs/training.md.
"""

from __future__ import annotations

from bilateral.train import copies
from bilateral.train.copies import Copy
from bilateral.train.making import Made, events
from bilateral.train.noise import Doubt
from bilateral.train.sentences import FOLDER, Sentence

__all__ = ["FOLDER", "Copy", "Doubt", "Made", "Sentence", "copies", "events"]
