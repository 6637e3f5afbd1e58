"""How far a phrase reaches to the left and right of its head: states, owners, prefixes, fields, "of …", "to …".

Shared by offices ("deputy head of the Russian space agency") and bodies ("Cambodia's National Institute of
Diplomacy"). Reads tokens, because parsers attach the words between a title and a name in many wrong ways.
"""

from __future__ import annotations

from typing import NamedTuple

from bilateral.knowledge import Prefix
from bilateral.resolve.gazetteer import Hit
from bilateral.resolve.naming import SONS
from bilateral.resolve.scan import Scan, body_book, prefix_book, title_at
from bilateral.resolve.view import POSSESSIVES
from bilateral.resolve.words import words

STATES = ("name", "adjective", "people", "combining", "disputed")
BODIES = ("igo", "organisation", "seat")
PLACES = ("capital", "city")
_MODIFIERS = ("amod", "compound", "nmod", "nummod", "poss")
_BEFORE_PLACE = ("in", "at", "from", "to", "near", "outside", "via", "into")
_ARTICLES = ("the", "a", "an")
_AND = ("and", "&")
# Verbs that the parser takes for a noun behind a long name ("the press service of the ministry informs").
_VERBS = frozenset((
    "informs", "says", "announces", "stresses", "adds", "tells", "writes", "declares", "confirms", "denies",
    "specifies", "emphasizes", "emphasises", "recalls", "believes", "explains", "warns", "said", "informed",
    "announced", "told", "clarifies", "underlines", "reiterates", "cites",
))  # fmt: skip


class Left(NamedTuple):
    """What stands before a head: the first token, the states beside it, prefixes, a body, an owner without a name."""

    first: int
    codes: tuple[str, ...] = ()
    prefixes: tuple[Prefix, ...] = ()
    body: tuple[int, int] | None = None
    owner: str = ""
    article: str = ""
    hit: Hit | None = None


class _Step(NamedTuple):
    first: int
    codes: tuple[str, ...] = ()
    prefix: Prefix | None = None
    body: tuple[int, int] | None = None
    owner: str = ""
    hit: Hit | None = None
    is_last: bool = False


def left(scan: Scan, head: int, *, many: bool = False, proper: bool = False) -> Left:
    """What belongs to the phrase whose head starts at token `head`.

    `many`: a plural may have several states; `proper`: capitalised words before it are its name, not a person's.
    """
    seen, found = scan.view, Left(head)
    floor = seen.parse.sentence(head).start
    around = scan.cover.get(head)
    if around is not None and around.first < head and around.surface.kind in BODIES:
        found = Left(around.first, scan.codes(around), (), (around.first, around.last), hit=around)
    while found.first > floor:
        edge = found.first - 1 if seen.is_hyphen(found.first - 1) else found.first
        step = _prefix(scan, edge)
        if step is None and not found.owner:
            step = _owner(scan, edge) if not found.codes or _is_body(found) else None
        if step is None and not (found.codes or found.owner):
            step = _state(scan, edge, head, many) or _body(scan, edge, head) or _modifier(scan, edge, head, proper)
        if step is None:
            break
        found = _joined(found, step)
        if step.is_last:
            return found
    return found._replace(article=_article(scan, found.first, floor))


def _is_body(found: Left) -> bool:
    """Whether a named body is the first thing read, whose state may stand before it ("Russia's Security Council")."""
    return found.hit is not None and found.hit.first == found.first and found.hit.surface.kind in BODIES


def _joined(found: Left, step: _Step) -> Left:
    prefixes = (step.prefix, *found.prefixes) if step.prefix else found.prefixes
    body = (step.body[0], found.body[1]) if step.body and found.body else step.body or found.body
    return Left(step.first, step.codes or found.codes, prefixes, body, step.owner, "", step.hit or found.hit)


def _article(scan: Scan, first: int, floor: int) -> str:
    word = scan.view.low_at(first - 1) if first > floor else ""
    return word if word in _ARTICLES else ""


def _prefix(scan: Scan, edge: int) -> _Step | None:
    match = prefix_book().before(scan.view, edge)
    if match is None or (scan.view.low[match.first] == "past" and edge - match.first == 1):
        return None
    return _Step(match.first, prefix=match.value)


def _owner(scan: Scan, edge: int) -> _Step | None:
    """A possessive: a state's, a body's, "the country's", "its"."""
    seen = scan.view
    if edge < 1:
        return None
    if seen.parse.tag[edge - 1] == "PRP$":
        return _Step(edge, owner=seen.low[edge - 1], is_last=True)
    if seen.low[edge - 1] not in POSSESSIVES or edge < 2:
        return None
    hit = scan.ends.get(edge - 1)
    if hit is not None:
        return _Step(hit.first, codes=scan.codes(hit), hit=hit)
    if seen.low[edge - 2] in words().collective.state:
        return _Step(edge - 2, owner=seen.low[edge - 2])
    body = body_book().before(seen, edge - 1)
    if body is not None:
        inner = left(scan, body.first)
        return _Step(
            inner.first, codes=inner.codes, body=(inner.first, edge - 1), owner=seen.low[edge - 2], is_last=True
        )
    return _Step(edge, owner="name", is_last=True)


def _state(scan: Scan, edge: int, head: int, many: bool) -> _Step | None:
    """A state or a named body right before: "Russian", "US", "EU", "Kremlin", "Kyiv"."""
    hit = scan.ends.get(edge)
    if hit is None or not _is_beside(scan, hit, head):
        return None
    first, codes = _with_earlier(scan, hit, many)
    body = (hit.first, hit.last) if hit.surface.kind in BODIES else None
    return _Step(first, codes=codes, hit=hit, body=body)


def _is_beside(scan: Scan, hit: Hit, head: int) -> bool:
    """Whether a hit modifies what follows, and is not the end of "in Moscow" or "to Russia" before it."""
    seen, kind = scan.view, hit.surface.kind
    if kind in ("adjective", "combining"):
        return True
    if seen.is_acronym(hit.first, hit.last):
        return True
    before = seen.low_at(hit.first - 1)
    depends = seen.parse.dep[hit.last - 1] in _MODIFIERS and seen.parse.head[hit.last - 1] >= hit.last
    if before in _BEFORE_PLACE or kind in PLACES or kind == "people":
        return depends and not (kind in PLACES and before in _BEFORE_PLACE and seen.is_capital(head))
    return True


def _with_earlier(scan: Scan, hit: Hit, many: bool) -> tuple[int, tuple[str, ...]]:
    """The first token and the codes of "Russian", "Russian-Cambodian", and for plurals "Russian and Chinese"."""
    seen, first, codes = scan.view, hit.first, scan.codes(hit)
    while first > 1:
        joined = seen.is_hyphen(first - 1)
        listed = many and seen.low[first - 1] in (*_AND, ",")
        earlier = scan.ends.get(first - 1) if joined or listed else None
        if earlier is None or earlier.surface.kind not in (*STATES, "igo"):
            break
        if not joined and earlier.surface.kind != hit.surface.kind:
            break
        first, codes = earlier.first, (*scan.codes(earlier), *codes)
    return first, codes


def _body(scan: Scan, edge: int, head: int) -> _Step | None:
    """A body right before a title: "foreign ministry" spokesman, "army" chief."""
    seen = scan.view
    match = body_book().before(seen, edge)
    if match is None or seen.parse.pos[edge - 1] not in ("NOUN", "PROPN", "ADJ"):
        return None
    if seen.parse.pos[edge - 1] == "NOUN" and not (head - 1 <= seen.parse.head[edge - 1]):
        return None
    return _Step(match.first, body=(match.first, edge))


def _modifier(scan: Scan, edge: int, head: int, proper: bool) -> _Step | None:
    """A word that qualifies the head: "economic development" minister, "Trade and Industry" Minister."""
    seen, k = scan.view, edge - 1
    if k < 0 or scan.cover.get(k) is not None:
        return None
    is_listed = k > 1 and (seen.low[k] in _AND or (seen.low[k] == "," and "and" in seen.low[k:head]))
    if is_listed and _is_field(scan, k - 1) and _is_field(scan, k + 1):
        return _Step(k - 1, body=(k - 1, edge))
    if seen.parse.pos[k] not in ("ADJ", "NOUN", "PROPN") or seen.low[k] in words().names.not_names:
        return None
    if _is_field(scan, k) and seen.is_capital(head):
        return _Step(k, body=(k, edge))
    if seen.parse.dep[k] not in _MODIFIERS or not k < seen.parse.head[k] <= head + 3:
        return None
    if seen.is_capital(k) and not proper and (seen.is_capital(head) or seen.parse.ent[k][2:] == "PERSON"):
        return None
    return _Step(k, body=(k, edge) if seen.parse.pos[k] != "ADJ" else None)


def _is_field(scan: Scan, k: int) -> bool:
    seen = scan.view
    return 0 <= k < len(seen.words) and seen.is_capital(k) and seen.low[k] in words().fields.words


class Right(NamedTuple):
    """What stands behind a head: the token after it, states by "of" and by "to", a body, "the country" by "to"."""

    last: int
    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    body: tuple[int, int] | None = None
    to_reference: str = ""


def right(scan: Scan, last: int, head: str, *, many: bool = False) -> Right:
    """What belongs to a phrase behind its head, whose words are `head`: up to four "of …", "to …", "for …"."""
    found = Right(_fields_on(scan, last, head))
    for _ in range(4):
        preposition = scan.view.low_at(found.last)
        if not _takes(preposition, head, scan, found):
            break
        read = noun_phrase(scan, found.last + 1, many=many or preposition == "to")
        if read is None or not _fits(scan, preposition, read):
            break
        found = _extended(scan, found, preposition, read)
    return found


def _takes(preposition: str, head: str, scan: Scan, found: Right) -> bool:
    if preposition == "of":
        return True
    if preposition == "from":
        return not found.of and not found.to
    heads = words().titles.prepositions.get(preposition, ())
    if any(head.endswith(word) or word in head.split() for word in heads):
        return True
    inside = scan.view.low[found.body[1] - 1] if found.body else ""
    return preposition == "in" and inside in ("embassy", "mission", "consulate", "office", "delegation")


class Phrase(NamedTuple):
    """A noun phrase read behind a preposition: its tokens, whether an article opens it, the surfaces in it."""

    first: int
    last: int
    article: str
    hits: tuple[Hit, ...]


def _fits(scan: Scan, preposition: str, read: Phrase) -> bool:
    """Whether a phrase is part of an office: "to" and "in" lead to a state, "at" and "on" to a name."""
    if preposition == "of":
        return read.article not in ("a", "an") or bool(read.hits)
    if preposition == "from":
        return bool(read.hits) and read.hits[0].surface.kind in ("name", "igo") and read.hits[0].first == read.first
    if preposition in ("to", "in"):
        return bool(read.hits) or _reference(scan, read) != "" or title_at(scan, read.first) is not None
    return read.article not in ("a", "an")


def _reference(scan: Scan, read: Phrase) -> str:
    word = scan.view.low[read.last - 1]
    return word if read.article == "the" and word in words().collective.state else ""


def _extended(scan: Scan, found: Right, preposition: str, read: Phrase) -> Right:
    codes = tuple(dict.fromkeys(c for hit in read.hits for c in scan.codes(hit)))
    reference = _reference(scan, read) if not codes else ""
    if preposition == "from":
        return found._replace(last=read.last, of=codes)
    if preposition in ("to", "in", "for") and found.body is None:
        return found._replace(last=read.last, to=found.to or codes, to_reference=found.to_reference or reference)
    start = found.body[0] if found.body else read.first
    is_state = bool(read.hits) and read.hits[0].first == read.first and read.hits[0].surface.kind == "name"
    body = found.body if is_state else (start, read.last)
    return found._replace(last=read.last, of=found.of or codes, body=body)


def _fields_on(scan: Scan, last: int, head: str) -> int:
    """The end of a portfolio that goes on: "Minister of Industry | , Science and Technology"."""
    if " of " not in head and " for " not in head:
        return last
    seen, at = scan.view, last
    while at < len(seen.words):
        skip = 2 if seen.low[at] == "," and seen.low_at(at + 1) in _AND else 1
        if _is_field(scan, at):
            at += 1
        elif seen.low[at] in (*_AND, ",") and _is_field(scan, at + skip) and title_at(scan, at + skip) is None:
            at += skip + 1
        else:
            break
    return at


def noun_phrase(scan: Scan, first: int, *, many: bool = False) -> Phrase | None:
    """The noun phrase that starts at a token and ends where a personal name or something else begins.

    Capitalised words behind the last word that belongs to a body are taken for a name ("Security Council | Nikolai
    Vetrov"), unless nothing else is there ("head of Rosatom").
    """
    seen, at, article = scan.view, first, ""
    if seen.low_at(at) in _ARTICLES or (at < len(seen.words) and seen.parse.tag[at] == "PRP$"):
        article, at = seen.low[at], at + 1
    start, sure, hits = at, at, []
    while at < len(seen.words) and at not in seen.breaks:
        hit = scan.starts.get(at)
        if hit is not None:
            hits.append(hit)
            is_name = at > sure and hit.surface.kind in PLACES  # "of Mexico | Rosa Lima"
            at, sure = hit.last, sure if is_name else hit.last
            continue
        step = _next(scan, at, start, bool(hits), many)
        if step is None:
            break
        at, is_sure = step
        sure = at if is_sure else sure
    last = at if at == sure + 1 and _is_name_ahead(scan, at) else _without_name(start, sure, at)
    return Phrase(start, last, article, tuple(h for h in hits if h.last <= last)) if last > start else None


def _next(scan: Scan, at: int, start: int, has_hit: bool, many: bool) -> tuple[int, bool] | None:
    """The token after the next word of a noun phrase, and whether that word surely belongs to it."""
    seen = scan.view
    word, pos = seen.low[at], seen.parse.pos[at]
    if seen.is_hyphen(at):
        return at + 1, False
    if word in POSSESSIVES and at > start:
        return at + 1, True
    if word in (*_AND, ",") and at > start:
        return _conjunct(scan, at, has_hit, many)
    if word == "(" and at > start:
        return (at + 3, True) if seen.low_at(at + 2) == ")" and seen.words[at + 1].isupper() else None
    if seen.is_capital(at):
        return _capital(scan, at)
    if at > start and (word in _VERBS or (word in SONS and not seen.is_capital(at))):
        return None
    if pos in ("NOUN", "ADJ", "PROPN", "NUM") and not title_ahead(scan, at, start):
        return at + 1, True
    if seen.parse.tag[at] in ("VBG", "VBN") and seen.parse.dep[at] in ("amod", "compound"):
        return at + 1, True
    return None


def title_ahead(scan: Scan, at: int, start: int) -> bool:
    """Whether a title begins at a token that is not the first of its phrase."""
    return at > start and title_at(scan, at) is not None


def _capital(scan: Scan, at: int) -> tuple[int, bool] | None:
    seen = scan.view
    if seen.low[at] in words().fields.words:
        title = title_at(scan, at)
        return (at + 1, True) if title is None or title.value.title.level != "MIL" else None
    if seen.low[at] in words().names.companies or seen.low_at(at - 1) in ("two", "both", "three"):
        return at + 1, True
    if seen.low[at] in words().names.not_names or title_at(scan, at) is not None:
        return None
    if seen.parse.ent[at] == "B-PERSON" or seen.parse.pos[at] not in ("PROPN", "NOUN", "ADJ"):
        return None
    return at + 1, False


def _conjunct(scan: Scan, at: int, has_hit: bool, many: bool) -> tuple[int, bool] | None:
    """A word that goes on behind "and" or a comma: another field, another state of a plural."""
    seen = scan.view
    nxt = at + 2 if seen.low[at] == "," and seen.low_at(at + 1) in _AND else at + 1
    if nxt >= len(seen.words) or title_at(scan, nxt) is not None or prefix_book().at(seen, nxt) is not None:
        return None
    if many and has_hit:
        hit = scan.starts.get(nxt)
        return (nxt, True) if hit is not None and hit.surface.kind in (*STATES, "igo") else None
    if _is_field(scan, nxt) and _is_field(scan, at - 1) and not _opens_body(scan, nxt):
        return nxt + 1, True
    small = not seen.is_capital(nxt) and seen.parse.pos[nxt] == "NOUN" and seen.parse.pos[at - 1] == "NOUN"
    if small and seen.low[at] != "," and seen.parse.dep[nxt] == "conj" and seen.parse.head[nxt] == at - 1:
        return nxt + 1, True
    return None


def _opens_body(scan: Scan, i: int) -> bool:
    """Whether a word after "and" opens the name of another body ("and National Institute of …")."""
    match = body_book().at(scan.view, i)
    return match is not None and scan.view.low_at(match.last) == "of"


def _is_name_ahead(scan: Scan, at: int) -> bool:
    """Whether a whole name follows between commas, so that the word before is none ("for Hill Peoples, Ana Paz,")."""
    seen = scan.view
    if seen.low_at(at) != "," or at + 3 >= len(seen.words) or not (seen.is_capital(at + 1) and seen.is_capital(at + 2)):
        return False
    return any(seen.words[k] in (",", ".") for k in range(at + 3, min(at + 6, len(seen.words))))


def _without_name(start: int, sure: int, at: int) -> int:
    """The end of a noun phrase without the personal name that follows it."""
    if sure > start:
        return sure
    return at if at - start <= 2 else at - 2
