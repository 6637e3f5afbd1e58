"""The charts of a brief as pictures, each at an address of its own, and as specifications to explore in a browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Annotated, TypeVar

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, PathParameter, QueryParameter

from bilateral import charts
from bilateral.web import bundle
from bilateral.web.asking import Filters
from bilateral.web.pages.dyads import question_of, shown_of
from bilateral.web.site import site_of
from bilateral.web.views import SVG, Asked, Table, View, form_of, reply, sent

MOST = 20
WIDE, SLIM = 560, 340  # pixels of a chart in a column of a page, and on a telephone
HEADER = ("from", "to", "what", "kind", "value", "low", "high", "open_end")
T = TypeVar("T")
_turn = Lock()
DARK = (Path(__file__).parents[1] / "static" / "dark.css").read_text(encoding="utf-8")


@get(
    "/dyad/{a:str}/{b:str}/chart/{n:int}", sync_to_thread=True, summary="A chart of a brief", operation_id="chart",
    name="chart",
)  # fmt: skip
def chart(
    request: Asked, a: FromPath[str], b: FromPath[str], filters: NamedDependency[Filters],
    n: Annotated[int, PathParameter(ge=1, le=MOST, description="Its place among the charts of the brief.")],
    slim: Annotated[bool, QueryParameter(description="Narrower, its legend in fewer columns.")] = False,
) -> Response[bytes]:  # fmt: skip
    """Events by class, visits on a time line, lives of agreements, or a figure beside reference series, as SVG."""
    site, asked = site_of(request), question_of((a, b), filters)
    drawings = shown_of(site, asked).brief.charts
    if not 0 < n <= len(drawings):
        raise NotFoundException(detail="this brief has no such chart")
    drawing, room = drawings[n - 1], SLIM if slim else WIDE
    if form_of(request) != "html":
        marks = [(m.start, m.end, m.row, m.kind, m.value, m.low, m.high, m.head) for m in drawing.marks]
        return reply(request, View(
            template="chart.html", context=dict, data=lambda: _alone(partial(charts.explorable, room=room), drawing),
            table=lambda: Table(HEADER, marks),
        ))  # fmt: skip
    svg = site.once(("chart", asked, n, room), lambda: adapted(_alone(partial(charts.drawn, room=room), drawing)))
    return sent(request, svg.encode("utf-8", "backslashreplace"), SVG, {})


def _alone(make: Callable[[charts.Drawing], T], drawing: charts.Drawing) -> T:
    """What is made of a drawing, one at a time: Altair keeps things in places that all threads share."""
    with _turn:
        return make(drawing)


def adapted(svg: str) -> str:
    """A drawing that can be read on light and on dark ground: its colours follow the reader's setting."""
    head, tag, rest = svg.partition(">")
    return f"{head}{tag}<style>{DARK}</style>{rest}"


@get("/bundle/{version:str}", sync_to_thread=True, include_in_schema=False)
def script(version: FromPath[str]) -> Response[bytes]:
    """The script that draws charts in a browser; its address changes with its version."""
    if not version or version != bundle.version():
        raise NotFoundException(detail="there is no such script")
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(bundle.script(), media_type="text/javascript", headers=kept)


PAGES = (chart, script)
