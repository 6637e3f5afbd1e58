"""People across reports: joins and why, people of one name kept apart, offices over time, the same in any order."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bilateral import cli, desk
from bilateral.errors import CallError
from bilateral.model import Actor, Report, Role, Statement, evidence, identified
from bilateral.people import named, people
from bilateral.people.joining import Sighting, groups
from bilateral.store import Store
from bilateral.text import Dated
from tests.store.made import document, one

DAYS = {"a": "2019-03-06", "b": "2020-05-01", "c": "2021-01-10", "d": "2021-01-10", "e": None}


def report(doc: str) -> Report:
    return Report(
        id=doc, uri=f"{doc}.txt", title=None, publisher="Bay Post", published=Dated(value=DAYS[doc]), place=None,
        lang="en", author=None, characters=9, parsed=9, records=1,
    )  # fmt: skip


REPORTS = MappingProxyType({doc: report(doc) for doc in DAYS})


def at(doc, text):
    return (evidence(document(text, id=doc), "office", 0, len(text)),)


def role(doc, name, level, country="RUS", **more):
    office = more.pop("office", level.lower())
    return identified(
        Role(by="hand/1", score=0.9, evidence=at(doc, office), person=name, office=office, country=country, level=level,
             as_of=DAYS[doc], **more)
    )  # fmt: skip


def said(doc, name, country="RUS", level=None, words="so it is"):
    actor = Actor(country=country, name=name, level=level)
    return identified(
        Statement(by="hand/1", score=0.9, evidence=at(doc, words), speaker=actor, content=words, mode="indirect")
    )


def known(*records):
    return people(records, REPORTS)


def spellings(found):
    return [sorted(s.name for s in p.spellings) for p in found]


def test_spellings_of_one_name_are_one_person_with_the_fullest_name():
    (person,) = known(
        role("a", "Dmitri Tsvetkov", "AMB"), role("b", "Dmitriy Sergeyevich Tsvetkov", "AMB"), said("c", "Tsvetkov"),
        said("d", "D. Tsvetkov"),
    )  # fmt: skip
    assert person.name == "Dmitriy Sergeyevich Tsvetkov"
    assert {s.name for s in person.spellings} >= {"Tsvetkov", "D. Tsvetkov", "Dmitri Tsvetkov"}
    assert sorted(person.reports) == ["a", "b", "c", "d"]
    assert all(join.reasons for join in person.joins)


def test_people_of_two_states_are_two():
    found = known(role("a", "Dmitri Tsvetkov", "AMB"), role("a", "Dmitri Tsvetkov", "MIN", "BGR"))
    assert {p.country for p in found} == {"BGR", "RUS"}
    assert all("of BGR and RUS" in p.apart[0].reasons for p in found)


def test_two_offices_on_one_day_that_nobody_holds_together_are_two_people():
    found = known(role("c", "Oleg Varenin", "FM"), role("d", "Oleg Varenin", "AMB"))
    assert len(found) == 2
    assert "AMB and FM on one day (2021-01-10)" in str(found[0].apart) + str(found[1].apart) or "FM and AMB" in str(
        [p.apart for p in found]
    )


def test_an_office_between_two_sightings_of_another_is_anothers():
    seen = [("2019-03-06", "AMB"), ("2019-05-01", "FM"), ("2019-07-01", "AMB")]
    found = groups(Sighting("Oleg Varenin", "RUS", (level,), day, day) for day, level in seen)
    assert [[s.day for s in g.sightings] for g in found] == [["2019-03-06", "2019-07-01"], ["2019-05-01"]]
    assert found[0].apart[0].reasons == ("AMB and FM at one time (2019-03-06 to 2019-07-01)",)


def test_an_envoy_who_was_a_deputy_minister_between_two_postings_is_one_person():
    seen = [("2012-03-06", "AMB"), ("2016-05-01", "DFM"), ("2020-07-01", "AMB")]
    assert len(groups(Sighting("Oleg Varenin", "RUS", (level,), day, day) for day, level in seen)) == 1


def test_one_office_after_the_other_is_one_person_with_a_history():
    (person,) = known(role("a", "Oleg Varenin", "AMB", accredited="KHM"), role("b", "Oleg Varenin", "FM"))
    assert [(h.level, h.since, h.until, h.accredited) for h in person.offices] == [
        ("AMB", "2019-03-06", "2019-03-06", "KHM"), ("FM", "2020-05-01", "2020-05-01", None)
    ]  # fmt: skip
    (source,) = person.offices[0].sources
    assert (source.report, source.text, source.day) == ("a", "amb", "2019-03-06")


def test_a_former_office_is_told_as_such_and_stands_last():
    (person,) = known(role("a", "Oleg Varenin", "MIN", standing="former"), role("a", "Oleg Varenin", "OFF"))
    assert [(h.level, h.standing) for h in person.offices] == [("OFF", "current"), ("MIN", "former")]


def test_wordings_of_one_office_are_one_entry():
    (person,) = known(
        role("a", "Oleg Varenin", "AMB", office="envoy to Laos"), role("b", "Oleg Varenin", "AMB", office="ambassador"),
        role("c", "Oleg Varenin", "AMB", office="ambassador"),
    )  # fmt: skip
    (held,) = person.offices
    assert (held.office, held.wordings, held.since, held.until) == (
        "ambassador", ("ambassador", "envoy to Laos"), "2019-03-06", "2021-01-10"
    )  # fmt: skip


def test_a_family_name_that_fits_two_people_stays_alone_and_says_so():
    found = known(role("a", "Dmitri Tsvetkov", "AMB"), role("b", "Anton Tsvetkov", "MIN"), said("c", "Tsvetkov"))
    assert spellings(found) == [["Anton Tsvetkov"], ["Dmitri Tsvetkov"], ["Tsvetkov"]]
    alone = next(p for p in found if p.name == "Tsvetkov")
    assert {a.name for a in alone.apart} == {"Anton Tsvetkov", "Dmitri Tsvetkov"}


def test_a_family_name_goes_by_state_and_office_to_the_one_it_fits():
    found = known(
        role("a", "Dmitri Tsvetkov", "AMB"), role("b", "Anton Tsvetkov", "MIN", "BGR"), role("c", "Tsvetkov", "AMB")
    )
    assert ["Dmitri Tsvetkov", "Tsvetkov"] in spellings(found)


def test_a_family_name_without_state_and_office_joins_nobody():
    found = known(role("a", "Dmitri Tsvetkov", "AMB"), said("b", "Tsvetkov", None))
    assert len(found) == 2


def test_bodies_and_states_are_no_people():
    assert known(said("a", "Ministry of Ports", level="ORG"), said("b", None)) == ()


def test_a_name_as_a_user_writes_it_finds_its_people():
    some = known(role("a", "Dmitri Tsvetkov", "AMB"), role("b", "Anton Tsvetkov", "MIN"), role("c", "O. Varenin", "FM"))
    assert [p.name for p in named(some, "dmitry tsvetkov")] == ["Dmitri Tsvetkov"]
    assert {p.name for p in named(some, "Tsvetkov")} == {"Dmitri Tsvetkov", "Anton Tsvetkov"}
    assert named(some, "Belkin") == ()


NAMES = (
    "Dmitri Tsvetkov", "Dmitry Tsvetkov", "D. Tsvetkov", "Tsvetkov", "Anton Tsvetkov", "Dmitry Sergeyevich Tsvetkov",
    "Dmitry Andreyevich Tsvetkov", "Khalid Al-Mirri", "Khaled bin Saud Al Mirri", "Al-Mirri", "Prak Sovann", "Sovann",
)  # fmt: skip
SIGHTINGS = st.builds(
    Sighting, name=st.sampled_from(NAMES), country=st.sampled_from(("", "RUS", "BGR", "KHM", "IGO:EU")),
    levels=st.sampled_from(((), ("AMB",), ("FM",), ("MIN",), ("SPOX",), ("HOG", "MIN"))),
    day=st.sampled_from(("", "2019-03-06", "2020-05-01", "2021-01-10")), doc=st.sampled_from("abcdef"),
)  # fmt: skip


@given(st.lists(SIGHTINGS, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(sightings, random):
    turned = list(sightings)
    random.shuffle(turned)
    assert groups(turned) == groups(sightings)


@given(st.lists(SIGHTINGS, max_size=14))
def test_every_sighting_is_in_one_group_and_no_group_has_two_states(sightings):
    found = groups(sightings)
    assert sorted(s for g in found for s in g.sightings) == sorted(set(sightings))
    for group in found:
        assert len({s.country for s in group.sightings if s.country and not s.country.startswith("IGO:")}) <= 1
        assert len(group.joins) <= len(group.sightings)


@given(st.permutations([
    role("a", "Dmitri Tsvetkov", "AMB"), role("b", "D. Tsvetkov", "AMB"), said("c", "Tsvetkov"),
    role("d", "Anton Tsvetkov", "MIN", "BGR"), said("e", "Dmitriy Tsvetkov"), role("b", "Dmitri Tsvetkov", "FM"),
]))  # fmt: skip
def test_records_in_any_order_give_the_same_people(records):
    assert known(*records) == known(*sorted(records, key=lambda r: r.id))


# On the command line and from Python.


@pytest.fixture
def store(tmp_path, monkeypatch):
    with Store.open(tmp_path / "relations.db") as opened:
        for n, (name, office) in enumerate([("Oleg Varenin", "ambassador"), ("O. Varenin", "deputy foreign minister")]):
            doc = document(f"Talks {n}\n{name}, {office}, said that trade grew.", f"{n}.txt")
            where = doc.text.index(office)
            level = ("AMB", "DFM")[n]
            made = identified(
                Role(by="hand/1", score=0.9, person=name, office=office, country="RUS", level=level,
                     evidence=(evidence(doc, "office", where, where + len(office)),))
            )  # fmt: skip
            spoken = identified(
                Statement(by="hand/1", score=0.9, speaker=Actor(country="RUS", name=name, role=office, level=level),
                          content="trade grew", mode="indirect", cue="said",
                          evidence=(evidence(doc, "content", len(doc.text) - 11, len(doc.text) - 1),))
            )  # fmt: skip
            opened.write(one(doc, made, spoken, on=("2019-03-06", "2021-05-01")[n]))
        monkeypatch.setenv("BILATERAL_STORE", str(opened.path))
        yield opened


def test_a_person_has_offices_over_time_and_what_was_said(store):
    ((person, *_), *_) = [[p.person, p.said] for p in desk.person(store, "varenin")]
    assert [(h.level, h.since) for h in person.offices] == [("AMB", "2019-03-06"), ("DFM", "2021-05-01")]
    (profile,) = desk.person(store, person.id[:6])
    assert [p.published for p in profile.said] == ["2021-05-01", "2019-03-06"]
    assert [p.name for p in desk.people(store, ["Russia"])] == ["Oleg Varenin"]
    assert desk.people(store, ["KHM"]) == ()
    with pytest.raises(CallError, match="bilateral people lists them"):
        desk.person(store, "Belkin")


@pytest.mark.parametrize("form", ["text", "md", "json", "csv"])
def test_people_and_a_person_are_printed_in_every_form(store, form):
    run = CliRunner()
    listed = run.invoke(cli.app, ["people", "RUS", "--form", form])
    assert listed.exit_code == 0, listed.output
    assert "Oleg Varenin" in listed.stdout.replace("\\", "")
    assert "1 person" in listed.stderr
    shown = run.invoke(cli.app, ["person", "Varenin", "--form", form])
    assert shown.exit_code == 0, shown.output
    for words in ("deputy foreign minister", "AMB", "1.txt"):
        assert words in shown.stdout.replace("\\", ""), words
    assert run.invoke(cli.app, ["person", "Belkin"]).exit_code == 2
