"""A brief as PDF, set by Typst from its wheel, without anything installed on the system. Same brief, same bytes.

Words go to Typst as data, never as markup. Its own fonts are used and no others: Latin, Greek and Cyrillic letters.
"""

from __future__ import annotations

from importlib import import_module, resources
from typing import Any

import msgspec

from bilateral.brief.layout import laid_out
from bilateral.brief.structure import Brief
from bilateral.errors import CallError

FONT = "Libertinus Serif"


def as_pdf(brief: Brief) -> bytes:
    """A brief as PDF. CallError where the extra `pdf` is not installed."""
    typst: Any = _typst()
    page = msgspec.json.encode(laid_out(brief, font=FONT)).decode()
    template = resources.files("bilateral.brief").joinpath("paper.typ").read_bytes()
    made = typst.compile(template, sys_inputs={"brief": page}, ignore_system_fonts=True, format="pdf", timestamp=0)
    return bytes(made)


def _typst() -> Any:
    try:
        return import_module("typst")
    except ImportError as error:
        raise CallError(f"expected typst to be installed for PDF (pip install 'bilateral[pdf]'): {error}") from error
