"""A pair of states, or one and all others: the brief with filters and charts; the same on two dates compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect
from msgspec import Struct, structs

from bilateral import browsing, desk
from bilateral.brief import Brief, Difference, brief_of, differences
from bilateral.brief.differences import Kept
from bilateral.brief.drawing import events
from bilateral.brief.forms import step, told_by
from bilateral.brief.wording import name
from bilateral.errors import CallError
from bilateral.interval import interval
from bilateral.model import Question, kind_of
from bilateral.web import bundle
from bilateral.web.asking import LONGEST, SEVERAL, Filters
from bilateral.web.lines import LISTS
from bilateral.web.site import Site, found, site_of
from bilateral.web.views import Asked, Table, View, reply
from bilateral.web.words import dyad_address

PAIR = 2
# The newest records of each kind that a page shows; a list has all of them.
SHOWN = {"event": 80, "visit": 30, "agreement": 30, "measure": 30, "statement": 40, "role": 20}
WHOLE = 400  # records up to which all are shown
EARLIER = 200  # newest records up to the first date from which on two dates are compared
MOST = 600  # newest records up to the second date that are compared
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


class Shown(Struct, frozen=True):
    """A brief of the newest records, with how many of each kind there are and how many of them are shown."""

    brief: Brief
    totals: dict[str, int]
    shown: dict[str, int]

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is shown."""
        return sum(self.totals.values()) > sum(self.shown.values())


def question_of(states: tuple[str, ...], filters: Filters) -> Question:
    """The question about some states with filters; a page that says so where a state is not known."""
    return filters.question(dyad=found(lambda: desk.question(dyad=states)).dyad)


def shown_of(site: Site, asked: Question) -> Shown:
    """The brief of a page, made once while the store stays as it is; its charts ask for it too."""
    return site.once(("brief", asked), lambda: _made(site, asked))


def _made(site: Site, asked: Question) -> Shown:
    answer, totals = browsing.newest(site.store, asked, SHOWN, whole=WHOLE)
    made = brief_of(site.store, answer)
    shown = dict(Counter(kind_of(r) for r in answer.records))
    is_plain = not (asked.types or asked.statuses or asked.claimed_by)
    if is_plain and answer.total > len(answer.records) and len(asked.dyad) == PAIR:
        whole = events(site.store, asked.dyad, asked.since, asked.until)
        others = [drawing for drawing in made.charts if drawing.kind != "events"]
        made = structs.replace(made, charts=tuple([whole, *others] if whole else others))
    return Shown(made, totals, shown)


def _shown(request: Asked, states: tuple[str, ...], filters: Filters) -> Response[bytes]:
    site, asked = site_of(request), question_of(states, filters)
    made, codes = shown_of(site, asked), asked.dyad
    view = View(
        template="dyad.html",
        context=lambda: {
            "brief": made.brief, "codes": codes, "filters": filters, "made": made, "lists": _lists(made),
            "facets": site.once(("facets", codes), lambda: browsing.facets(site.store, Question(dyad=codes), NARROW)),
            "told_by": told_by, "step": step, "homes": HOMES, "bundle": bundle.version(),
        },
        data=lambda: as_data(made),
        table=lambda: Table(HEADER, list(_cells(made.brief))),
    )  # fmt: skip
    return reply(request, view)


NARROW = ("type", "status")
# The list that has all that a section tells of, by the section's number.
HOMES = {3: "events", 4: "visits", 5: "visits", 6: "agreements", 7: "figures", 11: "statements", 12: "events"}


def _lists(made: Shown) -> list[tuple[str, str, int, int]]:
    """The lists of a page: the word in an address, the title, how many records there are, how many are shown."""
    return [
        (word, title, made.totals.get(kind, 0), made.shown.get(kind, 0)) for word, (kind, title) in LISTS.items()
        if made.totals.get(kind)
    ]  # fmt: skip


def as_data(found: Shown) -> dict[str, Any]:
    """A brief with all that it holds but for its records, which have addresses of their own."""
    made = found.brief
    return {
        "records": {kind: {"total": n, "shown": found.shown.get(kind, 0)} for kind, n in found.totals.items()},
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
    made = cut = None
    if len(days) == PAIR:
        cut = _cut(site, codes, days)
        one, two = (_until(site, codes, cut, day) for day in days)
        made = differences(_kept(one), two)
    view = View(
        template="compare.html",
        context=lambda: {
            "codes": codes, "days": [*days, "", ""][:PAIR], "made": made, "cut": cut,
            "title": f"{name(codes[0])} and {name(codes[-1])}", "counts": _counts(made),
        },
        data=lambda: {"codes": codes, "until": days, "since": cut, "difference": made},
        table=lambda: Table(
            ("change", "section", "heading", "date", "status", "text", "what"), list(_changes(made)) if made else []
        ),
    )  # fmt: skip
    return reply(request, view)


def _cut(site: Site, codes: tuple[str, ...], days: list[str]) -> str | None:
    """The day from which two dates are compared, so that no brief of them is too long; None for all that there is."""
    some = [browsing.since_when(site.store, codes, most, until=day)
            for most, day in ((EARLIER, days[0]), (MOST, max(days)))]  # fmt: skip
    return max((day for day in some if day), default=None)


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


def _until(site: Site, codes: tuple[str, ...], cut: str | None, day: str) -> Brief:
    """The brief of things up to a day; an empty one where all that is compared came later."""
    days = interval(day)
    if cut and days and days[1] < cut:
        return structs.replace(_until(site, codes, cut, cut), sections=(), sources=())
    return site.once(
        ("until", codes, cut, day), lambda: desk.brief(site.store, codes, since=cut, until=day, limit=MOST)
    )  # fmt: skip


PAGES = (choose, state, dyad, compare)
