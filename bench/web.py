"""The page on a made store: how long each view takes on the server, and readers on loopback while reports are read.

The store is that of `world`. Each view is asked for with ever other states, records and pages, so that no answer is one
that was kept.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import articles
import world
from litestar.testing import TestClient

from bilateral import query
from bilateral.keeping import keep
from bilateral.model import Question
from bilateral.store import Store
from bilateral.web import Door, application

EVENTS, REPORTS = 1_000_000, 100_000
PART = 50  # the default is so small a part of that
READERS, SECONDS, TIMES = 32, 30, 40
PROCESSES = (1, 2)  # that answer the readers
WRITTEN = 4_000  # articles that lie ready for the writer
_CALL = "from bilateral.cli import main; main()"
Tell = Callable[[str, str], None]


def _asked(path: Path) -> dict[str, list[str]]:
    """The addresses that are asked for, by view; the first pairs are those that most is told of."""
    pairs = world.pairs()
    with Store.open(path, read_only=True, create=False) as store:
        pair = pairs[0]
        records = query.records(store, Question(dyad=pair, limit=TIMES)).records
    turn, codes, others = range(TIMES), pairs[:TIMES], pairs[TIMES :: len(pairs) // TIMES][:TIMES]
    return {
        "start": [f"/start?turn={n}" for n in turn],
        f"dyad, the {TIMES} most told of": [f"/dyad/{a}/{b}" for a, b in codes],
        f"dyad, {TIMES} others": [f"/dyad/{a}/{b}" for a, b in others],
        "dyad, the most told of, up to a day": [f"/dyad/{pair[0]}/{pair[1]}?until={2011 + n // 4}-0{1 + n % 4 * 2}-01"
                                               for n in turn],
        "dyad as JSON": [f"/dyad/{a}/{b}.json?status=happened" for a, b in codes],
        "list of events, pages": [f"/list/events?page={n + 1}" for n in turn],
        "list of events of a dyad": [f"/list/events?state={a}&state={b}" for a, b in codes],
        "ledger, pages": [f"/entries?page={n + 1}" for n in turn],
        "ledger of a dyad": [f"/entries?state={a}&state={b}" for a, b in codes],
        "reports": [f"/reports?page={n + 1}" for n in turn],
        "reports of a dyad": [f"/reports?state={a}&state={b}" for a, b in codes],
        "report": [f"/report/{r.doc}?at={n}" for n, r in enumerate(records)],
        "record": [f"/record/{r.id}" for r in records],
        "search": [f"/search?q=item+{n}*+trade" for n in turn],
        "one state and all others": [f"/dyad/{a}" for a in dict.fromkeys(a for a, _ in pairs[: 3 * TIMES])][:TIMES],
        "positions": [f"/positions?state={a}&state={b}&topic=trade" for a, b in codes],
        "two dates compared": [f"/compare/{a}/{b}?until=2015&until=2019" for a, b in codes],
        "people of a dyad": [f"/people?state={a}&state={b}" for a, b in codes],
        "people": [f"/people?page={n + 1}" for n in turn],
        "problems": [f"/problems?page={n + 1}" for n in turn],
    }


def measured(part: int, tell: Tell, kept: Path | None = None) -> None:
    """Ask for every view of a store, then let readers ask while reports are read; say what it took.

    The store is built first, or is a copy of one that was built before and `kept`; where there is none yet it is left
    there.
    """
    with tempfile.TemporaryDirectory(dir=kept.parent if kept else None) as folder:
        path = Path(folder) / "web.db"
        if kept is None or not kept.exists():
            _built(path, part, tell)
            if kept is not None:
                shutil.copy(path, kept)
        else:
            shutil.copy(kept, path)
        with Store.open(path) as store:
            found = query.counts(store)
        tell("page: events; reports; bytes of the file",
             f"{found['events']:,}; {found['reports']:,}; {path.stat().st_size:,}")  # fmt: skip
        _views(path, tell)
        _readers(path, Path(folder), tell)


def _built(path: Path, part: int, tell: Tell) -> None:
    reports, events = REPORTS // part, EVENTS // REPORTS
    begun = time.perf_counter()
    with Store.open(path) as store:
        for batch in world.batches(reports, events):
            store.write(batch)
        written = time.perf_counter()
        kept = keep(store)
    tell("page: its store, read in / joined, seconds; pairs of states; entries of the ledger",
         f"{written - begun:.0f} / {time.perf_counter() - written:.0f}; {kept.pairs:,}; {kept.entries:,}")  # fmt: skip


def _views(path: Path, tell: Tell) -> None:
    tell("  view, on the server: median and 95th percentile, milliseconds; the latter in processor time", "")
    asked = _asked(path)
    asked["review: the queue"] = [f"/review?below=0.{99 - n}" for n in range(TIMES)]
    asked["review: a record"] = [at.replace("/record/", "/review/record/") for at in asked["record"]]
    door = Door("bench", who="bench")
    with TestClient(application(path, door=door), base_url="http://127.0.0.1:8000") as client:
        client.get("/?token=bench")
        for view, addresses in asked.items():
            took, work, wrong = [], [], 0
            for address in addresses:
                begun, busy = time.perf_counter(), time.process_time()
                wrong += client.get(address).status_code != http.client.OK
                took.append((time.perf_counter() - begun) * 1000)
                work.append((time.process_time() - busy) * 1000)
            failed = f"; {wrong} of {len(addresses)} not answered" if wrong else ""
            most = [f"{quantiles(some, n=20)[-1]:.0f}" for some in (took, work)]
            tell(f"    {view}", f"{median(took):.0f} and {most[0]}; {most[1]}{failed}")


def _readers(path: Path, folder: Path, tell: Tell) -> None:
    addresses = [address for some in _asked(path).values() for address in some]
    for processes in PROCESSES:
        _minute(path, folder, addresses, processes, tell)


def _minute(path: Path, folder: Path, addresses: list[str], processes: int, tell: Tell) -> None:
    with _serving(path, processes) as (port, pid):
        worked = [_worked(pid)]
        alone, wrong_alone = _crowd(port, addresses)
        worked.append(_worked(pid))
        with _reading(path, folder / f"news-{processes}", WRITTEN * processes):
            worked.append(_worked(pid))
            beside, wrong_beside = _crowd(port, addresses)
            worked.append(_worked(pid))
        worked.append(_worked(pid))
        again, wrong_again = _crowd(port, addresses)
        worked.append(_worked(pid))
    with Store.open(path, read_only=True, create=False) as store:
        written = query.counts(store)["reports"]
    rates = " / ".join(f"{n / SECONDS:.1f}" for n in (alone, beside, again))
    tell(f"  {READERS} readers, {processes} answering, {SECONDS} s each: answers a second alone, with a writer, alone",
         rates)  # fmt: skip
    shares = zip((alone, beside, again), zip(worked[::2], worked[1::2], strict=True), strict=True)
    tell("    milliseconds of the server's processor time for each answer",
         " / ".join(f"{(end - start) * 1000 / max(1, n):.0f}" for n, (start, end) in shares))  # fmt: skip
    tell("    ratio of the first two", f"{beside / max(1, alone):.2f}")
    faults = (wrong_alone, wrong_beside, wrong_again)
    tell("    errors; reports in the store afterwards", f"{' / '.join(str(f.total()) for f in faults)}; {written:,}")
    for told in faults:
        for fault, n in told.most_common():
            tell(f"      {n} times", fault)


@contextmanager
def _serving(path: Path, processes: int) -> Iterator[tuple[int, int]]:
    """The port and the process of `bilateral serve` on a store."""
    args = [sys.executable, "-c", _CALL, "serve", "--store", str(path), "--port", "0", "--processes", str(processes)]
    running = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert running.stdout is not None
        yield int(urlsplit(running.stdout.readline().strip()).port or 0), running.pid
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)


def _worked(pid: int) -> float:
    """Seconds of processor time that a process and those that it started have used."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") + sum(_worked(int(child)) for child in children)


@contextmanager
def _reading(path: Path, news: Path, after: int) -> Iterator[None]:
    """`bilateral read` at work on made articles that are new, from its first report on until it is told to stop."""
    news.mkdir()
    for n, text in enumerate(islice(articles.generated(), after, after + WRITTEN)):
        (news / f"{n}.txt").write_text(text, encoding="utf-8")
    args = [sys.executable, "-c", _CALL, "read", "--store", str(path), str(news)]
    running = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_written(path, running)
        yield
        assert running.poll() is None, "the writer came to its end before the readers"
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(120)


def _until_written(path: Path, running: subprocess.Popen[bytes]) -> None:
    with Store.open(path, read_only=True, create=False) as store:
        before, end = query.counts(store)["reports"], time.monotonic() + 120
        while query.counts(store)["reports"] == before and running.poll() is None and time.monotonic() < end:
            time.sleep(0.5)


def _crowd(port: int, addresses: list[str]) -> tuple[int, Counter[str]]:
    """How many answers readers got within the time, and which of them were errors: status, address, what was said."""
    got: list[int] = [0] * READERS
    wrong: Counter[str] = Counter()
    end = time.monotonic() + SECONDS

    def read(n: int) -> None:
        chance, conn = random.Random(n), http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < end:
            address = chance.choice(addresses)
            try:
                conn.request("GET", address)
                answer = conn.getresponse()
                said = answer.read()
            except (OSError, http.client.HTTPException) as error:
                conn.close()
                wrong[f"{type(error).__name__}: {error}, at {address}"] += 1
                continue
            if answer.status != http.client.OK:
                wrong[f"{answer.status} at {address}: {_words(said)}"] += 1
            got[n] += 1

    crowd = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    return sum(got), wrong


def _words(page: bytes) -> str:
    """The words of a page of an error."""
    found = re.search(rb"<main.*?</main>", page, re.DOTALL)
    text = re.sub(rb"<[^>]+>", b" ", found[0] if found else page)
    return " ".join(text.decode("utf-8", "replace").split())[:200]
