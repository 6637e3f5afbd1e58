"""The fields of records that a person can correct: what each takes, and a value made to fit or refused in plain words.

Pure functions of the types in `model`. A field is named by its path: `status`, `actors.0.country`, `speaker.name`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Struct, structs

from bilateral import ontology
from bilateral.errors import CallError
from bilateral.interval import interval
from bilateral.model import KINDS, AnyRecord, Record, kind_of

Metric = Literal["nominal", "number", "date"]
EVIDENCE = "evidence"
# What is the machine's own business, and the words, which are marked and not typed.
LOCKED = ("id", "by", "score", EVIDENCE, "links", "reasons")
# Who claims a record names statements by ids that coding anew may change; arithmetic follows from the other fields.
_NOT_SAID = ("claimed_by", "derived")
DATES = ("date", "period", "start", "end", "as_of")
_NUMBERS = ("value", "count")
_DIGITS = 60  # places of a number before or behind the point; no figure of the world has more
# Fields of a figure from which its derived values follow.
WORKED = ("value", "unit", "bound", "period", "change")
_YEARLESS = re.compile(r"XXXX-(?:\d\d|XX)-(?:\d\d|XX)[?~%]?")
_BY_KIND: dict[str, type[Record]] = {kind_of(cls): cls for cls in KINDS}


class Field(Struct, frozen=True, kw_only=True):
    """A field of a kind of record: what it takes, in words; its choices where there are some; how values compare."""

    kind: str
    name: str
    takes: str
    choices: tuple[str, ...] = ()
    metric: Metric = "nominal"


@lru_cache(maxsize=16)
def fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind that can be corrected, in the order of the record."""
    return tuple(
        Field(
            kind=kind, name=name, takes=_takes(name, of), choices=_choices(name, of),
            metric="date" if name in DATES else "number" if name in _NUMBERS else "nominal",
        )
        for name, of in _types(_BY_KIND[kind]).items() if name not in LOCKED
    )  # fmt: skip


def said(record: AnyRecord) -> dict[str, Any]:
    """What a record says, as JSON by field: its own fields and status, without who claims it and how it was found."""
    made = _json(record)
    return {f.name: made[f.name] for f in fields(kind_of(record)) if f.name not in _NOT_SAID}


def placed(record: AnyRecord, path: str, words: str) -> tuple[str, Any]:
    """The field that a path lies in and its whole new value as JSON, from the words or JSON that a person typed.

    CallError names what the place takes.
    """
    kind = kind_of(record)
    name, *steps = path.split(".")
    of = _type_at(kind, name, steps)
    value = _read(kind, path, of, words)
    return name, fitted_json(kind, name, _put(_json(record)[name], steps, value, path))


def fitted(kind: str, name: str, value: Any) -> Any:
    """A person's JSON value as the field's own type; CallError where the field does not take it, or is none."""
    made = typed(kind, name, value)
    fault = _fault(name, made)
    if fault:
        raise _unfit(kind, name, _type_at(kind, name, []), value, f": {fault}")
    return made


def typed(kind: str, name: str, value: Any) -> Any:
    """A JSON value that came out of a record as the field's own type; CallError where that is no longer its type."""
    of = _type_at(kind, name, [])
    try:
        return msgspec.convert(value, of)
    except msgspec.ValidationError as error:
        raise _unfit(kind, name, of, value, f": {error}") from error


def fitted_json(kind: str, name: str, value: Any) -> Any:
    """A JSON value in the one form that the field's value has when it is written; CallError as `fitted`."""
    return plain(fitted(kind, name, value))


def plain(value: Any) -> Any:
    """A value as JSON holds it: lists, objects, text, whole numbers; decimals are text, written out, one form each."""
    return _lists(msgspec.to_builtins(value, builtin_types=(Decimal,), str_keys=True))


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return _written(value)
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value


def _written(value: Decimal) -> str:
    if not _is_writable(value):
        return str(value)
    words = format(value, "f")
    return words.rstrip("0").rstrip(".") if "." in words else words


def _is_writable(value: Decimal) -> bool:
    return value.is_finite() and abs(value.adjusted()) <= _DIGITS


def _json(record: Record) -> dict[str, Any]:
    made: dict[str, Any] = plain(record)
    return made


def _types(cls: type[Any]) -> dict[str, Any]:
    return {f.name: f.type for f in structs.fields(cls)}


def _fault(name: str, value: Any) -> str | None:
    """What the type of a field does not say: dates are EDTF, codes are of the ontology, an event has an actor."""
    if name in DATES and value is not None and interval(value) is None and not _YEARLESS.fullmatch(value):
        return "it is no date in EDTF"
    if name == "code" and value not in _codes():
        return f"it is no root of PLOVER ({', '.join(_codes())})"
    if name == "actors" and not value:
        return "an event has at least one actor"
    if any(not _is_writable(number) for number in _decimals(value)):
        return "it is no figure"
    try:
        msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return "it holds half of a character (a lone surrogate)"
    return None


def _decimals(value: Any) -> Iterator[Decimal]:
    """Yield the decimals that a field's value is or holds."""
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, Struct):
        yield from (v for v in structs.astuple(value) if isinstance(v, Decimal))


@lru_cache(maxsize=1)
def _codes() -> tuple[str, ...]:
    return tuple(ontology.plover().roots)


def _type_at(kind: str, name: str, steps: list[str]) -> Any:
    """The type at a place in a record; CallError where there is none."""
    names = [f.name for f in fields(kind)]
    if name not in names:
        hint = "; bilateral review words marks its words" if name == EVIDENCE else ""
        raise CallError(f"a {kind} has no field {name!r} to correct{hint}: expected one of {', '.join(names)}")
    of, seen = _types(_BY_KIND[kind])[name], name
    for step in steps:
        of = _inside(of, step, kind, seen)
        seen += f".{step}"
    return of


def _inside(of: Any, step: str, kind: str, seen: str) -> Any:
    of = _bare(of)
    if get_origin(of) is tuple:
        if step.isdigit():
            return get_args(of)[0]
        raise CallError(f"{kind} {seen}: expected the number of an item, from 0, got {step!r}")
    inner = _types(of) if isinstance(of, type) and issubclass(of, Struct) else {}
    if step not in inner:
        raise CallError(f"{kind} {seen} has no {step!r}: expected {', '.join(inner) or 'nothing below it'}")
    return inner[step]


def _bare(of: Any) -> Any:
    """A type without its None."""
    parts = [part for part in get_args(of) if part is not type(None)] if _is_union(of) else [of]
    return parts[0] if len(parts) == 1 else of


def _is_union(of: Any) -> bool:
    return get_origin(of) in (Union, UnionType)


def _put(value: Any, steps: list[str], new: Any, path: str) -> Any:
    """A JSON value with another one at a place in it; one place behind the last item of a list adds an item."""
    if not steps:
        return new
    first, *rest = steps
    if isinstance(value, list):
        n = int(first)
        if n > len(value):
            raise CallError(f"{path}: there are {len(value)} items; expected a number from 0 to {len(value)}")
        inner = value[n] if n < len(value) else None
        return [*value[:n], _put(inner, rest, new, path), *value[n + 1 :]]
    return {**(value or {}), first: _put((value or {}).get(first), rest, new, path)}


def _read(kind: str, path: str, of: Any, words: str) -> Any:
    """The JSON value that some words stand for at a place of this type: JSON text, the words, other JSON, a list."""
    for value in _readings(of, words):
        try:
            return plain(msgspec.convert(value, of, strict=True))
        except msgspec.ValidationError:
            continue
    raise _unfit(kind, path, of, words)


def _readings(of: Any, words: str) -> Iterator[Any]:
    try:
        found = json.loads(words, parse_float=str)
        is_json = True
    except (json.JSONDecodeError, RecursionError):
        found, is_json = None, False
    if is_json and (found is None or isinstance(found, str)):
        yield found
    yield words
    if is_json:
        yield found
    if get_origin(_bare(of)) is tuple:
        yield [part.strip() for part in words.split(",") if part.strip()]


def _unfit(kind: str, path: str, of: Any, value: Any, why: str = "") -> CallError:
    shown = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return CallError(f"{kind} {path} takes {_takes(path.rpartition('.')[2], of)}, got {shown!r}{why}")


def _choices(name: str, of: Any) -> tuple[str, ...]:
    of = _bare(of)
    if of is bool:
        return ("true", "false")
    if name == "code":
        return _codes()
    return tuple(map(str, get_args(of))) if get_origin(of) is Literal else ()


def _takes(name: str, of: Any) -> str:
    """What a type takes, in words."""
    words = _described(name, _bare(of))
    return f"{words}, or null" if _is_union(of) and type(None) in get_args(of) else words


def _described(name: str, of: Any) -> str:
    choices = _choices(name, of)
    if choices:
        return f"one of {', '.join(choices)}"
    if name in DATES:
        return "a date in EDTF (2019-07-03, 2019-07, 2019, XXXX-07-03, 2014/2019)"
    if get_origin(of) is tuple:
        return f"a list, each {_described(name, get_args(of)[0])}"
    if isinstance(of, type) and issubclass(of, Struct):
        return f"an object with {', '.join(_types(of))}"
    return {str: "text", int: "a whole number", Decimal: "a number", float: "a number"}.get(of, "JSON")
