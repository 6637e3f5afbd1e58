"""What loaded reference series say of the figures of a brief: one line a figure, for those that a series covers.

Owns the choice of the checks shown; they are made in comparison.py and worded in reference/wording.py.
"""

from __future__ import annotations

from collections import defaultdict

from msgspec import structs

from bilateral import comparison
from bilateral.model import Question
from bilateral.reference import Check, wording
from bilateral.store import Store


def verdicts(store: Store, question: Question) -> dict[str, str]:
    """What each view says of a figure, by the figure's record: "value: agrees (the figures of …); value: off by …".

    A figure that no view can be held against has the reason instead. Left out are figures of quantities that no
    series of the store covers; a store without reference files gives none. The checks of a record and of the same
    claim in other reports are not merged: each has its own line.
    """
    if not store.series_files():
        return {}
    found: dict[str, list[Check]] = defaultdict(list)
    flows: dict[tuple[str, ...], frozenset[str]] = {}
    for made in comparison.check(store, structs.replace(question, kinds=("measure",))):
        pair = made.claim.parties
        if made.sight is None and pair not in flows:
            flows[pair] = _flows(store, pair)
        if made.sight is not None or (made.verdict == "not_comparable" and _covers(flows[pair], made.claim.quantity)):
            found[made.claim.record].append(made)
    return {record: f"reference: {wording.summary(checks)}" for record, checks in found.items()}


def _flows(store: Store, pair: tuple[str, ...]) -> frozenset[str]:
    """The quantities of which the store has values for a pair of states."""
    if len(pair) != comparison.PAIR:
        return frozenset()
    return frozenset(seen.flow for seen in store.series((pair[0], pair[1])))


def _covers(flows: frozenset[str], quantity: str | None) -> bool:
    """Whether values of some flows tell of a quantity: of it, or for turnover and balance of exports or imports."""
    return quantity in flows or (quantity in ("trade_turnover", "trade_balance") and bool(flows & _BOTH))


_BOTH = frozenset({"exports", "imports"})
