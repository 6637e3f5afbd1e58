"""Positions: what each side said on a topic, with words, speaker, office, report, offsets and source chain."""

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
from bilateral.model import Actor, Claim, Event, Statement, evidence, identified
from bilateral.store import Store
from tests.store.made import document, one

ENVOY = Actor(country="RUS", sectors=("GOV",), name="Oleg Varenin", role="ambassador", level="AMB")
TRADER = Actor(country="KHM", sectors=("GOV",), name="Sok Ratana", role="trade minister", level="MIN")
DESK = Actor(country="KHM", name=None, role="foreign ministry", level="ORG")
FERRIES = "the export of ferries stood still"
TALKS = (
    "Harbour talks\nVarenin said that rubber exports had doubled. "
    "Trade minister Sok Ratana said that the park was open. "
    "The foreign ministry said the envoy had told it that tariffs would fall. Varenin denied that the mast was tall."
)


def said(doc, sentence, content, speaker, *, cue="said", through=(), **more):
    start = doc.text.index(sentence)
    at = doc.text.index(content, start)
    who = next((w for w in (speaker.name, "Varenin", speaker.role) if w and w in sentence), None)
    found = [evidence(doc, "sentence", start, start + len(sentence)), evidence(doc, "content", at, at + len(content))]
    if who:
        found.append(evidence(doc, "speaker", start + sentence.index(who), start + sentence.index(who) + len(who)))
    claim = Claim(outlet=doc.publisher, statements=tuple(s.id for s in through), speaker=None)
    return identified(
        Statement(by="hand/1", score=0.9, evidence=tuple(found), claimed_by=claim, speaker=speaker, content=content,
                  mode="indirect", cue=cue, **more)
    )  # fmt: skip


@pytest.fixture
def store(tmp_path):
    """Two reports: one of 2019-03-06 with a chain, one of 2020 without a state but the speaker's."""
    doc = document(TALKS, "talks.txt")
    parts = [f"{part}." for part in TALKS.split("\n")[1].rstrip(".").split(". ")]
    rubber = said(doc, parts[0], "rubber exports had doubled", ENVOY, date="2019-03-05")
    park = said(doc, parts[1], "the park was open", TRADER)
    ministry = said(doc, parts[2], "the envoy had told it that tariffs would fall", DESK)
    fall = said(doc, parts[2], "tariffs would fall", ENVOY, cue="told", through=(ministry,))
    mast = said(doc, parts[3], "the mast was tall", ENVOY, cue="denied", status="denied")
    event = identified(
        Event(by="hand/1", score=0.9, evidence=(evidence(doc, "trigger", 0, 7),), code="CONSULT",
              actors=(Actor(country="RUS"),), recipients=(Actor(country="KHM"),))
    )  # fmt: skip
    later = document(f"More talks\nVarenin said that {FERRIES}.", "later.txt", publisher="Bay Post")
    ferries = said(later, later.text.split("\n")[1], FERRIES, ENVOY)
    with Store.open(tmp_path / "relations.db") as opened:
        opened.write(one(doc, rubber, park, ministry, fall, mast, event))
        opened.write(one(later, ferries, structs.replace(ferries, speaker=DESK, id="0" * 16), on="2020-02"))
        yield opened


@pytest.fixture
def run(store, monkeypatch):
    monkeypatch.setenv("BILATERAL_STORE", str(store.path))
    return lambda *words: CliRunner().invoke(cli.app, list(words))


def contents(made, side):
    return [" ".join(piece.text for piece in p.words) for p in made.of(side)]


def test_each_side_has_its_own_statements_the_newest_first(store):
    made = desk.positions(store, ["Russia", "KHM"], "trade")
    assert made.sides == ("RUS", "KHM")
    assert contents(made, "RUS") == [
        FERRIES, "tariffs would fall", "rubber exports had doubled"
    ]  # fmt: skip
    assert contents(made, "KHM") == [FERRIES, "the envoy had told it that tariffs would fall"]
    assert made.total == len(made.positions) == 5


def test_a_position_has_its_words_offsets_speaker_office_day_and_report(store):
    found = desk.positions(store, ["RUS"], "trade", until="2019").positions[-1]
    assert (found.speaker.name, found.office, found.speaker.level) == ("Oleg Varenin", "ambassador", "AMB")
    assert (found.date, found.dated_by, found.published, found.outlet) == (
        "2019-03-05", "statement", "2019-03-06", "Kalivia Wire"
    )  # fmt: skip
    (piece,) = found.words
    assert store.document(found.report).text[piece.start : piece.end] == piece.text == "rubber exports had doubled"


def test_what_was_told_inside_another_statement_names_who_told_it(store):
    found = next(p for p in desk.positions(store, ["RUS", "KHM"], "trade").of("RUS") if p.through)
    assert [t.who for t in found.through] == ["Cambodian foreign ministry"]
    assert "as told by Cambodian foreign ministry" in bilateral.POSITION_FORMS["text"](
        desk.positions(store, ["RUS"], "trade")
    )


def test_the_office_of_a_speaker_is_not_what_the_statement_is_on(store):
    assert "the park was open" not in contents(desk.positions(store, ["KHM"], "trade"), "KHM")
    assert contents(desk.positions(store, ["KHM"], "park"), "KHM") == ["the park was open"]


def test_since_and_until_count_the_day_of_the_saying_else_of_the_report(store):
    assert contents(desk.positions(store, ["RUS"], "trade", since="2020"), "RUS") == [FERRIES]
    assert len(desk.positions(store, ["RUS"], "trade", until="2019-03-05").positions) == 1
    with pytest.raises(CallError, match="lies after"):
        desk.positions(store, ["RUS"], "trade", since="2021", until="2020")


def test_a_limit_keeps_the_newest_and_the_total_tells_of_the_rest(store):
    made = desk.positions(store, ["RUS", "KHM"], "trade", limit=1)
    assert [p.date for p in made.positions] == ["2020-02"]
    assert made.total == 5


@pytest.mark.parametrize("topic", ["Aid Development", "aid-development", "AID_DEVELOPMENT"])
def test_a_subject_may_be_written_in_words(store, topic):
    assert desk.positions(store, ["RUS"], topic).topic == "aid_development"


@pytest.mark.parametrize("topic", ["weather balloons", "", " ", "*", '"'])
def test_an_unknown_topic_is_a_wrong_call_that_lists_the_topics(store, run, topic):
    with pytest.raises(CallError, match=r"no topic: expected trade, investment"):
        desk.positions(store, ["RUS"], topic)
    done = run("positions", "RUS", "--topic", topic)
    assert done.exit_code == 2
    assert "expected trade, investment" in done.stderr


@pytest.mark.parametrize("form", ["text", "md", "markdown", "json", "csv"])
def test_every_form_has_the_words_the_speaker_the_report_and_the_day(run, form):
    done = run("positions", "RUS", "KHM", "--topic", "trade", "--form", form)
    assert done.exit_code == 0, done.output
    for words in ("rubber exports had doubled", "Oleg Varenin", "AMB", "Kalivia Wire", "tariffs would fall"):
        assert words in " ".join(done.stdout.split()), words
    assert "5 statements" in done.stderr


def test_json_and_csv_can_be_read_back(run):
    made = json.loads(run("positions", "RUS", "KHM", "--topic", "trade", "--form", "json").stdout)
    assert {p["side"] for p in made["positions"]} == {"RUS", "KHM"}
    rows = list(csv.DictReader(io.StringIO(run("positions", "RUS", "--topic", "mast", "--form", "csv").stdout)))
    assert [(r["status"], r["words"], r["dated_by"]) for r in rows] == [("denied", "the mast was tall", "report")]


def test_a_side_that_said_nothing_is_told_of(run):
    done = run("positions", "RUS", "FRA", "--topic", "trade")
    assert "FRANCE\n   nothing found" in done.stdout
