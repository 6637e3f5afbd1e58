"""Which name an office belongs to: "TITLE Name", "Name, TITLE, …", "the TITLE, Name, …", "Name (TITLE)".

Works on tokens before named-entity recognition has its say, since models take "to Cambodia Dmitry Vetrov" for a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bilateral import knowledge
from bilateral.resolve.naming import Stop, name_end, name_start
from bilateral.resolve.reach import BODIES, STATES
from bilateral.resolve.scan import Scan, honorific_book, title_at
from bilateral.resolve.titles import Chunk
from bilateral.resolve.view import POSSESSIVES
from bilateral.resolve.words import words

_CLOSING = frozenset((",", ".", ")", ";", ":", "—", "–", "-", "?", "!", "who", "whose", "(", '"', "”", "]"))
_BETWEEN = frozenset(
    ("the", "a", "an", "and", "&", ",", "also", "currently", "concurrently", "as", "well", "its", "his", "her")
)
_FAR = 7
# Last words of names of bodies and papers that no family is called by.
_NO_FAMILY = frozenset((
    "convention", "caucus", "committee", "council", "conference",
    "commission", "agreement", "treaty", "summit", "association", "institute", "university", "ministry", "department",
    "directorate", "secretariat", "company", "corporation", "group", "organization", "organisation", "forum", "party",
    "alliance", "league", "federation", "front", "movement", "society", "foundation", "network", "agency", "fund",
    "centre", "center", "authority", "service", "command", "coalition", "confederation", "bureau", "board",
))  # fmt: skip


class Occurrence(NamedTuple):
    """A personal name at name_first..name_last with the words of office that stand with it (first..last)."""

    first: int
    last: int
    name_first: int
    name_last: int
    chunks: tuple[Chunk, ...] = ()
    female: bool | None = None
    by_model: bool = False

    def state(self, scan: Scan) -> str | None:
        """The state in "Iraq's Name" or "Prime Minister Name of Iraq", or None."""
        hit = scan.ends.get(self.last) if self.last > self.name_last and self.chunks else None
        if hit is not None and hit.first > self.name_last and scan.view.low_at(self.name_last) == "of":
            return next(iter(scan.codes(hit)), None)
        if (national := _national(scan, self.last) or _based(scan, self.last)) is not None:
            return national
        owner = scan.ends.get(self.first - 1) if scan.view.low_at(self.first - 1) in POSSESSIVES else None
        kinds = (*STATES, *BODIES, "capital")
        return next(iter(scan.codes(owner)), None) if owner is not None and owner.surface.kind in kinds else None


def _national(scan: Scan, last: int) -> str | None:
    """The state in "Name, the Kyrgyz, said"."""
    if scan.view.low_at(last) != "," or scan.view.low_at(last + 1) not in ("the", "a", "an"):
        return None
    hit = scan.starts.get(last + 2)
    is_closed = hit is not None and scan.view.low_at(hit.last) in (",", ".", ";", ")", "—", "–")
    is_people = hit is not None and hit.surface.kind in ("adjective", "people")
    return next(iter(scan.codes(hit)), None) if hit is not None and is_closed and is_people else None


def _based(scan: Scan, last: int) -> str | None:
    """The state in "Name of the Dakar-based network"."""
    if scan.view.low_at(last) not in ("of", "from"):
        return None
    hit = scan.starts.get(last + 2 if scan.view.low_at(last + 1) in ("the", "a") else last + 1)
    is_based = hit is not None and scan.view.is_hyphen(hit.last) and scan.view.low_at(hit.last + 1) == "based"
    return next(iter(scan.codes(hit)), None) if hit is not None and is_based else None


def bound(scan: Scan, chunks: list[Chunk]) -> tuple[list[Occurrence], list[Chunk]]:
    """The names that stand with offices, and the offices that stand alone."""
    titled = frozenset(k for c in chunks for k in range(c.first, c.last))
    found: dict[int, Occurrence] = {}
    alone: list[Chunk] = []
    for chain in _chains(scan, chunks):
        named, rest = _before_names(scan, chain, titled)
        if not named and (occurrence := _apposed(scan, chain, titled, found)):
            named, rest = [occurrence], []
        for occurrence in named:
            _add(found, occurrence)
        alone += rest
    return sorted(found.values()), alone


def _add(found: dict[int, Occurrence], new: Occurrence) -> None:
    old = found.get(new.name_first)
    if old is not None:
        chunks = tuple(sorted({*old.chunks, *new.chunks}, key=lambda c: c.first))
        first, last = min(old.first, new.first), max(old.last, new.last)
        female = old.female if old.female is not None else new.female
        new = Occurrence(first, last, old.name_first, old.name_last, chunks, female)
    found[new.name_first] = new


def _chains(scan: Scan, chunks: list[Chunk]) -> Iterable[list[Chunk]]:
    """Offices that stand side by side: "first vice president and Prime Minister", "Defence Minister General"."""
    chain: list[Chunk] = []
    for chunk in chunks:
        if chain and not _is_linked(scan, chain[-1], chunk):
            yield chain
            chain = []
        chain.append(chunk)
    if chain:
        yield chain


def _is_linked(scan: Scan, one: Chunk, two: Chunk) -> bool:
    between = scan.view.low[one.last : two.first]
    if not scan.view.is_one_line(one.last - 1, two.first):
        return False
    if one.is_plural or two.is_plural or len(between) > 3 or not all(w in _BETWEEN for w in between):
        return False
    if between and two.codes and one.codes and two.codes != one.codes:
        return False
    return "," not in between or _is_capitalised(scan, two) or len(between) > 1


def _is_capitalised(scan: Scan, chunk: Chunk) -> bool:
    return scan.view.is_capital(chunk.head)


def _before_names(scan: Scan, chain: list[Chunk], titled: frozenset[int]) -> tuple[list[Occurrence], list[Chunk]]:
    """The names right behind the last office of a chain, and the offices of it that are not theirs."""
    listed = _listed_behind(scan, chain[-1], titled) if chain[-1].is_plural else []
    if listed:
        return listed, chain
    names = list(_names_behind(scan, chain[-1], titled))
    if not names:
        return [], chain
    cut = max((k for k in range(1, len(chain)) if _is_cut(scan, chain[k - 1], chain[k])), default=0)
    own = tuple(chain[cut:])
    return [n._replace(first=own[0].first if k == 0 else n.first, chunks=own) for k, n in enumerate(names)], chain[:cut]


def _is_cut(scan: Scan, one: Chunk, two: Chunk) -> bool:
    """Whether two linked offices before one name are two people's ("the president and the prime minister X")."""
    between = scan.view.low[one.last : two.first]
    heads = {one.level, two.level} == {"HOS", "HOG"} and one.codes and not two.codes
    return two.article == "the" or bool(heads and "and" in between)


def _names_behind(scan: Scan, chunk: Chunk, titled: frozenset[int]) -> Iterable[Occurrence]:
    """Yield the name behind an office; for a plural also those joined to it by "and" and commas."""
    seen, stop = scan.view, _stop(scan, titled)
    at, female = _over_honorifics(scan, chunk.last)
    if at in seen.breaks:
        return
    end = name_end(seen, at, stop)
    if end == at and (named := _called(scan, chunk.last)) is not None and not chunk.is_plural:
        at = named
        end = name_end(seen, at, stop)
        if end > at and not _is_place(scan, at, end):
            yield Occurrence(chunk.first, end, at, end, (chunk,), female)
        return
    if end == at:
        yield from _after_comma(scan, chunk, titled)
        return
    if not _is_person(scan, at, end, chunk):
        return
    last = _with_state(scan, chunk, end)
    yield Occurrence(chunk.first, last, at, end, (_of_state(scan, chunk, end, last),), female)
    while chunk.is_plural and seen.low_at(last) in ("and", "&", ","):
        skip = 2 if seen.low[last] == "," and seen.low_at(last + 1) == "and" else 1
        at, female = _over_honorifics(scan, last + skip)
        end = name_end(seen, at, stop)
        if end == at:
            return
        last = _with_state(scan, chunk, end)
        yield Occurrence(at, last, at, end, (_of_state(scan, chunk, end, last),), female)


# Words between an office and the name that goes with it.
_CALLED = tuple(tuple(way.split()) for way in (
    "named", "called", "known as", "known only as", "identified as", "identified only as", "who goes by the name of",
    "who goes by the name", "by the name of", "whose name is", "who is called", "who is known as",
))  # fmt: skip


def _called(scan: Scan, last: int) -> int | None:
    """The token of the name in "a teacher who goes by the name of Name", "a farmer called Name"."""
    low = scan.view.low
    at = next((last + len(way) for way in _CALLED if low[last : last + len(way)] == way), None)
    return at if at is not None and at < len(low) else None


def _of_state(scan: Scan, chunk: Chunk, end: int, last: int) -> Chunk:
    """One name's own part of a plural office, with the state behind that name ("ministers Name of A and Name of B")."""
    hit = scan.ends.get(last) if chunk.is_plural and last > end else None
    return chunk._replace(codes=scan.codes(hit), is_plural=False) if hit is not None else chunk


def _listed_behind(scan: Scan, chunk: Chunk, titled: frozenset[int]) -> list[Occurrence]:
    """The names in "the Thai and Lao ministers, Name and Name, met": one for each state, in the order of the states."""
    seen, stop = scan.view, _stop(scan, titled)
    found: list[Occurrence] = []
    at = chunk.last + 1
    if seen.low_at(chunk.last) not in (",", "(", "–", "—") or not chunk.codes:
        return []
    while len(found) < len(chunk.codes):
        at, female = _over_honorifics(scan, at)
        end = name_end(seen, at, stop)
        if end == at or at in scan.starts:
            return []
        own = chunk._replace(codes=(chunk.codes[len(found)],), is_plural=False)
        found.append(Occurrence(at, end, at, end, (own,), female))
        if seen.low_at(end) not in ("and", ",", "&"):
            break
        at = end + 2 if seen.low_at(end) == "," and seen.low_at(end + 1) == "and" else end + 1
    return found if len(found) == len(chunk.codes) > 1 else []


def _stop(scan: Scan, titled: frozenset[int]) -> Stop:
    def stop(i: int) -> bool:
        return i in titled or (i in scan.cover and scan.cover[i].surface.kind in ("adjective", "igo"))

    return stop


def _over_honorifics(scan: Scan, at: int) -> tuple[int, bool | None]:
    """The token behind words of address ("H.E. Dr."), and the gender that they tell."""
    female: bool | None = None
    for _ in range(4):
        match = honorific_book().at(scan.view, at)
        if match is None or not scan.view.is_capital(at):
            break
        told = knowledge.is_female(match.value)
        female = told if female is None else female
        at = match.last + 1 if scan.view.low_at(match.last) == "." else match.last
    return at, female


def _is_person(scan: Scan, first: int, last: int, chunk: Chunk) -> bool:
    """Whether a capitalised run behind an office is a person, not a state, a city or another body."""
    hit = scan.starts.get(first)
    if hit is not None and hit.last >= last:
        return scan.view.parse.ent[first][2:] == "PERSON"
    if all(scan.view.low[k] in words().fields.words for k in range(first, last)):
        return False
    if scan.view.low[last - 1] in words().names.companies:
        return False
    if scan.view.low[last - 1] in _NO_FAMILY and scan.view.parse.ent[last - 1][2:] != "PERSON":
        return False
    if scan.view.parse.ent[first][2:] == "ORG" and last - first == 1 and not _is_capitalised(scan, chunk):
        return False
    return not (scan.view.low_at(last) in POSSESSIVES and chunk.is_plural)


def _with_state(scan: Scan, chunk: Chunk, end: int) -> int:
    """The token after "of STATE" behind a name, where the office before it names no state."""
    hit = scan.starts.get(end + 1 if scan.view.low_at(end + 1) != "the" else end + 2)
    if not chunk.codes and scan.view.low_at(end) == "of" and hit is not None and hit.surface.kind in ("name", "igo"):
        return hit.last
    return end


def _after_comma(scan: Scan, chunk: Chunk, titled: frozenset[int]) -> Iterable[Occurrence]:
    """The name in "the Russian ambassador to the country, Pavel Orlov, was": it must be closed again."""
    seen = scan.view
    if chunk.is_plural or seen.low_at(chunk.last) != ",":
        return
    at, female = _over_honorifics(scan, _over_nationality(scan, chunk.last + 1))
    end = name_end(seen, at, _stop(scan, titled))
    if end == at or _is_place(scan, at, end):
        return
    is_near = seen.is_one_sentence(chunk.last, at) or at > chunk.last + 1  # "Hon." ends a sentence for the parser
    if not is_near:
        return
    if at in scan.starts and any(seen.parse.ent[k][2:] != "PERSON" for k in range(at, end) if not seen.is_hyphen(k)):
        return
    is_owned = seen.low_at(chunk.first - 1) in POSSESSIVES and seen.low_at(end) == ","
    is_single = seen.parse.ent[at][2:] == "PERSON" or (is_owned and seen.parse.pos[at] == "PROPN")
    is_known = end - at > 1 or (is_single and chunk.article not in ("a", "an"))
    is_closed = end == len(seen.words) or seen.low[end] in _CLOSING or end in seen.breaks
    if is_known and is_closed and not _is_listed(scan, chunk, at):
        yield Occurrence(chunk.first, end, at, end, (chunk,), female)


def _over_nationality(scan: Scan, at: int) -> int:
    """The token behind "the Slovak" before a name."""
    hit = scan.starts.get(at + 1) if scan.view.low_at(at) == "the" else None
    return hit.last if hit is not None and hit.surface.kind in ("adjective", "people") else at


def _is_listed(scan: Scan, chunk: Chunk, at: int) -> bool:
    """Whether the name after a comma belongs to a title of its own ("the president, Minister Hall")."""
    is_owned = any(scan.view.low[k] in POSSESSIVES for k in range(chunk.first, chunk.head))
    is_bare = not chunk.article and not is_owned
    return title_at(scan, at) is not None or (scan.view.low_at(chunk.first - 1) == "," and is_bare)


def _apposed(
    scan: Scan, chain: list[Chunk], titled: frozenset[int], found: dict[int, Occurrence]
) -> Occurrence | None:  # fmt: skip
    """The name before offices in apposition: "Name, head of …, said", "Name (foreign minister)"."""
    seen, first = scan.view, chain[0].first
    at = _before_owner(scan, first) if seen.low_at(first - 1) in POSSESSIVES else first
    at = at - 1 if seen.low_at(at - 1) in ("the", "a", "an", "its") else at
    opening = seen.low_at(at - 1)
    if opening not in (",", "(", "–", "—") or at < 2:
        return None
    end = at - 1
    start = name_start(seen, end, _stop(scan, titled))
    if start == end or not seen.is_one_sentence(start, first) or _is_place(scan, start, end):
        return None
    last = chain[-1].last
    closing = seen.low_at(last)
    is_closed = not closing or closing in _CLOSING or not seen.is_one_line(last - 1, last)
    if not is_closed and not _is_apposed_by_parser(scan, chain, start, end):
        return None
    if not _is_apposition(scan, chain, start, end, found):
        return None
    last = last + 1 if opening == "(" and closing == ")" else last
    bare, told = _over_honorifics(scan, start)
    if start < bare < end:  # "Samdech Name", "Sheikh Name" read as one name
        female = knowledge.is_female(seen.low[start]) if told is None else told
        return Occurrence(start, last, bare, end, tuple(chain), female)
    address = honorific_book().before(seen, start)
    female = knowledge.is_female(address.value) if address else None
    return Occurrence(address.first if address else start, last, start, end, tuple(chain), female)


def _before_owner(scan: Scan, first: int) -> int:
    """The first token of whose officer it is, where an office or a name owns it ("the emir's | envoy")."""
    seen, at = scan.view, first - 1
    while at > 0 and first - at < _FAR and (seen.is_capital(at - 1) or seen.parse.pos[at - 1] in ("NOUN", "ADJ")):
        at -= 1
    return at


def _is_apposed_by_parser(scan: Scan, chain: list[Chunk], start: int, end: int) -> bool:
    """Whether the parser takes an office for an apposition to the name before it."""
    parse = scan.view.parse
    return any(
        parse.dep[k] == "appos" and start <= parse.head[k] < end for c in chain for k in range(c.head, c.last)
    )  # fmt: skip


def _is_apposition(scan: Scan, chain: list[Chunk], start: int, end: int, found: dict[int, Occurrence]) -> bool:
    """Whether offices behind a name are its own: not the next item of a list, not a third office of a titled name."""
    seen = scan.view
    holder = next((o for o in found.values() if o.name_first <= start < o.name_last), None)
    if holder is not None and holder.chunks and holder.chunks[0].first < holder.name_first:
        first = holder.chunks[0]
        if first.codes and chain[0].codes and first.codes != chain[0].codes:
            return False
    if end - start == 1 and holder is None and seen.parse.ent[start][2:] != "PERSON":
        return bool(chain[0].codes) and not chain[0].is_plural
    return not chain[0].is_plural


def _is_place(scan: Scan, start: int, end: int) -> bool:
    hit = scan.starts.get(start)
    if hit is not None and hit.last >= end:
        return scan.view.parse.ent[start][2:] != "PERSON" or hit.surface.kind in ("name", "capital")
    return False
