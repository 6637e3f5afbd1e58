"""The charts of a brief as pictures, each at an address of its own."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, PathParameter

from bilateral import charts
from bilateral.web.asking import Filters
from bilateral.web.pages.dyads import made_of, scope
from bilateral.web.site import site_of
from bilateral.web.views import SVG, Asked, tagged

MOST = 20


@get(
    "/dyad/{a:str}/{b:str}/chart/{n:int}", sync_to_thread=True, summary="A chart of a brief", operation_id="chart",
    name="chart",
)  # fmt: skip
def chart(
    request: Asked, a: FromPath[str], b: FromPath[str], filters: NamedDependency[Filters],
    n: Annotated[int, PathParameter(ge=1, le=MOST, description="Its place among the charts of the brief.")],
) -> Response[bytes]:  # fmt: skip
    """Events by class, visits on a time line, lives of agreements, or a figure beside reference series, as SVG."""
    site = site_of(request)
    asked = scope(site, (a, b), filters)
    drawings = made_of(site, asked).charts
    if not 0 < n <= len(drawings):
        raise NotFoundException(detail="this brief has no such chart")
    svg = site.once(("chart", asked, n), lambda: charts.drawn(drawings[n - 1]))
    return Response(svg.encode("utf-8", "backslashreplace"), media_type=SVG, headers=tagged(request))


PAGES = (chart,)
