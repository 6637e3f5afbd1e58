"""`make bench`: ratios measured in one run. Times are never limits; what is read is said."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeVar

import articles
import ledger
import spacy
import web

from bilateral import gate as gates
from bilateral import pipeline
from bilateral.model import Batch, Event
from bilateral.parse import MODEL, parse
from bilateral.store import Store
from bilateral.text import Document

T = TypeVar("T")
LEDGERS = (50_000, 100_000, 200_000)
HEAVY = (5_000, 10_000, 20_000)  # records in one pair of states
SETTINGS: tuple[gates.Setting, ...] = ("off", "article", "window", "pair")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of a piece of work, and what it gave."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def coded(documents: list[Document], gate: gates.Setting) -> Batch:
    """All documents in one batch."""
    return pipeline.batch(documents, gate=gate)


def tell(what: str, figure: str) -> None:
    """One row of the report."""
    print(f"{what:72} {figure}", flush=True)


def main() -> None:
    """Run all measurements."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=10_000, help="articles of the memory run")
    options.add_argument("--memory", type=int, help="only the memory run, over so many articles, in this process")
    options.add_argument(
        "--ledger", type=int, nargs="*", metavar="RECORDS", help="only the ledger, of so many records each time"
    )
    options.add_argument(
        "--web", type=int, nargs="?", const=web.PART, metavar="PART",
        help=f"only the page, on one part in so many of {web.EVENTS:,} events; 1 for all of them",
    )
    options.add_argument(
        "--store", type=Path, help="of the page: a store that was built so before, or where to leave the one that is"
    )
    chosen = options.parse_args()
    if chosen.web is not None:
        web.measured(chosen.web, tell, chosen.store)
        return
    if chosen.ledger is not None:
        ledger.measured(tuple(chosen.ledger) or LEDGERS, tell)
        ledger.heavy(tuple(chosen.ledger) or HEAVY, tell)
        return
    if chosen.memory:
        memory(chosen.memory)
        return
    what, texts = articles.news()
    documents = articles.read(texts)
    words = sum(len(d.text.split()) for d in documents)
    print(f"read: {what}; {len(documents)} documents, {words} words")
    pipeline.batch(documents[:3])  # loads the model and the data, which is not what is measured
    whole = spacy_alone(documents)
    batches = {setting: timed(lambda s=setting: coded(documents, s)) for setting in SETTINGS}
    speed(whole, batches)
    stages(documents)
    folders = {"samples": articles.ROOT / "samples" / "reports", "dev reports": articles.SHARED / "reports"}
    for name, folder in folders.items():
        if folder.is_dir():
            loss(name, articles.reports(folder))
        else:
            tell(f"gate's loss on {name}", "not measured: they are not here")
    recoding(documents)
    # A process of its own, so that its most memory is not that of what went before.
    subprocess.run([sys.executable, __file__, "--memory", str(chosen.articles)], check=True)


def spacy_alone(documents: list[Document]) -> float:
    """spaCy's own full pipeline over the same articles."""
    nlp = spacy.load(MODEL) if spacy.util.is_package(MODEL) else __import__(MODEL).load()
    list(nlp.pipe([documents[0].text]))
    seconds, _ = timed(lambda: sum(len(doc) for doc in nlp.pipe(d.text for d in documents)))
    tell("spaCy's own full pipeline, CPU seconds", f"{seconds:.1f}")
    return seconds


def speed(whole: float, batches: dict[gates.Setting, tuple[float, Batch]]) -> None:
    """The whole of bilateral against spaCy alone, by gate."""
    off = batches["off"][0]
    for setting, (seconds, batch) in batches.items():
        tell(f"read end to end, gate {setting}: spaCy's time / ours", f"{whole / seconds:.2f}")
        tell("  gain over gate off; records", f"{off / seconds:.2f}; {len(batch.records)}")
    kept = {s: {r.id for r in b.records} for s, (_, b) in batches.items()}
    for setting in SETTINGS[1:]:
        lost = len(kept["off"] - kept[setting]) / max(1, len(kept["off"]))
        tell(f"  records of this news lost by gate {setting}", f"{lost:.1%}")
        told, held = events(batches["off"][1]), set().union(*events(batches[setting][1]))
        n = sum(not happening & held for happening in told)
        tell(f"  events of this news lost by gate {setting}", f"{n} of {len(told)}, {n / max(1, len(told)):.1%}")


def events(batch: Batch) -> list[set[tuple[str, str, int]]]:
    """Each event as where it is told: document, root, place of each trigger. Joined otherwise it is still the same."""
    found = []
    for event in (r for r in batch.records if isinstance(r, Event)):
        triggers = [e for e in event.evidence if e.part == "trigger"] or [event.evidence[0]]
        found.append({(e.doc, event.code, e.start) for e in triggers})
    return found


def stages(documents: list[Document]) -> None:
    """What coding costs beside parsing."""
    seconds, parses = timed(lambda: [parse(d) for d in documents])
    coding, _ = timed(lambda: [pipeline.code(d, p) for d, p in zip(documents, parses, strict=True)])
    tell("resolving and extracting / parsing", f"{coding / seconds:.2f}")


def loss(name: str, documents: list[Document]) -> None:
    """The share of records that each gate loses."""
    off = {r.id for r in coded(documents, "off").records}
    for setting in SETTINGS[1:]:
        lost = off - {r.id for r in coded(documents, setting).records}
        share = len(lost) / max(1, len(off))
        tell(f"gate's loss on {name}, {setting}", f"{len(lost)} of {len(off)} records, {share:.1%}")


def recoding(documents: list[Document]) -> None:
    """Coding stored parses again against reading the same documents."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.db") as store:
        reading, _ = timed(lambda: [store.write(b) for b in pipeline.batches(documents, gate="off")])
        again, _ = timed(lambda: recoded(store))
    tell("read / recode, with the store", f"{reading / again:.1f}")


def recoded(store: Store) -> None:
    """Code all reports of a store again, fifty to a transaction, as `bilateral recode` does."""
    held = store.stored()
    while some := list(islice(held, 50)):
        store.write(pipeline.recoded([(s.document, s.parse, s.override) for s in some]))


def memory(n: int) -> None:
    """The most memory in the first fifth of a run and in all of it; flat is a ratio near 1."""
    held = []
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.db") as store:
        source = islice(articles.generated(), n)
        while some := list(islice(source, 100)):
            for batch in pipeline.batches(articles.read(some), gate="window"):
                store.write(batch)
            held.append(resident())
    early, whole = max(held[: max(1, len(held) // 5)]), max(held)
    tell(f"most memory in the first {n // 5} and in all {n} generated articles, MB", f"{early:.0f} and {whole:.0f}")
    tell("  ratio", f"{whole / early:.2f}")


def resident() -> float:
    """Megabytes that this process holds now; the system's high mark would be the parent's, which a child inherits."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    sys.exit(main())
