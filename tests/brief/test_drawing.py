"""The data of a brief's charts: what is counted once, what stands where, and when a chart is left out."""

from __future__ import annotations

import json

import pytest

from bilateral import desk
from bilateral.brief import FORMS
from bilateral.brief.drawing import drawings
from bilateral.brief.things import Thing
from bilateral.entries import Entry, Step
from bilateral.model import Actor, Agreement, Event, Evidence, Visit
from bilateral.store import Store
from tests.brief import told

HERE = (Evidence("sentence", "d", 0, 1, "x"),)
RUS, KHM = Actor(country="RUS"), Actor(country="KHM")
COMMON = {"by": "hand/1", "score": 1.0, "evidence": HERE}
FIRST, AS_ON = "2005-01-01", "2022-06-30"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(told.fill(tmp_path_factory.mktemp("told") / "told.db")) as store:
        yield store


def entry(key, kind, date, status="happened", life=(), **more):
    return Entry(
        id=key, kind=kind, dyad=("KHM", "RUS"), codes=("KHM", "RUS"), type="", date=date, status=status, records=(key,),
        reports=("d",), life=life, **more,
    )  # fmt: skip


def deed(n, date, code="PROTEST"):
    event = Event(id=f"e{n}", code=code, actors=(KHM,), recipients=(RUS,), date=date, **COMMON)
    return Thing(entry=entry(event.id, "deed", date), records=(event,), lead=event)


def visit(n, start, status="happened", kind="visit", *, is_open=False):
    record = Visit(id=f"v{n}", visit_kind=kind, visitors=(KHM,), hosts=(RUS,), start=start, status=status, **COMMON)
    return Thing(entry=entry(record.id, "contact", start, status, is_open=is_open), records=(record,), lead=record)


def paper(n, steps):
    record = Agreement(id=f"a{n}", type="treaty", parties=("RUS", "KHM"), stage="signed", title=f"treaty {n}", **COMMON)
    life = tuple(Step(stage=s, status=status, date=d, records=(record.id,)) for s, status, d in steps)
    return Thing(entry=entry(record.id, "agreement", steps[0][2], life=life), records=(record,), lead=record)


def made(store, things, kind):
    return next((d for d in drawings(store, (), things, {}, FIRST, AS_ON) if d.kind == kind), None)


def test_happenings_are_counted_by_month_and_quad_class(store):
    things = [deed(n, f"2021-0{1 + n % 2}-03") for n in range(6)] + [visit(n, "2021-02-10") for n in range(3)]
    drawing = made(store, things, "events")
    assert [(m.start, m.end, m.kind, m.value) for m in drawing.marks] == [
        ("2021-01-01", "2021-02-01", "material conflict", 3), ("2021-02-01", "2021-03-01", "material conflict", 3),
        ("2021-02-01", "2021-03-01", "verbal cooperation", 3),
    ]  # fmt: skip
    assert "3 of verbal cooperation and 6 of material conflict" in drawing.alt


def test_over_more_than_ten_years_happenings_are_counted_by_year(store):
    drawing = made(store, [deed(n, f"{2005 + n}-07-03") for n in range(12)], "events")
    assert drawing.unit == "year"
    assert drawing.marks[0].start == "2005-01-01"
    assert drawing.marks[0].end == "2006-01-01"


def test_what_is_planned_dated_to_a_year_alone_or_long_past_is_in_no_month(store):
    things = [deed(n, f"2021-0{1 + n % 2}-03") for n in range(8)]
    more = [visit(1, "2021-02-10", "planned"), deed(9, "2021"), deed(10, "1956-05-01")]
    assert made(store, things + more, "events").marks == made(store, things, "events").marks


def test_visits_are_told_apart_by_what_became_of_them(store):
    things = [
        visit(1, "2021-02-10"), visit(2, "2022-07-10", "planned", is_open=True),
        visit(3, "2021-05-10", "planned", is_open=True), visit(4, "2021-06-10", "cancelled"),
        visit(5, "2021-07", "happened", "phone_call"),
    ]  # fmt: skip
    drawing = made(store, things, "visits")
    assert {m.start: m.kind for m in drawing.marks} == {
        "2021-02-10": "held", "2022-07-10": "planned", "2021-05-10": "planned, outcome not reported",
        "2021-06-10": "cancelled or postponed", "2021-07-01": "held",
    }  # fmt: skip
    assert {m.row for m in drawing.marks} == {"Cambodia to Russia", "Calls and summonses"}


def test_the_life_of_an_agreement_is_a_row_with_its_steps(store):
    things = [
        paper(1, [("signed", "happened", "2021-05-20"), ("in_force", "happened", "2021-08")]),
        paper(2, [("initialled", "happened", "2021-05-20"), ("signed", "planned", "2022")]),
        paper(3, [("signed", "happened", "2021-05-20")]),
    ]
    drawing = made(store, things, "agreements")
    assert [(m.row, m.kind) for m in drawing.marks] == [
        ("treaty 1", "signed"), ("treaty 1", "in force"), ("treaty 2", "agreed or initialled"),
        ("treaty 2", "step planned"),
    ]  # fmt: skip


def test_a_chart_with_too_few_data_is_left_out(store):
    few = [deed(1, "2021-01-03"), visit(1, "2021-02-10"), paper(1, [("signed", "happened", "2021-05-20")])]
    assert list(drawings(store, (), few, {}, FIRST, AS_ON)) == []


def test_the_drawings_of_a_brief_are_in_its_json(store):
    brief = desk.brief(store, ["RUS", "KHM"])
    kept = json.loads(FORMS["json"](brief))["charts"]
    assert [c["kind"] for c in kept] == [c.kind for c in brief.charts]
    assert all(c["alt"] for c in kept)
