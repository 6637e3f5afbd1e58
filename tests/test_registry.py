"""What is registered is named, documented, has cases, and makes only what it says (docs/architecture.md)."""

from __future__ import annotations

import inspect
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from bilateral import extract, pipeline, read
from bilateral.brief import FORMS
from bilateral.errors import DataError
from bilateral.evaluate import TASKS
from bilateral.extract import EXTRACTORS, Extractor
from bilateral.gate import Setting
from bilateral.model import KINDS, Event, Record, kind_of
from bilateral.read import READERS
from bilateral.read import registry as reading
from bilateral.resolve import RESOLVERS
from bilateral.store import kinds as stored
from bilateral.text import Document, Raw

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SAMPLES = ROOT / "samples"


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "registry", [EXTRACTORS, READERS, RESOLVERS, TASKS], ids=["extract", "read", "resolve", "evaluate"]
)
def test_names_in_a_registry_are_words_and_told_apart(registry):
    names = [entry.name for entry in registry]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name == name.lower() for name in names)


# Extractors.


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda e: e.name)
def test_an_extractor_has_a_page_of_rules_and_cases(extractor):
    assert len(text(f"rules/{extractor.name}.md").splitlines()) > 10
    cases = tomllib.loads((ROOT / "tests" / "cases" / f"{extractor.name}.toml").read_text(encoding="utf-8"))
    assert sum(len(rows) for rows in cases.values() if isinstance(rows, list)) >= 5


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda e: e.name)
def test_an_extractor_says_what_it_makes_in_its_docstring(extractor):
    assert issubclass(extractor.makes, Record)
    assert extractor.version.isdigit()
    module = inspect.getmodule(extractor.extract)
    assert f"docs/rules/{extractor.name}.md" in f"{module.__doc__} {extractor.extract.__doc__}"


def test_the_statements_come_first_and_every_kind_has_one_extractor():
    assert EXTRACTORS[0].name == "statements"
    assert sorted(kind_of(e.makes) for e in EXTRACTORS) == sorted(kind_of(k) for k in KINDS)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    found = []
    for path in sorted((SAMPLES / "reports").glob("*.txt"))[:8]:
        found += read.documents(Raw(uri=path.name, media_type="text/plain", data=path.read_bytes()))
    return [d for d in found if isinstance(d, Document)]


@pytest.mark.model
def test_every_extractor_makes_only_its_kind_on_words_of_the_text_and_the_same_twice(documents):
    first, again = pipeline.batch(documents), pipeline.batch(documents)
    makes = {e.name: e.makes for e in EXTRACTORS}
    texts = {d.id: d.text for d in documents}
    assert {r.by.split("/")[0] for r in first.records} == set(makes)
    for record in first.records:
        assert type(record) is makes[record.by.split("/")[0]]
        assert record.evidence
        for e in record.evidence:
            assert texts[e.doc][e.start : e.end] == e.text
            assert e.text.strip() == e.text != ""
    assert first.records == again.records
    assert [p for p in first.problems if p.stage.startswith("extract")] == []


@pytest.mark.model
def test_every_claim_and_link_names_a_record_of_the_same_report(documents):
    records = pipeline.batch(documents).records
    homes = {r.id: r.doc for r in records}
    statements = {r.id for r in records if kind_of(r) == "statement"}
    for record in records:
        assert set(record.claimed_by.statements) <= statements
        assert all(homes[link.record] == record.doc and link.record != record.id for link in record.links)
        assert {homes[key] for key in record.claimed_by.statements} <= {record.doc}


# Entry points of other packages.


def points(monkeypatch, module, value):
    """Let a module see one entry point that loads this value."""
    point = EntryPoint(name="other", value="other:thing", group="bilateral.test")
    monkeypatch.setattr(EntryPoint, "load", lambda self: value)
    monkeypatch.setattr(module, "entry_points", lambda group: [point])
    for cached in ("extractors", "readers"):
        if hasattr(module, cached):
            getattr(module, cached).cache_clear()


@pytest.fixture
def clear():
    yield
    extract.extractors.cache_clear()
    reading.readers.cache_clear()


GOOD = Extractor("sanctions", "1", Event, lambda doc: iter(()))


def test_an_extractor_of_another_package_joins(monkeypatch, clear):
    points(monkeypatch, extract, GOOD)
    assert extract.extractors() == (*EXTRACTORS, GOOD)


@pytest.mark.parametrize(
    "wrong",
    [
        "a word",
        ("sanctions", "1", Event, print),
        GOOD._replace(extract="no function"),
        GOOD._replace(makes=Document),
        GOOD._replace(name="events"),
    ],
    ids=["word", "tuple", "no function", "no record", "name taken"],
)
def test_an_extractor_of_the_wrong_shape_is_refused_by_name(monkeypatch, clear, wrong):
    points(monkeypatch, extract, wrong)
    with pytest.raises(DataError, match=r"other|events"):
        extract.extractors()


@pytest.mark.parametrize(
    "wrong", ["a word", ("plain", (".txt",), ("text/plain",), print), ("warc", ("warc",), (), print)]
)
def test_a_reader_of_the_wrong_shape_is_refused_by_name(monkeypatch, clear, wrong):
    points(monkeypatch, reading, wrong)
    with pytest.raises(DataError, match=r"other"):
        reading.readers()


# Readers, resolvers, tasks, forms, kinds.


@pytest.mark.parametrize("reader", READERS, ids=lambda r: r.name)
def test_a_reader_is_documented_and_reads_a_sample(reader):
    assert f"| `{reader.name}` |" in text("reading.md")
    files = [p for p in SAMPLES.rglob("*") if p.suffix in reader.suffixes and p.parent.name in ("reports", "more")]
    assert files, f"no sample for {reader.name}"
    raw = Raw(
        uri=files[0].name,
        media_type=reader.media_types[0],
        data=files[0].read_bytes(),
        columns=COLUMNS.get(reader.name, {}),
    )
    made = list(read.documents(raw))
    assert any(isinstance(m, Document) for m in made)


COLUMNS = {"table": {"text": "body", "title": "headline", "published": "day", "uri": "link"}}


def test_the_date_of_the_report_is_resolved_first_and_the_dates_in_it_last():
    assert (RESOLVERS[0].name, RESOLVERS[-1].name) == ("published", "dates")


@pytest.mark.parametrize("task", TASKS, ids=lambda t: t.name)
def test_a_task_of_the_evaluation_is_documented(task):
    assert f"| `{task.name}` |" in text("evaluation.md")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_the_brief_is_documented(form):
    assert f"| `{form}` |" in text("brief.md")


@pytest.mark.parametrize("setting", Setting.__args__)
def test_a_setting_of_the_gate_is_documented(setting):
    assert f"| `{setting}` |" in text("gate.md")


def test_every_kind_of_record_has_a_table():
    assert [k.name for k in stored.KINDS] == [kind_of(k) for k in KINDS]
