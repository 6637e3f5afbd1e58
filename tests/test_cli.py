"""The command line as a user meets it: every command, its exit code, what it says; bad inputs, pipes, terminals.

Stores are made by hand where no report has to be read; what reads reports needs the language model.
"""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilateral import cli
from bilateral.store import VERSION, Store
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


def ids(kind: str, store: Path) -> list[str]:
    with sqlite3.connect(store) as conn:
        return [row[0] for row in conn.execute("SELECT id FROM records WHERE kind = ? ORDER BY id", (kind,))]


# Calls.


WRONG = """
nothing
read
list
list eventz
list events --format xml
brief
brief Atlantis
brief RUS KHM JPN
brief RUS RUS
brief RUS --since soon
brief RUS --since 2020 --until 2019
list events --status done
list events --limit 0
show
show abc
show 00000000
reports no/such.txt
set tass/1.txt
set tass/1.txt --date tomorrow
set tass/1.txt --date XXXX-07-03
set nobody --date 2019
forget nobody
evaluate nothing in.jsonl --out x
read x --gate shut
read x --date tomorrow
read x --column text
read x --column colour=red
"""


@pytest.mark.parametrize("words", [[], *(line.split() for line in WRONG.strip().splitlines())])
def test_a_wrong_call_exits_with_2_and_says_what_was_expected(run, words):
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == "" or result.stdout.startswith("Usage") or not words
    assert len(result.stderr) > 20
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["brief", "Cambodja"], "did you mean Cambodia (KHM)?"),
        (["brief", "Congo"], "COD"),
        (["brief", "Congo"], "COG"),
        (["list", "eventz"], "events, statements, measures"),
        (["list", "events", "--status", "done"], "happened, ongoing"),
        (["set", "tass/1.txt", "--date", "tomorrow"], "2019-07-03"),
        (["show", "abc"], "first 4 letters"),
    ],
)
def test_a_wrong_call_is_told_what_would_be_right(run, words, told):
    assert told in run(*words).stderr


@pytest.mark.parametrize("command", [c.name or c.callback.__name__ for c in cli.app.registered_commands])
def test_every_command_has_help_and_takes_a_store(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--store" in result.stdout
    assert "BILATERAL_STORE" in result.stdout


def test_the_version_is_told(run):
    assert re.fullmatch(r"bilateral \d+\.\d+\.\d+\n", run("--version").stdout)


# Stores.


@pytest.mark.parametrize(
    "command",
    [
        ["brief", "RUS"],
        ["list", "events"],
        ["reports"],
        ["verify"],
        ["problems"],
        ["show", "abcd"],
        ["search", "x"],
        ["recode"],
        ["forget", "x"],
        ["set", "x", "--date", "2019"],
    ],
)
def test_a_store_that_is_missing_is_unusable_and_the_message_says_what_to_do(run, tmp_path, command):
    result = run(*command, "--store", tmp_path / "none.db")
    assert result.exit_code == 3
    assert "reading reports into it makes one" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_store_is_unusable_and_left_alone(run, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader")
    for command in (["read", SAMPLES / "103.txt"], ["brief", "RUS"], ["doctor"]):
        result = run(*command, "--store", path)
        assert result.exit_code == 3
        assert "no store of bilateral" in result.stderr
    assert path.read_text() == "Dear reader"


def test_a_store_of_a_newer_version_is_unusable(run, store):
    with sqlite3.connect(store) as conn:
        conn.execute(f"PRAGMA user_version = {VERSION + 1}")
    for command in (["brief", "RUS"], ["read", SAMPLES / "103.txt"]):
        result = run(*command)
        assert result.exit_code == 3
        assert "a newer one wrote it" in result.stderr


def test_another_program_s_database_is_unusable(run, tmp_path):
    with sqlite3.connect(tmp_path / "other.db") as conn:
        conn.execute("CREATE TABLE songs (name TEXT)")
    assert run("brief", "RUS", "--store", tmp_path / "other.db").exit_code == 3


# Questions.


def test_a_pair_of_states_can_be_named_in_many_ways(run):
    wanted = run("list", "visits", "--dyad", "RUS", "--dyad", "KHM").stdout
    assert wanted.count("\n") == 4
    for words in (
        ["--dyad", "RUS,KHM"],
        ["--dyad", "RUS", "KHM"],
        ["RUS", "KHM"],
        ["rus", "khm"],
        ["Russia", "Kampuchea"],
        ["russia,cambodia"],
        ["--dyad", "Russian Federation", "kh"],
    ):
        assert run("list", "visits", *words).stdout == wanted, words
    assert run("list", "--dyad", "RUS", "KHM", "visits").stdout == wanted


def test_a_brief_takes_its_states_as_arguments_or_as_a_dyad(run):
    wanted = run("brief", "RUS", "KHM").stdout
    assert wanted.startswith("RUSSIA AND CAMBODIA\n")
    for words in (
        ["--dyad", "RUS", "KHM"],
        ["--dyad", "RUS,KHM"],
        ["--dyad", "rus", "--dyad", "khm"],
        ["Russia", "Cambodia"],
    ):
        assert run("brief", *words).stdout == wanted
    assert run("brief", "KHM").stdout.startswith("CAMBODIA AND OTHERS\n")
    asean = run("brief", "RUS", "IGO:ASEAN")
    assert (asean.exit_code, asean.stdout.splitlines()[0]) == (0, "RUSSIA AND ASSOCIATION OF SOUTHEAST ASIAN NATIONS")
    assert "The store has most on: KHM RUS" in asean.stderr


def test_dates_choose_by_overlap_and_what_is_undated_is_listed_apart(run):
    result = run("list", "visits", "--since", "1 January 2019", "--until", "2019-03-15")
    dated, undated = result.stdout.split("\nundated:\n")
    assert "2019-03" in dated
    assert dated.count("\n") == 2
    assert "summons" in undated
    assert run("list", "visits", "--since", "2019-04", "--until", "2019-05").stdout.startswith("\nundated:\n")


def test_limits_and_filters_narrow_a_list(run):
    assert run("list", "visits", "--status", "cancelled").stdout.count("\n") == 2
    assert run("list", "visits", "--status", "cancelled,happened").stdout.count("\n") == 4
    assert run("list", "visits", "--type", "summons").stdout.count("\n") == 2
    assert run("list", "statements", "--claimed-by", "Morov").stdout.count("\n") == 4
    assert run("list", "statements", "--claimed-by", "Russia").stdout.count("\n") == 4
    limited = run("list", "visits", "--limit", "1")
    assert (limited.stdout.count("\n"), limited.stderr) == (2, "1 of 3 records\n")


def test_json_lines_hold_plain_figures_and_names(run):
    rows = [json.loads(line) for line in run("list", "measures", "--format", "jsonl").stdout.splitlines()]
    trade = next(r for r in rows if r["digits"] == "202")
    assert (trade["value"], trade["change"]["value"], trade["party_names"]) == (202000000, 21.5, ["Russia", "Cambodia"])
    assert trade["claimed_by"]["outlet"] == "TASS"
    assert trade["report"]["uri"] == "tass/1.txt"


def test_a_table_for_spreadsheets_has_a_header_also_where_it_is_empty(run):
    read = list(csv.DictReader(io.StringIO(run("list", "agreements", "--format", "csv").stdout)))
    assert {r["title"] for r in read} == {"memorandum on seed", "treaty on transit", ""}
    assert run("list", "agreements", "FRA", "--format", "csv").stdout.startswith("id,kind,status,date,")


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_brief_comes_in_three_forms(run, form):
    result = run("brief", "RUS", "KHM", "--format", form)
    assert result.exit_code == 0
    if form == "json":
        assert json.loads(result.stdout)["title"] == "Russia and Cambodia"
    else:
        assert result.stdout.startswith({"text": "RUSSIA", "markdown": "# Russia"}[form])


def test_a_record_is_shown_beside_its_words(run, store):
    result = run("show", ids("measure", store)[0][:6])
    assert result.exit_code == 0
    key = next(i for i in ids("measure", store) if "202" in run("show", i).stdout)
    shown = run("show", key).stdout
    for words in (
        "⟦$202 million⟧",
        "value: 202000000",
        "tass/1.txt",
        "the dateline says 3 July without a year",
        "period: 2018   ← the words 'in 2018' (0.9)",
        "section: Trade and talks",
        "claimed by: TASS, 3 July 2019",
        "see statement",
        "Left out by the gate, not parsed (1 passage",
        "The ties were established",
    ):
        assert words in shown, words


def test_a_search_finds_reports_and_records(run):
    result = run("search", "memorandum", "seed")
    assert "report " in result.stdout
    assert "agreement " in result.stdout
    assert "[memorandum] on [seed]" in result.stdout
    assert run("search", "zebra").stdout == ""


def test_reports_are_listed_with_how_their_dates_are_known(run):
    lines = run("reports").stdout.splitlines()
    assert len(lines) == 5
    assert re.search(r"2019-07-03 +inferred +TASS", lines[1])
    assert re.search(r"unknown +Mekong Wire", lines[4])
    one = run("reports", "tass/1.txt").stdout
    assert "2019 is the earliest after 2018" in one
    assert "date: 2019-07-03 (inferred)" in one


def test_verify_counts_and_lists_what_is_wrong(run, store):
    assert (run("verify").exit_code, run("verify").stdout) == (0, "17 records checked, 0 faults\n")
    with sqlite3.connect(store) as conn:
        conn.execute("UPDATE documents SET text = replace(text, 'Moscow', 'Madrid') WHERE uri = 'tass/1.txt'")
    result = run("verify")
    assert result.exit_code == 1
    assert "does not stand at" in result.stdout


def test_a_report_that_is_forgotten_is_gone_with_all_that_came_from_it(run, store):
    result = run("forget", "tass/1.txt")
    assert (result.exit_code, "8 records" in result.stdout) == (0, True)
    left = "\n".join(sqlite3.connect(store).iterdump())
    for words in ("promised", "livelier", "tass/1.txt", "Sok Dara"):
        assert words not in left, words
    assert run("forget", "tass/1.txt").exit_code == 2
    assert run("verify").exit_code == 0


def test_the_doctor_says_what_is_there(run, store, tmp_path):
    result = run("doctor")
    assert result.exit_code == 0
    for words in (
        "parser",
        "en_core_web_sm",
        "language detection",
        "ontologies",
        "states",
        "encoder",
        "readers",
        "extractors",
        str(store),
    ):
        assert words in result.stdout, words
    assert "BAD" not in result.stdout
    none = run("doctor", "--store", tmp_path / "none.db")
    assert (none.exit_code, "none yet" in none.stdout) == (0, True)


# Terminals and pipes.


def test_a_terminal_is_never_told_what_to_do_by_a_report(run, store, tmp_path):
    doc = made.document(
        "Nice \x1b]0;owned\x07 title\n\nRussia met Cambodia\u202e in\x9b31m May.", "evil\x1b[2J.txt", "Wire"
    )
    one = made._made(
        made.Event,
        doc,
        "Russia met",
        {"trigger": "met"},
        code="CONSULT",
        actors=(made.RUS, made.KHM),
        claimed_by=made.Claim(outlet="W\x1bire"),
    )
    path = tmp_path / "evil.db"
    with Store.open(path) as opened:
        opened.write(made._batch(doc, made.Dated(value="2019-05-01", how="given"), (one,)))
    for words in (
        ["brief", "RUS", "KHM"],
        ["brief", "RUS", "KHM", "--format", "markdown"],
        ["reports"],
        ["show", one.id],
        ["brief", "RUS", "KHM", "--format", "json"],
        ["list", "events"],
        ["search", "met"],
        ["list", "events", "--format", "jsonl"],
        ["reports", doc.id],
    ):
        result = run(*words, "--store", path)
        assert result.exit_code == 0, result.output
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result.output), words
        if words[:2] != ["list", "events"] or "jsonl" in words:
            assert re.search(r"\\(x1b|u001b|x9b|u009b|u202e)", result.stdout), words


def test_whoever_leaves_a_pipe_early_is_not_told_so(store):
    for words in (["brief", "RUS", "KHM"], ["list", "events", "--format", "jsonl"], ["reports"]):
        process = subprocess.Popen(
            [*BILATERAL, *words, "--store", str(store)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        process.stdout.close()
        stderr = process.stderr.read().decode()
        assert process.wait() == 0
        assert "Broken" not in stderr
        assert "Traceback" not in stderr
        assert "Exception" not in stderr


def test_what_is_piped_is_not_wrapped(run):
    lines = run("list", "visits").stdout.splitlines()
    assert len(lines) == 4
    assert max(map(len, lines)) > 120


def test_what_goes_to_a_terminal_fits_it(store):
    primary, secondary = pty.openpty()
    env = {**os.environ, "COLUMNS": "72", "TERM": "xterm"}
    words = [*BILATERAL, "list", "visits", "--store", str(store)]
    process = subprocess.Popen(words, stdout=secondary, stderr=subprocess.DEVNULL, env=env)
    os.close(secondary)
    said = b""
    while True:
        try:
            part = os.read(primary, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
    assert process.wait() == 0
    assert max(len(line) for line in said.decode().splitlines()) <= 72
    assert said.decode().count("\n") > 6


def test_an_output_that_cannot_hold_a_letter_gets_an_escape(store):
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*BILATERAL, "brief", "RUS", "KHM", "--store", str(store)], capture_output=True, env=env, check=False
    )
    assert done.returncode == 0
    assert b"\\u201c" in done.stdout
