"""The area that a record speaks of, and where a brief says that something of a section it leaves out is told."""

from __future__ import annotations

import pytest

from bilateral.brief.areas import ECONOMY, LAW, OTHER, PEOPLE, SECURITY, area, is_of
from bilateral.model import Actor, Agreement, Evidence, Statement, Visit

COMMON = {"by": "made", "score": 1.0, "evidence": (Evidence("sentence", "d", 0, 3, "Oh."),)}


def statement(content: str) -> Statement:
    return Statement(content=content, speaker=Actor(country="PER"), mode="indirect", **COMMON)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("both navies will go on chasing drug smugglers and terrorists off the coast", SECURITY),
        ("trade could double within three years", ECONOMY),
        ("Lima wants a free trade area", ECONOMY),
        ("agreements on trade and a memorandum on ports were signed last year", LAW),
        ("the legal framework of trade has grown", LAW),
        ("the treaty is still alive", LAW),
        ("more students should learn Quechua", PEOPLE),
        ("the civil societies of the two states have much to say to each other", PEOPLE),
        ("communication between the capitals has never been better", OTHER),
        ("the sun will rise again", OTHER),
    ],
)
def test_a_statement_is_on_the_area_of_its_words(content: str, expected: str) -> None:
    assert area(statement(content)) == expected


def test_agreements_and_visits_are_of_the_area_of_their_first_subject_that_has_one() -> None:
    paper = Agreement(type="mou", parties=("PER",), stage="signed", subjects=("general", "culture"), **COMMON)
    assert area(paper) == PEOPLE
    assert area(Visit(visit_kind="visit", visitors=(), hosts=(), topics=("energy", "defence"), **COMMON)) == ECONOMY
    assert area(Visit(visit_kind="visit", visitors=(), hosts=(), **COMMON)) == OTHER


def test_something_of_security_told_elsewhere_is_of_the_section_on_defence_and_of_no_other() -> None:
    visit = Visit(visit_kind="visit", visitors=(), hosts=(), topics=("defence",), **COMMON)
    assert is_of(visit, 8)
    assert not is_of(visit, 10)
    assert not is_of(visit, 12)
