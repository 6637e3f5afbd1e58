"""From out-of-fold scores to figures, and the commands; without torch."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilateral import cli
from bilateral.train import making
from bilateral.train.sentences import STATUSES, modes, roots
from tests.train.made import sentence

ROWS = [
    sentence("<s>Oslo</s> paid <t>Riga</t> a friendly visit today", "CONSULT", mode="visit"),
    sentence("<s>Oslo</s> gave <t>Riga</t> four ambulances today", "AID"),
    sentence("<s>Oslo</s> lies far from <t>Riga</t> by sea", "NONE"),
    sentence("<s>Oslo</s> and <t>Riga</t> spoke at length today", "CONSULT"),
]


def scores(root: str, mode: str | None = None, status: str = "happened") -> making.Row:
    """Scores that are sure of a root, a mode and a status."""
    return (
        [8.0 * (name == root) for name in roots()],
        [8.0 * (name == f"{root}.{mode or '-'}") for name in modes()],
        [8.0 * (name == status) for name in STATUSES],
    )


def test_a_mode_is_asked_among_the_modes_of_its_root_and_status_only_of_events():
    heads = making.heads_of(ROWS, [scores("CONSULT", "visit"), scores("AID"), scores("NONE"), scores("CONSULT")])
    assert [roots()[label] for label in heads.root_labels] == ["CONSULT", "AID", "NONE", "CONSULT"]
    own = [name for name in modes() if name.startswith("CONSULT.")]
    assert [own[label] for label in heads.mode_labels] == ["CONSULT.visit", "CONSULT.-"]
    assert {len(raw) for raw in heads.modes} == {len(own)}
    assert len(heads.statuses) == 3


def test_figures_of_scores_that_are_all_right():
    heads = making.heads_of(ROWS, [scores("CONSULT", "visit"), scores("AID"), scores("NONE"), scores("CONSULT")])
    found = making.measured(heads, (1.0, 1.0, 1.0))
    assert (found["root_macro_f1"], found["mode_accuracy"], found["status_accuracy"]) == (1.0, 1.0, 1.0)
    assert found["root_coverage_at_0.8"] == 1.0
    assert found["root_expected_error"] < 0.01


def test_without_none_the_best_event_counts():
    unsure = scores("AID")
    unsure[0][roots().index("NONE")] = 9.0
    heads = making.heads_of(ROWS[:2], [scores("CONSULT", "visit"), unsure])
    found = making.measured(heads, (1.0, 1.0, 1.0))
    assert found["root_accuracy"] == 0.5
    assert found["root_macro_f1_without_none"] == 1.0


def test_training_without_its_libraries_says_what_to_install(tmp_path):
    if all(importlib.util.find_spec(name) for name in making.NEEDED):
        pytest.skip("NOT CHECKED: the training libraries are installed")
    result = CliRunner().invoke(cli.app, ["train", "events", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "pip install 'bilateral[train]'" in result.stderr
    assert list(tmp_path.iterdir()) == []


def checked(folder: Path, *more: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, ["train", "check", "--sentences", str(folder), *more])
    return result.exit_code, result.output


def test_the_check_counts_and_finds_copies_of_other_texts(tmp_path):
    row = "AID\t-\thappened\tlead\teurope\t<s>Oslo</s> gave <t>Riga</t> four ambulances and a mobile kitchen today\n"
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.tsv").write_text(row)
    code, words = checked(tmp_path / "set")
    assert (code, words.splitlines()[-1]) == (0, "1 sentence, 0 of them near-copies")
    (tmp_path / "report.txt").write_text("Yesterday Oslo gave Riga four ambulances and a mobile kitchen.")
    code, words = checked(tmp_path / "set", "--against", str(tmp_path / "report.txt"))
    assert code == 1
    assert "a.tsv:1: as" in words
    assert "oslo gave riga four ambulances and a mobile" in words


def test_a_wrong_row_is_a_wrong_call(tmp_path):
    (tmp_path / "a.tsv").write_text("AID\t-\thappened\n")
    code, words = checked(tmp_path)
    assert code == 2
    assert "a.tsv:1: expected 6 columns" in words
