"""Stores that the tests of the page look at, and the page on each."""

from __future__ import annotations

import importlib.util
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient

from bilateral import keeping
from bilateral.store import Store
from bilateral.web import application

HERE = "http://127.0.0.1:8000"


def loaded(path: Path):
    """A module of made things beside the tests."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def made():
    """The module of made reports and records."""
    return loaded(Path(__file__).parents[1] / "store" / "made.py")


@pytest.fixture(scope="session")
def hostile():
    """The module of hostile reports."""
    return loaded(Path(__file__).with_name("hostile.py"))


def stored(path: Path, *batches) -> Path:
    """A store at a path with these batches and their ledger."""
    with Store.open(path) as store:
        for batch in batches:
            store.write(batch)
        keeping.keep(store)
    return path


@pytest.fixture(scope="session")
def plain_store(tmp_path_factory, made):
    """Six reports on one pair of states and one on another, with one record of each kind in each."""
    path = tmp_path_factory.mktemp("plain") / "relations.db"
    other = made.batch(made.text_of(9), uri="ninth-{n}.txt", a="VNM", b="JPN")
    return stored(path, made.batch(*map(made.text_of, range(6))), other)


@pytest.fixture(scope="session")
def page(plain_store):
    """The page on seven reports."""
    with TestClient(application(plain_store), base_url=HERE, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture(scope="session")
def hostile_page(tmp_path_factory, hostile):
    """The page on a report that does its worst."""
    path = stored(tmp_path_factory.mktemp("hostile") / "relations.db", hostile.batch())
    with TestClient(application(path), base_url=HERE, raise_server_exceptions=True) as client:
        yield client


class Seen(HTMLParser):
    """What a browser would make of a page: tags with their attributes, links, ids, text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    @property
    def links(self) -> list[str]:
        """Addresses inside the page's own site."""
        found = [a.get("href") or a.get("src") or "" for _, a in self.tags]
        return [link for link in found if link.startswith("/") and not link.startswith("//")]

    @property
    def ids(self) -> list[str]:
        """The ids of elements."""
        return [a["id"] for _, a in self.tags if a.get("id")]


@pytest.fixture(scope="session")
def seen():
    """What a browser would make of a page."""
    return Seen


@pytest.fixture(scope="session")
def store_of():
    """Make a store at a path of some batches."""
    return stored
