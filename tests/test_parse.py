"""The door to the parser: columns, spans, what is left out, and parses joined."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import pytest

from bilateral.model import Evidence
from bilateral.parse import LONGEST, MODEL, merged, missing, parse
from bilateral.text import Document, Paragraph

pytestmark = pytest.mark.model

TEXT = "Ghana signs pact\n\nGhana signed a pact with Togo.  It takes effect in May.\n\nRead more\n\nTogo welcomed it."


def document(text: str = TEXT) -> Document:
    paragraphs, at = [], 0
    for part in text.split("\n\n"):
        kind = {"Ghana signs pact": "title", "Read more": "furniture"}.get(part, "body")
        start = text.index(part, at)
        paragraphs.append(Paragraph(start, start + len(part), kind))  # type: ignore[arg-type]
        at = start + len(part)
    return Document(id="d", uri="u", text=text, paragraphs=tuple(paragraphs))


def test_tokens_point_into_the_text_and_furniture_is_no_sentence() -> None:
    doc = document()
    made = parse(doc)
    words = [doc.text[a:b] for a, b in zip(made.start, made.end, strict=True)]
    assert words[:3] == ["Ghana", "signs", "pact"]
    assert "Read" not in words
    assert all(word.strip() == word and word for word in words)
    assert len(made.sents) == 4


def test_heads_stay_inside_their_sentence() -> None:
    made = parse(document())
    for sentence in made.sentences():
        assert all(made.head[i] in sentence for i in sentence)


def test_two_parses_of_the_same_document_are_equal() -> None:
    assert parse(document()) == parse(document())


def test_what_was_left_out_is_known_and_can_be_parsed_later() -> None:
    doc = document()
    first = parse(doc, doc.content[:1], gate="window")
    rest = missing(doc, first)
    assert rest == doc.content[1:]
    whole = merged(first, parse(doc, rest), gate="off")
    assert whole == parse(doc)
    assert missing(doc, whole) == ()


def test_a_paragraph_without_end_is_cut_and_loses_no_word() -> None:
    text = "word " * (LONGEST // 2)
    doc = Document(id="d", uri="u", text=text, paragraphs=(Paragraph(0, len(text.rstrip())),))
    made = parse(doc)
    assert len(made) == LONGEST // 2
    assert made.parsed == ((0, len(text.rstrip())),)


def test_offsets_are_code_points_in_any_script() -> None:
    text = "Москва and ភ្នំពេញ 🤝 signed a pact."
    doc = Document(id="d", uri="u", text=text, paragraphs=(Paragraph(0, len(text)),))
    made = parse(doc)
    i = next(i for i in range(len(made)) if made.lemma[i] == "sign")
    assert Evidence("trigger", "d", made.start[i], made.end[i], text[made.start[i] : made.end[i]]).text == "signed"


def test_an_empty_document_has_an_empty_parse() -> None:
    made = parse(Document(id="d", uri="u", text=""))
    assert len(made) == 0
    assert made.sentences() == ()


@cache
def shipped() -> Any:
    """The model's own pipeline, as it is shipped."""
    return importlib.import_module(MODEL).load()


SPOKEN = (
    "Minister Okello hoped that it ain't over: we're gonna talk, y'all can't, and they gets nothin' done.",
    "There were two ships sited off Lagos. Let's see what's rated best; c'm on, said the boys' oldest mother.",
    "You gave it to me.  \n The better men's horses ran\tfaster, didn't they?\n\n I won't; she'd gone to the U.S.",
    "The children's teeth were being counted by Ms. Abebe of Unicef on 3 May 2021 in Gdańsk — “doin' fine”, 'em all.",
    "  \n\n ",
)


@pytest.mark.parametrize("text", SPOKEN)
def test_the_quick_way_says_what_the_tokens_of_the_model_say(text: str) -> None:
    doc = shipped()(text)
    made = parse(Document(id="d", uri="u", text=text, paragraphs=(Paragraph(0, len(text)),)))
    tokens = [t for t in doc if not t.is_space]
    assert [text[a:b] for a, b in zip(made.start, made.end, strict=True)] == [t.text for t in tokens]
    assert list(made.pos) == [t.pos_ for t in tokens]
    assert list(made.tag) == [t.tag_ for t in tokens]
    assert list(made.dep) == [t.dep_ for t in tokens]
    assert list(made.ent) == [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "" for t in tokens]
    mended = {"hoped": "hope", "rated": "rate", "sited": "site"}
    lemmas = [mended.get(t.lower_, t.lemma_) if t.pos_ == "VERB" else t.lemma_ for t in tokens]
    assert list(made.lemma) == lemmas
    for i, token in enumerate(tokens):
        if not token.head.is_space:
            assert made.start[made.head[i]] == token.head.idx
    first = [next((t.idx for t in s if not t.is_space), None) for s in doc.sents]
    assert [made.start[i] for i in made.sents] == [at for at in first if at is not None]


def test_words_that_are_read_again_and_words_that_are_forgotten_keep_their_lemmas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = parse(document())
    monkeypatch.setattr("bilateral.parse.HELD", 3)
    assert parse(document()) == whole
