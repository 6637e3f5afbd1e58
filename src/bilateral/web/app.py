"""The page as an application: routes, errors without a trace of the inside, ETags, the description of its addresses."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio.to_thread
from litestar import Litestar, Response, get
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.static_files import create_static_files_router

from bilateral.browsing import SECONDS, OverdueError
from bilateral.errors import CallError, StoreError
from bilateral.web.asking import filters, leaf
from bilateral.web.border import LOCAL, METHODS, bordered
from bilateral.web.describing import described
from bilateral.web.door import BODY, Door, admitted
from bilateral.web.pages import PAGES, REVIEW
from bilateral.web.site import Mode, Site
from bilateral.web.views import Asked, Table, View, form_of, matches, reply, tag
from bilateral.web.waiting import waiting
from bilateral.web.words import warmed

READ: Mode = "read"
THREADS = 4  # questions answered at once; each holds a connection to the store
STATIC = Path(__file__).parent / "static"
log = logging.getLogger("bilateral.web")


class Page(Litestar):
    """The application behind its border: nothing reaches a page, and nothing leaves one, but through `bordered`."""

    hosts: tuple[str, ...] = LOCAL
    methods: tuple[str, ...] = METHODS
    door: Door | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        inside: Any = super().__call__
        if self.door is not None:
            inside = partial(admitted, self.door, inside)
        await bordered(inside, scope, receive, send, hosts=self.hosts, methods=self.methods)


def application(
    store: str | Path, *, seconds: float = SECONDS, hosts: tuple[str, ...] = (), door: Door | None = None
) -> Page:
    """The page for a store, opened for reading. `hosts` are names that it answers to besides those of this machine.

    With a `door` people who come in by it review: then the store is opened for writing as well, for their decisions.
    StoreError where the store cannot be opened. `seconds` is what one question may take.
    """
    site = Site(Path(store), mode="review" if door else READ, seconds=seconds, door=door)
    page = Page(
        route_handlers=[
            *PAGES, *(REVIEW if door else ()), openapi,
            create_static_files_router(path="/static", directories=[STATIC]),
        ],
        dependencies={
            "filters": Provide(filters, sync_to_thread=False), "leaf": Provide(leaf, sync_to_thread=False),
            "chosen": Provide(waiting, sync_to_thread=False),
        },
        before_request=_unchanged, exception_handlers={Exception: _failed},
        lifespan=[_running], request_max_body_size=BODY, logging_config=None, debug=False,
        openapi_config=OpenAPIConfig(
            title="bilateral", version=site.version, path="/described", use_handler_docstrings=True,
            render_plugins=[JsonRenderPlugin(path="/plain.json")],
        ),
    )  # fmt: skip
    page.state.page = site
    page.hosts, page.door = (*LOCAL, *hosts), door
    page.methods = (*METHODS, "POST") if door else METHODS
    return page


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    warmed()
    # What is loaded by now stays; without this each full collection walks through all of it, some 50 ms.
    gc.collect()
    gc.freeze()
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    app.state.page.close()


@get("/openapi.json", include_in_schema=False, sync_to_thread=False)
def openapi(request: Asked) -> dict[str, Any]:
    """The description of all addresses, twins among them."""
    return described(request.app.openapi_schema.to_schema())


async def _unchanged(request: Asked) -> Response[Any] | None:
    """A short answer where the reader holds this one already."""
    if request.scope["path"].startswith(("/static", "/review")):
        return None
    page = request.app.state.page
    made = tag(f"{page.version} {page.mode} {page.pulse.now()}", request)
    request.scope["state"]["tag"] = made
    if matches(request.headers.get("if-none-match"), made):
        return Response(None, status_code=304, headers={"ETag": made, "Cache-Control": "no-cache"})
    held = page.answers.get(made)
    return Response(held.body, media_type=held.media, headers=held.headers) if held else None


STATUSES: tuple[tuple[type[Exception], int, str], ...] = (
    (OverdueError, 503, "This took too long. Ask for less: a shorter time, one status, one type."),
    (StoreError, 503, "The store cannot be read at the moment."),
)
TITLES = {
    400: "This cannot be asked", 403: "Not allowed", 404: "Not found", 405: "Not allowed", 413: "Too much",
    503: "Not now", 500: "Something is wrong",
}  # fmt: skip


def _failed(request: Asked, error: Exception) -> Response[Any]:
    """A page that says what is wrong in words for people; nothing of the inside."""
    status, words = _told(error)
    if status == 500:
        log.error("a page failed: %s", request.scope["path"], exc_info=error)
    data = {"status": status, "detail": words}
    view = View(
        template="error.html", status=status,
        context=lambda: {"status": status, "title": TITLES.get(status, TITLES[400]), "words": words},
        data=lambda: data, table=lambda: Table(("status", "detail"), [(status, words)]),
    )  # fmt: skip
    if form_of(request) == "csv":
        request.scope["state"]["form"] = "json"
    return reply(request, view)


def _told(error: Exception) -> tuple[int, str]:
    for kind, status, words in STATUSES:
        if isinstance(error, kind):
            return status, words
    if isinstance(error, CallError):
        return 400, str(error)
    if isinstance(error, HTTPException):
        return _http(error)
    return 500, "The page could not be made. The record itself is untouched."


def _http(error: HTTPException) -> tuple[int, str]:
    if error.status_code == 404:
        return 404, error.detail if error.detail != "Not Found" else "There is no page at this address."
    extra = error.extra if isinstance(error.extra, list) else []
    wrong = ", ".join(str(one.get("key")) for one in extra if isinstance(one, dict) and one.get("key"))
    if error.status_code == 400:
        return 400, f"This cannot be read: {wrong}." if wrong else "This cannot be read."
    return (error.status_code, error.detail) if error.status_code < 500 else (500, "The page could not be made.")
