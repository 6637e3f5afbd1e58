"""Review as functions: decisions in a user's words, files of corrections and back, agreement, what `show` tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bilateral
from bilateral import desk, pipeline, query
from bilateral.desk import reviewing
from bilateral.errors import CallError
from bilateral.model import Question, kind_of
from bilateral.store import Store
from tests.brief import made

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "reports" / "103.txt"
ANN = {"who": "ann", "when": "2026-01-01T10:00:00Z"}
BOB = {"who": "bob", "when": "2026-01-01T11:00:00Z"}


@pytest.fixture
def store(tmp_path):
    with Store.open(made.fill(tmp_path / "made.db")) as store:
        yield store


@pytest.fixture
def ids(store):
    """The ids of the records of the store, by kind, in order."""
    found: dict[str, list[str]] = {}
    for record in query.records(store, Question()):
        found.setdefault(kind_of(record), []).append(record.id)
    return found


def record(store, key):
    return query.record(store, key)[0]


# Decisions.


def test_states_may_be_named_in_words_and_dates_written_out(store, ids):
    key = ids["visit"][0]
    reviewing.correct(store, key, "hosts.0.country", "France", **ANN)
    reviewing.correct(store, key, "start", "5 March 2019", **BOB)
    assert record(store, key).hosts[0].country == "FRA"
    assert record(store, key).start == "2019-03-05"
    reviewing.correct(store, ids["measure"][0], "parties", "Russia, Viet Nam", **ANN)
    assert record(store, ids["measure"][0]).parties == ("RUS", "VNM")


def test_a_correction_of_a_place_in_a_field_builds_on_the_corrections_before(store, ids):
    key = ids["visit"][0]
    reviewing.correct(store, key, "visitors.0.country", "FRA", **ANN)
    reviewing.correct(store, key, "visitors.0.name", "Ilja Moraw", **BOB)
    assert (record(store, key).visitors[0].country, record(store, key).visitors[0].name) == ("FRA", "Ilja Moraw")


def test_a_wrong_value_writes_nothing(store, ids):
    with pytest.raises(CallError, match="visit status takes one of happened"):
        reviewing.correct(store, ids["visit"][0], "status", "done", **ANN)
    with pytest.raises(CallError, match="expected a state or organisation"):
        reviewing.correct(store, ids["visit"][0], "hosts.0.country", "Ruritania", **ANN)
    with pytest.raises(CallError, match="cannot be read"):
        reviewing.correct(store, ids["visit"][0], "start", "soon", **ANN)
    assert store.filed() == []


def test_an_accepted_record_keeps_the_values_that_were_seen(store, ids):
    key = ids["visit"][0]
    reviewing.correct(store, key, "place", "Kep", **ANN)
    assert reviewing.accept(store, key, **BOB).value["place"] == "Kep"
    assert reviewing.accept(store, ids["visit"][1], **BOB).value is None


def test_a_blind_accept_does_not_take_over_what_others_corrected(store, ids):
    key = ids["visit"][0]
    machine = record(store, key).place
    reviewing.correct(store, key, "place", "Kep", **ANN)
    reviewing.accept(store, key, blind=True, **BOB)
    assert record(store, key).place == machine
    (said,) = reviewing.agreement(store, who=("ann", "bob"), field="visit.place")[:1]
    assert (said.units, said.agreed) == (1, 0)


def test_words_are_marked_without_white_space_around_them(store, ids):
    key = ids["visit"][0]
    text = store.document(record(store, key).doc).text
    start = text.index(" delegation ")
    reviewing.mark(store, key, "visitor", [(start, start + 12)], **ANN)
    assert record(store, key).span("visitor").text == "delegation"
    reviewing.mark(store, key, "trigger", [], **BOB)
    assert record(store, key).span("trigger") is None
    assert list(store.verify()) == []


@pytest.mark.parametrize(
    ("part", "spans", "told"),
    [
        ("tigger", [(0, 4)], "expected a part"),
        ("trigger", [(4, 4)], "expected a span inside the report"),
        ("trigger", [(-1, 4)], "expected a span inside the report"),
        ("trigger", [(0, 10**9)], "expected a span inside the report"),
        ("trigger", [(30, 32)], "nothing but white space"),
    ],
)
def test_words_that_are_none_are_refused(store, ids, part, spans, told):
    with pytest.raises(CallError, match=told):
        reviewing.mark(store, ids["visit"][0], part, spans, **ANN)


def test_an_undo_takes_back_a_join_of_records_of_two_reports(store, ids):
    row = reviewing.join(store, ids["measure"][0], ids["measure"][1], **ANN)
    reviewing.undo(store, row.id[:8], **BOB)
    assert [f.counts for f in store.filed()] == [False, True]
    with pytest.raises(CallError, match="joins or splits one record"):
        reviewing.split(store, ids["measure"][0], ids["measure"][0], **ANN)


def test_names_and_reasons_that_no_store_can_hold_are_written_as_escapes(store, ids):
    row = reviewing.reject(store, ids["event"][0], who="ann\udcff", when=ANN["when"], why="\udc80")
    assert (row.who, row.why) == ("ann\\udcff", "\\udc80")


def test_show_tells_what_people_decided_and_what_the_machine_had(store, ids):
    key = ids["visit"][0]
    reviewing.correct(store, key, "place", "Kep", why="the coast", **ANN)
    reviewing.reject(store, key, **BOB)
    history = desk.show(store, key).history
    assert [f.correction.who for f in history.filed] == ["ann", "bob"]
    assert (history.machine.place, history.verdict, history.disputed) == ("Moscow", "rejected", ())
    reviewing.accept(store, key, who="ann", when="2026-01-01T12:00:00Z")
    assert desk.show(store, key).history.disputed == ("verdict",)


def test_a_claim_corrected_to_a_statement_that_is_not_there_can_still_be_shown(store, ids):
    key = ids["measure"][0]
    reviewing.correct(store, key, "claimed_by", '{"outlet":"TASS","statements":["0000000000000000"]}', **ANN)
    assert desk.show(store, key).by_id == {}


def test_the_brief_and_the_rows_of_a_list_hold_what_people_left(store, ids):
    trade = {str(r.value): r.id for r in query.records(store, Question(types=("trade_turnover",)))}
    assert list(trade) == ["2.02E+8", "150000000"]
    reviewing.correct(store, trade["2.02E+8"], "value", "999000000", **ANN)
    reviewing.reject(store, trade["150000000"], **ANN)
    words = bilateral.FORMS["text"](bilateral.brief(store, ["RUS", "KHM"]))
    assert "999 million" in words
    assert "150 million" not in words
    frame = bilateral.frame(bilateral.ask(store, Question(kinds=("measure",))), "polars")
    assert frame.height == len(ids["measure"]) - 1


def test_the_queue_takes_names_as_every_command_does(store):
    assert len(reviewing.queue(store, kinds=["visits"], dyad=["Russia", "Cambodia"], limit=9)) == 3
    assert reviewing.queue(store, below=0.5) == []


def test_the_choices_of_a_kind_name_every_field():
    assert "status" in {f.name for f in reviewing.choices("visits")}
    with pytest.raises(CallError, match="expected a kind"):
        reviewing.choices("vizits")


# Files.


def some(store, ids):
    """A few decisions of two people."""
    reviewing.correct(store, ids["visit"][0], "place", "Kep", **ANN)
    reviewing.reject(store, ids["event"][0], why="«no»\n=1+1", **BOB)
    row = reviewing.join(store, ids["measure"][0], ids["measure"][1], **ANN)
    reviewing.undo(store, row.id, **BOB)


def test_a_file_of_corrections_brings_another_store_to_the_same_answers(store, ids, tmp_path):
    some(store, ids)
    lines = list(reviewing.exported(store))
    with Store.open(made.fill(tmp_path / "other.db")) as other:
        done = reviewing.imported(other, lines)
        assert (done.new, done.known, done.unattached, done.conflicts) == (4, 0, (), ())
        assert list(reviewing.exported(other)) == lines
        assert query.records(other, Question()) == query.records(store, Question())
        again = reviewing.imported(other, lines)
        assert (again.new, again.known) == (0, 4)


def test_a_file_with_one_wrong_line_brings_nothing(store, ids, tmp_path):
    some(store, ids)
    lines = [*reviewing.exported(store), b'{"action":"accept"}']
    with Store.open(made.fill(tmp_path / "other.db")) as other:
        with pytest.raises(CallError, match="line 5: expected a correction as JSON"):
            reviewing.imported(other, lines)
        assert other.filed() == []


def test_an_import_says_where_people_differ_and_the_later_row_wins(store, ids, tmp_path):
    key = ids["visit"][0]
    reviewing.correct(store, key, "place", "Kep", **ANN)
    with Store.open(made.fill(tmp_path / "other.db")) as other:
        mine = reviewing.correct(other, key, "place", "Takeo", **BOB)
        done = reviewing.imported(other, reviewing.exported(store))
        (conflict,) = done.conflicts
        assert (conflict.record, conflict.fields) == (key, ("place",))
        assert (conflict.row.who, conflict.others) == ("ann", (mine,))
        assert record(other, key).place == "Takeo"


def test_an_import_says_what_attaches_to_nothing_yet(store, ids, tmp_path):
    some(store, ids)
    with Store.open(tmp_path / "empty.db") as empty:
        done = reviewing.imported(empty, reviewing.exported(store))
        assert (done.new, len(done.unattached)) == (4, 4)


def test_conflicts_of_joins_and_splits_are_told(store, ids, tmp_path):
    reviewing.join(store, ids["measure"][0], ids["measure"][1], **ANN)
    with Store.open(made.fill(tmp_path / "other.db")) as other:
        reviewing.split(other, ids["measure"][1], ids["measure"][0], **BOB)
        done = reviewing.imported(other, reviewing.exported(store))
        assert [c.fields for c in done.conflicts] == [("join or split",)]


def test_a_list_knows_a_report_that_is_gone_by_its_id(store, ids):
    some(store, ids)
    doc = record(store, ids["visit"][0]).doc
    uri = query.report(store, doc).uri
    before = [f.correction for f in reviewing.corrections(store, report=uri)]
    desk.forget(store, uri)
    assert [f.correction for f in reviewing.corrections(store, report=doc)] == before
    assert reviewing.corrections(store, report=doc, unattached=True)
    assert [f.correction.who for f in reviewing.corrections(store, who="bob")] == ["bob", "bob"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 16), st.sampled_from(["accept", "reject", "mentioned"])), max_size=6))
def test_any_corrections_survive_a_file(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("files")
    with Store.open(made.fill(folder / "one.db")) as one, Store.open(made.fill(folder / "two.db")) as two:
        keys = [r.id for r in query.records(one, Question())]
        for n, (at, what) in enumerate(steps):
            when = {"who": "ann", "when": f"2026-01-01T00:00:{n:02}Z"}
            if what in ("accept", "reject"):
                (reviewing.accept if what == "accept" else reviewing.reject)(one, keys[at], **when)
            else:
                reviewing.correct(one, keys[at], "status", what, **when)
        reviewing.imported(two, reversed(list(reviewing.exported(one))))
        assert list(reviewing.exported(two)) == list(reviewing.exported(one))
        assert query.records(two, Question(rejected=True)) == query.records(one, Question(rejected=True))


# Agreement.


def test_agreement_is_between_the_people_and_of_each_with_the_machine(store, ids):
    for n, key in enumerate(ids["visit"]):
        reviewing.accept(store, key, who="ann", when=f"2026-01-01T00:00:{n:02}Z")
        reviewing.accept(store, key, who="bob", when=f"2026-01-01T00:01:{n:02}Z")
    found = reviewing.agreement(store, field="visit.status")
    assert [c.coders for c in found] == [("ann", "bob"), ("ann", "machine"), ("bob", "machine")]
    found = reviewing.agreement(store, who=["ann", "machine"], field="status")
    assert [c.coders for c in found] == [("ann", "machine")]
    with pytest.raises(CallError, match="no correction is by 'eve': expected ann, bob, machine"):
        reviewing.agreement(store, who=["eve"])


# With the language model.


@pytest.mark.model
def test_corrections_outlive_recode_reading_again_and_another_date(tmp_path):
    with Store.open(tmp_path / "r.db") as store:
        desk.read(store, SAMPLE)
        first, second, *_ = query.records(store, Question(kinds=("measure",)))
        reviewing.correct(store, first.id, "unit", "crowns", **ANN)
        reviewing.reject(store, second.id, **ANN)

        def holds():
            found = query.records(store, Question(kinds=("measure",), rejected=True)).records
            (one,) = (r for r in found if pipeline.anchor(r) == pipeline.anchor(first) and r.unit == "crowns")
            shown = {r.id for r in query.records(store, Question(kinds=("measure",)))}
            return one.id in shown and len(shown) == len(found) - 1

        assert holds()
        desk.recode(store)
        assert holds()
        desk.read(store, SAMPLE)
        assert holds()
        desk.set_date(store, query.reports(store)[0].id, "2014-02-03")
        assert holds()
        assert not store.filed(unattached=True)
