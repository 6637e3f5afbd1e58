"""The registry of formats."""

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from bilateral.errors import DataError
from bilateral.model import Problem
from bilateral.read import LIMITS, READERS, Reader, documents, readers, registry
from bilateral.text import Document, Raw

ONE = b"The two envoys met in the capital on Wednesday and spoke of trade in rice and rubber."
PAGE = b"<!DOCTYPE html><html><body><p>" + ONE + b"</p></body></html>"


def test_names_suffixes_and_media_types_are_unique():
    assert len({reader.name for reader in READERS}) == len(READERS)
    for field in ("suffixes", "media_types"):
        values = [value for reader in READERS for value in getattr(reader, field)]
        assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    ("uri", "media_type", "data", "name"),
    [
        ("a.txt", "", ONE, "plain"),
        ("a.html", "", PAGE, "html"),
        ("a.jsonl", "", b"{}", "lines"),
        ("a.csv", "", b"text\n", "table"),
        ("a.TXT", "", ONE, "plain"),
        ("https://news.example/1", "text/html; charset=utf-8", ONE, "html"),
        ("a.txt", "text/plain", PAGE, "html"),
        ("a.csv", "text/plain", b"text\n", "table"),
        ("a", "", ONE, "plain"),
        ("a", "", PAGE, "html"),
        ("a", "", b"<div><p>a</p><p>b</p></div>", "html"),
        ("a", "", b' {"text": "a"}\n', "lines"),
        ("a", "", b'[{"text": "a"}]', "lines"),
        ("a", "", b"id,text,date\n1,a,b\n", "table"),
        ("a", "application/octet-stream", b"id;text\n1;a\n", "table"),
        ("a.dat", "", ONE, "plain"),
    ],
)
def test_the_format_is_told_by_media_type_suffix_and_content(uri, media_type, data, name):
    assert registry.reader_of(Raw(uri=uri, media_type=media_type, data=data)).name == name


def test_a_table_is_told_by_the_columns_that_the_caller_names():
    raw = Raw(uri="a", media_type="", data=b"words,when\na,b\n", columns={"text": "words"})

    assert registry.reader_of(raw).name == "table"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (Raw(uri="a", media_type="application/pdf", data=b""), "got 'application/pdf'"),
        (Raw(uri="a.txt", media_type="", data=b"<?xml version='1.0'?><rss></rss>"), "got XML <rss>"),
    ],
)
def test_a_format_that_none_reads_is_named(raw, words):
    (problem,) = documents(raw)

    assert isinstance(problem, Problem)
    assert words in problem.message


def point(value: object, name: str = "warc") -> EntryPoint:
    """An entry point of an installed package that holds a value."""

    class Point(EntryPoint):
        def load(self):
            if isinstance(value, ImportError):
                raise value
            return value

    return Point(name=name, value="package.module:reader", group=registry.GROUP)


@pytest.fixture
def installed(monkeypatch):
    """A function that installs readers of other packages for one test."""

    def install(*values):
        monkeypatch.setattr(registry, "entry_points", lambda group: [point(value) for value in values])
        readers.cache_clear()

    yield install
    readers.cache_clear()


def warc(raw):
    yield Document(id="1", uri=raw.uri, text="a")


def test_an_installed_reader_is_used_for_its_suffix(installed):
    installed(Reader("warc", (".warc",), ("application/warc",), warc))

    assert [doc.text for doc in documents(Raw(uri="a.warc", media_type="", data=b""))] == ["a"]
    assert [r.name for r in readers()] == ["plain", "html", "lines", "table", "warc"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (ImportError("no module"), "cannot be loaded: no module"),
        (warc, "expected a Reader(name, suffixes, media_types, read), got function"),
        (Reader("", (), (), warc), "expected a name that is an identifier, got ''"),
        (Reader("warc", ("warc",), (), warc), "expected suffixes as a tuple of words with '.', got ('warc',)"),
        (Reader("warc", (), ["a/b"], warc), "expected media_types as a tuple"),
        (Reader("warc", (), (), None), "expected a function as read, got NoneType"),
        (Reader("plain", (), (), warc), "the name 'plain' is taken"),
    ],
)
def test_an_entry_point_of_the_wrong_shape_is_named(installed, value, words):
    installed(value)

    with pytest.raises(DataError) as caught:
        readers()

    assert words in str(caught.value)
    assert "package.module:reader" in str(caught.value)


def test_what_an_installed_reader_yields_is_checked(installed):
    installed(Reader("warc", (".warc",), ("application/warc",), lambda raw: iter(["text"])))

    with pytest.raises(DataError, match="reader 'warc': expected a Document or a Problem, got str"):
        list(documents(Raw(uri="a.warc", media_type="", data=b"")))


def test_every_reader_is_documented_with_its_suffixes():
    page = (Path(__file__).parents[2] / "docs" / "reading.md").read_text("utf-8")

    for reader in READERS:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{reader.name}` |"))
        assert all(suffix in row for suffix in reader.suffixes)


def test_the_limits_that_the_documentation_states_are_those_of_the_program():
    page = (Path(__file__).parents[2] / "docs" / "reading.md").read_text("utf-8")

    assert all(f"| {limit:,} " in page for limit in (LIMITS.characters, LIMITS.page, LIMITS.file, LIMITS.quoted_lines))
    assert LIMITS.file == LIMITS.line
