"""Precision, recall and F1 of predicted records against the samples' labels, per kind, as docs/evaluation.md defines.

What both readings of a label admit counts; a label with `main: false` may be found and need not be. A test holds this
against the evaluation's own scorer where that is present.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import Any

Row = dict[str, Any]
KINDS = ("agreements", "visits", "measures", "speakers", "events")
MUTUAL = {"CONSULT", "AGREE", "COOPERATE", "SUPPORT"}
GROUPS = {
    "official_visit": "visit", "state_visit": "visit", "working_visit": "visit", "visit": "visit",
    "meeting": "meeting", "sideline_meeting": "meeting", "courtesy_call": "meeting", "summit": "meeting",
    "multilateral": "meeting", "joint_commission": "meeting", "consultations": "meeting",
}  # fmt: skip


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").lower())


def state(code: str | None) -> str:
    code = code or ""
    return code if code.startswith("IGO:") else code.split(":")[0]


def unit(text: str | None) -> str:
    text = (text or "").lower()
    known = {"usd": "USD", "us$": "USD", "jpy": "JPY", "people": "persons", "person": "persons", "percent": "percent",
             "%": "percent", "place": "places", "places per year": "places"}  # fmt: skip
    return known.get(text) or (text.upper() if len(text) == 3 else text)


def carries(gold: Row, found: Row) -> bool:
    """The prediction's quote holds half of the label's words and is not longer than 60."""
    wanted, have = set(words(gold["quote"])), set(words(found.get("quote")))
    return 0 < len(have) <= 60 and 2 * len(wanted & have) >= len(wanted)


def agreement(g: Row, p: Row) -> float:
    if {state(x) for x in g["parties"]} != {state(x) for x in p.get("parties") or []}:
        return 0
    about = g.get("subject") == p.get("subject")
    return 1 + (g["type"] == p.get("type")) + (g["status"] == p.get("status")) + about / 2


def visit(g: Row, p: Row) -> float:
    sides = [[(row.get(who) or {}).get("country") for who in ("visitor", "host")] for row in (g, p)]
    group = GROUPS.get(g["kind"], g["kind"])
    if group != GROUPS.get(p.get("kind", ""), p.get("kind")):
        return 0
    if sides[0] != sides[1] and (group == "visit" or set(sides[0]) != set(sides[1])):
        return 0
    return 1 + (g["kind"] == p.get("kind")) + (g["tense"] == p.get("tense")) + (g.get("date") == p.get("date"))


def measure(g: Row, p: Row) -> float:
    a, b = (None if row.get("value") is None else float(row["value"]) for row in (g, p))
    if unit(g["unit"]) != unit(p.get("unit")) or (a is None) != (b is None):
        return 0
    if a is not None and b is not None and abs(a - b) > 1e-6 * max(1.0, abs(a)):
        return 0
    return 1 + (g["period"] == p.get("period"))


def speaker(g: Row, p: Row) -> float:
    if g.get("country") and p.get("country") and g["country"] != p["country"]:
        return 0
    gold, found = words(g["name"]), words(p.get("name"))
    if gold and found:
        return 2 * (gold[-1] == found[-1] or set(gold) == set(found))
    if gold or found:
        return 0
    a, b = set(words(g["role"])), set(words(p.get("role")))
    return float(2 * len(a & b) >= max(1, min(len(a), len(b))))


def event(g: Row, p: Row) -> float:
    if p.get("type") not in {g["type"]} | {a.split(".")[0] for a in g.get("alt") or []}:
        return 0
    if g["pair"] != p["pair"] and not (g["type"] in MUTUAL and set(g["pair"]) == set(p["pair"])):
        return 0
    return 1 + (g["type"] == p["type"]) + (g.get("aux") == p.get("aux"))


FITS: dict[str, Callable[[Row, Row], float]] = {
    "agreements": agreement, "visits": visit, "measures": measure, "speakers": speaker, "events": event,
}  # fmt: skip


def fit(kind: str, gold: Row, found: Row) -> float:
    readings = [gold, *gold.get("also", [])]
    if not any(carries(r, found) for r in readings):
        return 0
    return max(float(FITS[kind](r, found)) for r in readings)


def pairs(row: Row) -> list[tuple[str, str]]:
    sources, targets = ([state(x) for x in row.get(side) or []] for side in ("source", "target"))
    if not targets and len(sources) > 1:
        return list(combinations(sorted(set(sources)), 2))
    return list(dict.fromkeys(product(sources or [""], targets or [""])))


def expanded(rows: list[Row]) -> Iterator[Row]:
    """One event a pair of states; other readings join the pair that they share, or stand as extras."""
    for row in rows:
        base = [row | {"pair": pair, "also": []} for pair in pairs(row)]
        for reading in row.get("also") or []:
            for pair in pairs(reading):
                home = next((b for b in base if set(b["pair"]) == set(pair)), None)
                if home:
                    home["also"].append(reading | {"pair": pair})
                else:
                    base.append(reading | {"pair": pair, "main": False, "also": []})
        yield from base


def scores(gold: dict[str, Row], found: dict[str, Row]) -> dict[str, float]:
    """F1 per kind, and their mean as "macro"."""
    out = {}
    for kind in KINDS:
        n_gold = n_found = precise = recalled = 0
        for key, labels in gold.items():
            gs, ps = labels[kind], (found.get(key) or {}).get(kind) or []
            if kind == "events":
                gs, ps = list(expanded(gs)), list(expanded(ps))
            hits = matched(kind, gs, ps)
            n_gold += sum(g.get("main", True) for g in gs)
            n_found += len(ps)
            precise += len(hits)
            recalled += sum(gs[i].get("main", True) for i in hits)
        p, r = precise / max(1, n_found), recalled / max(1, n_gold)
        out[kind] = 2 * p * r / (p + r) if p + r else 0.0
    return out | {"macro": sum(out.values()) / len(out)}


def matched(kind: str, gold: list[Row], found: list[Row]) -> list[int]:
    """The labels found, one to one, best fits first, what must be found before what may."""
    rated = [
        (g.get("main", True), s, -i, -j) for i, g in enumerate(gold) for j, p in enumerate(found)
        if (s := fit(kind, g, p)) > 0
    ]  # fmt: skip
    used_gold, used_found = set(), set()
    for _, _, i, j in sorted(rated, reverse=True):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
    return [-i for i in used_gold]
