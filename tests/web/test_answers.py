"""Answers are remembered as they were sent, in so much room, and never beyond a change of the store."""

from __future__ import annotations

import pytest
from litestar.testing import TestClient

from bilateral.store import Store
from bilateral.web import Door, application
from bilateral.web.answers import Answer, Answers

HERE = "http://127.0.0.1:8000"


def answer(size: int) -> Answer:
    return Answer(b"x" * size, "text/html", {})


def test_what_nobody_asked_for_longest_makes_room():
    kept = Answers(80)
    for name in "abcdefgh":
        kept.keep(name, answer(10))
    assert kept.get("a") is not None
    kept.keep("i", answer(10))
    assert kept.get("b") is None
    assert kept.get("a") is not None


def test_an_answer_that_would_take_most_of_the_room_is_not_kept():
    kept = Answers(80)
    kept.keep("whole", answer(11))
    assert kept.get("whole") is None


def test_an_answer_kept_twice_takes_its_room_once():
    kept = Answers(80)
    for _ in range(20):
        kept.keep("same", answer(10))
    for name in "abcdefg":
        kept.keep(name, answer(10))
    assert kept.get("same") is not None


@pytest.fixture
def path(tmp_path, made, store_of):
    return store_of(tmp_path / "relations.db", made.batch(*map(made.text_of, range(3))))


@pytest.mark.parametrize("address", ["/dyad/RUS/KHM", "/list/events.json", "/reports.csv", "/start"])
def test_the_second_answer_is_the_first_one_without_being_made(path, monkeypatch, address):
    with TestClient(application(path), base_url=HERE) as client:
        first = client.get(address)
        monkeypatch.setattr("bilateral.web.views._html", lambda *_: b"made anew")
        monkeypatch.setattr("bilateral.web.views._json", lambda *_: b"made anew")
        monkeypatch.setattr("bilateral.web.views._csv", lambda *_: b"made anew")
        second = client.get(address)
    assert second.content == first.content
    same = ("content-type", "etag", "cache-control", "content-security-policy", "content-disposition")
    assert {name: second.headers.get(name) for name in same} == {name: first.headers.get(name) for name in same}


def test_after_a_commit_the_answer_is_another(path, made):
    with TestClient(application(path), base_url=HERE) as client:
        before = client.get("/reports.json").json()["total"]
        with Store.open(path) as store:
            store.write(made.batch(made.text_of(8), uri="new-{n}.txt"))
        assert client.get("/reports.json").json()["total"] == before + 1


def test_what_belongs_to_one_reviewer_is_remembered_for_nobody(path):
    page = application(path, door=Door("token", who="ann"))
    with TestClient(page, base_url=HERE) as client:
        client.get("/?token=token")
        assert client.get("/review").status_code == 200
        record = client.get("/review.json").json()["records"][0]
        assert client.get(f"/review/record/{record}").status_code == 200
        held = [kept.body for kept in page.state.page.answers._known.values()]
        assert not [body for body in held if b"Reviewing as" in body or page.door.form.encode() in body]


def test_what_went_wrong_is_not_remembered(path):
    with TestClient(application(path), base_url=HERE) as client:
        assert client.get("/record/0000000000000000").status_code == 404
        assert "etag" not in client.get("/record/0000000000000000").headers
        assert not client.app.state.page.answers._known
