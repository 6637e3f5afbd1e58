"""The ledger on the command line: lists, one entry with all that is told of it, indices; and their Python door."""

from __future__ import annotations

import csv
import io
import json

import pytest
from msgspec import structs
from typer.testing import CliRunner

import bilateral
from bilateral import cli, desk
from bilateral.errors import CallError
from bilateral.keeping import keep
from bilateral.model import Actor
from bilateral.store import Store
from tests.ledger import made

PLAN = "The Norwegian minister will visit Ghana on 12 May."
HELD = "The Norwegian minister visited Ghana on 12 May."
OFF = "The visit to Ghana was cancelled."
PRAISE = "Norway praised Ghana."


@pytest.fixture
def store(tmp_path, monkeypatch):
    plan = made.document(["A plan", PLAN], "2020-05-01", "TASS")
    held = made.document(["A visit", HELD, PRAISE], "2020-05-14", "Coast News")
    off = made.document(["No visit", OFF], "2020-05-11", "Harbour Post")
    told = [
        (plan, (made.visit(plan, PLAN, "visit", status="planned", start="2020-05-12"),)),
        (held, (
            made.visit(held, HELD, "visited", start="2020-05-12"),
            made.event(held, PRAISE, "praised", code="SUPPORT", cameo="051", date="2020-05-13"),
            made.event(held, HELD, "visited", code="CONSULT", cameo="042", date="2020-05-12", mode="visit",
                       actors=(Actor(country="NOR"),), recipients=(Actor(country="GHA"),)),
        )),
        (off, (made.visit(off, OFF, "visit", status="cancelled", start="2020-05-12"),)),
    ]  # fmt: skip
    path = tmp_path / "relations.db"
    with Store.open(path) as opened:
        opened.write(made.batch(told))
        keep(opened)
    monkeypatch.setenv("BILATERAL_STORE", str(path))
    return path


@pytest.fixture
def run(store):
    def ran(*words):
        result = CliRunner().invoke(cli.app, list(words))
        assert result.exit_code == 0, result.output
        return result

    return ran


def test_the_ledger_lists_each_thing_once_with_its_contradictions(run):
    result = run("ledger", "Norway", "Ghana")
    assert "held: held, and called off or denied" in result.stdout
    assert result.stderr.strip() == "2 entries"


def test_the_ledger_is_narrowed_by_kind_open_ends_and_contradictions(run):
    assert run("ledger", "--kind", "deed").stderr.strip() == "1 entry"
    assert run("ledger", "--contradictions").stderr.strip() == "1 entry"
    assert "0 entries" in run("ledger", "--open").stderr


def test_the_ledger_as_a_table_and_as_lines(run):
    rows = list(csv.DictReader(io.StringIO(run("ledger", "--format", "csv").stdout)))
    told = [(r["pair"], r["kind"], r["independent"]) for r in rows]
    assert told == [("GHA-NOR", "contact", "3"), ("GHA-NOR", "deed", "1")]
    entry = json.loads(run("ledger", "--kind", "contact", "--format", "jsonl").stdout)
    assert [s["stage"] for s in entry["life"]] == ["announced", "cancelled", "held"]


def test_an_entry_shows_its_life_words_joins_and_sources(run, store):
    with Store.open(store) as opened:
        (found,) = desk.ledger(opened, kinds=["contact"])
    shown = run("entry", found.entry.id[:6]).stdout
    for words in (
        "announced (planned): TASS", "contradiction (held)", f"“{OFF}”", "joined because", "TASS, state-owned",
        "3 independent outlets",
    ):  # fmt: skip
        assert words in shown
    rows = list(csv.DictReader(io.StringIO(run("entry", found.entry.id, "--format", "csv").stdout)))
    assert [r["outlet"] for r in rows] == ["TASS", "Harbour Post", "Coast News", "Coast News"]
    whole = json.loads(run("entry", found.entry.id, "--format", "jsonl").stdout)
    assert len(whole["tellings"]) == 4


def test_indices_count_each_happening_once_and_name_the_codes(run):
    # CONSULT.visit: PLOVER 4, 042: 1.9; SUPPORT: PLOVER 5, 051: 3.4
    (row,) = csv.DictReader(io.StringIO(run("indices", "NOR", "GHA", "--format", "csv").stdout))
    wanted = {
        "period": "2020-05", "direction": "NOR>GHA", "n": "2", "verbal_cooperation": "2", "goldstein_n": "2",
        "goldstein_cooperation": "5.3", "plover_cooperation": "9.0", "reports": "3", "per_100_reports": "66.67",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert "ontologies/cameo.toml" in run("indices", "NOR", "GHA", "--by", "year").stdout
    line = json.loads(run("indices", "NOR", "GHA", "--count", "records", "--format", "jsonl").stdout)
    assert (line["n"], line["period"]) == (2, "2020-05")


def test_indices_are_of_two_states(store):
    with Store.open(store) as opened, pytest.raises(CallError):
        desk.indices(opened, ["NOR"])


def test_the_python_door_has_the_ledger(store):
    with bilateral.Store.open(store) as opened:
        (visit, praise) = bilateral.ledger(opened, ["NOR", "GHA"])
        account = bilateral.entry(opened, visit.entry.id)
        assert account.tellings[0].report.publisher == "TASS"
        assert len(bilateral.indices(opened, ["NOR", "GHA"], since="2020-06")) == 0
    assert praise.record.status == "happened"


def test_reading_forgetting_and_redating_keep_the_ledger_up_to_date(tmp_path):
    with Store.open(tmp_path / "s.db") as opened:
        doc = made.document(["A visit", HELD], "2020-05-14")
        opened.write(made.batch([(doc, (made.visit(doc, HELD, "visited", start="2020-05-12"),))]))
        assert opened.stale()
        desk.forget(opened, doc.id)
        assert (opened.stale(), desk.ledger(opened)) == ([], [])
        opened.write(made.batch([(structs.replace(doc, uri="again"), ())]))
        desk.set_date(opened, doc.id, "2020-05-15")
        assert not opened.stale()
