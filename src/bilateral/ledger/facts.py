"""What the joining rules look at in a record: sides, kind, days, participants, place, words, standing.

A fact is made once a record; the rules compare facts and never records. Pure functions of a record and its report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from bilateral.entries import Source
from bilateral.interval import LATEST, interval
from bilateral.knowledge import adjective_of, code_of, fold, name_of, states
from bilateral.model import Actor, Agreement, AnyRecord, Event, Measure, Visit

Family = Literal["contact", "deed", "agreement", "figure"]
Days = tuple[str, str]

# How a contact takes place: kinds of different groups are never one thing.
GROUPS = {
    "phone_call": "call", "summons": "summons", "multilateral": "multilateral", "summit": "multilateral",
    "joint_commission": "round", "consultations": "round",
}  # fmt: skip
_MODES = {"phone": "call", "multilateral": "multilateral"}
# Stems of triggers that tell of a contact, for a promise or plan to meet.
_CONTACTS = (
    "visit", "meet", "talk", "receiv", "trip", "travel", "summit", "session", "round", "arriv", "consult", "tour",
)  # fmt: skip
_GOING = frozenset({
    "go", "goes", "going", "come", "comes", "coming", "pay", "pays", "leave", "leaves", "fly", "flies", "sit", "sits",
    "gather", "gathers", "convene", "convenes", "see", "sees", "be",
})  # fmt: skip
_ANYWHERE = frozenset({"country", "kingdom", "capital", "republic", "island", "region", "city", "here", "there"})
_OFF_AHEAD = 31  # days after a report in which a thing that it tells as called off lay
_AHEAD, _BEFORE = 90, 4  # days after a report in which an undated plan lies, and before it in which undated news lies
_STOP = frozenset({
    "that", "with", "from", "have", "were", "been", "will", "would", "said", "says", "their", "them", "they", "this",
    "these", "those", "which", "whom", "whose", "when", "while", "where", "after", "before", "during", "between",
    "into", "over", "under", "about", "than", "then", "there", "also", "more", "most", "some", "such", "other", "both",
    "three",
    "days", "week", "month", "year", "years", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "talks", "meeting", "visit", "held", "hold", "holds", "sides", "side", "countries", "country", "state",
    "minister", "foreign", "government", "official", "officials", "ministry", "according", "told", "added",
})  # fmt: skip
_NUMBERS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_ORDINAL = re.compile(rf"\b(?:(\d{{1,3}})(?:st|nd|rd|th)|({'|'.join(_NUMBERS)}))\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«'‘]((?:[A-Z][\w-]+|\d+)(?: (?:of |the )?(?:[A-Z][\w-]*|\d+)){0,3})[\"“”»'’]")
_DOUBLE = 2  # words of a name beyond which the one before the last may be a surname
_PARTICLES = frozenset({"della", "santa", "saint"})
_MARKS = ".,;:!?()[]“”‘’\"'"
_YEAR = re.compile(r"\s*\b\d+\b")
_ROUNDS = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:round|session|sitting|summit|commission|consultation|dialogue|meeting|time)",
    re.IGNORECASE,
)


class Told(Struct, frozen=True, kw_only=True):
    """A record as the ledger gets it: with the report that it rests on."""

    record: AnyRecord
    source: Source


class Fact(Struct, frozen=True, kw_only=True):
    """A record as the rules see it.

    `key` orders facts by the day of their report, then record id. `days` are those in which the thing lies, from its
    own date (`exact` where that is one day) or else from the day of the report. `people` are (country, surname),
    `levels` (country, level); `words` stems of its sentences; `round` the number of a session. `headline`: told in the
    first line of the report. `names` are those that stand in quotation marks ("Blue Reed 2019"), without their years;
    `initialled` the days on which its report has this agreement initialled.
    """

    key: tuple[str, str]
    told: Told
    family: Family
    group: str
    codes: frozenset[str]
    actors: frozenset[str]
    status: str
    days: Days | None
    is_dated: bool
    exact: bool
    people: frozenset[tuple[str, str]]
    levels: frozenset[tuple[str, str]]
    place: str | None
    words: frozenset[str]
    round: str | None
    headline: bool = False
    names: frozenset[str] = frozenset()
    initialled: tuple[Days, ...] = ()

    @property
    def record(self) -> AnyRecord:
        """The record that the fact is of."""
        return self.told.record

    @property
    def id(self) -> str:
        """The record's id."""
        return self.told.record.id


def fact(told: Told) -> Fact | None:
    """The fact of a record; None for what the ledger does not join (statements, roles, aggregates of agreements)."""
    record = told.record
    if isinstance(record, Visit):
        made = _visit(record)
    elif isinstance(record, Event):
        made = _event(record)
    elif isinstance(record, Agreement):
        is_count = record.count is not None and record.count > 1
        made = ("figure" if is_count else "agreement", record.type, (record.date,), record.signatories, record.place)
    elif isinstance(record, Measure):
        made = ("figure", record.quantity, (record.period,), (), None)
    else:
        return None
    family, group, dates, people, place = made
    known = [d for e in dates if (d := interval(e))]
    own: Days | None = (known[0][0], max(d[1] for d in known)) if known else None
    own = _as_told(own, told, _status(record))
    sentences = " ".join(dict.fromkeys(e.text for e in record.evidence if e.part in ("sentence", "title")))
    codes = _codes(record)
    return Fact(
        key=(told.source.day or LATEST, record.id), told=told, family=family, group=group, codes=codes,
        actors=_actors(record), status=_status(record), days=own or _around(told, record), is_dated=own is not None,
        exact=own is not None and _is_short(own, record), people=_people(people), levels=_levels(people),
        place=_place(place), words=stems(sentences, codes), round=_round(sentences),
        headline=any(e.part == "sentence" and e.start == 0 for e in record.evidence), names=_names(sentences),
    )  # fmt: skip


_Made = tuple[Family, str, tuple[str | None, ...], tuple[Actor, ...], str | None]


def _visit(v: Visit) -> _Made:
    group = GROUPS.get(v.visit_kind, "multilateral" if v.multilateral else "meeting")
    if v.visit_kind == "summit" and not v.multilateral:
        group = "meeting"
    if v.visit_kind == "consultations" and not _is_numbered(v):
        group = "meeting"
    return "contact", group, (v.start, v.end), (*v.visitors, *v.hosts), v.place


def _is_numbered(v: Visit) -> bool:
    """Whether consultations are a round of a mechanism: the words give its number, or name consultations as such."""
    words = " ".join(e.text for e in v.evidence if e.part in ("sentence", "trigger")).lower()
    return _round(words) is not None or "consultation" in words or "dialogue" in words


def _event(e: Event) -> _Made:
    is_contact = e.code == "CONSULT" or (e.code == "REJECT" and e.mode == "meet") or _is_plan_to_meet(e)
    group = _MODES.get(e.mode or "", "meeting") if is_contact else e.code
    return "contact" if is_contact else "deed", group, (e.date,), (*e.actors, *e.recipients), e.place


def _is_plan_to_meet(e: Event) -> bool:
    """Whether a promise or plan is one to meet ("will visit", "the next session is planned")."""
    trigger = span.text.lower() if (span := e.span("trigger")) else ""
    is_contact = trigger.startswith(_CONTACTS) or trigger in _GOING
    return e.code == "AGREE" and e.status in ("planned", "proposed") and is_contact


def _is_short(days: Days, record: AnyRecord) -> bool:
    """Whether a thing is dated to the day; a visit of some days is, by its first and last day."""
    if days[0] == days[1]:
        return True
    return isinstance(record, Visit) and record.start is not None and len(record.start) == len("2019-03-05")


def _as_told(own: Days | None, told: Told, status: str) -> Days | None:
    """The days of a thing cut at the day of its report: what is planned for a year lies in the rest of that year."""
    day = told.source.day
    if own is None or day is None or not own[0] < day < own[1]:
        return own
    if status in ("planned", "proposed"):
        return day, own[1]
    return (own[0], day) if status == "happened" else own


def _around(told: Told, record: AnyRecord) -> Days | None:
    """The days in which an undated thing lies, by the day of its report; None for what is recalled or wished for."""
    day = told.source.day
    if day is None or getattr(record, "background", False):
        return None
    if _status(record) in ("cancelled", "postponed") and isinstance(record, Visit | Event):
        return shifted(day, -_BEFORE), shifted(day, _OFF_AHEAD)  # what is called off lay ahead
    if record.status in ("happened", "cancelled", "postponed", "denied"):
        return shifted(day, -_BEFORE), day
    if record.status == "ongoing":
        return shifted(day, -2), shifted(day, 2)
    return day, shifted(day, _AHEAD)


def shifted(day: str, by: int) -> str:
    """The day some days later, as an ISO string; the day itself at the ends of the calendar."""
    try:
        return (date.fromisoformat(day) + timedelta(by)).isoformat()
    except (ValueError, OverflowError):
        return day


def gap(a: Days, b: Days) -> int:
    """The days between two stretches of time, 0 where they overlap."""
    if a[0] <= b[1] and b[0] <= a[1]:
        return 0
    left, right = (a, b) if a[1] < b[0] else (b, a)
    return (date.fromisoformat(right[0]) - date.fromisoformat(left[1])).days


def _place(words: str | None) -> str | None:
    """A place as it is compared: folded, "the Hungarian capital" by its name."""
    plain = fold(words) if words else ""
    if plain in _ANYWHERE:
        return None
    found = re.fullmatch(r"(.+?)(?:'s)? capital", plain)
    code = code_of(found.group(1)) if found else None
    return fold(next((s.capital or "" for s in states() if s.code == code), "")) or plain if code else plain or None


def _status(record: AnyRecord) -> str:
    """The standing of what is told: a refused or called-off meeting is cancelled, though the refusal happened."""
    is_off = isinstance(record, Event) and record.code == "REJECT" and record.mode == "meet"
    return "cancelled" if is_off and record.status == "happened" else record.status


def _codes(record: AnyRecord) -> frozenset[str]:
    if isinstance(record, Agreement | Measure):
        sides = record.direction.split(">") if isinstance(record, Measure) and record.direction else ()
        return frozenset((*record.parties, *sides))
    if isinstance(record, Event):
        return frozenset(a.country for a in (*record.actors, *record.recipients) if a.country)
    if isinstance(record, Visit):
        return frozenset(a.country for a in (*record.visitors, *record.hosts) if a.country)
    return frozenset()


def _actors(record: AnyRecord) -> frozenset[str]:
    return frozenset(a.country for a in record.actors if a.country) if isinstance(record, Event) else frozenset()


def surname(name: str) -> str:
    """A name's last word as it is compared across transliterations: folded, one letter for those that are swapped."""
    last = fold(name).split()[-1:] or [""]
    plain = re.sub(r"[yj]", "i", last[0]).replace("kh", "h").replace("ts", "c").replace("w", "v").replace("ph", "f")
    return re.sub(r"(.)\1+", r"\1", plain)


def _people(actors: Iterable[Actor]) -> frozenset[tuple[str, str]]:
    known = [a for a in actors if a.name and a.level not in (None, "ORG")]
    return frozenset((a.country or "", name) for a in known for name in _surnames(a.name or ""))


def _surnames(name: str) -> Iterator[str]:
    """The surname, and the one before it where a name has two ("Federico Larrea Soto", who is "Larrea" elsewhere)."""
    yield surname(name)
    words = fold(name).split()
    if len(words) > _DOUBLE and len(words[-2]) > len("bint") and words[-2] not in _PARTICLES:
        yield surname(" ".join(words[:-1]))


def _levels(actors: Iterable[Actor]) -> frozenset[tuple[str, str]]:
    return frozenset((a.country or "", a.level) for a in actors if a.level)


def _names(text: str) -> frozenset[str]:
    """The names in quotation marks, all of whose words are capitals, without years and numbers."""
    found = (fold(_YEAR.sub("", name)).strip() for name in _QUOTED.findall(text))
    return frozenset(name for name in found if name)


def stems(text: str, codes: frozenset[str]) -> frozenset[str]:
    """The content words of some sentences, cut to their stems, without the names of the parties themselves."""
    own = {w for c in codes for n in (name_of(c), adjective_of(c)) for w in fold(n).split()}
    plain = (w.strip(_MARKS) for w in fold(text).split())
    words = (w for w in plain if len(w) > 3 and w not in _STOP and w not in own)
    return frozenset(stem(w) for w in words)


def stem(word: str) -> str:
    """A word without its ending, as words are compared."""
    for end in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "ly", "s", "y"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


def _round(text: str) -> str | None:
    """The number of a session or round that the sentences speak of ("the 11th session"); None for none."""
    for found in _ORDINAL.finditer(text):
        if _ROUNDS.match(text[found.end() :]):
            return found.group(1) or str(_NUMBERS.index(found.group(2).lower()) + 1)
    return None
