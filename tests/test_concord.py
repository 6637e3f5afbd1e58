"""Krippendorff's alpha against published and hand-computed values, and agreement out of rows of corrections."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.concord import alpha, coders_of, concord, interval_alpha, ratings
from bilateral.corrections import MACHINE, Correction, about, sealed
from bilateral.model import kind_of
from tests.store import made

DOCS = [made.document(made.text_of(n)) for n in range(4)]
VISITS = [next(r for r in made.records(doc) if kind_of(r) == "visit") for doc in DOCS]
MEASURES = [next(r for r in made.records(doc) if kind_of(r) == "measure") for doc in DOCS]

# Four coders, twelve units, values missing: Krippendorff (2011), "Computing Krippendorff's alpha-reliability", part C.
FOUR = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]


def units(rows):
    columns = zip(*(row.split() for row in rows), strict=True)
    return [[int(value) for value in column if value != "."] for column in columns]


def test_four_coders_with_missing_values_give_the_published_alphas():
    assert alpha(units(FOUR)) == pytest.approx(0.743, abs=0.0005)
    assert interval_alpha(units(FOUR)) == pytest.approx(0.849, abs=0.0005)


def test_two_coders_of_a_yes_or_no_give_the_published_alpha():
    both = ["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]  # part A of the same paper
    assert alpha(units(both)) == pytest.approx(0.095, abs=0.0005)


def test_two_coders_of_five_values_give_the_published_alpha():
    both = ["1 1 2 2 4 3 3 3 5 4 4 1", "2 1 2 2 2 3 3 3 5 4 4 4"]  # part B of the same paper
    assert alpha(units(both)) == pytest.approx(0.692, abs=0.0005)


def test_a_small_case_by_hand():
    """Units (a, a), (a, b): within units 2 ordered pairs differ; of the 4 values 3 are a and 1 b, so 6 of 12 pairs do.

    Observed 2 / 4, expected 6 / 12: alpha is 0.
    """
    assert alpha([("a", "a"), ("a", "b")]) == 0
    # figures: observed (0 + 2 * 1) / 4 = 1/2; expected: pairs of 1, 1, 1, 2 at distance 1: 6 / 12 = 1/2
    assert interval_alpha([(1, 1), (1, 2)]) == 0


def test_agreement_throughout_is_one_and_none_at_all_is_below_zero():
    assert alpha([("a", "a"), ("b", "b")]) == 1
    assert alpha([("a", "b"), ("b", "a")]) == pytest.approx(-0.5)


def test_alpha_is_not_defined_without_variation_or_pairs():
    assert alpha([("a", "a"), ("a", "a")]) is None
    assert alpha([("a",), ("b",)]) is None
    assert alpha([]) is interval_alpha([(3,)]) is None


@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), max_size=8), st.randoms())
def test_neither_the_order_of_coders_nor_of_units_changes_alpha(some, chance):
    mixed = [chance.sample(unit, len(unit)) for unit in some]
    chance.shuffle(mixed)
    assert alpha(mixed) == alpha(some)
    assert interval_alpha(mixed) == interval_alpha(some)


@given(st.lists(st.lists(st.integers(0, 50), min_size=2, max_size=3), max_size=8), st.integers(-9, 9), st.integers(1))
def test_another_origin_and_unit_of_figures_change_no_alpha(some, shift, scale):
    moved = [[Fraction(value * scale + shift) for value in unit] for unit in some]
    assert interval_alpha(moved) == interval_alpha(some)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=3), min_size=1, max_size=8))
def test_alpha_is_what_counting_pair_by_pair_gives(some):
    every = [value for unit in some for value in unit]
    n = len(every)
    seen = sum(sum(a != b for i, a in enumerate(u) for j, b in enumerate(u) if i != j) / (len(u) - 1) for u in some)
    due = sum(a != b for i, a in enumerate(every) for j, b in enumerate(every) if i != j) / (n - 1)
    assert alpha(some) == (None if not due else pytest.approx(1 - seen / due))


# Out of rows.


def row(record, action, who, *, at=0, **more):
    when = f"2026-01-01T00:00:{at:02}Z"
    return sealed(Correction(action=action, about=about(record), who=who, when=when, **more))


def found(rows, coders, field):
    some = concord(ratings(rows), coders, field)
    assert len(some) == 1
    return some[0]


def test_who_accepts_says_what_the_machine_says_of_every_field():
    rows = [row(v, "accept", "ann") for v in VISITS]
    made_ = {c.field: c for c in concord(ratings(rows), ("ann", MACHINE))}
    assert {"status", "visit_kind", "start", "hosts", "verdict"} <= set(made_)
    assert all(c.units == 4 and c.agreed == 1 for c in made_.values())


def test_two_coders_differ_where_one_corrects_what_the_other_accepts():
    rows = [row(v, "accept", "ann") for v in VISITS]
    rows += [row(v, "accept", "bob") for v in VISITS[:3]]
    rows += [row(VISITS[0], "correct", "bob", at=1, field="status", value="planned")]
    said = found(rows, ("ann", "bob"), "status")
    assert (said.units, said.agreed) == (3, pytest.approx(2 / 3))
    # by hand: values 5 happened and 1 planned; observed 2 / 6, expected 10 / 30
    assert said.nominal == 0


def test_a_coder_who_corrects_one_field_says_nothing_of_the_others():
    rows = [row(VISITS[0], "correct", "ann", field="status", value="planned")]
    assert {c.field for c in concord(ratings(rows), ("ann", MACHINE))} == {"status"}


def test_who_rejects_a_record_says_nothing_of_its_fields():
    rows = [row(VISITS[0], "accept", "ann"), row(VISITS[0], "reject", "ann", at=1)]
    said = found(rows, ("ann", MACHINE), None)
    assert (said.field, said.agreed) == ("verdict", 0)


def test_the_share_of_accepted_records_is_what_the_machine_and_a_coder_share_in_the_verdict():
    rows = [row(v, "reject" if n == 0 else "accept", "ann") for n, v in enumerate(VISITS)]
    assert found(rows, ("ann", MACHINE), "verdict").agreed == 0.75


def test_undone_rows_do_not_count():
    first = row(VISITS[0], "reject", "ann")
    back = sealed(Correction(action="undo", about=first.about, undoes=first.id, who="ann", when="2026-01-02T00:00:00Z"))
    assert ratings([first, back]) == {}


def test_dates_and_figures_are_weighed_by_their_distance_too():
    rows = [row(m, "accept", who) for m in MEASURES for who in ("ann", "bob")]
    rows += [row(MEASURES[0], "correct", "bob", at=1, field="value", value="5500001")]
    rows += [row(MEASURES[1], "correct", who, at=1, field="value", value="9000000") for who in ("ann", "bob")]
    said = found(rows, ("ann", "bob"), "measure.value")
    assert said.interval_units == 4
    assert said.nominal < 0.8 < 0.999 < said.interval
    dates = [row(v, "accept", who) for v in VISITS for who in ("ann", "bob")]
    dates += [row(VISITS[0], "correct", "bob", at=1, field="start", value=None)]
    said = found(dates, ("ann", "bob"), "start")
    assert (said.units, said.interval_units) == (4, 3)


def test_numbers_written_in_other_ways_are_the_same_number():
    rows = [row(MEASURES[0], "correct", "ann", field="value", value="5.5E+6")]
    assert found(rows, ("ann", MACHINE), "value").agreed == 1


def test_coders_are_named_without_the_machine():
    assert coders_of(ratings([row(VISITS[0], "accept", who) for who in ("bob", "ann")])) == ("ann", "bob")
