"""What a user can do, as functions: reading twice, widening the gate, changed texts, dates, kills, the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bilateral import desk, parse, query
from bilateral.errors import CallError
from bilateral.store import Store
from bilateral.text import Given
from tests import readings
from tests.brief import made
from tests.readings import dump, folder, report

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "reports"
READINGS = Path(readings.__file__)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "relations.db"


@pytest.fixture
def store(path):
    with Store.open(path) as store:
        yield store


# Wishes.


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("RUS", "RUS"),
        ("rus", "RUS"),
        ("ru", "RUS"),
        ("Russia", "RUS"),
        ("russian federation", "RUS"),
        ("Kampuchea", "KHM"),
        ("us", "USA"),
        ("uk", "GBR"),
        ("IGO:ASEAN", "IGO:ASEAN"),
        ("asean", "IGO:ASEAN"),
        ("igo:eu", "IGO:EU"),
        ("Viet Nam", "VNM"),
        ("Korea, Republic of", "KOR"),
    ],
)
def test_a_state_is_known_by_its_names_and_codes_in_any_case(words, code):
    assert desk.codes_of([words]) == (code,)


def test_commas_stand_between_states():
    assert desk.codes_of(["RUS, khm"]) == ("RUS", "KHM")
    assert desk.question(dyad="RUS,KHM").dyad == ("RUS", "KHM")


def test_a_question_takes_dates_as_people_write_them_and_kinds_in_the_plural():
    asked = desk.question(kinds=["events", "visit"], since="3 July 2019", until="2020", statuses=["planned,proposed"])
    assert (asked.kinds, asked.since, asked.until) == (("event", "visit"), "2019-07-03", "2020")
    assert asked.statuses == ("planned", "proposed")


@pytest.mark.parametrize(
    "wrong",
    [{"kinds": ["treaties"]}, {"dyad": ["RUS", "RUS"]}, {"dyad": ["X"]}, {"since": "soon"}, {"until": "XXXX-05"}],
)
def test_what_cannot_be_asked_is_a_wrong_call(wrong):
    with pytest.raises(CallError, match=r"expected|cannot be read"):
        desk.question(**wrong)


def test_a_record_is_shown_with_all_paragraphs_that_hold_its_words(tmp_path):
    with Store.open(made.fill(tmp_path / "made.db")) as store:
        visit = desk.ask(store, desk.question(kinds=["visits"], statuses=["happened"], types=["visit"])).records[0]
        shown = desk.show(store, visit.id[:5])
    assert shown.record == visit
    assert [text for _, text in shown.passages] == [
        "A delegation led by General Sok Dara of Cambodia visited Moscow in March 2019."
    ]
    assert shown.section == "Trade and talks"
    assert len(shown.unparsed) == 1


def test_the_evaluation_s_task_must_be_known():
    with pytest.raises(CallError, match="expected a task"):
        desk.evaluate("nothing", Path("x"))


# Reading.


@pytest.mark.model
def test_reading_twice_changes_nothing(store, path):
    first = desk.read(store, [SAMPLES])
    before = dump(path)
    again = desk.read(store, [SAMPLES])
    assert (first.reports_new, again.reports_new, again.reports_known) == (18, 0, 18)
    assert again.records == {}
    assert dump(path) == before


@pytest.mark.model
def test_coding_again_by_the_same_rules_changes_nothing(store, path):
    desk.read(store, [SAMPLES / "101.txt", SAMPLES / "112.txt"])
    before = dump(path)
    summary = desk.recode(store)
    assert summary.reports_known == 2
    assert dump(path) == before


@pytest.mark.model
def test_the_same_report_twice_in_one_folder_is_one(store, tmp_path):
    place = folder(tmp_path / "in", 1)
    (place / "copy.txt").write_text((place / "000.txt").read_text())
    summary = desk.read(store, [place])
    assert (summary.reports_new, summary.reports_known) == (1, 1)
    assert len(desk.reports(store)) == 1
    assert desk.read(store, [place / "copy.txt"]).reports_known == 1
    assert [r.uri for r in desk.reports(store)] == ["in/000.txt"]


@pytest.mark.model
def test_a_changed_text_supersedes_the_old_one_and_an_old_one_that_is_back_counts_again(store, tmp_path):
    file = tmp_path / "news.txt"
    for n, superseded in ((1, 0), (2, 1), (1, 1)):
        file.write_text(report(n))
        assert desk.read(store, [file]).superseded == superseded
        counting = desk.reports(store)
        assert len(counting) == 1
        assert f"{n},400 tonnes" in store.document(counting[0].id).text


@pytest.mark.model
def test_coding_again_does_not_bring_back_what_was_superseded(store, tmp_path):
    file = tmp_path / "news.txt"
    for n in range(1, 6):
        file.write_text(report(n))
        desk.read(store, [file])
    desk.recode(store)
    assert ["5,400 tonnes" in store.document(r.id).text for r in desk.reports(store)] == [True]
    old = next(r for r in query.reports(store, superseded=True) if r.superseded_by)
    with pytest.raises(CallError, match="counts no more"):
        desk.set_date(store, old.id, "2020")


@pytest.mark.model
def test_a_wider_gate_parses_only_what_is_missing(store, tmp_path, monkeypatch):
    file = tmp_path / "news.txt"
    file.write_text(report() + "\n" + "\n\n".join(f"The old mill stood still on day {n}." for n in range(1, 6)) + "\n")
    desk.read(store, [file], gate="window")
    key = desk.reports(store)[0].id
    narrow = store.parse(key)
    asked = []

    def watched(document, spans=None, *, gate="off"):
        asked.append(tuple(spans))
        return parse.parse(document, spans, gate=gate)

    monkeypatch.setattr("bilateral.pipeline.parse", watched)
    summary = desk.read(store, [file], gate="off")
    assert (summary.reports_new, summary.reports_known) == (0, 1)
    assert asked == [parse.missing(store.document(key), narrow)]
    assert len(asked[0]) == 4
    assert parse.missing(store.document(key), store.parse(key)) == ()
    assert desk.read(store, [file], gate="window").records == {}
    assert len(asked) == 1
    alone = parse.parse(store.document(key), gate="off")
    assert store.parse(key) == alone


@pytest.mark.model
def test_a_date_once_given_is_kept_when_the_report_is_read_without_it(store, tmp_path):
    file = tmp_path / "news.txt"
    file.write_text(readings.SENTENCE.format(n=5) + "\n")
    desk.read(store, [file], given=Given(published="2024-04-09"))
    desk.read(store, [file])
    assert desk.reports(store)[0].published.value == "2024-04-09"
    desk.read(store, [file], given=Given(published="2023-04-09"))
    assert desk.reports(store)[0].published.value == "2023-04-09"


@pytest.mark.model
def test_a_date_that_a_person_set_outlives_coding_and_reading(store):
    desk.read(store, [SAMPLES / "101.txt"])
    assert desk.set_date(store, "101.txt", "2024-07-03").published.how == "overruled"
    documents = desk.ask(store, desk.question(kinds=["agreements"], since="2018")).records
    desk.recode(store)
    desk.read(store, [SAMPLES / "101.txt"])
    assert desk.reports(store)[0].published.value == "2024-07-03"
    assert desk.ask(store, desk.question(kinds=["agreements"], since="2018")).records == documents
    assert any(r.date == "2019/2024" for r in documents)
    assert desk.set_date(store, "101.txt", None).published.value == "2019-07-03"


@pytest.mark.model
def test_what_is_refused_is_told_apart_from_what_is_lacking(store, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "undated.txt").write_text(readings.SENTENCE.format(n=5))
    summary = desk.read(store, [tmp_path / "empty.txt", tmp_path / "undated.txt"])
    assert [(p.uri, p.stage) for p in summary.problems] == [("empty.txt", "read"), ("undated.txt", "date")]
    assert summary.refused == 1
    (tmp_path / "empty.txt").write_text(report())
    desk.read(store, [tmp_path / "empty.txt"])
    assert [p.uri for p in desk.problems(store)] == ["undated.txt"]


@pytest.mark.model
def test_one_report_that_breaks_the_parser_does_not_stop_the_others(store, tmp_path, monkeypatch):
    place = folder(tmp_path / "in", 3)

    def breaking(document, spans=None, *, gate="off"):
        if document.uri == "in/001.txt":
            raise MemoryError("too deep")
        return parse.parse(document, spans, gate=gate)

    monkeypatch.setattr("bilateral.pipeline.parse", breaking)
    summary = desk.read(store, [place])
    assert (summary.reports_new, summary.refused) == (2, 1)
    assert [(p.uri, p.stage, p.message) for p in desk.problems(store)] == [
        ("in/001.txt", "parse", "MemoryError: too deep")
    ]


@pytest.mark.model
def test_progress_is_told_for_every_report(store, tmp_path):
    place = folder(tmp_path / "in", 12)
    told = []
    desk.read(store, [place], progress=lambda n, uri: told.append((n, uri)))
    assert told == [(n + 1, f"in/{n:03}.txt") for n in range(12)]


def test_files_are_counted_without_hidden_ones(tmp_path):
    place = folder(tmp_path / "in", 3)
    (place / ".hidden").write_text("x")
    (place / ".git").mkdir()
    (place / ".git" / "x").write_text("x")
    assert desk.files([str(place), str(place / "*.txt"), str(tmp_path / "none.txt")]) == 7
    assert desk.files([str(place), "-"]) is None


# Kills.


@pytest.mark.model
def test_a_reader_that_is_killed_loses_nothing_committed_and_the_next_one_finishes(tmp_path):
    place, path = folder(tmp_path / "in", 60), tmp_path / "relations.db"
    chance, told = random.Random(11), set()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(5):
        words = [sys.executable, str(READINGS), str(path), str(place)]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        told.update(
            line.strip() for line in (first + process.stdout.read()).splitlines(keepends=True) if line.endswith("\n")
        )
        process.wait()
        with Store.open(path) as store:
            assert told <= {r.uri for r in desk.reports(store)}
            assert list(desk.verify(store)) == []
            for one in desk.reports(store):
                assert one.records > 0
    with Store.open(path) as store:
        desk.read(store, [place])
        assert len(desk.reports(store)) == 60
    with Store.open(tmp_path / "at_once.db") as store:
        desk.read(store, [place])
        wanted = listed(store)
    with Store.open(path) as store:
        assert listed(store) == wanted


def listed(store: Store) -> list[str]:
    from bilateral.brief import json_line, nested

    answer = desk.ask(store, desk.question())
    reports = {r.id: r for r in answer.reports}
    return [json_line(nested(record, reports[record.doc])) for record in answer]


# The same bytes.

PRINT = """
import sys
from bilateral import desk
from bilateral.brief import FORMS
from bilateral.store import Store
from tests.test_desk import listed
with Store.open(sys.argv[1]) as store:
    desk.read(store, sys.argv[2:])
    sys.stdout.write("\\n".join(listed(store)))
    sys.stdout.write(FORMS["json"](desk.brief(store, ["RUS", "KHM"])))
"""


@pytest.mark.model
def test_the_same_reports_give_the_same_bytes_in_any_order_and_under_any_hash_seed(tmp_path):
    files = [str(SAMPLES / f"{n}.txt") for n in (101, 102, 103, 105, 112)]
    said = []
    for seed, order in (("0", files), ("1", files[::-1]), ("77", files[2:] + files[:2])):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        words = [sys.executable, "-c", PRINT, str(tmp_path / f"{seed}.db"), *order]
        said.append(subprocess.run(words, capture_output=True, env=env, check=True).stdout)
    assert len(said[0]) > 10_000
    assert said[0] == said[1] == said[2]


@pytest.mark.model
def test_one_batch_at_a_time_or_many_reports_at_once_give_the_same_records(tmp_path):
    files = [str(SAMPLES / f"{n}.txt") for n in (103, 105, 112)]
    with Store.open(tmp_path / "a.db") as together, Store.open(tmp_path / "b.db") as apart:
        desk.read(together, files)
        for file in files:
            desk.read(apart, [file])
        assert listed(together) == listed(apart)
