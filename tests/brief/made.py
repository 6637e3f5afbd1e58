"""A small store made by hand: four reports on Ruritania's stand-ins, with records of every kind. No model, no rules."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bilateral.keeping import keep
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
)
from bilateral.store import Store
from bilateral.text import Dated, Dateline, Document, Paragraph, Parse, document_id

INTERVIEW = """Envoy speaks of livelier trade

Trade and talks

Trade of Russia and Cambodia went beyond $202 million in 2018, up 21.5 percent on 2017, Ambassador Ilya Morov \
told TASS in an interview.

"We want more, and our partners want more," the ambassador said. He denied that the port had been promised to \
anybody.

A delegation led by General Sok Dara of Cambodia visited Moscow in March 2019.

The ties were established in 1956, and the two now speak of a strategic partnership."""
CUSTOMS = """Trade figures differ

Trade of Russia and Cambodia came to $150 million in 2018, Cambodia's customs said.

Russia and Cambodia signed a memorandum on seed on 5 May 2019. A treaty on transit is to be signed in June 2019.

Since 2010 the two have signed 12 agreements."""
PROTEST = """Note handed over

Cambodia protested against a Russian ban on its rice on 2 December 2019. The ambassador was summoned.

A visit of Deputy Minister Pavel Lugin to Phnom Penh has been called off."""
UNDATED = """Students to go

Russia will grant 40 scholarships to Cambodian students."""

RUS, KHM = Actor(country="RUS"), Actor(country="KHM")
MOROV = Actor(country="RUS", sectors=("GOV",), name="Ilya Morov", role="Ambassador", level="AMB")
DARA = Actor(country="KHM", sectors=("MIL",), name="Sok Dara", role="General", level="MIL")
LUGIN = Actor(country="RUS", sectors=("GOV",), name="Pavel Lugin", role="Deputy Minister", level="DFM")
CUSTOMS_OFFICE = Actor(country="KHM", role="customs")


def document(text: str, uri: str, publisher: str, **more: object) -> Document:
    """A document of that text; its first paragraph is the title, short ones without a stop are headings."""
    paragraphs, at = [], 0
    for number, block in enumerate(text.split("\n\n")):
        kind = "title" if number == 0 else "heading" if not block.endswith((".", '"')) else "body"
        paragraphs.append(Paragraph(at, at + len(block), kind))
        at += len(block) + 2
    fields: dict[str, object] = {
        "id": document_id(text, publisher), "uri": uri, "text": text, "title": text.split("\n", 1)[0],
        "paragraphs": tuple(paragraphs), "publisher": publisher,
    }  # fmt: skip
    return Document(**{**fields, **more})  # type: ignore[arg-type]


def parse(doc: Document, *, without: int = 0) -> Parse:
    """A parse without grammar; the last paragraphs may be left out as a gate does."""
    kept = [(p.start, p.end) for p in doc.paragraphs if p.kind != "heading"]
    kept = kept[: len(kept) - without]
    return Parse(
        parser="by hand", gate="off", parsed=tuple(kept), start=(), end=(), head=(), lemma=(), pos=(), tag=(), dep=(),
        ent=(), sents=(),
    )  # fmt: skip


def at(doc: Document, sentence: str, **parts: str):  # type: ignore[no-untyped-def]
    """Evidence: the sentence that begins so, and the words of each part in it."""
    start = doc.text.index(sentence)
    end = min(i for i in (doc.text.find(".\n", start), doc.text.find(". ", start), len(doc.text) - 1) if i >= start) + 1
    found = [evidence(doc, "sentence", start, end)]
    for part, words in parts.items():
        where = doc.text.index(words, start)
        found.append(evidence(doc, part.rstrip("_"), where, where + len(words)))
    return tuple(found)


def _made(cls, doc, sentence, parts, **says):  # type: ignore[no-untyped-def]
    return identified(cls(by="hand/1", score=0.9, evidence=at(doc, sentence, **parts), **says))


def interview() -> Batch:
    """An interview: a figure with its change, a quotation, a denial, a visit, how old the ties are."""
    doc = document(INTERVIEW, "tass/1.txt", "TASS", dateline=Dateline(0, 4, "Phnom Penh", "XXXX-07-03", "TASS"))
    told = _made(
        Statement, doc, "Trade of Russia", {"content": "Trade of Russia and Cambodia went beyond $202 million in 2018",
        "cue": "told"}, speaker=MOROV, content="Trade of Russia and Cambodia went beyond $202 million in 2018",
        mode="indirect", cue="told", claimed_by=Claim(outlet="TASS"), reasons=(Reason("speaker", "title, name", 0.9),),
    )  # fmt: skip
    wish = _made(
        Statement, doc, '"We want more', {"content": "We want more, and our partners want more", "cue": "said"},
        speaker=MOROV, content="We want more, and our partners want more", mode="direct", cue="said",
        claimed_by=Claim(outlet="TASS"),
    )  # fmt: skip
    denial = _made(
        Statement, doc, "He denied", {"content": "the port had been promised to anybody", "cue": "denied"},
        speaker=MOROV, content="the port had been promised to anybody", mode="indirect", cue="denied",
        claimed_by=Claim(outlet="TASS"),
    )  # fmt: skip
    through = Claim(outlet="TASS", statements=(told.id,), speaker=MOROV)
    trade = _made(
        Measure, doc, "Trade of Russia", {"value": "$202 million", "quantity": "Trade"}, quantity="trade_turnover",
        value=Decimal("2.02E+8"), digits="202", unit="USD", bound="over", period="2018", parties=("RUS", "KHM"),
        change=Change(value=Decimal("21.5"), unit="percent", direction="up", base="2017"), claimed_by=through,
        derived=(Derived(value=Decimal("166255144"), unit="USD", bound="at_least", period="2017",
                         formula="202000000 / (1 + 21.5 / 100) = 166255144.03 USD"),),
        reasons=(Reason("period", "the words 'in 2018'", 0.9),),
    )  # fmt: skip
    own = Claim(outlet="TASS")
    visit = _made(
        Visit, doc, "A delegation", {"trigger": "visited", "place": "Moscow"}, visit_kind="visit", visitors=(DARA,),
        hosts=(RUS,), place="Moscow", start="2019-03", topics=("defence",), claimed_by=own,
    )  # fmt: skip
    event = _made(
        Event, doc, "A delegation", {"trigger": "visited"}, code="CONSULT", mode="visit", cameo="042", actors=(DARA,),
        recipients=(RUS,), date="2019-03", claimed_by=own, links=(Link("same_words", visit.id),),
    )  # fmt: skip
    ties = _made(
        Event, doc, "The ties were", {"trigger": "established"}, code="SUPPORT", cameo="050", actors=(RUS, KHM),
        date="1956", background=True, claimed_by=own,
    )  # fmt: skip
    role = _made(
        Role, doc, "Trade of Russia", {"office": "Ambassador", "person": "Ilya Morov"}, person="Ilya Morov",
        office="Ambassador", country="RUS", accredited="KHM", level="AMB", as_of="2019-07-03", claimed_by=own,
    )  # fmt: skip
    dated = Dated(
        value="2019-07-03", how="inferred", stated="XXXX-07-03", candidates=("2013-07-03", "2019-07-03"),
        reasons=("the dateline says 3 July without a year", "2019 is the earliest after 2018"),
    )  # fmt: skip
    return _batch(doc, dated, (told, wish, denial, trade, visit, event, ties, role), without=1)


def customs() -> Batch:
    """A figure that does not fit the other one, a memorandum signed, a treaty to be signed, a count."""
    doc = document(CUSTOMS, "wire/2.txt", "Mekong Wire", published="2019-09-10", published_by="given")
    claim = Claim(outlet="Mekong Wire")
    through = Claim(outlet="Mekong Wire", speaker=CUSTOMS_OFFICE)
    trade = _made(
        Measure, doc, "Trade of Russia", {"value": "$150 million"}, quantity="trade_turnover",
        value=Decimal("150000000"), unit="USD", period="2018", parties=("KHM", "RUS"), claimed_by=through,
    )  # fmt: skip
    signed = _made(
        Agreement, doc, "Russia and Cambodia signed", {"title": "memorandum on seed", "trigger": "signed"}, type="mou",
        parties=("RUS", "KHM"), stage="signed", title="memorandum on seed", subjects=("agriculture",),
        date="2019-05-05", claimed_by=claim,
    )  # fmt: skip
    ahead = _made(
        Agreement, doc, "A treaty on transit", {"title": "treaty on transit"}, type="treaty", parties=("RUS", "KHM"),
        stage="signed", status="planned", title="treaty on transit", date="2019-06", claimed_by=claim,
    )  # fmt: skip
    count = _made(
        Agreement, doc, "Since 2010", {"trigger": "signed"}, type="agreement", parties=("RUS", "KHM"), stage="signed",
        date="2010/..", count=12, claimed_by=claim,
    )  # fmt: skip
    figure = _made(
        Measure, doc, "Since 2010", {"value": "12"}, quantity="agreements_signed", value=Decimal(12), unit="agreements",
        period="2010/..", parties=("RUS", "KHM"), claimed_by=claim,
    )  # fmt: skip
    return _batch(doc, Dated(value="2019-09-10", how="given"), (trade, signed, ahead, count, figure))


def protest() -> Batch:
    """A protest, a summons, a visit that was called off."""
    doc = document(PROTEST, "wire/3.txt", "Mekong Wire", published="2019-12-03", published_by="given")
    claim = Claim(outlet="Mekong Wire")
    note = _made(
        Event, doc, "Cambodia protested", {"trigger": "protested"}, code="PROTEST", actors=(KHM,), recipients=(RUS,),
        date="2019-12-02", contexts=("economic",), claimed_by=claim,
    )  # fmt: skip
    summons = _made(
        Visit, doc, "The ambassador was", {"trigger": "summoned"}, visit_kind="summons", visitors=(MOROV,),
        hosts=(KHM,), claimed_by=claim,
    )  # fmt: skip
    off = _made(
        Visit, doc, "A visit of Deputy", {"trigger": "visit"}, visit_kind="visit", visitors=(LUGIN,), hosts=(KHM,),
        place="Phnom Penh", status="cancelled", claimed_by=claim,
    )  # fmt: skip
    return _batch(doc, Dated(value="2019-12-03", how="given"), (note, summons, off))


def undated() -> Batch:
    """A report without a date, on a promise."""
    doc = document(UNDATED, "wire/4.txt", "Mekong Wire")
    promise = _made(
        Measure, doc, "Russia will grant", {"value": "40"}, quantity="scholarships", value=Decimal(40), unit="places",
        direction="RUS>KHM", parties=("RUS", "KHM"), measure_kind="commitment", status="planned",
        claimed_by=Claim(outlet="Mekong Wire"),
    )  # fmt: skip
    return _batch(doc, Dated(value=None, reasons=("no date was given",)), (promise,))


def _batch(doc: Document, dated: Dated, records: tuple[AnyRecord, ...], *, without: int = 0) -> Batch:
    return Batch(documents=(doc,), parses=(parse(doc, without=without),), dates=(dated,), records=records)


def fill(path: Path) -> Path:
    """A store file with the four reports and their ledger."""
    with Store.open(path) as store:
        for batch in (interview(), customs(), protest(), undated()):
            store.write(batch)
        keep(store)
    return path
