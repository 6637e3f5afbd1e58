"""An agreement as one place of the text tells it: its noun with steps, dates, parties, subjects and title."""

from __future__ import annotations

from typing import NamedTuple

from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.instruments import Instrument, Reading, instruments, is_bare, list_over
from bilateral.extract.agreements.parties import Sides, sides
from bilateral.extract.agreements.steps import steps
from bilateral.extract.agreements.timing import further, later, occasion, same_day, when
from bilateral.extract.agreements.titles import title
from bilateral.extract.agreements.topics import IN_CLAUSE, UNKNOWN, Topics, topics
from bilateral.syntax import kids
from bilateral.text import Mention

_HEADS = ("title", "subtitle", "heading")
_ITEMS = range(2, 7)
_NEAR = 5


class Draft(NamedTuple):
    """An agreement as one place of the text tells it; `is_bare` without any determiner.

    With `is_pronoun` it is told without its noun ("it", "the talks"), at most `reach` sentences behind.
    """

    one: Instrument
    steps: tuple[Step, ...]
    dates: tuple[Mention | None, ...]
    sides: Sides
    subjects: tuple[str, ...]
    has_own_subject: bool
    title: str | None
    in_title: bool
    sentence: int
    is_bare: bool
    is_aggregate: bool = False
    is_pronoun: bool = False
    reach: int = 1


def drafts(read: Reading) -> list[Draft]:
    """The drafts of a document that name their agreement, one an item where a list names several."""
    found: list[Draft] = []
    named = instruments(read)
    for one in named:
        over = list_over(read, one, named)
        whole = next((d for d in found if over is not None and d.one.head == over.head), None)
        found += [_item(read, one, whole)] if whole is not None else _drafts(read, one, found[-1] if found else None)
    return found


def _drafts(read: Reading, one: Instrument, before: Draft | None) -> list[Draft]:
    """What one place tells; an agreement joined to the one before it without a step of its own shares its steps."""
    told = tuple(steps(read, one))
    is_joined = not told and before is not None and _is_joined(read, before.one, one)
    if is_joined and before is not None:
        told = before.steps
    if one.kind.is_weak and not told and not one.is_definite:
        return []
    about = topics(read, one, list(told))
    told, dates = further(read, told, dates_of(read, one, told, is_joined=is_joined))
    is_own = about.rule != UNKNOWN and not (about.rule == IN_CLAUSE and one.is_definite)
    own = about.subjects if is_own else ()
    paragraph = read.doc.document.paragraph_at(read.parse.start[one.head])
    draft = Draft(
        one, told, dates, sides(read, one, told), own or ("general",), bool(own),
        title(read, one), paragraph is not None and paragraph.kind in _HEADS, read.sentence(one.head),
        is_bare(read, one), one.is_plural,
    )  # fmt: skip
    return _split(draft, about) if _is_split(read, one, about) else [draft]


def _item(read: Reading, one: Instrument, whole: Draft) -> Draft:
    """An agreement that a list names ("four papers were signed, among them the …"): with the steps of the list."""
    about = topics(read, one, [])
    own = about.subjects if about.rule not in (UNKNOWN, IN_CLAUSE) else ()
    near = sides(read, one, ())
    return Draft(
        one, whole.steps, whole.dates, near if len(near.codes) > 1 else whole.sides, own or ("general",), bool(own),
        title(read, one), whole.in_title, whole.sentence, is_bare(read, one),
    )  # fmt: skip


def dates_of(
    read: Reading, one: Instrument, told: tuple[Step, ...], *, is_joined: bool = False
) -> tuple[Mention | None, ...]:  # fmt: skip
    """When each of some steps is taken, None where nothing says so."""
    inside_first = is_joined or read.parse.dep[one.head] == "conj"
    return tuple(_date(read, one, s, inside_first=inside_first) for s in told)


def _date(read: Reading, one: Instrument, step: Step, *, inside_first: bool) -> Mention | None:
    """When a step is taken: its own date, that of the occasion, "the same day", or that of a sentence behind it."""
    own = same_day(read, step) or when(read, one, step, inside_first=inside_first) or occasion(read, one, step)
    return own or later(read, one, step)


def _is_joined(read: Reading, first: Instrument, second: Instrument) -> bool:
    """Whether two agreements stand in one list ("an accord on … and a memorandum on …"), whatever the parse joins."""
    between = range(first.words.stop, second.words.start)
    if not between or second.is_definite or read.sentence(first.head) != read.sentence(second.head):
        return False
    if any(read.parse.tag[k] in ("VBD", "VBZ", "VBP", "MD") or read.low[k] in (";", ":") for k in between):
        return False
    near = {read.low[k] for k in between[-_NEAR:]}
    return bool(near & {"and", ","})


def _is_split(read: Reading, one: Instrument, about: Topics) -> bool:
    """Whether a plural stands for one agreement an item: a list of subjects as long as the number named, of one type.

    Without a number the list must have three items: "on trade and investment" may be one agreement or two.
    """
    is_mixed = read.parse.dep[one.head] == "conj" or any(read.is_named(k) for k in kids(read.parse, one.head, "conj"))
    size = len(about.by_item)
    if not one.is_plural or not about.is_list or is_mixed or size not in _ITEMS:
        return False
    return one.number == size or (one.number is None and size > _ITEMS.start)


def _split(draft: Draft, about: Topics) -> list[Draft]:
    one = draft.one._replace(number=1, is_plural=False)
    whole = draft._replace(one=one, has_own_subject=True, is_aggregate=False)
    return [whole._replace(subjects=found[:1]) for found in about.by_item]
