"""Parse the sentences of tests/parses/sentences.toml with the real model and keep the parses as JSON."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from bilateral.parse import parse
from bilateral.text import Document, Paragraph

HERE = Path(__file__).resolve().parent.parent / "tests" / "parses"


def main() -> None:
    """Write sentences.json: name → {text, parse}."""
    sentences = tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))
    kept = {}
    for name, text in sentences.items():
        document = Document(id=name, uri=name, text=text, paragraphs=(Paragraph(0, len(text), "body"),))
        kept[name] = {"text": text, "parse": parse(document)}
    (HERE / "sentences.json").write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=0) + b"\n")


if __name__ == "__main__":
    main()
