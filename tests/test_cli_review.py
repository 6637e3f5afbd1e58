"""The commands of `review` as a user meets them: what they print, their exit codes, files, and the page on them."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bilateral import cli
from bilateral.cli import review
from tests.brief import made

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"


@pytest.fixture
def store(tmp_path):
    return made.fill(tmp_path / "made.db")


@pytest.fixture
def run(store, monkeypatch):
    """Run a command of `review` on the store made by hand, as ann."""
    monkeypatch.setenv("BILATERAL_STORE", str(store))
    monkeypatch.setenv("BILATERAL_REVIEWER", "ann")
    runner = CliRunner()
    return lambda *words, **more: runner.invoke(cli.app, [str(w) for w in words], **more)


@pytest.fixture
def visit(store):
    with sqlite3.connect(store) as conn:
        (key,) = conn.execute("SELECT id FROM records WHERE type = 'visit' AND status = 'happened'").fetchone()
    return key


def test_next_shows_a_record_beside_its_words_and_what_can_be_done(run):
    result = run("review", "next", "--kind", "visits")
    assert result.exit_code == 0
    assert "⟦" in result.stdout
    assert re.search(r"bilateral review accept [0-9a-f]{8} \| reject", result.stderr)
    assert "fields: claimed_by, status, visit_kind" in result.stderr


def test_next_with_a_limit_lists_lines_and_says_when_nothing_waits(run):
    result = run("review", "next", "--kind", "visits", "--limit", "9")
    assert len(result.stdout.splitlines()) == 3
    nothing = run("review", "next", "--disagree")
    assert (nothing.stdout, nothing.stderr) == ("", "nothing waits for review\n")


def test_a_correction_is_seen_by_list_and_show_and_taken_back(run, visit):
    done = run("review", "correct", visit[:8], "place", "Kep", "--why", "the coast")
    assert done.exit_code == 0
    key = done.stdout.split()[0]
    assert "place = Kep" in done.stdout
    assert "to Kep" in run("list", "visits").stdout
    shown = run("show", visit).stdout
    assert "place: Kep   ← corrected by ann on " in shown
    assert "ann: place = Kep (the machine: Moscow): the coast" in shown
    assert run("review", "undo", key).exit_code == 0
    assert "to Moscow" in run("list", "visits").stdout
    assert "[undone]" in run("show", visit).stdout


def test_a_rejected_record_is_no_longer_listed(run, visit):
    before = len(run("list", "visits").stdout.splitlines())
    assert run("review", "reject", visit, "--who", "bob", "--why", "hearsay").exit_code == 0
    assert len(run("list", "visits").stdout.splitlines()) == before - 1
    assert "Reviewed, rejected:" in run("show", visit).stdout
    assert "bob" in run("review", "list").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("correct VISIT status done", "visit status takes one of happened, ongoing"),
        ("correct VISIT nothing x", "a visit has no field 'nothing' to correct: expected one of"),
        ("correct 0000 status planned", "no record '0000' in the store"),
        ("words VISIT trigger 5", "expected START END, once or several times, got 1 numbers"),
        ("words VISIT tigger 5 9", "expected a part (sentence, trigger"),
        ("undo 0000", "no correction '0000' in the store"),
        ("join VISIT VISIT", "it joins or splits one record"),
        ("agreement --who eve", "no correction is by 'eve'"),
        ("import no/such.jsonl", "expected a file of JSON Lines: No such file"),
        ("export no/such/folder.jsonl", "FILE no/such/folder.jsonl: expected a file that can be written"),
        ("list --report nowhere.txt", "no report 'nowhere.txt' in the store"),
    ],
)
def test_a_wrong_call_says_what_was_expected_and_writes_nothing(run, visit, store, words, told):
    result = run("review", *words.replace("VISIT", visit).split())
    assert result.exit_code == 2
    assert told in result.stderr
    with sqlite3.connect(store) as conn:
        assert conn.execute("SELECT count(*) FROM corrections").fetchone() == (0,)


def test_words_are_marked_by_their_offsets(run, visit):
    start = made.INTERVIEW.index("delegation")
    assert run("review", "words", visit, "visitor", start, start + 10).exit_code == 0
    assert f"visitor [{start}–{start + 10}]: “delegation”" in run("show", visit).stdout


def test_a_file_goes_out_and_comes_in_once(run, visit, tmp_path):
    run("review", "correct", visit, "place", "Kep")
    run("review", "accept", visit, "--who", "bob")
    file = tmp_path / "corrections.jsonl"
    assert run("review", "export", file).exit_code == 0
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(row["action"], row["who"]) for row in lines] == [("correct", "ann"), ("accept", "bob")]
    other = made.fill(tmp_path / "other.db")
    assert run("review", "import", file, "--store", other).stdout == "2 corrections new, 0 known already\n"
    again = run("review", "import", "-", "--store", other, input=file.read_text())
    assert again.stdout == "0 corrections new, 2 known already\n"
    assert run("review", "export", "-", "--store", other).stdout == file.read_text()


def test_an_import_tells_where_people_differ_and_what_attaches_to_nothing(run, visit, tmp_path):
    run("review", "correct", visit, "place", "Kep")
    file = tmp_path / "corrections.jsonl"
    run("review", "export", file)
    other = made.fill(tmp_path / "other.db")
    run("review", "correct", visit, "place", "Takeo", "--who", "bob", "--store", other)
    told = run("review", "import", file, "--store", other).stdout
    assert f"differs: {visit[:8]} on place: ann and bob" in told
    empty = run("review", "import", file, "--store", tmp_path / "empty.db").stdout
    assert "attaches to nothing yet" in empty


def test_a_file_with_a_wrong_line_is_a_wrong_call_that_names_the_line(run, visit, tmp_path):
    file = tmp_path / "corrections.jsonl"
    file.write_text('{"action":"accept"}\n')
    result = run("review", "import", file)
    assert result.exit_code == 2
    assert "line 1: expected a correction as JSON: Object missing required field `about`" in result.stderr


def test_agreement_prints_a_line_a_field(run, visit):
    run("review", "accept", visit)
    run("review", "correct", visit, "status", "planned", "--who", "bob")
    result = run("review", "agreement", "--field", "status")
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["coders", "kind", "field", "records", "same", "alpha", "alpha", "of", "figures"],
        ["ann", "bob", "visit", "status", "1", "0.000", "0.000"],
        ["ann", "machine", "visit", "status", "1", "1.000", "-"],
        ["bob", "machine", "visit", "status", "1", "0.000", "0.000"],
    ]


def test_the_login_name_signs_where_nobody_is_named(run, visit, monkeypatch):
    monkeypatch.delenv("BILATERAL_REVIEWER")
    monkeypatch.setattr(review.getpass, "getuser", lambda: "cho")
    run("review", "accept", visit)
    assert " cho " in run("review", "list").stdout

    def nobody():
        raise KeyError("uid")

    monkeypatch.setattr(review.getpass, "getuser", nobody)
    result = run("review", "reject", visit)
    assert result.exit_code == 2
    assert "expected --who or BILATERAL_REVIEWER" in result.stderr


def test_what_a_person_typed_is_printed_so_that_a_terminal_does_not_act_on_it(run, visit):
    run("review", "correct", visit, "place", "Kep\x1b[31m", "--why", "a\u202eb")
    for words in (("review", "list"), ("show", visit), ("list", "visits")):
        said = run(*words).stdout
        assert "\x1b" not in said
        assert "\u202e" not in said


def test_the_page_names_every_option_of_the_commands_of_the_group():
    page = PAGE.read_text(encoding="utf-8")
    group = get_command(cli.app).commands["review"]
    assert re.findall(r"^### review (\w+)$", page, re.MULTILINE) == list(group.commands)
    for name, command in group.commands.items():
        section = re.search(rf"^### review {name}$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)[1]
        wanted = {p.opts[0] if p.param_type_name == "option" else p.name.upper() for p in command.params} - {"--help"}
        heads = " ".join(re.findall(r"^- (`.*?):", section, re.MULTILINE))
        assert set(re.findall(r"`([^`]+)`", heads)) == wanted, name
