"""A made world in reports: ten events each on pairs of states, some of which are told of much more than others.

Weights fall off as the news' do: the pair that most is told of has one event in a hundred, and 2,500 pairs have some.
Every report has a statement as well, every fifth a visit, an agreement and a figure, and words of its own beside
its lines, so that it is nobody's copy. Nothing is parsed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, combinations, islice, product

from bilateral import knowledge
from bilateral.model import (
    Actor,
    Agreement,
    AnyRecord,
    Batch,
    Claim,
    Event,
    Measure,
    Statement,
    Visit,
    evidence,
    identified,
)
from bilateral.ontology import plover
from bilateral.text import Dated, Document, Paragraph, Parse, document_id

STATES, PAIRS, FLAT = 100, 2_500, 20  # FLAT: how slowly the weights of the pairs fall off
FIRST, DAYS, OUTLETS, AT_ONCE = date(2010, 1, 1), 5_000, 25, 500
OFTEN = 5  # one report in so many has a visit, an agreement and a figure
SUBJECTS = ("trade", "fisheries", "culture", "energy", "education", "health", "taxation", "tourism")
WORDS = 60  # of a report beside its lines
_BITS = ("ba", "cor", "del", "fen", "gar", "hol", "im", "jas", "kev", "lor", "mun", "nak", "os", "pel", "rin", "suv")
NAMES = tuple(f"{a}{b} {c}{d}".title() for a, b, c, d in islice(product(_BITS, _BITS, _BITS, _BITS), 0, 65_536, 163))
_EMPTY = {"start": (), "end": (), "head": (), "lemma": (), "pos": (), "tag": (), "dep": (), "ent": (), "sents": ()}
Said = dict[str, object]


def pairs() -> list[tuple[str, str]]:
    """The pairs of states, those that most is told of first."""
    chance = random.Random(5)
    some = list(combinations(sorted(chance.sample([s.code for s in knowledge.states()], STATES)), 2))
    return chance.sample(some, PAIRS)


def batches(reports: int, events: int) -> Iterator[Batch]:
    """So many reports with so many events each, as a store takes them."""
    some = pairs()
    weights = [1 / (rank + FLAT) for rank in range(len(some))]
    chosen = random.Random(reports).choices(some, weights, k=reports)
    told = (report(n, pair, events) for n, pair in enumerate(chosen))
    while now := list(islice(told, AT_ONCE)):
        docs = tuple(doc for doc, _ in now)
        yield Batch(
            documents=docs, records=tuple(r for _, found in now for r in found),
            parses=tuple(Parse(parser="none", gate="off", parsed=((0, len(d.text)),), **_EMPTY) for d in docs),
            dates=tuple(Dated(value=d.published, how="given", stated=d.published) for d in docs),
        )  # fmt: skip


def report(number: int, pair: tuple[str, str], events: int) -> tuple[Document, list[AnyRecord]]:
    """Report number so and so, on a pair of states, with its records."""
    own = random.Random(number)
    day = FIRST + timedelta(own.randrange(DAYS))
    a, b = (knowledge.name_of(code) for code in pair)
    subject = own.choice(SUBJECTS)
    lines = [f"{a} and {b}: report {number}"]
    lines += [f"{a} spoke with {b} on {own.choice(SUBJECTS)}, item {own.randrange(10**6)}." for _ in range(events)]
    lines.append(f"“Our ties in {subject} are a matter of the whole region,” said {own.choice(NAMES)}.")
    if number % OFTEN == 0:
        lines += [
            f"{own.choice(NAMES)} met the minister of {b} on {subject}.",
            f"The two signed an agreement on {subject}.",
            f"Trade was worth {own.randrange(100, 999)} million dollars.",
        ]  # fmt: skip
    lines.append(" ".join(f"w{own.randrange(10**6)}" for _ in range(WORDS)))
    doc = _document(number, lines, day)
    starts = [p.start for p in doc.paragraphs]
    made = [_event(own, doc, starts[n], len(a), pair, day) for n in range(1, events + 1)]
    return doc, [identified(r) for r in (*made, *_others(doc, lines[events + 1 : -1], starts[events + 1 :], pair, day))]


def _document(number: int, lines: list[str], day: date) -> Document:
    text, outlet = "\n".join(lines), f"Outlet {number % OUTLETS}"
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return Document(
        id=document_id(text, outlet), uri=f"made/{number}", text=text, title=lines[0], publisher=outlet,
        paragraphs=tuple(Paragraph(s, s + len(line), "body") for s, line in zip(starts, lines, strict=False)),
        published=day.isoformat(), published_by="given",
    )  # fmt: skip


def _event(own: random.Random, doc: Document, start: int, name: int, pair: tuple[str, str], day: date) -> Event:
    end = doc.text.index("\n", start)
    return Event(
        by="bench", score=own.random(), claimed_by=Claim(outlet=doc.publisher), code=own.choice(sorted(plover().roots)),
        actors=(Actor(country=pair[0]),), recipients=(Actor(country=pair[1]),),
        date=(day - timedelta(own.randrange(3))).isoformat(),
        evidence=(evidence(doc, "sentence", start, end), evidence(doc, "trigger", start + name + 1, start + name + 6)),
    )  # fmt: skip


def _others(
    doc: Document, lines: list[str], starts: list[int], pair: tuple[str, str], day: date
) -> Iterator[AnyRecord]:
    """Yield what a report has beside its events: a statement, and of some a visit, an agreement and a figure."""

    def said(n: int, part: str, words: str) -> Said:
        at = starts[n] + lines[n].index(words)
        spans = (evidence(doc, "sentence", starts[n], starts[n] + len(lines[n])),
                 evidence(doc, part, at, at + len(words)))  # fmt: skip
        return {"by": "bench", "score": 0.9, "evidence": spans, "claimed_by": Claim(outlet=doc.publisher)}

    words, _, who = lines[0].partition(" said ")
    speaker = Actor(country=pair[0], name=who.rstrip("."), level="MIN")
    yield Statement(**said(0, "content", words[1:-1]), speaker=speaker, content=words[1:-1], mode="direct", cue="say")  # type: ignore[arg-type]
    if len(lines) == 1:
        return
    name = lines[1].partition(" met ")[0]
    subject, on = lines[1].rsplit(" ", 1)[1].rstrip("."), day.isoformat()
    visitor, host = Actor(country=pair[0], name=name, level="FM"), Actor(country=pair[1])
    yield Visit(**said(1, "trigger", "met"), visit_kind="meeting", visitors=(visitor,), hosts=(host,), start=on)  # type: ignore[arg-type]
    yield Agreement(
        **said(2, "trigger", "signed"), type="agreement", parties=pair, stage="signed", date=on, subjects=(subject,)  # type: ignore[arg-type]
    )  # fmt: skip
    value = Decimal(lines[3].split()[3]) * 1_000_000
    yield Measure(
        **said(3, "value", lines[3].split()[3]), quantity="trade_turnover", value=value, unit="USD", parties=pair,  # type: ignore[arg-type]
        period=on[:4],
    )  # fmt: skip
