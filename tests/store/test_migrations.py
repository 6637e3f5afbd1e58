"""The way from an older store to the present one."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from bilateral.errors import StoreError, VersionError
from bilateral.store import VERSION, Store
from bilateral.store.migrations import APPLICATION, STEPS, Step
from bilateral.store.schema import METADATA

SHELF = Step("a shelf mark for every report", ("ALTER TABLE documents ADD COLUMN shelf TEXT DEFAULT 'A1'",))


def pragma(path, name):
    conn = sqlite3.connect(path)
    try:
        return conn.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        conn.close()


def test_the_file_says_whose_it_is_and_of_which_version(path):
    Store.open(path).close()
    assert pragma(path, "application_id") == APPLICATION
    assert pragma(path, "user_version") == VERSION == len(STEPS)


def test_a_store_of_version_0_takes_every_step(path, made):
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA application_id = {APPLICATION}")
    conn.commit()
    conn.close()
    assert pragma(path, "user_version") == 0
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1)))
        assert list(store.verify()) == []
    assert pragma(path, "user_version") == VERSION


def test_an_older_store_is_brought_up_and_keeps_what_it_holds(path, made):
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1)))
    with Store.open(path, steps=(*STEPS, SHELF)) as store:
        with store.reading() as conn:
            assert conn.exec_driver_sql("SELECT shelf FROM documents").scalar_one() == "A1"
        assert store.counts()["reports"] == 1
        assert list(store.verify()) == []
    assert pragma(path, "user_version") == VERSION + 1
    with pytest.raises(VersionError):
        Store.open(path)


def test_a_step_that_fails_leaves_the_store_as_it_was(path, made):
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1)))
    broken = Step("breaks halfway", (*SHELF.statements, "ALTER TABLE missing ADD COLUMN x TEXT"))
    with pytest.raises(StoreError, match="no such table: missing") as caught:
        Store.open(path, steps=(*STEPS, broken))
    assert isinstance(caught.value.__cause__, OperationalError)
    with Store.open(path) as store, store.reading() as conn:
        assert "shelf" not in {column["name"] for column in inspect(conn).get_columns("documents")}


def test_an_older_store_is_not_brought_up_for_reading_only(path):
    Store.open(path).close()
    with pytest.raises(StoreError, match=f"expected schema version {VERSION + 1}, found schema version {VERSION}"):
        Store.open(path, read_only=True, steps=(*STEPS, SHELF))


def test_the_tables_in_the_file_are_the_tables_that_statements_are_built_from(store):
    with store.reading() as conn:
        found = inspect(conn)
        for table in METADATA.sorted_tables:
            columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table.name)}
            assert columns == {c.name: (str(c.type), c.nullable) for c in table.columns}, table.name
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert set(keys) == {c.name for c in table.primary_key}, table.name
            keys = conn.exec_driver_sql(f"PRAGMA foreign_key_list({table.name})").mappings()
            foreign = {(key["from"], key["table"], key["on_delete"]) for key in keys}
            wanted = {(k.parent.name, k.column.table.name, k.ondelete or "NO ACTION") for k in table.foreign_keys}
            assert foreign == wanted, table.name


def test_every_table_in_the_file_has_a_description(store):
    with store.reading() as conn:
        names = {name for name in inspect(conn).get_table_names() if "_fts" not in name}
    assert names == set(METADATA.tables)


def test_every_foreign_key_that_deletes_has_an_index(store):
    with store.reading() as conn:
        for table in METADATA.sorted_tables:
            found = inspect(conn)
            led = {index["column_names"][0] for index in found.get_indexes(table.name)}
            led.add(found.get_pk_constraint(table.name)["constrained_columns"][0])
            for key in table.foreign_keys:
                assert key.parent.name in led, f"{table.name}.{key.parent.name}"
