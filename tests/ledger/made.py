"""Reports and records made by hand for the tests of the ledger: no parser, no rules. People are invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bilateral.entries import Source
from bilateral.ledger import Told
from bilateral.model import (
    Actor,
    Agreement,
    AnyRecord,
    Batch,
    Claim,
    Event,
    Measure,
    Visit,
    evidence,
    identified,
)
from bilateral.text import Dated, Document, Paragraph, Parse, document_id

A, B = "NOR", "GHA"
GUEST = Actor(country=A, name="Ingvild Raknes", role="foreign minister", level="FM")
HOST = Actor(country=B, name="Kwame Asante", role="foreign minister", level="FM")


def document(lines: list[str], day: str | None, publisher: str = "Kalivia Wire") -> Document:
    """A report of these lines, published that day by that outlet."""
    text = "\n".join(lines)
    paragraphs, at = [], 0
    for line in lines:
        paragraphs.append(Paragraph(at, at + len(line), "body" if at else "title"))
        at += len(line) + 1
    return Document(
        id=document_id(text, publisher), uri=f"{publisher}-{document_id(text, publisher)}.txt", text=text,
        title=lines[0], paragraphs=tuple(paragraphs), publisher=publisher, published=day, published_by="given",
    )  # fmt: skip


def _common(doc: Document, line: str, trigger: str) -> dict[str, Any]:
    start = doc.text.index(line)
    at = doc.text.index(trigger, start)
    words = (evidence(doc, "sentence", start, start + len(line)), evidence(doc, "trigger", at, at + len(trigger)))
    return {"by": "hand/1", "score": 0.9, "evidence": words, "claimed_by": Claim(outlet=doc.publisher)}


def visit(doc: Document, line: str, trigger: str, **more: Any) -> Visit:
    """A visit of the Norwegian minister to Ghana, told by that word of that line."""
    fields: dict[str, Any] = {"visit_kind": "official_visit", "visitors": (GUEST,), "hosts": (Actor(country=B),)}
    return identified(Visit(**_common(doc, line, trigger), **{**fields, **more}))


def meeting(doc: Document, line: str, trigger: str, **more: Any) -> Visit:
    """A meeting of the two ministers."""
    return visit(doc, line, trigger, **{"visit_kind": "meeting", "hosts": (HOST,), **more})


def agreement(doc: Document, line: str, trigger: str, **more: Any) -> Agreement:
    """An agreement of the two states on fisheries, signed."""
    fields: dict[str, Any] = {"type": "agreement", "parties": (A, B), "stage": "signed", "subjects": ("fisheries",)}
    return identified(Agreement(**_common(doc, line, trigger), **{**fields, **more}))


def event(doc: Document, line: str, trigger: str, **more: Any) -> Event:
    """An event between the two states, the first acting."""
    fields: dict[str, Any] = {"code": "ACCUSE", "actors": (Actor(country=A),), "recipients": (Actor(country=B),)}
    return identified(Event(**_common(doc, line, trigger), **{**fields, **more}))


def measure(doc: Document, line: str, trigger: str, value: int, **more: Any) -> Measure:
    """A figure on the two states: their trade, in dollars, of 2019."""
    fields: dict[str, Any] = {"quantity": "trade_turnover", "unit": "USD", "period": "2019", "parties": (A, B)}
    return identified(Measure(**_common(doc, line, trigger), value=Decimal(value), **{**fields, **more}))


def told(doc: Document, *records: AnyRecord, story: str | None = None) -> list[Told]:
    """Records as the ledger gets them, with their report."""
    source = Source(id=doc.id, publisher=doc.publisher, day=doc.published, story=story or doc.id)
    return [Told(record=r, source=source) for r in records]


def parse(doc: Document) -> Parse:
    """A parse without any token: the store wants one for each report."""
    return Parse(
        parser="by hand", gate="off", parsed=((0, len(doc.text)),), start=(), end=(), head=(), lemma=(), pos=(), tag=(),
        dep=(), ent=(), sents=(),
    )  # fmt: skip


def batch(reports: list[tuple[Document, tuple[AnyRecord, ...]]]) -> Batch:
    """Reports with their records as the store takes them."""
    docs = tuple(doc for doc, _ in reports)
    return Batch(
        documents=docs, parses=tuple(map(parse, docs)),
        dates=tuple(Dated(value=d.published, how="given", stated=d.published) for d in docs),
        records=tuple(r for _, some in reports for r in some),
    )  # fmt: skip
