"""Measures: the figures that reports claim between states, each with unit, bound, period, change, kind and parties.

    numerals.py  the number as written       finding.py   a sentence's figures      reading.py   from figures to claims
    traps.py     what is no quantity         ranges.py    "3 to 5 million"          naming.py    which quantity
    lexicon.py   units, bounds, changes      changes.py   level, change, base       parties.py   whose, which way
    counted.py   what a number counts        linking.py   which goes with which     periods.py   of when
    bounds.py    over, about, under          taxonomy.py  the list of quantities    kinds.py     forecast or fact
    memory.py    what is carried on          derive.py    what follows              records.py   the record
    general.py   more, parts, plain amounts  numberwords.py  the words of numbers

`quantities_in` finds every value of a sentence, whatever it is of; `measures` selects and names those between states.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.measures.finding import quantities_in
from bilateral.extract.measures.quantity import Quantity
from bilateral.extract.measures.reading import drafts
from bilateral.extract.measures.records import records
from bilateral.model import Measure
from bilateral.text import Resolved

__all__ = ["Quantity", "measures", "quantities_in"]


def measures(doc: Resolved) -> Iterator[Measure]:
    """Yield each figure that a report claims about relations between states, in text order.

    Values are in the unit as written, nothing is converted; a range gives two records, its ends; a vague amount
    ("dozens") gives none; a change without a level has no value. Skips years, dates, ordinals, ages, names and
    figures that no quantity of the taxonomy fits. Raises nothing.
    Source: docs/rules/measures.md, which lists the sentences that each rule is for.
    """
    yield from records(doc, drafts(doc))
