"""Whose office a phrase like "the envoy" or "the Russian foreign minister" is: the people of the document weighed."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from bilateral import knowledge
from bilateral.knowledge import surface_of
from bilateral.resolve.antecedents import Memory
from bilateral.resolve.words import words
from bilateral.text import Candidate, Office, Person, Resolved

_BASE, _EXACT, _SUBJECT, _STATE, _FADE, _NEAR = 0.45, 0.15, 0.1, 0.1, 0.05, 0.25
_LITERAL, _UNTOLD, _LATEST = 0.1, 0.25, 0.05
_BEHIND = 0.2
MARGIN = 0.03
_WORD = re.compile(r"[^\W\d_]+")
_SPELLED = {"defense": "defence", "vice": "deputy", "labor": "labour", "advisor": "adviser", "premier": "prime"}
_SLIGHT = frozenset((
    "the", "a", "an", "of", "for", "to", "in", "at", "and", "his", "her", "its", "their", "s", "senior", "top",
    "veteran", "chief", "visiting", "outgoing", "acting", "former", "new", "then", "young", "old", "late", "affairs",
    "present", "current", "first", "elect", "designate", "incoming", "retired", "ex", "departing", "parting",
    "arriving", "returning", "leaving", "seasoned", "experienced", "career", "longtime", "serving", "long",
    "embattled", "ousted", "exiled", "disgraced", "ageing", "aging", "elderly", "youthful", "younger", "elder",
    "older", "portly", "spoken", "soft", "smiling", "popular", "powerful", "influential", "female", "lady", "same",
    "said", "very",
))  # fmt: skip
_OFFICES = frozenset(("union", "state"))
# Words that make an office another, lower one.
_LOWER = frozenset(("deputy", "under", "assistant", "undersecretary", "junior"))
# Levels whose holders a report names with their office; who is named without one is none of them.
_TOLD = frozenset(("HOS", "HOG", "DPM", "FM", "MIN"))
_ELECT = re.compile(r"\b(?:elect|designate)\b")
_ACTING = re.compile(r"\b(?:acting|interim|caretaker|provisional)\b")
_OF = re.compile(r" (?:of|at) (?:the |a |an )?(?P<body>.+)")


class Role(NamedTuple):
    """An office without a name: its words in lower case, the levels it fits, its states, whether of the past.

    `is_listed`: the head is one of the nouns that stand for several offices ("the envoy"); of any other title only its
    own holder is meant. `body` are the words of what it is an office of ("head of the customs service").
    """

    words: str
    key: str
    levels: frozenset[str]
    codes: tuple[str, ...]
    is_former: bool
    is_listed: bool
    body: frozenset[str]
    is_elect: bool = False

    @property
    def telling(self) -> frozenset[str]:
        """The words that tell this office from others ("defence" and "minister"), without states and "senior"."""
        return _telling(self.words)


@cache
def _telling(text: str) -> frozenset[str]:
    """The words of an office that tell what it is, in one spelling; without articles, states and ranks of respect."""
    found = {_SPELLED.get(w, w) for w in _WORD.findall(text.lower().replace("’s", " ").replace("'s", " "))}
    return frozenset(w for w in found if w not in _SLIGHT and (surface_of(w.capitalize()) is None or w in _OFFICES))


@cache
def _keys() -> tuple[str, ...]:
    return tuple(sorted(words().references.roles, key=lambda k: (-len(k), k)))


def role_of(text: str, level: str | None, codes: tuple[str, ...], *, is_former: bool = False) -> Role:
    """An office phrase as what it asks of a person; a prefix ("deputy") narrows it to its own level."""
    lower = text.lower()
    head = lower.split(" to ")[0].split(" of ")[0].split(" in ")[0]
    key = next((k for k in _keys() if k in (head, lower) or head.endswith(f" {k}") or lower.endswith(f" {k}")), "")
    levels = words().references.roles.get(key, frozenset())
    is_listed = key != "" and (level is None or level in levels)
    if not is_listed and level is not None:
        levels = frozenset((level,))
    body = frozenset() if key and lower.endswith(key) else _body(lower)
    is_elect = _ELECT.search(lower) is not None
    return Role(lower, key or head.split()[-1], levels, codes, is_former, is_listed, body, is_elect)


def _body(words: str) -> frozenset[str]:
    """The full words of the body in "director of the rice institute"; none where it is a state."""
    match = _OF.search(words)
    if match is None or knowledge.code_of(match["body"]) is not None:
        return frozenset()
    return frozenset(w for w in match["body"].split() if len(w) > 3)


def fitting(doc: Resolved, memory: Memory, role: Role, at: int, *, is_title: bool) -> tuple[Candidate, ...]:
    """The people whom an office phrase at token `at` fits, best first: by office, state, nearness, subject.

    Who is named only behind it counts less, but in a title (`is_title`), where that is usual.
    """
    found: list[Candidate] = []
    latest = max((t.token for t in memory.last.values()), default=-1)
    people = [p for p in doc.people if any(_is_literal(o, role) for o in p.offices)] if len(role.telling) > 1 else []
    for person in people or doc.people:
        office = _fitting_office(person, role)
        is_known = role.is_listed and not person.offices and memory.level(person.id) in role.levels
        is_untold = not (office or is_known) and _may_be(person, memory, role, at)
        if not (office or is_known or is_untold) or not _is_of_state(person, role):
            continue
        score, reason = _score(memory, person, office, role, at, is_title)
        score -= _UNTOLD if is_untold else 0.0
        score += _LATEST if (trace := memory.last.get(person.id)) and trace.token == latest else 0.0
        found.append(Candidate(person.id, round(min(0.95, max(0.0, score)), 2), reason))
    return tuple(sorted(found, key=lambda c: (-c.score, c.id)))


def _fitting_office(person: Person, role: Role) -> Office | None:
    offices = [o for o in person.offices if (o.standing == "former") == role.is_former or not role.is_former]
    offices = [o for o in offices if not role.is_elect or o.standing == "elect"]
    if _ACTING.search(role.words):
        offices = [o for o in offices if o.standing == "acting" or _ACTING.search(o.words.lower())]
    offices = [o for o in offices if not role.body or role.body & set(o.words.lower().split())]
    exact = next((o for o in offices if _is_literal(o, role)), None)
    exact = exact or next((o for o in offices if _is_exact(o, role) and not _is_other(o, role)), None)
    if exact is not None or not role.is_listed:
        return exact
    return next((o for o in offices if o.level in role.levels and not _is_other(o, role)), None)


def _is_exact(office: Office, role: Role) -> bool:
    return office.level in role.levels and (office.title == role.key or role.key in office.words.lower())


def _is_literal(office: Office, role: Role) -> bool:
    """Whether an office is worded by all the words of the phrase ("Senate president", "president of the Senate")."""
    told, own = role.telling, _telling(office.words)
    if len(told) == 1 and role.is_listed and office.level not in role.levels:
        return False  # "the minister" is no prime minister
    return bool(told) and told <= own and (told & _LOWER) == (own & _LOWER)


def _is_other(office: Office, role: Role) -> bool:
    """Whether phrase and office are told apart by their words ("defence minister", "foreign minister")."""
    told, own = role.telling - set(role.key.split()), _telling(office.words) - set(role.key.split())
    return bool(told and own) and not told & own and office.title not in (role.words, role.key)


def _may_be(person: Person, memory: Memory, role: Role, at: int) -> bool:
    """Whether a noun may stand for somebody just named without any office ("the lawmaker", "the businessman")."""
    trace = memory.last.get(person.id)
    is_near = trace is not None and trace.is_subject and memory.sentence(at) - trace.sentence <= 1
    return is_near and role.is_listed and not person.offices and (not role.levels & _TOLD or role.key == "diplomat")


def _is_of_state(person: Person, role: Role) -> bool:
    """Whether a person serves a state of the phrase; one of unknown state fits a phrase with none only."""
    if not role.codes:
        return True
    return person.country in role.codes


def _score(
    memory: Memory, person: Person, office: Office | None, role: Role, at: int, is_title: bool
) -> tuple[float, str]:  # fmt: skip
    score, reasons = _BASE, [f"holds the office of {office.title}" if office else "known to hold an office of the kind"]
    if office is not None and _is_exact(office, role):
        score += _EXACT
    if office is not None and _is_literal(office, role):
        score += _LITERAL if _is_exact(office, role) else _EXACT + _LITERAL
    if role.codes:
        score += _STATE
        reasons.append("of that state")
    trace = memory.last.get(person.id)
    if trace is not None:
        distance = memory.sentence(at) - trace.sentence
        score += max(0.0, _NEAR - _FADE * distance)
        score += _SUBJECT if trace.is_subject else 0.0
        reasons.append(f"named {distance} sentences before" if distance else "named in the sentence")
    elif not is_title:
        score -= _BEHIND
    if trace is None:
        reasons.append("named behind")
    return score, ", ".join(reasons)
