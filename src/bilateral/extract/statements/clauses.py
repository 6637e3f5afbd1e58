"""Reported speech by verbs: "said that …", "promised to …", "urged Y to …", "condemned …", "X, he said, …".

Yields one `Saying` for each cue verb whose matter stands in its sentence. Quotations with a cue beside them are read by
direct.py; cues that are nouns and prepositions by nouns.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.statements.content import Matter, content_tokens, over
from bilateral.extract.statements.cues import Cue
from bilateral.extract.statements.finite import told
from bilateral.extract.statements.matter import matter_of_verb
from bilateral.extract.statements.page import Page, Saying, Span, cue_span, pieces
from bilateral.extract.statements.places import SHORTEST, tail
from bilateral.extract.statements.source import (
    before_comma,
    is_paper,
    is_quoting,
    lead_of,
    let_known,
    near_noun,
    source_of,
)
from bilateral.syntax import CLAUSES, is_negated, is_passive, is_verb, kids, subtree

_SCORES = {"clause": 0.9, "infinitive": 0.85, "order": 0.85, "object": 0.75, "named": 0.8, "charge": 0.8, "aside": 0.9}
# Words in front of the name of an outlet.
_AGENCIES = frozenset({
    "agency", "news", "newspaper", "daily", "broadcaster", "television", "radio", "website", "channel", "portal",
    "paper", "state", "the", "local", "official", "private", "service", "state-run", "weekly", "tv",
})  # fmt: skip
_CUTS = frozenset({",", "—", "–", "--", "-", "”", '"', "''", "’"})
_FEWEST = 4  # tokens of a clause of its own between a colon and an inserted cue
_FINITE = ("VBD", "VBZ", "VBP", "MD", "VB")
# Words behind an inserted cue with which the outlet goes on.
_ONWARD = frozenset({"and", "but", "who", "which", "as", "while", "although", "whose", "whom"})
_TIMES = frozenset({"when", "after", "before", "since", "where", "once", "until"})  # the same behind its speaker
_NOT_PART = (*CLAUSES, "punct", "conj", "cc")


def by_verbs(page: Page, used: set[int]) -> Iterator[Saying]:
    """The sayings that cue verbs carry, those in `used` left out, in text order."""
    for i, cue in page.cues.items():
        if i in used:
            continue
        found = _said(page, i, cue)
        if found is not None:
            yield found


def _said(page: Page, i: int, cue: Cue) -> Saying | None:
    matter = matter_of_verb(page, i, cue)
    if matter is not None and _is_inverted(page, i, cue, matter):
        said = aside(page, i)
        return said and said._replace(source=_guessed(page, i, i) or said.source)
    if matter is not None:
        return _made(page, i, matter)
    if (inside := embedded(page, i, cue)) is not None:
        return inside
    if not is_quoting(page, i) and (not {"quote", "clause"} <= set(cue.frames) or cue.frames["quote"] != "said"):
        return None
    return as_aside(page, i) or aside(page, i) or confirmed(page, i)


def _is_inverted(page: Page, i: int, cue: Cue, matter: Matter) -> bool:
    """Whether what follows a cue behind a comma is its speaker, not its matter ("…, pointed out the ministry")."""
    parse = page.parse
    if (
        matter.frame != "object"
        or not {"quote", "clause"} <= set(cue.frames)
        or kids(parse, i, "nsubj", "aux", "auxpass")
    ):
        return False
    if parse.tag[i] not in ("VBD", "VBZ", "VBN") or page.word(i - 1) not in _CUTS:
        return False
    return any(_can_speak(page, t) for t in kids(parse, i, "dobj", "nsubj", "pobj"))


def _can_speak(page: Page, t: int) -> bool:
    """Whether a noun is somebody, or a paper that speaks for somebody."""
    if is_paper(page, t) or page.parse.ent[t].endswith(("PERSON", "ORG")):
        return True
    mention = page.doc.mention_at(t)
    return mention is not None and mention.kind in ("person", "role", "organisation", "group")


def _made(page: Page, i: int, matter: Matter) -> Saying:
    parse = page.parse
    denied = parse.lemma[i].lower() in ("deny", "refute", "dispute", "reject") and not is_negated(parse, i)
    return Saying(
        cue=cue_span(page, i, matter.cue_to),
        verb=i,
        source=source_of(page, i),
        pieces=matter.pieces,
        bare=matter.bare,
        frame=matter.frame,
        strength="said" if matter.frame == "clause" and let_known(page, i) is not None else matter.strength,
        score=_SCORES[matter.frame if matter.cue_to is None else "object"],
        addressee=matter.addressee,
        is_denied=denied and matter.frame in ("clause", "object"),
    )


def embedded(page: Page, i: int, cue: Cue) -> Saying | None:
    """What a cue inside a relative clause tells: "the mine, which the envoy says he is trying to keep open"."""
    parse = page.parse
    if "clause" not in cue.frames or is_passive(parse, i) or not kids(parse, i, "nsubj"):
        return None
    for k in kids(parse, i, "ccomp", "xcomp"):
        tree = subtree(parse, k)
        which = tree[0]
        if k < i or which > i or parse.tag[which] not in ("WDT", "WP") or page.word(which) == "who":
            continue
        right = [t for t in content_tokens(page, k, after=i) if t > i]
        found = pieces(page, [(which, which), *over(right)], cue=i)
        if len(found) == 2:
            made = _aside(page, i, found, 0.8)
            return made._replace(frame="clause", strength=cue.frames["clause"])
    return None


def as_aside(page: Page, i: int) -> Saying | None:
    """What "as X said" stands beside: the rest of the sentence."""
    parse = page.parse
    mark = [k for k in parse.children[i] if k < i and page.word(k) == "as"]
    subject = kids(parse, i, "nsubj")
    if not mark or not (subject or is_passive(parse, i)) or parse.dep[i] not in ("advcl", "ccomp", "prep"):
        return None
    inside = [k for k in subtree(parse, i, without=("punct",)) if k >= mark[0]]
    rest = [k for k in page.sentence(i) if not inside[0] <= k <= inside[-1]]
    found = _outside(page, rest, i, inside[0], inside[-1])
    return _aside(page, i, found, 0.85) if found else None


def _outside(page: Page, rest: list[int], i: int, first: int, last: int) -> tuple[Span, ...]:
    """The sentence without the tokens first..last, as at most two pieces."""
    left, right = [k for k in rest if k < first], [k for k in rest if k > last]
    return pieces(page, [(side[0], side[-1]) for side in (left, right) if side], cue=i)


def aside(page: Page, i: int) -> Saying | None:
    """What an inserted cue stands beside: "The deal, he said, is near", "The deal is near, said the envoy"."""
    parse = page.parse
    first, last = inserted(page, i)
    sentence = page.sentence(i)
    before = first - 1
    if before < sentence.start or page.word(before) not in _CUTS:
        return None
    start = _content_start(page, i, sentence.start, before)
    left = pieces(page, [(start, before - 1)], cue=i)
    right = _right_piece(page, i, last, sentence.stop)
    is_after = bool(kids(parse, i, "nsubj")) and min(kids(parse, i, "nsubj")) > i  # "They work, said Mhlanga"
    if before - start < (1 if right else 2 if is_after else 3) or not left or not _has_subject(page, i, first, last):
        return None
    if not right and not is_after and not any(parse.tag[t] in _FINITE for t in range(start, before)):
        return None
    made = _aside(page, i, (*left, *right), 0.9)
    own = tuple(s for s in made.source if first <= s <= last)
    beside = () if own or kids(parse, i, "nsubjpass") else _guessed(page, i, first)
    own = own or (beside if beside and _can_speak(page, beside[0]) else made.source or beside)
    return made._replace(source=own, addressee=told(page, i, own))


def confirmed(page: Page, i: int) -> Saying | None:
    """What a passive relative clause says of the sentence before it: "…, which was confirmed by the ministry"."""
    parse = page.parse
    subject = next((k for k in kids(parse, i, "nsubjpass") if page.word(k) == "which"), None)
    if subject is None or not kids(parse, i, "agent") or page.word(subject - 1) != ",":
        return None
    around = page.quote_of(i)
    start = page.first_token(around.inner_start) if around else page.sentence(i).start
    found = pieces(page, [(start, subject - 2)], cue=i)
    return _aside(page, i, found, 0.7) if found else None


def _content_start(page: Page, i: int, start: int, before: int) -> int:
    """Where the words before an inserted cue begin: with the sentence, or behind what is another's quotation."""
    quote = page.quote_of(start)
    if quote is not None and not quote.is_single and quote.end <= page.parse.start[i]:
        opens = quote.start == page.parse.start[start]
        if opens and tail(page, quote) in tuple(",?!") and quote.words(page.text) >= SHORTEST:
            start = max(start, page.first_token(quote.end))
    start = _behind_stop(page, start, before)
    while start < before and page.word(start) in ("and", "but", "so", "or", "yet"):
        start += 1
    return start


def _behind_stop(page: Page, start: int, before: int) -> int:
    """Where the last clause before an inserted cue begins, behind a colon or semicolon outside of quotations."""
    stops = [k for k in range(start, before) if page.word(k) in (":", ";")]
    stops = [k for k in stops if not (page.quote_of(k) or page.quote_of(k + 2))]
    if not stops or before - stops[-1] < _FEWEST or not any(is_verb(page.parse, k) for k in range(start, stops[-1])):
        return start
    return stops[-1] + 1


def inserted(page: Page, i: int) -> tuple[int, int]:
    """The unbroken tokens around a cue verb that belong to its own clause: subject, adverbials, addressee."""
    parse = page.parse
    own = set(subtree(parse, i, without=_NOT_PART))
    subjects = kids(parse, i, "nsubj")
    nearest = [s for s in subjects if s > i][:1] or [s for s in subjects if s < i][-1:]
    for s in subjects:
        inside = set(subtree(parse, s))
        own = own | set(_named_range(page, s, inside)) if s in nearest else own - inside
    named = before_comma(page, i) if not subjects else None
    if named is not None and (mention := page.doc.mention_at(named)) is not None:
        own |= set(range(lead_of(page, mention), i + 1))
    nearest = nearest or [k for k in kids(parse, i, "dobj") if k > i and page.word(i - 1) in _CUTS]
    behind = page.doc.mention_at(nearest[0]) if nearest and nearest[0] > i else None
    if behind is not None and behind.kind == "person":
        own |= set(range(i, parse.tokens(behind.start, behind.end).stop))
    first = last = i
    while first - 1 in own:
        first -= 1
    while last + 1 in own:
        last += 1
    return first, last


def _named_range(page: Page, s: int, inside: set[int]) -> range:
    """The tokens of a subject: its tree, but where that takes in words before a comma only from its own name on."""
    first, last = min(inside), max(inside)
    mention = page.doc.mention_at(s)
    if mention is not None and mention.kind == "person":
        lead = lead_of(page, mention)
        is_swollen = any(page.word(k) == "," for k in range(first, lead))
        first = lead if is_swollen or lead < first else first
    while page.word(first - 1) in _AGENCIES and mention is not None and mention.kind == "organisation":
        first -= 1
    return range(first, last + 1)


def _has_subject(page: Page, i: int, first: int, last: int) -> bool:
    parse = page.parse
    if not kids(parse, i, "nsubj") and before_comma(page, i) is not None:
        return True
    if any(first <= s <= last and page.word(s) == "it" for s in kids(parse, i, "nsubjpass")):
        return is_passive(parse, i)  # "The port, it was reported, will open"
    if any(first <= s <= last for s in kids(parse, i, "nsubj")):
        return not any(page.word(k) in ("that", "which", "who", "when", "if") for k in range(first, i))
    return _guessed(page, i, first) != () and parse.tag[i] in ("VBD", "VBZ", "VBP")


def _guessed(page: Page, i: int, first: int) -> tuple[int, ...]:
    """The noun right behind or before a cue verb, where the parser found it no subject."""
    after = near_noun(page, i + 1, min(i + 6, page.sentence(i).stop - 1))
    found = after if after is not None else near_noun(page, max(first, i - 6), i - 1, backwards=True)
    return () if found is None else (found,)


def _right_piece(page: Page, i: int, last: int, stop: int) -> tuple[Span, ...]:
    """What follows an inserted cue behind a comma, where the sentence goes on there."""
    parse = page.parse
    if last + 4 >= stop or page.word(last + 1) not in (",", "—", "–", "--"):
        return ()
    after = last + 2
    is_after = any(s > i for s in kids(parse, i, "nsubj", "dobj"))
    if parse.tag[after] == "VBG" or page.word(after) in _ONWARD or (is_after and page.word(after) in _TIMES):
        return ()
    stop = next((k for k in range(after, stop) if page.word(k) == ";" and not page.quote_of(k)), stop)
    if any(is_verb(parse, k) and parse.dep[k] not in ("relcl", "acl", "advcl") for k in range(after, stop)):
        return pieces(page, [(after, stop - 1)], cue=i)
    return ()


def _aside(page: Page, i: int, found: tuple[Span, ...], score: float) -> Saying:
    return Saying(
        cue=cue_span(page, i),
        verb=i,
        source=source_of(page, i),
        pieces=found,
        bare=found[0][0],
        frame="aside",
        strength="said",
        score=score,
    )
