"""Hypothesis strategies for small worlds: reports of some days with records that may or may not be of one thing."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bilateral.model import Actor, AnyRecord
from bilateral.text import Document
from tests.ledger import made

LINE = "Norway and Ghana: item {n} on fish, tariffs and visas, the minister said."
DAYS = [f"2020-05-{day:02}" for day in range(1, 16)]
OUTLETS = ["Kalivia Wire", "Coast News", "Harbour Post"]
PEOPLE = [made.GUEST, Actor(country="NOR", name="Leif Aas", level="HOG"), Actor(country="NOR")]

days = st.sampled_from([None, "2020-05", "2020", *DAYS])
statuses = st.sampled_from(["happened", "planned", "cancelled", "denied", "hypothetical", "ongoing"])
visits = st.fixed_dictionaries({
    "visit_kind": st.sampled_from(["official_visit", "visit", "meeting", "phone_call", "joint_commission"]),
    "status": statuses, "start": days, "place": st.sampled_from([None, "Accra", "Ghana", "Oslo"]),
    "visitors": st.sampled_from([(p,) for p in PEOPLE]),
})  # fmt: skip
agreements = st.fixed_dictionaries({
    "type": st.sampled_from(["agreement", "mou", "treaty", "documents"]), "date": days,
    "stage": st.sampled_from(["proposed", "negotiating", "signed", "ratified", "in_force"]),
    "status": st.sampled_from(["happened", "planned", "ongoing"]), "count": st.sampled_from([1, 1, 1, 4]),
    "subjects": st.sampled_from([("fisheries",), ("trade",), ("general",)]),
    "title": st.sampled_from([None, "agreement on fisheries", "fisheries accord"]),
})  # fmt: skip
events = st.fixed_dictionaries({
    "code": st.sampled_from(["ACCUSE", "AGREE", "SUPPORT", "CONSULT", "COOPERATE"]), "status": statuses, "date": days,
    "background": st.booleans(),
})  # fmt: skip
measures = st.fixed_dictionaries({
    "quantity": st.sampled_from(["trade_turnover", "documents_signed", "deaths"]),
    "period": st.sampled_from([None, "2019", "2020-05-03"]),
})  # fmt: skip
Report = tuple[Document, tuple[AnyRecord, ...]]


@st.composite
def reports(draw: Any, size: int = 6) -> list[Report]:
    """Some reports, no two of one text, each with one to three records."""
    out: list[Report] = []
    for n in range(draw(st.integers(1, size))):
        lines = [LINE.format(n=f"{n}-{k}") for k in range(draw(st.integers(1, 3)))]
        day = draw(st.sampled_from([*DAYS, None]))
        doc = made.document([f"Report {n}", *lines], day, draw(st.sampled_from(OUTLETS)))
        out.append((doc, tuple({r.id: r for r in (_record(draw, doc, line) for line in lines)}.values())))
    return out


def _record(draw: Any, doc: Document, line: str) -> AnyRecord:
    match draw(st.integers(0, 3)):
        case 0:
            return made.visit(doc, line, "item", **draw(visits))
        case 1:
            return made.agreement(doc, line, "fish", **draw(agreements))
        case 2:
            return made.event(doc, line, "tariffs", **draw(events))
        case _:
            return made.measure(doc, line, "visas", draw(st.sampled_from([3, 4, 100])), **draw(measures))
