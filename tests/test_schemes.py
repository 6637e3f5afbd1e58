"""Ontologies of a user's own: reading and checking a scheme, and finding an event's code in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bilateral.errors import DataError
from bilateral.schemes import code_for, scheme

DOC = Path(__file__).parents[1] / "docs" / "extending.md"


def example(name: str) -> str:
    """The block of docs/extending.md that begins with this file's name."""
    found = re.search(rf"```toml\n# {re.escape(name)}\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found.group(1)


@pytest.fixture
def ties(tmp_path: Path) -> Path:
    path = tmp_path / "ties.toml"
    path.write_text(example("ties.toml"), encoding="utf-8")
    return path


def test_the_documented_scheme_gives_the_most_specific_code(ties):
    of = scheme(ties)
    assert [c.code for c in of.codes] == ["W", "W1", "W2"]
    visit, call = code_for(of, "CONSULT", "visit"), code_for(of, "CONSULT", "phone")
    assert visit is not None
    assert (visit.code, visit.value) == ("W2", 2.5)
    assert call is not None
    assert call.code == "W1"
    assert code_for(of, "ASSAULT", "aerial") is None


def test_more_contexts_are_more_specific_and_all_must_be_there(ties):
    text = ties.read_text(encoding="utf-8")
    ties.write_text(
        text + '[codes.W3]\nname = "Trade talks"\ndefinition = "d"\nplover = "CONSULT"\ncontexts = ["economic"]\n',
        encoding="utf-8",
    )
    of = scheme(ties)
    assert code_for(of, "CONSULT", None, ("economic", "legal")).code == "W3"
    assert code_for(of, "CONSULT", None, ("legal",)).code == "W1"
    assert code_for(of, "CONSULT", "visit", ("economic",)).code == "W2"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('parent = "W"', 'parent = "Z"', r"codes\.W1: no parent 'Z'"),
        ('plover = "CONSULT"\nvalue', 'plover = "MEET"\nvalue', r"codes\.W1: expected a PLOVER root .*found 'MEET'"),
        ('mode = "visit"', 'mode = "party"', r"codes\.W2: expected a mode of CONSULT, found 'party'"),
        ('definition = "Officials talk."', 'definition = ""', r"codes\.W1: expected a name and a definition"),
        ("value = 1.5", 'value = "much"', r"Expected `float"),
        ('name = "ties"', "", r"missing required field `name`"),
        ('name = "ties"', "name = ties", r"expected a TOML file"),
    ],
)
def test_what_is_wrong_in_a_scheme_is_named(ties, old, new, told):
    ties.write_text(ties.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=told):
        scheme(ties)


REPORT = """source: The Fjord Courier
published: 2025-05-12

Norway twinned with Estonia on Monday. Norwegian Foreign Minister Ingrid Solhaug visited Estonia on Sunday.
"""


@pytest.mark.model
def test_a_trigger_of_the_users_folder_makes_an_event_and_a_scheme_names_events(tmp_path, ties):
    block = re.search(r"```toml\n(# triggers\.toml\n.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    (tmp_path / "triggers.toml").write_text(block.group(1), encoding="utf-8")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    store = str(tmp_path / "s.db")
    _run("read", str(tmp_path / "report.txt"), "--store", store, knowledge=tmp_path)
    lines = _run("scheme", str(ties), "--store", store, "--format", "csv", knowledge=tmp_path).splitlines()
    assert lines[0] == "id,date,source,target,code,name,value,plover,status,report"
    assert any(",W2,Comes on a visit,2.5,CONSULT.visit," in line for line in lines)
    assert any(",,,,COOPERATE," in line for line in lines)


def _run(*words: str, knowledge: Path) -> str:
    """What a command prints in a fresh process, with the user's folder named."""
    command = [sys.executable, "-c", "from bilateral.cli import main; main()", *words]
    env = {**os.environ, "BILATERAL_KNOWLEDGE": str(knowledge)}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout
