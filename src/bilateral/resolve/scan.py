"""A document's words with the surfaces, titles and bodies of the knowledge files found in them.

Made once for each resolver; the books behind it are read once for all documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bilateral import knowledge
from bilateral.knowledge import Body, Prefix, Title
from bilateral.resolve.gazetteer import Hit, hits
from bilateral.resolve.phrasebook import Match, Phrasebook
from bilateral.resolve.view import View, view
from bilateral.resolve.words import words
from bilateral.text import Document, Parse

_HEAD_BEFORE = re.compile(r" (?:of|for|to|in|on|at|from|without|with|a\.i\.|ad interim|extraordinary|general)\b")

# A word for whoever holds the same office elsewhere; its level is that of the office it answers to.
COUNTERPART = "counterpart"
COLLEAGUE = "colleague"
DEPUTY = "deputy"
PEERS = (COLLEAGUE, "opposite number", "interlocutor", "host", "guest")  # other words for a counterpart


class Named(NamedTuple):
    """A title as found: the office and whether the words are a plural."""

    title: Title
    is_plural: bool = False
    is_rank: bool = False


class Scan(NamedTuple):
    """A view with its hits by the token they start at, by the token after them, and by every token they cover.

    `bodies` are the words of bodies and groups by every token that they cover; `clear` the codes that are named
    without ambiguity.
    """

    view: View
    hits: tuple[Hit, ...]
    starts: dict[int, Hit]
    ends: dict[int, Hit]
    cover: dict[int, Hit]
    bodies: dict[int, Match[Body]]
    clear: frozenset[str]

    def codes(self, hit: Hit) -> tuple[str, ...]:
        """The one state or organisation that a hit means: of several the one that is clearly named elsewhere.

        A disputed territory is the first of its claimants, the one that most states recognise, whoever is named.
        """
        if hit.surface.kind == "disputed":
            return hit.surface.codes[:1]
        known = [c for c in hit.surface.codes if c in self.clear]
        return tuple(known[:1] or hit.surface.codes[:1])


def scanned(document: Document, parse: Parse) -> Scan:
    """The words of a parsed document with the surfaces found in them."""
    seen = view(document, parse)
    found = tuple(hits(seen))
    cover = {i: hit for hit in found for i in range(hit.first, hit.last)}
    bodies = {i: match for match in _bodies(seen) for i in range(match.first, match.last)}
    clear = frozenset(h.surface.codes[0] for h in found if len(h.surface.codes) == 1)
    return Scan(seen, found, {h.first: h for h in found}, {h.last: h for h in found}, cover, bodies, clear)


def _bodies(seen: View) -> Iterator[Match[Body]]:
    edge, book = 0, body_book()
    for i in book.starts(seen):
        match = book.at(seen, i) if i >= edge else None
        if match is not None:
            yield match
            edge = match.last


@cache
def title_book() -> Phrasebook[Named]:
    """All titles, singular and plural, and the ranks."""
    book: dict[str, Named] = {}
    known = frozenset(title.words for title in knowledge.titles())
    for title in knowledge.titles():
        book.setdefault(plural(title.words), Named(title, True))
    for written, rank in knowledge.ranks().items():
        lower = written.lower()
        ranked = Named(Title(words=lower, title=rank, level="MIL", sectors=("MIL",)), False, True)
        for form in {lower, f"{lower}.", re.sub(r"\b(\w+)\b", _dotted, lower)}:
            book[form] = ranked
    for title in knowledge.titles():
        book[title.words] = Named(title, _is_plural(title.words, known))
    counterpart = Title(words=COUNTERPART, title=COUNTERPART, level="OFF", sectors=("GOV",))
    book.update({COUNTERPART: Named(counterpart), f"{COUNTERPART}s": Named(counterpart, True)})
    book[DEPUTY] = Named(Title(words=DEPUTY, title="deputy minister", level="OFF", sectors=("GOV",)))
    book.update({words: Named(Title(words=words, title=COUNTERPART, level="OFF", sectors=("GOV",))) for words in PEERS})
    return Phrasebook(book)


def _is_plural(words: str, known: frozenset[str]) -> bool:
    """Whether a listed title is several people: "deputies", not "minister of communications"."""
    if _HEAD_BEFORE.search(words):
        return False
    return words.endswith(("men", "women", "people")) or words.removesuffix("ies") + "y" in known or words[:-1] in known


_SHORT = frozenset((
    "lt", "gen", "col", "maj", "brig", "sgt", "capt", "cmdr", "adm", "snr", "sen", "pol", "cpl", "pvt", "supt", "insp",
))  # fmt: skip


def _dotted(match: re.Match[str]) -> str:
    return match.group() + ("." if match.group() in _SHORT else "")


def plural(words: str) -> str:
    """A title in the plural: "foreign ministers", "secretaries of state", "attorneys general"."""
    cut = _HEAD_BEFORE.search(words)
    head, rest = (words[: cut.start()], words[cut.start() :]) if cut else (words, "")
    if head.endswith("man"):
        return head[:-3] + "men" + rest
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return head[:-1] + "ies" + rest
    return head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s") + rest


@cache
def body_book() -> Phrasebook[Body]:
    """All bodies and groups that need a state beside them."""
    return Phrasebook({body.words: body for body in knowledge.bodies()})


@cache
def prefix_book() -> Phrasebook[Prefix]:
    """Words before an office that change it."""
    return Phrasebook({prefix.words: prefix for prefix in knowledge.prefixes()})


@cache
def suffix_book() -> Phrasebook[Prefix]:
    """Words behind an office that change it."""
    return Phrasebook({suffix.words: suffix for suffix in knowledge.suffixes()})


@cache
def honorific_book() -> Phrasebook[str]:
    """Words of address before a name."""
    return Phrasebook({words.lower(): words for words in knowledge.honorifics()})


def title_at(scan: Scan, i: int) -> Match[Named] | None:
    """The title that starts at token i where its words stand as nouns, or None."""
    seen = scan.view
    for match in title_book().all_at(seen, i):
        if is_title(scan, match):
            return match
    return None


def is_title(scan: Scan, match: Match[Named]) -> bool:
    """Whether words of a title are one in their place: nouns, no part of the name of a body; ranks are capitalised."""
    seen, (first, last, named) = scan.view, match
    if named.is_rank and not seen.is_capital(first):
        return False
    if seen.is_capital(first) and last - first == 1 and _opens_body(seen, first):
        return False
    hit = scan.cover.get(first)
    if hit is not None and hit.last > last and hit.surface.kind in ("organisation", "igo", "seat"):
        return False
    body = scan.bodies.get(first)
    if body is not None and _is_inside(seen, match, body):
        return False
    tags = [seen.parse.pos[k] for k in range(first, last)]
    if last - first == 1:
        named_next = last < len(seen.words) and seen.is_capital(last) and seen.is_capital(first)
        if seen.words[first] == "justice":
            return False
        if seen.low[first] == "head" and seen.low_at(first - 2) == "at":
            return False
        if seen.low[first] in _ADJECTIVES and seen.is_capital(first):
            return False
        if seen.low[first] in _GIVEN and seen.is_capital(first) and seen.is_capital(first - 1) and named_next:
            return False
        return tags[0] in ("NOUN", "PROPN") or (named_next and tags[0] != "VERB")
    return "NOUN" in tags or "PROPN" in tags


# Words that open the name of a body as often as they are a rank ("General Assembly", "Private Sector Council").
_OPENING = frozenset((
    "general", "major", "private", "chief", "captain", "inspector", "prince", "queen", "king", "crown",
))  # fmt: skip
_COMPANY = frozenset((
    "company", "corporation", "bank", "hospital", "university", "motors", "electric", "mills", "dynamics", "foods",
    "foundation", "college", "institute", "group",
))  # fmt: skip


def _opens_body(seen: View, first: int) -> bool:
    """Whether a title in capitals opens the name of a body: "General Directorate of Rubber", "General Mills Inc."."""
    ent, nxt = seen.parse.ent, first + 1
    if seen.low[first] not in _OPENING or nxt >= len(ent) or not seen.is_capital(nxt):
        return False
    if seen.low[nxt] in words().fields.words:
        return ent[nxt][2:] != "PERSON"
    while nxt < len(ent) and ent[first][2:] == "ORG" and ent[nxt] == "I-ORG":
        nxt += 1
    return any(w in _COMPANY or w in words().names.companies for w in (seen.low[nxt - 1], seen.low_at(nxt)))


# Titles that are given names as well ("Trade Minister Dean Farrow").
_GIVEN = frozenset(("dean", "duke", "earl", "rector", "page"))
# Titles that in capitals are something else: adjectives in the names of bodies, names ("National Institute", "Mr Son").
_ADJECTIVES = frozenset((
    "national", "native", "royal", "relative", "private", "executive", "academic", "major", "expert", "son", "daughter",
    "father", "mother", "brother", "sister", "wife", "husband", "widow", "host", "fellow", "citizen", "resident",
))  # fmt: skip


def _is_inside(seen: View, match: Match[Named], body: Match[Body]) -> bool:
    """Whether the words of a title are part of the name of a body ("Cabinet of Ministers")."""
    if match.last < body.last:
        return match.first >= body.first
    if match.last > body.last or body.first >= match.first:
        return False
    is_institution = body.value.kind == "body" and body.value.words not in words().groups.people
    return is_institution or "of" in seen.low[body.first : match.first]
