"""From a cluster to its life: the steps that its tellings speak of, in the order of time, each with its claimants.

Of several dates of one step the most exact counts, told first; the others are for the contradictions.
"""

from __future__ import annotations

from collections.abc import Iterable

from bilateral.entries import Step
from bilateral.interval import interval
from bilateral.ledger.contacts import is_visit
from bilateral.ledger.facts import Fact, gap
from bilateral.model import Agreement, Event, Measure, Visit

# The order of steps that lie on one day, or have no day.
STAGES = (
    "proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "provisionally_applied", "in_force",
    "amended", "extended", "suspended", "ended", "mentioned",
)  # fmt: skip
CONTACT = {
    "planned": "announced", "proposed": "announced", "happened": "held", "ongoing": "ongoing", "cancelled": "cancelled",
    "postponed": "postponed", "denied": "denied", "hypothetical": "hypothetical", "mentioned": "mentioned",
}  # fmt: skip
_ORDER = ("announced", "postponed", "cancelled", "ongoing", "held", "denied", "hypothetical", "mentioned")
_STAY = 31
# The path to entry into force, on which a step reached leaves those before it behind.
_PATH = ("proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "in_force")
_SETTLED = frozenset({"happened", "ongoing", "cancelled", "postponed", "denied"})


def stage_of(fact: Fact) -> tuple[str, str]:
    """The step that a telling speaks of, and its status."""
    record = fact.record
    if isinstance(record, Agreement):
        return record.stage, record.status
    return CONTACT[fact.status], fact.status


def date_of(fact: Fact) -> str | None:
    """The date of the thing as the record has it (EDTF)."""
    record = fact.record
    if isinstance(record, Visit):
        both = [d for d in (record.start, record.end) if d]
        return "/".join(both) if len(set(both)) > 1 else (both[0] if both else None)
    if isinstance(record, Event | Agreement):
        return record.date
    return record.period if isinstance(record, Measure) else None


def claimant(fact: Fact) -> str:
    """Who tells: the speaker's name or office, else the outlet."""
    claim = fact.record.claimed_by
    speaker = claim.speaker
    name = (speaker.name or speaker.role or speaker.country) if speaker else None
    return name or claim.outlet or fact.told.source.publisher or "unknown outlet"


def life(facts: Iterable[Fact]) -> tuple[Step, ...]:
    """The steps of a thing, earliest first; a step that is only expected stands apart from the one that is reached."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(stage_of(fact), []).append(fact)
    _open_talks(groups)
    _struck(groups)
    made = [
        _step(stage, status, some)
        for (stage, status), told in groups.items() for some in (_each(told) if stage == "ratified" else [told])
    ]  # fmt: skip
    return tuple(sorted(made, key=_when))


def _open_talks(groups: dict[tuple[str, str], list[Fact]]) -> None:
    """Put talks told as going on since some time with those told as opened then: one step."""
    opened, going = groups.get(("negotiating", "happened"), []), groups.get(("negotiating", "ongoing"), [])
    same = [f for f in going if f.is_dated and _meet(f, opened)]
    rest = [f for f in going if f not in same]
    if same:
        opened += same
        groups.update({("negotiating", "ongoing"): rest} if rest else {})
        if not rest:
            del groups["negotiating", "ongoing"]


def _struck(groups: dict[tuple[str, str], list[Fact]]) -> None:
    """Put "a deal was struck" without a day, told when the agreement is signed, with its signing."""
    signed, agreed = groups.get(("signed", "happened"), []), groups.get(("agreed", "happened"), [])
    days = [f.days[0] for f in signed if f.is_dated and f.days]
    loose = [f for f in agreed if days and not f.is_dated and told_on(f) >= min(days)]
    if loose:
        signed += loose
        groups["agreed", "happened"] = [f for f in agreed if f not in loose]
        if not groups["agreed", "happened"]:
            del groups["agreed", "happened"]


def _each(facts: list[Fact]) -> list[list[Fact]]:
    """The ratifications told of, one a date: every party has its own. What has no date goes with the first."""
    groups: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda f: (not f.is_dated, f.days or ("", ""), f.key)):
        home = next((g for g in groups if not fact.is_dated or _meet(fact, g)), None)
        if home is None:
            groups.append([fact])
        else:
            home.append(fact)
    return groups


def _meet(fact: Fact, group: list[Fact]) -> bool:
    return any(f.days and fact.days and gap(f.days, fact.days) == 0 for f in group if f.is_dated)


def _step(stage: str, status: str, facts: list[Fact]) -> Step:
    return Step(
        stage=stage, status=status, date=best_date(facts), records=tuple(f.id for f in facts),
        claimants=tuple(dict.fromkeys(claimant(f) for f in facts)),
    )  # fmt: skip


def best_date(facts: Iterable[Fact]) -> str | None:
    """The most exact date that some tellings give, of equally exact ones the most frequent, then the first told."""
    facts = list(facts)
    dates = [d for f in facts if (d := date_of(f)) is not None and interval(d) is not None]
    if not dates:
        return None
    stays = [d for f in facts if is_visit(f) and (d := date_of(f)) and "/" in d and 0 < _width(d) <= _STAY]
    if stays:  # the days of a visit say more than one day in it
        return max(stays, key=lambda d: (stays.count(d), -stays.index(d)))
    return min(dates, key=lambda d: (_width(d), -dates.count(d), dates.index(d)))


def _width(date: str) -> int:
    days = interval(date)
    if days is None:
        return 10**9
    (y1, m1, d1), (y2, m2, d2) = (map(int, day.split("-")) for day in days)
    return (y2 - y1) * 366 + (m2 - m1) * 31 + d2 - d1


def _when(step: Step) -> tuple[bool, str, int, bool]:
    days = interval(step.date)
    order = STAGES.index(step.stage) if step.stage in STAGES else _ORDER.index(step.stage)
    return days is None, days[0] if days else "", order, step.status != "happened"


def is_open(facts: Iterable[Fact]) -> bool:
    """Whether a thing, or a step of an agreement, is planned and no telling says what became of it."""
    facts = list(facts)
    if facts and all(isinstance(f.record, Agreement) for f in facts):
        return _has_open_step(facts)
    statuses = {f.status for f in facts}
    return bool(statuses & {"planned", "proposed"}) and not statuses & _SETTLED


def _has_open_step(facts: list[Fact]) -> bool:
    """Whether a step of an agreement lies ahead that is neither told as settled nor behind a later one reached."""
    settled = {stage for stage, status in map(stage_of, facts) if status in _SETTLED}
    ahead = {stage for stage, status in map(stage_of, facts) if status in ("planned", "proposed")} - settled
    last = max((_PATH.index(stage) for stage in settled if stage in _PATH), default=-1)
    return any(stage not in _PATH or _PATH.index(stage) > last for stage in ahead)


def standing(facts: tuple[Fact, ...]) -> str:
    """Where a thing stands: what the latest report says that settles it; a plan counts only while nothing does."""
    settled = [f for f in facts if f.status in _SETTLED] or list(facts)
    latest = max(settled, key=lambda f: (f.key, STAGES.index(s) if (s := stage_of(f)[0]) in STAGES else 0))
    return latest.status


def told_on(fact: Fact) -> str:
    """The day of a fact's report, "" where it is undated."""
    return fact.told.source.day or ""
