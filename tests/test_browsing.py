"""Pages of records, facets and counts are those of the records that count, in an order that stays."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from bilateral import browsing, query
from bilateral.browsing import OverdueError, Pulse, Timed
from bilateral.errors import CallError
from bilateral.model import Question
from bilateral.store import Store

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("made", HERE / "store" / "made.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def path(tmp_path, made):
    path = tmp_path / "relations.db"
    with Store.open(path) as store:
        store.write(made.batch(*map(made.text_of, range(5))))
        store.write(made.batch(made.text_of(7), uri="seventh-{n}.txt", a="VNM", b="JPN"))
    return path


@pytest.fixture
def store(path):
    with Timed.open(path, create=False, read_only=True) as store:
        yield store


QUESTIONS = (
    Question(), Question(kinds=("event",)), Question(dyad=("RUS", "KHM")), Question(dyad=("JPN",)),
    Question(kinds=("visit",), statuses=("happened",)), Question(types=("agree",)), Question(claimed_by="Kalivia Wire"),
    Question(since="2019-03", kinds=("agreement",)), Question(until="2018", kinds=("measure",)),
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_pages_together_are_what_the_question_gives(store, question):
    whole = query.records(store, question)
    some = [browsing.page(store, question, offset=at, limit=4) for at in range(0, 60, 4)]
    ids = [r.id for a in some for r in a.records]
    assert len(ids) == len(set(ids)) == some[0].total
    assert set(ids) == {r.id for r in whole.records} | ({r.id for r in whole.undated} if not question.since else set())
    assert {r.id for a in some for r in a.reports} == {r.id for r in whole.reports}


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_the_counts_of_a_facet_add_up_to_the_records_that_have_the_field(store, question):
    total = browsing.page(store, question).total
    found = {facet.field: facet.values for facet in browsing.facets(store, question)}
    assert sum(n for _, n in found["status"]) == total
    assert all(sum(n for _, n in values) <= total for values in found.values())


def test_a_newer_text_takes_the_place_of_the_older_one(path, made):
    with Store.open(path) as store:
        before = browsing.page(store, Question(kinds=("event",))).total
        store.write(made.batch(made.text_of(11), uri="talks-0.txt"))
        assert browsing.page(store, Question(kinds=("event",))).total == before
        assert browsing.reports(store)[1] == 6


def test_reports_come_newest_first_and_only_those_of_the_pair(store):
    some, total = browsing.reports(store, dyad=("VNM", "JPN"))
    assert (total, [r.uri for r in some]) == (1, ["seventh-0.txt"])
    everything, total = browsing.reports(store, limit=3)
    assert (len(everything), total) == (3, 6)


def test_events_are_counted_by_month_and_code(store):
    assert browsing.months(store, Question(dyad=("RUS", "KHM"))) == [("2019-03", "AGREE", 5)]


def test_the_day_from_which_the_newest_are_shown_is_that_of_the_last_of_them(store):
    assert browsing.since_when(store, ("RUS", "KHM"), 10_000) is None
    day = browsing.since_when(store, ("RUS", "KHM"), 5)
    assert day is not None
    assert browsing.page(store, Question(dyad=("RUS", "KHM"), since=day)).total >= 5


@pytest.mark.parametrize(
    "question",
    [Question(statuses=("sad",)), Question(since="soon"), Question(since="2020", until="2010"),
     Question(dyad=("A", "B", "C")), Question(claimed_by="…")],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(store, question):
    with pytest.raises(CallError):
        browsing.page(store, question)


def test_a_question_is_broken_off_when_its_time_is_up(store, monkeypatch):
    monkeypatch.setattr(browsing, "_STEPS", 1)
    store.seconds = -1.0
    with pytest.raises(OverdueError):
        browsing.page(store, Question())
    store.seconds = 60.0
    assert browsing.page(store, Question()).total


def test_the_pulse_changes_with_every_commit_and_with_nothing_else(path, made):
    pulse = Pulse(path)
    first = pulse.now()
    with Store.open(path) as store:
        query.counts(store)
        assert pulse.now() == first
        store.write(made.batch(made.text_of(20), uri="new-{n}.txt"))
        second = pulse.now()
        store.write(made.batch(made.text_of(21), uri="newer-{n}.txt"))
        assert len({first, second, pulse.now()}) == 3
    pulse.close()


def test_the_words_of_a_report_come_with_what_was_not_parsed(store):
    report = browsing.reports(store)[0][0]
    paper = browsing.paper(store, report)
    assert paper.document.text.startswith("Harbour talks")
    assert set(paper.unparsed) == set(paper.document.content)
