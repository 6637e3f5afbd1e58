"""Who holds which office, for whom, as of when; the cases stand in tests/cases/roles.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bilateral import pipeline
from bilateral.model import Role
from bilateral.text import Document, Paragraph

pytestmark = pytest.mark.model
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "roles.toml").read_text(encoding="utf-8"))["case"]


def roles(text: str, published: str | None = "2024-05-06") -> list[Role]:
    doc = Document(
        id="d", uri="d", text=text, paragraphs=(Paragraph(0, len(text)),), published=published,
        published_by="given" if published else None,
    )  # fmt: skip
    return [r for r in pipeline.batch([doc]).records if isinstance(r, Role)]


def line(role: Role) -> str:
    parts = (role.person, role.office, role.country, role.accredited, role.level, role.standing)
    return " | ".join(part or "" for part in parts).replace("|  |", "| |")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_the_offices_of_a_sentence_are_found(case):
    assert [line(r) for r in roles(case["text"])] == case["roles"]


def test_an_office_is_held_as_of_the_report_and_a_former_one_as_of_nothing():
    assert [r.as_of for r in roles(CASES[0]["text"])] == ["2024-05-06"]
    assert [r.as_of for r in roles(CASES[0]["text"], None)] == [None]
    assert [r.as_of for r in roles(CASES[3]["text"])] == [None]


def test_the_words_of_a_role_are_its_office_and_its_person():
    role = roles(CASES[0]["text"])[0]
    assert role.span("office").text == role.office
    assert role.span("person").text.endswith("Ilya Morov")
    assert role.span("sentence").text == CASES[0]["text"]
