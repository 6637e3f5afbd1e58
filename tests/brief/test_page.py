"""The HTML file and the PDF of a brief: whole, safe from what reports say, leading from each line to its source."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from importlib import resources

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from bilateral import desk
from bilateral.brief import FORMS, as_pdf
from bilateral.brief.layout import laid_out
from bilateral.brief.tables import harmless
from bilateral.errors import CallError
from bilateral.store import Store
from tests.brief import told

VOID = {"meta", "br", "img", "hr", "link"}
GARBAGE = "</p><img src=x onerror=alert(2)> #import \"x\": * $ ]"


class Page(HTMLParser):
    """What a page holds: open tags that close, ids, links, tags, words; attributes that would act."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.tags, self.words, self.acting = [], [], [], set(), [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)
            if name.startswith("on") or name in ("src", "srcset", "action"):
                self.acting.append((tag, name, value))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def brief(tmp_path_factory):
    with Store.open(told.fill(tmp_path_factory.mktemp("told") / "told.db")) as store:
        return desk.brief(store, ["RUS", "KHM"])


@pytest.fixture(scope="module")
def html(brief):
    return FORMS["html"](brief)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def test_the_page_reads_as_it_did(html, snapshot):
    assert re.sub(r"<style>.*?</style>", "<style></style>", html, flags=re.DOTALL) == snapshot


def test_every_tag_of_the_page_closes(page):
    assert page.open == []


def test_no_script_runs_and_nothing_is_loaded(html, page):
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base"}
    assert page.acting == []
    assert "default-src 'none'" in html
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", html)


def test_words_of_a_report_are_words_on_the_page(page):
    words = "".join(page.words)
    assert '<script>alert(1)</script> & #panic("no")' in words
    assert GARBAGE in words
    assert '"><b onmouseover=alert(4)>Wire</b> #emph[x]' in words


def test_a_character_that_turns_the_direction_of_writing_is_shown_as_an_escape(html):
    assert "\u202e" not in html
    assert "\\u202e" in html


def test_an_address_is_a_link_only_where_it_is_one_of_the_web(page):
    assert "https://tass.example/1?a=1&b=2" in page.links
    assert not [link for link in page.links if link.startswith("javascript:")]


def test_every_mark_leads_to_a_source_and_every_section_is_found_from_the_top(page, brief):
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside <= set(page.ids)
    assert {f"source-{n}" for n in range(1, len(brief.sources) + 1)} <= inside
    assert {f"section-{s.number}" for s in brief.sections} <= inside


def test_no_name_stands_twice_on_the_page(page):
    assert sorted(page.ids) == sorted(set(page.ids))


def test_every_line_at_home_can_be_linked_to(page, brief):
    keys = {line.key for s in brief.sections if s.number not in (2, 14) for line in s.lines if not line.is_repeated}
    assert {f"entry-{key}" for key in keys} <= set(page.ids)


def test_the_page_is_for_paper_and_for_the_dark_too(html):
    assert "@media print" in html
    assert "prefers-color-scheme: dark" in html
    assert "break-after: avoid" in html


def test_the_same_brief_gives_the_same_page_and_the_same_pdf(brief, html):
    assert FORMS["html"](brief) == html
    pytest.importorskip("typst")
    first = as_pdf(brief)
    assert first.startswith(b"%PDF-")
    assert as_pdf(brief) == first


def test_no_date_of_making_and_no_name_of_a_machine_is_in_the_pdf(brief):
    pytest.importorskip("typst")
    assert not re.search(rb"/(?:CreationDate|ModDate|Author)\b", as_pdf(brief))


def test_words_of_a_report_are_words_in_the_pdf(brief):
    typst = pytest.importorskip("typst")
    given = msgspec.json.encode(laid_out(brief, font="Libertinus Serif")).decode()
    template = resources.files("bilateral.brief").joinpath("paper.typ").read_bytes()
    made = typst.compile(template, sys_inputs={"brief": given}, ignore_system_fonts=True, format="svg")
    assert len(made) >= 1
    headings = typst.query(template, "heading", field="body", sys_inputs={"brief": given}, ignore_system_fonts=True)
    assert "Sources" in headings


def test_without_typst_a_pdf_is_a_wrong_call_that_says_what_to_install(brief, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(CallError, match=r"bilateral\[pdf\]"):
        as_pdf(brief)


def test_without_the_packages_for_charts_the_page_says_that_they_are_left_out(brief, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    made = FORMS["html"](brief)
    assert ("<figure>" in made) is False
    assert ("bilateral[charts]" in made) is bool(brief.charts)


def test_a_brief_on_nothing_is_a_page_that_says_so(tmp_path):
    with Store.open(tmp_path / "empty.db") as store:
        made = desk.brief(store, ["FRA", "DEU"])
    page = Page(FORMS["html"](made))
    assert "The store has nothing on this" in "".join(page.words)
    pytest.importorskip("typst")
    assert as_pdf(made).startswith(b"%PDF-")


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS, WORDS)
def test_no_words_of_a_report_break_the_page(brief, one, two):
    at = next(n for n, s in enumerate(brief.sections) if s.number == 12)
    section = brief.sections[at]
    line = section.groups[0].lines[0]
    words = structs.replace(line.words[0], quote=f"x{one}x", claim=two)
    other = structs.replace(line, text=f"x{two}x", words=(words,))
    group = structs.replace(section.groups[0], heading=one, lines=(other,))
    sections = (structs.replace(section, groups=(group,)),)
    made = structs.replace(brief, title=one, sections=sections, charts=())
    page = Page(FORMS["html"](made))
    assert page.open == []
    assert page.acting == []
    assert not page.tags & {"script", "img", "iframe"}
    assert harmless(" ".join(f"x{one}x".split())) in "".join(page.words)
