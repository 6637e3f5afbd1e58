"""Text as the page shows it: escaped, and without what would hide or turn it; links; the templates.

No text of a report reaches a page in any other way: a template has autoescape on, and every value that it prints goes
through `visible` first. Nothing here marks text as safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bilateral import knowledge, ontology
from bilateral.brief.wording import day, name

SHORT = 320  # characters of a cell of a list
# What does not show, or turns the writing around it: control characters, overrides and embeddings, tags, halves of
# characters. The plain marks of direction (U+200E, U+200F, U+061C) stay: Arabic and Hebrew need them.
_LONG = re.compile(r"(?<![\w.,])\d{5,18}(?![\w])")  # whole numbers, not parts of ids or of decimals
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)


def visible(value: Any) -> Any:
    """A value to be printed, with an escape that shows for each character that does not; the template escapes it."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return "" if value is None else value
    return HIDDEN.sub(_escape, value)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def short(words: str | None, length: int = SHORT) -> str:
    """Words on one line, cut where they are long."""
    line = " ".join((words or "").split())
    return line if len(line) <= length else f"{line[:length].rstrip()} …"


def address(*parts: str, **asked: Any) -> str:
    """The address of a view: parts of its path, each quoted whole, and what is asked of it (empty values left out)."""
    path = "/" + "/".join(quote(part, safe=":") for part in parts)
    given: list[tuple[str, str]] = []
    for key, value in asked.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            if one not in (None, ""):
                given.append((key.rstrip("_"), str(one)))
    return f"{path}?{query_of(given)}" if given else path


def query_of(given: Iterable[tuple[str, str]]) -> str:
    """What is asked, as the part of an address behind its question mark."""
    return urlencode(list(given), errors="backslashreplace")


def dyad_address(codes: Iterable[str], **asked: Any) -> str:
    """The address of the page of one state or two."""
    return address("dyad", *codes, **asked)


def coded(code: str | None) -> str:
    """What a code of the ontology means, with or without its mode, in words to be shown beside it."""
    root = ontology.plover().roots.get((code or "").partition(".")[0])
    return root.definition if root else ""


def plain(words: str | None) -> str:
    """A word of the program for people: without its underscores."""
    return (words or "").replace("_", " ")


def count(n: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def grouped(words: str | None) -> str:
    """Words whose long numbers have a comma after each thousand, so that they can be read."""
    return _LONG.sub(lambda n: f"{int(n[0]):,}", words or "")


def percent(score: float) -> str:
    """A score as a share of a hundred."""
    return f"{round(score * 100)} %"


def typed_as(value: Any) -> str:
    """A JSON value as a person reads it in a line: text as it is, "not stated", all else as JSON."""
    if value is None:
        return "not stated"
    return value if isinstance(value, str) else msgspec.json.encode(value).decode("utf-8", "backslashreplace")


@cache
def environment() -> Environment:
    """The templates with all that they may use."""
    made = Environment(
        loader=PackageLoader("bilateral.web"), autoescape=True, undefined=StrictUndefined, finalize=visible,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.filters.update(day=day, grouped=grouped, state=name, short=short, plain=plain, percent=percent)
    made.globals.update(
        address=address, dyad_address=dyad_address, coded=coded, count=count, min=min, max=max, typed_as=typed_as
    )  # fmt: skip
    return made


def warmed() -> None:
    """Compile the templates and read the ontology and the names of states, so that nobody's first page waits for it."""
    for template in environment().list_templates(extensions=["html"]):
        environment().get_template(template)
    ontology.plover()
    ontology.subjects_in("")
    knowledge.outlet_of(name("RUS"))


def rendered(template: str, context: Mapping[str, Any]) -> str:
    """A page of a template."""
    return environment().get_template(template).render(context)
