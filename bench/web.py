"""The page on a made store: how long each view takes on the server, and readers on loopback while reports are read.

The store is that of `world`. Each view is asked for with ever other states, records and pages, so that no answer is one
that was kept.
"""

from __future__ import annotations

import http.client
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
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
        "ledger of a dyad": [f"/entries?state={a}&state={b}" for a, b in codes],
        "reports": [f"/reports?page={n + 1}" for n in turn],
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


def measured(part: int, tell: Tell) -> None:
    """Build the store, ask for every view, then let readers ask while reports are read; say what it took."""
    reports, events = REPORTS // part, EVENTS // REPORTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "web.db"
        begun = time.perf_counter()
        with Store.open(path) as store:
            for batch in world.batches(reports, events):
                store.write(batch)
            written = time.perf_counter()
            kept = keep(store)
        tell(f"page: store of {reports * events:,} events and {reports:,} reports; read in / joined, seconds",
             f"{written - begun:.0f} / {time.perf_counter() - written:.0f}")  # fmt: skip
        tell("  pairs of states; entries of the ledger; bytes of the file",
             f"{kept.pairs:,}; {kept.entries:,}; {path.stat().st_size:,}")  # fmt: skip
        _views(path, tell)
        _readers(path, Path(folder), tell)


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
    with _serving(path) as port:
        alone, wrong_alone = _crowd(port, addresses)
        with _reading(path, folder):
            beside, wrong_beside = _crowd(port, addresses)
    with Store.open(path, read_only=True, create=False) as store:
        written = query.counts(store)["reports"]
    tell(f"  {READERS} readers, {SECONDS} s: answers a second without / with `bilateral read` writing",
         f"{alone / SECONDS:.1f} / {beside / SECONDS:.1f}")  # fmt: skip
    tell("    ratio of the two", f"{beside / max(1, alone):.2f}")
    tell("    errors without / with; reports in the store afterwards", f"{wrong_alone} / {wrong_beside}; {written:,}")


@contextmanager
def _serving(path: Path) -> Iterator[int]:
    args = [sys.executable, "-c", _CALL, "serve", "--store", str(path), "--port", "0"]
    running = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert running.stdout is not None
        yield int(urlsplit(running.stdout.readline().strip()).port or 0)
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)


@contextmanager
def _reading(path: Path, folder: Path) -> Iterator[None]:
    """`bilateral read` at work on made articles, from its first report on until it is told to stop."""
    news = folder / "news"
    news.mkdir()
    for n, text in enumerate(islice(articles.generated(), 4_000)):
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


def _crowd(port: int, addresses: list[str]) -> tuple[int, int]:
    """How many answers readers got within the time, and how many of them were errors."""
    got, wrong = [0] * READERS, [0] * READERS
    end = time.monotonic() + SECONDS

    def read(n: int) -> None:
        chance, conn = random.Random(n), http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < end:
            try:
                conn.request("GET", chance.choice(addresses))
                answer = conn.getresponse()
                answer.read()
                wrong[n] += answer.status != http.client.OK
            except (OSError, http.client.HTTPException):
                conn.close()
                wrong[n] += 1
            got[n] += 1

    crowd = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    return sum(got), sum(wrong)
