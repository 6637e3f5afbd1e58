"""Roles: which person holds which office, for whom, as of the report's date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from bilateral.model import Evidence, Level, Reason, Role, Standing, evidence
from bilateral.syntax import sentence_span
from bilateral.text import Office, Person, Resolved


def roles(doc: Resolved) -> Iterator[Role]:
    """Yield each office that the document names for a person, once, in the order of the people and their offices.

    `as_of` is the report's date as used (None where unknown); a former office has none. Offices without words in the
    text do not occur. Source: docs/rules/roles.md.
    """
    for person in doc.people:
        seen: set[tuple[str, str | None, str | None]] = set()
        for office in person.offices:
            key = (office.words.casefold(), office.country, office.standing)
            if key not in seen:
                seen.add(key)
                yield _role(doc, person, office)


def _role(doc: Resolved, person: Person, office: Office) -> Role:
    former = office.standing == "former"
    return Role(
        by="roles", score=0.9 if office.country else 0.6, evidence=_evidence(doc, person, office), person=person.name,
        office=office.words, country=office.country, organisation=office.organisation, accredited=office.accredited,
        level=cast(Level, office.level), standing=cast(Standing, office.standing),
        as_of=None if former else doc.published.value,
        reasons=(
            Reason("office", "title grammar over the words"),
            Reason("country", _whose(doc, person, office)),
            Reason("as_of", "the report's date" if not former else "a former office has no as-of date"),
        ),
    )  # fmt: skip


def _whose(doc: Resolved, person: Person, office: Office) -> str:
    """How the state of an office is known; all claimants where it is that of a disputed territory."""
    told = next((m.reason for m in doc.mentions if m.person == person.id and " is disputed: " in m.reason), None)
    return told or ("state named in the office" if office.country else "no state is named or implied")


def _evidence(doc: Resolved, person: Person, office: Office) -> tuple[Evidence, ...]:
    """The office's words, the nearest mention of the person, and the sentence that holds the office."""
    found = [evidence(doc.document, "office", office.start, office.end)]
    named = [m for m in doc.mentions if m.person == person.id and m.kind == "person"]
    if named:
        near = min(named, key=lambda m: (abs(m.start - office.start), m.start))
        found.append(evidence(doc.document, "person", near.start, near.end))
    tokens = doc.parse.tokens(office.start, office.end)
    if tokens:
        found.append(evidence(doc.document, "sentence", *sentence_span(doc.parse, tokens[0])))
    return tuple(found)
