"""Quotations and who speaks them: by a cue of their own, with the quotation that they go on, or by the sentence beside.

Yields one `Saying` for each quotation with its pieces ("…," he said. "…"). What is quoted inside an indirect sentence
stays with that sentence and is read by clauses.py.
"""

from __future__ import annotations

from typing import NamedTuple

from bilateral.extract.statements.content import DASHES
from bilateral.extract.statements.cued import cue_before, cue_behind
from bilateral.extract.statements.page import Page, Saying
from bilateral.extract.statements.places import SHORTEST, STOPS, Place, has_capital, inner, places, quoted, tail
from bilateral.extract.statements.source import source_of
from bilateral.syntax import kids

_WORDS = frozenset({
    "answer", "comment", "reply", "response", "verdict", "retort", "reaction", "word", "view", "advice", "warning",
    "summary", "conclusion", "explanation", "question", "message",
})  # fmt: skip
# The longest sentence with a cue between two pieces of one quotation, in characters.
_WIDEST = 400


class Heard(NamedTuple):
    """What the quotations gave: sayings in order, the cue verbs that they use up, the last saying of each paragraph."""

    sayings: list[Saying]
    used: set[int]
    last_of: dict[int, int]


def by_quotes(page: Page) -> Heard:
    """The sayings that quotations are, with the cues that they use up; quotations that nobody speaks are left out."""
    heard = Heard([], set(), {})
    for place in places(page):
        saying = _cued(page, place, heard)
        if saying is None and _joined(page, place, heard):
            continue
        saying = saying or _beside(page, place, heard)
        if saying is not None:
            heard.sayings.append(saying)
            heard.used.update(() if saying.verb is None else (saying.verb,))
            heard.last_of[place.quote.paragraph] = len(heard.sayings) - 1
    return heard


def _cued(page: Page, place: Place, heard: Heard) -> Saying | None:
    """The quotation by the cue before or behind it; one that has both uses up the second too."""
    if not any(c.isalnum() for c in page.text[place.quote.inner_start : place.quote.inner_end]):
        return None
    before = cue_before(page, place, heard.used)
    is_own = before is not None or place.opens_sentence or _is_put(page, place)
    behind = cue_behind(page, place) if is_own else None
    if before is not None and behind is not None and behind.verb is not None:
        heard.used.add(behind.verb)
    return before or behind or _answered(page, place)


def _is_put(page: Page, place: Place) -> bool:
    """Whether "as she put it" stands behind a quotation."""
    gap = [page.word(t) for t in place.after[:6]]
    return "as" in gap[:2] and "it" in gap and any(w in ("put", "puts", "phrased") for w in gap)


def _answered(page: Page, place: Place) -> Saying | None:
    """The quotation that a noun behind it calls somebody's words ("…," was the minister's answer)."""
    gap = place.after
    if not gap or page.parse.lemma[gap.start].lower() != "be":
        return None
    for n in gap:
        owners = kids(page.parse, n, "poss") if page.parse.lemma[n].lower() in _WORDS else []
        if owners:
            return quoted(page, place.quote, None, (owners[0],), 0.8)
    return None


def _joined(page: Page, place: Place, heard: Heard) -> bool:
    """Whether the quotation only goes on with the one before it, to whose saying it is then added."""
    quote = place.quote
    at = heard.last_of.get(quote.paragraph)
    if at is None and quote.continues:
        at = heard.last_of.get(quote.paragraph - 1)
    if at is None:
        return False
    saying = heard.sayings[at]
    goes_on = place.opens_sentence or _is_split(page, place, saying)
    if not quote.continues and not (goes_on and _follows(page, place, saying)):
        return False
    heard.sayings[at] = saying._replace(pieces=(*saying.pieces, inner(page, quote)))
    heard.last_of[quote.paragraph] = at
    return True


def _is_split(page: Page, place: Place, saying: Saying) -> bool:
    """Whether the cue of the saying before stands between its words and this quotation, with a comma or nothing."""
    return saying.verb in place.before and page.word(place.before[-1]) in (",", ";", ":", "and", *DASHES)


def _follows(page: Page, place: Place, saying: Saying) -> bool:
    """Whether only the cue's own sentence stands between a saying's last piece and a quotation."""
    last = saying.pieces[-1][1]
    if place.quote.start - last > _WIDEST or place.quote.words(page.text) < SHORTEST // 2:
        return False
    tokens = range(page.first_token(last), page.first_token(place.quote.start))
    return not any(page.word(t) in STOPS and page.parse.start[t] > last + 2 for t in tokens[:-1])


def _beside(page: Page, place: Place, heard: Heard) -> Saying | None:
    """A quotation without a cue of its own: by who spoke in the paragraph before, or by the sentence beside it."""
    quote = place.quote
    if not place.opens_sentence or quote.is_single or quote.words(page.text) < SHORTEST:
        return None
    if not place.is_alone and not (tail(page, quote) in tuple(".!?…") and has_capital(page, quote)):
        return None
    at = heard.last_of.get(quote.paragraph - 1)
    if place.is_alone and at is not None:
        return quoted(page, quote, None, heard.sayings[at].source, 0.7)
    before = page.first_token(quote.start) - 1
    source = _speaker_at(page, before) if before >= 0 and not _is_headline(page, before) else ()
    source = source or _speaker_at(page, page.first_token(quote.end))
    return quoted(page, quote, None, source, 0.6) if source else None


def _speaker_at(page: Page, t: int) -> tuple[int, ...]:
    """Who speaks, or who acts if a person does, in the sentence of a token; () outside the text."""
    parse = page.parse
    if not 0 <= t < len(parse):
        return ()
    sentence = page.sentence(t)
    for v in (t for t in sentence if _may_tell(page, t)):
        source = source_of(page, v)
        if source:
            return source
    root = next((t for t in sentence if parse.dep[t] == "ROOT"), None)
    subjects = kids(parse, root, "nsubj") if root is not None else []
    return tuple(s for s in subjects if _is_somebody(page, s))


def _is_headline(page: Page, t: int) -> bool:
    paragraph = page.doc.document.paragraph_at(page.parse.start[t])
    return paragraph is not None and paragraph.kind in ("title", "subtitle")


def _may_tell(page: Page, t: int) -> bool:
    """Whether a token is a cue whose subject may speak the quotation beside its sentence."""
    if t not in page.cues or page.cues[t].strength == "shown" or page.in_double(t):
        return False
    is_asked = page.parse.tag[t] == "VBN" and page.parse.lemma[t].lower() in ("ask", "question", "press")
    return not is_asked or bool(kids(page.parse, t, "auxpass", "aux"))


def _is_somebody(page: Page, t: int) -> bool:
    mention = page.doc.mention_at(t)
    is_known = mention is not None and mention.person is not None
    return is_known or page.parse.ent[t].endswith("PERSON") or page.word(t) in ("he", "she")
