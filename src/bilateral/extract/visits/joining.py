"""Which places of a text tell of one visit or meeting."""

from __future__ import annotations

from typing import NamedTuple

from bilateral.extract.visits.reading import Draft
from bilateral.extract.visits.sides import Sides
from bilateral.interval import interval
from bilateral.model import Actor, Status
from bilateral.text import Mention

# Kinds that are words for one thing; across these groups nothing is joined.
_GROUPS = {
    "visit": "visit", "state_visit": "visit", "official_visit": "visit", "working_visit": "visit",
    "meeting": "meeting", "sideline_meeting": "meeting", "courtesy_call": "meeting", "summit": "meeting",
}  # fmt: skip
_PLAIN = frozenset(("visit", "meeting"))
# A headline's "talks" may be any of these below it.
_TALKING = frozenset(("meeting", "consultations", "joint_commission", "multilateral"))
_DONE = frozenset(("happened", "ongoing"))
_AHEAD = frozenset(("planned", "proposed", "hypothetical", "postponed", "cancelled"))


class Found(NamedTuple):
    """A draft with its sides and date."""

    draft: Draft
    sides: Sides | None
    date: Mention | None
    date_rule: str
    in_title: bool
    sentence: int

    @property
    def group(self) -> str:
        """The kind of thing told of: "visit", "meeting", "consultations" …"""
        return _GROUPS.get(self.draft.kind, self.draft.kind)

    @property
    def is_own(self) -> bool:
        """Whether the words themselves tell the sides."""
        return self.sides is not None and not self.draft.is_known


def joined(found: list[Found]) -> list[list[Found]]:
    """The visits and meetings, each with the places that tell it; what names no sides joins one before it."""
    groups: list[list[Found]] = []
    for one in sorted(found, key=lambda f: (f.draft.is_weak, f.draft.is_known, f.draft.at)):
        near = sorted(groups, key=lambda g: min(abs(f.draft.at - one.draft.at) for f in g))
        home = next((g for g in near if _is_same(g, one)), None)
        if home is not None:
            home.append(one)
        elif one.is_own:
            groups.append([one])
    return sorted(groups, key=lambda g: min(f.draft.at for f in g))


def inherited(found: list[Found]) -> list[Found]:
    """Known consultations without sides of their own, in the sentence after a visit, with its sides and date."""
    return [_inherited(one, found) for one in found]


def _inherited(one: Found, found: list[Found]) -> Found:
    draft = one.draft
    is_bare = draft.kind == "consultations" and draft.is_known and not draft.first and not draft.second
    if not is_bare or draft.status != "happened":
        return one
    before = (f for f in found if f.group == "visit" and f.sides and one.sentence - f.sentence == 1)
    visit = next((f for f in before if f.draft.status == "happened"), None)
    if visit is None:
        return one
    draft = draft._replace(is_known=False)
    return one._replace(draft=draft, sides=visit.sides, date=visit.date, date_rule="date of the visit told before")


# What fits --------------------------------------------------------------------------------------------------------


def _is_same(group: list[Found], one: Found) -> bool:
    """Whether a place tells of the thing that a group tells of."""
    in_headline = one.in_title or all(f.in_title for f in group)
    is_kin = in_headline and {group[0].group, one.group} <= _TALKING
    if (group[0].group != one.group and not is_kin) or not _statuses_fit(group, one):
        return False
    if not one.is_own:
        return _sides_overlap(group, one)
    sides = [f.sides for f in group if f.sides is not None]
    return all(_sides_fit(s, one.sides, one.group) for s in sides) and _dates_fit(group, one)


def _sides_overlap(group: list[Found], one: Found) -> bool:
    have = {a.country for f in group if f.sides for a in (*f.sides.visitors, *f.sides.hosts)}
    said = {code for c in (*one.draft.first, *one.draft.second) for code in c.codes}
    return said <= have


def _sides_fit(a: Sides, b: Sides | None, group: str) -> bool:
    if b is None or (_fit(a.visitors, b.visitors) and _fit(a.hosts, b.hosts)):
        return True
    return group != "visit" and _fit(a.visitors, b.hosts) and _fit(a.hosts, b.visitors)


def _fit(a: tuple[Actor, ...], b: tuple[Actor, ...]) -> bool:
    """The same states, and no two different names where both name people."""
    if {x.country for x in a} != {x.country for x in b} and a[0].country != b[0].country:
        return False
    one, two = {x.name for x in a if x.name}, {x.name for x in b if x.name}
    return not one or not two or bool(one & two)


def _dates_fit(group: list[Found], one: Found) -> bool:
    values = [f.date.value for f in group if f.date is not None and f.date.value]
    own = one.date.value if one.date is not None else None
    return own is None or not values or any(_overlap(v, own) for v in values)


def _overlap(a: str, b: str) -> bool:
    """Whether two EDTF dates can be of one time; without years, where one stands in the other."""
    one, two = interval(a), interval(b)
    if one is None or two is None:
        return a.startswith(b) or b.startswith(a)
    return one[0] <= two[1] and two[0] <= one[1]


def _statuses_fit(group: list[Found], one: Found) -> bool:
    """What happened or goes on is not what is planned; a headline's present tense fits all."""
    if one.in_title or all(f.in_title for f in group):
        return True
    return any(_camp(f.draft.status) == _camp(one.draft.status) for f in group if not f.in_title)


def _camp(status: Status) -> tuple[bool, bool]:
    return status in _DONE, status in _AHEAD


# What a group tells -----------------------------------------------------------------------------------------------


def best(group: list[Found]) -> Found:
    """The place that tells most: strong, in the body, of a specific kind, with people named, with a date, first."""
    return max(group, key=_rank)


def _rank(f: Found) -> tuple[int, ...]:
    names = sum(bool(a.name) for a in (*f.sides.visitors, *f.sides.hosts)) if f.sides else -1
    is_specific = f.draft.kind not in _PLAIN
    return not f.draft.is_weak, f.is_own, not f.in_title, is_specific, names, f.date is not None, -f.draft.at


def kind_of(group: list[Found]) -> str:
    """The most specific kind that the places name."""
    body = [f.draft.kind for f in group if not f.in_title] or [f.draft.kind for f in group]
    return next((kind for kind in body if kind not in _PLAIN), body[0])


def status_of(group: list[Found], top: Found) -> Status:
    """The status of a visit: what was called off or put off in one place is so in all."""
    return next((f.draft.status for f in group if f.draft.status in ("cancelled", "postponed")), top.draft.status)
