"""The task `actors`: the state and the sector of a few words that name an actor, in PLOVER's codes.

Input {"case", "text", "context", "date"}; prediction {"case", "country", "sector"}, each "" where it stays open. What
the words leave open the context may say, if it names one state.
"""

from __future__ import annotations

from typing import Any

from bilateral import knowledge
from bilateral.errors import CallError
from bilateral.parse import parse
from bilateral.read.dates import date_of
from bilateral.resolve import resolved
from bilateral.resolve.actors import main_actor
from bilateral.text import Document, Paragraph, document_id

# A date of "" or "today" is the time when the cases were written, as the scorer says: 2022 to 2023.
_PRESENT = "2022-12"
_ORGANISATIONS = {"IGO:UN": "UNO", "IGO:EU": "EUR"}


def actors(item: dict[str, Any]) -> dict[str, Any]:
    """The prediction for one case; CallError says what is missing in the input."""
    if "case" not in item or not isinstance(item.get("text"), str):
        raise CallError(f"actors: expected an object with case, text, context and date, got keys {sorted(item)}")
    text = item["text"]
    document = Document(
        id=document_id(text, None), uri="actors", text=text, paragraphs=(Paragraph(0, len(text)),),
        published=date_of(item.get("date") or "") or _PRESENT, published_by="given",
    )  # fmt: skip
    code, sectors = main_actor(resolved(document, parse(document)))
    code = code or knowledge.code_of(item.get("context") or "")
    return {"case": item["case"], "country": _plover(code), "sector": sectors[0] if sectors else ""}


def _plover(code: str | None) -> str:
    """A code as PLOVER writes it: organisations of states are IGO, but two that have a code of their own."""
    if code is None or not code.startswith("IGO:"):
        return code or ""
    return _ORGANISATIONS.get(code, "IGO")
