"""The commands on who said what, and who is who: `positions`, `people`, `person`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from bilateral import desk
from bilateral.brief import PEOPLE_FORMS, PERSON_FORMS, POSITION_FORMS, harmless, harmless_json, list_as_text
from bilateral.brief.bodies import BODIES_FORMS, BODY_FORMS
from bilateral.cli import output
from bilateral.cli.options import DEFAULT, ClaimedBy, Dyad, Limit, Since, Statuses, StoreAt, Until
from bilateral.desk import persons
from bilateral.store import Store


class PositionForm(StrEnum):
    text = "text"
    markdown = "markdown"
    md = "md"
    json = "json"
    csv = "csv"


AsForm = Annotated[PositionForm, typer.Option("--format", "--form", help="How it is printed; md is markdown.")]


def written(words: str, form: PositionForm) -> None:
    """An answer on the output; a table goes to a pipe or file as it is."""
    if form is PositionForm.json:
        words = harmless_json(words)
    elif form is not PositionForm.csv or sys.stdout.isatty():
        words = harmless(words)
    sys.stdout.write(words)


def positions(
    topic: Annotated[str, typer.Option(help="A subject (trade, energy …) or words that the statements hold.")],
    states: Annotated[list[str] | None, typer.Argument(help="Two states or organisations, or one; none: all.")] = None,
    store: StoreAt = DEFAULT,
    form: AsForm = PositionForm.text,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    status: Statuses = None,
    claimed_by: ClaimedBy = None,
    limit: Limit = None,
) -> None:
    """Print what each side said on a topic, the newest first: the words, speaker, office, report, and through whom."""
    with Store.open(store, create=False, read_only=True) as opened:
        made = desk.positions(
            opened, [*(dyad or ()), *(states or ())], topic, since=since, until=until, statuses=status or (),
            claimed_by=claimed_by, limit=limit,
        )  # fmt: skip
        if not made.positions:
            output.hint(desk.pairs(opened))
    written(POSITION_FORMS["markdown" if form is PositionForm.md else form.value](made), form)
    shown = len(made.positions)
    output.note(f"{shown:,} of {made.total:,} statements" if shown < made.total else output.count(shown, "statement"))


NameOf = Annotated[str | None, typer.Option(help="A name, or part of one, in any spelling.")]


def people(
    states: Annotated[
        list[str] | None, typer.Argument(help="States or organisations that they serve; none: all.")
    ] = None,
    store: StoreAt = DEFAULT,
    form: AsForm = PositionForm.text,
    name: NameOf = None,
    bodies: Annotated[bool, typer.Option("--bodies", help="The ministries, agencies and forces instead.")] = False,
) -> None:
    """List the people that reports tell of, spellings of one name joined: latest office, first and last seen."""
    with Store.open(store, create=False, read_only=True) as opened:
        if bodies:
            some = persons.bodies(opened, states or (), name=name)
            written(BODIES_FORMS["markdown" if form is PositionForm.md else form.value](some), form)
            output.note(f"{len(some):,} {'body' if len(some) == 1 else 'bodies'}")
            return
        found = desk.people(opened, states or (), name=name)
    if form is PositionForm.text:
        written(list_as_text(found, output.width()), form)
    else:
        written(PEOPLE_FORMS["markdown" if form is PositionForm.md else form.value](found), form)
    output.note(f"{len(found):,} {'person' if len(found) == 1 else 'people'}")


def person(
    name: Annotated[str, typer.Argument(help="A name or part of one, in any spelling, or the letters of an id.")],
    store: StoreAt = DEFAULT,
    form: AsForm = PositionForm.text,
    state: Annotated[list[str] | None, typer.Option(help="The state served, where several people fit.")] = None,
) -> None:
    """Show a person: offices over time with their sources, what was said, which spellings were joined and why."""
    with Store.open(store, create=False, read_only=True) as opened:
        if some := persons.body(opened, name, state or ()):
            written(BODY_FORMS["markdown" if form is PositionForm.md else form.value](some), form)
            output.note(f"{len(some):,} {'body' if len(some) == 1 else 'bodies'}")
            return
        found = desk.person(opened, name, state or ())
    written(PERSON_FORMS["markdown" if form is PositionForm.md else form.value](found), form)
    output.note(f"{len(found):,} {'person' if len(found) == 1 else 'people'}")
