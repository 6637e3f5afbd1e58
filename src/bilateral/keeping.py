"""Keeping the ledger of a store up to date: near-copies of what is new, entries of the pairs that changed.

Owns no rule: `ledger` joins, `store` holds. A report that comes in touches only the pairs that its records belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from msgspec import Struct, structs

from bilateral.entries import Entry, Source
from bilateral.ledger import Rulings, Text, Told, are_copies, bands, entries, stories
from bilateral.model import AnyRecord
from bilateral.store import Page, Store

TOGETHER = 50  # pairs gone through in one transaction


class Kept(Struct, frozen=True, kw_only=True):
    """What bringing a ledger up to date did: reports compared with others, pairs gone through, their entries now."""

    reports: int = 0
    pairs: int = 0
    entries: int = 0


def keep(store: Store, *, progress: Callable[[int, int], None] | None = None) -> Kept:
    """Bring the entries of a store up to date and say what was done; nothing where nothing changed.

    `progress` is called after some pairs with the number done and the number in all.
    """
    reports = 0
    while found := store.screen(bands, _alike):
        reports += found
    pairs, made = store.stale(), 0
    for n in range(0, len(pairs), TOGETHER):
        some = pairs[n : n + TOGETHER]
        made += store.post(some, lambda pair: partial(_entries, pair))
        if progress:
            progress(n + len(some), len(pairs))
    return Kept(reports=reports, pairs=len(pairs), entries=made)


def _alike(one: Page, two: Page) -> bool:
    return are_copies(Text(*one), Text(*two))


def _entries(
    pair: tuple[str, str],
    records: Iterable[AnyRecord],
    sources: dict[str, Source],
    copies: list[tuple[str, str]],
    rulings: tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]],
) -> tuple[Entry, ...]:
    """The entries of a pair, each report with the story that it prints; what people joined or split goes first."""
    story = stories(sources, copies, {key: s.day for key, s in sources.items()})
    told = [Told(record=r, source=structs.replace(sources[r.doc], story=story[r.doc])) for r in records]
    return entries(told, pair, Rulings(*rulings))
