"""What the pages show: each fact with its words, each view in three forms, each link leading somewhere."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from pathlib import Path

import pytest
from litestar.testing import TestClient
from msgspec import structs

from bilateral.model import Actor, Event, identified
from bilateral.web import Door, application, bundle
from bilateral.web.pages import dyads
from bilateral.web.pages.searching import pieces as snippet_pieces
from bilateral.web.pages.start import matrix
from bilateral.web.words import grouped

VIEWS = (
    "/start", "/dyad/RUS/KHM", "/dyad/KHM", "/list/events", "/list/agreements", "/list/visits", "/list/figures",
    "/list/statements", "/list/roles", "/entries", "/reports", "/problems", "/search?q=harbour", "/people",
    "/positions?topic=trade", "/compare/RUS/KHM?until=2018&until=2019", "/dyad/RUS/KHM?since=2019&status=happened",
)  # fmt: skip


def twin(view: str, form: str) -> str:
    path, sign, query = view.partition("?")
    return f"{path}.{form}{sign}{query}"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_page_json_and_a_table_at_its_address(page, view):
    assert page.get(view).headers["content-type"] == "text/html; charset=utf-8"
    assert page.get(twin(view, "json")).json()
    table = page.get(twin(view, "csv"))
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(table.text)))
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_has_one_heading_of_the_first_rank_landmarks_labels_and_no_id_twice(page, seen, view):
    found = seen(page.get(view).text)
    tags = [tag for tag, _ in found.tags]
    assert tags.count("h1") == tags.count("main") == tags.count("footer") == 1
    assert next(a for tag, a in found.tags if tag == "html")["lang"] == "en"
    assert len(found.ids) == len(set(found.ids))
    labelled = {a["for"] for tag, a in found.tags if tag == "label"}
    fields = [a for tag, a in found.tags if tag in ("input", "select") and a.get("type") != "hidden"]
    assert {a["id"] for a in fields} <= labelled
    assert all(a.get("alt") for tag, a in found.tags if tag == "img")
    named = {a["aria-labelledby"] for _, a in found.tags if "aria-labelledby" in a}
    assert named <= set(found.ids)


def test_every_link_leads_to_a_page_and_every_fragment_to_its_place(page, seen):
    waiting, got = deque(["/"]), {}
    while waiting and len(got) < 140:
        address, _, _ = waiting.popleft().partition("#")
        if address in got:
            continue
        response = page.get(address)
        got[address] = seen(response.text) if "html" in response.headers["content-type"] else None
        assert response.status_code in (200, 303), address
        if got[address]:
            waiting.extend(got[address].links)
    for address, found in got.items():
        for link in ([a["href"] for _, a in found.tags if a.get("href")] if found else []):
            target, sign, fragment = link.partition("#")
            there = got.get(target or address)
            assert not sign or there is None or fragment in there.ids, (address, link)


def test_states_are_found_by_name(page):
    response = page.get("/dyad", params={"state": ["Russia", "cambodia"]})
    assert (response.status_code, response.headers["location"]) == (303, "/dyad/RUS/KHM")


def test_the_matrix_has_each_pair_on_both_sides_and_organisations_last():
    made = matrix([("KHM", "RUS", 40), ("IGO:ASEAN", "KHM", 3)])
    assert made.codes == ("KHM", "RUS", "IGO:ASEAN")
    cells = {(c.a, c.b): (c.count, c.shade) for _, row in made.rows for c in row}
    assert cells["KHM", "RUS"] == cells["RUS", "KHM"] == (40, 5)
    assert cells["KHM", "KHM"] == cells["RUS", "IGO:ASEAN"] == (0, 0)
    assert 0 < cells["KHM", "IGO:ASEAN"][1] < 5


def test_what_is_told_of_more_is_drawn_darker_in_equal_steps():
    pairs = [("A", "B", 1), ("A", "C", 10), ("A", "D", 100), ("B", "C", 1_000), ("B", "D", 10_000)]
    shades = {frozenset((c.a, c.b)): c.shade for _, row in matrix(pairs).rows for c in row if c.count}
    assert [shades[frozenset(both)] for both in ("AB", "AC", "AD", "BC", "BD")] == [1, 2, 3, 4, 5]


FOREIGN = ("/list/statements", "/search?q=harbour", "/positions?topic=trade", "/dyad/RUS/KHM", "/review", "/entries")


def test_words_of_a_report_carry_its_language_wherever_they_are_quoted(tmp_path, made, seen, store_of):
    batch = made.batch(*map(made.text_of, range(2)))
    foreign = tuple(structs.replace(doc, lang="ru") for doc in batch.documents)
    path = store_of(tmp_path / "relations.db", structs.replace(batch, documents=foreign))
    with TestClient(application(path, door=Door("token", who="ann")), base_url="http://127.0.0.1:8000") as client:
        client.get("/?token=token")
        record = client.get("/list/statements.json").json()["records"][0]
        entry = max(client.get("/entries.json").json()["entries"], key=lambda e: len(e["records"]))
        more = (f"/record/{record['id']}", f"/report/{record['report']['id']}", f"/review/record/{entry['records'][0]}",
                f"/entry/{entry['dyad'][0]}/{entry['dyad'][1]}/{entry['id']}")  # fmt: skip
        for address in (*FOREIGN, *more):
            tags = seen(client.get(address).text).tags
            quoted = [a for tag, a in tags if tag in ("q", "blockquote") or a.get("class") in ("quote", "words")]
            assert quoted or address == "/entries", address
            assert {a.get("lang") for a in quoted} <= {"ru"}, address


def test_the_states_of_a_list_can_be_changed_on_its_page(page, seen):
    for view in ("/list/events", "/entries", "/reports", "/people", "/positions"):
        found = seen(page.get(view, params={"state": ["RUS", "KHM"]}).text)
        fields = [a.get("value") for tag, a in found.tags if tag == "input" and a.get("name") == "state"]
        assert fields == ["RUS", "KHM"], view


def test_a_value_that_narrows_a_list_is_marked_and_leads_back(page, seen):
    found = seen(page.get("/list/events?type=AGREE&status=happened").text)
    marked = [a["href"] for tag, a in found.tags if tag == "a" and a.get("aria-current") == "true"]
    assert marked == ["/list/events?status=happened", "/list/events?type=AGREE"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("81600000 against 230400000 USD", "81,600,000 against 230,400,000 USD"), ("in 2019", "in 2019"),
     ("0.12345", "0.12345"), ("1,234567", "1,234567"), ("id 30342752d8", "id 30342752d8"), (None, "")],
)  # fmt: skip
def test_long_numbers_are_set_in_thousands(words, expected):
    assert grouped(words) == expected


def test_a_report_marks_the_words_of_its_records_and_each_mark_leads_to_them(page, seen):
    report = page.get("/reports.json").json()["reports"][0]
    data = page.get(f"/report/{report['id']}.json").json()
    for mark in data["marks"]:
        assert 0 <= mark["start"] < mark["end"] <= len(data["text"])
    found = seen(page.get(f"/report/{report['id']}").text)
    marked = [a for tag, a in found.tags if tag == "a" and "data-records" in a]
    assert marked
    listed = {a["data-record"] for _, a in found.tags if "data-record" in a}
    assert {key for a in marked for key in a["data-records"].split()} == listed == {
        m["record"] for m in data["marks"]
    }  # fmt: skip
    assert {f"c{m['start']}" for m in data["marks"] if m["part"] != "sentence"} <= set(found.ids)


def test_words_that_several_records_rest_on_lead_to_all_of_them(page, seen):
    report = page.get("/reports.json").json()["reports"][0]["id"]
    marks = page.get(f"/report/{report}.json").json()["marks"]
    signed = [m for m in marks if m["part"] == "trigger" and m["kind"] in ("event", "agreement")]
    assert len({m["start"] for m in signed}) == 1
    html = page.get(f"/report/{report}?at={signed[0]['start']}").text
    picked = html[html.index('id="picked"') : html.index('class="text')]
    assert {m["record"] for m in signed} == set(re.findall(r'href="/record/(\w+)"', picked))


def test_what_the_gate_left_out_is_shown_as_such(hostile_page, seen):
    report = hostile_page.get("/reports.json").json()["reports"][0]["id"]
    data = hostile_page.get(f"/report/{report}.json").json()
    assert data["unparsed"] == [[data["paragraphs"][2]["start"], data["paragraphs"][2]["end"]]]
    found = seen(hostile_page.get(f"/report/{report}").text)
    assert sum("left-out" in (a.get("class") or "").split() for _, a in found.tags) == 1


def test_a_record_shows_every_field_with_its_words_and_what_decided_it(page, seen):
    record = page.get("/list/statements.json").json()["records"][0]
    html = page.get(f"/record/{record['id']}").text
    for words in ("speaker", "surname in the document", "90 %", "not stated", "Ilja Moraw", "Kalivia Wire"):
        assert words in seen(html).text, words
    fields = list(csv.DictReader(io.StringIO(page.get(f"/record/{record['id']}.csv").text)))
    content = next(f for f in fields if f["field"] == "content")
    assert content["words"] == record["content"]
    assert int(content["end"]) - int(content["start"]) == len(record["content"])


def test_a_list_is_narrowed_by_type_status_date_outlet_and_states(page):
    def total(**asked):
        return page.get("/list/events.json", params=asked).json()["total"]

    everything = total()
    assert everything == 7
    assert total(type="AGREE") == 7
    assert total(type="AID") == total(status="denied") == total(since="2020") == 0
    assert total(state=["VNM", "JPN"]) == 1
    assert total(claimed_by="Kalivia") + total(claimed_by="Ruritania") <= everything
    assert total(since="", until="", status="", type="", claimed_by="") == everything


def test_a_list_comes_in_pages_and_the_next_one_follows(page, seen):
    first = page.get("/list/events", params={"rows": 3, "state": ["RUS", "KHM"]})
    following = next(a["href"] for _, a in seen(first.text).tags if a.get("rel") == "next")
    assert following == "/list/events?page=2&state=RUS&state=KHM&rows=3"
    ids = [page.get(f"/list/events.json?rows=3&state=RUS&state=KHM&page={n}").json()["records"] for n in (1, 2, 3)]
    assert [len(some) for some in ids] == [3, 3, 0]
    assert len({r["id"] for some in ids for r in some}) == 6


def test_an_entry_tells_which_reports_have_it_and_why_they_are_one(page, seen):
    entry = max(page.get("/entries.json").json()["entries"], key=lambda e: len(e["records"]))
    shown = page.get(f"/entry/{entry['dyad'][0]}/{entry['dyad'][1]}/{entry['id']}")
    for record in entry["records"]:
        assert f"/record/{record}" in shown.text
    for join in entry["joins"]:
        assert join["rule"] in seen(shown.text).text


def test_two_dates_show_what_is_new(page):
    made = page.get("/compare/RUS/KHM.json?until=2018-12&until=2019-12").json()["difference"]
    assert sum(len(section["new"]) for section in made["sections"]) > 0
    rows = list(csv.DictReader(io.StringIO(page.get("/compare/RUS/KHM.csv?until=2018-12&until=2019-12").text)))
    assert {row["change"] for row in rows} <= {"new", "changed", "gone"}


@pytest.mark.parametrize(
    ("snippet", "expected"),
    [("a [b] c", [("a ", False), ("b", True), (" c", False)]), ("no marks", [("no marks", False)]),
     ("a [open", [("a [open", False)]), ("[x][y]", [("x", True), ("y", True)]), ("", [])],
)  # fmt: skip
def test_a_snippet_is_cut_at_its_marks(snippet, expected):
    assert list(snippet_pieces(snippet)) == expected


def test_every_address_is_described_with_its_twins(page):
    described = page.get("/openapi.json").json()
    paths = described["paths"]
    for path in ("/start", "/dyad/{a}/{b}", "/list/{what}", "/report/{key}", "/record/{key}", "/search", "/people"):
        assert {path, f"{path}.json", f"{path}.csv"} <= set(paths)
    names = [operation["operationId"] for item in paths.values() for operation in item.values()]
    assert len(names) == len(set(names))
    assert {p["name"] for p in paths["/list/{what}"]["get"]["parameters"]} == {
        "what", "since", "until", "type", "status", "claimed_by", "page", "rows", "state"
    }  # fmt: skip


def test_the_documentation_names_every_page(page):
    text = (Path(__file__).parents[2] / "docs" / "page.md").read_text(encoding="utf-8")
    twins = (".json", ".csv")
    paths = [path for path in page.get("/openapi.json").json()["paths"] if not path.endswith(twins)]
    missing = [path for path in paths if f"/{path.split('/')[1]}" not in text and path != "/start"]
    assert not missing
    for address in re.findall(r"`(/[\w/?=&.]*)`", text):
        response = page.get(address)
        assert response.status_code == 200 or "ID" in address, address


@pytest.fixture(scope="session")
def charted(tmp_path_factory, made, store_of):
    """A page on a pair with twelve events in twelve months."""
    doc = made.document(made.text_of(1))
    sentence = made.at(doc, "sentence", doc.text.split("\n")[3])
    events = tuple(
        identified(Event(
            by="hand/1", score=0.9, evidence=(sentence,), code="AGREE" if n % 3 else "ACCUSE", date=f"2019-{n:02}-07",
            actors=(Actor(country="RUS"),), recipients=(Actor(country="KHM"),),
        ))
        for n in range(1, 13)
    )  # fmt: skip
    path = store_of(tmp_path_factory.mktemp("charted") / "relations.db", made.one(doc, *events))
    with TestClient(application(path), base_url="http://127.0.0.1:8000") as client:
        yield client


def test_a_chart_is_a_picture_a_specification_and_a_table(charted):
    at = "/dyad/RUS/KHM/chart/1"
    picture = charted.get(at)
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "prefers-color-scheme: dark" in picture.text
    assert "<script" not in picture.text
    spec = charted.get(f"{at}.json").json()
    assert spec["width"] == "container"
    assert [tip["title"] for tip in spec["layer"][0]["encoding"]["tooltip"]] == ["Kind", "Date", "Until", "How many"]
    rows = list(csv.DictReader(io.StringIO(charted.get(f"{at}.csv").text)))
    assert sum(float(row["value"]) for row in rows) == 12


def test_a_chart_is_drawn_for_a_telephone_as_well(charted, seen):
    tags = seen(charted.get("/dyad/RUS/KHM").text).tags
    at = next(a for tag, a in tags if tag == "source")
    assert at["media"] == "(max-width: 40rem)"
    widths = [re.search(r'width="(\d+)"', charted.get(address).text)[1]
              for address in (at["srcset"], next(a["src"] for tag, a in tags if tag == "img"))]  # fmt: skip
    assert widths == ["340", "560"]
    figure = next(a for tag, a in tags if tag == "figure")
    assert charted.get(figure["data-spec-slim"]).json() != charted.get(figure["data-spec"]).json()


def test_the_script_that_draws_has_an_address_that_changes_with_its_version(charted, monkeypatch):
    monkeypatch.setattr(bundle, "_made", lambda: b"drawn")
    answer = charted.get(f"/bundle/{bundle.version()}")
    assert (answer.text, answer.headers["content-type"].split(";")[0]) == ("drawn", "text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert charted.get("/bundle/0.0").status_code == 404


def test_of_a_pair_of_which_much_is_told_the_newest_are_shown_with_ways_to_all(charted, monkeypatch):
    monkeypatch.setattr(dyads, "SHOWN", {"event": 4})
    monkeypatch.setattr(dyads, "WHOLE", 5)
    text = charted.get("/dyad/RUS/KHM?until=2019").text
    assert "of each kind the newest are shown here" in text
    assert '<a href="/list/events?state=RUS&amp;state=KHM&amp;until=2019">12 events</a>' in text
    data = charted.get("/dyad/RUS/KHM.json?until=2019").json()
    assert data["records"] == {"event": {"total": 12, "shown": 4}}
    assert sum(mark["value"] for mark in data["charts"][0]["marks"]) == 12


def test_two_dates_of_a_pair_are_compared_from_a_day_on_where_much_is_told(charted, monkeypatch):
    monkeypatch.setattr(dyads, "EARLIER", 2)
    found = charted.get("/compare/RUS/KHM.json?until=2019-06&until=2019-09").json()
    assert found["since"] == "2019-04-07"
    new = " ".join(p["line"]["text"] for s in found["difference"]["sections"] for p in s["new"])
    assert all(f"7 {month} 2019" in new for month in ("July", "August", "September"))
