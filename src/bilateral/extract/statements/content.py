"""The content of a cue: which tokens it covers, where it ends, where it begins without "that".

Content begins with "that", "whether" or the addressee of an order, as labelled corpora draw it; `Matter.bare` is
where it begins without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bilateral.extract.statements.cues import Cue
from bilateral.extract.statements.page import Page, Span, pieces, trimmed
from bilateral.extract.statements.source import is_chained
from bilateral.syntax import OBJECTS, is_infinitive, kids, subtree

DASHES = frozenset({"—", "–", "--", "-", "―"})
_FINITE = ("VBD", "VBZ", "VBP")


class Matter(NamedTuple):
    """The content of a cue: its pieces, where it begins without "that", and by which frame it was found.

    `cue_to` is the noun that the cue's words run to ("expressed hope"), `addressee` the token of who is told.
    """

    pieces: tuple[Span, ...]
    bare: int
    frame: str
    strength: str
    addressee: int | None = None
    cue_to: int | None = None


def matter(page: Page, ranges: Iterable[tuple[int, int]], frame: str, *, cue: int) -> Matter | None:
    """The content that token ranges cover, `bare` without the "that" in front; None where they hold no word."""
    found = pieces(page, ranges, cue=cue)
    strength = "said" if frame in ("clause", "infinitive", "order") else "act"
    return Matter(found, _bare_start(page, found[0]), frame, strength) if found else None


def over(tokens: Iterable[int]) -> list[tuple[int, int]]:
    """The one range that covers some tokens, none for none."""
    have = list(tokens)
    return [(min(have), max(have))] if have else []


def content_tokens(page: Page, k: int, *, after: int) -> list[int]:
    """The tokens below k, right of `after`, without clauses that carry on at the level of the cue."""
    tokens = [t for t in subtree(page.parse, k) if t > after]
    cut = next((t for t in tokens if t != k and (is_chained(page, t) or _is_level(page, t, k, after))), None)
    stop = _other_voice(page, tokens, k)
    cut = stop if cut is None or (stop is not None and stop < cut) else cut
    if cut is None:
        return tokens
    while cut - 1 > after and (page.parse.pos[cut - 1] in ("CCONJ", "ADV", "AUX") or page.word(cut - 1) == ","):
        cut -= 1
    return [t for t in tokens if t < cut] or tokens


def _other_voice(page: Page, tokens: list[int], k: int) -> int | None:
    """Where the outlet goes on behind what was said: a clause beside the told one that tells of somebody else's words.

    "… would meet in Pakse, and it was learnt that …"; "… for centuries; a sailor begged to differ, saying that …".
    """
    parse = page.parse
    for t in tokens:
        if t <= k or page.word(t) not in (";", ",") or page.quote_of(t):
            continue
        at = t + 2 if page.word(t + 1) in ("and", "but", "while") else t + 1
        if page.word(t) == "," and (at == t + 1 or not _is_impersonal(page, at)):
            continue
        if _is_impersonal(page, at) or _is_of_another(page, at, parse.sentence(k).stop):
            return t
    return None


def _is_impersonal(page: Page, at: int) -> bool:
    """Whether "it was announced", "it is understood" begins at a token."""
    parse = page.parse
    if page.word(at) != "it" or at + 1 >= len(parse) or parse.lemma[at + 1] != "be":
        return False
    return any(k in page.cues or parse.lemma[k] == "learn" for k in range(at + 2, min(at + 5, len(parse))))


def _is_of_another(page: Page, at: int, stop: int) -> bool:
    """Whether a clause behind a semicolon has a speaker and a cue of its own."""
    cues = [t for t in range(at, stop) if t in page.cues and page.parse.tag[t] in (*_FINITE, "VBG")]
    finite = [t for t in range(at, stop) if page.parse.tag[t] in _FINITE and kids(page.parse, t, "nsubj")]
    return bool(cues) and bool(finite) and min(kids(page.parse, finite[0], "nsubj")) < cues[0]


def _is_level(page: Page, t: int, k: int, cue: int) -> bool:
    """Whether cue verb t, hung below clause k, tells of the cue's own speaker ("said she would go and urged …").

    It has the form of the cue, and the clause has another form or a pronoun as subject.
    """
    parse = page.parse
    if parse.dep[t] == "conj" and parse.tag[t] in ("VBD", "VBZ") and is_infinitive(parse, k) and parse.head[t] == k:
        return not kids(parse, t, "nsubj", "aux")  # "vowed to wait and left": no part of what was vowed
    if parse.dep[t] != "conj" or t not in page.cues or parse.pos[t] != "VERB" or parse.tag[t] not in _FINITE:
        return False
    if kids(parse, t, "nsubj", "aux", "auxpass") or parse.tag[t] != parse.tag[cue] or page.in_double(t):
        return False
    if page.cues[t].strength not in ("said", "act"):
        return False
    finite = next((parse.tag[a] for a in kids(parse, k, "aux", "auxpass")), parse.tag[k])
    if kids(parse, k, "nsubjpass") and not any(page.doc.mention_at(s) for s in kids(parse, k, "nsubjpass")):
        return True
    return finite != parse.tag[t] or any(page.word(s) in ("he", "she", "it", "they") for s in kids(parse, k, "nsubj"))


def up_to_dash(page: Page, tokens: list[int]) -> int:
    """The last of some tokens before a dash behind which the outlet remarks on them ("… — a word he had used")."""
    dashes = (t for t in tokens[2:] if page.word(t) in DASHES and _is_spaced(page, t))
    dash = next((t for t in dashes if not page.quote_of(t)), None)
    return max(tokens) if dash is None else dash - 1


def _is_spaced(page: Page, t: int) -> bool:
    """Whether a dash is no hyphen inside a word."""
    end = page.parse.end[t]
    return page.word(t) != "-" or page.text[page.parse.start[t] - 1].isspace() or page.text[end : end + 1].isspace()


def _bare_start(page: Page, span: Span) -> int:
    words = page.text[span[0] : span[1]]
    if words[:4].lower() != "that" or len(words) < 9 or words[4].isalnum():
        return span[0]
    rest = trimmed(page.text, span[0] + 4, span[1])
    return rest[0] if rest else span[0]


def behind(page: Page, cue: Cue) -> int | None:
    """The noun or gerund behind a cue's second word, None where it has none."""
    parse = page.parse
    if cue.second is None:
        return None
    below = kids(parse, cue.second, "pobj", "pcomp")
    if below:
        return below[0]
    after = [k for k in kids(parse, parse.head[cue.second], *OBJECTS, "pobj", "pcomp") if k > cue.second]
    return after[0] if after else None


def behind_to(page: Page, i: int) -> int | None:
    """The noun behind "to" right of a verb ("pointed out to the envoy"), None where there is none."""
    parse = page.parse
    to = [p for p in kids(parse, i, "prep", "dative") if p > i and page.word(p) == "to"]
    return next((o for p in to for o in kids(parse, p, "pobj")), None)
