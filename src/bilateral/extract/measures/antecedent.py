"""What a number without a noun counts: a noun told before it ("the Chinese: just 3,820 arrived").

Owns the search for that noun, in the subject of the number's verb, else among the nouns before it, the nearest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilateral.extract.measures.counted import is_persons
from bilateral.extract.measures.general import PLAIN, stands_for
from bilateral.extract.measures.lexicon import cues, lexicon
from bilateral.extract.measures.naming import Name, contexts
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.extract.measures.quantity import view as view_of
from bilateral.extract.measures.sentence import Sentence
from bilateral.extract.measures.taxonomy import entry_named, of_count
from bilateral.syntax import governor, obliques, subtree

# What this way costs, in the same sentence and in the one before.
_HERE, _BEFORE = 2.4, 4.1
_LEAST = 2
# Entries that say too little to be carried to a number without a noun.
_THINGS = PLAIN | {"persons", "delegates", "incidents"}
_VAGUE = PLAIN | {"persons", "delegates", "companies", "projects", "incidents", "documents_signed"}


def antecedent(here: Sentence, n: int) -> Name | None:
    """The quantity that a number without a noun counts, by a noun before it; None where no noun will do."""
    q = here.found[n]
    if not (q.cls == "bare" or stands_for(here, q)) or q.role == "change" or q.form in ("fraction", "vague"):
        return None
    if q.value != q.value.to_integral_value() or q.value < _LEAST:
        return None
    spoken = _joined(here.view, sorted(here.view.clause(here.token(q))))
    for noun in dict.fromkeys(_nouns(here, q)):
        name = _named(here, here.view, noun, int(q.value), spoken, stands=stands_for(here, q))
        if name is not None:
            return name._replace(cost=_HERE)
    return _of_sentence_before(here, q, spoken) or _behind(here, q, spoken)


def _behind(here: Sentence, q: Quantity, spoken: str) -> Name | None:
    """The people told of behind a number that its participle follows ("with another 2,150 leaving, Nepalis ...")."""
    view, at = here.view, here.token(q)
    if view.parse.tag[min(at + 1, view.tokens.stop - 1)] not in ("VBG", "VBN") or q.form == "words":
        return None
    for noun in range(at + 2, view.tokens.stop):
        if (
            view.parse.tag[noun] in ("NNS", "NNPS")
            and (name := _named(here, view, noun, int(q.value), spoken)) is not None
        ):
            return name._replace(cost=_BEFORE)
    return None


def own_noun(here: Sentence, n: int) -> Name | None:
    """The same by a plural that stands between the figure before and the number ("; requests, 8,500")."""
    q, view = here.found[n], here.view
    if n == 0 or q.cls != "bare" or q.role == "change" or q.form in ("fraction", "vague") or q.value < _LEAST:
        return None
    gap = view.text[here.found[n - 1].end : q.start]
    if not re.search(r"[;.:]", gap) or not re.search(r"[,:]\s*(?:\w+\s+)?$", gap):
        return None
    last = max(view.at(here.found[n - 1].end), view.tokens.start)
    spoken = _joined(view, sorted(view.clause(here.token(q))))
    for noun in range(here.token(q) - 1, last, -1):
        if view.parse.tag[noun] == "NNS" and (name := _named(here, view, noun, int(q.value), spoken)) is not None:
            return name._replace(cost=_HERE)
    return None


def _nouns(here: Sentence, q: Quantity) -> Iterator[int]:
    """The tokens that may be the noun: the subject of the verb with what it is "of", then those before the number."""
    view = here.view
    parse, at = view.parse, here.token(q)
    for head in here.heads(governor(parse, at)):
        if head != at:
            yield from (k for _, k in obliques(parse, head, "of"))
            yield from (k for k in sorted(subtree(parse, head, without=("relcl",)), reverse=True) if k < at)
    yield from range(at - 1, view.tokens.start - 1, -1)


def _of_sentence_before(here: Sentence, q: Quantity, spoken: str) -> Name | None:
    """The same in the sentence before, for a number that its own sentence leaves without any noun before it."""
    view = here.view
    if here.n == 0 or any(view.parse.pos[i] == "NOUN" for i in range(view.tokens.start, here.token(q))):
        return None
    last = view.parse.sentence(view.tokens.start - 1)
    before = view_of(here.doc.text, view.parse, last)
    for noun in range(last.stop - 1, last.start - 1, -1):
        name = _named(here, before, noun, int(q.value), spoken)
        if name is not None:
            return name._replace(cost=_BEFORE)
    return None


def _named(here: Sentence, view: View, noun: int, value: int, spoken: str, *, stands: bool = False) -> Name | None:
    parse = view.parse
    mention = here.doc.mention_at(noun)
    people = mention is not None and mention.kind == "group" and bool(mention.codes)
    is_number_of = (
        mention is not None and bool(mention.codes)
        and _NUMBER_OF.search(view.text, view.start, parse.start[noun]) is not None
        and _IN_PLACE.match(view.text, parse.end[noun]) is not None
    )  # fmt: skip
    people = people or is_number_of
    if mention is not None and mention.codes and mention.kind in ("country", "place") and not is_number_of:
        return None
    plural = parse.tag[noun] in ("NNS", "NNPS") or view.word(noun) in ("people", "personnel", "staff")
    if not (plural or people) or parse.pos[noun] not in ("NOUN", "PROPN", "ADJ") or _is_unit(view, noun):
        return None
    if people and not plural and parse.head[noun] > noun and parse.dep[noun] in ("amod", "compound"):
        return None
    lemma = view.lemma(noun) if parse.pos[noun] == "NOUN" else view.word(noun)
    near, far = contexts(view, noun)
    if (head := _number_of(view, noun)) is not None:
        near, far = (f"{one} | {two}" for one, two in zip((near, far), contexts(view, head), strict=True))
    persons = is_persons(view, noun)
    anyone = people or lemma in cues("counted", "people")
    for context in (f"{near} | {spoken}", far):
        entry = of_count(
            lemma, f"{view.lemma(noun - 1)} {lemma}", context, value, persons=persons or people, people=anyone
        )  # fmt: skip
        vague = _THINGS if stands else _VAGUE
        if entry is not None and entry.name not in vague:
            span = parse.start[noun], parse.end[noun]
            return Name(entry, *span, _HERE, f"counts {view.text[span[0] : span[1]]!r}, told before it")
    if is_number_of:
        span = parse.start[noun], parse.end[noun]
        return Name(entry_named("diaspora"), *span, _HERE, "how many of a people are in another state")
    return None


def _number_of(view: View, noun: int) -> int | None:
    """The token of "number" in "the number of Slovaks commuting to Austria", whose clause the parser hangs on it."""
    parse = view.parse
    above = parse.head[noun]
    head = parse.head[above]
    is_of = parse.dep[noun] == "pobj" and view.word(above) == "of"
    return (
        head
        if is_of and view.lemma(head) in ("number", "total", "count", "tally", "figure", "flow", "influx")
        else None
    )


_NUMBER_OF = re.compile(r"\bnumber of (?:registered |resident |foreign |young )?$", re.I)
_IN_PLACE = re.compile(r"\s+(?:living |resident |registered |settled )?(?:in|across)\s+(?:the )?[A-Z]")


def _is_unit(view: View, noun: int) -> bool:
    return lexicon().words.get(view.word(noun)) is not None or view.lemma(noun) in cues("counted", "plain")


def _joined(view: View, found: list[int]) -> str:
    inside = [i for i in found if i in view.tokens]
    return " ".join(view.lemma(i) for i in inside) + " | " + " ".join(view.word(i) for i in inside)
