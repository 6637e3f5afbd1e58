"""Entities decoded at once are those that the model's own transition system finds."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from bilateral.naming import Namer
from bilateral.parse import MODEL

pytestmark = pytest.mark.model

SAMPLES = sorted((Path(__file__).parent.parent / "samples" / "reports").glob("*.txt"))
HARD = (
    "",
    " ",
    "Accra",
    "Ghana and Togo",
    "On Monday the Bank of Ghana   bought $2.5 million of Togolese bonds\n\nfrom the European\u00a0Union .",
    "NEW YORK\tKofi Mensah, 61, of the United Nations High Commissioner for Refugees' office in the Central African",
    "the the the 12 12 12 per cent",
)


@pytest.fixture(scope="module")
def own() -> Any:
    return importlib.import_module(MODEL).load()


def told(doc: Any) -> list[str]:
    return [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "" for t in doc]


@pytest.mark.parametrize("texts", [HARD, *[tuple(p.read_text(encoding="utf-8").split("\n\n")) for p in SAMPLES]])
def test_every_token_is_named_as_the_model_names_it(own: Any, texts: tuple[str, ...]) -> None:
    docs = list(own.pipe(texts))
    assert Namer(own.get_pipe("ner")).names(docs) == [told(doc) for doc in docs]


def test_no_text_has_no_names(own: Any) -> None:
    namer = Namer(own.get_pipe("ner"))
    assert namer.names([]) == []
    assert namer.names([own.make_doc("")]) == [[]]
