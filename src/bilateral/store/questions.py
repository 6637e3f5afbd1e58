"""What questions ask of the rows of a store, for all that answer them: known values, claimants, days.

Raises CallError, which says what was expected, for what cannot be asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_

from bilateral.errors import CallError
from bilateral.interval import interval
from bilateral.model import Question
from bilateral.store.kinds import fold
from bilateral.store.schema import records as rows


def known(what: str, given: Iterable[str], choices: Iterable[str]) -> None:
    """Raise CallError where one of the values given is not among the choices."""
    wrong = [value for value in given if value not in choices]
    if wrong:
        raise CallError(f"unknown {what} {wrong[0]!r}: expected one of {', '.join(choices)}")


def claimed(by: str) -> ColumnElement[bool]:
    """Claims by an outlet whose name begins with these words, or a speaker in whose name or country they stand."""
    words = fold(by)
    if not words:
        raise CallError(f"expected the name of an outlet or a speaker, or a country's code, got {by!r}")
    outlet = rows.c.outlet_key.startswith(f"{words} ", autoescape=True)
    return or_(outlet, rows.c.speaker_key.contains(f" {words} ", autoescape=True))


def days_of(question: Question) -> tuple[str | None, str | None]:
    """The first and the last day that a question asks for, each None where it is open."""
    first, last = day("since", question.since, 0), day("until", question.until, 1)
    if first and last and first > last:
        raise CallError(f"since {question.since} lies after until {question.until}")
    return first, last


def day(name: str, date: str | None, end: int) -> str | None:
    """The first (0) or last (1) day of a date asked for."""
    days = interval(date)
    if date is not None and days is None:
        raise CallError(f"{name} {date!r} is no date: expected EDTF with a year, such as 2019-03-05 or 2019")
    return days[end] if days else None
