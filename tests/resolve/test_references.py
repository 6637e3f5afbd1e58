"""Pronouns, offices without a name and words for several states: the cases of tests/cases/references.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.resolve.cases import mention_of, resolved_case, table

CASES = table("references.toml")


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_a_case_gives_whom_its_words_stand_for(case: dict[str, Any]) -> None:
    doc = resolved_case(case)

    for wanted in case["mentions"]:
        mention = mention_of(doc, wanted["words"], wanted.get("nth", 1))
        assert mention is not None, (wanted["words"], [m.text for m in doc.mentions])
        person = doc.person(mention.person)
        name = person.name if person else ""
        assert name == wanted.get("person", name), mention
        assert list(mention.codes) == wanted.get("codes", list(mention.codes)), mention
        assert mention.kind == wanted.get("kind", mention.kind)
        assert wanted.get("reason", "") in mention.reason
    if "dyad" in case:
        assert list(doc.dyad) == case["dyad"]


@pytest.mark.model
@pytest.mark.parametrize("case", [c for c in CASES if "absent" in c], ids=lambda c: c["rule"])
def test_what_stands_for_nothing_is_no_mention(case: dict[str, Any]) -> None:
    doc = resolved_case(case)

    assert [w for w in case["absent"] if mention_of(doc, w) is not None] == []


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_what_is_resolved_says_why_and_what_is_not_says_why_not(case: dict[str, Any]) -> None:
    doc = resolved_case(case)

    spoken = [m for m in doc.mentions if m.kind in ("pronoun", "role", "collective")]
    assert all(m.reason for m in spoken)
    assert all(0.0 <= c.score <= 1.0 for m in spoken for c in m.candidates)
