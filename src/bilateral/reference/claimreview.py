"""Checks as schema.org ClaimReview in JSON-LD: a review for each check, with its working and data set.

A review names its verdict in words (`alternateName`) and has no rating value: nothing here is a scale of truth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bilateral.reference import wording
from bilateral.reference.verdicts import Check, Told

REVIEWER = "bilateral"


def claimreview(checks: Iterable[Check], *, date: str | None = None, author: str = REVIEWER) -> Iterator[bytes]:
    """Yield a JSON-LD document in pieces, with a ClaimReview for each check that compares something.

    `date` (ISO 8601) is when the checks were published; without it none is given. Derived values and claims that could
    not be compared are no reviews and are left out.
    """
    yield b'{"@context": "https://schema.org", "@graph": ['
    gap = b"\n"
    for check in checks:
        if check.verdict not in ("derived", "not_comparable"):
            yield gap + json.dumps(review(check, date=date, author=author), ensure_ascii=False).encode()
            gap = b",\n"
    yield b"\n]}\n"


def review(check: Check, *, date: str | None = None, author: str = REVIEWER) -> dict[str, Any]:
    """One check as a ClaimReview."""
    told = check.claim
    made: dict[str, Any] = {
        "@type": "ClaimReview",
        "claimReviewed": wording.claim(told, of_change=wording.is_of_change(check)),
        "author": {"@type": "Organization", "name": author},
        "datePublished": date,
        "reviewAspect": check.about,
        "reviewBody": "\n".join([wording.line(check), *wording.working(check)]),
        "reviewRating": {"@type": "Rating", "alternateName": wording.verdict(check)},
        "itemReviewed": _claim(told),
        "isBasedOn": [_data(check)] if check.sight is not None else [_work(other) for other in check.told[1:]],
    }
    return {name: value for name, value in made.items() if value not in (None, [])}


def _claim(told: Told) -> dict[str, Any]:
    made = {
        "@type": "Claim", "identifier": told.record, "text": told.words, "author": _author(told),
        "datePublished": told.published, "appearance": _work(told),
    }  # fmt: skip
    return {name: value for name, value in made.items() if value is not None}


# A speaker that is a body and no person.
_BODY = re.compile(
    r"\b(?:ministry|department|office|agency|bank|customs|service|committee|commission|union|chamber|council|bureau|"
    r"government|embassy|institute|authority|administration|board|association|parliament|statisticians?)\b", re.I,
)  # fmt: skip


def _author(told: Told) -> dict[str, Any] | None:
    if told.speaker and _BODY.search(told.speaker):
        return {"@type": "Organization", "name": told.speaker}
    if told.speaker or told.role:
        made = {"@type": "Person", "name": told.speaker, "jobTitle": told.role}
        return {name: value for name, value in made.items() if value is not None}
    return {"@type": "Organization", "name": told.outlet} if told.outlet else None


def _work(told: Told) -> dict[str, Any]:
    is_address = told.uri.startswith(("http://", "https://"))
    publisher = {"@type": "Organization", "name": told.outlet} if told.outlet else None
    made = {
        "@type": "CreativeWork", "identifier": told.doc, "url" if is_address else "name": told.uri,
        "datePublished": told.published, "publisher": publisher,
    }  # fmt: skip
    return {name: value for name, value in made.items() if value is not None}


def _data(check: Check) -> dict[str, Any]:
    sight = check.sight
    assert sight is not None
    made = {
        "@type": "Dataset", "name": sight.source, "version": sight.vintage or None,
        "identifier": f"sha256:{sight.file}", "variableMeasured": list(sight.names),
        "description": wording.sight(sight),
    }  # fmt: skip
    return {name: value for name, value in made.items() if value is not None}
