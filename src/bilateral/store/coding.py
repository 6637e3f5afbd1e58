"""A batch sorted out before anything is written: one `Coding` a report, and a Problem for what cannot be kept.

Evidence or nothing: a record whose words do not stand where it says is refused here, so that none is ever stored.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable

import msgspec
from msgspec import Struct, structs

from bilateral.interval import interval
from bilateral.model import AnyRecord, Batch, Problem, encode
from bilateral.store.kinds import kind
from bilateral.text import Dated, Dateline, Document, Paragraph, Parse

STAGE = "store"


class Coding(Struct, frozen=True, kw_only=True):
    """All that was made of one report."""

    document: Document
    parse: Parse
    dated: Dated
    records: tuple[AnyRecord, ...]
    problems: tuple[Problem, ...] = ()


class Anatomy(Struct, frozen=True, omit_defaults=True):
    """The parts of a document that are kept as JSON."""

    paragraphs: tuple[Paragraph, ...] = ()
    dateline: Dateline | None = None


class Dating(Struct, frozen=True, omit_defaults=True):
    """The parts of a report's date that are kept as JSON."""

    candidates: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def codings(batch: Batch) -> tuple[list[Coding], list[Problem]]:
    """The reports of a batch, each once (its last copy), and the problems that belong to none of them."""
    if not len(batch.documents) == len(batch.parses) == len(batch.dates):
        counts = f"{len(batch.documents)} documents, {len(batch.parses)} parses, {len(batch.dates)} dates"
        raise ValueError(f"expected a parse and a date for each document of a batch, got {counts}")
    records: dict[str, list[AnyRecord]] = defaultdict(list)
    for record in batch.records:
        records[record.doc if record.evidence else ""].append(record)
    problems = [clean(p) for p in batch.problems]
    made: dict[str, Coding] = {}
    for document, parse, dated in zip(batch.documents, batch.parses, batch.dates, strict=True):
        made.pop(document.id, None)
        if not _is_text(document.text):
            problems.append(_problem(document, "its text holds half of a character (a lone surrogate); it is not kept"))
            continue
        document = _clean_document(document)
        kept, refused = fitting(document, records.get(document.id, ()))
        made[document.id] = Coding(
            document=document, parse=parse, dated=dated, records=kept, problems=tuple(refused)
        )  # fmt: skip
    problems += _homeless(records, {d.id for d in batch.documents})
    return _with_problems(made, problems)


def fitting(document: Document, records: Iterable[AnyRecord]) -> tuple[tuple[AnyRecord, ...], list[Problem]]:
    """The records whose evidence stands in the document, each id once, and a problem for each of the others."""
    kept: dict[str, AnyRecord] = {}
    problems = []
    for record in records:
        fault = unfit(record, document)
        if fault is None:
            kept.setdefault(record.id, record)
        else:
            problems.append(_problem(document, f"{kind(record).name} {record.id or 'without id'} refused: {fault[1]}"))
    return tuple(kept.values()), problems


def unfit(record: AnyRecord, document: Document) -> tuple[str, str] | None:
    """The part of a record that does not rest on the document's words and why; None where all of it does."""
    if not record.id:
        return "id", "it has no id"
    if not record.evidence:
        return "evidence", "it has no evidence"
    for e in record.evidence:
        if e.doc != document.id:
            return e.part, f"its {e.part} points into another report, {e.doc}"
        if not 0 <= e.start < e.end <= len(document.text) or document.text[e.start : e.end] != e.text:
            return e.part, f"its {e.part} {e.text!r} does not stand at {e.start} to {e.end}"
    return None


def _with_problems(made: dict[str, Coding], problems: list[Problem]) -> tuple[list[Coding], list[Problem]]:
    """Give each problem to the report that it is of: by document, else by uri; the rest stay alone."""
    by_uri = {coding.document.uri: coding.document.id for coding in made.values()}
    of: dict[str, list[Problem]] = defaultdict(list)
    alone = []
    for problem in problems:
        owner = problem.doc if problem.doc is not None else by_uri.get(problem.uri)
        if owner in made:
            of[owner].append(problem)
        else:
            alone.append(problem)
    done = [structs.replace(c, problems=(*c.problems, *of.get(key, ()))) for key, c in made.items()]
    return done, alone


def _homeless(records: dict[str, list[AnyRecord]], documents: set[str]) -> list[Problem]:
    """A problem for each report that records point at without its being in the batch."""
    why = "records refused: their report is not in the batch"
    lost = {doc: len(of) for doc, of in records.items() if doc not in documents}
    return [Problem(uri="-", stage=STAGE, doc=doc or None, message=f"{n} {why}") for doc, n in lost.items()]


def _problem(document: Document, message: str) -> Problem:
    return clean(Problem(uri=document.uri, stage=STAGE, message=message, doc=document.id))


def clean(problem: Problem) -> Problem:
    """A problem that can be stored: bytes of a file name that are no text are written as escapes."""
    return structs.replace(problem, uri=escaped(problem.uri), message=escaped(problem.message))


def _clean_document(document: Document) -> Document:
    fields = {name: getattr(document, name) for name in ("uri", "title", "publisher", "author", "lang")}
    wrong = {name: escaped(text) for name, text in fields.items() if text is not None and not _is_text(text)}
    return structs.replace(document, **wrong) if wrong else document


def _is_text(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


def escaped(words: str) -> str:
    """Words that can be stored and compared: what is no character (a byte of a file name) is written as an escape."""
    return words.encode("utf-8", "backslashreplace").decode()


def problem_row(problem: Problem) -> dict[str, object]:
    """A problem's columns; its id is a hash of all of them, so that the same problem is stored once."""
    values = structs.asdict(problem)
    key = msgspec.json.encode(values, order="sorted")
    return {"id": hashlib.blake2b(key, digest_size=8).hexdigest(), **values}


def document_row(coding: Coding) -> dict[str, object]:
    """A document's columns, but for its number and what supersedes it."""
    doc, dated = coding.document, coding.dated
    days = interval(dated.value)
    return {
        "id": doc.id, "uri": doc.uri, "title": doc.title, "publisher": doc.publisher, "author": doc.author,
        "lang": doc.lang, "place": doc.dateline.place if doc.dateline else None, "published": doc.published,
        "published_by": doc.published_by, "date": dated.value, "date_how": dated.how, "date_stated": dated.stated,
        "date_start": days[0] if days else None,
        "dating": msgspec.json.encode(Dating(dated.candidates, dated.reasons)).decode(),
        "anatomy": msgspec.json.encode(Anatomy(doc.paragraphs, doc.dateline)).decode(),
        "characters": len(doc.text), "parsed": sum(end - start for start, end in coding.parse.parsed),
        "text": doc.text,
    }  # fmt: skip


def packed(parse: Parse) -> bytes:
    """A parse as bytes, the same for the same parse; `shut` makes them small for storage."""
    return msgspec.msgpack.encode(parse)


def shut(data: bytes) -> bytes:
    """Packed bytes as stored: zlib at its quickest level makes a parse about a quarter as big."""
    return zlib.compress(data, 1)


def opened(stored: bytes) -> bytes:
    """The packed bytes out of what is stored."""
    return zlib.decompress(stored)


_parses: msgspec.msgpack.Decoder[Parse] = msgspec.msgpack.Decoder(Parse)


def unpacked(stored: bytes) -> Parse:
    """The parse out of what is stored."""
    return _parses.decode(opened(stored))


def bodies(records: Iterable[AnyRecord]) -> dict[str, str]:
    """The JSON of records by their ids."""
    return {record.id: encode(record).decode() for record in records}
