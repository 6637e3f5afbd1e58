"""The document side of the types: what comes in, how it is read, parsed and resolved.

Owns Raw, Document, Parse, Mention, Person, Resolved. Knows no files, no clock and no database. All offsets are
Unicode code points into `Document.text`, half-open; all dates are EDTF strings.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

Kind = Literal["title", "subtitle", "heading", "body", "byline", "furniture", "question", "answer"]
MentionKind = Literal[
    "country", "organisation", "person", "role", "group", "collective", "pronoun", "place", "date"
]  # fmt: skip
# The kinds of paragraph that hold sentences; headings, bylines and furniture are never parsed.
CONTENT: tuple[Kind, ...] = ("title", "subtitle", "body", "question", "answer")
How = Literal["given", "metadata", "dateline", "inferred", "overruled"]


class Given(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the caller or the container of a report says of it; every field may be unknown."""

    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    lang: str | None = None


class Raw(Struct, frozen=True, kw_only=True):
    """Bytes as they came, with what was said of them; the source, which cannot be made again.

    `columns` maps fields of a report (text, title, published, publisher, uri, author, lang, id) to the names that
    they have in a table or in JSON Lines. `place` says where in a larger input the bytes stand ("lines 1-2000").
    """

    uri: str
    media_type: str
    data: bytes
    fetched: str | None = None
    given: Given = Given()
    columns: dict[str, str] = field(default_factory=dict)
    place: str | None = None
    first_line: int = 1


class Paragraph(Struct, frozen=True, array_like=True):
    """A paragraph of a document: its span and what it is for. Furniture is never parsed."""

    start: int
    end: int
    kind: Kind = "body"


class Dateline(Struct, frozen=True):
    """The words before a report's first sentence: place, day (EDTF, `XXXX-07-03` without a year), agency."""

    start: int
    end: int
    place: str | None = None
    day: str | None = None
    agency: str | None = None


class Document(Struct, frozen=True, kw_only=True, dict=True):
    """One report as text with its anatomy.

    `published` (EDTF) is only what was given or stands in metadata, and `published_by` says which; what is inferred
    stands in `Resolved.published`. `paragraphs` are in order, do not overlap, and hold no outer white space.
    """

    id: str
    uri: str
    text: str
    title: str | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    lang: str = "en"
    published: str | None = None
    published_by: How | None = None
    dateline: Dateline | None = None
    publisher: str | None = None
    author: str | None = None

    @property
    def content(self) -> tuple[tuple[int, int], ...]:
        """The spans of the paragraphs that hold sentences: all but headings, bylines and furniture."""
        return tuple((p.start, p.end) for p in self.paragraphs if p.kind in CONTENT)

    def section(self, position: int) -> str | None:
        """The section heading that stands above a position, or None."""
        heading = None
        for paragraph in self.paragraphs:
            if position < paragraph.start:
                break
            if paragraph.kind == "heading":
                heading = self.text[paragraph.start : paragraph.end]
        return heading

    def paragraph_at(self, position: int) -> Paragraph | None:
        """The paragraph that holds a position, or None between paragraphs."""
        at = bisect_right(self._starts, position) - 1
        if at < 0 or position >= self.paragraphs[at].end:
            return None
        return self.paragraphs[at]

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]


def document_id(text: str, publisher: str | None) -> str:
    """A report's identity: 16 hex digits of a hash over its publisher and its text, so one report stores once."""
    key = f"{(publisher or '').strip().casefold()}\x00{text}"
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Parse(Struct, frozen=True, kw_only=True, dict=True):
    """The grammar of a document as columns, one row a token, in text order.

    `start`/`end` are offsets into the document's text. `head` is the index of the governing token (a root is its own
    head). `ent` is an entity label with BIO prefix ("B-PERSON", "I-PERSON") or "". `sents` holds the index of each
    sentence's first token. `parsed` lists the character spans that were parsed; what the gate left out is the rest.
    `said` is what the encoder said when the document was last coded, by what it was asked (encoder/memory.py).
    """

    parser: str
    gate: str
    parsed: tuple[tuple[int, int], ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    head: tuple[int, ...]
    lemma: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]
    ent: tuple[str, ...]
    sents: tuple[int, ...]
    said: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def heard(self) -> dict[str, str]:
        """What the encoder is asked and says while this parse is coded; filled in later, and part of what is kept."""
        return {}

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The dependents of each token, in text order."""
        below: list[list[int]] = [[] for _ in self.start]
        for i, head in enumerate(self.head):
            if head != i:
                below[head].append(i)
        return tuple(map(tuple, below))

    @cached_property
    def hanging(self) -> dict[int, tuple[tuple[str, int], ...]]:
        """What hangs on a token by a preposition, for those of which it was asked (`syntax.obliques`)."""
        return {}

    def sentence(self, i: int) -> range:
        """The token indices of the sentence that holds token i."""
        at = bisect_right(self.sents, i) - 1
        last = self.sents[at + 1] if at + 1 < len(self.sents) else len(self.start)
        return range(self.sents[at], last)

    def sentences(self) -> tuple[range, ...]:
        """All sentences as ranges of token indices, in order."""
        return tuple(self.sentence(i) for i in self.sents)

    def tokens(self, start: int, end: int) -> range:
        """The tokens that overlap the character span start..end."""
        first = max(0, bisect_right(self.start, start) - 1)
        while first < len(self.start) and self.end[first] <= start:
            first += 1
        return range(first, max(first, bisect_left(self.start, end)))


class Candidate(Struct, frozen=True):
    """One thing that a mention may mean: a code or value, a score in 0..1, and why."""

    id: str
    score: float
    reason: str


class Office(Struct, frozen=True, kw_only=True):
    """An office of a person as a document words it.

    `words` is the role as worded without the name; `title` the head of it in lower case ("ambassador"); `country` whose
    officer, `accredited` where sent to (codes); `standing` one of current, former, acting, elect.
    """

    words: str
    start: int
    end: int
    title: str
    level: str
    sectors: tuple[str, ...] = ()
    country: str | None = None
    accredited: str | None = None
    organisation: str | None = None
    standing: str = "current"


class Person(Struct, frozen=True, kw_only=True):
    """A person of one document: the fullest name found, the country served, and the offices named."""

    id: str
    name: str
    country: str | None = None
    offices: tuple[Office, ...] = ()
    female: bool | None = None

    @property
    def office(self) -> Office | None:
        """The office that counts: the first current one with a country, else the first."""
        known = [o for o in self.offices if o.standing != "former"]
        return next((o for o in known if o.country), None) or next(iter(known or self.offices), None)


class Mention(Struct, frozen=True, kw_only=True):
    """Words that name an actor, a place or a time, and what they were resolved to.

    `codes` are the states or organisations meant (several for "the two sides"), empty where unresolved; `sectors`
    PLOVER sectors, primary first. `person` is the id of a `Person` of the document. `name` is the canonical name where
    there is one, `role` the office as worded, `level` its rank. `value` is EDTF for a date; `timex` its TIMEX3 value.
    `candidates` are all readings weighed, best first; `reason` says why the first won or why none did.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    person: str | None = None
    name: str | None = None
    role: str | None = None
    level: str | None = None
    value: str | None = None
    timex: str | None = None
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""


class Dated(Struct, frozen=True, kw_only=True):
    """The date of a report as used: EDTF or None, how it is known, the candidates weighed, the reasons in words.

    `stated` is what stands in the text (`XXXX-07-03`), kept apart from what was made of it.
    """

    value: str | None
    how: How | None = None
    stated: str | None = None
    candidates: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Voice(Struct, frozen=True, kw_only=True):
    """A stretch of text that is somebody's words: who speaks, and the statement record that says so.

    `codes` are the speaker's states or organisations; `person` the id of a `Person`; `is_direct` inside quote marks.
    """

    start: int
    end: int
    statement: str
    codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    person: str | None = None
    name: str | None = None
    role: str | None = None
    level: str | None = None
    is_direct: bool = False


class Resolved(Struct, frozen=True, kw_only=True, dict=True):
    """A parsed document with its mentions, people, date and voices; made again at will, never stored.

    `mentions` are in text order; actor mentions do not overlap each other, date mentions do not overlap each other.
    `dyad` is the pair of codes that "the two sides" means where nothing nearer says so, or ().
    `voices` are filled in once the statements are known; nested ones follow the ones that hold them.
    """

    document: Document
    parse: Parse
    published: Dated
    mentions: tuple[Mention, ...] = ()
    people: tuple[Person, ...] = ()
    dyad: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()

    @property
    def text(self) -> str:
        """The document's text, which all offsets point into."""
        return self.document.text

    def person(self, key: str | None) -> Person | None:
        """The person with this id, or None."""
        return self._by_id.get(key) if key else None

    def mention_at(self, i: int) -> Mention | None:
        """The actor mention that covers token i, or None; dates are left out."""
        return self._actor_tokens.get(i)

    def date_at(self, i: int) -> Mention | None:
        """The date mention that covers token i, or None."""
        return self._date_tokens.get(i)

    def mentions_in(self, start: int, end: int, *kinds: str) -> tuple[Mention, ...]:
        """The mentions that lie inside a span, of the kinds named (all kinds if none is)."""
        return tuple(
            m for m in self.mentions if start <= m.start and m.end <= end and (not kinds or m.kind in kinds)
        )  # fmt: skip

    def voice_at(self, position: int) -> Voice | None:
        """The innermost voice that holds a position, or None where the outlet itself speaks."""
        inside = [v for v in self.voices if v.start <= position < v.end]
        return min(inside, key=lambda v: v.end - v.start, default=None)

    @cached_property
    def _by_id(self) -> dict[str, Person]:
        return {p.id: p for p in self.people}

    @cached_property
    def _actor_tokens(self) -> dict[int, Mention]:
        return self._tokens_of(lambda m: m.kind != "date")

    @cached_property
    def _date_tokens(self) -> dict[int, Mention]:
        return self._tokens_of(lambda m: m.kind == "date")

    def _tokens_of(self, wanted) -> dict[int, Mention]:  # type: ignore[no-untyped-def]
        return {i: m for m in self.mentions if wanted(m) for i in self.parse.tokens(m.start, m.end)}
