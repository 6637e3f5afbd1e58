"""Sources named by prepositions and nouns: "according to X", "in X's words", "X's claim that …", "X's pledge to …"."""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.statements.content import content_tokens, matter, over
from bilateral.extract.statements.cues import lists
from bilateral.extract.statements.objects import of_noun
from bilateral.extract.statements.page import Page, Saying, pieces
from bilateral.extract.statements.source import source_of
from bilateral.syntax import ancestors, is_negated, is_verb, kids, nominals, subjects, subtree

_BY = ("by", "of", "from")
_PREDICATES = ("acomp", "ROOT", "conj", "ccomp")


def by_sources(page: Page) -> Iterator[Saying]:
    """The sayings whose source a preposition names; the content is the rest of the sentence."""
    for i in range(len(page.parse)):
        word = page.word(i)
        if word == "according" and i + 1 < len(page.parse) and page.word(i + 1) == "to":
            yield from _rest(page, i, i + 1)
        elif word in lists().phrases["owned"] and (found := _owned(page, i)) is not None:
            yield from _rest_of(page, *found)


def _rest(page: Page, first: int, prep: int) -> Iterator[Saying]:
    """The sentence around "according to X"."""
    parse = page.parse
    heads = kids(parse, prep, "pobj") or kids(parse, first, "pobj", "dobj")
    if not heads:
        return
    sources = nominals(parse, heads[0])
    inside = [t for t in subtree(parse, heads[0]) if t > prep]
    mention = page.doc.mention_at(heads[0])
    if mention is not None and mention.kind == "person":  # a name in apposition that the parser hung elsewhere
        inside += parse.tokens(mention.start, mention.end)
    yield from _rest_of(page, first, max([prep, *inside]), tuple(sources), (first, prep))


def _owned(page: Page, i: int) -> tuple[int, int, tuple[int, ...], tuple[int, int]] | None:
    """The phrase "in X's words" or "in the words of X": its tokens, X, the cue's tokens."""
    parse = page.parse
    prep = parse.head[i]
    if page.word(prep) not in ("in", "by") or prep > i:
        return None
    poss = kids(parse, i, "poss")
    if poss and page.word(poss[0]) in ("my", "our"):
        return None
    if poss:
        return prep, i, tuple(nominals(parse, poss[0])), (i, i)
    of = [o for p in kids(parse, i, "prep") if page.word(p) == "of" for o in kids(parse, p, "pobj")]
    if not of:
        return None
    return prep, max(subtree(parse, of[0])), tuple(nominals(parse, of[0])), (i, i)


def _rest_of(page: Page, first: int, last: int, source: tuple[int, ...], cue: tuple[int, int]) -> Iterator[Saying]:
    sentence = page.sentence(first)
    stop = next((t for t in range(first, sentence.start, -1) if page.word(t) == ";"), sentence.start - 1)
    stop = first - 1 if page.word(first - 1) == ":" else stop  # "… sent a correction: according to X, …"
    left = (stop + 1, first - 1)
    end = next((t for t in range(last + 1, sentence.stop) if page.word(t) == ";"), sentence.stop)
    right = (last + 1, end - 1)
    while left[0] <= left[1] and page.word(left[0]) in ("and", "but", "so", "yet"):
        left = (left[0] + 1, left[1])
    ranges = [
        r for r in (left, right) if any(page.parse.pos[t] not in ("PUNCT", "CCONJ") for t in range(r[0], r[1] + 1))
    ]
    found = pieces(page, ranges, cue=first)
    if not found or not any(is_verb(page.parse, t) for r in ranges for t in range(r[0], r[1] + 1)):
        return
    parse = page.parse
    yield Saying(
        cue=(parse.start[cue[0]], parse.end[cue[1]]),
        verb=None,
        source=source,
        pieces=found,
        bare=found[0][0],
        frame="source",
        strength="said",
        score=0.9,
    )


def by_nouns(page: Page, used: set[int]) -> Iterator[Saying]:
    """The sayings whose cue is a noun with an owner, or with a verb that carries it."""
    nouns = lists().nouns
    known = nouns["clause"] | nouns["infinitive"] | nouns["object"]
    for i, lemma in enumerate(page.parse.lemma):
        if page.parse.pos[i] != "NOUN" or lemma.lower() not in known or i in used:
            continue
        matter = of_noun(page, i)
        if matter is None:
            continue
        source, first = _owner(page, i)
        if source and (first != i or matter.frame != "object"):
            cue = (page.parse.start[first], page.parse.end[i])
            yield Saying(
                cue=cue,
                verb=i,
                source=source,
                pieces=matter.pieces,
                bare=matter.bare,
                frame=f"noun {matter.frame}",
                strength="said" if matter.frame == "clause" else "act",
                score=0.75,
            )


def by_adjectives(page: Page) -> Iterator[Saying]:
    """The sayings that an adjective behind "is" tells of ("is convinced that the road will open")."""
    parse, known = page.parse, lists().nouns["convinced"]
    for i in [i for i, word in enumerate(page.words) if word in known]:
        be = i if parse.dep[i] == "ROOT" and kids(parse, i, "auxpass") else parse.head[i]
        if parse.tag[i] not in ("JJ", "VBN") or parse.dep[i] not in _PREDICATES:
            continue
        clauses = [k for k in kids(parse, i, "ccomp") if k > i] or [k for k in kids(parse, be, "ccomp") if k > i]
        if not clauses or is_negated(parse, be) or is_negated(parse, i):
            continue
        who = subjects(parse, be) or [s for a in kids(parse, i, "auxpass") for s in kids(parse, a, "nsubj")]
        found = matter(page, over(content_tokens(page, clauses[0], after=i)), "clause", cue=i)
        if found is not None:
            yield Saying(
                cue=(parse.start[i], parse.end[i]), verb=i, source=tuple(who), pieces=found.pieces,
                bare=found.bare, frame="clause", strength="mind", score=0.8,
            )  # fmt: skip


def _owner(page: Page, noun: int) -> tuple[tuple[int, ...], int]:
    """Whose a cue noun is ("X's claim", "a claim by X", "X made the claim"), and where the cue begins."""
    parse = page.parse
    poss = kids(parse, noun, "poss")
    if poss:
        return tuple(nominals(parse, poss[0])), noun
    by = [o for p in kids(parse, noun, "prep") if page.word(p) in _BY for o in kids(parse, p, "pobj")]
    if by and parse.pos[by[0]] in ("PROPN", "NOUN", "PRON") and page.word(parse.head[by[0]]) == "by":
        return tuple(nominals(parse, by[0])), noun
    verb = next((a for a in ancestors(parse, noun) if is_verb(parse, a)), None)
    if (
        verb is not None
        and parse.lemma[verb].lower() in lists().nouns["carriers"]
        and parse.dep[noun] in ("dobj", "conj")
    ):
        return source_of(page, verb), verb
    return (), noun
