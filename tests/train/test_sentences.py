"""Training sentences: what a row means, and that a wrong one is named by file and line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bilateral.errors import DataError
from bilateral.ontology import plover
from bilateral.train.sentences import FOLDER, STATUSES, modes, read, roots, sentences

GOOD = ("CONSULT", "visit", "happened", "lead", "asia", "<s>Envoy Lhamo Dorje</s> called on <t>Fiji</t> this Monday.")


def written(folder: Path, *rows: tuple[str, ...] | str) -> Path:
    lines = [row if isinstance(row, str) else "\t".join(row) for row in rows]
    path = folder / "a.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def changed(**cells: str) -> tuple[str, ...]:
    names = ("root", "mode", "status", "kind", "region", "words")
    return tuple(cells.get(name, cell) for name, cell in zip(names, GOOD, strict=True))


def test_a_row_gives_labels_text_and_the_spans_of_the_pair(tmp_path):
    (row,) = read(written(tmp_path, "# a note", "", GOOD))
    assert (row.root, row.mode, row.status, row.kind, row.region) == GOOD[:5]
    assert row.text == "Envoy Lhamo Dorje called on Fiji this Monday."
    assert row.text[slice(*row.source)] == "Envoy Lhamo Dorje"
    assert row.text[slice(*row.target)] == "Fiji"
    assert row.at == "a.tsv:3"


def test_no_event_has_neither_mode_nor_status(tmp_path):
    (row,) = read(written(tmp_path, changed(root="NONE", mode="-", status="-")))
    assert (row.mode, row.status) == (None, None)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"root": "TALK"}, "root: expected one of"),
        ({"mode": "demo"}, "mode: expected"),
        ({"status": "done"}, "expected|Invalid"),
        ({"status": "-"}, "status: expected"),
        ({"root": "NONE", "mode": "-"}, "status: expected -"),
        ({"kind": "essay"}, "kind"),
        ({"region": "arctic"}, "region"),
        ({"words": "<s>Chad</s> wrote to the <t>union in a long letter"}, "closed"),
        ({"words": "<s>Chad</s> wrote to <s>Togo</s> in a long letter"}, "one <s>"),
        ({"words": "<s>Chad</s> wrote to the union in a letter"}, "one <t>"),
        ({"words": "<s>Chad</s> hails <t>Togo</t>"}, "4 to 60 words, found 3"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path, cells, words):
    with pytest.raises(DataError, match=rf"a\.tsv:2: .*(?:{words})"):
        list(read(written(tmp_path, GOOD, changed(**cells))))


def test_a_row_with_a_column_too_few_is_an_error(tmp_path):
    with pytest.raises(DataError, match=r"a\.tsv:1: expected 6 columns parted by tabs, found 5"):
        list(read(written(tmp_path, GOOD[:5])))


def test_a_folder_without_files_is_an_error(tmp_path):
    with pytest.raises(DataError, match="found none"):
        sentences(tmp_path)


def test_every_mode_class_is_a_mode_of_its_root_or_none_told():
    for name in modes():
        root, _, mode = name.partition(".")
        assert mode == "-" or mode in plover().roots[root].modes
    assert len(set(modes())) == len(modes())
    assert roots()[-1] == "NONE"


@pytest.fixture(scope="module")
def shipped():
    return sentences(FOLDER)


def test_the_set_has_five_thousand_sentences_and_enough_of_each_root(shipped):
    counts = Counter(row.root for row in shipped)
    assert len(shipped) >= 5000
    assert set(counts) == set(roots())
    assert {root: n for root, n in counts.items() if n < 250} == {}
    assert counts["NONE"] >= 1000


def test_the_set_has_every_status_and_kind_and_every_region(shipped):
    assert {row.status for row in shipped if row.status} == set(STATUSES)
    assert {row.kind for row in shipped} == {"headline", "lead", "body"}
    assert len({row.region for row in shipped}) == 7


def test_many_texts_have_more_than_one_pair_marked(shipped):
    texts = Counter(row.text for row in shipped)
    assert sum(n for n in texts.values() if n > 1) >= 0.08 * len(shipped)
