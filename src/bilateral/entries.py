"""Entries of the ledger: what the records of many reports come to, with how they were joined and where they differ.

Plain data that the ledger makes, the store keeps and the brief shows. Records and reports are named by their ids.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

EntryKind = Literal["contact", "deed", "agreement", "figure"]
Discord = Literal["date", "count", "signed", "held", "figure", "place", "actor"]


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report as the ledger sees it: its publisher, its first possible day (None: undated), the story that it prints.

    `story` is the id of the earliest report among its near-copies, its own where it has none.
    """

    id: str
    publisher: str | None
    day: str | None
    story: str


class Join(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a record belongs to an entry: the record, the one it was joined with, the rule in words, its score 0..1."""

    record: str
    to: str
    rule: str
    score: float


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step in the life of an agreement, visit or act: what was reached or announced, when (EDTF), who told it.

    `stage` is an agreement's stage, or `announced`, `held`, `ongoing`, `cancelled`, `postponed`, `denied` of a contact
    or deed; `status` says whether the step is reached. `claimants` are outlets or speakers, in the order of telling.
    """

    stage: str
    status: str
    date: str | None
    records: tuple[str, ...]
    claimants: tuple[str, ...] = ()


class Contradiction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Records of one entry that cannot all be right: about what, in words, and which records say so."""

    about: Discord
    text: str
    records: tuple[str, ...]


class Witness(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One source of an entry: a story (a report with its near-copies) and whose it is.

    `country` is the state whose side speaks: the speaker's, else that of a state-owned outlet; None for a third voice.
    """

    story: str
    outlets: tuple[str, ...]
    reports: tuple[str, ...]
    country: str | None = None
    state_owned: bool = False


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that the records of many reports speak of, within one dyad.

    `id` is that of its earliest record (by report date, then record id); `former` are ids that it had before. `kind`:
    contact (visits, meetings, calls, summonses), deed (any other event), agreement, figure. `type` is the visit's kind,
    PLOVER code, agreement's type or quantity. `date` is the best-known date of the thing (EDTF), `status` where it
    stands after the last report. `is_open`: planned, and no report says what became of it. `records` are in the order
    of telling. `independent` counts outlets of different owners that have it from their own reports.
    """

    id: str
    kind: EntryKind
    dyad: tuple[str, str]
    codes: tuple[str, ...]
    type: str
    date: str | None
    status: str
    records: tuple[str, ...]
    reports: tuple[str, ...]
    place: str | None = None
    is_open: bool = False
    joins: tuple[Join, ...] = ()
    life: tuple[Step, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    independent: int = 0
    former: tuple[str, ...] = ()

    @property
    def sides(self) -> str:
        """Who says so, in one word or two: `both sides`, `one side`, `third parties`, `one side and third parties`."""
        own = {w.country for w in self.witnesses if w.country in self.dyad}
        others = any(w.country not in self.dyad for w in self.witnesses)
        if len(own) == len(self.dyad):
            return "both sides"
        if own:
            return "one side and third parties" if others else "one side"
        return "third parties"


def encoded(entry: Entry) -> bytes:
    """An entry as one line of JSON with a fixed order of keys."""
    return msgspec.json.encode(entry)


_decoder: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)


def entry_of(data: bytes | str) -> Entry:
    """The entry in a line of JSON; msgspec.ValidationError names the field that is wrong."""
    return _decoder.decode(data)
