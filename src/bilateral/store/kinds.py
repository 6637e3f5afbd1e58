"""What the store keeps of each kind of record beside its JSON: the columns that can be searched.

Pure functions from a record to values; no database. A new kind of record is one entry of KINDS, one table of `schema`
and one migration.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Table

from bilateral import model
from bilateral.interval import interval
from bilateral.model import Actor, AnyRecord, Record
from bilateral.store import schema

Sides = Iterable[tuple[str, str | None]]
_INTEGER_MAX = 2**63 - 1
_WORD = re.compile(r"[^\W_]+")


class Kind(NamedTuple):
    """One kind of record: its table, the field that `Question.types` asks for, its date, columns and parties."""

    name: str
    table: Table
    type: Callable[[Any], str | None]
    date: Callable[[Any], str | None]
    columns: Callable[[Any], dict[str, object]]
    parties: Callable[[Any], Sides]


def fold(words: str | None) -> str:
    """Words as they are compared: without case, accents and punctuation, one space between them."""
    plain = unicodedata.normalize("NFKD", words or "").casefold()
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def when(record: Record) -> tuple[str | None, str | None, str | None]:
    """The date of the thing as written (EDTF), and its first and last day; None for what is not known."""
    written = kind(record).date(record)
    if isinstance(record, model.Visit):
        spans = [days for date in (record.start, record.end) if (days := interval(date))]
        if not spans or spans[0][0] > spans[-1][1]:
            return written, None, None
        return written, spans[0][0], spans[-1][1]
    days = interval(written)
    return (written, *days) if days else (written, None, None)


def sides(record: Record) -> list[tuple[str, str]]:
    """The states and organisations that a record involves, each with the side it is on; sorted, each once."""
    return sorted({(code, side) for side, code in kind(record).parties(record) if code})


def pairs(records: Iterable[Record]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each record's id with each pair of codes that it belongs to, for the records of one document.

    A record belongs to every pair of its own parties. A statement or a role has often one party only, the speaker's
    or the officer's country: it belongs to the pairs of that with every other code of the document.
    """
    own = {record.id: {code for code, _ in sides(record)} for record in records}
    everybody = set().union(*own.values())
    for record in records:
        codes = own[record.id]
        found = set(combinations(sorted(codes), 2))
        if isinstance(record, model.Statement | model.Role):
            found |= {(min(a, b), max(a, b)) for a in codes for b in everybody - codes}
        for pair in sorted(found):
            yield record.id, pair


def words(record: Record) -> str:
    """The words by which a record is found: its sentences, and a content or title that does not stand in them."""
    sentences = dict.fromkeys(e.text for e in record.evidence if e.part == "sentence")
    said = " ".join(sentences or dict.fromkeys(e.text for e in record.evidence))
    more = [getattr(record, name, None) for name in ("content", "title")]
    return "\n".join([said, *(text for text in more if text and text not in said)])


def position(record: Record) -> int:
    """Where in its document a record stands: the first of its words, whole sentences aside."""
    return min((e.start for e in record.evidence if e.part != "sentence"), default=record.evidence[0].start)


def common(record: Record) -> dict[str, object]:
    """The columns that all kinds share, but for the keys of rows."""
    claim = record.claimed_by
    speaker = claim.speaker or Actor()
    voices = [speaker, record.speaker] if isinstance(record, model.Statement) else [speaker]
    date, start, end = when(record)
    return {
        "id": record.id,
        "kind": kind(record).name,
        "by": record.by,
        "score": record.score,
        "status": record.status,
        "type": kind(record).type(record),
        "date": date,
        "date_start": start,
        "date_end": end,
        "position": position(record),
        "outlet": claim.outlet,
        "statement": claim.statements[-1] if claim.statements else None,
        "speaker": speaker.name,
        "speaker_country": speaker.country,
        "outlet_key": f"{fold(claim.outlet)} " if claim.outlet else None,
        "speaker_key": _speaker_key(voices),
    }


def _speaker_key(voices: list[Actor]) -> str | None:
    """Names and countries of speakers, folded, with a bar between them; a role where there is no name."""
    said = dict.fromkeys(fold(words) for v in voices for words in (v.name or v.role, v.country) if words)
    return f"| {' | '.join(said)} |" if said else None


def kind(record: Record) -> Kind:
    """The entry of KINDS for a record."""
    return _BY_CLASS[type(record)]


def table_row(record: AnyRecord) -> dict[str, object]:
    """The columns of a record's own table, but for the key of the row."""
    return kind(record).columns(record)


def _event(e: model.Event) -> dict[str, object]:
    return {
        "ontology": e.ontology, "code": e.code, "mode": e.mode, "cameo": e.cameo, "contexts": _list(e.contexts),
        "place": e.place, "background": int(e.background),
    }  # fmt: skip


def _statement(s: model.Statement) -> dict[str, object]:
    return {
        "speaker": s.speaker.name, "speaker_country": s.speaker.country, "role": s.role or s.speaker.role,
        "mode": s.mode, "cue": s.cue, "addressee": s.addressee.country if s.addressee else None,
    }  # fmt: skip


def _measure(m: model.Measure) -> dict[str, object]:
    return {
        "quantity": m.quantity, "value": None if m.value is None else float(m.value), "digits": m.digits,
        "unit": m.unit, "bound": m.bound, "period": m.period, "measure_kind": m.measure_kind,
        "direction": m.direction,
    }  # fmt: skip


def _agreement(a: model.Agreement) -> dict[str, object]:
    return {
        "type": a.type, "agreement_level": a.agreement_level, "stage": a.stage, "title": a.title,
        "subjects": _list(a.subjects), "place": a.place,
        "count": None if a.count is None else min(a.count, _INTEGER_MAX), "aggregate": int(a.aggregate),
    }  # fmt: skip


def _visit(v: model.Visit) -> dict[str, object]:
    return {
        "visit_kind": v.visit_kind, "place": v.place, "start": v.start, "end": v.end,
        "multilateral": int(v.multilateral), "topics": _list(v.topics),
    }  # fmt: skip


def _role(r: model.Role) -> dict[str, object]:
    return {
        "person": r.person, "office": r.office, "country": r.country, "organisation": r.organisation,
        "accredited": r.accredited, "level": r.level, "standing": r.standing, "as_of": r.as_of,
    }  # fmt: skip


def _list(values: tuple[str, ...]) -> str | None:
    return " ".join(values) or None


def _actors(side: str, actors: Iterable[Actor | None]) -> Sides:
    return [(side, actor.country) for actor in actors if actor]


def _measured(m: model.Measure) -> Sides:
    ends = m.direction.split(">") if m.direction else []
    return [("party", code) for code in (*m.parties, *ends)]


def _period(v: model.Visit) -> str | None:
    return f"{v.start}/{v.end}" if v.start and v.end and v.start != v.end else v.start or v.end


KINDS: tuple[Kind, ...] = (
    Kind("event", schema.events, lambda e: e.code, lambda e: e.date, _event,
         lambda e: [*_actors("actor", e.actors), *_actors("recipient", e.recipients)]),
    Kind("statement", schema.statements, lambda s: s.mode, lambda s: s.date, _statement,
         lambda s: [*_actors("speaker", [s.speaker]), *_actors("addressee", [s.addressee])]),
    Kind("measure", schema.measures, lambda m: m.quantity, lambda m: m.period, _measure, _measured),
    Kind("agreement", schema.agreements, lambda a: a.type, lambda a: a.date, _agreement,
         lambda a: [*(("party", code) for code in a.parties), *_actors("signatory", a.signatories)]),
    Kind("visit", schema.visits, lambda v: v.visit_kind, _period, _visit,
         lambda v: [*_actors("visitor", v.visitors), *_actors("host", v.hosts)]),
    Kind("role", schema.roles, lambda r: r.level, lambda r: r.as_of, _role,
         lambda r: [("country", r.country), ("accredited", r.accredited)]),
)  # fmt: skip
_BY_CLASS: dict[type[Record], Kind] = {cls: k for cls in model.KINDS for k in KINDS if k.name == model.kind_of(cls)}
