"""Several processes on one store: killed writers, two writers, readers beside a writer."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bilateral import query
from bilateral.errors import StoreError
from bilateral.model import Question
from bilateral.store import Store

MADE = Path(__file__).with_name("made.py")
RECORDS = 6  # of each made report

READER = """
import sys
from bilateral import query
from bilateral.model import Question
from bilateral.store import Store
seen = 0
with Store.open(sys.argv[1], read_only=True) as store:
    for _ in range(int(sys.argv[2])):
        answer = query.records(store, Question(dyad=("RUS", "KHM")))
        counts = store.counts()
        assert answer.total == 6 * len(answer.reports), (answer.total, len(answer.reports))
        assert counts["events"] == counts["visits"] == counts["reports"], counts
        assert counts["reports"] >= len(answer.reports) >= seen
        seen = len(answer.reports)
sys.stdout.write(str(seen))
"""


def writer(path, first, size):
    command = [sys.executable, str(MADE), str(path), str(first), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def killed_after(process, seconds):
    """Let a writer work for a while after its first commit, kill it, and give the ids that it had committed."""
    first = process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    lines = (first + process.stdout.read()).splitlines(keepends=True)
    assert process.wait() == -signal.SIGKILL, "the writer ended by itself"
    process.stdout.close()
    return [doc for line in lines if line.endswith("\n") for doc in line.split()]


def is_whole(store):
    """Every report has its parse, all its records and all their rows, and every record its words."""
    for stored in store.stored():
        held = query.records(store, Question(report=stored.document.id))
        assert len(held) == RECORDS
        assert len(stored.parse) > 0
    return list(store.verify()) == []


def test_a_killed_writer_loses_no_committed_report_and_leaves_no_half_one(path):
    chance = random.Random(7)
    committed: list[str] = []
    for turn in range(12):
        process = writer(path, first=turn * 10_000, size=chance.choice([1, 3, 10]))
        committed += killed_after(process, chance.uniform(0, 0.12))
        with Store.open(path) as store:
            assert store.known(committed) == set(committed)
            assert store.soundness().is_sound
            if turn % 4 == 3:
                assert is_whole(store)
    assert len(committed) > 50
    with Store.open(path, read_only=True) as store:
        assert store.counts()["reports"] >= len(committed)


def test_a_writer_killed_while_it_makes_the_store_leaves_something_that_opens(tmp_path):
    chance = random.Random(3)
    for turn in range(6):
        path = tmp_path / f"{turn}.db"
        process = writer(path, first=0, size=1)
        end = time.monotonic() + 60
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with Store.open(path) as store:
            assert store.soundness().is_sound
            assert is_whole(store)


def test_two_processes_that_write_at_once_both_succeed(path):
    with ThreadPoolExecutor() as pool:
        processes = [writer(path, first=turn * 10_000, size=2) for turn in range(3)]
        committed = [doc for docs in pool.map(killed_after, processes, [1.5] * 3) for doc in docs]
    with Store.open(path) as store:
        assert store.known(committed) == set(committed)
        assert is_whole(store)
    assert len(committed) > 30


def test_readers_see_whole_batches_while_another_process_writes(path, made):
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1)))
    process = writer(path, first=10, size=5)
    process.stdout.readline()
    readers = [
        subprocess.Popen([sys.executable, "-c", READER, str(path), "25"], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    seen = [int(reader.communicate(timeout=120)[0]) for reader in readers]
    assert process.poll() is None
    killed_after(process, 0)
    assert [reader.returncode for reader in readers] == [0, 0]
    assert min(seen) > 1


@pytest.mark.parametrize("way", [{"read_only": True}, {}])
def test_a_store_beside_a_killed_writer_can_be_read_at_once(path, way):
    committed = killed_after(writer(path, first=0, size=5), 0.05)
    with Store.open(path, **way) as store:
        assert store.known(committed) == set(committed)
        assert is_whole(store)


def test_a_writer_that_never_ends_is_reported_and_does_not_stop_readers(path, made, monkeypatch):
    Store.open(path).close()
    monkeypatch.setattr("bilateral.store.opening.WAIT", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(path) as store:
        with pytest.raises(StoreError, match="another process has kept it locked"):
            store.write(made.batch(made.text_of(1)))
        assert store.counts()["reports"] == 0
        other.execute("ROLLBACK")
        other.close()
        assert store.write(made.batch(made.text_of(1))).reports_new == 1
