"""What a user can do, as functions: the command line, the page and `import bilateral` call these and nothing below.

Every function takes an open `Store` and values, returns values, and prints nothing.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from bilateral import pipeline, query
from bilateral.brief import Brief, Difference, Positions, columns, differences, framed, kept
from bilateral.brief import brief as made_brief
from bilateral.brief import positions as made_positions
from bilateral.desk import reviewing
from bilateral.desk.booking import ENTRY_KINDS, Account, Listed, entry, indices, ledger
from bilateral.desk.comparing import (
    SERIES_FORMATS,
    check,
    checks_of,
    reference_add,
    reference_forget,
    reference_list,
    series,
    series_svg,
)
from bilateral.desk.extending import in_scheme
from bilateral.desk.health import doctor
from bilateral.desk.persons import bodies, body, people, person
from bilateral.desk.reading import GATE, Summary, files, read, recode, set_date
from bilateral.desk.wishes import PLURALS, code_of, codes_of, kinds_in, question
from bilateral.errors import CallError
from bilateral.evaluate import TASKS, predictions
from bilateral.keeping import keep
from bilateral.model import Answer, AnyRecord, Problem, Question, Report
from bilateral.parse import missing
from bilateral.store import Fault, Forgotten, Store
from bilateral.text import Document, Parse

__all__ = [
    "ENTRY_KINDS", "GATE", "PLURALS", "SERIES_FORMATS", "Account", "Listed", "Shown", "Summary", "ask",
    "bodies", "body",
    "brief", "brief_changes", "check", "checks_of", "code_of", "codes_of", "counts", "doctor", "entry",
    "evaluate", "files", "forget", "frame", "in_scheme", "indices", "kinds_in", "ledger", "pairs", "people",
    "person", "positions", "problems", "question", "read", "recode", "reference_add", "reference_forget",
    "reference_list", "report", "reports", "reviewing", "search", "series", "series_svg", "set_date", "show",
    "tasks", "verify",
]  # fmt: skip


class Shown(Struct, frozen=True, kw_only=True):
    """A record beside its source: the report, the paragraphs that hold its words, the section, what was not parsed.

    `passages` are (offset, paragraph) in text order; `paragraph` and `start` are the one where the record stands.
    `by_id` holds the records that its claim and links name. `history` is what people decided.
    """

    record: AnyRecord
    report: Report
    paragraph: str
    start: int
    section: str | None
    passages: tuple[tuple[int, str], ...]
    unparsed: tuple[str, ...]
    by_id: dict[str, AnyRecord]
    history: reviewing.History | None = None


def forget(store: Store, report: str) -> Forgotten:
    """Take a report out with all that came from it."""
    gone = store.forget(query.report(store, report).id)
    keep(store)
    return gone


def ask(store: Store, asked: Question) -> Answer:
    """The records that answer a question, with the reports they rest on."""
    return query.records(store, asked)


def frame(answer: Answer, library: Literal["pandas", "polars"] = "pandas") -> Any:
    """An answer as a data frame, one row a record, dated ones first, with the columns of `list --format csv`.

    Figures are floats (`digits` has them as written), counts integers, first and last days dates, lists joined text.
    CallError where the library is not installed.
    """
    return framed(columns(answer), library)


def search(store: Store, words: str, *, limit: int = 20) -> list[query.Hit]:
    """The reports and records whose words match, the best first."""
    return query.search(store, words, limit=limit)


def show(store: Store, key: str) -> Shown:
    """A record with its paragraphs, its report, and the records that its claim and links name."""
    record, report = query.record(store, key)
    document, made = store.document(report.id), store.parse(report.id)
    at = pipeline.anchor(record)
    start, end = _paragraph(document, at.start, at.end)
    spans = sorted({(start, end), *(_paragraph(document, e.start, e.end) for e in record.evidence)})
    named = dict.fromkeys((*record.claimed_by.statements, *(link.record for link in record.links)))
    return Shown(
        record=record, report=report, paragraph=document.text[start:end], start=start,
        section=document.section(at.start), passages=tuple((a, document.text[a:b]) for a, b in spans),
        unparsed=_unparsed(document, made), by_id={key: r for key in named if (r := _named(store, key))},
        history=reviewing.history(store, record.id),
    )  # fmt: skip


def _named(store: Store, key: str) -> AnyRecord | None:
    """A record that another one names; None where there is no such record, as in a claim that a person corrected."""
    try:
        return query.record(store, key)[0]
    except CallError:
        return None


def _paragraph(document: Document, start: int, end: int) -> tuple[int, int]:
    """The span of the paragraph that holds some words; the words' own where none holds all of them."""
    found = document.paragraph_at(start)
    return (found.start, found.end) if found and end <= found.end else (start, end)


def _unparsed(document: Document, made: Parse) -> tuple[str, ...]:
    return tuple(document.text[start:end] for start, end in missing(document, made))


def brief(
    store: Store,
    dyad: Iterable[str],
    *,
    since: str | None = None,
    until: str | None = None,
    types: Iterable[str] = (),
    statuses: Iterable[str] = (),
    claimed_by: str | None = None,
    limit: int | None = None,
) -> Brief:
    """The brief on two states, or on one and all others, within the limits that `question` knows."""
    asked = question(
        dyad=dyad, since=since, until=until, types=types, statuses=statuses, claimed_by=claimed_by, limit=limit
    )  # fmt: skip
    if not asked.dyad:
        raise CallError("expected one state or two for a brief, got none")
    return made_brief(store, asked)


def brief_changes(made: Brief, old: str | Path) -> Difference:
    """What a brief says differently from an earlier one on the same states, kept in a file by `--format json`."""
    return differences(kept(old), made)


def positions(
    store: Store,
    states: Iterable[str],
    topic: str,
    *,
    since: str | None = None,
    until: str | None = None,
    statuses: Iterable[str] = (),
    claimed_by: str | None = None,
    limit: int | None = None,
) -> Positions:
    """What one state, or each of two, said on a topic, the newest first, with words, speaker, office and source.

    The topic is a subject ("trade", "aid development") or words that statements hold. CallError where it is neither.
    """
    asked = question(
        dyad=states, since=since, until=until, statuses=statuses, claimed_by=claimed_by, limit=limit
    )  # fmt: skip
    return made_positions(store, asked, topic)


def report(store: Store, key: str) -> tuple[Report, tuple[str, ...]]:
    """The report with this id, beginning of an id, or uri, and its passages that were not parsed."""
    found = query.report(store, key)
    return found, _unparsed(store.document(found.id), store.parse(found.id))


def reports(store: Store) -> list[Report]:
    """The reports of a store that count, oldest first and undated last."""
    return query.reports(store)


def problems(store: Store) -> list[Problem]:
    """What could not be read or coded, by input, report and place."""
    return query.problems(store)


def counts(store: Store) -> dict[str, int]:
    """How many reports, records of each kind, and problems a store holds."""
    return query.counts(store)


def pairs(store: Store) -> list[tuple[str, str, int]]:
    """The pairs of states and organisations that a store has records on, with their number, the most first."""
    return query.dyads(store)


def tasks() -> tuple[str, ...]:
    """The names of the evaluation's tasks."""
    return tuple(task.name for task in TASKS)


def verify(store: Store) -> Iterator[Fault]:
    """Yield each fault of a store: evidence that is not in its report, claims and links that lead nowhere."""
    return store.verify()


def evaluate(task: str, inputs: Path) -> Iterator[bytes]:
    """One prediction as a line of JSON for each line of a label-free input file, in order.

    Raises CallError at once for a task that there is not, and later for a line that is no input.
    """
    found = next((t for t in TASKS if t.name == task), None)
    if found is None:
        raise CallError(f"expected a task ({', '.join(tasks())}), got {task!r}")
    lines = predictions(found, _objects(Path(inputs)))
    return (json.dumps(made, ensure_ascii=False).encode() + b"\n" for made in lines)


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines; CallError with the line where one is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(f"{path}: expected a file of JSON Lines in UTF-8: {error}") from error
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        try:
            made = json.loads(line)
        except json.JSONDecodeError as error:
            raise CallError(f"{path}, line {number}: expected a JSON object: {error}") from error
        if not isinstance(made, dict):
            raise CallError(f"{path}, line {number}: expected a JSON object, got {type(made).__name__}")
        yield made
