"""The mechanisms of a relationship: which rounds belong together, under which name, which was the last and the next."""

from __future__ import annotations

import pytest

from bilateral.brief.mechanisms import named, summary
from bilateral.brief.placing import Place
from bilateral.brief.sections import GROUPS, Placed
from bilateral.model import Actor, Evidence, Visit

RUS, KHM = Actor(country="RUS"), Actor(country="KHM")
AS_ON = "2022-06-30"
NAMED_AS = "Joint Commission on Trade and Fisheries"


def round_(start, words, status="happened", kind="joint_commission", topics=(), place=None):
    record = Visit(
        id=f"{start}{kind}", by="hand/1", score=1.0, evidence=(Evidence("sentence", "d", 0, len(words), words),),
        visit_kind=kind, visitors=(RUS,), hosts=(KHM,), start=start, status=status, topics=topics, place=place,
    )  # fmt: skip
    return Place(placed=Placed(5, "Held", record))


NAMED = round_("2021-08-31", "The Joint Commission on Trade and Fisheries held its 4th session.")
PLAIN = round_("2023-03", "The 5th session of the commission will be held in March.", "planned", place="Kampot")
POLICE = round_("2021-01-11", "Police officers held consultations.", kind="consultations", topics=("crime",))
BORDER = round_("2021-02-11", "They held consultations.", kind="consultations")


def test_rounds_of_one_commission_stand_under_its_fullest_name():
    (made,) = named([PLAIN, NAMED])
    assert made == ("Joint Commission on Trade and Fisheries", [PLAIN, NAMED])


def test_consultations_on_other_matters_are_other_mechanisms():
    names = [name for name, _ in named([POLICE, BORDER, NAMED])]
    assert sorted(names) == ["Consultations", "Consultations on action against crime", NAMED_AS]


def test_a_dialogue_goes_by_the_name_that_the_report_gives():
    talk = round_("2021-02-11", "They held the Inland Waters Dialogue for the third time.", kind="consultations")
    assert [name for name, _ in named([talk])] == ["Inland Waters Dialogue"]


def test_working_groups_stand_last_as_they_are_named():
    group = Place(placed=Placed(5, GROUPS, NAMED.placed.record, text="“working group on rice”"))
    assert [name for name, _ in named([group, NAMED])] == [NAMED_AS, GROUPS]


@pytest.mark.parametrize(
    ("rounds", "words"),
    [
        ([NAMED, PLAIN], "last round: 31 August 2021 (no. 4); next round: March 2023 (no. 5), Kampot"),
        ([NAMED], "last round: 31 August 2021 (no. 4)"),
        ([round_("2022-03", "It will meet.", "planned")],
         "next round: was planned for March 2022, not reported as held"),
        ([round_("2022-03", "It was to meet.", "cancelled")], ""),
        ([round_(None, "It met.")], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_the_last_and_the_next_round_are_told(rounds, words):
    assert summary(rounds, AS_ON) == words
