"""Reading through the command line: what is told of bad inputs, exit codes, stops by hand, full disks, predictions."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilateral import cli, query
from bilateral.store import Store
from tests.brief import made

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "reports"
BILATERAL = [sys.executable, "-c", "from bilateral.cli import main; main()"]
GOOD = (
    "source: wire (Mekong Wire)\npublished: 2024-04-09\n\nTrade grows\n\n"
    "Cambodia exported 6,400 tonnes of rubber to Russia in 2023, the trade ministry of Cambodia said.\n"
)


@pytest.fixture
def store(tmp_path):
    return made.fill(tmp_path / "made.db")


@pytest.fixture
def run(store, monkeypatch):
    """Run a command on the store made by hand, within this process."""
    monkeypatch.setenv("BILATERAL_STORE", str(store))
    runner = CliRunner()
    return lambda *words, **more: runner.invoke(cli.app, [str(w) for w in words], **more)


@pytest.mark.model
def test_a_full_disk_exits_with_3_and_keeps_what_was_there(run, store, monkeypatch):
    pages = sqlite3.connect(store).execute("PRAGMA page_count").fetchone()[0]
    opened = Store.open
    monkeypatch.setattr(Store, "open", lambda path, **more: opened(path, **more, max_page_count=pages + 1))
    result = run("read", SAMPLES)
    assert result.exit_code == 3
    assert "no room left" in result.stderr
    monkeypatch.undo()
    assert run("verify", "--store", store).stdout == "17 records checked, 0 faults\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with one good report and everything that can be wrong with the others."""
    place = tmp_path / "inbox"
    place.mkdir()
    (place / "good.txt").write_text(GOOD)
    (place / "empty.txt").write_bytes(b"")
    (place / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (place / "wrong.txt").write_bytes(b"\xef\xbb\xbfCambodia and Russia \xff\xfe met.\n")
    (place / "torn.html").write_text("<html><body><div><p>unclosed <b>&&& <table><tr>" * 3)
    (place / "null.txt").write_bytes(b"Russia and Cambodia met\x00 in May." * 3)
    (place / "viet.txt").write_text(
        "Hôm nay hai bộ trưởng đã gặp nhau tại thủ đô để bàn về thương mại, đầu tư và hợp tác quốc phòng giữa hai nước."
        " Hai bên đồng ý tiếp tục các cuộc đàm phán trong năm tới và ký thêm các hiệp định mới về giáo dục, văn hóa.\n"
    )
    (place / "rows.csv").write_text("headline,day\nTalks,2019\n")
    (place / "nowhere.txt").write_text(
        "published: 2020-05-05\n\nThe river rose on Monday and flooded the old mill again.\n"
    )
    (place / "undated.txt").write_text("Russia and Cambodia will hold talks on rice, officials of both sides said.\n")
    return place


@pytest.mark.model
def test_bad_inputs_are_told_of_with_file_and_reason_and_the_others_are_read(run, folder, tmp_path):
    store = tmp_path / "inbox.db"
    result = run("read", folder, "--store", store)
    assert result.exit_code == 1
    told = run("problems", "--store", store).stdout
    for name, why in (
        ("empty.txt", "empty"),
        ("picture.txt", "binary"),
        ("wrong.txt", "utf-8"),
        ("torn.html", ""),
        ("null.txt", "null bytes"),
        ("viet.txt", "Vietnamese"),
        ("rows.csv", "columns are 'headline', 'day'"),
        ("nowhere.txt", "no state or organisation"),
        ("undated.txt", "no date"),
    ):
        line = next((x for x in told.splitlines() if x.startswith(f"inbox/{name}")), "")
        assert why.lower() in line.lower(), (name, line)
    with Store.open(store, read_only=True) as opened:
        uris = {r.uri for r in query.reports(opened)}
    assert {"inbox/good.txt", "inbox/nowhere.txt", "inbox/undated.txt"} <= uris
    assert run("verify", "--store", store).exit_code == 0


@pytest.mark.model
def test_a_report_without_date_or_state_is_a_problem_and_not_refused(run, folder, tmp_path):
    result = run("read", folder / "nowhere.txt", folder / "undated.txt", "--store", tmp_path / "x.db")
    assert result.exit_code == 0, result.output
    assert "2 problems, 0 of them refused" in result.stdout


@pytest.mark.model
def test_a_stated_date_that_cannot_be_read_refuses_nothing(run, tmp_path):
    (tmp_path / "when.txt").write_text(GOOD.replace("2024-04-09", "03/07/2019"))
    result = run("read", tmp_path / "when.txt", "--store", tmp_path / "x.db")
    assert result.exit_code == 0, result.output
    assert "03/07/2019" in result.stdout
    assert "0 of them refused" in result.stdout


def test_one_line_of_50_megabytes_is_refused_before_it_costs_anything(run, tmp_path):
    (tmp_path / "long.txt").write_bytes(b"x " * 25_000_000)
    for given in ({}, {"input": b"x " * 25_000_000}):
        name = "-" if given else tmp_path / "long.txt"
        result = run("read", name, "--store", tmp_path / "x.db", **given)
        assert result.exit_code == 1
        assert "expected at most 20,000,000 bytes" in result.stdout


def test_what_is_not_there_is_refused_by_name(run, tmp_path):
    result = run("read", tmp_path / "none.txt", tmp_path / "*.csv", "--store", tmp_path / "x.db")
    assert result.exit_code == 1
    assert "no such file or folder" in result.stdout
    assert "no file matches" in result.stdout


# What is loaded late is loaded before the process becomes somebody who may not read the interpreter's own files.
AS_NOBODY = """
import os, sys
from bilateral import cli, desk
from bilateral.store import Store
with Store.open(sys.argv[1]) as store:
    desk.read(store, ["good.txt"])
os.setgroups([]); os.setgid(65534); os.setuid(65534)
sys.argv[1:] = ["read", ".", "--store", "x.db"]
cli.main()
"""


@pytest.mark.model
@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_a_folder_without_permission_is_a_problem_with_its_name(tmp_path):
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o777)
        (place / "good.txt").write_text(GOOD)
        (place / "shut").mkdir(mode=0o700)
        (place / "shut" / "secret.txt").write_text(GOOD)
        (place / "closed.txt").write_text(GOOD)
        (place / "closed.txt").chmod(0o600)
        words = [sys.executable, "-c", AS_NOBODY, str(tmp_path / "warm.db")]
        done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "1 report read" in done.stdout
    assert re.search(r"shut: read: .*Permission denied", done.stdout)
    assert re.search(r"closed.txt: read: .*Permission denied", done.stdout)


@pytest.mark.model
def test_reading_tells_what_was_read_and_reading_again_changes_nothing(run, tmp_path):
    store = tmp_path / "x.db"
    first = run("read", SAMPLES / "103.txt", SAMPLES / "104.txt", "--store", store)
    assert first.exit_code == 0
    assert re.match(r"2 reports read, 0 known already\n\d+ records: \d+ events, \d+ statements", first.stdout)
    before = list(sqlite3.connect(store).iterdump())
    again = run("read", SAMPLES / "104.txt", SAMPLES / "103.txt", "--store", store)
    assert again.stdout.startswith("0 reports read, 2 known already\n0 records")
    assert list(sqlite3.connect(store).iterdump()) == before


@pytest.mark.model
def test_standard_input_is_read(run, tmp_path):
    result = run("read", "-", "--store", tmp_path / "x.db", "--date", "9 April 2024", "--publisher", "TASS", input=GOOD)
    assert result.exit_code == 0, result.output
    line = run("reports", "--store", tmp_path / "x.db").stdout.splitlines()[1]
    assert re.search(r"2024-04-09 +given +TASS", line)


@pytest.mark.model
def test_a_table_is_read_by_the_columns_that_are_named(run, tmp_path):
    result = run(
        "read",
        ROOT / "samples" / "more" / "reports.csv",
        "--store",
        tmp_path / "x.db",
        "--column",
        "text=body",
        "--column",
        "title=headline",
        "--column",
        "published=day",
        "--column",
        "uri=link",
    )
    assert result.exit_code == 0, result.output
    wrong = run(
        "read", ROOT / "samples" / "more" / "reports.csv", "--store", tmp_path / "y.db", "--column", "text=wording"
    )
    assert wrong.exit_code == 1
    assert "expected a column 'wording' for text; the columns are" in wrong.stdout


@pytest.mark.model
def test_a_date_is_set_and_taken_back(run, tmp_path):
    store = tmp_path / "x.db"
    run("read", SAMPLES / "101.txt", "--store", store)
    uri = "101.txt"
    assert "2019-07-03 (inferred)" in run("reports", uri, "--store", store).stdout
    assert "2024-07-03 (overruled)" in run("set", uri, "--date", "3 July 2024", "--store", store).stdout
    assert run("recode", "--store", store).exit_code == 0
    assert "2024-07-03 (overruled)" in run("reports", uri, "--store", store).stdout
    assert "2019-07-03 (inferred)" in run("set", uri, "--date", "none", "--store", store).stdout


@pytest.mark.model
def test_predictions_are_written_as_a_whole_or_not_at_all(run, tmp_path):
    out = tmp_path / "out.jsonl"
    lines = [{"id": "a", "date": "2024-04-09", "text": GOOD.split("\n\n", 1)[1]}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert run("evaluate", "reports", tmp_path / "in.jsonl", "--out", out).exit_code == 0
    assert [json.loads(x)["id"] for x in out.read_text().splitlines()] == ["a"]
    kept = out.read_text()
    (tmp_path / "in.jsonl").write_text(json.dumps(lines[0]) + '\n{"id": 1}\n')
    assert run("evaluate", "reports", tmp_path / "in.jsonl", "--out", out).exit_code == 2
    assert out.read_text() == kept
    assert sorted(p.name for p in tmp_path.glob("*out*")) == ["out.jsonl"]
    for wrong in ("[1]", "{", '"x"'):
        (tmp_path / "in.jsonl").write_text(wrong)
        result = run("evaluate", "reports", tmp_path / "in.jsonl", "--out", out)
        assert (result.exit_code, "line 1: expected a JSON object" in result.stderr) == (2, True)
    assert run("evaluate", "reports", tmp_path / "none.jsonl", "--out", out).exit_code == 2
    assert run("evaluate", "reports", tmp_path / "in.jsonl", "--out", tmp_path / "no" / "out").exit_code == 2


@pytest.mark.model
def test_a_reader_that_is_stopped_by_hand_leaves_a_sound_store(tmp_path):
    store = tmp_path / "x.db"
    (tmp_path / "many").mkdir()
    for n in range(40):
        (tmp_path / "many" / f"{n:02}.txt").write_text(GOOD.replace("6,400", f"{6400 + n}") * 3)
    words = [*BILATERAL, "read", str(tmp_path / "many"), "--store", str(store)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not _count(store):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    if process.returncode != 0:  # else it was done before the signal came
        assert process.returncode == 130
        assert "goes on from there" in stderr
        assert "Traceback" not in stderr
    with Store.open(store) as opened:
        assert list(opened.verify()) == []
        assert opened.counts()["reports"] >= 10


def _count(store: Path) -> int:
    try:
        with Store.open(store, create=False, read_only=True) as opened:
            return opened.counts()["reports"]
    except Exception:  # noqa: BLE001 - the file is just being made
        return 0
