"""The briefs on the samples, read from end to end: nothing in them is raw, empty, too wide or without its words."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bilateral import desk
from bilateral.brief import FORMS, as_pdf, differences
from bilateral.brief.differences import decoded
from bilateral.brief.forms import WIDTH
from bilateral.keeping import keep
from bilateral.store import Store
from tests.brief.test_page import Page

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[2]
# What must not show: codes of states and bodies, field names, modes of events, decimals in powers of ten, empty values.
RAW = re.compile(r"\bIGO:|(?<![/.\w])[a-z]+_[a-z]+|\b[A-Z]{4,}\.[a-z]|\dE[+-]\d|\bNone\b(?! of)|\{|\}|\(\)|: :|, ,")
DYADS = [("RUS", "KHM"), ("JPN", "VNM"), ("IDN", "AUS"), ("KHM",)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("samples") / "relations.db") as store:
        desk.read(store, [ROOT / "samples" / "reports"])
        keep(store)
        yield store


@pytest.fixture(scope="module", params=DYADS, ids="-".join)
def brief(store, request):
    return desk.brief(store, request.param)


def test_nothing_in_a_line_is_raw(brief):
    lines = [line for s in brief.sections for g in s.groups for line in g.lines]
    assert lines
    assert [line.text for line in lines if RAW.search(line.text)] == []
    headings = [g.heading for s in brief.sections for g in s.groups]
    assert [heading for heading in headings if RAW.search(heading)] == []


def test_the_text_fits_the_page_and_has_no_empty_line_but_between_sections(brief):
    lines = FORMS["text"](brief).splitlines()
    assert [line for line in lines if len(line) > WIDTH and " " in line.strip()] == []
    assert all(re.match(r"\d+  [A-Z]", after) for line, after in itertools.pairwise(lines) if not line)


def test_every_line_rests_on_words_of_its_report(store, brief):
    texts = {r.id: store.document(r.id).text for r in brief.sources}
    for line in (line for s in brief.sections for g in s.groups for line in g.lines):
        for words in line.words:
            told = " ".join(texts[brief.sources[words.source - 1].id].split())
            assert all(piece.strip() in told for piece in words.quote.split("…")), words.quote


def test_every_mark_has_its_source(brief):
    text = FORMS["text"](brief)
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", text)}
    assert marks == set(range(1, len(brief.sources) + 1))


def test_the_markdown_and_the_json_can_be_read(brief):
    assert MarkdownIt("commonmark").render(FORMS["markdown"](brief)).count("<h2>") == len(brief.sections) + 1
    made = json.loads(FORMS["json"](brief))
    assert len(made["records"]) == len(brief.records)
    assert [s["title"] for s in made["sections"]] == [s.title for s in brief.sections]


def test_what_is_planned_is_never_told_as_held_or_signed(brief):
    for section in brief.sections:
        for group in section.groups:
            if group.heading in ("Held", "Signed", "Ratified", "In force"):
                assert {line.status for line in group.lines} <= {"happened", "ongoing", "mentioned"}


def test_the_page_is_whole_and_every_link_inside_it_leads_somewhere(brief):
    page = Page(FORMS["html"](brief))
    assert page.open == []
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert sorted(page.ids) == sorted(set(page.ids))


def test_the_pdf_is_made_and_is_the_same_twice(brief):
    pytest.importorskip("typst")
    made = as_pdf(brief)
    assert made.startswith(b"%PDF-")
    assert as_pdf(brief) == made


def test_a_brief_has_not_changed_since_itself(brief):
    assert differences(decoded(FORMS["json"](brief).encode(), "old.json"), brief).sections == ()


def test_one_happening_is_one_line(brief):
    homes = [line.key for s in brief.sections for line in s.lines if s.number in range(4, 11) and not line.is_repeated]
    assert sorted(homes) == sorted(set(homes))


def test_a_percentage_that_contradicts_its_values_is_found_in_the_samples(store):
    gaps = next(s for s in desk.brief(store, ["JPN", "VNM"]).sections if s.number == 14)
    group = next(g for g in gaps.groups if g.heading.startswith("Percentages"))
    assert any("up 21 percent" in line.text and "+11.5 percent" in line.text for line in group.lines)
