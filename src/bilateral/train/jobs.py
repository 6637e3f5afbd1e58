"""Trainings side by side: two processes with a thread each, which on two cores is faster than one with two threads.

A thread each also makes the result the same whatever else the machine does. What is trained comes as a `Job`.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from pathlib import Path
from queue import Empty, Queue

from msgspec import Struct

from bilateral.train.plan import Plan
from bilateral.train.sentences import Sentence

PROCESSES = 2
EVERY = 10  # steps between two signs of life
_PATIENCE = 0.5  # seconds between two looks at what is done

Row = tuple[list[float], list[float], list[float]]  # raw scores of roots, modes, statuses
Signs = Queue[tuple[str, int, int, float]]
Told = Callable[[str, int, int, float], None]  # what is trained, steps done and in all (of all jobs), loss


class Job(Struct, frozen=True, kw_only=True):
    """Which rows a net is taught and which it is asked afterwards; where it is written, if it is kept."""

    name: str
    taught: list[int]
    asked: list[int]
    folder: Path | None = None


def side_by_side(rows: Sequence[Sentence], plan: Plan, jobs: Sequence[Job], told: Told | None) -> list[list[Row]]:
    """The raw scores of each job's asked rows, in the order of the jobs."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        signs = manager.Queue()
        running = [pool.submit(_done, list(rows), plan, job, signs) for job in jobs]
        _watch(running, signs, len(jobs), told)
        return [future.result() for future in running]


def _watch(running: Sequence[Future[list[Row]]], signs: Signs, n: int, told: Told | None) -> None:
    """Pass on the signs of life until all is done or one job has failed."""
    steps: dict[str, tuple[int, int]] = {}
    waiting = set(running)
    while waiting:
        done, waiting = wait(waiting, timeout=_PATIENCE)
        for future in done:
            future.result()
        for name, at, of, loss in _drained(signs):
            steps[name] = (at, of)
            if told:
                told(name, sum(a for a, _ in steps.values()), n * max(of for _, of in steps.values()), loss)


def _drained(signs: Signs) -> list[tuple[str, int, int, float]]:
    found = []
    while True:
        try:
            found.append(signs.get_nowait())
        except Empty:
            return found


def _done(rows: list[Sentence], plan: Plan, job: Job, signs: Signs) -> list[Row]:
    """One training, in a process of its own."""
    import torch

    from bilateral.train.encoder import fitted, outputs_of
    from bilateral.train.export import export

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    def sign(step: int, steps: int, loss: float) -> None:
        if step % EVERY == 0 or step == steps:
            signs.put((job.name, step, steps, loss))

    net = fitted([rows[i] for i in job.taught], plan, sign)
    if job.folder:
        export(net, job.folder)
    root, mode, status = outputs_of(net, [rows[i].pair for i in job.asked])
    return list(zip(root.tolist(), mode.tolist(), status.tolist(), strict=True))
