"""What is looked up is what the model's own attribute ruler sets."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bilateral.errors import DataError
from bilateral.parse import MODEL
from bilateral.tagging import READ, Tagger

pytestmark = pytest.mark.model

SAMPLES = sorted((Path(__file__).parent.parent / "samples" / "reports").glob("*.txt"))
HARD = (
    "They ain't goin' to Accra: we're gonna talk, y'all gotta listen, let's see, c'm on, and nothin' is done.",
    "There were two. There's one; that which was theirs  \n is\tthis. Y' all saw those, nothin'",
    "ain't gonna let's",
    "",
    " \n ",
)


@pytest.fixture(scope="module")
def own() -> Any:
    return importlib.import_module(MODEL).load()


@pytest.mark.parametrize("texts", [HARD, *[tuple(p.read_text(encoding="utf-8").split("\n\n")) for p in SAMPLES]])
def test_every_token_is_tagged_as_the_ruler_tags_it(own: Any, texts: tuple[str, ...]) -> None:
    ruler = own.get_pipe("attribute_ruler")
    tagger = Tagger(ruler, own.vocab)
    with own.select_pipes(disable=["attribute_ruler", "lemmatizer"]):
        docs = list(own.pipe(texts))
    for doc in docs:
        found = tagger.tags([tuple(row) for row in doc.to_array(READ).tolist()])
        ruler(doc)
        assert [own.vocab.strings[t.pos] for t in found] == [t.pos_ for t in doc]
        assert [own.vocab.strings[t.lemma] for t in found] == [t.lemma_ for t in doc]
        told = [own.vocab.morphology.get(t.morph) or own.vocab.strings[t.morph] for t in found]
        assert [words.strip("_") for words in told] == [str(t.morph) for t in doc]


def made(pattern: list[dict[str, Any]]) -> Any:
    return SimpleNamespace(patterns=[{"patterns": [pattern]}], attrs=[{74: 90}], indices=[-1])


def test_a_rule_of_several_tokens_holds_only_where_all_stand_in_a_row(own: Any) -> None:
    word = own.vocab.strings.add
    tagger = Tagger(made([{"LOWER": "let"}, {"LOWER": {"IN": ["us", "them"]}}]), own.vocab)
    let, us, go = ((0, word(w), 0, 0) for w in ("let", "us", "go"))
    assert [t.pos for t in tagger.tags([let, us, go, let, go, us, let])] == [0, 90, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [([{"TAG": "JJ", "OP": "+"}], "got OP"), ([{"TAG": {"FUZZY": "JJ"}}], "got {'FUZZY': 'JJ'}")],
)
def test_a_rule_that_asks_for_what_is_not_known_stops_the_loading(
    own: Any, pattern: list[dict[str, Any]], words: str
) -> None:
    with pytest.raises(DataError, match=words):
        Tagger(made(pattern), own.vocab)
