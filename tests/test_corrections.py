"""Corrections as values: what rows make of records, finding records again, any order of arrival, JSON and back."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from bilateral import pipeline
from bilateral.attaching import ANCHORS
from bilateral.corrections import (
    Correction,
    about,
    applied,
    attached,
    decode,
    disputed,
    encode,
    moment,
    reattached,
    ruled,
    sealed,
    undone,
)
from bilateral.errors import CallError
from bilateral.fields import placed, said
from bilateral.model import Actor, Evidence, Reason, identified, kind_of
from tests.brief import made
from tests.store import made as reports

DOC = reports.document(reports.text_of(1))
RECORDS = reports.records(DOC)
VISIT = next(r for r in RECORDS if kind_of(r) == "visit")
MEASURE = next(r for r in RECORDS if kind_of(r) == "measure")
EVENT = next(r for r in RECORDS if kind_of(r) == "event")


def row(action, record=VISIT, *, at=0, who="ann", **more):
    when = f"2026-01-01T00:00:{at:02}Z"
    return sealed(Correction(action=action, about=about(record, RECORDS), who=who, when=when, **more))


def corrected(record, field, value, **more):
    return row("correct", record, field=field, value=value, **more)


def now(record, *rows):
    return next(j for j in applied(RECORDS, rows) if j.machine.id == record.id)


# What rows make of records.


def test_a_corrected_field_has_the_persons_value_and_says_who_when_and_why():
    found = now(VISIT, corrected(VISIT, "status", "planned", why="it says will"))
    assert found.record.status == "planned"
    assert found.record.reasons[-1] == Reason("status", "corrected by ann on 2026-01-01: it says will", 1.0)
    assert found.machine == VISIT


def test_the_id_of_a_corrected_record_stays_the_machines():
    assert now(VISIT, corrected(VISIT, "status", "planned")).record.id == VISIT.id


def test_other_records_are_left_as_they_are():
    others = [j for j in applied(RECORDS, [corrected(VISIT, "status", "planned")]) if j.machine.id != VISIT.id]
    assert [j.record for j in others] == [r for r in RECORDS if r.id != VISIT.id]
    assert not any(j.rows for j in others)


def test_the_later_correction_wins_whatever_arrives_first():
    early, late = corrected(VISIT, "place", "Kep", at=1), corrected(VISIT, "place", "Takeo", at=2, who="bob")
    for rows in ((early, late), (late, early)):
        assert now(VISIT, *rows).record.place == "Takeo"


def test_an_undone_correction_does_not_count_and_counts_again_when_the_undo_is_undone():
    first = corrected(VISIT, "place", "Kep")
    back = row("undo", undoes=first.id, at=1)
    again = row("undo", undoes=back.id, at=2)
    assert now(VISIT, first, back).record == VISIT
    assert now(VISIT, first, back, again).record.place == "Kep"
    assert undone([again, back, first]) == {back.id}


def test_a_thousand_undos_of_undos_are_worked_off():
    rows = [corrected(VISIT, "place", "Kep")]
    for _ in range(1_500):
        rows.append(row("undo", undoes=rows[-1].id))
    assert len(undone(rows)) == 750


def test_a_verdict_is_that_of_the_last_accept_or_reject():
    rows = [row("reject", at=1), row("accept", at=2), row("reject", at=3, who="bob")]
    verdicts = [now(VISIT, *rows[:n]).verdict for n in range(4)]
    assert verdicts == [None, "rejected", "accepted", "rejected"]


def test_what_was_accepted_stays_when_the_machine_later_says_otherwise():
    accepted = row("accept")
    later = identified(structs.replace(VISIT, status="planned", id=""))
    assert later.id != VISIT.id
    found = applied([later], [accepted])[0]
    assert found.verdict == "accepted"
    assert found.record.status == "happened"
    assert found.record.reasons[-1].rule == "accepted by ann on 2026-01-01"


def test_accepting_what_the_machine_says_changes_nothing_in_the_record():
    assert now(VISIT, row("accept")).record == VISIT


def test_accepting_a_corrected_record_keeps_the_correctors_name_on_the_field():
    first = corrected(VISIT, "status", "planned")
    stands = {**said(VISIT), "status": "planned"}
    found = now(VISIT, first, row("accept", value=stands, at=1, who="bob"))
    assert found.record.status == "planned"
    assert [r.rule for r in found.record.reasons] == ["corrected by ann on 2026-01-01"]


def test_marked_words_take_the_place_of_the_machines_for_that_part_alone():
    start = DOC.text.index("harbour talks")
    value = {"part": "trigger", "words": [{"start": start, "end": start + 13, "text": "harbour talks"}]}
    found = now(VISIT, corrected(VISIT, "evidence", value)).record
    assert found.span("trigger") == Evidence("trigger", DOC.id, start, start + 13, "harbour talks")
    assert found.span("sentence") == VISIT.span("sentence")
    assert [e.part for e in found.evidence] == [e.part for e in VISIT.evidence]


def test_a_part_can_be_taken_away_but_not_the_last_words_of_a_record():
    gone = now(VISIT, corrected(VISIT, "evidence", {"part": "trigger", "words": []})).record
    assert gone.span("trigger") is None
    both = [corrected(VISIT, "evidence", {"part": p, "words": []}) for p in ("trigger", "sentence")]
    assert now(VISIT, *both).record.evidence


def test_marked_words_that_do_not_stand_in_the_report_are_not_taken():
    value = {"part": "trigger", "words": [{"start": 0, "end": 4, "text": "nope"}]}
    mark = corrected(VISIT, "evidence", value)
    assert attached([mark], RECORDS, lambda e: DOC.text[e.start : e.end] == e.text) == {}


def test_what_followed_by_arithmetic_from_a_corrected_figure_is_dropped():
    assert MEASURE.derived
    assert now(MEASURE, corrected(MEASURE, "value", "6500000")).record.derived == ()
    assert now(MEASURE, corrected(MEASURE, "quantity", "exports")).record.derived == MEASURE.derived


def test_a_value_that_the_record_no_longer_takes_is_left_out_and_not_raised():
    late = structs.replace(corrected(VISIT, "status", "planned"), value="undreamt", id="x")
    assert applied(RECORDS, [late])[0].record == RECORDS[0]
    assert attached([late], RECORDS) == {}


# Finding a record again.


def test_the_anchors_are_the_pipelines():
    assert ANCHORS == pipeline._ANCHORS


def test_a_record_is_found_by_its_spans_when_its_id_has_changed():
    new = [identified(structs.replace(r, status="planned", id="")) for r in RECORDS]
    for old, later in zip(RECORDS, new, strict=True):
        assert reattached(about(old, RECORDS), new) == later


def test_of_several_on_the_same_spans_the_most_alike_is_found():
    hosts = [identified(structs.replace(VISIT, hosts=(Actor(country=c),), id="")) for c in ("FRA", "KHM", "LAO")]
    later = [identified(structs.replace(v, status="planned", id="")) for v in hosts]
    for old, new in zip(hosts, later, strict=True):
        assert reattached(about(old, hosts), later) == new


def test_a_record_is_found_by_its_anchor_when_its_spans_have_moved():
    start = DOC.text.index("came to the")
    wider = Evidence("trigger", DOC.id, start, start + 11, "came to the")
    later = identified(structs.replace(VISIT, evidence=(VISIT.span("sentence"), wider), id=""))
    assert reattached(about(VISIT), [later, MEASURE]) == later


def test_a_record_is_found_by_one_of_its_anchors_when_it_is_now_told_in_several_places():
    title = Evidence("trigger", DOC.id, 8, 13, DOC.text[8:13])
    later = identified(structs.replace(VISIT, evidence=(title, *VISIT.evidence), id=""))
    assert reattached(about(VISIT), [later, MEASURE]) == later


def test_a_record_elsewhere_in_the_report_is_not_taken_for_it():
    start = DOC.text.index("signed")
    other = Evidence("trigger", DOC.id, start, start + 6, "signed")
    later = identified(structs.replace(VISIT, evidence=(VISIT.span("sentence"), other), id=""))
    assert reattached(about(VISIT), [later]) is None


def test_a_record_of_another_kind_or_report_is_not_taken_for_it():
    assert reattached(about(EVENT), [r for r in RECORDS if kind_of(r) != "event"]) is None
    elsewhere = reports.records(reports.document(reports.text_of(2)))
    assert reattached(about(VISIT), elsewhere) is None


def test_a_neighbour_on_the_same_words_is_not_taken_for_one_that_is_gone():
    place = reports.at(DOC, "place", "March 2019")
    neighbour = identified(structs.replace(VISIT, evidence=(*VISIT.evidence, place), hosts=(), id=""))
    target = about(VISIT, [VISIT, neighbour])
    assert reattached(target, [neighbour]) is None
    changed = identified(structs.replace(neighbour, status="planned", id=""))
    assert reattached(target, [changed]) is None
    assert reattached(about(VISIT), [neighbour]) == neighbour


def test_an_inner_statement_is_not_taken_for_the_one_around_it():
    said_ = next(r for r in RECORDS if kind_of(r) == "statement")
    whole = said_.span("content")
    inner = Evidence("content", DOC.id, whole.start, whole.start + 12, whole.text[:12])
    later = identified(structs.replace(said_, evidence=(inner,), content=inner.text, id=""))
    assert reattached(about(structs.replace(said_, evidence=(whole,))), [later]) is None


# Rows.


def test_a_row_has_the_hash_of_what_it_says_as_id():
    one = row("accept")
    assert one.id == row("accept").id
    assert one.id != row("accept", at=1).id != row("accept", at=1, who="bob").id


def test_times_are_kept_in_utc_to_the_microsecond():
    assert moment("2026-01-31T10:30:00+01:00") == "2026-01-31T09:30:00.000000Z"
    for words in ("2026-01-31", "2026-01-31T10:30:00", "noon"):
        with pytest.raises(CallError, match="with its zone"):
            moment(words)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"who": " "}, "who decided"),
        ({"who": "machine"}, "'machine' is no person"),
        ({"action": "join"}, "two records go with join"),
        ({"action": "undo"}, "what is undone"),
        ({"action": "correct"}, "a field goes with correct"),
        ({"action": "reject", "value": 1}, "a value goes with accept and correct"),
        ({"action": "correct", "field": "status", "value": "done"}, "visit status takes one of happened"),
        ({"action": "correct", "field": "evidence", "value": {"part": "x"}}, "expected a part with its words"),
        ({"action": "join", "other": about(VISIT)}, "joins or splits one record"),
        ({"who": "\ud800"}, "half of a character"),
        ({"about": structs.replace(about(VISIT), kind="vizit")}, "no kind of record 'vizit'"),
        ({"about": structs.replace(about(VISIT), spans=())}, "names no words"),
    ],
)
def test_a_row_that_cannot_be_is_refused(changes, told):
    whole = {"action": "accept", "about": about(VISIT), "who": "ann", "when": "2026-01-01T00:00:00Z", **changes}
    with pytest.raises(CallError, match=told):
        sealed(Correction(**whole))


def test_a_line_that_was_changed_after_it_was_made_is_refused_and_taken_without_its_id():
    line = msgspec.json.decode(encode(corrected(VISIT, "place", "Kep")))
    line["value"] = "Takeo"
    with pytest.raises(CallError, match="was changed after it was made"):
        decode(msgspec.json.encode(line))
    del line["id"]
    assert decode(msgspec.json.encode(line)).value == "Takeo"


@pytest.mark.parametrize("line", [b"", b"[]", b"{}", b'{"action":"like"}', b"\xff", b'{"value":' + b"[" * 99_999])
def test_a_line_that_is_no_correction_is_refused(line):
    with pytest.raises(CallError, match="expected a correction as JSON"):
        decode(line)


def test_people_differ_where_their_last_words_on_a_field_differ():
    rows = [corrected(VISIT, "place", "Kep", at=1), corrected(VISIT, "place", "Takeo", at=2, who="bob")]
    assert disputed(rows) == ("place",)
    assert disputed([*rows, corrected(VISIT, "place", "Takeo", at=3)]) == ()
    assert disputed([row("accept"), row("reject", who="bob")]) == ("verdict",)


def test_of_joins_and_splits_of_two_records_the_last_counts():
    def pair(action, **more):
        return row(action, other=about(EVENT, RECORDS), **more)

    where = {(r.id, n): (VISIT.id, EVENT.id)[n] for r in (pair("join"), pair("split", at=1)) for n in (0, 1)}
    both = frozenset({VISIT.id, EVENT.id})
    assert ruled([pair("join")], where) == ({both}, frozenset())
    assert ruled([pair("split", at=1), pair("join")], where) == (frozenset(), {both})
    taken = row("undo", other=about(EVENT, RECORDS), undoes=pair("split", at=1).id, at=2)
    assert ruled([pair("join"), pair("split", at=1), taken], where) == ({both}, frozenset())


# Laws.

ALL = [*RECORDS, *made.interview().records]
WHY = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
VALUES = {"status": ["planned", "denied", "happened"], "date": ["2019-03", None], "place": ["Kep", None]}


@st.composite
def rows_on(draw, records=RECORDS, most=8):
    """Some rows on some records, undos among them."""
    rows: list[Correction] = []
    for n in range(draw(st.integers(0, most))):
        record = draw(st.sampled_from(records))
        at, who = draw(st.integers(0, 9)), draw(st.sampled_from(["ann", "bob"]))
        more = {"at": at, "who": who, "why": draw(st.none() | WHY)}
        action = draw(st.sampled_from(["accept", "reject", "correct", "undo"] if n else ["accept", "correct"]))
        if action == "undo":
            old = draw(st.sampled_from(rows))
            rows.append(sealed(Correction(action="undo", about=old.about, undoes=old.id, who=who, when=old.when)))
        elif action == "correct":
            field = draw(st.sampled_from([f for f in VALUES if f in said(record)]))
            rows.append(row("correct", record, field=field, value=draw(st.sampled_from(VALUES[field])), **more))
        else:
            rows.append(row(action, record, **more))
    return rows


@settings(max_examples=60, deadline=None)
@given(rows_on(ALL))
def test_a_correction_survives_json(rows):
    for one in rows:
        assert decode(encode(one)) == one
        assert encode(decode(encode(one))) == encode(one)


@settings(max_examples=60, deadline=None)
@given(rows_on(), st.randoms())
def test_any_order_of_arrival_gives_the_same_records(rows, chance):
    wanted = applied(RECORDS, rows)
    mixed = rows[:]
    chance.shuffle(mixed)
    records = list(RECORDS)
    chance.shuffle(records)
    found = {j.machine.id: j for j in applied(records, mixed)}
    assert [found[j.machine.id] for j in wanted] == list(wanted)


@settings(max_examples=60, deadline=None)
@given(rows_on(), st.sampled_from(["planned", "mentioned"]))
def test_corrections_of_records_whose_ids_have_shifted_give_what_they_gave(rows, status):
    """Coding anew with another status moves all ids; what people said of the records holds all the same."""
    later = [identified(structs.replace(r, status=status, id="")) for r in RECORDS]
    before, after = applied(RECORDS, rows), applied(later, rows)
    for one, two in zip(before, after, strict=True):
        assert two.verdict == one.verdict
        for name in {r.field for r in one.rows if r.field}:
            assert getattr(two.record, name) == getattr(one.record, name)


@settings(max_examples=40, deadline=None)
@given(rows_on())
def test_a_corrected_record_is_one_that_can_be_stored(rows):
    for found in applied(RECORDS, rows):
        line = msgspec.json.encode(found.record)
        assert msgspec.json.decode(line, type=type(found.record)) == found.record


def test_every_place_of_a_record_can_be_written_as_it_is():
    for record in ALL:
        for name, value in said(record).items():
            assert placed(record, name, msgspec.json.encode(value).decode())[1] == value
