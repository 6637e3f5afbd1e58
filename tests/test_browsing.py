"""Pages of records, facets and counts are those of the records that count, in an order that stays."""

from __future__ import annotations

import importlib.util
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from bilateral import accounts, browsing, keeping, query
from bilateral.browsing import OverdueError, Pulse, Timed
from bilateral.desk import reviewing
from bilateral.errors import CallError
from bilateral.model import Actor, Question, Statement, identified, kind_of
from bilateral.store import Store
from bilateral.store.schema import documents

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
    assert sum(n for status, n in found["status"] if status in question.statuses or not question.statuses) == total
    assert all(sum(n for _, n in values) <= total for field, values in found.items() if field not in ("type", "status"))


def test_a_type_or_status_that_is_asked_for_can_be_changed_for_another(store):
    of = {f.field: dict(f.values) for f in browsing.facets(store, Question(types=("agree",), statuses=("happened",)))}
    every = {f.field: dict(f.values) for f in browsing.facets(store, Question(statuses=("happened",)))}
    assert of["type"] == every["type"]
    assert len(of["type"]) > 1


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


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_the_size_of_an_answer_is_the_number_of_its_records(store, question):
    assert browsing.size(store, question) == len(list(browsing.page(store, question, limit=500).records))


def test_records_are_found_by_their_ids_in_the_order_asked(store):
    ids = [r.id for r in browsing.page(store, Question(), limit=9).records]
    asked = [*reversed(ids), "0" * 16, ids[0]]
    found = browsing.of_ids(store, asked)
    assert [record.id for record, _ in found] == list(reversed(ids))
    assert found == [query.record(store, key) for key in reversed(ids)]


def test_what_is_rejected_or_older_is_not_counted(path, made):
    with Store.open(path) as store:
        before = browsing.size(store, Question(kinds=("event",)))
        store.write(made.batch(made.text_of(11), uri="talks-0.txt"))
        event = query.records(store, Question(kinds=("event",))).records[0]
        reviewing.reject(store, event.id, who="ann", when="2024-01-01T00:00:00Z")
        assert browsing.size(store, Question(kinds=("event",))) == before - 1


def test_the_newest_of_each_kind_come_with_how_many_there_are(store):
    most = {"event": 2, "visit": 1, "statement": 3, "measure": 1, "agreement": 1, "role": 1}
    answer, totals = browsing.newest(store, Question(dyad=("RUS", "KHM"), statuses=("happened",)), most)
    held = Counter(kind_of(r) for r in answer.records)
    assert (held["event"], held["statement"], totals["event"], totals["statement"]) == (2, 3, 5, 5)
    assert answer.total == sum(totals.values()) > len(answer.records)
    assert {r.id for r in answer.reports} == {r.doc for r in answer.records}


def test_where_there_are_few_all_are_given_in_the_order_of_a_question(store):
    whole = query.records(store, Question(dyad=("RUS", "KHM")))
    answer, _ = browsing.newest(store, Question(dyad=("RUS", "KHM")), {"event": 1}, whole=500)
    assert [r.id for r in answer.records] == [r.id for r in whole.records]


def test_the_other_tellings_of_a_thing_come_with_the_newest_one(path):
    with Store.open(path) as store:
        keeping.keep(store)
        visits = [r.id for r in query.records(store, Question(dyad=("RUS", "KHM"), kinds=("visit",))).records]
        found, _ = browsing.newest(store, Question(dyad=("RUS", "KHM")), {"visit": 1})
        entries = accounts.entries(store, dyad=("RUS", "KHM"), kinds=("contact",))
    told = next(e for e in entries if {r.id for r in found.records} & set(e.records))
    assert {r.id for r in found.records} >= set(told.records) & set(visits)
    assert len(told.records) > 1


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
    monkeypatch.setattr("bilateral.browsing.timed._STEPS", 1)
    store.seconds = -1.0
    with pytest.raises(OverdueError):
        browsing.page(store, Question())
    store.seconds = 60.0
    assert browsing.page(store, Question()).total


def test_who_waits_for_others_is_not_blamed_for_it(store, monkeypatch):
    monkeypatch.setattr("bilateral.browsing.timed._STEPS", 1)
    monkeypatch.setattr("bilateral.browsing.timed.PATIENCE", 1_000)
    store.seconds = 0.2
    with store.reading() as conn:
        time.sleep(0.3)
        assert conn.execute(select(documents.c.id)).all()


def test_a_question_that_waits_without_end_is_broken_off_too(store, monkeypatch):
    monkeypatch.setattr("bilateral.browsing.timed._STEPS", 1)
    monkeypatch.setattr("bilateral.browsing.timed.PATIENCE", 1)
    store.seconds = 0.05
    with pytest.raises(OverdueError):
        _waited(store)


def _waited(store):
    with store.reading() as conn:
        time.sleep(0.1)
        conn.execute(select(documents.c.id)).all()


def test_the_languages_of_reports_are_told(store):
    some, _ = browsing.reports(store, limit=2)
    assert browsing.languages(store, [r.id for r in some]) == {r.id: r.lang for r in some}


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


def test_what_the_start_counts_is_what_questions_count(path, made):
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(11), uri="talks-0.txt"))
        event = query.records(store, Question(kinds=("event",), dyad=("RUS", "KHM"))).records[0]
        reviewing.reject(store, event.id, who="ann", when="2024-01-01T00:00:00Z")
        counts = query.counts(store)
        found = browsing.counts(store)
        assert found["events"] == counts["events"] - 1
        assert {k: v for k, v in found.items() if k != "events"} == {k: counts[k] for k in found if k != "events"}


def test_only_statements_that_speak_of_an_interview_are_looked_through(tmp_path, made):
    doc = made.document("Talks\nIn an interview, Moraw said trade grew.\nMoraw said more.")
    lines = doc.text.split("\n")
    said = [
        identified(Statement(
            by="hand/1", score=0.9, evidence=(made.at(doc, "sentence", line),), speaker=Actor(country="RUS"),
            content=line, mode="indirect",
        ))
        for line in lines[1:]
    ]  # fmt: skip
    with Store.open(tmp_path / "interviews.db") as store:
        store.write(made.one(doc, *said))
        assert [r.id for r in browsing.interviews(store, (), [doc.id])] == [said[0].id]
        assert [r.id for r in browsing.interviews(store, ("RUS",), [doc.id])] == [said[0].id]
        assert browsing.interviews(store, ("KHM",), [doc.id]) == []
