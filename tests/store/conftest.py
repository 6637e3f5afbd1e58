"""What the tests of the store share: the made reports, and a store to put them in."""

from __future__ import annotations

import importlib.util
import sqlite3
from pathlib import Path

import pytest

from bilateral.store import Store


@pytest.fixture(scope="session")
def made():
    """The module of made reports and records."""
    spec = importlib.util.spec_from_file_location("made", Path(__file__).with_name("made.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def path(tmp_path):
    return tmp_path / "relations.db"


@pytest.fixture
def store(path):
    with Store.open(path) as store:
        yield store


@pytest.fixture
def dump():
    """All that a store file holds, as SQL."""

    def dumped(path: Path) -> str:
        conn = sqlite3.connect(path)
        try:
            return "\n".join(conn.iterdump())
        finally:
            conn.close()

    return dumped


@pytest.fixture
def tamper():
    """Run statements on a store file behind the store's back."""

    def tampered(path: Path, *statements: str) -> None:
        conn = sqlite3.connect(path)
        try:
            for statement in statements:
                conn.execute(statement)
            conn.commit()
        finally:
            conn.close()

    return tampered
