"""Where a document's quotation marks open and close: straight, doubled, curly, guillemets, single; never an error.

Marks are paired paragraph by paragraph. A quotation that is never closed runs to the end of its paragraph; where the
next paragraph opens a mark again, it goes on there. Owns no rule about who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from bilateral.text import Resolved

_MARK = re.compile(r"[“”\"„«»‹›‟〝〞]|``|''|[‘’']")
_CLOSERS = {
    "“": "”\"", "”": "”\"", "„": "“”\"", "‟": "”\"", "\"": "\"”", "''": ("''",), "``": ("''", "\""), "«": "»", "‹": "›",
    "〝": "〞", "»": "«", "›": "‹",
}  # fmt: skip
_SINGLE = "‘’'"
_NESTING = "“„«‹"
_BEFORE_OPENING = " \t\n\u00a0([{—–-―/"
# How far ahead a partner is looked for where a mark may be none, in characters; a long speech in one paragraph fits.
_LONGEST = 5000
# And in marks.
_AHEAD = 60
_SOMEBODY = r"(?:he|she|they|the [\w -]{3,40}|(?:[A-Z][\w.'’-]+ ?){1,4})"
_CUE_AT_END = re.compile(
    rf",\s(?:{_SOMEBODY}\s?(?:said|says|added|noted|told [\w ]{{3,20}})|(?:said|says|added)\s{_SOMEBODY})\s?\.?$"
)
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


class Quote(NamedTuple):
    """A quotation: its span with marks, the words between them, its paragraph's number, and how it begins and ends.

    `continues`: the quotation before it was never closed and this one opens its paragraph, so it is the same one.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    paragraph: int
    is_closed: bool = True
    is_single: bool = False
    continues: bool = False

    def words(self, text: str) -> int:
        """How many words stand between the marks."""
        return sum(1 for _ in _WORD.finditer(text, self.inner_start, self.inner_end))


def quotes(doc: Resolved) -> tuple[Quote, ...]:
    """The quotations of the parsed paragraphs, in order; they do not overlap, those inside others are left out."""
    found: list[Quote] = []
    unclosed = -2
    for number, (start, end) in enumerate(doc.parse.parsed):
        for quote in paired(doc.text, start, end, number):
            opens = not doc.text[start : quote.start].strip()
            found.append(quote._replace(continues=opens and unclosed == number - 1))
            if not quote.is_closed:
                unclosed = number
    return tuple(found)


def quote_at(found: tuple[Quote, ...], position: int) -> Quote | None:
    """The quotation that holds a position, its marks included, or None."""
    at = bisect_right(found, position, key=lambda q: q.start) - 1
    return found[at] if at >= 0 and position < found[at].end else None


def paired(text: str, start: int, end: int, number: int = 0) -> Iterator[Quote]:
    """The quotations between two positions that are one paragraph."""
    marks = list(_MARK.finditer(text, start, end))
    at = 0
    while at < len(marks):
        mark = marks[at]
        at += 1
        if not _opens(text, mark, start, end):
            continue
        is_single = mark[0] in _SINGLE
        closing = (_single_close if is_single else _close)(text, marks, at, end)
        if closing is None and is_single:
            continue
        if closing is None:
            cue = _CUE_AT_END.search(text, mark.end(), end)
            if cue is None:
                yield Quote(mark.start(), end, mark.end(), end, number, is_closed=False)
            else:  # the mark before the cue was forgotten: "I asked twice, the envoy said."
                yield Quote(mark.start(), cue.start() + 1, mark.end(), cue.start() + 1, number)
            return
        close = marks[closing]
        yield Quote(mark.start(), close.end(), mark.end(), close.start(), number, is_single=is_single)
        at = closing + 1


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark can open a quotation where it stands."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if mark[0] in "»›" and before in _BEFORE_OPENING and not after.isspace():
        return True  # »inwards«, as German and Danish papers set them
    if mark[0] in "“„«‹‟〝" or mark[0] == "``":
        return True
    if mark[0] in "»›〞":
        return False
    if after.isspace() or before not in _BEFORE_OPENING:
        return False
    if mark[0] in _SINGLE:
        return after.isupper() or (mark[0] != "’" and (after.isalpha() or after in '“"[.…'))
    return True


def _close(text: str, marks: list[re.Match[str]], first: int, end: int) -> int | None:
    """The index of the mark that closes the quotation opened before marks[first]; inner quotations are passed over."""
    opening = marks[first - 1][0]
    wanted, depth = _CLOSERS[opening], 0
    for n in range(first, len(marks)):
        mark = marks[n]
        is_closer = mark[0] in wanted
        if is_closer and not (depth == 0 and _reopens(text, mark, end)):
            if depth == 0:
                return n
            depth -= 1
        elif is_closer or (mark[0] == opening and opening in _NESTING):
            depth += sum(m[0] in wanted for m in marks[n + 1 : n + 1 + _AHEAD]) > 1
    return None


def _reopens(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether a straight mark inside a quotation looks like the opening of an inner one."""
    if mark[0] in "”»›〞":
        return False
    after = text[mark.end()] if mark.end() < end else " "
    return text[mark.start() - 1] in " ([—" and after.isalnum()


def _single_close(text: str, marks: list[re.Match[str]], first: int, end: int) -> int | None:
    """The index of the mark that closes a single-marked quotation opened before marks[first], None where none does.

    No apostrophe closes, nor a plural's possessive where a later mark fits.
    """
    found = None
    for n in range(first, min(len(marks), first + _AHEAD)):
        mark = marks[n]
        before = text[mark.start() - 1]
        after = text[mark.end()] if mark.end() < end else " "
        if mark[0] == "‘" or mark.start() - marks[first - 1].start() > _LONGEST:
            break
        if mark[0] not in "’'" or before.isspace() or after.isalnum():
            continue
        if before != "s" or not re.match(r"\s[a-z]", text[mark.end() : mark.end() + 2]):
            return n
        found = n if found is None else found
    return found
