"""The commands on reference series: `reference add`, `list` and `forget`, `check`, `series`; and checks in print."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from bilateral import desk
from bilateral.brief import harmless_json, json_line
from bilateral.cli import output
from bilateral.cli.options import DEFAULT, Limit, Since, StoreAt, Until
from bilateral.comparison import Loaded
from bilateral.errors import InputError
from bilateral.observations import SeriesFile
from bilateral.reference import Check, Series, Told, claimreview, wording
from bilateral.store import Store

REFUSED = 1
KEY = 12  # letters shown of a file's hash

reference = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Add, list and forget reference series.")


class CheckForm(StrEnum):
    text = "text"
    jsonl = "jsonl"
    claimreview = "claimreview"


class SeriesForm(StrEnum):
    text = "text"
    jsonl = "jsonl"


@reference.command("add")
def add(
    files: Annotated[list[Path], typer.Argument(help="Files of UN Comtrade, Gravity, IMF, BACI, or plain long CSV.")],
    store: StoreAt = DEFAULT,
    vintage: Annotated[str | None, typer.Option(help="When the figures are of, over the file's name.")] = None,
    countries: Annotated[Path | None, typer.Option(help="The country-code file of a BACI file.")] = None,
    form: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(desk.SERIES_FORMATS)}.")] = None,
) -> None:
    """Read reference files into the store and say what was kept, left out and bad."""
    is_bad = False
    with Store.open(store) as opened:
        for path in files:
            try:
                done = _added(opened, path, vintage=vintage, countries=countries, form=form)
            except InputError as error:
                output.note(f"bilateral: {error}")
                is_bad = True
                continue
            _told(done, path)
            is_bad = is_bad or bool(done.bad)
    raise typer.Exit(REFUSED if is_bad else 0)


def _added(opened: Store, path: Path, *, vintage: str | None, countries: Path | None, form: str | None) -> Loaded:
    with output.progress("reading lines") as tick:
        return desk.reference_add(
            opened, path, format=form, vintage=vintage, countries=countries, progress=lambda n: tick(n, path.name)
        )


def _told(done: Loaded, path: Path) -> None:
    """What came of a file: its counts, and its bad rows by line."""
    if done.known:
        output.say(f"{path}: known already as {done.file.name} ({done.file.id[:KEY]})")
        return
    output.say(_line(done.file))
    for why, n in done.file.left_out.items():
        output.say(f"  left out: {output.count(n, 'line')}, {why}")
    for row in done.bad[: output.FEW]:
        output.say(f"  bad: line {row.line}: {row.why}")
    if done.file.bad > output.FEW:
        output.say(f"  … and {done.file.bad - output.FEW:,} more; bilateral problems lists them")


def _line(file: SeriesFile) -> str:
    span = f" of {file.since} to {file.until}" if file.since else ""
    vintage = f", vintage {file.vintage}" if file.vintage else ""
    bad = f", {output.count(file.bad, 'bad row')}" if file.bad else ""
    values = f"{output.count(file.observations, 'value')}{span}"
    return f"{file.id[:KEY]}  {file.name}: {file.format}, {values}{vintage}{bad}"


@reference.command("list")
def listed(store: StoreAt = DEFAULT) -> None:
    """List the reference files of the store, in the order in which they came."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = desk.reference_list(opened)
    for file in found:
        output.say(_line(file))
    output.note(output.count(len(found), "reference file"))


@reference.command("forget")
def forget(
    key: Annotated[str, typer.Argument(help="A reference file's name, or the first letters of its hash.")],
    store: StoreAt = DEFAULT,
) -> None:
    """Take a reference file out of the store with all its values."""
    with Store.open(store, create=False) as opened:
        gone = desk.reference_forget(opened, key)
    output.say(f"{gone.name} ({gone.id[:KEY]}): forgotten with {output.count(gone.observations, 'value')}")


def check(
    states: Annotated[list[str] | None, typer.Argument(help="Two states or organisations, or one; none: all.")] = None,
    store: StoreAt = DEFAULT,
    form: Annotated[CheckForm, typer.Option("--format")] = CheckForm.text,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """Hold claimed figures against every reference view and against each other, with the working."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = desk.check(opened, states or (), since=since, until=until, limit=limit)
        if not found:
            output.hint(desk.pairs(opened))
    _CHECKS[form](found)
    claims = len({made.claim.record for made in found})
    output.note(f"{output.count(len(found), 'check')} of {output.count(claims, 'claim')}")


def _as_text(found: Iterable[Check]) -> None:
    for made in found:
        output.say(f"{made.claim.record[:8]}  {wording.line(made)}")
        for line in wording.working(made):
            output.say(f"    {line}")


def _as_jsonl(found: Iterable[Check]) -> None:
    for made in found:
        _object(_plain(made))


def _as_claimreview(found: Iterable[Check]) -> None:
    for piece in claimreview(found):
        sys.stdout.write(harmless_json(piece.decode()))


_CHECKS = {CheckForm.text: _as_text, CheckForm.jsonl: _as_jsonl, CheckForm.claimreview: _as_claimreview}


def show_checks(found: list[Check]) -> None:
    """The checks of a record that is shown, with their working; nothing where there are none."""
    if found:
        output.say("\nHeld against reference series and other claims:")
    for made in found:
        output.say(f"  {wording.line(made)}")
        for line in wording.working(made):
            output.say(f"      {line}")


def series(
    states: Annotated[tuple[str, str], typer.Argument(help="Two states; exports and imports are those of the first.")],
    quantity: Annotated[str, typer.Argument(help="trade_turnover, exports, imports, trade_balance, or another.")],
    store: StoreAt = DEFAULT,
    form: Annotated[SeriesForm, typer.Option("--format")] = SeriesForm.text,
    svg: Annotated[Path | None, typer.Option(help="Write a chart into this file (extra `charts`).")] = None,
) -> None:
    """Print all claims of a quantity of two states over time, beside what each reference view gives."""
    with Store.open(store, create=False, read_only=True) as opened:
        made = desk.series(opened, states, quantity)
    if svg is not None:
        _drawn(made, svg)
    if form is SeriesForm.jsonl:
        for row in _rows(made):
            _object(row)
    else:
        for line in _lines(made):
            output.say(line)
    claims, views = output.count(len(made.points) + len(made.apart), "claim"), len(made.lines)
    output.note(f"{claims}, {output.count(views, 'reference view')}")


def _drawn(made: Series, path: Path) -> None:
    """Write the chart; a file that stood there stays where it cannot be drawn or written."""
    words = desk.series_svg(made)
    with output.whole(path, "--svg") as write:
        write(words.encode("utf-8"))


def _lines(made: Series) -> Iterator[str]:
    """Yield a series for reading: claims by period, claims that stand on no axis, then each view by year."""
    a, b = (wording.name(code) for code in made.dyad)
    way = [wording.name(code) for code in made.direction.split(">")] if made.direction else []
    yield f"{made.quantity.replace('_', ' ')}, {' to '.join(way) or f'{a} and {b}'}"
    if made.points:
        yield "claims:"
    yield from (_claim(point.told) for point in made.points)
    if made.apart:
        yield "claims without a period, a value or a direction:"
    yield from (_claim(told) for told in made.apart)
    for line in made.lines:
        yield f"{wording.sight(line.sight)}:"
        for value in line.values:
            numbers = ", ".join(f"{o.name} = {wording.rounded(o.value)}" for o in value.operands)
            yield f"  {value.period}  {wording.amount(value.value, line.sight.unit)}  ({value.formula}: {numbers})"


def _claim(told: Told) -> str:
    date = f", {told.published}" if told.published else ""
    return f"  {told.record[:8]}  {wording.claim(told)}; {told.claimant}{date}"


def _rows(made: Series) -> Iterator[dict[str, Any]]:
    """Yield a series as rows: claims, claims apart, and the values of the views, told apart by `row`."""
    for point in made.points:
        yield {"row": "claim", **_plain(point)}
    for told in made.apart:
        yield {"row": "apart", "told": _plain(told)}
    for line in made.lines:
        for value in line.values:
            yield {"row": "reference", "sight": _plain(line.sight), **_plain(value)}


def _plain(made: msgspec.Struct) -> dict[str, Any]:
    """A value as objects, lists and figures."""
    return dict(_lists(msgspec.to_builtins(made, builtin_types=(Decimal,))))


def _lists(value: Any) -> Any:
    """A value with lists in the place of tuples, as `json_line` takes it."""
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value


def _object(row: dict[str, Any]) -> None:
    sys.stdout.write(harmless_json(json_line(row)) + "\n")
