"""The task `actors`: one short text gives one state and one sector in PLOVER's codes."""

from __future__ import annotations

import pytest

from bilateral.errors import CallError
from bilateral.evaluate.actors import actors


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "context", "date", "country", "sector"),
    [
        ("the United Nations Security Council", "", "", "UNO", "GOV"),
        ("the EU parliament", "", "", "EUR", "LEG"),
        ("the World Bank", "", "", "IGO", "GOV"),
        ("Norway's coast guard", "", "", "NOR", "MIL"),
        ("angry protesters", "Bolivia", "", "BOL", "CVL"),
        ("she", "", "", "", "UNK"),
        ("Transnistria", "", "", "MDA", "PRE"),
        ("Angela Merkel", "", "1 May 2016", "DEU", "GOV"),
        ("Angela Merkel", "", "2023-05-01", "DEU", "ELI"),
    ],
)
def test_an_actor_is_named_in_plovers_codes(text: str, context: str, date: str, country: str, sector: str) -> None:
    predicted = actors({"case": 7, "text": text, "context": context, "date": date})

    assert predicted == {"case": 7, "country": country, "sector": sector}


def test_an_input_without_its_text_is_refused_by_name() -> None:
    with pytest.raises(CallError, match="actors: expected an object with case, text"):
        actors({"case": 1})
