"""Reference series on the command line: files added, listed and forgotten, claims checked, series printed and drawn."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import bilateral
from bilateral import cli, desk
from bilateral.store import Store
from tests.reference.made import BEFORE, FILES, OTHER, TRADE, batch

COMMANDS_PAGE = Path(__file__).parents[1] / "docs" / "commands.md"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A store with the claims of two outlets."""
    path = tmp_path / "relations.db"
    with Store.open(path) as opened:
        opened.write(batch("tass", TRADE, BEFORE))
        opened.write(batch("akp", OTHER, outlet="Agence Kampuchea Presse"))
    monkeypatch.setenv("BILATERAL_STORE", str(path))
    return path


@pytest.fixture
def run(store):
    return lambda *words: CliRunner().invoke(cli.app, [str(w) for w in words])


@pytest.fixture
def clean(tmp_path):
    """A reference file in which every row is good."""
    path = tmp_path / "clean.csv"
    path.write_text(
        "reporter,partner,year,flow,value,unit,valuation,source\n"
        "KHM,RUS,2018,exports,41000000,USD,FOB,Customs\nKHM,RUS,2018,imports,88000000,USD,CIF,Customs\n"
    )
    return path


# reference


def test_a_good_file_is_added_listed_and_forgotten(run, clean):
    added = run("reference", "add", clean)
    assert added.exit_code == 0, added.output
    assert "long, 2 values of 2018 to 2018" in added.stdout
    listed = run("reference", "list")
    assert str(clean) in listed.stdout
    key = listed.stdout.split()[0]
    assert "1 reference file" in listed.stderr
    gone = run("reference", "forget", key)
    assert gone.exit_code == 0
    assert "forgotten with 2 values" in gone.stdout
    assert run("reference", "list").stdout == ""


def test_a_file_that_is_there_is_said_to_be_known(run, clean):
    run("reference", "add", clean)
    again = run("reference", "add", clean)
    assert again.exit_code == 0
    assert "known already" in again.stdout


def test_bad_rows_are_told_by_line_and_give_exit_code_1(run):
    result = run("reference", "add", FILES / "long.csv")
    assert result.exit_code == 1
    assert "  bad: line 11: expected a number, found 'much'" in result.stdout
    assert "line 11" in run("problems").stdout


def test_a_refused_file_gives_exit_code_1_and_the_others_are_read(run, clean):
    result = run("reference", "add", FILES / "country_codes_V202401.csv", "no/such.csv", clean)
    assert result.exit_code == 1
    assert "BACI's list of country codes" in result.stderr
    assert "no/such.csv: it cannot be read" in result.stderr
    assert str(clean) in run("reference", "list").stdout
    assert "Traceback" not in result.output


def test_vintage_countries_and_format_are_taken(run):
    name, codes = FILES / "BACI_HS92_Y2018_V202401.csv", FILES / "country_codes_V202401.csv"
    result = run("reference", "add", name, "--vintage", "2024", "--countries", codes, "--format", "baci")
    assert "baci" in result.stdout
    assert "vintage 2024" in run("reference", "list").stdout


WRONG = (
    ("reference", "add", FILES / "imts.csv", "--format", "xml"),
    ("reference", "add"),
    ("reference", "forget", "nobody"),
    ("check", "Atlantis"),
    ("check", "RUS", "--since", "soon"),
    ("check", "--format", "xml"),
    ("series", "RUS", "RUS", "exports"),
    ("series", "RUS", "KHM"),
    ("series", "RUS", "KHM", "students", "--svg", "no.svg"),
)


@pytest.mark.parametrize("words", WRONG, ids=lambda words: " ".join(map(str, words))[:20])
def test_a_wrong_call_exits_with_2_and_says_what_was_expected(run, words):
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert len(result.stderr) > 20
    assert "Traceback" not in result.output


# check


def test_a_check_shows_its_verdict_with_the_working(run):
    run("reference", "add", FILES / "comtrade.csv")
    result = run("check", "Russia", "Cambodia")
    assert result.exit_code == 0
    assert "agrees — trade turnover RUS–KHM 2018: 129 million USD; Agence Kampuchea Presse" in result.stdout
    assert re.search(r"^    \S.* = \d+ USD \(", result.stdout, re.MULTILINE)
    assert "of 3 claims" in result.stderr


def test_checks_are_narrowed_by_time_and_number(run):
    assert "of 1 claim" in run("check", "--limit", "1").stderr
    only = run("check", "--since", "2017", "--until", "2017").stdout
    assert "2017: 166.3 million" in only
    assert "129 million" not in only


def test_checks_as_json_lines_hold_the_operands_as_numbers(run):
    run("reference", "add", FILES / "comtrade.csv")
    rows = [json.loads(line) for line in run("check", "RUS,KHM", "--format", "jsonl").stdout.splitlines()]
    agreed = next(row for row in rows if row["verdict"] == "agrees")
    assert agreed["told"][0]["value"] == 129000000
    assert agreed["result"] == sum(o["value"] for o in agreed["operands"] if o["name"] != "claim")


def test_checks_as_claimreview_are_one_document(run):
    run("reference", "add", FILES / "comtrade.csv")
    graph = json.loads(run("check", "--format", "claimreview").stdout)["@graph"]
    assert graph
    assert {review["@type"] for review in graph} == {"ClaimReview"}


def test_a_check_of_what_is_not_there_says_what_there_is(run):
    result = run("check", "JPN")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "The store has most on: " in result.stderr


def test_marks_of_a_terminal_in_a_reference_file_are_printed_as_escapes(run, clean):
    clean.write_text(clean.read_text().replace("Customs", "Cus\u202etoms"))
    run("reference", "add", clean)
    for words in (("check",), ("check", "--format", "jsonl"), ("series", "RUS", "KHM", "trade")):
        shown = run(*words).stdout
        assert "\\u202e" in shown
        assert "\u202e" not in shown


# show


def measure(store: Path, digits: str) -> str:
    with Store.open(store, create=False, read_only=True) as opened:
        found = desk.ask(opened, desk.question(kinds=["measures"])).records
    return next(m.id for m in found if m.digits == digits)


def test_a_figure_is_shown_with_its_checks_and_their_working(run, store):
    run("reference", "add", FILES / "comtrade.csv")
    shown = run("show", measure(store, "129 million")).stdout
    below = shown.partition("Held against reference series and other claims:")[2]
    assert "agrees — trade turnover" in below
    assert "the words allow from 128500000 to 129500000 USD" in below


def test_without_reference_files_a_figure_is_shown_with_the_arithmetic_alone(run, store):
    shown = run("show", measure(store, "202 million")).stdout
    assert "consistent — " in shown
    assert "not comparable" not in shown


# series


def test_a_series_lists_claims_and_views_by_year(run):
    run("reference", "add", FILES / "comtrade.csv")
    shown = run("series", "RUS", "Cambodia", "trade turnover").stdout
    assert shown.startswith("trade turnover, Russia and Cambodia\nclaims:\n")
    assert "over 202 million USD; Ilja Moraw (envoy) via TASS, 2019-07-03" in shown
    assert re.search(r"^the figures of Cambodia in UN Comtrade.*:\n  2017  119 million USD  \(", shown, re.MULTILINE)


def test_a_series_as_json_lines_tells_claims_from_reference_values(run):
    run("reference", "add", FILES / "comtrade.csv")
    lines = run("series", "RUS", "KHM", "trade_turnover", "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["value"] for row in rows if row["row"] == "claim"].count(202000000) == 1
    assert {row["sight"]["source"] for row in rows if row["row"] == "reference"} == {"UN Comtrade"}


def test_a_series_is_drawn_into_a_file(run, tmp_path):
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    run("reference", "add", FILES / "comtrade.csv")
    target = tmp_path / "trade.svg"
    result = run("series", "RUS", "KHM", "trade_turnover", "--svg", target)
    assert result.exit_code == 0, result.output
    assert target.read_text(encoding="utf-8").startswith("<svg")
    missing = run("series", "RUS", "KHM", "trade_turnover", "--svg", tmp_path / "no" / "trade.svg")
    assert missing.exit_code == 2
    assert "--svg" in missing.stderr


def test_a_chart_that_cannot_be_drawn_leaves_the_file_that_stood_there(run, tmp_path):
    target = tmp_path / "trade.svg"
    target.write_text("the chart of yesterday")
    result = run("series", "RUS", "KHM", "students", "--svg", target)
    assert result.exit_code == 2
    assert target.read_text() == "the chart of yesterday"
    assert [path.name for path in tmp_path.glob("*trade.svg*")] == ["trade.svg"]


@pytest.mark.parametrize("package", ["altair", "vl_convert"])
def test_a_chart_without_its_packages_is_a_wrong_call_and_makes_no_file(run, tmp_path, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    result = run("series", "RUS", "KHM", "trade_turnover", "--svg", tmp_path / "x.svg")
    assert result.exit_code == 2
    assert "expected altair and vl-convert-python to be installed for charts" in result.stderr
    assert not (tmp_path / "x.svg").exists()


# The Python door and the page.


def test_the_same_can_be_done_from_python(store):
    with bilateral.Store.open(store) as opened:
        done = bilateral.reference_add(opened, FILES / "comtrade.csv", vintage="2024")
        checks = bilateral.check(opened, ["Russia", "Cambodia"], since="2018")
        made = bilateral.series(opened, "RUS,KHM", "exports")
    assert done.file.vintage == "2024"
    assert {c.claim.period for c in checks} == {"2018"}
    assert made.direction == "RUS>KHM"


def test_the_page_names_every_option_of_the_commands_of_a_group():
    page = COMMANDS_PAGE.read_text(encoding="utf-8")
    group = get_command(cli.app).commands["reference"]
    assert re.findall(r"^### reference (\w+)$", page, re.MULTILINE) == list(group.commands)
    for name, command in group.commands.items():
        section = re.search(rf"^### reference {name}$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)[1]
        wanted = {p.opts[0] if p.param_type_name == "option" else p.name.upper() for p in command.params} - {"--help"}
        assert set(re.findall(r"^- `([\w-]+)`:", section, re.MULTILINE)) == wanted
