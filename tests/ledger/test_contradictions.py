"""Contradictions between reports of one thing: counts by other words, days, terms, who; and near ones that are none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import structs

from bilateral.entries import Entry, Source
from bilateral.ledger import Told, entries
from bilateral.model import Actor, Agreement, AnyRecord, Claim, Event, Measure, Visit, evidence, identified
from tests.ledger.made import A, B, document


def told(line: str, day: str, made: dict[str, Any], *, outlet: str) -> Told:
    """One record of a report of one sentence."""
    doc = document(["News", line], day, outlet)
    start = doc.text.index(line)
    fields = dict(made)
    kind = fields.pop("of")
    words = fields.pop("words")
    at = doc.text.index(words)
    parts = (evidence(doc, "trigger", at, at + len(words)), evidence(doc, "sentence", start, start + len(line)))
    record: AnyRecord = identified(
        kind(by="hand", score=0.9, evidence=parts, claimed_by=Claim(outlet=outlet), status="happened", **fields)
    )
    return Told(record=record, source=Source(id=doc.id, day=day, publisher=outlet, story=doc.id))


def figure(line: str, value: int, day: str, outlet: str, **fields: Any) -> Told:
    words = next(w for w in line.split() if w.strip(",.").replace(",", "") == str(value))
    made = {"of": Measure, "words": words, "value": Decimal(value), "parties": (A, B), "unit": "persons",
            "measure_kind": "actual", **fields}  # fmt: skip
    return told(line, day, made, outlet=outlet)


def paper(line: str, words: str, stage: str, date: str | None, day: str, outlet: str, **fields: Any) -> Told:
    made = {"of": Agreement, "words": words, "type": "agreement", "parties": (A, B), "stage": stage, "date": date,
            "subjects": ("fisheries",), "title": None, "agreement_level": "state", "count": 1, **fields}  # fmt: skip
    return told(line, day, made, outlet=outlet)


def found(*some: Told) -> list[str]:
    return sorted(c.about for e in made(*some) for c in e.contradictions)


def made(*some: Told) -> tuple[Entry, ...]:
    return entries(some, (B, A))


def test_two_counts_of_the_detained_disagree_whatever_they_are_called() -> None:
    one = figure("A patrol rounded up 23 crew on Saturday.", 23, "2024-05-13", "One", quantity="detained",
                 direction=f"{A}>{B}", period="2024-05-11")  # fmt: skip
    two = figure("The navy apprehended 17 persons on 11 May.", 17, "2024-05-15", "Two", quantity="persons",
                 direction=f"{B}>{A}", period="2024-05-11")  # fmt: skip
    assert found(one, two) == ["count"]


def test_counts_of_two_years_are_no_counts_of_one_happening() -> None:
    one = figure("Some 230 were detained in 2021.", 230, "2024-05-13", "One", quantity="detained", period="2021")
    two = figure("Some 170 were detained in 2022.", 170, "2024-05-14", "Two", quantity="detained", period="2022")
    assert found(one, two) == []


def test_the_weight_of_one_consignment_disagrees_though_its_measure_has_another_name() -> None:
    one = figure("An aeroplane carrying 38 tonnes of tents landed.", 38, "2024-05-13", "One", quantity="water_supply",
                 unit="tonnes")  # fmt: skip
    two = figure("Thanks were voiced for 52 tonnes of humanitarian cargo.", 52, "2024-05-16", "Two",
                 quantity="aid_total", unit="tonnes", period="2024-05-06/2024-05-12")  # fmt: skip
    assert found(one, two) == ["figure"]


def test_grain_sold_by_weight_is_no_consignment_of_aid() -> None:
    one = figure("Exports of wheat came to 38 tonnes.", 38, "2024-05-13", "One", quantity="exports", unit="tonnes")
    two = figure("Relief of 52 tonnes was flown in.", 52, "2024-05-14", "Two", quantity="aid_total", unit="tonnes")
    assert found(one, two) == []


def test_a_promise_of_money_for_one_thing_disagrees() -> None:
    fields = {"unit": "USD", "measure_kind": "commitment"}
    one = figure("The fund would put 400 dollars into the harbour terminal.", 400, "2024-05-01", "One",
                 quantity="joint_fund", **fields)  # fmt: skip
    two = figure("A fund pledged 250 dollars for a terminal in the harbour.", 250, "2024-05-20", "Two",
                 quantity="aid_total", **fields)  # fmt: skip
    assert found(one, two) == ["figure"]


def test_two_days_of_one_entry_into_force_are_a_contradiction_and_no_other_paper() -> None:
    one = paper("The fisheries agreement is in force.", "in force", "in_force", "2024-06-01", "2024-06-02", "One")
    two = paper("The fisheries agreement took effect.", "took effect", "in_force", "2024-07-01", "2025-01-02", "Two")
    assert len(made(one, two)) == 1
    assert found(one, two) == ["date"]


def test_an_entry_into_force_years_later_is_that_of_another_paper() -> None:
    one = paper("The fisheries agreement is in force.", "in force", "in_force", "2014-06-01", "2014-06-02", "One")
    two = paper("The fisheries agreement took effect.", "took effect", "in_force", "2024-07-01", "2025-01-02", "Two")
    assert len(made(one, two)) == 2


def test_an_agreement_that_ran_out_in_one_report_and_runs_on_in_another_is_a_contradiction() -> None:
    one = paper("The fisheries agreement came to an end.", "came", "ended", "2024-03-31", "2024-04-13", "One")
    two = paper("The fisheries agreement expires on June 30.", "expires", "ended", "2024-06-30", "2024-04-14", "Two")
    later = Told(record=identified(_planned(two.record)), source=two.source)
    assert found(one, later) == ["date"]


def test_a_denunciation_that_takes_effect_later_is_no_contradiction() -> None:
    one = paper("Oslo denounced the fisheries agreement.", "denounced", "ended", "2024-03-31", "2024-04-13", "One")
    two = paper("The fisheries agreement expires on June 30.", "expires", "ended", "2024-06-30", "2024-04-14", "Two")
    later = Told(record=identified(_planned(two.record)), source=two.source)
    assert found(one, later) == []


def test_an_agreement_without_a_name_is_the_only_one_of_the_two() -> None:
    one = paper("The fisheries agreement was signed.", "signed", "signed", "2023-03-01", "2023-03-02", "One")
    two = paper("They suspended the agreement.", "suspended", "suspended", "2024-01-05", "2024-01-06", "Two",
                subjects=("general",))  # fmt: skip
    assert len(made(one, two)) == 1


def test_an_agreement_without_a_name_is_none_of_several() -> None:
    one = paper("The fisheries agreement was signed.", "signed", "signed", "2023-03-01", "2023-03-02", "One")
    other = paper("The health agreement was signed.", "signed", "signed", "2023-04-01", "2023-04-02", "Three",
                  subjects=("health",))  # fmt: skip
    two = paper("They suspended the agreement.", "suspended", "suspended", "2024-01-05", "2024-01-06", "Two",
                subjects=("general",))  # fmt: skip
    assert len(made(one, other, two)) == 3


def shot(line: str, doer: str, victim: str, outlet: str, day: str = "2024-05-11") -> Told:
    made = {"of": Event, "words": "shot", "ontology": "plover", "code": "ASSAULT", "date": day,
            "actors": (Actor(country=doer),), "recipients": (Actor(country=victim),)}  # fmt: skip
    return told(line, "2024-05-13", made, outlet=outlet)


def test_two_doers_of_one_shooting_are_a_contradiction() -> None:
    one = shot("Skipper Osei Badu was shot near Cape Three Points by a patrol, the harbour master said.", A, B, "One")
    two = shot("Skipper Osei Badu was shot near Cape Three Points by his own crew, the harbour said.", B, A, "Two")
    assert found(one, two) == ["actor"]


def test_two_shootings_of_one_day_are_no_contradiction() -> None:
    one = shot("Skipper Osei Badu was shot near Cape Three Points by a patrol.", A, B, "One")
    two = shot("Guards shot at smugglers on the northern ridge.", B, A, "Two")
    assert found(one, two) == []


def test_a_minister_of_two_surnames_is_one_person() -> None:
    def visit(name: str, outlet: str) -> Told:
        guest = Actor(country=A, name=name, role="foreign minister", level="FM")
        made = {"of": Visit, "words": "visited", "visit_kind": "visit", "visitors": (guest,), "start": "2024-05-11",
                "hosts": (Actor(country=B),), "place": "Accra"}  # fmt: skip
        return told(f"Minister {name} visited Accra.", "2024-05-12", made, outlet=outlet)

    assert len(made(visit("Rosa Larrea Soto", "One"), visit("Rosa Larrea", "Two"))) == 1


def _planned(record: AnyRecord) -> AnyRecord:
    return structs.replace(record, status="planned")
