"""Whole briefs from records made by hand: the three forms as snapshots, and what must hold of any brief."""

from __future__ import annotations

import json
import re

import pytest
from markdown_it import MarkdownIt

from bilateral import desk
from bilateral.brief import FORMS
from bilateral.brief.forms import WIDTH


@pytest.fixture
def brief(store):
    return desk.brief(store, ["RUS", "KHM"])


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_brief_on_two_states_reads_as_it_did(brief, form, snapshot):
    assert FORMS[form](brief) == snapshot


def test_the_brief_as_json_holds_what_it_did(brief, snapshot):
    assert json.loads(FORMS["json"](brief)) == snapshot


def test_the_brief_on_one_state_names_all_others(store, snapshot):
    made = desk.brief(store, ["Cambodia"])
    assert made.title == "Cambodia and others"
    assert FORMS["text"](made) == snapshot


def test_no_line_of_the_text_is_wider_than_the_page(brief):
    assert [line for line in FORMS["text"](brief).splitlines() if len(line) > WIDTH] == []


def test_every_line_has_a_source_and_its_exact_words(store, brief):
    lines = [line for section in brief.sections for group in section.groups for line in group.lines]
    assert lines
    for line in lines:
        assert line.words
        for words in line.words:
            report = brief.sources[words.source - 1]
            text = store.document(report.id).text[words.start : words.end]
            assert words.quote == "" or words.quote.strip("… ") in " ".join(text.split())
            assert report.publisher in words.claim


def test_no_section_group_or_line_is_empty(brief):
    assert all(section.groups for section in brief.sections)
    assert all(group.lines for section in brief.sections for group in section.groups)
    assert all(line.text.strip() for section in brief.sections for group in section.groups for line in group.lines)


def test_a_section_that_is_left_out_is_named_in_the_coverage(brief):
    shown = {section.title for section in brief.sections}
    assert "Multilateral" in brief.empty
    assert not shown & set(brief.empty)
    assert "Nothing found for: " in FORMS["text"](brief)


def test_the_as_on_date_is_that_of_the_newest_report_and_no_clock_s(brief):
    assert brief.as_on == "2019-12-03"


def test_what_is_planned_stands_apart_from_what_is_done(brief):
    agreements = next(s for s in brief.sections if s.title == "Agreements")
    by_heading = {g.heading: [line.text for line in g.lines] for g in agreements.groups}
    assert by_heading["Planned for a time now past, and not reported as done"] == ["treaty on transit: to be signed"]
    assert by_heading["Signed"] == ["memorandum on seed: signed"]


def test_a_count_that_a_source_gives_stands_beside_the_list_and_nowhere_else(brief):
    agreements = next(s for s in brief.sections if s.title == "Agreements")
    counts = next(g for g in agreements.groups if g.heading.startswith("Counts"))
    assert [line.text for line in counts.lines] == ["12 agreements: signed"]
    figures = next(s for s in brief.sections if s.number == 7)
    assert not any("agreements" in line.text for g in figures.groups for line in g.lines)


def test_figures_of_two_sources_that_cannot_both_be_true_are_set_against_each_other(brief):
    gaps = next(s for s in brief.sections if s.number == 14)
    line = next(g for g in gaps.groups if g.heading == "Figures that disagree").lines[0]
    assert "150 million USD against over 202 million USD" in line.text
    assert len(line.sources) == 2


def test_a_plan_without_a_sequel_is_a_gap(brief):
    gaps = next(s for s in brief.sections if s.number == 14)
    group = next(g for g in gaps.groups if g.heading.startswith("Planned"))
    assert [line.text for line in group.lines] == ["treaty on transit: to be signed"]


def test_a_denial_is_worded_as_one(brief):
    assert "denied: the port had been promised to anybody" in FORMS["text"](brief)


def test_a_figure_is_written_out_in_every_form(brief):
    for form in FORMS.values():
        assert "E+" not in form(brief)


def test_markdown_renders_with_a_link_from_each_line_to_its_source(brief):
    html = MarkdownIt("commonmark").render(FORMS["markdown"](brief))
    anchors = set(re.findall(r'<a id="(s\d+)">', html))
    links = set(re.findall(r'href="#(s\d+)"', html))
    assert links == anchors == {"s1", "s2", "s3", "s4"}
    assert html.count("<h2>") == len(brief.sections) + 1


def test_json_holds_every_record_with_names_and_plain_figures(brief):
    made = json.loads(FORMS["json"](brief))
    trade = next(r for r in made["records"] if r.get("digits") == "202")
    assert trade["value"] == 202000000
    assert trade["party_names"] == ["Russia", "Cambodia"]
    assert trade["claimed_by"]["speaker"]["country_name"] == "Russia"
    assert len(made["records"]) == 17


def test_a_brief_on_what_the_store_does_not_know_says_so(store):
    made = desk.brief(store, ["FRA", "DEU"])
    assert made.sections == ()
    assert FORMS["text"](made).splitlines() == ["FRANCE AND GERMANY", "The store has nothing on this"]


def test_a_limit_is_told(store):
    assert "Limited to 3 of 17 records" in desk.brief(store, ["RUS", "KHM"], limit=3).coverage
