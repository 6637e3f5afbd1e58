"""Scores on the held-out sets of this folder: `python -m tests.sets.scores`. Never a target to tune on; `--tuning` is.

events: F1 per pair of states, types with their `alt`, quotes as in the reports task. figures: F1 of value, unit and
bound together, and how many periods of those found are right. speakers: the resolved person of each statement.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bilateral import pipeline
from bilateral.evaluate.reports import reports
from bilateral.model import Actor, Change, Measure, Statement
from bilateral.read import documents
from bilateral.text import Document, Given, Raw
from tests.gate import scorer

HERE = Path(__file__).parent
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def split(path: Path) -> tuple[str | None, str]:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    stated = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line).get("published", "unknown")
    return (None if stated == "unknown" else stated), body


def coded(text: str, date: str | None) -> Iterator[Any]:
    raw = Raw(uri="set", media_type="text/plain", data=text.encode(), given=Given(published=date, lang="en"))
    yield from pipeline.batch([d for d in documents(raw) if isinstance(d, Document)]).records


def f1(right: int, gold: int, found: int) -> dict[str, float]:
    p, r = right / max(1, found), right / max(1, gold)
    return {"precision": round(p, 3), "recall": round(r, 3), "f1": round(2 * p * r / (p + r), 3) if right else 0.0}


def events(base: Path = HERE / "events") -> dict[str, Any]:
    out: dict[str, Any] = {}
    told = [(r, *split(base / "reports" / f"{r['id']}.txt")) for r in rows(base / "reports.jsonl")]
    sets = {"sentences": [(r, r["published"], r["text"]) for r in rows(base / "sentences.jsonl")], "reports": told}
    for name, items in sets.items():
        n_gold = n_found = right = 0
        for row, date, text in items:
            gold = [_readings(e, pair) for e in row["events"] for pair in scorer.pairs(e)]
            made = reports({"id": row["id"], "date": date, "text": text})["events"]
            found = [p | {"pair": pair} for p in made for pair in scorer.pairs(p)]
            n_gold, n_found = n_gold + len(gold), n_found + len(found)
            right += len(scorer.matched("events", gold, found))
        out[name] = f1(right, n_gold, n_found)
    return out


def _readings(event: Row, pair: tuple[str, str]) -> Row:
    quotes = event.get("quotes") or [event["quote"]]
    made = [event | {"pair": pair, "quote": q} for q in quotes]
    return made[0] | {"also": made[1:]}


def figures(base: Path = HERE) -> dict[str, Any]:
    n_gold = n_found = right = periods = 0
    for row in (r for path in sorted((base / "figures").glob("*.jsonl")) for r in rows(path)):
        found = [m for m in coded(row["text"], row["published"]) if isinstance(m, Measure)]
        gold = list(row["measures"])
        n_gold += sum(g.get("main", True) for g in gold)
        n_found += len(found)
        for m in found:
            hit = next((g for g in gold if _same(g, m)), None)
            if hit is not None:
                gold.remove(hit)
                right += 1
                periods += hit["period"] == m.period
    return f1(right, n_gold, n_found) | {"period": round(periods / max(1, right), 3)}


def _same(g: Row, m: Measure) -> bool:
    """Value, unit and bound alike; where no level is told, the change instead: the sets leave its unit open. A balance
    is compared without its sign, which records tell by their direction (from whom the goods come that are not paid)."""
    value = None if g["value"] is None else float(g["value"])
    if (value is None) != (m.value is None):
        return False
    if value is None:
        return _same_change(g["change"], m.change)
    if abs(abs(value) - abs(float(m.value or 0))) > abs(value) / 100:
        return False
    return _is_same_unit(_unit(g["unit"]), _unit(m.unit)) and g.get("bound") == m.bound


def _is_same_unit(one: str, two: str) -> bool:
    """Equal, or one is the head noun of the other ("jets", "fighter jets")."""
    return one == two or (bool(one and two) and (one.endswith(f" {two}") or two.endswith(f" {one}")))


def _same_change(g: Row, change: Change | None) -> bool:
    if change is None or change.value is None or g["value"] is None:
        return change is not None and change.value is None and g["value"] is None
    near = abs(float(g["value"]) - float(change.value)) <= abs(float(g["value"])) / 100
    return near and _unit(g["unit"]) == _unit(change.unit) and g["bound"] == change.bound


def _unit(text: str | None) -> str:
    name = (text or "").lower().replace("-", " ").rstrip("s")
    return {"ton": "tonne", "metric ton": "tonne", "metric tonne": "tonne"}.get(name, name)


def speakers(folder: Path = HERE / "speakers") -> dict[str, Any]:
    """How often the answer is right: `accuracy` counts an office that nobody was found for ("an official") as an answer
    too, `named` only persons and bodies that were named."""
    told = list(resolved_speakers(folder))
    named = [(key, label, made.name if made else None) for key, label, made in told]
    worded = [(key, label, made.name or made.role if made else None) for key, label, made in told]
    return _answers(worded) | {"asked": len(told), "named": _answers(named)}


def _answers(told: list[tuple[str, Row, str | None]]) -> dict[str, Any]:
    answered = [name for _, _, name in told if name]
    right = sum(_is_same(name, label["person"]) for _, label, name in told if name)
    coverage = len(answered) / max(1, len(told))
    return {"accuracy": round(right / max(1, len(answered)), 3), "coverage": round(coverage, 3)}


def resolved_speakers(folder: Path) -> Iterator[tuple[str, Row, Actor | None]]:
    """Yield each labelled statement whose right answer is somebody, with the report's id and the speaker, if found."""
    for row in rows(folder / "labels.jsonl"):
        date, text = split(folder / f"{row['id']}.txt")
        said = [s for s in coded(text, date) if isinstance(s, Statement)]
        for label in row["statements"]:
            if not label.get("person"):
                continue
            words = " ".join(label["content"])
            near = max(said, key=lambda s: _overlap(s.content, words), default=None)
            is_near = near is not None and _overlap(near.content, words) >= 0.5
            yield row["id"], label, near.speaker if near and is_near else None


def _overlap(a: str, b: str) -> float:
    one, two = set(re.findall(r"\w+", a.lower())), set(re.findall(r"\w+", b.lower()))
    return len(one & two) / max(1, len(one | two))


def _is_same(name: str, person: str) -> bool:
    a = re.findall(r"\w+", name.lower())
    return any(a[-1:] == b[-1:] or set(a) <= set(b) for p in person.split("; ") if (b := re.findall(r"\w+", p.lower())))


def main() -> None:
    """Print the scores as JSON; with `--tuning` those on the sets that rules may be tuned on."""
    if "--tuning" in sys.argv:
        made = {"events": events(HERE / "tuning" / "events")}
        made |= {"figures": figures(HERE / "tuning")}
        made |= {name: speakers(HERE / "tuning" / name) for name in ("speakers", "speakers2", "speakers3")}
        sys.stdout.write(json.dumps(made, indent=1) + "\n")
        return
    sys.stdout.write(json.dumps({"events": events(), "figures": figures(), "speakers": speakers()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
