"""Actors and places: the cases of tests/cases/actors.toml, and laws that hold for all of them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from bilateral.resolve.actors import main_actor
from tests.resolve.cases import mention_of, resolved_case, table

CASES = table("actors.toml")
_STATES = ("country", "group", "organisation")


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_a_case_gives_its_mentions(case: dict[str, Any]) -> None:
    doc = resolved_case(case)

    for wanted in case["mentions"]:
        mention = mention_of(doc, wanted["words"])
        assert mention is not None, (wanted["words"], [m.text for m in doc.mentions])
        assert (mention.kind, list(mention.codes)) == (wanted["kind"], wanted["codes"]), mention
        assert list(mention.sectors[:1]) == wanted.get("sectors", list(mention.sectors[:1])), mention
        assert mention.level == wanted.get("level", mention.level)
        assert wanted.get("reason", "") in mention.reason.replace("’", "'")


@pytest.mark.model
@pytest.mark.parametrize("case", [c for c in CASES if "absent" in c], ids=lambda c: c["rule"])
def test_what_is_no_state_is_no_mention_of_one(case: dict[str, Any]) -> None:
    doc = resolved_case(case)

    states = [m.text for m in doc.mentions if m.kind in _STATES and m.codes]

    assert [word for word in case["absent"] if word in states] == []


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_mentions_lie_in_the_text_in_order_and_do_not_overlap(case: dict[str, Any]) -> None:
    doc = resolved_case(case)
    actors = [m for m in doc.mentions if m.kind != "date"]

    assert all(doc.text[m.start : m.end] == m.text for m in doc.mentions)
    assert all(a.end <= b.start for a, b in pairwise(actors))
    assert all(m.reason for m in actors)


@pytest.mark.model
def test_resolving_twice_gives_the_same() -> None:
    case = CASES[0]

    assert resolved_case(case) == resolved_case(case)


@pytest.mark.model
@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Chile's Ministry of Mines", ("CHL", "GOV")),
        ("paramedic", (None, "MED")),
        ("a Belarusian protester", ("BLR", "CVL")),
        ("Norwegian Prime Minister", ("NOR", "GOV")),
        ("Peru", ("PER", None)),
    ],
)
def test_a_short_text_has_one_main_actor(words: str, actor: tuple[str | None, str | None]) -> None:
    code, sectors = main_actor(resolved_case({"text": words}))

    assert (code, next(iter(sectors), None)) == actor
