"""What goes where in a brief: the fifteen sections of docs/brief.md, each a rule over records.

A thing stands in one place: an event that rests on the words of a visit, an agreement or a figure is told there. What
is planned is kept apart from what is done, and what was planned for a day now past apart from what lies ahead; counts
that a source gives stand beside the list and are added to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilateral import ontology
from bilateral.brief.areas import area
from bilateral.brief.sentences import figure, figure_of
from bilateral.brief.wording import name
from bilateral.model import Agreement, AnyRecord, Event, Measure, Record, Role, Statement, Visit

TITLES = {
    1: "As on", 2: "Relations", 3: "Latest developments", 4: "Visits and meetings", 5: "Mechanisms", 6: "Agreements",
    7: "Trade, investment and other figures", 8: "Defence and security", 9: "Aid and development", 10: "People",
    11: "Positions", 12: "Disputes and irritants", 13: "Multilateral", 14: "Gaps and contradictions", 15: "Sources",
}  # fmt: skip
CONFLICT = (3, 4)
DEFENCE = frozenset({"military", "intelligence", "terrorism", "cyber", "cbrn", "peacekeeping"})
_FIGURES: tuple[tuple[int, frozenset[str]], ...] = (
    (9, frozenset({
        "aid_total", "aid_per_capita", "loan", "grant", "debt", "debt_relief", "vaccine_doses", "joint_fund",
        "schools_built", "deposit",
    })),
    (8, frozenset({
        "troops", "casualties", "arms", "military_aid", "peacekeepers", "exercise_participants", "defence_budget",
        "vessels", "aircraft", "missing_persons", "trainees",
    })),
    (12, frozenset({
        "diplomats_expelled", "persons_sanctioned", "entities_sanctioned", "vessels_sanctioned", "sanctions_packages",
        "goods_under_tariff", "tariff_lines", "protesters", "assets_frozen", "assets_returned", "hostages",
        "abductees", "incidents", "detained", "deportees", "compensation", "fine",
    })),
    (10, frozenset({
        "students", "scholarships", "scholarship_graduates", "graduates", "tourist_arrivals", "tourism_revenue",
        "flights", "passengers", "visas", "refugees", "displaced", "returnees", "migrants", "migrant_workers",
        "diaspora", "remittances", "teachers", "medical_staff", "wages", "jobs", "quota", "permits", "prisoners",
        "extradited_persons", "persons_convicted",
    })),
)  # fmt: skip
_OF_TRADE = (
    "trade_turnover", "exports", "imports", "trade_balance", "services_trade", "investment_flow", "investment_stock",
)  # fmt: skip
PEOPLE_SUBJECTS = frozenset({"education", "culture", "sport", "tourism", "health", "consular", "media", "labour"})
MECHANISMS = frozenset({"joint_commission", "consultations"})
_ROUND = re.compile(r"consultation|dialogue|session|round|commission", re.IGNORECASE)
_COUNTED = ("SANCTION.expel", "COERCE.arrest", "COERCE.deport")
_PAPERS = ("agreements_signed", "documents_signed")
_MEETINGS = ("REQUEST.meet", "REJECT.meet")
AHEAD = ("planned", "proposed", "hypothetical")
OFF = ("cancelled", "postponed")
_PARTNERSHIP = re.compile(
    r"\b(?:[Cc]omprehensive|[Ss]trategic|[Ee]xtensive|[Pp]rivileged|[Ee]nduring|[Ss]pecial|[Ff]orward-looking)\b"
    r"[\w ,'’-]{0,60}?\b[Pp]artnership\b(?! [Aa]greement)"
)
_JUBILEE = r"\b\d+\w* anniversary of (?:the |their )?(?:establishment of )?"
_RELATIONS = re.compile(
    rf"(?:{_JUBILEE})?\b(?:diplomatic )?(?:relations|ties)\b[^.;]{{0,40}}?(?<=\W)(?:established|set up|opened)\b"
    rf"[^.;]{{0,20}}?\b(?:1[89]|20)\d\d\b|{_JUBILEE}diplomatic (?:relations|ties)(?: in (?:1[89]|20)\d\d)?"
)
_MISSION = re.compile(
    r"\b[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2} (?:[Ee]mbassy|[Cc]onsulate(?:[ -][Gg]eneral)?|[Pp]ermanent [Mm]ission)"
    r" (?:in|to) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
    r"|\b(?:[Ee]mbassy|[Cc]onsulate(?:[ -][Gg]eneral)?) of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* in "
    r"(?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
)
_WORKING = re.compile(
    r"\b(?:joint )?working group on "
    r"(?:(?!(?:which|that|to|in|for|at|will|would|is|was|were|has|have|had|by|on|of)\b)[a-z][\w-]*(?:,? and)? ?){1,3}"
)


class Placed(NamedTuple):
    """A record in a section, under a heading ("" for none) with its rank; `text` where it is not worded as usual."""

    section: int
    heading: str
    record: AnyRecord
    rank: int = 0
    text: str | None = None


def placed(records: Iterable[AnyRecord]) -> Iterator[Placed]:
    """Yield each record with the section and heading where it stands; what belongs nowhere is left out.

    Of a thing that many records tell the one that words it is given; `standing` has what stands in section 2 besides.
    """
    found = list(records)
    elsewhere = told_elsewhere(found)
    for record in found:
        is_history = isinstance(record, Event) and record.background and any(standing(record))
        if record.id not in elsewhere and not is_history:
            section, heading = _where(record)
            if section == 7 and isinstance(record, Measure) and not heading:
                yield _in_table(record)
            elif section:
                yield Placed(section, heading, record, RANKS.get(heading, 0))


def standing(record: AnyRecord) -> Iterator[Placed]:
    """Yield how old the relations are, what the partnership is called, which missions there are, as worded."""
    sentence = record.span("sentence")
    words = " ".join(sentence.text.split()) if sentence else ""
    for section, heading, pattern in _NAMED:
        for found in dict.fromkeys(m[0].strip() for m in pattern.finditer(words)):
            yield Placed(section, heading, record, RANKS[heading], f"“{found.rstrip(' ,').removeprefix('The ')}”")


def told_elsewhere(records: Iterable[AnyRecord]) -> frozenset[str]:
    """The ids of records that say, less fully, what another record of the same sentence says."""
    found = list(records)
    by_sentence: dict[tuple[str, int], list[AnyRecord]] = {}
    for record in found:
        for key in _sentences(record):
            by_sentence.setdefault(key, []).append(record)
    return frozenset(
        record.id for record in found
        if any(_is_told_by(record, other) for key in _sentences(record) for other in by_sentence[key])
    )  # fmt: skip


def _sentences(record: Record) -> list[tuple[str, int]]:
    return [(e.doc, e.start) for e in record.evidence if e.part == "sentence"]


def _is_told_by(record: AnyRecord, other: AnyRecord) -> bool:
    """Whether `other`, of the same sentence, tells what `record` tells and more."""
    if isinstance(record, Measure):
        return isinstance(other, Agreement) and record.value is not None and record.value == other.count
    if not isinstance(record, Event):
        return False
    code = f"{record.code}.{record.mode}"
    match other:
        case Visit():
            is_rebuke = other.visit_kind == "summons" and record.code == "ACCUSE"
            return record.code in ("CONSULT", "AGREE") or code in _MEETINGS or record.cameo == "062" or is_rebuke
        case Agreement():
            return record.code in ("AGREE", "SUPPORT", "COOPERATE")
        case Measure():
            is_signing = record.cameo == "057" and other.quantity in _PAPERS
            return (
                is_signing or record.code in ("COOPERATE", "AID") or code in _COUNTED
                or other.measure_kind == "commitment"
            )  # fmt: skip
        case _:
            return False


def _in_table(record: Measure) -> Placed:
    """A figure of what was, under a heading that says what it is of, so that the line need not."""
    at = _OF_TRADE.index(record.quantity) if record.quantity in _OF_TRADE else len(_OF_TRADE)
    heading = figure_of(record)
    return Placed(7, heading[:1].upper() + heading[1:], record, at, figure(record))


def _where(record: AnyRecord) -> tuple[int, str]:
    """The section and heading of a record; section 0 for one that no brief prints."""
    match record:
        case Role():
            return (2, ENVOYS) if record.level == "AMB" or record.accredited else (0, "")
        case Visit():
            return _visit(record)
        case Agreement():
            return 6, _agreement(record)
        case Measure():
            return _measure(record)
        case Statement():
            return _statement(record)
        case Event():
            return _event(record)


_HELD = {
    "happened": "Held", "mentioned": "Held", "ongoing": "Under way", "cancelled": "Cancelled or postponed",
    "postponed": "Cancelled or postponed", "denied": "Denied",
}  # fmt: skip


def _visit(record: Visit) -> tuple[int, str]:
    heading = _HELD.get(record.status, "Planned or proposed")
    if record.visit_kind in MECHANISMS:
        return 5, heading
    if record.visit_kind == "summons":
        return 12, "" if heading == "Held" else heading
    return (13 if record.multilateral or record.visit_kind == "multilateral" else 4), heading


_STAGES = {
    "proposed": "Proposed", "negotiating": "Under negotiation", "agreed": "Agreed or initialled",
    "initialled": "Agreed or initialled", "signed": "Signed", "ratified": "Ratified",
    "provisionally_applied": "In force", "in_force": "In force", "amended": "In force", "extended": "In force",
    "suspended": "Suspended or ended", "ended": "Suspended or ended", "mentioned": "Mentioned",
}  # fmt: skip
SINCE, CALLED = "How long", "Partnership, as it is called"
MISSIONS, ENVOYS = "Missions, as named in the reports", "Ambassadors and envoys, as named in the reports"
GROUPS = "Working groups, as named in the reports"
PAST = "Planned for a time now past, and not reported as held"
UNSIGNED = "Planned for a time now past, and not reported as done"
_NAMED = ((2, SINCE, _RELATIONS), (2, CALLED, _PARTNERSHIP), (2, MISSIONS, _MISSION), (5, GROUPS, _WORKING))
NOT_DONE = "Planned, proposed or not done"
COUNTS = "Counts and lists that a source gives (not added to the above)"


def _agreement(record: Agreement) -> str:
    if (record.count or 0) > 1 or record.aggregate:
        return COUNTS
    if record.status == "planned":
        return "Planned: not done as reported"
    if record.status in ("proposed", "hypothetical"):
        return "Proposed"
    if record.status in (*OFF, "denied"):
        return "Denied, cancelled or postponed"
    return "Mentioned" if record.status == "mentioned" else _STAGES[record.stage]


def _measure(record: Measure) -> tuple[int, str]:
    is_real = record.measure_kind in ("actual", "baseline") and record.status in ("happened", "ongoing", "mentioned")
    heading = "" if is_real else "Denied" if record.status == "denied" else "Forecasts, targets and commitments"
    for section, figures in _FIGURES:
        if record.quantity in figures:
            return section, heading
    return (10 if record.unit == "persons" else 7), heading


def _statement(record: Statement) -> tuple[int, str]:
    """By state and area; a scrap of fewer than three words that is no quotation is no position."""
    is_scrap = record.mode == "indirect" and len(record.content.split()) < 3
    country = record.speaker.country
    if is_scrap or (country is None and record.mode == "indirect"):
        return 0, ""
    return 11, f"{name(country) if country else 'Others'}, on {area(record)}"


def _event(record: Event) -> tuple[int, str]:
    done = dict.fromkeys(("happened", "mentioned", *OFF), "")
    heading = {**done, "ongoing": "Under way"}.get(record.status, NOT_DONE)
    if record.code == "REQUEST" and record.mode not in ("change", "yield"):
        return 3, heading or "Requests"
    if ontology.quad(record.code) in CONFLICT:
        return 12, heading
    if record.code == "AID":
        return (10 if _about_people(record) else 9), heading
    if record.mode == "multilateral":
        return 13, heading
    if DEFENCE & set(record.contexts):
        return 8, heading
    if record.code == "CONSULT":
        if is_round(record):
            return 5, {"": "Held"}.get(heading, heading)
        return 4, {"": "Held"}.get(heading, "Planned or proposed" if record.status in AHEAD else heading)
    return (10, heading) if _about_people(record) else (3, heading or "Other ties")


def is_round(record: Event) -> bool:
    """Whether talks are told of as a round of consultations or the session of a body."""
    trigger = record.span("trigger")
    return trigger is not None and bool(_ROUND.match(trigger.text))


def _about_people(record: Event) -> bool:
    words = " ".join(e.text for e in record.evidence if e.part in ("trigger", "sentence"))
    return bool(PEOPLE_SUBJECTS & set(ontology.subjects_in(words)[:1]))


_ORDER = (SINCE, CALLED, MISSIONS, ENVOYS, "", "Held", "Under way", "Other ties", "Requests",
          "Proposed", "Under negotiation", "Agreed or initialled", "Planned: not done as reported", "Signed",
          "Ratified", "In force", "Suspended or ended", "Mentioned", "Planned or proposed", PAST,
          UNSIGNED, NOT_DONE, "Forecasts, targets and commitments", "Denied, cancelled or postponed",
          "Cancelled or postponed", "Denied", COUNTS, GROUPS)  # fmt: skip
RANKS = {heading: 100 + n for n, heading in enumerate(_ORDER)}
