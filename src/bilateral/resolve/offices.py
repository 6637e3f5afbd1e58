"""Which of a person's offices counts for level and sectors."""

from __future__ import annotations

from collections.abc import Iterable

from bilateral.text import Office

# The head of government who is vice president too is a head of government.
LEVELS = ("HOS", "HOG", "DPM", "FM", "MIN", "NSA", "DFM", "AMB", "MIL", "DIP", "SPOX", "OFF", "ORG", "CIV")


def highest(offices: Iterable[Office]) -> Office | None:
    """The office that says the level: the highest of the current ones, else of all."""
    known = list(offices)
    current = [o for o in known if o.standing != "former"] or known
    return min(current, key=lambda o: LEVELS.index(o.level) if o.level in LEVELS else len(LEVELS), default=None)


def sectors_of(top: Office | None) -> tuple[str, ...]:
    """The sectors of an office; a former one makes its holder one of the elite first."""
    if top is None:
        return ()
    return ("ELI", *top.sectors) if top.standing == "former" and "ELI" not in top.sectors else top.sectors
