"""Which words beside a cue name the speaker: the subject of its verb, the agent of its passive, the verb carried on.

Gives heads of noun phrases as tokens. Whom they mean is the business of speaker.py.
"""

from __future__ import annotations

from bilateral.extract.statements.cues import lists
from bilateral.extract.statements.page import Page
from bilateral.syntax import agents, ancestors, is_passive, is_verb, kids, nominals, subjects
from bilateral.text import Mention, Parse

_FINITE = ("VBD", "VBZ", "VBP")
_EXPLETIVE = frozenset({"it", "there"})
_NAMES = ("NOUN", "PROPN", "PRON")
_SHORTEST = 4  # tokens that must stand before a cue at the end for it to have a content there


def source_of(page: Page, verb: int) -> tuple[int, ...]:
    """The heads of the words that name who speaks by a cue verb; () where nobody is named."""
    parse = page.parse
    beside = _quoted_by(page, verb) or _beside(page, verb)
    if beside:
        return beside
    if (above := let_known(page, verb)) is not None:
        return source_of(page, above)
    if (noun := _apposed(page, verb)) is not None:
        return tuple(_clean(page, nominals(parse, noun), verb))
    if is_passive(parse, verb):
        return tuple(_clean(page, agents(parse, verb)))
    own = [s for s in kids(parse, verb, "nsubj", "csubj") if not is_dateline(page, s)]
    own = own or [n for n in (_misplaced(page, verb),) if n is not None]
    if own:
        return tuple(_clean(page, [n for s in own for n in nominals(parse, s)], verb))
    if parse.tag[verb] == "VBG":
        above = carried(page, verb)
        if above is not None:
            return source_of(page, above)
    above = _finite_above(page, verb)
    above = _cue_above(page, verb) if above is None else above
    if above is not None:
        return source_of(page, above)
    return tuple(_clean(page, subjects(parse, verb) or _named_before(page, verb), verb))


def _beside(page: Page, verb: int) -> tuple[int, ...]:
    """The name that stands right beside an inserted cue, whatever the parser made of it."""
    if page.parse.tag[verb] == "NNS" and not kids(page.parse, verb, "nsubj"):
        return (verb - 1,)  # "the latter doubts that", a noun for the tagger
    found = name_behind(page, verb)
    found = before_comma(page, verb) if found is None else found
    return () if found is None else (found,)


def _named_before(page: Page, verb: int) -> list[int]:
    """The name before the main verb of a sentence in which the parser saw no subject ("…, the envoy, Name, denied")."""
    parse = page.parse
    for above in (verb, *ancestors(parse, verb)):
        if kids(parse, above, "nsubj", "nsubjpass", "csubj", "expl"):
            return []
        last = above - 2 if page.word(above - 1) == "," else above - 1
        mention = page.doc.mention_at(last) if last >= 0 and parse.tag[above] in _FINITE else None
        if mention is not None and mention.kind in ("person", "role") and mention.end == parse.end[last]:
            return [last]
    return []


def name_behind(page: Page, verb: int) -> int | None:
    """The head of the name between a cue behind a comma and the next comma or stop ("…, retorted the general, …")."""
    parse = page.parse
    if page.word(verb - 1) not in _COMMAS or parse.tag[verb] not in ("VBD", "VBZ", "VBN"):
        return None
    if verb not in page.cues or not {"quote", "clause"} <= set(page.cues[verb].frames):
        return None
    at = verb + 2 if page.word(verb + 1) in ("the", "a", "an", "his", "her", "its", "their") else verb + 1
    mention = page.doc.mention_at(at) if at < len(parse) else None
    if mention is None or mention.kind not in ("person", "role") or parse.start[at] != mention.start:
        return None
    tokens = parse.tokens(mention.start, mention.end)
    is_closed = tokens.stop >= len(parse) or page.word(tokens.stop) in (",", ".", ";", "—", "–", "“", '"', "``")
    inside = [t for t in tokens if parse.head[t] not in tokens or parse.head[t] == t]
    return (inside or [tokens[-1]])[0] if is_closed else None


_COMMAS = (",", "”", '"', "''", "—", "–")


def let_known(page: Page, verb: int) -> int | None:
    """The verb above "known" in "let it be known that", "wanted it understood that", "let the others know that"."""
    parse, above = page.parse, page.parse.head[verb]
    is_it = parse.lemma[verb].lower() in ("know", "understand") and parse.dep[verb] in ("ccomp", "xcomp")
    return above if is_it and above < verb and parse.lemma[above].lower() in ("let", "make", "want") else None


def before_comma(page: Page, verb: int) -> int | None:
    """The head of who is named between commas right before a cue at the end, where the parser saw no subject in it.

    "The border will open, the deputy minister for transit, Pavel Orlov, announced on Monday."
    """
    parse, first = page.parse, verb
    if kids(parse, verb, "nsubj", "csubj"):
        return None
    while first - 1 in kids(parse, verb, "aux", "advmod", "neg"):
        first -= 1
    is_told = verb in page.cues and {"quote", "clause"} <= set(page.cues[verb].frames)
    if not is_told or parse.tag[verb] not in ("VBD", "VBZ", "VBN") or page.word(first - 1) != "," or first < _SHORTEST:
        return None
    mention = page.doc.mention_at(first - 2)
    if mention is None or mention.kind != "person" or parse.end[first - 2] != mention.end:
        return None
    return first - 2 if lead_of(page, mention) > parse.sentence(verb).start else None


def _misplaced(page: Page, verb: int) -> int | None:
    """The person before a main verb without subject, whom the parser hung on a place ("In Quito, Minister Paz, …")."""
    parse, first = page.parse, page.parse.sentence(verb).start
    if parse.dep[verb] != "ROOT" or parse.tag[verb] not in _FINITE or kids(parse, verb, "expl", "nsubjpass"):
        return None
    for t in range(verb - 1, first, -1):
        mention = page.doc.mention_at(t) if parse.dep[t] == "appos" and not page.quote_of(t) else None
        if mention is not None and mention.kind == "person" and parse.end[t] == mention.end:
            place = page.doc.mention_at(parse.head[t])
            is_place = place is not None and place.kind in ("place", "country")
            return t if is_place and verb in ancestors(parse, t) else None
    return None


def is_dateline(page: Page, i: int) -> bool:
    """Whether a token is the place that opens a line before a dash ("QUITO — The minister said")."""
    dash = page.word(i + 1) in ("—", "–", "-", "--")
    return dash and page.text[page.parse.start[i] : page.parse.end[i]].isupper() and len(page.word(i)) > 3


def lead_of(page: Page, mention: Mention) -> int:
    """The first token of a mention with the article or possessive in front of it."""
    first = page.parse.tokens(mention.start, mention.end).start
    return first - 1 if first and page.parse.tag[first - 1] in ("DT", "PRP$") else first


def _apposed(page: Page, verb: int) -> int | None:
    """The noun whose verb the parser took for a participle behind an apposition ("The envoy, Name, called on")."""
    parse = page.parse
    noun = parse.head[verb]
    if parse.dep[verb] != "acl" or parse.tag[verb] != "VBN" or parse.dep[noun] != "ROOT" or page.word(verb - 1) != ",":
        return None
    return noun if parse.pos[noun] in _NAMES and kids(parse, noun, "appos") else None


def _finite_above(page: Page, verb: int) -> int | None:
    """The verb that a finite conjunct really goes with, where the parser hung it on an infinitive in between."""
    parse = page.parse
    head = parse.head[verb]
    if (
        parse.dep[verb] != "conj"
        or parse.tag[verb] not in _FINITE
        or parse.tag[head] != "VB"
        or kids(parse, verb, "aux")
    ):
        return None
    above = (a for a in ancestors(parse, head) if parse.tag[a] in _FINITE and kids(parse, a, "nsubj"))
    return next(above, None)


def _cue_above(page: Page, verb: int) -> int | None:
    """The cue that a verb of saying goes with, hung on a told passive about things ("said … was found and urged …")."""
    parse, head = page.parse, page.parse.head[verb]
    if parse.dep[verb] != "conj" or parse.dep[head] != "ccomp" or verb not in page.cues or kids(parse, verb, "aux"):
        return None
    things = kids(parse, head, "nsubjpass")
    is_other = parse.head[head] in page.cues and parse.tag[parse.head[head]] == parse.tag[verb]
    return parse.head[head] if things and is_other and not any(page.doc.mention_at(s) for s in things) else None


def _quoted_by(page: Page, verb: int) -> tuple[int, ...]:
    """Who is quoted "as saying" something by somebody else, at the verb of quoting as well as at that of saying."""
    parse = page.parse
    above = parse.head[parse.head[verb]] if page.word(parse.head[verb]) == "as" else verb
    if parse.lemma[above].lower() not in ("quote", "cite") or (above == verb and not is_quoting(page, verb)):
        return ()
    own = kids(parse, above, "nsubjpass") or [k for k in kids(parse, above, "dobj") if k > above]
    return tuple(n for s in own for n in nominals(parse, s))


def is_quoting(page: Page, verb: int) -> bool:
    """Whether a verb gives its words at a second one ("quoted the ministry as saying")."""
    parse = page.parse
    below = [t for p in kids(parse, verb, "prep") for t in kids(parse, p, "pcomp")]
    return any(page.word(t) in ("saying", "telling") for t in below)


def carried(page: Page, verb: int) -> int | None:
    """The cue verb that a participle carries on ("he said …, adding that …"), or None."""
    parse = page.parse
    if parse.lemma[verb].lower() not in lists().phrases["chained"] or parse.dep[verb] == "pcomp":
        return None
    first = parse.sentence(verb).start
    for a in ancestors(parse, verb):
        if a in page.cues and a < verb and "quote" in page.cues[a].frames and _has_speaker(page, a):
            return a
        if a < first:
            break
    near = [i for i in range(first, verb) if i in page.cues and "quote" in page.cues[i].frames]
    near = [i for i in near if _has_speaker(page, i) and page.in_double(i) == page.in_double(verb)]
    return (
        near[0]
        if near and parse.dep[verb] in ("advcl", "acl", "conj", "dep", "xcomp") and _is_cut(page, verb)
        else None
    )


def _has_speaker(page: Page, verb: int) -> bool:
    return bool(kids(page.parse, verb, "nsubj")) or before_comma(page, verb) is not None


def _is_cut(page: Page, verb: int) -> bool:
    """Whether a comma (or an adverb behind one) stands in front of a token."""
    before = verb - 1
    while before > 0 and page.parse.pos[before] in ("ADV", "CCONJ"):
        before -= 1
    return before >= 0 and page.word(before) in (",", "”", '"', "''", "—", "–", "--")


def is_chained(page: Page, i: int) -> bool:
    """Whether token i is a participle that carries on what a speaker said, cut off by a comma."""
    parse = page.parse
    return (
        parse.tag[i] == "VBG"
        and i in page.cues
        and parse.lemma[i].lower() in lists().phrases["chained"]
        and not kids(parse, i, "aux", "nsubj")
        and _is_cut(page, i)
    )


def _clean(page: Page, heads: list[int], verb: int | None = None) -> list[int]:
    """The heads without "it" and "there" that stand for a clause, and without those inside another quotation."""
    parse = page.parse
    found = []
    for i in heads:
        if not any(c.isalnum() for c in page.word(i)):
            continue
        if page.word(i) in _EXPLETIVE and verb is not None and _is_empty(parse, i, verb):
            continue
        found.append(i)
    return found


def _is_empty(parse: Parse, i: int, verb: int) -> bool:
    """Whether "it" or "there" only holds a place ("it seems that", "there is")."""
    return parse.dep[i] == "expl" or parse.lemma[verb].lower() in ("seem", "appear", "turn", "happen")


def near_noun(page: Page, first: int, last: int, *, backwards: bool = False) -> int | None:
    """The head of the noun phrase nearest to one end of the tokens first..last, where the parser names no subject."""
    parse = page.parse
    order = range(last, first - 1, -1) if backwards else range(first, last + 1)
    for i in order:
        if parse.pos[i] in _NAMES and parse.dep[i] not in ("compound", "poss", "npadvmod", "nmod"):
            return _topmost(parse, i, first, last)
        if is_verb(parse, i) and not backwards:
            return None
    return None


def _topmost(parse: Parse, i: int, first: int, last: int) -> int:
    """The noun that a noun depends on as long as it stays between first and last ("president of the council")."""
    while first <= parse.head[i] <= last and parse.dep[i] in ("pobj", "prep", "appos", "compound", "conj", "nmod"):
        i = parse.head[i]
    return i


def is_paper(page: Page, head: int) -> bool:
    """Whether a noun is a paper or post that speaks for whoever made it."""
    return page.parse.tag[head] in ("NN", "NNP") and page.parse.lemma[head].lower() in lists().nouns["papers"]
