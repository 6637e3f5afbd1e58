"""Reference series that users load (trade and others), and the checks of claims against them and against each other.

Readers: one entry a format in SERIES. Checks: `checks` against series, `arithmetic` between claims. docs/reference.md
says how to use them, docs/rules/checks.md by which rules they go. Nothing here knows a store or a network.
"""

from bilateral.reference.answer import Line, Point, Series, Value
from bilateral.reference.claimreview import claimreview
from bilateral.reference.options import Options, vintage_of
from bilateral.reference.reading import Bad, Rows, Source, source
from bilateral.reference.registry import SERIES, Entry, entry_of
from bilateral.reference.told import Figure
from bilateral.reference.verdicts import Check, Operand, Range, Sight, Told

__all__ = [
    "SERIES",
    "Bad",
    "Check",
    "Entry",
    "Figure",
    "Line",
    "Operand",
    "Options",
    "Point",
    "Range",
    "Rows",
    "Series",
    "Sight",
    "Source",
    "Told",
    "Value",
    "claimreview",
    "entry_of",
    "source",
    "vintage_of",
]
