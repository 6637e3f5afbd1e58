"""What the encoder says of pairs that rules leave open: a predicate that no row knows, with actor and recipient.

Grammar finds the pair and the word that holds it together; the encoder says what the one does to the other, and how
sure it is. Rules still say whether it is done, when and where. Without the encoder's files there is nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilateral.encoder import Encoder, Marked, Opinion
from bilateral.encoder.memory import recalled
from bilateral.extract.events.arguments import frame
from bilateral.extract.events.deciding import Coding, settled
from bilateral.extract.events.finding import Hit
from bilateral.extract.events.lexicon import Lexicon, Row
from bilateral.extract.events.parties import Asking, Parties, parties
from bilateral.extract.events.view import View
from bilateral.model import Status
from bilateral.mood import mood
from bilateral.scene import Cast, cast_at
from bilateral.syntax import ancestors, conjuncts, is_verb, kids
from bilateral.text import Resolved

# Below this the encoder's word alone makes no event. Measured on sentences of our own that it was not trained on
# (docs/model-card.md): at .8 nine in ten are right.
LEAST = 0.8
_TO = ("iobj", "obj", "with", "to", "against", "on", "for", "from", "of", "over", "toward", "towards", "at", "between")
_IDLE = frozenset({
    "be", "have", "do", "say", "state", "tell", "add", "note", "become", "remain", "seem", "include", "mean", "know",
    "think", "believe", "border", "share", "belong", "lie", "live", "bear", "matter", "concern", "relate", "depend",
    "want", "hope", "wish", "need", "like", "expect", "intend", "interest",
})  # fmt: skip
# The group under which rules join tellings of such an act (joining.py).
_GROUPS = {
    "CONSULT": "talks", "ASSAULT": "attack", "MOBILIZE": "mobilise", "PROTEST": "protest", "SUPPORT": "support",
    "REQUEST": "request", "REJECT": "reject", "ACCUSE": "criticise", "AID": "aid", "AGREE": "agree",
}  # fmt: skip
_ROWS = {
    kind: Row(words=("*",), code=kind, to=_TO, by=("by", "from"), group=_GROUPS.get(kind, kind.lower()))
    for kind in (
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    )
}  # fmt: skip
_ANY = _ROWS["ACCUSE"]
# What somebody only wishes for or thinks possible is left to the rules on speech.
# What is denied it has read with its "not", so that nobody knows which of the two it speaks of.
_UNREAL = frozenset({"proposed", "hypothetical", "mentioned", "denied"})


# Clauses whose parties have nothing to do with the word over them.
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "parataxis", "csubj"})


class Question(NamedTuple):
    """A pair that is left open: the predicate that holds it together, who takes part, and the marked sentence."""

    hit: Hit
    parties: Parties
    marked: Marked


class Found(NamedTuple):
    """What the encoder makes of a question: the trigger with its row, who takes part, the coding, the score."""

    hit: Hit
    parties: Parties
    coding: Coding
    score: float


def questions(
    asking: Asking, sentence: range, closed: frozenset[int], told: frozenset[frozenset[str]]
) -> Iterator[Question]:
    """Yield the open pairs of a sentence, one question a pair, its highest predicate first.

    `closed` are tokens that rules have decided on, `told` the pairs that they have events of.
    """
    doc, view = asking.doc, asking.view
    codes = {c for i in sentence if (m := doc.mention_at(i)) is not None for c in m.codes}
    if len(codes) < 2:
        return
    asked = set(told)
    found_at = _predicates(view, asking.words, sentence, closed)
    for i in sorted(found_at, key=lambda i: (len(list(ancestors(view.parse, i))), i)):
        hit = Hit(i, i if is_verb(view.parse, i) else None, _ANY, (i,))
        found = parties(asking, hit, frame(view, hit))
        if found is None or found.filled or found.codes in asked:
            continue
        marked = _marked(doc, sentence, found)
        if marked is not None:
            asked.add(found.codes)
            yield Question(hit, found, marked)
    if not asked:
        yield from _last_question(asking, sentence)


def _last_question(asking: Asking, sentence: range) -> Iterator[Question]:
    """Yield the one pair of a sentence in which neither rows nor frames find any: its subject and whom it names next.

    The word that holds them together is the lowest that governs both.
    """
    doc, view = asking.doc, asking.view
    sides = [(i, c) for i in _heads(doc, sentence) if (c := cast_at(doc, i)) is not None and len(set(c.codes)) == 1]
    sides.sort(key=lambda side: (not _is_subject(view, side[0]), side[0]))
    for n, (i, actor) in enumerate(sides):
        for j, recipient in sides[n + 1 :]:
            if recipient.codes == actor.codes or _is_listed(view, i, j):
                continue
            found = Parties(actor.actors, recipient.actors, actor, recipient, "named first", "named next")
            marked = _marked(doc, sentence, found)
            word = _common(view, i, j)
            if word is None or marked is None or view.lemma[word] in _IDLE:
                continue
            if _is_of(view, i, word) and _is_of(view, j, word):
                yield Question(Hit(word, word if is_verb(view.parse, word) else None, _ANY, (word,)), found, marked)
            return


def _heads(doc: Resolved, sentence: range) -> list[int]:
    """The head of each mention of a state, its people or bodies in a sentence; places are no actors."""
    heads = {}
    for i in sentence:
        m = doc.mention_at(i)
        if m is not None and m.codes and m.kind not in ("place", "date"):
            inside = list(doc.parse.tokens(m.start, m.end))
            heads[m.start] = next((k for k in inside if doc.parse.head[k] not in inside), i)
    return [heads[start] for start in sorted(heads)]


def _is_subject(view: View, i: int) -> bool:
    """Whether a phrase stands in the subject of a clause."""
    line = (i, *ancestors(view.parse, i))
    return any(view.parse.dep[k] in ("nsubj", "agent") for k in line[:3])


def _is_listed(view: View, i: int, j: int) -> bool:
    """Whether two phrases are members of one list ("Oslo and Lima")."""
    return j in conjuncts(view.parse, i) or i in conjuncts(view.parse, j)


def _common(view: View, i: int, j: int) -> int | None:
    """The lowest verb, noun or adjective that governs both of two words."""
    above = {i, *ancestors(view.parse, i)} - {i, j}
    both = (k for k in ancestors(view.parse, j) if k in above)
    return next((k for k in both if view.parse.pos[k] in ("VERB", "NOUN", "ADJ")), None)


def _is_of(view: View, i: int, word: int) -> bool:
    """Whether a phrase stands in the clause of a word, and not in one below it."""
    line = (i, *ancestors(view.parse, i))
    return not any(view.parse.dep[k] in _CLAUSES for k in line[: line.index(word)])


def _predicates(view: View, words: Lexicon, sentence: Iterable[int], closed: frozenset[int]) -> Iterator[int]:
    """Yield the verbs, and the nouns with an owner and an object, that no row of the lexicon has decided on."""
    for i in sentence:
        if i in closed or view.lemma[i] in _IDLE:
            continue
        pos, dep = view.parse.pos[i], view.parse.dep[i]
        is_clause = pos == "VERB" and is_verb(view.parse, i) and dep not in ("amod", "compound")
        is_owned = pos == "NOUN" and kids(view.parse, i, "poss", "amod") and kids(view.parse, i, "prep")
        is_person = is_owned and (view.is_any(i, words.sets["persons"]) or view.is_any(i, words.sets["civilians"]))
        if is_clause or (is_owned and not is_person):
            yield i


def _marked(doc: Resolved, sentence: range, found: Parties) -> Marked | None:
    """The sentence with the words of both sides marked; None where they do not stand in it, or overlap."""
    start, end = doc.parse.start[sentence[0]], doc.parse.end[sentence[-1]]
    spans = [_span(cast, start, end) for cast in (found.actor, found.recipient)]
    if spans[0] is None or spans[1] is None or (spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]):
        return None
    return Marked(doc.text[start:end], spans[0], spans[1])


def _span(cast: Cast | None, start: int, end: int) -> tuple[int, int] | None:
    return (cast.start - start, cast.end - start) if cast and start <= cast.start and cast.end <= end else None


def answers(view: View, reader: Encoder, asked: list[Question]) -> Iterator[Found]:
    """Yield what the encoder is sure of, with the coding that follows once rules have said how real it is."""
    said, heard = view.parse.said, view.parse.heard
    real = [(q, status) for q in asked if (status := mood(view.parse, q.hit.token).status) not in _UNREAL]
    opinions = recalled(reader, [q.marked for q, _ in real], said, heard)
    for (question, status), opinion in zip(real, opinions, strict=True):
        if opinion.root != "NONE" and opinion.score >= LEAST:
            yield _found(view, question, opinion, status)


def _found(view: View, question: Question, opinion: Opinion, status: Status) -> Found:
    hit = question.hit._replace(row=_ROWS[opinion.root])
    status = "planned" if opinion.root == "AGREE" and status == "happened" else status
    coding = settled(opinion.root, opinion.mode, status)
    words = f"encoder {opinion.model}: {view.low[hit.token]!r} between the marked pair"
    return Found(hit, question.parties, coding._replace(rules=(("code", words), ("mode", words))), opinion.score)
