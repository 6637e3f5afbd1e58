"""A claimed figure with its report, as the checks take it, and whose state its claimant is."""

from __future__ import annotations

from typing import NamedTuple

from bilateral import knowledge
from bilateral.model import Measure, Report
from bilateral.reference.allowed import number_words
from bilateral.reference.verdicts import Told


class Figure(NamedTuple):
    """A measure and the report that it stands in."""

    measure: Measure
    report: Report


def told(figure: Figure) -> Told:
    """The claim as a check shows it."""
    m, report = figure
    speaker = m.claimed_by.speaker
    sentence = m.span("sentence") or m.evidence[0]
    return Told(
        record=m.id, doc=report.id, uri=report.uri, published=report.published.value,
        outlet=m.claimed_by.outlet or report.publisher, speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else None, country=country(figure), words=sentence.text, quantity=m.quantity,
        parties=m.parties, direction=m.direction, period=m.period, value=m.value, digits=m.digits, unit=m.unit,
        bound=m.bound, change=_change(m), kind=m.measure_kind,
    )  # fmt: skip


def _change(m: Measure) -> str | None:
    """The change in words: "up over 21.5 percent on 2017"."""
    c = m.change
    if c is None:
        return None
    number = number_words(c.value, c.digits, c.unit) if c.value is not None else ()
    base = f"on {c.base}" if c.base else ""
    words = (c.direction or "by", (c.bound or "").replace("_", " "), *number, base)
    return " ".join(word for word in words if word)


def country(figure: Figure) -> str | None:
    """The state of the speaker; where the outlet claims it itself, the outlet's."""
    m, report = figure
    if m.claimed_by.speaker is not None:
        return m.claimed_by.speaker.country
    name = m.claimed_by.outlet or report.publisher
    outlet = knowledge.outlet_of(name) if name else None
    return outlet.country if outlet else None
