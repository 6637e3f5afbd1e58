"""The record side of the types: evidence, actors, the records, problems, batches, answers.

A record is frozen, holds at least one piece of evidence, and has an id that is a hash of what it says (its KEY fields)
and where it says it (its spans), so that coding the same text twice stores it once. `claimed_by`, `links`, `score`,
`by` and `reasons` are not in the id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeVar

import msgspec
from msgspec import Struct, structs

from bilateral.text import Dated, Document, Mention, Parse, Resolved, Voice

Status = Literal[
    "happened", "ongoing", "planned", "proposed", "denied", "hypothetical", "cancelled", "postponed", "mentioned"
]
Bound = Literal["over", "at_least", "about", "nearly", "up_to", "under"]
MeasureKind = Literal["actual", "baseline", "forecast", "target", "commitment"]
Level = Literal["HOS", "HOG", "DPM", "FM", "MIN", "DFM", "NSA", "AMB", "DIP", "MIL", "OFF", "SPOX", "ORG", "CIV"]
Standing = Literal["current", "former", "acting", "elect"]
Stage = Literal[
    "proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "provisionally_applied", "in_force",
    "amended", "extended", "suspended", "ended", "mentioned",
]  # fmt: skip


class Evidence(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Exact words of a document: `document.text[start:end] == text`. `part` says what they carry.

    Parts: sentence, trigger, actor, recipient, date, place, cue, content, speaker, value, unit, period, bound,
    change, quantity, title, subject, visitor, host, person, office.
    """

    part: str
    doc: str
    start: int
    end: int
    text: str


class Actor(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """Who acts: a state (ISO 3166 alpha-3) or IGO:NAME, PLOVER sectors (primary first), name, role as worded, level."""

    country: str | None = None
    sectors: tuple[str, ...] = ()
    name: str | None = None
    role: str | None = None
    level: Level | None = None


class Claim(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """Who claims a record: the outlet in its own voice, or a chain of statements, outermost first.

    `outlet` is the publisher where known. With `statements`, `speaker` is the speaker of the innermost one.
    """

    outlet: str | None = None
    statements: tuple[str, ...] = ()
    speaker: Actor | None = None


class Reason(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """How one field came about: the rule or model, in words, with its score in 0..1."""

    field: str
    rule: str
    score: float = 1.0


class Link(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A tie to another record: what the tie is (same_words, counts, announces …) and the other's id."""

    kind: str
    record: str


class Change(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """A change of a quantity: by how much (value, unit), which way (up, down), bound, and against what (EDTF)."""

    value: Decimal | None = None
    unit: str | None = None
    direction: Literal["up", "down"] | None = None
    bound: Bound | None = None
    base: str | None = None
    digits: str | None = None


class Derived(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """A value that follows by arithmetic from a claim; `formula` shows the working with its operands."""

    value: Decimal
    unit: str | None
    formula: str
    period: str | None = None
    bound: Bound | None = None


class Record(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """What all records share. `by` is extractor/version; `score` in 0..1; `evidence` has at least one piece."""

    KEY: ClassVar[tuple[str, ...]] = ("status",)

    id: str = ""
    by: str
    score: float
    evidence: tuple[Evidence, ...]
    claimed_by: Claim = Claim()
    status: Status = "happened"
    links: tuple[Link, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def doc(self) -> str:
        """The id of the document that the record rests on."""
        return self.evidence[0].doc

    def span(self, *parts: str) -> Evidence | None:
        """The first evidence with one of these parts, in the order asked; None where there is none."""
        return next((e for part in parts for e in self.evidence if e.part == part), None)


class Event(Record, tag="event", frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who did what with whom. A meeting without a host has all participants as actors and no recipient.

    `code` and `mode` are of `ontology` (PLOVER); `cameo` is the most specific CAMEO code that the words support.
    `background`: recalled, not the news of the report.
    """

    KEY: ClassVar[tuple[str, ...]] = ("status", "ontology", "code", "mode", "actors", "recipients", "date")

    ontology: str = "PLOVER"
    code: str
    actors: tuple[Actor, ...]
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    recipients: tuple[Actor, ...] = ()
    date: str | None = None
    place: str | None = None
    background: bool = False


class Statement(Record, tag="statement", frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who said what. `content` is the words (pieces of a split quotation joined by one space).

    `speaker` has no country and no name where unresolved; the words themselves are in the evidence.
    """

    KEY: ClassVar[tuple[str, ...]] = ("status", "mode", "content", "speaker")

    speaker: Actor
    content: str
    mode: Literal["direct", "indirect", "mixed"]
    cue: str | None = None
    role: str | None = None
    addressee: Actor | None = None
    date: str | None = None


class Measure(Record, tag="measure", frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that a sentence claims. `value` is in `unit` as written out (no conversion of currency).

    `digits` is the number as written. `parties` are the states concerned; `direction` "A>B" where it flows one way.
    `period` is EDTF. `unit` is ISO 4217, "persons", "percent", "places", "documents" or a lower-case noun.
    """

    KEY: ClassVar[tuple[str, ...]] = ("quantity", "value", "unit", "period", "bound", "change", "measure_kind")

    quantity: str
    value: Decimal | None = None
    digits: str | None = None
    unit: str | None = None
    bound: Bound | None = None
    period: str | None = None
    change: Change | None = None
    measure_kind: MeasureKind = "actual"
    parties: tuple[str, ...] = ()
    direction: str | None = None
    derived: tuple[Derived, ...] = ()


class Agreement(Record, tag="agreement", frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agreement and the step of its life that is spoken of; `status` says whether the step is reached.

    `count` is 1, or the number that an aggregate names; `aggregate` marks a list that is not to be added up.
    """

    KEY: ClassVar[tuple[str, ...]] = ("status", "type", "parties", "stage", "title", "subjects", "date", "count")

    type: str
    parties: tuple[str, ...]
    stage: Stage
    agreement_level: Literal["state", "ministry", "party", "corporate", "university"] = "state"
    title: str | None = None
    subjects: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None
    count: int | None = 1
    aggregate: bool = False
    signatories: tuple[Actor, ...] = ()


class Visit(Record, tag="visit", frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A visit, meeting, call or summons: who came to or met whom, where, from when to when.

    `visit_kind`: state_visit, official_visit, working_visit, visit, meeting, sideline_meeting, courtesy_call,
    joint_commission, consultations, phone_call, summons, multilateral, summit.
    """

    KEY: ClassVar[tuple[str, ...]] = ("status", "visit_kind", "visitors", "hosts", "place", "start", "end")

    visit_kind: str
    visitors: tuple[Actor, ...]
    hosts: tuple[Actor, ...] = ()
    place: str | None = None
    start: str | None = None
    end: str | None = None
    multilateral: bool = False
    topics: tuple[str, ...] = ()


class Role(Record, tag="role", frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's office as of a date: the words, whose officer, of which body, at which level, sent to whom."""

    KEY: ClassVar[tuple[str, ...]] = ("person", "office", "country", "organisation", "standing")

    person: str
    office: str
    country: str | None = None
    organisation: str | None = None
    accredited: str | None = None
    level: Level | None = None
    standing: Standing = "current"
    as_of: str | None = None


AnyRecord = Event | Statement | Measure | Agreement | Visit | Role
KINDS: tuple[type[Record], ...] = (Event, Statement, Measure, Agreement, Visit, Role)
R = TypeVar("R", bound=Record)


def kind_of(record: Record | type[Record]) -> str:
    """The kind's name as stored: event, statement, measure, agreement, visit, role."""
    return str(record.__struct_config__.tag)


def identified(record: R) -> R:
    """The record with its id: 16 hex digits over its kind, KEY fields and evidence spans."""
    says = [getattr(record, name) for name in type(record).KEY]
    spans = sorted((e.doc, e.part, e.start, e.end) for e in record.evidence)
    key = msgspec.json.encode([kind_of(record), says, spans], order="deterministic")
    return structs.replace(record, id=hashlib.blake2b(key, digest_size=8).hexdigest())


def evidence(document: Document, part: str, start: int, end: int) -> Evidence:
    """The words start..end of a document as evidence, without outer white space."""
    words = document.text[start:end]
    left = len(words) - len(words.lstrip())
    words = words.strip()
    return Evidence(part, document.id, start + left, start + left + len(words), words)


def actor_of(mention: Mention | Voice, doc: Resolved) -> tuple[Actor, ...]:
    """The actors that a mention or voice stands for, one a code; one without country where it is unresolved.

    A known person's role is the office that the document names, not the word of the moment ("the diplomat").
    """
    person = doc.person(mention.person)
    office = person.office if person else None
    name = person.name if person else mention.name
    role = office.words if office else mention.role
    level: Any = (office.level if office else None) or mention.level
    sectors = mention.sectors or (office.sectors if office else ())
    codes = mention.codes or ((person.country,) if person and person.country else (None,))
    return tuple(Actor(country=c, sectors=sectors, name=name, role=role, level=level) for c in codes)


class Problem(Struct, frozen=True, kw_only=True):
    """One thing that could not be read or coded: where (uri, document), in which stage, why, on which span."""

    uri: str
    stage: str
    message: str
    doc: str | None = None
    start: int | None = None
    end: int | None = None


class Batch(Struct, frozen=True, kw_only=True):
    """The unit of a transaction and of a worker: documents, their parses and dates (same order), records, problems."""

    documents: tuple[Document, ...] = ()
    parses: tuple[Parse, ...] = ()
    dates: tuple[Dated, ...] = ()
    records: tuple[AnyRecord, ...] = ()
    problems: tuple[Problem, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """A stored document as lists show it, without its text."""

    id: str
    uri: str
    title: str | None
    publisher: str | None
    published: Dated
    place: str | None
    lang: str
    author: str | None
    characters: int
    parsed: int
    records: int
    superseded_by: str | None = None


class Question(Struct, frozen=True, kw_only=True):
    """What is asked of a store. `dyad` holds one or two codes; dates are EDTF; None means no limit.

    What a person rejected is left out unless `rejected` asks for it too.
    """

    kinds: tuple[str, ...] = ()
    dyad: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    claimed_by: str | None = None
    report: str | None = None
    limit: int | None = None
    rejected: bool = False


class Answer(Struct, frozen=True, kw_only=True):
    """Rows that answer a question, in order, with the reports they rest on.

    `undated` are rows that fit but for having no date, when dates were asked for. `total` counts before the limit.
    """

    question: Question
    records: tuple[AnyRecord, ...] = ()
    undated: tuple[AnyRecord, ...] = ()
    reports: tuple[Report, ...] = ()
    total: int = 0

    def report(self, record: Record) -> Report:
        """The report that a record rests on; KeyError if the answer does not carry it."""
        return {r.id: r for r in self.reports}[record.doc]

    def __iter__(self) -> Iterator[AnyRecord]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


def encode(record: Record) -> bytes:
    """A record as one line of JSON with a fixed order of keys."""
    return msgspec.json.encode(record)


_decoder: msgspec.json.Decoder[AnyRecord] = msgspec.json.Decoder(AnyRecord)


def decode(data: bytes | str) -> AnyRecord:
    """The record in a line of JSON; msgspec.ValidationError names the field that is wrong."""
    return _decoder.decode(data)
