"""The steps that lead from an empty file to the present schema, and taking a store through the ones it lacks.

A step is never edited once released: a new store takes the same way as an old one, so that both end alike. The number
of the last step is the schema version and stands in the file (`user_version`).
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from bilateral.store.shortcuts import SHORTCUTS

APPLICATION = 0x62696C61  # "bila": tells a store from any other SQLite file


class Step(NamedTuple):
    """One version further: what it does in words, and its statements."""

    what: str
    statements: tuple[str, ...]


def _kind(name: str, columns: str) -> str:
    return f"""CREATE TABLE {name} (
        record INTEGER NOT NULL PRIMARY KEY REFERENCES records(n) ON DELETE CASCADE, {columns})"""


def _searched(index: str, table: str, key: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """A full-text index over columns of a table, and the triggers that keep it the same as the table."""
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
    add = f"INSERT INTO {index}(rowid, {names}) VALUES (new.{key}, {new});"
    drop = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.{key}, {old});"
    changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
    return (
        f"""CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='{key}',
            tokenize='porter unicode61 remove_diacritics 2')""",
        f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {table}_gone AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {table}_changed AFTER UPDATE OF {names} ON {table} WHEN {changed} BEGIN {drop} {add} END",
    )


_FIRST = (
    """CREATE TABLE documents (
        n INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, uri TEXT NOT NULL, title TEXT, publisher TEXT,
        author TEXT, lang TEXT NOT NULL, place TEXT, published TEXT, published_by TEXT, date TEXT, date_how TEXT,
        date_stated TEXT, date_start TEXT, dating TEXT NOT NULL, anatomy TEXT NOT NULL, characters INTEGER NOT NULL,
        parsed INTEGER NOT NULL, superseded_by TEXT REFERENCES documents(id), text TEXT NOT NULL)""",
    "CREATE INDEX documents_uri ON documents(uri)",
    "CREATE INDEX documents_superseded ON documents(superseded_by) WHERE superseded_by IS NOT NULL",
    """CREATE TABLE parses (
        doc INTEGER NOT NULL PRIMARY KEY REFERENCES documents(n) ON DELETE CASCADE,
        parser TEXT NOT NULL, gate TEXT NOT NULL, data BLOB NOT NULL)""",
    """CREATE TABLE overrides (
        doc INTEGER NOT NULL PRIMARY KEY REFERENCES documents(n) ON DELETE CASCADE,
        date TEXT NOT NULL, date_start TEXT NOT NULL)""",
    """CREATE TABLE records (
        n INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        doc INTEGER NOT NULL REFERENCES documents(n) ON DELETE CASCADE, kind TEXT NOT NULL, by TEXT NOT NULL,
        score FLOAT NOT NULL, status TEXT NOT NULL, type TEXT, date TEXT, date_start TEXT, date_end TEXT,
        position INTEGER NOT NULL, outlet TEXT, statement TEXT, speaker TEXT, speaker_country TEXT,
        outlet_key TEXT, speaker_key TEXT)""",
    "CREATE INDEX records_doc ON records(doc)",
    "CREATE INDEX records_kind ON records(kind, date_start)",
    """CREATE TABLE bodies (
        record INTEGER NOT NULL PRIMARY KEY REFERENCES records(n) ON DELETE CASCADE,
        json TEXT NOT NULL, words TEXT NOT NULL)""",
    _kind("events", """ontology TEXT NOT NULL, code TEXT NOT NULL, mode TEXT, cameo TEXT, contexts TEXT, place TEXT,
        background INTEGER NOT NULL"""),
    _kind("statements", """speaker TEXT, speaker_country TEXT, role TEXT, mode TEXT NOT NULL, cue TEXT,
        addressee TEXT"""),
    _kind("measures", """quantity TEXT NOT NULL, value FLOAT, digits TEXT, unit TEXT, bound TEXT, period TEXT,
        measure_kind TEXT NOT NULL, direction TEXT"""),
    _kind("agreements", """type TEXT NOT NULL, agreement_level TEXT NOT NULL, stage TEXT NOT NULL, title TEXT,
        subjects TEXT, place TEXT, count INTEGER, aggregate INTEGER NOT NULL"""),
    _kind("visits", """visit_kind TEXT NOT NULL, place TEXT, start TEXT, "end" TEXT, multilateral INTEGER NOT NULL,
        topics TEXT"""),
    _kind("roles", """person TEXT NOT NULL, office TEXT NOT NULL, country TEXT, organisation TEXT, accredited TEXT,
        level TEXT, standing TEXT NOT NULL, as_of TEXT"""),
    """CREATE TABLE parties (
        code TEXT NOT NULL, record INTEGER NOT NULL REFERENCES records(n) ON DELETE CASCADE, side TEXT NOT NULL,
        PRIMARY KEY (code, record, side)) WITHOUT ROWID""",
    "CREATE INDEX parties_record ON parties(record)",
    """CREATE TABLE pairs (
        a TEXT NOT NULL, b TEXT NOT NULL, record INTEGER NOT NULL REFERENCES records(n) ON DELETE CASCADE,
        PRIMARY KEY (a, b, record), CHECK (a < b)) WITHOUT ROWID""",
    "CREATE INDEX pairs_record ON pairs(record)",
    """CREATE TABLE problems (
        id TEXT NOT NULL PRIMARY KEY, uri TEXT NOT NULL, doc TEXT, stage TEXT NOT NULL, message TEXT NOT NULL,
        start INTEGER, "end" INTEGER)""",
    "CREATE INDEX problems_uri ON problems(uri)",
    "CREATE INDEX problems_doc ON problems(doc)",
    *_searched("documents_fts", "documents", "n", ("title", "text")),
    *_searched("records_fts", "bodies", "record", ("words",)),
)  # fmt: skip

_SERIES = (
    """CREATE TABLE reference_files (
        n INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, format TEXT NOT NULL,
        vintage TEXT NOT NULL, bytes INTEGER NOT NULL, lines INTEGER NOT NULL, observations INTEGER NOT NULL,
        bad INTEGER NOT NULL, left_out TEXT NOT NULL, since TEXT, until TEXT)""",
    """CREATE TABLE reference_views (
        n INTEGER NOT NULL PRIMARY KEY, file INTEGER NOT NULL REFERENCES reference_files(n) ON DELETE CASCADE,
        source TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL, valuation TEXT NOT NULL, scope TEXT NOT NULL,
        basis TEXT NOT NULL, vintage TEXT NOT NULL)""",
    "CREATE INDEX reference_views_file ON reference_views(file)",
    """CREATE TABLE reference_rows (
        "view" INTEGER NOT NULL REFERENCES reference_views(n) ON DELETE CASCADE, reporter TEXT NOT NULL,
        partner TEXT NOT NULL, flow TEXT NOT NULL, period TEXT NOT NULL, value TEXT NOT NULL, line INTEGER NOT NULL,
        rows INTEGER NOT NULL, PRIMARY KEY ("view", reporter, partner, flow, period)) WITHOUT ROWID""",
)


def _stale(name: str, event: str, docs: str) -> str:
    """A trigger that marks the pairs of a report's records as ones whose entries are to be made anew."""
    return f"""CREATE TRIGGER {name} AFTER {event} BEGIN
        INSERT OR IGNORE INTO stale SELECT DISTINCT a, b FROM pairs JOIN records ON records.n = pairs.record
        WHERE records.doc = {docs}; END"""


_LEDGER = (
    """CREATE TABLE bands (
        band TEXT NOT NULL, doc INTEGER NOT NULL REFERENCES documents(n) ON DELETE CASCADE,
        PRIMARY KEY (band, doc)) WITHOUT ROWID""",
    "CREATE INDEX bands_doc ON bands(doc)",
    "CREATE TABLE screened (doc INTEGER NOT NULL PRIMARY KEY REFERENCES documents(n) ON DELETE CASCADE)",
    """CREATE TABLE copies (
        one INTEGER NOT NULL REFERENCES documents(n) ON DELETE CASCADE,
        two INTEGER NOT NULL REFERENCES documents(n) ON DELETE CASCADE, PRIMARY KEY (one, two)) WITHOUT ROWID""",
    "CREATE INDEX copies_two ON copies(two)",
    """CREATE TABLE entries (
        n INTEGER NOT NULL PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
        type TEXT NOT NULL, date TEXT, date_start TEXT, date_end TEXT, status TEXT NOT NULL,
        is_open INTEGER NOT NULL, contradictions INTEGER NOT NULL, independent INTEGER NOT NULL, json TEXT NOT NULL,
        UNIQUE (a, b, id))""",
    "CREATE INDEX entries_id ON entries(id)",
    """CREATE TABLE members (
        record TEXT NOT NULL, entry INTEGER NOT NULL REFERENCES entries(n) ON DELETE CASCADE,
        PRIMARY KEY (record, entry)) WITHOUT ROWID""",
    "CREATE INDEX members_entry ON members(entry)",
    """CREATE TABLE former (
        a TEXT NOT NULL, b TEXT NOT NULL, id TEXT NOT NULL, now TEXT NOT NULL,
        PRIMARY KEY (a, b, id)) WITHOUT ROWID""",
    "CREATE INDEX former_id ON former(id)",
    "CREATE TABLE stale (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID",
    "CREATE TRIGGER pairs_added AFTER INSERT ON pairs BEGIN INSERT OR IGNORE INTO stale VALUES (new.a, new.b); END",
    "CREATE TRIGGER pairs_gone AFTER DELETE ON pairs BEGIN INSERT OR IGNORE INTO stale VALUES (old.a, old.b); END",
    _stale("documents_dated", "UPDATE OF date, publisher, superseded_by ON documents", "new.n"),
    _stale("overrides_added", "INSERT ON overrides", "new.doc"),
    _stale("overrides_gone", "DELETE ON overrides", "old.doc"),
    _stale("copies_added", "INSERT ON copies", "new.one").replace("= new.one", "IN (new.one, new.two)"),
    _stale("copies_gone", "DELETE ON copies", "old.one").replace("= old.one", "IN (old.one, old.two)"),
    "INSERT INTO stale SELECT DISTINCT a, b FROM pairs",
)

_REVIEW = (
    """CREATE TABLE corrections (
        n INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, action TEXT NOT NULL, doc TEXT NOT NULL,
        kind TEXT NOT NULL, record TEXT NOT NULL, other_doc TEXT, other TEXT, field TEXT, who TEXT NOT NULL,
        at TEXT NOT NULL, json TEXT NOT NULL)""",
    "CREATE INDEX corrections_doc ON corrections(doc)",
    "CREATE INDEX corrections_other ON corrections(other_doc) WHERE other_doc IS NOT NULL",
    """CREATE TABLE attachments (
        record INTEGER NOT NULL REFERENCES records(n) ON DELETE CASCADE, correction TEXT NOT NULL,
        side INTEGER NOT NULL, counts INTEGER NOT NULL, PRIMARY KEY (record, correction, side)) WITHOUT ROWID""",
    "CREATE INDEX attachments_correction ON attachments(correction)",
    """CREATE TABLE overlays (
        record INTEGER NOT NULL PRIMARY KEY REFERENCES records(n) ON DELETE CASCADE, verdict TEXT,
        json TEXT NOT NULL)""",
    "CREATE INDEX overlays_rejected ON overlays(record) WHERE verdict = 'rejected'",
    "CREATE INDEX records_score ON records(score, id)",
)

STEPS: tuple[Step, ...] = (
    Step("documents, their parses, records, problems and full text", _FIRST),
    Step("reference series: files, their views of flows, the values", _SERIES),
    Step("the ledger: near-copies, entries with their members, pairs whose entries are to be made anew", _LEDGER),
    Step("people's corrections, the records that they are about now, what those records become by them", _REVIEW),
    Step("ways for readers: what counts by state, pair, kind and day, how much of it, reports by day", SHORTCUTS),
)


def version_of(conn: Connection) -> int:
    """The schema version that a file is at; 0 where nothing was made yet."""
    return int(conn.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(conn: Connection, steps: tuple[Step, ...]) -> int:
    """The number of steps that a store lacked; they are taken inside the transaction that `conn` is in."""
    at = version_of(conn)
    for step in steps[at:]:
        for statement in step.statements:
            conn.exec_driver_sql(statement)
    if at < len(steps):
        conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        conn.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")
    return max(0, len(steps) - at)
