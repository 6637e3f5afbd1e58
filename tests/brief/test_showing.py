"""A record shown beside its words: what an event counts for, and by which table of codes."""

from __future__ import annotations

from bilateral import desk
from bilateral.brief.showing import shown
from bilateral.model import Agreement, Event


def lines(answer, kind):
    reports = {r.id: r for r in answer.reports}
    record = next(r for r in answer if isinstance(r, kind))
    return record, list(shown(record, reports[record.doc], (), None))


def test_an_event_shows_its_score_and_goldstein_value_with_the_tables_they_come_from(store):
    record, told = lines(desk.ask(store, desk.question(kinds=["events"])), Event)
    (score,) = (line for line in told if "PLOVER score" in line)
    (value,) = (line for line in told if "Goldstein" in line)
    assert record.code in score
    assert score.endswith("in ontologies/plover.toml")
    assert f"CAMEO {record.cameo}" in value
    assert value.endswith("in ontologies/cameo.toml")


def test_other_records_have_no_score_of_codes(store):
    _, told = lines(desk.ask(store, desk.question(kinds=["agreements"])), Agreement)
    assert not [line for line in told if "Goldstein" in line or "PLOVER" in line]
