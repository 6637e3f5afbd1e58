"""What each side said on a topic, as values and printed: text, Markdown, JSON, CSV.

Each position is one statement with its exact words, who spoke in which office, the report, and through whom it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from msgspec import Struct

from bilateral import query
from bilateral.brief import wording
from bilateral.brief.forms import escaped_markdown, wrapped
from bilateral.brief.rows import csv_line
from bilateral.model import Actor, Answer, Question, Report, Statement
from bilateral.store import Store
from bilateral.topics import subject_of


class Piece(Struct, frozen=True):
    """Exact words of a report with their offsets."""

    start: int
    end: int
    text: str


class Through(Struct, frozen=True, kw_only=True):
    """A statement in which another is told: its record, who made it, in which office, and its cue."""

    record: str
    who: str
    speaker: Actor
    cue: str | None


class Position(Struct, frozen=True, kw_only=True):
    """One statement of a side on a topic.

    `date` (EDTF) is that of the saying where `dated_by` is "statement", else that of the report; None where neither is
    known. `words` are the pieces of the content as they stand in the report, `sentence` holds them. `office` is as
    worded. `through` are the statements in which this one is told, the outermost first; () where the outlet tells it.
    """

    side: str | None
    date: str | None
    dated_by: str | None
    who: str
    speaker: Actor
    office: str | None
    words: tuple[Piece, ...]
    mode: str
    cue: str | None
    status: str
    addressee: Actor | None
    sentence: Piece | None
    through: tuple[Through, ...]
    outlet: str | None
    report: str
    uri: str
    title: str | None
    published: str | None
    record: str
    score: float


class Positions(Struct, frozen=True, kw_only=True):
    """What was asked and what each side said: sides in the order asked, of each the newest first, undated last.

    `total` counts before the limit.
    """

    topic: str
    question: Question
    positions: tuple[Position, ...]
    total: int

    @property
    def sides(self) -> tuple[str | None, ...]:
        """The states and organisations asked for, else those that spoke, by code."""
        spoke = {p.side for p in self.positions}
        return self.question.dyad or tuple(sorted(spoke, key=lambda code: (code is None, code or "")))

    def of(self, side: str | None) -> tuple[Position, ...]:
        """What one side said, the newest first."""
        return tuple(p for p in self.positions if p.side == side)


def positions(store: Store, asked: Question, topic: str) -> Positions:
    """What each side said on a topic; CallError as `query.positions`."""
    answer = query.positions(store, asked, topic)
    return Positions(
        topic=subject_of(topic) or topic, question=answer.question, positions=told(store, answer), total=answer.total
    )  # fmt: skip


def told(store: Store, answer: Answer) -> tuple[Position, ...]:
    """The statements of an answer with their words, speakers, reports and source chains, in its order."""
    reports, tellers = {r.id: r for r in answer.reports}, _tellers(store, answer)
    said = [s for s in (*answer.records, *answer.undated) if isinstance(s, Statement)]
    return tuple(_position(s, reports[s.doc], tellers) for s in said)


def _tellers(store: Store, answer: Answer) -> dict[str, Statement]:
    """The statements in which those of an answer are told, by id."""
    known = {s.id: s for s in (*answer.records, *answer.undated) if isinstance(s, Statement)}
    wanted = dict.fromkeys(key for s in known.values() for key in s.claimed_by.statements)
    found = (known.get(key) or query.record(store, key)[0] for key in wanted)
    return {s.id: s for s in found if isinstance(s, Statement)}


def _position(said: Statement, report: Report, tellers: dict[str, Statement]) -> Position:
    speaker, sentence = said.speaker, said.span("sentence")
    through = tuple(
        Through(record=key, who=wording.actor(t.speaker), speaker=t.speaker, cue=t.cue)
        for key in said.claimed_by.statements if (t := tellers.get(key))
    )  # fmt: skip
    dated_by = "statement" if said.date else "report" if report.published.value else None
    return Position(
        side=speaker.country, date=said.date or report.published.value, dated_by=dated_by, who=wording.actor(speaker),
        speaker=speaker, office=speaker.role or said.role, mode=said.mode, cue=said.cue, status=said.status,
        words=tuple(Piece(e.start, e.end, e.text) for e in said.evidence if e.part == "content"),
        sentence=Piece(sentence.start, sentence.end, sentence.text) if sentence else None, addressee=said.addressee,
        through=through, outlet=report.publisher, report=report.id, uri=report.uri, title=report.title,
        published=report.published.value, record=said.id, score=said.score,
    )  # fmt: skip


# Printed ----------------------------------------------------------------------------------------------------------


def as_json(made: Positions) -> str:
    """All positions with their offsets as one JSON object."""
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def as_text(made: Positions) -> str:
    """The positions for a terminal, 100 columns wide, a side under its name."""
    return "\n".join(_text(made)) + "\n"


def _text(made: Positions) -> Iterator[str]:
    yield _title(made).upper()
    for side in made.sides:
        yield ""
        yield wording.name(side).upper()
        for p in made.of(side):
            yield from text_of(p)
        if not made.of(side):
            yield "   nothing found"


def text_of(p: Position) -> Iterator[str]:
    """Yield the lines of one position for a terminal."""
    yield from wrapped(f"• {_when(p)}: {_who(p)}", "   ", "     ")
    yield from wrapped(_quote(p), "     ", "     ")
    for line in _behind(p):
        yield from wrapped(line, "     ", "       ")


def as_markdown(made: Positions) -> str:
    """The positions as Markdown, a side under its heading."""
    return "\n".join(_markdown(made)) + "\n"


def _markdown(made: Positions) -> Iterator[str]:
    md = escaped_markdown
    yield f"# {md(_title(made))}"
    for side in made.sides:
        yield ""
        yield f"## {md(wording.name(side))}"
        yield ""
        for p in made.of(side):
            yield from markdown_of(p)
        if not made.of(side):
            yield "Nothing found."


def markdown_of(p: Position) -> Iterator[str]:
    """Yield the lines of one position in Markdown."""
    md = escaped_markdown
    yield f"- **{md(_when(p))}**: {md(_who(p))}"
    yield f"  > {md(_quote(p))}"
    yield ""
    yield from (f"  {md(line)}  " for line in _behind(p))


def _title(made: Positions) -> str:
    who = wording.names(made.question.dyad) or "all states"
    return f"Positions on {made.topic.replace('_', ' ')}: {who}"


def _when(p: Position) -> str:
    if p.date is None:
        return "undated"
    return wording.day(p.date) if p.dated_by == "statement" else f"reported {wording.day(p.date)}"


def _who(p: Position) -> str:
    level = f" ({p.speaker.level})" if p.speaker.level else ""
    denied = "denied" if p.status == "denied" else ""
    cue = denied or (p.cue or "")
    status = f", {p.status}" if p.status not in ("happened", "denied") else ""
    return f"{p.who}{level}{', ' + cue if cue else ''}{status}"


def _quote(p: Position) -> str:
    """The words as they stand in the report, gaps between pieces as […]; words that are not direct say so."""
    said = " […] ".join(" ".join(piece.text.split()) for piece in p.words)
    return f"“{said}”" + ("" if p.mode == "direct" else f" ({p.mode} speech)")


def _behind(p: Position) -> Iterator[str]:
    if p.through:
        yield f"as told by {', who was told by '.join(t.who for t in reversed(p.through))}"
    places = ", ".join(f"{piece.start}–{piece.end}" for piece in p.words)
    title = f", “{' '.join(p.title.split())}”" if p.title else ""
    published = wording.day(p.published) if p.published else "undated report"
    yield f"{p.outlet or 'unknown outlet'}, {published}{title} — {p.uri} [{places}] ({p.record[:8]})"


_COLUMNS: tuple[tuple[str, Callable[[Position], object]], ...] = (
    ("side", lambda p: p.side), ("side_name", lambda p: p.side and wording.name(p.side)), ("date", lambda p: p.date),
    ("dated_by", lambda p: p.dated_by), ("speaker", lambda p: p.speaker.name), ("office", lambda p: p.office),
    ("level", lambda p: p.speaker.level), ("words", lambda p: " […] ".join(piece.text for piece in p.words)),
    ("mode", lambda p: p.mode), ("cue", lambda p: p.cue), ("status", lambda p: p.status),
    ("addressee", lambda p: p.addressee and wording.actor(p.addressee)),
    ("through", lambda p: "; ".join(t.who for t in p.through)),
    ("through_records", lambda p: "; ".join(t.record for t in p.through)), ("outlet", lambda p: p.outlet),
    ("published", lambda p: p.published), ("title_of_report", lambda p: p.title), ("uri", lambda p: p.uri),
    ("report", lambda p: p.report), ("offsets", lambda p: "; ".join(f"{w.start}-{w.end}" for w in p.words)),
    ("sentence", lambda p: p.sentence and p.sentence.text), ("record", lambda p: p.record),
    ("score", lambda p: p.score),
)  # fmt: skip


def as_csv(made: Positions) -> str:
    """The positions as a table with a header, one a row; no cell is a formula."""
    lines = [csv_line(name for name, _ in _COLUMNS)]
    lines += [csv_line(value(p) for _, value in _COLUMNS) for p in made.positions]
    return "".join(lines)


POSITION_FORMS: dict[str, Callable[[Positions], str]] = {
    "text": as_text, "markdown": as_markdown, "json": as_json, "csv": as_csv
}  # fmt: skip
