"""The articles that the benchmark reads: news of ../shared/eval/dev where it is, else made from the samples."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bilateral.read import documents
from bilateral.text import Document, Given, Raw

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "eval" / "dev"
STATES = ("Ghana", "Nepal", "Chile", "Oman", "Latvia", "Kenya", "Peru", "Laos", "Malta", "Fiji", "Norway", "Senegal")


def news() -> tuple[str, list[str]]:
    """What is read, in words, and the texts: ordinary news where the dev sets are present, made articles otherwise."""
    texts = list(_timex()) + list(_attribution())
    if texts:
        return f"{len(texts)} news texts of the timex and attribution dev sets", texts
    made = list(islice(generated(), 267))
    return f"{len(made)} generated articles (the dev sets are not here)", made


def _timex() -> Iterator[str]:
    for path in sorted((SHARED / "timex").rglob("*.tml")):
        found = re.search(r"<TEXT>(.*?)</TEXT>", path.read_text(encoding="utf-8", errors="replace"), re.S)
        if found:
            yield html.unescape(re.sub(r"<[^>]+>", "", found.group(1))).strip()


def _attribution() -> Iterator[str]:
    for path in sorted((SHARED / "attribution" / "dev" / "text").rglob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace").strip()


def generated() -> Iterator[str]:
    """Endless articles: paragraphs of the samples in ever other order, with ever other pairs of states."""
    paragraphs = [p for path in sorted((ROOT / "samples" / "reports").glob("*.txt")) for p in _paragraphs(path)]
    n = 0
    while True:
        pair = STATES[n % len(STATES)], STATES[(n // len(STATES) + n + 1) % len(STATES)]
        chosen = [paragraphs[(n * 7 + k * 13) % len(paragraphs)] for k in range(4)]
        text = "\n\n".join(chosen).replace("Russia", pair[0]).replace("Cambodia", pair[1])
        yield f"Report {n} on {pair[0]} and {pair[1]}\n\n{text}"
        n += 1


def _paragraphs(path: Path) -> list[str]:
    body = path.read_text(encoding="utf-8").split("\n\n", 1)[1]
    return [p for p in body.split("\n\n") if len(p) > 80]


def read(texts: list[str], date: str | None = "2020-05-14") -> list[Document]:
    """Texts as documents; what is no report is left out."""
    found = []
    for n, text in enumerate(texts):
        raw = Raw(uri=f"article {n}", media_type="text/plain", data=text.encode(), given=Given(published=date))
        found += [d for d in documents(raw) if isinstance(d, Document)]
    return found


def reports(folder: Path) -> list[Document]:
    """The reports of a folder, read as a user would."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        raw = Raw(uri=path.name, media_type="text/plain", data=path.read_bytes())
        found += [d for d in documents(raw) if isinstance(d, Document)]
    return found
