"""Scores of the ledger on its own test set: `python -m tests.sets.ledger_scores [tuning|second|third|kept]`.

B-cubed over the records of the marked mentions, the share of agreements whose life is right, contradictions found and
false ones. What counts as one happening is said in tests/sets/ledger/README.md; a part of a happening counts as it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from bilateral import accounts, desk, query
from bilateral.entries import Entry
from bilateral.interval import interval
from bilateral.keeping import keep
from bilateral.model import Agreement, AnyRecord, Evidence, Question, kind_of
from bilateral.pipeline import anchor
from bilateral.store import Store

HERE = Path(__file__).parent / "ledger"
DONE = ("happened", "ongoing")


class Run(NamedTuple):
    """What was read: entries, records by id, report numbers by document id, texts by report number."""

    entries: list[Entry]
    records: dict[str, AnyRecord]
    numbers: dict[str, str]
    texts: dict[str, str]


def run(half: str, order: int = 1) -> Run:
    """Read one half of the set into a fresh store; `order` -1 reads the reports backwards, one by one."""
    files = sorted((HERE / half / "reports").glob("*.txt"))[::order]
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db") as store:
        for file in [HERE / half / "reports"] if order == 1 else files:
            desk.read(store, file)
            keep(store)
        answer = query.records(store, Question())
        reports = query.reports(store)
        return Run(
            accounts.entries(store), {r.id: r for r in (*answer.records, *answer.undated)},
            {r.id: Path(r.uri).stem for r in reports},
            {Path(r.uri).stem: store.document(r.id).text for r in reports},
        )  # fmt: skip


def truth(half: str) -> dict[str, Any]:
    """The marked clusters of a half."""
    made: dict[str, Any] = json.loads((HERE / half / "truth.json").read_text(encoding="utf-8"))
    return made


def gold(found: Run, marked: dict[str, Any]) -> dict[str, str]:
    """The true cluster of each record that rests on a marked mention of its kind; a part stands for its whole."""
    wholes = {h["id"]: h.get("part_of") or h["id"] for h in marked["happenings"]}
    best: dict[str, tuple[int, str]] = {}
    for thing in (*marked["happenings"], *marked["agreements"]):
        codes = set(thing.get("dyad") or thing["parties"])
        for mention in thing["mentions"]:
            text = found.texts[mention["report"]]
            start = text.find(mention["quote"])
            while start >= 0:
                end = start + len(mention["quote"])
                for key, size in _held(found, mention, codes, start, end):
                    if size > best.get(key, (0, ""))[0]:
                        best[key] = size, wholes.get(thing["id"], thing["id"])
                start = text.find(mention["quote"], start + 1)
    return {key: cluster for key, (_, cluster) in best.items()}


def _held(found: Run, mention: dict[str, Any], codes: set[str], start: int, end: int) -> list[tuple[str, int]]:
    """The records of a mention's kind and sides with their anchor in its words, each with a size of match."""
    out = []
    for record in found.records.values():
        if kind_of(record) != mention["record"] or found.numbers[record.doc] != mention["report"]:
            continue
        if isinstance(record, Agreement) and record.count not in (None, 1):
            continue  # a count of papers is a figure
        if any(start <= at.start < end for at in _anchors(record)) and codes & _codes(record) == codes:
            out.append((record.id, 10_000 - (end - start)))
    return out


def _anchors(record: AnyRecord) -> list[Evidence]:
    """The words that a record belongs to a mention by: what it rests on; in a list, the name of the agreement too."""
    return [anchor(record), *(e for e in record.evidence if e.part == "title" and isinstance(record, Agreement))]


def _codes(record: AnyRecord) -> set[str]:
    named = [getattr(record, name, ()) for name in ("actors", "recipients", "visitors", "hosts")]
    return {a.country for some in named for a in some} | set(getattr(record, "parties", ()))


def b_cubed(found: Run, clusters: dict[str, str]) -> dict[str, float]:
    """Precision, recall and F1, averaged over the records of marked mentions that the ledger joins."""
    mine: dict[str, set[str]] = {}
    for entry in found.entries:
        for record in entry.records:
            if record in clusters:
                mine.setdefault(record, set()).update(r for r in entry.records if r in clusters)
    theirs: dict[str, set[str]] = {}
    for record in mine:
        theirs.setdefault(clusters[record], set()).add(record)
    n = len(mine) or 1
    precision = sum(len(mine[r] & theirs[clusters[r]]) / len(mine[r]) for r in mine) / n
    recall = sum(len(mine[r] & theirs[clusters[r]]) / len(theirs[clusters[r]]) for r in mine) / n
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "records": len(mine)}


def lives(found: Run, marked: dict[str, Any], clusters: dict[str, str], *, tell: bool) -> dict[str, float]:
    """How many agreements have their whole list of (stage, date) right, and how many single steps are right.

    Steps that are reached or run and plans that stay open must be there; other plans, denials and mere proposals may.
    """
    whole, steps, wanted = 0, 0, 0
    for thing in marked["agreements"]:
        own = [e for e in found.entries if e.kind == "agreement"]
        entry = max(own, key=lambda e: sum(clusters.get(r) == thing["id"] for r in e.records), default=None)
        held = entry and [r for r in entry.records if clusters.get(r) == thing["id"]]
        life = entry.life if entry is not None and held else ()
        must = [s for s in thing["life"] if s.get("main", True) and (s["status"] in DONE or s.get("open"))]
        right = [s for s in must if any(_step(s, p) for p in life)]
        steps, wanted = steps + len(right), wanted + len(must)
        extra = [p for p in life if _reached(p) and not any(_step(s, p) for s in thing["life"])]
        whole += len(right) == len(must) and not extra
        if tell and (len(right) < len(must) or extra):
            print("life", thing["id"], "lacks", [(s["stage"], s["status"], s["date"]) for s in must if s not in right],
                  "extra", [(p.stage, p.status, p.date) for p in extra])  # fmt: skip
    n = len(marked["agreements"])
    return {"whole": whole / n, "steps": steps / wanted, "agreements": n}


def _reached(step: Any) -> bool:
    """Whether a step of a life is reached or runs; a proposal that is made is."""
    return step.status in DONE or (step.stage == step.status == "proposed")


def _step(true: dict[str, Any], made: Any) -> bool:
    if true["stage"] != made.stage or (true["status"] in DONE) != _reached(made):
        return False
    return any(_same(date, made.date) for date in (true["date"], *true.get("alt", ())))


def _same(a: str | None, b: str | None) -> bool:
    return a == b or (a is not None and b is not None and interval(a) == interval(b))


def contradictions(found: Run, marked: dict[str, Any], *, tell: bool) -> dict[str, float]:
    """How many planted contradictions are found, and how many false ones there are."""
    made = [
        (c, {found.numbers[found.records[r].doc] for r in c.records}, e)
        for e in found.entries for c in e.contradictions
    ]  # fmt: skip
    main = [c for c in marked["contradictions"] if c.get("main", True)]
    hit = [c for c in main if any(m.about == c["kind"] and len(at & set(c["reports"])) > 1 for m, at, _ in made)]
    false = [
        (m, at, e) for m, at, e in made
        if not any(at & set(c["reports"]) and m.about == c["kind"] for c in marked["contradictions"])
    ]  # fmt: skip
    if tell:
        for c in main:
            if c not in hit:
                print("not found:", c["kind"], c["reports"], c["what"])
        for m, at, e in false:
            print("false:", m.about, m.text, sorted(at), e.kind, e.dyad, e.type)
    return {"found": len(hit), "planted": len(main), "false": len(false)}


def report(half: str, *, tell: bool = False) -> dict[str, dict[str, float]]:
    """All scores of one half; `tell` prints what is wrong (for the halves for tuning only)."""
    found, marked = run(half), truth(half)
    clusters = gold(found, marked)
    if tell:
        _tell(found, clusters)
    return {
        "b_cubed": b_cubed(found, clusters),
        "lives": lives(found, marked, clusters, tell=tell),
        "contradictions": contradictions(found, marked, tell=tell),
    }


def _tell(found: Run, clusters: dict[str, str]) -> None:
    for entry in found.entries:
        held = [r for r in entry.records if r in clusters]
        if held:
            names = [f"{clusters[r]}@{found.numbers[found.records[r].doc]}:{kind_of(found.records[r])}" for r in held]
            print(entry.kind, entry.type, entry.date, entry.status, sorted(names))


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "kept"
    for what, figures in report(name, tell=name in ("tuning", "second", "third")).items():
        print(what, {k: round(v, 3) for k, v in figures.items()})
