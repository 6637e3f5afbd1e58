"""Titles that name their speaker behind a dash or beside a colon: "Trade to grow — envoy", "Minister: no talks"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilateral.extract.statements.cues import lists
from bilateral.extract.statements.page import Page, Saying, Span, trimmed
from bilateral.syntax import is_verb

_BEHIND = re.compile(r"(?P<content>.{12,}?)(?:\s+[—–―]\s*|\s+--?\s+|:\s+|,\s+)(?P<who>[^—–:]{2,60})", re.DOTALL)
_BEFORE = re.compile(r"(?P<who>[^:,;—–]{2,50}):\s+(?P<content>.{8,})", re.DOTALL)
# Titles that tell what the text is, not what somebody said.
_TALK = re.compile(
    r"(?:interview|conversation|talk|meeting|answers?|speech|remarks|statement|questions)\b", re.IGNORECASE
)
_SPEAKERS = ("person", "role", "organisation", "group")
_LONGEST = 7
# A first paragraph up to this length is taken for a title also where it closes with a stop.
_SHORT = 160


def by_titles(page: Page, found: list[Saying]) -> Iterator[Saying]:
    """The sayings that titles and subtitles are, where no other reader has found one there."""
    for n, paragraph in enumerate(page.doc.document.paragraphs):
        if paragraph.kind not in ("title", "subtitle") and (n or paragraph.end - paragraph.start > _SHORT):
            continue
        span = paragraph.start, paragraph.end
        if any(span[0] <= s.start < span[1] and (s.strength == "said" or s.frame == "quote") for s in found):
            continue
        saying = _read(page, span, _BEHIND) or _read(page, span, _BEFORE)
        if saying is not None:
            yield saying


def _read(page: Page, span: Span, shape: re.Pattern[str]) -> Saying | None:
    match = shape.fullmatch(page.text, *span)
    if match is None:
        return None
    head = _speaker(page, match.span("who"))
    content = trimmed(page.text, *match.span("content"))
    if head is None or content is None or not _has_verb(page, content) or _TALK.match(page.text, content[0]):
        return None
    return Saying(
        cue=None,
        verb=None,
        source=(head,),
        pieces=(content,),
        bare=content[0],
        frame="title",
        strength="said",
        score=0.8,
        named=match.span("who"),
    )


def _speaker(page: Page, who: Span) -> int | None:
    """The head of the words that may name a speaker; None where they hold a verb, or name a topic."""
    tokens = [t for t in page.parse.tokens(*who) if page.parse.pos[t] != "PUNCT"]
    if not tokens or len(tokens) > _LONGEST or any(is_verb(page.parse, t) for t in tokens):
        return None
    last = tokens[-1]
    mention = page.doc.mention_at(last) or page.doc.mention_at(tokens[0])
    if mention is not None and mention.kind in _SPEAKERS and mention.end >= page.parse.start[last]:
        return last
    return (
        last
        if page.word(last) in lists().nouns["voices"] or page.text[slice(*who)].lower() in lists().nouns["voices"]
        else None
    )


def _has_verb(page: Page, content: Span) -> bool:
    return any(is_verb(page.parse, t) or page.parse.tag[t].startswith("VB") for t in page.parse.tokens(*content))
