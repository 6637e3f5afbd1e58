"""Where a record stands in its report, and finding it there again after the text was coded anew.

Pure functions of records: no database. What `about` takes down when a record is judged, `reattached` looks for later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from bilateral.fields import said
from bilateral.model import AnyRecord, Record, kind_of

# The parts that place a record in its text, the most telling first; the same as the pipeline's.
ANCHORS = ("trigger", "value", "change", "title", "cue", "office", "quantity", "sentence")
_SHORT = 40  # characters of an anchor that is a word or two: of those any overlap tells
_MOST = 0.5  # of longer ones, contents and sentences, at least half of both together


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """A span of a record's evidence, without its document and words."""

    part: str
    start: int
    end: int


class Neighbour(Struct, frozen=True, forbid_unknown_fields=True):
    """Another record on the same words when one was judged: its id, and a hash of its spans."""

    record: str
    spans: str


class About(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which record a correction is about, by what the machine had made when it was judged.

    `says` holds the machine's values by field, as JSON; `beside` the records on the same words that are other ones.
    """

    doc: str
    kind: str
    record: str
    spans: tuple[Place, ...]
    says: dict[str, Any] = {}
    beside: tuple[Neighbour, ...] = ()


def about(record: AnyRecord, others: Iterable[AnyRecord] = ()) -> About:
    """Where a record stands and what it says, with those of the other records of its report that share its anchor.

    All are the machine's own records.
    """
    near = [r for r in others if r.id != record.id and _is_kin(r, record.doc, kind_of(record)) and _is_on(r, record)]
    return About(
        doc=record.doc, kind=kind_of(record), record=record.id, spans=_spans(record), says=said(record),
        beside=tuple(Neighbour(r.id, hashed(_spans(r))) for r in sorted(near, key=lambda r: r.id)),
    )  # fmt: skip


def reattached(target: About, records: Iterable[AnyRecord]) -> AnyRecord | None:
    """The record of the same report and kind that a correction is about, after its text was coded again; None for none.

    The one with the same id; else one on the same spans, the most alike in what it says; else the one whose anchor
    (trigger, value …) shares most of its words. What stood beside it as another record is never it.
    """
    kin = [r for r in records if _is_kin(r, target.doc, target.kind)]
    same = next((r for r in kin if r.id == target.record), None)
    if same is not None:
        return same
    ids, spans = {n.record for n in target.beside}, {n.spans for n in target.beside}
    kin = [r for r in kin if r.id not in ids]
    on = [r for r in kin if _spans(r) == target.spans]
    if not on:
        kin = [r for r in kin if hashed(_spans(r)) not in spans]
        near = {r.id: _shared(_anchors(target.spans), _anchors(_spans(r))) for r in kin}
        best = max(near.values(), default=0.0)
        on = [r for r in kin if near[r.id] == best > 0]
    return max(on, key=lambda r: (_alike(r, target), r.id), default=None)


def _is_kin(record: Record, doc: str, kind: str) -> bool:
    return record.doc == doc and kind_of(record) == kind


def _is_on(one: Record, other: Record) -> bool:
    return _shared(_anchors(_spans(one)), _anchors(_spans(other))) > 0


def _spans(record: Record) -> tuple[Place, ...]:
    return tuple(Place(*key) for key in sorted({(e.part, e.start, e.end) for e in record.evidence}))


def _anchors(spans: tuple[Place, ...]) -> tuple[Place, ...]:
    """The spans of the part that places a record; several where a report tells the thing several times."""
    parts = {p.part for p in spans}
    part = next((name for name in ANCHORS if name in parts), spans[0].part)
    return tuple(p for p in spans if p.part == part)


def _shared(some: tuple[Place, ...], others: tuple[Place, ...]) -> float:
    return max(_overlap(one, two) for one in some for two in others)


def _overlap(one: Place, two: Place) -> float:
    """How much of two anchors is shared, 0 to 1; 0 for longer ones that share less than half."""
    shared = min(one.end, two.end) - max(one.start, two.start)
    if shared <= 0:
        return 0.0
    share = shared / (max(one.end, two.end) - min(one.start, two.start))
    is_short = max(one.end - one.start, two.end - two.start) <= _SHORT
    return share if is_short or share >= _MOST else 0.0


def _alike(record: AnyRecord, target: About) -> tuple[int, int]:
    """How many fields say what they said when it was judged, and how many spans are the same."""
    says = said(record)
    same = sum(says.get(name) == value for name, value in target.says.items())
    return same, len(set(_spans(record)) & set(target.spans))


def hashed(value: Any) -> str:
    """16 hex digits over a value, the same for the same value."""
    return hashlib.blake2b(msgspec.json.encode(value, order="deterministic"), digest_size=8).hexdigest()
