"""The types of the knowledge files: states, organisations, titles, bodies, outlets, places, prefixes, surfaces.

A row of a file is one of these. Validation happens once, when a file is read (`files.py`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

StateCode = str
Month = Annotated[str, Meta(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$")]
Level = Literal["HOS", "HOG", "DPM", "FM", "MIN", "DFM", "NSA", "AMB", "DIP", "MIL", "OFF", "SPOX", "ORG", "CIV"]
OrganisationKind = Literal[
    "igo", "ministry", "parliament", "armed_force", "agency", "party", "armed_group", "court", "company",
    "university", "ngo",
]  # fmt: skip
OutletKind = Literal["agency", "newspaper", "broadcaster", "site"]
PlaceKind = Literal["city", "region", "territory", "disputed"]
SurfaceKind = Literal[
    "name", "adjective", "people", "capital", "seat", "city", "igo", "organisation", "disputed", "combining"
]  # fmt: skip


class State(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state or an entity kept apart like one: its names, its people, where it is governed from.

    `code` is ISO 3166-1 alpha-3, or XKX, SUN, YUG, CSK, DDR. `people` are nouns, singular and plural. `combining` is
    the form before a hyphen ("Sino"). `capitals` are further spellings and seats of government beside `capital`.
    """

    code: str
    name: str
    alpha2: str | None = None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    combining: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: str | None = None
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    note: str | None = None


class Organisation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body that news names without its state, or an intergovernmental one.

    `code` is "IGO:NAME" for intergovernmental ones, `country` the state of a national one; an armed group or a
    company that belongs to no state has neither. `members` only where they are few and stable.
    """

    name: str
    kind: OrganisationKind
    code: str | None = None
    country: str | None = None
    names: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    source: str


class Title(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office as worded before or after a name: words in lower case, the canonical title, its level and sectors."""

    words: str
    title: str
    level: Level
    sectors: tuple[str, ...] = ()


class Prefix(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word that changes the office it stands before: its standing, and which level becomes which."""

    words: str
    standing: Literal["current", "former", "acting", "elect"] = "current"
    levels: dict[Level, Level] = {}


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body or group that needs a state beside it ("foreign ministry", "army", "protesters"), in lower case."""

    words: str
    kind: Literal["body", "group"]
    sectors: tuple[str, ...]


class Outlet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A news outlet, its state, and whether that state (or its ruling party) owns it.

    `owned_since` and `owned_until` bound the ownership in time where it changed; None: no bound is known.
    """

    name: str
    country: str | None = None
    kind: OutletKind
    state_owned: bool = False
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    source: str
    owned_since: str | None = None
    owned_until: str | None = None

    def owned_on(self, day: str | None) -> bool:
        """Whether its state owns it on a day (2019-03-05); without a day, whether it is owned at any time."""
        if not self.state_owned or day is None:
            return self.state_owned
        first, last = self.owned_since or "", self.owned_until or "9999"
        return first <= day and day[: len(last)] <= last


class Place(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place that is no state: a city or region with its states (likeliest first), or a disputed territory.

    A disputed territory lists all claimants and is never settled here; the first is the one that the United Nations
    or most states recognise. `territory` is a dependency, which counts as the state that controls it.
    """

    name: str
    codes: tuple[str, ...]
    kind: PlaceKind = "city"
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    note: str | None = None


class Leader(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One term of one of the first offices of a state or organisation: who, of which level, from when to when.

    `since` and `until` are months, or years where the month is not certain; None means not known to be over. `names`
    are further spellings, and the surname alone where it is hardly anybody else's in world news. `source` says what
    the row rests on.
    """

    name: str
    code: str
    level: Level
    since: Month
    until: Month | None = None
    names: tuple[str, ...] = ()
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells two terms apart: the person, whose office, its level, since when."""
        return (self.name, self.code, self.level, self.since)

    def holds(self, date: str) -> bool:
        """Whether the office was held at a date ("2019", "2019-07-03"), first and last month included."""
        return not _is_after(self.since, date) and not self.is_over(date)

    def is_over(self, date: str) -> bool:
        """Whether the term had ended before a date."""
        return self.until is not None and _is_after(date, self.until)


def _is_after(one: str, two: str) -> bool:
    """Whether a date lies after another, as far as both are known."""
    shorter = min(len(one), len(two))
    return one[:shorter] > two[:shorter]


class Surface(Struct, frozen=True, kw_only=True):
    """Words as they stand in a text, and what they may mean, likeliest first.

    `cased`: only as written (or all in capitals where it is longer than three letters), as "US", "Turkey", "Male".
    Several codes: ambiguous, or for kind "disputed" all claimants. `name` is the canonical name.
    `combining` surfaces stand before a hyphen only ("Sino-Russian").
    """

    text: str
    codes: tuple[str, ...]
    kind: SurfaceKind
    name: str
    sectors: tuple[str, ...] = ()
    cased: bool = False
    note: str | None = None
