"""Who held a high office when (knowledge/leaders.csv), for offices that a report names without their state.

Says a state only where office (or state, or whole name) and the report's date agree, and no other state fits as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from bilateral import knowledge
from bilateral.knowledge import Leader
from bilateral.resolve.naming import is_same, tokens_of
from bilateral.resolve.phrasebook import Phrasebook
from bilateral.text import Candidate

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_TITLED, _UNTITLED = 0.85, 0.7


@cache
def name_book() -> Phrasebook[str]:
    """The listed names of more than one word, so that they are people where the model sees none."""
    return Phrasebook({n: n for t in knowledge.leaders() for n in (t.name, *t.names) if " " in n})


@cache
def _by_word() -> dict[str, tuple[Leader, ...]]:
    index: dict[str, dict[Leader, None]] = {}
    for term in knowledge.leaders():
        for name in (term.name, *term.names):
            for word in tokens_of(name):
                index.setdefault(word, {})[term] = None
    return {word: tuple(found) for word, found in index.items()}


@cache
def _alone() -> frozenset[str]:
    """The surnames that the list gives as names of their own."""
    return frozenset(t[0] for x in knowledge.leaders() for n in x.names if len(t := tokens_of(n)) == 1)


class Held(NamedTuple):
    """A high office that a name held: the state as a candidate, its level, whether it was over by then."""

    candidate: Candidate
    level: str
    is_former: bool


def office_held(name: str, levels: Iterable[str], date: str | None, *, code: str | None = None) -> Held | None:
    """The office of one of these levels that a name held at a date (EDTF, or None where it is not known).

    A single name counts only with its office, with its state (`code`), or where the list gives it as a name of its own
    and the date is known; without office and state the whole name must fit, and an office that was over by the date is
    a former one. None where nobody or people of several states fit.
    """
    spoken, wanted = tokens_of(name), frozenset(levels)
    when = match.group() if date and (match := _DATE.match(date)) else None
    if not spoken or (len(spoken) == 1 and not wanted and code is None and (when is None or spoken[0] not in _alone())):
        return None
    known = dict.fromkeys(t for word in (spoken[-1], spoken[0]) for t in _by_word().get(word, ()))
    known = dict.fromkeys(t for t in known if (not wanted or t.level in wanted) and code in (None, t.code))
    known = dict.fromkeys(t for t in known if any(_is_name(n, name) for n in (t.name, *t.names)))
    fitting = [t for t in known if when is None or t.holds(when)]
    was = [t for t in known if not fitting and not wanted and when and t.is_over(when)]
    if len({t.code for t in (*fitting, *was)}) != 1:
        return None
    term = max(fitting or was, key=lambda t: t.since)
    reason = f"{term.name}, {term.level} {term.since}/{term.until or '..'} ({term.source})"
    return Held(Candidate(term.code, _TITLED if wanted else _UNTITLED, reason), term.level, not fitting)


def listed_for(name: str, levels: Iterable[str]) -> frozenset[str]:
    """The states in which the list knows a name in an office of one of these levels, at whatever time."""
    spoken, wanted = tokens_of(name), frozenset(levels)
    known = (t for word in (spoken[-1], spoken[0]) for t in _by_word().get(word, ())) if spoken else ()
    return frozenset(t.code for t in known if t.level in wanted and any(_is_whole(n, name) for n in (t.name, *t.names)))


def _is_whole(listed: str, name: str) -> bool:
    """Whether a name is a listed one, a single one its first or last word ("President Park", "President Xi")."""
    spoken, own = tokens_of(name), tokens_of(listed)
    return is_same(listed, name) and (len(spoken) > 1 or spoken[0] in (own[0], own[-1]))


def _is_name(listed: str, name: str) -> bool:
    """Whether a name is a listed one; a surname listed alone is nobody's who is named in full ("Hunter Biden")."""
    return (len(tokens_of(listed)) > 1 or len(tokens_of(name)) == 1) and is_same(listed, name)
