"""Make src/bilateral/knowledge/states.toml from the package `countryinfo` (MIT) and a list of checked corrections.

Usage: python tools/make_states.py [--check]. With --check nothing is written; exit code 1 when the file is out of date.
countryinfo gives names, ISO codes, official names and capitals; tools/states_corrections.toml adds and overrules.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CORRECTIONS = ROOT / "tools" / "states_corrections.toml"
TARGET = ROOT / "src" / "bilateral" / "knowledge" / "states.toml"
FIELDS = ("name", "alpha2", "names", "adjectives", "combining", "people", "capital", "capitals", "seats",
          "since", "until", "note")  # fmt: skip
# Of its spellings only official English names are taken; the rest is native script or codes ("IN", "NO", "Island").
OFFICIAL = re.compile(
    r"(The |the )?([A-Z][a-z'-]+ )*(Republic|Kingdom|State|Federation|Commonwealth|Principality|Sultanate|Union)"
    r"( of( the)? [A-Z][A-Za-z' -]+)?"
)
HEAD = """\
# Made by tools/make_states.py from the PyPI package countryinfo (MIT) and tools/states_corrections.toml. Do not edit:
# change the corrections and run the tool. Dates are EDTF; since and until are left out where a state's own age does
# not matter to news. Codes: ISO 3166-1 alpha-3; XKX, SUN, YUG, CSK and DDR as in docs/knowledge.md.
"""


def countries() -> dict[str, dict[str, Any]]:
    """What countryinfo says of each ISO 3166 alpha-3 code; the first file of a code wins."""
    spec = importlib.util.find_spec("countryinfo")
    if spec is None or spec.origin is None:
        sys.exit("countryinfo is not installed: pip install countryinfo")
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((Path(spec.origin).parent / "data").glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        code = entry.get("ISO", {}).get("alpha3")
        if code and code not in found:
            found[code] = entry
    return found


def people_of(adjective: str) -> list[str]:
    """The nouns of a people by rule: Cuban, Cubans; Iraqi, Iraqis; Chinese stays. Irregular ones are corrections."""
    if adjective.endswith("ese"):
        return [adjective]
    if adjective.endswith(("n", "i")):
        return [adjective, adjective + "s"]
    sys.exit(f"{CORRECTIONS.name}: no rule makes people of {adjective!r}; write `people`")


def state(given: dict[str, Any], fixed: dict[str, Any]) -> dict[str, Any]:
    """One state's entry: countryinfo's names first, then the corrections."""
    name = fixed.get("name") or given["name"]
    official = [n.strip() for n in given.get("altSpellings", ()) if OFFICIAL.fullmatch(n.strip())]
    dropped = {name, *fixed.get("drop", ())}
    names = dict.fromkeys([given.get("name", name), *official, *fixed.get("names", ())])
    adjectives = fixed["adjectives"]
    capitals = fixed["capitals"]
    entry = {
        "name": name,
        "alpha2": given.get("ISO", {}).get("alpha2"),
        "names": [n for n in names if n not in dropped],
        "adjectives": adjectives,
        "combining": fixed.get("combining"),
        "people": fixed["people"] if "people" in fixed else people_of(adjectives[0]),
        "capital": capitals[0] if capitals else None,
        "capitals": capitals[1:],
    }
    entry.update({key: fixed[key] for key in ("seats", "since", "until", "note") if key in fixed})
    return {key: entry[key] for key in FIELDS if entry.get(key)}


def toml(states: dict[str, dict[str, Any]]) -> str:
    """The entries as TOML; a JSON string is a TOML string for the characters that names have."""
    blocks = [HEAD]
    for code, entry in sorted(states.items()):
        lines = [f"[{code}]"]
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def made() -> str:
    """The whole file as it should stand."""
    given = countries()
    fixed = tomllib.loads(CORRECTIONS.read_text(encoding="utf-8"))
    return toml({code: state(given.get(code, {}), entry) for code, entry in fixed.items()})


def main() -> None:
    """Write the file, or with --check say whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file is out of date")
    check = parser.parse_args().check
    text = made()
    if not check:
        TARGET.write_text(text, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text:
        sys.exit(f"{TARGET.name} is out of date: run tools/make_states.py")


if __name__ == "__main__":
    main()
