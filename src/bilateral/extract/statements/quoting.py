"""Who passes words on: "TASS quoted the ministry as saying that …" is TASS's statement too, around the ministry's.

Labelled corpora give such words to the one quoted alone, so these sayings are made for the store's statements only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilateral.extract.statements.page import Page, Saying, cue_span
from bilateral.syntax import kids, nominals, subtree

_QUOTING = frozenset({"quote", "cite"})


def by_quoting(page: Page, found: Iterable[Saying]) -> Iterator[Saying]:
    """The sayings of those who quote somebody "as saying" something, the words with who is quoted as content."""
    parse = page.parse
    for saying in found:
        if saying.verb is None or page.word(parse.head[saying.verb]) != "as":
            continue
        verb = parse.head[parse.head[saying.verb]]
        quoter, quoted = kids(parse, verb, "nsubj"), [k for k in kids(parse, verb, "dobj") if k > verb]
        if parse.lemma[verb].lower() not in _QUOTING or not quoter or not quoted:
            continue
        start, end = parse.start[min(subtree(parse, quoted[0]))], saying.pieces[-1][1]
        if start < saying.start:
            yield Saying(
                cue=cue_span(page, verb), verb=verb, source=tuple(n for q in quoter for n in nominals(parse, q)),
                pieces=((start, end),), bare=start, frame="clause", strength="said", score=0.85,
            )  # fmt: skip
