"""Training: a tiny set is learned, exported and read back. Needs the extra `train`."""

from __future__ import annotations

import importlib.util

import pytest

from bilateral.encoder import Encoder, Marked
from bilateral.train import making
from tests.train.made import sentence

MISSING = [name for name in making.NEEDED if not importlib.util.find_spec(name)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"NOT CHECKED: training needs {', '.join(MISSING)}")

TOWNS = ("Oslo", "Riga", "Suva", "Lima", "Baku", "Doha", "Apia", "Rome", "Oran", "Kiel")
FRAMES = (
    ("CONSULT", "visit", "<s>{a}</s> paid a friendly visit to <t>{b}</t> on Monday"),
    ("AID", None, "<s>{a}</s> donated forty ambulances to <t>{b}</t> on Monday"),
    ("ASSAULT", "aerial", "<s>{a}</s> bombed barracks in <t>{b}</t> from the air on Monday"),
    ("PROTEST", "strike", "<s>Dockers in {a}</s> went on strike against <t>{b}</t> on Monday"),
    ("NONE", None, "<s>{a}</s> lies on the same river as <t>{b}</t> and is older"),
    ("ACCUSE", "disapprove", "<s>{a}</s> condemned the conduct of <t>{b}</t> on Monday"),
)


def rows():
    pairs = zip(TOWNS, TOWNS[3:] + TOWNS[:3], strict=True)
    return [
        sentence(words.format(a=a, b=b), root, mode=mode, at=f"x:{n}")
        for n, (a, b) in enumerate(pairs)
        for root, mode, words in FRAMES
    ]


@pytest.fixture(scope="module")
def trained():
    from bilateral.train.encoder import fitted
    from bilateral.train.plan import Plan

    return fitted(rows(), Plan(epochs=12, batch=12, rate=3e-4, head_rate=2e-3, average=0))


def test_sixty_sentences_are_learned(trained):
    from bilateral.train.encoder import outputs_of

    some = rows()
    root, mode, _ = outputs_of(trained, [row.pair for row in some])
    names = making.roots()
    right = [names[int(raw.argmax())] == row.root for raw, row in zip(root, some, strict=True)]
    assert len(some) == 60
    assert sum(right) >= 57
    assert mode.shape == (60, len(making.modes()))


def test_the_eight_bit_file_says_what_the_net_says(trained, tmp_path):
    import numpy as np

    from bilateral.train.encoder import outputs_of
    from bilateral.train.export import export

    export(trained, tmp_path)
    some = [row.pair for row in rows()]
    raw = outputs_of(trained, some)
    lists = zip(*(part.tolist() for part in raw), strict=True)
    making._write(making._card(tmp_path, making.heads_of(rows(), list(lists)), {}), tmp_path)
    opinions = Encoder(tmp_path).read(some)
    same = [making.roots()[int(r.argmax())] == o.root for r, o in zip(raw[0], opinions, strict=True)]
    assert np.mean(same) >= 0.95
    assert (tmp_path / "events.onnx").stat().st_size + (tmp_path / "tokenizer.json").stat().st_size < 25e6


def test_the_same_sentences_and_seed_give_the_same_net():
    import torch

    from bilateral.train.encoder import fitted
    from bilateral.train.plan import Plan

    plan = Plan(epochs=0.4, batch=12)
    one, two = (fitted(rows(), plan) for _ in range(2))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))


def test_a_sentence_without_source_or_target_is_read_too(trained):
    from bilateral.train.encoder import outputs_of

    text = "Oslo bombed barracks in Riga from the air on Monday"
    root, _, _ = outputs_of(trained, [Marked(text), Marked(text, (0, 4)), Marked(text, None, (24, 28))])
    assert root.shape == (3, len(making.roots()))
