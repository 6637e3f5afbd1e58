"""When two tellings are of one deed: the same root between the same sides, the same way round, on days that fit.

Words decide more than for meetings: states accuse, ask and praise one another every day.
"""

from __future__ import annotations

from bilateral.ledger.contacts import overlap
from bilateral.ledger.facts import Fact, gap
from bilateral.model import Event

SLACK = 1
LASTING = 31  # days within which a thing of one name is one
_MUTUAL = frozenset({"AGREE", "COOPERATE", "SUPPORT", "CONSULT"})
_VERBAL = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
_UNREAL = frozenset({"hypothetical", "mentioned"})
_VIOLENT = frozenset({"ASSAULT", "COERCE"})
_ALIKE, _SAME_DAY = 0.4, 0.25
_MANY = 4  # words that two tellings of one victim share at least


def deed_bar(one: Fact, two: Fact) -> str | None:
    """Why two deeds cannot be one, or None."""
    if one.group != two.group:
        return "other acts"
    if (one.status in _UNREAL) != (two.status in _UNREAL):
        return "one is real, the other is not"
    is_apart = one.group not in _MUTUAL and one.actors and two.actors and not one.actors & two.actors
    if is_apart and not is_one_victim(one, two):
        return "the other way round"
    if _mode(one) and _mode(two) and _mode(one) != _mode(two):
        return "other kinds of act"
    if _is_named_alike(one, two):
        return None
    if one.place and two.place and one.place not in two.place and two.place not in one.place:
        return "other places"
    if one.days and two.days and gap(one.days, two.days) > (0 if _are_periods(one, two) else SLACK):
        return "other days"
    return None


def is_one_victim(one: Fact, two: Fact) -> bool:
    """Whether two reports tell of one violent act of one day in like words, and name other doers."""
    if one.group not in _VIOLENT or one.record.doc == two.record.doc or not (one.exact and one.days == two.days):
        return False
    return len(one.words & two.words) >= _MANY and overlap(one.words, two.words) >= _ALIKE + _SAME_DAY / 2


def _is_named_alike(one: Fact, two: Fact) -> bool:
    """Whether both tell of a thing that lasts and has a name ("exercise Blue Reed"): its first and last day are one."""
    near = one.days and two.days and gap(one.days, two.days) <= LASTING
    return bool(near and one.group in _MUTUAL and one.names & two.names)


def _are_periods(one: Fact, two: Fact) -> bool:
    """Whether both are dated to more than a day: the trade of one year is not that of the next."""
    return one.is_dated and two.is_dated and not (one.exact or two.exact)


def _mode(fact: Fact) -> str | None:
    return fact.record.mode if isinstance(fact.record, Event) else None


def deed_tie(one: Fact, two: Fact) -> tuple[float, str] | None:
    """What makes two deeds one and how strongly, or None: the day, the kind of act, the words."""
    alike = overlap(one.words, two.words)
    same_day = one.exact and two.exact and one.days == two.days
    if _is_named_alike(one, two):
        return 0.9, "the same name within weeks"
    if not (one.days and two.days):
        return (0.5 + 0.3 * alike, "both undated, the same words") if alike >= 2 * _ALIKE else None
    if same_day and _mode(one) and _mode(one) == _mode(two):
        return 0.85, "the same day and kind of act"
    if same_day and (alike >= _SAME_DAY or one.group not in _VERBAL):
        return 0.75 + 0.2 * alike, "the same day, like words"
    if alike >= _ALIKE:
        return 0.6 + 0.3 * alike, "days that fit, like words"
    if _mode(one) and _mode(one) == _mode(two) and alike >= _SAME_DAY:
        return 0.6 + 0.2 * alike, "days that fit, the same kind of act, like words"
    return None
