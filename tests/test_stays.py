"""Which day "the second day of the visit" is: counted from the days that the report gives for the stay."""

from __future__ import annotations

import pytest

from bilateral.stays import nth_day
from tests.extract.test_agreements import read

pytestmark = pytest.mark.model


def day(text: str) -> str | None:
    """The value of the first "… day" in a report of 16 May 2024, a Thursday."""
    doc = read(text, "2024-05-16")
    found = (nth_day(doc, k) for k in range(len(doc.parse.start)) if doc.text[doc.parse.start[k] :].startswith("day"))
    mention = next((m for m in found if m is not None), None)
    return mention.value if mention is not None else None


def test_the_second_day_of_a_stay_is_counted_from_the_first() -> None:
    text = "The envoy has been on a visit to Oslo since 13 May 2024. On the second day of his stay he met the king."
    assert day(text) == "2024-05-14"


def test_the_last_day_of_a_stay_is_that_on_which_it_ends() -> None:
    text = "The visit lasted from 2 May to 4 May 2024. On the last day of the visit he met the king."
    assert day(text) == "2024-05-04"


def test_the_second_day_of_something_else_is_none() -> None:
    assert day("The envoy is on a visit since 13 May 2024. On the second day of the strike trains ran.") is None


def test_a_stay_without_days_gives_none() -> None:
    assert day("The envoy was in Oslo. On the second day of his stay he met the king.") is None
