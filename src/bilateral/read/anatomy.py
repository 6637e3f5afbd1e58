"""What each paragraph of a report is for: title, subtitle, byline, furniture, heading, question, answer or body.

Everything before the lead paragraph (the one with the dateline, else the first sentence) is front matter; everything
after it is body with headings between. Rules, not a model: each is in docs/reading.md with the case that it is for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bilateral.read import interview
from bilateral.read.blocks import Piece
from bilateral.read.credits import (
    author_of,
    credited,
    is_byline,
    is_credit,
    is_labelled,
    is_signature,
    is_stamp,
    stamped,
)
from bilateral.read.dateline import dateline, is_place_alone
from bilateral.read.furniture import is_furniture
from bilateral.text import Dateline, Kind, Paragraph

_STOP = re.compile(r"[.!?…:;][\"'”’»)\]/]*$")
_FULL_STOP = re.compile(r"(?<![A-Z])[.…:][\"'”’»)\]/]*$")
_HEADLINE = re.compile(r"(?:headline|title)\s*:\s+", re.IGNORECASE)
_SALUTATION = re.compile(
    r"(?:ladies and gentlemen|(?:dear|distinguished|honou?rable|esteemed)\b.{2,60}|good (?:morning|afternoon|evening)"
    r"|(?:your )?excellenc(?:y|ies)\b.{0,60}|mr\.? (?:president|chairman|secretary.general))[,!.]",
    re.IGNORECASE,
)
# What agencies set behind the last sentence: Xinhua "Enditem", VNA "./.".
_MARKS = re.compile(r"(?<=[.!?\"”])\s*(?:(?i:enditem|item ends|\(ends?\)|-end-)|/\.|/-)$")
_LONGEST_MARK = 24
_ITEM = re.compile(r"(?:[-–—•*·▪●○►»]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_QUOTES = "\"“”'‘«„"
# The longest title, in words, that stands without a stop; TASS's subtitles reach 37.
_LONGEST_TITLE, _LONGEST_SUBTITLE = 30, 60
_LONGEST_HEADING, _LONGEST_QUESTION_TITLE = 12, 16
# A dateline stands behind a title, a subtitle and some furniture; further down it is a quotation.
_FRONT = 16
_TURNS = frozenset({"question", "answer"})
_ASIDES = frozenset({"furniture", "byline"})


class Anatomy(NamedTuple):
    """The paragraphs of a text with their kinds, and what its front and end matter say of it."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None
    author: str | None
    dateline: Dateline | None
    stamped: str | None
    credited: str | None

    def body(self, text: str) -> str:
        """The words that are to be parsed, for telling the language."""
        kinds = {"body", "answer", "question", "subtitle"}
        return "\n".join(text[p.start : p.end] for p in self.paragraphs if p.kind in kinds)


class _Part(NamedTuple):
    """A paragraph while its kind is being found; `words` on one line."""

    piece: Piece
    words: str
    kind: Kind | None = None

    @property
    def length(self) -> int:
        return self.words.count(" ") + 1


def anatomy(text: str, found: Sequence[Piece], *, title: str | None = None) -> Anatomy:
    """The anatomy of a text whose paragraphs are known; `title` is what the container of the report says it is."""
    parts = [_Part(p, " ".join(text[p.start : p.end].split()), p.hint) for p in interview.split(text, found)]
    parts = _turns(parts, interview.labelled(text, [part.piece for part in parts]))
    lead, line = _lead(text, parts)
    at = -1 if line is None else line.start
    parts = [_small(part, is_front=i < lead, is_dateline=part.piece.start == at) for i, part in enumerate(parts)]
    parts = _tail(parts, lead)
    front, said = _front(parts[:lead], title, has_dateline=line is not None)
    parts = [*front, *_interview(text, _headings(parts, lead)[lead:])]
    return Anatomy(
        paragraphs=tuple(_paragraphs(text, parts, line)),
        title=title or said,
        author=next(filter(None, (author_of(part.words) for part in parts if part.kind == "byline")), None),
        dateline=line,
        stamped=_stamp([part for part in parts if part.piece.start != at]),
        credited=_credited(parts, lead),
    )


# --- the lead --------------------------------------------------------------------------------------------------------


def _lead(text: str, parts: Sequence[_Part]) -> tuple[int, Dateline | None]:
    """The index of the lead paragraph, and the dateline where there is one."""
    sentences = 0
    for i, part in enumerate(parts[:_FRONT]):
        start, end = part.piece.start, part.piece.end
        if part.kind in _TURNS:
            break
        line = None if part.kind else dateline(text, start, end)
        if line is None and is_place_alone(part.words) and i + 1 < len(parts) and _is_sentence(parts[i + 1]):
            line = Dateline(start=start, end=end, place=part.words.strip(" .:,"))
        if line is not None and line.end < end:
            return i, line
        if line is not None and i + 1 < len(parts):
            return _first(parts, i + 1), line
        sentences += _is_sentence(part) and not _is_aside(part)
        if sentences > 1:
            break
    return _first(parts, 0), None


def _first(parts: Sequence[_Part], start: int) -> int:
    """The first paragraph from start on that can be the lead, else start."""
    can = (i for i in range(start, len(parts)) if _is_lead(parts[i], parts[i + 1 : i + 2]))
    return next((i for i in can if not _is_aside(parts[i])), start)


def _is_sentence(part: _Part) -> bool:
    is_long = part.length > _LONGEST_SUBTITLE or _SALUTATION.fullmatch(part.words) is not None
    return is_long or (part.length >= 4 and _STOP.search(part.words) is not None)


def _is_lead(part: _Part, following: Sequence[_Part]) -> bool:
    """Whether a paragraph is the first of the report itself: a sentence that is no title with a mark at its end."""
    if part.kind in _TURNS or _SALUTATION.fullmatch(part.words):
        return True
    if part.kind in {"title", "subtitle", "heading"} or not _is_sentence(part):
        return False
    is_asking = not _FULL_STOP.search(part.words) and part.length <= _LONGEST_QUESTION_TITLE
    return not (is_asking and following and _is_sentence(following[0]) and following[0].length > part.length)


def _is_aside(part: _Part) -> bool:
    words = part.words
    return is_furniture(words) or is_byline(words) or is_stamp(words) or is_credit(words)


# --- small lines, front matter and end -------------------------------------------------------------------------------


def _small(part: _Part, *, is_front: bool, is_dateline: bool) -> _Part:
    """The paragraph with its kind where it is a byline, a stamp, a credit or furniture."""
    if is_dateline:
        return part._replace(kind="furniture") if is_front else part
    if part.kind == "title" or part.kind in _TURNS:
        return part
    if is_byline(part.words) or is_credit(part.words):
        return part._replace(kind="byline")
    is_dated = is_stamp(part.words) and (is_front or is_labelled(part.words))
    return part._replace(kind="furniture") if is_dated or is_furniture(part.words, is_outside=is_front) else part


def _tail(parts: list[_Part], lead: int) -> list[_Part]:
    """The paragraphs with the end matter as furniture: initials, a place with a day, names of the site's sections."""
    parts = list(parts)
    for i in range(len(parts) - 1, max(lead, 0), -1):
        part = parts[i]
        is_end = _is_dated(part) or is_signature(part.words) or is_furniture(part.words, is_outside=True)
        if part.kind is None and is_end:
            parts[i] = part._replace(kind="furniture")
        elif part.kind not in _ASIDES:
            break
    return parts


def _is_dated(part: _Part) -> bool:
    """Whether a paragraph is nothing but a day, perhaps with a place, as releases end: "Phnom Penh, 3 July 2019"."""
    if part.length > 9:
        return False
    line = dateline(part.words, 0, len(part.words))
    is_line = line is not None and line.day is not None and line.end >= len(part.words.rstrip(" ."))
    return is_line or is_stamp(part.words)


def _front(parts: Sequence[_Part], given: str | None, *, has_dateline: bool) -> tuple[list[_Part], str | None]:
    """The front matter with titles and subtitles, and the title's words; before a dateline a title may have a stop."""
    open_ = [i for i, part in enumerate(parts) if part.kind in {None, "heading", "title"}]
    chosen = next((i for i in open_ if _same(parts[i].words, given)), None)
    if chosen is None:
        chosen = next((i for i in open_ if _is_title(parts[i])), None)
    if chosen is None and has_dateline:
        chosen = next((i for i in open_ if parts[i].length <= _LONGEST_TITLE), None)
    made, said = list(parts), None
    for i in open_:
        part = made[i]
        if i == chosen:
            made[i], said = _titled(part)
        elif part.length <= _LONGEST_SUBTITLE:
            is_kicker = chosen is not None and i < chosen and part.length <= 3
            made[i] = part._replace(kind="furniture" if is_kicker else "subtitle")
    return made, said


def _is_title(part: _Part) -> bool:
    return part.length <= _LONGEST_TITLE and (not _FULL_STOP.search(part.words) or part.kind == "title")


def _same(words: str, given: str | None) -> bool:
    """Whether a paragraph is the given title, but for case, spaces and the shape of quote marks."""
    return given is not None and _folded(_HEADLINE.sub("", words)) == _folded(given)


def _folded(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).casefold().strip()


def _titled(part: _Part) -> tuple[_Part, str]:
    """The title's paragraph and its words, without a label in front."""
    match = _HEADLINE.match(part.words)
    label = match.end() if match else 0
    piece = part.piece._replace(start=part.piece.start + label)
    return part._replace(piece=piece, kind="title"), part.words[label:]


def _stamp(parts: Sequence[_Part]) -> str | None:
    """The day of publication that a line before or below the report gives in full."""
    small = (part.words for part in parts if (part.kind == "furniture" and _is_dated(part)) or is_credit(part.words))
    return next(filter(None, map(stamped, small)), None)


def _credited(parts: Sequence[_Part], lead: int) -> str | None:
    """The outlet that a credit line before or below the report names; one inside belongs to a picture or a chart."""
    last = max((i for i, part in enumerate(parts) if part.kind not in _ASIDES), default=len(parts))
    outside = (part.words for i, part in enumerate(parts) if not lead <= i < last)
    return next(filter(None, map(credited, outside)), None)


# --- the body --------------------------------------------------------------------------------------------------------


def _headings(parts: list[_Part], lead: int) -> list[_Part]:
    """The paragraphs with short lines between those of the body as headings; runs of three and more are lists."""
    parts = list(parts)
    open_ = [i for i in range(lead, len(parts)) if parts[i].kind in {None, "heading"}]
    run: list[int] = []
    previous: _Part | None = None
    for i in open_:
        part = parts[i]
        if part.kind == "heading" or (i > lead and _is_heading(part)):
            run.append(i)
            continue
        if run and len(run) < 3 and not (previous and previous.words.endswith((":", ",", ";"))) and _carries_on(part):
            for at in run:
                parts[at] = parts[at]._replace(kind="heading")
        run, previous = [], part
    return parts


def _is_heading(part: _Part) -> bool:
    words = part.words
    if part.length > _LONGEST_HEADING or len(words) > 100 or words[0] in _QUOTES or _ITEM.match(words):
        return False
    is_open = not re.search(r"[.!…:;,\"”’»)]$", words) and not (words.endswith("?") and part.length > 10)
    return is_open and (words[0].isupper() or words[0].isdigit()) and "@" not in words and "://" not in words


def _carries_on(part: _Part) -> bool:
    """Whether a paragraph can stand under a heading: a sentence of its own, not the rest of a broken line."""
    return not part.words[0].islower() and (part.length > _LONGEST_HEADING or _STOP.search(part.words) is not None)


def _interview(text: str, parts: Sequence[_Part]) -> list[_Part]:
    """The body with questions and answers where it is an interview: what follows a turn without a mark is an answer."""
    made = list(parts)
    if not any(part.kind in _TURNS for part in made):
        asks = ("heading", "?")
        open_ = [i for i, part in enumerate(made) if part.kind is None or (part.kind, part.words[-1]) == asks]
        turns = interview.unlabelled(text, [made[i].piece for i in open_])
        made = _turns(made, {open_[at]: turn for at, turn in turns.items()})
    first = next((i for i, part in enumerate(made) if part.kind == "question"), len(made))
    return [part._replace(kind="answer") if i > first and part.kind is None else part for i, part in enumerate(made)]


def _turns(parts: Sequence[_Part], turns: Mapping[int, tuple[Kind, int]]) -> list[_Part]:
    """The paragraphs with the turns of an interview as their kinds, beginning behind their labels."""
    made = list(parts)
    for i, (kind, start) in turns.items():
        made[i] = made[i]._replace(kind=kind, piece=made[i].piece._replace(start=start))
    return made


def _paragraphs(text: str, parts: Sequence[_Part], line: Dateline | None) -> list[Paragraph]:
    """The paragraphs as spans; the lead begins behind its dateline and is left out where it is nothing else."""
    made = []
    for part in parts:
        start, end = part.piece.start, part.piece.end
        if mark := _MARKS.search(text, max(start, end - _LONGEST_MARK), end):
            end = mark.start()
        if line is not None and start <= line.start < end:
            start = line.end + len(text[line.end : end]) - len(text[line.end : end].lstrip())
        if start < end:
            made.append(Paragraph(start, end, part.kind or "body"))
    return made
