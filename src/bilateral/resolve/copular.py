"""Offices that a clause gives to a name: "Name was appointed ambassador", "Name leaves after five years as envoy"."""

from __future__ import annotations

from collections.abc import Mapping

from bilateral.resolve.binding import Occurrence
from bilateral.resolve.scan import Scan
from bilateral.resolve.titles import Chunk
from bilateral.resolve.view import POSSESSIVES
from bilateral.syntax import governor, subjects

_COPULA = frozenset((
    "is", "was", "became", "becomes", "serves", "served", "appointed", "named", "elected", "re-elected", "been", "be",
    "will", "has", "who", "as", "currently", "now", "also", "the", "a", "an", ",", "new", "become", "sworn", "in",
    "its",
))  # fmt: skip
_COPULAR = frozenset(("is", "was", "became", "serves", "served", "appointed", "named", "elected", "become", "becomes"))
_FAR = 7


def _without_owner(between: tuple[str, ...]) -> tuple[str, ...]:
    """The words before an office without whose it is ("is the president's", "is")."""
    if between[-1:] not in (("'s",), ("'",)):
        return between
    last = max((k for k, word in enumerate(between) if word in ("the", "also", "is", "was", "as")), default=-1)
    return between[: last + 1]


_TERMS = frozenset(("year", "month", "term", "stint", "tenure", "time", "spell", "decade"))
_SERVING = frozenset(("serve", "work", "act", "retire", "resign", "return", "continue", "remain", "step", "begin"))


def serving_as(scan: Scan, chunk: Chunk, by_token: Mapping[int, Occurrence]) -> Occurrence | None:
    """The subject that a clause gives an office to by "as" ("Name leaves after five years as ambassador")."""
    seen, parse = scan.view, scan.view.parse
    at = chunk.first - 2 if seen.low_at(chunk.first - 1) in ("the", "a", "an", "its", "his", "her") else chunk.first - 1
    if seen.low_at(at) != "as" or chunk.level == "CIV":
        return None
    verb = governor(parse, at)
    is_term = at > 0 and {parse.lemma[at - 1].lower()} <= _TERMS
    if not is_term and (verb is None or parse.lemma[verb].lower() not in _SERVING):
        return None
    above = subjects(parse, verb) if verb is not None else []
    found = next((by_token[s] for s in above if s in by_token and s < at), None)
    first = parse.sentence(at).start
    return found or (by_token.get(first) if is_term and verb is None else None)


def copular(scan: Scan, chunk: Chunk, by_end: Mapping[int, Occurrence]) -> Occurrence | None:
    """The name that a clause gives an office to: "Name was appointed ambassador", "Name, who is the minister".

    `by_end` holds the names by the token after them.
    """
    seen = scan.view
    for end in range(chunk.first - 1, max(0, chunk.first - _FAR) - 1, -1):
        occurrence = by_end.get(end)
        if occurrence is None or not seen.is_one_sentence(occurrence.name_first, chunk.first):
            continue
        if seen.low_at(chunk.last) in POSSESSIVES:  # "who is the president's envoy" makes nobody president
            return None
        between = _without_owner(seen.low[occurrence.last : chunk.first])
        if all(w in _COPULA for w in between) and any(w in _COPULAR for w in between):
            return occurrence
    return None
