"""Where a date lies that names no year: behind the report or ahead of it, by the words beside it and by tense.

Owns no date. Knows the grammar through syntax.py and mood.py; what was not parsed has only the words beside it.
"""

from __future__ import annotations

import re
from functools import cache

from bilateral.mood import mood
from bilateral.resolve.dates.anchor import Direction
from bilateral.resolve.dates.tokens import lexicon
from bilateral.syntax import ancestors, is_infinitive, is_verb, kids, tense
from bilateral.text import Parse, Resolved

# The longest of the phrases that stand before a date, with an article between.
_REACH = 30
# "Friday's talks", "the June agreement": the date names a thing, and the verb does not tell when that is.
_BESIDE_A_NAME = ("poss", "compound", "nmod", "amod", "nummod")


@cache
def _before(name: str) -> re.Pattern[str]:
    phrases = sorted(getattr(lexicon().direction, name), key=len, reverse=True)
    return re.compile(rf"(?<!\bbe )\b(?:{'|'.join(phrases)})\s+(?:the\s+)?$", re.IGNORECASE)  # "to be held in" is ahead


def direction(doc: Resolved, start: int, end: int) -> Direction | None:
    """Whether the words start..end speak of a time behind or ahead, None where nothing says.

    The words right before the date decide first ("since", "payable"), then the tense and mood of the verb above it;
    "by" and "until" point ahead where that verb is not in the past, and leave it open where it is.
    """
    floor = max(0, start - _REACH)
    if _before("past_before").search(doc.text, floor, start):
        return "past"
    if _before("ahead_before").search(doc.text, floor, start):
        return "ahead"
    head = _head(doc.parse, start, end)
    if head is None or doc.parse.dep[head] in _BESIDE_A_NAME:
        return None
    paragraph = doc.document.paragraph_at(start)
    is_headline = paragraph is not None and paragraph.kind in ("title", "subtitle")
    found = _by_grammar(doc.parse, head, None if is_headline else "ahead")
    if _before("open_before").search(doc.text, floor, start) is None:
        return found
    return None if found == "past" else "ahead"


def _head(parse: Parse, start: int, end: int) -> int | None:
    """The token of the words start..end that hangs on what is outside them, None where they were not parsed."""
    inside = parse.tokens(start, end)
    return next((i for i in inside if parse.head[i] not in inside or parse.head[i] == i), None)


def _by_grammar(parse: Parse, head: int, present: Direction | None) -> Direction | None:
    """The direction by what governs a token; a plain present tense means `present` (in a headline it is the past)."""
    below = head
    for above in ancestors(parse, head):
        if is_verb(parse, above):
            return _by_verb(parse, above, below, present)
        if parse.pos[above] in ("NOUN", "ADJ") and mood(parse, above).status in ("planned", "proposed"):
            return "ahead"
        below = above
    return None


def _by_verb(parse: Parse, verb: int, below: int, present: Direction | None) -> Direction | None:
    """The direction that a verb gives what stands below it."""
    words = lexicon().direction
    lemma = parse.lemma[verb].lower()
    if lemma in words.ahead_verbs and parse.dep[below] not in ("nsubj", "nsubjpass"):
        return "ahead" if not _is_recalled(parse, verb, lemma) else "past"
    if mood(parse, verb).status in ("planned", "proposed"):
        return "ahead"
    found = tense(parse, verb)
    if found.tense == "past" or (parse.tag[verb] in ("VBN", "VBD") and not kids(parse, verb, "aux", "auxpass")):
        return "past"
    if found.tense == "future" or (found.modal is not None and not found.perfect):
        return "ahead"
    if is_infinitive(parse, verb) or (parse.tag[verb] == "VBG" and not found.progressive):
        return _by_verb_above(parse, verb, present)
    if found.tense == "present" and (lemma not in words.still_verbs or _is_due(parse, verb)):
        return present
    return None


def _is_due(parse: Parse, verb: int) -> bool:
    """ "Is due in Hanoi on Friday": a predicate of planning beside "be"."""
    words = lexicon().direction.ahead_verbs
    return any(parse.lemma[k].lower() in words for k in kids(parse, verb, "acomp", "attr", "oprd", "advmod"))


def _is_recalled(parse: Parse, verb: int, lemma: str) -> bool:
    """Whether a verb of planning is itself what happened then ("they planned it in May", active and past)."""
    return lemma in ("plan", "set", "schedule") and parse.tag[verb] == "VBD" and bool(kids(parse, verb, "nsubj"))


def _by_verb_above(parse: Parse, verb: int, present: Direction | None) -> Direction | None:
    above = next((a for a in ancestors(parse, verb) if is_verb(parse, a)), None)
    return None if above is None else _by_verb(parse, above, verb, present)
