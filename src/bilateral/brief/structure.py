"""What a brief is made of: sections of groups of lines, each line with its words, its life and who tells it.

Plain data: `making` fills it, the forms print it, `as_json` writes it and `differences` compares what was written.
"""

from __future__ import annotations

from msgspec import Struct

from bilateral.charts import Drawing
from bilateral.model import AnyRecord, Question, Report

FORM, VERSION = "bilateral brief", 2
RELATIONS, LATEST, MECHANISMS, AGREEMENTS, FIGURES = 2, 3, 5, 6, 7
POSITIONS, GAPS, SOURCES = 11, 14, 15


class Words(Struct, frozen=True, kw_only=True):
    """The words behind a line: who claims it, the words, and where they stand.

    `claim` is `told` (outlet and date of the report) with the speaker; `name` the speaker's name alone, where there is
    one. `quote` is empty where the line itself is the quotation, or where it stands above. `source` is the report's
    number in the list of sources, `record` a record's id, `start` and `end` offsets into the report. `is_copy`: the
    report prints a story that an earlier one of the line has already.
    """

    claim: str
    told: str
    name: str | None
    quote: str
    source: int
    record: str
    start: int
    end: int
    is_copy: bool = False


class Stage(Struct, frozen=True, kw_only=True):
    """A step in the life of what a line tells: in words, its date (EDTF), its status, the reports that tell it."""

    text: str
    date: str | None
    status: str
    sources: tuple[int, ...]
    claimants: tuple[str, ...] = ()


class Telling(Struct, frozen=True, kw_only=True):
    """Who says so: `both sides`, `one side`, `third parties` or `one side and third parties`, and which states.

    `independent` counts outlets of different owners that have it from reports of their own; `copies` the reports that
    print a story told already; `state_owned` names the outlets of a state among those that tell it.
    """

    sides: str
    states: tuple[str, ...]
    independent: int
    copies: int = 0
    state_owned: tuple[str, ...] = ()


class Line(Struct, frozen=True, kw_only=True):
    """One line: when, what in words, and the words it rests on, those of the fullest record first.

    `key` is the id of the ledger's entry, else of the record. `date` is that of the thing (EDTF), `reported` that of
    the report, for things without one. `notes` are what follows from it (derived values, what belongs to it). `former`
    are keys that it had before. `is_repeated`: the line stands in another section too.
    """

    key: str
    date: str | None
    reported: str | None
    text: str
    status: str
    words: tuple[Words, ...]
    notes: tuple[str, ...] = ()
    life: tuple[Stage, ...] = ()
    telling: Telling | None = None
    former: tuple[str, ...] = ()
    is_repeated: bool = False

    @property
    def sources(self) -> tuple[int, ...]:
        """The numbers of the reports behind the line."""
        return tuple(dict.fromkeys(w.source for w in self.words))


class Group(Struct, frozen=True, kw_only=True):
    """Lines under one heading ("" for none); `summary` says in a few words what they come to."""

    heading: str
    lines: tuple[Line, ...]
    summary: str = ""


class Section(Struct, frozen=True, kw_only=True):
    """A numbered section with its groups."""

    number: int
    title: str
    groups: tuple[Group, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all groups."""
        return tuple(line for group in self.groups for line in group.lines)


class Origin(Struct, frozen=True, kw_only=True):
    """What is known of a report's outlet: the state that owns it, and the report whose story it prints (its number)."""

    state_owned: str | None = None
    copy_of: int | None = None


class Brief(Struct, frozen=True, kw_only=True):
    """A whole brief. `as_on` is the date of the newest report read, never a clock's; `empty` are sections left out.

    `sources` are the reports in the order of their numbers, `origins` what is known of the outlet of each, `records`
    all that the brief was made from. `charts` hold the data of what is drawn.
    """

    title: str
    question: Question
    as_on: str | None
    coverage: tuple[str, ...]
    sections: tuple[Section, ...]
    empty: tuple[str, ...]
    sources: tuple[Report, ...]
    origins: tuple[Origin, ...]
    records: tuple[AnyRecord, ...]
    charts: tuple[Drawing, ...] = ()
    form: str = FORM
    version: int = VERSION
