"""Two briefs of different dates compared."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import structs

from bilateral import desk
from bilateral.brief import DIFFERENCE_FORMS, FORMS, differences, kept
from bilateral.brief.differences import decoded
from bilateral.errors import CallError
from bilateral.store import Store
from tests.brief import told
from tests.brief.test_page import GARBAGE, Page


def brief_of(path, reports=None):
    with Store.open(told.fill(path, reports)) as store:
        return desk.brief(store, ["RUS", "KHM"])


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("briefs")
    return brief_of(folder / "old.db", 1), brief_of(folder / "mid.db", 4), brief_of(folder / "new.db")


def written(brief):
    return decoded(FORMS["json"](brief).encode(), "old.json")


@pytest.fixture(scope="module")
def made(briefs):
    return differences(written(briefs[0]), briefs[2])


def section(made, number):
    return next(s for s in made.sections if s.number == number)


def test_a_brief_compared_with_itself_has_not_changed(briefs):
    for brief in briefs:
        made = differences(written(brief), brief)
        assert (made.sections, made.reports_new, made.reports_gone) == ((), (), ())
        assert "Nothing changed." in DIFFERENCE_FORMS["text"](made)


def test_a_visit_that_was_planned_and_is_now_held_is_one_changed_line(made):
    visits = section(made, 4)
    (change,) = [c for c in visits.changed if "Lugin" in c.line.text]
    shifts = {s.what: (s.before, s.after) for s in change.shifts}
    assert shifts["status"] == ("planned", "happened")
    assert shifts["life"] == ("", "announced for 20 May 2021 → held 20 May 2021")
    assert shifts["place in the brief"] == (
        "Visits and meetings: Planned or proposed", "Visits and meetings: Held",
    )  # fmt: skip
    assert not [p for p in visits.gone if "Lugin" in p.line.text]


def test_an_agreement_that_has_come_into_force_is_one_changed_line(made):
    (change,) = section(made, 6).changed
    assert {s.what for s in change.shifts} >= {"status", "date", "text", "life", "told by"}
    assert change.line.text == "treaty on transit: in force"


def test_what_is_told_for_the_first_time_is_new(made):
    assert [p.line.text for p in section(made, 12).new] == ["Cambodia protested against Russia"]
    assert len(made.reports_new) == 5


def test_a_new_figure_beside_an_old_one_changes_the_line(briefs, tmp_path):
    old = brief_of(tmp_path / "before.db", 3)
    made = differences(written(old), briefs[1])
    (change,) = section(made, 7).changed
    assert next(s for s in change.shifts if s.what == "text").after == (
        "81 million USD (Cambodia) against 230 million USD (Russia)"
    )
    assert [p.heading for p in section(made, 14).new] == ["Figures that disagree", "Dates that differ"]


def test_what_is_in_the_old_brief_alone_is_gone(briefs):
    made = differences(written(briefs[2]), briefs[0])
    assert [p.line.text for p in section(made, 12).gone] == ["Cambodia protested against Russia"]
    assert len(made.reports_gone) == 5


def test_what_is_new_one_way_is_gone_the_other(briefs):
    there = differences(written(briefs[0]), briefs[2])
    back = differences(written(briefs[2]), briefs[0])
    assert sorted(p.line.key for s in there.sections for p in s.new) == sorted(
        p.line.key for s in back.sections for p in s.gone
    )


def test_a_line_is_known_by_a_key_that_it_had_before(briefs):
    brief = briefs[1]
    at = next(n for n, s in enumerate(brief.sections) if s.number == 4)
    groups = brief.sections[at].groups
    line = structs.replace(groups[0].lines[0], key="f" * 16, former=(groups[0].lines[0].key,), words=())
    other = structs.replace(groups[0], lines=(line, *groups[0].lines[1:]))
    section_ = structs.replace(brief.sections[at], groups=(other, *groups[1:]))
    renamed = structs.replace(brief, sections=(*brief.sections[:at], section_, *brief.sections[at + 1 :]))
    assert differences(written(brief), renamed).sections == ()


@pytest.mark.parametrize("form", DIFFERENCE_FORMS)
def test_the_forms_of_a_difference_read_as_they_did(made, form, snapshot):
    words = DIFFERENCE_FORMS[form](made)
    assert (words.partition("</style>")[2] if form == "html" else words) == snapshot


def test_hostile_words_are_words_in_every_form(made):
    html = DIFFERENCE_FORMS["html"](made)
    page = Page(html)
    assert page.open == []
    assert not page.tags & {"script", "img", "b"}
    assert GARBAGE in "".join(page.words)
    rendered = MarkdownIt("commonmark").render(DIFFERENCE_FORMS["markdown"](made))
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert json.loads(DIFFERENCE_FORMS["json"](made))["form"] == "bilateral brief difference"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no JSON"), (b"{", "no JSON"), (b"[]", "got form None"), (b"{}", "got form None"),
        (b'{"form": "another"}', "got form 'another'"),
        (b'{"form": "bilateral brief"}', "version 2, got version None"),
        (b'{"form": "bilateral brief", "version": 1}', "version 2, got version 1"),
        (b'{"form": "bilateral brief", "version": 2, "title": 3}', "title"),
        (b'{"form": "bilateral brief", "version": 2}', "missing required field"),
    ],
)  # fmt: skip
def test_anything_but_a_brief_of_this_version_is_a_wrong_call(tmp_path, data, told):
    path = tmp_path / "old.json"
    path.write_bytes(data)
    with pytest.raises(CallError, match=told) as raised:
        kept(path)
    assert str(path) in str(raised.value)


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path):
    with pytest.raises(CallError, match=r"none\.json: expected a brief"):
        kept(tmp_path / "none.json")


@given(st.binary(max_size=60))
def test_no_bytes_bring_down_the_reading_of_an_old_brief(data):
    with pytest.raises(CallError):
        decoded(data, "old.json")


def test_briefs_on_other_states_are_not_compared(briefs, tmp_path):
    with Store.open(tmp_path / "other.db") as store:
        other = desk.brief(store, ["FRA", "DEU"])
    with pytest.raises(CallError, match="on the same states"):
        differences(written(briefs[0]), other)
