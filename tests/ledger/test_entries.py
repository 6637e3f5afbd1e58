"""What records of many reports come to: one visit with its life, one agreement with its steps, figures side by side."""

from __future__ import annotations

import pytest
from msgspec import structs

from bilateral.ledger import Rulings, entries
from bilateral.model import Actor
from tests.ledger import made

PAIR = ("GHA", "NOR")
PLAN = "The Norwegian minister will visit Ghana on 12 and 13 May."
OFF = "The visit of the Norwegian minister to Ghana has been cancelled."
HELD = "The Norwegian minister visited Ghana on 12 May."
TALKS = "The two ministers held talks in Accra on 13 May."
SIGNED = "Norway and Ghana signed an agreement on fisheries on 12 May."


def report(day, *lines, outlet="Kalivia Wire"):
    return made.document(["News of the day", *lines], day, outlet)


def of_kind(found, kind):
    return [e for e in found if e.kind == kind]


def planned(day="2020-05-01", outlet="Kalivia Wire"):
    doc = report(day, PLAN, outlet=outlet)
    return made.told(
        doc, made.visit(doc, PLAN, "visit", status="planned", start="2020-05-12", end="2020-05-13", place="Ghana")
    )


def held(day="2020-05-14", outlet="Harbour Post"):
    doc = report(day, HELD, outlet=outlet)
    return made.told(doc, made.visit(doc, HELD, "visited", start="2020-05-12", place="Accra"))


def test_a_visit_that_is_announced_and_held_is_one_entry_with_two_steps():
    (entry,) = entries([*planned(), *held()], PAIR)
    assert [(s.stage, s.status, s.date) for s in entry.life] == [
        ("announced", "planned", "2020-05-12/2020-05-13"), ("held", "happened", "2020-05-12"),
    ]  # fmt: skip
    assert (entry.status, entry.is_open, entry.date) == ("happened", False, "2020-05-12/2020-05-13")


def test_a_plan_of_which_nothing_more_is_told_stays_open():
    (entry,) = entries(planned(), PAIR)
    assert (entry.is_open, entry.status) == (True, "planned")


def test_a_visit_that_one_has_cancelled_and_one_has_held_is_a_contradiction():
    doc = report("2020-05-11", OFF, outlet="Coast News")
    off = made.told(doc, made.visit(doc, OFF, "visit", status="cancelled", start="2020-05-12"))
    (entry,) = entries([*planned(), *off, *held()], PAIR)
    assert [c.about for c in entry.contradictions] == ["held"]
    assert len(entry.contradictions[0].records) == 2


def test_the_talks_during_a_visit_are_a_part_of_it_and_no_contradiction():
    doc = report("2020-05-14", TALKS)
    talks = made.told(doc, made.meeting(doc, TALKS, "talks", start="2020-05-13", place="Accra"))
    (entry,) = entries([*planned(), *talks, *held()], PAIR)
    assert (entry.type, entry.contradictions) == ("official_visit", ())


def test_the_same_ministers_a_week_later_meet_anew():
    one, two = report("2020-05-12", TALKS), report("2020-05-20", TALKS, outlet="Coast News")
    first = made.told(one, made.meeting(one, TALKS, "talks", start="2020-05-12"))
    second = made.told(two, made.meeting(two, TALKS, "talks", start="2020-05-19"))
    assert len(entries([*first, *second], PAIR)) == 2


def test_one_meeting_with_two_dates_is_one_entry_with_a_contradiction():
    one, two = report("2020-05-13", TALKS), report("2020-05-14", TALKS, outlet="Coast News")
    first = made.told(one, made.meeting(one, TALKS, "talks", start="2020-05-13", place="Accra"))
    second = made.told(two, made.meeting(two, TALKS, "talks", start="2020-05-12", place="Accra"))
    (entry,) = entries([*first, *second], PAIR)
    assert [c.about for c in entry.contradictions] == ["date"]


@pytest.mark.parametrize("later", ["ratified", "in_force", "ended"])
def test_all_steps_of_an_agreement_are_one_entry(later):
    doc = report("2020-05-13", SIGNED)
    line = f"The fisheries agreement of Norway and Ghana is {later}."
    after = report("2020-11-02", line, outlet="Coast News")
    found = entries(
        [
            *made.told(doc, made.agreement(doc, SIGNED, "signed", date="2020-05-12")),
            *made.told(after, made.agreement(after, line, later, stage=later, date="2020-11-01")),
        ],
        PAIR,
    )
    (entry,) = found
    assert [(s.stage, s.date) for s in entry.life] == [("signed", "2020-05-12"), (later, "2020-11-01")]


def test_agreements_on_other_subjects_stay_apart():
    doc = report("2020-05-13", SIGNED)
    one = made.agreement(doc, SIGNED, "signed", date="2020-05-12")
    two = made.agreement(doc, SIGNED, "agreement", date="2020-05-12", subjects=("taxation",))
    assert len(of_kind(entries(made.told(doc, one, two), PAIR), "agreement")) == 2


def test_signed_by_one_and_still_to_be_signed_by_a_later_report_is_a_contradiction():
    doc, line = report("2020-05-13", SIGNED), "The fisheries agreement is to be signed later this year."
    late = report("2020-09-01", line, outlet="Coast News")
    (entry,) = entries(
        [
            *made.told(doc, made.agreement(doc, SIGNED, "signed", date="2020-05-12")),
            *made.told(late, made.agreement(late, line, "signed", status="planned", date="2020")),
        ],
        PAIR,
    )
    assert [c.about for c in entry.contradictions] == ["signed"]


def test_an_event_that_tells_a_step_again_is_no_deed_of_its_own():
    doc = report("2020-05-13", SIGNED)
    told = made.told(
        doc, made.agreement(doc, SIGNED, "signed", date="2020-05-12"),
        made.event(doc, SIGNED, "signed", code="SUPPORT", actors=(Actor(country="NOR"), Actor(country="GHA")),
                   recipients=(), date="2020-05-12"),
    )  # fmt: skip
    (entry,) = entries(told, PAIR)
    assert (entry.kind, len(entry.records)) == ("agreement", 2)


@pytest.mark.parametrize(("two", "about"), [(150, ["figure"]), (101, []), (100, [])])
def test_figures_of_one_period_stand_side_by_side_and_disagree_beyond_rounding(two, about):
    line = "Trade of Norway and Ghana came to this in 2019."
    one, other = report("2020-02-01", line), report("2020-03-01", line, outlet="Coast News")
    told = made.told(one, made.measure(one, line, "this", 100))
    (entry,) = entries([*told, *made.told(other, made.measure(other, line, "this", two))], PAIR)
    assert [c.about for c in entry.contradictions] == about


def test_two_counts_of_papers_are_a_contradiction_of_counts_whoever_made_the_record():
    four, six = "Four documents were signed on 12 May.", "Six documents were signed on 12 May."
    one, two = report("2020-05-13", four), report("2020-05-13", six, outlet="Coast News")
    papers = {"type": "documents", "subjects": ("general",), "date": "2020-05-12", "aggregate": True}
    count = {"quantity": "documents_signed", "unit": "documents", "period": "2020-05-12"}
    told = made.told(one, made.agreement(one, four, "signed", count=4, **papers))
    (entry,) = entries([*told, *made.told(two, made.measure(two, six, "Six", 6, **count))], PAIR)
    assert (entry.kind, [c.about for c in entry.contradictions]) == ("figure", ["count"])


def test_a_denial_joins_the_claim_and_contradicts_it():
    claim = "Norway's trawlers entered the bay on 3 May, Ghana said."
    denial = "Norway's trawlers did not enter the bay on 3 May."
    one, two = report("2020-05-04", claim), report("2020-05-05", denial, outlet="Coast News")
    deed = {"code": "MOBILIZE", "date": "2020-05-03"}
    (entry,) = entries(
        [
            *made.told(one, made.event(one, claim, "entered", **deed)),
            *made.told(two, made.event(two, denial, "enter", status="denied", **deed)),
        ],
        PAIR,
    )
    assert [c.about for c in entry.contradictions] == ["held"]


def test_near_copies_of_one_story_count_as_one_witness():
    first, again = planned(), planned(outlet="Coast News")
    story = first[0].source.story
    copied = [structs.replace(t, source=structs.replace(t.source, story=story)) for t in again]
    (entry,) = entries([*first, *copied], PAIR)
    assert (entry.independent, len(entry.witnesses), len(entry.reports)) == (1, 1, 2)
    (apart,) = entries([*first, *again], PAIR)
    assert apart.independent == 2


def test_what_a_person_joins_is_one_and_what_a_person_parts_is_two():
    one, two = report("2020-05-12", TALKS), report("2020-05-20", TALKS, outlet="Coast News")
    a, b = made.meeting(one, TALKS, "talks", start="2020-05-12"), made.meeting(two, TALKS, "talks", start="2020-05-19")
    both = [*made.told(one, a), *made.told(two, b)]
    key = frozenset({frozenset({a.id, b.id})})
    (entry,) = entries(both, PAIR, Rulings(joined=key))
    assert entry.joins[0].rule == "a person joined them"
    (whole,) = entries([*planned(), *held()], PAIR)
    apart = entries([*planned(), *held()], PAIR, Rulings(parted=frozenset({frozenset(whole.records)})))
    assert len(apart) == 2


def test_events_that_a_person_parts_from_an_agreement_or_from_one_another_are_no_longer_with_it():
    doc = report("2020-05-13", SIGNED)
    sides = {"actors": (Actor(country="NOR"), Actor(country="GHA")), "recipients": (), "date": "2020-05-12"}
    paper = made.agreement(doc, SIGNED, "signed", date="2020-05-12")
    one = made.event(doc, SIGNED, "signed", code="SUPPORT", **sides)
    two = made.event(doc, SIGNED, "agreement", code="AGREE", **sides)
    told = made.told(doc, paper, one, two)
    for pair in ({paper.id, one.id}, {one.id, two.id}):
        found = entries(told, PAIR, Rulings(parted=frozenset({frozenset(pair)})))
        assert not any(pair <= set(e.records) for e in found)
        assert sorted(r for e in found for r in e.records) == sorted(t.record.id for t in told)


def test_an_event_that_a_person_joins_with_an_agreement_of_another_report_goes_with_it():
    doc, line = report("2020-05-13", SIGNED), "Norway and Ghana shook hands on fish."
    other = report("2020-05-14", line, outlet="Coast News")
    paper = made.agreement(doc, SIGNED, "signed", date="2020-05-12")
    hands = made.event(other, line, "shook", code="COOPERATE")
    told = [*made.told(doc, paper), *made.told(other, hands)]
    assert len(entries(told, PAIR)) == 2
    (entry,) = entries(told, PAIR, Rulings(joined=frozenset({frozenset({paper.id, hands.id})})))
    assert entry.kind == "agreement"
