"""Records and entries as the page lists them: what in words, when, who says so, where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from bilateral.brief import claim, date_of, nested, type_of, worded
from bilateral.brief.lines import quote
from bilateral.entries import Entry
from bilateral.model import AnyRecord, Report, kind_of
from bilateral.ontology import plover
from bilateral.web.words import plain

# The lists: the word in an address, the kinds of records in it, its title, what it is for people.
LISTS: dict[str, tuple[str, str]] = {
    "events": ("event", "Events"), "agreements": ("agreement", "Agreements"),
    "visits": ("visit", "Visits and meetings"),
    "figures": ("measure", "Figures"), "statements": ("statement", "Statements"), "roles": ("role", "Offices"),
}  # fmt: skip
LIST_OF = {kind: word for word, (kind, _) in LISTS.items()}
HEADER = ("id", "kind", "date", "status", "type", "says", "claimed_by", "words", "report", "score")


class Row(Struct, frozen=True, kw_only=True):
    """A record as one line of a list; `first` is where the first of its words stands, whole sentences aside."""

    id: str
    kind: str
    date: str | None
    status: str
    type: str
    says: str
    claim: str
    quote: str
    report: str
    uri: str
    score: float
    first: int
    lang: str
    reported: str | None

    def cells(self) -> tuple[Any, ...]:
        """The row as a line of a table, under HEADER."""
        return (
            self.id, self.kind, self.date, self.status, self.type, self.says, self.claim, self.quote, self.uri,
            self.score,
        )  # fmt: skip


def row(record: AnyRecord, report: Report, dyad: Iterable[str] = ()) -> Row:
    """A record of a report as a line."""
    first = min((e.start for e in record.evidence if e.part != "sentence"), default=record.evidence[0].start)
    return Row(
        id=record.id, kind=kind_of(record), date=date_of(record), status=record.status, type=type_of(record) or "",
        says=worded(record, dyad), claim=claim(record, report), quote=quote(record), report=report.id, uri=report.uri,
        score=record.score, first=first, lang=report.lang, reported=report.published.value,
    )  # fmt: skip


def rows(records: Iterable[AnyRecord], reports: Iterable[Report], dyad: Iterable[str] = ()) -> list[Row]:
    """Records as lines."""
    by_id, codes = {r.id: r for r in reports}, tuple(dyad)
    return [row(record, by_id[record.doc], codes) for record in records]


def full(records: Iterable[AnyRecord], reports: Iterable[Report]) -> list[dict[str, Any]]:
    """Records with all their fields, for JSON."""
    by_id = {r.id: r for r in reports}
    return [nested(record, by_id[record.doc]) for record in records]


ENTRY_HEADER = (
    "id", "states", "kind", "type", "date", "status", "open", "reports", "independent", "sides", "contradictions"
)  # fmt: skip


def entry_cells(entry: Entry) -> tuple[Any, ...]:
    """An entry as a line of a table, under ENTRY_HEADER."""
    return (
        entry.id, "-".join(entry.dyad), entry.kind, entry.type, entry.date, entry.status, entry.is_open,
        len(entry.reports), entry.independent, entry.sides, "; ".join(c.text for c in entry.contradictions),
    )  # fmt: skip


def entry_name(entry: Entry) -> str:
    """What an entry is of, in a word or two."""
    root = plover().roots.get(entry.type)
    return f"{entry.type} ({root.quad_name})" if root else plain(entry.type)
