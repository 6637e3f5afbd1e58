"""What is printed and how: words made harmless, tables, progress, files that are whole or not there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bilateral import desk
from bilateral.brief import (
    DIFFERENCE_FORMS,
    FORMS,
    Brief,
    Difference,
    as_pdf,
    claim,
    csv_lines,
    date_of,
    harmless,
    harmless_json,
    json_line,
    nested,
    shown,
    source,
    table,
    type_of,
    worded,
)
from bilateral.cli.options import BriefForm, ListForm
from bilateral.errors import CallError
from bilateral.model import Answer, AnyRecord, Problem, Report, kind_of
from bilateral.query import Hit

FEW = 10
UNPARSED = 160  # letters shown of a passage that was not parsed


def say(words: str = "") -> None:
    """A line on the output."""
    sys.stdout.write(harmless(words) + "\n")


def note(words: str) -> None:
    """A line on the error stream, for what is no answer."""
    sys.stderr.write(harmless(words) + "\n")


def count(n: int, noun: str) -> str:
    """A number with its noun: "1 record", "1,200 records"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def width() -> int | None:
    """The columns of the terminal; None where the output goes elsewhere, so that nothing is wrapped there."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def check_form(form: BriefForm, *, diff: bool, to: Path) -> None:
    """CallError where a form of a brief cannot go where it is to go: PDF to a terminal, changes as PDF."""
    if form is BriefForm.pdf and diff:
        raise CallError("--diff: expected --format text, markdown, json or html, got pdf")
    if form is BriefForm.pdf and str(to) == "-" and sys.stdout.isatty():
        raise CallError("--format pdf: expected --out FILE, as the output is a terminal")


def brief(made: Brief, form: BriefForm, changes: Difference | None, *, to: Path) -> None:
    """A whole brief, or what changed since an earlier one, in a file or on the output."""
    if form is BriefForm.pdf:
        data = as_pdf(made)
        with whole(to) as write:
            write(data)
        return
    words = DIFFERENCE_FORMS[form.value](changes) if changes else FORMS[form.value](made)
    words = harmless_json(words) if form is BriefForm.json else harmless(words)
    if str(to) == "-":
        sys.stdout.write(words)
        return
    with whole(to) as write:
        write(words.encode("utf-8", "backslashreplace"))


def hint(pairs: list[tuple[str, str, int]]) -> None:
    """What there is in a store that has nothing on what was asked for."""
    shown = ", ".join(f"{a} {b} ({n:,})" for a, b, n in pairs[:FEW])
    note(f"bilateral: no record fits. The store has most on: {shown or 'nothing, it has no records'}")


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[int, str], None]]:
    """A bar on the error stream where that is a terminal; elsewhere nothing."""
    console = Console(stderr=True, highlight=False)
    columns = (SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(
        *columns, TextColumn("{task.fields[name]}"), console=console, transient=True, disable=not console.is_terminal
    )
    with bar:
        task = bar.add_task(what, total=total, name="")

        def tick(done: int, name: str) -> None:
            known = total if total is None or done <= total else None  # a table is one file and many reports
            bar.update(task, completed=done, total=known, name=escape(harmless(name[-60:])))

        yield tick


def told(summary: desk.Summary) -> None:
    """What was read, found and refused."""
    total = sum(summary.records.values())
    kinds = ", ".join(f"{n:,} {desk.PLURALS[kind] if n != 1 else kind}" for kind, n in summary.records.items())
    older = f", {summary.superseded:,} superseding an older text" if summary.superseded else ""
    say(f"{count(summary.reports_new, 'report')} read, {summary.reports_known:,} known already{older}")
    say(count(total, "record") + (f": {kinds}" if kinds else ""))
    if summary.problems:
        say(f"{count(len(summary.problems), 'problem')}, {summary.refused:,} of them refused reports or inputs:")
        list_problems(summary.problems[:FEW], "  ")
        if len(summary.problems) > FEW:
            say(f"  … and {len(summary.problems) - FEW:,} more; bilateral problems lists all")


def list_problems(problems: Iterable[Problem], indent: str = "") -> None:
    """Problems, one a line: where, in which stage, what."""
    for problem in problems:
        say(f"{indent}{problem.uri}: {problem.stage}: {problem.message}")


def _as_table(answer: Answer) -> None:
    reports = {r.id: r for r in answer.reports}
    for heading, records in (("", answer.records), ("undated:", answer.undated)):
        if records:
            if heading:
                say(f"\n{heading}")
            rows = [_cells(record, reports[record.doc]) for record in records]
            header = ("id", "date", "status", "type", "record", "claimed by")
            for line in table(header, rows, width=width(), flexible=("record", "claimed by")):
                say(line)


def _cells(record: AnyRecord, report: Report) -> tuple[str, ...]:
    date = date_of(record) or ""
    return record.id[:8], date, record.status, type_of(record), worded(record), claim(record, report)


def _as_jsonl(answer: Answer) -> None:
    reports = {r.id: r for r in answer.reports}
    for record in (*answer.records, *answer.undated):
        sys.stdout.write(harmless_json(json_line(nested(record, reports[record.doc]))) + "\n")


def _as_csv(answer: Answer) -> None:
    for line in csv_lines(answer):
        sys.stdout.write(harmless(line) if sys.stdout.isatty() else line)


_FORMS = {ListForm.table: _as_table, ListForm.jsonl: _as_jsonl, ListForm.csv: _as_csv}


def list_records(found: Answer, form: ListForm) -> None:
    """An answer in one of the forms of `list`; how many records there are goes to the error stream."""
    _FORMS[form](found)
    shown = len(found.records) + len(found.undated)
    note(f"{shown:,} of {found.total:,} records" if shown < found.total else count(found.total, "record"))


def list_hits(hits: list[Hit]) -> None:
    """The finds of a search: what was found where, and the words around it."""
    for hit in hits:
        what = f"{kind_of(hit.record)} {hit.record.id[:8]}" if hit.record else f"report {hit.report.id[:8]}"
        say(f"{what}  {source(hit.report)}")
        say(f"    {' '.join(hit.snippet.split())}")
    note(count(len(hits), "find"))


def show_record(found: desk.Shown) -> None:
    """A record beside its words, with the records that it names and what was not parsed."""
    for line in shown(found.record, found.report, found.passages, found.section):
        say(line)
    for key, other in found.by_id.items():
        say(f"  see {kind_of(other)} {key[:8]}: {worded(other)}")
    _list_unparsed(found.unparsed)


def _list_unparsed(passages: tuple[str, ...]) -> None:
    if passages:
        n = count(len(passages), "passage")
        say(f"\nLeft out by the gate, not parsed ({n}; bilateral read --gate off parses them):")
    for words in passages:
        words = " ".join(words.split())
        say(f"  {words[:UNPARSED]}{' …' if len(words) > UNPARSED else ''}")


def list_reports(found: list[Report]) -> None:
    """A table of reports."""
    header = ("id", "date", "known by", "publisher", "records", "parsed", "title", "uri")
    rows = [_report_cells(r) for r in found]
    for line in table(header, rows, width=width(), flexible=("publisher", "title", "uri")):
        say(line)
    note(count(len(found), "report"))


def _report_cells(r: Report) -> tuple[str, ...]:
    parsed = f"{100 * r.parsed // r.characters} %" if r.characters else ""
    date, how = r.published.value or "unknown", r.published.how or ""
    return r.id[:8], date, how, r.publisher or "", f"{r.records:,}", parsed, r.title or "", r.uri


def show_report(report: Report, unparsed: tuple[str, ...]) -> None:
    """A report with all that is known of its date, and what was not parsed."""
    dated = report.published
    say(f"report {report.id}  {report.uri}")
    for name in ("title", "publisher", "author", "place", "lang", "characters", "parsed", "records", "superseded_by"):
        value = getattr(report, name)
        if value is not None:
            say(f"  {name.replace('_', ' ')}: {value}")
    say(f"  date: {dated.value or 'unknown'} ({dated.how or 'not known'})")
    if dated.candidates:
        say(f"  other dates weighed: {', '.join(dated.candidates)}")
    for reason in dated.reasons:
        say(f"    {reason}")
    _list_unparsed(unparsed)


@contextmanager
def whole(path: Path, what: str = "--out") -> Iterator[Callable[[bytes], Any]]:
    """A file that is there when all of it is written, and untouched where something goes wrong before.

    `what` is the argument that names it.
    """
    if str(path) == "-":
        yield sys.stdout.buffer.write
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file.write
        part.replace(path)
    except OSError as error:
        raise CallError(f"{what} {path}: expected a file that can be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def list_findings(found: Iterable[tuple[str, str, bool]]) -> bool:
    """The findings of `doctor`, one a line; whether all is well."""
    all_well = True
    for what, told, well in found:
        say(f"{'ok ' if well else 'BAD'}  {what:24} {told}")
        all_well = all_well and well
    return all_well
