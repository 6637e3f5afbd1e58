"""`bilateral brief` with its forms, into files, and against an earlier brief."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from bilateral.cli import app
from tests.brief import told


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    return told.fill(folder / "old.db", 1), told.fill(folder / "new.db")


@pytest.fixture
def run(monkeypatch):
    monkeypatch.delenv("BILATERAL_STORE", raising=False)
    return lambda *words: CliRunner().invoke(app, ["brief", "RUS", "KHM", *map(str, words)])


def test_a_brief_goes_into_a_file_and_not_to_the_output(run, stores, tmp_path):
    for form, start in (("text", "RUSSIA AND"), ("markdown", "# Russia"), ("json", "{"), ("html", "<!DOCTYPE html>")):
        path = tmp_path / f"brief.{form}"
        result = run("--store", stores[1], "--format", form, "--out", path)
        assert (result.exit_code, result.stdout) == (0, "")
        assert path.read_text(encoding="utf-8").startswith(start)
        assert run("--store", stores[1], "--format", form).stdout == path.read_text(encoding="utf-8")


def test_a_pdf_goes_into_a_file_or_down_a_pipe(run, stores, tmp_path):
    pytest.importorskip("typst")
    path = tmp_path / "brief.pdf"
    assert run("--store", stores[1], "--format", "pdf", "--out", path).exit_code == 0
    assert path.read_bytes().startswith(b"%PDF-")
    assert run("--store", stores[1], "--format", "pdf").stdout_bytes == path.read_bytes()


def test_a_brief_is_compared_with_the_json_of_an_earlier_one(run, stores, tmp_path):
    old = tmp_path / "old.json"
    assert run("--store", stores[0], "--format", "json", "--out", old).exit_code == 0
    result = run("--store", stores[1], "--diff", old)
    assert result.exit_code == 0
    assert "From 2 May 2021 to 2 June 2022" in result.stdout
    assert "status: planned → happened" in result.stdout
    html = run("--store", stores[1], "--diff", old, "--format", "html").stdout
    assert "<del>planned</del> → <ins>happened</ins>" in html


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--diff", "README.md"), "expected a brief as written by --format json"),
        (("--diff", "nowhere.json"), "nowhere.json: expected a brief"),
        (("--diff", "x.json", "--format", "pdf"), "--diff: expected --format text, markdown, json or html, got pdf"),
        (("--out", "no/such/folder/brief.html", "--format", "html"), "expected a file that can be written"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(run, stores, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("no brief")
    result = run("--store", stores[1], *words)
    assert result.exit_code == 2
    assert message in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["README.md"]
