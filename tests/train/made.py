"""Training sentences for tests, written from short lines."""

from __future__ import annotations

from bilateral.encoder import unmarked
from bilateral.train.sentences import Sentence


def sentence(words: str, root: str = "CONSULT", *, mode: str | None = None, at: str = "x.tsv:1") -> Sentence:
    """A row with its pair marked in the words; status happened, or none for NONE."""
    pair = unmarked(words)
    assert pair.source
    assert pair.target
    return Sentence(
        root=root, mode=mode, status=None if root == "NONE" else "happened", kind="lead", region="global",
        text=pair.text, source=pair.source, target=pair.target, at=at,
    )  # fmt: skip
