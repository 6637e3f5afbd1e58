"""The command that shows the store in a browser: `serve`."""

from __future__ import annotations

import multiprocessing
import secrets
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Annotated, Any

import typer

from bilateral.cli import output
from bilateral.cli.options import DEFAULT, StoreAt
from bilateral.errors import CallError

HOST, PORT = "127.0.0.1", 8000
_QUIET = "warning"  # no line for each request
_IDLE = 5  # seconds that a connection is kept between two requests
_TOKEN = 24  # bytes
_AT_ONCE = 64  # connections of a process; more are told to come back
MOST = 16  # processes
PACKAGES = ("litestar", "jinja2", "uvicorn")


def serve(
    store: StoreAt = DEFAULT,
    host: Annotated[str, typer.Option(help="The address to listen at; the usual one is this machine's alone.")] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = PORT,
    name: Annotated[list[str] | None, typer.Option(help="A further name that the page answers to.")] = None,
    review: Annotated[bool, typer.Option("--review", help="Let people decide, who have the address printed.")] = False,
    who: Annotated[
        str | None, typer.Option(envvar="BILATERAL_REVIEWER", help="Who reviews; else the page asks once.")
    ] = None,
    processes: Annotated[
        int, typer.Option(min=1, max=MOST, help="Processes that answer; a second one helps where many read at once.")
    ] = 1,
) -> None:
    """Show the store in a browser while reports may be read into it: for reading only, or for review as well."""
    uvicorn = _uvicorn()
    from bilateral.web import Door, application  # Litestar costs a second, so it is loaded when first needed

    door = Door(secrets.token_urlsafe(_TOKEN), who=(who or "").strip() or None) if review else None
    page = application(store, hosts=(host, *(name or ())), door=door)
    with _listening(host, port) as listener:
        at = listener.getsockname()
        shown = f"[{at[0]}]" if ":" in at[0] else at[0]
        output.say(f"http://{shown}:{at[1]}/{f'?token={door.token}' if door else ''}")
        sys.stdout.flush()
        output.note(f"bilateral: {store}, {'for review' if door else 'for reading only'}; Ctrl-C stops it")
        others = partial(_answering, listener, store, (host, *(name or ())), door)
        with _beside(processes - 1, others):
            _server(uvicorn, page).run(sockets=[listener])


def _server(uvicorn: Any, page: Any) -> Any:
    config = uvicorn.Config(
        page, log_level=_QUIET, server_header=False, timeout_keep_alive=_IDLE, limit_concurrency=_AT_ONCE,
        h11_max_incomplete_event_size=16_384, proxy_headers=False,
    )  # fmt: skip
    return uvicorn.Server(config)


@contextmanager
def _beside(n: int, work: Callable[[], None]) -> Iterator[None]:
    """So many more processes that answer at the same address, ended with this one."""
    fresh = multiprocessing.get_context("spawn")
    running = [fresh.Process(target=work, daemon=True) for _ in range(n)]
    for process in running:
        process.start()
    try:
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join(_IDLE)


def _answering(listener: socket.socket, store: str | Path, hosts: tuple[str, ...], door: Any) -> None:
    """Answer beside the process that was started first, as long as that runs."""
    from bilateral.web import application

    server = _server(_uvicorn(), application(store, hosts=hosts, door=door))
    parent = multiprocessing.parent_process()

    def watched() -> None:
        if parent is not None:
            parent.join()
        server.should_exit = True

    Thread(target=watched, daemon=True).start()
    server.run(sockets=[listener])


def _uvicorn() -> Any:
    """The server; CallError where a package that the page needs is missing."""
    for package in PACKAGES:
        try:
            made = import_module(package)
        except ImportError as error:
            raise CallError("the page needs more packages: pip install 'bilateral[web]'") from error
    return made


def _listening(host: str, port: int) -> socket.socket:
    """A socket at an address; CallError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CallError(f"cannot listen at {host} port {port}: {error.strerror or error}") from error
    listener.listen(128)
    return listener
