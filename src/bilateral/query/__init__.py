"""Questions to a store and their answers. The only SQL outside `store`; nothing here changes a store.

A record counts while its report does: what a newer text superseded is left out, unless that very report is asked for.
Records come as people corrected them; what they rejected is left out unless it is asked for.
"""

from __future__ import annotations

from bilateral.query.answers import SHORTEST, counts, dyads, positions, problems, record, records, report, reports
from bilateral.query.searching import Hit, search

__all__ = [
    "SHORTEST", "Hit", "counts", "dyads", "positions", "problems", "record", "records", "report", "reports", "search",
]  # fmt: skip
