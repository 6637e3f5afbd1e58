"""What the encoder said, kept with a parse, so that coding again does not ask again.

An answer is known by the words, the marks and the weights. Knows no parse: only two dictionaries of text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from bilateral.encoder.marking import Marked
from bilateral.encoder.reading import Encoder, Opinion

_decoder: msgspec.json.Decoder[Opinion] = msgspec.json.Decoder(Opinion)


def key(model: str, pair: Marked) -> str:
    """The name under which an answer is kept: 16 hex digits over weights, words and marks."""
    data = msgspec.json.encode([model, pair.text, pair.source, pair.target])
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def recalled(reader: Encoder, pairs: Sequence[Marked], said: dict[str, str], heard: dict[str, str]) -> list[Opinion]:
    """The opinion on each pair, in order: from `said` where it is there, else asked for; all are written to `heard`."""
    keys = [key(reader.model, pair) for pair in pairs]
    fresh = {k: pair for k, pair in zip(keys, pairs, strict=True) if k not in said and k not in heard}
    for k, opinion in zip(fresh, reader.read(list(fresh.values())), strict=True):
        heard[k] = msgspec.json.encode(opinion).decode()
    for k in keys:
        heard.setdefault(k, said.get(k, ""))
    return [_decoder.decode(heard[k]) for k in keys]
