"""The commands on people's corrections: `review next`, `accept`, `reject`, `correct` … and corrections in print."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from bilateral import desk
from bilateral.brief import harmless_json, table, worded
from bilateral.cli import output
from bilateral.cli.options import DEFAULT, Dyad, Limit, StoreAt
from bilateral.corrections import Correction
from bilateral.desk import reviewing
from bilateral.errors import CallError
from bilateral.fields import EVIDENCE, plain
from bilateral.model import kind_of
from bilateral.store import Filed, Store

KEY = 8  # letters shown of an id
ENV = "BILATERAL_REVIEWER"

review = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Accept, reject and correct records; export it.")

RecordId = Annotated[str, typer.Argument(help="A record's id, or its first four letters or more.")]
OtherId = Annotated[str, typer.Argument(help="The other record's id.")]
Who = Annotated[str | None, typer.Option(envvar=ENV, help="Who decides; else the login name.")]
Why = Annotated[str | None, typer.Option(help="Why, for whoever reads it later.")]


def _who(given: str | None) -> str:
    if given and given.strip():
        return given.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise CallError(f"nobody is logged in by name: expected --who or {ENV}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat()


@review.command("next")
def next_(
    store: StoreAt = DEFAULT,
    kind: Annotated[list[str] | None, typer.Option(help=f"{', '.join(desk.PLURALS.values())}.")] = None,
    dyad: Dyad = None,
    below: Annotated[float | None, typer.Option(min=0, max=1, help="Only scores below this.")] = None,
    disagree: Annotated[bool, typer.Option("--disagree", help="Only what people judge differently.")] = False,
    second: Annotated[bool, typer.Option("--second", help="What you have not judged, though others have.")] = False,
    who: Who = None,
    limit: Limit = None,
) -> None:
    """Show the record of the lowest score that waits for a verdict, beside its words; more as lines with --limit."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = reviewing.queue(
            opened, kinds=kind or (), dyad=dyad or (), below=below, disagree=disagree,
            second=_who(who) if second else None, limit=limit or 1,
        )  # fmt: skip
        for key in found if limit else ():
            record = desk.show(opened, key).record
            output.say(f"{key[:KEY]}  {record.score:.2f}  {kind_of(record)} ({record.status})  {worded(record)}")
        for key in () if limit else found:
            _show(opened, key)
    if not found:
        output.note("nothing waits for review")


def _show(opened: Store, key: str) -> None:
    found = desk.show(opened, key)
    output.show_record(found)
    show_history(found.history)
    names = ", ".join(f.name for f in reviewing.choices(kind_of(found.record)))
    output.note(f"\nbilateral review accept {key[:KEY]} | reject {key[:KEY]} | correct {key[:KEY]} FIELD VALUE")
    output.note(f"fields: {names}")


@review.command()
def accept(
    record_id: RecordId,
    store: StoreAt = DEFAULT,
    blind: Annotated[bool, typer.Option("--blind", help="As the machine and you have it, without others.")] = False,
    who: Who = None,
    why: Why = None,
) -> None:
    """Accept a record as it stands: its values stay as they are whatever the machine says later."""
    with Store.open(store, create=False) as opened:
        _done(opened, reviewing.accept(opened, record_id, who=_who(who), when=_now(), why=why, blind=blind))


@review.command()
def reject(record_id: RecordId, store: StoreAt = DEFAULT, who: Who = None, why: Why = None) -> None:
    """Reject a record that the words do not hold: it is left out of every answer."""
    with Store.open(store, create=False) as opened:
        _done(opened, reviewing.reject(opened, record_id, who=_who(who), when=_now(), why=why))


@review.command()
def correct(
    record_id: RecordId,
    field: Annotated[str, typer.Argument(help="A field, or a place in one: status, actors.0.country.")],
    value: Annotated[str, typer.Argument(help="Text or JSON; null for not stated.")],
    store: StoreAt = DEFAULT,
    who: Who = None,
    why: Why = None,
) -> None:
    """Give a field another value; a value that the field does not take is refused with what it takes."""
    with Store.open(store, create=False) as opened:
        _done(opened, reviewing.correct(opened, record_id, field, value, who=_who(who), when=_now(), why=why))


@review.command()
def words(
    record_id: RecordId,
    part: Annotated[str, typer.Argument(help="What the words carry: trigger, actor, date, value …")],
    places: Annotated[list[int] | None, typer.Argument(help="START END, in characters of the report, from 0.")] = None,
    store: StoreAt = DEFAULT,
    who: Who = None,
    why: Why = None,
) -> None:
    """Mark other words for a part of a record; several spans for several words, none to take the part away."""
    ends = places or []
    if len(ends) % 2:
        raise CallError(f"expected START END, once or several times, got {len(ends)} numbers")
    spans = list(zip(ends[::2], ends[1::2], strict=True))
    with Store.open(store, create=False) as opened:
        _done(opened, reviewing.mark(opened, record_id, part, spans, who=_who(who), when=_now(), why=why))


@review.command()
def join(record_id: RecordId, other_id: OtherId, store: StoreAt = DEFAULT, who: Who = None, why: Why = None) -> None:
    """Say that two records tell of one thing; the ledger joins them."""
    with Store.open(store, create=False) as opened:
        _done(opened, reviewing.join(opened, record_id, other_id, who=_who(who), when=_now(), why=why))


@review.command()
def split(record_id: RecordId, other_id: OtherId, store: StoreAt = DEFAULT, who: Who = None, why: Why = None) -> None:
    """Say that two records tell of different things; the ledger keeps them apart."""
    with Store.open(store, create=False) as opened:
        _done(opened, reviewing.split(opened, record_id, other_id, who=_who(who), when=_now(), why=why))


@review.command()
def undo(
    correction: Annotated[str, typer.Argument(help="A correction's id, or its first letters.")],
    store: StoreAt = DEFAULT,
    who: Who = None,
    why: Why = None,
) -> None:
    """Take a correction back; an undo can be undone too."""
    with Store.open(store, create=False) as opened:
        _done(opened, reviewing.undo(opened, correction, who=_who(who), when=_now(), why=why))


@review.command("list")
def listed(
    store: StoreAt = DEFAULT,
    who: Annotated[str | None, typer.Option(help="Of this person only.")] = None,
    report: Annotated[str | None, typer.Option(help="Of one report, by id or uri.")] = None,
    record: Annotated[str | None, typer.Option(help="Of one record, by id.")] = None,
    unattached: Annotated[bool, typer.Option("--unattached", help="Only those that attach to nothing.")] = False,
) -> None:
    """List corrections by time, with what they are about now."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = reviewing.corrections(opened, who=who, report=report, record=record, unattached=unattached)
    header = ("id", "when", "who", "on", "record", "what", "why")
    for line in table(header, [_cells(f) for f in found], width=output.width(), flexible=("what", "why")):
        output.say(line)
    output.note(output.count(len(found), "correction"))


@review.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="JSON Lines; - for the output.")], store: StoreAt = DEFAULT
) -> None:  # fmt: skip
    """Write all corrections into a file, by time; it is there when all of it is written."""
    with Store.open(store, create=False, read_only=True) as opened, output.whole(file, "FILE") as write:
        lines = list(reviewing.exported(opened))
        is_shown = str(file) == "-" and sys.stdout.isatty()
        for line in lines:
            write(harmless_json(line.decode()).encode() if is_shown else line)
    output.note(f"{output.count(len(lines), 'correction')} in {file}")


@review.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSON Lines as export writes them; - for standard input.")],
    store: StoreAt = DEFAULT,
) -> None:
    """Take in corrections from a file, all or none; say what was new and where people differ."""
    lines = _lines(file)
    with Store.open(store) as opened:
        done = reviewing.imported(opened, lines)
    output.say(f"{output.count(done.new, 'correction')} new, {done.known:,} known already")
    for one in done.conflicts:
        people = [one.row.who, *sorted({row.who for row in one.others})]
        output.say(f"  differs: {one.record[:KEY]} on {', '.join(one.fields)}: {' and '.join(people)}")
    for row in done.unattached:
        what = f"{row.action} {row.about.kind} of {row.about.doc[:KEY]}"
        output.say(f"  attaches to nothing yet: {row.id[:KEY]} ({what})")


def _lines(file: Path) -> list[bytes]:
    if str(file) == "-":
        return sys.stdin.buffer.read().splitlines()
    try:
        return file.read_bytes().splitlines()
    except OSError as error:
        raise CallError(f"{file}: expected a file of JSON Lines: {error.strerror or error}") from error


@review.command()
def agreement(
    store: StoreAt = DEFAULT,
    who: Annotated[list[str] | None, typer.Option(help="A coder, or machine; two for the two of them.")] = None,
    field: Annotated[str | None, typer.Option(help="One field: status, visit.start.")] = None,
) -> None:
    """Print how far coders agree with one another and with the machine, per field: Krippendorff's alpha."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = reviewing.agreement(opened, who=who or (), field=field)
    header = ("coders", "kind", "field", "records", "same", "alpha", "alpha of figures")
    rows = [
        (" ".join(c.coders), c.kind, c.field, f"{c.units:,}", f"{c.agreed:.3f}", _alpha(c.nominal), _figures(c))
        for c in found
    ]
    for line in table(header, rows, width=output.width(), flexible=("coders",)):
        output.say(line)
    output.note(output.count(len(found), "line"))


def _alpha(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _figures(c: reviewing.Concord) -> str:
    return f"{_alpha(c.interval)} ({c.interval_units:,})" if c.interval_units else ""


def _done(opened: Store, row: Correction) -> None:
    """What a decision did: the row's id for undo, and the record as it stands now."""
    output.say(f"{row.id[:KEY]}  {_what(row)}")
    for filed in opened.filed(doc=row.about.doc):
        if filed.correction.id == row.id and filed.record:
            record = desk.show(opened, filed.record).record
            output.say(f"  {kind_of(record)} {record.id[:KEY]} ({record.status}): {worded(record)}")


def _cells(filed: Filed) -> tuple[str, ...]:
    row = filed.correction
    on = f"{row.about.kind} {row.about.doc[:KEY]}"
    record = filed.record[:KEY] if filed.record else f"none (was {row.about.record[:KEY]})"
    taken = "" if filed.counts else ", undone"
    return row.id[:KEY], row.when[:19] + "Z", row.who, on, record, _what(row) + taken, row.why or ""


def _what(row: Correction) -> str:
    """What a row decides, in a few words."""
    if row.action == "correct" and row.field == EVIDENCE:
        marked = "; ".join(f"“{w['text']}” {w['start']}–{w['end']}" for w in row.value["words"])
        return f"words of {row.value['part']}: {marked or 'none'}"
    if row.action == "correct":
        return f"{row.field} = {_json(row.value)}"
    if row.action in ("join", "split") and row.other is not None:
        return f"{row.action} with {row.other.record[:KEY]}"
    return f"undo {row.undoes[:KEY]}" if row.undoes else row.action


def _json(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def show_history(history: reviewing.History | None) -> None:
    """What people decided on a record that is shown, with what the machine had; nothing where nobody did."""
    if history is not None and history.filed:
        output.say(f"\nReviewed{f', {history.verdict}' if history.verdict else ''}:")
        for line in _told(history.filed, history):
            output.say(f"  {line}")
        if history.disputed:
            output.say(f"  people differ on: {', '.join(history.disputed)}")


def _is_value(row: Correction) -> bool:
    return row.action == "correct" and row.field != EVIDENCE


def _told(filed: Iterable[Filed], history: reviewing.History) -> Iterator[str]:
    for f in filed:
        row = f.correction
        had = f" (the machine: {_json(plain(getattr(history.machine, row.field or '')))})" if _is_value(row) else ""
        why = f": {row.why}" if row.why else ""
        taken = "" if f.counts else "  [undone]"
        yield f"{row.id[:KEY]} {row.when[:10]} {row.who}: {_what(row)}{had}{why}{taken}"
