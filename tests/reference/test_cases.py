"""Every case of tests/cases/checks.toml, and its verdict worked out again from what is printed."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import get_args

import pytest

from bilateral.reference import arithmetic, checks, wording
from bilateral.reference.verdicts import Check, Verdict, Why
from tests.reference import made, recompute

CASES = made.cases()


def checked(case) -> list[Check]:
    figures = made.figures(case)
    found = list(checks.against(figures[0], made.observations(case)))
    return found + arithmetic.checks(figures)


def told(check: Check) -> str:
    """A check as the table words it."""
    words = [check.about, check.verdict]
    if check.off is not None and check.verdict in ("off", "inconsistent", "change_agrees", "change_differs"):
        words.append(f"{check.off:+}" if check.off else "0.0")
    if check.verdict == "derived":
        words.append(wording.rounded(check.result))
    words += [check.why or "", check.sight.standing if check.sight else ""]
    return " ".join(word for word in words if word)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_gives_the_checks_that_it_says(case):
    assert [told(check) for check in checked(case)] == case["expect"]


def test_there_are_at_least_sixty_cases_over_all_verdicts_and_reasons():
    found = [check for case in CASES for check in checked(case)]
    assert len(CASES) >= 60
    assert {check.verdict for check in found} == set(get_args(Verdict))
    assert {check.why for check in found if check.why} == set(get_args(Why))
    assert len({case["name"] for case in CASES}) == len(CASES)


COMPARED = [
    pytest.param(check, id=f"{case['name']} {n}")
    for case in CASES
    for n, check in enumerate(checked(case), 1)
    if check.verdict != "not_comparable"
]


@pytest.mark.parametrize("check", COMPARED)
def test_a_verdict_follows_from_what_is_printed(check):
    lines = wording.working(check)
    given = recompute.operands(lines)
    assert set(given) == {o.name for o in check.operands}
    text = recompute.formula(lines)
    result = recompute.value(text, {name: operand.value for name, operand in given.items()})
    assert abs(result - Fraction(check.result)) <= abs(result) / 10**20
    again = {"value": of_value, "change": of_change, "arithmetic": of_arithmetic}[check.about]
    assert again(check, given, text, result) == check.verdict


def of_value(check, given, text, result) -> str:
    claim = given["claim"]
    if recompute.allowed(claim).has(result):
        return "agrees"
    if result:
        assert wording.verdict(check) == f"off by {signed(recompute.percent_off(claim.value, result))} percent"
    return "off"


def of_change(check, given, text, result) -> str:
    if "change" not in given:
        way = re.search(r"\b(up|down)\b", check.claim.change)[1]
        return "change_agrees" if (result > 0) == (way == "up") and result else "change_differs"
    change = given["change"]
    if recompute.allowed(change).has(result):
        return "change_agrees"
    if change.unit == "percent":
        assert wording.verdict(check) == f"change differs by {signed(change.value - result)} points"
    return "change_differs"


def of_arithmetic(check, given, text, result) -> str:
    claim = next((given[name] for name in ("change", "whole", "balance", "claim") if name in given), None)
    if check.verdict == "derived":
        return "derived"
    words = recompute.allowed(claim)
    if "parts may be fewer" in check.allowed.rule:
        words = recompute.Reach(-recompute.HUGE, words.high)
    if "other" in given:
        assert f"{check.off:+}" == signed(recompute.percent_off(claim.value, result))
    return "consistent" if recompute.overlap(words, recompute.reach(text, given)) else "inconsistent"


def signed(number: Fraction) -> str:
    text = recompute.rounded(number)
    return text if text[0] in "+-" else f"+{text}"


REFUSED = [
    pytest.param(case, check, id=f"{case['name']} {n}")
    for case in CASES
    for n, check in enumerate(checked(case), 1)
    if check.verdict == "not_comparable"
]


@pytest.mark.parametrize(("case", "check"), REFUSED)
def test_the_reason_of_what_cannot_be_compared_is_one_of_the_case(case, check):
    claim, note = case["claim"], check.notes[0]
    facts = {
        "no_value": "value" not in claim and "change" not in claim,
        "no_period": not re.fullmatch(r"\d{4}(-\d\d)?(/\d{4}-\d\d)?", claim.get("period", "2018")),
        "not_ended": "measure_kind" in claim or claim.get("period", "2018") >= "2019",
        "not_said_as_fact": claim.get("status", "happened") != "happened",
        "unmapped": claim.get("quantity") not in [row[2] for row in case["rows"]],
        "scope": "series are of all goods" in note or len(claim.get("parties", "ab")) > 2 or "differ in length" in note,
        "direction": "direction" not in claim,
        "currency": len(set(re.findall(r"\bin ([A-Za-z]+)", note))) == 2,
        "goods_and_services": len(set(re.findall(r"of (goods and services|services|goods)", note))) == 2,
        "vintage": bool(re.search(r"ends with 2018|of 201807, when 2018 had not ended", note)),
        "no_series": bool(re.search(r"no reference file has|has no value for", note)),
    }
    assert facts[check.why]


def test_no_word_of_any_check_says_that_a_claim_is_false():
    for case in CASES:
        found = checked(case)
        below = [line for check in found for line in wording.working(check)]
        text = "\n".join([*map(wording.line, found), *below, wording.summary(found)])
        assert not re.search(r"\b(false|untrue|lie|lies to|wrong|refuted|debunked)\b", text, re.I), text
