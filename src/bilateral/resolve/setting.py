"""What a document tells of its states before anything is weighed: who is named where, sent where, written from where.

Made once for a document; the resolvers share it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from bilateral import knowledge
from bilateral.resolve.reach import STATES, left, right
from bilateral.resolve.scan import Scan, scanned
from bilateral.resolve.titles import Chunk, is_sent
from bilateral.resolve.titles import chunks as offices
from bilateral.resolve.usage import wording
from bilateral.resolve.words import words
from bilateral.text import Document, Parse, Resolved

_PRIVATE = frozenset(("BUS", "JRN", "SOC", "REB", "CRM"))
_SECRETARY = "secretary"
# "Secretary of State at the Ministry of …" is a deputy in many states and nobody in the United States.
_COMPLEMENTS = ("for", "at", "in", "with")
_MISSIONS = frozenset(("embassy", "consulate", "mission"))


class Setting(NamedTuple):
    """What a document tells of its states: mentions by code, where it was written, who is sent where."""

    scan: Scan
    chunks: tuple[Chunk, ...]
    mentions: tuple[tuple[int, str], ...]
    counts: dict[str, int]
    dateline: str | None
    outlet: str | None
    hosts: frozenset[str]
    senders: frozenset[str]
    officers: frozenset[str]
    usage: str | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """The states of the document, the most mentioned first."""
        return tuple(sorted(self.counts, key=lambda c: (-self.counts[c], c)))


def setting(doc: Resolved) -> Setting:
    """The words of a document with its offices and what it tells of its states.

    The resolvers ask one after the other about the same document, so the last answer is kept.
    """
    return _setting(_Asked(doc.document, doc.parse))


class _Asked:
    """A document and its parse, the same question only where they are the same objects: to compare words takes long."""

    __slots__ = ("document", "parse")

    def __init__(self, document: Document, parse: Parse) -> None:
        self.document, self.parse = document, parse

    def __hash__(self) -> int:
        return hash((id(self.document), id(self.parse)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.document is other.document and self.parse is other.parse


@lru_cache(maxsize=1)
def _setting(asked: _Asked) -> Setting:
    document, parse = asked.document, asked.parse
    scan = scanned(document, parse)
    chunks = offices(scan)
    mentions = tuple(_mentions(scan))
    counts: Counter[str] = Counter()
    for i, code in mentions:
        counts[code] += 2 if i in scan.view.headline else 1
    senders = {c.codes[0] for c in chunks if c.codes and is_sent(c.title)}
    hosts = {c.accredited for c in chunks if c.accredited}
    for i in [k for k, word in enumerate(scan.view.low) if word in _MISSIONS]:
        before, behind = left(scan, i), right(scan, i + 1, scan.view.low[i])
        senders.update(before.codes or behind.of)
        hosts.update(behind.to)
    officers = {c.codes[0] for c in chunks if c.codes}
    place = document.dateline.place if document.dateline else None
    dateline = place_code(place) if place else None
    outlet = knowledge.home_of(document.publisher, near=dateline) if document.publisher else None
    return Setting(
        scan=scan, chunks=tuple(chunks), mentions=mentions, counts=dict(counts),
        dateline=dateline, outlet=outlet,
        hosts=_states(hosts), senders=_states(senders), officers=_states(officers), usage=_usage(scan, chunks, counts),
    )  # fmt: skip


def worded(scan: Scan, chunk: Chunk) -> str:
    """The words by which `wording` knows an office that stands without its state, or ""."""
    if chunk.codes or chunk.owner:
        return ""
    key, seen = chunk.title.words, scan.view
    if key == _SECRETARY:
        return key if is_bare_secretary(scan, chunk) else ""
    behind = chunk.head + len(key.split())
    is_complemented = key.endswith("of state") and seen.low_at(behind) in _COMPLEMENTS
    return key if not is_complemented and key in words().titles.usage else ""


def is_bare_secretary(scan: Scan, chunk: Chunk) -> bool:
    """Whether an office is a bare "Secretary" before a name, as the United States word it."""
    return (
        chunk.title.words == _SECRETARY and chunk.last - chunk.first == 1 and scan.view.is_capital(chunk.head)
        and not chunk.codes and chunk.last < len(scan.view.words) and scan.view.parse.pos[chunk.last] == "PROPN"
    )  # fmt: skip


def _usage(scan: Scan, chunks: Iterable[Chunk], counts: Mapping[str, int]) -> str | None:
    """The one state that the offices of a document are worded for; a state that is not named is none."""
    known = [w for c in chunks if (w := wording(worded(scan, c))) is not None]
    fitting = {w.first for w in known if w.first in counts or not counts or w.may_be_absent(counts)}
    return fitting.pop() if len(fitting) == 1 else None


def place_code(place: str) -> str | None:
    """The state of a place as a dateline names it: "HANOI", "MANILA, Philippines"."""
    parts = (place, *place.split(","))
    return next((code for part in parts if (code := knowledge.place_code(part.strip()))), None)


def _states(codes: Iterable[str | None]) -> frozenset[str]:
    return frozenset(c for c in codes if c and not c.startswith("IGO:"))


def _mentions(scan: Scan) -> Iterable[tuple[int, str]]:
    for hit in scan.hits:
        codes = hit.surface.codes
        kinds = (*STATES, "capital", "seat", "city", "organisation")
        is_private = hit.surface.kind == "organisation" and bool(_PRIVATE & set(hit.surface.sectors[:1]))
        if hit.surface.kind in kinds and codes and not codes[0].startswith("IGO:") and not is_private:
            yield hit.first, scan.codes(hit)[0]
