"""The stages in order, from documents to batches of records.

Statements come first and become voices; then `claimed_by` and links between records are set by span. A stage that
fails on one document gives a Problem and the batch goes on. Owns no rule about language.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import structs

from bilateral import gate as gates
from bilateral.errors import BilateralError, DataError
from bilateral.extract import Extractor, extractors
from bilateral.interval import interval
from bilateral.model import AnyRecord, Batch, Claim, Evidence, Link, Problem, Record, Statement, identified
from bilateral.parse import merged, missing, parse
from bilateral.resolve import resolved
from bilateral.text import Dated, Document, Parse, Resolved, Voice

log = logging.getLogger("bilateral")


class Coded(NamedTuple):
    """What one document gave: its date as used, records in text order, problems, and whether all stages worked."""

    published: Dated
    records: tuple[AnyRecord, ...]
    problems: tuple[Problem, ...]
    is_whole: bool = True


def batches(
    documents: Iterable[Document | Problem], *, gate: gates.Setting = "off", size: int = 50
) -> Iterator[Batch]:  # fmt: skip
    """Read documents into batches of at most `size` documents, in order; problems ride with the batch they fall in."""
    held: list[Document] = []
    problems: list[Problem] = []
    for item in documents:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            held.append(item)
        if len(held) >= size or len(problems) >= size:
            yield batch(held, problems, gate=gate)
            held, problems = [], []
    if held or problems:
        yield batch(held, problems, gate=gate)


def batch(documents: Iterable[Document], problems: Iterable[Problem] = (), *, gate: gates.Setting = "off") -> Batch:
    """Parse and code some documents; a document that cannot be parsed is left out and told of as a Problem."""
    done: list[tuple[Document, Parse, Coded]] = []
    found = list(problems)
    for document in documents:
        try:
            made = parse(document, gates.spans(document, gate), gate=gate)
        except DataError:
            raise  # a data file of the project is broken, which no other document will mend
        except Exception as error:  # noqa: BLE001 - whatever one document does to the parser, the others go on
            found.append(_problem(document, "parse", error))
            continue
        coded = code(document, made)
        done.append((document, _with_opinions(made), coded))
        found += coded.problems
    return _batch(done, found)


def recoded(stored: Iterable[tuple[Document, Parse, str | None]]) -> Batch:
    """A batch of stored documents coded again from their parses, each with the date that a person gave, if any.

    A document on which a stage fails is left out with a Problem, so that what is stored of it stays.
    """
    done = [(document, made, code(document, made, overruled=date)) for document, made, date in stored]
    whole = [(document, _with_opinions(made), coded) for document, made, coded in done if coded.is_whole]
    return _batch(whole, [p for _, _, coded in done for p in coded.problems])


def completed(document: Document, known: Parse, *, gate: gates.Setting, overruled: str | None = None) -> Batch:
    """A batch of one stored document with what an earlier gate left out parsed now; what was parsed is kept."""
    wanted = set(gates.spans(document, gate))
    rest = [span for span in missing(document, known) if span in wanted]
    made = merged(known, parse(document, rest, gate=gate), gate=gate) if rest else known
    return recoded([(document, made, overruled)])


def _with_opinions(made: Parse) -> Parse:
    """A parse with what the encoder said while it was coded, so that coding it again does not ask again."""
    return made if made.heard == made.said else structs.replace(made, said=dict(sorted(made.heard.items())))


def _batch(done: list[tuple[Document, Parse, Coded]], problems: list[Problem]) -> Batch:
    return Batch(
        documents=tuple(d for d, _, _ in done),
        parses=tuple(p for _, p, _ in done),
        dates=tuple(c.published for _, _, c in done),
        records=tuple(r for _, _, c in done for r in c.records),
        problems=tuple(problems),
    )


def code(document: Document, made: Parse, *, overruled: str | None = None) -> Coded:
    """All records of one parsed document, with claimed_by and links set, in text order, each id once."""
    try:
        doc = resolved(document, made, overruled=overruled)
    except DataError:
        raise  # see batch
    except Exception as error:  # noqa: BLE001 - see batch
        stated = Dated(value=overruled or document.published, how="overruled" if overruled else document.published_by)
        return Coded(stated, (), (_problem(document, "resolve", error),), is_whole=False)
    failed: list[Problem] = []
    first, *others = extractors()
    said = _records(first, doc, failed)
    doc = structs.replace(doc, voices=voices(doc, said))
    found = [*said, *(record for e in others for record in _records(e, doc, failed))]
    return Coded(doc.published, _linked(_claimed(found, doc)), (*_lacks(doc), *failed), is_whole=not failed)


def _lacks(doc: Resolved) -> list[Problem]:
    """What a report lacks to be of use: a date with its year, a state. It is read all the same."""
    found = []
    if doc.published.value is None:
        found.append(("date", "no date is given and none can be inferred; bilateral set gives it one"))
    elif interval(doc.published.value) is None:
        found.append(("date", f"its date {doc.published.value} has no year; bilateral set gives it one"))
    if not any(m.codes for m in doc.mentions) and not gates.names_a_state(doc.document):
        found.append(("resolve", "no state or organisation of states is named; nothing can be coded"))
    return [Problem(uri=doc.document.uri, doc=doc.document.id, stage=stage, message=text) for stage, text in found]


def _records(extractor: Extractor, doc: Resolved, problems: list[Problem]) -> list[AnyRecord]:
    """One extractor's records with ids and their maker's name; a failure keeps what came before it."""
    found: dict[str, AnyRecord] = {}
    try:
        for record in extractor.extract(doc):
            made = identified(structs.replace(record, by=f"{extractor.name}/{extractor.version}"))
            _checked(made, doc.document)
            found.setdefault(made.id, made)
    except DataError:
        raise  # see batch
    except Exception as error:  # noqa: BLE001 - see batch
        problems.append(_problem(doc.document, f"extract {extractor.name}", error))
    return list(found.values())


def _checked(record: Record, document: Document) -> None:
    """Evidence or nothing: a record whose words are not in the document stops its extractor."""
    if not record.evidence:
        raise BilateralError(f"{record.by}: a record without evidence")
    for e in record.evidence:
        if document.text[e.start : e.end] != e.text or not e.text:
            raise BilateralError(f"{record.by}: evidence {e.part} {e.start}-{e.end} is not {e.text!r} in the text")


def _problem(document: Document, stage: str, error: Exception) -> Problem:
    log.warning("problem", extra={"stage": stage, "doc": document.id, "error": repr(error)})
    return Problem(uri=document.uri, stage=stage, doc=document.id, message=f"{type(error).__name__}: {error}")


def voices(doc: Resolved, said: Iterable[AnyRecord]) -> tuple[Voice, ...]:
    """One voice for each piece of content of each statement, outer ones before those that they hold."""
    found = []
    for record in said:
        if not isinstance(record, Statement):
            continue
        speaker = record.speaker
        person = next((p.id for p in doc.people if speaker.name and p.name == speaker.name), None)
        found += [
            Voice(
                start=e.start, end=e.end, statement=record.id, person=person, name=speaker.name, role=speaker.role,
                codes=(speaker.country,) if speaker.country else (), sectors=speaker.sectors, level=speaker.level,
                is_direct=record.mode == "direct",
            )
            for e in record.evidence if e.part == "content"
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda v: (v.start, -v.end)))


# The parts that place a record in its text, the most telling first.
_ANCHORS = ("trigger", "value", "change", "title", "cue", "office", "quantity", "sentence")


def anchor(record: Record) -> Evidence:
    """The evidence that places a record: its trigger, value, title, cue … or its first words."""
    return record.span(*_ANCHORS) or record.evidence[0]


def _claimed(records: list[AnyRecord], doc: Resolved) -> list[AnyRecord]:
    """Records with who claims them: the statements whose content holds their anchor, outermost first."""
    by_id = {r.id: r for r in records if isinstance(r, Statement)}
    out: list[AnyRecord] = []
    for record in records:
        at = anchor(record).start
        around = [v for v in doc.voices if v.start <= at < v.end and v.statement != record.id]
        chain = tuple(dict.fromkeys(v.statement for v in around))
        speaker = by_id[chain[-1]].speaker if chain else None
        claim = Claim(outlet=doc.document.publisher, statements=chain, speaker=speaker)
        out.append(structs.replace(record, claimed_by=claim))
    return sorted(out, key=lambda r: (anchor(r).start, anchor(r).end, type(r).__name__, r.id))


# Parts by which records of different kinds are known to speak of one thing.
_TIES = ("trigger", "title", "value")


def _linked(records: list[AnyRecord]) -> tuple[AnyRecord, ...]:
    """Records with links to those of other kinds that rest on the same trigger or title words."""
    places: dict[int, list[AnyRecord]] = {}
    for record in records:
        for e in record.evidence:
            if e.part in _TIES:
                places.setdefault(e.start, []).append(record)
    out = []
    for record in records:
        near = {
            other.id: Link("same_words", other.id)
            for e in record.evidence if e.part in _TIES
            for other in places[e.start] if type(other) is not type(record)
        }  # fmt: skip
        links = tuple(dict.fromkeys((*record.links, *(near[key] for key in sorted(near)))))
        out.append(structs.replace(record, links=links))
    return tuple(out)
