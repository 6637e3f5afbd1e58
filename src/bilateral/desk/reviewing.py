"""Review: people's decisions on records as rows, what waits for one, and how far reviewers agree.

Each decision is one row in a transaction of its own, so that nothing is lost when a reviewer is interrupted, and
several may work on one store. The ledger is brought up to date after it; with `ledger=False` that is left to a later
`keeping.keep`, which goes through all records of a pair (a large one takes a while). The time is given by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct, structs

from bilateral import concord, query
from bilateral.concord import Concord
from bilateral.corrections import (
    MACHINE,
    About,
    Correction,
    Marked,
    Words,
    about,
    decode,
    disputed,
    encode,
    in_order,
    judged,
    sealed,
)
from bilateral.desk.wishes import code_of, edtf, kinds_in, question
from bilateral.errors import CallError
from bilateral.fields import DATES, EVIDENCE, Field, fields, placed, plain, said
from bilateral.keeping import keep
from bilateral.model import AnyRecord, kind_of
from bilateral.store import Filed, Store
from bilateral.store.coding import escaped

PARTS = (
    "sentence", "trigger", "actor", "recipient", "date", "place", "cue", "content", "speaker", "value", "unit",
    "period", "bound", "change", "quantity", "title", "subject", "visitor", "host", "person", "office",
)  # fmt: skip
_CODES = ("country", "accredited", "parties")
_BEYOND = 2  # words of a record's neighbours that are looked at when a code stands in a list

__all__ = [
    "PARTS", "Concord", "Field", "Filed", "History", "Imported", "accept", "agreement", "choices", "correct",
    "corrections", "exported", "history", "imported", "join", "mark", "queue", "reject", "split", "undo",
]  # fmt: skip


class History(Struct, frozen=True, kw_only=True):
    """What people decided on a record: every row and whether it counts, the machine's record, the fields in dispute."""

    machine: AnyRecord
    filed: tuple[Filed, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def verdict(self) -> str | None:
        """The last verdict that counts: accepted, rejected, or None."""
        return judged(self.machine, _counting(self.filed)).verdict


class Conflict(Struct, frozen=True, kw_only=True):
    """Two people judge one record differently: on which fields, the row that came in, and the ones that were there."""

    record: str
    fields: tuple[str, ...]
    row: Correction
    others: tuple[Correction, ...]


class Imported(Struct, frozen=True, kw_only=True):
    """What a file of corrections brought: rows new and known, new ones that attach to nothing, and conflicts."""

    new: int
    known: int
    unattached: tuple[Correction, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def queue(
    store: Store,
    *,
    kinds: Iterable[str] = (),
    dyad: Iterable[str] = (),
    below: float | None = None,
    disagree: bool = False,
    second: str | None = None,
    limit: int = 1,
) -> list[str]:
    """The ids of the records that wait for a verdict, the least sure first.

    `disagree`: those on which people differ. `second`: those that this person has not judged, for a second coder.
    """
    asked = question(kinds=kinds, dyad=dyad)
    return store.queue(
        kinds=asked.kinds, dyad=asked.dyad, below=below, disagree=disagree, second=second, limit=limit
    )  # fmt: skip


def choices(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of record that can be corrected, with what each takes."""
    names = kinds_in([kind])[0]
    if not names:
        raise CallError(f"expected a kind of record, got {kind!r}")
    return fields(question(kinds=names).kinds[0])


def accept(
    store: Store, record: str, *, who: str, when: str, why: str | None = None, blind: bool = False, ledger: bool = True
) -> Correction:
    """Say that a record is right as it stands; its values are kept whatever the machine may say later.

    `blind`: as the machine and this person's own corrections have it, without those of others.
    """
    machine, target = _target(store, record)
    rows = [row for row in _counting(store.filed(record=machine.id)) if row.who == who or not blind]
    stands = said(judged(machine, rows).record)
    value = None if stands == target.says else stands
    return _put(store, Correction(action="accept", about=target, value=value, who=who, when=when, why=why), ledger)


def reject(
    store: Store, record: str, *, who: str, when: str, why: str | None = None, ledger: bool = True
) -> Correction:  # fmt: skip
    """Say that the words do not hold what a record says; it is left out of every answer from then on."""
    target = _target(store, record)[1]
    return _put(store, Correction(action="reject", about=target, who=who, when=when, why=why), ledger)


def correct(
    store: Store, record: str, field: str, value: str, *, who: str, when: str, why: str | None = None,
    ledger: bool = True,
) -> Correction:  # fmt: skip
    """Give a field of a record another value, from words or JSON; CallError names what the field takes.

    A place inside a field is named with points: `actors.0.country`. States may be named in words, dates written out.
    """
    machine, target = _target(store, record)
    stands = judged(machine, _counting(store.filed(record=machine.id))).record
    name, made = placed(stands, field, _in_codes(field, escaped(value)))
    row = Correction(action="correct", about=target, field=name, value=made, who=who, when=when, why=why)
    return _put(store, row, ledger)


def mark(
    store: Store, record: str, part: str, spans: Sequence[tuple[int, int]], *, who: str, when: str,
    why: str | None = None, ledger: bool = True,
) -> Correction:  # fmt: skip
    """Mark other words for a part of a record's evidence: spans of its report's text, half-open, in code points.

    Without spans the part has no words any more.
    """
    machine, target = _target(store, record)
    parts = dict.fromkeys((*PARTS, *(e.part for e in machine.evidence)))
    if part not in parts:
        raise CallError(f"expected a part ({', '.join(parts)}), got {part!r}")
    if not spans and all(e.part == part for e in machine.evidence):
        raise CallError(f"a record needs words: {part} is all that {kind_of(machine)} {machine.id} has")
    text = store.document(machine.doc).text
    words = []
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise CallError(f"expected a span inside the report, 0 to {len(text)}, got {start} to {end}")
        left = len(text[start:end]) - len(text[start:end].lstrip())
        found = text[start:end].strip()
        if not found:
            raise CallError(f"expected words, found nothing but white space at {start} to {end}")
        words.append(Words(start + left, start + left + len(found), found))
    value = plain(Marked(part, tuple(words)))
    row = Correction(action="correct", about=target, field=EVIDENCE, value=value, who=who, when=when, why=why)
    return _put(store, row, ledger)


def join(
    store: Store, record: str, other: str, *, who: str, when: str, why: str | None = None, ledger: bool = True
) -> Correction:  # fmt: skip
    """Say that two records tell of one thing; the ledger joins them whatever its rules say."""
    one, two = _target(store, record)[1], _target(store, other)[1]
    return _put(store, Correction(action="join", about=one, other=two, who=who, when=when, why=why), ledger)


def split(
    store: Store, record: str, other: str, *, who: str, when: str, why: str | None = None, ledger: bool = True
) -> Correction:  # fmt: skip
    """Say that two records do not tell of one thing; the ledger keeps them apart whatever its rules say."""
    one, two = _target(store, record)[1], _target(store, other)[1]
    return _put(store, Correction(action="split", about=one, other=two, who=who, when=when, why=why), ledger)


def undo(
    store: Store, correction: str, *, who: str, when: str, why: str | None = None, ledger: bool = True
) -> Correction:  # fmt: skip
    """Take a correction back, by its id or the beginning of it; an undo can be undone too."""
    row = store.correction(correction)
    made = Correction(
        action="undo", about=row.about, other=row.other, undoes=row.id, who=who, when=when, why=why
    )  # fmt: skip
    return _put(store, made, ledger)


def corrections(
    store: Store, *, who: str | None = None, report: str | None = None, record: str | None = None,
    unattached: bool = False,
) -> list[Filed]:  # fmt: skip
    """The corrections by time; of a person, a report or a record, or those that attach to nothing in the store.

    A report that is not in the store is named by its id.
    """
    doc = None
    if report is not None:
        known = store.filed(doc=report)
        doc = report if known else query.report(store, report).id
    key = query.record(store, record)[0].id if record is not None else None
    return store.filed(who=who, doc=doc, record=key, unattached=unattached)


def history(store: Store, record: str) -> History:
    """What people decided on a record, by its id."""
    filed = store.filed(record=record)
    return History(machine=store.machine(record)[0], filed=tuple(filed), disputed=disputed(_counting(filed)))


def exported(store: Store) -> Iterator[bytes]:
    """Yield all corrections as lines of JSON, by time and id: the same rows give the same bytes."""
    for row in in_order(filed.correction for filed in store.filed()):
        yield encode(row) + b"\n"


def imported(store: Store, lines: Iterable[bytes | str]) -> Imported:
    """Take in corrections from lines of JSON, all or none; rows that are there already change nothing.

    CallError with the line where one is no correction. A conflict is no error: the later row wins, and both are kept.
    """
    rows = [_line(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    new = set(store.judge(rows))
    keep(store)
    fresh = {f.correction.id: f for f in store.filed() if f.correction.id in new} if new else {}
    lost = tuple(f.correction for f in fresh.values() if not f.is_attached)
    once = len({row.id for row in rows})
    return Imported(new=len(new), known=once - len(new), unattached=lost, conflicts=tuple(_conflicts(store, fresh)))


def _line(number: int, line: bytes | str) -> Correction:
    try:
        return decode(line)
    except CallError as error:
        raise CallError(f"line {number}: {error}") from error


def _conflicts(store: Store, fresh: dict[str, Filed]) -> Iterator[Conflict]:
    """Yield what rows that came in say differently from those of other people, row by row."""
    beside: dict[str, list[Filed]] = {}
    for filed in fresh.values():
        if filed.record is None or not filed.counts or filed.correction.action == "undo":
            continue
        row = filed.correction
        if filed.record not in beside:
            beside[filed.record] = store.filed(record=filed.record)
        others = [
            f.correction for f in beside[filed.record]
            if f.counts and f.correction.id not in fresh and f.correction.who != row.who and _meets(f, filed)
        ]  # fmt: skip
        names = _differing(row, others)
        if names:
            yield Conflict(record=filed.record, fields=names, row=row, others=tuple(others))


def _meets(one: Filed, two: Filed) -> bool:
    """Whether two rows are about the same: the same record, or the same two."""
    return {one.record, one.other} == {two.record, two.other}


def _differing(row: Correction, others: list[Correction]) -> tuple[str, ...]:
    if row.action in ("join", "split"):
        against = any(o.action in ("join", "split") and o.action != row.action for o in others)
        return ("join or split",) if against else ()
    names = {name for other in others for name in disputed([row, other])}
    return tuple(sorted(names))


def agreement(store: Store, *, who: Iterable[str] = (), field: str | None = None) -> list[Concord]:
    """How far reviewers agree per field: all together, or the ones named, then each of them with the machine.

    `machine` may stand among the names. CallError for a name that no correction bears.
    """
    filed = store.filed()
    where = {(f.correction.id, 0): f.record for f in filed if f.record is not None}
    found = concord.ratings((f.correction for f in filed), where)
    people = concord.coders_of(found)
    chosen = tuple(dict.fromkeys(who)) or people
    for name in chosen:
        if name not in (*people, MACHINE):
            raise CallError(f"no correction is by {name!r}: expected {', '.join((*people, MACHINE))}")
    groups = [chosen] if len(chosen) > 1 else []
    groups += [(name, MACHINE) for name in chosen if {name, MACHINE} not in map(set, groups)]
    pairs = [group for group in groups if len(set(group)) > 1]
    return [made for group in pairs for made in concord.concord(found, group, field)]


def _target(store: Store, record: str) -> tuple[AnyRecord, About]:
    """A record as the machine made it, by its id or the beginning of it, and where it stands."""
    machine, others = store.machine(query.record(store, record)[0].id)
    return machine, about(machine, others)


def _put(store: Store, row: Correction, ledger: bool) -> Correction:
    clean = {name: escaped(words) for name in ("who", "why") if (words := getattr(row, name)) is not None}
    made = sealed(structs.replace(row, **clean))
    store.judge([made])
    if ledger:
        keep(store)
    return made


def _counting(filed: Iterable[Filed]) -> list[Correction]:
    return in_order(f.correction for f in filed if f.counts)


def _in_codes(path: str, words: str) -> str:
    """What a person typed, with names of states as codes and dates in EDTF where a place holds such."""
    steps: list[Any] = path.split(".")
    if words == "null" or words[:1] in ('"', "[", "{"):
        return words
    if any(step in _CODES for step in steps[-_BEYOND:]):
        return ",".join(code_of(name.strip()) for name in words.split(","))
    if steps[-1] in DATES:
        return words if words.startswith("XXXX") else edtf(steps[-1], words) or words
    return words
