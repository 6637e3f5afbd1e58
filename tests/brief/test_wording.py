"""Dates, actors, amounts and records in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilateral import ontology, query
from bilateral.brief import sentences, wording
from bilateral.model import Actor, Agreement, Change, Event, Evidence, Statement, Visit
from bilateral.text import Dated

HERE = (Evidence("sentence", "d", 0, 1, "x"),)
COMMON = {"by": "hand/1", "score": 1.0, "evidence": HERE}
RUS, KHM = Actor(country="RUS"), Actor(country="KHM")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2019-07-03", "3 July 2019"), ("2019-07", "July 2019"), ("2019", "2019"),
        ("XXXX-07-03", "3 July, year unknown"),
        ("2005/2014", "2005 to 2014"), ("2024-01/2024-03", "January to March 2024"), ("2016/..", "since 2016"),
        ("../2020", "until 2020"), ("2019-07-03/2019-07-05", "3 to 5 July 2019"), ("2020-23", "autumn 2020"),
        ("2019-06-30/2019-07-02", "30 June to 2 July 2019"),
        ("2018-12-30/2019-01-02", "30 December 2018 to 2 January 2019"),
        ("2019-03~", "about March 2019"), ("201X", "year unknown"), (None, "date unknown"),
    ],
)  # fmt: skip
def test_a_date_is_worded(edtf, words):
    assert wording.day(edtf) == words


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        (Actor(country="RUS"), "Russia"),
        (Actor(country="IGO:ASEAN"), "Association of Southeast Asian Nations"),
        (Actor(country="RUS", name="Ilya Morov", role="Russian Ambassador to Cambodia"),
         "Russian Ambassador to Cambodia Ilya Morov"),
        (Actor(country="KHM", name="Sok Dara", role="General"), "Cambodian General Sok Dara"),
        (Actor(country="KHM", name="Sok Dara"), "Sok Dara (Cambodia)"),
        (Actor(country="RUS", role="the delegation"), "Russian delegation"),
        (Actor(country="VNM", role="the two countries"), wording.name("VNM")),
        (Actor(role="prison department"), "prison department"),
        (Actor(), "a source without a name"),
    ],
)  # fmt: skip
def test_an_actor_is_worded(actor, words):
    assert wording.actor(actor) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("2.02E+8", "202 million"), ("1500000000", "1.5 billion"), ("650000", "650,000"), ("21.50", "21.5"),
     ("166.255144E+6", "166.255144 million"), ("-4800000000", "-4.8 billion"), ("0.1", "0.1")],
)  # fmt: skip
def test_a_number_keeps_every_digit(value, words):
    assert wording.number(Decimal(value)) == words


def test_a_change_by_a_factor_is_a_fold():
    assert wording.change(Change(value=Decimal(2), unit="times", direction="up", base="2021")) == "up 2-fold on 2021"


@pytest.mark.parametrize(
    ("status", "words"),
    [("happened", "Russia held talks with Cambodia"), ("planned", "planned: Russia to hold talks with Cambodia"),
     ("ongoing", "under way: Russia is holding talks with Cambodia"),
     ("denied", "denied: Russia held talks with Cambodia")],
)  # fmt: skip
def test_an_event_is_worded_by_its_status(status, words):
    event = Event(**COMMON, code="CONSULT", actors=(RUS,), recipients=(KHM,), status=status)
    assert sentences.worded(event) == words


def test_every_plover_code_and_mode_has_a_phrase():
    for code, root in ontology.plover().roots.items():
        for mode in (None, *root.modes):
            for recipients in ((), (KHM,)):
                event = Event(**COMMON, code=code, mode=mode, actors=(RUS,), recipients=recipients)
                words = sentences.worded(event)
                assert words.startswith("Russia "), (code, mode)
                assert not set("|<>{}") & set(words)
                assert ("Cambodia" in words) == bool(recipients)


@pytest.mark.parametrize(
    ("stage", "status", "words"),
    [("signed", "happened", "signed"), ("signed", "planned", "to be signed"),
     ("negotiating", "ongoing", "under negotiation"),
     ("proposed", "proposed", "proposed"), ("in_force", "ongoing", "in force"), ("signed", "denied", "not signed"),
     ("ended", "planned", "to be ended"), ("signed", "cancelled", "not to be signed after all")],
)  # fmt: skip
def test_an_agreement_says_which_step_is_reached(stage, status, words):
    made = Agreement(**COMMON, type="mou", parties=("RUS", "KHM"), stage=stage, status=status)
    assert sentences.worded(made, ("KHM", "RUS")) == f"memorandum of understanding: {words}"


def test_an_agreement_names_its_parties_where_they_do_not_go_without_saying():
    made = Agreement(**COMMON, type="fta", parties=("RUS", "KHM"), stage="signed", subjects=("trade",))
    assert sentences.worded(made) == "free trade agreement on trade between Russia and Cambodia: signed"


def test_a_journey_says_whereto_and_who_received():
    guest = Actor(country="KHM", name="Sok Dara", role="General")
    host = Actor(country="RUS", name="I. Morov", role="Minister")
    made = Visit(**COMMON, visit_kind="official_visit", visitors=(guest,), hosts=(host,), place="Moscow")
    words = "official visit of Cambodian General Sok Dara to Moscow, received by Russian Minister I. Morov"
    assert sentences.worded(made) == words


def test_a_quotation_in_pieces_shows_where_it_is_split():
    pieces = (Evidence("content", "d", 0, 2, "We"), Evidence("content", "d", 9, 11, "go"))
    made = Statement(by="hand/1", score=1.0, evidence=pieces, speaker=RUS, content="We go", mode="direct", cue="said")
    assert sentences.said(made) == "“We … go”"


def test_a_source_says_how_its_date_is_known_where_that_is_not_plain(store):
    report = next(r for r in query.reports(store) if r.publisher == "TASS")
    assert report.published == Dated(
        value="2019-07-03", how="inferred", stated="XXXX-07-03", candidates=("2013-07-03", "2019-07-03"),
        reasons=("the dateline says 3 July without a year", "2019 is the earliest after 2018"),
    )  # fmt: skip
    assert wording.source(report) == "TASS, 3 July 2019 (inferred), “Envoy speaks of livelier trade”"



@pytest.mark.parametrize(
    ("code", "mode", "cameo", "trigger", "words"),
    [
        ("SUPPORT", None, "051", "thanked", "Cambodia thanked Russia"),
        ("SUPPORT", None, "051", "praised", "Cambodia praised Russia"),
        ("SUPPORT", None, "051", "stood", "Cambodia stood by Russia"),
        ("SUPPORT", None, "051", "cheered", "Cambodia thanked, praised or backed Russia"),
        ("CONSULT", "visit", "042", "consultations", "Cambodia held consultations with Russia"),
        ("CONSULT", "visit", "042", "visited", "Cambodia visited Russia"),
    ],
)
def test_an_event_is_worded_by_its_own_word_where_that_says_more_than_its_code(code, mode, cameo, trigger, words):
    evidence = (Evidence("trigger", "d", 0, len(trigger), trigger),)
    event = Event(by="hand/1", score=1.0, evidence=evidence, code=code, mode=mode, cameo=cameo, actors=(KHM,),
                  recipients=(RUS,))  # fmt: skip
    assert sentences.worded(event) == words


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("announced", "planned", "announced"), ("announced", "proposed", "proposed"), ("held", "happened", "held"),
        ("signed", "happened", "signed"), ("signed", "planned", "to be signed"), ("in_force", "ongoing", "in force"),
        ("negotiating", "ongoing", "under negotiation"), ("negotiating", "planned", "to be negotiated"),
        ("ratified", "denied", "not ratified"),
    ],
)  # fmt: skip
def test_a_step_of_a_life_is_worded(name, status, words):
    assert sentences.stage(name, status) == words
