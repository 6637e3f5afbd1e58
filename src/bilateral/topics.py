"""What statements are on: the subjects by name, and whether a statement is on one. Knows no store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from bilateral.interval import interval
from bilateral.model import Statement
from bilateral.ontology import subjects, subjects_in

FIRST, LAST = "", "\U0010ffff"
S = TypeVar("S", bound=Statement)


def names() -> tuple[str, ...]:
    """The subjects that there are."""
    return tuple(s.code for s in subjects())


def subject_of(words: str) -> str | None:
    """The subject that some words name, in any case and with spaces or hyphens for its line; None where they do not."""
    code = "_".join(words.casefold().replace("-", " ").replace("_", " ").split())
    return code if code in names() else None


def is_on(said: Statement, subject: str) -> bool:
    """Whether a statement names a subject, in its content or in its sentence aside from who speaks in which office.

    "The trade minister said that peace was near" is not on trade; "Asked about tariffs, he said no" is.
    """
    sentence, who = said.span("sentence"), said.span("speaker")
    around = sentence.text if sentence else ""
    for words in (who.text if who else None, said.speaker.role, said.role, said.speaker.name):
        around = re.sub(re.escape(words), " ", around, flags=re.IGNORECASE) if words else around
    return subject in subjects_in(f"{said.content} {around}")


def newest_first(
    found: Iterable[S], reported: Callable[[S], str | None], first: str | None, last: str | None
) -> tuple[list[S], list[S]]:
    """Statements whose day lies within two days, the newest first; then those without a day.

    The day is that of the saying, else of the report. Of one day, the order is that given.
    """
    dated: list[tuple[str, S]] = []
    undated: list[S] = []
    for said in found:
        days = interval(said.date) or interval(reported(said))
        if days is None:
            undated.append(said)
        elif days[1] >= (first or FIRST) and days[0] <= (last or LAST):
            dated.append((days[0], said))
    return [said for _, said in sorted(dated, key=lambda one: one[0], reverse=True)], undated
