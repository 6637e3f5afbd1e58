"""The list of office-holders: used only where office, name and date agree, and sound as a file."""

from __future__ import annotations

import pytest

from bilateral.resolve.leaders import listed_for, office_held


@pytest.mark.parametrize(
    ("name", "levels", "date", "code"),
    [
        ("Putin", ["HOS"], "2018-07-23", "RUS"),
        ("Bush", ["HOS"], "1990-08", "USA"),
        ("Clinton", ["FM"], "2010-05-02", "USA"),
        ("Emmanuel Macron", [], "2022-03", "FRA"),
        ("Bush", [], "2002-03", None),
        ("Putin", ["HOS"], "1995-01", None),
        ("Putin", ["AMB"], "2018-07-23", None),
        ("Pavel Orlov", ["HOS"], "2018", None),
    ],
)
def test_a_state_is_said_only_where_office_name_and_date_agree(
    name: str, levels: list[str], date: str, code: str | None
) -> None:
    held = office_held(name, levels, date)

    assert (held.candidate.id if held else None) == code


def test_an_office_that_is_over_is_a_former_one() -> None:
    held = office_held("Angela Merkel", [], "2023-05")

    assert held is not None
    assert held.is_former
    assert "2021-12" in held.candidate.reason


def test_without_a_date_a_name_of_two_states_stays_open() -> None:
    assert office_held("Lee", ["HOS", "HOG"], None) is None


def test_a_surname_of_its_own_is_enough_with_a_date_but_not_within_another_name() -> None:
    alone, other = office_held("Macron", [], "2022-03"), office_held("Brigitta Macron", [], "2022-03")

    assert alone is not None
    assert alone.candidate.id == "FRA"
    assert other is None
    assert office_held("Macron", [], None) is None


def test_a_name_that_is_known_in_an_office_elsewhere_says_where() -> None:
    assert listed_for("Park", ["HOS"]) == {"KOR"}
    assert listed_for("Orlov", ["HOS"]) == frozenset()
    assert listed_for("Park", ["AMB"]) == frozenset()
