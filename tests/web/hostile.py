"""A report and its records in which every text does its worst: scripts, handlers, overrides, null bytes, long words."""

from __future__ import annotations

from decimal import Decimal

from bilateral.model import (
    Actor,
    Agreement,
    AnyRecord,
    Batch,
    Claim,
    Derived,
    Event,
    Evidence,
    Measure,
    Problem,
    Reason,
    Role,
    Statement,
    Visit,
    identified,
)
from bilateral.text import Dated, Dateline, Document, Paragraph, Parse, document_id

SCRIPT = "<script>alert(1)</script>"
WORST = (
    SCRIPT, "</title></style></textarea><script>alert(2)</script>", '"><img src=x onerror=alert(3)>',
    "' onmouseover='alert(4)' x='", '" autofocus onfocus="alert(5)', "<svg/onload=alert(6)>", "javascript:alert(7)",
    "{{ 7 * 7 }}{% raw %}", "\u202ednammoc\u202c \u2066x\u2069", "nul\x00byte\x1b[31m",
    "&lt;script&gt;alert(8)&lt;/script&gt;",
    "<a href='https://example.test/'>", "<base href='//example.test/'>", "[<b>]", "w" * 10_000,
)  # fmt: skip
ALL = " ".join(WORST)
CODE = '"><script>alert(9)</script>'
FORMULA = "=HYPERLINK(1)"


def _actor(n: int) -> Actor:
    return Actor(country=("RUS", "KHM", CODE)[n % 3], sectors=(SCRIPT,), name=f"{ALL} {n}", role=ALL, level="FM")


def _text() -> str:
    return f"{ALL}\nBefore {ALL} after.\nSecond {ALL} end."


def document() -> Document:
    """The report: its title, uri, publisher and author are hostile as its text is."""
    text = _text()
    spans, at = [], 0
    for n, line in enumerate(text.split("\n")):
        spans.append(Paragraph(at, at + len(line), "title" if n == 0 else "body"))
        at += len(line) + 1
    return Document(
        id=document_id(text, ALL), uri=f"{FORMULA} {ALL}", text=text, title=ALL, paragraphs=tuple(spans), publisher=ALL,
        author=ALL, dateline=Dateline(0, 4, SCRIPT, "XXXX-03-06", SCRIPT), lang='en" onclick="alert(10)',
    )  # fmt: skip


def records(doc: Document) -> tuple[AnyRecord, ...]:
    """A record of each kind whose every text is hostile; their evidence overlaps."""
    body = doc.paragraphs[1]
    whole = Evidence("sentence", doc.id, body.start, body.end, doc.text[body.start : body.end])
    words = [
        Evidence(part, doc.id, body.start + a, body.start + b, doc.text[body.start + a : body.start + b])
        for part, a, b in (("trigger", 7, 20), ("actor", 10, 60), ("recipient", 15, 200), ("date", 30, 31),
                           ("value", 100, 180), ("content", 5, 400), ('x" onclick="y', 40, 90))
    ]  # fmt: skip
    common = {
        "by": ALL, "score": 0.5, "evidence": (whole, *words), "reasons": (Reason(ALL, ALL, 0.5), Reason("date", ALL)),
        "claimed_by": Claim(outlet=ALL, speaker=_actor(0)),
    }  # fmt: skip
    pair = (_actor(0),), (_actor(1),)
    made = (
        Event(**common, code="AGREE", mode=SCRIPT, cameo=SCRIPT, contexts=(SCRIPT,), actors=pair[0], recipients=pair[1],
              place=ALL, date="2019-03"),
        Event(**common, code="CONSULT", actors=(_actor(2),), recipients=pair[1], place=ALL),
        Statement(**common, speaker=_actor(0), content=ALL, mode="direct", cue=ALL, role=ALL, addressee=_actor(1)),
        Measure(**common, quantity=SCRIPT, value=Decimal(5), digits=FORMULA, unit=SCRIPT, parties=("RUS", "KHM"),
                period="2018", direction="RUS>KHM", derived=(Derived(value=Decimal(1), unit=SCRIPT, formula=ALL),)),
        Agreement(**common, type=SCRIPT, parties=("RUS", "KHM"), stage="signed", title=ALL, subjects=(SCRIPT,),
                  place=ALL, signatories=pair[0], date="2019"),
        Visit(**common, visit_kind=SCRIPT, visitors=pair[0], hosts=pair[1], place=ALL, topics=(SCRIPT,),
              start="2019-03"),
        Role(**common, person=ALL, office=ALL, country="RUS", organisation=ALL, accredited="KHM", level="AMB"),
    )  # fmt: skip
    return tuple(identified(record) for record in made)


def batch() -> Batch:
    """The report with its records, a parse that leaves its last paragraph out, and a hostile problem."""
    doc = document()
    parse = Parse(
        parser="by hand", gate=ALL[:200], parsed=tuple((p.start, p.end) for p in doc.paragraphs[:2]), start=(), end=(),
        head=(), lemma=(), pos=(), tag=(), dep=(), ent=(), sents=(),
    )  # fmt: skip
    dated = Dated(value="2019-03-06", how="inferred", stated=ALL, candidates=(SCRIPT,), reasons=(ALL,))
    problem = Problem(uri=ALL, stage=SCRIPT, message=ALL, doc=doc.id)
    return Batch(documents=(doc,), parses=(parse,), dates=(dated,), records=records(doc), problems=(problem,))
