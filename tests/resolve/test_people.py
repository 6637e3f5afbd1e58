"""People: the cases of tests/cases/people.toml, and laws that hold for all of them."""

from __future__ import annotations

from typing import Any

import pytest

from bilateral.resolve.offices import highest
from bilateral.text import Person
from tests.resolve.cases import resolved_case, table

CASES = table("people.toml")


def told(person: Person, wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields of a person that a case asks for."""
    top = highest(person.offices)
    have = {
        "name": person.name, "country": person.country or "", "level": top.level if top else "",
        "offices": [o.words.replace("’", "'") for o in person.offices], "female": person.female,
        "to": next((o.accredited for o in person.offices if o.accredited), ""),
        "standing": person.offices[0].standing if person.offices else "",
    }  # fmt: skip
    return {key: have[key] for key in wanted}


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_a_case_gives_its_people_and_nobody_else(case: dict[str, Any]) -> None:
    doc = resolved_case(case)

    found = [told(p, w) for p, w in zip(doc.people, case["people"], strict=False)]

    assert found == case["people"]
    assert len(doc.people) == len(case["people"]), [p.name for p in doc.people]


@pytest.mark.model
@pytest.mark.parametrize("case", [c for c in CASES if "spans" in c], ids=lambda c: c["rule"])
def test_a_persons_mention_covers_name_and_office(case: dict[str, Any]) -> None:
    persons = [m.text for m in resolved_case(case).mentions if m.kind == "person"]

    assert [span for span in case["spans"] if span not in persons] == []


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_every_office_stands_in_the_text_as_worded(case: dict[str, Any]) -> None:
    doc = resolved_case(case)

    assert all(doc.text[o.start : o.end] == o.words for p in doc.people for o in p.offices)
    assert len({p.id for p in doc.people}) == len(doc.people)
    assert all(doc.person(m.person) is not None for m in doc.mentions if m.person)
