"""The border of the page: which requests come in at all, in which form they are answered, what every answer carries.

Refuses before anything is looked at: long addresses, bodies, methods that change something, names of other hosts (a
page elsewhere that points its own name at this machine). `.json` and `.csv` at the end of a path ask for a twin.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ADDRESS = 2_000  # bytes of path and query together
FORMS = ("json", "csv")
LOCAL = ("127.0.0.1", "localhost", "[::1]")
METHODS = ("GET", "HEAD")
START = "/start"  # what stands at the root
_FORM = re.compile(rf"\.({'|'.join(FORMS)})$")
_APART = ("/static/", "/openapi")  # files whose endings are their own
_CHART = re.compile(r"/chart/\d+$")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# A chart carries its own styles; opened by itself it can do nothing else.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


async def bordered(
    app: App, scope: Scope, receive: Receive, send: Send, *, hosts: tuple[str, ...], methods: tuple[str, ...]
) -> None:
    """Let a request through to the page, or answer it here; every answer gets the headers that keep it safe."""
    path = scope["path"]
    send = _guarded(send, path, is_head=scope["method"] == "HEAD")
    refused = _refused(scope, hosts, methods)
    if refused:
        await plainly(send, *refused)
        return
    found = None if path.startswith(_APART) else _FORM.search(path)
    if found or path == "/":
        path = path[: found.start()] if found else START
        scope["path"], scope["raw_path"] = path, path.encode()
    scope.setdefault("state", {})["form"] = found[1] if found else "html"
    if scope["method"] == "HEAD":
        scope["method"] = "GET"
    await app(scope, receive, send)


def _refused(scope: Scope, hosts: tuple[str, ...], methods: tuple[str, ...]) -> tuple[int, str] | None:
    headers = dict(scope["headers"])
    name = headers.get(b"host", b"").decode("latin-1").lower()
    if re.sub(r":\d*$", "", name) not in hosts:
        return 421, "This page answers to the name of this machine only.\n"
    if len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"]) > ADDRESS:
        return 414, f"The address is too long: at most {ADDRESS} bytes are read.\n"
    if scope["method"] not in methods:
        return 405, "The page is for reading only.\n"
    has_body = headers.get(b"content-length", b"0") not in (b"0", b"") or b"transfer-encoding" in headers
    if has_body and scope["method"] in METHODS:
        return 413, "A question has no body.\n"
    return None


async def plainly(send: Send, status: int, words: str) -> None:
    """Answer with a line of plain text."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(words)).encode())]
    if status == 405:
        headers.append((b"allow", ", ".join(METHODS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})


def _guarded(send: Send, path: str, *, is_head: bool) -> Send:
    is_picture = _CHART.search(path) is not None
    policy = PICTURE_POLICY if is_picture else POLICY

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [*HEADERS, (b"content-security-policy", policy.encode())]
            names = {name for name, _ in own}
            message["headers"] = [*(h for h in message.get("headers", []) if h[0].lower() not in names), *own]
        elif is_head and message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return guarded
