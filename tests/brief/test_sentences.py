"""What a line of the brief says a figure is of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilateral.brief.sentences import figure_of
from bilateral.model import Evidence, Measure


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        ("exports", "USD", "exports, Ghana → Togo"),
        ("exports", "percent", "share of exports, Ghana → Togo"),
        ("tariff_rate", "percent", "tariff rate, Ghana → Togo"),
    ],
)
def test_a_part_of_a_whole_is_told_as_its_share(quantity: str, unit: str, said: str) -> None:
    figure = Measure(
        by="measures/1", score=0.9, evidence=(Evidence("value", "d", 0, 2, "90"),), quantity=quantity,
        parties=("GHA", "TGO"), direction="GHA>TGO", value=Decimal(90), unit=unit,
    )  # fmt: skip
    assert figure_of(figure) == said
