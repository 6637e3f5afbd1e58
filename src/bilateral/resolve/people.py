"""People with their offices and countries, before named-entity recognition has its say.

Makes the mentions of kind "person", and of kind "role" or "group" for offices without a name. Whose office "the
ambassador" is, references.py decides.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from bilateral.resolve.binding import Occurrence, bound
from bilateral.resolve.claimants import with_claimants
from bilateral.resolve.copular import copular, serving_as
from bilateral.resolve.holders import Holder, holders
from bilateral.resolve.leaders import Held
from bilateral.resolve.offices import highest, sectors_of
from bilateral.resolve.persons import Cluster, clusters, short_forms, unnamed_by_titles
from bilateral.resolve.scan import Scan
from bilateral.resolve.setting import setting
from bilateral.resolve.spans import apart
from bilateral.resolve.titles import Chunk
from bilateral.text import Candidate, Mention, Resolved

_STATED = 1.0
# Titles that are something else where neither a name nor an article stands with them ("criminal justice").
_ABSTRACT = frozenset(("justice", "general", "private", "major", "marshal", "chair", "host", "crown", "royal", "amir"))


def people(doc: Resolved) -> Resolved:
    """The document with its people, their mentions, and the offices that stand without a name."""
    place = setting(doc)
    scanned, offices = place.scan, list(place.chunks)
    named, alone = bound(scanned, offices)
    titled = [k for c in offices for k in range(c.first, c.last)]
    named += unnamed_by_titles(scanned, _tokens(named), titled)
    known = clusters(scanned, named)
    more = short_forms(scanned, known, [*_tokens(named), *titled])
    known = clusters(scanned, [*named, *more]) if more else known
    known = _with_clauses(scanned, known, alone)
    found = holders(place, known, alone, doc.published.value)
    mentions = [m for c, h in zip(known, found, strict=True) for m in _person_mentions(scanned, c, h)]
    mentions += [m for c in alone if (m := _role_mention(scanned, c)) is not None]
    made = tuple(sorted((*doc.mentions, *apart(mentions)), key=lambda m: (m.start, m.end)))
    return structs.replace(doc, mentions=made, people=tuple(h.person for h in found))


def _tokens(occurrences: Iterable[Occurrence]) -> list[int]:
    return [k for o in occurrences for k in range(o.first, o.last)]


def _with_clauses(scanned: Scan, known: list[Cluster], alone: list[Chunk]) -> list[Cluster]:
    """People with the offices that a clause gives them ("Name was appointed …"); those keep a mention of their own."""
    by_occurrence = {o: k for k, c in enumerate(known) for o in c.occurrences}
    by_end = {o.last: o for o in by_occurrence}
    by_token = {i: o for o in by_occurrence for i in range(o.name_first, o.name_last)}
    given: dict[int, list[Chunk]] = {}
    for chunk in alone:
        occurrence = copular(scanned, chunk, by_end) or serving_as(scanned, chunk, by_token)
        if occurrence is not None and not chunk.is_plural:
            given.setdefault(by_occurrence[occurrence], []).append(chunk)
    return [
        c._replace(occurrences=_given(c.occurrences, given[k])) if k in given else c for k, c in enumerate(known)
    ]  # fmt: skip


def _given(occurrences: tuple[Occurrence, ...], extra: list[Chunk]) -> tuple[Occurrence, ...]:
    first, *rest = occurrences
    return (first._replace(chunks=(*first.chunks, *extra)), *rest)


def _person_mentions(scanned: Scan, cluster: Cluster, holder: Holder) -> Iterable[Mention]:
    person = holder.person
    top = highest(person.offices)
    for o in cluster.occurrences:
        start, end = scanned.view.parse.start[o.first], scanned.view.parse.end[o.last - 1]
        here = [holder.offices[c.first] for c in o.chunks if o.first <= c.first < o.last]
        yield Mention(
            start=start, end=end, text=scanned.view.document.text[start:end], kind="person",
            codes=(person.country,) if person.country else (), sectors=sectors_of(top) or _known_sectors(holder.held),
            person=person.id, name=person.name, role=", ".join(x.words for x in here) or None,
            level=top.level if top else holder.held.level if holder.held else None,
            candidates=holder.candidates, reason=holder.reason,
        )  # fmt: skip


def _known_sectors(held: Held | None) -> tuple[str, ...]:
    return () if held is None else ("ELI", "GOV") if held.is_former else ("GOV",)


def _role_mention(scanned: Scan, chunk: Chunk) -> Mention | None:
    """An office without a name; people of no state and no office ("a student") are no mention."""
    if chunk.level == "CIV" and not chunk.codes and chunk.article != "the":
        return None
    if chunk.title.words in _ABSTRACT and not (chunk.article or chunk.owner):
        return None
    start, end = scanned.view.parse.start[chunk.first], scanned.view.parse.end[chunk.last - 1]
    words = scanned.view.document.text[start:end]
    why = "stated with the office" if chunk.codes else "no state stated"
    stated = tuple(Candidate(c, _STATED, why) for c in chunk.codes)
    candidates, reason = with_claimants(scanned, chunk.first, chunk.last, stated, why)
    return Mention(
        start=start, end=end, text=words, kind="group" if chunk.is_plural else "role", codes=chunk.codes,
        sectors=("ELI", *chunk.sectors) if chunk.standing == "former" else chunk.sectors, role=words, level=chunk.level,
        candidates=candidates, reason=reason,
    )  # fmt: skip
