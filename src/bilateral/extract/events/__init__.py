"""Events: who did what with whom, by rules over the parse and a lexicon of triggers.

Source: docs/rules/events.md, which lists the sentences that each rule is for and shows how to add a trigger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import structs

from bilateral.extract.events.coding import drafts
from bilateral.extract.events.headlines import mended
from bilateral.extract.events.joining import joined_events
from bilateral.extract.events.lexicon import Lexicon, lexicon
from bilateral.extract.events.view import View
from bilateral.model import Event
from bilateral.text import Resolved

__all__ = ["coder", "events"]


def events(doc: Resolved) -> Iterator[Event]:
    """Yield one event for each happening between states or organisations that a document tells.

    Home affairs and acts without a second state give none. Raises nothing: a trigger that no pair can be found for is
    no event.
    """
    yield from _events(doc, lexicon())


def coder(*files: Path | str) -> Callable[[Resolved], Iterator[Event]]:
    """An extractor like `events` whose lexicon has a user's rows before the project's; DataError names a wrong row."""
    words = lexicon(Path(f) for f in files)
    return lambda doc: _events(doc, words)


def _events(doc: Resolved, words: Lexicon) -> Iterator[Event]:
    read = mended(doc.parse, View(doc.parse, doc.text).low, words.rows["verb"])
    again = doc if read is doc.parse else structs.replace(doc, parse=read)
    view = View(read, doc.text)
    yield from joined_events(again, view, drafts(again, view, words))
    doc.parse.heard.update(read.heard)
