"""Events: the cases of tests/cases/events.toml, triggers and their slots on kept parses, and users' triggers."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from bilateral.errors import CallError, DataError
from bilateral.evaluate.relations import relations
from bilateral.extract.events import coder, events
from bilateral.extract.events.arguments import frame
from bilateral.extract.events.deciding import decide
from bilateral.extract.events.finding import hits
from bilateral.extract.events.lexicon import FILE, lexicon
from bilateral.extract.events.view import View
from bilateral.extract.statements import statements
from bilateral.model import Actor, Event, identified
from bilateral.ontology import cameo, cameo_entry, plover
from bilateral.parse import parse
from bilateral.pipeline import voices
from bilateral.read import documents
from bilateral.resolve import resolved
from bilateral.text import Document, Given, Raw, Resolved
from tests.kept import kept

_TESTS = Path(__file__).parents[1]
_ROOT = _TESTS.parent
_SHARED = _ROOT.parent / "shared" / "eval"
_DOCS = _ROOT / "docs" / "rules" / "events.md"
_PRIVATE = ("CVL", "EDU", "BUS", "REB", "JRN")
CASES: list[dict[str, Any]] = [
    case
    for name in ("events.toml", "events_turns.toml", "events_wider.toml", "events_agency.toml")
    for case in tomllib.loads((_TESTS / "cases" / name).read_text(encoding="utf-8"))["case"]
]


@pytest.fixture(autouse=True)
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases are of the rules: the encoder, which may be trained anew, says nothing here."""
    monkeypatch.setattr(sys.modules["bilateral.extract.events.coding"], "encoder", lambda: None)


def read(text: str, published: str = "2024-06-01") -> Resolved:
    """A plain text, resolved, with the voices of its statements."""
    raw = Raw(uri="case.txt", media_type="text/plain", data=text.encode(), given=Given(published=published, lang="en"))
    document = next(d for d in documents(raw) if isinstance(d, Document))
    doc = resolved(document, parse(document))
    return structs.replace(doc, voices=voices(doc, [identified(s) for s in statements(doc)]))


def line(event: Event) -> str:
    """An event as a line of the case table: "A>B CODE.mode status (recalled)"."""
    sides = ">".join("+".join(sorted({_code(a) for a in side})) for side in (event.actors, event.recipients) if side)
    kind = f"{event.code}.{event.mode}" if event.mode else event.code
    status = "" if event.status == "happened" else f" {event.status}"
    return f"{sides} {kind}{status}{' (recalled)' if event.background else ''}"


def _code(actor: Actor) -> str:
    sector = actor.sectors[0] if actor.sectors and actor.sectors[0] in _PRIVATE else None
    return f"{actor.country}:{sector}" if sector else str(actor.country)


def _ordered(text: str) -> str:
    sides, _, rest = text.partition(" ")
    return ">".join("+".join(sorted(s.split("+"))) for s in sides.split(">")) + f" {rest}"


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[c["why"][:60] for c in CASES])
def test_the_events_of_a_text_are_these_and_no_others(case: dict[str, Any]) -> None:
    assert sorted(line(e) for e in events(read(case["text"]))) == sorted(_ordered(e) for e in case["events"])


def test_there_are_cases_enough_for_every_root() -> None:
    told = [event.split(" ")[1].split(".")[0] for case in CASES for event in case["events"]]
    assert len(CASES) >= 150
    assert set(plover().roots) == set(told)
    assert sum(not case["events"] for case in CASES) >= 10


@pytest.mark.model
def test_every_piece_of_evidence_is_in_the_text_and_two_runs_agree() -> None:
    for case in CASES[::7]:
        doc = read(case["text"])
        first, second = list(events(doc)), list(events(doc))
        assert [e.id for e in first] == [e.id for e in second]
        for event in first:
            assert {"trigger", "sentence"} <= {e.part for e in event.evidence}
            assert all(doc.text[e.start : e.end] == e.text and e.text for e in event.evidence)
            assert event.actors
            assert {r.field for r in event.reasons} & {"code"}


@pytest.mark.model
def test_codes_modes_and_contexts_are_those_of_the_ontology() -> None:
    for case in CASES:
        for event in events(read(case["text"])):
            root = plover().roots[event.code]
            assert event.mode is None or event.mode in root.modes
            assert set(event.contexts) <= set(plover().contexts)
            assert event.cameo in cameo()
            assert cameo_entry(event.cameo or "").plover == event.code


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Peru and Chile signed an agreement on mining in Geneva on Monday.", "057"),
        ("The Finnish president spoke by telephone with the president of Latvia.", "041"),
        ("Poland delivered 14 tanks to Ukraine.", "07"),
        ("Bahrain severed diplomatic relations with Iran.", "161"),
        ("Turkish warplanes bombed targets in Iraq.", "195"),
        ("Sri Lankan police arrested four Indian fishermen.", "173"),
    ],
)
def test_the_cameo_code_is_the_most_specific_that_the_words_support(text: str, code: str) -> None:
    (event,) = events(read(text))
    assert (event.cameo or "").startswith(code)


@pytest.mark.model
def test_a_headline_and_its_body_are_one_event_that_rests_on_the_body_first() -> None:
    doc = read("Oman recalls envoy from Yemen\n\nMUSCAT, May 3 - Oman recalled its ambassador from Yemen on Friday.\n")
    (event,) = (e for e in events(doc) if e.code == "SANCTION")
    sentence = event.span("sentence")
    assert sentence is not None
    assert sentence.text.startswith("Oman recalled its ambassador")


@pytest.mark.model
def test_what_headline_and_lead_tell_by_two_codes_is_one_event_with_the_code_that_says_more() -> None:
    doc = read(
        "Peru turns away Chilean envoy's complaint\n\nLIMA, May 3 - Peru summoned the Chilean ambassador on Friday.\n"
    )
    found = [e for e in events(doc) if {a.country for a in e.actors} == {"PER"}]
    assert [(e.code, e.mode) for e in found] == [("ACCUSE", "disapprove")]
    assert any(r.field == "joined" and "REJECT" in r.rule for r in found[0].reasons)
    assert sum(e.part == "sentence" for e in found[0].evidence) == 2


@pytest.mark.model
def test_a_headlines_act_stays_apart_where_others_do_it() -> None:
    doc = read("Peru rejects complaint\n\nLIMA, May 3 - Chile summoned the Peruvian ambassador on Friday.\n")
    assert "ACCUSE" in {e.code for e in events(doc) if e.actors[0].country == "CHL"}
    assert not any(r.field == "joined" for e in events(doc) for r in e.reasons)


@pytest.mark.model
def test_an_expulsion_and_a_suspended_treaty_are_two_sanctions_though_a_headline_tells_one() -> None:
    doc = read(
        "Chile expels two Peruvian diplomats\n\n"
        "SANTIAGO, May 3 - Chile expelled two Peruvian diplomats on Friday. It also suspended its treaty with Peru."
    )
    assert {e.mode for e in events(doc) if e.code == "SANCTION"} == {"expel", "discontinue"}


@pytest.mark.model
def test_a_visit_and_the_session_of_a_commission_ahead_are_two_meetings() -> None:
    doc = read(
        "A Chilean frigate will visit Peru. The Peru-Chile commission will meet for its 13th session."
    )
    assert len([e for e in events(doc) if e.code == "AGREE"]) == 2


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru cancelled a visit by Chile's foreign minister.", "cancelled"),
        ("Talks between Peru and Chile have been postponed.", "postponed"),
        ("Peru stayed away from the talks with Chile.", "happened"),
    ],
)
def test_a_meeting_that_is_called_off_says_whether_it_is_put_off(text: str, status: str) -> None:
    (event,) = events(read(text))
    assert (event.code, event.mode, event.status) == ("REJECT", "meet", status)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Saturday's exchange of fire between Peru and Chile left five dead.", "2024-06-01"),
        ("Chile suspended the 1998 treaty with Peru.", None),
        ("Norway gave back to Kenya a figure stolen in 1911.", None),
        ("Norway gave back to Kenya a figure on 3 May 2024.", "2024-05-03"),
    ],
)
def test_an_act_has_the_date_of_its_own_words_and_not_that_of_a_thing(text: str, date: str | None) -> None:
    assert [e.date for e in events(read(text))] == [date]


@pytest.mark.model
def test_a_longer_report_is_on_two_states_where_its_headline_names_just_them() -> None:
    rest = "The road is long. " * 16
    lines = "Peru's minister praised the level of relations. Chile's minister left. Peru and Chile share a bay."
    told = [e for e in events(read(f"Peru and Chile, half a century of ties\n\n{rest}{lines}")) if e.code == "SUPPORT"]
    untold = [e for e in events(read(f"A long road\n\n{rest}{lines}")) if e.code == "SUPPORT"]
    assert [(e.actors[0].country, e.recipients[0].country) for e in told] == [("PER", "CHL")]
    assert not untold or told


@pytest.mark.model
def test_a_party_that_is_not_named_is_taken_from_a_report_on_two_states_and_said_so() -> None:
    doc = read(
        "Kenya and Ethiopia hold talks\n\n"
        "The foreign ministers of Kenya and Ethiopia met on Monday. Kenya thanked Ethiopia for its help. "
        "Ethiopia praised Kenya. An agreement on the border was signed after the meeting."
    )
    signed = next(e for e in events(doc) if (t := e.span("trigger")) and t.text == "signed")
    assert {a.country for a in signed.actors} == {"KEN", "ETH"}
    assert any("not named" in r.rule for r in signed.reasons)


@pytest.mark.model
def test_nothing_is_filled_in_where_a_report_is_about_many_states() -> None:
    doc = read("Ghana, Togo, Benin, Mali and Niger met. Chad and Libya watched. An agreement on the border was signed.")
    assert not [e for e in events(doc) if e.code == "SUPPORT"]


@pytest.mark.model
def test_the_reasons_name_the_rule_and_the_place_of_each_party() -> None:
    (event,) = events(read("Peru expelled the Bolivian consul."))
    fields = {r.field: r.rule for r in event.reasons}
    assert fields["code"] == "rule: expel words: 'expelled'"
    assert fields["status"] == "rule: told as happened"
    assert fields["actors"].startswith("subject:")
    assert fields["recipients"].startswith("obj:")


# Triggers and slots on kept parses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "word", "code", "status"),
    [
        ("active", "criticised", "ACCUSE", "happened"),
        ("passive", "signed", "SUPPORT", "happened"),
        ("control_subject", "agreed", "AGREE", "happened"),
        ("control_object", "urged", "REQUEST", "happened"),
        ("obliques", "talks", "CONSULT", "happened"),
        ("indirect_object", "gave", "AID", "happened"),
        ("out_of", "pulled", "RETREAT", "happened"),
        ("negated", "sign", "SUPPORT", "denied"),
        ("headline", "place", "THREATEN", "planned"),
        ("due", "visit", "AGREE", "planned"),
        ("cancelled", "cancelled", "REJECT", "cancelled"),
        ("refused", "refused", "REJECT", "happened"),
        ("progressive", "negotiating", "AGREE", "ongoing"),
        ("going_to", "recall", "THREATEN", "planned"),
    ],
)
def test_a_trigger_gets_its_root_by_word_and_status(name: str, word: str, code: str, status: str) -> None:
    sentence = kept(name)
    view = View(sentence.parse, sentence.text)
    hit = next(h for h in hits(view, lexicon(), range(len(sentence.parse))) if h.token == sentence.at(word))
    coding = decide(view, lexicon(), hit)
    assert (coding.code, coding.status) == (code, status)


@pytest.mark.parametrize(
    ("name", "actors", "recipients"),
    [
        ("active", ["Russia"], ["Poland"]),
        ("passive", ["Laos", "Thailand"], ["treaty"]),
        ("coordination", ["Japan", "Chile", "Peru"], ["accord"]),
        ("control_object", ["Norway"], ["Mali"]),
        ("indirect_object", ["Kuwait"], ["Jordan"]),
        ("obliques", ["delegation"], ["officials"]),
    ],
)
def test_the_slots_of_a_trigger_hold_actor_and_recipient(name: str, actors: list[str], recipients: list[str]) -> None:
    sentence = kept(name)
    view = View(sentence.parse, sentence.text)
    slots = frame(view, hits(view, lexicon(), range(len(sentence.parse)))[0])
    assert sentence.words(list(slots.actors[0].tokens)) == actors
    assert sentence.words(list(next(iter(slots.recipients)).tokens)) == recipients


def test_a_clause_of_purpose_is_no_trigger() -> None:
    sentence = kept("by_noun")
    view = View(sentence.parse, sentence.text)
    found = hits(view, lexicon(), range(len(sentence.parse)))
    assert all(decide(view, lexicon(), h).status != "happened" for h in found)


# The lexicon ------------------------------------------------------------------------------------------------------


def test_the_lexicon_has_words_for_every_root() -> None:
    rows = {row for table in lexicon().rows.values() for found in table.values() for _, row in found}
    words = {word for table in lexicon().rows.values() for found in table.values() for word, _ in found}
    assert {row.code for row in rows} == set(plover().roots)
    assert len(words) >= 600


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('[[verb]]\nwords = ["hug"]\ncode = "EMBRACE"\n', "expected a PLOVER root, found 'EMBRACE'"),
        ('[[verb]]\nwords = ["hug"]\ncode = "SUPPORT"\nmode = "warm"\n', "expected a mode of SUPPORT"),
        ('[[verb]]\nwords = ["hug"]\ncode = "SUPPORT"\ncameo = "999"\n', "expected a CAMEO code, found '999'"),
        ('[[verb]]\nwords = ["hug"]\ncode = "SUPPORT"\ncontexts = ["love"]\n', "expected a PLOVER context"),
        ('[[verb]]\nwords = ["hug"]\ncode = "SUPPORT"\nneeds = ["@arms_and_legs"]\n', "'@arms_and_legs'"),
        ('[[verb]]\nwords = ["hug"]\ncode = "SUPPORT"\ncolour = "red"\n', "colour"),
        ("[[verb]]\nwords = [", "expected a TOML file of triggers"),
    ],
)
def test_a_wrong_row_is_refused_with_its_file_and_its_fault(tmp_path: Path, row: str, says: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(row, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        lexicon([file])
    assert "mine.toml" in str(caught.value)
    assert says in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.toml"):
        lexicon([tmp_path / "none.toml"])


def test_a_users_rows_come_before_those_of_the_project(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[verb]]\nwords = ["visit"]\ncode = "SUPPORT"\nto = ["obj"]\n', encoding="utf-8")
    first = lexicon([file]).rows["verb"]["visit"][0][1]
    assert first.code == "SUPPORT"
    assert lexicon().rows["verb"]["visit"][0][1].code == "CONSULT"


@pytest.mark.model
def test_the_example_of_the_docs_works(tmp_path: Path) -> None:
    page = _DOCS.read_text(encoding="utf-8")
    example = page.split("<!-- example: my-triggers.toml -->\n```toml\n")[1].split("```")[0]
    file = tmp_path / "my-triggers.toml"
    file.write_text(example, encoding="utf-8")
    doc = read("Tonga twinned two ports with ports of Fiji. Fiji bestowed a necklace on Tonga.")
    assert not list(events(doc))
    assert [line(e) for e in coder(file)(doc)] == ["FJI+TON COOPERATE", "FJI>TON SUPPORT"]


@pytest.mark.model
def test_a_long_text_that_only_touches_on_a_state_fills_in_nobody() -> None:
    home = "The Norwegian minister opened a school in the north. " * 20
    doc = read(f"Norway and Chad signed a pact. {home}Chad is far away. The minister promised to lower the tax.")
    assert [line(e) for e in events(doc)] == ["NOR+TCD SUPPORT"]


@pytest.mark.model
def test_in_a_short_text_of_two_states_the_other_one_is_meant_and_marked() -> None:
    made = list(events(read("Chad's consul in Oslo tendered an apology on Friday, and Norway thanked him.")))
    apology = next(e for e in made if e.code == "CONCEDE")
    assert [a.country for a in apology.recipients] == ["NOR"]
    assert apology.score < 0.9


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Peru asked Chile for weapons.", "1032"),
        ("Peru asked Chile to share intelligence on smugglers.", "101"),
        ("Oman turned down Yemen's call for a loan.", "1221"),
    ],
)
def test_the_words_say_whether_aid_or_cooperation_is_asked_for_or_refused(text: str, code: str) -> None:
    assert code in [e.cameo for e in events(read(text))]


@pytest.mark.model
def test_every_field_that_rules_give_is_explained() -> None:
    event = next(iter(events(read("Oman expelled two Yemeni diplomats in Muscat on 3 May 2024."))))
    assert {"code", "mode", "contexts", "cameo", "status", "date", "actors", "recipients"} <= {
        r.field for r in event.reasons
    }


@pytest.mark.model
def test_a_party_is_not_taken_from_the_name_of_a_school() -> None:
    assert not list(events(read("The Danish government pledged to mend a school named after a Swedish poet.")))


def test_every_field_of_a_row_is_explained() -> None:
    page = _DOCS.read_text(encoding="utf-8")
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FILE.parent.glob("*.toml"))]
    fields = {f for file in files for kind in ("verb", "noun", "adj") for table in file.get(kind, ()) for f in table}
    assert len(files) == 4
    assert all(f"`{field}`" in page for field in fields)


# The task relations -----------------------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize(
    ("marked", "root"),
    [
        ("<s>Oman</s> expelled two diplomats of <t>Yemen</t>.", "SANCTION"),
        ("<t>Yemen</t> was criticised by <s>Oman</s>, which also signed an accord with Qatar.", "ACCUSE"),
        ("<s>Peru</s> will send doctors to <t>Haiti</t>, which thanked Peru.", "AGREE"),
        ("<s>Mali</s> says <t>Niger</t> must release the drivers.", "REQUEST"),
        ("<s>Cuba</s> did not give aid to <t>Haiti</t>.", "REJECT"),
        ("<s>Doha</s> voices support for <t>Lima</t>", "SUPPORT"),
        ("<s>The herd</s> grazes near <t>the lake</t>.", "NONE"),
    ],
)
def test_of_several_triggers_the_one_counts_that_fits_the_pair(marked: str, root: str) -> None:
    assert relations({"row": 0, "marked_sentence": marked}, by="rules")["root"] == root


@pytest.mark.parametrize("item", [{}, {"row": 1}, {"marked_sentence": "Oman slept."}])
def test_a_relation_without_its_fields_is_refused(item: dict[str, Any]) -> None:
    with pytest.raises(CallError, match="relations"):
        relations(item)


@pytest.mark.model
@pytest.mark.shared
def test_relations_by_rules_alone_reach_sixty(tmp_path: Path) -> None:
    gold, scorer = _SHARED / "dev" / "relations" / "plv_dev.tsv", _SHARED / "score_relations.py"
    if not gold.is_file():
        pytest.skip(f"LOUD: {gold} is absent, so relations are not measured")
    inputs, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    subprocess.run([sys.executable, str(scorer), str(gold), "--inputs", str(inputs)], check=True)
    made = [relations(json.loads(row)) for row in inputs.read_text(encoding="utf-8").splitlines()]
    out.write_text("\n".join(json.dumps(m) for m in made), encoding="utf-8")
    command = [sys.executable, str(scorer), str(gold), str(out)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    score = json.loads(told.stdout)
    assert score["root_macro_f1"] >= 0.60
    assert score["quad_macro_f1"] >= 0.80
