"""What a user asks for, in a user's words, made a question: names become codes, dates EDTF, plurals kinds."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from bilateral import knowledge
from bilateral.errors import CallError
from bilateral.interval import interval
from bilateral.model import Question
from bilateral.read.dates import EXPECTED, date_of

PLURALS = {"event": "events", "statement": "statements", "measure": "measures", "agreement": "agreements",
           "visit": "visits", "role": "roles"}  # fmt: skip
_SINGULAR = {plural: kind for kind, plural in PLURALS.items()} | {kind: kind for kind in PLURALS}
PAIR = 2
LETTERS = 3  # of an alpha-3 code


def code_of(words: str) -> str:
    """The code of a state or organisation by code or name, in any case; CallError where it is neither, or several."""
    code = knowledge.code_of(words)
    if code is None and len(words) <= LETTERS:
        code = knowledge.code_of(words.upper())
    if code is not None:
        return code
    expected = "expected a state or organisation by code or name (RUS, Russia, IGO:ASEAN)"
    surface = knowledge.surface_of(words)
    if surface is None:
        raise CallError(f"{expected}, got {words!r}{_meant(words)}")
    meant = " or ".join(f"{code} ({knowledge.name_of(code)})" for code in surface.codes)
    raise CallError(f"{expected}, got {words!r}: say {meant}" if meant else f"{expected}, got {words!r}")


def _meant(words: str) -> str:
    """A guess at what was meant by a name that is not known, as a question; "" where nothing is near."""
    names = {name: state.code for state in knowledge.states() for name in (state.name, *state.names)}
    near = difflib.get_close_matches(words.title(), names, n=1, cutoff=0.75)
    return f"; did you mean {near[0]} ({names[near[0]]})?" if near else ""


def codes_of(words: Iterable[str]) -> tuple[str, ...]:
    """The codes of some states or organisations; commas may stand between several in one word."""
    found = []
    for part in words:
        is_one = "," not in part or knowledge.code_of(part) is not None  # "Korea, Republic of"
        found += [code_of(name.strip()) for name in ([part] if is_one else part.split(",")) if name.strip()]
    return tuple(found)


def kinds_in(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """The words that name kinds of records, and the rest of them."""
    kinds: list[str] = []
    others: list[str] = []
    for word in words:
        (kinds if word in _SINGULAR else others).append(word)
    return kinds, others


def question(
    *,
    kinds: Iterable[str] = (),
    dyad: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
    types: Iterable[str] = (),
    statuses: Iterable[str] = (),
    claimed_by: str | None = None,
    report: str | None = None,
    limit: int | None = None,
) -> Question:
    """A question with names made codes and kinds in the singular; CallError for what cannot be asked."""
    kinds = tuple(kinds)
    for kind in kinds:
        if kind not in _SINGULAR:
            raise CallError(f"expected a kind of record ({', '.join(PLURALS.values())}), got {kind!r}")
    codes = codes_of([dyad] if isinstance(dyad, str) else dyad)
    if len(codes) > PAIR or len(set(codes)) < len(codes):
        raise CallError(f"expected one state or two different ones, got {' and '.join(codes)}")
    return Question(
        kinds=tuple(dict.fromkeys(_SINGULAR[k] for k in kinds)), dyad=codes, since=edtf("since", since),
        until=edtf("until", until), types=_parts(types), statuses=_parts(statuses), report=report, limit=limit,
        claimed_by=claimed_by and (knowledge.code_of(claimed_by) or claimed_by),
    )  # fmt: skip


def _parts(words: Iterable[str]) -> tuple[str, ...]:
    """Words of a call, each alone; commas may stand between several."""
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def edtf(what: str, words: str | None) -> str | None:
    """A date of a call in EDTF; CallError where it has no year or is none."""
    if words is None or interval(words) is not None:
        return words
    made = date_of(words)
    if made is None:
        raise CallError(f"{what} {words!r} cannot be read: expected {EXPECTED}")
    return made
