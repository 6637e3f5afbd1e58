"""The records as published: the schema and the page that describe them say what the types say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral import model
from bilateral.model import KINDS, AnyRecord, decode, encode, identified, kind_of

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "records.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    found = re.search(rf"^## {name}\b(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/records.md has no section {name}"
    return found[1]


def rows(text: str) -> list[str]:
    return re.findall(r"^\| `([\w_]+)`", text, re.MULTILINE)


def test_the_schema_that_is_published_is_the_one_of_the_types():
    published = json.loads((DOCS / "records.schema.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(msgspec.json.schema(AnyRecord)))


@pytest.mark.parametrize("kind", KINDS, ids=kind_of)
def test_every_field_of_a_record_is_described_once(kind):
    shared = set(model.Record.__struct_fields__)
    own = [name for name in kind.__struct_fields__ if name not in shared]
    assert sorted(rows(section(kind.__name__))) == sorted(own)


@pytest.mark.parametrize("name", ["Evidence", "Actor", "Claim", "Reason", "Link", "Change", "Derived"])
def test_every_field_of_a_part_is_described_once(name):
    assert sorted(rows(section(name))) == sorted(getattr(model, name).__struct_fields__)


def test_the_fields_that_all_records_share_are_described():
    assert sorted(rows(section("All records"))) == sorted(["kind", *model.Record.__struct_fields__])


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Statuses", get_args(model.Status)),
        ("Stages", get_args(model.Stage)),
        ("Levels", get_args(model.Level)),
        ("Bounds", get_args(model.Bound)),
        ("Kinds of measures", get_args(model.MeasureKind)),
        ("Standings", get_args(model.Standing)),
    ],
)
def test_every_value_of_a_vocabulary_is_described_once(name, values):
    assert rows(section(name)) == list(values)


SIMPLE = st.text(max_size=10)
EVIDENCE = st.builds(model.Evidence, SIMPLE, SIMPLE, st.integers(0, 99), st.integers(0, 99), SIMPLE)
SOME = st.lists(EVIDENCE, min_size=1, max_size=3).map(tuple)
SCORE = st.floats(0, 1)
REASONS = st.lists(st.builds(model.Reason, SIMPLE, SIMPLE, SCORE), max_size=2).map(tuple)
RECORDS = st.one_of(*(st.builds(k, evidence=SOME, score=SCORE, reasons=REASONS) for k in KINDS))


@given(RECORDS)
@settings(max_examples=60, deadline=None)
def test_a_record_survives_json(record):
    assert decode(encode(record)) == record


@given(RECORDS)
@settings(max_examples=60, deadline=None)
def test_an_id_is_of_what_a_record_says_and_where_and_of_nothing_else(record):
    made = identified(record)
    assert re.fullmatch(r"[0-9a-f]{16}", made.id)
    other = msgspec.structs.replace(made, score=0.123, by="another/9", claimed_by=model.Claim(outlet="X"), reasons=())
    assert identified(other).id == made.id
    moved = tuple(msgspec.structs.replace(e, start=e.start + 1) for e in made.evidence)
    assert identified(msgspec.structs.replace(made, evidence=moved)).id != made.id


def test_a_line_with_an_unknown_field_is_refused_by_name():
    with pytest.raises(msgspec.ValidationError, match="colour"):
        decode(b'{"kind":"role","by":"x/1","score":1,"evidence":[],"person":"A","office":"B","colour":"red"}')
