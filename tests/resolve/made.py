"""Parses made by hand: the grammar that a test needs and no model."""

from __future__ import annotations

from bilateral.text import Dated, Document, Paragraph, Parse, Resolved


def made(text: str, rows: str, *, title: str = "") -> Resolved:
    """A text with a parse written as one row a token: word, pos, tag, dep, head (index in the sentence), entity.

    The tag and the entity may be "-"; a row "|" alone ends a sentence.
    """
    columns: dict[str, list[object]] = {n: [] for n in ("start", "end", "head", "pos", "tag", "dep", "ent", "lemma")}
    sents, base, at = [0], 0, 0
    for row in rows.strip().splitlines():
        if row.strip() == "|":
            base = len(columns["start"])
            sents.append(base)
            continue
        word, pos, tag, dep, head, ent = row.split()
        start = text.index(word, at)
        at = start + len(word)
        values = (start, at, base + int(head), pos, tag, dep, ent.strip("-"), word.lower())
        for name, value in zip(columns, values, strict=True):
            columns[name].append(value)
    parse = Parse(
        parser="hand", gate="off", parsed=((0, len(text)),), sents=tuple(sents),
        **{name: tuple(column) for name, column in columns.items()},  # type: ignore[arg-type]
    )  # fmt: skip
    document = Document(id="made", uri="made", text=text, title=title or None, paragraphs=(Paragraph(0, len(text)),))
    return Resolved(document=document, parse=parse, published=Dated(value=None))
