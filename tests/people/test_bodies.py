"""Bodies across reports: spellings of one are joined with reasons, other states and kinds kept apart, in any order."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bilateral import cli
from bilateral.model import Actor, Event, Role, Statement, evidence, identified
from bilateral.people.bodies import bodies, naming
from bilateral.store import Store
from tests.people.test_people import REPORTS
from tests.store.made import document, one

PAIRS = tomllib.loads((Path(__file__).parents[1] / "cases" / "bodies.toml").read_text(encoding="utf-8"))["pair"]


def said(doc, name, country=None):
    at = (evidence(document(name, id=doc), "content", 0, len(name)),)
    actor = Actor(country=country, name=name, level="ORG")
    return identified(Statement(by="hand/1", score=0.9, evidence=at, speaker=actor, content=name, mode="indirect"))


def did(doc, name, country=None):
    at = (evidence(document(name, id=doc), "trigger", 0, len(name)),)
    actor = Actor(country=country, name=name, level="ORG")
    return identified(Event(by="hand/1", score=0.9, evidence=at, code="CONSULT", actors=(actor,)))


SOME = (
    said("a", "Cambodian foreign ministry"), said("b", "MFA", "KHM"), did("c", "the Foreign Ministry in Phnom Penh"),
    said("a", "Russian Foreign Ministry"), said("b", "Foreign Ministry"), said("c", "Foreign Ministry"),
    said("d", "ministry", "KHM"), said("e", "ministry", "KHM"), did("e", "United States", "USA"),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p['one']} | {p['two']}")
def test_two_spellings_name_one_body_or_two(pair):
    one, two = naming(pair["one"], pair.get("one_of")), naming(pair["two"], pair.get("two_of"))
    assert ((one.country, one.name) == (two.country, two.name)) is pair["same"], (one, two)


def test_a_body_has_what_it_said_and_did_its_days_and_why_it_was_joined():
    (body,) = [b for b in bodies(SOME, REPORTS) if len(b.spellings) > 1]
    assert (body.country, len(body.statements), len(body.acts)) == ("KHM", 4, 1)
    assert (body.first, body.last, body.reports) == ("2019-03-06", "2021-01-10", ("a", "b", "c"))
    tied = "the one foreign ministry that its report names, of KHM"
    assert {reason for _, reason in body.joins} == {"the foreign ministry of KHM", tied}


def test_vague_words_join_nothing_in_another_report():
    found = bodies(SOME, REPORTS)
    assert [b.reports for b in found if b.name == "ministry"] == [("d",), ("e",)]
    assert all("Foreign Ministry" not in b.spellings for b in found if b.country == "RUS")


def test_vague_words_stay_alone_where_their_report_names_two_that_they_may_mean():
    some = tuple(said("a", n) for n in ("Cambodian foreign ministry", "Russian Foreign Ministry", "Foreign Ministry"))
    assert sorted(b.spellings for b in bodies(some, REPORTS) if b.country is None) == [("Foreign Ministry",)]


@pytest.mark.parametrize(
    ("alias", "state", "plain"),
    [
        ("Pentagon", "USA", "US Defense Department"), ("State Department", "USA", "US foreign ministry"),
        ("Foggy Bottom", None, "US State Department"), ("Whitehall", "GBR", "British government"),
        ("Quai d'Orsay", None, "French foreign ministry"), ("Kremlin", "RUS", "Russian Presidential Administration"),
        ("Bundestag", None, "German parliament"), ("Verkhovna Rada", None, "Ukrainian parliament"),
    ],
)  # fmt: skip
def test_a_listed_name_or_seat_is_the_body_that_it_stands_for(alias, state, plain):
    one, two = naming(alias, state), naming(plain)
    assert (one.country, one.name) == (two.country, two.name)


def test_a_listed_name_of_another_state_is_not_meant():
    assert naming("Foreign Office", "DEU").country == "DEU"


def test_a_spokesperson_speaks_for_the_body():
    doc = document("Orlova said so.", id="a")
    at = (evidence(doc, "content", 0, 6),)
    speaker = Actor(country="RUS", name="Olga Orlova", role="Russian Foreign Ministry spokeswoman", level="SPOX")
    made = identified(
        Statement(by="hand/1", score=0.9, evidence=at, speaker=speaker, content="so", mode="indirect")
    )
    (body,) = bodies((made,), REPORTS)
    assert (body.country, body.people, len(body.statements)) == ("RUS", ("Olga Orlova",), 1)


def test_an_office_of_a_body_names_its_officer_and_makes_no_body_alone():
    doc = document("Head of the Russian Foreign Ministry Pavel Orlov", id="b")
    at = (evidence(doc, "office", 0, 4),)
    role = identified(
        Role(by="hand/1", score=0.9, evidence=at, person="Pavel Orlov", office="head", country="RUS",
             organisation="Russian Foreign Ministry")
    )  # fmt: skip
    assert bodies((role,), REPORTS) == ()
    (body,) = bodies((role, said("a", "Russian MFA")), REPORTS)
    assert (body.people, body.spellings) == (("Pavel Orlov",), ("Russian MFA",))


def test_a_state_is_no_body():
    assert all(b.country != "USA" for b in bodies(SOME, REPORTS))


@given(st.permutations(SOME))
def test_records_in_any_order_give_the_same_bodies(records):
    assert bodies(records, REPORTS) == bodies(SOME, REPORTS)


@pytest.mark.parametrize("form", ["text", "md", "json", "csv"])
def test_bodies_and_one_body_are_printed_in_every_form(tmp_path, monkeypatch, form):
    monkeypatch.setenv("BILATERAL_STORE", str(tmp_path / "relations.db"))
    with Store.open(tmp_path / "relations.db") as opened:
        for n, name in enumerate(("Cambodian foreign ministry", "Foreign Ministry of Cambodia")):
            doc = document(f"Talks {n}\n{name} said that trade grew.", f"{n}.txt")
            where = (evidence(doc, "content", len(doc.text) - 11, len(doc.text) - 1),)
            actor = Actor(country="KHM", name=name, level="ORG")
            words = "trade grew"
            made = Statement(by="hand/1", score=0.9, evidence=where, speaker=actor, content=words, mode="indirect")
            opened.write(one(doc, identified(made), on="2019-03-06"))
    listed = CliRunner().invoke(cli.app, ["people", "KHM", "--bodies", "--form", form])
    shown = CliRunner().invoke(cli.app, ["person", "Cambodian MFA", "--form", form])
    for result in (listed, shown):
        assert result.exit_code == 0, result.output
        assert "1 body" in result.stderr
        assert "Cambodian foreign ministry" in result.stdout
