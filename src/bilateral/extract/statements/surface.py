"""Inserted cues that the parser misread, by the words and commas around them: "The hole, the Estonian believes, can be
filled", "The plan failed, conceded the envoy".

Looks at no tree but for finite verbs; tried only for cues that no other reader has used.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bilateral.extract.statements.cues import lists
from bilateral.extract.statements.page import Page, Saying, pieces
from bilateral.extract.statements.source import is_paper
from bilateral.syntax import is_verb
from bilateral.text import Mention

_CUTS = frozenset({",", "—", "–", "--", "”", "’", '"', "''"})
_STOPS = frozenset({".", ";", ":", "?", "!", "…"})
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_SOMEBODY = ("person", "role", "organisation", "group", "pronoun", "country")
_ARTICLES = frozenset({"the", "a", "an", "one", "this", "his", "her", "their", "its"})
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_BEFORE = frozenset({"has", "have", "had", "also", "later", "then", "further", "now", "still", "once", "again"})
_PREPOSITIONS = frozenset({
    "in", "on", "at", "to", "during", "from", "after", "before", "over", "by", "through", "via", "under", "with",
    "when", "as", "last", "this", "yesterday", "today", "later", "earlier", "once", "again", "here", "there",
})  # fmt: skip
_OPENING = frozenset({"and", "but", "so", "yet", "or", "though"})
_CLAUSES = frozenset({"that", "which", "who", "whom", "when", "if", "because", "while", "what", "where", "how", "as"})
_LONGEST, _FURTHEST, _ROOM = 9, 26, 9  # tokens of a name without mention, behind a cue with a name, of an adverbial
_SCORE = 0.8
# Cues that are something else between commas as often.
_UNSURE = frozenset({
    "run", "end", "begin", "finish", "call", "type", "offer", "fire", "show", "find", "order", "project", "rule",
    "charge", "object", "rate", "post", "text", "read", "state", "figure", "judge", "hold", "reason", "mean", "hop",
    "plan", "request", "demand", "question", "report", "crow", "snap", "bark", "chant", "sing", "press", "mock",
    "forecast", "estimate", "decree", "document", "prove", "determine", "learn", "realize", "realise", "vote",
})  # fmt: skip


# Cues of two words, by their first.
_DOUBLE = {
    "went": "on", "goes": "on", "put": "in", "chimed": "in", "chimes": "in", "broke": "in", "cut": "in", "summed": "up",
    "sums": "up", "hit": "back", "shot": "back", "fired": "back", "let": "slip", "lets": "slip", "pointed": "out",
    "points": "out",
}  # fmt: skip


@cache
def _lemmas() -> dict[str, str]:
    """The strength of each verb that may stand between commas, by its lemma."""
    found: dict[str, str] = {}
    for lemma, entries in lists().verbs.items():
        for more, frames in entries:
            strength = frames.get("quote", frames.get("clause", ""))
            if not more and strength in ("said", "mind") and lemma not in _UNSURE:
                found[lemma] = strength
    return found


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Lemma and strength of each finite form of those verbs, as far as rules make it."""
    found: dict[str, tuple[str, str]] = {}
    for lemma, strength in _lemmas().items():
        for form in _finite(lemma):
            found[form] = (lemma, strength)
    return found


_STRONG = {
    "say": ("said",), "tell": ("told",), "think": ("thought",), "write": ("wrote",), "know": ("knew",),
    "feel": ("felt",), "swear": ("swore",), "understand": ("understood",), "foresee": ("foresaw",),
}  # fmt: skip


def _finite(lemma: str) -> tuple[str, ...]:
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return f"{lemma[:-1]}ies", f"{lemma[:-1]}ied"
    present = lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh")) else "s")
    if lemma in _STRONG:
        return present, *_STRONG[lemma]
    past = lemma + ("d" if lemma.endswith("e") else "ed")
    return (present, past, f"{lemma}{lemma[-1]}ed") if lemma[-1] in "tpnrl" else (present, past)


def by_surface(page: Page, found: list[Saying]) -> Iterator[Saying]:
    """The sayings by inserted cues that none of those found was told by, in text order."""
    forms = _forms()
    open_ = [i for i, word in enumerate(page.words) if (word in forms or word in _DOUBLE) and _is_beside_cut(page, i)]
    if not open_:
        return
    used = {page.first_token(s.cue[0]) for s in found if s.cue is not None} | {s.verb for s in found}
    for i in open_:
        if i in used or page.in_double(i):
            continue
        if page.word(i) in _DOUBLE and page.word(i + 1) != _DOUBLE[page.word(i)]:
            continue
        made = _after_speaker(page, i) or _before_speaker(page, i)
        if made is not None:
            yield made


def _is_beside_cut(page: Page, i: int) -> bool:
    """Whether a comma or dash stands where an inserted cue has one: before it, or between it and its subject."""
    return any(page.word(k) in _CUTS for k in range(max(0, i - _FURTHEST), i))


# --- "…, the envoy said, …" -------------------------------------------------------------------------------------------


def _after_speaker(page: Page, i: int) -> Saying | None:
    last = i - 1
    while page.word(last) in _BEFORE or (page.parse.tag[last] == "RB" and last > 0):
        last -= 1
    named = _name_before(page, last)
    last = _last_of(page, i)
    if named is None or page.word(named[0] - 1) not in _CUTS or not _is_closed(page, last):
        return None
    return _made(page, i, named[0] - 1, _end(page, last), named[1])


def _last_of(page: Page, i: int) -> int:
    """The last token of a cue: of "went on", "went on to say"."""
    if page.word(i) not in _DOUBLE:
        return i
    return i + 3 if page.word(i + 2) == "to" and page.word(i + 3) in _lemmas() else i + 1


def _name_before(page: Page, last: int) -> tuple[int, int] | None:
    """The first token and the head of the speaker whose name ends at a token, or between the commas before it."""
    if page.word(last) == ",":
        mention = page.doc.mention_at(last - 1)
        is_name = mention is not None and mention.kind == "person" and mention.end == page.parse.end[last - 1]
        return (_lead(page, mention), last - 1) if is_name and mention is not None else None
    if page.word(last) in _PRONOUNS:
        return last, last
    mention = page.doc.mention_at(last)
    if mention is not None and mention.kind in _SOMEBODY and mention.end == page.parse.end[last]:
        first = _lead(page, mention)
        while page.parse.tag[first - 1] in ("JJ", "NN", "NNP", "VBN", "HYPH") and last - first < _LONGEST:
            first -= 1
        first = first - 1 if page.word(first - 1) in _ARTICLES else first
        return first, last
    for first in range(last, max(-1, last - _LONGEST), -1):
        known = page.doc.mention_at(first)
        if known is not None and known.kind == "person" and page.word(first + 1) in ("of", "from", "at"):
            return _lead(page, known), first
        if page.word(first) in _ARTICLES and page.word(first - 1) not in ("of", "from", "at", "in", "for", "to"):
            return first, last
        if page.word(first) in _CUTS or page.word(first) in _STOPS or is_verb(page.parse, first):
            return None
    return None


def _lead(page: Page, mention: Mention) -> int:
    first = page.parse.tokens(mention.start, mention.end).start
    return first - 1 if page.word(first - 1) in _ARTICLES else first


def _is_closed(page: Page, i: int) -> bool:
    """Whether nothing but an adverbial stands between a cue and the comma or stop behind it."""
    at = i + 1
    if page.word(at) in _CUTS or page.word(at) in _STOPS or at >= len(page.parse):
        return True
    is_adverb = page.parse.tag[at] == "RB" or page.parse.ent[at].endswith(("DATE", "TIME"))
    return (is_adverb or page.word(at) in _PREPOSITIONS) and _end(page, i) - i <= _ROOM


def _end(page: Page, i: int) -> int:
    """The comma or stop behind a cue and its adverbial."""
    stop = page.sentence(i).stop
    return next((k for k in range(i + 1, stop) if page.word(k) in _CUTS or page.word(k) in _STOPS), stop)


# --- "…, conceded the envoy, …" ---------------------------------------------------------------------------------------


def _before_speaker(page: Page, i: int) -> Saying | None:
    if page.word(i - 1) not in _CUTS:
        return None
    named = _name_behind(page, i)
    if named is None:
        return None
    end, head = named
    stop = page.sentence(i).stop
    while end < stop and page.word(end) not in _STOPS and page.word(end) not in ("“", '"', "``"):
        if page.word(end) == "," and (end + 1 >= stop or page.word(end + 1) in ("“", '"', "``", "‘")):
            break
        end += 1
    return _made(page, i, i - 1, end, head)


def _name_behind(page: Page, i: int) -> tuple[int, int] | None:
    """The token after the name right behind a cue, and its head."""
    at = i + 2 if page.word(i + 1) in _ARTICLES else i + 1
    mention = page.doc.mention_at(at) if at < len(page.parse) else None
    if mention is not None and mention.kind in _SOMEBODY and page.parse.start[at] == mention.start:
        tokens = page.parse.tokens(mention.start, mention.end)
        return tokens.stop, tokens[-1]
    if at > i + 1 and at < len(page.parse):
        noun = next((k for k in range(at, min(at + 4, len(page.parse))) if page.parse.tag[k] == "NN"), None)
        if noun is not None and page.parse.tag[noun + 1 if noun + 1 < len(page.parse) else noun] != "NN":
            return noun + 1, noun
    return None


# --- both -------------------------------------------------------------------------------------------------------------


def _made(page: Page, i: int, cut: int, end: int, head: int) -> Saying | None:
    """The saying around a cue whose clause stands between the tokens `cut` and `end`."""
    sentence = page.sentence(i)
    first = next((k + 1 for k in range(cut - 1, sentence.start, -1) if page.word(k) in (";", ":")), sentence.start)
    while page.word(first) in _OPENING:
        first += 1
    right = (end + 1, sentence.stop - 1) if page.word(end) in _CUTS and page.word(end) != "”" else (1, 0)
    right = _up_to_stop(page, right)
    tokens = [*range(first, cut), *range(right[0], right[1] + 1)]
    if not any(page.parse.tag[t] in _FINITE for t in tokens) or page.word(first) in _CLAUSES or cut <= first:
        return None
    if right[0] > right[1] and (cut - first < 3 or not any(page.parse.tag[t] in _FINITE for t in range(first, cut))):
        return None
    if right[0] <= right[1] and page.parse.tag[right[0]] == "VBG":
        right = (1, 0)
    found = pieces(page, [(first, cut - 1), right], cue=i)
    if not found or found[0][0] >= page.parse.start[i] or is_paper(page, head):
        return None
    strength = "said" if page.word(i) in _DOUBLE else _forms()[page.word(i)][1]
    return Saying(
        cue=(page.parse.start[i], page.parse.end[_last_of(page, i)]), verb=i, source=(head,), pieces=found,
        bare=found[0][0], frame="aside", strength=strength, score=_SCORE,
    )  # fmt: skip


def _up_to_stop(page: Page, right: tuple[int, int]) -> tuple[int, int]:
    stop = next((k for k in range(right[0], right[1] + 1) if page.word(k) == ";"), right[1] + 1)
    return right[0], stop - 1
