"""Bodies and groups as phrases: "the Russian foreign ministry", "US Embassy in Eritrea", "Filipino residents".

Says whose they are by their words alone, or by an earlier fuller mention, or by the document, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bilateral.knowledge import Body
from bilateral.resolve.claimants import with_claimants
from bilateral.resolve.context import ENOUGH, chosen, located, meant, nearest, owners, senders
from bilateral.resolve.phrasebook import Match
from bilateral.resolve.reach import Left, Right, left, right
from bilateral.resolve.scan import Scan
from bilateral.resolve.setting import Setting
from bilateral.resolve.words import words
from bilateral.text import Candidate, Mention

_STATED, _EARLIER, _USAGE = 1.0, 0.8, 0.6
_SENT = frozenset(
    ("embassy", "embassies", "consulate", "consulates", "mission", "high commission", "consulate general")
)
# Sectors whose bodies are a state's; a company or a college may be anyone's.
_PUBLIC = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
_MODIFYING = ("compound", "amod", "nmod")


class Found(NamedTuple):
    """A body or group phrase at the tokens first..last (half-open)."""

    first: int
    last: int
    match: Match[Body]
    codes: tuple[str, ...]
    before: Left
    behind: Right


def phrases(scan: Scan, taken: Iterable[int]) -> list[Found]:
    """The phrases of bodies and groups in a document outside the tokens taken, in text order."""
    used, found = set(taken), []
    seen_heads: set[int] = set()
    for i in sorted(scan.bodies):
        match = scan.bodies[i]
        if match.first in seen_heads or used.intersection(range(match.first, match.last)):
            continue
        seen_heads.add(match.first)
        if not _is_head(scan, match):
            continue
        phrase = _phrase(scan, match)
        if used.intersection(range(phrase.first, phrase.last)):
            phrase = phrase._replace(first=match.first, last=match.last)
        found.append(phrase)
        used.update(range(phrase.first, phrase.last))
    return found


def _is_head(scan: Scan, match: Match[Body]) -> bool:
    """Whether words of a body are a noun in their place, and no part of another noun ("student exchanges")."""
    seen, last = scan.view, match.last - 1
    parse = seen.parse
    if parse.pos[last] not in ("NOUN", "PROPN"):
        return False
    before = words().bodies.not_after.get(seen.low[last], ())
    if seen.low_at(match.first - 1) in before:
        return False
    is_modifier = parse.dep[last] in _MODIFYING and parse.head[last] > last and not seen.is_capital(parse.head[last])
    if is_modifier and (match.value.kind == "group" or not _is_owned(scan, match)):
        return False
    hit = scan.cover.get(match.first)
    return hit is None or hit.last <= match.first or hit.last < match.last


def _is_owned(scan: Scan, match: Match[Body]) -> bool:
    before = left(scan, match.first)
    return bool(before.codes or before.owner)


def _phrase(scan: Scan, match: Match[Body]) -> Found:
    many = scan.view.parse.tag[match.last - 1] in ("NNS", "NNPS")
    before = left(scan, match.first, many=many, proper=True)
    behind = right(scan, match.last, match.value.words, many=many)
    inner = next((scan.codes(scan.cover[k]) for k in range(match.first, match.last) if k in scan.cover), ())
    codes = before.codes or inner or behind.of
    if not is_sent(match) and not codes:
        codes = behind.to
    return Found(before.first, behind.last, match, codes, before, behind)


def is_sent(match: Match[Body]) -> bool:
    """Whether a body is one that a state keeps in another."""
    return any(word in match.value.words for word in _SENT)


def is_group(match: Match[Body]) -> bool:
    """Whether the words mean people rather than a body."""
    if match.value.words in words().groups.people:
        return True
    return match.value.kind == "group" and match.value.words not in words().groups.bodies


def mention(place: Setting, found: Found, earlier: dict[str, Mention]) -> Mention | None:
    """A phrase as a mention with whose it is, or None where it is too vague to be one."""
    if found.codes:
        stated = tuple(Candidate(c, _STATED, "stated with the words") for c in found.codes)
        return _made(place.scan, found, found.codes, stated, "stated with the words")
    if is_group(found.match) and found.match.value.words not in words().bodies.bare:
        if found.match.value.words not in words().groups.telling:
            return None
        return _made(place.scan, found, (), (), "no state stated")
    if not _is_definite(place.scan, found):
        return None
    before = earlier.get(key_of(found)) or (earlier.get(_last(found)) if _is_short(found) else None)
    if before is not None:
        known = (Candidate(before.codes[0], _EARLIER, f'as "{before.text}" before'),)
        return _made(place.scan, found, before.codes, known, known[0].reason)
    organ = words().bodies.organs.get(key_of(found))
    if organ in place.scan.clear and not found.before.owner and place.scan.view.is_capital(found.match.first):
        known = (Candidate(organ, _EARLIER, "organ of an organisation that is named"),)
        return _made(place.scan, found, (organ,), known, known[0].reason)
    return _weighed(place, found)


def key_of(found: Found) -> str:
    """The words by which a later short mention finds a fuller one ("foreign ministry")."""
    return found.match.value.words


def _last(found: Found) -> str:
    return found.match.value.words.split()[-1]


def _is_short(found: Found) -> bool:
    return " " not in found.match.value.words


def _is_definite(scan: Scan, found: Found) -> bool:
    """Whether a body without a state is a certain one: "the government", "its army", "Ministry of Finance"."""
    phrase = found.match.value.words
    is_bare = phrase in words().bodies.bare or "ministry" in phrase.split()
    is_proper = scan.view.is_capital(found.first) and scan.view.is_capital(found.last - 1)
    if is_proper and found.last - found.first > 1:
        return True
    return is_bare and (
        found.before.article == "the" or bool(found.before.owner) or scan.view.is_capital(found.match.first)
    )


def _weighed(place: Setting, found: Found) -> Mention:
    """A body whose state the document says: by the place of dispatch, by who is foreign, by nearness."""
    if _is_american(place.scan, found):
        usage = (Candidate("USA", _USAGE, 'a "Department" without a state is United States usage'),)
        return _made(place.scan, found, ("USA",), usage, usage[0].reason)
    if not _PUBLIC & set(found.match.value.sectors):
        return _made(place.scan, found, (), (), "no state stated")
    candidates = whose(place, found)
    best = chosen(candidates)
    if found.match.value.words not in words().bodies.bare and "ministry" not in found.match.value.words.split():
        best = best if best is not None and best.score >= 2 * ENOUGH else None
    codes = (best.id,) if best else ()
    return _made(place.scan, found, codes, candidates[:4], best.reason if best else "no state stated or clear")


def whose(place: Setting, found: Found) -> tuple[Candidate, ...]:
    """The states whose body this may be, best first."""
    at = found.match.first
    if found.before.owner in words().collective.state:
        return meant(place, at)
    if not is_sent(found.match) and (here := located(place, found.match.last)) is not None:
        return (here,)
    if found.before.owner in ("its", "their", "his", "her") and (near := nearest(place, at)) is not None:
        return (near,)
    return senders(place, at) if is_sent(found.match) else owners(place, at, phrase=found.match.value.words)


def _is_american(scan: Scan, found: Found) -> bool:
    phrase = found.match.value.words.split()
    return phrase[-1] in words().bodies.american and len(phrase) > 1 and scan.view.is_capital(found.match.first)


def _made(
    scan: Scan, found: Found, codes: tuple[str, ...], candidates: tuple[Candidate, ...], reason: str
) -> Mention:  # fmt: skip
    start, end = scan.view.parse.start[found.first], scan.view.parse.end[found.last - 1]
    text = scan.view.document.text[start:end]
    group = is_group(found.match)
    candidates, reason = with_claimants(scan, found.first, found.last, candidates, reason)
    return Mention(
        start=start, end=end, text=text, kind="group" if group else "organisation", codes=codes,
        sectors=found.match.value.sectors, name=None if group else text, role=text if group else None,
        level=_level(found.match.value.sectors) if group else "ORG", candidates=candidates, reason=reason,
    )  # fmt: skip


def _level(sectors: tuple[str, ...]) -> str:
    """The level of people by their sector: the military, officials, civilians."""
    return "MIL" if sectors[:1] == ("MIL",) else "OFF" if _PUBLIC & set(sectors[:1]) else "CIV"
