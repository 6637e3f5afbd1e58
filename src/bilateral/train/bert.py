"""The encoder as a network in torch: a small BERT whose weights come from a file, and three heads over the pair.

Read from the first token and the two marks that open source and target: root, mode and status.

"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
EPSILON = 1e-12
SCALE = (WIDTH // HEADS) ** -0.5
LIKE = (0, 1030, 1030, 1001, 1001)  # what 0 and the marks begin as: padding, "@", "@", "#", "#"
MARKS = 5  # token numbers below this are marks, and 0
PLACES = 3  # first token, source, target


class Layer(nn.Module):
    """A transformer layer: attention and a feed-forward net, each with what went in added and normed."""

    def __init__(self, dropout: float) -> None:
        """A layer with untrained weights."""
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out, self.inner, self.outer = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm, self.last_norm = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The layer's output for tokens (batch, length, width); the mask is far below 0 where a token is padding."""
        batch, length, _ = x.shape
        q, k, v = (
            part(x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = functional.softmax(q @ k.transpose(-1, -2) * SCALE + mask, dim=-1)
        seen = (weights @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm(x + self.dropout(self.out(seen)))
        return self.last_norm(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Net(nn.Module):
    """The whole: embeddings, layers, and a head each for root, mode and status.

    The embeddings of words stay those of the base, so that a word which no training sentence has moves with its like;
    those of the four marks are learned.
    """

    def __init__(self, roots: int, modes: int, statuses: int, *, vocabulary: int, length: int, dropout: float) -> None:
        """A net with untrained weights."""
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH).requires_grad_(False)
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.positions = nn.Embedding(length, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.pool = nn.Linear(PLACES * WIDTH, WIDTH)
        self.heads = nn.ModuleList(nn.Linear(WIDTH, n) for n in (roots, modes, statuses))

    def forward(self, ids: Tensor, at: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The raw scores of roots, modes and statuses; `at` (batch, 3) are the places that are read."""
        mask = (ids == 0)[:, None, None, :] * -1e4
        words = torch.where((ids < MARKS)[:, :, None], self.marks(ids.clamp(max=MARKS - 1)), self.words(ids))
        x = self.norm(words + self.positions.weight[: ids.shape[1]])
        x = self.dropout(x)
        for layer in self.layers:
            x = layer(x, mask)
        read = torch.gather(x, 1, at[:, :, None].expand(-1, -1, WIDTH)).flatten(1)
        pooled = self.dropout(functional.gelu(self.pool(self.dropout(read))))
        root, mode, status = (head(pooled) for head in self.heads)
        return root, mode, status


_NAMES = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "out", "attention.output.LayerNorm": "norm", "intermediate.dense": "inner",
    "output.dense": "outer", "output.LayerNorm": "last_norm",
}  # fmt: skip


def take_base(net: Net, base: dict[str, Tensor]) -> None:
    """Set a net's embeddings and layers to those of a BERT file; KeyError where the file is another architecture."""
    with torch.no_grad():
        words = base["embeddings.word_embeddings.weight"]
        net.words.weight.copy_(words)
        net.marks.weight.copy_(words[list(LIKE)])
        positions = base["embeddings.position_embeddings.weight"][: net.positions.num_embeddings]
        net.positions.weight.copy_(positions + base["embeddings.token_type_embeddings.weight"][0])
        for part in ("weight", "bias"):
            getattr(net.norm, part).copy_(base[f"embeddings.LayerNorm.{part}"])
            for n, layer in enumerate(net.layers):
                for theirs, ours in _NAMES.items():
                    getattr(getattr(layer, ours), part).copy_(base[f"encoder.layer.{n}.{theirs}.{part}"])
