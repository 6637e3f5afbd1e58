"""The times that a text speaks of: the case table, what holds without a parse, and the laws of values and spans."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral.errors import CallError
from bilateral.evaluate.timex import timex
from bilateral.interval import interval
from bilateral.parse import parse
from bilateral.resolve.dates import MEANINGS, dates
from bilateral.resolve.dates import period as cal
from bilateral.resolve.dates.anchor import anchor, days_away, unit_of
from bilateral.resolve.dates.feasts import easter
from bilateral.resolve.dates.grammar import matches, rule_names
from bilateral.resolve.dates.tokens import lexicon, tokens
from bilateral.text import Dated, Dateline, Document, Mention, Paragraph, Parse, Resolved

TABLE = Path(__file__).parents[1] / "cases" / "dates.toml"
CASES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
EMPTY = Parse(
    parser="none", gate="off", parsed=(), start=(), end=(), head=(), lemma=(), pos=(), tag=(), dep=(), ent=(), sents=()
)  # fmt: skip


def document(text: str, **fields: Any) -> Document:
    return Document(id="d", uri="u", text=text, paragraphs=(Paragraph(0, len(text)),), **fields)


def read(text: str, day: str | None = None, parsed: Parse = EMPTY, **fields: Any) -> tuple[Mention, ...]:
    doc = Resolved(document=document(text, **fields), parse=parsed, published=Dated(value=day))
    return dates(doc).mentions


@cache
def parsed(text: str) -> Parse:
    return parse(document(text))


def rows() -> list[Any]:
    return [
        pytest.param(case, id=f"{case['text'][:60]} ({case.get('date', 'undated')})",
                     marks=pytest.mark.xfail(strict=True, reason=case["wrong"]) if "wrong" in case else ())
        for case in CASES
    ]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize("case", rows())
def test_a_sentence_gives_its_times(case: dict[str, Any]) -> None:
    found = read(case["text"], case.get("date"), parsed(case["text"]))
    assert [[m.text, m.value or "", m.timex] for m in found] == case["times"]


def test_the_table_is_large_and_has_no_case_twice() -> None:
    keys = [(case["text"], case.get("date")) for case in CASES]
    assert len(keys) >= 200
    assert len(set(keys)) == len(keys)


def test_every_value_of_the_table_is_edtf_that_two_readers_know() -> None:
    values = {value for case in CASES for _, value, _ in case["times"] if value}
    for value in values:
        assert parse_edtf(value) is not None
    dated = [v for v in values if "XXXX" not in v]
    assert [v for v in dated if interval(v) is None] == []


def test_every_rule_of_the_grammar_has_a_meaning() -> None:
    assert set(rule_names()) == set(MEANINGS)


def test_every_class_word_is_lower_case() -> None:
    assert [w for w in lexicon().words if w != w.lower()] == []


# --- what holds without a parse ------------------------------------------------------------------------------------


def test_without_a_date_of_the_report_nothing_is_guessed() -> None:
    found = read("In March and last year, on Friday and yesterday, on August 8.")
    assert [(m.text, m.value) for m in found] == [
        ("March", "XXXX-03"), ("last year", None), ("Friday", None), ("yesterday", None), ("August 8", "XXXX-08-08"),
    ]  # fmt: skip
    assert all(m.timex and m.reason for m in found)


def test_what_was_not_parsed_is_read_as_past() -> None:
    assert [m.value for m in read("Talks on Friday and in May.", "2019-07-03")] == ["2019-06-28", "2019-05"]


def test_words_before_a_date_decide_where_nothing_was_parsed() -> None:
    found = read("Due on August 8, and signed since August 8.", "2019-07-03")
    assert [m.value for m in found] == ["2019-08-08", "2018-08-08/.."]


def test_an_ambiguous_date_in_figures_keeps_both_readings() -> None:
    (mention,) = read("Dated 03/07/2019.", "2019-08-01")
    assert mention.value is None
    assert {c.id for c in mention.candidates} == {"2019-07-03", "2019-03-07"}
    assert "two orders" in mention.reason


def test_the_dateline_is_no_time_of_the_text() -> None:
    text = "HANOI, July 3. Trade grew in 2018."
    found = read(text, "2019-07-03", dateline=Dateline(0, 14, place="Hanoi", day="XXXX-07-03"))
    assert [m.text for m in found] == ["2018"]


def test_furniture_and_bylines_are_left_out() -> None:
    text = "Updated July 3, 2019\n\nTrade grew in 2018."
    parts = (Paragraph(0, 20, "furniture"), Paragraph(22, len(text), "body"))
    doc = Document(id="d", uri="u", text=text, paragraphs=parts)
    found = dates(Resolved(document=doc, parse=EMPTY, published=Dated(value=None))).mentions
    assert [m.text for m in found] == ["2018"]


def test_times_stand_in_order_among_the_mentions_that_are_there() -> None:
    text = "In 2018 Ghana and in 2019 Togo signed."
    ghana = Mention(start=8, end=13, text="Ghana", kind="country")
    togo = Mention(start=26, end=30, text="Togo", kind="country")
    doc = Resolved(document=document(text), parse=EMPTY, published=Dated(value=None), mentions=(ghana, togo))
    assert [m.text for m in dates(doc).mentions] == ["2018", "Ghana", "2019", "Togo"]
    assert [m.text for m in doc.mentions] == ["Ghana", "Togo"]


def test_a_limit_keeps_its_word_in_the_reason() -> None:
    (mention,) = read("Trade is to double by 2030.", "2019-07-03")
    assert mention.value == "2030"
    assert mention.reason.startswith("by then")


def test_the_same_period_repeats_the_one_before_across_a_paragraph() -> None:
    text = "Trade grew in the first five months of 2018.\n\nIn the same period of 2017 it fell."
    parts = (Paragraph(0, 44), Paragraph(46, len(text)))
    doc = Document(id="d", uri="u", text=text, paragraphs=parts)
    found = dates(Resolved(document=doc, parse=EMPTY, published=Dated(value="2019-07-03"))).mentions
    assert [m.value for m in found] == ["2018-01/2018-05", "2017-01/2017-05"]


def test_a_headline_in_the_present_tells_the_past() -> None:
    text = "Envoy visits Accra in May"
    head = Document(id="d", uri="u", text=text, paragraphs=(Paragraph(0, len(text), "title"),))
    verb = Parse(
        parser="made", gate="off", parsed=((0, 25),), start=(0, 6, 13, 19, 22), end=(5, 12, 18, 21, 25),
        head=(1, 1, 1, 1, 3), lemma=("envoy", "visit", "Accra", "in", "May"), ent=("",) * 5, sents=(0,),
        pos=("NOUN", "VERB", "PROPN", "ADP", "PROPN"), tag=("NN", "VBZ", "NNP", "IN", "NNP"),
        dep=("nsubj", "ROOT", "dobj", "prep", "pobj"),
    )  # fmt: skip
    assert [m.value for m in read(text, "2019-07-03", verb)] == ["2020-05"]
    doc = Resolved(document=head, parse=verb, published=Dated(value="2019-07-03"))
    assert [m.value for m in dates(doc).mentions] == ["2019-05"]


def test_in_a_text_of_history_a_month_belongs_to_the_year_told() -> None:
    text = (
        "In 1911 the league was founded. In 1912 it grew, and in 1913 it split. In June 1914 its council met. "
        "In August it called for peace. In 1916 it was banned, and in 1918 it came back."
    )
    found = {m.text: m.value for m in read(text, "2019-07-03")}
    assert found["August"] == "1914-08"


# --- the calendar --------------------------------------------------------------------------------------------------


def test_an_anchor_is_what_is_known_of_the_date() -> None:
    assert anchor("2019-07-03") == (2019, 7, 3)
    assert anchor("XXXX-07-03") == (None, 7, 3)
    assert anchor("2014-05") == (2014, 5, None)
    assert anchor("2014/2016") == anchor(None) == anchor("2019-02-30") == (None, None, None)


def test_a_day_that_hangs_on_a_leap_year_stays_unknown() -> None:
    assert days_away(anchor("XXXX-03-01"), -1) is None
    assert days_away(anchor("XXXX-03-02"), -1) == cal.day(date(2000, 3, 1), known=False)


def test_units_run_over_the_new_year() -> None:
    at = anchor("2020-01-15")
    assert unit_of(at, "month", -1) == cal.month(2019, 12)
    assert unit_of(at, "quarter", -1) == cal.quarter(2019, 4)
    week = unit_of(at, "week", -2)
    assert week is not None
    assert (week.edtf, week.timex) == ("2019-12-30/2020-01-05", "2020-W01")


def test_a_period_keeps_whole_months_whole_when_moved() -> None:
    moved = cal.moved(cal.month(2020, 2), "Y", -1)
    assert moved == cal.month(2019, 2)


@pytest.mark.parametrize(
    ("year", "day"), [(2018, "2018-04-01"), (2019, "2019-04-21"), (2020, "2020-04-12"), (2024, "2024-03-31")]
)
def test_easter_falls_where_the_calendar_says(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


# --- laws ----------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from([
    *sorted(lexicon().words), *(w.title() for w in sorted(lexicon().words)),
    "2019", "1998", "31", "29", "3", "15th", "99", "3/7/2019", "31.12.2018", "2019-02-30", "2005-14",
    "FY21", "Q3", "H1", "10:30", "5pm", "'90s", "1/2", "-", ",", ".",
    "'s", "envoy", "Accra", "$", "%", "2.5", "1,000", "\n\n", "(", ")", "–", "/",
])  # fmt: skip
DAYS = st.sampled_from([
    None, "2019-07-03", "2020-02-29", "XXXX-02-29", "XXXX-12-31", "2014-05", "2014", "0001-01-01", "2199-12-31",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=14), DAYS)
def test_any_words_give_times_that_are_in_the_text_and_valid(words: list[str], day: str | None) -> None:
    text = " ".join(words)
    found = read(text, day)
    for mention in found:
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.timex
        assert mention.reason
        if mention.value is not None:
            parse_edtf(mention.value)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == read(text, day)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_cut_into_tokens_in_order(text: str) -> None:
    cut = tokens(text)
    assert len(cut.start) == len(cut.end) == len(cut.value) == len(cut.classes)
    assert all(a < b for a, b in zip(cut.start, cut.end, strict=True))
    assert all(m.first < m.last for m in matches(cut))


# --- the task ------------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_the_task_gives_the_ends_of_a_range_and_a_day_with_its_hour_as_one() -> None:
    text = "Talks ran from 2005 to 2014.\n\nThey end at 3 pm on Monday."
    found = timex({"id": "a", "date": "2019-07-03T10:00", "text": text})
    words = [(text[t["start"] : t["end"]], t["value"]) for t in found["timexes"]]
    assert found["id"] == "a"
    assert words == [("2005", "2005"), ("2014", "2014"), ("3 pm on Monday", "2019-07-08T15:00")]


def test_the_task_says_what_its_input_lacks() -> None:
    with pytest.raises(CallError, match="timex: expected an object with id, date and text"):
        timex({"id": "a"})
