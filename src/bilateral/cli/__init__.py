"""The command line: one command a thing that a user can do. The only module that prints.

Exit codes: 0 all went well, 1 some reports were refused or faults found, 2 a wrong call, 3 the store is unusable,
130 stopped by Ctrl-C. Words of reports are printed so that a terminal does not act on them.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bilateral import desk
from bilateral.cli import comparing, extending, ledger, output, review, saying, serving, training
from bilateral.cli.options import (
    DEFAULT,
    USUAL_GATE,
    BriefForm,
    ClaimedBy,
    Dyad,
    Gate,
    Limit,
    ListForm,
    Since,
    Statuses,
    StoreAt,
    Types,
    Until,
)
from bilateral.errors import BilateralError, CallError, StoreError
from bilateral.store import Store
from bilateral.text import Given

REFUSED, WRONG_CALL, UNUSABLE, STOPPED = 1, 2, 3, 130


class Commands(TyperGroup):
    """The commands; an error of ours becomes a line on the error stream and an exit code, wherever it comes from."""

    def __init__(self, **named: Any) -> None:
        """The commands as they are registered, groups of commands last."""
        super().__init__(**named)
        self.commands = dict(sorted(self.commands.items(), key=lambda entry: isinstance(entry[1], TyperGroup)))

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BilateralError as error:
            output.note(f"bilateral: {error}")
            raise typer.Exit(UNUSABLE if isinstance(error, StoreError) else WRONG_CALL) from error
        except KeyboardInterrupt as stop:
            output.note("bilateral: stopped. What was committed is in the store; the same command goes on from there.")
            raise typer.Exit(STOPPED) from stop
        except BrokenPipeError:
            with suppress(OSError):  # whoever read us has left: the rest goes nowhere, without a word
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


app = typer.Typer(
    name="bilateral", cls=Commands, no_args_is_help=True, add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Reads reports and keeps the record of relations between states, every line traced to its words.",
    epilog="Exit codes: 0 all read, 1 some reports refused or faults found, 2 wrong call, 3 store unusable.",
)  # fmt: skip


def _version(is_asked: bool) -> None:
    if is_asked:
        output.say(f"bilateral {metadata.version('bilateral')}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version and stop.")
    ] = False,
) -> None:
    """What all commands share: nothing but the version."""


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")],
    store: StoreAt = DEFAULT,
    date: Annotated[str | None, typer.Option(help="The publication date of these reports.")] = None,
    publisher: Annotated[str | None, typer.Option(help="The publisher of these reports.")] = None,
    gate: Annotated[Gate, typer.Option(help="What is parsed: off (all), article, window, pair.")] = USUAL_GATE,
    column: Annotated[list[str] | None, typer.Option(help="FIELD=COLUMN for JSON Lines and CSV (text=body).")] = None,
) -> None:
    """Read reports into the store and say what was read, found and refused."""
    given, columns = Given(published=date, publisher=publisher), _columns(column)
    with Store.open(store) as opened, output.progress("reading", desk.files(paths)) as tick:
        summary = desk.read(
            opened, paths, given=given, columns=columns, gate=gate.value, stdin=sys.stdin.buffer, progress=tick
        )
    output.told(summary)
    raise typer.Exit(REFUSED if summary.refused else 0)


def _columns(pairs: list[str] | None) -> dict[str, str]:
    found = {}
    for pair in pairs or []:
        field, sign, name = pair.partition("=")
        if not sign or not field or not name:
            raise CallError(f"--column: expected FIELD=COLUMN such as text=body, got {pair!r}")
        found[field] = name
    return found


@app.command()
def brief(
    states: Annotated[list[str] | None, typer.Argument(help="Two states or organisations, or one.")] = None,
    store: StoreAt = DEFAULT,
    form: Annotated[BriefForm, typer.Option("--format")] = BriefForm.text,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    types: Types = None,
    status: Statuses = None,
    claimed_by: ClaimedBy = None,
    limit: Limit = None,
    diff: Annotated[Path | None, typer.Option(help="An earlier brief, written by --format json: what changed.")] = None,
    out: Annotated[Path, typer.Option(help="The file to write; - for the output.")] = Path("-"),
) -> None:
    """Print the bilateral brief: every line dated, attributed and numbered to its source."""
    output.check_form(form, diff=diff is not None, to=out)
    with Store.open(store, create=False, read_only=True) as opened:
        made = desk.brief(
            opened, [*(dyad or ()), *(states or ())], since=since, until=until, types=types or (),
            statuses=status or (), claimed_by=claimed_by, limit=limit,
        )  # fmt: skip
        if not made.records:
            output.hint(desk.pairs(opened))
    output.brief(made, form, desk.brief_changes(made, diff) if diff else None, to=out)


@app.command("list")
def listed(
    kind: Annotated[str, typer.Argument(help=", ".join(desk.PLURALS.values()))],
    states: Annotated[list[str] | None, typer.Argument(help="As --dyad.")] = None,
    store: StoreAt = DEFAULT,
    form: Annotated[ListForm, typer.Option("--format")] = ListForm.table,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    types: Types = None,
    status: Statuses = None,
    claimed_by: ClaimedBy = None,
    limit: Limit = None,
) -> None:
    """List records of one kind; what is undated is listed apart where dates were asked for."""
    kinds, named = desk.kinds_in([kind, *(states or ())])
    asked = desk.question(
        kinds=kinds or (kind,), dyad=[*(dyad or ()), *named], since=since, until=until, types=types or (),
        statuses=status or (), claimed_by=claimed_by, limit=limit,
    )  # fmt: skip
    with Store.open(store, create=False, read_only=True) as opened:
        answer = desk.ask(opened, asked)
    output.list_records(answer, form)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help='Words; "…" for a phrase, a * for beginnings.')],
    store: StoreAt = DEFAULT,
    limit: Annotated[int, typer.Option(min=1, help="At most so many finds.")] = 20,
) -> None:
    """Search the full text of reports and records."""
    with Store.open(store, create=False, read_only=True) as opened:
        hits = desk.search(opened, " ".join(words), limit=limit)
    output.list_hits(hits)


@app.command()
def show(
    record_id: Annotated[str, typer.Argument(help="A record's id, or its first four letters or more.")],
    store: StoreAt = DEFAULT,
) -> None:
    """Show a record beside its words: where it comes from, how each field was resolved, what was not parsed."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = desk.show(opened, record_id)
        checks = desk.checks_of(opened, found.record)
    output.show_record(found)
    review.show_history(found.history)
    comparing.show_checks(checks)


@app.command()
def reports(
    report: Annotated[str | None, typer.Argument(help="One report, by id or uri: how its date is known.")] = None,
    store: StoreAt = DEFAULT,
) -> None:
    """List the reports of the store, with their dates and how those are known; or show one of them."""
    with Store.open(store, create=False, read_only=True) as opened:
        found, one = desk.reports(opened), desk.report(opened, report) if report else None
    if one:
        output.show_report(*one)
    else:
        output.list_reports(found)


@app.command("set")
def set_(
    report: Annotated[str, typer.Argument(help="A report's id or uri.")],
    date: Annotated[str, typer.Option(help="Its date, or 'none' to take an earlier --date back.")],
    store: StoreAt = DEFAULT,
) -> None:
    """Overrule what was inferred of a report; it is coded again on the new date."""
    with Store.open(store, create=False) as opened:
        found = desk.set_date(opened, report, None if date == "none" else date)
    value, how = found.published.value or "unknown", found.published.how or "no date"
    output.say(f"{found.uri}: {value} ({how}); {output.count(found.records, 'record')}")


@app.command()
def forget(report: Annotated[str, typer.Argument(help="A report's id or uri.")], store: StoreAt = DEFAULT) -> None:
    """Take a report out of the store with all that came from it."""
    with Store.open(store, create=False) as opened:
        uri = desk.report(opened, report)[0].uri
        gone = desk.forget(opened, report)
    what = f"{output.count(gone.records, 'record')} and {output.count(gone.problems, 'problem')}"
    output.say(f"{uri} ({gone.report}): forgotten with {what}")
    for key in gone.restored:
        output.say(f"{key}: counts again")


@app.command()
def verify(store: StoreAt = DEFAULT) -> None:
    """Find every record's words in its report; list what is wrong."""
    with Store.open(store, create=False, read_only=True) as opened:
        faults = list(desk.verify(opened))
        counts = desk.counts(opened)
    for fault in faults:
        output.say(f"{fault.record or 'store'}: {fault.part}: {fault.message}")
    records = sum(counts.get(name, 0) for name in desk.PLURALS.values())
    output.say(f"{output.count(records, 'record')} checked, {output.count(len(faults), 'fault')}")
    raise typer.Exit(REFUSED if faults else 0)


@app.command()
def recode(store: StoreAt = DEFAULT) -> None:
    """Code the stored parses again with the present rules; nothing is parsed."""
    with Store.open(store, create=False) as opened, output.progress("coding", desk.counts(opened)["reports"]) as tick:
        summary = desk.recode(opened, progress=tick)
    output.told(summary)


@app.command()
def problems(store: StoreAt = DEFAULT) -> None:
    """List what could not be read or coded, and why."""
    with Store.open(store, create=False, read_only=True) as opened:
        found = desk.problems(opened)
    output.list_problems(found)
    output.note(output.count(len(found), "problem"))


@app.command()
def evaluate(
    task: Annotated[str, typer.Argument(help=", ".join(desk.tasks()))],
    inputs: Annotated[Path, typer.Argument(help="Label-free inputs as JSON Lines.")],
    to: Annotated[Path, typer.Option("--out", help="Where the predictions go; - for the output.")],
    store: StoreAt = DEFAULT,  # noqa: ARG001 - every command takes it
) -> None:
    """Write predictions for label-free inputs, in the shape that the task's scorer reads; no store is read or made."""
    n = 0
    with output.progress("predicting") as tick, output.whole(to) as write:
        for n, line in enumerate(desk.evaluate(task, inputs), start=1):
            write(line)
            tick(n, "")
    output.note(f"{output.count(n, 'prediction')} in {to}")


@app.command()
def doctor(store: StoreAt = DEFAULT) -> None:
    """Say what is installed, which models and data there are, and whether the store is sound."""
    if not store.exists():
        well = output.list_findings([*desk.doctor(), (f"store {store}", "none yet; bilateral read makes it", True)])
        raise typer.Exit(0 if well else REFUSED)
    try:
        with Store.open(store, create=False, read_only=True) as opened:
            found = desk.doctor(opened)
    except StoreError:
        output.list_findings(desk.doctor())
        raise
    raise typer.Exit(0 if output.list_findings(found) else REFUSED)


app.command()(ledger.ledger)
app.command()(ledger.entry)
app.command()(ledger.indices)
app.command()(saying.positions)
app.command()(saying.people)
app.command()(saying.person)
app.command()(comparing.check)
app.command()(extending.scheme)
app.command()(comparing.series)
app.command()(serving.serve)
app.add_typer(comparing.reference, name="reference")
app.add_typer(training.training, name="train")
app.add_typer(review.review, name="review")


def main() -> None:
    """Run the command line; what the output's encoding cannot hold is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app()
