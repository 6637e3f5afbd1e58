"""Reference series in the store: files that users loaded, their views, and the values. Runs inside a transaction.

A file is stored once, by the hash of its bytes. Values are kept as decimals in text, never as floats.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from bilateral.errors import CallError
from bilateral.observations import Clash, Observation, SeriesFile, View
from bilateral.store.schema import reference_files, reference_rows, reference_views
from bilateral.store.writing import chunks

SHORTEST = 4  # letters that an abbreviated hash must have
_AT_ONCE = 5_000
_KEPT = 1_000  # clashes told one by one
_PUT = (
    'INSERT OR IGNORE INTO reference_rows ("view", reporter, partner, flow, period, value, line, rows) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_HELD = (
    'SELECT line, value FROM reference_rows WHERE "view" = ? AND reporter = ? AND partner = ? '
    "AND flow = ? AND period = ?"
)
_ROW = tuple[int, str, str, str, str, str, int, int]


class Added(NamedTuple):
    """What adding a file did: how many values are new, how many lines gave a value that was there already.

    `clashes` lists the first thousand of those lines; `conflicts` counts all that gave another value.
    """

    observations: int
    repeated: int
    conflicts: int
    clashes: tuple[Clash, ...]


def add(conn: Connection, file: SeriesFile, rows: Iterable[Observation]) -> Added | None:
    """Store a file with its values, of which the first for each flow and period counts; None where it is there already.

    The counts of `file` may not be known before its rows are read: `finish` sets them.
    """
    if conn.execute(select(reference_files.c.n).where(reference_files.c.id == file.id)).first():
        return None
    n = (conn.execute(select(func.max(reference_files.c.n))).scalar_one() or 0) + 1
    conn.execute(insert(reference_files), {"n": n, **_columns(file)})
    views = _Views(conn, n)
    done, clashes, conflicts, repeated = 0, list[Clash](), 0, 0
    for some in chunks(rows, _AT_ONCE):
        made = [views.row(o) for o in some]
        kept = conn.exec_driver_sql(_PUT, made).rowcount
        done += kept
        if kept < len(made):
            found = _clashes(conn, made)
            repeated += len(found)
            conflicts += sum(c.differs for c in found)
            clashes += found[: _KEPT - len(clashes)]
    return Added(done, repeated, conflicts, tuple(clashes))


def finish(conn: Connection, file: SeriesFile) -> SeriesFile:
    """Set what is known of a file once it is read through, and its first and last period; the file as stored."""
    of = select(reference_views.c.n).join(reference_files).where(reference_files.c.id == file.id)
    period = reference_rows.c.period
    since, until = conn.execute(
        select(func.min(period), func.max(period)).where(reference_rows.c.view.in_(of.scalar_subquery()))
    ).one()
    made = structs.replace(file, since=since, until=until)
    conn.execute(update(reference_files).where(reference_files.c.id == file.id).values(**_columns(made)))
    return made


def files(conn: Connection) -> list[SeriesFile]:
    """The reference files of a store, in the order in which they came."""
    return [_file(row) for row in conn.execute(select(reference_files).order_by(reference_files.c.n))]


def find(conn: Connection, key: str) -> SeriesFile:
    """The file with this name, hash, or beginning of a hash. CallError where there is none, or several."""
    c = reference_files.c
    wanted = [c.name == key] if len(key) < SHORTEST else [c.name == key, c.id.startswith(key.lower(), autoescape=True)]
    found = conn.execute(select(reference_files).where(or_(*wanted)).order_by(c.n)).all()
    if not found:
        raise CallError(f"no reference file {key!r} in the store: expected its name or the first letters of its hash")
    if len(found) > 1:
        raise CallError(f"reference file {key!r} is ambiguous: {', '.join(row.id[:12] for row in found)}")
    return _file(found[0])


def forget(conn: Connection, key: str) -> SeriesFile:
    """Take a file out with all its values."""
    file = find(conn, key)
    conn.execute(delete(reference_files).where(reference_files.c.id == file.id))
    return file


def observations(conn: Connection, dyad: tuple[str, str]) -> list[Observation]:
    """All that any file states of a pair, both ways: by file, view, reporter, flow and period."""
    r = reference_rows.c
    views = {row.n: _view(row) for row in conn.execute(_view_select())}
    found: list[Row[Any]] = []
    for reporter, partner in (dyad, dyad[::-1]):
        for some in chunks(views):
            wanted = select(reference_rows).where(r.view.in_(some), r.reporter == reporter, r.partner == partner)
            found += conn.execute(wanted).all()
    found.sort(key=lambda row: (row.view, row.reporter, row.flow, row.period))
    return [
        Observation(
            view=views[row.view], reporter=row.reporter, partner=row.partner, flow=row.flow, period=row.period,
            value=Decimal(row.value), line=row.line, rows=row.rows,
        )
        for row in found
    ]  # fmt: skip


class _Views:
    """The numbers of a file's views, each stored at its first value."""

    def __init__(self, conn: Connection, file: int) -> None:
        self._conn, self._file = conn, file
        self._numbers: dict[View, int] = {}
        self._last = int(conn.execute(select(func.max(reference_views.c.n))).scalar_one() or 0)

    def row(self, o: Observation) -> _ROW:
        n = self._numbers.get(o.view)
        if n is None:
            n = self._add(o.view)
        return (n, o.reporter, o.partner, o.flow, o.period, format(o.value, "f"), o.line, o.rows)

    def _add(self, view: View) -> int:
        self._last += 1
        self._numbers[view] = self._last
        columns = {name: value for name, value in structs.asdict(view).items() if name != "file"}
        self._conn.execute(insert(reference_views), {"n": self._last, "file": self._file, **columns})
        return self._last


def _clashes(conn: Connection, made: list[_ROW]) -> list[Clash]:
    """The rows of a batch whose place another line of the file holds."""
    found = []
    for row in made:
        *place, value, line, _ = row
        held, told = conn.exec_driver_sql(_HELD, tuple(place)).one()
        if held != line:
            found.append(Clash(line, held, told != value and Decimal(told) != Decimal(value)))
    return found


def _columns(file: SeriesFile) -> dict[str, Any]:
    values = structs.asdict(file)
    values["left_out"] = msgspec.json.encode(dict(sorted(file.left_out.items()))).decode()
    return values


def _file(row: Row[Any]) -> SeriesFile:
    values = {name: getattr(row, name) for name in SeriesFile.__struct_fields__}
    values["left_out"] = msgspec.json.decode(row.left_out, type=dict[str, int])
    return SeriesFile(**values)


def _view_select() -> Any:
    return select(reference_views, reference_files.c.id.label("hash")).join(reference_files)


def _view(row: Row[Any]) -> View:
    return View(
        source=row.source, name=row.name, unit=row.unit, valuation=row.valuation, scope=row.scope, basis=row.basis,
        vintage=row.vintage, file=row.hash,
    )  # fmt: skip
