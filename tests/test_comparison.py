"""Reference files of a store and its claims held against them."""

from __future__ import annotations

import shutil

import pytest

from bilateral import comparison
from bilateral.errors import CallError, FormatError
from bilateral.model import Question
from bilateral.reference import Options, wording
from bilateral.store import Store
from tests.reference.made import BEFORE, FILES, OTHER, TRADE, batch


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "relations.db") as store:
        yield store


@pytest.fixture
def filled(store):
    store.write(batch("tass", TRADE, BEFORE))
    store.write(batch("akp", OTHER, outlet="Agence Kampuchea Presse"))
    comparison.reference_add(store, FILES / "comtrade.csv")
    return store


def test_adding_a_file_says_what_came_of_it(store):
    done = comparison.reference_add(store, FILES / "comtrade.csv")
    assert (done.file.format, done.file.lines, done.file.observations, done.file.bad) == ("comtrade", 29, 16, 6)
    assert (done.file.since, done.file.until) == ("2016", "2018")
    assert {b.line: b.why for b in done.bad}[26] == "it gives another value for what line 4 gives"
    assert [b.line for b in done.bad] == [22, 23, 24, 26, 27, 28]
    assert done.file.left_out["the same value again"] == 1
    assert len(done.file.id) == 64


def test_bad_rows_are_problems_of_the_store_and_go_with_the_file(store):
    path = FILES / "long.csv"
    comparison.reference_add(store, path)
    messages = [(p.uri, p.stage, p.message) for p in store.problems()]
    assert len(messages) == 7
    assert (str(path), "reference", "line 11: expected a number, found 'much'") in messages
    comparison.reference_forget(store, str(path))
    assert list(store.problems()) == []
    assert comparison.reference_list(store) == []


def test_many_bad_rows_are_told_up_to_a_thousand(store, tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("reporter,partner,year,flow,value,unit\n" + "x\n" * 1200)
    done = comparison.reference_add(store, path)
    assert (done.file.bad, len(done.bad)) == (1200, 1000)
    assert [p.message for p in store.problems() if "more" in p.message] == ["200 more bad rows"]


def test_the_same_bytes_are_not_read_again(store, tmp_path):
    comparison.reference_add(store, FILES / "imts.csv")
    shutil.copy(FILES / "imts.csv", tmp_path / "copy.csv")
    again = comparison.reference_add(store, tmp_path / "copy.csv")
    assert again.known
    assert again.file.name == str(FILES / "imts.csv")
    assert len(comparison.reference_list(store)) == 1


def test_the_vintage_is_the_users_or_that_of_the_name(store):
    assert comparison.reference_add(store, FILES / "Gravity_V202211.csv").file.vintage == "202211"
    done = comparison.reference_add(store, FILES / "BACI_HS92_Y2018_V202401.csv", options=Options(vintage="2024"))
    assert done.file.vintage == "2024"
    assert {o.view.vintage for o in store.series(("RUS", "KHM"))} == {"202211", "2024"}


def test_a_file_of_no_format_leaves_the_store_as_it_was(store):
    with pytest.raises(FormatError):
        comparison.reference_add(store, FILES / "country_codes_V202401.csv")
    assert comparison.reference_list(store) == []


def test_progress_is_told_on_long_files(store, tmp_path):
    path = tmp_path / "BACI.csv"
    path.write_text("t,i,j,k,v,q\n" + "2018,643,116,1,1,1\n" * 200_000)
    told = []
    done = comparison.reference_add(store, path, progress=told.append)
    assert told == [100_000, 200_000]
    assert [(o.value, o.rows) for o in store.series(("RUS", "KHM"))] == [(200_000_000, 200_000)]
    assert done.file.lines == 200_000


def test_every_claim_is_held_against_every_view_its_own_side_first(filled):
    found = comparison.check(filled, Question(dyad=("KHM", "RUS")))
    of_trade = [c for c in found if c.claim.bound == "over" and c.verdict != "inconsistent"]
    assert [(c.about, c.verdict, c.sight and c.sight.reporter) for c in of_trade] == [
        ("value", "agrees", "RUS"), ("change", "change_differs", "RUS"),
        ("value", "off", "KHM"), ("change", "not_comparable", "KHM"),
        ("value", "off", "KHM"), ("change", "change_differs", "KHM"),
        ("arithmetic", "consistent", None),
    ]  # fmt: skip
    assert [c.sight.standing for c in of_trade if c.sight] == ["own", "own", "other", "other", "other", "other"]


def test_checks_come_by_claim_in_the_order_of_the_claims(filled):
    ids = list(dict.fromkeys(c.claim.record for c in comparison.check(filled)))
    by_claim = [c.claim.record for c in comparison.check(filled)]
    assert by_claim == sorted(by_claim, key=ids.index)


def test_a_claim_of_one_report_against_that_of_another(filled):
    found = [c for c in comparison.check(filled) if c.verdict == "inconsistent"]
    assert len(found) == 1
    assert {t.uri for t in found[0].told} == {"tass.txt", "akp.txt"}
    assert "off by +56.6 percent" in wording.line(found[0]) or "off by -36.1 percent" in wording.line(found[0])


def test_checks_can_be_asked_of_a_quantity_a_report_and_a_time(filled):
    assert comparison.check(filled, Question(types=("exports",))) == []
    assert {c.claim.uri for c in comparison.check(filled, Question(report="akp.txt"))} == {"akp.txt"}
    assert {c.claim.period for c in comparison.check(filled, Question(since="2017", until="2017"))} == {"2017"}


def test_without_reference_files_the_arithmetic_remains(store):
    store.write(batch("tass", TRADE, BEFORE))
    assert {(c.about, c.verdict, c.why) for c in comparison.check(store)} == {
        ("value", "not_comparable", "no_series"), ("arithmetic", "consistent", None)
    }


def test_a_store_without_claims_gives_no_checks(store):
    assert comparison.check(store) == []


def test_two_runs_give_the_same_checks(filled):
    assert comparison.check(filled) == comparison.check(filled)


def test_a_series_has_all_claims_with_their_bounds_and_all_views(filled):
    made = comparison.series(filled, ("RUS", "KHM"), "trade_turnover")
    assert {(p.start, p.told.claimant, p.allowed.low, p.allowed.high) for p in made.points} == {
        ("2017-01-01", "TASS", 166216850, 166383150),
        ("2018-01-01", "Ilja Moraw (envoy) via TASS", 202000000, None),
        ("2018-01-01", "Agence Kampuchea Presse", 128500000, 129500000),
    }
    assert [p.start for p in made.points] == ["2017-01-01", "2018-01-01", "2018-01-01"]
    lines = {
        (line.sight.reporter, line.sight.valuations): [(v.period, v.value) for v in line.values] for line in made.lines
    }
    assert [v[0] for v in lines["RUS", ("FOB", "CIF")]] == ["2017", "2018"]
    assert lines["KHM", ("FOB", "CIF")] == [("2017", 119000000), ("2018", 129000000)]
    assert lines["KHM", ("FOB",)] == [("2018", 124000000)]
    assert made.units == ("USD",)
    assert made.direction is None


def test_a_series_of_exports_is_that_of_the_first_state(store):
    out = {**OTHER, "quantity": "exports", "direction": "RUS>KHM"}
    back = {**BEFORE, "quantity": "exports", "direction": "KHM>RUS"}
    unsaid = {**TRADE, "quantity": "exports", "change": None}
    store.write(batch("tass", out, back, unsaid))
    comparison.reference_add(store, FILES / "comtrade.csv")
    made = comparison.series(store, ("RUS", "KHM"), "exports")
    assert made.direction == "RUS>KHM"
    assert [p.told.digits for p in made.points] == ["129 million"]
    assert [t.digits for t in made.apart] == ["202 million"]
    assert {(line.sight.reporter, line.sight.names) for line in made.lines} == {
        ("RUS", ("fobvalue",)), ("KHM", ("cifvalue",)), ("KHM", ("fobvalue",)),
    }  # fmt: skip
    assert comparison.series(store, ("RUS", "KHM"), "imports").direction == "KHM>RUS"


def test_a_series_needs_two_states(store):
    with pytest.raises(CallError, match="expected two different states for a series, got RUS and RUS"):
        comparison.series(store, ("RUS", "RUS"), "exports")
