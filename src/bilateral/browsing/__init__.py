"""Questions of somebody who leafs through a store: pages of records, what they can be narrowed by, counts by month.

Changes nothing. A record counts while its report does, as in `query`. `Timed` is a store whose questions have an end.
"""

from __future__ import annotations

from bilateral.browsing.papers import Paper, languages, paper, problems, reports
from bilateral.browsing.records import (
    FACETED,
    FIELDS,
    Facet,
    counts,
    facets,
    interviews,
    newest,
    of_ids,
    page,
    since_when,
    size,
)
from bilateral.browsing.timed import SECONDS, OverdueError, Pulse, Timed

__all__ = [
    "FACETED", "FIELDS", "SECONDS", "Facet", "OverdueError", "Paper", "Pulse", "Timed", "counts", "facets",
    "interviews", "languages", "newest", "of_ids", "page", "paper", "problems", "reports", "since_when", "size",
]  # fmt: skip
