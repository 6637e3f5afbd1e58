"""The areas of a relationship: security, the economy, agreements and law, ties between people.

Owns which subject is of which area (the subjects are those of `ontology`), and the words that make a statement one on
agreements, or on people, where no subject says so. A record is of one area, or of none.
"""

from __future__ import annotations

import re

from bilateral import ontology
from bilateral.model import Agreement, AnyRecord, Event, Statement, Visit

SECURITY, ECONOMY, LAW, PEOPLE, OTHER = (
    "security", "the economy", "agreements and law", "ties between people", "relations in general",
)  # fmt: skip
AREAS = (SECURITY, ECONOMY, LAW, PEOPLE, OTHER)
_SUBJECTS = {
    SECURITY: ("defence", "security", "terrorism", "cyber", "crime", "nuclear", "territory_boundary"),
    ECONOMY: (
        "trade", "investment", "finance", "aml", "taxation", "aid_development", "infrastructure", "energy",
        "agriculture", "fisheries", "environment", "industry", "science_technology", "space", "transport_air",
        "transport_other",
    ),
    LAW: ("legal_judicial",),
    PEOPLE: (
        "tourism", "health", "education", "culture", "sport", "media", "labour", "visa_migration", "consular", "party",
    ),
}  # fmt: skip
# "communications" is of no area: the word says "between peoples" as often as it says "by cable".
_AREA = {subject: area for area, subjects in _SUBJECTS.items() for subject in subjects}
_PAPERS = re.compile(
    r"\b(?:agreements?|accords?|pacts?|treat(?:y|ies)|memorand(?:um|ums|a)|conventions?|protocols?|contractual|"
    r"ratif\w+|(?:legal|treaty|contractual) (?:framework|base|basis))\b", re.I,
)  # fmt: skip
_FRAME = re.compile(r"\b(?:legal|treaty|contractual)(?:[- ]\w+)? (?:framework|base|basis)\b", re.I)
_ENOUGH = 2  # words for papers that make a statement one on them, whatever they are about
_TIES = re.compile(
    r"\bciv(?:ic|il) societ(?:y|ies)|\bpeople[- ]to[- ]people|\bhumanitarian (?:ties|contacts|cooperation)|"
    r"\b(?:between|of) (?:our|the|the two|both) peoples\b|\bfriendship (?:societ|associat)\w+|\btwin(?:ned)? cit\w+",
    re.I,
)
# Sections that may be empty though the area is told of elsewhere.
_OF_SECTION = {8: SECURITY, 10: PEOPLE}


def area(record: AnyRecord) -> str:
    """The area that a record speaks of; OTHER where it speaks of none, or of relations as a whole."""
    match record:
        case Statement():
            return _area_of_words(record.content)
        case Agreement():
            return _first(record.subjects)
        case Visit():
            return _first(record.topics)
        case Event():
            sentence = record.span("sentence")
            return _first(ontology.subjects_in(sentence.text)) if sentence else OTHER
        case _:
            return OTHER


def is_of(record: AnyRecord, section: int) -> bool:
    """Whether a record that stands elsewhere tells something of a section."""
    return section in _OF_SECTION and area(record) == _OF_SECTION[section]


def _area_of_words(words: str) -> str:
    papers = _PAPERS.findall(words)
    if len(papers) >= _ENOUGH or _FRAME.search(words):
        return LAW
    found = _first(ontology.subjects_in(words))
    if found != OTHER:
        return found
    return PEOPLE if _TIES.search(words) else LAW if papers else OTHER


def _first(subjects: tuple[str, ...]) -> str:
    return next((_AREA[s] for s in subjects if s in _AREA), OTHER)
