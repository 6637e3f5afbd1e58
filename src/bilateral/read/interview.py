"""Questions and answers of interviews and briefings, by labels, dashes, bold type or the questions themselves.

Generic labels ("Question:", "A:") and dashes are left out of the paragraph; a name as label ("Ivan Sidorenko: …") stays
in, because it says who speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from bilateral.read.blocks import Piece

Part = Literal["question", "answer"]

_REMARK = r"(?:\s*\([^()\n]{1,40}\))?\s*"
_CLOSE = r"(?:[:：]|\.(?=\s)|[–—-](?=\s))\s*"
_QUESTION = re.compile(rf"(?:question|q ?\d{{0,2}}){_REMARK}{_CLOSE}", re.IGNORECASE)
_ANSWER = re.compile(rf"(?:answer|reply|response|a ?\d{{0,2}}){_REMARK}{_CLOSE}", re.IGNORECASE)
_SPLIT = re.compile(r"(?<=[.?!\"”])\s+(?=(?:Answer|ANSWER|A)\s*:\s)")
_ANSWERED = re.compile(r"\s*(?:Answer|ANSWER|A)\s*:\s")
_NAMED = re.compile(
    r"(?P<bold>\*\*|__)?(?P<name>(?:[^\W\d_a-z][\w.'’-]*\s+){0,5}[^\W\d_a-z][\w.'’-]*?)\s*"
    r"(?(bold)(?::\s*(?P=bold)|(?P=bold)\s*:)|:)\s+(?=\S)"
)
_DASH = re.compile(r"[–—―-]\s+(?=\S)")
_ASKS = re.compile(r"\?[\"'”’)\]]*$")
_YOU = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)
_LONGEST_QUESTION = 120
_ANSWER_PARAGRAPHS = 5


class _Mark(NamedTuple):
    """How a paragraph is marked: as question, answer, or by a name; and where its words begin."""

    part: Part | None
    start: int
    name: str | None = None


def split(text: str, found: Sequence[Piece]) -> list[Piece]:
    """The paragraphs, with "Question: … Answer: …" in one paragraph cut in two."""
    made: list[Piece] = []
    for piece in found:
        cut = _SPLIT.search(text, piece.start, piece.end) if _question(text, piece) else None
        if cut:
            made += [piece._replace(end=cut.start()), piece._replace(start=cut.end())]
        else:
            made.append(piece)
    return made


def labelled(text: str, found: Sequence[Piece]) -> dict[int, tuple[Part, int]]:
    """The paragraphs with a label, by index: question or answer, and where the words begin; empty for no interview."""
    return _marked(_labelled(text, found))


def unlabelled(text: str, found: Sequence[Piece]) -> dict[int, tuple[Part, int]]:
    """The same for the paragraphs that a dash, bold type or a question to "you" marks."""
    return _marked(_dashed(text, found) or _bare(text, found))


def _marked(marks: Sequence[_Mark]) -> dict[int, tuple[Part, int]]:
    return {i: (mark.part, mark.start) for i, mark in enumerate(marks) if mark.part}


def _labelled(text: str, found: Sequence[Piece]) -> list[_Mark]:
    """Marks by labels: "Question:" and "Answer:", or names that come back, one of which asks."""
    has_questions = any(_question(text, p) for p in found)
    marks = [_mark(text, piece, has_questions) for piece in found]
    names = Counter(mark.name for mark in marks if mark.name)
    askers = {name for name in names if _is_asker(text, found, marks, name)}
    if not has_questions and (len(names) < 2 or names.total() < 3 or not askers):
        return []
    return [_by_name(mark, askers, names) for mark in marks]


def _mark(text: str, piece: Piece, has_questions: bool) -> _Mark:
    if match := _question(text, piece):
        return _Mark("question", match.end())
    if has_questions and (match := _ANSWER.match(text, piece.start, piece.end)):
        return _Mark("answer", match.end())
    if match := _NAMED.match(text, piece.start, piece.end):
        return _Mark(None, piece.start, match["name"])
    return _Mark(None, piece.start)


def _question(text: str, piece: Piece) -> re.Match[str] | None:
    """The label of a question; "Q4: exports rose" asks nothing."""
    match = _QUESTION.match(text, piece.start, piece.end)
    if match is None or match[0][1:2].isalpha() or text.find("?", match.end(), piece.end) > 0:
        return match
    is_answered = _SPLIT.search(text, match.end(), piece.end) or _ANSWERED.match(text, piece.end)
    return match if is_answered else None


def _is_asker(text: str, found: Sequence[Piece], marks: list[_Mark], name: str) -> bool:
    """Whether most of what stands under a name ends with a question mark, or some of it under the name that opens."""
    asks = [bool(_ASKS.search(text[p.start : p.end])) for p, m in zip(found, marks, strict=True) if m.name == name]
    opens = next((m.name for m in marks if m.name), None) == name
    return 2 * sum(asks) > len(asks) or (opens and any(asks))


def _by_name(mark: _Mark, askers: set[str], names: Counter[str]) -> _Mark:
    if mark.part or mark.name is None:
        return mark
    if mark.name in askers and names[mark.name] > 1:
        return mark._replace(part="question")
    return mark._replace(part="answer")


def _dashed(text: str, found: Sequence[Piece]) -> list[_Mark]:
    """Marks by dashes in front of questions, at least two of them."""
    marks = []
    for piece in found:
        dash = _DASH.match(text, piece.start, piece.end)
        asks = _ASKS.search(text[piece.start : piece.end]) is not None
        marks.append(_Mark(("question" if asks else "answer") if dash else None, dash.end() if dash else piece.start))
    return _in_turn(marks) if _asked(marks) >= 2 else []


def _in_turn(marks: list[_Mark]) -> list[_Mark]:
    """Dashes as turns of two where every question stands at the asker's turn, who may also just remark something."""
    dashed = [i for i, mark in enumerate(marks) if mark.part]
    asking = {i for n, i in enumerate(dashed) if n % 2 == 0}
    if any((marks[i].part == "question") > (i in asking) for i in dashed):
        return marks
    return [m._replace(part="question" if i in asking else "answer") if m.part else m for i, m in enumerate(marks)]


def _bare(text: str, found: Sequence[Piece]) -> list[_Mark]:
    """Marks by the questions themselves: paragraphs in bold or addressed to "you" that end with a question mark."""
    marks = []
    for piece in found:
        words = text[piece.start : piece.end]
        asks = (
            _ASKS.search(words) is not None
            and words[0] not in "\"“'‘"
            and words.count(" ") < _LONGEST_QUESTION
            and (piece.is_bold or _YOU.search(words) is not None)
        )
        marks.append(_Mark("question" if asks else None, piece.start))
    first = next((i for i, mark in enumerate(marks) if mark.part), len(marks))
    # An essay asks its reader now and then; who interviews asks before every few paragraphs.
    is_dense = _asked(marks) * _ANSWER_PARAGRAPHS >= len(marks) - first
    return marks if _asked(marks) >= 2 and is_dense else []


def _asked(marks: Sequence[_Mark]) -> int:
    return sum(mark.part == "question" for mark in marks)
