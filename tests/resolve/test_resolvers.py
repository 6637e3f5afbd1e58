"""The registry of resolvers, the word lists behind them, and the report that the project started from."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilateral.parse import parse
from bilateral.read import documents
from bilateral.resolve import RESOLVERS, resolved
from bilateral.resolve.words import words
from bilateral.text import Document, Raw, Resolved

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "source"
OWN = ("people", "actors", "places", "collective", "references")


def test_every_resolver_has_a_name_of_its_own() -> None:
    names = [resolver.name for resolver in RESOLVERS]

    assert len(set(names)) == len(names)
    assert names[0] == "published"


@pytest.mark.parametrize("name", OWN)
def test_every_resolver_has_its_rules_written_down(name: str) -> None:
    rules = (ROOT / "docs" / "rules" / "resolving.md").read_text(encoding="utf-8")

    assert f"## {name.capitalize()}" in rules


def test_the_word_lists_are_in_lower_case() -> None:
    lists = words()

    for some in (lists.names.particles, lists.fields.words, lists.places.heads, lists.bodies.bare, lists.groups.people):
        assert all(word == word.lower() for word in some)
    assert all(level.isupper() for levels in lists.references.roles.values() for level in levels)


@pytest.mark.model
def test_an_overruled_date_is_the_date_used() -> None:
    document = Document(id="d", uri="u", text="", published="2019-07-03", published_by="given")

    doc = resolved(document, parse(document), overruled="2020-01-01")

    assert (doc.published.value, doc.published.how) == ("2020-01-01", "overruled")


@pytest.fixture(scope="module")
def source() -> Resolved:
    files = sorted(SOURCE.glob("*.txt")) if SOURCE.exists() else []
    if not files:
        pytest.skip("the report that the project started from is not beside this checkout: nothing was checked")
    raw = Raw(uri=files[0].name, media_type="text/plain", data=files[0].read_bytes())
    document = next(d for d in documents(raw) if isinstance(d, Document))
    return resolved(document, parse(document))


@pytest.mark.model
@pytest.mark.shared
def test_the_source_report_has_its_two_people_with_their_offices(source: Resolved) -> None:
    ambassador, general = source.people

    assert (ambassador.name, ambassador.country) == ("Dmitry Tsvetkov", "RUS")
    assert [(o.level, o.accredited) for o in ambassador.offices] == [("AMB", "KHM")]
    assert (general.name, general.country) == ("Hun Manet", "KHM")
    assert [o.title for o in general.offices][1:] == ["commander", "director"]
    assert not any("Tsvetkov" in m.text for m in source.mentions if m.kind != "person")


@pytest.mark.model
@pytest.mark.shared
def test_every_office_in_the_source_report_is_the_ambassadors(source: Resolved) -> None:
    roles = [m for m in source.mentions if m.kind == "role"]

    assert {m.text for m in roles} >= {"envoy", "diplomat", "ambassador", "Russian envoy", "Russian ambassador"}
    assert {m.person for m in roles} == {"dmitry-tsvetkov"}


@pytest.mark.model
@pytest.mark.shared
def test_both_capitals_of_the_source_report_are_governments(source: Resolved) -> None:
    capitals = [m for m in source.mentions if m.text in ("Moscow", "Phnom Penh")]

    assert {(m.kind, m.codes, m.sectors) for m in capitals} == {
        ("country", ("RUS",), ("GOV",)),
        ("country", ("KHM",), ("GOV",)),
    }


@pytest.mark.model
@pytest.mark.shared
def test_the_sides_of_the_source_report_are_russia_and_cambodia(source: Resolved) -> None:
    pairs = [m for m in source.mentions if m.kind == "collective"]

    assert source.dyad == ("RUS", "KHM")
    assert pairs
    assert all(set(m.codes) == {"RUS", "KHM"} for m in pairs)
