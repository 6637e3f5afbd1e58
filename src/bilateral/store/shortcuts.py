"""The step that lets readers of a large store find what counts without going through what does not.

`told` has each record that counts (its report is not superseded, nobody's last word rejects it) once for every pair,
once for every state or organisation ("" as the second code) and once for all (both codes ""), in the order in which a
page lists them, with what records are narrowed by. `tally` says how many there are of each kind, `calendar` has the
reports that count by their day. Triggers keep all three, whatever is written.
"""

from __future__ import annotations

_COLUMNS = "a, b, kind, date_start, record, doc, date_end, type, status, outlet, speaker_country"
_DAY = "coalesce(r.date_start, '')"
_NARROWED = "r.doc, r.date_end, r.type, r.status, r.outlet, r.speaker_country"
_COUNTS = """d.superseded_by IS NULL
            AND NOT EXISTS (SELECT 1 FROM overlays o WHERE o.record = r.n AND o.verdict = 'rejected')"""
_SEEN = ("kind", "date_start", "date_end", "type", "status", "outlet", "speaker_country")


def _rows(of: str, more: str = "", *, counting: bool = False) -> str:
    """A selection of the rows that the records of a condition have in `told`, with further columns."""
    every, start = f"r.kind, {_DAY}, r.n{more}", "FROM records r"
    if counting:
        of, start = f"{of} AND {_COUNTS}", f"{start} JOIN documents d ON d.n = r.doc"
    return f"""SELECT '', '', {every} {start} WHERE {of}
        UNION SELECT p.code, '', {every} {start} JOIN parties p ON p.record = r.n WHERE {of}
        UNION SELECT p.a, p.b, {every} {start} JOIN pairs p ON p.record = r.n WHERE {of}"""


def _told(of: str) -> str:
    return f"INSERT OR IGNORE INTO told ({_COLUMNS}) {_rows(of, f', {_NARROWED}', counting=True)};"


def _untold(of: str) -> str:
    return f"DELETE FROM told WHERE (a, b, kind, date_start, record) IN ({_rows(of)});"


def _one(a: str, b: str, record: str) -> str:
    """Add a record under one pair of codes."""
    return f"""INSERT OR IGNORE INTO told ({_COLUMNS})
        SELECT {a}, {b}, r.kind, {_DAY}, r.n, {_NARROWED} FROM records r JOIN documents d ON d.n = r.doc
        WHERE r.n = {record} AND {_COUNTS};"""


def _not_one(a: str, b: str, record: str) -> str:
    """Take a record out under one pair of codes; of a record that is gone all was taken out before."""
    return f"""DELETE FROM told WHERE a = {a} AND b = {b} AND record = {record}
        AND kind = (SELECT kind FROM records WHERE n = {record})
        AND date_start = (SELECT coalesce(date_start, '') FROM records WHERE n = {record});"""


def _trigger(name: str, event: str, *statements: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return f"CREATE TRIGGER {name} {event}{condition} BEGIN {' '.join(statements)} END"


_CHANGED = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _SEEN)
# A record as it was before an update, in the place where a trigger looks for it by its kind and day.
_OLD = """DELETE FROM told WHERE kind = old.kind AND date_start = coalesce(old.date_start, '') AND record = old.n
    AND (a, b) IN (SELECT '', '' UNION SELECT code, '' FROM parties WHERE record = old.n
        UNION SELECT a, b FROM pairs WHERE record = old.n);"""
_STANDS = "coalesce((SELECT date_start FROM overrides WHERE doc = {0}.n), {0}.date_start, '')"


def _placed(row: str) -> str:
    return f"INSERT OR IGNORE INTO calendar SELECT {_STANDS.format(row)}, {row}.n WHERE {row}.superseded_by IS NULL;"


def _of_override(row: str, day: str) -> str:
    """Put a report at another day than it stood at."""
    return f"""DELETE FROM calendar WHERE doc = {row}.doc AND day = {day};
        INSERT OR IGNORE INTO calendar SELECT {_STANDS.format("d")}, d.n FROM documents d
        WHERE d.n = {row}.doc AND d.superseded_by IS NULL;"""


SHORTCUTS = (
    """CREATE TABLE told (
        a TEXT NOT NULL, b TEXT NOT NULL, kind TEXT NOT NULL, date_start TEXT NOT NULL, record INTEGER NOT NULL,
        doc INTEGER NOT NULL, date_end TEXT, type TEXT, status TEXT NOT NULL, outlet TEXT, speaker_country TEXT,
        PRIMARY KEY (a, b, kind, date_start, record)) WITHOUT ROWID""",
    """CREATE TABLE tally (
        a TEXT NOT NULL, b TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (a, b, kind)) WITHOUT ROWID""",
    """CREATE TABLE calendar (
        day TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (day, doc)) WITHOUT ROWID""",
    f"INSERT INTO told ({_COLUMNS}) {_rows('r.n > 0', f', {_NARROWED}', counting=True)} ORDER BY 1, 2, 3, 4, 5",
    "INSERT INTO tally SELECT a, b, kind, count(*) FROM told GROUP BY a, b, kind",
    f"INSERT INTO calendar SELECT {_STANDS.format('d')}, d.n FROM documents d WHERE d.superseded_by IS NULL",
    "CREATE INDEX entries_date ON entries(date_start, kind, id, a, b, is_open, contradictions)",
    "CREATE INDEX entries_months ON entries(a, b, kind, type, status, date_start, date_end)",
    _trigger("told_counted", "AFTER INSERT ON told", """INSERT INTO tally VALUES (new.a, new.b, new.kind, 1)
        ON CONFLICT DO UPDATE SET n = n + 1;"""),
    _trigger("told_gone", "AFTER DELETE ON told",
             "UPDATE tally SET n = n - 1 WHERE a = old.a AND b = old.b AND kind = old.kind;",
             "DELETE FROM tally WHERE a = old.a AND b = old.b AND kind = old.kind AND n = 0;"),
    _trigger("records_told", "AFTER INSERT ON records", _one("''", "''", "new.n")),
    _trigger("records_retold", f"AFTER UPDATE OF {', '.join(_SEEN)} ON records", _OLD, _told("r.n = new.n"),
             when=_CHANGED),
    _trigger("records_untold", "BEFORE DELETE ON records", _untold("r.n = old.n")),
    _trigger("parties_told", "AFTER INSERT ON parties", _one("new.code", "''", "new.record")),
    _trigger("parties_untold", "AFTER DELETE ON parties", _not_one("old.code", "''", "old.record"),
             when="NOT EXISTS (SELECT 1 FROM parties WHERE code = old.code AND record = old.record)"),
    _trigger("pairs_told", "AFTER INSERT ON pairs", _one("new.a", "new.b", "new.record")),
    _trigger("pairs_untold", "AFTER DELETE ON pairs", _not_one("old.a", "old.b", "old.record")),
    _trigger("overlays_untold", "AFTER INSERT ON overlays", _untold("r.n = new.record"),
             when="new.verdict = 'rejected'"),
    _trigger("overlays_told", "AFTER DELETE ON overlays", _told("r.n = old.record"), when="old.verdict = 'rejected'"),
    _trigger("documents_untold", "AFTER UPDATE OF superseded_by ON documents", _untold("r.doc = new.n"),
             when="old.superseded_by IS NULL AND new.superseded_by IS NOT NULL"),
    _trigger("documents_told", "AFTER UPDATE OF superseded_by ON documents", _told("r.doc = new.n"),
             when="old.superseded_by IS NOT NULL AND new.superseded_by IS NULL"),
    _trigger("documents_placed", "AFTER INSERT ON documents", _placed("new")),
    _trigger("documents_moved", "AFTER UPDATE OF date_start, superseded_by ON documents",
             f"DELETE FROM calendar WHERE doc = old.n AND day = {_STANDS.format('old')};", _placed("new")),
    _trigger("documents_left", "BEFORE DELETE ON documents",
             f"DELETE FROM calendar WHERE doc = old.n AND day = {_STANDS.format('old')};"),
    _trigger("overrides_placed", "AFTER INSERT ON overrides",
             _of_override("new", "(SELECT coalesce(date_start, '') FROM documents WHERE n = new.doc)")),
    _trigger("overrides_left", "AFTER DELETE ON overrides", _of_override("old", "old.date_start")),
)  # fmt: skip
