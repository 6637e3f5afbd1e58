"""No text of a report becomes markup, whatever it holds, on any page that links lead to."""

from __future__ import annotations

import csv
import io
from collections import deque

import pytest

ALLOWED = {
    "html", "head", "meta", "title", "link", "script", "body", "a", "header", "nav", "ul", "ol", "li", "form", "label",
    "input", "button", "main", "h1", "h2", "h3", "p", "span", "div", "section", "aside", "article", "table", "thead",
    "tbody", "tr", "th", "td", "time", "q", "blockquote", "details", "summary", "dl", "dt", "dd", "datalist", "option",
    "select", "figure", "figcaption", "picture", "source", "img", "mark", "strong", "code", "footer",
}  # fmt: skip
MOST = 220
SEEDS = ("/", "/dyad/RUS/KHM", "/compare/RUS/KHM?until=2018&until=2024", "/search?q=alert", "/positions?topic=alert")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def pages(hostile_page, seen):
    """Every page that can be reached from the start, by its address, and what it holds."""
    waiting, known, got = deque(SEEDS), set(), {}
    while waiting and len(got) < MOST:
        address = waiting.popleft()
        if address.split("#")[0] in known:
            continue
        known.add(address.split("#")[0])
        response = hostile_page.get(address)
        got[address] = response
        if response.headers["content-type"].startswith("text/html"):
            waiting.extend(link for link in seen(response.text).links if not link.startswith("/static/"))
    return got


def html(pages):
    return {at: r for at, r in pages.items() if r.headers["content-type"].startswith("text/html")}


def test_the_walk_comes_to_every_kind_of_page(pages):
    firsts = {address.strip("/").split("/")[0].split("?")[0].split(".")[0] for address in pages}
    assert {"dyad", "list", "report", "record", "entry", "reports", "problems", "entries", "search", "positions",
            "compare"} <= firsts  # fmt: skip


def test_every_page_answers(pages):
    unknown = "script%3Ealert%289%29"  # a code that no state has: its page says so
    wrong = {at: r.status_code for at, r in pages.items() if r.status_code != 200 and unknown not in at}
    assert not wrong


def test_no_page_holds_an_element_that_the_templates_do_not_make(pages, seen):
    for address, response in html(pages).items():
        tags = {tag for tag, _ in seen(response.text).tags}
        assert tags <= ALLOWED, (address, tags - ALLOWED)


def test_no_element_has_a_handler_a_style_or_an_address_elsewhere(pages, seen):
    for address, response in html(pages).items():
        for tag, attrs in seen(response.text).tags:
            assert not [name for name in attrs if name.startswith("on") or name == "style"], (address, tag, attrs)
            for name in ("href", "src", "action"):
                value = attrs.get(name)
                assert value is None or (value.startswith(("/", "#")) and not value.startswith("//")), (address, value)
            if tag == "script":
                assert attrs == {"src": "/static/page.js", "defer": None}
            assert tag != "meta" or "http-equiv" not in attrs


def test_what_would_turn_or_hide_text_is_shown_as_an_escape(pages):
    for address, response in html(pages).items():
        assert not set(response.text) & set("\x00\x1b\u202e\u202c\u2066\u2069"), address
    report = next(r.text for at, r in pages.items() if at.startswith("/report/"))
    assert "\\u202ednammoc" in report
    assert "nul\\x00byte" in report


def test_templates_in_a_report_stay_words(pages, hostile):
    report = next(r.text for at, r in pages.items() if at.startswith("/report/"))
    assert "{{ 7 * 7 }}" in report


def test_every_answer_forbids_scripts_that_are_not_the_pages_own(pages):
    for address, response in pages.items():
        policy = response.headers["content-security-policy"]
        assert "unsafe-inline" not in policy or "sandbox" in policy, address
        assert "default-src 'none'" in policy
        assert response.headers["x-content-type-options"] == "nosniff"


def test_no_cell_for_a_spreadsheet_is_a_formula(pages):
    tables = [r for r in pages.values() if r.headers["content-type"].startswith("text/csv")]
    assert tables
    cells = [cell for r in tables for row in csv.reader(io.StringIO(r.text)) for cell in row]
    assert any(cell.startswith("'=HYPERLINK(1)") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(FORMULAS) and not cell.lstrip("-").replace(".", "").isdigit()]


def test_json_holds_the_words_as_they_are(hostile_page, hostile):
    listed = hostile_page.get("/list/statements.json").json()
    assert listed["records"][0]["content"] == hostile.ALL
    assert hostile_page.get("/reports.json").json()["reports"][0]["uri"].startswith(hostile.FORMULA)


@pytest.mark.parametrize(
    "given", ["<script>alert(1)</script>", '" onfocus="alert(1)" autofocus="', "\x00", "\u202e", "'\"&<>`"]
)
@pytest.mark.parametrize(
    "address", ["/search", "/positions", "/list/events", "/compare/RUS/KHM", "/dyad/RUS/KHM", "/entries"]
)
def test_what_is_asked_is_escaped_as_well(hostile_page, seen, address, given):
    names = ("q", "topic", "since", "until", "type", "status", "claimed_by", "state", "kind")
    response = hostile_page.get(address, params=dict.fromkeys(names, given))
    assert response.status_code in (200, 400, 404)
    found = seen(response.text)
    assert {tag for tag, _ in found.tags} <= ALLOWED
    assert not [a for _, a in found.tags for name in a if name.startswith("on")]
    assert sum(tag == "script" for tag, _ in found.tags) == 1
