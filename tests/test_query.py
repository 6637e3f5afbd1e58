"""Questions to a store: which records belong to a dyad, a time, a claimant; search; abbreviated ids."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral import query
from bilateral.errors import CallError
from bilateral.model import Actor, Batch, Claim, Event, Problem, Question, Role, Statement, Visit, identified
from bilateral.store import Store
from bilateral.text import Dated


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("made", Path(__file__).parent / "store" / "made.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "relations.db") as store:
        yield store


@pytest.fixture
def add(store, made):
    """Store records as reports: each call one report, each record given as a class and what it says."""

    def added(*records, n=[0], on="2019-03-06", **more):  # noqa: B006
        n[0] += 1
        doc = made.document(made.text_of(n[0]), f"report-{n[0]}.txt", **more)
        words = doc.text.split()[4:]
        found = [
            identified(cls(by="hand/1", score=1.0, evidence=(made.at(doc, "trigger", words[at]),), **says))
            for at, (cls, says) in enumerate(records)
        ]
        store.write(made.one(doc, *found, on=on))
        return found if len(found) > 1 else found[0] if found else doc

    return added


def event(a, b=None, date=None, **more):
    return Event, {
        "code": "CONSULT", "actors": (Actor(country=a),), "recipients": (Actor(country=b),) if b else (), "date": date,
        **more,
    }  # fmt: skip


def statement(country, name="Ilja Moraw", **more):
    return Statement, {
        "speaker": Actor(country=country, name=name), "content": "words", "mode": "direct", "date": "2019-03-06", **more
    }  # fmt: skip


def role(country, accredited=None):
    return Role, {"person": "Ilja Moraw", "office": "envoy", "country": country, "accredited": accredited}


def ask(store, **what):
    return query.records(store, Question(**what))


def test_a_dyad_finds_what_involves_both_and_nothing_of_one_alone(store, add):
    both = add(event("RUS", "KHM"))
    add(event("RUS", "FRA"), event("KHM", "FRA"))
    add(event("KHM"))
    for dyad in (("RUS", "KHM"), ("KHM", "RUS")):
        answer = ask(store, dyad=dyad)
        assert answer.records == (both,)
        assert answer.total == 1
        assert answer.report(both).id == both.doc


def test_one_code_finds_all_that_involves_it(store, add):
    both, other = add(event("RUS", "KHM"), event("KHM"))
    add(event("RUS", "FRA"))
    assert set(ask(store, dyad=("KHM",)).records) == {both, other}
    assert ask(store, dyad=("IGO:ASEAN",)).total == 0


def test_participants_of_a_meeting_without_a_host_are_all_pairs(store, add):
    meeting = add((Event, {"code": "CONSULT", "actors": tuple(Actor(country=c) for c in ("VNM", "LAO", "KHM"))}))
    for dyad in (("VNM", "LAO"), ("KHM", "VNM"), ("LAO", "KHM")):
        assert ask(store, dyad=dyad).records == (meeting,)
    assert query.dyads(store) == [("KHM", "LAO", 1), ("KHM", "VNM", 1), ("LAO", "VNM", 1)]


def test_a_statement_by_one_side_belongs_to_the_dyad_that_its_report_is_about(store, add):
    said, office, _ = add(statement("RUS"), role("RUS"), event("RUS", "KHM"))
    add(statement("RUS"), event("RUS", "FRA"))
    add(statement("THA"), event("RUS", "LAO"))
    found = ask(store, dyad=("RUS", "KHM"), kinds=("statement", "role")).records
    assert set(found) == {said, office}
    assert ask(store, dyad=("RUS", "LAO"), kinds=("statement",)).total == 0


def test_an_ambassadors_role_makes_a_report_about_both_states(store, add):
    said, _ = add(statement("RUS"), role("RUS", "KHM"))
    assert ask(store, dyad=("RUS", "KHM"), kinds=("statement",)).records == (said,)


def test_an_event_of_one_side_does_not_join_a_dyad_by_its_report(store, add):
    add(event("RUS"), event("KHM", "FRA"))
    assert ask(store, dyad=("RUS", "KHM")).total == 0


def test_the_dyad_of_a_statement_follows_what_its_report_holds_now(store, add, made):
    said, meeting = add(statement("RUS"), event("RUS", "KHM"))
    store.replace(said.doc, dated=made.dated(), records=[said])
    assert ask(store, dyad=("RUS", "KHM")).total == 0
    store.replace(said.doc, dated=made.dated(), records=[said, meeting])
    assert ask(store, dyad=("RUS", "KHM")).total == 2


def test_agreements_measures_and_visits_involve_their_parties(store, made):
    store.write(made.batch(made.text_of(1)))
    for kind in ("agreement", "measure", "visit", "event", "role", "statement"):
        assert ask(store, dyad=("RUS", "KHM"), kinds=(kind,)).total == 1, kind


def test_what_a_newer_text_superseded_is_not_counted(store, made):
    old, new = made.document(made.text_of(1), "page.html"), made.document(made.text_of(2), "page.html")
    store.write(made.of(old))
    store.write(made.of(new))
    assert {record.doc for record in ask(store, dyad=("RUS", "KHM"))} == {new.id}
    assert [r.id for r in query.reports(store)] == [new.id]
    assert query.dyads(store) == [("KHM", "RUS", 6)]
    assert {hit.report.id for hit in query.search(store, "harbour")} == {new.id}
    assert query.counts(store)["events"] == 1
    assert {record.doc for record in ask(store, report=old.id)} == {old.id}
    both = query.reports(store, superseded=True)
    assert {r.id: r.superseded_by for r in both} == {old.id: new.id, new.id: None}


TIMES = [
    ("2019-03-05", True), ("2019-03", True), ("2019", True), ("2014/2019", True), ("2003/..", True), ("../2020", True),
    ("2019-21", True), ("201X", True), ("2019-03-31", True), ("2019-04-01", False), ("2018", False), ("2020/..", False),
    ("2019-03?", True),
]  # fmt: skip


@pytest.mark.parametrize(("date", "is_in"), TIMES)
def test_a_thing_counts_when_its_time_overlaps(store, add, date, is_in):
    add(event("RUS", "KHM", date=date))
    answer = ask(store, since="2019-03", until="2019-03")
    assert (len(answer), answer.total, answer.undated) == (is_in, is_in, ())


def test_since_and_until_take_the_whole_of_a_year(store, add):
    first, last = add(event("RUS", "KHM", "2019-01-01"), event("RUS", "KHM", "2019-12-31"))
    assert ask(store, since="2019", until="2019").records == (first, last)
    assert ask(store, since="2019-12").records == (last,)
    assert ask(store, until="2019-11").records == (first,)
    assert ask(store, since="2020").total == 0


def test_what_has_no_date_is_listed_apart_when_dates_are_asked_for(store, add):
    dated, undated, yearless = add(
        event("RUS", "KHM", "2019"), event("RUS", "KHM"), event("RUS", "KHM", "XXXX-07-03"),
    )  # fmt: skip
    answer = ask(store, since="2019")
    assert (answer.records, answer.undated, answer.total) == ((dated,), (undated, yearless), 3)
    answer = ask(store)
    assert (answer.records, answer.undated) == ((dated, undated, yearless), ())
    answer = ask(store, since="2019", limit=2)
    assert (answer.records, answer.undated, answer.total) == ((dated,), (undated,), 3)


@pytest.mark.parametrize(
    ("start", "end", "is_in"),
    [
        ("2019-03-01", "2019-03-05", True),
        ("2019-02", None, False),
        (None, "2019-03-03", True),
        ("XXXX-03", None, False),
    ],
)
def test_a_visit_lasts_from_its_start_to_its_end(store, add, start, end, is_in):
    visitors = (Actor(country="KHM"),)
    add((Visit, {"visit_kind": "visit", "visitors": visitors, "start": start, "end": end}))
    assert len(ask(store, since="2019-03-03", until="2019-03-04")) == is_in


def test_records_come_by_date_then_report_then_place_in_the_text(store, add):
    c, d = add(event("RUS", "KHM", "2019-03"), event("RUS", "KHM", "2019-03"), on="2019-03-06")
    a, e = add(event("RUS", "KHM", "2018"), event("RUS", "KHM"), on=None)
    b = add(event("RUS", "KHM", "2019-03"), on="2013-03-06")
    assert ask(store).records == (a, b, c, d, e)


def test_a_limit_shows_the_first_and_counts_all(store, add):
    found = add(*(event("RUS", "KHM", f"20{n:02}") for n in range(10)))
    answer = ask(store, limit=3)
    assert (answer.records, answer.total, len(answer.reports)) == (tuple(found[:3]), 10, 1)
    assert (len(ask(store, limit=0)), ask(store, limit=0).total) == (0, 10)
    assert len(ask(store, limit=10)) == ask(store, limit=99).total == 10


def test_types_and_statuses_and_kinds_narrow_a_question(store, made):
    store.write(made.batch(made.text_of(1)))
    types = ("AGREE", "trade_turnover", "agreement", "working_visit", "indirect", "AMB")
    for kind, name in zip(("event", "measure", "agreement", "visit", "statement", "role"), types, strict=True):
        assert ask(store, kinds=(kind,), types=(name.swapcase(),)).total == 1, kind
        assert ask(store, kinds=(kind,), types=("other",)).total == 0
    assert ask(store, types=types).total == 6
    assert ask(store, statuses=("happened",)).total == 6
    assert ask(store, statuses=("planned", "denied")).total == 0


CLAIMANTS = [
    ("kalivia wire", 2), ("Kalivia", 2), ("Wire", 0), ("Moraw", 2), ("ilja moraw", 2), ("ILJA MORÁW", 2), ("mora", 0),
    ("RUS", 2), ("khm", 0), ("Spokeswoman", 1), ("AA", 0), ("100%", 0), ("M_raw", 0),
]  # fmt: skip


@pytest.mark.parametrize(("by", "total"), CLAIMANTS)
def test_claimed_by_finds_outlets_and_speakers_and_their_states(store, add, by, total):
    outlet = Claim(outlet="Kalivia Wire")
    envoy = Claim(outlet="Other Post", statements=("s",), speaker=Actor(country="RUS", name="Ilja Moraw"))
    office = Claim(speaker=Actor(role="Foreign Ministry spokeswoman"))
    add(
        event("RUS", "KHM", claimed_by=outlet), statement("RUS", "Ilja Moraw", claimed_by=outlet),
        event("RUS", "KHM", claimed_by=envoy), event("RUS", "KHM", claimed_by=office),
    )  # fmt: skip
    assert ask(store, claimed_by=by).total == total


WRONG = [
    ({"dyad": ("RUS", "KHM", "FRA")}, "expected one or two codes, got 3"),
    ({"kinds": ("events",)}, "unknown kind 'events': expected one of event, statement"),
    ({"statuses": ("done",)}, "unknown status 'done': expected one of happened"),
    ({"since": "XXXX-07"}, "since 'XXXX-07' is no date"),
    ({"until": "yesterday"}, "until 'yesterday' is no date"),
    ({"since": "2020", "until": "2019"}, "since 2020 lies after until 2019"),
    ({"limit": -1}, "limit of 0 or more"),
    ({"claimed_by": "..."}, "expected the name of an outlet"),
    ({"report": "ffff"}, "no report 'ffff'"),
]


@pytest.mark.parametrize(("what", "message"), WRONG)
def test_what_cannot_be_asked_is_a_wrong_call(store, what, message):
    with pytest.raises(CallError, match=message):
        ask(store, **what)


def test_a_record_is_found_by_the_beginning_of_its_id(store, add):
    found = add(*(event("RUS", "KHM", f"{1000 + n}") for n in range(30)))
    for record in found:
        assert query.record(store, record.id[:12]) == (record, query.report(store, record.doc))
        assert query.record(store, record.id.upper())[0] == record


def test_an_id_that_is_short_or_unknown_or_of_several_is_a_wrong_call(store, made, tmp_path):
    doc = made.document(made.text_of(1))
    role = made.records(doc)[0]
    twins = [msgspec.structs.replace(role, id=f"abcd{n:012x}") for n in range(9)]
    store.write(made.one(doc, *twins, msgspec.structs.replace(role, id="abcd")))
    with pytest.raises(CallError, match="record 'abc' is too short: expected an id or at least its first 4 letters"):
        query.record(store, "abc")
    with pytest.raises(CallError, match=r"record 'abcd0' is ambiguous: abcd000000000000, .* and more"):
        query.record(store, "abcd0")
    with pytest.raises(CallError, match="no record 'ffff' in the store"):
        query.record(store, "ffff")
    assert query.record(store, "abcd")[0].id == "abcd"


def test_a_report_is_found_by_uri_or_id_or_its_beginning(store, made):
    old, new = made.document(made.text_of(1), "page.html"), made.document(made.text_of(2), "page.html")
    store.write(made.of(old))
    store.write(made.of(new))
    assert query.report(store, "page.html").id == new.id
    for doc in (old, new):
        assert query.report(store, doc.id[:8]).id == query.report(store, doc.id).id == doc.id
    for wrong in ("-", "", "page", "caf\udce9.txt"):
        with pytest.raises(CallError):
            query.report(store, wrong)


def test_a_report_shows_where_it_comes_from_and_what_was_made_of_it(store, made):
    doc = made.document(made.text_of(1), "page.html")
    store.write(made.of(doc))
    report = query.report(store, doc.id)
    assert msgspec.structs.asdict(report) == {
        "id": doc.id, "uri": "page.html", "title": "Harbour talks, day 1", "publisher": "Kalivia Wire",
        "published": made.dated(), "place": "Port Kal", "lang": "en", "author": "A. Brandt",
        "characters": len(doc.text), "parsed": len(doc.text), "records": 6, "superseded_by": None,
    }  # fmt: skip


def test_a_persons_date_is_the_date_of_a_report_with_the_inferred_one_beside_it(store, made):
    doc, later = made.document(made.text_of(1), "a.txt"), made.document(made.text_of(2), "b.txt")
    store.write(made.of(doc, later))
    store.overrule(later.id, "2013-03")
    published = query.report(store, later.id).published
    assert published == Dated(
        value="2013-03", how="overruled", stated="XXXX-03-06", candidates=("2019-03-06", "2013-03-06"),
        reasons=("the weekday fits",),
    )  # fmt: skip
    assert [r.id for r in query.reports(store)] == [later.id, doc.id]
    chosen = Dated(value="2013-03", how="overruled", reasons=("a person said so",))
    store.replace(later.id, dated=chosen, records=())
    assert query.report(store, later.id).published == chosen


def test_reports_come_oldest_first_and_can_be_those_about_a_dyad(store, add):
    add(event("RUS", "KHM"), on="2019")
    add(event("FRA", "KHM"), on=None)
    add(event("RUS", "KHM"), on="2013")
    assert [r.published.value for r in query.reports(store)] == ["2013", "2019", None]
    assert [r.published.value for r in query.reports(store, dyad=("RUS", "KHM"))] == ["2013", "2019"]
    assert len(query.reports(store, dyad=("KHM",))) == 3


def test_an_answer_carries_the_reports_it_rests_on(store, made):
    store.write(made.batch(*(made.text_of(n) for n in range(700))))
    answer = ask(store, kinds=("event",))
    assert len(answer.reports) == len({r.doc for r in answer}) == 700
    assert all(answer.report(record).id == record.doc for record in answer.records[:20])


def test_search_finds_reports_and_records_by_words_in_other_forms(store, made):
    store.write(made.batch(made.text_of(1)))
    hits = query.search(store, "signing fisheries accords")
    assert {type(hit.record).__name__ for hit in hits} == {"NoneType", "Agreement", "Event"}
    assert all("[signed]" in hit.snippet and "[fisheries]" in hit.snippet for hit in hits)
    assert query.search(store, "fisheries whaling") == []


def test_search_takes_phrases_and_beginnings_and_no_accents(store, made):
    store.write(made.batch(made.text_of(1)))
    assert query.search(store, '"harbour talks"')
    assert not query.search(store, '"talks harbour"')
    assert query.search(store, "fish*")
    assert not query.search(store, "fish")
    assert query.search(store, "MÓRAW")


def test_search_is_limited_and_ranks_the_closest_first(store, made):
    texts = [made.text_of(n) for n in range(20)] + ["Whaling. Whaling talks on whaling.\nA line.\nB, so.\nThey signed."]
    docs = [made.document(text, f"{n}.txt") for n, text in enumerate(texts)]
    store.write(msgspec.structs.replace(made.of(*docs[:-1]), records=()))
    store.write(made.one(docs[-1]))
    assert len(query.search(store, "talks", limit=5)) == 5
    assert query.search(store, "talks", limit=1)[0].report.id == docs[-1].id
    assert query.search(store, "talks", limit=0) == []


def test_words_that_are_not_there_any_more_are_not_found(store, made):
    doc = made.document(made.text_of(1))
    store.write(made.of(doc))
    store.forget(doc.id)
    assert query.search(store, "harbour") == []


def test_of_much_that_holds_the_words_the_last_that_came_is_weighed(store, made):
    for n in range(6):
        store.write(made.batch(made.text_of(n), uri=f"weighed-{n}-{{n}}.txt"))
    every = query.search(store, "harbour", limit=100)
    some = query.search(store, "harbour", limit=100, weighed=2)
    assert len(some) == 4  # two reports and two records
    assert len(every) > 4
    assert {hit.report.id for hit in some} <= {hit.report.id for hit in every}


def test_no_words_break_a_search(tmp_path_factory, made):
    with Store.open(tmp_path_factory.mktemp("search") / "relations.db") as store:
        store.write(made.batch(made.text_of(1)))
        hard = ['"', '""', '"a', "NEAR(a b)", "title:x", "a AND", "^a", "-a", "a*b", "*", "{", "a OR b", "(", "'", "\\",
                "\x00", "a\x00b", "text : -x", "--", "…", "日本", "\udce9", "* *", '"*', 'x"*y']  # fmt: skip

        @settings(max_examples=200, deadline=None)
        @given(st.one_of(st.text(max_size=20), st.sampled_from(hard), st.text('"*() ^-:+ANDORNOTEr\'', max_size=12)))
        def survives(words):
            assert isinstance(query.search(store, words), list)

        survives()
        for words in hard:
            query.search(store, words)
        assert query.search(store, "harbour (talks)")


def test_problems_are_listed_by_input(store):
    found = [Problem(uri=uri, stage="read", message="its bytes are no text") for uri in ("b.txt", "a.txt")]
    store.write(Batch(problems=tuple(found)))
    assert query.problems(store) == found[::-1]
    assert query.counts(store)["problems"] == 2
