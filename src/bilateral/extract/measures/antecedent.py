"""What a number without a noun counts: a noun told before it ("the Chinese: just 3,820 arrived").

Owns the search for that noun, in the subject of the number's verb, else among the nouns before it, the nearest first.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.measures.counted import is_persons
from bilateral.extract.measures.general import PLAIN, stands_for
from bilateral.extract.measures.lexicon import cues, lexicon
from bilateral.extract.measures.naming import Name, contexts
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.extract.measures.quantity import view as view_of
from bilateral.extract.measures.sentence import Sentence
from bilateral.extract.measures.taxonomy import of_count
from bilateral.syntax import governor, obliques, subtree

# What this way costs, in the same sentence and in the one before.
_HERE, _BEFORE = 2.4, 4.1
_LEAST = 2
# Entries that say too little to be carried to a number without a noun.
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
        name = _named(here, here.view, noun, int(q.value), spoken)
        if name is not None:
            return name._replace(cost=_HERE)
    return _of_sentence_before(here, q, spoken)


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


def _named(here: Sentence, view: View, noun: int, value: int, spoken: str) -> Name | None:
    parse = view.parse
    mention = here.doc.mention_at(noun)
    people = mention is not None and mention.kind == "group" and bool(mention.codes)
    plural = parse.tag[noun] in ("NNS", "NNPS") or view.word(noun) in ("people", "personnel", "staff")
    if not (plural or people) or parse.pos[noun] not in ("NOUN", "PROPN", "ADJ") or _is_unit(view, noun):
        return None
    if people and not plural and parse.head[noun] > noun and parse.dep[noun] in ("amod", "compound"):
        return None
    lemma = view.lemma(noun) if parse.pos[noun] == "NOUN" else view.word(noun)
    near, far = contexts(view, noun)
    persons = is_persons(view, noun)
    anyone = people or lemma in cues("counted", "people")
    for context in (f"{near} | {spoken}", far):
        entry = of_count(
            lemma, f"{view.lemma(noun - 1)} {lemma}", context, value, persons=persons or people, people=anyone
        )  # fmt: skip
        if entry is not None and entry.name not in _VAGUE:
            span = parse.start[noun], parse.end[noun]
            return Name(entry, *span, _HERE, f"counts {view.text[span[0] : span[1]]!r}, told before it")
    return None


def _is_unit(view: View, noun: int) -> bool:
    return lexicon().words.get(view.word(noun)) is not None or view.lemma(noun) in cues("counted", "plain")


def _joined(view: View, found: list[int]) -> str:
    inside = [i for i in found if i in view.tokens]
    return " ".join(view.lemma(i) for i in inside) + " | " + " ".join(view.word(i) for i in inside)
