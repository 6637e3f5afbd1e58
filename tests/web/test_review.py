"""Review in the browser: who is let in, what each decision does, what is refused, and what a reviewer sees."""

from __future__ import annotations

import re

import pytest
from litestar.testing import TestClient

from bilateral.desk import reviewing
from bilateral.store import Store
from bilateral.web import Door, application
from bilateral.web.door import cookies
from bilateral.web.placing import span_of, written

TOKEN = "a token for the tests"
BASE = "http://127.0.0.1:80"
ORIGIN = {"origin": "http://127.0.0.1"}


@pytest.fixture
def store(tmp_path, made, store_of):
    """A store of three reports with one record of each kind in each."""
    return store_of(tmp_path / "relations.db", made.batch(*map(made.text_of, range(3))))


@pytest.fixture
def door():
    return Door(TOKEN)


@pytest.fixture
def outside(store, door):
    """A browser that has not come in."""
    with TestClient(application(store, door=door), base_url=BASE, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def ann(outside):
    """A browser that came in by the token, of somebody called Ann."""
    outside.get("/", params={"token": TOKEN})
    assert post(outside, "/review/name", who="Ann").status_code == 303
    return outside


def post(client, address, **fields):
    form = fields.pop("form", Door(TOKEN).form)
    return client.post(address, data={"token": form, **fields}, headers=ORIGIN)


def decide(client, action, record, **fields):
    return post(client, f"/review/do/{action}", record=record, **fields)


def first(client, **filters) -> str:
    return client.get("/review.json", params=filters).json()["records"][0]


def rows(store, **asked):
    with Store.open(store, read_only=True, create=False) as opened:
        return [f.correction for f in reviewing.corrections(opened, **asked)]


def record(client, key):
    return client.get(f"/record/{key}.json").json()


# Who is let in.


def test_without_the_token_review_is_closed_and_reading_is_open(outside):
    assert outside.get("/").status_code == 200
    for address in ("/review", "/review.json", "/review.csv", "/review/next", "/review/record/ffffffff"):
        assert outside.get(address).status_code == 403
        assert Door(TOKEN).form not in outside.get(address).text


def test_the_token_becomes_a_cookie_and_leaves_the_address(outside):
    response = outside.get("/dyad/RUS/KHM?token=a%20token%20for%20the%20tests&since=2019")
    assert (response.status_code, response.headers["location"]) == (303, "/dyad/RUS/KHM?since=2019")
    assert "HttpOnly; SameSite=Strict" in response.headers["set-cookie"]
    assert TOKEN not in response.headers["set-cookie"]
    assert outside.get("/review").status_code == 200


@pytest.mark.parametrize("token", ["", "another", "é", f"{TOKEN} "])
def test_another_token_opens_nothing(outside, token):
    assert outside.get("/", params={"token": token}).status_code == 403
    assert outside.get("/review").status_code == 403


def test_the_way_in_leads_to_no_other_site(outside):
    for address in (f"//evil.test/?token={TOKEN}", f"///evil.test?token={TOKEN}"):
        location = outside.get(f"{BASE}{address}").headers.get("location", "/")
        assert location.startswith("/")
        assert not location.startswith("//")


@pytest.mark.parametrize("address", ["/review/do/accept", "/review/name", "/reports", "/"])
def test_of_a_page_for_reading_nothing_can_be_changed(page, address):
    assert page.post(address, data={"token": "x"}, headers=ORIGIN).status_code == 405
    assert page.get("/review").status_code == 404


def test_only_forms_of_review_take_anything(ann):
    for address in ("/reports", "/", "/record/ffffffff", "/review"):
        assert post(ann, address).status_code == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 403), ({"origin": "null"}, 403), ({"origin": "http://evil.test"}, 403),
     ({"origin": "http://127.0.0.1:81"}, 403), ({"origin": "http://127.0.0.1.evil.test"}, 403),
     ({"origin": "file://127.0.0.1"}, 403),
     ({**ORIGIN, "content-type": "text/plain"}, 415), ({**ORIGIN, "content-type": "application/json"}, 415)],
)  # fmt: skip
def test_a_decision_comes_from_this_pages_forms_only(ann, store, headers, status):
    data = f"token={Door(TOKEN).form}&record={first(ann)}"
    given = {"content-type": "application/x-www-form-urlencoded", **headers}
    assert ann.post("/review/do/accept", content=data, headers=given).status_code == status
    assert rows(store) == []


def test_a_form_without_its_word_decides_nothing(ann, store):
    for word in ("", "x", TOKEN, Door(TOKEN).session, Door("another").form):
        assert decide(ann, "accept", first(ann), form=word).status_code == 403
    assert rows(store) == []


def test_a_long_form_is_refused(ann):
    assert decide(ann, "correct", first(ann), field="status", value="x" * 70_000).status_code == 413
    assert decide(ann, "correct", first(ann), field="status", value="x" * 30_000).status_code == 400


def test_a_cookie_that_cannot_be_read_is_none():
    assert cookies({"headers": [(b"cookie", b"\xff=;;=, bilateral")]}) == {}
    assert cookies({"headers": []}) == {}


# Decisions.


def test_a_name_is_asked_once(outside, store):
    outside.get("/", params={"token": TOKEN})
    key = first(outside)
    assert "Your name" in outside.get(f"/review/record/{key}").text
    assert decide(outside, "accept", key).status_code == 400
    response = post(outside, "/review/name", who="  Zoë  of Kalivia ", record=key)
    assert response.headers["location"] == f"/review/record/{key}"
    decide(outside, "accept", key)
    assert [row.who for row in rows(store)] == ["Zoë of Kalivia"]


def test_a_name_that_the_command_gives_is_not_asked(store):
    door = Door(TOKEN, who="bea")
    with TestClient(application(store, door=door), base_url=BASE) as client:
        client.get("/", params={"token": TOKEN})
        client.follow_redirects = False
        decide(client, "accept", first(client))
        post(client, "/review/name", who="Cy")
        decide(client, "accept", first(client))
    assert [row.who for row in rows(store)] == ["bea", "Cy"]


def test_a_name_given_in_another_run_does_not_take_the_place_of_the_commands(outside):
    post_ = outside.get("/", params={"token": TOKEN}) and post(outside, "/review/name", who="Ann")
    scope = {"headers": [(b"cookie", "; ".join(f"{k}={v}" for k, v in post_.cookies.items()).encode())]}
    assert Door("another", who="bea").reviewer(scope) == "bea"
    assert Door("another").reviewer(scope) == "Ann"
    assert Door(TOKEN, who="bea").reviewer(scope) == "Ann"


def test_accepting_leads_to_the_next_and_leaves_the_queue(ann, store):
    key, second = ann.get("/review.json").json()["records"][:2]
    response = decide(ann, "accept", key, why="the words say so")
    (row,) = rows(store)
    assert (row.action, row.who, row.why) == ("accept", "Ann", "the words say so")
    assert response.headers["location"] == f"/review/record/{second}?done={row.id}"
    assert key not in ann.get("/review.json").json()["records"]
    assert ann.get(f"/review/record/{key}").status_code == 200


def test_a_rejected_record_is_left_out_of_lists_and_comes_back_when_that_is_undone(ann, store):
    key = first(ann, kind="events")
    decide(ann, "reject", key)
    assert key not in ann.get("/list/events.json").text
    (row,) = rows(store)
    response = decide(ann, "undo", key, row=row.id)
    assert response.headers["location"].startswith(f"/review/record/{key}?done=")
    assert key in ann.get("/list/events.json").text
    assert key in ann.get("/review.json").json()["records"]


def test_a_corrected_field_stays(ann, store):
    key = first(ann, kind="events")
    decide(ann, "correct", key, field="status", value="planned", why="it is ahead")
    assert record(ann, key)["status"] == "planned"
    decide(ann, "correct", key, field="recipients.0.country", value="Viet Nam")
    assert record(ann, key)["recipients"][0]["country"] == "VNM"
    decide(ann, "correct", key, field="date", value="")
    assert record(ann, key)["date"] is None
    assert [row.field for row in rows(store)] == ["status", "recipients", "date"]


def test_after_a_field_is_corrected_its_part_is_the_one_to_be_marked(ann, seen):
    key = first(ann, kind="visits")
    led = decide(ann, "correct", key, field="place", value="Kal").headers["location"]
    shown = seen(ann.get(led).text)
    parts = [a["value"] for tag, a in shown.tags if tag == "option" and "selected" in a]
    assert "place" in parts


def test_a_record_tells_in_words_what_people_decided(ann, seen):
    key = first(ann, kind="visits")
    decide(ann, "correct", key, field="place", value="Kal", why="it says so")
    decide(ann, "words", key, part="trigger", words="harbour")
    decide(ann, "accept", key)
    told = seen(ann.get(f"/record/{key}").text).text
    for words in ("Ann corrected place: Kal: it says so", "Ann marked “harbour” as trigger", "Ann accepted",
                  "words of trigger"):  # fmt: skip
        assert words in told, words
    assert "{'" not in told


def test_what_a_field_does_not_take_is_said_with_what_was_typed(ann, store, seen):
    response = decide(ann, "correct", first(ann, kind="events"), field="status", value="sad <b>", why="mood")
    assert response.status_code == 400
    assert "happened, ongoing, planned" in seen(response.text).text
    values = [a.get("value") for tag, a in seen(response.text).tags if a.get("name") in ("value", "why")]
    assert "sad <b>" in values
    assert "mood" in values
    assert rows(store) == []


def test_other_words_are_marked_by_their_ends_or_by_themselves(ann, store):
    key = first(ann, kind="visits")
    before = record(ann, key)["evidence"]
    at = next(e for e in before if e["part"] == "sentence")["start"]
    decide(ann, "words", key, part="trigger", words="harbour talks")
    decide(ann, "words", key, part="place", words="…", start=str(at), end=str(at + 9))
    found = {e["part"]: e["text"] for e in record(ann, key)["evidence"]}
    assert (found["trigger"], found["place"]) == ("harbour talks", "The envoy")
    decide(ann, "words", key, part="place", words="Moraw", add="1")
    assert len([e for e in record(ann, key)["evidence"] if e["part"] == "place"]) == 2
    decide(ann, "words", key, part="place", none="1")
    assert "place" not in {e["part"] for e in record(ann, key)["evidence"]}
    assert len(rows(store)) == 4


@pytest.mark.parametrize("fields", [{"words": "no such words"}, {"words": ""}, {"words": "x", "start": "5", "end": "2"},
                                    {"words": "x", "start": "0", "end": "999999"}])  # fmt: skip
def test_words_that_do_not_stand_there_are_refused(ann, store, fields):
    assert decide(ann, "words", first(ann), part="trigger", **fields).status_code == 400
    assert rows(store) == []


def test_records_are_joined_and_split(ann, store):
    one, two = (r["id"] for r in ann.get("/list/agreements.json").json()["records"][:2])

    def together() -> bool:
        entries = ann.get("/entries.json").json()["entries"]
        return any({one, two} <= set(e["records"]) for e in entries)

    was = together()
    decide(ann, "split" if was else "join", one, other=two)
    assert together() is not was
    decide(ann, "join" if was else "split", one, other=two)
    assert together() is was
    assert {row.action for row in rows(store)} == {"join", "split"}


def test_records_near_by_are_offered_for_a_join_and_the_same_thing_for_a_split(ann, seen):
    key = ann.get("/list/agreements.json").json()["records"][0]["id"]
    shown = seen(ann.get(f"/review/record/{key}").text)
    offered = [a.get("aria-keyshortcuts") for tag, a in shown.tags if tag == "button"]
    assert "j" in offered or "s" in offered


def test_filters_stay_from_record_to_record(ann):
    asked = {"kind": "measures", "state": ["RUS", "KHM"]}
    here = ann.get("/review/next", params=asked).headers["location"]
    back = here.partition("?")[2]
    assert back == "kind=measures&state=RUS&state=KHM"
    key = re.findall(r"record/([0-9a-f]+)", here)[0]
    assert f"?{back}&done=" in decide(ann, "accept", key, back=back).headers["location"]


@pytest.mark.parametrize("back", ["//evil.test", "kind=spells", "below=7", "state=Atlantis", "\x00=\u202e", "a&b;c"])
def test_a_form_leads_to_no_other_place(ann, back):
    response = decide(ann, "accept", first(ann), back=back)
    assert response.status_code in (303, 400)
    assert response.headers.get("location", "/review/").startswith("/review/")


def test_the_last_of_the_queue_leads_to_its_end(ann, seen):
    keys = ann.get("/review.json", params={"kind": "roles"}).json()["records"]
    for key in keys:
        last = decide(ann, "accept", key, back="kind=roles")
    assert last.headers["location"].startswith("/review?kind=roles&done=")
    shown = ann.get(last.headers["location"])
    assert "Nothing waits for review" in shown.text
    assert "Undo" in seen(shown.text).text


@pytest.mark.parametrize("filters", [{"below": "2"}, {"below": "x"}, {"kind": "spells"}, {"state": "Atlantis"}])
def test_a_queue_that_cannot_be_asked_for_is_said(ann, filters):
    assert ann.get("/review", params=filters).status_code == 400


@pytest.mark.parametrize(("action", "status"), [("spell", 404), ("undo", 400), ("accept", 400)])
def test_what_cannot_be_decided_is_said(ann, store, action, status):
    assert decide(ann, action, "ffffffff", row="ffffffff").status_code == status
    assert rows(store) == []


# Two people.


def test_a_second_reviewer_sees_the_machines_reading_and_his_own(ann, seen):
    key = first(ann, kind="events")
    decide(ann, "correct", key, field="status", value="planned")
    decide(ann, "accept", key)
    post(ann, "/review/name", who="Bea")
    shown = ann.get(f"/review/record/{key}?second=true")
    assert "Ann" not in seen(shown.text).text
    assert shown.headers["cache-control"] == "no-store"
    assert ann.get(f"/review/record/{key}.json?second=true").json()["status"] == "happened"
    assert key in ann.get("/review.json?second=true").json()["records"]
    decide(ann, "accept", key, back="second=true")
    assert key in ann.get("/review.json?disagree=true").json()["records"]
    assert record(ann, key)["status"] == "happened"


def test_agreement_with_one_another_and_with_the_machine_is_shown(ann, seen):
    key, other = ann.get("/review.json?kind=events").json()["records"][:2]
    decide(ann, "accept", key)
    decide(ann, "reject", other)
    post(ann, "/review/name", who="Bea")
    decide(ann, "accept", key, back="second=true")
    found = ann.get("/review.json").json()["agreement"]
    said = {(tuple(c["coders"]), c["field"]): c["agreed"] for c in found}
    assert said[("Ann", "machine"), "verdict"] == 0.5
    assert said[("Ann", "Bea"), "verdict"] == 1.0
    assert "Ann and machine" in seen(ann.get("/review").text).text


# What is shown.


def test_a_page_of_review_is_kept_by_no_browser(ann):
    for address in ("/review", "/review.json", f"/review/record/{first(ann)}"):
        headers = ann.get(address).headers
        assert headers["cache-control"] == "no-store"
        assert "etag" not in headers


def test_every_key_is_on_the_page_and_told_in_its_list(ann, seen):
    key = first(ann, kind="agreements")
    shown = seen(ann.get(f"/review/record/{key}").text)
    keys = {a["data-key"] for _, a in shown.tags if a.get("data-key")}
    assert {"a", "r", "n", "c", "w", "q", "y", "?"} <= keys
    assert len([a for _, a in shown.tags if a.get("data-key") == "a"]) == 1
    for letter in ("accept", "reject", "next record", "correct a field", "mark the selected", "join", "split", "undo"):
        assert letter in shown.text


def test_hostile_reports_stay_words_in_review(tmp_path, hostile, store_of, seen):
    path = store_of(tmp_path / "relations.db", hostile.batch())
    with TestClient(application(path, door=Door(TOKEN, who=hostile.SCRIPT)), base_url=BASE) as client:
        client.get("/", params={"token": TOKEN})
        keys = client.get("/review.json").json()["records"]
        assert len(keys) == 7
        for key in keys:
            client.follow_redirects = False
            decide(client, "accept", key, why=hostile.ALL[:300])
            shown = client.get(f"/review/record/{key}")
            assert shown.status_code == 200
            found = seen(shown.text)
            assert sum(tag == "script" for tag, _ in found.tags) == 1
            assert not [n for _, a in found.tags for n in a if n.startswith("on") or n == "style"]
            assert not set(shown.text) & set("\x00\x1b\u202e\u2066")
        assert sum(tag == "script" for tag, _ in seen(client.get("/review").text).tags) == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, ""), ("a, b", "a, b"), (["RUS", "KHM"], "RUS, KHM"), (["a, b"], '["a, b"]'), ([], "[]"), (True, "true"),
     ({"country": "RUS"}, '{"country":"RUS"}'), (5, "5")],
)  # fmt: skip
def test_a_value_is_shown_as_it_is_typed(value, expected):
    assert written(value) == expected


def test_words_are_found_nearest_to_those_that_were_there():
    text = "Moraw came. Then Moraw left. Moraw slept."
    assert span_of(text, "Moraw", None, 18) == (17, 22)
    assert span_of(text, "Moraw", 29, 0) == (29, 34)
    assert span_of(text, " left ", None, 0) == (23, 27)
