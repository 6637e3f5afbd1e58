"""The date of a report, inferred from dateline, weekday and the years spoken of; never from a clock."""

from __future__ import annotations

from bilateral.resolve.published import published
from bilateral.text import Dated, Dateline, Document, Paragraph, Parse, Resolved

EMPTY = Parse(
    parser="none", gate="off", parsed=(), start=(), end=(), head=(), lemma=(), pos=(), tag=(), dep=(), ent=(), sents=()
)  # fmt: skip


def dated(text: str, day: str | None, *, value: str | None = None, how: str | None = None) -> Dated:
    document = Document(
        id="d", uri="u", text=text, paragraphs=(Paragraph(0, len(text), "body"),),
        dateline=Dateline(0, 0, place="Hanoi", day=day, agency="TASS") if day else None,
    )  # fmt: skip
    given = Dated(value=value, how=how)  # type: ignore[arg-type]
    return published(Resolved(document=document, parse=EMPTY, published=given)).published


def test_a_given_date_is_kept_whatever_the_text_says() -> None:
    found = dated("Trade grew in 2018, she said on Friday.", "XXXX-07-03", value="2021-01-02", how="given")
    assert (found.value, found.how) == ("2021-01-02", "given")


def test_a_dateline_with_its_year_is_the_date() -> None:
    found = dated("Trade grew.", "2019-07-03")
    assert (found.value, found.how, found.stated) == ("2019-07-03", "dateline", "2019-07-03")


def test_weekday_and_past_year_choose_among_the_years() -> None:
    found = dated("The envoy spoke on Wednesday. Trade grew in 2018; 17 papers were signed in 2005-2014.", "XXXX-07-03")
    assert found.value == "2019-07-03"
    assert found.how == "inferred"
    assert found.stated == "XXXX-07-03"
    assert found.candidates == ("2013-07-03", "2019-07-03", "2024-07-03")
    assert any("Wednesday" in reason for reason in found.reasons)
    assert any("2018" in reason for reason in found.reasons)


def test_the_weekday_may_be_the_day_before_the_dateline() -> None:
    found = dated("The envoy spoke on Wednesday. Trade grew in 2018.", "XXXX-07-04")
    assert found.value == "2019-07-04"
    assert any("day before" in reason for reason in found.reasons)


def test_without_a_weekday_the_year_stays_unknown_with_candidates() -> None:
    found = dated("Trade grew in 2018, the envoy said.", "XXXX-07-03")
    assert found.value == "XXXX-07-03"
    assert found.candidates == ("2018-07-03", "2019-07-03")


def test_without_a_past_year_the_year_stays_unknown() -> None:
    found = dated("The envoy spoke on Wednesday of a goal for trade by 2030.", "XXXX-07-03")
    assert found.value == "XXXX-07-03"
    assert "no year is spoken of as past" in found.reasons


def test_next_friday_is_not_the_weekday_of_the_lead() -> None:
    found = dated("They meet next Friday. Trade grew in 2018.", "XXXX-07-03")
    assert found.value == "XXXX-07-03"


def test_sums_of_money_and_counts_are_no_years() -> None:
    found = dated("The envoy spoke on Wednesday. Trade grew in 2018 to $2024 and 2,030 tonnes.", "XXXX-07-03")
    assert found.value == "2019-07-03"


def test_the_leap_day_has_only_leap_years_as_candidates() -> None:
    found = dated("The envoy spoke on Thursday. Trade grew in 2023.", "XXXX-02-29")
    assert found.value == "2024-02-29"


def test_a_report_without_any_date_has_none_and_the_reason() -> None:
    found = dated("Trade grew.", None)
    assert found.value is None
    assert found.reasons == ("no date was given and none stands in the text",)


def test_a_lead_that_says_today_takes_no_weekday_from_elsewhere() -> None:
    found = dated("The envoy was summoned today over shells that fell on Friday. They agreed in 2017.", "XXXX-09-18")
    assert found.value == "XXXX-09-18"
    assert found.candidates == ("2017-09-18", "2018-09-18")
