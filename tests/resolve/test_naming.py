"""Personal names: when two spellings are one person's, and what becomes of a name as an id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.resolve.naming import fullest, is_same, slug, tokens_of

WORDS = ["Pavel", "Orlov", "Keo", "Samnang", "al", "bin", "Lee", "A.", "Jean-Luc"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Orlov", "Pavel Orlov"),
        ("P. Orlov", "Pavel Orlov"),
        ("Pavel Sergeevich Orlov", "Pavel Orlov"),
        ("Khalid al-Harbi", "Khalid bin Faisal al-Harbi"),
        ("François Lévy", "Francois Levy"),
        ("Tran Van Duc", "Duc"),
    ],
)
def test_spellings_of_one_person_are_the_same(one: str, two: str) -> None:
    assert is_same(one, two)
    assert is_same(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Keo Samnang", "Keo Vibol"), ("Pavel Orlov", "Pavel Zimin"), ("B. Orlov", "Pavel Orlov"), ("P.", "Pavel")],
)
def test_names_of_two_people_are_not_the_same(one: str, two: str) -> None:
    assert not is_same(one, two)


@given(NAMES)
def test_a_name_is_its_own_and_its_id_is_plain(words: list[str]) -> None:
    name = " ".join(words)

    assert slug(name) == slug(name.upper())
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert tokens_of(name) == tokens_of(name.lower())


def test_the_fullest_spelling_has_the_most_whole_words() -> None:
    assert fullest(["Orlov", "P. Orlov", "Pavel Orlov", "Mr Orlov"]) == "Pavel Orlov"
