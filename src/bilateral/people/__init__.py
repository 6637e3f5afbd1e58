"""People across reports: which names are one person's, and their offices over time, each with its sources.

Made from Role and Statement records and the reports they rest on; asks no store. Nobody is resolved to a person of the
world: a person here is what some reports say of one name. How names are compared stands in docs/rules/people.md.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from bilateral.interval import interval
from bilateral.model import Record, Report, Role, Statement
from bilateral.people.joining import Apart, Group, Joined, Sighting, fullest, groups
from bilateral.people.names import compared, keys, parted

__all__ = ["Apart", "Held", "Joined", "Person", "Spelling", "named", "people"]


class Source(Struct, frozen=True, kw_only=True):
    """Where something stands: the record, its report, the day, and the exact words with their offsets."""

    record: str
    report: str
    day: str | None
    start: int
    end: int
    text: str


class Held(Struct, frozen=True, kw_only=True):
    """An office that reports give a person: as worded most often, state, level, and the first and last day seen.

    Days are those of the reports (EDTF), None where no report is dated; `until` is no end of the office, only the last
    time that it was spoken of. A former office is told as such, with the days on which it was.
    """

    office: str
    wordings: tuple[str, ...]
    country: str | None
    organisation: str | None
    accredited: str | None
    level: str | None
    standing: str
    since: str | None
    until: str | None
    reports: tuple[str, ...]
    sources: tuple[Source, ...]


class Spelling(Struct, frozen=True):
    """A spelling of a name and in how many reports it is the fullest one."""

    name: str
    reports: int


class Person(Struct, frozen=True, kw_only=True):
    """One person as reports tell of one: spellings, state, offices over time, what was joined and what kept apart.

    `statements` are the ids of what the person said, by report day. `id` is a hash of the first sighting.
    """

    id: str
    name: str
    spellings: tuple[Spelling, ...]
    country: str | None
    offices: tuple[Held, ...]
    first: str | None
    last: str | None
    reports: tuple[str, ...]
    statements: tuple[str, ...]
    joins: tuple[Joined, ...]
    apart: tuple[Apart, ...]


Seen = dict[tuple[str, str, str], list[Record]]


def people(records: Iterable[Record], reports: Mapping[str, Report]) -> tuple[Person, ...]:
    """The people of some records, by name; the same in whatever order the records come.

    `reports` are the reports by id. Records of other kinds, and statements of speakers without a name, are passed over.
    """
    seen = _seen(records)
    docs = {doc: reports[doc].published.value for doc, _, _ in seen}
    sightings = {_sighting(doc, name, some, docs[doc]): some for (doc, name, _), some in sorted(seen.items())}
    made = [_person(group, [r for s in group.sightings for r in sightings[s]], docs) for group in groups(sightings)]
    return tuple(sorted(made, key=lambda p: (p.name.casefold(), p.id)))


def named(some: Iterable[Person], words: str) -> tuple[Person, ...]:
    """The people whom a name as a user writes it may mean, those first whom it fits best."""
    ranks = {"same": 0, "initial": 1, "part": 2}
    found = []
    for person in some:
        verdicts = [compared(words, s.name, person.country).verdict for s in person.spellings]
        rank = min((ranks[v] for v in verdicts if v in ranks), default=None)
        if rank is None and keys(words) & {k for s in person.spellings for k in keys(s.name)}:
            rank = 3 if len(parted(words).words) == 1 else None
        if rank is not None:
            found.append((rank, -len(person.reports), person.name, person.id, person))
    return tuple(entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1]))


def _seen(records: Iterable[Record]) -> Seen:
    """The records of each person of each report, by report and name, in one order."""
    by_name: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda r: (r.doc, r.evidence[0].start, r.id)):
        name = record.person if isinstance(record, Role) else _speaker(record)
        if name:
            by_name[(record.doc, name)].append(record)
    seen: Seen = defaultdict(list)
    for (doc, name), some in by_name.items():
        states = Counter(state for r in some if (state := _state(r)))
        usual = min(states, key=lambda code: (-states[code], code)) if states else ""
        for record in some:  # two people of one name in one report are told apart by their states
            seen[(doc, name, _state(record) or usual)].append(record)
    return dict(seen)


def _state(record: Record) -> str | None:
    """The state that somebody serves; None where none is told or it is an organisation's officer."""
    code = (
        record.country
        if isinstance(record, Role)
        else record.speaker.country
        if isinstance(record, Statement)
        else None
    )
    return None if code and code.startswith("IGO:") else code


def _speaker(record: Record) -> str | None:
    """The name of the person who says something; None for bodies and states."""
    if not isinstance(record, Statement) or record.speaker.level == "ORG":
        return None
    return record.speaker.name


def _sighting(doc: str, name: str, some: list[Record], day: str | None) -> Sighting:
    roles = [r for r in some if isinstance(r, Role)]
    said = [r.speaker for r in some if isinstance(r, Statement)]
    codes = Counter(code for code in (*(r.country for r in roles), *(a.country for a in said)) if code)
    country = min(codes, key=lambda code: (-codes[code], code)) if codes else ""
    now = [r.level for r in roles if r.level and r.standing != "former"]
    levels = {*now, *(a.level for a in said if a.level and not roles)} - {"CIV"}
    days = interval(day)
    return Sighting(name, country, tuple(sorted(x for x in levels if x)), days[0] if days else "", doc)


def _person(group: Group, records: list[Record], docs: Mapping[str, str | None]) -> Person:
    names = Counter(s.name for s in group.sightings)
    codes = Counter(s.country for s in group.sightings if s.country)
    first = min(group.sightings, key=lambda s: (s.day or "~", s))
    days = sorted(s.day for s in group.sightings if s.day)
    said = sorted((r for r in records if isinstance(r, Statement)), key=lambda r: (docs[r.doc] or "~", r.doc, r.id))
    return Person(
        id=hashlib.blake2b(f"{first.doc}\x00{first.name}".encode(), digest_size=8).hexdigest(), name=fullest(names),
        spellings=tuple(Spelling(name, names[name]) for name in sorted(names, key=lambda n: (-names[n], n))),
        country=min(codes, key=lambda code: (-codes[code], code)) if codes else None,
        offices=_offices([r for r in records if isinstance(r, Role)], docs), first=days[0] if days else None,
        last=days[-1] if days else None, reports=tuple(dict.fromkeys(s.doc for s in group.sightings)),
        statements=tuple(r.id for r in said), joins=group.joins, apart=group.apart,
    )  # fmt: skip


def _offices(roles: list[Role], docs: Mapping[str, str | None]) -> tuple[Held, ...]:
    """The offices of a person in the order in which they were first seen, former ones and undated ones last."""
    by_kind: dict[tuple[str, ...], list[Role]] = defaultdict(list)
    for role in roles:
        by_kind[(role.level or role.office, role.country or "", role.accredited or "", role.standing)].append(role)
    made = [_held(some, docs) for some in by_kind.values()]
    return tuple(sorted(made, key=lambda h: (h.standing == "former", h.since or "~", h.until or "", h.office)))


def _held(roles: list[Role], docs: Mapping[str, str | None]) -> Held:
    ordered = sorted(roles, key=lambda r: (docs[r.doc] or "~", r.doc, r.id))
    words = Counter(r.office for r in ordered)
    days = sorted(day for r in ordered if (day := docs[r.doc]) and interval(day))
    bodies = Counter(r.organisation for r in ordered if r.organisation)
    first = ordered[0]
    wordings = tuple(sorted(words, key=lambda w: (-words[w], -len(w), w)))
    return Held(
        office=wordings[0], wordings=wordings, country=first.country, accredited=first.accredited, level=first.level,
        organisation=min(bodies, key=lambda b: (-bodies[b], b)) if bodies else None, standing=first.standing,
        since=days[0] if days else None, until=days[-1] if days else None,
        reports=tuple(dict.fromkeys(r.doc for r in ordered)), sources=tuple(_source(r, docs[r.doc]) for r in ordered),
    )  # fmt: skip


def _source(role: Role, day: str | None) -> Source:
    at = role.span("office") or role.evidence[0]
    return Source(record=role.id, report=role.doc, day=day, start=at.start, end=at.end, text=at.text)
