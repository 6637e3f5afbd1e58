"""What readers find by shortcuts is what stands in the tables that they are shortcuts to, whatever was written."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from bilateral import browsing, query
from bilateral.desk import reviewing
from bilateral.errors import CallError
from bilateral.model import Question
from bilateral.store import Store
from bilateral.store.migrations import STEPS

COUNTS = """d.superseded_by IS NULL AND NOT EXISTS
    (SELECT 1 FROM overlays o WHERE o.record = r.n AND o.verdict = 'rejected')"""
KEYS = """SELECT '' AS a, '' AS b, n AS record FROM records UNION SELECT code, '', record FROM parties
    UNION SELECT a, b, record FROM pairs"""
WHOLE = f"""SELECT k.a, k.b, r.kind, coalesce(r.date_start, ''), r.n, r.doc, r.date_end, r.type, r.status, r.outlet,
    r.speaker_country FROM records r JOIN documents d ON d.n = r.doc JOIN ({KEYS}) k ON k.record = r.n WHERE {COUNTS}"""
WHAT = ("write", "write", "again", "newer", "overrule", "forget", "judge", "judge", "correct", "undo")
DAYS = """SELECT coalesce(o.date_start, d.date_start, ''), d.n FROM documents d LEFT JOIN overrides o ON o.doc = d.n
    WHERE d.superseded_by IS NULL"""


def asked(store, statement):
    with store.reading() as conn:
        return sorted(tuple(row) for row in conn.exec_driver_sql(statement))


def held(store):
    """What the shortcuts hold, and what they should."""
    told = asked(store, "SELECT * FROM told")
    assert told == asked(store, WHOLE)
    assert asked(store, "SELECT * FROM tally") == asked(store, "SELECT a, b, kind, count(*) FROM told GROUP BY 1, 2, 3")
    assert asked(store, "SELECT * FROM calendar") == asked(store, DAYS)
    return told


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_written_the_shortcuts_lead_to_what_counts(path, made, seed):
    chance = random.Random(seed)
    with Store.open(path) as store:
        for step in range(24):
            _done(store, made, chance, step)
            held(store)
        assert not [fault for fault in store.verify() if fault.part not in ("claimed_by", "links")]


def _done(store, made, chance, step):
    """One thing that happens to a store."""
    docs = [r.id for r in query.reports(store, superseded=True)]
    records = [r.id for r in query.records(store, Question(rejected=True)).records]
    what = chance.choice(WHAT)
    when = f"2026-01-01T00:00:{step:02}Z"
    if what == "write" or not docs or not records:
        a, b = chance.choice((("RUS", "KHM"), ("VNM", "JPN"), ("RUS", "JPN")))
        uri = f"page-{chance.randrange(4)}-{{n}}.txt"
        store.write(made.batch(made.text_of(chance.randrange(9)), uri=uri, a=a, b=b))
    elif what == "again":
        doc = chance.choice(docs)
        some = [r for r in query.records(store, Question(report=doc)).records if chance.random() < 0.7]
        store.replace(doc, dated=store.dated(doc), records=some)
    elif what == "newer":
        store.write(made.batch(made.text_of(20 + step), uri=f"page-{chance.randrange(4)}-{{n}}.txt"))
    elif what == "overrule":
        store.overrule(chance.choice(docs), chance.choice(("2013", "2021-03", None)))
    elif what == "forget":
        store.forget(chance.choice(docs))
    elif what == "undo":
        rows = store.filed(unattached=False)
        if rows:
            _tried(reviewing.undo, store, chance.choice(rows).correction.id, when)
    elif what == "correct":
        field, value = chance.choice((("status", "planned"), ("actors", '[{"country": "FRA"}]'), ("date", "2001")))
        _tried(reviewing.correct, store, chance.choice(records), field, value, when)
    else:
        _tried(chance.choice((reviewing.accept, reviewing.reject)), store, chance.choice(records), when)


def _tried(act, store, *given):
    *given, when = given
    with suppress(CallError):  # the field is none of this kind, or the row was taken back already
        act(store, *given, who=f"p{len(given)}", when=when)


def test_a_store_that_is_brought_up_has_them_as_one_that_had_them_from_the_start(tmp_path, made):
    made_of = {}
    for name, steps in (("old", STEPS[:4]), ("new", STEPS)):
        path = tmp_path / f"{name}.db"
        with Store.open(path, steps=steps) as store:
            store.write(made.batch(*map(made.text_of, range(3))))
            store.write(made.batch(made.text_of(11), uri="talks-0.txt"))
        with Store.open(path) as store:
            made_of[name] = held(store)
    assert made_of["old"] == made_of["new"]


def test_what_counts_is_found_in_the_order_of_pages_without_sorting(path, made):
    with Store.open(path) as store:
        store.write(made.batch(*map(made.text_of, range(3))))
        with store.reading() as conn:
            plan = conn.exec_driver_sql("""EXPLAIN QUERY PLAN SELECT record FROM told WHERE a = 'KHM' AND b = 'RUS'
                AND kind = 'event' ORDER BY date_start DESC, record DESC LIMIT 50""").all()
            assert not [row for row in plan if "TEMP B-TREE" in row[-1]]
            plan = conn.exec_driver_sql("""EXPLAIN QUERY PLAN SELECT doc FROM calendar
                ORDER BY day DESC, doc DESC LIMIT 50""").all()
            assert not [row for row in plan if "TEMP B-TREE" in row[-1]]
        assert browsing.size(store, Question(dyad=("RUS", "KHM"))) == 18
