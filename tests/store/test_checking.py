"""Verify finds whatever was changed behind the store's back, and nothing where nothing was."""

from __future__ import annotations

import pytest

from bilateral.store import Store

TAMPERED = [
    ("UPDATE documents SET text = 'X' || text", "sentence", "does not stand at"),
    ("UPDATE bodies SET json = replace(json, '\"came\"', '\"went\"')", "trigger", "does not stand at"),
    ("UPDATE bodies SET json = replace(json, '\"score\":0.9', '\"score\":\"high\"')", "json", "Expected `float`"),
    ("UPDATE bodies SET json = '{'", "json", "it cannot be read"),
    ("UPDATE records SET kind = 'role' WHERE kind = 'visit'", "id", "it says it is visit"),
    ("DELETE FROM bodies", "json", "it cannot be read"),
    ("DELETE FROM records WHERE kind = 'statement'", "claimed_by", "it names a statement"),
    ("DELETE FROM records WHERE kind = 'statement'", "links", "it names a record"),
    ("UPDATE records SET doc = 77 WHERE kind = 'role'", "key", "row 1 of records points at a row of documents"),
    ("INSERT INTO documents_fts(documents_fts) VALUES ('delete-all')", "search", "documents_fts has 0 rows"),
    ("DROP TRIGGER bodies_changed", None, None),
    ("DELETE FROM told WHERE kind = 'visit'", "shortcut", "told has 10 rows, expected 12"),
    ("UPDATE tally SET n = n + 1", "shortcut", "tally has"),
    ("DELETE FROM calendar", "shortcut", "calendar has 0 rows, expected 2"),
]


@pytest.fixture
def filled(path, made):
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1), made.text_of(2)))
    return path


def test_a_store_that_nobody_touched_has_no_faults(filled):
    with Store.open(filled) as store:
        assert list(store.verify()) == []
    with Store.open(filled, read_only=True) as store:
        assert list(store.verify()) == []


@pytest.mark.parametrize(("statement", "part", "message"), TAMPERED)
def test_what_was_changed_behind_its_back_is_found(filled, tamper, statement, part, message):
    tamper(filled, statement)
    with Store.open(filled) as store:
        faults = list(store.verify())
    if part is None:
        assert faults == []
    else:
        assert any(fault.part == part and message in fault.message for fault in faults), faults


def test_words_missing_from_the_index_are_found(filled, tamper):
    tamper(filled, "DROP TRIGGER documents_changed", "UPDATE documents SET title = 'Another title'")
    with Store.open(filled) as store:
        (fault,) = store.verify()
        assert (fault.part, fault.record) == ("search", None)
        assert "documents_fts does not hold the words stored" in fault.message
        assert store.soundness().is_sound


def test_claims_and_links_are_checked_across_many_reports(path, made, tamper):
    with Store.open(path) as store:
        store.write(made.batch(*(made.text_of(n) for n in range(130))))
    last = "SELECT id FROM records WHERE kind = 'statement' ORDER BY n DESC LIMIT 1"
    tamper(path, "PRAGMA foreign_keys = ON", f"DELETE FROM records WHERE id = ({last})")
    with Store.open(path) as store:
        assert [fault.part for fault in store.verify()] == ["claimed_by", "links"]
