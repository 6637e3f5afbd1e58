"""The description of the addresses holds: whatever is asked by it, the answer is one that it names."""

from __future__ import annotations

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="NOT CHECKED AGAINST OPENAPI: schemathesis is not installed")

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from litestar.testing import TestClient  # noqa: E402

from bilateral.web import Door, application  # noqa: E402

BOUNDED = settings(
    max_examples=12, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
SEED = 20190305
HERE = "http://127.0.0.1:8000"
TOKEN = "a token for the tests"
FAULT = 500


def asked(client, case):
    """The answer to a case that schemathesis made."""
    given_ = case.as_transport_kwargs(base_url=HERE)
    return client.request(
        given_["method"], given_["url"], params=given_.get("params"), data=given_.get("data"),
        headers=given_.get("headers"),
    )  # fmt: skip


def held(operations, client, more=None):
    """Ask some cases of each operation; every answer must be one that its description names."""
    counted: dict[int, int] = {}
    for found in operations:
        _tried(found.ok(), client, more or (lambda case: None), counted)
    return counted


def _tried(operation, client, more, counted):
    @seed(SEED)
    @BOUNDED
    @given(case=operation.as_strategy())
    def one(case):
        more(case)
        response = asked(client, case)
        counted[response.status_code] = counted.get(response.status_code, 0) + 1
        assert response.status_code < FAULT, (case.path, response.text[:300])
        named = operation.definition.raw["responses"]
        assert str(response.status_code) in named, (operation.label, response.status_code, case.query)
        media = response.headers.get("content-type", "").partition(";")[0]
        content = named[str(response.status_code)].get("content", {})
        assert not content or media in content, (operation.label, response.status_code, media)
        if media == "application/json":
            response.json()

    one()


def test_every_answer_for_reading_is_one_that_is_described(plain_store):
    page = application(plain_store)
    schema = schemathesis.openapi.from_dict(TestClient(page, base_url=HERE).get("/openapi.json").json())
    with TestClient(page, base_url=HERE, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        counted = held(schema.get_all_operations(), client)
    assert counted[200] > 20


def test_every_answer_of_review_is_one_that_is_described(tmp_path, made, store_of):
    store = store_of(tmp_path / "relations.db", made.batch(made.text_of(1)))
    door = Door(TOKEN, who="ann")
    page = application(store, door=door)
    described = TestClient(page, base_url=HERE).get("/openapi.json").json()
    described["paths"] = {path: item for path, item in described["paths"].items() if path.startswith("/review")}
    schema = schemathesis.openapi.from_dict(described)
    with TestClient(page, base_url=HERE, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        client.get("/", params={"token": TOKEN})
        keys = client.get("/review.json").json()["records"]
        actions = iter(("accept", "reject", "correct", "words", "join", "split", "undo") * 200)

        def ours(case):
            """Every second form is one of this page's own, about a record that there is."""
            if case.method.upper() != "POST":
                return
            case.headers = {**(case.headers or {}), "origin": HERE}
            action = next(actions)
            if isinstance(case.body, dict) and action != "undo":
                case.body = {**case.body, "token": door.form, "record": keys[len(action) % len(keys)]}
                if case.path_parameters:
                    case.path_parameters = {**case.path_parameters, "action": action}

        counted = held(schema.get_all_operations(), client, ours)
    assert counted.get(400, 0) + counted.get(303, 0) > 5
