"""Reference files: recognised by their columns, read row by row, every view kept apart, bad rows told by line."""

from __future__ import annotations

import gzip
from collections import Counter
from decimal import Decimal

import pytest

from bilateral.errors import CallError, FormatError, InputError
from bilateral.reference import SERIES, Options, Rows, entry_of, source, vintage_of
from tests.reference.made import FILES

OF = {
    "comtrade": "comtrade.csv", "baci": "BACI_HS92_Y2018_V202401.csv", "gravity": "Gravity_V202211.csv",
    "imf": "imts.csv", "long": "long.csv",
}  # fmt: skip


def read(path, **options):
    """What a file gives, and its rows with their tally."""
    found = source(path)
    rows = Rows(found)
    return list(entry_of(found).read(rows, Options(**options))), rows


def values(path, **options):
    """Value by reporter, partner, flow, period and the view's name."""
    made, _ = read(path, **options)
    return {(o.reporter, o.partner, o.flow, o.period, o.view.name): o.value for o in made}


def bad(rows):
    return {b.line: b.why for b in rows.bad_rows}


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("entry", SERIES, ids=lambda entry: entry.name)
def test_a_format_is_told_by_its_columns(entry):
    assert entry_of(source(FILES / OF[entry.name])).name == entry.name
    assert entry.read.__doc__


def test_names_of_formats_differ():
    assert len({entry.name for entry in SERIES}) == len(SERIES) == len(OF)


def test_dots_is_imf_too():
    assert entry_of(source(FILES / "dots.csv")).name == "imf"


def test_two_runs_give_the_same():
    for name in OF.values():
        assert read(FILES / name)[0] == read(FILES / name)[0]


def test_unknown_columns_are_told_beside_those_of_every_format(tmp_path):
    path = written(tmp_path / "x.csv", "a,b\n1,2\n")
    with pytest.raises(FormatError, match=r"x\.csv: expected the columns of a reference .*UN Comtrade.*found a, b"):
        entry_of(source(path))


def test_the_list_of_country_codes_is_no_series_and_the_message_says_what_it_is():
    with pytest.raises(FormatError, match="BACI's list of country codes"):
        entry_of(source(FILES / "country_codes_V202401.csv"))


def test_a_format_can_be_named_and_must_fit(tmp_path):
    with pytest.raises(CallError, match=r"expected a format \(comtrade, .*got 'excel'"):
        entry_of(source(FILES / "long.csv"), "excel")
    with pytest.raises(FormatError, match="it has no column i, j, k, t, v"):
        entry_of(source(FILES / "imts.csv"), "baci")


# ------------------------------------------------------------------ UN Comtrade


def test_comtrade_gives_the_total_rows_alone():
    made, rows = read(FILES / "comtrade.csv")
    of_2018 = [o.value for o in made if (o.reporter, o.partner, o.flow, o.period) == ("RUS", "KHM", "exports", "2018")]
    assert of_2018 == [Decimal("70500000.5"), Decimal("70500000.5"), Decimal(71000000)]
    assert rows.left_out == Counter({
        "one product of many": 1, "one mode of transport": 1, "one customs procedure": 1, "one second partner": 1,
        "another flow than exports and imports": 1, "reporter or partner is no state": 1, "no value": 1,
    })  # fmt: skip


def test_comtrade_keeps_cif_and_fob_of_one_import_apart():
    made, _ = read(FILES / "comtrade.csv")
    found = {(o.view.name, o.view.valuation, o.value) for o in made if o.line == 12}
    assert found == {("cifvalue", "CIF", Decimal(88000000)), ("fobvalue", "FOB", Decimal(83000000))}


def test_comtrade_has_numbers_of_its_own_for_some_states():
    made, _ = read(FILES / "comtrade.csv")
    pairs = {(o.reporter, o.partner) for o in made}
    assert {("USA", "KHM"), ("KHM", "USA"), ("CHE", "IND"), ("FRA", "NOR"), ("RUS", "WLD")} <= pairs


def test_a_primary_value_that_is_neither_cif_nor_fob_is_a_view_without_valuation(tmp_path):
    path = written(tmp_path / "c.csv", (
        "reporterCode,partnerCode,flowCode,cmdCode,period,cifvalue,fobvalue,primaryValue\n"
        "643,116,M,TOTAL,2018,0,0,5\n643,116,X,TOTAL,2018,,7,7\n"
    ))  # fmt: skip
    made, _ = read(path)
    found = [(o.view.name, o.view.valuation, o.value) for o in made]
    assert found == [("primaryValue", "", 5), ("fobvalue", "FOB", 7)]


def test_comtrade_months_are_periods_of_their_own():
    assert values(FILES / "comtrade_monthly.csv")["RUS", "KHM", "exports", "2018-03", "fobvalue"] == 5003000


def test_bad_rows_are_told_by_line_and_the_good_ones_kept():
    made, rows = read(FILES / "comtrade.csv")
    assert bad(rows) == {
        22: "expected a year, quarter or month, found '2018-13'", 23: "expected a value of zero or more, found '-5'",
        24: "expected a number, found 'twelve'", 27: "a quotation mark is not closed", 28: "expected 47 cells, found 3",
    }  # fmt: skip
    assert {o.line for o in made} >= {29, 30}
    assert rows.lines == 30


def test_latin_1_is_read(tmp_path):
    found = source(FILES / "comtrade_latin1.csv")
    assert found.encoding == "iso-8859-1"
    assert values(FILES / "comtrade_latin1.csv")["CIV", "KHM", "exports", "2018", "fobvalue"] == 5000000


# ------------------------------------------------------------------ BACI


def test_baci_is_summed_over_products_in_dollars():
    made, _ = read(FILES / "BACI_HS92_Y2018_V202401.csv", vintage="202401")
    found = {(o.reporter, o.partner): (o.value, o.line, o.rows) for o in made}
    assert found["RUS", "KHM"] == (Decimal("70200750.00"), 2, 3)
    assert found["KHM", "RUS"] == (Decimal("135000125.000"), 5, 2)
    assert {(o.view.basis, o.view.valuation, o.view.unit, o.view.vintage) for o in made} == {
        ("reconciled", "FOB", "USD", "202401")
    }


def test_baci_takes_the_country_codes_that_lie_beside_it():
    made, rows = read(FILES / "BACI_HS92_Y2018_V202401.csv")
    assert {o.reporter for o in made} == {"RUS", "KHM", "USA", "CHE", "TWN"}
    assert bad(rows) == {
        8: "expected a number, found 'abc'", 11: "expected a number of the country-code file, found '999'",
    }  # fmt: skip
    assert rows.left_out == {"no value": 1, "exporter or importer is no single state": 1}


def test_baci_without_country_codes_goes_by_the_table_of_the_project(tmp_path):
    path = written(tmp_path / "BACI.csv", "t,i,j,k,v,q\n2018,842,251,1,5,1\n2018,842,999,1,5,1\n2018,x,251,1,5,1\n")
    made, rows = read(path)
    assert [(o.reporter, o.partner, o.value) for o in made] == [("USA", "FRA", 5000)]
    assert bad(rows) == {4: "expected the number of a country, found 'x'"}
    assert rows.left_out == {"exporter or importer is no single state": 1}


def test_every_row_of_a_bad_pair_is_told(tmp_path):
    path = written(tmp_path / "BACI.csv", "t,i,j,k,v,q\n18,842,251,1,5,1\n18,842,251,2,5,1\n")
    made, rows = read(path)
    assert made == []
    assert list(bad(rows)) == [2, 3]


def test_the_country_codes_can_be_named(tmp_path):
    codes = written(tmp_path / "codes.csv", "country_code,country_iso3\n7,RUS\n8,KHM\n")
    path = written(tmp_path / "BACI.csv", "t,i,j,k,v,q\n2018,7,8,1,5,1\n")
    assert values(path, countries=codes) == {("RUS", "KHM", "exports", "2018", "v"): 5000}
    with pytest.raises(CallError, match="the country-code file cannot be read"):
        read(path, countries=tmp_path / "none.csv")
    with pytest.raises(FormatError, match="expected BACI's country codes"):
        read(path, countries=path)


# ------------------------------------------------------------------ Gravity


def test_gravity_gives_five_views_of_a_row():
    made, _ = read(FILES / "Gravity_V202211.csv")
    found = {(o.view.name, o.reporter, o.flow, o.view.valuation, o.view.basis): o.value for o in made if o.line == 2}
    assert found == {
        ("tradeflow_comtrade_o", "RUS", "exports", "FOB", "reported"): Decimal("70500500.0"),
        ("tradeflow_comtrade_d", "KHM", "imports", "CIF", "reported"): 88000000,
        ("tradeflow_baci", "RUS", "exports", "FOB", "reconciled"): Decimal("70200750.00"),
        ("tradeflow_imf_o", "RUS", "exports", "FOB", "reported"): 70400000,
        ("tradeflow_imf_d", "KHM", "imports", "CIF", "reported"): 87000000,
    }


def test_one_wrong_cell_of_gravity_leaves_the_others(tmp_path):
    path = written(tmp_path / "g.csv", "year,iso3_o,iso3_d,tradeflow_comtrade_o,tradeflow_baci\n2018,RUS,KHM,oops,5\n")
    made, rows = read(path)
    assert [(o.view.name, o.value) for o in made] == [("tradeflow_baci", 5000)]
    assert bad(rows) == {2: "tradeflow_comtrade_o: expected a number, found 'oops'"}


# ------------------------------------------------------------------ IMF


def test_imts_is_in_whole_dollars_whatever_its_scale_column_says():
    found = values(FILES / "imts.csv")
    assert found["RUS", "KHM", "exports", "2018", "XG_FOB_USD"] == 70400000
    assert found["RUS", "KHM", "imports", "2018", "MG_CIF_USD"] == 130000000
    assert found["RUS", "KHM", "imports", "2018", "MG_FOB_USD"] == Decimal("122641509.43")
    assert found["RUS", "KHM", "trade_balance", "2018", "TBG_USD"] == -59600000
    assert found["RUS", "KHM", "exports", "2018-03", "XG_FOB_USD"] == 5500000
    assert found["RUS", "KHM", "exports", "2018-33", "XG_FOB_USD"] == 16000000


def test_imts_leaves_groups_and_other_indicators_out_and_tells_bad_rows():
    _, rows = read(FILES / "imts.csv")
    assert rows.left_out["reporter or partner is no state"] == 1
    assert rows.left_out["another indicator than trade in goods in US dollars"] == 1
    assert list(bad(rows)) == [14, 15]


def test_dots_has_two_letter_codes_and_a_power_of_ten():
    found = values(FILES / "dots.csv")
    assert found["RUS", "KHM", "exports", "2017", "TXG_FOB_USD"] == 59900000
    assert found["KHM", "WLD", "imports", "2017", "TMG_CIF_USD"] == 14000000000
    assert bad(read(FILES / "dots.csv")[1]) == {8: "expected a power of ten in UNIT_MULT, found 'x'"}


def test_dots_without_a_power_of_ten_is_taken_as_dollars_or_as_the_user_says(tmp_path):
    text = "REF_AREA,INDICATOR,COUNTERPART_AREA,FREQ,TIME_PERIOD,OBS_VALUE\nRU,TXG_FOB_USD,KH,A,2017,59.9\n"
    path = written(tmp_path / "dots.csv", text)
    key = ("RUS", "KHM", "exports", "2017", "TXG_FOB_USD")
    assert values(path)[key] == Decimal("59.9")
    assert values(path, multiplier=1_000_000)[key] == 59900000


# ------------------------------------------------------------------ plain long CSV


def test_long_takes_codes_and_names_and_units_with_a_scale():
    made, rows = read(FILES / "long.csv")
    found = {(o.reporter, o.partner, o.flow, o.view.unit): (o.value, o.view.source, o.view.valuation) for o in made}
    assert found == {
        ("RUS", "KHM", "exports", "USD"): (70500000, "Federal Customs Service", "FOB"),
        ("RUS", "KHM", "imports", "USD"): (131600000, "Federal Customs Service", "CIF"),
        ("KHM", "RUS", "exports", "USD"): (41000000, "General Department of Customs", "FOB"),
        ("KHM", "RUS", "imports", "USD"): (88000000, "General Department of Customs", "CIF"),
        ("KHM", "RUS", "tourist_arrivals", "persons"): (50000, "Ministry of Tourism", ""),
        ("DEU", "FRA", "trade_turnover", "EUR"): (170000000000, "Statistical Office", ""),
    }
    assert list(bad(rows)) == [8, 9, 10, 11, 12, 13, 14]
    assert rows.left_out == {"no value": 1}


def test_long_may_say_scope_vintage_and_month(tmp_path):
    path = written(tmp_path / "l.csv", (
        "reporter,partner,period,flow,value,unit,scope,vintage\nRUS,KHM,2018-M03,X,5,USD,goods and services,201907\n"
        "RUS,KHM,2018-Q1,X,9,USD,services,201907\nRUS,KHM,2018,X,9,USD,everything,201907\n"
    ))  # fmt: skip
    made, rows = read(path)
    assert [(o.period, o.view.scope, o.view.vintage) for o in made] == [
        ("2018-03", "goods and services", "201907"), ("2018-33", "services", "201907"),
    ]  # fmt: skip
    assert list(bad(rows)) == [4]


def test_the_source_of_a_long_file_without_one_is_its_name(tmp_path):
    path = written(tmp_path / "mine.csv", "reporter,partner,year,flow,value,unit\nRUS,KHM,2018,X,5,USD\n")
    assert read(path)[0][0].view.source == "mine.csv"


# ------------------------------------------------------------------ files of all kinds

HEAD = "reporter,partner,year,flow,value,unit\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(HEAD + "RUS,KHM,2018,X,5,USD\n", "utf-8-sig"), (HEAD + "RUS,KHM,2018,X,5,USD\n", "utf-16"),
     (HEAD.replace(",", "\t") + "RUS\tKHM\t2018\tX\t5\tUSD\n", "utf-8"),
     (HEAD.replace(",", ";") + "RUS;KHM;2018;X;5;USD\r\n", "utf-8"),
     ('"reporter","partner","year","flow","value","unit"\n"RUS","KHM","2018","X","5","USD"', "utf-8"),
     (HEAD.upper() + "\n\nRUS,KHM,2018,X,5,USD,,\n\n", "utf-8")],
    ids=["mark", "utf-16", "tabs", "semicolons and CRLF", "quoted", "blank lines and empty cells behind"],
)  # fmt: skip
def test_separators_marks_and_line_ends_are_seen_through(tmp_path, text, encoding):
    made, rows = read(written(tmp_path / "l.csv", text, encoding))
    assert [(o.reporter, o.partner, o.value) for o in made] == [("RUS", "KHM", 5)]
    assert rows.bad_count == 0


def test_gzip_is_unpacked_on_the_way(tmp_path):
    path = tmp_path / "l.csv.gz"
    path.write_bytes(gzip.compress((HEAD + "RUS,KHM,2018,X,5,USD\n").encode()))
    assert read(path)[0][0].value == 5


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "it is empty"), (b"PK\x03\x04xxxx", "it is a ZIP: unpack it first"),
     (b"a,b\n1,\x002\n", "it holds null bytes"), (b"a" * 70_000, "its first line is longer")],
    ids=["empty", "zip", "null", "one line"],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path, data, message):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=message):
        source(path)


def test_a_missing_file_a_folder_and_a_broken_archive_are_told(tmp_path):
    (tmp_path / "x.gz").write_bytes(gzip.compress(b"a,b\n" * 1000)[:-20])
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "x.gz"):
        with pytest.raises(InputError, match=f"{path}: it cannot be read"):
            source(path)


def test_huge_and_strange_numbers_are_bad_rows(tmp_path):
    cells = ["1e999999999", "1e30", "nan", "inf", "0x10", "1,2", "1e6", "１２"]
    text = HEAD.replace(",", ";") + "".join(f"RUS;KHM;{2000 + n};X;{cell};USD\n" for n, cell in enumerate(cells))
    made, rows = read(written(tmp_path / "l.csv", text))
    assert [o.value for o in made] == [Decimal("1e6"), 12]
    assert list(bad(rows)) == [2, 3, 6, 7]
    assert rows.left_out == {"no value": 2}


def test_thousands_of_bad_rows_are_counted_and_the_first_thousand_told(tmp_path):
    made, rows = read(written(tmp_path / "l.csv", HEAD + "x\n" * 1500))
    assert (made, rows.bad_count, len(rows.bad_rows)) == ([], 1500, 1000)


@pytest.mark.parametrize(
    ("name", "vintage"),
    [("BACI_HS92_Y2018_V202401b.csv", "202401b"), ("Gravity_V202211.csv.gz", "202211"), ("TradeData.csv", ""),
     ("Very_201801.csv", "")],
)  # fmt: skip
def test_a_vintage_is_read_from_a_name(name, vintage):
    assert vintage_of(name) == vintage
