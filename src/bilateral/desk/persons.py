"""People across the reports of a store: who they are by name, their offices over time, what they said."""

from __future__ import annotations

from collections.abc import Iterable

from bilateral import query
from bilateral.brief import Profile, told
from bilateral.brief.bodies import BodyProfile
from bilateral.desk.wishes import codes_of
from bilateral.errors import CallError
from bilateral.model import Answer, Question
from bilateral.people import Person, named
from bilateral.people import people as across
from bilateral.people.bodies import Body, naming
from bilateral.people.bodies import bodies as bodies_across
from bilateral.store import Store

KINDS = ("role", "statement")


def people(store: Store, states: Iterable[str] = (), *, name: str | None = None) -> tuple[Person, ...]:
    """The people of a store, by name: of some states, or of all; those whom a name may mean, the likeliest first."""
    return _chosen(_everybody(store), states, name)


def person(store: Store, name: str, states: Iterable[str] = ()) -> tuple[Profile, ...]:
    """Each person whom a name may mean, with offices over time and what was said; CallError where nobody is.

    A name may also be the first letters of a person's id.
    """
    answer = _everybody(store)
    some = across(answer.records, {r.id: r for r in answer.reports})
    by_id = [p for p in some if len(name) >= query.SHORTEST and p.id.startswith(name.lower())]
    found = tuple(by_id) or _chosen(answer, states, name)
    if not found:
        raise CallError(f"expected the name of somebody in the store, got {name!r}; bilateral people lists them")
    return tuple(_profile(store, p, answer) for p in found)


def _everybody(store: Store) -> Answer:
    return query.records(store, Question(kinds=KINDS))


def _chosen(answer: Answer, states: Iterable[str], name: str | None) -> tuple[Person, ...]:
    codes = codes_of([states] if isinstance(states, str) else states)
    found = across(answer.records, {r.id: r for r in answer.reports})
    if name is not None:
        found = named(found, name)
    return tuple(p for p in found if not codes or p.country in codes)


def _profile(store: Store, p: Person, answer: Answer) -> Profile:
    """A person with what was said, the newest report first."""
    by_id = {r.id: r for r in answer.records}
    reports = {r.id: r for r in answer.reports}
    said = [by_id[key] for key in reversed(p.statements)]
    docs = {r.doc for r in said}
    some = Answer(
        question=answer.question, records=tuple(said), reports=tuple(r for r in answer.reports if r.id in docs)
    )  # fmt: skip
    return Profile(person=p, said=told(store, some), reports={doc: reports[doc] for doc in p.reports})


def bodies(store: Store, states: Iterable[str] = (), *, name: str | None = None) -> tuple[Body, ...]:
    """The bodies of a store, by name: of some states, or of all; those that a name means."""
    return _bodies(query.records(store, Question()), states, name)


def body(store: Store, name: str, states: Iterable[str] = ()) -> tuple[BodyProfile, ...]:
    """Each body that a name means, with what it said; none where it names no body of the store."""
    answer = query.records(store, Question())
    by_id = {r.id: r for r in answer.records}
    made = []
    for b in _bodies(answer, states, name):
        said = tuple(by_id[key] for key in b.statements)
        docs = {r.doc for r in said}
        some = Answer(
            question=answer.question, records=said, reports=tuple(r for r in answer.reports if r.id in docs)
        )  # fmt: skip
        newest = sorted(told(store, some), key=lambda p: p.published or "", reverse=True)
        made.append(BodyProfile(body=b, said=tuple(newest)))
    return tuple(made)


def _bodies(answer: Answer, states: Iterable[str], name: str | None) -> tuple[Body, ...]:
    codes = codes_of([states] if isinstance(states, str) else states)
    found = bodies_across(answer.records, {r.id: r for r in answer.reports})
    if name is not None:
        asked = naming(name)
        found = tuple(
            b for b in found
            if naming(b.name).name == asked.name and (not asked.country or b.country == asked.country)
        )  # fmt: skip
    return tuple(b for b in found if not codes or b.country in codes)
