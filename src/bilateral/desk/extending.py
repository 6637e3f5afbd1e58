"""Events told in an ontology of the user's own (`schemes`)."""

from __future__ import annotations

import os
from collections.abc import Iterable

from msgspec import Struct

from bilateral import query
from bilateral.desk.wishes import question
from bilateral.model import Event, Report
from bilateral.schemes import Code, code_for, scheme
from bilateral.store import Store


class Told(Struct, frozen=True, kw_only=True):
    """An event with its code in a scheme; None where the scheme has none for it."""

    event: Event
    report: Report
    code: Code | None


def in_scheme(
    store: Store,
    path: str | os.PathLike[str],
    dyad: Iterable[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
) -> list[Told]:
    """The events of a dyad, or of all, by date, each with its most specific code in the scheme of a file.

    Raises DataError for a file that is no scheme, CallError for what cannot be asked.
    """
    of = scheme(os.fspath(path))
    found = query.records(store, question(kinds=("event",), dyad=dyad, since=since, until=until))
    about = {r.id: r for r in found.reports}
    return [
        Told(event=e, report=about[e.doc], code=code_for(of, e.code, e.mode, e.contexts))
        for e in (*found.records, *found.undated) if isinstance(e, Event)
    ]  # fmt: skip
