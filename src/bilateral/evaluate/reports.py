"""The task `reports`: everything that a bilateral report says, as the evaluation's labels word it.

Input {"id", "date", "text"}; prediction {"id", "agreements", "visits", "measures", "speakers", "events"}, where each
quote is an exact substring of the text of at most 60 words. The map of statuses stands in docs/evaluation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from bilateral.errors import CallError
from bilateral.model import Actor, Agreement, AnyRecord, Event, Measure, Problem, Record, Statement, Visit
from bilateral.pipeline import anchor, batch
from bilateral.read import documents
from bilateral.text import Document, Given, Raw

LONGEST = 60
# Types that the labels fold into a broader one.
_TYPES = {"convention": "treaty", "loi": "mou", "action_plan": "programme", "arrangement": "agreement"}
_WORD = re.compile(r"\w+")
_TENSES = {"happened": "past", "ongoing": "ongoing", "planned": "planned", "proposed": "planned"}
_STAGES = {
    "ratified": "pending_entry_into_force", "negotiating": "negotiating", "in_force": "in_force", "ended": "ended",
    "proposed": "proposed", "agreed": "agreed", "initialled": "agreed", "signed": "signed",
    "provisionally_applied": "in_force", "amended": "in_force", "extended": "in_force", "suspended": "suspended",
    "mentioned": "mentioned",
}  # fmt: skip


def reports(item: dict[str, Any]) -> dict[str, Any]:
    """The prediction for one report; CallError says what is missing in the input."""
    if not isinstance(item.get("id"), str) or not isinstance(item.get("text"), str):
        raise CallError(f"reports: expected an object with id, date and text, got keys {sorted(item)}")
    given = Given(published=item.get("date"))
    raw = Raw(uri=item["id"], media_type="text/plain", data=item["text"].encode("utf-8"), given=given)
    found = list(documents(raw))
    done = batch((d for d in found if isinstance(d, Document)), (p for p in found if isinstance(p, Problem)))
    said = {d.id: d for d in done.documents}
    return {"id": item["id"], **_lists(done.records, said)}


def _lists(records: Iterable[AnyRecord], documents: dict[str, Document]) -> dict[str, list[dict[str, Any]]]:
    """The records by kind; a speaker once, in the statement that names him best (the highest score)."""
    kinds = ("agreements", "visits", "measures", "speakers", "events")
    out: dict[str, list[dict[str, Any]]] = {kind: [] for kind in kinds}
    speakers: dict[tuple[Any, ...], tuple[float, dict[str, Any]]] = {}
    for record in records:
        words = quote(record, documents[record.doc])
        match record:
            case Agreement() if _is_told(record):
                out["agreements"].append(_agreement(record) | {"quote": words})
            case Visit() if record.status in _TENSES:
                out["visits"].append(_visit(record) | {"quote": words})
            case Measure():
                out["measures"].append(_measure(record) | {"quote": words})
            case Statement() if record.speaker != Actor():
                s = record.speaker
                key = (s.name or s.role, s.country)
                if key not in speakers or speakers[key][0] < record.score:
                    speakers[key] = (record.score, _speaker(record) | {"quote": words})
            case Event():
                out["events"].append(_event(record) | {"quote": words})
            case _:
                pass
    out["speakers"] = [row for _, row in speakers.values()]
    return out


def quote(record: Record, document: Document) -> str:
    """The sentence that a record rests on, cut to 60 words around its anchor where it is longer."""
    at = anchor(record)
    sentence = record.span("sentence") or at
    words = list(_WORD.finditer(document.text, sentence.start, sentence.end))
    if len(words) <= LONGEST:
        return sentence.text
    middle = sum(w.end() <= at.start for w in words)
    first = max(0, min(middle - LONGEST // 2, len(words) - LONGEST))
    return document.text[words[first].start() : words[first + LONGEST - 1].end()]


def _actor(actors: tuple[Actor, ...]) -> dict[str, Any] | None:
    if not actors:
        return None
    a = actors[0]
    return {"country": a.country, "name": a.name, "role": a.role, "level": a.level}


def _is_told(record: Agreement) -> bool:
    """Whether a label would have this agreement: its newest step, and none that is denied or called off."""
    older = any(link.kind == "stage_of" for link in record.links)
    return not older and record.status not in ("denied", "cancelled", "postponed")


def _agreement(record: Agreement) -> dict[str, Any]:
    status = _STAGES[record.stage]
    if record.status in ("planned", "proposed", "hypothetical"):
        ahead = {"ended": "termination_proposed" if record.status == "proposed" else "expiring"}
        status = ahead.get(record.stage, "proposed" if record.status != "planned" else "planned")
    if record.status == "planned" and record.stage == "in_force":
        status = "pending_entry_into_force"
    if record.status == "ongoing" and record.stage in ("proposed", "negotiating", "agreed"):
        status = "negotiating"
    if record.status == "mentioned":
        status = "mentioned"
    return {
        "type": _TYPES.get(record.type, record.type), "parties": list(record.parties),
        "subject": list(record.subjects), "status": status, "title": record.title, "date": record.date,
        "count": record.count,
    }  # fmt: skip


def _visit(record: Visit) -> dict[str, Any]:
    return {
        "kind": record.visit_kind, "visitor": _actor(record.visitors), "host": _actor(record.hosts),
        "place": record.place, "date": _span(record), "tense": _TENSES[record.status],
    }  # fmt: skip


def _span(record: Visit) -> str | None:
    """A visit's day, or its first and last."""
    return record.start if record.end in (None, record.start) else f"{record.start or '..'}/{record.end}"


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _measure(record: Measure) -> dict[str, Any]:
    change = record.change and {
        "value": _number(record.change.value), "unit": record.change.unit, "base": record.change.base,
    }  # fmt: skip
    return {
        "measure": record.quantity, "value": _number(record.value), "unit": record.unit, "period": record.period,
        "bound": record.bound, "kind": record.measure_kind, "direction": record.direction, "change": change,
    }  # fmt: skip


def _speaker(record: Statement) -> dict[str, Any]:
    s = record.speaker
    return {"name": s.name, "role": s.role or record.role, "country": s.country, "level": s.level}


def _event(record: Event) -> dict[str, Any]:
    aux = "historical" if record.background or record.status == "mentioned" else None
    if record.status in ("planned", "proposed"):
        aux = None if record.code == "AGREE" and record.status == "planned" else "future"
    if record.status in ("denied", "hypothetical"):
        aux = "negated" if record.status == "denied" else "hypothetical"
    return {
        "source": _codes(record.actors), "target": _codes(record.recipients), "type": record.code,
        "mode": record.mode, "aux": aux, "date": record.date,
    }  # fmt: skip


def _codes(actors: tuple[Actor, ...]) -> list[str]:
    return list(dict.fromkeys(_code(a) for a in actors if a.country))


def _code(actor: Actor) -> str:
    """The country, with the sector where the actor is no part of the state ("PHL:CVL")."""
    private = ("CVL", "BUS", "REB", "EDU", "JRN", "CRM", "PRM", "NGO")
    sector = actor.sectors[0] if actor.sectors and actor.sectors[0] in private else None
    return f"{actor.country}:{sector}" if sector and not (actor.country or "").startswith("IGO") else str(actor.country)
