"""Files, folders, globs and standard input as Raw."""

import io
import json
import os
import shutil
import tempfile
import tracemalloc
from pathlib import Path

import pytest

from bilateral.errors import CallError
from bilateral.model import Problem
from bilateral.read import documents, raws, sources
from bilateral.text import Document, Given, Raw

ONE = "The two envoys met in the capital on Wednesday and spoke of trade in rice and rubber."
NOBODY = 65534


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder "in" with reports of all formats, some of them in a folder inside; the current folder is above it."""
    monkeypatch.chdir(tmp_path)
    inside = tmp_path / "in" / "deep"
    inside.mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text(ONE)
    (tmp_path / "in" / "a.html").write_text(f"<html><body><p>{ONE}</p></body></html>")
    (tmp_path / "in" / ".hidden.txt").write_text(ONE)
    (inside / "c.jsonl").write_text(json.dumps({"text": ONE}))
    (inside / "d.csv").write_text(f"text\n{ONE}\n")
    (tmp_path / "in" / ".git").mkdir()
    (tmp_path / "in" / ".git" / "e.txt").write_text(ONE)
    return tmp_path / "in"


def uris(*paths: str, **options) -> list[str]:
    return [item.uri for item in raws(paths, **options)]


def messages(*paths: str) -> list[str]:
    found = list(raws(paths))
    assert all(isinstance(item, Problem) and item.stage == "read" for item in found)
    return [f"{item.uri}: {item.message}" for item in found]


def test_a_folder_is_read_whole_sorted_and_without_hidden_files(folder):
    assert uris("in") == ["in/a.html", "in/b.txt", "in/deep/c.jsonl", "in/deep/d.csv"]
    assert uris(str(folder)) == uris("in") == uris("./in/")


def test_a_file_has_the_name_it_was_given(folder):
    assert uris("in/b.txt", "./in/b.txt", str(folder / "b.txt")) == ["in/b.txt", "in/b.txt", "b.txt"]


def test_a_path_above_the_current_folder_names_no_folder_of_the_machine(folder, monkeypatch):
    monkeypatch.chdir(folder / "deep")
    assert uris("../b.txt", "..") == ["b.txt", "a.html", "b.txt", "deep/c.jsonl", "deep/d.csv"]
    assert uris(".") == ["c.jsonl", "d.csv"]


def test_a_glob_is_spread_out_in_order(folder):
    assert uris("in/*.txt", "in/**/*.csv") == ["in/b.txt", "in/deep/d.csv"]


def test_each_file_says_its_media_type_and_what_was_given(folder):
    given = Given(published="2019-07-03")
    found = list(raws(["in"], given=given, columns={"text": "text"}))

    assert [raw.media_type.partition(";")[0] for raw in found] == [
        "text/html", "text/plain", "application/jsonl", "text/csv",
    ]  # fmt: skip
    assert all(raw.given == given and raw.columns == {"text": "text"} for raw in found)
    assert all(isinstance(doc, Document) and doc.published_by == "given" for raw in found for doc in documents(raw))


def test_what_is_not_there_is_told(folder):
    assert messages("in/no.txt", "in/*.pdf") == [
        "in/no.txt: no such file or folder; expected a file, a folder, a glob or - for standard input",
        "in/*.pdf: no file matches; expected a file, a folder, a glob or - for standard input",
    ]
    (folder / "empty").mkdir()
    assert messages("in/empty") == ["in/empty: expected files in the folder, found none"]


def test_a_binary_file_is_told_by_kind_and_the_others_are_read(folder):
    (folder / "aa.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "ab").write_bytes(os.urandom(64) + bytes(range(256)) * 4)

    found = list(raws(["in"]))

    assert [type(item) for item in found] == [Raw, Problem, Problem, Raw, Raw, Raw]
    assert found[1].message == "binary: it is a PNG image; expected text, HTML, JSON Lines or CSV"
    assert found[2].message.startswith("binary: null bytes at")


def test_a_broken_link_is_told_and_a_circle_of_links_is_not_followed(folder):
    (folder / "broken.txt").symlink_to("nowhere.txt")
    (folder / "circle").symlink_to(folder)

    problems = [item for item in raws(["in"]) if isinstance(item, Problem)]

    assert [p.uri for p in problems] == ["in/broken.txt"]
    assert "No such file or directory" in problems[0].message


def test_standard_input_is_told_by_its_content():
    for text, media_type in [
        (ONE, "text/plain"), (f"<html><body><p>{ONE}</p></body></html>", "text/html"),
        (json.dumps({"text": ONE}), "application/jsonl; charset=utf-8"),
        (f"id,text\n1,{ONE}\n", "text/csv; charset=utf-8"),
    ]:  # fmt: skip
        (raw,) = raws(["-"], stdin=io.BytesIO(text.encode()))
        assert (raw.uri, raw.media_type) == ("stdin", media_type)
        assert [ONE in doc.text for doc in documents(raw)] == [True]


def test_a_pipe_is_read(tmp_path):
    reading, writing = os.pipe()
    os.write(writing, ONE.encode())
    os.close(writing)

    (raw,) = raws([f"/dev/fd/{reading}"])
    os.close(reading)

    assert raw.data == ONE.encode()


def test_a_file_name_that_is_no_utf8_can_be_stored(tmp_path):
    name = os.fsdecode(os.fsencode(str(tmp_path)) + b"/caf\xe9.txt")
    Path(name).write_text(ONE)

    (raw,) = raws([str(tmp_path)])

    assert raw.uri.endswith("caf\ufffd.txt")


@pytest.mark.parametrize("date", ["03/07/2019", "soon", "2019-13-01", ""])
def test_a_given_date_that_cannot_be_read_is_a_wrong_call(date):
    with pytest.raises(CallError, match="expected a date such as 2019-07-03"):
        raws([], given=Given(published=date))


def test_a_column_for_nothing_is_a_wrong_call():
    with pytest.raises(CallError, match=r"expected a column for one of text, title, .*, got one for 'words'"):
        raws([], columns={"words": "text"})


def test_large_tables_and_lines_are_streamed_with_flat_memory(tmp_path):
    lines, table = tmp_path / "a.jsonl", tmp_path / "b.csv"
    lines.write_bytes((json.dumps({"text": ONE * 20}).encode() + b"\n") * 12_000)
    table.write_bytes(b"id,text\n" + (b'1,"' + f"{ONE}\n".encode() * 20 + b'two"\n') * 12_000)

    tracemalloc.start()
    count = size = 0
    for raw in raws([str(lines), str(table)]):
        count, size = count + 1, size + len(raw.data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size >= lines.stat().st_size + table.stat().st_size > 40_000_000
    assert count > 35
    assert peak < 8_000_000


def test_chunks_count_their_lines(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("text,id\n" + "".join(f'"{ONE}\nPart {i}.",\n' for i in range(9)))
    monkeypatch.setattr("bilateral.read.chunks.LIMITS", sources.LIMITS._replace(chunk=300))

    found = list(raws([str(path)]))
    docs = [doc for raw in found for doc in documents(raw)]

    assert [raw.place for raw in found] == ["lines 2-7", "lines 8-13", "lines 14-19"]
    assert [doc.uri for doc in docs] == [f"a.csv#{line}" for line in range(2, 20, 2)]
    assert [doc.text.split()[-1] for doc in docs] == [f"{i}." for i in range(9)]


def test_rows_in_utf16_are_streamed_in_utf8(tmp_path):
    (tmp_path / "a.csv").write_bytes(f"text,id\n{ONE} “So it was.”,1\n".encode("utf-16"))
    (tmp_path / "b.jsonl").write_bytes(json.dumps({"text": ONE}).encode("utf-16-le"))

    docs = [doc for raw in raws([str(tmp_path)]) for doc in documents(raw)]

    assert [doc.text for doc in docs] == [f"{ONE} “So it was.”", ONE]


def test_a_json_array_is_read_as_a_whole(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"text": ONE}, {"text": f"{ONE} They parted."}], indent=1))
    (tmp_path / "b.json").write_text(json.dumps({"text": ONE}, indent=1))
    (tmp_path / "c.json").write_text(json.dumps({"text": ONE}) + "\n" + json.dumps({"text": ONE}))

    assert [sum(1 for _ in documents(raw)) for raw in raws([str(tmp_path)])] == [2, 1, 2]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "a.json", "a"])
def test_fifty_megabytes_on_one_line_are_a_quick_problem_without_much_memory(tmp_path, name):
    with (tmp_path / name).open("wb") as stream:
        stream.write(b"text," if name == "a.csv" else b'{"text": "' if "json" in name else b"The ")
        for _ in range(50):
            stream.write(b"envoy " * 170_000)

    tracemalloc.start()
    found = [made for raw in raws([str(tmp_path)]) for made in (documents(raw) if isinstance(raw, Raw) else [raw])]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [type(made) for made in found] == [Problem]
    assert "20,000,000 bytes" in found[0].message
    assert peak < 90_000_000


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="permissions are tried as another user, by root")
def test_a_folder_and_a_file_without_permission_are_problems_and_the_rest_is_read():
    top = Path(tempfile.mkdtemp())
    (top / "closed").mkdir()
    (top / "closed" / "a.txt").write_text(ONE)
    (top / "b.txt").write_text(ONE)
    (top / "c.txt").write_text(ONE)
    top.chmod(0o755)
    (top / "closed").chmod(0o700)
    (top / "b.txt").chmod(0o600)
    try:
        said = as_nobody(lambda: [f"{item.uri} {getattr(item, 'message', 'read')}" for item in raws([str(top)])])
    finally:
        shutil.rmtree(top)

    assert said == [
        f"{top.name}/b.txt expected a file that can be read: Permission denied",
        f"{top.name}/c.txt read",
        f"{top.name}/closed expected a folder that can be read: Permission denied",
    ]


def as_nobody(work) -> list[str]:
    """What a function gives when another user runs it, in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        data = stream.read()
    os.waitpid(child, 0)
    return json.loads(data)
