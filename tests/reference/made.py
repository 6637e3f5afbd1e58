"""Claims and series made by hand for the tests of checks: from the tables of tests/cases/checks.toml and from calls."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bilateral.model import Actor, Batch, Change, Claim, Evidence, Link, Measure, Reason, Report, identified
from bilateral.observations import Observation, View
from bilateral.reference.told import Figure
from bilateral.text import Dated, Document, Paragraph, Parse, document_id

FILES = Path(__file__).parent / "files"
CASES = Path(__file__).parents[1] / "cases" / "checks.toml"


def figure(**told: Any) -> Figure:
    """A claimed figure: `words` are its sentence, `named` the words of the quantity in it, `speaker` a code."""
    words = told.pop("words", "Trade between the two came to that.")
    named = told.pop("named", None)
    doc, published = told.pop("doc", "report-a"), told.pop("published", "2019-07-03")
    speaker, outlet = told.pop("speaker", None), told.pop("outlet", "Kalivia Wire")
    at = told.pop("at", 0)
    change = told.pop("change", None)
    spans = [Evidence("sentence", doc, at, at + len(words), words)]
    if named:
        start = at + words.index(named)
        spans.insert(0, Evidence("quantity", doc, start, start + len(named), named))
    part_of, whole = told.pop("part_of", None), told.pop("whole", None)
    value = told.pop("value", None)
    defaults: dict[str, Any] = {
        "quantity": "trade_turnover", "unit": "USD", "period": "2018", "parties": ("RUS", "KHM"),
        "id": f"{doc}-{told.get('quantity', 'trade_turnover')}-{told.get('period')}-{told.get('digits')}-{at}",
    }  # fmt: skip
    fields = {**defaults, **told}
    fields["parties"] = tuple(fields["parties"])
    if fields.get("period") == "":
        fields["period"] = None
    if fields.get("unit") == "":
        fields["unit"] = None
    measure = Measure(
        by="hand/1", score=1.0, evidence=tuple(spans), value=None if value is None else Decimal(str(value)),
        change=_change(change), claimed_by=Claim(outlet=outlet, speaker=_speaker(speaker)),
        links=(Link("part_of", part_of),) if part_of else (),
        reasons=(Reason("part_of", f"of which: part of {whole!r}"),) if whole else (), **fields,
    )  # fmt: skip
    return Figure(measure, report(doc, published, outlet))


def _change(told: dict[str, Any] | None) -> Change | None:
    if told is None:
        return None
    value = told.get("value")
    return Change(**{**told, "value": None if value is None else Decimal(str(value))})


def _speaker(code: str | None) -> Actor | None:
    return Actor(country=code, name="Ilja Moraw", role="envoy", level="AMB") if code else None


def report(doc: str = "report-a", published: str | None = "2019-07-03", publisher: str = "Kalivia Wire") -> Report:
    """A stored report without its text."""
    return Report(
        id=doc, uri=f"{doc}.txt", title=None, publisher=publisher, published=Dated(value=published or None),
        place=None, lang="en", author=None, characters=100, parsed=100, records=1,
    )  # fmt: skip


def observation(reporter: str, partner: str, flow: str, period: str, value: Any, **view: Any) -> Observation:
    """A value of a made view; FOB for exports and CIF for imports where nothing else is said."""
    line = view.pop("line", 2)
    defaults = {
        "source": "Made Statistics", "name": "cif" if flow == "imports" else "fob", "unit": "USD",
        "valuation": {"imports": "CIF", "exports": "FOB"}.get(flow, ""), "file": "f00d" * 16,
    }  # fmt: skip
    return Observation(
        view=View(**{**defaults, **view}), reporter=reporter, partner=partner, flow=flow, period=str(period),
        value=Decimal(str(value)), line=line,
    )  # fmt: skip


@cache
def cases() -> tuple[dict[str, Any], ...]:
    """The cases of the table; every row of a series is a list, or a name that the table `series` explains."""
    table = tomllib.loads(CASES.read_text(encoding="utf-8"), parse_float=Decimal)
    known = table["series"]
    made = []
    for case in table["case"]:
        named = [known[entry] if isinstance(entry, str) else [entry] for entry in case.get("series", ())]
        rows = [row for group in named for row in group]
        made.append({**case, "rows": rows})
    return tuple(made)


def figures(case: dict[str, Any]) -> list[Figure]:
    """The claims of a case, the one that is checked first."""
    others = [{"at": 100 * n, **other} for n, other in enumerate(case.get("others", ()), 1)]
    return [figure(**told) for told in (case["claim"], *others)]


def observations(case: dict[str, Any]) -> list[Observation]:
    """The series of a case; each row is [reporter, partner, flow, period, value, {view}]."""
    return [
        observation(*row[:5], **(row[5] if len(row) > 5 else {}), line=n) for n, row in enumerate(case["rows"], 2)
    ]  # fmt: skip


def batch(doc: str, *claims: dict[str, Any], published: str = "2019-07-03", outlet: str = "TASS") -> Batch:
    """A report whose sentences are the words of the claims, with the claims as records."""
    text = " ".join(claim["words"] for claim in claims)
    document = Document(
        id=document_id(text, outlet), uri=f"{doc}.txt", text=text, publisher=outlet, published=published,
        published_by="given", paragraphs=(Paragraph(0, len(text), "body"),),
    )  # fmt: skip
    records, at = [], 0
    for claim in claims:
        made = figure(**{"doc": document.id, "at": at, "outlet": outlet, "named": "trade", **claim, "id": ""})
        records.append(identified(made.measure))
        at += len(claim["words"]) + 1
    return Batch(
        documents=(document,), parses=(_parse(text),), dates=(Dated(value=published, how="given"),),
        records=tuple(records),
    )  # fmt: skip


def _parse(text: str) -> Parse:
    words = text.split(" ")
    starts = [sum(len(word) + 1 for word in words[:n]) for n in range(len(words))]
    same = len(words)
    return Parse(
        parser="by hand", gate="off", parsed=((0, len(text)),), start=tuple(starts),
        end=tuple(s + len(w) for s, w in zip(starts, words, strict=True)), head=(0,) * same, lemma=tuple(words),
        pos=("NOUN",) * same, tag=("NN",) * same, dep=("dep",) * same, ent=("",) * same, sents=(0,),
    )  # fmt: skip


TRADE = {
    "words": "The envoy said that trade grew by 21.5 percent to over $202 million in 2018.", "speaker": "RUS",
    "value": 202000000, "digits": "202 million", "bound": "over",
    "change": {"value": "21.5", "digits": "21.5", "unit": "percent", "direction": "up", "base": "2017"},
}  # fmt: skip
BEFORE = {
    "words": "In 2017 trade came to $166.3 million.", "period": "2017", "value": 166300000, "digits": "166.3 million"
}  # fmt: skip
OTHER = {
    "words": "Customs in Phnom Penh put trade at $129 million in 2018.", "value": 129000000, "digits": "129 million"
}  # fmt: skip
