"""The fields that a person can correct: what each takes, words made values, and what is refused in plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilateral.errors import CallError
from bilateral.fields import LOCKED, fields, fitted, placed, plain, said, typed
from bilateral.model import KINDS, kind_of
from tests.brief import made

RECORDS = [r for batch in (made.interview(), made.customs()) for r in batch.records]


def of(kind):
    return next(r for r in RECORDS if kind_of(r) == kind)


@pytest.mark.parametrize("kind", [kind_of(cls) for cls in KINDS])
def test_every_field_of_a_kind_says_what_it_takes(kind):
    for field in fields(kind):
        assert field.takes
        assert field.name not in LOCKED
        assert "JSON" not in field.takes.split(), field


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: f"{kind_of(r)}-{r.id[:4]}")
def test_what_a_record_says_has_the_types_of_its_fields(record):
    for name, value in said(record).items():
        assert typed(kind_of(record), name, value) == getattr(record, name)


@pytest.mark.parametrize(
    ("kind", "path", "words", "value"),
    [
        ("visit", "status", "planned", "planned"),
        ("visit", "place", "Moscow", "Moscow"),
        ("visit", "place", "null", None),
        ("visit", "place", '"null"', "null"),
        ("visit", "place", "12", "12"),
        ("visit", "topics", "trade, defence", ["trade", "defence"]),
        ("visit", "topics", '["trade"]', ["trade"]),
        ("visit", "topics", "[]", []),
        ("visit", "multilateral", "true", True),
        ("visit", "start", "XXXX-07-03", "XXXX-07-03"),
        ("measure", "value", "2.035e8", "203500000"),
        ("measure", "value", "0.50", "0.5"),
        ("measure", "change", "null", None),
        ("measure", "parties", "RUS,FRA", ["RUS", "FRA"]),
        ("agreement", "count", "12", 12),
        ("event", "code", "AID", "AID"),
    ],
)
def test_words_become_the_value_that_a_field_takes(kind, path, words, value):
    assert placed(of(kind), path, words) == (path, value)


def test_a_place_inside_a_field_changes_that_place_alone():
    visit = of("visit")
    field, value = placed(visit, "visitors.0.country", "FRA")
    assert field == "visitors"
    assert value == [{**plain(visit.visitors[0]), "country": "FRA"}]
    change = placed(of("measure"), "change.direction", "down")[1]
    assert change == {**plain(of("measure").change), "direction": "down"}


def test_the_place_behind_the_last_item_of_a_list_adds_one():
    visit = of("visit")
    value = placed(visit, f"hosts.{len(visit.hosts)}.country", "FRA")[1]
    assert [actor["country"] for actor in value] == [*(a.country for a in visit.hosts), "FRA"]


@pytest.mark.parametrize(
    ("kind", "path", "words", "told"),
    [
        ("visit", "status", "done", "visit status takes one of happened, ongoing, planned"),
        ("visit", "start", "soon", "takes a date in EDTF"),
        ("visit", "nothing", "x", "a visit has no field 'nothing' to correct: expected one of claimed_by, status"),
        ("visit", "evidence", "x", "bilateral review words marks its words"),
        ("visit", "id", "x", "has no field 'id'"),
        ("visit", "visitors.first", "x", "expected the number of an item, from 0, got 'first'"),
        ("visit", "visitors.7.country", "FRA", "expected a number from 0 to 1"),
        ("visit", "visitors.0.rank", "x", "has no 'rank': expected country, sectors, name, role, level"),
        ("visit", "visitors.0.level", "KING", "takes one of HOS, HOG"),
        ("visit", "place.x", "x", "has no 'x': expected nothing below it"),
        ("visit", "multilateral", "perhaps", "takes one of true, false, got 'perhaps'"),
        ("measure", "value", "many", "measure value takes a number, or null, got 'many'"),
        ("measure", "value", "NaN", "it is no figure"),
        ("measure", "value", "1e999999999", "it is no figure"),
        ("measure", "change.value", "Infinity", "it is no figure"),
        ("event", "code", "VISIT", "it is no root of PLOVER"),
        ("event", "actors", "[]", "an event has at least one actor"),
        ("visit", "place", "half \udc80", "half of a character"),
    ],
)
def test_what_a_field_does_not_take_is_refused_with_what_it_takes(kind, path, words, told):
    with pytest.raises(CallError) as caught:
        placed(of(kind), path, words)
    assert told in str(caught.value)


def test_an_unknown_key_in_an_object_is_refused():
    with pytest.raises(CallError, match="unknown field `rank`"):
        fitted("visit", "visitors", [{"rank": "high"}])


def test_decimals_are_text_written_out_in_one_form():
    written = [Decimal(words) for words in ("2.02E+8", "1.50", "100", "0.00")]
    assert plain(written) == ["202000000", "1.5", "100", "0"]
