"""What people decided about the ledger: which records are one thing, and which are not. It wins over the rules."""

from __future__ import annotations

from typing import NamedTuple


class Rulings(NamedTuple):
    """What people decided: pairs of record ids that are one thing, and pairs that are not."""

    joined: frozenset[frozenset[str]] = frozenset()
    parted: frozenset[frozenset[str]] = frozenset()


NONE = Rulings()
