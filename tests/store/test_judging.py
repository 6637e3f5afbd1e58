"""Corrections in the store: they outlive re-coding, re-reading and forgetting; every answer is the corrected one."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from bilateral import accounts, query
from bilateral.corrections import Correction, about, applied, encode, sealed
from bilateral.errors import CallError
from bilateral.keeping import keep
from bilateral.model import Actor, Question, identified, kind_of
from bilateral.store import Store

WRITER = """
import sys
from bilateral.corrections import Correction, about, sealed
from bilateral.store import Store
with Store.open(sys.argv[1]) as store:
    for n, key in enumerate(sys.argv[3:]):
        record, others = store.machine(key)
        when = f"2026-01-01T00:00:{n:02}Z"
        store.judge([sealed(Correction(action="accept", about=about(record, others), who=sys.argv[2], when=when))])
"""


@pytest.fixture
def doc(store, made):
    doc = made.document(made.text_of(1))
    store.write(made.of(doc))
    return doc


@pytest.fixture
def of(made, doc):
    """The machine's record of a kind, of the one report."""
    return {kind_of(r): r for r in made.records(doc)}


@pytest.fixture
def judge(store):
    """Store a decision on a record of the store as `about` then has it."""

    def judged(action, record, *, at=0, who="ann", other=None, **more):
        target, second = about(*store.machine(record.id)), about(*store.machine(other.id)) if other else None
        when = f"2026-01-01T00:00:{at:02}Z"
        row = sealed(Correction(action=action, about=target, other=second, who=who, when=when, **more))
        store.judge([row])
        return row

    return judged


def ask(store, **what):
    return query.records(store, Question(**what)).records


def shown(store, record):
    return query.record(store, record.id)[0]


# What answers hold.


def test_a_corrected_record_is_found_by_what_it_says_now(store, of, judge):
    judge("correct", of["visit"], field="status", value="planned")
    judge("correct", of["visit"], field="start", value="2020-05-01", at=1)
    judge("correct", of["visit"], field="visit_kind", value="state_visit", at=2)
    assert shown(store, of["visit"]).status == "planned"
    (found,) = ask(store, kinds=("visit",), statuses=("planned",))
    assert found.id == of["visit"].id
    assert not ask(store, kinds=("visit",), statuses=("happened",))
    assert ask(store, kinds=("visit",), since="2020")
    assert not ask(store, kinds=("visit",), until="2019")
    assert ask(store, types=("state_visit",))


def test_a_corrected_state_moves_the_record_to_its_dyad(store, of, judge):
    judge("correct", of["visit"], field="hosts", value=[{"country": "FRA"}])
    assert [r.id for r in ask(store, dyad=("RUS", "FRA"), kinds=("visit",))] == [of["visit"].id]
    assert not ask(store, dyad=("RUS", "KHM"), kinds=("visit",))
    assert ("FRA", "RUS") in {(a, b) for a, b, _ in query.dyads(store)}


def test_a_corrected_title_is_found_by_its_words(store, of, judge):
    judge("correct", of["agreement"], field="title", value="Accord on Lighthouses")
    assert [hit.record.id for hit in query.search(store, "lighthouses")] == [of["agreement"].id]
    assert query.search(store, "lighthouses")[0].record.title == "Accord on Lighthouses"


def test_a_rejected_record_is_left_out_unless_it_is_asked_for(store, of, judge):
    judge("reject", of["event"])
    assert not ask(store, kinds=("event",))
    assert [r.id for r in ask(store, kinds=("event",), rejected=True)] == [of["event"].id]
    assert of["event"].id in {r.id for r in ask(store, dyad=("RUS", "KHM"), rejected=True)}
    assert of["event"].id not in {hit.record.id for hit in query.search(store, "fisheries") if hit.record}
    assert shown(store, of["event"]) == of["event"]
    assert query.reports(store)[0].records == 5


def test_a_rejected_record_makes_no_pair_for_what_was_said(store, made, judge):
    doc = made.document(made.text_of(2), "two.txt")
    said, event = (r for r in made.records(doc) if kind_of(r) in ("statement", "event"))
    store.write(made.one(doc, said, event))
    assert said.id in {r.id for r in ask(store, dyad=("RUS", "KHM"))}
    judge("reject", event)
    assert not ask(store, dyad=("RUS", "KHM"))
    judge("accept", event, at=1)
    assert {r.id for r in ask(store, dyad=("RUS", "KHM"))} == {said.id, event.id}


def test_an_undo_brings_back_every_row_that_was_searched(store, path, of, judge, dump):
    before = [line for line in dump(path).splitlines() if "correction" not in line and "stale" not in line]
    rows = [judge("correct", of["visit"], field="hosts", value=[{"country": "FRA"}])]
    rows.append(judge("reject", of["event"], at=1))
    for n, row in enumerate(rows, start=2):
        undo = Correction(action="undo", about=row.about, undoes=row.id, who="bob", when=f"2026-01-01T00:00:{n:02}Z")
        store.judge([sealed(undo)])
    after = [line for line in dump(path).splitlines() if "correction" not in line and "stale" not in line]
    assert sorted(line for line in after if "attachments" not in line and "_fts" not in line) == sorted(
        line for line in before if "attachments" not in line and "_fts" not in line
    )
    assert list(store.verify()) == []


def test_what_a_person_marked_is_verified_against_the_report(store, path, doc, of, judge, tamper):
    start = doc.text.index("harbour talks")
    words = [{"start": start, "end": start + 13, "text": "harbour talks"}]
    judge("correct", of["visit"], field="evidence", value={"part": "trigger", "words": words})
    assert shown(store, of["visit"]).span("trigger").text == "harbour talks"
    assert list(store.verify()) == []
    tamper(path, "UPDATE overlays SET json = replace(json, '\"harbour talks', '\"harbour walks')")
    assert [fault.message for fault in store.verify()] == [
        f"as corrected: its trigger 'harbour walks' does not stand at {start} to {start + 13}"
    ]


def test_words_that_do_not_stand_in_the_report_attach_to_nothing(store, of, judge):
    words = [{"start": 0, "end": 1, "text": "x"}]
    judge("correct", of["visit"], field="evidence", value={"part": "trigger", "words": words})
    assert shown(store, of["visit"]) == of["visit"]
    assert len(store.filed(unattached=True)) == 1


# What corrections outlive.


def test_reading_the_same_report_again_changes_no_row(store, path, doc, of, judge, made, dump):
    judge("correct", of["visit"], field="status", value="planned")
    judge("reject", of["event"], at=1)
    before = dump(path)
    store.write(made.of(doc))
    assert dump(path) == before


def test_corrections_hold_after_the_report_is_coded_anew_with_other_ids(store, doc, of, judge, made):
    judge("correct", of["visit"], field="place", value="Kep")
    judge("reject", of["event"], at=1)
    judge("accept", of["measure"], at=2)
    new = [identified(structs.replace(r, by="hand/2", status="mentioned", id="")) for r in made.records(doc)]
    store.replace(doc.id, dated=made.dated(), records=new)
    visit = next(r for r in new if kind_of(r) == "visit")
    assert visit.id != of["visit"].id
    assert shown(store, visit).place == "Kep"
    assert shown(store, visit).status == "mentioned"
    assert not ask(store, kinds=("event",))
    assert ask(store, kinds=("measure",))[0].status == "happened"
    assert next(f.record for f in store.filed(who="ann")) == visit.id


def test_a_correction_whose_record_is_gone_is_listed_and_holds_again_when_it_is_back(store, doc, of, judge, made):
    row = judge("correct", of["visit"], field="place", value="Kep")
    store.replace(doc.id, dated=made.dated(), records=[r for r in made.records(doc) if kind_of(r) != "visit"])
    assert [f.correction for f in store.filed(unattached=True)] == [row]
    store.write(made.of(doc))
    assert not store.filed(unattached=True)
    assert shown(store, of["visit"]).place == "Kep"


def test_a_correction_outlives_its_report_and_waits_for_it(store, doc, of, judge, made):
    row = judge("correct", of["visit"], field="place", value="Kep")
    store.forget(doc.id)
    assert [f.correction for f in store.filed(doc=doc.id, unattached=True)] == [row]
    store.write(made.of(doc))
    assert shown(store, of["visit"]).place == "Kep"


def test_a_superseded_report_keeps_its_corrections(store, doc, of, judge, made):
    judge("correct", of["visit"], field="place", value="Kep")
    newer = made.document(made.text_of(2), doc.uri)
    store.write(made.of(newer))
    assert not store.filed(unattached=True)
    assert shown(store, of["visit"]).place == "Kep"
    assert ask(store, report=doc.id, kinds=("visit",))[0].place == "Kep"
    store.write(made.of(doc))
    assert ask(store, kinds=("visit",))[0].place == "Kep"


def test_another_date_of_the_report_leaves_corrections_alone(store, doc, of, judge, made):
    judge("correct", of["visit"], field="place", value="Kep")
    store.overrule(doc.id, "2020-01-01")
    store.write(structs.replace(made.of(doc), dates=(made.dated("2020-01-01"),)))
    assert shown(store, of["visit"]).place == "Kep"


def test_corrections_come_before_their_report(store, path, made, doc, of, judge, tmp_path):
    row = judge("reject", of["event"])
    with Store.open(tmp_path / "other.db") as other:
        assert other.judge([row]) == [row.id]
        assert [f.is_attached for f in other.filed()] == [False]
        other.write(made.of(doc))
        assert [f.is_attached for f in other.filed()] == [True]
        assert not ask(other, kinds=("event",))


def test_a_row_is_stored_once(store, of, judge):
    row = judge("reject", of["event"])
    assert store.judge([row, row]) == []
    assert len(store.filed()) == 1


def test_a_row_of_a_person_makes_what_the_pure_function_makes(store, doc, of, judge, made):
    rows = [
        judge("correct", of["visit"], field="place", value="Kep", at=3),
        judge("correct", of["visit"], field="place", value="Takeo", at=1, who="bob"),
        judge("accept", of["agreement"], at=2),
    ]
    for found in applied(made.records(doc), rows):
        assert shown(store, found.machine) == found.record


# The ledger.


def visits(made, store):
    docs = [made.document(made.text_of(n), f"{n}.txt") for n in (1, 2)]
    store.write(made.of(*docs))
    return [next(r for r in made.records(doc) if kind_of(r) == "visit") for doc in docs]


def entries_of(store, *records):
    keep(store)
    found = accounts.of_records(store, [r.id for r in records])
    return [e.id for r in records for e in found.get(r.id, ())]


def test_the_ledger_parts_what_a_person_split_and_joins_it_again_when_undone(store, made, judge):
    one, two = visits(made, store)
    together = entries_of(store, one, two)
    assert len(set(together)) == 1
    row = judge("split", one, other=two)
    assert store.stale() == [("KHM", "RUS")]
    assert len(set(entries_of(store, one, two))) == 2
    assert store.stale() == []
    undo = Correction(action="undo", about=row.about, other=row.other, undoes=row.id, who="b", when="2026-02-01T00:00Z")
    store.judge([sealed(undo)])
    assert entries_of(store, one, two) == together


def test_the_ledger_joins_what_a_person_joined(store, made, judge):
    one, _ = visits(made, store)
    docs = made.document(made.text_of(7), "7.txt")
    far = next(r for r in made.records(docs) if kind_of(r) == "visit")
    far = identified(structs.replace(far, start="2011-04", hosts=(Actor(country="KHM"),), id=""))
    store.write(made.one(docs, far))
    assert len(set(entries_of(store, one, far))) == 2
    judge("join", one, other=far)
    assert len(set(entries_of(store, one, far))) == 1


def test_the_ledger_joins_records_as_corrected_and_leaves_out_rejected_ones(store, made, judge):
    one, two = visits(made, store)
    judge("correct", two, field="start", value="2011-04")
    assert len(set(entries_of(store, one, two))) == 2
    judge("reject", two, at=1)
    assert len(entries_of(store, one, two)) == 1
    assert all(two.id not in e.records for e in accounts.entries(store))


def test_a_correction_touches_the_pairs_of_its_record_alone(store, made, of, judge):
    store.write(made.of(made.document(made.text_of(3, "Lao", "Thai"), "l.txt"), a="LAO", b="THA"))
    keep(store)
    judge("correct", of["visit"], field="place", value="Kep")
    assert store.stale() == [("KHM", "RUS")]


def test_accepting_a_record_as_it_stands_leaves_its_pairs_alone(store, of, judge):
    keep(store)
    judge("accept", of["visit"])
    assert store.stale() == []
    judge("reject", of["visit"], at=1)
    assert store.stale() == [("KHM", "RUS")]
    keep(store)
    judge("accept", of["visit"], at=2)
    assert store.stale() == [("KHM", "RUS")]


# What waits.


def test_the_queue_goes_from_the_least_sure_to_the_surest_and_leaves_out_what_is_judged(store, made, judge):
    doc = made.document(made.text_of(5), "five.txt")
    scored = [structs.replace(r, score=n / 10) for n, r in enumerate(made.records(doc))]
    store.write(made.one(doc, *scored))
    assert store.queue(limit=9) == [r.id for r in scored]
    judge("accept", scored[0])
    judge("reject", scored[2], at=1)
    judge("correct", scored[1], field="status", value="planned", at=2)
    assert store.queue(limit=2) == [scored[1].id, scored[3].id]
    assert store.queue(limit=9, below=0.4) == [scored[1].id, scored[3].id]
    assert store.queue(limit=9, kinds=("agreement",)) == [scored[4].id]
    assert store.queue(limit=9, dyad=("FRA", "RUS")) == []
    assert len(store.queue(limit=9, dyad=("RUS",))) == 4


def test_a_second_coder_gets_what_the_first_judged(store, of, judge):
    judge("accept", of["visit"])
    assert of["visit"].id not in store.queue(limit=9)
    assert of["visit"].id in store.queue(limit=9, second="bob")
    assert of["visit"].id not in store.queue(limit=9, second="ann")


def test_what_people_judge_differently_is_a_queue_of_its_own(store, of, judge):
    judge("accept", of["visit"])
    judge("accept", of["event"])
    judge("accept", of["event"], who="bob", at=1)
    judge("reject", of["visit"], who="bob", at=2)
    assert store.queue(disagree=True, limit=9) == [of["visit"].id]


def test_a_correction_is_found_by_the_beginning_of_its_id(store, of, judge):
    row = judge("accept", of["visit"])
    assert store.correction(row.id[:6]) == row
    with pytest.raises(CallError, match="no correction 'ffff'"):
        store.correction("ffff")


# Several at once, and laws.


def test_reviewers_at_work_at_once_lose_no_row(store, path, made):
    docs = [made.document(made.text_of(n), f"{n}.txt") for n in range(6)]
    store.write(made.of(*docs))
    ids = [r.id for doc in docs for r in made.records(doc)]

    def work(who):
        return subprocess.run([sys.executable, "-c", WRITER, str(path), who, *ids], check=True, timeout=120)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, ("ann", "bob", "cho")))
    assert len(store.filed()) == 3 * len(ids)
    assert all(f.is_attached for f in store.filed())


def test_a_reviewer_who_is_killed_loses_no_decision_that_was_told(path, made):
    docs = [made.document(made.text_of(n), f"{n}.txt") for n in range(20)]
    with Store.open(path) as store:
        store.write(made.of(*docs))
    ids = [r.id for doc in docs for r in made.records(doc)]
    told = WRITER + "        sys.stdout.write(key + chr(10))\n        sys.stdout.flush()\n"
    process = subprocess.Popen([sys.executable, "-c", told, str(path), "ann", *ids], stdout=subprocess.PIPE, text=True)
    seen = [process.stdout.readline().strip() for _ in range(3)]
    process.kill()
    seen += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    with Store.open(path) as store:
        assert {f.correction.about.record for f in store.filed()} >= set(seen)
        assert all(f.is_attached and query.record(store, f.record)[0] for f in store.filed())
        assert list(store.verify()) == []


@st.composite
def decisions(draw):
    """Which record, which decision, when: indices into the records of two reports."""
    return draw(
        st.lists(
            st.tuples(st.integers(0, 11), st.sampled_from(["accept", "reject", "planned"]), st.integers(0, 9)),
            max_size=6,
        )
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decisions(), st.randoms())
def test_any_order_of_reading_and_of_arrival_gives_the_same_answers(tmp_path_factory, made, some, chance):
    docs = [made.document(made.text_of(n), f"{n}.txt") for n in (1, 2)]
    records = [r for doc in docs for r in made.records(doc)]
    rows = []
    for at, what, second in some:
        record = records[at]
        field = {} if what in ("accept", "reject") else {"field": "status", "value": what}
        when = f"2026-01-01T00:00:{second:02}Z"
        action = "correct" if field else what
        rows.append(sealed(Correction(action=action, about=about(record), who="ann", when=when, **field)))

    def answers(steps):
        with Store.open(tmp_path_factory.mktemp("s") / "r.db") as store:
            for step in steps:
                step(store)
            kept = [encode(f.correction) for f in store.filed()]
            return kept, ask(store), ask(store, dyad=("RUS", "KHM"), rejected=True), list(store.verify())

    steps = [lambda s, d=d: s.write(made.of(d)) for d in docs] + [lambda s, r=r: s.judge([r]) for r in rows]
    mixed = steps[:]
    chance.shuffle(mixed)
    assert answers(steps) == answers(mixed)
