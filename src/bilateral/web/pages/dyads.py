"""A pair of states, or one and all others: the brief with filters and charts; the same on two dates compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect
from msgspec import Struct, structs

from bilateral import browsing, desk
from bilateral.brief import Brief, Difference, brief, differences
from bilateral.brief.differences import Kept
from bilateral.brief.forms import step, told_by
from bilateral.brief.wording import name
from bilateral.errors import CallError
from bilateral.model import Question
from bilateral.web.asking import LONGEST, SEVERAL, Filters
from bilateral.web.site import Site, found, site_of
from bilateral.web.views import Asked, Table, View, reply
from bilateral.web.words import dyad_address

PAIR = 2
RECORDS = 400  # newest records that a page shows where no dates are asked for
CUT = 600  # the same with those of one day and those without a date
MOST = 1_500  # records that a page shows at all
HEADER = ("section", "title", "heading", "date", "status", "text", "claims", "records", "sources")


@get("/dyad", sync_to_thread=True, name="choose", summary="Go to a pair of states", operation_id="choose")
def choose(
    request: Asked,  # noqa: ARG001 - every page takes it
    states: Annotated[
        list[str] | None, QueryParameter(name="state", max_items=SEVERAL, description="Names or codes, one or two.")
    ] = None,
) -> Redirect:
    """Lead to the page of the states named, by code or name."""
    words = [word.strip()[:LONGEST] for word in states or () if word.strip()]
    codes = desk.question(dyad=words).dyad
    if not codes:
        raise CallError("expected one state or two, got none")
    return Redirect(dyad_address(codes), status_code=303)


@get("/dyad/{a:str}", sync_to_thread=True, name="state", summary="One state and all others", operation_id="state")
def state(request: Asked, a: FromPath[str], filters: NamedDependency[Filters]) -> Response[bytes]:
    """The brief on one state or organisation and all others."""
    return _shown(request, (a,), filters)


@get("/dyad/{a:str}/{b:str}", sync_to_thread=True, name="dyad", summary="A pair of states", operation_id="dyad")
def dyad(request: Asked, a: FromPath[str], b: FromPath[str], filters: NamedDependency[Filters]) -> Response[bytes]:
    """The brief on two states or organisations, with charts."""
    return _shown(request, (a, b), filters)


class Scope(Struct, frozen=True):
    """The question that a page answers, and the day from which on it does where it was cut to the newest records."""

    question: Question
    cut: str | None


def scope(site: Site, states: tuple[str, ...], filters: Filters) -> Scope:
    """The question about some states with filters; the newest records only where no dates are asked for."""
    codes = found(lambda: desk.question(dyad=states)).dyad
    asked = filters.question(dyad=codes, limit=MOST)
    if filters.since or filters.until:
        return Scope(asked, None)
    cut = browsing.since_when(site.store, codes, RECORDS)
    return Scope(structs.replace(asked, since=cut, limit=CUT if cut else MOST), cut)


def _shown(request: Asked, states: tuple[str, ...], filters: Filters) -> Response[bytes]:
    site = site_of(request)
    asked = scope(site, states, filters)
    made = made_of(site, asked)
    codes = asked.question.dyad
    view = View(
        template="dyad.html",
        context=lambda: {
            "brief": made, "codes": codes, "filters": filters, "cut": asked.cut, "limit": MOST,
            "facets": site.once(("facets", codes), lambda: browsing.facets(site.store, Question(dyad=codes))),
            "told_by": told_by, "step": step,
        },
        data=lambda: as_data(made),
        table=lambda: Table(HEADER, list(_cells(made))),
    )  # fmt: skip
    return reply(request, view)


def made_of(site: Site, asked: Scope) -> Brief:
    """The brief of a page, made once while the store stays as it is; its charts ask for it too."""
    return site.once(asked, lambda: brief(site.store, asked.question))


def as_data(made: Brief) -> dict[str, Any]:
    """A brief with all that it holds but for its records, which have addresses of their own."""
    return {
        "title": made.title, "question": made.question, "as_on": made.as_on, "coverage": made.coverage,
        "sections": made.sections, "empty": made.empty, "sources": made.sources, "origins": made.origins,
        "charts": made.charts,
    }  # fmt: skip


def _cells(made: Brief) -> Iterator[tuple[Any, ...]]:
    for section in made.sections:
        for group in section.groups:
            for line in group.lines:
                yield (
                    section.number, section.title, group.heading, line.date, line.status, line.text,
                    "; ".join(w.claim for w in line.words), " ".join(w.record for w in line.words),
                    " ".join(made.sources[n - 1].uri for n in line.sources),
                )  # fmt: skip


@get(
    "/compare/{a:str}/{b:str}", sync_to_thread=True, name="compare", summary="Two briefs compared",
    operation_id="compare",
)  # fmt: skip
def compare(
    request: Asked, a: FromPath[str], b: FromPath[str],
    until: Annotated[list[str] | None, QueryParameter(max_items=2, description="Two dates.")] = None,
) -> Response[bytes]:  # fmt: skip
    """What is new, changed and gone in the brief up to the second date against that up to the first."""
    site = site_of(request)
    codes = found(lambda: desk.question(dyad=(a, b))).dyad
    days = [day.strip()[:LONGEST] for day in until or () if day.strip()]
    made = None
    if len(days) == PAIR:
        made = differences(_kept(_until(site, codes, days[0])), _until(site, codes, days[1]))
    view = View(
        template="compare.html",
        context=lambda: {
            "codes": codes, "days": [*days, "", ""][:PAIR], "made": made,
            "title": f"{name(codes[0])} and {name(codes[-1])}", "counts": _counts(made),
        },
        data=lambda: {"codes": codes, "until": days, "difference": made},
        table=lambda: Table(
            ("change", "section", "heading", "date", "status", "text", "what"), list(_changes(made)) if made else []
        ),
    )  # fmt: skip
    return reply(request, view)


def _counts(made: Difference | None) -> dict[str, int]:
    sections = made.sections if made else ()
    return {what: sum(len(getattr(s, what)) for s in sections) for what in ("new", "changed", "gone")}


def _changes(made: Difference) -> Iterator[tuple[Any, ...]]:
    for s in made.sections:
        for what, some in (("new", s.new), ("gone", s.gone)):
            for p in some:
                yield (what, s.title, p.heading, p.line.date, p.line.status, p.line.text, None)
        for c in s.changed:
            shifts = "; ".join(f"{x.what}: {x.before} -> {x.after}" for x in c.shifts)
            yield ("changed", s.title, c.heading, c.line.date, c.line.status, c.line.text, shifts)


def _kept(made: Brief) -> Kept:
    """A brief as one that was kept in a file, to be compared with."""
    return Kept(
        form=made.form, version=made.version, title=made.title, question=made.question, as_on=made.as_on,
        sections=made.sections, sources=made.sources,
    )  # fmt: skip


def _until(site: Site, codes: tuple[str, ...], day: str) -> Brief:
    return site.once(("until", codes, day), lambda: desk.brief(site.store, codes, until=day, limit=MOST))


PAGES = (choose, state, dyad, compare)
