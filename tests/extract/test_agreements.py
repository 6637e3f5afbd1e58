"""Agreements: the cases of tests/cases/agreements.toml, what records hold, the life of an agreement, the word lists."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from bilateral import ontology
from bilateral.extract.agreements import agreements
from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.drafts import Draft
from bilateral.extract.agreements.instruments import Instrument, number_of
from bilateral.extract.agreements.joining import LIFE, Entity, joined, life
from bilateral.extract.agreements.lexicon import Kind, Phrases, lexicon
from bilateral.extract.agreements.parties import NOBODY, Sides
from bilateral.extract.statements import statements
from bilateral.model import Agreement, identified
from bilateral.parse import parse
from bilateral.pipeline import voices
from bilateral.read import documents
from bilateral.resolve import resolved
from bilateral.text import Document, Given, Raw, Resolved

_TESTS = Path(__file__).parents[1]
CASES: list[dict[str, Any]] = tomllib.loads((_TESTS / "cases" / "agreements.toml").read_text(encoding="utf-8"))["case"]
INTERVIEW = _TESTS.parent / "samples" / "reports" / "101.txt"


def read(text: str, published: str | None = None) -> Resolved:
    """A plain text, resolved, with the voices of its statements."""
    raw = Raw(uri="case.txt", media_type="text/plain", data=text.encode(), given=Given(published=published, lang="en"))
    document = next(d for d in documents(raw) if isinstance(d, Document))
    doc = resolved(document, parse(document))
    return structs.replace(doc, voices=voices(doc, [identified(s) for s in statements(doc)]))


def agrees(record: Agreement, expected: dict[str, Any]) -> bool:
    """Whether a record has the fields of a case; parties in any order, at least the subjects named."""
    for name, value in expected.items():
        found = getattr(record, name)
        if name == "parties" and sorted(found) != sorted(value):
            return False
        if name == "subjects" and not set(value) <= set(found):
            return False
        if name not in ("parties", "subjects") and found != value:
            return False
    return True


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_a_text_tells_of_these_agreements_and_no_others(case: dict[str, Any]) -> None:
    found = list(agreements(read(case["text"], case.get("published"))))
    assert len(found) == len(case["expect"]), found
    for expected in case["expect"]:
        assert any(agrees(record, expected) for record in found), (expected, found)


# Records ----------------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_older_steps_hang_on_the_newest_one() -> None:
    text = "Peru signed a treaty with Kuwait in 2018. The Peruvian congress ratified it in 2021."
    newest, older = agreements(read(text))
    assert (newest.stage, older.stage) == ("ratified", "signed")
    assert newest.links == ()
    assert [(link.kind, link.record) for link in older.links] == [("stage_of", newest.id)]


@pytest.mark.model
def test_evidence_is_exact_words_and_two_runs_give_the_same_records() -> None:
    doc = read("Kenya and Japan signed a memorandum of understanding on tourism in Nairobi on 3 May 2024.")
    first, again = list(agreements(doc)), list(agreements(doc))
    assert first == again
    parts = {e.part: e.text for e in first[0].evidence}
    assert parts["trigger"] == "signed"
    assert parts["title"] == "memorandum of understanding"
    assert parts["date"] == "3 May 2024"
    assert all(doc.text[e.start : e.end] == e.text for e in first[0].evidence)


@pytest.mark.model
def test_the_other_party_of_a_bilateral_report_is_inferred_and_said_to_be_so() -> None:
    text = "Chad and Niger are neighbours. Chad trades with Niger. Niger has proposed a new agreement on cattle."
    record = next(iter(agreements(read(text))))
    assert set(record.parties) == {"TCD", "NER"}
    reason = next(r for r in record.reasons if r.field == "parties")
    assert "pair the report speaks of" in reason.rule
    assert reason.score < 0.9


@pytest.mark.model
def test_signatories_are_the_people_who_sign() -> None:
    text = "Finnish Minister Aino Virtanen and Estonian Minister Mart Tamm signed an agreement on ferries."
    record = next(iter(agreements(read(text))))
    assert {a.name for a in record.signatories} == {"Aino Virtanen", "Mart Tamm"}


@pytest.mark.model
def test_the_interview_has_its_counts_beside_its_list() -> None:
    body = INTERVIEW.read_text(encoding="utf-8").partition("\n\n")[2]
    found = list(agreements(read(body)))
    assert [(r.type, r.count, r.aggregate) for r in found] == [
        ("agreement", 17, True), ("documents", 45, True), ("agreement", None, True), ("mou", 1, False),
    ]  # fmt: skip
    named = {"transport_air", "aml", "investment", "health", "culture", "sport", "media", "parliament"}
    assert set(found[2].subjects) >= named
    assert found[3].agreement_level == "university"
    assert all(set(r.parties) == {"RUS", "KHM"} and r.stage == "signed" for r in found)


# The life of an agreement -----------------------------------------------------------------------------------------


def draft(head: int, *steps: tuple[str, str], definite: bool = False, sides: Sides = NOBODY, **fields: Any) -> Draft:
    """A draft of an agreement whose steps are (stage, status)."""
    one = Instrument(head, range(head, head + 1), Kind(fields.pop("type", "treaty"), False), False, 1, definite)
    told = tuple(Step(stage, status, head, None, "test") for stage, status in steps)  # type: ignore[arg-type]
    known: dict[str, Any] = {
        "dates": (None,) * len(told), "subjects": ("general",), "has_own_subject": False, "title": None,
        "in_title": False, "sentence": head, "is_bare": False,
    }  # fmt: skip
    return Draft(one=one, steps=told, sides=sides, **(known | fields))


def stages(*drafts: Draft) -> list[tuple[str, str]]:
    """The (stage, status) of an agreement's life, the newest first."""
    return [(t.step.stage, t.step.status) for t in life(Entity(drafts))]


def test_the_newest_step_comes_first() -> None:
    told = stages(draft(1, ("signed", "happened")), draft(9, ("in_force", "happened"), ("ratified", "happened")))
    assert [stage for stage, _ in told] == ["in_force", "ratified", "signed"]


def test_a_planned_signing_is_newer_than_the_initialling() -> None:
    assert stages(draft(1, ("initialled", "happened"), ("signed", "planned")))[0] == ("signed", "planned")


def test_a_signing_only_hoped_for_is_not_newer_than_the_talks() -> None:
    told = stages(draft(1, ("negotiating", "ongoing")), draft(5, ("signed", "proposed")))
    assert told[0] == ("negotiating", "ongoing")


def test_an_entry_into_force_ahead_does_not_hide_the_ratification() -> None:
    assert stages(draft(1, ("ratified", "happened")), draft(5, ("in_force", "planned")))[0] == ("ratified", "happened")


def test_what_lies_ahead_of_a_step_already_reached_is_no_step() -> None:
    assert stages(draft(1, ("signed", "happened")), draft(5, ("negotiating", "ongoing"))) == [("signed", "happened")]


def test_what_happened_counts_before_what_was_planned() -> None:
    told = stages(draft(1, ("signed", "planned"), in_title=True), draft(5, ("signed", "happened")))
    assert told == [("signed", "happened")]


def test_the_treaty_is_the_one_named_before() -> None:
    assert len(joined([draft(1, ("signed", "happened")), draft(9, ("ratified", "happened"), definite=True)])) == 1


def test_a_second_treaty_is_another_one() -> None:
    assert len(joined([draft(1, ("signed", "happened")), draft(9, ("signed", "happened"))])) == 2


def test_agreements_of_different_parties_are_never_joined() -> None:
    first = Sides(("PER", "CHL"), (), (), "stated", True)
    second = Sides(("PER", "BOL"), (), (), "stated", True)
    assert len(joined([draft(1, sides=first), draft(9, definite=True, sides=second)])) == 2


def test_the_agreement_is_no_joint_statement() -> None:
    known = draft(1, ("agreed", "happened"), type="joint_declaration")
    assert len(joined([known, draft(9, ("signed", "happened"), definite=True, type="agreement")])) == 2


# Word lists -------------------------------------------------------------------------------------------------------


def test_the_longest_phrase_counts() -> None:
    book = Phrases([("trade agreement", "trade"), ("free trade agreement", "free")])
    words = ["a", "free", "trade", "agreement"]
    assert book.at(words, words, 1) == (3, "free")
    assert book.at(words, words, 2) == (2, "trade")
    assert book.at(words, words, 0) is None


@pytest.mark.parametrize(("word", "number"), [("12", 12), ("seven", 7), ("2019", None), ("many", None)])
def test_a_year_is_no_number_of_agreements(word: str, number: int | None) -> None:
    assert number_of(word) == number


def test_every_step_of_the_word_lists_has_its_place_in_the_life() -> None:
    words = lexicon()
    verbs = ("sign", "ratify", "enter", "negotiate", "end")
    told = {act.stage for verb in verbs for _, act in words.acts.starting(verb)}
    assert told | set(words.adjectives.values()) <= set(LIFE)


def test_subjects_of_types_are_subjects_of_the_ontology() -> None:
    assert set(lexicon().subjects.values()) <= {s.code for s in ontology.subjects()}


@pytest.mark.model
def test_a_paper_of_two_universities_that_names_no_subject_is_on_education() -> None:
    text = "A memorandum of understanding was signed between Chile's Austral University and Kenya's Moi University."
    (paper,) = agreements(read(text, "2021-06-09"))
    assert (paper.agreement_level, paper.subjects) == ("university", ("education",))
