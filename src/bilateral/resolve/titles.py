"""The title grammar: phrases of office ("Russia's first deputy minister of defence", "envoy to the country").

Finds the phrases and what they say of state, body, level and standing; whose office it is, people.py finds out.
"""

from __future__ import annotations

from typing import NamedTuple

from bilateral.knowledge import Prefix, Title
from bilateral.resolve.phrasebook import Match
from bilateral.resolve.reach import BODIES, STATES, Left, Right, left, right
from bilateral.resolve.scan import COLLEAGUE, COUNTERPART, DEPUTY, Named, Scan, suffix_book, title_at, title_book
from bilateral.resolve.usage import level_in
from bilateral.resolve.view import POSSESSIVES
from bilateral.resolve.words import words
from bilateral.text import Office

_SENT_LEVELS = ("AMB", "DIP")
_BEHIND = 7  # words of "at the Ministry of Foreign Affairs" that are looked at


class Chunk(NamedTuple):
    """A phrase of office at the tokens first..last (half-open), its article left out.

    `codes` are whose office it is (several for "the foreign ministers of Russia and China"), `accredited` where it is
    sent. `owner` is a word that stands for the state ("country", "its", "ministry"), `to` the same for where it is
    sent.
    """

    first: int
    last: int
    head: int
    title: Title
    level: str
    sectors: tuple[str, ...]
    standing: str
    is_plural: bool
    codes: tuple[str, ...]
    accredited: str | None
    body: tuple[int, int] | None
    article: str
    owner: str
    to: str


def chunks(scan: Scan) -> list[Chunk]:
    """The phrases of office in a document, in text order, none overlapping."""
    found: list[Chunk] = []
    edge = 0
    for i in title_book().starts(scan.view):
        match = title_at(scan, i) if i >= edge else None
        if match is None:
            continue
        chunk = _chunk(scan, match)
        if not _is_owned(scan, chunk):
            continue
        if found and _is_served(scan, found[-1], chunk):
            found[-1] = _serving(found[-1], chunk)
            edge = chunk.last
            continue
        if chunk.first < edge:
            chunk = chunk._replace(first=max(edge, match.first), codes=_inner_codes(scan, match) or chunk.codes)
        found.append(_as_counterpart(found, scan, chunk))
        edge = chunk.last
    return found


_SERVANTS = frozenset((
    "adviser", "aide", "assistant", "spokesperson", "secretary", "envoy", "representative", "chief of staff",
))  # fmt: skip


def _is_served(scan: Scan, one: Chunk, two: Chunk) -> bool:
    """Whether an office is only whom the one before it serves ("adviser to the Bolivian minister", no name behind)."""
    between = scan.view.low[one.last : two.first]
    is_close = all(w in ("to", "of", "for", "the") for w in between)
    if not is_close or one.is_plural or not {"to", "of", "for"} & set(scan.view.low[one.head : two.head]):
        return False
    is_servant = one.title.title in _SERVANTS or bool(_SERVANTS & set(one.title.words.split()))
    return is_servant and scan.view.low_at(two.last) in (",", ")", ".", "said", "says", "told", "")


def _serving(one: Chunk, two: Chunk) -> Chunk:
    """An office that takes in whom it serves, with the state of that."""
    return one._replace(last=two.last, codes=one.codes or two.codes, accredited=None, to="")


def _is_owned(scan: Scan, chunk: Chunk) -> bool:
    """Whether a word that is an office only beside its owner has one: "his Iranian colleague", "Orlov's deputy"."""
    if chunk.title.words == COLLEAGUE:
        return bool(chunk.codes)
    if chunk.title.words in _OTHER_SIDE:
        return not chunk.is_plural and (chunk.owner in _OWNERS or scan.view.low_at(chunk.first - 1) in _OWNERS)
    before = scan.view.low_at(chunk.first - 1)
    return chunk.title.words != DEPUTY or before in POSSESSIVES or before in _OWNERS or chunk.owner in _OWNERS


_OWNERS = ("his", "her", "their")
_OTHER_SIDE = ("interlocutor", "host", "guest")


def _as_counterpart(before: list[Chunk], scan: Scan, chunk: Chunk) -> Chunk:
    """ "His Indian counterpart" with the office of whom the sentence named before."""
    if chunk.title.title != COUNTERPART or chunk.title.words in _OTHER_SIDE:
        return chunk
    sentence = scan.view.parse.sentence(chunk.head)
    here = [c for c in before if c.head >= sentence.start and c.level != "CIV"]
    stated = (c for c in reversed(before) if c.level != "CIV" and c.codes)
    model = here[-1] if here else next(stated, None) or next((c for c in reversed(before) if c.level != "CIV"), None)
    return chunk._replace(title=model.title, level=model.level, sectors=model.sectors) if model else chunk


def _chunk(scan: Scan, match: Match[Named]) -> Chunk:
    title = match.value.title
    is_plural = match.value.is_plural or scan.view.parse.tag[_noun(scan, match)] in ("NNS", "NNPS")
    before = left(scan, match.first, many=is_plural)
    last, suffix = _suffix(scan, match.last)
    behind = right(scan, last, title.words, many=is_plural)
    prefixes = (*before.prefixes, *((suffix,) if suffix else ()))
    codes, accredited, to = _states(scan, match, before, behind)
    sectors = _group_sectors(scan, match) or _sectors(scan, title, before, behind)
    level = _fitted(_level(title, prefixes), codes, sectors)
    if title.words == "managing director" and not (codes and codes[0].startswith("IGO:")):
        level, sectors = "CIV", ("BUS",)
    if level == "HOS" and _is_presiding(scan, behind):
        level = "OFF"
    body = before.body or behind.body
    if title.words in _SECURING and "security council" in scan.view.text(before.first, behind.last).lower():
        level = "OFF" if codes and codes[0].startswith("IGO:") else "NSA"
    level = level_in(title, level, codes[0] if codes else None, _around(scan, body, behind.last))
    return Chunk(
        first=before.first, last=behind.last, head=match.first, title=title, level=level, sectors=sectors,
        standing=_standing(prefixes), is_plural=is_plural, codes=codes, accredited=accredited,
        body=body, article=before.article, owner=before.owner, to=to,
    )  # fmt: skip


def _noun(scan: Scan, match: Match[Named]) -> int:
    """The token of a title that is one or several people: "minister" of "minister of communications"."""
    inside = range(match.first + 1, match.last)
    return next((k for k in inside if scan.view.low[k] in ("of", "for", "in", "to")), match.last) - 1


def _suffix(scan: Scan, last: int) -> tuple[int, Prefix | None]:
    at = last + 1 if scan.view.is_hyphen(last) else last
    match = suffix_book().at(scan.view, at)
    return (match.last, match.value) if match else (last, None)


def _level(title: Title, prefixes: tuple[Prefix, ...]) -> str:
    level = title.level
    for prefix in prefixes:
        level = prefix.levels.get(level, level)
    return level


# Offices that make their holder a national security adviser where the body is a security council.
_SECURING = frozenset(("secretary", "secretary general", "secretary-general", "head", "chief"))


def _around(scan: Scan, body: tuple[int, int] | None, last: int) -> tuple[str, ...]:
    """The words of an office's body, or those of "at the Ministry of …" behind it."""
    if body is not None:
        return scan.view.low[slice(*body)]
    return scan.view.low[last : last + _BEHIND] if scan.view.low_at(last) in ("at", "in", "with") else ()


# Titles whose sector is their body's: the head of a bank is in business, the spokesman of an army in the military.
_BY_BODY = frozenset(
    (
        "president",
        "vice president",
        "chief of staff",
        "official",
        "representative",
        "director",
        "spokesperson",
        "head",
        "lawmaker",
        "employee",
        "leader",
    )
)


def _is_presiding(scan: Scan, behind: Right) -> bool:
    """Whether a president is one of a body ("president of the Commission"), not of a state."""
    if behind.body is None:
        return False
    found = {scan.bodies[k].value.words for k in range(*behind.body) if k in scan.bodies}
    return not found or bool(found - _WHOLE)


# Bodies whose president is the head of the state or government.
_WHOLE = frozenset(("state", "government", "republic", "council of ministers", "transitional government", "presidency"))


def _fitted(level: str, codes: tuple[str, ...], sectors: tuple[str, ...]) -> str:
    """The level of an office by its body: the president of an organisation or a company is no head of state."""
    is_head = level in ("HOS", "HOG", "DPM")
    if is_head and codes and codes[0].startswith("IGO:"):
        return "ORG"
    if is_head and sectors[:1] not in (("GOV",), ("REL",), ("MIL",)):
        return "CIV" if sectors[:1] in (("BUS",), ("EDU",), ("SOC",), ("JRN",), ("LAB",), ("CVL",)) else "OFF"
    if level == "OFF" and sectors[:1] == ("BUS",):
        return "CIV"
    return "MIL" if level == "OFF" and sectors[:1] == ("MIL",) else level


def _group_sectors(scan: Scan, match: Match[Named]) -> tuple[str, ...]:
    """The sectors of a group whose name ends in the title ("Muslim leaders", "intelligence officers")."""
    body = scan.bodies.get(match.last - 1)
    if body is None or body.last != match.last or body.first > match.first or body.value.sectors[:1] == ("ELI",):
        return ()
    is_longer = body.first < match.first
    return body.value.sectors if is_longer or (match.value.is_plural and body.value.kind == "group") else ()


def _sectors(scan: Scan, title: Title, before: Left, behind: Right) -> tuple[str, ...]:
    body = before.body or behind.body
    if body is not None and scan.view.low[body[1] - 1] in words().names.companies:
        return ("BUS",)
    if body is None or (title.title not in _BY_BODY and title.sectors):
        return title.sectors
    found = (scan.bodies.get(k) for k in range(*body))
    hits = (scan.cover.get(k) for k in range(*body))
    own = next((m.value.sectors for m in found if m), None) or next(
        (h.surface.sectors for h in hits if h and h.surface.sectors), None
    )
    if title.title in ("president", "vice president") and (not own or own[0] in ("MIL", "LEG", "JUD")):
        return title.sectors
    return own or (() if title.title == "lawmaker" else title.sectors)


def _standing(prefixes: tuple[Prefix, ...]) -> str:
    return next((p.standing for p in prefixes if p.standing != "current"), "current")


def _states(scan: Scan, match: Match[Named], before: Left, behind: Right) -> tuple[tuple[str, ...], str | None, str]:
    """Whose office it is, where it is sent, and a word that stands for the latter."""
    only = words().titles.only.get(match.value.title.words)
    own = (only,) if only else before.codes or _inner_codes(scan, match)
    if not is_sent(match.value.title):
        return own or behind.of or _national(behind.to), None, ""
    of = behind.of
    to = behind.to[0] if behind.to else _mission(scan, before)
    if own and of and not to and own != of and "representative" in match.value.title.words:
        to = of[0]
    return own or of, to, behind.to_reference


def _mission(scan: Scan, before: Left) -> str | None:
    """The organisation in "Russia's NATO envoy", to which the envoy is sent."""
    hit = scan.cover.get(before.body[0]) if before.body else None
    code = scan.codes(hit)[:1] if hit is not None else ()
    return code[0] if code and code != before.codes and code[0].startswith("IGO:") else None


def _national(codes: tuple[str, ...]) -> tuple[str, ...]:
    return codes if all(not c.startswith("IGO:") for c in codes) else ()


def _inner_codes(scan: Scan, match: Match[Named]) -> tuple[str, ...]:
    """The states or organisations that stand inside the words of a title ("US Secretary of State", "UN envoy")."""
    found = (scan.cover.get(k) for k in range(match.first, match.last))
    kinds = (*STATES, *BODIES)
    return next((scan.codes(h) for h in found if h is not None and h.surface.kind in kinds), ())


def is_sent(title: Title) -> bool:
    """Whether an office is one that a state sends to another: ambassadors, envoys, consuls."""
    return title.level in _SENT_LEVELS or any(word in title.words for word in words().titles.sent)


def office(scan: Scan, chunk: Chunk, *, code: str | None = None, accredited: str | None = None) -> Office:
    """A phrase of office as an `Office`; `code` and `accredited` are the states where the phrase itself names none."""
    start, end = scan.view.parse.start[chunk.first], scan.view.parse.end[chunk.last - 1]
    organisation = scan.view.text(*chunk.body) if chunk.body else None
    around = _around(scan, chunk.body, chunk.last)
    level = chunk.level if chunk.codes else level_in(chunk.title, chunk.level, code, around)
    return Office(
        words=scan.view.document.text[start:end], start=start, end=end, title=chunk.title.title, level=level,
        sectors=chunk.sectors, country=code or (chunk.codes[0] if chunk.codes else None),
        accredited=accredited or chunk.accredited, organisation=organisation, standing=chunk.standing,
    )  # fmt: skip
