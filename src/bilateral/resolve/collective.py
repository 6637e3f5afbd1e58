"""Words for several states at once ("the two sides", "both leaders"), and "the country" for one named before.

Sets `Resolved.dyad`: the two that a document speaks of most, which such words mean where no pair stands nearer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from msgspec import structs

from bilateral.knowledge import states
from bilateral.resolve.antecedents import sentence_numbers
from bilateral.resolve.context import chosen, meant
from bilateral.resolve.locative import in_dateline
from bilateral.resolve.scan import Scan
from bilateral.resolve.setting import Setting, setting
from bilateral.resolve.spans import apart
from bilateral.resolve.words import words
from bilateral.text import Candidate, Mention, MentionKind, Resolved

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "all": 0}
_PAIRING = ("the", "these", "those", "both", "our", "their", "each")
_TITLE, _PLACE, _OTHER = 2.0, 0.5, 1.0
_NEAR, _DYAD = 0.9, 0.75
_AND = ("and", "&", ",", "-", "–")
_PERMANENT = ("CHN", "FRA", "RUS", "GBR", "USA")
_FAR = 2  # sentences back after which the pair most spoken of is meant rather
_REACH = 3  # sentences back in which a pair named together is still the one meant


class _Pair(NamedTuple):
    """States or people that stand together: the sentence and token where, their codes, whether they are people."""

    sentence: int
    token: int
    codes: tuple[str, ...]
    is_people: bool


def collective(doc: Resolved) -> Resolved:
    """The document with its dyad, and mentions of words that mean several states or one named before."""
    place = setting(doc)
    scanned = place.scan
    dyad = _dyad(doc, scanned, place.dateline or place.outlet)
    pairs = list(_pairs(doc, scanned))
    found = [*_several(doc, scanned, dyad, pairs), *_members(doc, scanned), *_one(doc, place)]
    kept = _laid_over(doc, apart(found))
    return structs.replace(doc, mentions=kept, dyad=dyad)


def _laid_over(doc: Resolved, found: list[Mention]) -> tuple[Mention, ...]:
    """The mentions with new ones in place of vaguer ones; what has a state or a person of its own stays."""
    spans = [(m.start, m.end) for m in found]
    by_end = {m.end: m for m in found if m.kind == "collective" and m.codes}
    old, blocked = [], []
    for mention in doc.mentions:
        inner = by_end.get(mention.end)
        if (
            inner is not None
            and mention.kind in ("group", "role")
            and not mention.codes
            and mention.start < inner.start
        ):
            mention = structs.replace(mention, codes=inner.codes, candidates=inner.candidates, reason=inner.reason)
        hit = next((s for s in spans if mention.start < s[1] and s[0] < mention.end), None)
        inside = hit is not None and hit[0] <= mention.start and mention.end <= hit[1]
        if hit is None or mention.kind == "date":
            old.append(mention)
        elif not (inside and (mention.kind in ("group", "role", "organisation", "place") and mention.person is None)):
            old.append(mention)
            blocked.append(hit)
    new = [m for m in found if (m.start, m.end) not in blocked]
    return tuple(sorted((*old, *new), key=lambda m: (m.start, m.end)))


def _dyad(doc: Resolved, scanned: Scan, home: str | None) -> tuple[str, ...]:
    """The two states or organisations most spoken of, in the order they are first named; titles weigh double.

    Of two spoken of alike the one where the report is written is meant, and so it is beside the only one named.
    """
    weight: dict[str, float] = {}
    order: dict[str, int] = {}
    for mention in doc.mentions:
        tokens = doc.parse.tokens(mention.start, mention.end)
        if mention.kind == "date" or not tokens or "JRN" in mention.sectors[:1] or in_dateline(scanned, tokens[0]):
            continue
        each = _TITLE if tokens[0] in scanned.view.headline else _PLACE if mention.kind == "place" else _OTHER
        for code in mention.codes if len(mention.codes) < 4 else ():
            weight[code] = weight.get(code, 0.0) + each
            order.setdefault(code, mention.start)
    ranked = sorted(weight, key=lambda c: (-weight[c], c != home, order[c]))
    if len(ranked) == 1 and home is not None and home not in weight and not ranked[0].startswith("IGO:"):
        return ranked[0], home
    if len(ranked) > 2 and weight[ranked[1]] == weight[ranked[2]] and home not in ranked[:2]:
        return ()
    return tuple(sorted(ranked[:2], key=lambda c: order[c])) if len(ranked) > 1 else ()


def _pairs(doc: Resolved, scanned: Scan) -> Iterable[_Pair]:
    """Yield what is named together: "A and B", "A-B", "between A and B", "A's minister and B's minister"."""
    numbers = sentence_numbers(doc.parse)
    run: list[Mention] = []
    last = -1
    for mention in doc.mentions:
        tokens = doc.parse.tokens(mention.start, mention.end)
        if mention.kind in ("date", "place", "pronoun") or not tokens or not mention.codes:
            continue
        if len(mention.codes) > 1:
            yield _Pair(numbers[tokens[0]], tokens[0], mention.codes, False)
        between = scanned.view.low[last : tokens[0]] if run else ()
        if run and not (len(between) <= 3 and any(w in _AND for w in between) and all(_joins(w) for w in between)):
            run = []
        run.append(mention)
        last = tokens[-1] + 1
        codes = tuple(dict.fromkeys(c for m in run for c in m.codes))
        if len(run) > 1 and len(codes) > 1:
            yield _Pair(numbers[tokens[0]], tokens[0], codes, all(m.kind == "person" for m in run))
    yield from _meetings(doc, numbers)


def _joins(word: str) -> bool:
    return word in _AND or word in ("the", "also", "with", "its", "then", "both")


def _meetings(doc: Resolved, numbers: list[int]) -> Iterable[_Pair]:
    """Yield the two people of a sentence that names just two of different states."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in doc.mentions:
        tokens = doc.parse.tokens(mention.start, mention.end)
        if mention.kind in ("person", "role") and mention.codes and tokens:
            by_sentence.setdefault(numbers[tokens[0]], []).append(mention)
    for number, found in by_sentence.items():
        codes = tuple(dict.fromkeys(m.codes[0] for m in found))
        if len(codes) == 2:
            at = doc.parse.tokens(found[-1].start, found[-1].end)[0]
            yield _Pair(number, at, codes, True)


def _several(doc: Resolved, scanned: Scan, dyad: tuple[str, ...], pairs: list[_Pair]) -> Iterable[Mention]:
    """Yield "the two sides", "both countries", "the parties", "these countries", "the two" and "the two Koreas"."""
    seen, numbers = scanned.view, sentence_numbers(doc.parse)
    lists = words().collective
    nouns = lists.states | lists.sides | lists.people | lists.bodies | {"koreas", "two"}
    for i in [k for k, word in enumerate(seen.low) if word in nouns]:
        word = seen.low[i]
        if word == "koreas":
            yield _made(doc, _opened(scanned, i), i + 1, ("PRK", "KOR"), "the two Koreas", 1.0)
            continue
        if word == "members" and seen.low_at(i - 1) == "permanent":
            yield _made(doc, i - 1, i + 1, _PERMANENT, "permanent members of the Security Council", 1.0)
            continue
        if word != "two":
            first, count = _quantified(scanned, i)
            if count is None:
                continue
            yield _meaning(doc, numbers, pairs, dyad, first, i, count, is_people=word in lists.people)
        elif seen.low_at(i - 1) == "the" and _is_alone(scanned, i):
            yield _meaning(doc, numbers, pairs, dyad, i, i, 2, is_people=True)


def _opened(scanned: Scan, i: int) -> int:
    return i - 1 if scanned.view.low_at(i - 1) in _NUMBERS else i


def _is_alone(scanned: Scan, i: int) -> bool:
    """Whether "two" stands for people or states itself ("the two also discussed")."""
    parse = scanned.view.parse
    return parse.dep[i] in ("nsubj", "nsubjpass", "pobj", "dobj") and scanned.view.low_at(i + 1) not in (
        "of",
        "years",
        "days",
    )


def _quantified(scanned: Scan, i: int) -> tuple[int, int | None]:
    """The first token of "two neighbouring countries" and how many are meant: None where it is no such phrase."""
    seen, at, lists = scanned.view, i - 1, words().collective
    while at >= 0 and seen.parse.pos[at] in ("ADJ", "NOUN", "PROPN") and seen.low[at] not in _NUMBERS and i - at < 4:
        if at in scanned.cover or (seen.low[at] not in lists.regions and seen.parse.pos[at] == "PROPN"):
            return i, None
        at -= 1
    word, before = seen.low_at(at), seen.low_at(at - 1)
    if word in _NUMBERS:
        is_definite = word == "both" or before in _PAIRING or seen.low_at(at - 1) == "of"
        return at, _NUMBERS[word] if is_definite or (word == "two" and seen.low[i] == "sides") else None
    if word in ("these", "those") and seen.low[i] in (*lists.states, *lists.sides):
        return at + 1, 0
    if word == "each" and seen.low[i] == "side":
        return at, 2
    if (
        word == "the"
        and at == i - 1
        and seen.low[i] in (*lists.sides, "countries", "neighbours", "neighbors", "nations")
    ):
        return i, 0 if seen.low[i] != "side" else None
    if word == "their" and at == i - 1 and seen.low[i] in ("countries", "nations", "governments"):
        return at, 0
    return i, None


def _meaning(
    doc: Resolved, numbers: list[int], pairs: list[_Pair], dyad: tuple[str, ...], first: int, last: int, count: int, *,
    is_people: bool,
) -> Mention:  # fmt: skip
    """A phrase with the states it means: the nearest that were named together, else the document's dyad."""
    here = numbers[last]
    near = [p for p in pairs if p.token < first and here - p.sentence <= _REACH and _counts(p, count)]
    if not _has_organisation(dyad):
        near = [p for p in near if p.sentence == here or not _has_organisation(p.codes)]
    if near:
        best = max(near, key=lambda p: (p.sentence, is_people and p.is_people, p.token, len(p.codes)))
        best = _whole(near, best)
        if set(best.codes) != set(dyad) and here - best.sentence > _FAR and count == 2 and dyad:
            return _made(doc, first, last + 1, dyad, "the two most spoken of", _DYAD, also=best.codes)
        return _made(doc, first, last + 1, best.codes, "named together before", _NEAR, also=dyad)
    if count in (0, 2) and dyad:
        return _made(doc, first, last + 1, dyad, "the two most spoken of", _DYAD)
    return _made(doc, first, last + 1, (), "no states named together before", 0.0, also=dyad)


def _has_organisation(codes: tuple[str, ...]) -> bool:
    return any(code.startswith("IGO:") for code in codes)


def _counts(pair: _Pair, count: int) -> bool:
    return count == 0 or len(pair.codes) == count


def _whole(near: list[_Pair], best: _Pair) -> _Pair:
    """The longest list that the best pair is part of ("A, B and C")."""
    same = [p for p in near if p.sentence == best.sentence and set(best.codes) <= set(p.codes)]
    return max(same, key=lambda p: len(p.codes))


def _members(doc: Resolved, scanned: Scan) -> Iterable[Mention]:
    """Yield "EU leaders", "ASEAN member states": the organisation that they are members of."""
    seen = scanned.view
    for hit in scanned.hits:
        if hit.surface.kind != "igo" or not hit.surface.codes or in_dateline(scanned, hit.first):
            continue
        last = hit.last + 1 if seen.low_at(hit.last) == "member" else hit.last
        if seen.low_at(last) in words().collective.members:
            code = hit.surface.codes[:1]
            made = _made(doc, hit.first, last + 1, code, "members of an organisation", 1.0)
            yield structs.replace(made, sectors=("GOV",))


def _one(doc: Resolved, place: Setting) -> Iterable[Mention]:
    """Yield "the country", "the Kingdom", "the Southeast Asian nation": the state last named that fits."""
    scanned = place.scan
    seen, lists = scanned.view, words().collective
    for i in [k for k, each in enumerate(seen.low) if each in lists.state]:
        word = seen.low[i]
        if seen.parse.pos[i] not in ("NOUN", "PROPN") or seen.low_at(i + 1) == "of":
            continue
        first, is_region = _region(scanned, i)
        opening = seen.low_at(first - 1)
        if opening not in ("the", "this") or (
            word in ("state", "federation", "island", "neighbour", "neighbor") and not is_region
        ):
            continue
        beside = _officers(doc, i, everywhere="host" in seen.low[first:i])
        candidates = _fitting(scanned, meant(place, i, beside=beside), first, i)
        best = chosen(candidates) or (candidates[0] if len(candidates) == 1 and candidates[0].score > 0 else None)
        kind: MentionKind = "place" if seen.low_at(first - 2) in words().places.always else "country"
        start, end = doc.parse.start[first], doc.parse.end[i]
        yield Mention(
            start=start, end=end, text=doc.text[start:end], kind=kind, codes=(best.id,) if best else (),
            candidates=candidates[:3], reason=best.reason if best else "no state clearly meant",
        )  # fmt: skip


_FORMS = ("kingdom", "republic", "federation", "sultanate", "emirate")


@cache
def _of_form(word: str) -> frozenset[str]:
    """The states that have a word like "Kingdom" in one of their names."""
    forms = (word.capitalize(), "Emirates" if word == "emirate" else word.capitalize())
    return frozenset(s.code for s in states() if any(f in n.split() for n in (s.name, *s.names) for f in forms))


def _fitting(scanned: Scan, candidates: tuple[Candidate, ...], first: int, i: int) -> tuple[Candidate, ...]:
    """The candidates that are of the form and the region that the words say."""
    word = scanned.view.low[i]
    if word in _FORMS:
        candidates = tuple(c for c in candidates if c.id in _of_form(word))
    named = scanned.view.text(first, i).lower().replace("-", " ") if first < i else ""
    regions = words().regions.states
    key = max((k for k in regions if k in named), key=len, default=None)
    if key is not None:
        candidates = tuple(c for c in candidates if c.id in regions[key])
    return candidates


def _region(scanned: Scan, i: int) -> tuple[int, bool]:
    """The first token of "Southeast Asian nation", and whether a region qualifies it."""
    seen, at = scanned.view, i
    while at > 0 and (seen.low[at - 1] in words().collective.regions or seen.is_hyphen(at - 1)):
        at -= 1
    if at > 0 and seen.low[at - 1] in ("whole", "entire", "host"):
        at -= 1
    return at, at < i


def _officers(doc: Resolved, i: int, *, everywhere: bool) -> set[str]:
    """The states of the people behind a token in its sentence: a visitor's own is not "the country" he comes to.

    `everywhere`: also of those before it, whose own "the host country" is not.
    """
    sentence = doc.parse.sentence(i)
    start, end = doc.parse.start[sentence.start], doc.parse.end[sentence.stop - 1]
    found = doc.mentions_in(start, end, "person", "role")
    return {c for m in found if everywhere or m.start > doc.parse.start[i] for c in m.codes[:1]}


def _made(
    doc: Resolved, first: int, last: int, codes: tuple[str, ...], reason: str, score: float, *,
    also: tuple[str, ...] = (),
) -> Mention:  # fmt: skip
    start, end = doc.parse.start[first], doc.parse.end[last - 1]
    others = tuple(Candidate(c, 0.3, "other reading") for c in also if c not in codes)
    return Mention(
        start=start, end=end, text=doc.text[start:end], kind="collective", codes=codes, sectors=(),
        candidates=(*(Candidate(c, score, reason) for c in codes), *others), reason=reason,
    )  # fmt: skip
