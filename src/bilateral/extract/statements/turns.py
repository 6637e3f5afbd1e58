"""Words that are somebody's by the shape of the page: answers of an interview, labelled turns, a release's body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bilateral.extract.statements.page import Page, Saying, Span, trimmed
from bilateral.extract.statements.source import source_of
from bilateral.scene import FIRST_PERSON
from bilateral.text import Paragraph

_LABEL = re.compile(
    r"[\"“]?(?:\*\*|__)?((?:[^\W\d_a-z][\w.'’-]*\s+){0,5}[^\W\d_a-z][\w.'’-]*?)\s*(?:\*\*|__)?:(?:\*\*|__)?\s+(?=\S)"
)
_RELEASE = re.compile(
    r"(?:the\s+)?following\b.{0,80}?\b(?:attributable\s+to|by|of|from)\s+(?P<who>[^:]{3,160}?)\s*:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_STATEMENT_TITLE = re.compile(
    r"(?:joint\s+|press\s+|opening\s+|full\s+text\s+of\s+)*(?:statement|remarks|speech|address|message|declaration|communiqu[eé])"
    r"\s+(?:to\s+the\s+\w+\s+)?(?:by|of|from)\s+",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:interview(?:ed)?|talk(?:s|ed)?|conversation|questions|sp(?:oke|eaks|oken)|sat\s+down|chatted|correspondent\s+met"
    r"|q\s?&\s?a)\b[^.?!\n]{0,60}?(?:\b(?:with|by|of|to)|(?<=correspondent met))\s",
    re.IGNORECASE,
)
# Words behind which either side may be asked ("spoke to the paper", "spoke with the minister").
_EITHER = ("sp", "ta", "ch", "sa")
_FIRST = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us)\b(?![.])")
# Paragraphs of one answer; an article with a rhetorical question in it has more behind it.
_LONGEST = 12
_LABELLED = 8  # letters between a label and its words
_TALK = ("question", "answer")
_BODY = ("body", "answer")


def by_turns(page: Page) -> Iterator[Saying]:
    """The sayings that answers, labelled turns and releases are, in text order."""
    paragraphs = page.doc.document.paragraphs
    if any(p.kind == "answer" for p in paragraphs):
        turns = list(_answers(page))
        if _is_talk(page, turns):
            yield from turns
    else:
        yield from _labelled(page)
    yield from _release(page)


# --- interviews -------------------------------------------------------------------------------------------------------


def _answers(page: Page) -> Iterator[Saying]:
    """One saying for each run of answers between two questions, by its label or by the interviewee."""
    turn: list[Span] = []
    label: Span | None = None
    for paragraph in (*page.doc.document.paragraphs, None):
        if paragraph is not None and paragraph.kind == "answer":
            named = _LABEL.match(page.text, paragraph.start, paragraph.end)
            if named and turn:
                yield _turn(page, turn, label)
                turn = []
            label = named.span(1) if named else label if turn else None
            turn.append((named.end() if named else paragraph.start, paragraph.end))
        elif turn and (paragraph is None or paragraph.kind == "question"):
            yield _turn(page, turn if paragraph else _before_report(page, turn), label)
            turn, label = [], None


def _before_report(page: Page, turn: list[Span]) -> list[Span]:
    """The last answer without the paragraphs in which the outlet goes on in its own voice ("The minister told …")."""
    for n, (start, end) in enumerate(turn[1:], start=1):
        tokens = page.parse.tokens(start, end)
        sources = [h for t in tokens if t in page.cues and not page.in_double(t) for h in source_of(page, t)]
        told = [m for h in sources if (m := page.doc.mention_at(h)) is not None and m.kind in ("person", "role")]
        if told and not any(not page.in_double(t) and page.word(t) in FIRST_PERSON for t in tokens):
            return turn[:n]
    return turn


def _is_talk(page: Page, turns: list[Saying]) -> bool:
    """Whether answers are spoken: labelled, or half of them in the first person and none of them very long."""
    if len(turns) > 1 and all(turn.named and 0 <= turn.bare - turn.named[1] < _LABELLED for turn in turns):
        return True
    spoken = sum(any(_FIRST.search(page.text, a, b) for a, b in turn.pieces) for turn in turns)
    return len(turns) > 1 and 2 * spoken >= len(turns) and max(len(turn.pieces) for turn in turns) <= _LONGEST


def _turn(page: Page, turn: list[Span], label: Span | None) -> Saying:
    named = label or interviewee(page)
    return Saying(
        cue=None,
        verb=None,
        source=_heads(page, named) if named else (),
        pieces=tuple(turn),
        bare=turn[0][0],
        frame="answer",
        strength="said",
        score=0.9 if named else 0.6,
        named=named,
    )


def interviewee(page: Page) -> Span | None:
    """Who is interviewed: named behind "interview with" before the first question, else the one most named there."""
    first = next((p.start for p in page.doc.document.paragraphs if p.kind in _TALK), 0)
    people = [m for m in page.doc.mentions if m.kind in ("person", "role") and m.person and m.end <= first]
    for match in _WITH.finditer(page.text, 0, first):
        behind = [m for m in people if match.end() - 1 <= m.start <= match.end() + 60]
        is_sure = match.group()[:2].lower() not in _EITHER or (behind and _has_office(page, behind[0].person))
        if behind and is_sure:
            return behind[0].start, behind[0].end
    if not people:
        return None
    counts = Counter(m.person for m in people)
    best = max(people, key=lambda m: (counts[m.person], -m.start))
    return best.start, best.end


def _has_office(page: Page, person: str | None) -> bool:
    known = page.doc.person(person)
    return known is not None and known.office is not None


def _heads(page: Page, named: Span) -> tuple[int, ...]:
    """The token that heads the words start..end: the last of them that is no punctuation."""
    tokens = [t for t in page.parse.tokens(*named) if page.parse.pos[t] != "PUNCT"]
    return (tokens[-1],) if tokens else ()


# --- labelled turns ---------------------------------------------------------------------------------------------------


def _labelled(page: Page) -> Iterator[Saying]:
    """Turns of a transcript: paragraphs that open with a name in capitals and a colon, two of them at least."""
    found = [
        (p, m)
        for p in _content(page)
        if (m := _LABEL.match(page.text, p.start, p.end)) and m[1].isupper() and len(m[1]) > 2
    ]
    if len(found) < 3 or len({m[1] for _, m in found}) < 2:
        return
    starts = {p.start: m for p, m in found}
    turn: list[Span] = []
    label: Span | None = None
    for paragraph in _content(page):
        match = starts.get(paragraph.start)
        if match is not None:
            if turn:
                yield _turn(page, turn, label)
            label, turn = match.span(1), [(match.end(), paragraph.end)]
        elif turn and _is_inside(page, paragraph):
            turn.append((paragraph.start, paragraph.end))
        elif turn:
            yield _turn(page, turn, label)
            turn = []
    if turn:
        yield _turn(page, turn, label)


def _is_inside(page: Page, paragraph: Paragraph) -> bool:
    """Whether a paragraph of a transcript is still speech, and no stage direction."""
    words = page.text[paragraph.start : paragraph.end].lstrip('"“ ')
    return not words.startswith(("(", "["))


def _content(page: Page) -> list[Paragraph]:
    return [p for p in page.doc.document.paragraphs if p.kind in ("body", "question", "answer")]


# --- releases ---------------------------------------------------------------------------------------------------------


def _release(page: Page) -> Iterator[Saying]:
    """The body of a release that says whose words it is ("The following is attributable to …:")."""
    paragraphs = page.doc.document.paragraphs
    for n, paragraph in enumerate(paragraphs):
        match = _RELEASE.match(page.text, paragraph.start, paragraph.end)
        if match is None:
            continue
        rest = tuple((p.start, p.end) for p in paragraphs[n + 1 :] if p.kind in _BODY)
        if rest:
            yield _released(page, match.span("who"), rest, (paragraph.start, match.start("who")))
        return
    title = next((p for p in paragraphs if p.kind == "title"), None)
    match = _STATEMENT_TITLE.match(page.text, title.start, title.end) if title else None
    body = tuple((p.start, p.end) for p in paragraphs if p.kind in _BODY)
    if title is not None and match is not None and body and not page.quotes:
        yield _released(page, (match.end(), title.end), body, (match.start(), match.end()))


def _released(page: Page, who: Span, body: tuple[Span, ...], cue: Span) -> Saying:
    named = next(
        (m for m in page.doc.mentions if who[0] <= m.start < who[1] and m.kind in ("person", "organisation")), None
    )
    where = (named.start, named.end) if named else who
    words = trimmed(page.text, *cue)
    return Saying(
        cue=words,
        verb=None,
        source=_heads(page, where),
        pieces=body,
        bare=body[0][0],
        frame="release",
        strength="said",
        score=0.9,
        named=where,
    )
