"""Records as rows: nested with names for JSON Lines, flat with one column a fact for spreadsheets and data frames.

Codes stay as they are and their names stand beside them; figures are plain decimals (202000000, never 2.02E+8).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, Literal, NamedTuple

import msgspec

from bilateral.brief import sentences, wording
from bilateral.errors import CallError
from bilateral.interval import EARLIEST, LATEST, interval
from bilateral.model import Actor, Answer, AnyRecord, Report, kind_of

Type = Literal["text", "number", "count", "flag", "day"]
# Fields that hold codes, and the field beside each that holds the names.
_NAMED = {"country": "country_name", "accredited": "accredited_name", "parties": "party_names"}
_SHARED = ("claimed_by", "evidence", "reasons", "links", "score", "by")
# What a spreadsheet takes for a formula where a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def nested(record: AnyRecord, report: Report) -> dict[str, Any]:
    """A record with the fields of docs/records.md, names beside codes, and the report that it rests on."""
    row: dict[str, Any] = _named(msgspec.to_builtins(record, builtin_types=(Decimal,)))
    first = {name: row.pop(name) for name in ("kind", "id", "status")}
    last = {name: row.pop(name) for name in _SHARED}
    return {**first, "says": sentences.worded(record), **row, **last, "report": _report(report)}


def _report(report: Report) -> dict[str, Any]:
    dated = report.published
    return {
        "id": report.id, "uri": report.uri, "title": report.title, "publisher": report.publisher,
        "published": dated.value, "published_by": dated.how,
    }  # fmt: skip


def _named(value: Any) -> Any:
    """A value with the names of its codes put in behind them, at any depth."""
    if isinstance(value, list | tuple):
        return [_named(item) for item in value]
    if not isinstance(value, dict):
        return value
    row: dict[str, Any] = {}
    for key, item in value.items():
        row[key] = _named(item)
        if key in _NAMED:
            row[_NAMED[key]] = [wording.name(c) for c in item] if isinstance(item, list | tuple) else _name(item)
    return row


def _name(code: str | None) -> str | None:
    return wording.name(code) if code else None


def json_line(row: Mapping[str, Any]) -> str:
    """A row as one line of JSON; decimals are numbers with all their digits, none in powers of ten."""
    return msgspec.json.encode(json_value(row)).decode()


def json_value(value: Any) -> Any:
    """A value in which decimals are written out, for msgspec to encode."""
    if isinstance(value, Decimal):
        return msgspec.Raw(format(value, "f").encode())
    if isinstance(value, Mapping):
        return {key: json_value(item) for key, item in value.items()}
    return [json_value(item) for item in value] if isinstance(value, list) else value


class Column(NamedTuple):
    """A column: its name, its type, and one value a record; None where there is none."""

    name: str
    type: Type
    values: list[Any]


class _Field(NamedTuple):
    name: str
    type: Type
    of: Callable[[Any], Any]


def _texts(*names: str) -> tuple[_Field, ...]:
    return tuple(_Field(name, "text", attrgetter(name)) for name in names)


def _actors(name: str, field: str) -> tuple[_Field, ...]:
    """Two columns for a field of actors: in words, and their codes."""
    return (
        _Field(name, "text", lambda r: [wording.actor(a) for a in getattr(r, field)]),
        _Field(f"{name}_codes", "text", lambda r: _codes(getattr(r, field))),
    )


def _codes(actors: Iterable[Actor]) -> list[str]:
    return list(dict.fromkeys(a.country for a in actors if a.country))


_PARTIES = (
    _Field("parties", "text", lambda r: [wording.name(c) for c in r.parties]),
    _Field("party_codes", "text", lambda r: r.parties),
)
_FIELDS: dict[str, tuple[_Field, ...]] = {
    "event": (
        *_texts("ontology", "code", "mode", "cameo", "contexts"), *_actors("actors", "actors"),
        *_actors("recipients", "recipients"), *_texts("place"), _Field("background", "flag", lambda r: r.background),
    ),
    "statement": (
        _Field("speaker", "text", lambda r: wording.actor(r.speaker)),
        _Field("speaker_code", "text", lambda r: r.speaker.country),
        _Field("level", "text", lambda r: r.speaker.level), *_texts("mode", "cue", "content"),
        _Field("addressee", "text", lambda r: r.addressee and wording.actor(r.addressee)),
    ),
    "measure": (
        *_texts("quantity"), _Field("value", "number", lambda r: r.value), *_texts("digits", "unit", "bound", "period"),
        *_texts("measure_kind"), *_PARTIES, *_texts("direction"),
        _Field("change_value", "number", lambda r: r.change and r.change.value),
        _Field("change_unit", "text", lambda r: r.change and r.change.unit),
        _Field("change_direction", "text", lambda r: r.change and r.change.direction),
        _Field("change_bound", "text", lambda r: r.change and r.change.bound),
        _Field("change_base", "text", lambda r: r.change and r.change.base),
        _Field("derived", "text", lambda r: [d.formula for d in r.derived]),
    ),
    "agreement": (
        *_texts("type", "title"), *_PARTIES, *_texts("agreement_level", "stage", "subjects", "place"),
        _Field("count", "count", lambda r: r.count), _Field("aggregate", "flag", lambda r: r.aggregate),
        *_actors("signatories", "signatories"),
    ),
    "visit": (
        *_texts("visit_kind"), *_actors("visitors", "visitors"), *_actors("hosts", "hosts"),
        *_texts("place", "start", "end"), _Field("multilateral", "flag", lambda r: r.multilateral), *_texts("topics"),
    ),
    "role": (
        *_texts("person", "office"), _Field("country", "text", lambda r: _name(r.country)),
        _Field("country_code", "text", lambda r: r.country), *_texts("organisation"),
        _Field("accredited", "text", lambda r: _name(r.accredited)),
        _Field("accredited_code", "text", lambda r: r.accredited), *_texts("level", "standing", "as_of"),
    ),
}  # fmt: skip
_FIRST: tuple[tuple[str, Type], ...] = (
    ("id", "text"), ("kind", "text"), ("status", "text"), ("date", "text"), ("first_day", "day"), ("last_day", "day"),
)  # fmt: skip
_LAST: tuple[tuple[str, Type], ...] = (
    ("outlet", "text"), ("published", "text"), ("published_by", "text"), ("claimed_by", "text"),
    ("claimed_by_code", "text"), ("says", "text"), ("words", "text"), ("report", "text"), ("uri", "text"),
    ("title_of_report", "text"), ("score", "number"), ("by", "text"),
)  # fmt: skip


def columns(answer: Answer) -> tuple[Column, ...]:
    """An answer as columns, one value a record, dated records first; the same columns whatever the records are.

    What all kinds share comes first and last, the fields of the kinds asked for between. Lists are text joined by "; ".
    """
    reports = {r.id: r for r in answer.reports}
    records = (*answer.records, *answer.undated)
    kinds = answer.question.kinds or tuple(_FIELDS)
    own = {f.name: f.type for kind in kinds for f in _FIELDS[kind]}
    types = {**dict(_FIRST), **own, **dict(_LAST)}
    rows = [_flat(record, reports[record.doc]) for record in records]
    return tuple(Column(name, type_, [row.get(name) for row in rows]) for name, type_ in types.items())


def _flat(record: AnyRecord, report: Report) -> dict[str, Any]:
    own = {f.name: _cell(f.of(record)) for f in _FIELDS[kind_of(record)]}
    date = wording.date_of(record)
    first, last = _days(date)
    speaker = record.claimed_by.speaker or Actor()
    quoted = record.span("sentence", "content", "trigger", "value", "title") or record.evidence[0]
    return {
        "id": record.id, "kind": kind_of(record), "status": record.status, "date": date,
        "first_day": first, "last_day": last, **own,
        "outlet": report.publisher, "published": report.published.value, "published_by": report.published.how,
        "claimed_by": wording.actor(speaker) if record.claimed_by.speaker else None,
        "claimed_by_code": speaker.country, "says": sentences.worded(record), "words": " ".join(quoted.text.split()),
        "report": report.id, "uri": report.uri, "title_of_report": report.title, "score": record.score, "by": record.by,
    }  # fmt: skip


def _cell(value: Any) -> Any:
    return "; ".join(str(v) for v in value) or None if isinstance(value, list | tuple) else value


def _days(date: str | None) -> tuple[str | None, str | None]:
    """The first and last day of a date; None for an end that lies open, as for no date at all."""
    first, last = interval(date) or (None, None)
    return (None if first == EARLIEST else first), (None if last == LATEST else last)


def csv_lines(answer: Answer) -> Iterator[str]:
    """Yield an answer as the lines of a table with a header, for spreadsheets: no cell of it is a formula."""
    made = columns(answer)
    yield csv_line([c.name for c in made])
    for row in zip(*(c.values for c in made), strict=True):
        yield csv_line(row)


def csv_line(cells: Iterable[Any]) -> str:
    """Values as one line of a table, with its end; no cell of it is a formula."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([_shown(value) for value in cells])
    return buffer.getvalue()


def _shown(value: Any) -> str:
    """A value as a cell; words that a spreadsheet would run get an apostrophe in front, as spreadsheets write it."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return json.dumps(value)
    words = str(value)
    return f"'{words}" if isinstance(value, str) and words.startswith(_FORMULA) else words


def framed(made: Iterable[Column], library: Literal["pandas", "polars"]) -> Any:
    """Columns as a data frame of a library; CallError where it is not installed, or is none of the two."""
    if library not in ("pandas", "polars"):
        raise CallError(f"expected pandas or polars, got {library!r}")
    try:
        module = __import__(library)
    except ImportError as error:
        raise CallError(f"expected {library} to be installed (pip install 'bilateral[frames]')") from error
    return _pandas(module, made) if library == "pandas" else _polars(module, made)


def _pandas(pandas: Any, made: Iterable[Column]) -> Any:
    types = {"text": "string", "number": "Float64", "count": "Int64", "flag": "boolean", "day": "datetime64[s]"}
    return pandas.DataFrame({c.name: pandas.Series(_values(c), dtype=types[c.type]) for c in made})


def _polars(polars: Any, made: Iterable[Column]) -> Any:
    types = {"text": polars.String, "number": polars.Float64, "count": polars.Int64, "flag": polars.Boolean}
    days = {"day": polars.String}
    frame = polars.DataFrame({c.name: polars.Series(c.name, _values(c), dtype=(types | days)[c.type]) for c in made})
    return frame.with_columns(polars.col(c.name).str.to_date("%Y-%m-%d") for c in made if c.type == "day")


def _values(column: Column) -> list[Any]:
    return [float(v) if isinstance(v, Decimal) else v for v in column.values]
