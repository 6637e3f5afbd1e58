"""Whose officer a person is: stated with an office or a name, known from elsewhere, or weighed; else unknown.

The order in which signs count stands in docs/rules/resolving.md.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import structs

from bilateral.resolve.context import chosen, meant, nearest, owners, senders
from bilateral.resolve.leaders import Held, office_held
from bilateral.resolve.persons import Cluster
from bilateral.resolve.reach import left, right
from bilateral.resolve.scan import Scan
from bilateral.resolve.setting import Setting, is_bare_secretary, worded
from bilateral.resolve.titles import Chunk, is_sent, office
from bilateral.resolve.view import POSSESSIVES
from bilateral.resolve.words import words
from bilateral.text import Candidate, Office, Person

# Offices that one person holds in a state at a time, so that two bare holders cannot be of one state.
_SINGLE = ("HOS", "HOG", "FM")
_STATED, _SAME, _LEADS, _TOLD = 1.0, 0.95, 0.8, 0.75
# Bodies that a report names short once it has named them whole.
_SHORT = frozenset((
    "ministry", "embassy", "parliament", "government", "department", "agency", "commission", "university",
))  # fmt: skip
_POSSESSIVE = ("its", "their", "his", "her")


class Holder(NamedTuple):
    """A person with the offices made of the chunks, by the chunk's first token, and the country's candidates."""

    person: Person
    offices: dict[int, Office]
    candidates: tuple[Candidate, ...]
    reason: str
    held: Held | None = None


def holders(place: Setting, known: list[Cluster], alone: list[Chunk], date: str | None) -> list[Holder]:
    """The people of a document with their offices and states.

    `alone` are the offices without a name, `date` is the report's.
    """
    found = [_holder(place, cluster, known, alone, date) for cluster in known]
    return [_without_rival(h, found) for h in found]


def _holder(
    place: Setting, cluster: Cluster, known: list[Cluster], alone: list[Chunk], date: str | None
) -> Holder:  # fmt: skip
    """A person with country: stated with an office, or weighed from the document."""
    offices = cluster.chunks
    stated = next((c.codes[0] for c in offices if c.codes and c.standing != "former"), None)
    stated = stated or next((c.codes[0] for c in offices if c.codes), None)
    stated = stated or next((s for o in cluster.occurrences if (s := o.state(place.scan))), None)
    held = _held(cluster, stated, date)
    if stated:
        why = "stated with the office" if offices else "stated with the name"
        candidates: tuple[Candidate, ...] = (Candidate(stated, _STATED, why),)
        code: str | None = stated
    else:
        told = _told_elsewhere(cluster, alone)
        candidates, code = _unstated(place, cluster, known) if not (held or told) else _one(held, told)
    made = {c.first: _office(place, c, code, held) for c in offices}
    reason = candidates[0].reason if code else "no state stated or clear" if offices else "no office stated"
    unique = {(o.words.lower(), o.standing): o for o in reversed(list(made.values()))}
    kept = tuple(o for o in made.values() if unique[(o.words.lower(), o.standing)] is o)
    person = Person(id=cluster.id, name=cluster.name, country=code, offices=kept, female=cluster.female)
    return Holder(person, made, candidates, reason, held)


def _one(held: Held | None, told: Candidate | None) -> tuple[tuple[Candidate, ...], str | None]:
    found = tuple(c for c in (held.candidate if held else None, told) if c is not None)
    return found, found[0].id


def _told_elsewhere(cluster: Cluster, alone: list[Chunk]) -> Candidate | None:
    """The state that the document gives to a person's office without the name ("the Namibian president")."""
    titles = {c.title.title for c in cluster.chunks if c.level != "CIV"}
    same = [c for c in alone if c.title.title in titles and len(c.codes) == 1 and not c.is_plural]
    codes = {c.codes[0] for c in same}
    if len(codes) != 1:
        return None
    return Candidate(codes.pop(), _TOLD, f"office of {same[0].title.title} with its state elsewhere in the document")


def _held(cluster: Cluster, stated: str | None, date: str | None) -> Held | None:
    """The high office that a person is known to hold: of the state stated, by office and name, or by whole name."""
    offices = [c for c in cluster.chunks if c.level != "CIV"]
    if stated is not None:
        return office_held(cluster.name, _SINGLE, date, code=stated) if not offices else None
    is_former = any(c.standing == "former" for c in offices)
    when = None if is_former else date
    held = office_held(cluster.name, _levels(offices), when)
    return held or office_held(cluster.name, (), when)


def _levels(offices: list[Chunk]) -> list[str]:
    """The levels that the words of some offices may mean: a "leader" heads a state, a "Secretary" is its minister."""
    found = [c.level for c in offices]
    found += [level for c in offices if c.title.title == "leader" for level in ("HOS", "HOG")]
    return found + ["FM" for c in offices if c.title.words == "secretary"]


def _unstated(
    place: Setting, cluster: Cluster, known: list[Cluster]
) -> tuple[tuple[Candidate, ...], str | None]:  # fmt: skip
    """The country of a person whose offices name none, with the candidates weighed."""
    offices = [c for c in cluster.chunks if c.level != "CIV"]
    if not offices:
        return (), None
    at = offices[0].head
    known_by = _leading(place, cluster) or _of_body(place, offices[0]) or _of_owner(place, offices[0], known)
    if known_by is not None:
        return (known_by,), known_by.id
    if offices[0].owner in words().collective.state:
        found = meant(place, at)
    elif offices[0].owner in _POSSESSIVE and (near := nearest(place, at)) is not None:
        found = (near,)
    elif is_sent(offices[0].title):
        found = tuple(c for c in senders(place, at) if c.id not in {o.accredited for o in offices})
    else:
        bare = "" if offices[0].body else offices[0].title.words
        phrase = next((w for c in offices if (w := worded(place.scan, c))), bare)
        found = owners(place, at, beside=_beside(place.scan, cluster, known), phrase=phrase)
    best = chosen(found)
    return found, best.id if best else None


_LED = ("led", "headed", "chaired", "fronted")
_PARTY = frozenset(("delegation", "mission", "group", "team", "party", "contingent", "side"))


def _leading(place: Setting, cluster: Cluster) -> Candidate | None:
    """The state of the delegation that a person is said to lead, by its words or by those of the last one named."""
    seen = place.scan.view
    first = cluster.occurrences[0].first
    start = first - 3 if seen.low_at(first - 1) in ("the", "a", "its", "his") else first - 2
    if seen.low_at(start + 1) != "by" or seen.low_at(start) not in _LED:
        return None
    floor = seen.parse.sentence(start).start
    noun = next((i for i in range(start - 1, floor - 1, -1) if seen.low[i] in _PARTY), None)
    while noun is not None and noun >= 0:
        hit = next((h for k in range(noun, max(-1, noun - 6), -1) if (h := place.scan.ends.get(k)) is not None), None)
        is_state = hit is not None and hit.surface.kind in ("adjective", "name", "igo")
        if hit is not None and is_state and seen.is_one_sentence(hit.first, noun):
            code = place.scan.codes(hit)[0]
            return Candidate(code, _LEADS, f"leads the {seen.text(hit.first, noun + 1)}")
        noun = next((i for i in range(noun - 1, -1, -1) if seen.low[i] in _PARTY), None)
    return None


def _of_owner(place: Setting, chunk: Chunk, known: list[Cluster]) -> Candidate | None:
    """The state of the person whose officer it is ("Orlov's adviser"), where that person's office says it."""
    if place.scan.view.low_at(chunk.first - 1) not in POSSESSIVES:
        return None
    owner = next((c for c in known for o in c.occurrences if o.last == chunk.first - 1), None)
    code = next((c.codes[0] for c in owner.chunks if c.codes), None) if owner else None
    return Candidate(code, _LEADS, f"{owner.name}'s") if owner and code else None


def _of_body(place: Setting, chunk: Chunk) -> Candidate | None:
    """The state of a body named short in an office ("head of the ministry's section"), as it was told before."""
    inside = (place.scan.bodies.get(k) for k in range(chunk.first, chunk.last))
    short = next((m for m in inside if m is not None and m.value.words in _SHORT), None)
    if short is None:
        return None
    seen = place.scan.view
    for k in range(chunk.first - 1, -1, -1):
        match = place.scan.bodies.get(k)
        if match is None or match.last != k + 1 or seen.low[k] != short.value.words:
            continue
        hit = place.scan.cover.get(k)
        before = left(place.scan, match.first, proper=True).codes
        codes = before or (place.scan.codes(hit) if hit is not None else ())
        codes = codes or right(place.scan, match.last, match.value.words).of
        if len(codes) == 1:
            return Candidate(codes[0], _TOLD, f'of "{seen.text(match.first, match.last)}" before')
    return None


def _beside(scanned: Scan, cluster: Cluster, known: list[Cluster]) -> set[str]:
    """The states of other officers in the sentence where a person's first office stands."""
    sentence = scanned.view.parse.sentence(cluster.chunks[0].head)
    return {
        c.codes[0] for other in known if other.id != cluster.id for c in other.chunks
        if c.codes and sentence.start <= c.head < sentence.stop
    }  # fmt: skip


def _office(place: Setting, chunk: Chunk, code: str | None, held: Held | None) -> Office:
    """An office with the person's country where the office itself names none, and the state it is sent to."""
    own = chunk.codes[0] if chunk.codes else code
    accredited = None
    if chunk.to and not chunk.accredited:
        best = chosen(tuple(c for c in meant(place, chunk.head, beside=[own] if own else []) if c.id != own))
        accredited = best.id if best else None
    made = office(place.scan, chunk, code=own, accredited=accredited)
    if is_bare_secretary(place.scan, chunk):
        return structs.replace(made, level=held.level if held else "MIN")
    return made


def _without_rival(holder: Holder, found: list[Holder]) -> Holder:
    """A person of weighed country without it, where another holds the same single office in that state."""
    country = holder.person.country
    if country is None or holder.held is not None or holder.candidates[0].score >= _SAME:
        return holder
    own = _single(holder)
    rivals = [h for h in found if h is not holder and h.person.country == country and _single(h) & own]
    if not rivals:
        return holder
    offices = {k: structs.replace(o, country=None) for k, o in holder.offices.items()}
    person = structs.replace(holder.person, country=None, offices=tuple(offices.values()))
    return Holder(person, offices, holder.candidates, "two people hold this office and no state is stated")


def _single(holder: Holder) -> set[str]:
    current = (o for o in holder.offices.values() if o.standing == "current" and o.level in _SINGLE)
    return {o.title for o in current}
