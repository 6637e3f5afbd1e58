"""The ledger of a store: the same whatever the order and the batches of reading; ids that lead on; joins undone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from bilateral import accounts
from bilateral.entries import encoded
from bilateral.keeping import keep
from bilateral.store import Store
from tests.ledger import made, worlds

PLAN = "The Norwegian minister will visit Ghana on 12 and 13 May."
HELD = "The Norwegian minister visited Ghana on 12 May."


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "s.db") as store:
        yield store


def planned():
    doc = made.document(["A plan", PLAN], "2020-05-01", "Coast News")
    return doc, (made.visit(doc, PLAN, "visit", status="planned", start="2020-05-12", end="2020-05-13"),)


def held():
    doc = made.document(["A visit", HELD], "2020-05-14")
    return doc, (made.visit(doc, HELD, "visited", start="2020-05-12"),)


def ledger(reports, sizes):
    """The entries after reading reports in batches of these sizes, the ledger kept after each; without former ids."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db") as store:
        rest = list(reports)
        while rest:
            size = sizes.pop() if sizes else len(rest)
            store.write(made.batch(rest[:size]))
            rest = rest[size:]
            keep(store)
        assert not store.stale()
        return [encoded(structs.replace(e, former=())) for e in accounts.entries(store)]


@settings(max_examples=25, deadline=None)
@given(worlds.reports(), st.randoms(use_true_random=False), st.lists(st.integers(1, 3), max_size=6))
def test_any_order_and_any_batches_of_reading_give_the_same_ledger(reports, chance, sizes):
    mixed = reports[:]
    chance.shuffle(mixed)
    assert ledger(mixed, sizes) == ledger(reports, [])


def test_an_earlier_report_that_comes_in_gives_the_entry_its_id_and_the_old_id_leads_on(store):
    store.write(made.batch([held()]))
    keep(store)
    (before,) = accounts.entries(store)
    store.write(made.batch([planned()]))
    keep(store)
    (after,) = accounts.entries(store)
    assert after.id == planned()[1][0].id != before.id
    assert after.former == (before.id,)
    assert accounts.entry(store, before.id) == after == accounts.entry(store, after.id)


def test_ids_lead_on_through_several_earlier_reports(store):
    days = ["2020-05-14", "2020-05-13", "2020-05-12"]
    ids = []
    for n, day in enumerate(days):
        doc = made.document([f"A visit {n}", HELD], day, f"Outlet {n}")
        store.write(made.batch([(doc, (made.visit(doc, HELD, "visited", start="2020-05-12"),))]))
        keep(store)
        ids.append(accounts.entries(store)[0].id)
    assert len(set(ids)) == len(days)
    assert {accounts.entry(store, key).id for key in ids} == {ids[-1]}


def test_forgetting_a_report_undoes_its_joins(store):
    store.write(made.batch([planned()]))
    keep(store)
    alone = accounts.entries(store)
    doc, records = held()
    store.write(made.batch([(doc, records)]))
    keep(store)
    assert len(accounts.entries(store)[0].records) == 2
    store.forget(doc.id)
    keep(store)
    assert accounts.entries(store) == alone


def test_forgetting_the_earliest_report_leaves_an_entry_that_its_id_leads_to(store):
    store.write(made.batch([planned(), held()]))
    keep(store)
    (whole,) = accounts.entries(store)
    store.forget(planned()[0].id)
    keep(store)
    (left,) = accounts.entries(store)
    assert left.id == held()[1][0].id
    assert accounts.entry(store, whole.id) == left


def test_coding_the_same_reports_again_keeps_ids_and_entries(store):
    store.write(made.batch([planned(), held()]))
    keep(store)
    before = accounts.entries(store)
    store.write(made.batch([planned(), held()]))
    keep(store)
    assert accounts.entries(store) == before


def test_near_copies_of_a_story_are_found_and_count_once(store):
    words = " ".join(f"fish{n} boat{n} quota{n}" for n in range(40))
    for n, outlet in enumerate(["Coast News", "Harbour Post", "Kalivia Wire"]):
        body = f"{HELD} {words}" if n < 2 else f"{HELD} Nothing else is known."
        doc = made.document(["A visit", body], "2020-05-14", outlet)
        store.write(made.batch([(doc, (made.visit(doc, body, "visited", start="2020-05-12"),))]))
        keep(store)
    (entry,) = accounts.entries(store)
    assert (len(entry.reports), entry.independent) == (3, 2)
    assert sorted(len(w.reports) for w in entry.witnesses) == [1, 2]


def test_a_report_touches_only_the_pairs_of_its_records(store):
    store.write(made.batch([held()]))
    keep(store)
    other = made.document(["Elsewhere", "Chad accused Mali."], "2020-05-14")
    deed = made.event(
        other, "Chad accused Mali.", "accused",
        actors=(structs.replace(made.GUEST, country="TCD"),), recipients=(structs.replace(made.HOST, country="MLI"),),
    )  # fmt: skip
    store.write(made.batch([(other, (deed,))]))
    assert store.stale() == [("MLI", "TCD")]
    done = keep(store)
    assert (done.reports, done.pairs, done.entries) == (1, 1, 1)
    assert keep(store) == structs.replace(done, reports=0, pairs=0, entries=0)
