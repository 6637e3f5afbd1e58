"""What a count is of, whatever its measure is called: the dead, the detained, those sent home, trainees, a consignment.

Two reports name one thing by other words ("17 individuals apprehended", "23 fishermen rounded up"). A quantity that
says what it counts goes by that; a vague one, or one that its unit belies, by the words of its sentence.
"""

from __future__ import annotations

from bilateral.ledger.facts import Fact
from bilateral.model import Measure

_PERSONS = frozenset({"persons"})
_WEIGHT = frozenset({"tonnes", "tons", "t"})
# Kinds of count: the quantities that are of it, and the beginnings of words that tell it.
_KINDS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "dead": (
        frozenset({"casualties", "deaths"}),
        ("died", "dead", "dies", "kill", "perish", "lives", "toll", "death", "drown", "slain", "bodies"),
    ),
    "detained": (
        frozenset({"detained", "persons_arrested", "hostages"}),
        ("detain", "arrest", "seiz", "round", "apprehen", "captur", "custod", "nabb", "taken"),
    ),
    "sent home": (
        frozenset({"deportees", "returnees", "persons_deported"}),
        ("deport", "repatriat", "expel", "flown", "returned", "boarded", "homeland", "evict"),
    ),
    "trainees": (frozenset({"trainees"}), ("cadet", "trainee", "academ")),
}  # fmt: skip
_FORCES = frozenset({"troops", "exercise_participants"})
_EXERCISE = ("exercise", "drill", "manoeuv", "maneuv", "training")
_CONSIGNMENT = (
    "aid", "relief", "consign", "cargo", "humanit", "load", "assist", "carry", "airlift", "donat", "emergen", "tents",
    "victims",
)  # fmt: skip
# Quantities that say so little, or are so often read for another, that the words decide.
_VAGUE = frozenset({"persons", "items", "participants", "prisoners", "vessels", "amount", "students"})
# Money that one side promises the other, by whatever name.
_PLEDGES = frozenset({"aid_total", "grant", "loan", "joint_fund", "investment_flow", "amount", "deposit", "investment"})
_AHEAD = frozenset({"commitment", "forecast", "target"})


def count_of(fact: Fact) -> str | None:
    """The kind of thing counted; None where neither the quantity nor the words say one."""
    m = fact.record
    if not isinstance(m, Measure) or m.value is None:
        return None
    unit = (m.unit or "").lower()
    if unit in _WEIGHT:
        return "consignment" if _tells(fact, _CONSIGNMENT) else None
    if unit not in _PERSONS and m.quantity not in _VAGUE:
        return None
    if m.quantity in _FORCES:
        return "in an exercise" if m.quantity != "troops" or _tells(fact, _EXERCISE) else None
    own = next((kind for kind, (quantities, _) in _KINDS.items() if m.quantity in quantities), None)
    if own is not None or m.quantity not in _VAGUE:
        return own
    told = [kind for kind, (_, words) in _KINDS.items() if _tells(fact, words)]
    return told[0] if len(told) == 1 else None


def is_pledge(fact: Fact) -> bool:
    """Whether a figure is money that is promised, by whatever name ("a fund of", "a pledge of")."""
    m = fact.record
    is_money = isinstance(m, Measure) and m.unit is not None and len(m.unit) == len("USD") and m.unit.isupper()
    return is_money and isinstance(m, Measure) and m.quantity in _PLEDGES and m.measure_kind in _AHEAD


def _tells(fact: Fact, beginnings: tuple[str, ...]) -> bool:
    span = fact.record.span("sentence")
    words = (span.text if span is not None else "").lower().split()
    return any(word.strip("\"'(,.").startswith(beginnings) for word in words)
