"""A brief as it is laid out on a page: every piece of text worded and made harmless, for the HTML file and the PDF.

What is a link, a quotation or a mark is known here by its place, never by characters in a text.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from bilateral.brief.forms import Attribution, as_on, occasions, quoted, source_told, step, told_by, when
from bilateral.brief.structure import GAPS, POSITIONS, RELATIONS, Brief, Group, Line, Section, Words
from bilateral.brief.tables import harmless
from bilateral.charts import Drawing, drawn
from bilateral.errors import CallError

ID = 8  # letters of a record's id that are shown
_BESIDE = (RELATIONS, GAPS)  # sections whose lines are at home in another one, where that has them
Homes = dict[str, tuple[int, int, int]]
_WEB = ("http://", "https://")


class Quote(Struct, frozen=True, kw_only=True):
    """Exact words with who claims them, the number of the report and the record's id."""

    who: str
    text: str
    source: int
    record: str


class Phase(Struct, frozen=True, kw_only=True):
    """A step of a life in words, with the numbers of the reports that tell it."""

    text: str
    marks: tuple[int, ...]


class Item(Struct, frozen=True, kw_only=True):
    """A line as it is printed. `anchor` names it on the page; `home` is the name of the line that tells it in full.

    One of the two is "": a line of the latest developments or of the gaps leads to its home.
    """

    anchor: str
    home: str
    when: str
    text: str
    status: str
    marks: tuple[int, ...]
    life: tuple[Phase, ...] = ()
    notes: tuple[str, ...] = ()
    told: str = ""
    quotes: tuple[Quote, ...] = ()
    also: tuple[int, ...] = ()


class Occasion(Struct, frozen=True, kw_only=True):
    """What somebody said on one occasion: who, in which report, and the sayings."""

    who: str
    marks: tuple[int, ...]
    items: tuple[Item, ...]


class Block(Struct, frozen=True, kw_only=True):
    """A group: heading, what it comes to, and lines or sayings."""

    heading: str
    summary: str
    items: tuple[Item, ...] = ()
    occasions: tuple[Occasion, ...] = ()


class Chart(Struct, frozen=True, kw_only=True):
    """A chart as SVG with its title, the words that stand for it where it is not seen, and how to read it."""

    title: str
    alt: str
    note: str
    svg: str


class Part(Struct, frozen=True, kw_only=True):
    """A section as it is printed."""

    number: int
    title: str
    blocks: tuple[Block, ...]
    charts: tuple[Chart, ...]


class Reference(Struct, frozen=True, kw_only=True):
    """A report in the list of sources; `link` is its address where that is one of the web, else ""."""

    number: int
    text: str
    uri: str
    link: str
    report: str


class Layout(Struct, frozen=True, kw_only=True):
    """A whole brief as it is printed."""

    title: str
    as_on: str
    coverage: tuple[str, ...]
    empty: str
    parts: tuple[Part, ...]
    sources: tuple[Reference, ...]


def laid_out(brief: Brief, *, font: str) -> Layout:
    """The layout of a brief, its charts drawn in a font; without them, and told so, where the packages are missing."""
    homes = _homes(brief)
    charts: dict[int, list[Chart]] = {}
    missing = ""
    for drawing in brief.charts:
        try:
            charts.setdefault(drawing.section, []).append(_chart(drawing, font))
        except CallError:
            missing = "Charts are left out: they need bilateral[charts]"
    return Layout(
        title=_plain(brief.title), as_on=as_on(brief), empty=", ".join(brief.empty),
        coverage=(*map(_plain, brief.coverage), *([missing] if missing else [])),
        parts=tuple(_part(section, tuple(charts.get(section.number, ())), homes) for section in brief.sections),
        sources=tuple(
            Reference(
                number=n, text=_plain(source_told(brief, n)), uri=_plain(report.uri), report=report.id[:ID],
                link=report.uri if _is_of_the_web(report.uri) else "",
            ) for n, report in enumerate(brief.sources, start=1)
        ),
    )  # fmt: skip


def _homes(brief: Brief) -> Homes:
    """Where each line is at home, by its key: the section and the places of its group and of the line."""
    found: Homes = {}
    for section in sorted(brief.sections, key=lambda s: s.number in _BESIDE):
        for g, group in enumerate(section.groups):
            for n, line in enumerate(group.lines):
                if not line.is_repeated:
                    found.setdefault(line.key, (section.number, g, n))
    return found


def _is_of_the_web(uri: str) -> bool:
    return uri.lower().startswith(_WEB) and uri.isprintable() and " " not in uri


def _plain(text: str) -> str:
    """Text on one line without characters that hide or turn what stands there."""
    return harmless(" ".join(text.split()))


def _chart(drawing: Drawing, font: str) -> Chart:
    return Chart(
        title=_plain(drawing.title), alt=_plain(drawing.alt), note=_plain(drawing.note), svg=drawn(drawing, font=font)
    )  # fmt: skip


def _part(section: Section, charts: tuple[Chart, ...], homes: Homes) -> Part:
    attributed = Attribution()
    blocks = tuple(_block(group, attributed, (section.number, n), homes) for n, group in enumerate(section.groups))
    return Part(number=section.number, title=section.title, blocks=blocks, charts=charts)


def _block(group: Group, attributed: Attribution, at: tuple[int, int], homes: Homes) -> Block:
    if at[0] != POSITIONS:
        items = tuple(_item(line, attributed, homes, (*at, n)) for n, line in enumerate(group.lines))
        return Block(heading=_plain(group.heading), summary=_plain(group.summary), items=items)
    said = tuple(
        Occasion(who=_plain(attributed(words)), marks=lines[0].sources, items=tuple(map(_saying, lines)))
        for words, lines in occasions(group.lines)
    )  # fmt: skip
    return Block(heading=_plain(group.heading), summary=_plain(group.summary), occasions=said)


def _item(line: Line, attributed: Attribution, homes: Homes, at: tuple[int, int, int]) -> Item:
    shown, others = quoted(line)
    if line.is_repeated:
        shown, others = shown[:1], []
    home = homes.get(line.key)
    told = told_by(line.telling) if line.telling and not line.is_repeated else ""
    return Item(
        anchor=line.key if home == at else "", home=line.key if home not in (at, None) else "",
        when=_plain(when(line)), text=_plain(_sentence(line.text)),
        status=line.status, marks=line.sources,
        life=tuple(Phase(text=_plain(step(s)), marks=s.sources) for s in line.life),
        notes=tuple(map(_plain, line.notes)), told=_plain(told), also=tuple(others),
        quotes=tuple(_quotes(shown, attributed)),
    )  # fmt: skip


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _saying(line: Line) -> Item:
    quotes = tuple(
        Quote(who="", text=_plain(w.quote), source=w.source, record=w.record[:ID]) for w in line.words if w.quote
    )  # fmt: skip
    return Item(anchor=line.key, home="", when="", text=_plain(line.text), status=line.status, marks=(), quotes=quotes)


def _quotes(words: Iterable[Words], attributed: Attribution) -> Iterable[Quote]:
    return (
        Quote(who=_plain(attributed(w)), text=_plain(w.quote), source=w.source, record=w.record[:ID]) for w in words
    )  # fmt: skip


__all__ = ["Block", "Chart", "Item", "Layout", "Occasion", "Part", "Phase", "Quote", "Reference", "laid_out"]
