"""The OpenAPI description with every twin: what Litestar says of the pages, and of their JSON and CSV the same."""

from __future__ import annotations

import copy
from typing import Any

from bilateral.web.views import CSV, HTML, JSON, SVG

ERRORS = {
    "400": "What is asked for cannot be read.", "404": "There is nothing at this address.",
    "414": "The address is too long.", "503": "The question took too long, or the store cannot be read.",
}  # fmt: skip
CLOSED = {"403": "This browser did not come in by the token, or the form is not this page's own."}
DECIDING = {"411": "The form does not say how long it is.", "413": "The form is too long.", "415": "This is no form."}
AT_BORDER = ("411", "413", "414", "415")  # said before a page is asked for, in plain text
WAYS = ("/dyad", "/review/next")  # lead to another address
_FORMS = (("json", JSON), ("csv", CSV))


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """A description of the pages, with their twins as addresses of their own."""
    made = copy.deepcopy(schema)
    paths: dict[str, Any] = {}
    for path, item in made["paths"].items():
        if "/chart/" in path:
            paths[path] = _item(item, path, SVG, "", ERRORS)
            continue
        errors = {**ERRORS, **(CLOSED if path.startswith("/review") else {}), **(DECIDING if "post" in item else {})}
        paths[path] = _item(item, path, HTML, "", errors)
        if "get" in item and path not in WAYS:
            for form, media in _FORMS:
                paths[f"{path}.{form}"] = _item(item, path, media, form, errors)
    made["paths"] = paths
    return made


def _item(item: dict[str, Any], path: str, media: str, form: str, errors: dict[str, str]) -> dict[str, Any]:
    """A page's description in one form: the same question, another answer."""
    item = copy.deepcopy(item)
    for method, operation in item.items():
        if not isinstance(operation, dict):
            continue
        if form:
            operation["operationId"] = f"{operation['operationId']}_{form}"
            operation["summary"] = f"{operation['summary']} ({form.upper()})"
        is_way = method == "post" or path in WAYS
        answer = {"description": "The answer.", "content": {media.split(";")[0]: {"schema": {}}}}
        way = {"303": {"description": "The way to the page."}}
        operation["responses"] = {**(way if is_way else {"200": answer, "304": {"description": "Unchanged."}}),
                                  **{status: _error(status, words, form) for status, words in errors.items()}}
    return item


def _error(status: str, words: str, form: str) -> dict[str, Any]:
    media = "text/plain" if status in AT_BORDER else "application/json" if form else "text/html"
    both = ("text/plain",) if status == "403" else ()
    return {"description": words, "content": {one: {"schema": {}} for one in (media, *both)}}
