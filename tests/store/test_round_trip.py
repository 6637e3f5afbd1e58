"""Laws: whatever record of whatever kind goes in comes out the same, found by all that it says of itself."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilateral import query
from bilateral.model import (
    KINDS,
    Actor,
    Agreement,
    Change,
    Claim,
    Derived,
    Event,
    Evidence,
    Link,
    Measure,
    Question,
    Reason,
    Role,
    Statement,
    Visit,
    identified,
    kind_of,
)
from bilateral.store import Store

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
SOME = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80)
CODE = st.sampled_from(["RUS", "KHM", "FRA", "IGO:ASEAN", "PHL:CVL"])
DATE = st.sampled_from(["2019", "2019-03", "XXXX-07-03", "2014/2019", "2003/..", "2019-21", "soon", "2019-03-05?"])
NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=3)
BOUND = st.sampled_from(["over", "at_least", "about", "nearly", "up_to", "under"])
LEVEL = st.sampled_from(["HOS", "FM", "AMB", "CIV"])
maybe = st.none().__or__
ACTOR = st.builds(
    Actor, country=maybe(CODE), sectors=st.tuples(TEXT), name=maybe(TEXT), role=maybe(TEXT), level=maybe(LEVEL)
)  # fmt: skip
ACTORS = st.lists(ACTOR, max_size=3).map(tuple)
CHANGE = st.builds(Change, value=maybe(NUMBER), unit=maybe(TEXT), direction=maybe(st.sampled_from(["up", "down"])))
DERIVED = st.builds(Derived, value=NUMBER, unit=maybe(TEXT), formula=TEXT, period=maybe(DATE), bound=maybe(BOUND))
SHARED = {
    "by": TEXT,
    "score": st.floats(0, 1),
    "evidence": st.just(()),
    "claimed_by": st.builds(Claim, outlet=maybe(TEXT), statements=st.just(()), speaker=maybe(ACTOR)),
    "status": st.sampled_from(["happened", "planned", "denied"]),
    "links": st.tuples(st.builds(Link, TEXT, TEXT)),
    "reasons": st.tuples(st.builds(Reason, TEXT, TEXT, st.floats(0, 1))),
}
RECORDS = {
    "event": st.builds(
        Event, **SHARED, code=TEXT, mode=maybe(TEXT), contexts=st.tuples(TEXT), cameo=maybe(TEXT), place=maybe(TEXT),
        actors=ACTORS, recipients=ACTORS, date=maybe(DATE), background=st.booleans(),
    ),
    "statement": st.builds(
        Statement, **SHARED, speaker=ACTOR, content=TEXT, mode=st.sampled_from(["direct", "indirect", "mixed"]),
        cue=maybe(TEXT), role=maybe(TEXT), addressee=maybe(ACTOR), date=maybe(DATE),
    ),
    "measure": st.builds(
        Measure, **SHARED, quantity=TEXT, value=maybe(NUMBER), digits=maybe(TEXT), unit=maybe(TEXT),
        bound=maybe(BOUND), period=maybe(DATE), change=maybe(CHANGE), parties=st.lists(CODE, max_size=3).map(tuple),
        direction=maybe(st.sampled_from(["RUS>KHM", "KHM>FRA"])), derived=st.tuples(DERIVED),
    ),
    "agreement": st.builds(
        Agreement, **SHARED, type=TEXT, parties=st.lists(CODE, max_size=4).map(tuple), title=maybe(TEXT),
        stage=st.sampled_from(["signed", "in_force"]), subjects=st.tuples(TEXT, TEXT), date=maybe(DATE),
        count=maybe(st.integers(0, 2**63)), aggregate=st.booleans(), signatories=ACTORS,
    ),
    "visit": st.builds(
        Visit, **SHARED, visit_kind=TEXT, visitors=ACTORS, hosts=ACTORS, place=maybe(TEXT), start=maybe(DATE),
        end=maybe(DATE), multilateral=st.booleans(), topics=st.tuples(TEXT),
    ),
    "role": st.builds(
        Role, **SHARED, person=TEXT, office=TEXT, country=maybe(CODE), organisation=maybe(TEXT),
        accredited=maybe(CODE), level=maybe(LEVEL), as_of=maybe(DATE),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", [kind_of(cls) for cls in KINDS])
def test_a_record_of_each_kind_survives_the_store(kind, made):
    folder = tempfile.TemporaryDirectory()
    store = Store.open(Path(folder.name) / "relations.db")

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(RECORDS[kind], SOME, st.data())
    def survives(record, text, data):
        doc = made.document(text)
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        evidence = Evidence("trigger", doc.id, start, end, text[start:end])
        record = identified(msgspec.structs.replace(record, evidence=(evidence,)))
        done = store.write(made.one(doc, record))
        assert (done.problems, done.records_new + done.records_known) == (0, 1)
        assert query.record(store, record.id)[0] == record
        assert query.records(store, Question(kinds=(kind,), report=doc.id)).records == (record,)
        for code in {code for actor in codes(record) if (code := actor)}:
            assert record in query.records(store, Question(dyad=(code,))).records
        assert store.document(doc.id).text == text

    with folder, store:
        survives()
        assert {fault.part for fault in store.verify()} <= {"links"}


def codes(record):
    """The codes that stand anywhere in a record but in who claims it."""
    plain = msgspec.to_builtins(msgspec.structs.replace(record, claimed_by=Claim()), str_keys=True)
    for actors in ("actors", "recipients", "visitors", "hosts", "signatories"):
        yield from (actor["country"] for actor in plain.get(actors, ()))
    for actor in ("speaker", "addressee"):
        yield (plain.get(actor) or {}).get("country")
    yield from plain.get("parties", ())
    yield from (plain.get("direction") or "").split(">")
    yield from (plain.get("country"), plain.get("accredited"))


def test_figures_come_out_as_exactly_as_they_went_in(store, made):
    doc = made.document(made.text_of(1))
    measure = next(r for r in made.records(doc) if isinstance(r, Measure))
    exact = identified(msgspec.structs.replace(measure, value=Decimal("1234567890123456789.000000000000000001")))
    store.write(made.one(doc, exact))
    assert query.record(store, exact.id)[0].value == Decimal("1234567890123456789.000000000000000001")


def test_every_kind_of_record_has_its_table(store, made):
    doc = made.document(made.text_of(1))
    store.write(made.of(doc))
    with store.reading() as conn:
        for cls in KINDS:
            rows = conn.exec_driver_sql(f"SELECT * FROM {kind_of(cls)}s").mappings().all()
            assert len(rows) == 1, kind_of(cls)
        measure = conn.exec_driver_sql("SELECT * FROM measures").mappings().one()
    assert (measure["value"], measure["digits"], measure["unit"]) == (5_500_000.0, "5.5 million", "XKC")
