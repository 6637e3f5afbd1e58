"""The ledger on tellings in other words: papers without their subject, things with a name, tolls, plans of the past."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilateral.ledger import entries
from bilateral.ledger.voices import owner_of
from bilateral.model import Actor
from tests.ledger import made

PAIR = ("GHA", "NOR")
DRILL = 'Ghana and Norway opened the exercise "Blue Reed 2021" near Tema.'
CLOSE = 'The exercise "Blue Reed" came to a close.'
PACT = "Norway and Ghana signed an accord on fisheries on Tuesday."
BARE = "The accord to which both set their hands on Monday is no door to anything."


def report(day, *lines, outlet="Kalivia Wire"):
    return made.document(list(lines), day, outlet)


def deed(doc, line, trigger, day):
    sides = {"actors": (Actor(country="NOR"), Actor(country="GHA")), "recipients": ()}
    return made.event(doc, line, trigger, code="COOPERATE", date=day, **sides)


def count(doc, line, value, **more):
    return made.measure(doc, line, str(value), value, **{"unit": "persons", "period": None, **more})


def test_a_paper_named_by_its_kind_alone_is_the_one_signed_that_week_and_its_other_day_a_contradiction():
    first, second = report("2022-05-18", PACT), report("2022-05-19", BARE, outlet="Coast News")
    told = made.told(first, made.agreement(first, PACT, "signed", date="2022-05-17"))
    told += made.told(second, made.agreement(second, BARE, "set", date="2022-05-16", subjects=("general",)))
    (entry,) = entries(told, PAIR)
    assert [c.about for c in entry.contradictions] == ["date"]


def test_a_paper_named_by_its_kind_alone_months_later_stays_apart():
    first, second = report("2022-05-18", PACT), report("2022-09-19", BARE, outlet="Coast News")
    told = made.told(first, made.agreement(first, PACT, "signed", date="2022-05-17"))
    told += made.told(second, made.agreement(second, BARE, "set", date="2022-09-18", subjects=("general",)))
    assert len(entries(told, PAIR)) == 2


def test_the_first_and_the_last_day_of_a_thing_with_a_name_are_one_deed_without_a_contradiction():
    first, second = report("2021-03-02", DRILL), report("2021-03-13", CLOSE, outlet="Coast News")
    told = made.told(first, deed(first, DRILL, "opened", "2021-03-02"))
    told += made.told(second, deed(second, CLOSE, "close", "2021-03-12"))
    (entry,) = entries(told, PAIR)
    assert entry.contradictions == ()


def test_two_exercises_of_other_names_are_two():
    line = 'Ghana and Norway opened the exercise "Red Heron" near Tema.'
    first, second = report("2021-03-02", DRILL), report("2021-03-13", line, outlet="Coast News")
    told = made.told(first, deed(first, DRILL, "opened", "2021-03-02"))
    told += made.told(second, deed(second, line, "opened", "2021-03-12"))
    assert len(entries(told, PAIR)) == 2


def test_troops_of_one_named_exercise_are_counted_side_by_side():
    some, many = "Some 450 soldiers take part.", "In all 700 troops were there."
    first, second = report("2021-03-02", DRILL, some), report("2021-03-13", CLOSE, many, outlet="Coast News")
    told = made.told(first, deed(first, DRILL, "opened", "2021-03-02"), count(first, some, 450, quantity="troops"))
    told += made.told(second, deed(second, CLOSE, "close", "2021-03-12"), count(second, many, 700, quantity="troops"))
    (figure,) = (e for e in entries(told, PAIR) if e.kind == "figure")
    assert [c.about for c in figure.contradictions] == ["count"]


@pytest.mark.parametrize(("bound", "about"), [("at_least", []), (None, ["count"])])
def test_a_toll_of_at_least_three_may_rise_to_seven(bound, about):
    low, high = "At least 3 people died.", "The dead now number 7."
    first, second = report("2021-03-02", low), report("2021-03-03", high, outlet="Coast News")
    told = made.told(first, count(first, low, 3, quantity="casualties", period="2021-03-01", bound=bound))
    told += made.told(second, count(second, high, 7, quantity="casualties", period="2021-03-01"))
    (figure,) = entries(told, PAIR)
    assert [c.about for c in figure.contradictions] == about


def test_a_signing_that_had_been_due_on_a_day_gone_by_contradicts_nothing():
    due = "The accord on fisheries had been due to be signed on Monday."
    first, second = report("2022-05-18", PACT), report("2022-05-19", due, outlet="Coast News")
    told = made.told(first, made.agreement(first, PACT, "signed", date="2022-05-17"))
    told += made.told(second, made.agreement(second, due, "signed", date="2022-05-16", status="planned"))
    (entry,) = entries(told, PAIR)
    assert entry.contradictions == ()


def test_extended_and_days_later_still_to_be_extended_is_a_contradiction():
    done, ahead = "The two extended the accord on fisheries.", "The accord on fisheries has yet to be extended."
    first, second = report("2022-05-18", done), report("2022-05-21", ahead, outlet="Coast News")
    told = made.told(first, made.agreement(first, done, "extended", stage="extended", date="2022-05-17"))
    told += made.told(second, made.agreement(second, ahead, "extended", stage="extended", status="planned"))
    (entry,) = entries(told, PAIR)
    assert [c.about for c in entry.contradictions] == ["signed"]


def test_a_visit_called_off_before_its_day_joins_the_one_announced():
    ahead, off = "Raknes will visit Accra on 20 May.", "Raknes has called off her visit to Accra."
    first, second = report("2022-05-10", ahead), report("2022-05-18", off, outlet="Coast News")
    told = made.told(first, made.visit(first, ahead, "visit", start="2022-05-20", status="planned"))
    told += made.told(second, made.visit(second, off, "visit", status="cancelled"))
    (entry,) = entries(told, PAIR)
    assert [s.stage for s in entry.life if s.status == "cancelled"] == ["cancelled"]


def test_one_report_that_has_one_meeting_off_and_one_held_tells_of_two():
    off, on = "Raknes dropped her trip.", "Raknes met Asante on Monday."
    doc = report("2022-05-18", off, on)
    told = made.told(doc, made.meeting(doc, off, "trip", status="cancelled", start="2022-05-16"),
                     made.meeting(doc, on, "met", start="2022-05-16"))  # fmt: skip
    assert len(entries(told, PAIR)) == 2


def test_talks_that_go_on_since_their_opening_are_one_step():
    line, again = "Talks on the accord opened in March 2021.", "The accord is under discussion since 2021."
    first, second = report("2022-05-18", line), report("2022-05-19", again, outlet="Coast News")
    told = made.told(first, made.agreement(first, line, "opened", stage="negotiating", date="2021-03"))
    going = made.agreement(second, again, "discussion", stage="negotiating", status="ongoing", date="2021")
    told += made.told(second, going)
    (entry,) = entries(told, PAIR)
    assert [(s.stage, s.date) for s in entry.life] == [("negotiating", "2021-03")]


@pytest.mark.parametrize(
    ("publisher", "code"),
    [("Ghanaian Foreign Ministry", "GHA"), ("Norwegian Embassy in Accra", "NOR"), ("Embassy of Peru in Ghana", "PER"),
     ("Coast News", None), ("Salvation Army", None)],
)  # fmt: skip
def test_a_ministry_and_an_embassy_speak_for_their_state(publisher, code):
    assert owner_of(publisher, "2022-05-18") == code


def test_thousands_of_figures_of_one_period_keep_their_contradiction():
    told = []
    for n in range(200):
        line = f"Trade was worth {1000 + 7 * n} million."
        doc = report("2020-05-18", line, outlet=f"Outlet {n}")
        told += made.told(doc, made.measure(doc, line, str(1000 + 7 * n), 1000 + 7 * n))
    (entry,) = entries(told, PAIR)
    (found,) = entry.contradictions
    assert len(found.records) == 200
    assert found.text.startswith(f"{Decimal(1000):f} against")


def test_an_agreement_stays_open_while_a_signing_lies_ahead_of_an_agreed_text():
    line, ahead = "The accord on fisheries was agreed.", "The accord on fisheries is to be signed."
    first, second = report("2022-05-18", line), report("2022-05-19", ahead, outlet="Coast News")
    told = made.told(first, made.agreement(first, line, "agreed", stage="agreed"))
    told += made.told(second, made.agreement(second, ahead, "signed", status="planned"))
    (entry,) = entries(told, PAIR)
    assert entry.is_open
    third = report("2022-06-18", PACT, outlet="Fjord Post")
    told += made.told(third, made.agreement(third, PACT, "signed", date="2022-06-17"))
    (entry,) = entries(told, PAIR)
    assert not entry.is_open


def test_two_papers_of_other_kinds_and_names_in_one_report_are_two():
    lines = "Ghana and Norway will sign a memorandum on mine clearance.", "They will sign a pact on naval training."
    doc, ahead = report("2022-05-18", *lines), {"status": "planned", "subjects": ("defence",)}
    one = made.agreement(doc, lines[0], "sign", type="mou", title="memorandum on mine clearance", **ahead)
    two = made.agreement(doc, lines[1], "sign", title="pact on naval training", **ahead)
    assert len(entries(made.told(doc, one, two), PAIR)) == 2
