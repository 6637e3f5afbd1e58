"""Batches into a store: what is new, what is known, what supersedes, what is refused, and taking it out again."""

from __future__ import annotations

import msgspec
import pytest

from bilateral.errors import CallError, StoreError
from bilateral.model import Batch, Evidence, Problem, identified
from bilateral.store import Store, Written
from bilateral.text import Dated


def count(store, what):
    return store.counts()[what]


def test_a_batch_is_counted_as_new_and_then_as_known(store, made):
    batch = made.batch(made.text_of(1), made.text_of(2))
    assert store.write(batch) == Written(reports_new=2, records_new=12)
    assert store.write(batch) == Written(reports_known=2, records_known=12)


def test_reading_the_same_reports_twice_changes_no_row(store, path, made, dump):
    batch = made.batch(made.text_of(1), made.text_of(2))
    unread = Problem(uri="x.txt", stage="read", message="binary")
    unsaid = Problem(uri="talks-0.txt", stage="events", message="no verb")
    batch = msgspec.structs.replace(batch, problems=(unsaid, unread))
    store.write(batch)
    before = dump(path)
    store.write(batch)
    assert dump(path) == before


def test_two_states_of_one_page_read_together_again_change_no_row(store, path, made, dump):
    batch = made.batch(made.text_of(1), made.text_of(2), uri="page.html")
    store.write(batch)
    before = dump(path)
    assert store.write(batch).superseded == 0
    assert dump(path) == before


def test_counts_of_several_batches_add_up(store, made):
    done = store.write(made.batch(made.text_of(1))) + store.write(made.batch(made.text_of(1), made.text_of(2)))
    assert (done.reports_new, done.reports_known, done.records_new, done.records_known) == (2, 1, 12, 6)


def test_a_report_comes_out_as_it_went_in(store, made):
    doc = made.document(made.text_of(1), published="2019-03-06", published_by="metadata", lang="en")
    store.write(made.of(doc))
    assert store.document(doc.id) == doc
    assert store.parse(doc.id) == made.parse(doc)
    assert store.dated(doc.id) == made.dated()
    assert [(s.document, s.parse, s.dated, s.override) for s in store.stored()] == [
        (doc, made.parse(doc), made.dated(), None)
    ]


def test_reports_are_gone_through_in_the_order_of_ids_from_any_point(store, made):
    store.write(made.batch(*(made.text_of(n) for n in range(120))))
    seen = [s.document.id for s in store.stored()]
    assert len(seen) == 120
    assert seen == sorted(seen)
    assert [s.document.id for s in store.stored(after=seen[70])] == seen[71:]


def test_known_tells_stored_reports_from_others(store, made):
    batch = made.batch(made.text_of(1))
    store.write(batch)
    assert store.known([batch.documents[0].id, "0" * 16]) == {batch.documents[0].id}
    assert store.known(f"{n:016x}" for n in range(2000)) == set()


def test_new_coding_of_a_report_replaces_its_records(store, made):
    doc = made.document(made.text_of(1))
    role, visit, *_ = made.records(doc)
    store.write(made.one(doc, role, visit))
    later = msgspec.structs.replace(role, by="hand/2")
    done = store.write(made.one(doc, later))
    assert (done.reports_known, done.records_known, done.records_new, done.records_gone) == (1, 1, 0, 1)
    assert (count(store, "roles"), count(store, "visits")) == (1, 0)
    assert list(store.verify()) == []


def test_replace_codes_a_stored_report_again(store, made):
    doc = made.document(made.text_of(1))
    store.write(made.of(doc))
    role = made.records(doc)[0]
    done = store.replace(doc.id, dated=Dated(value="2013-03-06", how="inferred"), records=[role])
    assert (done.records_known, done.records_gone) == (1, 5)
    assert store.dated(doc.id).value == "2013-03-06"
    assert store.parse(doc.id) == made.parse(doc)


def test_a_new_parse_and_a_better_title_are_kept(store, made):
    doc = made.document(made.text_of(1))
    store.write(made.of(doc))
    better = msgspec.structs.replace(doc, title="The harbour talks")
    parse = msgspec.structs.replace(made.parse(doc), parser="other")
    store.write(msgspec.structs.replace(made.of(better), parses=(parse,)))
    assert store.document(doc.id).title == "The harbour talks"
    assert store.parse(doc.id).parser == "other"
    assert list(store.verify()) == []


def test_a_report_twice_in_a_batch_is_stored_once(store, made):
    doc = made.document(made.text_of(1), "a.txt")
    copy = msgspec.structs.replace(doc, uri="b.txt")
    done = store.write(made.of(doc, copy))
    assert (done.reports_new, done.records_new) == (1, 6)


def test_a_new_text_at_a_uri_supersedes_the_old_one_which_stays(store, made):
    old, new = made.document(made.text_of(1), "page.html"), made.document(made.text_of(2), "page.html")
    store.write(made.of(old))
    done = store.write(made.of(new))
    assert done.superseded == 1
    assert (count(store, "reports"), count(store, "superseded"), count(store, "events")) == (1, 1, 1)
    assert store.document(old.id) == old


def test_an_old_text_that_is_back_at_its_uri_counts_again(store, made):
    old, new = made.document(made.text_of(1), "page.html"), made.document(made.text_of(2), "page.html")
    for doc in (old, new, old):
        store.write(made.of(doc))
    assert superseded(store) == {new.id: old.id}


def test_a_chain_of_texts_holds_together_when_one_of_its_middle_comes_back(store, made):
    docs = [made.document(made.text_of(n), "page.html") for n in range(3)]
    for doc in (*docs, docs[1]):
        store.write(made.of(doc))
    a, b, c = (doc.id for doc in docs)
    assert superseded(store) == {a: c, c: b}
    assert store.forget(b).restored == (c,)
    assert superseded(store) == {a: c}


def superseded(store):
    with store.reading() as conn:
        rows = conn.exec_driver_sql("SELECT id, superseded_by FROM documents WHERE superseded_by IS NOT NULL")
        return {key: by for key, by in rows}  # noqa: C416


@pytest.mark.parametrize("uri", ["-", ""])
def test_reports_from_standard_input_do_not_supersede_each_other(store, made, uri):
    store.write(made.of(made.document(made.text_of(1), uri)))
    assert store.write(made.of(made.document(made.text_of(2), uri))).superseded == 0
    assert count(store, "reports") == 2


def test_a_copy_elsewhere_moves_no_report(store, made):
    doc = made.document(made.text_of(1), "a.txt")
    store.write(made.of(doc))
    store.write(made.of(msgspec.structs.replace(doc, uri="copy.txt")))
    assert store.document(doc.id).uri == "a.txt"


def test_a_report_from_standard_input_takes_the_place_where_it_is_found_later(store, made):
    doc = made.document(made.text_of(1), "-")
    store.write(made.of(doc))
    store.write(made.of(msgspec.structs.replace(doc, uri="a.txt")))
    assert store.document(doc.id).uri == "a.txt"
    store.write(made.of(doc))
    assert store.document(doc.id).uri == "a.txt"


def test_a_record_whose_words_do_not_stand_there_is_refused_and_counted(store, made):
    doc = made.document(made.text_of(1))
    good, bad = made.records(doc)[:2]
    e = bad.evidence[0]
    bad = identified(
        msgspec.structs.replace(bad, evidence=(Evidence(e.part, e.doc, e.start + 1, e.end + 1, e.text),))
    )  # fmt: skip
    done = store.write(made.one(doc, good, bad))
    assert (done.records_new, done.problems) == (1, 1)
    (problem,) = store.problems()
    assert (problem.doc, problem.stage) == (doc.id, "store")
    assert bad.id in problem.message


def test_a_record_without_id_or_evidence_or_of_another_report_is_refused(store, made):
    doc, other = made.document(made.text_of(1)), made.document(made.text_of(2), "other.txt")
    role = made.records(doc)[0]
    elsewhere = identified(
        msgspec.structs.replace(role, evidence=(*role.evidence, made.at(other, "place", "Kalivia")))
    )  # fmt: skip
    strange = made.records(other)[0]
    nothing = msgspec.structs.replace(role, evidence=())
    done = store.write(made.one(doc, msgspec.structs.replace(role, id=""), elsewhere, strange, nothing))
    assert (done.records_new, done.problems) == (0, 4)


def test_a_text_with_half_a_character_is_refused_and_the_others_are_kept(store, made):
    bad, good = made.document("Half \ud800 a character."), made.document(made.text_of(1), "good.txt")
    batch = Batch(
        documents=(bad, good), parses=(made.parse(bad), made.parse(good)), dates=(made.dated(), made.dated())
    )  # fmt: skip
    done = store.write(batch)
    assert (done.reports_new, done.problems) == (1, 1)
    assert "lone surrogate" in next(store.problems()).message


def test_a_file_name_that_is_no_text_is_kept_with_escapes(store, made):
    doc = made.document(made.text_of(1), "caf\udce9.txt")
    store.write(made.of(doc))
    assert store.document(doc.id).uri == "caf\\udce9.txt"
    store.write(Batch(problems=(Problem(uri="b\udce9d", stage="read", message="no text: \udcff"),)))
    assert next(store.problems(stage="read")).uri == "b\\udce9d"


def test_a_batch_that_does_not_fit_together_is_a_mistake(store, made):
    doc = made.document(made.text_of(1))
    with pytest.raises(ValueError, match="1 documents, 0 parses"):
        store.write(Batch(documents=(doc,)))


def test_problems_of_a_report_are_those_of_its_last_reading(store, made):
    doc = made.document(made.text_of(1))
    first = Problem(uri=doc.uri, stage="events", message="no verb", doc=doc.id, start=3, end=9)
    second = Problem(uri=doc.uri, stage="dates", message="no year", doc=doc.id)
    store.write(msgspec.structs.replace(made.of(doc), problems=(first, second)))
    assert list(store.problems()) == [second, first]
    store.write(msgspec.structs.replace(made.of(doc), problems=(second,)))
    assert list(store.problems()) == [second]
    store.write(made.of(doc))
    assert list(store.problems()) == []


def test_a_refused_file_that_is_read_at_last_has_no_problem_any_more(store, made):
    refused = Batch(problems=(Problem(uri="talks.txt", stage="read", message="its bytes are no text", doc="f" * 16),))
    store.write(refused)
    store.write(refused)
    assert count(store, "problems") == 1
    store.write(made.of(made.document(made.text_of(1), "talks.txt")))
    assert count(store, "problems") == 0


def test_problems_of_an_input_can_be_settled_before_it_is_read_again(store):
    store.write(Batch(problems=(Problem(uri="rows.csv", stage="read", message="line 4: no text"),)))
    assert store.settle("rows.csv") == 1
    assert list(store.problems()) == []


def test_problems_of_a_superseded_report_are_shown_only_when_it_is_asked_for(store, made):
    old, new = made.document(made.text_of(1), "page.html"), made.document(made.text_of(2), "page.html")
    problem = Problem(uri="page.html", stage="dates", message="no year", doc=old.id)
    store.write(msgspec.structs.replace(made.of(old), problems=(problem,)))
    store.write(made.of(new))
    assert list(store.problems()) == []
    assert list(store.problems(doc=old.id)) == [problem]


def test_forgetting_a_report_takes_all_that_came_from_it(store, path, made, dump):
    store.write(made.batch(made.text_of(1)))
    before = dump(path)
    doc = made.document(made.text_of(2), "gone.txt")
    problem = Problem(uri=doc.uri, stage="events", message="no verb", doc=doc.id)
    store.write(msgspec.structs.replace(made.of(doc), problems=(problem,)))
    store.overrule(doc.id, "2013")
    gone = store.forget(doc.id)
    assert (gone.report, gone.records, gone.problems, gone.restored) == (doc.id, 6, 1, ())
    assert store.known([doc.id]) == set()
    assert list(store.verify()) == []
    assert without_index_blobs(dump(path)) == without_index_blobs(before)


def without_index_blobs(dumped):
    """A dump but for the inner tables of the full-text index, whose segments depend on the order of writing."""
    inner = ("documents_fts_data", "documents_fts_idx", "records_fts_data", "records_fts_idx")
    return [line for line in dumped.split("\n") if not any(name in line for name in inner)]


def test_forgetting_the_current_text_brings_back_the_one_before(store, made):
    old, new = made.document(made.text_of(1), "page.html"), made.document(made.text_of(2), "page.html")
    store.write(made.of(old))
    store.write(made.of(new))
    assert store.forget(new.id).restored == (old.id,)
    assert (count(store, "reports"), count(store, "superseded")) == (1, 0)


def test_what_is_not_in_the_store_cannot_be_asked_for_or_changed(store):
    for call in (store.document, store.parse, store.dated, store.forget, lambda doc: store.overrule(doc, "2019")):
        with pytest.raises(CallError, match="no report 'ffff' in the store"):
            call("ffff")
    assert store.override("ffff") is None


def test_a_persons_date_is_kept_beside_what_was_inferred(store, made):
    doc = made.document(made.text_of(1))
    store.write(made.of(doc))
    store.overrule(doc.id, "2013-03-06")
    assert store.override(doc.id) == "2013-03-06"
    assert store.overrides([doc.id, "0" * 16]) == {doc.id: "2013-03-06"}
    assert store.dated(doc.id).value == "2019-03-06"
    assert next(store.stored()).override == "2013-03-06"
    store.overrule(doc.id, None)
    assert store.override(doc.id) is None


def test_a_date_without_a_year_overrules_nothing(store, made):
    doc = made.document(made.text_of(1))
    store.write(made.of(doc))
    with pytest.raises(CallError, match="XXXX-07-03"):
        store.overrule(doc.id, "XXXX-07-03")


def test_a_report_with_a_persons_date_is_not_coded_back_to_the_inferred_one(store, made):
    doc = made.document(made.text_of(1))
    store.write(made.of(doc))
    store.overrule(doc.id, "2013-03-06")
    chosen = Dated(value="2013-03-06", how="overruled")
    store.replace(doc.id, dated=chosen, records=made.records(doc)[:1])
    done = store.write(made.of(doc))
    assert (done.kept, done.reports_known, done.records_known, done.records_new) == (1, 1, 1, 0)
    assert store.dated(doc.id) == chosen


def test_a_store_opened_for_reading_is_not_written_to(store, path, made):
    store.write(made.batch(made.text_of(1)))
    with Store.open(path, read_only=True) as reader, pytest.raises(StoreError, match="for reading only"):
        reader.write(made.batch(made.text_of(2)))


def test_a_batch_that_fails_midway_leaves_nothing(store, made, monkeypatch):
    def fail(*_):
        raise RuntimeError("midway")

    monkeypatch.setattr("bilateral.store.writing._put_problems", fail)
    with pytest.raises(RuntimeError):
        store.write(made.batch(made.text_of(1)))
    assert count(store, "reports") == 0
    assert list(store.verify()) == []
