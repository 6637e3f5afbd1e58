"""The ledger is a function of the set of records: no order of reading changes it, nothing is lost, people win."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral.entries import encoded
from bilateral.ledger import Rulings, entries
from tests.ledger import made, worlds

PAIR = ("GHA", "NOR")


def told(reports):
    return [t for doc, records in reports for t in made.told(doc, *records)]


def kept(found):
    return [encoded(e) for e in found]


@settings(max_examples=150, deadline=None)
@given(worlds.reports(), st.randoms(use_true_random=False))
def test_any_order_of_records_gives_the_same_entries_byte_by_byte(reports, chance):
    order = told(reports)
    mixed = order[:]
    chance.shuffle(mixed)
    assert kept(entries(mixed, PAIR)) == kept(entries(order, PAIR))


@settings(max_examples=150, deadline=None)
@given(worlds.reports())
def test_every_record_is_in_exactly_one_entry_and_each_entry_bears_the_id_of_its_earliest(reports):
    order = told(reports)
    found = entries(order, PAIR)
    held = [r for e in found for r in e.records]
    assert sorted(held) == sorted(t.record.id for t in order)
    days = {t.record.id: (t.source.day or "9999-12-31", t.record.id) for t in order}
    assert all(e.id == min(e.records, key=days.__getitem__) for e in found)


@settings(max_examples=150, deadline=None)
@given(worlds.reports(), st.data())
def test_what_people_join_and_part_wins_over_the_rules(reports, data):
    order = told(reports)
    found = entries(order, PAIR)
    for entry in (e for e in found if len(e.records) > 1):
        key = frozenset(data.draw(st.permutations(entry.records))[:2])
        apart = entries(order, PAIR, Rulings(parted=frozenset({key})))
        assert not any(key <= set(e.records) for e in apart)
    for kind in ("contact", "deed", "agreement", "figure"):
        some = [e for e in found if e.kind == kind]
        if len(some) > 1:
            one, two = (next(r for r in e.records if r not in {j.record for j in e.joins}) for e in some[:2])
            whole = entries(order, PAIR, Rulings(joined=frozenset({frozenset({one, two})})))
            assert any({one, two} <= set(e.records) for e in whole)
