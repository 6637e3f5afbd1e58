"""What comes in, what is refused before anything is looked at, and what every answer carries."""

from __future__ import annotations

from threading import Thread

import pytest
from litestar.testing import TestClient

from bilateral.store import Store
from bilateral.web import application
from bilateral.web.border import ADDRESS

HERE = "http://127.0.0.1:8000"

PAGES = ("/", "/dyad/RUS/KHM", "/list/events", "/entries", "/reports", "/problems", "/search?q=talks", "/start.json")


@pytest.mark.parametrize("host", ["evil.test", "evil.test:8000", "127.0.0.1.evil.test", "", "localhost@evil.test"])
def test_another_name_of_this_machine_is_refused(page, host):
    assert page.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:80", "[::1]:8000"])
def test_the_names_of_this_machine_are_answered(page, host):
    assert page.get("/", headers={"host": host}).status_code == 200


def test_a_name_that_was_given_is_answered(plain_store):
    with TestClient(application(plain_store, hosts=("desk.example.test",)), base_url=HERE) as client:
        assert client.get("/", headers={"host": "desk.example.test:8000"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_what_would_change_something_is_refused(page, method):
    response = page.request(method, "/reports")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"


def test_a_long_address_is_refused(page):
    assert page.get("/search", params={"q": "a" * ADDRESS}).status_code == 414


@pytest.mark.parametrize(
    ("address", "most"),
    [("/list/events?rows={}", 500), ("/entries?rows={}", 500), ("/reports?page={}", 400), ("/search?q=a&rows={}", 100)],
)
def test_a_page_has_its_length_and_a_list_its_end(page, address, most):
    assert page.get(address.format(most)).status_code == 200
    assert page.get(address.format(most + 1)).status_code == 400
    assert page.get(address.format(0)).status_code == 400


def test_a_question_has_no_body(page):
    assert page.request("GET", "/reports", content=b"x" * 10).status_code == 413


def test_the_head_of_a_page_is_that_of_the_page_without_it(page):
    whole, head = page.get("/reports"), page.head("/reports")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]
    assert head.headers["content-length"] == str(len(whole.content))


@pytest.mark.parametrize("address", [*PAGES, "/nothing", "/static/page.css", "/openapi.json"])
def test_every_answer_carries_what_keeps_it_safe(page, address):
    headers = page.get(address).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("address", PAGES)
def test_an_answer_that_a_reader_holds_is_not_sent_again(page, address):
    first = page.get(address)
    again = page.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert page.get(address, headers={"if-none-match": '"another"'}).status_code == 200


def test_the_forms_of_a_view_have_tags_of_their_own(page):
    tags = {page.get(f"/reports{form}").headers["etag"] for form in ("", ".json", ".csv", ".json?rows=2")}
    assert len(tags) == 4


def test_what_is_written_meanwhile_is_shown_at_once(tmp_path, made):
    path = tmp_path / "relations.db"
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(1)))
        with TestClient(application(path), base_url=HERE) as client:
            before = client.get("/start.json")
            store.write(made.batch(made.text_of(2), uri="second-{n}.txt"))
            after = client.get("/start.json", headers={"if-none-match": before.headers["etag"]})
            assert after.status_code == 200
            assert (before.json()["counts"]["reports"], after.json()["counts"]["reports"]) == (1, 2)


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
@pytest.mark.parametrize(
    ("address", "status"),
    [("/nothing", 404), ("/record/ffffffff", 404), ("/report/ffffffff", 404), ("/list/spells", 404),
     ("/dyad/Atlantis/KHM", 404), ("/entry/RUS/KHM/ffffffff", 404), ("/dyad/RUS/KHM/chart/9", 404)],
)  # fmt: skip
def test_what_there_is_not_is_said_without_a_trace_of_the_inside(page, address, status, form):
    response = page.get(address + form)
    assert response.status_code == status
    told_nothing_of_the_inside(response.text)


@pytest.mark.parametrize(
    "asked", ["since=soon", "page=0", "page=100000", "rows=100000", "status=sad", "page=x", "since=2020&until=2010",
              "state=Atlantis", "state=RUS&state=KHM&state=VNM", f"claimed_by={'a' * 300}"],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_without_a_trace_of_the_inside(page, asked):
    response = page.get(f"/list/events?{asked}")
    assert response.status_code == 400
    told_nothing_of_the_inside(response.text)


def test_a_fault_of_ours_is_said_without_a_trace_of_the_inside(page, monkeypatch):
    monkeypatch.setattr("bilateral.browsing.reports", lambda *a, **k: 1 / 0)
    for form in ("", ".json", ".csv"):
        response = page.get(f"/reports{form}?rows=7")
        assert response.status_code == 500
        assert "ZeroDivision" not in response.text
        told_nothing_of_the_inside(response.text)


def test_a_question_that_takes_too_long_is_broken_off(plain_store, monkeypatch):
    monkeypatch.setattr("bilateral.browsing.timed._STEPS", 1)
    with TestClient(application(plain_store, seconds=-1.0), base_url=HERE) as client:
        response = client.get("/list/events")
    assert response.status_code == 503
    told_nothing_of_the_inside(response.text)


def told_nothing_of_the_inside(text: str) -> None:
    for trace in ("Traceback", "sqlite", "sqlalchemy", ".py", "SELECT", "relations.db", "site-packages"):
        assert trace not in text


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/"]
)
def test_no_file_but_the_pages_own_is_given_out(page, path):
    response = page.get(path)
    assert response.status_code == 404
    assert "Litestar" not in response.text


def test_pages_answer_while_reports_are_written(tmp_path, made):
    path = tmp_path / "relations.db"
    with Store.open(path) as store:
        store.write(made.batch(made.text_of(0)))

    def write() -> None:
        with Store.open(path) as store:
            for n in range(1, 30):
                store.write(made.batch(made.text_of(n), uri=f"report-{n}.txt"))

    writer = Thread(target=write)
    with TestClient(application(path), base_url=HERE) as client:
        writer.start()
        answers = [client.get(address) for _ in range(6) for address in PAGES]
        writer.join()
        last = client.get("/start.json").json()
    assert {r.status_code for r in answers} == {200}
    assert last["counts"]["reports"] == 30
