"""Words to codes and back: names of states and organisations, places, outlets, and all surfaces for the gate.

Spelling is compared without accents and case, except for the short names that are English words when small.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from bilateral.knowledge.data import cased_words, organisations, outlets, places, preferred, states
from bilateral.knowledge.entities import Organisation, Outlet, Place, State, Surface, SurfaceKind

# Which reading names a surface where several kinds share the words (Singapore: a state and its capital).
KINDS: tuple[SurfaceKind, ...] = (
    "name", "igo", "adjective", "disputed", "people", "capital", "seat", "organisation", "city", "combining",
)  # fmt: skip
_NAMING = frozenset({"name", "igo", "adjective", "people"})
PLACES = frozenset({"name", "capital", "seat", "city"})
SHORT = 3
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʻ": "'", "‐": "-", "‑": "-", "–": "-"})
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"})
_SAINT = re.compile(r"\bst\.? (?=\w)")
_INVERTED = re.compile(r"(?P<name>[^,]+?),? (?P<form>(?:[\w'’. ]+ of(?: the)?|the))", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z]{2,3}")


def fold(words: str) -> str:
    """Words as they are compared: no accents, no case, plain apostrophes, single spaces, no "the" in front."""
    plain = words if words.isascii() else _unaccented(words)
    plain = " ".join(plain.casefold().replace("&", " and ").replace("`", "'").split())
    if "st" in plain:
        plain = _SAINT.sub("saint ", plain)
    return plain.removeprefix("the ")


def _unaccented(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.translate(_APOSTROPHES))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


def code_of(words: str) -> str | None:
    """The code of a state or intergovernmental organisation by any of its names, its demonym, or its code.

    Codes ("RUS", "RU", "IGO:ASEAN") and acronyms of two or three letters must be in capitals. None for what is
    unknown, and for what is ambiguous ("Congo") or disputed: nothing is guessed here.
    """
    words = " ".join(words.split())
    if words.upper().startswith("IGO:"):
        return words.upper() if words.upper() in _by_code() else None
    if words in _codes():
        return _codes()[words]
    found = _surface(words, _NAMING)
    if found is None and (inverted := _INVERTED.fullmatch(words)):
        found = _surface(f"{inverted['form']} {inverted['name']}", _NAMING)  # "Korea, Republic of", as registers write
    return found.codes[0] if found and len(found.codes) == 1 else None


def place_code(words: str) -> str | None:
    """The state in which a capital, seat of government, city, region or state of this name lies.

    Of several cities of one name the best known counts; a disputed territory gives None.
    """
    found = _surface(" ".join(words.split()), PLACES)
    return found.codes[0] if found and not found.codes[0].startswith("IGO:") else None


def surface_of(words: str) -> Surface | None:
    """The surface that these words are, spelled as listed or without accents and case; None if unknown."""
    return _surface(" ".join(words.split()), frozenset(KINDS))


def name_of(code: str) -> str:
    """The English name of a state or organisation: RUS is Russia, IGO:EU the European Union; else the code itself."""
    known = _by_code().get(code)
    return known.name if known else code.removeprefix("IGO:")


def adjective_of(code: str) -> str:
    """The adjective of a state: RUS is Russian; the name where there is none."""
    known = _by_code().get(code)
    return known.adjectives[0] if isinstance(known, State) and known.adjectives else name_of(code)


@lru_cache(maxsize=16384)
def outlet_of(words: str, *, near: str | None = None) -> Outlet | None:
    """An outlet by one of its names or by a domain ("tass.com", "https://www.tass.com/world/1").

    Of several of one name ("MNA") the one of the state `near` (a code), else the first listed.
    """
    key = fold(words)
    if same := _outlets().get(key):
        return next((o for o in same if near is not None and o.country == near), same[0])
    host = re.sub(r"^[a-z]+://", "", key).split("/")[0].split(":")[0].removeprefix("www.")
    while "." in host:
        if found := _domains().get(host):
            return found
        host = host.partition(".")[2]
    return None


def home_of(publisher: str, *, near: str | None = None) -> str | None:
    """The state in which a publisher is at home: as listed, else by the one state, people or city in its name.

    "Fiji Times", "The Bhutanese", "a daily, Nairobi"; None where its name says nothing or names two states.
    """
    listed = outlet_of(publisher, near=near)
    if listed is not None:
        return listed.country
    words = [w.strip(".,:;()\"'") for w in publisher.split()]
    spans = ((n, size) for size in (3, 2, 1) for n in range(len(words) - size + 1))
    found: dict[int, str] = {}
    for n, size in spans:
        name = " ".join(words[n : n + size])
        known = _surface(name, _NAMING | PLACES) if name[:1].isupper() and n not in found else None
        code = known.codes[0] if known is not None and len(known.codes) == 1 else None
        if code and not code.startswith("IGO:"):
            found.update(dict.fromkeys(range(n, n + size), code))
    codes = set(found.values())
    return codes.pop() if len(codes) == 1 else None


@cache
def surfaces() -> tuple[Surface, ...]:
    """Everything that can name a state or organisation in a text, one surface for one spelling, the longest first."""
    found: dict[str, list[Surface]] = {}
    for surface in _all():
        found.setdefault(surface.text, []).append(surface)
    return tuple(sorted(map(_merged, found.values()), key=lambda s: (-len(s.text), s.text)))


def _all() -> Iterator[Surface]:
    for state in states():
        yield from _of_state(state)
    for place in places():
        yield from _of_place(place)
    for organisation in organisations():
        yield from _of_organisation(organisation)


def _made(
    texts: Iterable[str | None], codes: tuple[str, ...], kind: SurfaceKind, name: str,
    sectors: tuple[str, ...] = (), note: str | None = None,
) -> Iterator[Surface]:  # fmt: skip
    for text in texts:
        if text:
            if text.startswith(("the ", "The ")) and text != "The Hague":
                text = text[4:]
            yield Surface(
                text=text, codes=codes, kind=kind, name=name, sectors=sectors, cased=_is_cased(text), note=note
            )


def _is_cased(text: str) -> bool:
    return bool(_ACRONYM.fullmatch(text)) or text in cased_words()


def _of_state(state: State) -> Iterator[Surface]:
    codes = (state.code,)
    yield from _made((state.name, *state.names), codes, "name", state.name, note=state.note)
    yield from _made(state.adjectives, codes, "adjective", state.name)
    yield from _made(state.people, codes, "people", state.name)
    yield from _made(state.combining, codes, "combining", state.name)
    for capital in (state.capital, *state.capitals):
        yield from _made((capital,), codes, "capital", capital or "", ("GOV",))
    for seat in state.seats:
        yield from _made((seat,), codes, "seat", seat, ("GOV",))


_KIND_OF_PLACE: dict[str, SurfaceKind] = {
    "city": "city", "region": "city", "territory": "name", "disputed": "disputed",
}  # fmt: skip


def _of_place(place: Place) -> Iterator[Surface]:
    kind = _KIND_OF_PLACE[place.kind]
    owned: SurfaceKind = "disputed" if kind == "disputed" else "adjective"
    people: SurfaceKind = "disputed" if kind == "disputed" else "people"
    note = place.note or (f"{place.kind}" if place.kind != "city" else None)
    yield from _made((place.name, *place.names), place.codes, kind, place.name, place.sectors, note)
    yield from _made(place.adjectives, place.codes, owned, place.name, place.sectors, note)
    yield from _made(place.people, place.codes, people, place.name, (), note)


def _of_organisation(organisation: Organisation) -> Iterator[Surface]:
    kind: SurfaceKind = "igo" if organisation.code else "organisation"
    code = organisation.code or organisation.country
    codes = (code,) if code else ()
    yield from _made((organisation.name, *organisation.names), codes, kind, organisation.name, organisation.sectors)
    yield from _made(organisation.seats, codes, "seat", organisation.name, organisation.sectors)


def _merged(same: list[Surface]) -> Surface:
    """One surface for one spelling: the strongest kind names it, the codes of the others follow as further readings."""
    if len(same) == 1 and same[0].text not in preferred():
        return same[0]
    same = sorted(same, key=lambda s: KINDS.index(s.kind))
    first = same[0]
    codes = tuple(dict.fromkeys(code for surface in same for code in surface.codes))
    codes = preferred().get(first.text, codes)
    if codes == first.codes:
        return first
    others = "; ".join(f"{s.kind}: {s.name}" for s in same[1:] if s.codes != first.codes)
    note = "; ".join(filter(None, (first.note, f"also {others}" if others else None)))
    return Surface(
        text=first.text, codes=codes, kind=first.kind, name=first.name, sectors=first.sectors, cased=first.cased,
        note=note or None,
    )  # fmt: skip


@cache
def _by_text() -> dict[str, Surface]:
    return {surface.text: surface for surface in surfaces()}


@cache
def _by_fold() -> dict[str, Surface]:
    found: dict[str, Surface] = {}
    for surface in surfaces():
        if not (surface.cased and len(surface.text) <= SHORT):
            key = fold(surface.text)
            kept = found.get(key)
            if kept is None or KINDS.index(surface.kind) < KINDS.index(kept.kind):
                found[key] = surface
    return found


def _surface(words: str, kinds: frozenset[str]) -> Surface | None:
    for found in (_by_text().get(words), _by_fold().get(fold(words))):
        if found and found.kind in kinds:
            return found
    return None


@cache
def _codes() -> dict[str, str]:
    found = {state.code: state.code for state in states()}
    found.update({state.alpha2: state.code for state in states() if state.alpha2})
    return found


@cache
def _by_code() -> dict[str, State | Organisation]:
    found: dict[str, State | Organisation] = {}
    for organisation in organisations():
        if organisation.code:
            found.setdefault(organisation.code, organisation)  # the body itself stands before its organs
    found.update({state.code: state for state in states()})
    return found


@cache
def _outlets() -> dict[str, tuple[Outlet, ...]]:
    found: dict[str, list[Outlet]] = {}
    for outlet in outlets():
        for name in dict.fromkeys(map(fold, (outlet.name, *outlet.names))):
            found.setdefault(name, []).append(outlet)
    return {name: tuple(same) for name, same in found.items()}


@cache
def _domains() -> dict[str, Outlet]:
    return {domain.lower(): outlet for outlet in outlets() for domain in outlet.domains}
