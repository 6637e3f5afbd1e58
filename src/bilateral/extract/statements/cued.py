"""The cue of a quotation: behind it ("…," he said), before it (he said: "…"), or a name that signs or announces it."""

from __future__ import annotations

from bilateral.extract.statements.content import DASHES
from bilateral.extract.statements.cues import lists
from bilateral.extract.statements.matter import matter_of_verb
from bilateral.extract.statements.page import Page, Saying
from bilateral.extract.statements.places import SHORTEST, Place, has_capital, quoted, tail
from bilateral.extract.statements.source import near_noun, source_of
from bilateral.syntax import is_verb, kids

# How far behind a quotation its cue may stand, in tokens: a name with a long office fits.
_FURTHEST = 24
_NEAREST = 12
# A sentence this short behind a closed quotation is its cue ("… for ever." said the envoy).
_SHORT = 8
_CARRY_ON = frozenset({
    "and", "or", "but", "which", "that", "who", "of", "to", "for", "by", "in", "when", "because", "after",
})  # fmt: skip
_BELOW = ("relcl", "acl", "amod", "advcl", "xcomp", "pcomp")


# --- behind -----------------------------------------------------------------------------------------------------------


def cue_behind(page: Page, place: Place) -> Saying | None:
    """The quotation as a saying by the cue verb, or the name behind a dash, that follows it; None for neither."""
    gap = place.after
    if not gap:
        return None
    if not _can_follow(page, place):
        return _signed(page, place)
    for v in range(gap.start, min(gap.stop, gap.start + _FURTHEST)):
        cue = page.cues.get(v)
        if cue is not None and "quote" in cue.frames:
            is_bare = page.parse.tag[v] == "VBG" or (page.parse.tag[v] == "VB" and v != gap.start)
            if is_bare and not any(s in gap for s in kids(page.parse, v, "nsubj")):
                continue
            return _by(page, place, v, 0.95)
        if is_verb(page.parse, v) and page.parse.dep[v] not in _BELOW:
            return _by(page, place, v, 0.8) if cue is not None else None
    return _signed(page, place)


def _by(page: Page, place: Place, v: int, score: float) -> Saying | None:
    """The quotation by cue v behind it, where v has a speaker there and tells nothing else."""
    source = _source_behind(page, v, place.after)
    if not source or not (_is_at_once(page, place, v) or not _has_own_matter(page, v, place.after)):
        return None
    return quoted(page, place.quote, v, source, score)


def _can_follow(page: Page, place: Place) -> bool:
    """Whether a cue behind a quotation can belong to it: the quotation does not end its own sentence."""
    gap, last = place.after, tail(page, place.quote)
    first = page.word(gap.start)
    if first in _CARRY_ON:
        return False
    if last in tuple(",?!…—–-") or first == "," or first in DASHES:
        return True
    if last != ".":
        return gap.start in page.cues
    is_short = len(gap) <= _SHORT and any(v in page.cues for v in gap)
    return is_short or page.text[page.parse.start[gap.start]].islower()


def _source_behind(page: Page, v: int, gap: range) -> tuple[int, ...]:
    """Who speaks by a cue behind a quotation: its subject there, else the noun before or behind it."""
    own = tuple(s for s in source_of(page, v) if s in gap)
    if own:
        return own
    before = near_noun(page, gap.start, v - 1, backwards=True) if v > gap.start else None
    found = before if before is not None else near_noun(page, v + 1, min(v + _SHORT, gap.stop - 1))
    return () if found is None else (found,)


def _is_at_once(page: Page, place: Place, v: int) -> bool:
    """Whether an inverted cue follows its quotation at once ("…," said the statement)."""
    has_that = v + 1 < place.after.stop and page.word(v + 1) == "that"
    return v == place.after.start and tail(page, place.quote) in tuple(",?!") and not has_that


def _has_own_matter(page: Page, v: int, gap: range) -> bool:
    """Whether a cue behind a quotation tells something else ("…," he said that …)."""
    for k in range(v + 1, min(v + 4, gap.stop)):
        if page.word(k) == "," or is_verb(page.parse, k):
            break
        if page.word(k) in ("that", "whether") and page.parse.dep[k] in ("mark", "det"):
            return True
    found = matter_of_verb(page, v, page.cues[v])
    first = page.first_token(found.pieces[0][0]) if found is not None and found.frame == "clause" else None
    return first is not None and first in gap and page.word(first - 1) != ","


def _signed(page: Page, place: Place) -> Saying | None:
    """A quotation signed with a name behind a dash ("…" — Ana Petrova)."""
    gap, end = place.after, place.quote.end
    sign = page.text[end : end + 3].strip()[:1]
    if sign == "" or sign not in DASHES or len(gap) > _NEAREST or any(is_verb(page.parse, t) for t in gap):
        return None
    head = near_noun(page, gap.start, gap.stop - 1)
    return None if head is None else quoted(page, place.quote, None, (head,), 0.8)


# --- before -----------------------------------------------------------------------------------------------------------


def cue_before(page: Page, place: Place, used: set[int]) -> Saying | None:
    """The quotation as a saying by the cue in front of it, in its sentence or at the end of the paragraph above."""
    if place.opens_paragraph:
        place = place._replace(before=_line_above(page, place))
    lead = place.before
    if not lead:
        return None
    last = page.word(lead[-1])
    if last == ":" or (last in DASHES and place.quote.words(page.text) >= SHORTEST):
        return _introduced(page, place, used)
    v = next((t for t in reversed(lead) if t in page.cues and "quote" in page.cues[t].frames), None)
    if v is None or v in used or not _is_near(page, place, v, last) or not _is_whole(page, place):
        return None
    source = source_of(page, v) or _guessed(page, lead, v)
    if page.parse.tag[v] in ("VB", "VBN") and not source:
        return None
    return _with_that(page, place, quoted(page, place.quote, v, source, 0.93))


def _with_that(page: Page, place: Place, made: Saying) -> Saying:
    """The saying with the "that" in front of its quotation as part of the content (not of the bare one)."""
    lead = place.before
    that = lead[-2] if len(lead) > 1 and page.word(lead[-1]) == "," else lead[-1]
    if page.word(that) != "that":
        return made
    return made._replace(pieces=((page.parse.start[that], made.pieces[0][1]),), bare=made.pieces[0][0])


def _line_above(page: Page, place: Place) -> range:
    """The sentence that ends the paragraph above with a colon, none otherwise."""
    t = page.first_token(place.quote.start) - 1
    return range(page.sentence(t).start, t + 1) if t >= 0 and page.word(t) == ":" else range(0)


def _guessed(page: Page, lead: range, v: int) -> tuple[int, ...]:
    if page.parse.tag[v] == "VBG" or v == lead.start:
        return ()
    found = near_noun(page, lead.start, v - 1, backwards=True)
    return () if found is None else (found,)


def _is_near(page: Page, place: Place, v: int, last: str) -> bool:
    """Whether nothing but an addressee and adverbials stand between a cue and the quotation behind it."""
    between = range(v + 1, place.before.stop)
    if any(is_verb(page.parse, k) for k in between):
        return False
    if last in (",", "that"):
        return len(between) <= _NEAREST
    return not between or (len(between) <= SHORTEST and has_capital(page, place.quote))


def _is_whole(page: Page, place: Place) -> bool:
    """Whether a quotation is a sentence of its own or closes the one that it stands in."""
    quote, last = place.quote, tail(page, place.quote)
    if not quote.is_closed or last in tuple(".?!…"):
        return True
    is_long = quote.words(page.text) >= SHORTEST
    if not is_long and last != "," and page.word(place.before[-1]) not in (",", ":", "that"):
        return False  # "told “Evening Post”" names the paper that was told
    ends = not place.after or page.word(place.after.start) in (",", ";", *DASHES)
    return (ends or last == ",") and (is_long or has_capital(page, quote))


def _introduced(page: Page, place: Place, used: set[int]) -> Saying | None:
    """A quotation behind a colon or dash: by the last cue of its sentence, by a paper, or by a name alone."""
    lead, parse = place.before, page.parse
    open_ = [t for t in lead if t in page.cues and t not in used]
    for v in reversed([t for t in open_ if {"quote", "clause", "object"} & set(page.cues[t].frames)]):
        source = source_of(page, v)
        if source:
            return quoted(page, place.quote, v, source, 0.9)
    nouns = lists().nouns
    papers = [t for t in lead if parse.lemma[t].lower() in nouns["papers"] | nouns["clause"]]
    if papers:
        return quoted(page, place.quote, None, (papers[-1],), 0.75)
    verbs = [t for t in lead if is_verb(parse, t)]
    if not verbs and len(lead) <= _SHORT:
        head = near_noun(page, lead.start, lead.stop - 1)
        return None if head is None else quoted(page, place.quote, None, (head,), 0.8)
    main = [t for t in verbs if kids(parse, t, "nsubj") and parse.dep[t] in ("ROOT", "ccomp", "conj")]
    if page.word(lead[-1]) == ":" and main:
        return quoted(page, place.quote, None, source_of(page, main[-1]), 0.7)
    return None
