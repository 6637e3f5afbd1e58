"""A report: its text with the evidence marked by part, each mark leading to its records and each record back."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response, get
from litestar.params import FromPath, QueryParameter
from msgspec import Struct

from bilateral import browsing, query
from bilateral.browsing import Paper
from bilateral.model import AnyRecord, Question
from bilateral.web.asking import LONGEST
from bilateral.web.lines import Row, rows
from bilateral.web.marking import MOST, Piece, Span, pieces, spans
from bilateral.web.site import found, site_of
from bilateral.web.views import Asked, Table, View, reply

RECORDS = 2_000  # of one report
HEADER = ("record", "kind", "part", "start", "end", "text")


class Passage(Struct, frozen=True, kw_only=True):
    """A paragraph of a report in pieces, with the records that begin in it; `is_parsed` False: no rule has seen it.

    `anchors` are the records whose first words stand in a piece, by where that starts: the place that links lead to.
    """

    start: int
    end: int
    kind: str
    pieces: list[Piece]
    rows: list[Row]
    anchors: dict[int, list[str]]
    is_parsed: bool


def passages(paper: Paper, made: list[Row], marks: list[Span]) -> list[Passage]:
    """The paragraphs of a report in their order; text between them, where there is any, as paragraphs too."""
    doc, left_out = paper.document, set(paper.unparsed)
    found, at = [], 0
    for p in doc.paragraphs:
        found += _between(doc.text, at, p.start)
        found.append((p.start, p.end, p.kind))
        at = p.end
    found += _between(doc.text, at, len(doc.text))
    ends = [end for _, end, _ in found]
    of: dict[int, list[Row]] = {}
    for one in made:
        of.setdefault(next((n for n, end in enumerate(ends) if one.first < end), len(ends) - 1), []).append(one)
    return [
        _passage(doc.text[a:b], a, kind, of.get(n, []), marks, is_parsed=(a, b) not in left_out)
        for n, (a, b, kind) in enumerate(found)
    ]  # fmt: skip


def _passage(words: str, start: int, kind: str, own: list[Row], marks: list[Span], *, is_parsed: bool) -> Passage:
    cut = pieces(words, start, marks)
    anchors: dict[int, list[str]] = {}
    for one in own:
        at = next((p.start for p in cut if p.start <= one.first < p.end), start)
        anchors.setdefault(at, []).append(one.id)
    return Passage(
        start=start, end=start + len(words), kind=kind, pieces=cut, rows=own, anchors=anchors, is_parsed=is_parsed
    )  # fmt: skip


def _between(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    words = text[start:end]
    first, last = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return [(first, last, "between")] if first < last else []


def _chosen(records: list[AnyRecord], record: str | None, at: int | None) -> list[AnyRecord]:
    """The records that are asked for: by id, or all that rest on the words at a place."""
    if record:
        return [r for r in records if r.id.startswith(record.lower())]
    if at is None:
        return []
    return [r for r in records if any(e.start <= at < e.end and e.part != "sentence" for e in r.evidence)]


@get("/report/{key:str}", sync_to_thread=True, name="report", summary="A report with its marks", operation_id="report")
def report(
    request: Asked, key: FromPath[str],
    record: Annotated[str | None, QueryParameter(max_length=LONGEST, description="Its words stand out.")] = None,
    at: Annotated[int | None, QueryParameter(ge=0, le=10**9, description="A place, in code points.")] = None,
) -> Response[bytes]:  # fmt: skip
    """A report's text with the evidence of its records; offsets are Unicode code points."""
    site = site_of(request)
    known = found(lambda: query.report(site.store, key))
    paper = browsing.paper(site.store, known)
    answer = query.records(site.store, Question(report=known.id, limit=RECORDS))
    held = sorted((*answer.records, *answer.undated), key=lambda r: (r.evidence[0].start, r.id))
    picked = _chosen(held, record, at)
    marks = spans(held)

    def context() -> dict[str, Any]:
        made = rows(held, (known,))
        chosen = {r.id for r in picked}
        return {
            "paper": paper, "report": known, "passages": passages(paper, made, marks), "total": answer.total,
            "rows": made, "picked": [r for r in made if r.id in chosen], "chosen": chosen, "at": at,
            "legend": sorted({m.part for m in marks}), "is_cut": len(marks) >= MOST or answer.total > len(held),
        }  # fmt: skip

    view = View(
        template="report.html", context=context,
        data=lambda: {
            "report": known, "text": paper.document.text, "paragraphs": _paragraphs(paper),
            "marks": spans(held, whole=True), "unparsed": paper.unparsed, "problems": paper.problems,
        },
        table=lambda: Table(HEADER, [
            (s.record, s.kind, s.part, s.start, s.end, paper.document.text[s.start : s.end])
            for s in spans(held, whole=True)
        ]),
    )  # fmt: skip
    return reply(request, view)


def _paragraphs(paper: Paper) -> list[dict[str, Any]]:
    return [{"start": p.start, "end": p.end, "kind": p.kind} for p in paper.document.paragraphs]


PAGES = (report,)
