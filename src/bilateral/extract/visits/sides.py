"""Who is visitor and who is host of a draft, with reasons; the missing side from the pair that the report speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import structs

from bilateral.extract.visits.casting import codes
from bilateral.extract.visits.places import here
from bilateral.extract.visits.reading import Draft, Reading
from bilateral.model import Actor
from bilateral.scene import Cast

# Kinds that have two sides by their nature, so that one named side implies the other.
_JOINT = frozenset(("consultations", "joint_commission"))
_ENVOYS = frozenset(("AMB", "DIP"))


class Sides(NamedTuple):
    """Visitors and hosts, the words they stand in, and why."""

    visitors: tuple[Actor, ...]
    hosts: tuple[Actor, ...]
    visitor_spans: tuple[tuple[int, int], ...]
    host_spans: tuple[tuple[int, int], ...]
    rule: str
    score: float


def sides(read: Reading, draft: Draft, *, may_complete: bool = True) -> Sides | None:
    """The visitor and host of a draft, or None where two different states cannot be told.

    A visit has its order from its words. Of a meeting the host is who received, else the side on whose ground it is
    (place, dateline), else the second named; an ambassador comes to the state he is sent to.
    """
    first, second = _parted(draft)
    why = "as worded"
    if may_complete:
        first, second, why = _completed(read, draft, first, second)
    if not codes(first) or not codes(second) or codes(first)[0] == codes(second)[0]:
        return None
    if draft.is_ordered:
        return _made(first, second, why, 0.9 if why == "as worded" else 0.7)
    turned, reason = _turned(read, draft, first, second)
    if turned:
        first, second = second, first
    return _made(first, second, f"{why}; {reason}", 0.8 if why == "as worded" else 0.6)


def _parted(draft: Draft) -> tuple[list[Cast], list[Cast]]:
    """The casts of two sides: as given, or those of the first state named against all others."""
    first, second = list(draft.first), list(draft.second)
    if draft.is_ordered and second:
        return first, second
    everyone = [*first, *second]
    own = next((c.codes[0] for c in everyone if c.codes), None)
    if own is None:
        return first, second
    mixed = [_only(c, own) for c in everyone]
    others = [_without(c, own) for c in everyone]
    if second and not (set(codes(first)) & set(codes(second))):
        return first, second
    return [c for c in mixed if c.actors], [c for c in others if c.actors and c.codes]


def _only(cast: Cast, code: str) -> Cast:
    return cast._replace(actors=tuple(a for a in cast.actors if a.country == code))


def _without(cast: Cast, code: str) -> Cast:
    return cast._replace(actors=tuple(a for a in cast.actors if a.country != code))


def _completed(
    read: Reading, draft: Draft, first: list[Cast], second: list[Cast]
) -> tuple[list[Cast], list[Cast], str]:  # fmt: skip
    """Both sides, a missing one from the pair spoken of where the words leave room for it (`_may_be_other`)."""
    dyad = read.doc.dyad
    known = (*codes(first), *codes(second))
    if codes(first) and codes(second):
        return _apart(dyad, first, second)
    if len(dyad) < 2 or (known and known[0] not in dyad):
        return _by_ground(read, draft, first, second)
    if not known:
        return _both(read, draft, first, second)
    missing = next(c for c in dyad if c != known[0])
    rule = "the other side is the pair the report speaks of"
    if codes(first) and _may_be_other(draft, second, is_host=True):
        return first, _filled(second, missing), rule
    if codes(second) and _may_be_other(draft, first, is_host=False):
        return _filled(first, missing), second, rule
    return first, second, "as worded"


def _apart(dyad: tuple[str, ...], first: list[Cast], second: list[Cast]) -> tuple[list[Cast], list[Cast], str]:
    """Two sides; where both were weighed to one state, the one whose state is not stated is of the other."""
    own = codes(first)
    if len(dyad) < 2 or own != codes(second) or len(own) != 1 or own[0] not in dyad:
        return first, second, "as worded"
    missing = next(c for c in dyad if c != own[0])
    if not _is_stated(second):
        return first, _moved(second, missing), "the two sides of a meeting are of different states"
    if not _is_stated(first):
        return _moved(first, missing), second, "the two sides of a meeting are of different states"
    return first, second, "as worded"


def _is_stated(side: list[Cast]) -> bool:
    return any("named in the document" not in c.how for c in side)


def _moved(side: list[Cast], code: str) -> list[Cast]:
    return [c._replace(actors=tuple(structs.replace(a, country=code) for a in c.actors)) for c in side]


def _may_be_other(draft: Draft, side: list[Cast], *, is_host: bool) -> bool:
    """Whether a side without a state may be the other one of the pair: officials of unknown state; or nobody, where the
    kind has two sides by nature (consultations), and as host of a visit or of a summoned envoy."""
    if is_host and draft.kind in ("courtesy_call", "summons", "meeting") and _has_envoy(draft.first):
        return True
    if side and not is_host and draft.kind.endswith("visit") and draft.status in ("cancelled", "postponed"):
        return all(any(a.name or a.level for a in c.actors) for c in side)
    if side:
        return all(any(a.level not in (None, "CIV", "ORG") for a in c.actors) for c in side)
    if draft.kind in _JOINT or (draft.kind in ("meeting", "summit") and draft.is_ordered and not is_host):
        return True
    return is_host and draft.is_ordered and draft.kind != "phone_call" and '"trip"' != draft.rule != '"tour"'


def _both(
    read: Reading, draft: Draft, first: list[Cast], second: list[Cast]
) -> tuple[list[Cast], list[Cast], str]:  # fmt: skip
    """The pair as both sides: of consultations, or where officials of unknown state stand on both sides."""
    are_officials = first and second and all(_may_be_other(draft, side, is_host=False) for side in (first, second))
    ground = here(read)
    if draft.kind.endswith("visit") and draft.status == "ongoing" and ground in dyad_of(read):  # "who is on a visit"
        guest = next(c for c in read.doc.dyad if c != ground)
        return _filled(first, guest), _filled(second, ground or ""), "the state where the report is written"
    is_bare_call = draft.kind == "phone_call" and not draft.first and not draft.second
    if draft.kind not in _JOINT and not are_officials and not is_bare_call:
        return first, second, "as worded"
    dyad = read.doc.dyad
    ground = draft.goal.codes[0] if draft.goal is not None and draft.goal.codes else here(read)
    host = ground if ground in dyad else dyad[1]
    guest = next(c for c in dyad if c != host)
    return _filled(first, guest), _filled(second, host), "the pair the report speaks of"


def dyad_of(read: Reading) -> tuple[str, ...]:
    """The pair that a report speaks of; () where it speaks of none."""
    return read.doc.dyad if len(read.doc.dyad) > 1 else ()


def _by_ground(
    read: Reading, draft: Draft, first: list[Cast], second: list[Cast]
) -> tuple[list[Cast], list[Cast], str]:  # fmt: skip
    """A missing host as the state where the report is written, where the visitor is from elsewhere."""
    code = here(read)
    if codes(first) and not codes(second) and code and code not in codes(first) and draft.is_ordered:
        return first, _filled(second, code), "the state where the report is written"
    return first, second, "as worded"


def _filled(side: list[Cast], code: str) -> list[Cast]:
    """A side with its state: the people named there, else the state alone."""
    if side:
        return [c._replace(actors=tuple(structs.replace(a, country=a.country or code) for a in c.actors)) for c in side]
    return [Cast((Actor(country=code),), 0, 0, "the pair the report speaks of")]


def _turned(read: Reading, draft: Draft, first: list[Cast], second: list[Cast]) -> tuple[bool, str]:
    """Whether the first side is the host, and why."""
    one, two = codes(first)[0], codes(second)[0]
    for side, turned in ((first, False), (second, True)):
        if _has_envoy(side):
            return turned, "an envoy comes to the state he is sent to"
    place = draft.goal.codes[0] if draft.goal is not None and draft.goal.codes else None
    for code, reason in ((place, "on the ground of the place"), (here(read), "where the report is written")):
        if code in (one, two):
            return code == one, reason
        if code is not None and reason.startswith("on"):
            return False, "on neither's ground"
    return False, "in the order named"


def _has_envoy(side: Iterable[Cast]) -> bool:
    return any(a.level in _ENVOYS for c in side for a in c.actors)


def _made(first: list[Cast], second: list[Cast], rule: str, score: float) -> Sides:
    guests = tuple(dict.fromkeys(a for c in first for a in c.actors))
    hosts = tuple(dict.fromkeys(a for c in second for a in c.actors))
    return Sides(_best_first(guests), _best_first(hosts), _spans(first), _spans(second), rule, score)


def _best_first(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Named persons before bodies and bare states; a bare state beside its own people is left out."""
    named = [a for a in actors if a.name or a.role]
    rest = [a for a in actors if not (a.name or a.role) and all(a.country != n.country for n in named)]
    return (*named, *rest)


def _spans(found: list[Cast]) -> tuple[tuple[int, int], ...]:
    return tuple((c.start, c.end) for c in found if c.end > c.start)
