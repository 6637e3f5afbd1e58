"""States, organisations and outlets by name as mentions of actors: which reading of a name holds in its place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bilateral import knowledge
from bilateral.knowledge import Outlet
from bilateral.resolve.gazetteer import Hit
from bilateral.resolve.locative import place_reason
from bilateral.resolve.phrasebook import Match, Phrasebook
from bilateral.resolve.reach import left
from bilateral.resolve.scan import Scan
from bilateral.resolve.setting import Setting
from bilateral.resolve.words import words
from bilateral.text import Candidate, Mention, MentionKind

_KINDS = ("name", "adjective", "people", "combining", "capital", "seat", "igo", "organisation")
_LEVELS = {"organisation": "ORG", "group": "CIV"}
_CLEAR, _CAPITAL, _LIKELIEST = 1.0, 0.85, 0.6
_WARS = frozenset(("War", "Wars"))  # the name of a war is nobody's who acts ("the Korean War")
_NOMINAL = frozenset(("nsubj", "nsubjpass", "pobj", "dobj", "conj", "attr", "ROOT", "dative", "appos", "agent"))


def mentions(place: Setting, taken: Iterable[int]) -> list[Mention]:
    """The states, seats, capitals and organisations that are named as actors, in text order."""
    used, found = set(taken), []
    groups = list(_compounds(place.scan))
    for group in sorted(groups, key=lambda g: (g[0].surface.kind != "organisation", g[0].first)):
        tokens = range(group[0].first, group[-1].last)
        if used.intersection(tokens):
            continue
        made = _single(place, group[0]) if len(group) == 1 else _compound(place, group)
        if made is not None:
            found.append(made)
            used.update(place.scan.view.parse.tokens(made.start, made.end))
    return found


def _compounds(scan: Scan) -> Iterable[list[Hit]]:
    """Yield hits one by one, or as pairs that a hyphen joins ("Russian-Cambodian", "ASEAN-Russia")."""
    group: list[Hit] = []
    for hit in scan.hits:
        if hit.surface.kind not in _KINDS:
            continue
        if group and not (scan.view.is_hyphen(group[-1].last) and hit.first == group[-1].last + 1):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def _compound(place: Setting, group: list[Hit]) -> Mention | None:
    codes = tuple(dict.fromkeys(c for hit in group for c in place.scan.codes(hit)))
    if not codes or any(is_trapped(place.scan, hit) for hit in group):
        return None
    stated = tuple(Candidate(c, _CLEAR, "compound of names") for c in codes)
    return _made(place.scan, group[0].first, group[-1].last, codes, stated, "compound of names")


def _single(place: Setting, hit: Hit) -> Mention | None:
    scan, kind = place.scan, hit.surface.kind
    if (
        (not hit.surface.codes and kind != "organisation")
        or is_trapped(scan, hit)
        or place_reason(scan, hit) is not None
    ):
        return None
    if kind in ("igo", "organisation"):
        return organisation(scan, hit)
    if is_people(scan, hit):
        return _people(place, hit)
    if kind == "adjective" and _is_language(scan, hit):
        return None
    codes, candidates, reason = _codes(place, hit)
    last = _side(scan, hit)
    sectors = hit.surface.sectors or (("GOV",) if kind in ("capital", "seat") or last > hit.last else ())
    return _made(scan, hit.first, last, codes, candidates, reason, sectors=sectors)


def is_trapped(scan: Scan, hit: Hit) -> bool:
    """Whether words that look like a state's are something else here ("Latin America", the verb "Polish", a name)."""
    seen, traps = scan.view, words().traps
    word = seen.low[hit.last - 1]
    if seen.low_at(hit.first - 1) in traps.after.get(word, ()) or seen.low_at(hit.last) in traps.before.get(word, ()):
        return True
    for key in (word, hit.surface.text.lower()):
        beside = traps.beside.get(key)
        if beside is not None and not beside.isdisjoint(seen.low):
            return traps.unless.get(key, frozenset()).isdisjoint(seen.low)
    if hit.last < len(seen.words) and seen.words[hit.last] in _WARS:
        return True
    pos = seen.parse.pos[hit.last - 1]
    if hit.surface.kind in ("name", "capital") and hit.surface.cased and pos in ("VERB", "ADJ", "ADV", "AUX"):
        return seen.parse.ent[hit.first][2:] not in ("GPE", "NORP", "ORG", "LOC") and not seen.is_acronym(
            hit.first, hit.last
        )
    return pos == "VERB" and seen.parse.ent[hit.first][2:] not in ("GPE", "NORP")


def is_people(scan: Scan, hit: Hit) -> bool:
    """Whether a demonym stands as a noun for people ("Filipinos", "the Dutch", "a Thai")."""
    seen, last = scan.view, hit.last - 1
    parse = seen.parse
    if hit.surface.kind not in ("adjective", "people") or seen.is_hyphen(hit.last):
        return False
    if parse.tag[last] in ("NNS", "NNPS"):
        return True
    if hit.surface.kind == "people" and hit.surface.text.endswith(("s", "men")):
        return True
    before = seen.low_at(hit.first - 1)
    if before == "the" and hit.last < len(parse.tag) and parse.tag[hit.last] in ("VBZ", "VBD", "MD"):
        return True  # "The hole, the Estonian believes, …": an adjective for the parser
    if parse.dep[last] not in _NOMINAL or _modifies_conjunct(scan, last):
        return False
    return (
        before in ("the", "a", "an") or parse.dep[last] in ("nsubj", "nsubjpass") or parse.pos[hit.first - 1] == "NUM"
    )


def _modifies_conjunct(scan: Scan, last: int) -> bool:
    """Whether an adjective shares the noun of the next one ("Chinese and Vietnamese ships")."""
    seen = scan.view
    nxt = last + 2 if seen.low_at(last + 1) in ("and", "or", ",") else last + 1
    return (
        nxt < len(seen.words)
        and seen.parse.pos[nxt] in ("ADJ", "NOUN", "PROPN")
        and (nxt == last + 1 or (nxt in scan.starts and scan.starts[nxt].surface.kind == "adjective"))
    )


def _is_language(scan: Scan, hit: Hit) -> bool:
    """Whether an adjective is a language: "in Russian", "speaks French"."""
    seen, last = scan.view, hit.last - 1
    alone = seen.parse.dep[last] in ("pobj", "dobj") and seen.low_at(hit.first - 1) not in ("the", "a", "an")
    before = seen.parse.lemma[seen.parse.head[last]].lower()
    return alone and before in ("in", "into", "from", "speak", "learn", "study", "teach")


def _side(scan: Scan, hit: Hit) -> int:
    """The token after "Vietnamese side", where a noun behind an adjective stands for the state."""
    if hit.surface.kind == "adjective" and scan.view.low_at(hit.last) in words().groups.sides:
        return hit.last + 1
    return hit.last


def _codes(place: Setting, hit: Hit) -> tuple[tuple[str, ...], tuple[Candidate, ...], str]:
    """The state that a surface means here; of several the one that the document names otherwise, else the likeliest."""
    codes, kind = hit.surface.codes, hit.surface.kind
    if kind == "capital":
        reason = "capital for the government"
        return codes[:1], (Candidate(codes[0], _CAPITAL, reason),), reason
    if len(codes) == 1:
        reason = {"seat": "seat of government", "adjective": "adjective", "combining": "combining form"}.get(
            kind, "name"
        )
        return codes, (Candidate(codes[0], _CLEAR, reason),), reason
    first = place.scan.codes(hit)[0]
    known = first in place.scan.clear
    reason = "named clearly elsewhere" if known else "likeliest of several states of this name"
    rest = tuple(Candidate(c, 0.3, "of the same name") for c in codes if c != first)
    return (first,), (Candidate(first, 0.9 if known else _LIKELIEST, reason), *rest), reason


def _people(place: Setting, hit: Hit) -> Mention:
    codes, candidates, _ = _codes(place, hit)
    return _made(
        place.scan, hit.first, hit.last, codes, candidates, "people of a state", kind="group", sectors=("CVL",)
    )


def organisation(scan: Scan, hit: Hit) -> Mention:
    """A body that is known by name, with the state that stands before it or that the list gives it."""
    codes, reason, first = scan.codes(hit), "organisation by name", hit.first
    owner = left(scan, first)
    if owner.codes and hit.surface.kind == "organisation":
        codes, first = owner.codes, owner.first
        reason = "stated with the words"
    candidates = tuple(Candidate(c, _CLEAR, reason) for c in codes)
    text = scan.view.text(first, hit.last)
    return _made(
        scan, first, hit.last, codes, candidates, reason, kind="organisation", sectors=hit.surface.sectors, name=text
    )  # fmt: skip


def _made(
    scan: Scan, first: int, last: int, codes: tuple[str, ...], candidates: tuple[Candidate, ...], reason: str, *,
    kind: MentionKind = "country", sectors: tuple[str, ...] = (), name: str | None = None,
) -> Mention:  # fmt: skip
    start, end = scan.view.parse.start[first], scan.view.parse.end[last - 1]
    return Mention(
        start=start, end=end, text=scan.view.document.text[start:end], kind=kind, codes=codes,
        sectors=sectors, name=name, level=_LEVELS.get(kind), candidates=candidates,
        reason=reason,
    )  # fmt: skip


@cache
def _outlet_book() -> Phrasebook[tuple[Outlet, ...]]:
    found: dict[str, list[Outlet]] = {}
    for outlet in knowledge.outlets():
        for name in (outlet.name, *outlet.names):
            found.setdefault(name, []).append(outlet)
    return Phrasebook({name: tuple(same) for name, same in found.items()})


def outlets(place: Setting, taken: Iterable[int]) -> list[Mention]:
    """The news outlets that are named, with the state they publish in ("Postimees newspaper")."""
    scan, book = place.scan, _outlet_book()
    used, found = set(taken), []
    for i in scan.view.capitals:
        match = next((m for m in book.all_at(scan.view, i) if _is_outlet(scan, m)), None)
        if match is None or not used.isdisjoint(range(match.first, match.last)):
            continue
        country, reason = _publishing(place, match.value)
        candidates = (Candidate(country, _CLEAR, reason),) if country else ()
        found.append(_made(
            scan, match.first, match.last, (country,) if country else (), candidates, reason,
            kind="organisation", sectors=("JRN",), name=scan.view.text(match.first, match.last),
        ))  # fmt: skip
        used.update(range(match.first, match.last))
    return found


def _publishing(place: Setting, same: tuple[Outlet, ...]) -> tuple[str | None, str]:
    """The state of an outlet; of several of one name ("ABC") the one of a state that the document is about."""
    if len(same) == 1:
        return same[0].country, "outlet by name"
    near = (place.dateline, place.outlet, *place.states)
    known = next((o.country for code in near for o in same if code is not None and o.country == code), None)
    return known, "outlet by name and place" if known else "outlets of several states have this name"


def _is_outlet(scan: Scan, match: Match[tuple[Outlet, ...]]) -> bool:
    """Whether words are an outlet's name as it writes it, and no English word that opens a sentence."""
    seen, text = scan.view, scan.view.text(match.first, match.last)
    if seen.parse.pos[match.last - 1] != "PROPN" or all(text not in (o.name, *o.names) for o in match.value):
        return False
    opens = match.first in seen.parse.sents
    return match.last - match.first > 1 or not opens or seen.parse.ent[match.first][2:] == "ORG" or text.isupper()
