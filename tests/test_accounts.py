"""Questions to the ledger of a store: entries within limits, one entry by its id, entries of a record."""

from __future__ import annotations

import pytest
from msgspec import structs

from bilateral import accounts
from bilateral.errors import CallError
from bilateral.keeping import keep
from bilateral.store import Store
from tests.ledger import made

HELD = "The Norwegian minister visited Ghana on 12 May."
PLAN = "The Norwegian minister will visit Ghana in October."
SIGNED = "Norway and Ghana signed an agreement on fisheries."
TRADE = "Trade of Norway and Ghana came to this in 2019."
BLAME = "Norway, Ghana and Togo blamed one another."


@pytest.fixture
def store(tmp_path):
    doc = made.document(["News", HELD, PLAN, SIGNED, TRADE], "2020-05-14")
    other = made.document(["Other news", TRADE, BLAME], "2020-05-20", "Coast News")
    three = tuple(structs.replace(made.HOST, country=c) for c in ("GHA", "TGO"))
    records = (
        made.visit(doc, HELD, "visited", start="2020-05-12"),
        made.visit(doc, PLAN, "visit", status="planned", start="2020-10"),
        made.agreement(doc, SIGNED, "signed", date="2020-05-12"),
        made.measure(doc, TRADE, "this", 100),
    )
    blame = made.event(other, BLAME, "blamed", recipients=three, date="2020-05-19")
    more = made.measure(other, TRADE, "this", 150), blame
    with Store.open(tmp_path / "s.db") as store:
        store.write(made.batch([(doc, records), (other, more)]))
        keep(store)
        yield store


def kinds(found):
    return [e.kind for e in found]


def test_entries_come_by_date_for_a_pair_a_state_or_all(store):
    assert kinds(accounts.entries(store, dyad=("NOR", "GHA"))) == ["figure", "agreement", "contact", "deed", "contact"]
    assert {e.dyad for e in accounts.entries(store, dyad=("TGO",))} == {("NOR", "TGO"), ("GHA", "TGO")}
    assert len(accounts.entries(store)) == 7


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kinds": ["agreement"]}, ["agreement"]), ({"statuses": ["planned"]}, ["contact"]),
        ({"is_open": True}, ["contact"]), ({"contradicted": True}, ["figure"]),
        ({"since": "2020-06"}, ["contact"]), ({"until": "2019"}, ["figure"]),
    ],
)  # fmt: skip
def test_entries_are_found_by_kind_status_days_open_ends_and_contradictions(store, asked, found):
    assert kinds(accounts.entries(store, dyad=("NOR", "GHA"), **asked)) == found


@pytest.mark.parametrize("asked", [{"kinds": ["visit"]}, {"since": "soon"}, {"dyad": ("A", "B", "C")}])
def test_what_cannot_be_asked_is_a_wrong_call(store, asked):
    with pytest.raises(CallError):
        accounts.entries(store, **asked)


def test_an_entry_is_found_by_the_beginning_of_its_id(store):
    (paper,) = accounts.entries(store, kinds=["agreement"])
    assert accounts.entry(store, paper.id[:8]) == paper


def test_an_entry_of_two_pairs_is_ambiguous_until_the_pair_is_named(store):
    (deed,) = accounts.entries(store, kinds=["deed"], dyad=("NOR", "TGO"))
    with pytest.raises(CallError, match="ambiguous"):
        accounts.entry(store, deed.id)
    assert accounts.entry(store, deed.id, dyad=("TGO", "NOR")) == deed


@pytest.mark.parametrize(("key", "why"), [("abc", "too short"), ("ffffffffffff", "no entry")])
def test_an_id_that_is_none_is_a_wrong_call(store, key, why):
    with pytest.raises(CallError, match=why):
        accounts.entry(store, key)


def test_the_entries_and_the_record_of_an_id_are_found(store):
    (paper,) = accounts.entries(store, kinds=["agreement"])
    assert accounts.of_records(store, [paper.id]) == {paper.id: (paper,)}
    assert accounts.told(store, [paper.id, "none"]).keys() == {paper.id}
