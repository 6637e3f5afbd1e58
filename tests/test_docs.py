"""The documentation holds: its commands and its Python run, and the reference names every command and option."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bilateral import cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMANDS = get_command(cli.app).commands
SCRIPT = f"#!{sys.executable}\nfrom bilateral.cli import main\nmain()\n"


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """A folder with the samples, and `bilateral` on the path."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "bilateral"
    script.write_text(SCRIPT)
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("BILATERAL_STORE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def calls(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that the page shows."""
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    return [(command, shown) for command, shown in found]


def pattern(shown: str) -> re.Pattern[str]:
    """The output on a page as a pattern: … stands for anything, alone on a line also for several lines or none."""
    lines = [
        "(?:.*\n)*?" if line.strip() == "…" else ".*?".join(map(re.escape, line.split("…"))) + " *\n"
        for line in shown.splitlines()
    ]
    return re.compile("".join(lines) + r"\Z")


def checked(command: str, shown: str) -> None:
    words = shlex.split(command)
    assert words[0] == "bilateral", command
    result = CliRunner().invoke(cli.app, words[1:])
    assert result.exit_code == 0, (command, result.output)
    assert pattern(shown).match(result.stdout), (command, result.stdout[:2000])


@pytest.mark.model
def test_the_tutorial_runs_from_top_to_bottom(workshop):
    names: dict[str, object] = {}
    blocks = BLOCK.findall((DOCS / "tutorial.md").read_text(encoding="utf-8"))
    assert {language for language, _ in blocks} == {"console", "python"}
    for language, block in blocks:
        if language == "python":
            with contextlib.redirect_stdout(None):
                exec(compile(block, "tutorial.md", "exec"), names)
        else:
            for command, shown in calls(block):
                checked(command, shown)


def test_the_script_of_the_tests_is_the_one_that_is_installed(workshop):
    done = subprocess.run(["bilateral", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("bilateral ")


def test_the_reference_has_a_section_for_every_command_and_for_nothing_else():
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)$", page, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_names_every_option_and_argument_of_a_command(name):
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)[1]
    named = set(re.findall(r"`(--[\w-]+|[A-Z_]{4,})`", "\n".join(re.findall(r"^\|.*\|$", section, re.MULTILINE))))
    wanted = set()
    for parameter in COMMANDS[name].params:
        is_option = parameter.param_type_name == "option"
        wanted.add(parameter.opts[0] if is_option else parameter.name.upper())
    wanted.discard("--help")
    assert named == wanted


def test_every_link_between_pages_leads_to_a_page():
    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#]+?\.(?:md|json))\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_page_names_a_folder_of_some_machine():
    for page in (*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"):
        assert not re.search(r"(?<![\w.])/(?:home|work|root|Users|tmp)/", page.read_text(encoding="utf-8")), page.name
