"""How a net is trained, as numbers. Knows no torch."""

from __future__ import annotations

from msgspec import Struct


class Plan(Struct, frozen=True, kw_only=True):
    """How a net is trained. docs/model-card.md says which of these were compared and which are usual values."""

    epochs: float = 4
    batch: int = 32
    rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9  # the learning rate of a layer over that of the layer above it
    weight_decay: float = 0.01
    warm: float = 0.1  # share of the steps in which the rate rises
    dropout: float = 0.1
    smoothing: float = 0.05
    balance: float = 0.5  # 0 counts every sentence alike, 1 every root
    mode_share: float = 0.4
    status_share: float = 0.3
    swap: float = 0.4
    bare: float = 0.3
    hide: float = 0.03  # chance that source or target is not marked
    average: float = 0.99  # of the weights over the steps; 0 takes the last ones
    seed: int = 20240229
