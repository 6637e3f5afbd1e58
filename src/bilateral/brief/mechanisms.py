"""The mechanisms of a relationship: commissions, dialogues, consultations, by name, with their last and next round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bilateral.brief.placing import Place
from bilateral.brief.sections import GROUPS
from bilateral.brief.sentences import label
from bilateral.brief.wording import date_of, day
from bilateral.entries import Source
from bilateral.interval import interval
from bilateral.ledger import Told, fact
from bilateral.model import AnyRecord, Visit

_BODY = r"(?:Commission|Committee|Dialogue|Council|Working Group|Forum|Consultations)"
_NAME = re.compile(
    rf"\b(?:[A-Z][\w’'-]+ )+{_BODY}\b(?: (?:on|for) [A-Z][\w-]+(?:(?:,| and|, and)? [A-Z][\w-]+)*)?"
    rf"|\b{_BODY} (?:on|for) [A-Z][\w-]+(?:(?:,| and|, and)? [A-Z][\w-]+)*"
)
_ABOUT = re.compile(r" (?:on|for) ")
_Round = tuple[tuple[str, str], AnyRecord]
_PLAIN = {"joint_commission": "Joint commission", "consultations": "Consultations"}


def named(places: Iterable[Place]) -> Iterator[tuple[str, list[Place]]]:
    """Yield the rounds of each mechanism under its name, the mechanisms with most rounds first."""
    found: dict[str, list[tuple[str | None, Place]]] = {}
    some = list(places)
    for place in (p for p in some if p.placed.heading != GROUPS):
        name = _name(place)
        found.setdefault(_key(place, name), []).append((name, place))
    for key, rounds in sorted(found.items(), key=lambda kv: (-len(kv[1]), kv[0])):
        names = [name for name, _ in rounds if name]
        yield max(names, key=len) if names else key, [place for _, place in rounds]
    if others := [p for p in some if p.placed.heading == GROUPS]:
        yield GROUPS, others


def _name(place: Place) -> str | None:
    """The name of the body or dialogue as the reports give it."""
    records = place.thing.records if place.thing else (place.placed.record,)
    words = (e.text for r in records for e in r.evidence if e.part in ("sentence", "trigger"))
    found = [" ".join(m[0].split()).removeprefix("The ") for text in words for m in _NAME.finditer(text)]
    return max(found, key=len) if found else None


def _key(place: Place, name: str | None) -> str:
    """What rounds of one mechanism have in common: its kind, and what it is on where that is said."""
    record = place.placed.record
    kind = record.visit_kind if isinstance(record, Visit) else "consultations"
    plain = _PLAIN.get(kind, "Consultations")
    if kind == "joint_commission":
        return plain
    if name and not name.endswith("Consultations"):
        return name
    topics = [t for t in record.topics if t != "general"] if isinstance(record, Visit) else []
    return f"{plain} on {label(topics[0], 'subjects')}" if topics else plain


def summary(rounds: Iterable[Place], as_on: str | None) -> str:
    """The last round that was held and the next one that is planned, in a few words; "" where none is dated."""
    held: list[_Round] = []
    ahead: list[_Round] = []
    open_: list[_Round] = []
    for record in (p.placed.record for p in rounds if p.placed.heading != GROUPS):
        span = interval(date_of(record))
        if span is None:
            continue
        if record.status in ("happened", "ongoing"):
            held.append((span, record))
        elif record.status in ("planned", "proposed"):
            (ahead if as_on is None or span[1] >= as_on else open_).append((span, record))
    parts = []
    if held:
        parts.append(f"last round: {_when(max(held, key=lambda f: f[0])[1])}")
    if ahead:
        parts.append(f"next round: {_when(min(ahead, key=lambda f: f[0])[1])}")
    elif open_:
        parts.append(f"next round: was planned for {_when(max(open_, key=lambda f: f[0])[1])}, not reported as held")
    return "; ".join(parts)


def _when(record: AnyRecord) -> str:
    number = _round(record)
    place = getattr(record, "place", None)
    return day(date_of(record)) + (f" (no. {number})" if number else "") + (f", {place}" if place else "")


def _round(record: AnyRecord) -> str | None:
    """The number of a round, as the ledger reads it from the words."""
    made = fact(Told(record=record, source=Source(id=record.doc, publisher=None, day=None, story=record.doc)))
    return made.round if made else None
