"""When and where a step of an agreement took or takes place: the date and place nearest to the words that say it."""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.instruments import Instrument, Reading
from bilateral.extract.agreements.lexicon import word_set
from bilateral.syntax import CLAUSES, governor, is_verb, kids, subtree, tense
from bilateral.text import Mention

_AT = ("in", "at")
_WHEN = ("on", "in", "at", "by", "since", "before", "after")
_BACK = 8
_DAY = len("2020-01-01")


def when(read: Reading, one: Instrument, step: Step, *, inside_first: bool = False) -> Mention | None:
    """The date of a step: in the clause of its verb, nearest to it; else in the phrase of its noun or of the agreement.

    Inside the agreement's phrase only a date after "on", "in", "by" … counts: "for 2026" is what it covers, also where
    the parse hangs it on the verb. With
    `inside_first` the phrase goes before the clause, as for the second of two agreements signed in different years.
    """
    scopes = list(_scopes(read, one, step))
    for tokens in reversed(scopes) if inside_first else scopes:
        found = [i for i in tokens if (m := read.doc.date_at(i)) is not None and m.value is not None]
        if found:
            return read.doc.date_at(min(found, key=lambda i: (abs(i - step.at), i)))
    return None


def _scopes(read: Reading, one: Instrument, step: Step) -> Iterator[list[int]]:
    parse = read.parse
    phrase = set(subtree(parse, one.head, without=("acl", "relcl")))
    if step.verb is not None:
        covered = {k for p in kids(parse, step.verb, "prep") if read.low[p] == "for" for k in subtree(parse, p)}
        yield [k for k in subtree(parse, step.verb, without=(*CLAUSES, "conj")) if k not in phrase | covered]
    if not is_verb(parse, step.at):
        yield [k for k in subtree(parse, step.at, without=("conj", "relcl")) if k not in phrase]
    preps = [p for p in phrase if parse.dep[p] == "prep" and read.low[p] in _WHEN]
    inside = [k for p in preps for k in parse.children[p]]
    yield [*inside, *(k for k in phrase if parse.dep[k] == "npadvmod")]


def occasion(read: Reading, one: Instrument, step: Step) -> Mention | None:
    """The day of the meeting or visit at which a step was taken, told in the sentences before.

    Only for what happened, only where a word ties it to the occasion ("at the end of the talks", "then", "following"),
    and only a date of a day that is not later than the report's.
    """
    if step.status != "happened" or step.stage not in ("signed", "initialled", "agreed") or step.verb is None:
        return None
    here = read.parse.sentence(one.head)
    is_perfect = any(read.lemma[k] == "have" for k in kids(read.parse, step.verb, "aux"))
    if is_perfect or not any(read.low[i] in word_set("ties") for i in here):
        return None
    number = read.sentence(one.head)
    earlier = (read.parse.sentence(read.parse.sents[n]) for n in range(number - 1, max(-1, number - 1 - _BACK), -1))
    days = (read.doc.date_at(i) for sentence in earlier for i in reversed(sentence) if _is_day_of_past(read, i))
    return next((m for m in days if m is not None), None)


def _is_day_of_past(read: Reading, i: int) -> bool:
    mention, published = read.doc.date_at(i), read.doc.published.value
    value = mention.value if mention is not None else None
    verb = governor(read.parse, i)
    if value is None or len(value) != _DAY or verb is None or tense(read.parse, verb).tense != "past":
        return False
    return published is None or value <= published[:_DAY]


def place_of(read: Reading, step: Step) -> Mention | None:
    """Where a step is taken: the place after "in" or "at" in the clause of its verb or the phrase of its noun."""
    heads = [h for h in (step.verb, step.at) if h is not None]
    for i in (k for head in heads for k in subtree(read.parse, head, without=CLAUSES)):
        mention = read.doc.mention_at(i)
        if mention is None or mention.kind != "place" or not mention.codes:
            continue
        before = read.parse.tokens(mention.start, mention.end)[0] - 1
        if before >= 0 and read.low[before] in _AT:
            return mention
    return None
