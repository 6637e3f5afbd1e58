"""Whose side tells a thing: the speaker's, a state-owned outlet's, a ministry's or embassy's own release."""

from __future__ import annotations

import re
from functools import lru_cache

from bilateral.knowledge import code_of, outlet_of
from bilateral.ledger.facts import Fact

_WORD = re.compile(r"[^\W\d_][\w'-]*")
_LONGEST = 5
# Words in a publisher's name that make it a body of a state.
_OFFICIAL = frozenset({
    "ministry", "embassy", "government", "presidency", "mfa", "consulate", "chancellery", "mission", "cabinet",
    "department", "parliament", "president's", "premier's", "minister's", "army", "navy", "forces",
})  # fmt: skip


def side_of(fact: Fact) -> str | None:
    """The state whose side tells: the speaker's, else that of a state-owned outlet or official body; else None."""
    speaker = fact.record.claimed_by.speaker
    if speaker is not None:
        return speaker.country
    return owner_of(fact.told.source.publisher, fact.told.source.day)


def owner_of(publisher: str | None, day: str | None) -> str | None:
    """The state that owns an outlet on a day, or whose body publishes by its own name; None for any other."""
    outlet = outlet_of(publisher or "")
    if outlet is not None:
        return outlet.country if outlet.owned_on(day) else None
    return _state_of(publisher or "")


@lru_cache(maxsize=1024)
def _state_of(publisher: str) -> str | None:
    """The state of an official body by its name: the first state named ("Embassy of Peru in Ghana", "Slovak MFA")."""
    words = _WORD.findall(publisher)
    if not any(word.lower() in _OFFICIAL for word in words):
        return None
    for first in range(len(words)):
        for size in range(min(_LONGEST, len(words) - first), 0, -1):
            code = code_of(" ".join(words[first : first + size]))
            if code is not None:
                return code
    return None
