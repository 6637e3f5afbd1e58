"""How real a thing is told to be, on parses kept in tests/parses."""

from __future__ import annotations

import pytest

from bilateral.mood import called_off, mood
from tests.kept import kept

CASES = [
    ("active", "criticised", "happened"),
    ("passive", "signed", "happened"),
    ("perfect", "ratified", "happened"),
    ("said_past", "expelled", "happened"),
    ("was_signed", "signed", "happened"),
    ("progressive", "negotiating", "ongoing"),
    ("future", "open", "planned"),
    ("would", "host", "planned"),
    ("to_be", "meet", "planned"),
    ("headline", "place", "planned"),
    ("due", "visit", "planned"),
    ("plans", "buy", "planned"),
    ("planned_noun", "visit", "planned"),
    ("upcoming", "summit", "planned"),
    ("control_subject", "send", "planned"),
    ("going_to", "recall", "planned"),
    ("proposed", "agreement", "proposed"),
    ("possibility", "agreement", "proposed"),
    ("control_object", "release", "proposed"),
    ("hopes", "sign", "proposed"),
    ("should", "withdraw", "proposed"),
    ("may", "withdraw", "hypothetical"),
    ("conditional", "signs", "hypothetical"),
    ("negated", "sign", "denied"),
    ("no_object", "signed", "denied"),
    ("never", "visited", "denied"),
    ("denied", "attacking", "denied"),
    ("refused", "sign", "denied"),
    ("failed", "agree", "denied"),
    ("without", "signing", "denied"),
    ("cancelled", "meeting", "cancelled"),
    ("cancelled_passive", "talks", "cancelled"),
    ("postponed", "visit", "postponed"),
    ("to_be_signed", "signed", "planned"),
    ("means_to", "sign", "planned"),
    ("at_meeting", "meeting", "happened"),
    ("without_ceremony", "signed", "happened"),
    ("in_talks", "talks", "ongoing"),
    ("on_visit", "visit", "ongoing"),
    ("was_on_visit", "visit", "happened"),
    ("not_rule_out", "sign", "happened"),
    ("seized_below", "seized", "happened"),
    ("barred_from", "entering", "denied"),
    ("on_programme", "Talks", "planned"),
]


@pytest.mark.parametrize(("name", "word", "status"), CASES, ids=[c[0] + "-" + c[1] for c in CASES])
def test_the_status_of_a_word_follows_tense_mood_and_what_embeds_it(name: str, word: str, status: str) -> None:
    s = kept(name)
    assert mood(s.parse, s.at(word)).status == status


def test_the_word_that_decides_is_named() -> None:
    s = kept("plans")
    assert mood(s.parse, s.at("buy")).by == s.at("plans")
    assert mood(kept("active").parse, kept("active").at("criticised")).by is None


@pytest.mark.parametrize(
    ("name", "word", "status"),
    [("cancelled", "cancelled", "cancelled"), ("postponed", "postponed", "postponed"), ("active", "criticised", None)],
)
def test_a_verb_says_whether_it_calls_something_off_or_puts_it_off(name: str, word: str, status: str | None) -> None:
    s = kept(name)
    assert called_off(s.parse, s.at(word)) == status
