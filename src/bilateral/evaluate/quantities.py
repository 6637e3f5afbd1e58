"""The task `quantities`: every value of a sentence with unit and bound or change, as the evaluation's labels word it.

Input {"i", "text"}, and {"only": ["money", "percent"]} where only these classes are wanted; prediction {"i",
"quantities": [{"value", "unit", "change"}]}. Sentences come alone, so no gate, date or state is asked.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from msgspec import structs

from bilateral.errors import CallError
from bilateral.extract.measures import Quantity, quantities_in
from bilateral.extract.measures.lexicon import lexicon
from bilateral.parse import parse
from bilateral.text import Document, Paragraph, document_id

_BOUNDS = {"over": ">", "at_least": ">", "about": "~", "nearly": "~", "up_to": "<", "under": "<"}
_UNITS = {
    "percent": "percentage", "percentage points": "percentage point", "basis points": "basis point", "times": "count",
    "tonnes": "metric ton", "": "-",
}  # fmt: skip


def quantities(item: dict[str, Any], *, only: Collection[str] = ()) -> dict[str, Any]:
    """The prediction for one sentence; CallError says what is missing in the input.

    `only` (or the input's own "only") keeps the classes named: money, percent, measure, duration, count, age, bare.
    """
    if "i" not in item or not isinstance(item.get("text"), str):
        raise CallError(f"quantities: expected an object with i and text, got keys {sorted(item)}")
    text = item["text"]
    document = Document(
        id=document_id(text, None), uri=str(item["i"]), text=text, paragraphs=(Paragraph(0, len(text), "body"),)
    )  # fmt: skip
    made = parse(document)
    wanted = set(only) or set(item.get("only") or ())
    found = [q for sentence in made.sentences() for q in _paired(text, quantities_in(text, made, sentence))]
    return {"i": item["i"], "quantities": [_prediction(q) for q in found if not wanted or q.cls in wanted]}


def _paired(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities as the labels count them: "from A to B" is one range; words such as "doubled" are none."""
    out: list[Quantity] = []
    for n, q in enumerate(found):
        base = found[n - 1] if n else None
        if q.form == "multiple":
            continue
        if (
            base is not None
            and base.role == "base"
            and base.level == n
            and q.high is base.high is None
            and _is_from_to(text, base, q)
        ):
            out[-1] = _range(base, q)
            continue
        out.append(q)
    return out


def _is_from_to(text: str, base: Quantity, q: Quantity) -> bool:
    between = text[base.end : q.start].split()
    before = text[max(0, base.start - 24) : base.start].lower().split()
    return "to" in between and "from" in before


def _range(base: Quantity, q: Quantity) -> Quantity:
    return structs.replace(q, value=base.value, high=q.value, start=base.start, bound=None)


def _prediction(q: Quantity) -> dict[str, Any]:
    factor = q.money.per if q.money else 1
    value: float | list[float] = float(q.value * factor)
    if q.high is not None:
        value = [float(q.value * factor), float(q.high * factor)]
    return {"value": value, "unit": _unit(q), "change": _change(q)}


def _unit(q: Quantity) -> str:
    if q.form == "fraction":
        return f"% {q.unit or '-'}"
    if q.cls == "money":
        minor = q.money is not None and q.money.per > 1
        name = q.money.name if minor and q.money else lexicon().names.get(q.unit, q.unit)
    else:
        name = _UNITS.get(q.unit, q.unit)
    return f"{name} per {q.per}" if q.per else name


def _change(q: Quantity) -> str:
    """The labels know one of bound and direction: a verb before the figure tells a direction, unless it is bounded by
    more than, at least or about; a noun or comparative behind it ("a 5 % rise") tells none."""
    led = q.role == "change" and q.cue is not None and q.cue[0] < q.start
    if led and q.direction and q.bound not in ("over", "at_least", "about"):
        return q.direction
    return _BOUNDS[q.bound] if q.bound else "="
