"""Visits: the cases of tests/cases/visits.toml, joining of several places, sides, and what records hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from bilateral.extract.statements import statements
from bilateral.extract.visits import visits
from bilateral.extract.visits.joining import Found, joined, kind_of, status_of
from bilateral.extract.visits.lexicon import Pattern, lexicon
from bilateral.extract.visits.reading import Draft
from bilateral.extract.visits.sides import Sides
from bilateral.model import Actor, Visit, identified
from bilateral.parse import parse
from bilateral.pipeline import voices
from bilateral.read import documents
from bilateral.resolve import resolved
from bilateral.text import Document, Given, Mention, Raw, Resolved

_TESTS = Path(__file__).parents[1]
CASES: list[dict[str, Any]] = tomllib.loads((_TESTS / "cases" / "visits.toml").read_text(encoding="utf-8"))["case"]
KINDS = frozenset((
    "state_visit", "official_visit", "working_visit", "visit", "meeting", "sideline_meeting", "courtesy_call", "summit",
    "joint_commission", "consultations", "phone_call", "summons", "multilateral",
))  # fmt: skip


def read(text: str, published: str | None = None) -> Resolved:
    """A plain text, resolved, with the voices of its statements."""
    raw = Raw(uri="case.txt", media_type="text/plain", data=text.encode(), given=Given(published=published, lang="en"))
    document = next(d for d in documents(raw) if isinstance(d, Document))
    doc = resolved(document, parse(document))
    return structs.replace(doc, voices=voices(doc, [identified(s) for s in statements(doc)]))


def field(record: Visit, name: str) -> Any:
    """A field as the case table names it: `visitor` and `host` are the state of the first one, `…_name` the name."""
    side = record.visitors if name.startswith("visitor") else record.hosts if name.startswith("host") else None
    if side is None:
        return getattr(record, name)
    return side[0].name if name.endswith("_name") else side[0].country


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_a_text_tells_of_these_visits_and_no_others(case: dict[str, Any]) -> None:
    found = list(visits(read(case["text"], case.get("published"))))
    assert len(found) == len(case["expect"]), found
    for expected in case["expect"]:
        fits = (all(field(record, name) == value for name, value in expected.items()) for record in found)
        assert any(fits), (expected, found)


# Records ----------------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_a_visit_and_the_meeting_during_it_are_two_records() -> None:
    text = "During his visit to Cairo, Serbian President Marko Ilic met Egyptian President Omar Nassar."
    assert {v.visit_kind for v in visits(read(text))} == {"visit", "meeting"}


@pytest.mark.model
def test_a_cancelled_visit_is_not_done() -> None:
    text = "Norwegian Prime Minister Kari Lund was to visit Ankara in May. The visit has been cancelled."
    assert [v.status for v in visits(read(text, "2024-04-01"))] == ["cancelled"]


@pytest.mark.model
def test_the_consultations_after_a_visit_are_those_of_the_visitor() -> None:
    text = (
        "A delegation of the Laotian army led by General Khamtay Phoumi visited Vietnam in March. "
        "The consultations dealt with the border."
    )
    visit, consultations = visits(read(text, "2024-05-01"))
    assert (visit.visit_kind, consultations.visit_kind) == ("visit", "consultations")
    assert consultations.visitors == visit.visitors
    assert consultations.start == visit.start == "2024-03"


@pytest.mark.model
def test_evidence_is_exact_words_and_two_runs_give_the_same_records() -> None:
    doc = read("Peruvian President Rosa Quispe visited Tokyo from 3 to 5 May 2024.")
    first, again = list(visits(doc)), list(visits(doc))
    assert first == again
    parts = {e.part: e.text for e in first[0].evidence}
    assert (parts["trigger"], parts["place"]) == ("visited", "Tokyo")
    assert parts["visitor"] == "Peruvian President Rosa Quispe"
    assert all(doc.text[e.start : e.end] == e.text for e in first[0].evidence)
    assert (first[0].start, first[0].end) == ("2024-05-03", "2024-05-05")


@pytest.mark.model
def test_the_host_is_the_one_on_whose_ground_one_meets() -> None:
    text = "Chinese Premier Li Wen met Thai Premier Somchai Boonmee in Beijing."
    record = next(iter(visits(read(text))))
    assert (record.visitors[0].country, record.hosts[0].country) == ("THA", "CHN")
    assert "on the ground of the place" in record.reasons[0].rule


@pytest.mark.model
def test_the_line_that_was_talked_over_is_no_topic() -> None:
    text = "Kenyan President Paul Odera spoke with Chilean President Ana Rojas by telephone on Monday about fisheries."
    (call,) = visits(read(text, "2021-06-09"))
    assert (call.visit_kind, call.topics) == ("phone_call", ("fisheries",))


@pytest.mark.model
def test_a_meeting_with_one_side_only_is_none() -> None:
    text = "Kenya and Uganda are neighbours. The foreign minister of Kenya held a meeting on Uganda in Nairobi."
    assert list(visits(read(text))) == []


@pytest.mark.model
def test_kinds_and_levels_are_those_of_the_vocabulary() -> None:
    made = [v for case in CASES[:40] for v in visits(read(case["text"]))]
    assert {v.visit_kind for v in made} <= KINDS
    assert all(v.visitors and v.hosts and v.visitors[0].country != v.hosts[0].country for v in made)


# Joining ----------------------------------------------------------------------------------------------------------


def found(
    at: int, kind: str = "visit", status: str = "happened", names: tuple[str | None, str | None] = (None, None),
    states: tuple[str, str] = ("PER", "CHL"), date: str | None = None, in_title: bool = False,
) -> Found:  # fmt: skip
    """A place that tells of a visit by the first state to the second."""
    draft = Draft(at, kind, status, (), (), True, None, None, "test")  # type: ignore[arg-type]
    guest, host = (Actor(country=s, name=n) for s, n in zip(states, names, strict=True))
    sides = Sides((guest,), (host,), (), (), "test", 0.9)
    mention = Mention(start=at, end=at + 1, text="d", kind="date", value=date) if date else None
    return Found(draft, sides, mention, "test", in_title, at)


def test_a_headline_and_its_sentence_are_one_visit() -> None:
    groups = joined([found(1, in_title=True), found(9, "state_visit", "ongoing", ("Rosa Quispe", None))])
    assert len(groups) == 1
    assert kind_of(groups[0]) == "state_visit"


def test_visits_of_different_people_are_two() -> None:
    assert len(joined([found(1, names=("Rosa Quispe", None)), found(9, names=("Luis Vega", None))])) == 2


def test_visits_at_different_times_are_two() -> None:
    assert len(joined([found(1, date="2019"), found(9, date="2021-05")])) == 2


def test_a_day_within_the_stretch_is_the_same_visit() -> None:
    assert len(joined([found(1, date="2024-05-03/2024-05-05"), found(9, date="2024-05-04")])) == 1


def test_days_without_a_year_can_be_the_same() -> None:
    assert len(joined([found(1, date="XXXX-05-03"), found(9, date="XXXX-05-03")])) == 1
    assert len(joined([found(1, date="XXXX-05-03"), found(9, date="XXXX-06-03")])) == 2


def test_what_is_planned_is_not_what_was_held() -> None:
    assert len(joined([found(1), found(9, status="planned")])) == 2


def test_a_visit_goes_one_way_and_a_meeting_both() -> None:
    back = ("CHL", "PER")
    assert len(joined([found(1), found(9, states=back)])) == 2
    assert len(joined([found(1, "meeting"), found(9, "meeting", states=back)])) == 1


def test_what_was_called_off_in_one_place_is_called_off() -> None:
    group = [found(1, status="planned"), found(9, status="postponed")]
    assert status_of(group, group[0]) == "postponed"


# Word lists -------------------------------------------------------------------------------------------------------


def test_longer_patterns_of_a_verb_go_first() -> None:
    sizes = [len(pattern.words) for pattern in lexicon().verbs["meet"]]
    assert sizes == sorted(sizes, reverse=True)
    assert Pattern("meet", ("with",)) in lexicon().verbs["meet"]


def test_kinds_of_visits_in_the_word_list_are_kinds() -> None:
    assert set(lexicon().visit_kinds.values()) <= KINDS


def test_what_takes_a_thing_off_gives_a_status_of_what_is_off() -> None:
    assert set(lexicon().off.values()) == {"cancelled", "postponed"}
