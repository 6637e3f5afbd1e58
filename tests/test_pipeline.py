"""The stages in order: problems instead of failures, voices and claims by span, links, the same ids twice.

No model: parses are made by hand, resolving and extracting are put in.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral import pipeline
from bilateral.errors import DataError
from bilateral.extract import Extractor
from bilateral.model import (
    Actor,
    Agreement,
    Event,
    Measure,
    Problem,
    Statement,
    Visit,
    decode,
    encode,
    evidence,
)
from bilateral.text import Dated, Document, Mention, Paragraph, Parse, Resolved, document_id

spec = importlib.util.spec_from_file_location("made", Path(__file__).parent / "store" / "made.py")
made = importlib.util.module_from_spec(spec)
spec.loader.exec_module(made)

TEXT = 'Russia met Cambodia, Moraw said. "They signed a pact," he added.'
RUS, KHM = Actor(country="RUS"), Actor(country="KHM")
MORAW = Actor(country="RUS", name="Ilja Moraw")


def document(text: str = TEXT, uri: str = "a.txt") -> Document:
    return Document(
        id=document_id(text, "Wire"),
        uri=uri,
        text=text,
        paragraphs=(Paragraph(0, len(text)),),
        publisher="Wire",
        published="2019-03-06",
        published_by="given",
    )


def at(doc, part, words):
    start = doc.text.index(words)
    return evidence(doc.document if isinstance(doc, Resolved) else doc, part, start, start + len(words))


def says(doc):
    """Two statements: one of the clause, one of the quotation."""
    for words, mode in (("Russia met Cambodia", "indirect"), ("They signed a pact", "direct")):
        yield Statement(
            by="", score=1.0, speaker=MORAW, content=words, mode=mode, evidence=(at(doc, "content", words),)
        )


def meets(doc):
    yield Event(by="", score=1.0, code="CONSULT", actors=(RUS, KHM), evidence=(at(doc, "trigger", "met"),))


def visits(doc):
    yield Visit(
        by="", score=1.0, visit_kind="meeting", visitors=(RUS,), hosts=(KHM,), evidence=(at(doc, "trigger", "met"),)
    )


def signs(doc):
    yield Agreement(
        by="",
        score=1.0,
        type="agreement",
        parties=("RUS", "KHM"),
        stage="signed",
        evidence=(at(doc, "trigger", "signed"),),
    )
    yield Agreement(
        by="",
        score=0.5,
        type="agreement",
        parties=("RUS", "KHM"),
        stage="signed",
        evidence=(at(doc, "trigger", "signed"),),
    )


EXTRACTORS = (
    Extractor("statements", "7", Statement, says),
    Extractor("events", "7", Event, meets),
    Extractor("visits", "7", Visit, visits),
    Extractor("agreements", "7", Agreement, signs),
)


@pytest.fixture
def stages(monkeypatch):
    """Put extractors in; resolving gives one mention of a state, parsing a parse made by hand."""

    def put(*extractors, codes=("RUS",)):
        def resolved(doc, parse, *, overruled=None):
            mention = Mention(start=0, end=6, text=doc.text[:6], kind="country", codes=codes)
            dated = Dated(value=overruled or doc.published, how="overruled" if overruled else doc.published_by)
            return Resolved(document=doc, parse=parse, published=dated, mentions=(mention,))

        monkeypatch.setattr(pipeline, "resolved", resolved)
        monkeypatch.setattr(pipeline, "extractors", lambda: extractors or EXTRACTORS)
        monkeypatch.setattr(pipeline, "parse", lambda doc, spans=None, gate="off": parsed(doc, spans, gate))

    return put


def parsed(doc: Document, spans=None, gate="off") -> Parse:
    none: dict[str, tuple] = dict.fromkeys(("start", "end", "head", "lemma", "pos", "tag", "dep", "ent", "sents"), ())
    return Parse(parser="hand", gate=gate, parsed=tuple(spans or ()), **none)


def test_a_record_inside_a_statement_is_claimed_by_its_speaker_and_one_outside_by_the_outlet(stages):
    stages()
    records = pipeline.code(document(), parsed(document())).records
    event = next(r for r in records if isinstance(r, Event))
    statement = next(r for r in records if isinstance(r, Statement) and r.mode == "indirect")
    assert event.claimed_by.statements == (statement.id,)
    assert (event.claimed_by.speaker, event.claimed_by.outlet) == (MORAW, "Wire")
    assert statement.claimed_by.statements == ()


def test_a_statement_inside_another_is_claimed_by_a_chain_outermost_first(stages):
    def nested(doc):
        yield from says(doc)
        inner = at(doc, "content", "signed a pact")
        yield Statement(by="", score=1.0, speaker=KHM, content=inner.text, mode="indirect", evidence=(inner,))

    stages(Extractor("statements", "1", Statement, nested), EXTRACTORS[3])
    records = pipeline.code(document(), parsed(document())).records
    agreement = next(r for r in records if isinstance(r, Agreement))
    outer, inner = (
        next(r for r in records if isinstance(r, Statement) and r.content == c)
        for c in ("They signed a pact", "signed a pact")
    )
    assert agreement.claimed_by.statements == (outer.id, inner.id)
    assert agreement.claimed_by.speaker == KHM


def test_records_of_different_kinds_on_one_trigger_are_linked_both_ways(stages):
    stages()
    records = {type(r): r for r in pipeline.code(document(), parsed(document())).records}
    assert [(x.kind, x.record) for x in records[Event].links] == [("same_words", records[Visit].id)]
    assert [(x.kind, x.record) for x in records[Visit].links] == [("same_words", records[Event].id)]
    assert records[Agreement].links == ()


def test_records_are_in_text_order_each_id_once_and_signed_by_their_extractor(stages):
    stages()
    records = pipeline.code(document(), parsed(document())).records
    starts = [pipeline.anchor(r).start for r in records]
    assert starts == sorted(starts)
    assert len({r.id for r in records}) == len(records) == 5
    assert {r.by for r in records} == {"statements/7", "events/7", "visits/7", "agreements/7"}


def test_two_runs_give_the_same_records(stages):
    stages()
    assert pipeline.code(document(), parsed(document())) == pipeline.code(document(), parsed(document()))


def test_an_extractor_that_fails_keeps_what_came_before_and_the_others_go_on(stages):
    def breaking(doc):
        yield from meets(doc)
        raise ZeroDivisionError("no luck")

    stages(EXTRACTORS[0], Extractor("events", "1", Event, breaking), EXTRACTORS[3])
    coded = pipeline.code(document(), parsed(document()))
    assert {type(r) for r in coded.records} == {Statement, Event, Agreement}
    assert [(p.stage, p.message) for p in coded.problems] == [("extract events", "ZeroDivisionError: no luck")]


def test_a_record_whose_words_are_not_in_the_text_is_refused(stages):
    def inventing(doc):
        words = at(doc, "trigger", "met")
        yield Event(
            by="", score=1.0, code="AID", actors=(RUS,), evidence=(type(words)("trigger", words.doc, 0, 3, "met"),)
        )

    stages(EXTRACTORS[0], Extractor("events", "1", Event, inventing))
    coded = pipeline.code(document(), parsed(document()))
    assert {type(r) for r in coded.records} == {Statement}
    assert "is not 'met' in the text" in coded.problems[0].message


def test_a_record_without_evidence_is_refused(stages):
    stages(
        EXTRACTORS[0],
        Extractor(
            "events", "1", Event, lambda doc: iter([Event(by="", score=1.0, code="AID", actors=(RUS,), evidence=())])
        ),
    )
    assert "without evidence" in pipeline.code(document(), parsed(document())).problems[0].message


def test_a_document_that_cannot_be_resolved_keeps_its_date_and_is_told_of(stages, monkeypatch):
    stages()

    def failing(doc, parse, *, overruled=None):
        raise KeyError("lost")

    monkeypatch.setattr(pipeline, "resolved", failing)
    coded = pipeline.code(document(), parsed(document()), overruled="2020")
    assert (coded.published.value, coded.published.how, coded.records) == ("2020", "overruled", ())
    assert [p.stage for p in coded.problems] == ["resolve"]


def test_a_document_that_cannot_be_parsed_is_left_out_and_told_of(stages, monkeypatch):
    stages()

    def failing(doc, spans=None, gate="off"):
        if doc.uri == "b.txt":
            raise RecursionError("deep")
        return parsed(doc, spans, gate)

    monkeypatch.setattr(pipeline, "parse", failing)
    batch = pipeline.batch([document(), document(TEXT + " More.", "b.txt")])
    assert [d.uri for d in batch.documents] == ["a.txt"]
    assert [(p.uri, p.stage) for p in batch.problems] == [("b.txt", "parse")]
    assert len(batch.parses) == len(batch.dates) == 1


def test_what_is_stored_of_a_report_stays_where_coding_it_again_fails(stages):
    def breaking(doc):
        yield from meets(doc)
        if doc.document.uri == "b.txt":
            raise ZeroDivisionError("no luck")

    stages(EXTRACTORS[0], Extractor("events", "1", Event, breaking))
    docs = [document(), document(TEXT + " More.", "b.txt")]
    batch = pipeline.recoded([(d, parsed(d), None) for d in docs])
    assert [d.uri for d in batch.documents] == ["a.txt"]
    assert {r.doc for r in batch.records} == {docs[0].id}
    assert [(p.uri, p.stage, p.doc) for p in batch.problems] == [("b.txt", "extract events", docs[1].id)]


def test_a_broken_data_file_stops_everything_at_once(stages, monkeypatch):
    stages()

    def failing(doc, parse, *, overruled=None):
        raise DataError("words.toml: unknown field")

    monkeypatch.setattr(pipeline, "resolved", failing)
    with pytest.raises(DataError, match=r"words\.toml"):
        pipeline.batch([document()])


def test_batches_hold_at_most_so_many_documents_and_all_problems(stages):
    stages()
    items = [document(f"Russia met Cambodia, Moraw said. They signed a pact {n}", f"{n}.txt") for n in range(5)]
    items.insert(1, Problem(uri="x", stage="read", message="no"))
    items.append(Problem(uri="y", stage="read", message="no"))
    found = list(pipeline.batches(items, size=2))
    assert [len(b.documents) for b in found] == [2, 2, 1]
    assert [p.uri for b in found for p in b.problems if p.stage == "read"] == ["x", "y"]
    assert list(pipeline.batches([])) == []


@pytest.mark.parametrize(
    ("published", "codes", "stages_of"),
    [(None, ("RUS",), ["date"]), ("XXXX-07-03", ("RUS",), ["date"]), ("2019", ("RUS",), [])],
)
def test_a_report_without_a_date_is_told_of(stages, published, codes, stages_of):
    stages(EXTRACTORS[0], codes=codes)
    doc = document()
    doc = Document(id=doc.id, uri=doc.uri, text=doc.text, paragraphs=doc.paragraphs, published=published)
    assert [p.stage for p in pipeline.code(doc, parsed(doc)).problems] == stages_of


def test_a_report_without_a_state_is_told_of_but_not_one_that_the_gate_left_unparsed(stages):
    stages(Extractor("statements", "1", Statement, lambda doc: iter(())), codes=())
    nowhere, named = document("The river rose and the mill stood still."), document("Cambodia waits.")
    assert ["no state" in p.message for p in pipeline.code(nowhere, parsed(nowhere)).problems] == [True]
    assert pipeline.code(named, parsed(named)).problems == ()


def test_what_the_gate_left_out_is_parsed_later_and_the_rest_is_kept(stages, monkeypatch):
    stages(Extractor("statements", "1", Statement, lambda doc: iter(())))
    text = "Russia met Cambodia.\n\nThe river rose."
    doc = Document(
        id="d",
        uri="d",
        text=text,
        paragraphs=(Paragraph(0, 20), Paragraph(22, 37)),
        published="2019",
        published_by="given",
    )
    known = made.parse(doc)
    known = Parse(**{n: getattr(known, n) for n in known.__struct_fields__} | {"parsed": ((0, 20),), "gate": "window"})
    asked = []
    monkeypatch.setattr(
        pipeline, "parse", lambda doc, spans=None, gate="off": asked.append(spans) or parsed(doc, spans, gate)
    )
    monkeypatch.setattr("bilateral.parse.parser_name", lambda: "hand")
    batch = pipeline.completed(doc, known, gate="off")
    assert asked == [[(22, 37)]]
    assert batch.parses[0].parsed == ((0, 20), (22, 37))
    assert pipeline.completed(doc, known, gate="article").parses[0] != known


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)


@given(WORDS, WORDS, st.data())
def test_evidence_of_any_text_is_a_slice_of_it_and_records_survive_json(left, right, data):
    text = f"{left} {right}"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    doc = document(text)
    words = evidence(doc, "trigger", start, end)
    assert text[words.start : words.end] == words.text
    assert words.text == text[start:end].strip()
    if words.text:
        record = pipeline.identified(Event(by="x/1", score=0.5, code="AID", actors=(RUS,), evidence=(words,)))
        assert decode(encode(record)) == record
        assert pipeline.identified(record).id == record.id
        assert decode(encode(record)).span("trigger") == words


@given(st.decimals(allow_nan=False, allow_infinity=False), st.text(max_size=20))
def test_a_figure_survives_json_with_all_its_digits(value, unit):
    doc = document()
    record = pipeline.identified(
        Measure(by="x/1", score=0.5, quantity="loan", value=value, unit=unit, evidence=(at(doc, "value", "met"),))
    )
    again = decode(encode(record))
    assert (again.value, again.unit, again.id) == (record.value, record.unit, record.id)
