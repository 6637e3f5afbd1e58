"""People's corrections: rows that say who decided what about a record, when and why; and what records become by them.

A row never edits a record. It holds where the record stood (document, kind, spans) and what the machine said then, so
that it finds its record again after the text was coded anew. Pure functions: no database, no clock; times are given.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct, structs

from bilateral.attaching import About, about, hashed, reattached
from bilateral.errors import CallError
from bilateral.fields import EVIDENCE, WORKED, fitted_json, plain, said, typed
from bilateral.model import KINDS, AnyRecord, Evidence, Measure, Reason, kind_of

Action = Literal["accept", "reject", "correct", "join", "split", "undo"]
Verdict = Literal["accepted", "rejected"]
Stands = Callable[[Evidence], bool]
MACHINE = "machine"  # who says what a record says before anybody corrects it; no person has this name
_JUDGING = ("accept", "reject", "correct")
_NAMES = tuple(kind_of(kind) for kind in KINDS)

__all__ = [
    "MACHINE", "About", "Action", "Correction", "Judged", "Marked", "Verdict", "Words", "about", "applied", "attached",
    "decode", "disputed", "encode", "in_order", "judged", "moment", "reattached", "ruled", "sealed", "stored", "undone",
]  # fmt: skip


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Exact words of a document that a person marked: `text[start:end] == text`."""

    start: int
    end: int
    text: str


class Marked(Struct, frozen=True, forbid_unknown_fields=True):
    """The words that a part of a record's evidence has from now on, in place of the machine's; none takes it away."""

    part: str
    words: tuple[Words, ...]


class Correction(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One decision of a person. `id` is a hash of all the rest, so that the same row is stored once.

    accept    the record is right: every field as `value` has it, or as the machine said where there is no `value`
    reject    there is no such thing in the words
    correct   `field` has `value` (JSON); of the field `evidence` a `Marked`: other words for one part
    join      the record and `other` tell of one thing
    split     they do not
    undo      the correction `undoes` is taken back; `about` and `other` are those of that
    """

    id: str = ""
    action: Action
    about: About
    other: About | None = None
    field: str | None = None
    value: Any = None
    undoes: str | None = None
    who: str
    when: str
    why: str | None = None


class Judged(Struct, frozen=True, kw_only=True):
    """A record as people left it, the machine's own, their verdict, and the rows that count, in their order."""

    record: AnyRecord
    machine: AnyRecord
    verdict: Verdict | None = None
    rows: tuple[Correction, ...] = ()


def sealed(row: Correction) -> Correction:
    """A correction checked, its time in UTC, with its id. CallError where it says what cannot be."""
    row = structs.replace(row, id="", when=moment(row.when), value=_checked(row))
    try:
        return structs.replace(row, id=hashed(row))
    except UnicodeEncodeError as error:
        raise CallError("the correction cannot be: it holds half of a character (a lone surrogate)") from error


def moment(words: str) -> str:
    """A time with its zone as `2026-01-31T09:30:00.000000Z`, so that times compare as text."""
    try:
        given = datetime.fromisoformat(words)
    except ValueError as error:
        raise CallError(f"expected an ISO time with its zone such as 2026-01-31T09:30:00Z, got {words!r}") from error
    if given.tzinfo is None:
        raise CallError(f"expected a time with its zone such as 2026-01-31T09:30:00Z, got {words!r}")
    return given.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _checked(row: Correction) -> Any:
    """The value of a row in its one form; CallError where the row lacks or has what its action does not allow."""
    _need(bool(row.who.strip()), "it says nothing of who decided")
    _need(row.who != MACHINE, f"{MACHINE!r} is no person")
    _need(bool(row.about.spans), "it names no words of its record")
    for target in (row.about, row.other or row.about):
        _need(target.kind in _NAMES, f"there is no kind of record {target.kind!r}")
    is_pair = row.action in ("join", "split")
    _need(row.action == "undo" or (row.other is not None) == is_pair, f"two records go with join, split: {row.action}")
    _need((row.undoes is not None) == (row.action == "undo"), f"what is undone goes with undo: {row.action}")
    _need((row.field is not None) == (row.action == "correct"), f"a field goes with correct: {row.action}")
    if row.other is not None:
        _need((row.other.doc, row.other.record) != (row.about.doc, row.about.record), "it joins or splits one record")
    if row.action == "accept" and row.value is not None:
        _need(isinstance(row.value, dict), "what is accepted is an object of fields")
        return {name: plain(typed(row.about.kind, name, value)) for name, value in row.value.items()}
    if row.field is None:
        _need(row.value is None, f"a value goes with accept and correct: {row.action}")
        return None
    return plain(_marked(row.value)) if row.field == EVIDENCE else fitted_json(row.about.kind, row.field, row.value)


def _need(holds: bool, otherwise: str) -> None:
    if not holds:
        raise CallError(f"the correction cannot be: {otherwise}")


def _marked(value: Any) -> Marked:
    try:
        made = msgspec.convert(value, Marked)
    except msgspec.ValidationError as error:
        raise CallError(f"expected a part with its words (start, end, text), got {plain(value)}: {error}") from error
    for w in made.words:
        _need(0 <= w.start < w.end and w.end - w.start == len(w.text), f"the words {w.text!r} are not of their length")
    return made


def encode(row: Correction) -> bytes:
    """A correction as one line of JSON with a fixed order of keys."""
    return msgspec.json.encode(row, order="deterministic")


_decoder: msgspec.json.Decoder[Correction] = msgspec.json.Decoder(Correction)


def decode(line: bytes | str) -> Correction:
    """The correction in a line of JSON, checked; one without id gets it.

    CallError where it is none, or where its id is not that of what it says: somebody changed it after it was made.
    """
    try:
        row = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CallError(f"expected a correction as JSON: {error}") from error
    made = sealed(row)
    if row.id not in ("", made.id):
        raise CallError(f"correction {row.id} was changed after it was made; without its id it is taken as a new one")
    return made


def stored(line: str) -> Correction:
    """The correction in a line that this module wrote, not checked again."""
    return _decoder.decode(line)


def in_order(rows: Iterable[Correction]) -> list[Correction]:
    """Corrections by time; of one time by id, so that the order of arrival makes no difference."""
    return sorted(rows, key=lambda row: (row.when, row.id))


def undone(rows: Iterable[Correction]) -> frozenset[str]:
    """The ids of the rows that are taken back. An undo that is itself undone takes nothing back."""
    undoes = {row.id: row.undoes for row in rows if row.undoes is not None}
    waiting = Counter(undoes.values())
    settled = [key for key in undoes if key not in waiting]  # ids are hashes of what they name: there is no circle
    back: set[str] = set()
    for key in settled:
        target = undoes.get(key)
        if target is None:
            continue
        if key not in back:
            back.add(target)
        waiting[target] -= 1
        if not waiting[target]:
            settled.append(target)
    return frozenset(back)


def attached(
    rows: Iterable[Correction], records: Iterable[AnyRecord], stands: Stands = lambda _: True
) -> dict[tuple[str, int], str]:
    """The record that each row is about now, by the row's id and side: 0 `about`, 1 `other`. Undone rows too.

    Left out is what finds no record, what the record's type no longer takes, and marked words that do not stand.
    """
    records = tuple(records)
    found: dict[tuple[str, int], str] = {}
    for row in rows:
        for side, target in enumerate((row.about, row.other)):
            record = reattached(target, records) if target else None
            if record is not None and _fits(row, record, stands):
                found[row.id, side] = record.id
    return found


def _fits(row: Correction, record: AnyRecord, stands: Stands) -> bool:
    if row.field == EVIDENCE:
        return all(stands(e) for e in _evidence(record, _marked(row.value)))
    try:
        for name, value in _values(row).items():
            typed(kind_of(record), name, value)
    except CallError:
        return False
    return True


def _values(row: Correction) -> dict[str, Any]:
    """The values that a row gives to fields, by field."""
    if row.action == "accept":
        return row.about.says if row.value is None else dict(row.value)
    return {row.field: row.value} if row.field not in (None, EVIDENCE) else {}


def applied(
    records: Iterable[AnyRecord], rows: Iterable[Correction], stands: Stands = lambda _: True
) -> tuple[Judged, ...]:
    """Each record as the corrections leave it, in the order given; later rows win over earlier ones.

    A corrected field has a `Reason` that says who corrected it, when and why. An id never changes: it is that of what
    the machine said. A verdict is that of the last accept or reject; what is rejected keeps its corrections.
    """
    records, rows = tuple(records), in_order(rows)
    back = undone(rows)
    judging = [row for row in rows if row.action in _JUDGING and row.id not in back]
    where = attached(judging, records, stands)
    of: dict[str, list[Correction]] = defaultdict(list)
    for row in judging:
        if (row.id, 0) in where:
            of[where[row.id, 0]].append(row)
    return tuple(judged(record, of.get(record.id, ())) for record in records)


def judged(record: AnyRecord, rows: Iterable[Correction]) -> Judged:
    """A record as rows that are about it and count leave it, in the order of the rows."""
    rows = tuple(rows)
    verdict: Verdict | None = None
    values: dict[str, tuple[Any, Correction]] = {}
    says = said(record)
    made = record
    for row in rows:
        if row.action in ("accept", "reject"):
            verdict = "accepted" if row.action == "accept" else "rejected"
        if row.field == EVIDENCE:
            made = structs.replace(made, evidence=_evidence(made, _marked(row.value)))
            made = _explained(made, f"{EVIDENCE} {row.value['part']}", row)
        for name, value in _values(row).items():
            if row.action == "correct" or value != (values[name][0] if name in values else says.get(name)):
                values[name] = value, row
    for name, (value, row) in values.items():
        made = _explained(structs.replace(made, **{name: typed(kind_of(record), name, value)}), name, row)
    if isinstance(made, Measure) and "derived" not in values and any(name in values for name in WORKED):
        made = structs.replace(made, derived=())
    return Judged(record=made, machine=record, verdict=verdict, rows=rows)


def _evidence(record: AnyRecord, marked: Marked) -> tuple[Evidence, ...]:
    """A record's evidence with other words for one part; as it was where nothing would be left of it."""
    new = [Evidence(marked.part, record.doc, w.start, w.end, w.text) for w in marked.words]
    first = next((n for n, e in enumerate(record.evidence) if e.part == marked.part), len(record.evidence))
    before = [e for e in record.evidence[:first] if e.part != marked.part]
    after = [e for e in record.evidence[first:] if e.part != marked.part]
    return (*before, *new, *after) or record.evidence


def _explained(record: AnyRecord, field: str, row: Correction) -> AnyRecord:
    done = "accepted" if row.action == "accept" else "corrected"
    why = f": {row.why}" if row.why else ""
    reason = Reason(field, f"{done} by {row.who} on {row.when[:10]}{why}", 1.0)
    return structs.replace(record, reasons=(*record.reasons, reason))


def ruled(
    rows: Iterable[Correction], where: Mapping[tuple[str, int], str]
) -> tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]:
    """The pairs of records that people joined, and those that they split; of one pair the last row counts.

    `where` is as `attached` gives it; `rows` hold all undo rows that may take back one of them.
    """
    rows = in_order(rows)
    back = undone(rows)
    last: dict[frozenset[str], str] = {}
    for row in rows:
        pair = frozenset(where[row.id, side] for side in (0, 1) if (row.id, side) in where)
        if row.action in ("join", "split") and row.id not in back and len(pair) > 1:
            last[pair] = row.action
    joined, parted = (frozenset(p for p, action in last.items() if action == which) for which in ("join", "split"))
    return joined, parted


def disputed(rows: Iterable[Correction]) -> tuple[str, ...]:
    """What people judge differently in rows that are about one record and count: field names, or `verdict`.

    Each person's last word counts. Words that are marked differently are `evidence PART`.
    """
    said_by: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in in_order(rows):
        if row.action in ("accept", "reject"):
            said_by["verdict"][row.who] = row.action
        if row.field == EVIDENCE:
            said_by[f"{EVIDENCE} {row.value['part']}"][row.who] = row.value
        for name, value in _values(row).items():
            said_by[name][row.who] = value
    return tuple(name for name, by in said_by.items() if any(v != next(iter(by.values())) for v in by.values()))
