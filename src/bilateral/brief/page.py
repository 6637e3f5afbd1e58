"""A brief as one HTML file: no script, nothing from elsewhere, styles and charts inside, for the screen and for print.

All words go through `escape`; an address becomes a link only where it is one of the web.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib import resources

from bilateral.brief.layout import Block, Chart, Item, Layout, Part, Quote, Reference, laid_out
from bilateral.brief.structure import SOURCES, Brief

FONT = "system-ui, 'Liberation Sans', Arial, sans-serif"
# Nothing is loaded from anywhere and no script runs, whatever words a report holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def as_html(brief: Brief) -> str:
    """A brief as one self-contained HTML file; every line leads to its source, and from there to the report."""
    return document(brief.title, "\n".join(_body(laid_out(brief, font=FONT))))


def document(title: str, body: str) -> str:
    """A page with the project's style around some HTML."""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{escape(title)}</title>\n<style>\n{_css()}</style>\n'
        f"</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


@cache
def _css() -> str:
    return resources.files("bilateral.brief").joinpath("page.css").read_text(encoding="utf-8")


def _body(page: Layout) -> Iterator[str]:
    yield "<header>"
    yield '<p class="kicker">Bilateral brief</p>'
    yield f"<h1>{escape(page.title)}</h1>"
    yield f'<p class="as-on">{escape(page.as_on)}</p>'
    if page.coverage:
        yield '<p class="read"><span class="no">1</span>What was read</p>'
        yield '<ul class="coverage">'
        yield from (f"<li>{escape(line)}</li>" for line in page.coverage)
        if page.empty:
            yield f"<li>Nothing found for: {escape(page.empty)}</li>"
        yield "</ul>"
        yield from _contents(page)
    yield "</header>"
    for part in page.parts:
        yield from _part(part)
    if page.sources:
        yield f'<section id="section-{SOURCES}">'
        yield f'<h2><span class="no">{SOURCES}</span>Sources</h2>'
        yield '<ol class="sources">'
        yield from map(_source, page.sources)
        yield "</ol>\n</section>"


def _contents(page: Layout) -> Iterator[str]:
    yield '<nav class="toc" aria-label="Sections"><ol>'
    for number, title in [*((p.number, p.title) for p in page.parts), (SOURCES, "Sources")]:
        yield f'<li><a href="#section-{number}"><span class="no">{number}</span>{escape(title)}</a></li>'
    yield "</ol></nav>"


def _part(part: Part) -> Iterator[str]:
    yield f'<section id="section-{part.number}">'
    yield f'<h2><span class="no">{part.number}</span>{escape(part.title)}</h2>'
    yield from map(_chart, part.charts)
    for block in part.blocks:
        yield from _block(block)
    yield "</section>"


def _chart(chart: Chart) -> str:
    svg = chart.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(chart.alt)}" ', 1)
    return (
        f'<figure>\n<b>{escape(chart.title)}</b>\n<div class="chart">{svg}</div>\n'
        f"<figcaption>{escape(chart.note)}</figcaption>\n</figure>"
    )


def _block(block: Block) -> Iterator[str]:
    if block.heading:
        yield f"<h3>{escape(block.heading)}</h3>"
    if block.summary:
        yield f'<p class="summary">{escape(block.summary[:1].upper() + block.summary[1:])}</p>'
    for item in block.items:
        yield from _item(item)
    for said in block.occasions:
        yield '<div class="occasion">'
        yield f'<p class="who">{escape(said.who)} {marked(said.marks)}</p>\n<ul>'
        for item in said.items:
            quotes = "".join(f" — “{escape(q.text)}” <code>{escape(q.record)}</code>" for q in item.quotes)
            yield f'<li id="{_anchor(item)}">{escape(item.text)}{quotes} <code>{escape(item.anchor[:8])}</code></li>'
        yield "</ul>\n</div>"


def _item(item: Item) -> Iterator[str]:
    name = f' id="{_anchor(item)}"' if item.anchor else ""
    yield f'<article class="item {escape(item.status)}"{name}>'
    yield f'<p class="when">{escape(item.when)}</p>\n<div>'
    home = f' <a class="home" href="#entry-{escape(item.home)}" title="Told in full">→</a>' if item.home else ""
    yield f'<p class="what">{escape(item.text)}&nbsp;{marked(item.marks)}{home}</p>'
    if item.life:
        steps = " → ".join(f"<b>{escape(phase.text)}</b> {marked(phase.marks)}" for phase in item.life)
        yield f'<p class="life">{steps}</p>'
    yield from (f'<p class="note">{escape(note)}</p>' for note in item.notes)
    if item.told:
        yield f'<p class="told">{escape(item.told)}</p>'
    yield from map(_quote, item.quotes)
    if item.also:
        yield f'<p class="also">Also told in {marked(item.also)}</p>'
    yield "</div>\n</article>"


def _anchor(item: Item) -> str:
    return f"entry-{escape(item.anchor)}"


def _quote(quote: Quote) -> str:
    return (
        f"<blockquote><p>“{escape(quote.text)}”</p><footer>{escape(quote.who)} {marked((quote.source,))} "
        f"<code>{escape(quote.record)}</code></footer></blockquote>"
    )


def marked(numbers: Iterable[int]) -> str:
    """The numbers of reports as links to the list of sources."""
    links = "".join(f'<a href="#source-{n}">[{n}]</a>' for n in numbers)
    return f'<span class="marks">{links}</span>' if links else ""


def _source(source: Reference) -> str:
    uri = escape(source.uri)
    where = f'<a href="{escape(source.link)}" rel="noreferrer noopener">{uri}</a>' if source.link else uri
    return (
        f'<li id="source-{source.number}"><span class="no">[{source.number}]</span>'
        f"<span>{escape(source.text)} — {where} <code>{escape(source.report)}</code></span></li>"
    )
