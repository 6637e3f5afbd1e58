"""The door to review: who may change something, and which requests are really that person's.

The token printed at start becomes a cookie that scripts cannot read and other sites cannot send. A decision needs the
cookie, an Origin that is this page's own, and the word that stands in this page's forms; each of them alone would do
against another site, together they hold where one of them fails.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import MutableMapping
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from bilateral.web.border import METHODS, START, App, Receive, Scope, Send, plainly
from bilateral.web.words import query_of

BODY = 65_536  # bytes of a decision
FORM = "application/x-www-form-urlencoded"
_ENTRY = "Reviewing needs the address with its token that `bilateral serve --review` printed.\n"
_AGE = 30 * 24 * 3600  # seconds that a browser keeps a reviewer's name


class Door:
    """The secrets of one run of the page, made of the token; `who` is the reviewer where the command names one."""

    def __init__(self, token: str, *, who: str | None = None) -> None:
        self.token, self.who = token, who

    def _made(self, use: str) -> str:
        return hmac.new(self.token.encode(), use.encode(), hashlib.sha256).hexdigest()

    @cached_property
    def form(self) -> str:
        """The word that stands in every form of this page."""
        return self._made("form")

    @cached_property
    def session(self) -> str:
        """The cookie's value: not the token, so that a cookie that leaks opens no address."""
        return self._made("session")

    @cached_property
    def name(self) -> str:
        """The cookie's name, another one for each run: ports of one machine share their cookies."""
        return f"bilateral-{self._made('name')[:8]}"

    def is_token(self, given: str) -> bool:
        """Whether these are the words printed at start."""
        return _same(given, self.token)

    def is_form(self, given: str) -> bool:
        """Whether a form was made by this page."""
        return _same(given, self.form)

    def is_open_to(self, scope: Scope) -> bool:
        """Whether a request comes from a browser that came in by the token."""
        return _same(cookies(scope).get(self.name, ""), self.session)

    def reviewer(self, scope: Scope) -> str | None:
        """The reviewer's name: as it was given in this run, else as the command names it, else as it was last given."""
        held = cookies(scope)
        return _name(held, f"{NAME}-{self.name}") or self.who or _name(held, NAME)

    def named(self, who: str) -> list[tuple[str, str, int | None]]:
        """The cookies by which a browser keeps a reviewer's name: name, value, seconds (None: for this run)."""
        value = quote(who, safe="", errors="backslashreplace")
        return [(f"{NAME}-{self.name}", value, None), (NAME, value, _AGE)]


def _name(held: dict[str, str], cookie: str) -> str | None:
    return unquote(held.get(cookie, "")).strip() or None


NAME = "bilateral-reviewer"


def _same(one: str, two: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), two.encode())


def cookies(scope: Scope) -> dict[str, str]:
    """The cookies of a request; none where they cannot be read."""
    held: SimpleCookie = SimpleCookie()
    try:
        held.load(_header(scope, b"cookie"))
    except CookieError:
        return {}
    return {name: one.value for name, one in held.items()}


_STRICT = "HttpOnly; SameSite=Strict"


def _header(scope: Scope, name: bytes) -> str:
    """A header of a request, "" where there is none; with two of them nothing is sure, so they count as none."""
    found = [bytes(value).decode("latin-1") for key, value in scope["headers"] if bytes(key).lower() == name]
    return found[0] if len(found) == 1 else ""


async def admitted(door: Door, inside: App, scope: Scope, receive: Receive, send: Send) -> None:
    """Let a request through to the page, or answer it here: the token's way in, and what no decision may come from."""
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if scope["method"] in METHODS and any(key == "token" for key, _ in asked):
        await _entered(door, scope, send, asked)
        return
    refused = None if scope["method"] in METHODS else refusal(door, scope)
    if refused:
        await plainly(send, *refused)
        return
    await inside(scope, receive, send)


async def _entered(door: Door, scope: Scope, send: Send, asked: list[tuple[str, str]]) -> None:
    """Give the cookie for the token and lead to the same address without it."""
    if not all(door.is_token(value) for key, value in asked if key == "token"):
        await plainly(send, 403, "This token is not, or no longer, the one that opens this page.\n")
        return
    rest = query_of([(key, value) for key, value in asked if key != "token"])
    path = "/" if scope["path"] == START else quote("/" + scope["path"].lstrip("/"))
    headers = [
        (b"location", f"{path}{'?' if rest else ''}{rest}".encode()), (b"cache-control", b"no-store"),
        (b"set-cookie", f"{door.name}={door.session}; Path=/; {_STRICT}".encode()), (b"content-length", b"0"),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def refusal(door: Door, scope: MutableMapping[str, Any]) -> tuple[int, str] | None:
    """Why a request that would change something is not looked at; None where it is."""
    if not door.is_open_to(scope):
        return 403, _ENTRY
    origin, host = _header(scope, b"origin"), _header(scope, b"host")
    if not host or urlsplit(origin).netloc.lower() != host.lower() or urlsplit(origin).scheme not in ("http", "https"):
        return 403, "A decision is taken from this page's own forms only.\n"
    if _header(scope, b"content-type").split(";")[0].strip().lower() != FORM:
        return 415, "A decision comes as a form.\n"
    length = _header(scope, b"content-length")
    if not length.isdigit():
        return 411, "A decision says how long it is.\n"
    return (413, f"A decision has at most {BODY} bytes.\n") if int(length) > BODY else None
