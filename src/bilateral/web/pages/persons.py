"""People across reports: their offices over time, each with its sources, what they said, which names were joined."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from bilateral import browsing
from bilateral.brief.wording import names
from bilateral.model import Question
from bilateral.people import people
from bilateral.web.asking import Leaf
from bilateral.web.lines import HEADER, rows
from bilateral.web.pages.lists import States, states_of
from bilateral.web.site import Site, site_of
from bilateral.web.views import Asked, Table, View, reply

NEWEST = {"role": 2_000, "statement": 2_000}  # records that people are made from
SAID = 60  # statements that a person's page shows


class _Known:
    """The people of some states with the records that they are made from."""

    def __init__(self, site: Site, codes: tuple[str, ...]) -> None:
        answer, _ = browsing.newest(site.store, Question(kinds=tuple(NEWEST), dyad=codes), NEWEST)
        self.is_cut = answer.total > len(answer.records)
        self.reports = {r.id: r for r in answer.reports}
        self.records = {r.id: r for r in answer.records}
        made = people(answer.records, self.reports)
        self.people = sorted(made, key=lambda p: (-len(p.reports), p.name.casefold(), p.id))


def _known(site: Site, codes: tuple[str, ...]) -> _Known:
    return site.once(("people", codes), lambda: _Known(site, codes))


@get("/people", sync_to_thread=True, name="people", summary="People", operation_id="people")
def listed(request: Asked, leaf: NamedDependency[Leaf], states: States = None) -> Response[bytes]:
    """The people that reports name, those in most reports first, with their latest office."""
    site, codes = site_of(request), states_of(states)
    known = _known(site, codes)
    some = known.people[leaf.offset : leaf.offset + leaf.rows]
    view = View(
        template="people.html",
        context=lambda: {
            "people": some, "codes": codes, "names": names(codes) if codes else "", "is_cut": known.is_cut,
            "leaf": leaf.of(len(known.people)), "asked": {"state": codes, **leaf.asked()},
        },
        data=lambda: {"total": len(known.people), "page": leaf.page, "rows": leaf.rows, "people": some},
        table=lambda: Table(
            ("id", "name", "country", "offices", "first", "last", "reports", "statements", "spellings"),
            [
                (p.id, p.name, p.country, "; ".join(h.office for h in p.offices), p.first, p.last, len(p.reports),
                 len(p.statements), "; ".join(s.name for s in p.spellings))
                for p in some
            ],
        ),
    )  # fmt: skip
    return reply(request, view)


@get("/person/{key:str}", sync_to_thread=True, name="person", summary="A person", operation_id="person")
def person(request: Asked, key: FromPath[str], states: States = None) -> Response[bytes]:
    """A person's offices over time and statements, as the reports on some states tell them."""
    site, codes = site_of(request), states_of(states)
    known = _known(site, codes)
    made = next((p for p in known.people if p.id == key), None)
    if made is None:
        raise NotFoundException(detail=f"no person {key!r} in these reports")
    said = [known.records[s] for s in reversed(made.statements)]
    view = View(
        template="person.html",
        context=lambda: {
            "person": made, "codes": codes, "said": rows(said[:SAID], known.reports.values()),
            "more": max(0, len(said) - SAID), "reports": known.reports,
        },
        data=lambda: made,
        table=lambda: Table(HEADER, [r.cells() for r in rows(said, known.reports.values())]),
    )  # fmt: skip
    return reply(request, view)


PAGES = (listed, person)
