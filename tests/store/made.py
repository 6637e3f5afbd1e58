"""Reports and records made by hand for the tests of the store and of its questions. No model, no reader, no rules."""

from __future__ import annotations

import sys
from decimal import Decimal

from bilateral.model import (
    Actor,
    Agreement,
    AnyRecord,
    Batch,
    Change,
    Claim,
    Derived,
    Event,
    Link,
    Measure,
    Reason,
    Role,
    Statement,
    Visit,
    evidence,
    identified,
)  # fmt: skip
from bilateral.text import Dated, Dateline, Document, Paragraph, Parse, document_id

LEAD = "The envoy of {a} to {b}, Ilja Moraw, came to the harbour talks in March 2019."
SAID = "Trade with {b} stood at over 5.5 million crowns, Moraw said."
SIGNED = "The two signed a fisheries accord number {n} on 5 March 2019."


def text_of(n: int, a: str = "Ruritania", b: str = "Kalivia") -> str:
    """The text of report number n."""
    return "\n".join([f"Harbour talks, day {n}", LEAD.format(a=a, b=b), SAID.format(b=b), SIGNED.format(n=n)])


def document(text: str, uri: str = "talks.txt", **more: object) -> Document:
    """A document of that text with its lines as paragraphs."""
    paragraphs, at = [], 0
    for number, line in enumerate(text.split("\n")):
        if line:
            paragraphs.append(Paragraph(at, at + len(line), "body" if number else "title"))
        at += len(line) + 1
    fields: dict[str, object] = {
        "id": document_id(text, "Kalivia Wire"), "uri": uri, "text": text, "title": text.split("\n", 1)[0],
        "paragraphs": tuple(paragraphs), "publisher": "Kalivia Wire", "author": "A. Brandt",
        "dateline": Dateline(0, 4, "Port Kal", "XXXX-03-06", "KW"),
    }  # fmt: skip
    return Document(**{**fields, **more})  # type: ignore[arg-type]


def parse(doc: Document) -> Parse:
    """A flat parse: every word hangs on the first of its text."""
    starts = [i for i, c in enumerate(doc.text) if not c.isspace() and (i == 0 or doc.text[i - 1].isspace())]
    ends = [next((j for j in range(i, len(doc.text)) if doc.text[j].isspace()), len(doc.text)) for i in starts]
    words = tuple(doc.text[i:j].lower() for i, j in zip(starts, ends, strict=True))
    same = len(starts)
    return Parse(
        parser="by hand", gate="off", parsed=((0, len(doc.text)),), start=tuple(starts), end=tuple(ends),
        head=(0,) * same, lemma=words, pos=("NOUN",) * same, tag=("NN",) * same, dep=("dep",) * same,
        ent=("",) * same, sents=(0,) if same else (),
    )  # fmt: skip


def dated(value: str | None = "2019-03-06") -> Dated:
    """A date inferred from a dateline without a year."""
    return Dated(
        value=value, how="inferred", stated="XXXX-03-06", candidates=("2013-03-06", "2019-03-06"),
        reasons=("the weekday fits",),
    )  # fmt: skip


def at(doc: Document, part: str, words: str):  # type: ignore[no-untyped-def]
    """Those words of the document as evidence."""
    start = doc.text.index(words)
    return evidence(doc, part, start, start + len(words))


def records(doc: Document, a: str = "RUS", b: str = "KHM") -> tuple[AnyRecord, ...]:
    """One record of each kind, as the lines of `text_of` give them: a is the envoy's state, b the host's."""
    lines = doc.text.split("\n")
    envoy = Actor(country=a, sectors=("GOV",), name="Ilja Moraw", role="envoy", level="AMB")
    common = {"by": "hand/1", "score": 0.9}
    said = identified(
        Statement(
            **common, speaker=envoy, content=lines[2].rsplit(",", 1)[0], mode="indirect", cue="said", date="2019-03-06",
            evidence=(at(doc, "sentence", lines[2]), at(doc, "content", lines[2].rsplit(",", 1)[0])),
            claimed_by=Claim(outlet="Kalivia Wire"), reasons=(Reason("speaker", "surname in the document", 0.9),),
        )
    )  # fmt: skip
    through = Claim(outlet="Kalivia Wire", statements=(said.id,), speaker=envoy)
    made: list[AnyRecord] = [
        Role(
            **common, person="Ilja Moraw", office="envoy", country=a, accredited=b, level="AMB", as_of="2019-03-06",
            evidence=(at(doc, "sentence", lines[1]), at(doc, "person", "Ilja Moraw")),
        ),
        Visit(
            **common, visit_kind="working_visit", visitors=(envoy,), hosts=(Actor(country=b),), start="2019-03",
            evidence=(at(doc, "sentence", lines[1]), at(doc, "trigger", "came")), topics=("fisheries",),
        ),
        said,
        Measure(
            **common, quantity="trade_turnover", value=Decimal("5500000"), digits="5.5 million", unit="XKC",
            bound="over", period="2018", parties=(a, b), direction=f"{a}>{b}", claimed_by=through,
            change=Change(value=Decimal("21.5"), unit="percent", direction="up", base="2017"),
            derived=(Derived(value=Decimal("4526748.97"), unit="XKC", formula="5.5M / 1.215"),),
            evidence=(at(doc, "sentence", lines[2]), at(doc, "value", "5.5 million")),
        ),
        Agreement(
            **common, type="agreement", parties=(a, b), stage="signed", title="fisheries accord", date="2019-03-05",
            subjects=("fisheries",), evidence=(at(doc, "sentence", lines[3]), at(doc, "trigger", "signed")),
        ),
        Event(
            **common, code="AGREE", mode="sign", cameo="057", actors=(envoy,), recipients=(Actor(country=b),),
            date="2019-03-05", contexts=("economic",), links=(Link("same_words", said.id),),
            evidence=(at(doc, "sentence", lines[3]), at(doc, "trigger", "signed")),
        ),
    ]  # fmt: skip
    return tuple(identified(record) for record in made)


def batch(*texts: str, uri: str = "talks-{n}.txt", a: str = "RUS", b: str = "KHM") -> Batch:
    """A batch of reports, each with one record of each kind; {n} in the uri is the place in the batch."""
    docs = tuple(document(text, uri.format(n=n)) for n, text in enumerate(texts))
    return of(*docs, a=a, b=b)


def of(*docs: Document, a: str = "RUS", b: str = "KHM") -> Batch:
    """A batch of these documents, each with one record of each kind."""
    return Batch(
        documents=docs, parses=tuple(map(parse, docs)), dates=tuple(dated() for _ in docs),
        records=tuple(record for doc in docs for record in records(doc, a, b)),
    )  # fmt: skip


def one(doc: Document, *made: AnyRecord, on: str | None = "2019-03-06") -> Batch:
    """A batch of one document with these records."""
    return Batch(documents=(doc,), parses=(parse(doc),), dates=(dated(on),), records=made)


def write_on(path: str, first: int, size: int) -> None:
    """Write batch after batch until killed; the ids of each are printed once it is committed."""
    from bilateral.store import Store

    with Store.open(path) as store:
        for n in range(first, first + 100_000, size):
            texts = [text_of(i) for i in range(n, n + size)]
            docs = [document(text, f"talks-{n + i}.txt") for i, text in enumerate(texts)]
            store.write(of(*docs))
            sys.stdout.write(" ".join(doc.id for doc in docs) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    write_on(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
