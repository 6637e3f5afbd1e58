"""HTML pages: the main text by trafilatura, what is said of it by the page's head.

The text is made here: paragraphs on one line each, with a blank line between, the title first.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from bilateral.errors import FormatError
from bilateral.model import Problem
from bilateral.read.blocks import Piece
from bilateral.read.encoding import decoded
from bilateral.read.limits import LIMITS
from bilateral.read.page import said_of
from bilateral.read.report import report, stated
from bilateral.text import Document, Kind, Raw

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLOCKS = frozenset({"p", "head", "item", "quote", "list", "div", "body", "main", "code", "dd", "dt", "blockquote"})
_LEFT_OUT = frozenset({"table", "graphic", "img", "del"})
_LONGEST_HEADING = 20


def html(raw: Raw) -> Iterator[Document | Problem]:
    """The report on a page; FormatError where the page is too large or holds no text."""
    if len(raw.data) > LIMITS.page:
        raise FormatError(f"expected a page of at most {LIMITS.page:,} bytes, got {len(raw.data):,}")
    source = _CONTROL.sub("", decoded(raw.data, raw.media_type, is_page=True).text)
    if "<body" not in source[:200_000].lower() and "<html" not in source[:2_000].lower():
        source = f"<html><body>{source}</body></html>"
    tree = _tree(source)
    if tree is None:
        raise FormatError("expected an HTML page, got markup without elements")
    said = said_of(tree)
    blocks = _blocks(tree)
    if not blocks:
        raise FormatError("the page holds no text of a report")
    text, found = _laid_out(blocks, stated(raw.given.title) or stated(said.title))
    yield from report(raw, text, said, found=found)


class _Block:
    """A paragraph of a page while its words are collected."""

    __slots__ = ("bold", "hint", "words")

    def __init__(self, hint: Kind | None) -> None:
        self.hint, self.words, self.bold = hint, "", ""


def _tree(source: str) -> Any:
    try:
        return _trafilatura().load_html(source)
    except (ValueError, TypeError, AssertionError, RecursionError) as error:
        raise FormatError(f"the page's markup cannot be read: {error}") from error


def _blocks(tree: Any) -> list[tuple[str, Kind | None, bool]]:
    """The paragraphs of the main text with what the markup says of them; with precision first, else with recall."""
    for option in ("favor_precision", "favor_recall"):
        try:
            found = _trafilatura().bare_extraction(
                tree, include_comments=False, include_tables=False, include_formatting=True, **{option: True}
            )
        except (ValueError, TypeError, AttributeError, AssertionError, LookupError, RecursionError) as error:
            raise FormatError(f"the page's text cannot be taken out: {error}") from error
        if found is not None and found.body is not None and (blocks := list(_walked(found.body))):
            return blocks
    return []


def _walked(body: Any) -> Iterator[tuple[str, Kind | None, bool]]:
    """The paragraphs of an extracted body in order: words on one line, hint, whether all of it is bold."""
    blocks = [_Block(None)]
    _walk(body, blocks, is_bold=False)
    for block in blocks:
        for line in block.words.split("\n"):
            words = " ".join(line.split())
            if words:
                is_long = words.count(" ") >= _LONGEST_HEADING or words.endswith((".", "!", ",", ";"))
                hint = None if block.hint == "heading" and is_long else block.hint
                yield words, hint, " ".join(block.bold.split()) == " ".join(block.words.split())


def _walk(element: Any, blocks: list[_Block], *, is_bold: bool) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    is_block = tag in _BLOCKS
    if is_block:
        blocks.append(_Block("heading" if tag == "head" else None))
    is_bold = is_bold or (tag == "hi" and element.get("rend") == "#b")
    if tag == "lb":
        _add(blocks, "\n", is_bold=False)
    elif tag and tag not in _LEFT_OUT:
        _add(blocks, (element.text or "").replace("\n", " "), is_bold=is_bold)
        for child in element:
            _walk(child, blocks, is_bold=is_bold)
            _add(blocks, (child.tail or "").replace("\n", " "), is_bold=is_bold)
    if is_block:
        blocks.append(_Block(None))


def _add(blocks: list[_Block], words: str, *, is_bold: bool) -> None:
    blocks[-1].words += words
    if is_bold:
        blocks[-1].bold += words


def _laid_out(blocks: list[tuple[str, Kind | None, bool]], title: str | None) -> tuple[str, list[Piece]]:
    """The text of a page and its paragraphs; the title in front where the main text does not begin with it."""
    if title:
        near = next((i for i, block in enumerate(blocks[:5]) if _bare(block[0]) == _bare(title)), None)
        if near is None:
            blocks = [(title, "title", False), *blocks]
        else:
            blocks[near] = (blocks[near][0], "title", False)
    found, at = [], 0
    for words, hint, is_bold in blocks:
        found.append(Piece(at, at + len(words), hint, is_bold))
        at += len(words) + 2
    return "\n\n".join(words for words, _, _ in blocks), found


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


@cache
def _trafilatura() -> ModuleType:
    """trafilatura, loaded when the first page comes; what it logs goes to whoever listens, not to standard error."""
    import trafilatura  # here: 0.5 s that plain texts need not pay

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    return trafilatura


