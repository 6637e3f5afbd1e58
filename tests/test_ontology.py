"""Codes of PLOVER and CAMEO, the way between them, subjects and contexts in words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bilateral import ontology
from bilateral.errors import DataError

SHARED = Path(__file__).resolve().parents[2] / "shared" / "domain"
ROOTS = [
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


def shared_rows(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the reference file {name} is not beside the checkout: the comparison with it was NOT made")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_all_files_hang_together() -> None:
    ontology.validate()


def test_plover_has_its_sixteen_roots_and_37_contexts() -> None:
    assert list(ontology.plover().roots) == ROOTS
    assert len(ontology.plover().contexts) == 37


def test_every_code_has_a_definition_and_a_score_within_bounds() -> None:
    for root in ontology.plover().roots.values():
        assert root.definition
        for mode in (None, *root.modes):
            score = ontology.score(root.code, mode)
            assert score is not None
            assert -10 <= score <= 10


@pytest.mark.parametrize(
    ("code", "mode", "score"),
    [
        ("CONSULT", "visit", 4), ("CONSULT", None, 2.5), ("ACCUSE", None, -3), ("PROTEST", "vandalize", -5),
        ("AID", None, 10),
        ("ASSAULT", "unconventional", -10), ("NOTHING", None, None),
    ],
)  # fmt: skip
def test_a_mode_has_its_own_score_or_the_one_of_its_root(code: str, mode: str | None, score: float | None) -> None:
    assert ontology.score(code, mode) == score


@pytest.mark.parametrize(("code", "quad"), [("AGREE", 1), ("COOPERATE", 2), ("ACCUSE", 3), ("SANCTION", 4),
("PROTEST", 4)])
def test_a_root_has_its_quad(code: str, quad: int) -> None:
    assert ontology.quad(code) == quad


def test_only_cooperation_aid_and_sanctions_need_a_recipient() -> None:
    needing = {root.code for root in ontology.plover().roots.values() if root.recipient_required}
    assert needing == {"COOPERATE", "AID", "SANCTION"}


def test_what_the_manual_leaves_open_is_settled_with_a_reason() -> None:
    assert len(ontology.plover().settled) >= 5
    assert all(point.choice and point.reason for point in ontology.plover().settled)


def test_an_unknown_code_is_an_error_that_names_it() -> None:
    with pytest.raises(DataError, match="'NOTHING'"):
        ontology.quad("NOTHING")
    with pytest.raises(DataError, match="'999'"):
        ontology.cameo_entry("999")


def test_every_cameo_code_leads_up_to_one_of_twenty_roots() -> None:
    for row in ontology.cameo().values():
        top = row
        while top.parent:
            assert row.code.startswith(top.parent)
            top = ontology.cameo_entry(top.parent)
        assert len(top.code) == 2
        assert 1 <= int(top.code) <= 20


def test_statements_and_appeals_are_no_plover_events() -> None:
    for code in ontology.cameo():
        is_event = len(code) > 2 and not code.startswith(("01", "02"))
        assert (ontology.plover_for(code) is not None) == is_event, code


@pytest.mark.parametrize("code", [c for c in ontology.cameo() if ontology.plover_for(c)])
def test_a_cameo_code_as_hint_survives_the_way_to_plover_and_back(code: str) -> None:
    found = ontology.plover_for(code)
    assert found is not None
    root, mode, contexts = found
    assert root in ontology.plover().roots
    assert mode is None or mode in ontology.plover().roots[root].modes
    assert set(contexts) <= set(ontology.plover().contexts)
    assert ontology.cameo_for(root, mode, contexts, hint=code) == code


@pytest.mark.parametrize("root", ROOTS)
def test_every_root_and_mode_has_a_cameo_code_with_the_same_root_or_the_one_it_is_counted_under(root: str) -> None:
    for mode in (None, *ontology.plover().roots[root].modes):
        code = ontology.cameo_for(root, mode)
        assert code in ontology.cameo()
        found = ontology.plover_for(str(code))
        assert found is not None
        assert found[0] in {root, "CONCEDE" if root == "RETREAT" else root}


@pytest.mark.parametrize(
    ("root", "mode", "contexts", "code"),
    [
        ("CONSULT", "visit", (), "042"), ("CONSULT", "phone", (), "041"), ("CONSULT", "third-party", (), "044"),
        ("CONSULT", "multilateral", ("diplomatic",), "040"), ("CONSULT", None, (), "040"),
        ("AGREE", None, ("economic",), "0311"),
        ("AGREE", None, ("military",), "0312"), ("AGREE", None, (), "030"),
        ("AGREE", None, ("economic", "military"), "031"), ("SUPPORT", None, ("diplomatic",), "050"),
        ("COOPERATE", None, ("military",), "062"), ("COOPERATE", None, ("economic",), "061"),
        ("AID", None, ("human_security",), "073"),
        ("AID", None, ("military",), "072"), ("REQUEST", "meet", (), "106"), ("REJECT", "meet", (), "125"),
        ("ACCUSE", "disapprove", (), "110"), ("ACCUSE", "allege", ("human_rights",), "1122"),
        ("SANCTION", "expel", (), "166"),
        ("SANCTION", "withdraw", (), "161"), ("SANCTION", "discontinue", ("economic",), "163"),
        ("SANCTION", "convict", ("legal",), "116"),
        ("THREATEN", "violence", ("military",), "138"), ("THREATEN", "restrict", ("economic",), "1312"),
        ("PROTEST", "demo", (), "141"),
        ("PROTEST", "strike", (), "143"), ("MOBILIZE", "troops", ("military",), "154"),
        ("COERCE", "arrest", ("legal",), "173"),
        ("ASSAULT", "aerial", ("military",), "195"), ("ASSAULT", "targeted", (), "186"),
        ("RETREAT", "release", ("legal",), "0841"),
        ("RETREAT", "resign", (), "080"), ("CONCEDE", None, ("diplomatic",), "080"),
    ],
)  # fmt: skip
def test_the_most_specific_code_that_the_words_support(
    root: str, mode: str | None, contexts: tuple[str, ...], code: str
) -> None:
    assert ontology.cameo_for(root, mode, contexts) == code


@pytest.mark.parametrize(
    ("root", "mode", "hint", "code"),
    [
        ("CONSULT", "visit", "043", "043"), ("CONSULT", None, "046", "046"), ("SUPPORT", None, "057", "057"),
        ("AGREE", None, "036", "036"),
        ("ACCUSE", "disapprove", "111", "111"), ("REQUEST", None, "022", "022"), ("SUPPORT", None, "042", "050"),
        ("AID", None, "999", "070"),
    ],
)  # fmt: skip
def test_a_hint_wins_where_it_belongs_to_the_root(root: str, mode: str | None, hint: str, code: str) -> None:
    assert ontology.cameo_for(root, mode, hint=hint) == code


def test_an_unknown_root_has_no_cameo_code() -> None:
    assert ontology.cameo_for("NOTHING", None) is None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("agreement on air services", "transport_air"),
        ("memorandum on cooperation in air communication", "transport_air"),
        ("convention for the avoidance of double taxation", "taxation"), ("agreement against money laundering", "aml"),
        ("treaty on extradition", "legal_judicial"), ("free trade agreement", "trade"),
        ("promotion and protection of investments", "investment"),
        ("visa-free travel for holders of diplomatic passports", "visa_migration"),
        ("agreement on peaceful uses of nuclear energy", "nuclear"),
        ("scholarships for students", "education"), ("joint military exercise", "defence"),
        ("fight against terrorism", "terrorism"),
        ("demarcation of the land border", "territory_boundary"), ("fishing in the exclusive zone", "fisheries"),
        ("exchange of news between the two agencies and television", "media"),
        ("cooperation between the parliaments", "parliament"),
        ("cyber security", "cyber"), ("grant aid and soft loans", "aid_development"),
        ("recruitment of domestic workers", "labour"),
        ("consular convention", "consular"), ("satellites and outer space", "space"),
        ("treaty of friendship", "diplomatic"),
        ("cooperation in various fields", "general"), ("delivery of vaccines to hospitals", "health"),
        ("sea ports and railways", "transport_other"),
        ("export of rice and mangoes", "agriculture"), ("money orders and parcel post", "communications"),
        ("sporting events and sports", "sport"),
    ],
)  # fmt: skip
def test_a_subject_is_told_by_its_cues(words: str, first: str) -> None:
    assert ontology.subjects_in(words)[:1] == (first,)


def test_words_without_cues_have_no_subject_and_no_context() -> None:
    assert ontology.subjects_in("They talked on a sunny day") == ()
    assert ontology.contexts_in("They talked on a sunny day") == ()


def test_cues_are_whole_words_and_the_longest_counts() -> None:
    assert "transport_other" not in ontology.subjects_in("a passport")
    assert "energy" not in ontology.subjects_in("nuclear energy")
    assert ontology.subjects_in("The HEALTHcare plan") == ("health",)
    assert "technology" not in ontology.contexts_in("he paid the maid in Spain")


def test_the_general_subjects_stand_back_where_another_is_named() -> None:
    assert ontology.subjects_in("friendship and cooperation in tourism") == ("tourism",)


@pytest.mark.parametrize(
    ("words", "contexts"),
    [
        ("talks on counter-terrorism and cyber security", {"terrorism", "cyber", "diplomatic"}),
        ("the army and its warships", {"military"}), ("trade and tariffs", {"economic"}),
        ("the supreme court and an arrest warrant", {"legal"}), ("vaccines for the epidemic", {"health"}),
        ("a dispute over islets in the South China Sea", {"territory"}),
        ("presidential election observers", {"election"}),
    ],
)  # fmt: skip
def test_a_context_is_told_by_its_cues(words: str, contexts: set[str]) -> None:
    assert set(ontology.contexts_in(words)) == contexts


def test_a_broken_file_is_named_with_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'source = "s"\n[subjects.trade]\ndefinition = "d"\ncues = 5\n'
    (tmp_path / "subjects.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(ontology, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=r"subjects\.toml: Expected `array`, got `int` - at `\$\[0\]\.cues`"):
        ontology.subjects.__wrapped__()


def test_a_file_that_is_no_toml_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sectors.toml").write_text("[sectors\n", encoding="utf-8")
    monkeypatch.setattr(ontology, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=r"sectors\.toml: expected a TOML file"):
        ontology.sectors.__wrapped__()


@pytest.mark.shared
def test_the_subjects_take_in_every_term_of_the_uk_register_and_the_world_treaty_index() -> None:
    uk = {term for subject in ontology.subjects() for term in subject.uk}
    wti = {code for subject in ontology.subjects() for code in subject.wti}
    assert {row["subject"] for row in shared_rows("uk_subjects.tsv")} == uk
    assert {row["code"] for row in shared_rows("wti_topics.tsv")} == wti


@pytest.mark.shared
def test_the_crosswalk_is_the_published_one_but_for_rows_that_say_why() -> None:
    for row in shared_rows("cameo2plover.tsv"):
        ours = ontology.cameo_entry(row["cameo"])
        contexts = tuple(c.strip() for c in row["context"].split(";") if c.strip())
        published = (row["plover"], row["mode"] or None, contexts)
        assert (ours.plover, ours.mode, ours.contexts) == published or ours.settled, row["cameo"]


@pytest.mark.shared
def test_the_goldstein_values_are_the_published_ones() -> None:
    for row in shared_rows("goldstein.tsv"):
        assert ontology.cameo_entry(row["cameo"]).goldstein == float(row["goldstein"])


@pytest.mark.shared
def test_the_sectors_take_in_every_plover_code() -> None:
    assert {row["code"] for row in shared_rows("sectors.tsv")} <= set(ontology.sectors())
