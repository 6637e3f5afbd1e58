"""The Python door: what `import bilateral` costs, that its names hold, and the way from reports to a frame."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "reports" / "103.txt"


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_alone_loads_no_parser_and_no_database():
    loaded = run("import sys, bilateral; print(*{m.split('.')[0] for m in sys.modules})").split()
    assert not {"spacy", "sqlalchemy", "pandas", "polars", "trafilatura", "numpy", "typer"} & set(loaded)


def test_the_names_of_the_door_are_listed_and_there():
    import bilateral

    assert set(bilateral.__all__) == set(dir(bilateral)) == set(bilateral._WHERE)
    for name in bilateral.__all__:
        assert getattr(bilateral, name) is not None


def test_the_package_says_that_it_is_typed():
    import bilateral

    assert (Path(bilateral.__file__).parent / "py.typed").exists()


@pytest.mark.parametrize("name", ["read", "brief", "evaluate"])
def test_a_function_that_shares_its_name_with_a_subpackage_stays_callable(name):
    code = f"import bilateral, bilateral.{name}, bilateral.desk; bilateral.{name}; print(callable(bilateral.{name}))"
    assert run(code) == "True"
    assert run(f"import bilateral; bilateral.ask; print(callable(bilateral.{name}))") == "True"


def test_such_a_function_shows_its_own_signature():
    import bilateral
    from bilateral import desk

    assert inspect.signature(bilateral.read) == inspect.signature(desk.read)
    assert inspect.signature(bilateral.brief) == inspect.signature(desk.brief)


def test_an_unknown_name_is_an_attribute_error():
    import bilateral

    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        bilateral.nothing  # noqa: B018


@pytest.mark.model
def test_reports_become_a_frame_in_under_ten_lines(tmp_path):
    import bilateral

    with bilateral.Store.open(tmp_path / "relations.db") as store:
        summary = bilateral.read(store, [SAMPLE])
        question = bilateral.question(kinds=["measures"], dyad=["Russia", "Cambodia"], since="2019")
        answer = bilateral.ask(store, question)
        frame = bilateral.frame(answer, "polars")
        text = bilateral.FORMS["text"](bilateral.brief(store, ["RUS", "KHM"]))
    assert summary.reports_new == 1
    assert not summary.problems
    assert len(frame) == len(answer.records) + len(answer.undated) > 0
    assert text.startswith("RUSSIA AND CAMBODIA")


@pytest.mark.model
def test_a_read_of_one_path_takes_it_alone_or_in_a_list(tmp_path):
    import bilateral

    with bilateral.Store.open(tmp_path / "relations.db") as store:
        assert bilateral.read(store, str(SAMPLE)).reports_new == 1
        assert bilateral.read(store, SAMPLE).reports_known == 1
