"""When two tellings are of one agreement, and the life that its tellings come to.

Parties, subject and kind say which agreement; signing days keep two of one kind apart. Counts and open lists are no
agreements and are joined with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilateral.ledger.contacts import overlap
from bilateral.ledger.facts import Fact, gap, shifted, stems
from bilateral.model import Agreement

SIGNING_SLACK = 3
_LATER = 92  # days by which reports may differ on an entry into force
# Kinds that one report may name more closely than another.
_KIN = (
    {"mou", "memorandum"}, {"fta", "pta", "agreement"}, {"treaty", "agreement", "convention"},
    {"contract", "agreement"}, {"programme", "agreement", "document"}, {"exchange_of_notes", "agreement"},
)  # fmt: skip
_GENERIC = frozenset({"agreement", "document", "documents", "arrangement"})
_APART = frozenset({"joint_declaration", "programme", "action_plan", "agreed_minutes", "loi"})
_PLAIN = re.compile(
    r"\b(?:agreement|memorandum|understanding|treaty|protocol|cooperation|on|of|the|an?|mou|programme|program|pact|deal|accord|"
    r"bilateral|joint|draft|new|two|three|five|year)\b"
)
_YOUNG = frozenset({"proposed", "negotiating"})
_GROWN = frozenset({
    "signed", "ratified", "provisionally_applied", "in_force", "amended", "extended", "suspended", "ended",
})  # fmt: skip
_ONCE = frozenset({"signed", "in_force", "initialled"})
_TITLES = 0.6
_WEEKS = 45  # days within which two reports may speak of a paper by its kind alone


def _agreement(fact: Fact) -> Agreement:
    assert isinstance(fact.record, Agreement)
    return fact.record


def is_single(record: Agreement) -> bool:
    """Whether a record is of one agreement: no count, no open list, not only a word in passing."""
    return record.count == 1 and not record.aggregate


def agreement_bar(one: Fact, two: Fact) -> str | None:
    """Why two agreements cannot be one, or None."""
    a, b = _agreement(one), _agreement(two)
    if not (is_single(a) and is_single(b)):
        return "a count or a list is no agreement"
    if a.agreement_level != b.agreement_level and {"corporate", "university", "party"} & {
        a.agreement_level, b.agreement_level
    }:  # fmt: skip
        return "other levels"
    if not _types_fit(a.type, b.type):
        return "other kinds of agreement"
    subjects = set(a.subjects) - {"general"}, set(b.subjects) - {"general"}
    titles = _title(a), _title(b)
    if all(subjects) and not subjects[0] & subjects[1] and not _are_alike(*titles):
        return "other subjects"
    if a.stage == b.stage and a.stage in _ONCE and a.status == b.status == "happened" and not _is_one_paper(one, two):
        if one.exact and two.exact and one.days and two.days and gap(one.days, two.days) > SIGNING_SLACK:
            return f"{a.stage} on other days"
        if one.is_dated and two.is_dated and one.days and two.days and gap(one.days, two.days) > SIGNING_SLACK:
            return f"{a.stage} at other times"
    if _is_unborn(one, two) or _is_unborn(two, one):
        return "one is still to be written when the other is signed"
    is_told_apart = a.doc == b.doc and a.type != b.type  # one report names two papers
    if all(titles) and not titles[0] & titles[1] and (is_told_apart or not subjects[0] & subjects[1]):
        return "other titles"
    return None


def _is_one_paper(one: Fact, two: Fact) -> bool:
    """Whether two reports tell other days of one step of a paper that both name alike: a contradiction, no other paper.

    Of an entry into force within months; of a signing where one has it on the day on which the other has the
    initialling.
    """
    a, b = _agreement(one), _agreement(two)
    shared = (set(a.subjects) & set(b.subjects)) - {"general"}
    if a.doc == b.doc or not (one.days and two.days) or not (shared or _are_alike(_title(a), _title(b))):
        return False
    if a.stage == "in_force":
        return gap(one.days, two.days) <= _LATER
    return any(gap(f.days or ("", ""), days) == 0 for f, other in ((one, two), (two, one)) for days in other.initialled)


def _is_unborn(young: Fact, grown: Fact) -> bool:
    """Whether one agreement is only proposed or negotiated by a report that appears when the other is long signed."""
    a, b = _agreement(young), _agreement(grown)
    if a.stage not in _YOUNG or a.status == "happened" or b.stage not in _GROWN or b.status != "happened":
        return False
    if young.is_dated and young.days and grown.days and young.days[0] <= grown.days[1]:
        return False  # a proposal recalled, not a new one
    return bool(grown.days) and young.key[0] > (grown.days or ("", ""))[0]


def _are_alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two titles are one in other words."""
    return bool(one and two) and len(one & two) >= _TITLES * min(len(one), len(two))


def _types_fit(a: str, b: str) -> bool:
    """Whether one agreement may go by both names: a plain word ("deal", "document") by any but those of a statement."""
    if a == b or any({a, b} <= kin for kin in _KIN):
        return True
    return bool({a, b} & _GENERIC) and not {a, b} & _APART


def _title(a: Agreement) -> frozenset[str]:
    return _words_of((a.title or "").lower().replace("-", " "), a.parties)


@lru_cache(maxsize=4096)
def _words_of(title: str, parties: tuple[str, ...]) -> frozenset[str]:
    return stems(_PLAIN.sub(" ", title), frozenset(parties))


def is_nameless(fact: Fact) -> bool:
    """Whether a report names an agreement by its kind alone: no subject, no title."""
    a = _agreement(fact)
    return set(a.subjects) <= {"general"} and not _title(a)


def agreement_keys(fact: Fact) -> Iterator[object]:
    """What two tellings of one agreement have in common, one of these at least: subject, title, report, day."""
    a = _agreement(fact)
    yield from (("subject", subject) for subject in a.subjects if subject != "general")
    yield from (("title", stem) for stem in _title(a))
    yield "report", a.doc
    if a.type not in _GENERIC or (a.stage in _ONCE and fact.is_dated):
        yield from (("kind", a.type, month) for month in _months(fact.told.source.day))
    yield "story", fact.told.source.story
    if fact.days:
        yield "month", fact.days[0][:7]
    if fact.is_dated and a.stage in _ONCE and fact.days:
        yield a.stage, fact.days[0][:4]


def _months(day: str | None) -> tuple[str, ...]:
    """The months that lie within the weeks around a day, so that two reports within them share one."""
    if day is None:
        return ()
    return tuple(dict.fromkeys((shifted(day, -_WEEKS // 2)[:7], day[:7], shifted(day, _WEEKS // 2)[:7])))


def _is_recalled(one: Fact, two: Fact, a: Agreement, b: Agreement) -> bool:
    """Whether a report that names no subject speaks of a step in the month or year in which the other has it dated."""
    is_bare = {"general"} in (set(a.subjects), set(b.subjects)) and not (a.title and b.title)
    is_one_step = a.stage == b.stage and a.stage in _ONCE and a.status == b.status == "happened"
    dated = one.is_dated and two.is_dated and bool(one.days and two.days)
    is_kin = a.type == b.type and a.doc != b.doc
    return is_bare and is_kin and is_one_step and dated and gap(one.days or ("", ""), two.days or ("", "")) == 0


def _is_nameless(one: Fact, two: Fact, a: Agreement, b: Agreement) -> bool:
    """Whether a report names a paper by its kind alone ("the protocol") that another of those weeks tells of.

    The words have something in common, or both tell one step on days that fit or all but fit.
    """
    is_bare = any(set(r.subjects) <= {"general"} and not _title(r) for r in (a, b))
    days = one.told.source.day, two.told.source.day
    if not is_bare or a.type != b.type or a.doc == b.doc or not all(days):
        return False
    if gap((days[0] or "", days[0] or ""), (days[1] or "", days[1] or "")) > _WEEKS:
        return False
    is_step = a.stage == b.stage and a.status == b.status == "happened" and one.is_dated and two.is_dated
    near = is_step and gap(one.days or ("", ""), two.days or ("", "")) <= SIGNING_SLACK
    return near or (a.type not in _GENERIC and bool(one.words & two.words))


def agreement_tie(one: Fact, two: Fact) -> tuple[float, str] | None:
    """What makes two agreements one and how strongly, or None: title, subject and kind, the step and its day."""
    a, b = _agreement(one), _agreement(two)
    titles = _title(a), _title(b)
    alike = overlap(one.words, two.words)
    shared = (set(a.subjects) & set(b.subjects)) - {"general"}
    same_type = 0.1 if a.type == b.type else 0.0
    if _are_alike(*titles):
        return 0.8 + same_type, "the same title"
    if shared:
        return 0.6 + same_type + 0.2 * alike, f"the same subject ({', '.join(sorted(shared))})"
    if one.record.doc == two.record.doc and a.type == b.type:
        return 0.6, "one report, the same kind of agreement"
    if one.exact and two.exact and one.days == two.days and a.type == b.type and a.stage == b.stage:
        return 0.6, f"{a.stage} on the same day"
    if _is_recalled(one, two, a, b):
        return 0.5, f"{a.stage} in days that fit"
    if _is_nameless(one, two, a, b):
        return 0.45, "one kind, told within weeks, one without its subject"
    if alike >= 0.4 and one.days and two.days and gap(one.days, two.days) <= 10:
        return 0.5 + 0.2 * alike, "like words within days"
    return None
