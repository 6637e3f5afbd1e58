"""What a brief tells of: entries of the ledger with their records, each with the record that words it best.

A record that no entry holds (the ledger is behind, or has no pair for it) is a thing of its own. A question that admits
only some records of an entry gives the entry as those records tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import get_args

from msgspec import Struct, structs

from bilateral import accounts, knowledge
from bilateral.brief.sections import told_elsewhere
from bilateral.brief.structure import Telling
from bilateral.brief.wording import date_of
from bilateral.entries import Entry, EntryKind, Step, Witness
from bilateral.model import Agreement, AnyRecord, Event, Measure, Report, Status, Visit
from bilateral.store import Store

SHORT = 2  # letters of a name that may stand in any word
_MANY = ("multilateral", "summit")  # of what two sides hold on the margins of one, their own meeting is told
_KINDS: dict[type, EntryKind] = {Event: "deed", Visit: "contact", Agreement: "agreement", Measure: "figure"}
_STATUSES = get_args(Status)
# Publishers that speak for a state: its ministries, embassies and offices, beside the outlets that it owns.
_OFFICIAL = re.compile(
    r"\b(?:ministr(?:y|ies)|foreign affairs|embass(?:y|ies)|consulate|government|cabinet|parliament|presiden(?:cy|t)"
    r"|prime minister|kremlin|department of|state department|office of|customs|central bank|armed forces)\b",
    re.IGNORECASE,
)


class Thing(Struct, frozen=True, kw_only=True):
    """An entry with the records that the question admits, in the order of telling; `lead` is the one that words it."""

    entry: Entry
    records: tuple[AnyRecord, ...]
    lead: AnyRecord

    @property
    def steps(self) -> tuple[Step, ...]:
        """The life of the entry, as far as the records at hand tell it."""
        own = {r.id for r in self.records}
        return tuple(step for step in self.entry.life if own & set(step.records))


def things(store: Store, dyad: tuple[str, ...], records: Iterable[AnyRecord]) -> list[Thing]:
    """What some records tell of, one a happening; what only echoes a visit, agreement or figure is left out.

    Statements and roles are no happenings and in none.
    """
    joined = {r.id: r for r in records if type(r) in _KINDS}
    elsewhere = told_elsewhere(joined.values())
    found = list(_joined(accounts.holding(store, joined, dyad=dyad), joined))
    held = {r.id for t in found for r in t.records}
    found += [_thing(_lone(r, dyad), [r]) for r in joined.values() if r.id not in held]
    return [t for t in found if not all(r.id in elsewhere for r in t.records)]


def _joined(entries: Iterable[Entry], records: dict[str, AnyRecord]) -> Iterator[Thing]:
    """Yield the entries that hold some of the records; of one state, what concerns three states is told once."""
    taken: set[str] = set()
    for entry in sorted(entries, key=lambda e: -len(e.records)):
        own = [records[key] for key in entry.records if key in records and key not in taken]
        if own:
            taken.update(r.id for r in own)
            yield _thing(_narrowed(entry, own), own)


def _narrowed(entry: Entry, own: list[AnyRecord]) -> Entry:
    """An entry as some of its records tell it; itself where they are all."""
    if len(own) == len(entry.records):
        return entry
    ids, docs = {r.id for r in own}, {r.doc for r in own}
    witnesses = tuple(w for w in entry.witnesses if docs & set(w.reports))
    statuses = {r.status for r in own}
    return structs.replace(
        entry, records=tuple(r.id for r in own), reports=tuple(dict.fromkeys(r.doc for r in own)),
        contradictions=tuple(c for c in entry.contradictions if set(c.records) <= ids), witnesses=witnesses,
        independent=len({w.story for w in witnesses}),
        status=entry.status if entry.status in statuses else own[-1].status,
    )  # fmt: skip


def _lone(record: AnyRecord, dyad: tuple[str, ...]) -> Entry:
    """An entry of one record."""
    pair = (dyad[0], dyad[-1])
    kind = _KINDS[type(record)]
    own = record.visit_kind if isinstance(record, Visit) else getattr(record, "code", getattr(record, "type", ""))
    return Entry(
        id=record.id, kind=kind, dyad=pair, codes=pair, type=str(own or getattr(record, "quantity", "")),
        date=date_of(record), status=record.status, records=(record.id,), reports=(record.doc,),
        is_open=record.status in ("planned", "proposed") and kind in ("contact", "agreement"),
    )  # fmt: skip


def _thing(entry: Entry, records: list[AnyRecord]) -> Thing:
    return Thing(entry=entry, records=tuple(records), lead=_lead(entry, records))


def _lead(entry: Entry, records: list[AnyRecord]) -> AnyRecord:
    """The record that words an entry, with the entry's own status, date and place where it has these."""
    match entry.kind:
        case "contact":
            return _contact(entry, records)
        case "agreement":
            return _agreement(entry, records)
        case "figure":
            return max((r for r in records if isinstance(r, Measure)), key=_fullness, default=records[0])
        case _:
            return next((r for r in records if not getattr(r, "background", False)), records[0])


def _contact(entry: Entry, records: list[AnyRecord]) -> AnyRecord:
    visits = [r for r in records if isinstance(r, Visit)]
    if not visits:
        return next((r for r in records if r.status == entry.status), records[0])
    two = [v for v in visits if not v.multilateral and v.visit_kind not in _MANY] or visits
    best = max(two, key=lambda v: (v.visit_kind == entry.type, v.status == entry.status, *_detail(v)))
    start, _, end = (entry.date or "").partition("/")
    status = entry.status if entry.status in _STATUSES else best.status
    hosts = max((v.hosts for v in visits if v.visit_kind == best.visit_kind), key=_named)
    place = best.place or next((v.place for v in visits if v.place and _same_hosts(v, best)), None)
    return structs.replace(
        best, status=status, start=start if start != ".." and start else best.start, end=end or None, place=place,
        hosts=best.hosts if _named(best.hosts) or not _named(hosts) else hosts,
    )  # fmt: skip


def _same_hosts(a: Visit, b: Visit) -> bool:
    return {h.country for h in a.hosts} == {h.country for h in b.hosts}


def _named(actors: Iterable[object]) -> int:
    return sum(bool(getattr(a, "name", None)) for a in actors)


def _detail(v: Visit) -> tuple[int, ...]:
    return _named(v.visitors) + _named(v.hosts), bool(v.place), len(v.start or ""), len(v.topics)


def _agreement(entry: Entry, records: list[AnyRecord]) -> AnyRecord:
    """The record of the step where the agreement stands, with the fullest title that any telling gives."""
    papers = [r for r in records if isinstance(r, Agreement)]
    if not papers:
        return records[0]
    stands = standing(entry.life, {r.id for r in papers})
    at = [r for r in papers if stands and r.id in stands.records] or papers
    titled = max(papers, key=lambda a: (len(a.title or ""), bool(a.subjects)))
    lead = max(at, key=lambda a: (bool(a.title), len(a.subjects)))
    subjects = lead.subjects or titled.subjects
    date = stands.date if stands and stands.date else lead.date
    return structs.replace(lead, title=titled.title or lead.title, subjects=subjects, date=date, type=titled.type)


def standing(life: Iterable[Step], records: Iterable[str]) -> Step | None:
    """The step where a thing stands: the last one reached; where none is, the last one spoken of."""
    own = set(records)
    steps = [s for s in life if own & set(s.records)]
    reached = [s for s in steps if s.status in ("happened", "ongoing") and s.stage != "mentioned"]
    return next(iter((reached or steps)[::-1]), None)


def _fullness(m: Measure) -> tuple[bool, bool, bool]:
    return m.value is not None, m.change is not None, m.bound is None


# Who says so ------------------------------------------------------------------------------------------------------


def telling(entry: Entry, reports: dict[str, Report]) -> Telling | None:
    """Who tells an entry: which sides, how many outlets of their own, which of them a state's; None where unknown."""
    if not entry.witnesses:
        return None
    by_story: dict[str, set[str | None]] = {}
    for w in entry.witnesses:
        by_story.setdefault(w.story, set()).add(w.country or _speaks_for(w, reports))
    # A near-copy in a paper of no side is still the story of the side that told it.
    voices = [v for some in by_story.values() for v in (some - {None} or some)]
    own = tuple(code for code in entry.dyad if code in voices)
    has_third = any(voice not in entry.dyad for voice in voices)
    one = "one side and third parties" if has_third else "one side"
    sides = "both sides" if len(own) == len(entry.dyad) else one if own else "third parties"
    prints = {w.story: w.reports for w in entry.witnesses}
    copies = len({doc for w in entry.witnesses for doc in w.reports}) - len(prints)
    owned = (name for w in entry.witnesses for name in w.outlets if owner(name))
    return Telling(
        sides=sides, states=own, independent=entry.independent or len(prints), copies=max(0, copies),
        state_owned=tuple(dict.fromkeys(owned)),
    )  # fmt: skip


def _speaks_for(witness: Witness, reports: dict[str, Report]) -> str | None:
    return next((code for doc in witness.reports if doc in reports and (code := voice(reports[doc].publisher))), None)


def owner(publisher: str | None) -> str | None:
    """The state that owns an outlet; None where none does or the outlet is not known."""
    outlet = knowledge.outlet_of(publisher or "")
    return outlet.country if outlet is not None and outlet.state_owned else None


def voice(publisher: str | None) -> str | None:
    """The state that a publisher speaks for: that of a state-owned outlet, of a ministry or embassy by its name."""
    words = publisher or ""
    if knowledge.outlet_of(words) is not None or not _OFFICIAL.search(words):
        return owner(words)
    return official(words)


@cache
def official(words: str) -> str | None:
    """The one state that a name of a ministry or embassy names first ("Embassy of A in B" speaks for A)."""
    found = []
    for state in knowledge.states():
        names = (re.escape(w) for w in (state.name, knowledge.adjective_of(state.code), *state.names) if len(w) > SHORT)
        if at := re.search(rf"\b(?:{'|'.join(names)})\b", words, re.IGNORECASE):
            found.append((at.start(), -len(at[0]), state.code))
    return min(found)[2] if found else None
