"""Records as rows: JSON Lines, tables for spreadsheets, data frames, words that a terminal must not act on."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pandas
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral import desk
from bilateral.brief import columns, csv_lines, harmless, harmless_json, json_line, nested, table
from bilateral.errors import CallError
from bilateral.model import KINDS, kind_of


@pytest.fixture
def measures(store):
    return desk.ask(store, desk.question(kinds=["measures"]))


@pytest.fixture
def everything(store):
    return desk.ask(store, desk.question(dyad=["RUS", "KHM"]))


def rows(answer):
    reports = {r.id: r for r in answer.reports}
    return [json.loads(json_line(nested(record, reports[record.doc]))) for record in answer]


def test_a_row_of_json_has_every_field_of_the_record(everything):
    for record, row in zip(everything, rows(everything), strict=True):
        assert set(record.__struct_fields__) <= set(row)
        assert row["kind"] == kind_of(record)


def test_a_figure_is_a_number_that_is_written_out(measures):
    reports = {r.id: r for r in measures.reports}
    record = next(r for r in measures if r.digits == "202")
    line = json_line(nested(record, reports[record.doc]))
    assert '"value":202000000' in line
    assert "E+" not in line


def test_names_stand_beside_codes(everything):
    found = rows(everything)
    visit = next(r for r in found if r.get("visit_kind") == "visit" and r["status"] == "happened")
    assert (visit["visitors"][0]["country"], visit["visitors"][0]["country_name"]) == ("KHM", "Cambodia")
    role = next(r for r in found if r["kind"] == "role")
    assert (role["country_name"], role["accredited_name"]) == ("Russia", "Cambodia")
    measure = next(r for r in found if r.get("digits") == "202")
    assert measure["claimed_by"]["speaker"]["name"] == "Ilya Morov"
    assert measure["report"]["publisher"] == "TASS"


def test_a_table_has_the_same_columns_whatever_it_holds(store, measures):
    none = desk.ask(store, desk.question(kinds=["measures"], types=["unheard_of"]))
    assert [c.name for c in columns(none)] == [c.name for c in columns(measures)]
    assert list(csv_lines(none)) == [",".join(c.name for c in columns(none)) + "\n"]


def test_a_table_reads_back_as_it_was(everything):
    read = list(csv.DictReader(io.StringIO("".join(csv_lines(everything)))))
    assert len(read) == len(everything)
    trade = next(r for r in read if r["digits"] == "202")
    assert (trade["value"], trade["change_value"], trade["parties"]) == ("202000000", "21.5", "Russia; Cambodia")
    assert trade["claimed_by"] == "Russian Ambassador Ilya Morov"
    assert all(None not in row and None not in row.values() for row in read)


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(everything, words):
    from bilateral.brief.rows import _shown

    assert _shown(words) == f"'{words}"
    assert _shown("plain") == "plain"


def test_a_frame_of_pandas_is_typed(measures):
    frame = desk.frame(measures, "pandas")
    assert len(frame) == len(measures)
    assert str(frame["value"].dtype) == "Float64"
    assert str(frame["first_day"].dtype).startswith("datetime64")
    assert frame.loc[frame["digits"] == "202", "value"].item() == 202000000
    assert frame["value"].sum() == 352000052


def test_a_frame_of_polars_is_typed(measures):
    frame = desk.frame(measures, "polars")
    assert frame.schema["value"] == polars.Float64
    assert frame.schema["first_day"] == polars.Date
    row = frame.filter(polars.col("digits") == "202").row(0, named=True)
    assert (row["value"], row["first_day"], row["last_day"]) == (202000000.0, date(2018, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("kind", [kind_of(k) for k in KINDS])
def test_a_frame_of_any_kind_can_be_made_also_without_rows(store, library, kind):
    for types in ([], ["unheard_of"]):
        answer = desk.ask(store, desk.question(kinds=[kind], types=types))
        frame = desk.frame(answer, library)
        assert len(frame) == len(answer.records)
        assert {"id", "kind", "status", "date", "outlet", "claimed_by", "words", "uri"} <= set(frame.columns)


def test_an_end_that_lies_open_is_no_day(store):
    answer = desk.ask(store, desk.question(kinds=["agreements"]))
    frame = desk.frame(answer, "polars").filter(polars.col("count") == 12)
    assert frame["date"].to_list() == ["2010/.."]
    assert frame["first_day"].to_list() == [date(2010, 1, 1)]
    assert frame["last_day"].to_list() == [None]


def test_both_libraries_have_the_same_columns_and_values(everything):
    pd, pl = desk.frame(everything, "pandas"), desk.frame(everything, "polars")
    assert list(pd.columns) == pl.columns
    assert [None if pandas.isna(v) else v for v in pd["value"]] == pl["value"].to_list()


def test_a_library_that_is_none_is_a_wrong_call(measures):
    with pytest.raises(CallError, match="expected pandas or polars"):
        desk.frame(measures, "excel")


def test_what_a_terminal_acts_on_becomes_visible():
    assert harmless("a\x1b[31mred\x07 \u202egnol\u2066 ok\r") == "a\\x1b[31mred\\x07 \\u202egnol\\u2066 ok\\x0d"
    assert harmless("“Việt Nam”\tand\nmore — 中文") == "“Việt Nam”\tand\nmore — 中文"


@given(st.text())
def test_harmless_words_hold_no_control_character_but_tab_and_line_feed(words):
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in harmless(words) if c not in "\t\n")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_harmless_json_says_the_same(words):
    line = json.dumps({"words": words}, ensure_ascii=False)
    assert json.loads(harmless_json(line)) == {"words": words}


def test_a_table_fits_a_width_and_is_not_wrapped_without_one():
    rows = [("1", "a long sentence that goes on and on and on", "x"), ("2", "short", "y")]
    wide = list(table(("id", "record", "by"), rows))
    assert len(wide) == 3
    assert wide[1] == "1   a long sentence that goes on and on and on  x"
    narrow = list(table(("id", "record", "by"), rows, width=30, flexible=("record",)))
    assert max(map(len, narrow)) <= 30
    assert " ".join(" ".join(narrow).split()) == "id record by 1 a long sentence that x goes on and on and on 2 short y"
