"""What is costly is made once while the store stays as it is, and never shown longer than that."""

from __future__ import annotations

import time
from threading import Thread

import pytest
from litestar.exceptions import NotFoundException

from bilateral.errors import CallError
from bilateral.store import Store
from bilateral.web import site as sites
from bilateral.web.site import Site, found


@pytest.fixture
def path(tmp_path, made):
    path = tmp_path / "relations.db"
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1)))
    return path


@pytest.fixture
def site(path):
    site = Site(path, mode="read", seconds=5.0)
    yield site
    site.close()


def test_an_answer_is_made_once_while_nothing_is_written(site):
    made: list[int] = []
    assert [site.once("key", lambda: made.append(1) or len(made)) for _ in range(3)] == [1, 1, 1]
    assert site.once("other", lambda: 7) == 7


def test_an_answer_is_made_anew_after_a_commit(site, path, made):
    assert site.once("key", lambda: "before") == "before"
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(2), uri="second.txt"))
    assert site.once("key", lambda: "after") == "after"


def test_nothing_is_made_twice_for_readers_who_come_together(site):
    made: list[int] = []

    def make() -> int:
        made.append(1)
        time.sleep(0.05)
        return len(made)

    readers = [Thread(target=site.once, args=("key", make)) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert made == [1]


def test_a_fault_is_not_kept(site):
    with pytest.raises(ZeroDivisionError):
        site.once("key", lambda: 1 / 0)
    assert site.once("key", lambda: "well") == "well"


def test_only_so_many_answers_are_kept(site, monkeypatch):
    monkeypatch.setattr(sites, "KEPT", 3)
    for key in range(9):
        site.once(key, lambda key=key: key)
    assert list(site._known) == [6, 7, 8]


def test_a_key_that_leads_nowhere_is_a_page_that_is_not_found():
    def nothing() -> None:
        raise CallError("no report 'x' in the store")

    with pytest.raises(NotFoundException):
        found(nothing)
