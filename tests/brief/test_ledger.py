"""A brief from the ledger: one happening is one line, with its life, its tellers and what they tell differently."""

from __future__ import annotations

import re

import pytest

from bilateral import desk
from bilateral.brief import FORMS
from bilateral.model import Event
from bilateral.store import Store
from tests.brief import told


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(told.fill(tmp_path_factory.mktemp("told") / "told.db")) as store:
        yield store


@pytest.fixture(scope="module")
def brief(store):
    return desk.brief(store, ["RUS", "KHM"])


def section(brief, number):
    return next(s for s in brief.sections if s.number == number)


def group(brief, number, heading):
    return next(g for g in section(brief, number).groups if g.heading == heading)


def test_a_brief_from_the_ledger_reads_as_it_did(brief, snapshot):
    assert FORMS["text"](brief) == snapshot


def test_a_visit_that_four_reports_tell_is_one_line_with_all_its_sources(brief):
    (line,) = group(brief, 4, "Held").lines
    assert line.sources == (2, 1, 3)
    assert line.text == "visit of Russian Deputy Minister Pavel Lugin to Phnom Penh (Cambodia)"
    assert line.date == "2021-05-20"


def test_the_life_of_a_visit_leads_from_its_announcement_to_its_day(brief):
    (line,) = group(brief, 4, "Held").lines
    assert [(s.text, s.date, s.sources) for s in line.life] == [
        ("announced", "2021-05-20", (1,)), ("held", "2021-05-20", (2, 3)),
    ]  # fmt: skip


def test_an_event_that_only_echoes_a_visit_or_an_agreement_is_no_line_of_its_own(brief):
    echoes = {r.id for r in brief.records if isinstance(r, Event) and r.code in ("CONSULT", "SUPPORT")}
    for line in (line for s in brief.sections for line in s.lines if not line.is_repeated):
        if line.words[0].record in echoes:
            assert "thanked" in line.text


def test_it_is_told_which_sides_say_so_and_how_many_outlets_on_their_own(brief):
    (line,) = group(brief, 4, "Held").lines
    assert line.telling.sides == "both sides"
    assert line.telling.states == ("KHM", "RUS")
    assert (line.telling.independent, line.telling.copies) == (2, 1)
    assert line.telling.state_owned == ("TASS", "Agence Kampuchea Presse")


def test_a_near_copy_in_a_private_paper_is_no_third_voice(brief):
    (thanks,) = [line for line in section(brief, 3).lines if "thanked" in line.text]
    assert thanks.telling.sides == "one side"
    assert "Cambodia’s side alone; 1 outlet" in FORMS["text"](brief)


def test_a_near_copy_is_named_with_its_number_and_not_quoted_again(brief):
    (line,) = group(brief, 4, "Held").lines
    assert [w.is_copy for w in line.words if w.source == 3] == [True] * 2
    assert brief.origins[2].copy_of == 2
    assert "(near-copy of [2])" in FORMS["text"](brief)


def test_an_agreement_stands_where_its_last_reached_step_has_brought_it(brief):
    (line,) = group(brief, 6, "In force").lines
    assert line.text == "treaty on transit: in force"
    assert line.date == "2021-08-30"
    assert [s.text for s in line.life] == ["to be signed", "signed", "in force"]


def test_figures_of_both_sides_stand_side_by_side_with_who_gives_each(brief):
    (line,) = section(brief, 7).lines
    assert line.text == "81 million USD (Cambodia) against 230 million USD (Russia)"
    assert line.telling.sides == "both sides"


def test_days_that_differ_are_shown_with_who_tells_which(brief):
    (line,) = group(brief, 14, "Dates that differ").lines
    assert line.text == (
        "treaty on transit: signed 20 May 2021 (Agence Kampuchea Presse and Daily River) against "
        "signed 21 May 2021 (Mekong Wire)"
    )
    assert set(line.sources) == {2, 3, 4}


def test_a_mechanism_says_its_last_round_and_that_the_next_is_not_reported(brief):
    (mechanism,) = section(brief, 5).groups
    assert mechanism.heading == "Joint commission"
    assert mechanism.summary == (
        "last round: 31 August 2021 (no. 4), Moscow; next round: was planned for March 2022 (no. 5), Phnom Penh, "
        "not reported as held"
    )


def test_a_plan_whose_day_is_past_is_a_gap_and_one_ahead_is_none(brief):
    (line,) = group(brief, 14, "Planned, and no report says that it came about").lines
    assert "session of the joint commission" in line.text
    assert [line.date for line in group(brief, 4, "Planned or proposed").lines] == ["2022-07"]


def test_missions_and_ambassadors_stand_as_the_reports_name_them(brief):
    (mission,) = group(brief, 2, "Missions, as named in the reports").lines
    assert mission.text == "“Russian Embassy in Phnom Penh”"
    (envoy,) = group(brief, 2, "Ambassadors and envoys, as named in the reports").lines
    assert envoy.text == "Ilya Morov, Russian Ambassador, accredited to Cambodia"


def test_a_state_owned_outlet_is_marked_in_the_coverage_and_in_the_sources(brief):
    assert "TASS (1, state-owned)" in brief.coverage[0]
    assert "[state-owned: Cambodia]" in FORMS["text"](brief)
    assert brief.origins[3].state_owned is None


def test_every_record_of_a_line_keeps_its_report_its_words_and_its_offsets(store, brief):
    for line in (line for s in brief.sections for line in s.lines):
        for words in line.words:
            report = brief.sources[words.source - 1]
            text = " ".join(store.document(report.id).text[words.start : words.end].split())
            assert words.quote == "" or words.quote.strip("… ") in text
            assert any(r.id == words.record and r.doc == report.id for r in brief.records)


def test_every_number_has_its_source(brief):
    text = FORMS["text"](brief)
    assert {int(n) for n in re.findall(r"\[(\d+)\]", text)} == set(range(1, len(brief.sources) + 1))


def test_a_brief_of_one_state_tells_each_thing_once(store):
    made = desk.brief(store, ["KHM"])
    keys = [line.key for s in made.sections for line in s.lines if s.number in (4, 5, 6) and not line.is_repeated]
    assert sorted(keys) == sorted(set(keys))


def test_without_a_ledger_every_record_is_a_thing_of_its_own(tmp_path):
    with Store.open(tmp_path / "bare.db") as bare:
        for batch in told.batches():
            bare.write(batch)
        made = desk.brief(bare, ["RUS", "KHM"])
    lines = [line for s in made.sections for line in s.lines]
    assert any("treaty on transit: signed" in line.text for line in lines)
    assert all(line.telling is None for line in lines)


def test_a_question_that_admits_some_reports_tells_what_those_tell(store):
    made = desk.brief(store, ["RUS", "KHM"], claimed_by="TASS")
    (line,) = [line for line in section(made, 4).lines if not line.is_repeated]
    assert line.status == "planned"
    assert len(line.words) == 1
