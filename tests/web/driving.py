"""A real browser and a real server for the tests of the page, started and ended here."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900",
    "--lang=en-GB", "--accept-lang=en-GB", "--force-prefers-reduced-motion",
)  # fmt: skip
_CALL = "from bilateral.cli import main; main()"
# Selects the words of an element; gives what a browser holds to be selected.
SELECTED = """
const range = document.createRange(); range.selectNodeContents(arguments[0]);
getSelection().removeAllRanges(); getSelection().addRange(range); return getSelection().toString();
"""
# Selects the words from one code point of a report to another.
CHOSEN = """
const [first, last] = arguments, parts = [...document.querySelectorAll("[data-a]")];
const place = (n) => {
  const part = parts.find((p) => Number(p.dataset.a) <= n && n <= Number(p.dataset.b) && !p.classList.contains("hid"));
  return [part.firstChild, Array.from(part.firstChild.data).slice(0, n - Number(part.dataset.a)).join("").length];
};
const range = document.createRange(); range.setStart(...place(first)); range.setEnd(...place(last));
getSelection().removeAllRanges(); getSelection().addRange(range); return getSelection().toString();
"""
# What axe finds wrong.
AXE = """
const done = arguments[0];
axe.run(document, { resultTypes: ["violations"] }).then((r) => done(r.violations.map((v) => ({
  id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + " " + n.failureSummary),
}))), (error) => done([{ id: String(error), impact: "critical", nodes: [] }]));
"""
# What a script of a report would do if it ran, and what a page would do if it tried: both leave a mark.
CANARY = """
window.__hit = 0; window.__blocked = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.__hit += 1; };
document.addEventListener("securitypolicyviolation", (event) => window.__blocked.push(event.violatedDirective));
"""


def missing() -> str | None:
    """What is wanting for a browser test; None where all is there."""
    if chromium() is None or shutil.which("chromedriver") is None:
        return "no Chromium with its driver was found (Debian: apt-get install chromium chromium-driver)"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "selenium is not installed"
    return None


def chromium() -> str | None:
    """The path of the browser."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def browsing() -> Iterator[object]:
    """A browser with a profile of its own, which is thrown away."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    profile = tempfile.mkdtemp(prefix="bilateral-browser-")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium()
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_page_load_timeout(60)
    driver.set_script_timeout(60)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": CANARY})
    try:
        yield driver
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)


@contextmanager
def serving(store: Path, *options: str) -> Iterator[str]:
    """The address that `bilateral serve` prints for a store."""
    args = [sys.executable, "-c", _CALL, "serve", "--store", str(store), "--port", "0", *options]
    env = {name: value for name, value in os.environ.items() if name != "BILATERAL_REVIEWER"}
    running = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env)
    try:
        address = running.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), address
        yield address
    finally:
        running.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            running.wait(20)
        running.kill()
        running.wait()


def called(*args: str) -> str:
    """What a command of bilateral prints."""
    done = subprocess.run([sys.executable, "-c", _CALL, *args], capture_output=True, text=True, check=True)
    return done.stdout


def root(address: str) -> str:
    return address.partition("?")[0].rstrip("/")


def walked(browser, address, seeds, most=60):
    """Open every page that links lead to from some addresses, each kind of page a few times."""
    waiting, known, kinds = list(seeds), set(), {}
    while waiting and len(known) < most:
        at = waiting.pop(0)
        kind = re.sub(r"[0-9a-f]{16,}|%[0-9A-F]{2}[^/?]*", "…", at.partition("?")[0])
        if at in known or kinds.get(kind, 0) >= 2:
            continue
        known.add(at)
        kinds[kind] = kinds.get(kind, 0) + 1
        browser.get(root(address) + at)
        yield at
        links = browser.execute_script("return [...document.links].map((a) => a.getAttribute('href'))")
        waiting += [u.partition("#")[0] for u in links if u and u.startswith("/") and not u.startswith("//")
                    and not re.search(r"\.(csv|json)(\?|$)|/chart/", u)]  # fmt: skip
