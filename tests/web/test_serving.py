"""`bilateral serve`: the address is printed, the page answers, and what is wrong is said before it starts."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from typer.testing import CliRunner

from bilateral import cli
from bilateral.cli import serving
from bilateral.errors import CallError


def test_the_command_prints_its_address_and_the_page_answers_there(plain_store):
    pytest.importorskip("uvicorn", reason="NOT CHECKED: uvicorn (the extra `web`) is not installed")
    call = "from bilateral.cli import main; main()"
    args = [sys.executable, "-c", call, "serve", "--store", str(plain_store), "--port", "0"]
    running = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    try:
        address = running.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}reports.json", timeout=30) as response:
            assert response.status == 200
            assert b"talks-0.txt" in response.read()
            assert "server" not in {name.lower() for name in response.headers}
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)


def test_several_processes_answer_at_one_address_and_end_together(plain_store):
    pytest.importorskip("uvicorn", reason="NOT CHECKED: uvicorn (the extra `web`) is not installed")
    call = "from bilateral.cli import main; main()"
    args = [sys.executable, "-c", call, "serve", "--store", str(plain_store), "--port", "0", "--processes", "2"]
    running = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    try:
        address = running.stdout.readline().strip()
        assert _tags(address) == 2
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=5)


def _tags(address):
    """How many processes answer, told by their ETags, each of which is one process' own."""
    seen, end = set(), time.monotonic() + 60
    while len(seen) < 2 and time.monotonic() < end:
        with ThreadPoolExecutor(8) as crowd:
            seen.update(crowd.map(lambda _: _tag(address), range(8)))
    return len(seen)


def _tag(address):
    with urllib.request.urlopen(f"{address}reports.json", timeout=30) as response:
        assert response.status == 200
        return response.headers["ETag"]


def test_a_port_that_is_taken_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CallError, match="cannot listen"):
            serving._listening("127.0.0.1", taken.getsockname()[1])


def test_what_the_page_needs_more_is_said(monkeypatch):
    monkeypatch.setattr(serving, "PACKAGES", ("json", "no_such_package_of_anybody"))
    with pytest.raises(CallError, match=r"bilateral\[web\]"):
        serving._uvicorn()


def test_a_store_that_is_not_there_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "_uvicorn", lambda: None)
    result = CliRunner().invoke(cli.app, ["serve", "--store", str(tmp_path / "none.db")])
    assert result.exit_code == cli.UNUSABLE
    assert not (tmp_path / "none.db").exists()
