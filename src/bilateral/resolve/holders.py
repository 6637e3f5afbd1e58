"""Whose officer a person is: stated with an office or a name, known from elsewhere, or weighed; else unknown.

The order in which signs count stands in docs/rules/resolving.md.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import structs

from bilateral.resolve.claimants import with_claimants
from bilateral.resolve.context import chosen, located, meant, nearest, owners, senders
from bilateral.resolve.leaders import Held, listed_for, office_held
from bilateral.resolve.persons import Cluster
from bilateral.resolve.reach import left, right
from bilateral.resolve.scan import COUNTERPART, Scan
from bilateral.resolve.setting import Setting, is_bare_secretary, worded
from bilateral.resolve.titles import Chunk, is_sent, office
from bilateral.resolve.view import POSSESSIVES
from bilateral.resolve.words import words
from bilateral.text import Candidate, Office, Person

# Offices that one person holds in a state at a time, so that two bare holders cannot be of one state.
_SINGLE = ("HOS", "HOG", "FM")
_STATED, _SAME, _LEADS, _TOLD = 1.0, 0.95, 0.8, 0.75
# From here what the report weighs goes before the state that the same office has elsewhere, perhaps on the other side.
_CLEAR = 0.6
# Bodies that a report names short once it has named them whole.
_SHORT = frozenset((
    "ministry", "embassy", "parliament", "government", "department", "agency", "commission", "university",
))  # fmt: skip
_POSSESSIVE = ("its", "their", "his", "her")
_OF_PERSONS = ("his", "her")
_CROWNS = frozenset(("king", "queen", "prince", "princess", "emperor", "empress", "pope"))


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
    held, why = _held(cluster, stated, date), ""
    if stated:
        why = "stated with the office" if offices else "stated with the name"
        candidates: tuple[Candidate, ...] = (Candidate(stated, _STATED, why),)
        code: str | None = stated
        office = next((c for c in offices if c.codes[:1] == (stated,)), None)
        if office is not None:
            candidates, why = with_claimants(place.scan, office.first, office.last, candidates, why)
    else:
        told = _told_elsewhere(cluster, alone)
        weighed = _unstated(place, cluster, known, alone) if held is None else ((), None)
        is_clear = weighed[1] is not None and weighed[0][0].score >= _CLEAR
        candidates, code = weighed if held is None and (told is None or is_clear) else _one(held, told)
    made = {c.first: _office(place, c, code, held) for c in offices}
    reason = "no state stated or clear" if offices else "no office stated"
    reason = why if stated else candidates[0].reason if code else reason
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
    place: Setting, cluster: Cluster, known: list[Cluster], alone: list[Chunk]
) -> tuple[tuple[Candidate, ...], str | None]:  # fmt: skip
    """The country of a person whose offices name none, with the candidates weighed."""
    offices = [c for c in cluster.chunks if c.level != "CIV" and not _is_nickname(place, c, cluster)]
    if not offices:
        return (), None
    at = offices[0].head
    known_by = _leading(place, cluster) or _of_body(place, offices[0])
    known_by = known_by or _of_owner(place, offices[0], known, alone) or located(place, offices[0].last)
    if known_by is not None:
        return (known_by,), known_by.id
    partners = _sharing(cluster, known)
    if partners:
        other = _other_of_two(place, partners)
        return ((other,), other.id) if other is not None else ((), None)
    if offices[0].owner in words().collective.state:
        found = meant(place, at)
    elif offices[0].title.title == COUNTERPART and (other := _on_other_side(place, offices[0], cluster, known)):
        found = (other,)
    elif (his := _of_person_before(place, offices[0], cluster, known)) is not None:
        found = (his,)
    elif offices[0].owner in _POSSESSIVE and (near := nearest(place, at, own=offices[0].owner == "its")) is not None:
        found = (near,)
    elif is_sent(offices[0].title):
        found = tuple(c for c in senders(place, at) if c.id not in {o.accredited for o in offices})
    else:
        bare = "" if offices[0].body else offices[0].title.words
        phrase = next((w for c in offices if (w := worded(place.scan, c))), bare)
        beside = _beside(place.scan, cluster, known)
        barred = _held_by_others(offices[0], cluster, known) | _visited(place, cluster)
        found = owners(place, at, beside=beside, phrase=phrase, barred=barred)
    best = chosen(found)
    if best is not None and _is_known_elsewhere(cluster, offices, best.id):
        return found, None
    return found, best.id if best else None


def _is_known_elsewhere(cluster: Cluster, offices: list[Chunk], code: str) -> bool:
    """Whether the list knows a name in that high office, but of other states only, so that this one is a mere guess."""
    known = listed_for(cluster.name, (c.level for c in offices if c.level in _SINGLE))
    return bool(known) and code not in known


def _on_other_side(place: Setting, chunk: Chunk, cluster: Cluster, known: list[Cluster]) -> Candidate | None:
    """The state of "her host, Minister Name": the one other state of the report than that of whom "her" means."""
    owner = _of_person_before(place, chunk, cluster, known)
    others = [code for code in place.states if owner is not None and code != owner.id]
    return Candidate(others[0], _TOLD, "on the other side") if len(others) == 1 else None


def _visited(place: Setting, cluster: Cluster) -> set[str]:
    """The states that a person comes to, none of which is the person's own.

    "Minister Paz in Quito: no deal" in a title; "the visiting minister" of a report datelined in Quito.
    """
    scan, found = place.scan, set[str]()
    if place.dateline and any("visiting" in scan.view.low[c.first - 1 : c.head + 1] for c in cluster.chunks):
        found.add(place.dateline)
    for o in cluster.occurrences:
        hit = scan.starts.get(o.last + 1) if scan.view.low_at(o.last) in ("in", "to") else None
        if hit is not None and o.first in scan.view.headline and hit.surface.kind in ("capital", "city", "name"):
            found.update(scan.codes(hit))
    return found


def _is_nickname(place: Setting, chunk: Chunk, cluster: Cluster) -> bool:
    """Whether a crown stands before a surname ("King James" for Joseph James): kings are called by their first name."""
    _, _, rest = cluster.name.lower().partition(" ")
    return chunk.title.words in _CROWNS and bool(rest) and place.scan.view.low_at(chunk.last) in rest.split()


def _held_by_others(chunk: Chunk, cluster: Cluster, known: list[Cluster]) -> set[str]:
    """The states of which the report names another holder of an office that each state has but once."""
    if chunk.level not in _SINGLE or chunk.standing != "current":
        return set()
    others = (c for k in known if k.id != cluster.id for c in k.chunks)
    return {c.codes[0] for c in others if c.codes and c.standing == "current" and _is_same_office(c, chunk)}


def _is_same_office(one: Chunk, other: Chunk) -> bool:
    """Whether two offices are one, a "foreign secretary" being another than a foreign minister in many states."""
    words = ("secretary" in c.title.words for c in (one, other))
    return one.level == other.level and len(set(words)) == 1


def _of_person_before(place: Setting, chunk: Chunk, cluster: Cluster, known: list[Cluster]) -> Candidate | None:
    """The state of whom "his" or "her" means before an office: the one last named, here or a sentence ago."""
    if chunk.owner not in _OF_PERSONS:
        return None
    parse = place.scan.view.parse
    here = parse.sentence(chunk.head)
    start = parse.sentence(here.start - 1).start if here.start else 0
    female = chunk.owner == "her"
    before = [
        (o.last, k) for k in known if k.id != cluster.id and k.female in (None, female) for o in k.occurrences
        if start <= o.first and o.last <= chunk.first
    ]  # fmt: skip
    for _, owner in sorted(before, key=lambda one: -one[0])[:1]:
        code = next((c.codes[0] for c in owner.chunks if c.codes), None)
        return Candidate(code, _TOLD, f"{chunk.owner} is {owner.name}'s") if code else None
    return None


def _sharing(cluster: Cluster, known: list[Cluster]) -> list[Cluster]:
    """Who is named with a person behind a plural office that each state has but once ("foreign ministers A and B")."""
    own = {c.first for c in cluster.chunks if c.is_plural and not c.codes and _is_one_s(c)}
    return [k for k in known if k.id != cluster.id and own & {c.first for c in k.chunks if c.is_plural}]


def _is_one_s(chunk: Chunk) -> bool:
    return chunk.level in (*_SINGLE, "DFM") or (chunk.level == "MIN" and chunk.title.words != "minister")


def _other_of_two(place: Setting, partners: list[Cluster]) -> Candidate | None:
    """The state that is left of the report's two where the partner's state is told."""
    codes = {c.codes[0] for p in partners for c in p.chunks if c.codes}
    left_over = [code for code in place.states if code not in codes]
    if len(partners) != 1 or len(codes) != 1 or len(left_over) != 1:
        return None
    return Candidate(left_over[0], _TOLD, f"the other of two states, beside {partners[0].name}")


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


def _of_owner(place: Setting, chunk: Chunk, known: list[Cluster], alone: list[Chunk]) -> Candidate | None:
    """The state of the person whose officer it is ("Orlov's adviser"), where that person's office says it."""
    if place.scan.view.low_at(chunk.first - 1) not in POSSESSIVES:
        return None
    owner = next((c for c in known for o in c.occurrences if o.last == chunk.first - 1), None)
    if owner is None:
        bare = next((c for c in alone if c.last == chunk.first - 1), None)
        same = [c for c in alone if bare is not None and c.title == bare.title and c.codes]
        told = next((c for c in same if c is bare), same[0] if same else None)
        return Candidate(told.codes[0], _LEADS, f"officer of the {told.title.words}") if told else None
    code = next((c.codes[0] for c in owner.chunks if c.codes), None)
    return Candidate(code, _LEADS, f"{owner.name}'s") if code else None


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
