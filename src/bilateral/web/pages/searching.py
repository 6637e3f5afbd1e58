"""Search over reports and records with snippets; what each side said on a topic."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Struct, structs

from bilateral import browsing, query, topics
from bilateral.brief import claim, source, worded
from bilateral.brief import positions as made_positions
from bilateral.brief.wording import names
from bilateral.errors import CallError
from bilateral.model import kind_of
from bilateral.query import Hit
from bilateral.web.asking import LONGEST, ROWS, Filters
from bilateral.web.pages.lists import States, states_of
from bilateral.web.site import Site, site_of
from bilateral.web.views import Asked, Table, View, reply

MOST = 100
WEIGHED = 1_000  # reports, and records, of those that hold the words, which are weighed: the last that came


class Find(Struct, frozen=True, kw_only=True):
    """A find: what it is, and its words in pieces, each with whether it was searched for."""

    kind: str
    report: str
    title: str | None
    told: str
    record: str | None
    says: str | None
    pieces: tuple[tuple[str, bool], ...]
    lang: str


def pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    """A snippet cut at its [marks]; a bracket that belongs to the text and closes nothing stays a bracket."""
    made: list[tuple[str, bool]] = []
    rest = snippet
    while rest:
        before, sign, after = rest.partition("[")
        inner, end, behind = after.partition("]")
        if not sign or not end:
            made.append((rest, False))
            break
        made += [(before, False), (inner, True)]
        rest = behind
    return tuple(piece for piece in made if piece[0])


def _finds(site: Site, words: str, limit: int) -> list[Find]:
    return [_find(hit) for hit in query.search(site.store, words, limit=limit, weighed=WEIGHED)]


def _find(hit: Hit) -> Find:
    report, record = hit.report, hit.record
    return Find(
        kind=kind_of(record) if record else "report", report=report.id, title=report.title,
        told=claim(record, report) if record else source(report), record=record.id if record else None,
        says=worded(record) if record else None, pieces=pieces(" ".join(hit.snippet.split())),
        lang=report.lang,
    )  # fmt: skip


@get("/search", sync_to_thread=True, name="search", summary="Search", operation_id="search")
def search(
    request: Asked,
    q: Annotated[str, QueryParameter(max_length=LONGEST, description='Words; "…" a phrase, * beginnings.')] = "",
    rows: Annotated[int, QueryParameter(ge=1, le=MOST)] = ROWS,
) -> Response[bytes]:
    """The reports and records that hold all words, the best first."""
    words = q.strip()
    site = site_of(request)
    finds = site.once(("search", words, rows), lambda: _finds(site, words, rows)) if words else []
    view = View(
        template="search.html",
        context=lambda: {"q": q, "finds": finds, "is_full": len(finds) == rows},
        data=lambda: {"q": q, "finds": finds},
        table=lambda: Table(
            ("kind", "record", "report", "title", "says", "told", "snippet"),
            [(f.kind, f.record, f.report, f.title, f.says, f.told, "".join(w for w, _ in f.pieces)) for f in finds],
        ),
    )  # fmt: skip
    return reply(request, view)


@get("/positions", sync_to_thread=True, name="positions", summary="Positions on a topic", operation_id="positions")
def positions(
    request: Asked, filters: NamedDependency[Filters], states: States = None,
    topic: Annotated[str, QueryParameter(max_length=LONGEST, description="A subject, or words of statements.")] = "",
) -> Response[bytes]:  # fmt: skip
    """What each side said on a topic, the newest first, with its exact words, speaker and source."""
    site, codes, words = site_of(request), states_of(states), topic.strip()
    made, nothing = None, ""
    if words:
        try:
            asked = structs.replace(filters.question(dyad=codes), types=(), limit=MOST)
            made = site.once(("positions", asked, words), lambda: made_positions(site.store, asked, words))
        except CallError as error:
            nothing = str(error)
    said = made.positions if made else ()
    view = View(
        template="positions.html",
        context=lambda: {
            "topic": topic, "topics": topics.names(), "codes": codes, "names": names(codes) if codes else "every state",
            "langs": browsing.languages(site.store, (p.report for p in said)), "made": made, "nothing": nothing,
            "filters": filters,
        },
        data=lambda: {"topic": topic, "total": made.total if made else 0, "positions": said},
        table=lambda: Table(
            ("side", "date", "dated_by", "speaker", "office", "words", "mode", "cue", "outlet", "uri", "record"),
            [(p.side, p.date, p.dated_by, p.speaker.name, p.office, _said(p), p.mode, p.cue, p.outlet, p.uri, p.record)
             for p in said],
        ),
    )  # fmt: skip
    return reply(request, view)


def _said(position: Any) -> str:
    return " […] ".join(piece.text for piece in position.words)


PAGES = (search, positions)
