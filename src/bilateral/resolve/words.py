"""The word lists that the resolvers read grammar by (words.toml), each as a set, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from msgspec import Struct

from bilateral.errors import DataError

FILE = "words.toml"


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words inside and beside personal names."""

    particles: frozenset[str]
    suffixes: frozenset[str]
    not_names: frozenset[str]
    companies: frozenset[str]


class Fields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that stand in the names of bodies and portfolios."""

    words: frozenset[str]


class Titles(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which titles are sent to a state, which states word them so, and which prepositions may follow which."""

    sent: frozenset[str]
    any_preposition: frozenset[str]
    widespread: frozenset[str]
    only: dict[str, str]
    usage: dict[str, str]
    shared: dict[str, frozenset[str]]
    lacking: dict[str, frozenset[str]]
    secretaries: frozenset[str]
    monarchies: frozenset[str]
    royal: frozenset[str]
    prepositions: dict[str, frozenset[str]]


class Places(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that make a capital a place, and words of geography."""

    heads: frozenset[str]
    of_heads: frozenset[str]
    always: frozenset[str]
    motion_prepositions: frozenset[str]
    motion: frozenset[str]
    objects: frozenset[str]
    about_in: frozenset[str]
    geography: frozenset[str]
    before_names: frozenset[str]
    capitals: frozenset[str]
    facilities: frozenset[str]


class Bodies(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which bodies are mentions without a state, and words before a body that make it none."""

    bare: frozenset[str]
    weak: frozenset[str]
    papers: frozenset[str]
    american: frozenset[str]
    organs: dict[str, str]
    not_after: dict[str, frozenset[str]]


class Groups(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns for people, and nouns behind a nationality that stand for the state."""

    people: frozenset[str]
    bodies: frozenset[str]
    telling: frozenset[str]
    sides: frozenset[str]


class Regions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The states of a region by its adjective, for "the Southeast Asian nation"."""

    states: dict[str, frozenset[str]]


class Traps(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words before, behind or anywhere beside a surface that make it something else."""

    after: dict[str, frozenset[str]]
    before: dict[str, frozenset[str]]
    beside: dict[str, frozenset[str]]
    unless: dict[str, frozenset[str]]


class Collective(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns that a number or "both" makes a pair of states, and nouns that mean one state."""

    states: frozenset[str]
    sides: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    state: frozenset[str]
    members: frozenset[str]
    regions: frozenset[str]


class References(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns that stand for a person of the document, with the levels that they fit."""

    roles: dict[str, frozenset[str]]


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All word lists of words.toml."""

    names: Names
    fields: Fields
    titles: Titles
    places: Places
    bodies: Bodies
    groups: Groups
    traps: Traps
    regions: Regions
    collective: Collective
    references: References


@cache
def words() -> Words:
    """The word lists; DataError says which list is wrong."""
    table: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    try:
        return msgspec.convert(table, Words)
    except msgspec.ValidationError as error:
        raise DataError(f"{FILE}: {error}") from error
