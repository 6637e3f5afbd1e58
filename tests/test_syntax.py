"""Walking a parse: who acts, on whom, in which tense; on parses kept in tests/parses."""

from __future__ import annotations

import pytest

from bilateral import syntax
from tests.kept import kept


@pytest.mark.parametrize(
    ("name", "verb", "expected"),
    [
        ("active", "criticised", ["Russia"]),
        ("coordination", "signed", ["Japan", "Chile", "Peru"]),
        ("verb_coordination", "met", ["minister"]),
        ("relative", "visited", ["envoy"]),
        ("control_subject", "send", ["Ghana"]),
        ("control_object", "release", ["Mali"]),
        ("participle", "adding", ["premier"]),
        ("headline", "place", ["EU"]),
        ("to_be", "meet", ["ministers"]),
        ("without", "signing", ["envoy"]),
    ],
)
def test_subjects_are_found_where_grammar_leaves_them_out(name: str, verb: str, expected: list[str]) -> None:
    s = kept(name)
    assert s.words(syntax.subjects(s.parse, s.at(verb))) == expected


@pytest.mark.parametrize(
    ("name", "verb", "passive"),
    [("passive", "signed", True), ("short_passive", "signed", True), ("active", "criticised", False),
     ("perfect", "ratified", False), ("cancelled_passive", "cancelled", True)],
)  # fmt: skip
def test_a_passive_is_known_with_and_without_its_auxiliary(name: str, verb: str, passive: bool) -> None:
    s = kept(name)
    assert syntax.is_passive(s.parse, s.at(verb)) is passive


def test_the_agents_of_a_passive_are_all_after_by() -> None:
    s = kept("passive")
    assert s.words(syntax.agents(s.parse, s.at("signed"))) == ["Laos", "Thailand"]


def test_objects_are_direct_ones_and_receivers_indirect_ones() -> None:
    s = kept("indirect_object")
    assert s.words(syntax.objects(s.parse, s.at("gave"))) == ["loan"]
    assert s.words(syntax.receivers(s.parse, s.at("gave"))) == ["Jordan"]


def test_obliques_carry_their_prepositions() -> None:
    s = kept("obliques")
    found = [(p, s.words([i])[0]) for p, i in syntax.obliques(s.parse, s.at("talks"))]
    assert ("with", "officials") in found
    nested = [(p, s.words([i])[0]) for p, i in syntax.obliques(s.parse, s.at("officials"))]
    assert ("from", "Nepal") in nested


def test_a_second_preposition_joins_the_first() -> None:
    s = kept("out_of")
    assert ("out of", s.at("valley")) in syntax.obliques(s.parse, s.at("pulled"))
    assert syntax.obliques(s.parse, s.at("pulled"), "of") == [("out of", s.at("valley"))]


@pytest.mark.parametrize(
    ("name", "word"), [("negated", "sign"), ("no_object", "signed"), ("never", "visited"), ("without", "signing")]
)  # fmt: skip
def test_negation_is_seen_on_the_verb_its_object_and_its_preposition(name: str, word: str) -> None:
    s = kept(name)
    assert syntax.is_negated(s.parse, s.at(word))


@pytest.mark.parametrize(
    ("name", "verb", "expected"),
    [
        ("active", "criticised", ("past", False, False, None)),
        ("future", "open", ("future", False, False, "will")),
        ("perfect", "ratified", ("past", True, False, None)),
        ("progressive", "negotiating", ("present", False, True, None)),
        ("may", "withdraw", ("none", False, False, "may")),
        ("going_to", "recall", ("future", False, False, "going")),
        ("was_signed", "signed", ("past", False, False, None)),
    ],
)
def test_tense_reads_the_whole_verb_group(name: str, verb: str, expected: tuple[object, ...]) -> None:
    s = kept(name)
    assert tuple(syntax.tense(s.parse, s.at(verb))) == expected


def test_an_if_clause_and_what_hangs_on_it_are_conditional() -> None:
    s = kept("conditional")
    assert syntax.is_conditional(s.parse, s.at("signs"))
    assert syntax.is_conditional(s.parse, s.at("follow"))


def test_the_clause_of_a_token_leaves_out_clauses_below_it() -> None:
    s = kept("relative")
    words = s.words(syntax.clause(s.parse, s.at("praised")))
    assert "hosts" in words
    assert "visited" not in words


def test_phrase_subtree_and_span_give_the_words_of_a_noun() -> None:
    s = kept("planned_noun")
    tokens = syntax.phrase(s.parse, s.at("visit"))
    start, end = syntax.span(s.parse, tokens)
    assert s.text[start:end] == "The planned visit to Accra"


def test_the_governor_of_a_root_is_none() -> None:
    s = kept("active")
    assert syntax.governor(s.parse, s.at("criticised")) is None
    assert syntax.governor(s.parse, s.at("Poland")) == s.at("criticised")
