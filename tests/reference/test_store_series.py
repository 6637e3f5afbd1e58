"""Reference series in the store: once a file, values exact, one transaction, gone when forgotten."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from bilateral.errors import CallError, FullError, StoreError
from bilateral.observations import SeriesFile
from bilateral.store import Store
from tests.reference.made import observation

FILE = SeriesFile(id="f00d" * 16, name="made.csv", format="long", bytes=10, vintage="201907")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "relations.db"


@pytest.fixture
def store(path):
    with Store.open(path) as store:
        yield store


def added(store, *rows, file=FILE):
    return store.add_series(file, rows, lambda _: file)


def test_values_come_out_as_they_went_in(store):
    rows = [
        observation("RUS", "KHM", "exports", "2018", "70500000.123456789012345678"),
        observation("KHM", "RUS", "imports", "2018-03", "0.1", scope="", vintage="201907"),
        observation("RUS", "KHM", "trade_balance", "2018", "-5", basis="reconciled"),
    ]
    added(store, *rows, observation("RUS", "VNM", "exports", "2018", 1))
    assert sorted(store.series(("KHM", "RUS")), key=str) == sorted(rows, key=str)
    assert store.series(("RUS", "KHM")) == store.series(("KHM", "RUS"))


def test_a_file_is_stored_once(store, path):
    first = added(store, observation("RUS", "KHM", "exports", "2018", 1))
    assert first[1].observations == 1
    drawn = []
    assert store.add_series(FILE, (drawn.append(1) for _ in range(3)), lambda _: FILE) is None
    assert drawn == []
    assert len(store.series_files()) == 1


def test_periods_and_counts_of_a_file_are_kept(store):
    counted = structs.replace(FILE, lines=5, left_out={"b": 1, "a": 2})
    store.add_series(FILE, [observation("RUS", "KHM", "exports", y, 1) for y in (2019, 2017)], lambda _: counted)
    (file,) = store.series_files()
    assert (file.lines, file.left_out, file.since, file.until) == (5, {"a": 2, "b": 1}, "2017", "2019")


def test_of_two_values_for_one_thing_the_first_counts_and_the_other_is_told(store):
    rows = [
        observation("RUS", "KHM", "exports", "2018", "1", line=2),
        observation("RUS", "KHM", "exports", "2018", "1.0", line=3),
        observation("RUS", "KHM", "exports", "2018", "2", line=4),
    ]
    _, done = added(store, *rows)
    assert [o.value for o in store.series(("RUS", "KHM"))] == [Decimal(1)]
    assert (done.observations, done.repeated, done.conflicts) == (1, 2, 1)
    assert [(c.line, c.other, c.differs) for c in done.clashes] == [(3, 2, False), (4, 2, True)]


def test_what_breaks_while_it_is_read_leaves_nothing(store):
    def rows():
        yield observation("RUS", "KHM", "exports", "2018", 1)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        store.add_series(FILE, rows(), lambda _: FILE)
    assert store.series_files() == []
    assert store.series(("RUS", "KHM")) == []


def test_a_full_disk_leaves_nothing(path):
    Store.open(path).close()
    with Store.open(path, max_page_count=60) as store:
        many = (observation("RUS", "KHM", f"flow_{n}", "2018", n) for n in range(20_000))
        with pytest.raises(FullError):
            store.add_series(FILE, many, lambda _: FILE)
        assert store.series_files() == []


def test_a_file_is_forgotten_by_name_or_hash_with_all_its_values(store):
    added(store, observation("RUS", "KHM", "exports", "2018", 1))
    assert store.forget_series("f00df00d").name == "made.csv"
    assert store.series(("RUS", "KHM")) == []
    added(store, observation("RUS", "KHM", "exports", "2018", 1))
    assert store.forget_series("made.csv").id == FILE.id
    with store.reading() as conn:
        for table in ("files", "views", "rows"):
            assert conn.exec_driver_sql(f"SELECT count(*) FROM reference_{table}").scalar_one() == 0


def test_an_unknown_or_ambiguous_file_is_told(store):
    with pytest.raises(CallError, match=r"no reference file 'x\.csv'"):
        store.forget_series("x.csv")
    for digit in "12":
        added(store, file=SeriesFile(id="f00d" * 15 + digit * 4, name="made.csv", format="long", bytes=1))
    with pytest.raises(CallError, match=r"'made\.csv' is ambiguous: f00df00df00d, f00df00df00d"):
        store.forget_series("made.csv")


def test_a_store_opened_for_reading_takes_no_file(store, path):
    with Store.open(path, read_only=True) as other, pytest.raises(StoreError, match="for reading only"):
        added(other)


def test_a_store_of_version_1_is_brought_up(path):
    from bilateral.store.migrations import STEPS

    Store.open(path, steps=STEPS[:1]).close()
    with Store.open(path) as store:
        added(store, observation("RUS", "KHM", "exports", "2018", 1))
        assert len(store.series(("RUS", "KHM"))) == 1
        assert list(store.verify()) == []
