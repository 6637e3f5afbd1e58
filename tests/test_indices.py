"""Indices by hand: counts by quad, sums apart, directions, periods, each happening once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilateral.entries import Entry
from bilateral.indices import Happening, indices, of_entries, of_records
from bilateral.model import Actor, Event, Evidence

PAIR = ("GHA", "NOR")
WORDS = (Evidence("sentence", "d", 0, 1, "x"),)


def event(code, cameo=None, actors=("NOR",), recipients=("GHA",), date="2020-05-03", **more):
    return Event(
        by="hand/1", score=0.9, evidence=WORDS, code=code, cameo=cameo, date=date,
        actors=tuple(Actor(country=c) for c in actors), recipients=tuple(Actor(country=c) for c in recipients), **more,
    )  # fmt: skip


def happened(*events, day="2020-05-10"):
    return [Happening(event=e, day=day) for e in events]


def test_a_month_is_counted_and_summed_by_hand():
    # ACCUSE -3 and 111: -2.0; COERCE -7 and 173: -5.0, both by Norway on Ghana; CONSULT 2.5 and 040: 1.0, together.
    told = happened(
        event("ACCUSE", "111"), event("COERCE", "173"), event("CONSULT", "040", ("NOR", "GHA"), ())
    )  # fmt: skip
    one, two = indices(told, PAIR, ["2020-05-10"] * 8 + ["2020-06-01"])
    assert (one.period, one.direction, one.n, one.quads) == ("2020-05", "NOR>GHA", 2, (0, 0, 1, 1))
    assert (one.goldstein_cooperation, one.goldstein_conflict, one.goldstein_n) == (0, Decimal("-7.0"), 2)
    assert (one.plover_cooperation, one.plover_conflict) == (0, Decimal(-10))
    assert (two.direction, two.quads, two.plover_cooperation) == ("mutual", (1, 0, 0, 0), Decimal("2.5"))
    assert two.goldstein_cooperation == Decimal("1.0")
    assert (one.reports, one.per_reports, two.per_reports) == (8, Decimal("25.00"), Decimal("12.50"))


def test_cooperation_and_conflict_never_cancel_out():
    (row,) = indices(happened(event("ACCUSE", "111"), event("AID", "070")), PAIR, [])
    assert (row.plover_cooperation, row.plover_conflict) == (Decimal("10.0"), Decimal("-3.0"))
    assert row.per_reports is None


def test_an_event_without_a_value_is_counted_but_not_in_the_sum():
    (row,) = indices(happened(event("ACCUSE", None)), PAIR, [])
    assert (row.n, row.goldstein_n, row.goldstein_conflict) == (1, 0, 0)


@pytest.mark.parametrize(
    ("date", "by", "period"),
    [
        ("2020-05-03", "month", "2020-05"), ("2020-05-03", "year", "2020"), ("2020", "month", ""),
        ("2020", "year", "2020"), (None, "month", "2020-06"), ("2020-05-30/2020-06-02", "month", ""),
    ],
)  # fmt: skip
def test_the_period_is_that_of_the_act_else_that_of_the_report(date, by, period):
    (row,) = indices(happened(event("ACCUSE", date=date), day="2020-06-01"), PAIR, [], by=by)
    assert row.period == period


def test_what_did_not_happen_and_what_is_only_recalled_is_not_counted():
    told = happened(
        event("ACCUSE", status="denied"), event("ACCUSE", status="hypothetical"), event("ACCUSE", status="planned"),
        event("ACCUSE", background=True), event("AGREE", status="planned"), event("ACCUSE"),
    )  # fmt: skip
    assert [h.event.code for h in of_records(told)] == ["AGREE", "ACCUSE"]


def entry(kind, *records):
    return Entry(
        id=records[0], kind=kind, dyad=PAIR, codes=PAIR, type="x", date=None, status="happened", records=records,
        reports=(),
    )  # fmt: skip


def test_a_meeting_of_three_reports_is_counted_once_and_a_plan_gives_way_to_what_came_of_it():
    plan = event("AGREE", "030", ("NOR", "GHA"), (), status="planned")
    met = event("CONSULT", "040", ("NOR", "GHA"), ())
    told = dict(zip("abc", happened(plan, met, met), strict=True))
    assert [h.event.code for h in of_entries([entry("contact", "a", "b", "c")], told)] == ["CONSULT"]
    assert [h.event.code for h in of_entries([entry("contact", "a")], told)] == ["AGREE"]


def test_signing_and_ratifying_one_agreement_are_two_happenings():
    told = dict(zip("abc", happened(
        event("SUPPORT", date="2020-05-03"), event("SUPPORT", date="2020-05"), event("SUPPORT", date="2020-10-01")
    ), strict=True))  # fmt: skip
    assert len(of_entries([entry("agreement", "a", "b", "c")], told)) == 2


def test_an_act_of_a_third_state_on_both_is_of_no_direction_of_theirs():
    assert indices(happened(event("ACCUSE", actors=("TGO",), recipients=("GHA", "NOR"))), PAIR, []) == []
