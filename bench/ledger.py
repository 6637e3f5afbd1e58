"""A made ledger of many records: how its time grows, what one more report costs, how fast a dyad's brief is there.

Reports of one happening each, told by four outlets within days, over ten years and 2,000 dyads; nothing is parsed.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import combinations, islice
from pathlib import Path

from bilateral import accounts, desk, knowledge
from bilateral.keeping import keep
from bilateral.ledger import Text, are_copies, bands
from bilateral.model import (
    Actor,
    Agreement,
    AnyRecord,
    Batch,
    Claim,
    Event,
    Measure,
    Visit,
    evidence,
    identified,
)
from bilateral.store import Page, Store
from bilateral.text import Dated, Document, Paragraph, Parse, document_id

DYADS, RECORDS, TOLD = 2_000, 4, 4  # records in a report; reports of a happening
FIRST, DAYS = date(2010, 1, 1), 3_650
SUBJECTS = ("trade", "fisheries", "culture", "energy", "education", "health", "taxation", "tourism")
WORDS = 60  # of a report besides its lines
AT_ONCE = 500  # reports in one transaction
Tell = Callable[[str, str], None]


def dyads() -> list[tuple[str, str]]:
    """The first 2,000 pairs of states, by code."""
    return list(islice(combinations(sorted(s.code for s in knowledge.states()), 2), DYADS))


def report(number: int, pair: tuple[str, str], chance: random.Random) -> tuple[Document, list[AnyRecord]]:
    """Report number so and so of a happening of a pair, with its records."""
    happening, nth = divmod(number, TOLD)
    own = random.Random(f"{pair}{happening}")
    day = FIRST + timedelta(own.randrange(DAYS))
    subject, name = own.choice(SUBJECTS), f"Minister {own.randrange(40)}"
    lines = [
        f"{name} of {pair[0]} met the minister of {pair[1]} on {subject}, item {happening}.",
        f"The two signed an agreement on {subject}.", f"{pair[0]} backed {pair[1]} on {subject}.",
        f"Trade was worth {own.randrange(100, 999) + (nth == 3)} million dollars.",
        " ".join(f"w{chance.randrange(10**6)}" for _ in range(WORDS)),
    ]  # fmt: skip
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    doc = Document(
        id=document_id(text, f"Outlet {nth}"), uri=f"made/{pair[0]}{pair[1]}{number}", text=text, title=lines[0],
        paragraphs=tuple(Paragraph(s, s + len(line), "body") for s, line in zip(starts, lines, strict=True)),
        publisher=f"Outlet {nth}", published=(day + timedelta(nth % 2)).isoformat(), published_by="given",
    )  # fmt: skip
    return doc, _records(doc, lines, pair, day, subject, name)


def _records(
    doc: Document, lines: list[str], pair: tuple[str, str], day: date, subject: str, name: str
) -> list[AnyRecord]:  # fmt: skip
    a, b = Actor(country=pair[0], name=name, level="FM"), Actor(country=pair[1])

    def said(n: int, trigger: str) -> dict[str, object]:
        start = doc.text.index(lines[n])
        at = doc.text.index(trigger, start)
        words = evidence(doc, "sentence", start, start + len(lines[n])), evidence(doc, "trigger", at, at + len(trigger))
        return {"by": "bench", "score": 0.9, "evidence": words, "claimed_by": Claim(outlet=doc.publisher)}

    on = day.isoformat()
    value = Decimal(lines[3].split()[3]) * 1_000_000
    made: list[AnyRecord] = [
        Visit(**said(0, "met"), visit_kind="meeting", visitors=(a,), hosts=(b,), start=on),  # type: ignore[arg-type]
        Agreement(**said(1, "signed"), type="agreement", parties=pair, stage="signed", date=on, subjects=(subject,)),  # type: ignore[arg-type]
        Event(**said(2, "backed"), code="SUPPORT", actors=(a,), recipients=(b,), date=on),  # type: ignore[arg-type]
        Measure(**said(3, "worth"), quantity="trade_turnover", value=value, unit="USD", period=on[:4], parties=pair),  # type: ignore[arg-type]
    ]
    return [identified(r) for r in made]


def batches(records: int, first: int = 0, *, over: list[tuple[str, str]] | None = None) -> Iterator[Batch]:
    """So many records as the store takes them, spread over the dyads, or over those given."""
    chance, pairs = random.Random(records), over or dyads()
    each = records // RECORDS // len(pairs)
    told = (report(n, pair, chance) for n in range(first, first + each) for pair in pairs)
    while some := list(islice(told, AT_ONCE)):
        yield _batch(some)


def _batch(some: list[tuple[Document, list[AnyRecord]]]) -> Batch:
    docs = tuple(doc for doc, _ in some)
    empty = {"start": (), "end": (), "head": (), "lemma": (), "pos": (), "tag": (), "dep": (), "ent": (), "sents": ()}
    return Batch(
        documents=docs, records=tuple(r for _, found in some for r in found),
        parses=tuple(Parse(parser="none", gate="off", parsed=((0, len(d.text)),), **empty) for d in docs),
        dates=tuple(Dated(value=d.published, how="given", stated=d.published) for d in docs),
    )  # fmt: skip


def measured(sizes: tuple[int, ...], tell: Tell) -> None:
    """Build ledgers of these sizes, each anew, and say how long it took."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "ledger.db") as store:
            written = _timed(partial(_write, store, size))
            built = _timed(partial(keep, store))
            entries = len(accounts.entries(store))
            tell(f"ledger of {size:,} records over {DYADS:,} dyads: entries", f"{entries:,}")
            tell("  records and reports written / ledger built, CPU seconds", f"{written:.1f} / {built:.1f}")
            tell("  ledger built, milliseconds a record", f"{built / size * 1000:.3f}")
            _one_more(store, size, tell)


def heavy(sizes: tuple[int, ...], tell: Tell) -> None:
    """Build the ledger of one dyad with so many records, as a great power and its neighbour have."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "ledger.db") as store:
            for batch in batches(size, over=dyads()[7:8]):
                store.write(batch)
            while store.screen(bands, _alike):
                pass
            built = _timed(partial(keep, store))
            entries = len(accounts.entries(store))
            tell(f"one dyad with {size:,} records: entries", f"{entries:,}")
            tell("  its entries made, CPU seconds / milliseconds a record", f"{built:.1f} / {built / size * 1000:.3f}")


def _alike(one: Page, two: Page) -> bool:
    return are_copies(Text(*one), Text(*two))


def _write(store: Store, size: int) -> None:
    for batch in batches(size):
        store.write(batch)


def _one_more(store: Store, size: int, tell: Tell) -> None:
    """What one more report costs, and the brief of a dyad, its ledger and its indices."""
    pair = dyads()[7]
    store.write(_batch([report(size, pair, random.Random(7))]))
    added = _timed(lambda: keep(store))
    tell("  one more report: its near-copies and its dyad's entries, milliseconds", f"{added * 1000:.0f}")
    tell("  brief of a dyad, milliseconds", f"{_timed(lambda: desk.brief(store, pair)) * 1000:.0f}")
    tell("  its ledger and its indices, milliseconds", " and ".join(
        f"{_timed(work) * 1000:.0f}" for work in (lambda: desk.ledger(store, pair), lambda: desk.indices(store, pair))
    ))  # fmt: skip


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
