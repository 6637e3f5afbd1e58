"""The ledger's set agrees with itself: quotes stand in their reports, ids exist, lives are in order.

python -m tests.sets.ledger.check
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KINDS = {"visit", "meeting", "event"}
RECORDS = {"event", "visit", "agreement", "statement", "measure"}
STATUSES = {"happened", "ongoing", "planned", "denied", "hypothetical", "cancelled", "postponed"}
STAGES = {
    "proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "provisionally_applied", "in_force",
    "amended", "extended", "suspended", "ended",
}  # fmt: skip


def reports(half: str) -> dict[str, str]:
    """Number and text (without the head) of each report of a half."""
    files = sorted((HERE / half / "reports").glob("*.txt"))
    return {path.stem: path.read_text(encoding="utf-8").split("\n\n", 1)[1] for path in files}


def quotes(truth: dict[str, Any]) -> list[dict[str, Any]]:
    """Every mention and every value: whatever has a report and a quote."""
    things = [*truth["happenings"], *truth["agreements"]]
    return [m for thing in things for m in thing["mentions"]] + [v for f in truth["figures"] for v in f["values"]]


def wrong_quotes(truth: dict[str, Any], texts: dict[str, str]) -> list[str]:
    """Quotes that are not found exactly once in their report, are too long, or are of an unknown record or status."""
    found = []
    for m in quotes(truth):
        if texts[m["report"]].count(m["quote"]) != 1 or len(m["quote"].split()) > 40:
            found.append(f"quote of {m['report']}: {m['quote']}")
        if m.get("record", "measure") not in RECORDS or m.get("status", "happened") not in STATUSES:
            found.append(f"record or status of {m['report']}: {m['quote']}")
    return found


def wrong_lives(truth: dict[str, Any]) -> list[str]:
    """Agreements with an unknown stage, a step without a mention, or dated steps out of order."""
    found = []
    for a in truth["agreements"]:
        said = {(m["stage"], m["status"], m["report"]) for m in a["mentions"]}
        steps = {(s["stage"], s["status"], r) for s in a["life"] for r in s["reports"]}
        dates = [s["date"] for s in a["life"] if s["date"] and s["status"] == "happened"]
        if said != steps or dates != sorted(dates) or not {s["stage"] for s in a["life"]} <= STAGES:
            found.append(f"life of {a['id']}")
    return found


def wrong_ids(truth: dict[str, Any], texts: dict[str, str]) -> list[str]:
    """Ids given twice, and ids, reports or kinds that are named and do not exist."""
    ids = [thing["id"] for name in ("happenings", "agreements", "figures") for thing in truth[name]]
    named = [c["about"] for c in truth["contradictions"]]
    named += [h["part_of"] for h in truth["happenings"] if "part_of" in h]
    numbers = [n for c in truth["contradictions"] for n in c["reports"]] + [n for g in truth["copies"] for n in g]
    found = [f"id {i}" for i in sorted(set(named) - set(ids))]
    found += [f"report {n}" for n in sorted(set(numbers) - set(texts))]
    found += [f"kind of {h['id']}" for h in truth["happenings"] if h["kind"] not in KINDS]
    return found + (["an id twice"] if len(ids) != len(set(ids)) else [])


def check(half: str) -> list[str]:
    """What is wrong in a half, one line each; empty when all is well."""
    truth = json.loads((HERE / half / "truth.json").read_text(encoding="utf-8"))
    texts = reports(half)
    found = wrong_quotes(truth, texts) + wrong_lives(truth) + wrong_ids(truth, texts)
    found += [f"length of {n}" for n, text in texts.items() if not 80 <= len(text.split()) <= 220]
    return found + ([] if len(texts) == 30 else [f"{len(texts)} reports"])


if __name__ == "__main__":
    sys.exit("\n".join(f"{half}: {line}" for half in ("tuning", "kept") for line in check(half)) or 0)
