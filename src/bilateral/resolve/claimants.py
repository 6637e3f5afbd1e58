"""Who else claims the territory that an office or body is named after: kept beside the state that is counted.

"Abkhazia's foreign minister" counts for the state that the United Nations or most states recognise; every other
claimant stays as a candidate, and the reason names them all.
"""

from __future__ import annotations

from bilateral.resolve.gazetteer import Hit
from bilateral.resolve.scan import Scan
from bilateral.text import Candidate

_ALSO = 0.3


def with_claimants(
    scan: Scan, first: int, last: int, candidates: tuple[Candidate, ...], reason: str
) -> tuple[tuple[Candidate, ...], str]:  # fmt: skip
    """The candidates and the reason for the tokens first..last, with all claimants of a disputed territory in them."""
    hit = _territory(scan, first, last)
    if hit is None or not candidates or candidates[0].id != hit.surface.codes[0]:
        return candidates, reason
    name = scan.view.text(hit.first, hit.last)
    others = tuple(Candidate(c, _ALSO, f"claims {name}") for c in hit.surface.codes[1:])
    return (*candidates, *others), f"{reason}; {name} is disputed: {', '.join(hit.surface.codes)}"


def _territory(scan: Scan, first: int, last: int) -> Hit | None:
    found = (scan.cover.get(k) for k in range(first, last))
    return next((h for h in found if h is not None and h.surface.kind == "disputed" and len(h.surface.codes) > 1), None)
