"""Figures: numbers, units, bounds and changes as written, and what they are claims of.

The table of cases stands in tests/cases/measures.toml, one row a sentence or short report.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.errors import CallError, DataError
from bilateral.extract.measures import measures, quantities_in
from bilateral.extract.measures.derive import before, change_between, plain, significant
from bilateral.extract.measures.lexicon import currency, lexicon, sign_before, unit_after
from bilateral.extract.measures.numberwords import Number, decimal
from bilateral.extract.measures.numerals import numbers, tokens
from bilateral.extract.measures.periods import of_year_end, year_before
from bilateral.extract.measures.taxonomy import _entry, cue_hits, entries
from bilateral.model import Change, Measure, identified
from bilateral.text import Document, Given, Paragraph, Raw, Resolved, document_id

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "measures.toml").read_text(encoding="utf-8"))


def document(text: str, published: str | None = None) -> Document:
    return Document(
        id=document_id(text, None), uri="case", text=text, paragraphs=(Paragraph(0, len(text), "body"),),
        published=published, published_by="given" if published else None,
    )  # fmt: skip


@cache
def read(text: str, published: str | None = None) -> Resolved:
    from bilateral.parse import parse
    from bilateral.resolve import resolved

    made = document(text, published)
    return resolved(made, parse(made))


def found(text: str, published: str | None = None) -> list[Measure]:
    return list(measures(read(text, published)))


def one(text: str, published: str | None = None) -> Measure:
    records = found(text, published)
    assert len(records) == 1, records
    return records[0]


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize("case", CASES["number"], ids=lambda case: case["text"])
def test_a_number_has_the_value_it_is_written_with(case: dict[str, str]) -> None:
    text = case["text"]
    read_as = numbers(tokens(text, 0, len(text)))
    assert len(read_as) == 1
    assert read_as[0].value == Decimal(case["value"])
    assert read_as[0].high == (Decimal(case["high"]) if "high" in case else None)
    assert (read_as[0].start, read_as[0].end) == (0, len(text))


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=99))
def test_a_number_written_out_in_english_is_read_back(whole: int, cents: int) -> None:
    assert decimal(f"{whole:,}.{cents:02}") == Decimal(f"{whole}.{cents:02}")


@given(st.text(max_size=60))
def test_no_text_breaks_the_grammar_of_numbers(text: str) -> None:
    for number in numbers(tokens(text, 0, len(text))):
        assert isinstance(number, Number)
        assert 0 <= number.start < number.end <= len(text)


@pytest.mark.parametrize(
    "text", ["a third country", "the third round", "a third-party seller", "the first half", "a half-year"]
)
def test_an_ordinal_or_a_half_year_is_no_part(text: str) -> None:
    assert numbers(tokens(text, 0, len(text))) == []


def test_what_is_no_number_has_no_value() -> None:
    assert decimal("10.45.3") is None


# ------------------------------------------------------------------ units and currencies


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US$5", "USD"), ("A$5", "AUD"), ("C$5", "CAD"), ("€5", "EUR"), ("£5", "GBP"), ("¥5", "JPY"), ("RMB 5", "CNY"),
        ("USD 5", "USD"), ("HK$5", "HKD"), ("R$5", "BRL"), ("NT$5", "TWD"), ("Tk 5", "BDT"), ("Rp5", "IDR"),
    ],
)  # fmt: skip
def test_a_sign_before_a_number_names_its_currency(text: str, code: str) -> None:
    unit = sign_before(text, len(text) - 1)
    assert unit is not None
    assert unit.form.unit == code


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 yuan", "CNY"), ("5 rubles", "RUB"), ("5 roubles", "RUB"), ("5 dong", "VND"), ("5 riel", "KHR"),
        ("5 U.S. dollars", "USD"), ("5 Australian dollars", "AUD"), ("5 per cent", "percent"), ("5%", "percent"),
        ("5 percentage points", "percentage points"), ("5 sq km", "square kilometre"), ("5 mph", "mile per hour"),
        ("5 tons", "tonnes"), ("5 kroner", "krone"), ("5 pesos", "peso"),
    ],
)  # fmt: skip
def test_the_words_behind_a_number_name_its_unit(text: str, unit: str) -> None:
    behind = unit_after(text, 1, len(text))
    assert behind is not None
    assert behind.form.unit == unit


@pytest.mark.parametrize("text", ["R2 went", "N95 masks", "P5 talks", "K2 peak"])
def test_a_letter_before_a_small_number_is_no_currency(text: str) -> None:
    assert sign_before(text, 1) is None


def test_a_rupee_is_of_the_state_that_is_spoken_of() -> None:
    rupee = lexicon().words["rupees"]
    assert currency(rupee, ("CHN", "PAK"))[0] == "PKR"
    assert currency(rupee, ("NPL", "IND"))[0] == "NPR"
    code, score, reason = currency(rupee, ("USA",))
    assert (code, score) == ("INR", 0.6)
    assert "without a state" in reason


def test_a_currency_of_several_states_stays_its_word_where_none_of_them_is_named() -> None:
    assert currency(lexicon().words["pesos"], ("USA",))[0] == "peso"
    assert currency(lexicon().words["pesos"], ("MEX",))[0] == "MXN"


# ------------------------------------------------------------------ arithmetic


def test_the_value_before_a_rise_follows_with_its_operands() -> None:
    change = Change(value=Decimal("21.5"), unit="percent", direction="up", base="2017")
    derived = before(Decimal(202000000), "USD", "over", change)
    assert derived is not None
    assert (derived.value, derived.bound, derived.period) == (Decimal(166300000), "over", "2017")
    assert "202000000 / (1 + 21.5 / 100)" in derived.formula
    assert "166255144" in derived.formula


def test_the_value_before_a_fall_by_more_than_a_third_is_over() -> None:
    change = Change(value=Decimal("33.3"), unit="percent", direction="down", bound="over")
    derived = before(Decimal(1200000000), "USD", None, change)
    assert derived is not None
    assert (derived.value, derived.bound) == (Decimal(1799000000), "over")


def test_the_value_before_a_rise_by_an_amount_is_exact() -> None:
    change = Change(value=Decimal("43600000000"), unit="USD", direction="up")
    derived = before(Decimal("419200000000"), "USD", None, change)
    assert derived is not None
    assert derived.value == Decimal("375600000000")


def test_nothing_follows_from_a_direction_alone() -> None:
    assert before(Decimal(5), "USD", None, Change(direction="up")) is None


def test_a_fall_to_nothing_has_no_earlier_value() -> None:
    assert before(Decimal(5), "USD", None, Change(value=Decimal(100), unit="percent", direction="down")) is None


def test_the_change_between_two_values_is_shown_with_them() -> None:
    derived = change_between(Decimal(42700), Decimal(47600), "USD", "2022")
    assert derived is not None
    assert (derived.value, derived.unit) == (Decimal("11.5"), "percent")
    assert derived.formula.startswith("(47600 - 42700) / 42700 * 100")


@given(st.decimals(min_value=1, max_value=10**12, places=2), st.integers(min_value=1, max_value=9))
def test_rounding_keeps_the_leading_digits(value: Decimal, digits: int) -> None:
    rounded = significant(value, digits)
    assert abs(rounded - value) <= abs(value) * Decimal(10) ** (1 - digits)
    assert "E" not in str(rounded)


# ------------------------------------------------------------------ periods


@pytest.mark.parametrize(
    ("value", "earlier"),
    [
        ("2018", "2017"), ("2022-01/2022-09", "2021-01/2021-09"), ("2022-05", "2021-05"), ("2014/2019", None),
        ("2003/..", None), ("2021-12/2022-02", "2020-12/2021-02"), ("XXXX-05", None),
    ],
)  # fmt: skip
def test_the_stretch_a_year_before(value: str, earlier: str | None) -> None:
    assert year_before(value) == earlier


def test_a_december_that_ends_a_year_is_of_the_year() -> None:
    assert of_year_end("2022-12") == "2022"
    assert of_year_end("2022-06") == "2022-06"


# ------------------------------------------------------------------ the taxonomy


def test_every_quantity_has_what_the_reader_needs() -> None:
    for entry in entries():
        assert entry.name == entry.name.lower()
        assert entry.of
        assert not {"persons"} & entry.of or entry.unit in ("persons", "visas"), entry.name


def test_an_entry_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(DataError, match="known keys"):
        _entry({"name": "x", "of": ["money"], "colour": "red"})


def test_an_ignored_phrase_hides_the_cue_that_it_holds() -> None:
    assert [h.entry.name for h in cue_hits("the trade minister spoke of exports", "money")] == ["exports"]
    assert [h.entry.name for h in cue_hits("the trade deficit of two states", "money")] == ["trade_balance"]


# ------------------------------------------------------------------ whole sentences


@pytest.mark.model
@pytest.mark.parametrize("case", CASES["quantity"], ids=lambda case: case["text"][:60])
def test_every_quantity_of_a_sentence_is_found_with_unit_bound_and_role(case: dict[str, Any]) -> None:
    doc = read(case["text"])
    got = []
    for sentence in doc.parse.sentences():
        for q in quantities_in(doc.text, doc.parse, sentence):
            value = plain(q.value) + (f"-{plain(q.high)}" if q.high is not None else "")
            role = q.direction if q.role == "change" else "base" if q.role == "base" else None
            got.append(" ".join(part for part in (q.bound, value, q.unit, role) if part))
    assert got == case["found"]


def told(record: Measure) -> dict[str, Any]:
    """A measure in the words of the table of cases."""
    c = record.change
    amount = None if c is None or c.value is None else f"{plain(c.value)} {c.unit}"
    return {
        "q": record.quantity, "v": None if record.value is None else plain(record.value), "u": record.unit,
        "b": record.bound, "p": record.period, "k": record.measure_kind, "who": " ".join(sorted(record.parties)),
        "way": record.direction, "c": None if c is None else " ".join(x for x in (c.direction, amount) if x),
        "cb": c.bound if c else None, "from": c.base if c else None,
    }  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize("case", CASES["measure"], ids=lambda case: case["text"][:60])
def test_a_report_gives_the_measures_of_its_case(case: dict[str, Any]) -> None:
    got = [told(record) for record in found(case["text"], case.get("published"))]
    wanted = [{"v": None, "b": None, "p": None, "c": None, **row} for row in case["found"]]
    assert len(got) == len(wanted), got
    for have, want in zip(got, wanted, strict=True):
        asked = {key: value for key, value in want.items() if value != "any"}
        assert {key: have[key] for key in asked} == asked


@pytest.mark.model
def test_the_words_of_each_field_stand_in_the_text() -> None:
    text = "Trade between Russia and Cambodia rose 21.5% to over $202 million in 2018 as compared to the previous year."
    record = one(text)
    by_part = {e.part: e.text for e in record.evidence}
    assert by_part["value"] == "$202 million"
    assert by_part["bound"] == "over"
    assert by_part["change"] == "rose 21.5%"
    assert by_part["quantity"] == "Trade"
    assert by_part["sentence"] == text
    assert {e.text for e in record.evidence if e.part == "actor"} == {"Russia", "Cambodia"}
    assert {e.text for e in record.evidence if e.part == "period"} == {"2018", "the previous year"}
    assert all(text[e.start : e.end] == e.text for e in record.evidence)
    assert {r.field for r in record.reasons} >= {"quantity", "parties", "period", "measure_kind", "unit", "change.base"}


@pytest.mark.model
def test_the_value_of_the_year_before_is_derived_and_not_claimed() -> None:
    record = one("Trade between Russia and Cambodia rose 21.5% to over $202 million in 2018.")
    assert [(d.value, d.period, d.bound) for d in record.derived] == [(Decimal(166300000), "2017", "over")]


@pytest.mark.model
def test_a_baseline_and_its_level_show_the_change_that_follows() -> None:
    level, base = found("Trade between Japan and Laos came to $480 million in 2022, up from $400 million in 2021.")
    assert (level.measure_kind, base.measure_kind) == ("actual", "baseline")
    assert [(d.value, d.unit) for d in level.derived] == [(Decimal("20.0"), "percent")]


@pytest.mark.model
def test_a_claim_repeated_in_the_same_voice_is_one_record() -> None:
    text = "Kenya will lend Burundi $5 million. The $5 million loan of Kenya to Burundi is for roads."
    assert [(r.quantity, r.value) for r in found(text)] == [("loan", Decimal(5000000))]


@pytest.mark.model
def test_equal_values_of_one_list_are_records_of_their_own() -> None:
    text = "Japan gave Samoa grants of US$2.27 million for roads and US$2.27 million for a clinic."
    assert [r.value for r in found(text)] == [Decimal(2270000), Decimal(2270000)]


@pytest.mark.model
def test_a_headline_gives_way_to_the_body() -> None:
    title = "Kenya to lend Burundi $5 million"
    text = f"{title}\n\nKenya will lend Burundi $5 million in 2024, a minister said."
    made = Document(
        id="d", uri="u", text=text,
        paragraphs=(Paragraph(0, len(title), "title"), Paragraph(len(title) + 2, len(text), "body")),
    )  # fmt: skip
    from bilateral.parse import parse
    from bilateral.resolve import resolved

    records = list(measures(resolved(made, parse(made))))
    assert [(r.period, r.evidence[0].start > len(title)) for r in records] == [("2024", True)]


@pytest.mark.model
def test_a_part_says_what_it_is_part_of() -> None:
    text = "Trade between Chile and Japan amounted to $18 billion in 2022, of which $12 billion were Chilean exports."
    whole, part = found(text)
    assert part.quantity == "exports"
    assert any(r.field == "part_of" and "18 billion" in r.rule for r in part.reasons)
    assert not any(r.field == "part_of" for r in whole.reasons)


@pytest.mark.model
def test_a_denied_figure_is_not_told_as_a_fact() -> None:
    record = one("Mali did not receive $5 million in aid from Ghana.")
    assert record.status == "denied"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Trade between Laos and Nepal reached $5 million in 2020.", "actual", "happened"),
        ("Trade between Laos and Nepal will reach $5 million in 2030.", "forecast", "planned"),
        ("Laos and Nepal aim to raise trade to $5 million by 2030.", "target", "planned"),
        ("Nepal pledged $5 million in aid to Laos.", "commitment", "planned"),
    ],
)
def test_kind_and_status_go_together(text: str, kind: str, status: str) -> None:
    record = one(text)
    assert (record.measure_kind, record.status) == (kind, status)


@pytest.mark.model
def test_figures_of_one_state_alone_are_no_measures() -> None:
    assert found("Exports rose to $5 billion. The economy of Ghana grew 5 percent in 2019, and inflation fell.") == []


@pytest.mark.model
def test_reading_twice_gives_the_same_ids() -> None:
    text = "Trade between Russia and Cambodia rose 21.5% to over $202 million in 2018."
    first = [identified(r).id for r in found(text)]
    read.cache_clear()
    assert first == [identified(r).id for r in found(text)]
    assert all(first)


@pytest.mark.model
def test_an_empty_parse_and_a_text_without_numbers_give_nothing() -> None:
    assert found("Russia and Cambodia are friends.") == []
    doc = read("Russia and Cambodia are friends.")
    assert quantities_in(doc.text, doc.parse, range(0, 0)) == []


# ------------------------------------------------------------------ the task of the evaluation


@pytest.mark.model
def test_the_task_gives_values_units_and_bounds_in_the_words_of_the_labels() -> None:
    from bilateral.evaluate.quantities import quantities

    text = "Nearly 40 firms paid over 5 million Danish crowns, and sales fell 3% from $2 to $1.5 a share."
    item = {"i": 7, "text": text}
    assert quantities(item) == {
        "i": 7,
        "quantities": [
            {"value": 40.0, "unit": "firm", "change": "~"},
            {"value": 5000000.0, "unit": "danish krone", "change": ">"},
            {"value": 3.0, "unit": "percentage", "change": "down"},
            {"value": [2.0, 1.5], "unit": "dollar per share", "change": "="},
        ],
    }


@pytest.mark.model
def test_the_task_keeps_only_the_classes_asked_for() -> None:
    from bilateral.evaluate.quantities import quantities

    item = {"i": 1, "text": "Nearly 40 firms paid over 5 million euros, up 3%."}
    kept = quantities(item, only=("money", "percent"))["quantities"]
    assert [q["unit"] for q in kept] == ["euro", "percentage"]
    assert quantities({**item, "only": ["percent"]})["quantities"] == kept[1:]


def test_the_task_says_what_its_input_lacks() -> None:
    from bilateral.evaluate.quantities import quantities

    with pytest.raises(CallError, match="object with i and text"):
        quantities({"i": 1})


@pytest.mark.model
def test_a_headline_gives_way_to_the_exacter_kind_of_persons_below_it() -> None:
    from bilateral import pipeline
    from bilateral.read import documents

    text = (
        "Peru expels 20 Czechs as row grows\n\n"
        "LIMA, April 18 (Reuters) - Peru declared 20 employees of the Czech embassy personae non gratae on Sunday.\n\n"
        "The ministry in Lima accused Prague of meddling, and Prague denied it."
    )
    raw = Raw(uri="a", media_type="text/plain", data=text.encode(), given=Given(published="2021-04-18", lang="en"))
    records = pipeline.batch([d for d in documents(raw) if isinstance(d, Document)]).records
    told = [(r.quantity, r.value) for r in records if isinstance(r, Measure)]
    assert told == [("diplomats_expelled", Decimal(20))]
