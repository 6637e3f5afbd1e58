"""Who says so: the independent sources of a thing, with near-copies of one story counted once."""

from __future__ import annotations

from collections.abc import Iterable

from bilateral.entries import Witness
from bilateral.knowledge import fold, outlet_of
from bilateral.ledger.facts import Fact
from bilateral.ledger.voices import owner_of, side_of


def witnesses(facts: Iterable[Fact]) -> tuple[Witness, ...]:
    """One witness a story and side, in the order of telling."""
    groups: dict[tuple[str, str | None], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.told.source.story, side_of(fact)), []).append(fact)
    return tuple(_witness(story, side, some) for (story, side), some in groups.items())


def _witness(story: str, side: str | None, facts: list[Fact]) -> Witness:
    outlets = tuple(dict.fromkeys(f.told.source.publisher or "unknown outlet" for f in facts))
    owned = any(owner_of(f.told.source.publisher, f.told.source.day) for f in facts)
    return Witness(
        story=story, outlets=outlets, reports=tuple(dict.fromkeys(f.record.doc for f in facts)), country=side,
        state_owned=owned,
    )  # fmt: skip


def independent(facts: Iterable[Fact]) -> int:
    """How many outlets have a thing from a report of their own: stories, those of one publisher counted once."""
    first: dict[str, str] = {}
    for fact in facts:
        story = fact.told.source.story
        first.setdefault(story, _owner(fact) or f"story {story}")
    return len(set(first.values()))


def _owner(fact: Fact) -> str | None:
    """The outlet of a report by the one name that it goes by; None where the report names none."""
    name = fact.told.source.publisher
    outlet = outlet_of(name or "")
    return fold(outlet.name if outlet else name) if name else None
