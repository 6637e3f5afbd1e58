"""States, organisations and groups as actors, where no person's mention covers the words.

The most informed phrase wins: a body with its state over the state inside it, a state over an unknown body.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from msgspec import structs

from bilateral.resolve import bodies, states
from bilateral.resolve.gazetteer import Hit
from bilateral.resolve.locative import capital_phrases, in_dateline, place_reason
from bilateral.resolve.scan import Scan, title_book
from bilateral.resolve.setting import Setting, setting
from bilateral.resolve.words import words
from bilateral.text import Candidate, Mention, Resolved

_INSIDE = 0.8
_COMMITTEES = frozenset(("committee", "subcommittee", "caucus", "panel"))
_AMERICAN = frozenset(("house", "senate", "congressional"))


def actors(doc: Resolved) -> Resolved:
    """The document with mentions of states, organisations and groups."""
    place = setting(doc)
    scanned = place.scan
    taken = _covered(doc, doc.mentions)
    found: list[Mention] = []
    _add(found, states.outlets(place, taken), doc, taken)
    _add(found, _named_bodies(scanned, taken), doc, taken)
    _add(found, _bodies(place, taken), doc, taken)
    taken |= _places(scanned)
    _add(found, states.mentions(place, taken), doc, taken)
    _add(found, _abbreviated(scanned, found, taken), doc, taken)
    _add(found, _unknown(scanned, taken), doc, taken)
    return structs.replace(doc, mentions=tuple(sorted((*doc.mentions, *found), key=lambda m: (m.start, m.end))))


def _add(found: list[Mention], new: Iterable[Mention], doc: Resolved, taken: set[int]) -> None:
    for mention in new:
        tokens = doc.parse.tokens(mention.start, mention.end)
        if taken.isdisjoint(tokens):
            found.append(mention)
            taken.update(tokens)


def _covered(doc: Resolved, mentions: Iterable[Mention]) -> set[int]:
    return {i for m in mentions if m.kind != "date" for i in doc.parse.tokens(m.start, m.end)}


def _places(scanned: Scan) -> set[int]:
    """The tokens that stand for places, which places.py makes mentions of."""
    found = {
        i for hit in scanned.hits if place_reason(scanned, hit) is not None
        for i in range(hit.first, hit.last)
    }  # fmt: skip
    for i, phrase in capital_phrases(scanned):
        found.update(range(phrase[0], i + 1))
    return found


def _bodies(place: Setting, taken: Iterable[int]) -> list[Mention]:
    """The phrases of bodies and groups; what a fuller one says of its state holds for later short ones."""
    made: list[Mention] = []
    earlier: dict[str, Mention] = {}
    named = [h for h in place.scan.hits if h.surface.kind == "organisation" and h.last - h.first > 1]
    for found in bodies.phrases(place.scan, taken):
        while named and named[0].first < found.first:
            _remember(earlier, place.scan, named.pop(0))
        mention = bodies.mention(place, found, earlier)
        if mention is None:
            continue
        made.append(mention)
        if len(mention.codes) == 1 and mention.kind == "organisation":
            for key in (bodies.key_of(found), bodies.key_of(found).split()[-1]):
                earlier[key] = mention
    return made


def _remember(earlier: dict[str, Mention], scanned: Scan, hit: Hit) -> None:
    """Keep a body that is known by its whole name for later short uses ("Russian Foreign Ministry", "the ministry")."""
    match = scanned.bodies.get(hit.last - 1)
    if match is not None and match.last == hit.last and (mention := states.organisation(scanned, hit)).codes:
        for key in (match.value.words, scanned.view.low[hit.last - 1]):
            earlier[key] = mention


def _entities(scanned: Scan, label: str) -> Iterable[range]:
    """Yield the tokens of each entity of a label."""
    ent, opening, going = scanned.view.parse.ent, f"B-{label}", f"I-{label}"
    for first in [i for i, each in enumerate(ent) if each == opening]:
        last = first + 1
        while last < len(ent) and ent[last] == going:
            last += 1
        yield range(first, last)


def _named_bodies(scanned: Scan, taken: set[int]) -> list[Mention]:
    """Bodies whose name holds the name of a state ("Bank of China", "Vietnam Airlines"), by the model's word."""
    found = []
    for tokens in _entities(scanned, "ORG"):
        first, last = _trimmed(scanned, tokens)
        hits = [scanned.cover[k] for k in range(first, last) if k in scanned.cover]
        if (
            last - first < 2
            or not hits
            or not taken.isdisjoint(range(first, last))
            or hits[0].last - hits[0].first >= last - first
        ):
            continue
        if _is_no_body(scanned, last - 1) or in_dateline(scanned, first):
            continue
        if hits[0].surface.kind in ("igo", "organisation") or not _is_proper(scanned, first, last):
            continue
        if any(k in scanned.bodies and k not in scanned.cover for k in range(first, last)):
            continue
        if "sea" in (place_reason(scanned, hits[0]) or ""):
            continue
        codes = tuple(dict.fromkeys(c for hit in hits for c in hit.surface.codes[:1]))
        if scanned.view.low[last - 1] in _COMMITTEES and hits[0].first > first:  # named after what it deals with
            codes = ("USA",) if scanned.view.low[first] in _AMERICAN else ()
        found.append(_body(scanned, first, last, codes, "state inside the name"))
    return found


def _trimmed(scanned: Scan, tokens: range) -> tuple[int, int]:
    """An entity's tokens without an article before and a possessive behind."""
    first, last = tokens.start, tokens.stop
    while first < last and scanned.view.low[first] in ("the", "a", "an"):
        first += 1
    while last > first and scanned.view.low[last - 1] in ("'s", "'", ",", "."):
        last -= 1
    return first, last


def _is_proper(scanned: Scan, first: int, last: int) -> bool:
    seen = scanned.view
    whole = all(seen.is_capital(k) or seen.low[k] in ("of", "for", "and", "the", "&", "-") for k in range(first, last))
    return whole and "and" not in (seen.low[first], seen.low[last - 1])


def _unknown(scanned: Scan, taken: set[int]) -> list[Mention]:
    """Bodies that nothing is known of but their name, by the model's word; their state stays open."""
    found = []
    for tokens in _entities(scanned, "ORG"):
        first, last = _trimmed(scanned, tokens)
        if first == last or not taken.isdisjoint(range(first, last)) or not _is_proper(scanned, first, last):
            continue
        if not _acts(scanned, last - 1) or _is_no_body(scanned, last - 1):
            continue
        if not any(k in scanned.cover for k in range(first, last)):
            found.append(_body(scanned, first, last, (), "unknown body"))
    return found


def _acts(scanned: Scan, i: int) -> bool:
    """Whether token i is who does something, or to whom or by whom it is done."""
    parse = scanned.view.parse
    if parse.pos[i] != "PROPN" or i in scanned.view.headline or in_dateline(scanned, i):
        return False
    if parse.dep[i] == "pobj":
        return scanned.view.low[parse.head[i]] in ("by", "with", "to")
    return parse.dep[i] in ("nsubj", "nsubjpass", "poss", "dative") or parse.lemma[parse.head[i]] in ("tell", "quote")


def _is_no_body(scanned: Scan, i: int) -> bool:
    """Whether the last word of a name is a paper, a plan or a meeting ("Free Trade Agreement")."""
    return scanned.view.low[i] in words().bodies.papers


def _body(scanned: Scan, first: int, last: int, codes: tuple[str, ...], reason: str) -> Mention:
    text = scanned.view.text(first, last)
    sectors = next((scanned.bodies[k].value.sectors for k in reversed(range(first, last)) if k in scanned.bodies), ())
    return Mention(
        start=scanned.view.parse.start[first], end=scanned.view.parse.end[last - 1], text=text, kind="organisation",
        codes=codes, sectors=sectors, name=text, level="ORG", reason=reason,
        candidates=tuple(Candidate(c, _INSIDE, reason) for c in codes),
    )  # fmt: skip


def _abbreviated(scanned: Scan, found: list[Mention], taken: set[int]) -> list[Mention]:
    """Later uses of an abbreviation that a body's mention gives in brackets ("… (NIDR)")."""
    seen, by_short = scanned.view, {}
    starts, ends = seen.parse.start, seen.parse.end
    for mention in (m for m in found if m.kind == "organisation"):
        if mention.text.endswith(")") and "(" in mention.text:
            by_short[mention.text[mention.text.rindex("(") + 1 : -1].strip()] = mention
        after = bisect_left(starts, mention.end)
        if seen.low_at(after) == "(" and seen.low_at(after + 2) == ")":
            by_short[seen.words[after + 1]] = mention
    if not by_short:
        return []
    return [
        structs.replace(m, start=starts[i], end=ends[i], text=word, reason=f'short for "{m.text}"')
        for i, word in enumerate(seen.words)
        if i not in taken and word.isupper() and (m := by_short.get(word)) is not None
    ]


def main_actor(doc: Resolved) -> tuple[str | None, tuple[str, ...]]:
    """The code and the sectors of the one actor that a short text names ("Chile's Ministry of Mines").

    Either may be open.

    The mention on the head of the text counts, else the first with a code, else the words of a body or an office.
    """
    known = [m for m in doc.mentions if m.kind != "date"]
    root = next((i for i in range(len(doc.parse)) if doc.parse.head[i] == i), None)
    head = doc.mention_at(root) if root is not None else None
    ranked = [head] if head is not None and (head.codes or head.sectors) else []
    ranked += [m for m in known if m.codes] + [m for m in known if m.sectors]
    if known and not ranked and all(m.kind == "pronoun" for m in known):
        return None, ("UNK",)
    code = next((c for m in ranked for c in m.codes[:1]), None)
    sectors = ranked[0].sectors if ranked else ()
    return code, sectors or (() if ranked and ranked[0].kind == "country" else _sectors_of_words(doc))


def _sectors_of_words(doc: Resolved) -> tuple[str, ...]:
    """The sectors of the last body or office among the words, whatever part of speech they are taken for."""
    scanned = setting(doc).scan
    for i in reversed(range(len(scanned.view.words))):
        body = scanned.bodies.get(i)
        title = title_book().before(scanned.view, i + 1)
        if body is not None and (title is None or body.first <= title.first):
            return body.value.sectors
        if title is not None and title.value.title.sectors:
            return title.value.title.sectors
    return ()
