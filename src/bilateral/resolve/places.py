"""Places: cities, capitals and states where something is, goes or comes from, seas, and facilities.

Each with the state it lies in where that is known; a disputed territory keeps all its claimants.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from bilateral.resolve.gazetteer import Hit
from bilateral.resolve.locative import capital_phrases, in_dateline, place_reason
from bilateral.resolve.scan import Scan
from bilateral.resolve.setting import place_code, setting
from bilateral.resolve.states import is_trapped
from bilateral.resolve.words import words
from bilateral.text import Candidate, Mention, Resolved

_LIKELY, _SAME_NAME, _PART = 0.9, 0.3, 0.8


def places(doc: Resolved) -> Resolved:
    """The document with the places that no actor's mention covers."""
    scanned = setting(doc).scan
    taken = {i for m in doc.mentions if m.kind != "date" for i in doc.parse.tokens(m.start, m.end)}
    found: list[Mention] = []
    for mention in (
        *_named(scanned),
        *_capitals(scanned),
        *_dateline(scanned),
        *_facilities(scanned),
        *_others(scanned),
    ):
        tokens = doc.parse.tokens(mention.start, mention.end)
        if taken.isdisjoint(tokens):
            found.append(mention)
            taken.update(tokens)
    return structs.replace(doc, mentions=tuple(sorted((*doc.mentions, *found), key=lambda m: (m.start, m.end))))


def _named(scanned: Scan) -> Iterable[Mention]:
    """Yield the surfaces that stand for places here."""
    for hit in scanned.hits:
        reason = place_reason(scanned, hit)
        if reason is None or is_trapped(scanned, hit):
            continue
        if hit.surface.kind == "adjective":
            yield _geography(scanned, hit, reason)
            continue
        first, last = _extent(scanned, hit)
        codes = hit.surface.codes if hit.surface.kind == "disputed" else hit.surface.codes[:1]
        if last > hit.last or first < hit.first:
            codes = () if "sea" in reason else codes
        candidates = _weighed(hit, reason) if codes else ()
        sectors = hit.surface.sectors if hit.surface.kind == "disputed" else ()
        yield _made(scanned, first, last, codes, candidates, reason, hit.surface.name if codes else None, sectors)


def _weighed(hit: Hit, reason: str) -> tuple[Candidate, ...]:
    first, *rest = (*hit.surface.codes, "")
    others = tuple(Candidate(c, _SAME_NAME, "of the same name") for c in rest if c)
    if hit.surface.kind == "disputed":
        return tuple(Candidate(c, _SAME_NAME, "claimant") for c in hit.surface.codes)
    return (Candidate(first, _LIKELY, reason), *others) if first else ()


def _extent(scanned: Scan, hit: Hit) -> tuple[int, int]:
    """The tokens of a place's whole name: with "Gulf of" before, "Sea" behind, or its state behind a comma."""
    seen, geography = scanned.view, words().places.geography
    if seen.low_at(hit.last) in geography and seen.is_capital(hit.last):
        first = hit.first - 1 if seen.low_at(hit.first - 1) in ("south", "north", "east", "west") else hit.first
        return first, hit.last + 1
    if seen.low_at(hit.first - 1) in words().places.before_names and seen.is_capital(hit.first - 1):
        return hit.first - 1, hit.last
    if seen.low_at(hit.first - 1) == "of" and seen.low_at(hit.first - 2) in geography:
        return hit.first - 2, hit.last
    nxt = scanned.starts.get(hit.last + 1) if seen.low_at(hit.last) == "," else None
    if nxt is None or nxt.surface.kind != "name" or hit.surface.kind not in ("city", "capital"):
        return hit.first, hit.last
    return hit.first, nxt.last if nxt.surface.codes == hit.surface.codes else hit.last


def _geography(scanned: Scan, hit: Hit, reason: str) -> Mention:
    return _made(scanned, *_extent(scanned, hit), (), (), reason, None)


def _capitals(scanned: Scan) -> Iterable[Mention]:
    """Yield "the Philippine capital" and the like."""
    for i, (first, codes) in capital_phrases(scanned):
        candidates = tuple(Candidate(c, _LIKELY, "capital of the state named") for c in codes)
        yield _made(scanned, first, i + 1, codes, candidates, "capital of the state named", None)


def _dateline(scanned: Scan) -> Iterable[Mention]:
    """Yield the place of the dateline where no surface names it and the words are parsed."""
    line = scanned.view.document.dateline
    if line is None or not line.place or not scanned.view.parse.tokens(line.start, line.end):
        return
    start = scanned.view.lower.find(line.place.lower(), line.start, line.end)
    if start < 0:
        return
    code = place_code(line.place)
    candidates = (Candidate(code, _LIKELY, "place of the dateline"),) if code else ()
    end = start + len(line.place)
    yield Mention(
        start=start, end=end, text=scanned.view.document.text[start:end], kind="place", codes=(code,) if code else (),
        name=line.place, candidates=candidates, reason="place of the dateline",
    )  # fmt: skip


def _facilities(scanned: Scan) -> Iterable[Mention]:
    """Yield "Pulkovo Airport" and the like; their state is that of a city or state inside the name, else open."""
    seen = scanned.view
    facilities = words().places.facilities
    for i in seen.capitals:
        if seen.low[i] not in facilities or seen.parse.pos[i] != "PROPN":
            continue
        first = i
        while (
            first - 1 not in seen.breaks
            and first > 0
            and seen.is_capital(first - 1)
            and seen.parse.pos[first - 1] == "PROPN"
        ):
            first -= 1
        if first == i:
            continue
        inside = next((scanned.cover[k].surface.codes[:1] for k in range(first, i) if k in scanned.cover), ())
        reason = "facility, state inside the name" if inside else "facility, state not known"
        yield _made(scanned, first, i + 1, inside, tuple(Candidate(c, _PART, reason) for c in inside), reason, None)


def _others(scanned: Scan) -> Iterable[Mention]:
    """Yield places that the model sees and no file knows."""
    parse, kinds = scanned.view.parse, ("B-GPE", "B-LOC", "B-FAC")
    for i in [k for k, each in enumerate(parse.ent) if each in kinds]:
        last = i + 1
        while last < len(parse.ent) and parse.ent[last].startswith("I-"):
            last += 1
        first = i + 1 if scanned.view.low[i] in ("the", "a", "an") else i
        known = any(k in scanned.cover for k in range(i, last))
        if not known and first < last and parse.pos[last - 1] == "PROPN" and not in_dateline(scanned, i):
            yield _made(scanned, first, last, (), (), "place of unknown state", None)


def _made(
    scanned: Scan, first: int, last: int, codes: tuple[str, ...], candidates: tuple[Candidate, ...], reason: str,
    name: str | None, sectors: tuple[str, ...] = (),
) -> Mention:  # fmt: skip
    start, end = scanned.view.parse.start[first], scanned.view.parse.end[last - 1]
    text = scanned.view.document.text[start:end]
    return Mention(
        start=start, end=end, text=text, kind="place", codes=codes, sectors=sectors, name=name or text,
        candidates=candidates, reason=reason,
    )  # fmt: skip
