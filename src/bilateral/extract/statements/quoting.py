"""Who passes words on: "TASS quoted the ministry as saying that …", "…, Interfax reported, citing a source".

What is passed on is two statements, that of whoever passes it on around the other's. Labelled corpora give such words
to one speaker, so these sayings are made for the store's statements only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilateral.extract.statements.page import Page, Saying, Span, cue_span, trimmed
from bilateral.extract.statements.source import is_paper
from bilateral.syntax import agents, kids, nominals, subtree

_QUOTING = frozenset({"quote", "cite"})
_CARRYING = frozenset({"quote", "cite", "report", "carry", "relay", "publish"})
_REFERENCE = frozenset({"reference", "citation"})
# People and papers that are cited without a name or state of their own.
_SOURCES = frozenset({
    "source", "official", "diplomat", "witness", "expert", "medium", "media", "aide", "insider", "lawmaker", "minister",
    "ministry", "army", "police", "service", "agency", "newspaper", "paper", "television", "radio", "spokesman",
    "spokeswoman", "spokesperson", "representative", "resident", "analyst", "correspondent",
})  # fmt: skip
_SURE = 0.8
_MOST = 12  # tokens of a phrase that names who is cited


class Cited(NamedTuple):
    """Words beside a saying that tell whom its speaker cites, or who carried it: their tokens, the cue's, and who."""

    first: int
    last: int
    cue: int
    who: tuple[int, ...]
    is_carrier: bool


def passed_on(page: Page, found: list[Saying]) -> tuple[list[Saying], list[Saying]]:
    """The sayings of a page where words are passed on, and the sayings that were added to tell by whom or from whom.

    The words that tell who is cited are taken out of what is said and put into the words of who cites.
    """
    cites = list(_cites(page))
    cues = {c.cue for c in cites}
    kept = [s for s in found if s.verb not in cues]
    added: list[Saying] = [o for s in kept for o in _around(page, s)]
    changed = {s: _inside(page, s) for s in kept}
    for cited in cites:
        saying = _told_beside(page, kept, cited)
        if saying is None:
            continue
        now = changed[saying]
        outer, inner = _carried(page, now, cited) if cited.is_carrier else _citing(page, now, cited)
        changed[saying] = inner if cited.is_carrier else outer
        added.append(outer if cited.is_carrier else inner)
    return list(changed.values()), added


# --- "quoted X as saying" ---------------------------------------------------------------------------------------------


def _quoted(page: Page, saying: Saying) -> tuple[int, int] | None:
    """The verb of quoting and the participle of saying by which a saying is told, or None."""
    parse, verb = page.parse, saying.verb
    if verb is None:
        return None
    if page.word(parse.head[verb]) == "as" and parse.lemma[parse.head[parse.head[verb]]].lower() in _QUOTING:
        return parse.head[parse.head[verb]], verb
    below = [t for p in kids(parse, verb, "prep") for t in kids(parse, p, "pcomp")]
    below = [t for t in below if page.word(t) in ("saying", "telling")]
    return (verb, below[0]) if below and parse.lemma[verb].lower() in _QUOTING else None


def _around(page: Page, saying: Saying) -> Iterator[Saying]:
    """The saying of whoever quotes somebody "as saying" something: the words, and who is quoted."""
    found, parse = _quoted(page, saying), page.parse
    if found is None:
        return
    verb, said = found
    passive = kids(parse, verb, "nsubjpass")
    quoters = _by(page, verb, said) if passive else [n for q in kids(parse, verb, "nsubj") for n in nominals(parse, q)]
    quoted = passive or [k for k in kids(parse, verb, "dobj") if k > verb]
    if not quoters or not quoted:
        return
    name = subtree(parse, quoted[0])
    own: tuple[Span, ...] = ((parse.start[min(name)], parse.end[max(name)]), (parse.start[said - 1], parse.end[said]))
    if not passive:
        own = ((parse.start[min(name)], parse.end[said]),)
    yield Saying(
        cue=cue_span(page, verb), verb=verb, source=tuple(quoters), pieces=_joined((*own, *saying.pieces)),
        bare=min(own[0][0], saying.start), frame="clause", strength="said", score=0.85,
    )  # fmt: skip


def _inside(page: Page, saying: Saying) -> Saying:
    """A saying told by a verb of quoting with "saying" as its cue, which stands in the words of whoever quotes."""
    found = _quoted(page, saying)
    return saying if found is None else saying._replace(cue=cue_span(page, found[1]))


def _by(page: Page, verb: int, said: int) -> list[int]:
    """Who quotes in the passive: "was quoted by IRNA as saying", "was quoted as saying by IRNA"."""
    parse = page.parse
    behind = [o for v in (verb, said) for p in kids(parse, v, "prep", "agent") for o in kids(parse, p, "pobj")]
    by = [o for o in behind if page.word(parse.head[o]) == "by"]
    return [*agents(parse, verb), *(n for o in by for n in nominals(parse, o))][:1]


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


# --- "citing X", "as reported by X" -----------------------------------------------------------------------------------


def _cites(page: Page) -> Iterator[Cited]:
    """Yield each phrase that tells who is cited or who carried the words, in text order."""
    parse = page.parse
    for i in range(len(parse)):
        lemma = parse.lemma[i].lower()
        if lemma in _QUOTING and parse.tag[i] == "VBG" and not page.quote_of(i):
            objects = [k for k in kids(parse, i, "dobj", "pobj") if k > i and _can_be_cited(page, k)]
            yield from _phrase(page, i, i, i, objects)
        elif lemma in _REFERENCE and page.word(i - 1) in ("with", "a") and page.word(i + 1) == "to":
            first = i - 1 if page.word(i - 1) == "with" else i - 2
            objects = [o for p in kids(parse, i, "prep") for o in kids(parse, p, "pobj") if _can_be_cited(page, o)]
            yield from _phrase(page, first, i, i, objects)
        elif lemma in _CARRYING and parse.tag[i] == "VBN" and not page.quote_of(i) and not kids(parse, i, "auxpass"):
            first = i - 1 if page.word(i - 1) in ("as", ",") else i
            if page.word(first) in ("as", ","):
                yield from _phrase(page, first, i, i, agents(parse, i)[:1], is_carrier=True)


def _phrase(
    page: Page, first: int, last: int, cue: int, heads: list[int], *, is_carrier: bool = False
) -> Iterator[Cited]:  # fmt: skip
    if not heads:
        return
    inside = [t for t in subtree(page.parse, heads[0]) if last < t < last + _MOST]
    mention = page.doc.mention_at(heads[0])
    inside += page.parse.tokens(mention.start, mention.end) if mention is not None else ()
    cut = next((t for t in sorted(inside) if page.word(t) in (",", ";") and not _is_apposed(page, t, mention)), None)
    end = max((t for t in inside if cut is None or t < cut), default=heads[0])
    who = tuple(n for n in nominals(page.parse, heads[0]) if n <= end)
    yield Cited(first, end, cue, who, is_carrier)


def _is_apposed(page: Page, comma: int, mention: object) -> bool:
    """Whether a comma stands inside the words of a name with its office."""
    around = page.doc.mention_at(comma)
    return around is not None and around == mention


def _can_be_cited(page: Page, k: int) -> bool:
    mention = page.doc.mention_at(k)
    is_somebody = mention is not None and mention.kind in ("person", "organisation", "role", "group", "country")
    return is_somebody or page.parse.lemma[k].lower() in _SOURCES or is_paper(page, k)


def _told_beside(page: Page, found: list[Saying], cited: Cited) -> Saying | None:
    """The saying of the sentence that a phrase belongs to: the one whose cue stands nearest, not that of the cited."""
    sentence = page.sentence(cited.cue)
    start, end = page.parse.start[sentence.start], page.parse.end[sentence.stop - 1]
    here = [s for s in found if s.cue is not None and start <= s.cue[0] < end and not set(s.source) & set(cited.who)]
    here = [s for s in here if s.frame in ("clause", "aside", "source", "quote") and s.strength == "said"]
    at = page.parse.start[cited.cue]
    if cited.is_carrier:  # whose words are carried is the first to be told of
        return min(here, key=lambda s: (s.start, abs((s.cue or s.pieces[0])[0] - at)), default=None)
    return min(here, key=lambda s: abs((s.cue or s.pieces[0])[0] - at), default=None)


def _span(page: Page, cited: Cited) -> Span:
    return page.parse.start[cited.first], page.parse.end[cited.last]


def _citing(page: Page, saying: Saying, cited: Cited) -> tuple[Saying, Saying]:
    """Whoever cites, with the words that tell whom, and the one cited with the words that are cited."""
    phrase = _span(page, cited)
    pieces = _without(page, saying.pieces, phrase)
    cue = (phrase[0], page.parse.end[cited.cue])
    inner = Saying(
        cue=cue, verb=None, source=cited.who, pieces=pieces, bare=pieces[0][0], frame="source", strength="said",
        score=_SURE,
    )  # fmt: skip
    bare = saying.bare if pieces[0][0] <= saying.bare < pieces[0][1] else pieces[0][0]
    outer = saying._replace(pieces=tuple(sorted((*pieces, phrase))), bare=min(bare, phrase[0]))
    return outer, inner._replace(bare=bare)


def _carried(page: Page, saying: Saying, cited: Cited) -> tuple[Saying, Saying]:
    """Whoever carried the words, with the whole sentence, and the one whose words they are, without the carrier."""
    phrase, sentence = _span(page, cited), page.sentence(cited.cue)
    pieces = _without(page, saying.pieces, phrase)
    bare = saying.bare if pieces[0][0] <= saying.bare < pieces[0][1] else pieces[0][0]
    whole = [
        s
        for a, b in ((page.parse.start[sentence.start], phrase[0]), (phrase[1], page.parse.end[sentence.stop - 1]))
        if a < b and (s := trimmed(page.text, a, b)) is not None and any(c.isalnum() for c in page.text[slice(*s)])
    ]
    outer = Saying(
        cue=(page.parse.start[cited.cue], page.parse.end[cited.cue]), verb=None, source=cited.who,
        pieces=tuple(whole) or pieces, bare=(whole or pieces)[0][0], frame="source", strength="said", score=_SURE,
    )  # fmt: skip
    return outer, saying._replace(pieces=pieces, bare=bare)


def _without(page: Page, pieces: tuple[Span, ...], phrase: Span) -> tuple[Span, ...]:
    """The pieces of a content without a phrase inside them; the pieces as they are where nothing else is left."""
    out: list[Span] = []
    for start, end in pieces:
        if phrase[1] <= start or end <= phrase[0]:
            out.append((start, end))
            continue
        for a, b in ((start, phrase[0]), (phrase[1], end)):
            part = trimmed(page.text, a, b) if a < b else None
            if part is not None and any(c.isalnum() for c in page.text[slice(*part)]):
                out.append(part)
    return tuple(out) or pieces
