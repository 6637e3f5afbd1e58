"""A store made by hand in which many reports tell the same: copies, follow-ups, contradictions, hostile words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bilateral.keeping import keep
from bilateral.model import Agreement, Batch, Claim, Event, Measure, Role, Visit
from bilateral.store import Store
from bilateral.text import Dated, Document
from tests.brief.made import DARA, KHM, LUGIN, RUS, _made, document, parse

AHEAD = """Lugin to travel to Phnom Penh

Deputy Minister Pavel Lugin will visit Phnom Penh on 20 May 2021 for talks on transit.

A treaty on transit is to be signed in May 2021 in Phnom Penh."""
HELD = """Lugin in Phnom Penh

Deputy Minister Pavel Lugin visited Phnom Penh on 20 May 2021 and spoke about the railway and the port of Kampot.

A treaty on transit was signed on 20 May 2021 in the old customs house on the river, before many guests.

Cambodia thanked Russia for the cranes that now stand in the port of Kampot and lift rice all day long.

Trade of the two countries came to 81 million dollars in 2020, said the customs of Cambodia in a table."""
OTHER_DAY = """Papers signed

The treaty on transit of Cambodia and Russia was signed on 21 May 2021, people at the table said.

Trade of the two countries came to 230 million dollars in 2020, according to Russian tables."""
FORCE = """On relations with Cambodia

The treaty on transit with Cambodia entered into force on 30 August 2021.

The joint commission on trade held its 4th session in Moscow on 31 August 2021.

The 5th session of the joint commission will be held in Phnom Penh in March 2022.

The Russian Embassy in Phnom Penh is led by Ambassador Ilya Morov."""
HOSTILE = """<script>alert(1)</script> & #panic("no") $x_1$ *bold* [link](javascript:x) \\ `raw` </style>

Cambodia protested against Russia on 1 June 2022 </p><img src=x onerror=alert(2)> #import "x": * $ ] \u202e~ _so_ @on.

General Sok Dara of Cambodia will visit Moscow in July 2022."""
COPIED = HELD


def _claim(doc: Document) -> Claim:
    return Claim(outlet=doc.publisher)


def _batch(doc: Document, records: tuple, day: str) -> Batch:  # type: ignore[type-arg]
    return Batch(documents=(doc,), parses=(parse(doc),), dates=(Dated(value=day, how="given"),), records=records)


def _dated(text: str, uri: str, publisher: str, day: str) -> Document:
    return document(text, uri, publisher, published=day, published_by="given")


def ahead() -> Batch:
    """A visit and a treaty announced by a Russian state outlet."""
    doc = _dated(AHEAD, "https://tass.example/1?a=1&b=2", "TASS", "2021-05-02")
    visit = _made(
        Visit, doc, "Deputy Minister", {"trigger": "visit", "place": "Phnom Penh"}, visit_kind="visit",
        visitors=(LUGIN,), hosts=(KHM,), place="Phnom Penh", start="2021-05-20", status="planned",
        claimed_by=_claim(doc),
    )  # fmt: skip
    paper = _made(
        Agreement, doc, "A treaty", {"title": "treaty on transit", "trigger": "signed"}, type="treaty",
        parties=("RUS", "KHM"), stage="signed", status="planned", title="treaty on transit", date="2021-05",
        subjects=("transport_other",), claimed_by=_claim(doc),
    )  # fmt: skip
    return _batch(doc, (visit, paper), "2021-05-02")


def held(publisher: str, uri: str, day: str) -> Batch:
    """The visit and the signing, told by an outlet; several of them print the same words."""
    doc = _dated(COPIED, uri, publisher, day)
    visit = _made(
        Visit, doc, "Deputy Minister", {"trigger": "visited", "place": "Phnom Penh"}, visit_kind="visit",
        visitors=(LUGIN,), hosts=(KHM,), place="Phnom Penh", start="2021-05-20", claimed_by=_claim(doc),
    )  # fmt: skip
    echo = _made(
        Event, doc, "Deputy Minister", {"trigger": "visited"}, code="CONSULT", mode="visit", cameo="042",
        actors=(LUGIN,), recipients=(KHM,), date="2021-05-20", claimed_by=_claim(doc),
    )  # fmt: skip
    paper = _made(
        Agreement, doc, "A treaty", {"title": "treaty on transit", "trigger": "signed"}, type="treaty",
        parties=("RUS", "KHM"), stage="signed", title="treaty on transit", date="2021-05-20",
        subjects=("transport_other",), claimed_by=_claim(doc),
    )  # fmt: skip
    signing = _made(
        Event, doc, "A treaty", {"trigger": "signed"}, code="SUPPORT", cameo="057", actors=(RUS, KHM),
        date="2021-05-20", claimed_by=_claim(doc),
    )  # fmt: skip
    thanks = _made(
        Event, doc, "Cambodia thanked", {"trigger": "thanked"}, code="SUPPORT", cameo="051", actors=(KHM,),
        recipients=(RUS,), claimed_by=_claim(doc),
    )  # fmt: skip
    trade = _made(
        Measure, doc, "Trade of the two", {"value": "81 million"}, quantity="trade_turnover", value=Decimal(81000000),
        unit="USD", period="2020", parties=("RUS", "KHM"), claimed_by=Claim(outlet=publisher, speaker=KHM),
    )  # fmt: skip
    return _batch(doc, (visit, echo, paper, signing, thanks, trade), day)


def other_day() -> Batch:
    """The signing on another day, and another figure for the same trade."""
    doc = _dated(OTHER_DAY, "wire/2.txt", "Mekong Wire", "2021-05-23")
    paper = _made(
        Agreement, doc, "The treaty", {"title": "treaty on transit", "trigger": "signed"}, type="treaty",
        parties=("RUS", "KHM"), stage="signed", title="treaty on transit", date="2021-05-21",
        subjects=("transport_other",), claimed_by=_claim(doc),
    )  # fmt: skip
    trade = _made(
        Measure, doc, "Trade of the two", {"value": "230 million"}, quantity="trade_turnover",
        value=Decimal(230000000), unit="USD", period="2020", parties=("RUS", "KHM"),
        claimed_by=Claim(outlet="Mekong Wire", speaker=RUS),
    )  # fmt: skip
    return _batch(doc, (paper, trade), "2021-05-23")


def force() -> Batch:
    """The treaty in force, a session of the commission and the next one, the embassy and its ambassador."""
    doc = _dated(FORCE, "https://mid.example/9", "Russian Foreign Ministry", "2021-09-01")
    paper = _made(
        Agreement, doc, "The treaty", {"title": "treaty on transit", "trigger": "entered into force"}, type="treaty",
        parties=("RUS", "KHM"), stage="in_force", title="treaty on transit", date="2021-08-30",
        subjects=("transport_other",), claimed_by=_claim(doc),
    )  # fmt: skip
    fourth = _made(
        Visit, doc, "The joint commission", {"trigger": "session", "place": "Moscow"}, visit_kind="joint_commission",
        visitors=(KHM,), hosts=(RUS,), place="Moscow", start="2021-08-31", topics=("trade",), claimed_by=_claim(doc),
    )  # fmt: skip
    fifth = _made(
        Visit, doc, "The 5th session", {"trigger": "session", "place": "Phnom Penh"}, visit_kind="joint_commission",
        visitors=(RUS,), hosts=(KHM,), place="Phnom Penh", start="2022-03", status="planned", claimed_by=_claim(doc),
    )  # fmt: skip
    envoy = _made(
        Role, doc, "The Russian Embassy", {"office": "Ambassador", "person": "Ilya Morov"}, person="Ilya Morov",
        office="Ambassador", country="RUS", accredited="KHM", level="AMB", as_of="2021-09-01", claimed_by=_claim(doc),
    )  # fmt: skip
    return _batch(doc, (paper, fourth, fifth, envoy), "2021-09-01")


def hostile() -> Batch:
    """A report whose title, outlet, address and words are meant to be taken for markup."""
    doc = _dated(HOSTILE, "javascript:alert(3)", '"><b onmouseover=alert(4)>Wire</b> #emph[x]', "2022-06-02")
    note = _made(
        Event, doc, "Cambodia protested", {"trigger": "protested"}, code="PROTEST", actors=(KHM,), recipients=(RUS,),
        date="2022-06-01", claimed_by=_claim(doc),
    )  # fmt: skip
    trip = _made(
        Visit, doc, "General Sok", {"trigger": "visit", "place": "Moscow"}, visit_kind="visit", visitors=(DARA,),
        hosts=(RUS,), place="Moscow", start="2022-07", status="planned", claimed_by=_claim(doc),
    )  # fmt: skip
    return _batch(doc, (note, trip), "2022-06-02")


def batches() -> tuple[Batch, ...]:
    """All reports in the order of their dates."""
    return (
        ahead(), held("Agence Kampuchea Presse", "akp/3.txt", "2021-05-21"),
        held("Daily River", "river/4.txt", "2021-05-22"), other_day(), force(), hostile(),
    )  # fmt: skip


def fill(path: Path, reports: int | None = None) -> Path:
    """A store file with the reports, or the first of them, and their ledger."""
    with Store.open(path) as store:
        for batch in batches()[:reports]:
            store.write(batch)
        keep(store)
    return path
