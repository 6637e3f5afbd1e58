"""The knowledge files as tuples of structs, each read once: states, organisations, titles, bodies, outlets, places.

Looking up by words is in `lookup.py`; this module only reads, joins and expands.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from bilateral.errors import DataError
from bilateral.knowledge.entities import Body, Leader, Level, Organisation, Outlet, Place, Prefix, State, Title
from bilateral.knowledge.files import FOLDER, checked, rows, tables

WORDS = "words.toml"


class _TitleRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    words: tuple[str, ...] = ()
    level: Level
    sectors: tuple[str, ...] = ()


class _Portfolio(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    names: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    level: Literal["FM", "MIN"] = "MIN"


class _BodyRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    words: tuple[str, ...] = ()
    kind: Literal["body", "group"]
    sectors: tuple[str, ...]


class _Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    honorifics: tuple[str, ...]
    female: tuple[str, ...]
    male: tuple[str, ...]
    cased: tuple[str, ...]
    ranks: dict[str, str]
    prefixes: dict[str, _PrefixRow]
    suffixes: dict[str, _PrefixRow]
    prefer: dict[str, tuple[str, ...]]


class _PrefixRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    standing: Literal["current", "former", "acting", "elect"] = "current"
    levels: dict[Level, Level] = {}


@cache
def states() -> tuple[State, ...]:
    """All states and entities kept apart like states, by code; their large cities come from the places."""
    cities: dict[str, list[str]] = {}
    for place in places():
        if place.kind == "city":
            cities.setdefault(place.codes[0], []).append(place.name)
    made = []
    for code, table in tables("states.toml").items():
        entry = {**table, "code": code, "cities": cities.get(code, [])}
        made.append(checked(FOLDER / "states.toml", f"[{code}]", entry, State))
    return tuple(made)


@cache
def organisations() -> tuple[Organisation, ...]:
    """Intergovernmental organisations, and bodies, parties, groups, companies that news names without a state."""
    return rows("organisations.csv", Organisation, key="name")


@cache
def titles() -> tuple[Title, ...]:
    """Offices as worded, the longest words first: those listed, and each portfolio in each form of "minister"."""
    found: dict[str, Title] = {}
    for row in _portfolio_titles():
        found[row.words] = row
    for entry in rows("titles.csv", _TitleRow, key="title"):
        for words in (entry.title, *entry.words):
            key = words.lower()
            found[key] = Title(words=key, title=entry.title, level=entry.level, sectors=entry.sectors)
    return tuple(sorted(found.values(), key=lambda t: (-len(t.words), t.words)))


@cache
def bodies() -> tuple[Body, ...]:
    """Bodies and groups that need a state beside them ("foreign ministry", "army", "farmers"), the longest first."""
    found: dict[str, Body] = {}
    for body in _portfolio_bodies():
        found[body.words] = body
    for entry in rows("bodies.csv", _BodyRow, key="name"):
        for words in (entry.name, *entry.words):
            found[words.lower()] = Body(words=words.lower(), kind=entry.kind, sectors=entry.sectors)
    return tuple(sorted(found.values(), key=lambda b: (-len(b.words), b.words)))


@cache
def outlets() -> tuple[Outlet, ...]:
    """News agencies, papers, broadcasters and sites."""
    return rows("outlets.csv", Outlet, key="name")


@cache
def leaders() -> tuple[Leader, ...]:
    """Holders of the first offices of states and organisations, one row a term, dated by months where known."""
    return rows("leaders.csv", Leader, key="key")


@cache
def places() -> tuple[Place, ...]:
    """Cities, regions, dependencies and disputed territories."""
    found = rows("places.csv", Place, key="name")
    for place in found:
        if not place.codes:
            raise DataError(f"places.csv, {place.name}: expected at least one state in `codes`")
    return found


def honorifics() -> frozenset[str]:
    """Words of address before a name, with and without the full stop ("Mr", "H.E.", "Samdech", "Lt Gen")."""
    return _words_set()


def ranks() -> MappingProxyType[str, str]:
    """Military and police ranks as written, and the canonical rank: "Lt Gen" to "lieutenant general"."""
    return MappingProxyType(_words().ranks)


def prefixes() -> tuple[Prefix, ...]:
    """Words before an office that change its standing or level: deputy, vice, former, acting …"""
    return tuple(Prefix(words=w, standing=p.standing, levels=p.levels) for w, p in _words().prefixes.items())


def suffixes() -> tuple[Prefix, ...]:
    """The same behind an office: "-elect", "-designate"."""
    return tuple(Prefix(words=w, standing=p.standing, levels=p.levels) for w, p in _words().suffixes.items())


def is_female(honorific: str) -> bool | None:
    """What a word of address says of gender: True for Mrs, False for Mr, None for Dr."""
    word = honorific.rstrip(".").lower()
    if word in _words().female:
        return True
    return False if word in _words().male else None


@cache
def cased_words() -> frozenset[str]:
    """Names that are English words too when written small ("Turkey", "Chad", "Male")."""
    return frozenset(_words().cased)


def preferred() -> dict[str, tuple[str, ...]]:
    """Ambiguous names with their states, likeliest first."""
    return _words().prefer


@cache
def _words() -> _Words:
    return checked(FOLDER / WORDS, "top level", tables(WORDS), _Words)


@cache
def _words_set() -> frozenset[str]:
    listed = _words().honorifics
    return frozenset([*listed, *(f"{h}." for h in listed if not h.endswith("."))])


FORMS = ("{} minister", "minister of {}", "minister for {}", "minister of the {}", "minister for the {}")
MINISTRIES = (
    "{} ministry", "ministry of {}", "ministry for {}", "ministry of the {}", "department of {}", "{} department",
)  # fmt: skip


def _portfolio_titles() -> list[Title]:
    made = []
    for portfolio in rows("portfolios.csv", _Portfolio, key="name"):
        sectors = portfolio.sectors or ("GOV",)
        title = "foreign minister" if portfolio.level == "FM" else f"{portfolio.name} minister"
        for name in (portfolio.name, *portfolio.names):
            made += [
                Title(words=form.format(name), title=title, level=portfolio.level, sectors=sectors) for form in FORMS
            ]
    return made


def _portfolio_bodies() -> list[Body]:
    return [
        Body(words=form.format(name), kind="body", sectors=p.sectors or ("GOV",))
        for p in rows("portfolios.csv", _Portfolio, key="name")
        for name in (p.name, *p.names)
        for form in MINISTRIES
    ]
