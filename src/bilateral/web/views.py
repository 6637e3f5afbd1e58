"""A view: one answer in three forms at one address. As a page for people, as JSON untouched, as CSV defused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from litestar import Request, Response
from msgspec import Struct

from bilateral.brief.rows import csv_line
from bilateral.web.answers import Answer
from bilateral.web.words import rendered

HTML, JSON, CSV, SVG = (
    "text/html", "application/json", "text/csv", "image/svg+xml"
)  # fmt: skip
TYPES = {"html": HTML, "json": JSON, "csv": CSV}
Asked = Request[Any, Any, Any]


class Table(Struct, frozen=True):
    """A view as a table: names of columns, and rows of values."""

    header: Sequence[str]
    rows: Iterable[Sequence[Any]]


class View(Struct, frozen=True, kw_only=True):
    """What a page shows: `context` is for its template, `data` makes its JSON, `table` its CSV.

    Each is a function, so that only the form asked for is made.
    """

    template: str
    context: Callable[[], Mapping[str, Any]]
    data: Callable[[], Any]
    table: Callable[[], Table]
    status: int = 200


def reply(request: Asked, view: View) -> Response[bytes]:
    """The answer to a request, in the form that its address asks for."""
    form = form_of(request)
    body = _html(request, view) if form == "html" else _json(view) if form == "json" else _csv(view)
    headers = {"Content-Disposition": f'attachment; filename="{_file(view.template)}.csv"'} if form == "csv" else {}
    headers |= {} if view.status == 200 else {"Cache-Control": "no-store"}
    if view.status != 200:
        return Response(body, status_code=view.status, media_type=TYPES[form], headers=headers)
    return sent(request, body, TYPES[form], headers)


def sent(request: Asked, body: bytes, media: str, headers: Mapping[str, str]) -> Response[bytes]:
    """An answer, remembered while the store stays as it is; one without a tag belongs to one reader and is not."""
    answer = Answer(body, media, {**headers, **tagged(request)})
    made = request.scope.get("state", {}).get("tag")
    if made:
        request.app.state.page.answers.keep(str(made), answer)
    return Response(body, media_type=media, headers=answer.headers)


def tagged(request: Asked) -> dict[str, str]:
    """The headers by which a reader can ask again whether an answer still holds."""
    made = request.scope.get("state", {}).get("tag")
    return {"Cache-Control": "no-cache", **({"ETag": str(made)} if made else {})}


def form_of(request: Asked) -> str:
    """html, json or csv."""
    return str(request.scope.get("state", {}).get("form", "html"))


def _file(template: str) -> str:
    """A name for what is saved, out of the template's name alone."""
    return "bilateral-" + template.removesuffix(".html")


def _html(request: Asked, view: View) -> bytes:
    path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
    tail = f"?{query}" if query else ""
    twins = {form: f"{path.rstrip('/')}.{form}{tail}" for form in ("json", "csv")}
    page = request.app.state.page
    shared = {"twins": twins, "mode": page.mode, "here": path, "version": page.version}
    return rendered(view.template, {**shared, **view.context()}).encode("utf-8", "backslashreplace")


def _json(view: View) -> bytes:
    return msgspec.json.encode(_written_out(msgspec.to_builtins(view.data(), builtin_types=(Decimal,))))


def _written_out(value: Any) -> Any:
    """A value with decimals written out and, of halves of characters, escapes."""
    if isinstance(value, Decimal):
        return msgspec.Raw(format(value, "f").encode())
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _written_out(item) for key, item in value.items()}
    return [_written_out(item) for item in value] if isinstance(value, list | tuple) else value


def _csv(view: View) -> bytes:
    made = view.table()
    lines = [csv_line(made.header), *(csv_line(row) for row in made.rows)]
    return "".join(lines).encode("utf-8", "backslashreplace")


def tag(version: str, request: Asked) -> str:
    """What tells one answer from another: the store's version, the form, the address."""
    key = "\x00".join((
        version, form_of(request), str(request.scope["path"]), request.scope["query_string"].decode("latin-1")
    ))  # fmt: skip
    return f'"{hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()}"'


def matches(header: str | None, made: str) -> bool:
    """Whether a reader holds the answer already (If-None-Match)."""
    held = [one.strip().removeprefix("W/") for one in (header or "").split(",")]
    return made in held
