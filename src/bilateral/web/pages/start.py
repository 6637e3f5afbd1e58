"""The start: which pairs of states the store knows, how much of what, the newest reports, problems."""

from __future__ import annotations

from math import log

from litestar import Response, get
from msgspec import Struct

from bilateral import browsing, query
from bilateral.brief.wording import name
from bilateral.model import Report
from bilateral.web.site import Site, site_of
from bilateral.web.views import Asked, Table, View, reply

WIDEST = 14  # states of the matrix
PAIRS = 60  # pairs listed below it
NEWEST = 8
STEPS = 5  # shades of a cell


class Cell(Struct, frozen=True):
    """A cell of the matrix: two codes, how many records, how dark it is drawn (0: none)."""

    a: str
    b: str
    count: int
    shade: int


class Matrix(Struct, frozen=True):
    """The states with most records, each with each; a row for each code."""

    codes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def matrix(pairs: list[tuple[str, str, int]]) -> Matrix:
    """The pairs of the states with most records; shades go by orders of magnitude, from the least shown to the most."""
    of: dict[str, int] = {}
    counts: dict[frozenset[str], int] = {}
    for a, b, n in pairs:
        counts[frozenset((a, b))] = n
        of[a], of[b] = of.get(a, 0) + n, of.get(b, 0) + n
    codes = tuple(sorted(sorted(of, key=lambda code: (-of[code], code))[:WIDEST], key=lambda c: (c[:4] == "IGO:", c)))
    shown = [n for both, n in counts.items() if both <= set(codes)]
    least, most = min(shown, default=1), max(shown, default=1)

    def cell(a: str, b: str) -> Cell:
        n = counts.get(frozenset((a, b)), 0) if a != b else 0
        return Cell(a, b, n, _shade(n, least, most))

    return Matrix(codes, tuple((a, tuple(cell(a, b) for b in codes)) for a in codes))


def _shade(n: int, least: int, most: int) -> int:
    """How dark a number is drawn, in steps of equal factors from the least that is shown to the most."""
    if n <= 0:
        return 0
    return 1 + round((STEPS - 1) * (log(n / least) / log(most / least))) if most > least else STEPS


class Overview(Struct, frozen=True):
    """All that the start shows."""

    counts: dict[str, int]
    pairs: list[tuple[str, str, int]]
    newest: list[Report]
    stale: int


def _overview(site: Site) -> Overview:
    store = site.store
    newest, _ = browsing.reports(store, limit=NEWEST)
    return Overview(browsing.counts(store), query.dyads(store), newest, len(store.stale()))


@get("/start", sync_to_thread=True, name="start", summary="What the store holds", operation_id="start")
def start(request: Asked) -> Response[bytes]:
    """Pairs of states with their numbers of records, the newest reports, counts."""
    site = site_of(request)
    made = site.once("start", lambda: _overview(site))
    counts, pairs, newest = made.counts, made.pairs, made.newest
    view = View(
        template="start.html",
        context=lambda: {
            "counts": counts, "matrix": matrix(pairs), "pairs": pairs[:PAIRS], "more": max(0, len(pairs) - PAIRS),
            "newest": newest, "stale": made.stale, "codes": sorted({c for a, b, _ in pairs for c in (a, b)}, key=name),
        },
        data=lambda: {
            "counts": counts, "newest": newest,
            "pairs": [{"codes": [a, b], "names": [name(a), name(b)], "records": n} for a, b, n in pairs],
        },
        table=lambda: Table(
            ("a", "b", "a_name", "b_name", "records"), [(a, b, name(a), name(b), n) for a, b, n in pairs]
        ),
    )  # fmt: skip
    return reply(request, view)


PAGES = (start,)
