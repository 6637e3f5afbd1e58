"""Sayings as records: statements with their speaker, mode, status and the exact words that each field rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from bilateral.extract.statements.page import Page, Saying, Span
from bilateral.extract.statements.quotes import quote_at
from bilateral.extract.statements.speaker import Speaker, addressee, speakers
from bilateral.model import Reason, Statement, Status, evidence
from bilateral.scene import date_near
from bilateral.syntax import CLAUSES, kids, subtree, tense

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_DIRECT = 0.8
Mode = Literal["direct", "indirect", "mixed"]


def records(page: Page, saying: Saying) -> Iterator[Statement]:
    """The statements of a saying, one for each of its speakers."""
    for speaker in speakers(page, saying):
        yield _record(page, saying, speaker)


def _record(page: Page, saying: Saying, speaker: Speaker) -> Statement:
    document, content = page.doc.document, _bare_pieces(saying)
    cue = saying.cue
    parts = [evidence(document, "content", a, b) for a, b in content]
    if speaker.span is not None and saying.frame != "fragment":
        parts.insert(0, evidence(document, "speaker", *speaker.span))
    if cue is not None:
        parts.insert(0, evidence(document, "cue", *cue))
    parts.append(evidence(document, "sentence", *_sentence(page, saying)))
    words = next((e.text for e in parts if e.part == "cue"), None)
    return Statement(
        by="statements",
        score=round(saying.score * speaker.score, 3),
        evidence=tuple(parts),
        status=status_of(page, saying),
        speaker=speaker.actor,
        role=speaker.actor.role,
        cue=words,
        mode=mode_of(page, saying),
        addressee=addressee(page, saying.addressee),
        content=" ".join(e.text for e in parts if e.part == "content"),
        date=_date(page, saying),
        reasons=(
            Reason("content", f"{saying.frame} ({saying.strength})", saying.score),
            Reason("speaker", speaker.how or "named", speaker.score),
        ),
    )


def _bare_pieces(saying: Saying) -> tuple[Span, ...]:
    """The pieces of a content without the "that" or the addressee in front of the first."""
    (first, end), *rest = saying.pieces
    return ((saying.bare, end) if first <= saying.bare < end else (first, end), *rest)


def mode_of(page: Page, saying: Saying) -> Mode:
    """Direct where four words in five stand inside quotation marks, indirect where none does, mixed between.

    A fragment that the outlet's own sentence quotes without a cue is mixed.
    """
    if saying.frame in ("answer", "release"):
        return "direct"
    if saying.frame == "fragment":
        return "mixed"
    inside = total = 0
    for start, end in saying.pieces:
        for word in _WORD.finditer(page.text, start, end):
            total += 1
            inside += quote_at(page.quotes, word.start()) is not None
    share = inside / total if total else 0.0
    return "direct" if share >= _DIRECT else "mixed" if share else "indirect"


def status_of(page: Page, saying: Saying) -> Status:
    """Denied where the speaker denies the content, planned or hypothetical where the saying is; else happened."""
    if saying.is_denied:
        return "denied"
    if saying.verb is None or saying.verb not in page.cues:
        return "happened"
    found = tense(page.parse, saying.verb)
    if found.tense == "future":
        return "planned"
    is_open = any(page.word(k) in ("if", "unless") for k in kids(page.parse, saying.verb, "mark"))
    if is_open or found.modal in ("may", "might", "could"):
        return "hypothetical"
    return "happened"


def _sentence(page: Page, saying: Saying) -> Span:
    """The sentence of the cue, or of the content where there is none."""
    at = (saying.cue or saying.named or saying.pieces[0])[0]
    token = page.first_token(at)
    if token >= len(page.parse) or (not (saying.cue or saying.named) and page.parse.start[token] > saying.pieces[0][1]):
        return saying.pieces[0]
    tokens = page.sentence(token)
    start, end = page.parse.start[tokens.start], page.parse.end[tokens.stop - 1]
    for a, b in saying.pieces:
        if saying.frame == "quote" and (b < start or a > end) and len(saying.pieces) == 1 and abs(a - end) < 400:
            start, end = min(start, a), max(end, b)
    return start, end


def _date(page: Page, saying: Saying) -> str | None:
    """The day that the cue's own clause names ("said on Friday")."""
    if saying.verb is None or saying.frame.startswith("noun"):
        return None
    inside = subtree(page.parse, saying.verb, without=(*CLAUSES, "conj", "dobj", "nsubj"))
    own = [t for t in inside if not any(a <= page.parse.start[t] < b for a, b in saying.pieces)]
    found = date_near(page.doc, own)
    return found.value if found else None
