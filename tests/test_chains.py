"""Nested sources keep their chain: what stands inside a statement inside a statement names all who told it."""

from __future__ import annotations

import pytest

from bilateral import desk, pipeline
from bilateral.model import Measure, Statement
from bilateral.read import documents
from bilateral.store import Store
from bilateral.text import Document, Given, Raw

TOLD = (
    "PHNOM PENH, May 2 (Delta Wire) - Interfax quoted the Russian foreign ministry as saying that Russian Ambassador "
    "Oleg Varenin had said that Cambodia had exported 5,000 tonnes of rubber to Russia in 2023."
)


def batch(text):
    raw = Raw(
        uri="chain.txt", media_type="text/plain", data=text.encode(), given=Given(published="2024-05-02", lang="en")
    )
    return pipeline.batch([d for d in documents(raw) if isinstance(d, Document)])


@pytest.fixture(scope="module")
def read():
    return batch(TOLD)


def speakers(record, records):
    by_id = {r.id: r for r in records}
    return [by_id[key].speaker.name or by_id[key].speaker.role for key in record.claimed_by.statements]


@pytest.mark.model
def test_each_record_inside_keeps_its_whole_chain_the_outermost_first(read):
    (figure,) = [r for r in read.records if isinstance(r, Measure)]
    assert speakers(figure, read.records) == ["Interfax", "Russian foreign ministry", "Oleg Varenin"]
    assert figure.claimed_by.speaker.name == "Oleg Varenin"


@pytest.mark.model
def test_each_statement_of_a_chain_is_claimed_by_the_one_around_it(read):
    said = {s.speaker.name or s.speaker.role: s for s in read.records if isinstance(s, Statement)}
    assert speakers(said["Interfax"], read.records) == []
    assert speakers(said["Russian foreign ministry"], read.records) == ["Interfax"]
    assert speakers(said["Oleg Varenin"], read.records) == ["Interfax", "Russian foreign ministry"]
    assert said["Russian foreign ministry"].content.startswith("Russian Ambassador Oleg Varenin had said")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "According to Interfax, the Russian foreign ministry said the ambassador denied that Russia had expelled "
            "Cambodian diplomats.",
            ["Interfax", "Russian foreign ministry"],
        ),
        (
            "Cambodian minister Sok Ratana said that Ambassador Oleg Varenin had told him that Russia would sign an "
            "agreement with Cambodia in May.",
            ["Sok Ratana"],
        ),
        (
            '"The ambassador told us that Cambodia exported 5,000 tonnes of rubber to Russia in 2023," the '
            "Russian foreign ministry said.",
            ["Russian foreign ministry"],
        ),
    ],
)
def test_other_ways_to_tell_what_another_said_keep_the_chain_too(text, chain):
    records = batch(text).records
    inner = max((s for s in records if isinstance(s, Statement)), key=lambda s: len(s.claimed_by.statements))
    assert speakers(inner, records) == chain


@pytest.mark.model
def test_a_position_inside_a_chain_names_who_told_it(read, tmp_path):
    with Store.open(tmp_path / "relations.db") as store:
        store.write(read)
        found = desk.positions(store, ["RUS"], "trade").of("RUS")
    inner = next(p for p in found if p.speaker.name == "Oleg Varenin")
    assert [t.who for t in inner.through] == ["Interfax (Russia)", "Russian foreign ministry"]
