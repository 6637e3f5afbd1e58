"""The page in a real Chromium: the way from the start to an export, by mouse and by key; marks; scripts; axe."""

from __future__ import annotations

import importlib.util
import json
import re
import warnings
from pathlib import Path

import pytest

from bilateral.model import Actor, Event, Evidence, Statement, identified
from bilateral.text import Dated, Document, Paragraph, Parse, document_id


def _loaded(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


driving = _loaded("driving")
MISSING = driving.missing()
if MISSING:
    # Chromium is a package of the system and no part of the environment: `.ci/run` installs it.
    warnings.warn(f"THE PAGE WAS NOT TESTED IN A BROWSER: {MISSING}", stacklevel=1)
    pytest.skip(f"NOT CHECKED IN A BROWSER: {MISSING}", allow_module_level=True)

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.select import Select  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

REPORT = """Ruritania Wire

PORT KAL, 5 March 2019 - Russian Foreign Minister Ilja Moraw met Cambodian Prime Minister Sok Dara in Phnom Penh on
4 March 2019.

Russia and Cambodia signed an agreement on fisheries in Phnom Penh on 4 March 2019, the ministry said.

Trade between Russia and Cambodia reached 5.5 million dollars in 2018, Moraw said.
"""


@pytest.fixture(scope="module")
def browser():
    with driving.browsing() as driver:
        yield driver


@pytest.fixture(autouse=True)
def strange(browser):
    """Each test begins in a browser that has not been there: cookies are shared by all ports of a machine."""
    browser.get("about:blank")
    browser.execute_cdp_cmd("Network.clearBrowserCookies", {})


@pytest.fixture
def read_store(tmp_path):
    """A store into which `bilateral read` read one report."""
    (tmp_path / "talks.txt").write_text(REPORT, encoding="utf-8")
    driving.called("read", "--store", str(tmp_path / "relations.db"), str(tmp_path / "talks.txt"))
    return tmp_path / "relations.db"


@pytest.fixture(scope="module")
def reading(plain_store):
    """The address of a page for reading."""
    with driving.serving(plain_store) as address:
        yield address


GONE = (NoSuchElementException, StaleElementReferenceException)


def one(browser, selector):
    """The element, waited for: after a click the next page may not be there yet."""
    return WebDriverWait(browser, 30).until(lambda driver: driver.find_element(By.CSS_SELECTOR, selector))


def is_done(browser, words):
    """Whether the page comes to say that this was done; the page before may have said that of something else."""
    wait = WebDriverWait(browser, 30, ignored_exceptions=GONE)
    return wait.until(lambda driver: words in driver.find_element(By.CSS_SELECTOR, ".done").text)


def every(browser, selector):
    return browser.find_elements(By.CSS_SELECTOR, selector)


def on(browser, words):
    """Wait until the address holds these words."""
    WebDriverWait(browser, 30).until(lambda driver: words in driver.current_url)


def until(browser, script, *args):
    return WebDriverWait(browser, 30).until(lambda driver: driver.execute_script(f"return {script}", *args))


# From the start to an export.


@pytest.mark.model
def test_from_the_start_to_a_corrected_record_that_stays(browser, read_store):
    with driving.serving(read_store, "--review", "--who", "ann") as address:
        browser.get(address)
        assert "token" not in browser.current_url
        one(browser, ".matrix a[href^='/dyad/']:not(th a)").click()
        on(browser, "/dyad/")
        link = one(browser, ".lines a[href^='/report/']")
        key = re.search(r"record=([0-9a-f]+)", link.get_attribute("href"))[1]
        link.click()
        on(browser, "/report/")
        assert marked(browser) == evident(browser, address, key)
        one(browser, f"#picked a[href='/record/{key}']").click()
        on(browser, "/record/")
        one(browser, "a[href^='/review/record/']").click()
        on(browser, "/review/record/")
        Select(one(browser, "#field")).select_by_value("status")
        assert one(browser, "#takes").text.startswith("one of happened")
        one(browser, "#value").clear()
        one(browser, "#value").send_keys("cancelled", Keys.ENTER)
        on(browser, "done=")
        assert is_done(browser, "corrected status: cancelled")
        browser.get(f"{driving.root(address)}/record/{key}")
        browser.refresh()
        assert one(browser, ".badge").text == "cancelled"
        driving.called("recode", "--store", str(read_store))
        browser.refresh()
        assert one(browser, ".badge").text == "cancelled"
        assert record(browser, address, key)["status"] == "cancelled"
        exported = driving.called("review", "export", "-", "--store", str(read_store))
    (row,) = map(json.loads, exported.splitlines())
    assert (row["who"], row["field"], row["value"], row["about"]["record"]) == ("ann", "status", "cancelled", key)


def marked(browser):
    """The words that stand out on a report's page, in their order."""
    return browser.execute_script(
        "return [...document.querySelectorAll('.text .m.on')].map((mark) => mark.textContent).join('')"
    )


def evident(browser, address, key):
    """The words that a record's evidence names, each once, in their order; whole sentences aside."""
    told = record(browser, address, key)
    at = {n: e["text"][n - e["start"]] for e in told["evidence"] if e["part"] != "sentence"
          for n in range(e["start"], e["end"])}  # fmt: skip
    assert at
    return "".join(at[n] for n in sorted(at))


def record(browser, address, key):
    """A record as JSON, asked for by the browser."""
    script = "const done = arguments[1]; fetch(arguments[0]).then((r) => r.json()).then(done, () => done(null));"
    return browser.execute_async_script(script, f"{driving.root(address)}/record/{key}.json")


@pytest.fixture
def reviewing(tmp_path, made, store_of):
    """A store of two reports on one thing, and the page of review on it."""
    store = store_of(tmp_path / "relations.db", made.batch(*map(made.text_of, range(2))))
    with driving.serving(store, "--review") as address:
        yield store, address


def rows(store):
    lines = driving.called("review", "export", "-", "--store", str(store)).splitlines()
    return [json.loads(line) for line in lines]


def test_all_is_done_by_keys(browser, reviewing):
    store, address = reviewing

    def keys(*given):
        ActionChains(browser).send_keys(*given).perform()

    browser.get(address)
    keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the content"
    for _ in range(20):
        keys(Keys.TAB)
        if browser.switch_to.active_element.text == "Review":
            break
    keys(Keys.ENTER)
    on(browser, "/review")
    until(browser, "document.readyState === 'complete'")
    one(browser, "#who").send_keys("ann", Keys.ENTER)
    WebDriverWait(browser, 30).until(lambda d: "Reviewing as ann" in d.page_source)
    keys("n")
    on(browser, "/review/record/")
    first = browser.current_url
    until(browser, "document.readyState === 'complete'")
    keys("c")
    assert browser.switch_to.active_element.get_attribute("id") == "field"
    keys("status", Keys.TAB)
    keys("planned", Keys.ENTER)
    on(browser, "done=")
    until(browser, "document.readyState === 'complete'")
    keys("a")
    WebDriverWait(browser, 30).until(lambda d: "/review/record/" in d.current_url and first not in d.current_url)
    until(browser, "document.readyState === 'complete'")
    keys("u")
    WebDriverWait(browser, 30).until(lambda d: "took back" in d.page_source)
    until(browser, "document.readyState === 'complete'")
    keys("n")
    WebDriverWait(browser, 30).until(lambda d: "took back" not in d.page_source)
    until(browser, "document.readyState === 'complete'")
    keys("?")
    assert until(browser, "document.getElementById('keys').open")
    keys("r")
    WebDriverWait(browser, 30).until(lambda d: "done=" in d.current_url)
    assert [row["action"] for row in rows(store)] == ["correct", "accept", "undo", "reject"]
    assert rows(store)[0]["value"] == "planned"


def test_without_scripts_all_is_done_by_forms(browser, reviewing):
    store, address = reviewing
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{driving.root(address)}/review?{address.partition('?')[2]}")
        one(browser, "#who").send_keys("bea")
        one(browser, ".person button").click()
        one(browser, ".queue a.line").click()
        Select(one(browser, "#part")).select_by_value("sentence")
        one(browser, "#words").send_keys("2019")
        one(browser, "#add").click()
        one(browser, "#mark button").click()
        assert is_done(browser, "marked")
        one(browser, ".decide .no").click()
        assert is_done(browser, "rejected")
        one(browser, ".done button").click()
        assert is_done(browser, "took back")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert [row["action"] for row in rows(store)] == ["correct", "reject", "undo"]


def test_a_page_that_is_closed_in_the_middle_loses_nothing(browser, reviewing):
    store, address = reviewing
    browser.get(address)
    browser.get(f"{driving.root(address)}/review")
    one(browser, "#who").send_keys("ann", Keys.ENTER)
    WebDriverWait(browser, 30).until(lambda d: "Reviewing as ann" in d.page_source)
    browser.get(f"{driving.root(address)}/review/next")
    until(browser, "document.readyState === 'complete'")
    ActionChains(browser).send_keys("a").perform()
    on(browser, "done=")
    browser.get("about:blank")
    assert [row["action"] for row in rows(store)] == ["accept"]


# Marks.

TEXTS = {
    "Cyrillic": "Посол встретился с министром в порту.",
    "Khmer": "ឯកអគ្គរដ្ឋទូត បានជួប រដ្ឋមន្ត្រី នៅកំពង់ផែ។",
    "Arabic": "التقى السفير الوزير في الميناء أمس.",
    "astral": "𝔗𝔥𝔢 🤝🏽 envoy 👩‍👩‍👧 met 𐎠𐎡𐎢 here 🇰🇭 today.",
    "hidden": "The envoy \u202emet\u202c him\u0000 here today.",
}


@pytest.fixture(scope="module")
def many_scripts(tmp_path_factory, store_of):
    """A store with a report of lines in many writings; each word of them is evidence of a record of its own."""
    from bilateral.model import Actor, Batch, Claim

    text = "\n".join(TEXTS.values())
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append(Paragraph(at, at + len(line), "body"))
        at += len(line) + 1
    doc = Document(id=document_id(text, "Wire"), uri="many.txt", text=text, title="Many", paragraphs=tuple(spans),
                   publisher="Wire", lang="mul")  # fmt: skip
    made = [
        identified(Statement(
            by="hand/1", score=0.5, speaker=Actor(country="RUS"), content=found[0], mode="indirect", cue="said",
            claimed_by=Claim(outlet="Wire"),
            evidence=(Evidence("content", doc.id, found.start(), found.end(), found[0]),),
        ))
        for found in re.finditer(r"\S+", text)
    ]  # fmt: skip
    parse = Parse(parser="by hand", gate="off", parsed=((0, len(text)),), start=(), end=(), head=(), lemma=(), pos=(),
                  tag=(), dep=(), ent=(), sents=())  # fmt: skip
    batch = Batch(documents=(doc,), parses=(parse,), dates=(Dated(value="2019-03-06"),), records=tuple(made))
    return store_of(tmp_path_factory.mktemp("many") / "relations.db", batch), doc, made


def test_marks_are_right_in_every_writing(browser, many_scripts):
    store, doc, made = many_scripts
    with driving.serving(store) as address:
        browser.get(f"{driving.root(address)}/report/{doc.id}")
        told = {r.id: r.evidence[0].text for r in made}
        marks = every(browser, ".text .m")
        assert len(marks) == len(made)
        for mark in marks:
            words = told[mark.get_attribute("data-records").strip()]
            if words.isprintable() or "\u200d" in words:
                assert browser.execute_script(driving.SELECTED, mark) == words


def test_selected_words_are_counted_in_code_points_in_every_writing(browser, many_scripts):
    store, doc, made = many_scripts
    chosen = [r for r in made if doc.text[r.evidence[0].start - 1 : r.evidence[0].start].isspace()]
    by_line = {doc.text.count("\n", 0, r.evidence[0].start): r for r in chosen}
    assert len(by_line) == len(TEXTS)
    with driving.serving(store, "--review", "--who", "ann") as address:
        browser.get(address)
        for line, record_ in by_line.items():
            start = doc.text.index("\n" * bool(line) + list(TEXTS.values())[line]) + bool(line)
            end = record_.evidence[0].end - 1
            browser.get(f"{driving.root(address)}/review/record/{record_.id}")
            browser.execute_script(driving.CHOSEN, start + 2, end)
            until(browser, "document.querySelector('#mark [name=end]').value !== ''")
            values = [one(browser, f"#mark [name={name}]").get_attribute("value") for name in ("start", "end")]
            assert values == [str(start + 2), str(end)]
            ActionChains(browser).send_keys("w").perform()
            on(browser, "done=")
            marked = rows(store)[-1]["value"]["words"][0]
            assert doc.text[marked["start"] : marked["end"]] == marked["text"] == doc.text[start + 2 : end].strip()


# Scripts of reports.


def test_the_canary_sings(browser, reading):
    browser.get(reading)
    assert browser.execute_script("alert(1); return window.__hit") == 1


def test_no_script_of_a_report_runs_on_any_page(browser, tmp_path, hostile, store_of):
    store = store_of(tmp_path / "relations.db", hostile.batch())
    seeds = ["/", "/review", "/dyad/RUS/KHM", "/people", "/positions?topic=alert", "/search?q=alert",
             "/compare/RUS/KHM?until=2018&until=2024", "/review/next"]  # fmt: skip
    seen = []
    with driving.serving(store, "--review", "--who", hostile.SCRIPT) as address:
        browser.get(address)
        for at in driving.walked(browser, address, seeds):
            seen.append(at)
            browser.execute_script("for (const e of document.querySelectorAll('a, input, summary, .m')) e.focus();"
                                   "for (const d of document.querySelectorAll('details')) d.open = true;")  # fmt: skip
            hit, blocked = browser.execute_script("return [window.__hit, window.__blocked]")
            assert hit == 0, at
            assert not blocked, (at, blocked)
            assert not every(browser, "img[src^='x'], svg[onload], base"), at
    firsts = {at.strip("/").split("/")[0].split("?")[0] for at in seen}
    assert {"review", "dyad", "report", "record", "entry", "list", "search", "people"} <= firsts


# For everyone.

GRAVE = ("serious", "critical")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_on_any_page(browser, tmp_path, made, store_of, scheme):
    axe = pytest.importorskip("axe_core_python", reason="NOT CHECKED BY AXE: axe-core-python is not installed")
    source = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    store = store_of(tmp_path / "relations.db", made.batch(*map(made.text_of, range(3))))
    seeds = ["/", "/review", "/review/next", "/dyad/RUS/KHM", "/compare/RUS/KHM?until=2018&until=2024", "/people",
             "/positions?topic=trade", "/search?q=talks", "/problems", "/nothing"]  # fmt: skip
    emulated = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", emulated)
    found, seen = {}, []
    try:
        with driving.serving(store, "--review", "--who", "ann") as address:
            driving.called("review", "accept", first_id(store), "--store", str(store), "--who", "ann")
            browser.get(address)
            for at in driving.walked(browser, address, seeds, most=40):
                seen.append(at)
                browser.execute_script("for (const d of document.querySelectorAll('details')) d.open = true;")
                browser.execute_script(source)
                grave = [v for v in browser.execute_async_script(driving.AXE) if v["impact"] in GRAVE]
                for fault in grave:
                    found.setdefault(fault["id"], (at, fault["nodes"][0] if fault["nodes"] else ""))
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert not found, found
    assert len(seen) > 20


def first_id(store):
    from bilateral.desk import reviewing
    from bilateral.store import Store

    with Store.open(store, read_only=True, create=False) as opened:
        return reviewing.queue(opened)[0]


# Charts.


def test_a_chart_is_explored_without_a_script_of_words(browser, tmp_path, made, store_of):
    doc = made.document(made.text_of(1))
    sentence = made.at(doc, "sentence", doc.text.split("\n")[3])
    events = [
        identified(Event(
            by="hand/1", score=0.9, evidence=(sentence,), code="AGREE", date=f"2019-{n:02}-07",
            actors=(Actor(country="RUS"),), recipients=(Actor(country="KHM"),),
        ))
        for n in range(1, 11)
    ]  # fmt: skip
    with driving.serving(store_of(tmp_path / "relations.db", made.one(doc, *events))) as address:
        browser.get(f"{driving.root(address)}/dyad/RUS/KHM")
        button = one(browser, "button.explore")
        button.send_keys(Keys.ENTER)
        WebDriverWait(browser, 120).until(lambda _: button.get_attribute("aria-pressed") == "true")
        bars = every(browser, ".live .mark-rect.role-mark path")
        assert len(bars) == 10
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", bars[4])
        ActionChains(browser).move_to_element(bars[4]).move_by_offset(1, 1).perform()
        tip = until(browser, "document.querySelector('#vg-tooltip-element.visible')?.innerText")
        assert "verbal cooperation" in tip
        assert "May 2019" in tip
        assert browser.execute_script("return window.__blocked") == []
        button.click()
        assert one(browser, "figure img").is_displayed()
