"""Fitting a drawing into so many pixels across, as a column of a page or a telephone has them.

A picture that a browser shrinks has letters that nobody reads: what is fitted is shown as large as it is drawn.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from msgspec import structs

from bilateral.charts.marks import Drawing

ROOM = 560  # pixels of a column of a page
_LETTERS, _LETTER = 12, 6.4  # pixels of the height of letters, and of their width on the average
_SIGN = 42  # pixels of a legend's sign with the room around it
_NAMES = 0.36  # the part of the room that names of rows may take
_AT_MOST = 3  # lines of a name
_LINE = 15  # pixels
_UPWARDS = 40  # pixels beside an axis that has a title and numbers
_BREAK = "split(datum.label, '\\n')"


def broken(drawing: Drawing, room: int) -> Drawing:
    """A drawing whose rows have names that are broken into lines, so that they leave room for what is drawn."""
    width = int(room * _NAMES / _LETTER)
    if drawing.kind == "figures":  # its rows are words of a legend
        width = int((room - _SIGN - _UPWARDS) / _LETTER)
    names = {m.row: _lines(m.row, width) for m in drawing.marks}
    return structs.replace(drawing, marks=tuple(structs.replace(m, row=names[m.row]) for m in drawing.marks))


def _lines(name: str, width: int) -> str:
    lines = textwrap.wrap(name, width, max_lines=_AT_MOST, placeholder=" …")
    return "\n".join(lines)


def fitted(spec: dict[str, Any], room: int) -> dict[str, Any]:
    """A specification that takes so many pixels across with all that stands beside what is drawn."""
    letters = {"labelFontSize": _LETTERS, "titleFontSize": _LETTERS}
    config = {**spec.get("config", {}), "axis": {**letters, "labelSeparation": 10}, "legend": letters,
              "padding": {"left": 4, "right": 10, "top": 6, "bottom": 4}}  # fmt: skip
    made = {**spec, "config": config, "width": room, "autosize": {"type": "fit-x", "contains": "padding"}}
    for encoding in _encodings(made):
        _narrowed(encoding, room)
    rows = {datum["row"] for datum in _values(made) if "row" in datum}
    lanes = [e["y"] for e in _encodings(made) if e.get("y", {}).get("field") == "row"]
    more = max((row.count("\n") for row in rows), default=0)
    if lanes and more:
        made["height"] = max(made["height"], len(rows) * (_LINE * (more + 1) + 8))
        for across in lanes:  # names grow downwards from their row's middle; half of that is taken back
            across["axis"]["labelOffset"] = -_LINE * more / 4
    return made


def _values(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield all data of a specification."""
    held = [spec, *spec.get("layer", ())]
    for part in held:
        yield from part.get("data", {}).get("values", ())
    for data in spec.get("datasets", {}).values():
        yield from data


def _encodings(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the encodings of a specification and of its layers."""
    for part in (spec, *spec.get("layer", ())):
        if "encoding" in part:
            yield part["encoding"]


def _narrowed(encoding: dict[str, Any], room: int) -> None:
    """Let the names of rows break and legends have as many columns as there is room for."""
    across = encoding.get("y", {})
    if across.get("field") == "row":
        across["axis"] = {**(across.get("axis") or {}), "labelLimit": int(room * _NAMES), "labelExpr": _BREAK}
    for channel in encoding.values():
        legend = channel.get("legend") if isinstance(channel, dict) else None
        if not legend:
            continue
        longest = max((len(line) for name in channel["scale"]["domain"] for line in name.split("\n")), default=1)
        columns = max(1, min(int(legend.get("columns", 1)), int((room - _UPWARDS) / (longest * _LETTER + _SIGN))))
        legend |= {"columns": columns, "columnPadding": 12, "labelLimit": room - _SIGN, "labelExpr": _BREAK}
