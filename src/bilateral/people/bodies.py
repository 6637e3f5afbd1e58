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
from bilateral.knowledge import code_of, fold, organisations, place_code
from bilateral.model import Actor, Agreement, Event, Record, Report, Role, Statement, Visit

_EQUAL = (
    ("foreign ministry", "mfa", "mofa", "foreign office", "external affairs ministry"),
    ("armed forces", "military", "defence forces", "defense forces"),
    ("parliament", "legislature"), ("police", "police force", "national police"),
    ("central bank", "national bank", "reserve bank"),
)  # fmt: skip
_MINISTRY = re.compile(r"(?:ministry|department) (?:of|for) (?:the )?(.+)|(.+) (?:ministry|department)")
_FOREIGN = re.compile(r"(?:foreign|external)(?: affairs| relations)?(?: and .+)?|international relations")
_LETTERS = (("defense", "defence"), ("labor", "labour"), ("national defence", "defence"))
# Kinds of bodies of a state that the list of organisations names.
_OF_STATES = frozenset(("ministry", "agency", "parliament", "armed_force", "court"))
_SPOKEN_FOR = re.compile(
    r"(?:.*\b)?(?:spokes(?:man|woman|person)|press secretary|official representative) (?:of|for) (?:the )?(?P<of>.+)"
    r"|(?P<own>.+?)(?:['’]s?)?(?: (?:deputy|chief|official))? (?:spokes(?:man|woman|person)|press secretary)",
    re.IGNORECASE,
)
_TIED = "the one"
# A chamber or committee is not the parliament that a list names it beside.
_CHAMBER = re.compile(r"\b(?:senate|house|chamber|committee|commons|lords)\b", re.IGNORECASE)
_VAGUE = frozenset(("ministry", "department", "agency", "commission", "committee", "secretariat", "directorate",
                    "embassy", "consulate", "mission", "delegation", "party", "court"))  # fmt: skip


class Named(Struct, frozen=True, order=True):
    """What the words for a body say: its state ("" where none is told), its name in one spelling, why, if vague."""

    country: str
    name: str
    reason: str
    is_vague: bool


class Body(Struct, frozen=True, kw_only=True):
    """One body as reports tell of it: state, spellings, what it said and did (record ids), days, reports, the joins.

    `statements` hold what its spokespeople said for it; `people` are those whom reports give an office of it.
    """

    name: str
    country: str | None
    spellings: tuple[str, ...]
    statements: tuple[str, ...]
    acts: tuple[str, ...]
    first: str | None
    last: str | None
    reports: tuple[str, ...]
    joins: tuple[tuple[str, str], ...]
    people: tuple[str, ...] = ()


class Seen(Struct, frozen=True, order=True):
    """One naming of a body in a record: the words, what they say, and the officer who stands for it, if one does."""

    words: str
    named: Named
    person: str = ""
    is_said: bool = False


@cache
def _aliases() -> dict[str, tuple[str, str, str]]:
    """The bodies of states by each of their listed names and seats: state, name in one spelling, listed name."""
    found: dict[str, tuple[str, str, str]] = {}
    for body in organisations():
        if body.kind in _OF_STATES and body.country is not None:
            names = [n for n in (body.name, *body.names) if not _CHAMBER.search(n)] or [body.name]
            known = (n.name for w in names if _is_sure(n := _by_words(w, body.country)))
            name = next(known, fold(body.name))
            found.update({fold(w): (body.country, name, body.name) for w in (*body.seats, *names)})
    return found


@cache
def _kinds() -> frozenset[str]:
    return frozenset(b.words for b in listed() if b.kind == "body")


def naming(words: str, country: str | None = None) -> Named:
    """What the words for a body say; `country` is the state that the record gives, where the words tell none."""
    state, name, listed_as = _aliases().get(fold(words), ("", "", ""))
    if state and country in (None, "", state):
        return Named(state, name, f"the {name} of {state}, listed as {listed_as}", False)
    return _by_words(words, country)


def _by_words(words: str, country: str | None) -> Named:
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
    core = "foreign ministry" if state == "USA" and core == "state ministry" else core
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

    Vague words ("the ministry", or no state told) are joined within their own report only: to the one body that it
    names and that they may mean, else to each other.
    """
    by_doc: dict[str, list[tuple[Seen, Record]]] = defaultdict(list)
    for record in sorted(records, key=lambda r: (r.doc, r.id)):
        by_doc[record.doc] += [(seen, record) for seen in _seen(record)]
    found: dict[tuple[str, str, str], list[tuple[Seen, Record]]] = defaultdict(list)
    for doc, some in by_doc.items():
        clear = sorted({s.named for s, _ in some if not s.named.is_vague})
        for seen, record in some:
            named = _tied(seen.named, clear) if seen.named.is_vague else seen.named
            key = (named.country, named.name, doc if named.is_vague else "")
            found[key].append((Seen(seen.words, named, seen.person, seen.is_said), record))
    made = [_body(key[0], some, reports) for key, some in sorted(found.items()) if _is_told(some)]
    return tuple(sorted(made, key=lambda b: (b.name.casefold(), b.country or "", b.reports)))


def _is_told(some: list[tuple[Seen, Record]]) -> bool:
    """Whether a body is more than a word in somebody's office, which says nothing of what it did."""
    return any(seen.is_said or not seen.person for seen, _ in some)


def _tied(vague: Named, clear: list[Named]) -> Named:
    """Vague words as the one body of their report that they may mean by state and by name or its last word."""
    fits = [c for c in clear if not vague.country or c.country == vague.country]
    fits = [c for c in fits if c.name == vague.name or c.name.endswith(f" {vague.name}")]
    if len({(c.country, c.name) for c in fits}) != 1:
        return vague
    one = fits[0]
    return Named(one.country, one.name, f"{_TIED} {vague.name} that its report names, of {one.country}", False)


def _seen(record: Record) -> list[Seen]:
    """The bodies that a record names: who acts or speaks, for whom, and of whom somebody is an officer."""
    if isinstance(record, Role):
        named = naming(record.organisation, record.country) if record.organisation else None
        return [Seen(record.organisation or "", named, record.person)] if named and _is_sure(named) else []
    found = [
        Seen(a.name, naming(a.name, a.country))
        for a in _actors(record)
        if a.name and a.level == "ORG" and code_of(a.name) is None
    ]
    return [*found, *_spoken_for(record)] if isinstance(record, Statement) else found


def _spoken_for(record: Statement) -> list[Seen]:
    """The body behind a statement of a spokesperson, or of a state by its seat ("the Kremlin")."""
    speaker, words = record.speaker, record.span("speaker")
    if speaker.name and speaker.level == "ORG" and code_of(speaker.name) == speaker.country and words is not None:
        seat = _aliases().get(fold(words.text))
        return [Seen(words.text, naming(words.text, speaker.country))] if seat and seat[0] == speaker.country else []
    match = _SPOKEN_FOR.fullmatch(speaker.role or "") if speaker.level == "SPOX" else None
    if match is None:
        return []
    name = match["of"] or match["own"]
    named = naming(name, speaker.country)
    return [Seen(name, named, speaker.name or speaker.role or "", True)] if _is_sure(named) or named.is_vague else []


def _is_sure(named: Named) -> bool:
    """Whether words name a body by a kind that is known or by a listed name."""
    return not named.is_vague and not named.reason.startswith("the same name")


def _actors(record: Record) -> tuple[Actor, ...]:
    if isinstance(record, Statement):
        return (record.speaker,)
    if isinstance(record, Event):
        return record.actors
    if isinstance(record, Visit):
        return (*record.visitors, *record.hosts)
    return record.signatories if isinstance(record, Agreement) else ()


def _body(country: str, some: list[tuple[Seen, Record]], reports: Mapping[str, Report]) -> Body:
    names = Counter(s.words for s, _ in some if not s.person) or Counter(s.words for s, _ in some)
    bare = {s.words for s, _ in some if s.named.reason.startswith(_TIED)}
    spellings = tuple(sorted(names, key=lambda n: (n in bare, -names[n], -len(n), n)))
    docs = sorted({r.doc for _, r in some})
    days = sorted(span[0] for doc in docs if (span := interval(reports[doc].published.value)))
    reasons = {s.words: s.named.reason for s, _ in some}
    return Body(
        name=spellings[0], country=country or None, spellings=spellings, reports=tuple(docs),
        statements=tuple(sorted({r.id for _, r in some if isinstance(r, Statement)})),
        acts=tuple(sorted({r.id for _, r in some if not isinstance(r, (Statement, Role))})),
        first=days[0] if days else None, last=days[-1] if days else None,
        joins=tuple((other, reasons[other]) for other in sorted(spellings[1:])),
        people=tuple(sorted({s.person for s, _ in some if s.person})),
    )  # fmt: skip
