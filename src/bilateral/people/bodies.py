"""Bodies across reports: which spellings are one ministry, agency, parliament or force, by state and kind, and why.

Made from records and the reports they rest on; asks no store. A body named without its kind goes by its folded name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from bilateral.interval import interval
from bilateral.knowledge import bodies as listed
from bilateral.knowledge import code_of, fold, place_code
from bilateral.model import Actor, Agreement, Event, Record, Report, Statement, Visit

_EQUAL = (
    ("foreign ministry", "mfa", "mofa", "foreign office", "external affairs ministry"),
    ("armed forces", "military", "defence forces", "defense forces"),
    ("parliament", "legislature"), ("police", "police force", "national police"),
    ("central bank", "national bank", "reserve bank"),
)  # fmt: skip
_MINISTRY = re.compile(r"(?:ministry|department) (?:of|for) (?:the )?(.+)|(.+) (?:ministry|department)")
_FOREIGN = re.compile(r"(?:foreign|external)(?: affairs| relations)?(?: and .+)?|international relations")
_LETTERS = (("defense", "defence"), ("labor", "labour"), ("national defence", "defence"))
_VAGUE = frozenset(("ministry", "department", "agency", "commission", "committee", "secretariat", "directorate",
                    "embassy", "consulate", "mission", "delegation", "party", "court"))  # fmt: skip


class Named(Struct, frozen=True, order=True):
    """What the words for a body say: its state ("" where none is told), its name in one spelling, why, if vague."""

    country: str
    name: str
    reason: str
    is_vague: bool


class Body(Struct, frozen=True, kw_only=True):
    """One body as reports tell of it: state, spellings, what it said and did (record ids), days, reports, the joins."""

    name: str
    country: str | None
    spellings: tuple[str, ...]
    statements: tuple[str, ...]
    acts: tuple[str, ...]
    first: str | None
    last: str | None
    reports: tuple[str, ...]
    joins: tuple[tuple[str, str], ...]


@cache
def _kinds() -> frozenset[str]:
    return frozenset(b.words for b in listed() if b.kind == "body")


def naming(words: str, country: str | None = None) -> Named:
    """What the words for a body say; `country` is the state that the record gives, where the words tell none."""
    whole = fold(words)
    told, core = _parted(whole)
    is_known = core in _kinds() or any(core in same for same in _EQUAL) or bool(_MINISTRY.fullmatch(core))
    if not is_known and len(core.split()) < 2:
        told, core = "", whole
    for old, new in _LETTERS:
        core = core.replace(old, new)
    if found := _MINISTRY.fullmatch(core):
        topic = found[1] or found[2]
        core = "foreign ministry" if _FOREIGN.fullmatch(topic) else f"{topic.removesuffix(' affairs')} ministry"
    core = next((same[0] for same in _EQUAL if core in same), core)
    state = told or country or ""
    why = f"the {core} of {state or 'no state told'}" if is_known else f"the same name, of {state or 'no state told'}"
    return Named(state, core, why, core in _VAGUE or (is_known and not state))


def _parted(whole: str) -> tuple[str, str]:
    """The state that the words for a body tell, and the rest; an embassy's place is no state of its own."""
    for match in re.finditer(r" of (?:the )?", whole):
        if code := code_of(whole[match.end() :]):
            return code, whole[: match.start()]
    rest, _, place = whole.rpartition(" in ")
    if rest and rest in _kinds() and not re.search("embassy|consulate|mission|office", rest) and place_code(place):
        return place_code(place) or "", rest
    parts = whole.split()
    for n in range(min(3, len(parts) - 1), 0, -1):
        owner = re.sub(r"'s?$", "", " ".join(parts[:n]))
        short = owner.upper() if owner in ("us", "uk", "eu", "un") else owner.title()
        if code := code_of(owner) or code_of(short):
            return code, " ".join(parts[n:])
    return "", whole


def bodies(records: Iterable[Record], reports: Mapping[str, Report]) -> tuple[Body, ...]:
    """The bodies of some records, by name; the same in whatever order the records come.

    Vague words ("the ministry", or no state told) are joined within their own report only.
    """
    seen: dict[tuple[str, str, str], list[tuple[str, Named, Record]]] = defaultdict(list)
    for record in sorted(records, key=lambda r: (r.doc, r.id)):
        for actor in _actors(record):
            if actor.name and actor.level == "ORG" and code_of(actor.name) is None:
                found = naming(actor.name, actor.country)
                key = (found.country, found.name, record.doc if found.is_vague else "")
                seen[key].append((actor.name, found, record))
    made = [_body(key[0], some, reports) for key, some in sorted(seen.items())]
    return tuple(sorted(made, key=lambda b: (b.name.casefold(), b.country or "", b.reports)))


def _actors(record: Record) -> tuple[Actor, ...]:
    if isinstance(record, Statement):
        return (record.speaker,)
    if isinstance(record, Event):
        return record.actors
    if isinstance(record, Visit):
        return (*record.visitors, *record.hosts)
    return record.signatories if isinstance(record, Agreement) else ()


def _body(country: str, some: list[tuple[str, Named, Record]], reports: Mapping[str, Report]) -> Body:
    names = Counter(words for words, _, _ in some)
    spellings = tuple(sorted(names, key=lambda n: (-names[n], -len(n), n)))
    docs = sorted({r.doc for _, _, r in some})
    days = sorted(span[0] for doc in docs if (span := interval(reports[doc].published.value)))
    reasons = {words: found.reason for words, found, _ in some}
    return Body(
        name=spellings[0], country=country or None, spellings=spellings, reports=tuple(docs),
        statements=tuple(sorted({r.id for _, _, r in some if isinstance(r, Statement)})),
        acts=tuple(sorted({r.id for _, _, r in some if not isinstance(r, Statement)})),
        first=days[0] if days else None, last=days[-1] if days else None,
        joins=tuple((other, reasons[other]) for other in sorted(spellings[1:])),
    )  # fmt: skip
