"""Draw the first lines of a brief as docs/brief.svg: `bilateral brief RUS KHM | python tools/make_picture.py`."""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "docs" / "brief.svg"
LINES, WIDTH, HEIGHT, SIZE, LEFT, TOP = 46, 900, 19, 13, 22, 58
FONTS = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"
HEAD = "#0b5fa5"
TEXT, QUIET, PAPER, EDGE = "#1c2128", "#57606a", "#ffffff", "#d0d7de"


def drawn(lines: list[str]) -> str:
    """The lines as an SVG: headings in colour, quotations quieter; fonts of the reader's own machine."""
    height = TOP + HEIGHT * len(lines) + 14
    rows = []
    for n, line in enumerate(lines):
        is_head = n == 0 or bool(re.match(r"\d+  [A-Z]", line))
        is_quote = line.startswith("     ")
        colour = HEAD if is_head else QUIET if is_quote else TEXT
        weight = ' font-weight="bold"' if is_head else ""
        place = f'x="{LEFT}" y="{TOP + HEIGHT * n}"'
        rows.append(f'<text {place} fill="{colour}"{weight} xml:space="preserve">{escape(line)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="{FONTS}" font-size="{SIZE}">\n'
        f'<rect width="{WIDTH}" height="{height}" rx="8" fill="{PAPER}" stroke="{EDGE}"/>\n'
        f'<text x="{LEFT}" y="28" fill="{QUIET}">$ bilateral brief RUS KHM</text>\n' + "\n".join(rows) + "\n</svg>\n"
    )


def main() -> None:
    """Write the picture from standard input."""
    lines = sys.stdin.read().splitlines()[:LINES]
    OUT.write_text(drawn(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
