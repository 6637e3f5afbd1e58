"""What is a store and what is not, and what a store says when the file, the disk or the permissions fail it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from bilateral import query
from bilateral.errors import FullError, NotAStoreError, StoreError, VersionError
from bilateral.model import Question
from bilateral.store import VERSION, Store

NOBODY = 65534


@contextmanager
def as_nobody():
    """Run as a user without rights; the tests themselves often run as root, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public():
    """A folder that other users may enter, which pytest's own may not be."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_store_is_made_where_there_is_none(path):
    with Store.open(path) as store:
        sound = store.soundness()
        assert store.counts()["reports"] == 0
    assert (sound.version, sound.journal, sound.is_sound) == (VERSION, "wal", True)


def test_an_empty_file_becomes_a_store(path):
    path.touch()
    with Store.open(path) as store:
        assert store.soundness().is_sound


@pytest.mark.parametrize("way", [{"create": False}, {"read_only": True}])
def test_where_nothing_is_to_be_made_a_missing_store_is_an_error(path, way):
    with pytest.raises(StoreError, match=r"relations\.db: there is no store here"):
        Store.open(path, **way)
    path.touch()
    with pytest.raises(StoreError, match="the file is empty"):
        Store.open(path, **way)
    assert path.read_bytes() == b""


def test_a_store_in_a_folder_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="there is no folder"):
        Store.open(tmp_path / "none" / "relations.db")


@pytest.mark.parametrize("content", [b"Not a store, a letter.\n", b"x", b"SQLite format 3\x00", b"\x00" * 5000])
def test_another_file_is_no_store_and_stays_as_it_is(path, content):
    path.write_bytes(content)
    with pytest.raises(NotAStoreError, match=r"relations\.db"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_no_store_and_stays_as_it_is(path):
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE recipes (name)")
    conn.commit()
    conn.close()
    before = path.read_bytes()
    with pytest.raises(NotAStoreError, match="not a store of bilateral"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_folder_or_a_device_is_no_store(tmp_path):
    with pytest.raises(NotAStoreError, match="found a folder"):
        Store.open(tmp_path)
    with pytest.raises(NotAStoreError, match="no regular file"):
        Store.open(os.devnull)


def test_a_store_of_a_newer_version_is_left_alone(path, tamper):
    Store.open(path).close()
    tamper(path, f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(VersionError, match=f"schema version {VERSION + 1}; this bilateral knows versions up to"):
        Store.open(path)


def test_a_damaged_store_is_reported_and_not_mended(path, made):
    with Store.open(path) as store:
        store.write(made.batch(*(made.text_of(n) for n in range(20))))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"), Store.open(path) as store:
        store.write(made.batch(made.text_of(30)))


def test_a_folder_without_permission_is_reported(public):
    folder = public / "closed"
    folder.mkdir(mode=0o700)
    with as_nobody(), pytest.raises(StoreError, match="it cannot be opened"):
        Store.open(folder / "relations.db")


def test_a_folder_that_cannot_be_written_to_is_reported(public):
    with as_nobody(), pytest.raises(StoreError, match=r"relations\.db: it cannot be opened"):
        Store.open(public / "relations.db")


def test_a_store_that_cannot_be_written_to_can_be_read(public, made):
    path = public / "relations.db"
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1)))
    path.chmod(0o444)
    with as_nobody():
        with Store.open(path, read_only=True) as store:
            assert query.records(store, Question()).total == 6
            assert list(store.verify()) == []
        with pytest.raises(StoreError, match="cannot be"), Store.open(path) as store:
            store.write(made.batch(made.text_of(2)))
    assert not path.with_name("relations.db-shm").exists()


def test_a_name_with_signs_of_a_uri_is_taken_as_it_is(tmp_path, made):
    path = tmp_path / "50% off?mode=memory#1.db"
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1)))
    assert path.exists()


def test_a_full_disk_keeps_what_was_committed_and_nothing_of_the_rest(path, made):
    written = []

    def fill(store):
        for n in range(1000):
            batch = made.batch(*(made.text_of(10 * n + i) for i in range(10)), uri=f"{n}-{{n}}.txt")
            store.write(batch)
            written.extend(doc.id for doc in batch.documents)

    with Store.open(path, max_page_count=120) as store:
        with pytest.raises(FullError, match="there is no room left to write"):
            fill(store)
        assert len(written) >= 10
        assert {s.document.id for s in store.stored()} == set(written)
        assert query.records(store, Question()).total == 6 * len(written)
        assert list(store.verify()) == []
        store.forget(written[0])
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(5000)))
        assert len(store.known(written)) == len(written) - 1
        assert list(store.verify()) == []


def test_there_may_be_no_room_even_to_make_a_store(path):
    with pytest.raises(FullError):
        Store.open(path, max_page_count=3)
    with Store.open(path) as store:
        assert store.soundness().is_sound
