"""Checks as schema.org ClaimReview."""

from __future__ import annotations

import json

from msgspec import structs

from bilateral.reference import arithmetic, checks, claimreview
from bilateral.reference.claimreview import review
from tests.reference.made import BEFORE, OTHER, TRADE, figure, observation

SERIES = [
    observation("RUS", "KHM", "exports", 2018, 70500000), observation("RUS", "KHM", "imports", 2018, 131600000),
    observation("RUS", "KHM", "exports", 2017, 60000000), observation("RUS", "KHM", "imports", 2017, 106000000),
]  # fmt: skip


def graph(*told, **options):
    figures = [figure(**{"at": 200 * n, **t}) for n, t in enumerate(told)]
    found = [c for f in figures for c in checks.against(f, SERIES)] + arithmetic.checks(figures)
    return json.loads(b"".join(claimreview(found, **options)))


def test_there_is_a_review_for_each_comparison():
    made = graph({**TRADE, "outlet": "TASS"}, BEFORE)
    assert made["@context"] == "https://schema.org"
    assert [r["reviewAspect"] for r in made["@graph"]] == ["value", "change", "value", "arithmetic"]
    assert {r["@type"] for r in made["@graph"]} == {"ClaimReview"}


def test_a_review_names_claim_claimant_verdict_working_and_data():
    made = graph({**TRADE, "outlet": "TASS"}, date="2026-01-02", author="Desk")["@graph"][0]
    assert made["claimReviewed"] == "trade turnover RUS–KHM 2018: over 202 million USD"
    assert made["reviewRating"] == {"@type": "Rating", "alternateName": "agrees"}
    assert made["author"] == {"@type": "Organization", "name": "Desk"}
    assert made["datePublished"] == "2026-01-02"
    item = made["itemReviewed"]
    assert item["@type"] == "Claim"
    assert item["text"] == TRADE["words"]
    assert item["author"] == {"@type": "Person", "name": "Ilja Moraw", "jobTitle": "envoy"}
    assert item["appearance"]["publisher"]["name"] == "TASS"
    assert item["datePublished"] == "2019-07-03"
    assert made["isBasedOn"][0]["identifier"] == "sha256:" + "f00d" * 16
    assert "70500000 + 131600000 = 202100000 USD" in made["reviewBody"]


def test_no_review_has_a_rating_value_or_a_date_of_its_own_making():
    for one in graph(TRADE, BEFORE, OTHER)["@graph"]:
        assert set(one["reviewRating"]) == {"@type", "alternateName"}
        assert "datePublished" not in one


def test_a_claim_against_another_claim_rests_on_the_other_report():
    made = graph({**OTHER, "doc": "report-b"}, {**TRADE, "change": None})
    one = next(r for r in made["@graph"] if r["reviewAspect"] == "arithmetic")
    assert one["reviewRating"]["alternateName"] == "inconsistent: off by -36.1 percent"
    assert one["isBasedOn"][0]["identifier"] == "report-a"


def test_the_page_of_a_claim_is_an_address_where_it_is_one():
    (check,) = checks.against(figure(value=1, digits="1"), SERIES)
    told = structs.replace(check.claim, uri="https://wire.example/1")
    made = review(structs.replace(check, told=(told,)))
    assert made["itemReviewed"]["appearance"]["url"] == "https://wire.example/1"


def test_nothing_to_review_is_an_empty_graph():
    assert graph({"period": ""}) == {"@context": "https://schema.org", "@graph": []}


def test_a_ministry_that_claims_is_an_organisation_and_no_person():
    (check, *_) = checks.against(figure(**TRADE), SERIES)
    claim = structs.replace(check.claim, speaker="trade ministry", role=None)
    made = review(structs.replace(check, told=(claim, *check.told[1:])))
    assert made["itemReviewed"]["author"] == {"@type": "Organization", "name": "trade ministry"}
