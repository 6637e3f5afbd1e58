"""Figures of a brief beside loaded reference series: one line below each figure that a series covers."""

from __future__ import annotations

import json

import pytest

from bilateral import desk
from bilateral.brief import FORMS, Line
from bilateral.comparison import reference_add
from bilateral.store import Store
from tests.reference.made import BEFORE, FILES, OTHER, TRADE, batch


@pytest.fixture
def opened(tmp_path):
    """A store with the trade claims of two outlets and no reference file."""
    with Store.open(tmp_path / "claims.db") as store:
        store.write(batch("tass", TRADE, BEFORE))
        store.write(batch("akp", OTHER, outlet="Agence Kampuchea Presse"))
        yield store


def figures(store: Store) -> list[Line]:
    made = desk.brief(store, ["RUS", "KHM"])
    return [line for section in made.sections if section.number == 7 for line in section.lines]


def held(store: Store) -> list[str]:
    return [note for line in figures(store) for note in line.notes if note.startswith("reference: ")]


def test_a_store_without_reference_files_shows_no_verdict(opened):
    assert figures(opened)
    assert held(opened) == []


def test_a_figure_that_a_series_covers_shows_each_view_in_one_line(opened):
    reference_add(opened, FILES / "comtrade.csv")
    notes = held(opened)
    assert notes
    assert any("the figures of Russia" in note and "the figures of Cambodia" in note for note in notes)
    assert not any("\n" in note for note in notes)
    assert not any("false" in note.lower() for note in notes)


def test_a_verdict_stands_below_its_figure_in_every_form(opened):
    reference_add(opened, FILES / "comtrade.csv")
    made = desk.brief(opened, ["RUS", "KHM"])
    note = held(opened)[0]
    for form in ("text", "markdown", "html"):
        assert note[:24] in FORMS[form](made), form
    assert note in json.dumps(json.loads(FORMS["json"](made)), ensure_ascii=False)


def test_a_series_of_another_pair_leaves_a_figure_alone(opened, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text(
        "reporter,partner,year,flow,value,unit,valuation,source\nFRA,DEU,2018,exports,41000000,USD,FOB,Customs\n"
    )
    reference_add(opened, path)
    assert held(opened) == []


def test_a_year_that_a_series_lacks_gives_the_reason(opened, tmp_path):
    path = tmp_path / "late.csv"
    path.write_text(
        "reporter,partner,year,flow,value,unit,valuation,source\nKHM,RUS,2021,exports,41000000,USD,FOB,Customs\n"
    )
    reference_add(opened, path)
    assert all("not comparable" in note for note in held(opened))
    assert held(opened)
