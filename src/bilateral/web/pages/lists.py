"""The lists: records of a kind with facets, entries of the ledger, reports, problems; in pages of limited length."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter

from bilateral import accounts, browsing, desk
from bilateral.brief import worded
from bilateral.brief.wording import names
from bilateral.entries import Entry
from bilateral.model import AnyRecord
from bilateral.web.asking import LONGEST, SEVERAL, Filters, Leaf
from bilateral.web.lines import ENTRY_HEADER, HEADER, LISTS, entry_cells, entry_name, full, rows
from bilateral.web.site import site_of
from bilateral.web.views import Asked, Table, View, reply

States = Annotated[
    list[str] | None, QueryParameter(name="state", max_items=SEVERAL, description="By code or name; at most two.")
]
ENTRY_KINDS = ("contact", "agreement", "figure", "deed")
REPORT_HEADER = ("id", "date", "known_by", "publisher", "title", "uri", "lang", "records", "characters", "parsed")


def states_of(states: list[str] | None) -> tuple[str, ...]:
    """The codes of the states in an address; CallError where one is not known."""
    return desk.question(dyad=[word.strip()[:LONGEST] for word in states or () if word.strip()]).dyad


@get("/list/{what:str}", sync_to_thread=True, name="list", summary="Records of one kind", operation_id="list")
def listed(
    request: Asked, what: FromPath[str], filters: NamedDependency[Filters], leaf: NamedDependency[Leaf],
    states: States = None,
) -> Response[bytes]:  # fmt: skip
    """Events, agreements, visits, figures, statements or roles, the newest first, with what they can be narrowed by."""
    if what not in LISTS:
        raise NotFoundException(detail=f"no list {what!r}: expected {', '.join(LISTS)}")
    kind, title = LISTS[what]
    site, codes = site_of(request), states_of(states)
    asked = filters.question(dyad=codes, kinds=(kind,))
    total = site.once(("size", asked), lambda: browsing.size(site.store, asked))
    answer = browsing.page(site.store, asked, offset=leaf.offset, limit=leaf.rows, total=total)
    made = rows(answer.records, answer.reports, codes)
    view = View(
        template="list.html",
        context=lambda: {
            "title": title, "what": what, "kind": kind, "codes": codes, "names": names(codes) if codes else "",
            "filters": filters, "rows": made, "leaf": leaf.of(answer.total),
            "facets": site.once(("facets", asked), lambda: browsing.facets(site.store, asked)),
            "asked": {"state": codes, **filters.asked(), **leaf.asked()}, "most": browsing.FACETED,
        },
        data=lambda: {
            "total": answer.total, "page": leaf.page, "rows": leaf.rows, "question": asked,
            "records": full(answer.records, answer.reports),
        },
        table=lambda: Table(HEADER, [r.cells() for r in made]),
    )  # fmt: skip
    return reply(request, view)


@get("/entries", sync_to_thread=True, name="entries", summary="Entries of the ledger", operation_id="entries")
def entries(
    request: Asked, leaf: NamedDependency[Leaf], states: States = None,
    kind: Annotated[str | None, QueryParameter(max_length=LONGEST, description=", ".join(ENTRY_KINDS))] = None,
    is_open: Annotated[bool, QueryParameter(name="open", description="Plans whose outcome no report tells.")] = False,
    contradicted: Annotated[bool, QueryParameter(description="What reports tell differently.")] = False,
) -> Response[bytes]:  # fmt: skip
    """What the records of many reports come to, one line a thing, by date."""
    site, codes = site_of(request), states_of(states)
    kinds = (kind,) if kind else ()
    some, total = accounts.newest(
        site.store, dyad=codes, kinds=kinds, is_open=is_open, contradicted=contradicted, offset=leaf.offset,
        limit=leaf.rows,
    )  # fmt: skip
    held = accounts.told(site.store, (e.records[0] for e in some))
    view = View(
        template="entries.html",
        context=lambda: {
            "codes": codes, "names": names(codes) if codes else "", "kind": kind, "kinds": ENTRY_KINDS,
            "is_open": is_open, "contradicted": contradicted, "entries": some,
            "says": {e.id: _says(e, held) for e in some},
            "leaf": leaf.of(total), "stale": len(site.store.stale()),
            "asked": {"state": codes, "kind": kind, "open": "true" if is_open else None,
                      "contradicted": "true" if contradicted else None, **leaf.asked()},
        },
        data=lambda: {"total": total, "page": leaf.page, "rows": leaf.rows, "entries": some},
        table=lambda: Table(ENTRY_HEADER, [entry_cells(e) for e in some]),
    )  # fmt: skip
    return reply(request, view)


def _says(entry: Entry, held: dict[str, AnyRecord]) -> str:
    """An entry in the words of its first record; its type where the ledger is behind and the record is gone."""
    record = held.get(entry.records[0])
    return worded(record, entry.dyad) if record else entry_name(entry)


@get("/reports", sync_to_thread=True, name="reports", summary="Reports", operation_id="reports")
def reports(request: Asked, leaf: NamedDependency[Leaf], states: States = None) -> Response[bytes]:
    """The reports that count, the newest first; of some states where they are named."""
    site, codes = site_of(request), states_of(states)
    some, total = browsing.reports(site.store, dyad=codes, offset=leaf.offset, limit=leaf.rows)
    view = View(
        template="reports.html",
        context=lambda: {
            "reports": some, "codes": codes, "names": names(codes) if codes else "", "leaf": leaf.of(total),
            "asked": {"state": codes, **leaf.asked()},
        },
        data=lambda: {"total": total, "page": leaf.page, "rows": leaf.rows, "reports": some},
        table=lambda: Table(REPORT_HEADER, [
            (r.id, r.published.value, r.published.how, r.publisher, r.title, r.uri, r.lang, r.records, r.characters,
             r.parsed) for r in some
        ]),
    )  # fmt: skip
    return reply(request, view)


@get("/problems", sync_to_thread=True, name="problems", summary="Problems", operation_id="problems")
def problems(request: Asked, leaf: NamedDependency[Leaf]) -> Response[bytes]:
    """What could not be read or coded, and why."""
    site = site_of(request)
    some, total, stages = browsing.problems(site.store, offset=leaf.offset, limit=leaf.rows)
    view = View(
        template="problems.html",
        context=lambda: {"problems": some, "stages": stages, "leaf": leaf.of(total), "asked": leaf.asked()},
        data=lambda: {"total": total, "page": leaf.page, "rows": leaf.rows, "stages": stages, "problems": some},
        table=lambda: Table(
            ("uri", "stage", "message", "report", "start", "end"),
            [(p.uri, p.stage, p.message, p.doc, p.start, p.end) for p in some],
        ),
    )  # fmt: skip
    return reply(request, view)


PAGES = (listed, entries, reports, problems)
