"""Statements: the cases of tests/cases/statements.toml, the quotation marks, and laws that hold for any text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral.evaluate.attribution import attribution
from bilateral.extract.statements import statements
from bilateral.extract.statements.cues import lists
from bilateral.extract.statements.quotes import Quote, paired
from bilateral.model import Statement
from bilateral.parse import parse
from bilateral.read import documents
from bilateral.resolve import resolved
from bilateral.text import Document, Given, Raw

_TESTS = Path(__file__).parents[1]
_FILE = _TESTS / "cases" / "statements.toml"
_SAMPLE = _TESTS.parent / "samples" / "reports" / "101.txt"
_EXPECTED = _TESTS.parent / "samples" / "101.expected.toml"
_SOURCE = _TESTS.parents[1] / "shared" / "source" / "000_7529396be649567b.txt"
CASES: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["case"]


def found(text: str) -> list[Statement]:
    """The statements of a plain text without any given date."""
    raw = Raw(uri="case.txt", media_type="text/plain", data=text.strip().encode(), given=Given(lang="en"))
    document = next(d for d in documents(raw) if isinstance(d, Document))
    return list(statements(resolved(document, parse(document))))


def told(statement: Statement, wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields of a statement that a case asks for."""
    by, cue, to = statement.span("speaker"), statement.span("cue"), statement.addressee
    have = {
        "content": [e.text for e in statement.evidence if e.part == "content"],
        "by": _part_of(by.text if by else "", wanted["by"]),
        "cue": cue.text if cue else "",
        "mode": statement.mode,
        "status": statement.status,
        **{field: getattr(statement.speaker, field) for field in ("name", "country", "level", "role")},
    }
    if "to" in wanted:
        words = f"{to.name} {to.role} {to.country}" if to else ""
        have["to"] = (
            wanted["to"] if wanted["to"].lower() in words.lower() or (to and to.country == wanted["to"]) else words
        )
    return {key: have[key] for key in wanted}


def _part_of(words: str, wanted: str) -> str:
    """The wanted words where they stand in others (a name with its title), else the others."""
    return wanted if wanted and wanted in words else words


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_a_case_gives_its_statements_and_no_other(case: dict[str, Any]) -> None:
    made = found(case["text"])

    assert [told(s, w) for s, w in zip(made, case["statements"], strict=False)] == case["statements"]
    assert len(made) == len(case["statements"]), [s.content for s in made]


def test_there_are_cases_enough_and_each_rule_is_named_once() -> None:
    rules = [case["rule"] for case in CASES]

    assert len(rules) >= 80
    assert len(set(rules)) == len(rules)


@pytest.mark.model
def test_content_is_its_pieces_joined_by_one_space_and_all_evidence_is_exact() -> None:
    text = '"The tariff," Mr Okoye said, "is wrong for both banks of the river," and he left the hall.'

    (made,) = found(text)

    assert made.content == "The tariff is wrong for both banks of the river"
    assert all(text[e.start : e.end] == e.text for e in made.evidence)


@pytest.mark.model
def test_the_day_in_the_cues_clause_is_the_statements_date() -> None:
    (made,) = found('"The road is open," Kenyan Trade Minister Wanjiru Otieno said on 4 March 2021.')

    assert made.date == "2021-03-04"


@pytest.mark.model
def test_a_text_without_words_gives_no_statement() -> None:
    assert found("12 : 30 --- 7") == []


def _marks(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in paired(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "one two" and "three".', ["one two", "three"]),
        ("He said “one “two” three” then.", ["one “two” three"]),
        ("«un» and ‹deux›", ["un", "deux"]),
        ("„eins“ and „zwei”", ["eins", "zwei"]),
        ("The states' plan, the ministers’ plan, rock ’n’ roll.", []),
        ("‘One plan’ of the ministers’ making", ["One plan"]),
        ("It's 'All or nothing' for the state's men.", ["All or nothing"]),
        ("''Doubled marks'' are straight ones.", ["Doubled marks"]),
        ("A 6' 2\" tall man", []),
    ],
)
def test_marks_are_paired_within_a_paragraph(text: str, inside: list[str]) -> None:
    assert _marks(text) == inside


def test_an_unclosed_mark_runs_to_the_end_of_its_paragraph() -> None:
    (quote,) = paired("He said: “It goes on.", 0, 21)

    assert quote == Quote(9, 21, 10, 21, 0, is_closed=False)


@given(st.text(alphabet="ab .,\"“”‘’'«»„", max_size=60))
def test_any_marks_give_quotations_in_order_that_do_not_overlap(text: str) -> None:
    made = list(paired(text, 0, len(text)))

    assert all(0 <= q.start < q.inner_start <= q.inner_end <= q.end <= len(text) for q in made)
    assert all(a.end <= b.start for a, b in pairwise(made))


WORDS = st.sampled_from([
    '"', "“", "”", "'", ",", ".", ":", "\n\n", "said", "that", "he", "the envoy", "Russia", "according to", "urged",
    "to", "go", "it", "called", "adding", "was announced", "who", "—", "Minister Ana Petrova", "statement", "Question:",
    "Answer:", "is", "a mistake",
])  # fmt: skip


@pytest.mark.model
@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40))
def test_no_order_of_words_and_marks_stops_the_reader(words: list[str]) -> None:
    text = " ".join(words)
    if not any(w.isalpha() for w in words):
        return

    made = found(text)

    for s in made:
        assert s.content == " ".join(e.text for e in s.evidence if e.part == "content")
        assert all(e.text and e.text == text.strip()[e.start : e.end] for e in s.evidence)


@pytest.mark.model
def test_reading_twice_gives_the_same_statements() -> None:
    text = CASES[0]["text"]

    assert found(text) == found(text)


def test_every_participle_that_carries_on_is_a_cue_of_its_own() -> None:
    known = lists()

    assert {w for w in known.phrases["chained"] if w not in known.verbs} == set()


def _expected() -> list[dict[str, Any]]:
    return list(tomllib.loads(_EXPECTED.read_text(encoding="utf-8"))["statements"])


@pytest.mark.model
def test_the_sample_interview_gives_its_statements_with_speaker_cue_and_mode() -> None:
    made = {tuple(e.text for e in s.evidence if e.part == "content"): s for s in found(_SAMPLE.read_text("utf-8"))}

    for wanted in _expected():
        statement = made[tuple(wanted["content"])]
        assert (statement.speaker.name, statement.cue or "") == (wanted["speaker"], wanted["cue"])
        assert statement.mode == wanted["mode"]


@pytest.mark.model
@pytest.mark.shared
def test_every_statement_of_the_source_report_is_the_ambassadors() -> None:
    if not _SOURCE.exists():
        pytest.skip("the source report is not here: what it must give is tried on samples/reports/101.txt alone")

    made = found(_SOURCE.read_text("utf-8"))

    assert {s.speaker.name for s in made} == {"Dmitry Tsvetkov"}
    assert len(made) >= 12
    assert sum(len([e for e in s.evidence if e.part == "content"]) > 1 for s in made) == 1


@pytest.mark.model
def test_the_attribution_task_points_into_its_input_whatever_ends_its_lines() -> None:
    text = "Envoy speaks.\r\n\r\nThe Thai envoy said that the road was safe.\r\n"

    (made,) = attribution({"doc": "a", "text": text})["attributions"]

    assert [text[a:b] for a, b in made["content"]] == ["that the road was safe"]
    assert [text[a:b] for a, b in made["cue"]] == ["said"]
    assert [text[a:b] for a, b in made["source"]] == ["The Thai envoy"]


@pytest.mark.model
def test_the_attribution_task_answers_for_a_text_with_nothing_in_it() -> None:
    assert attribution({"doc": "a", "text": " \n "}) == {"doc": "a", "attributions": []}
