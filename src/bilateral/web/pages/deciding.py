"""Decisions that come in as forms: each becomes a row of `bilateral review` in a transaction of its own.

`border` and `door` let a decision in; here the word of the form is checked, the row made, and the browser led on. What
cannot be taken is shown on the page that it came from, with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from litestar import Request, Response, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import Body, FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from bilateral import query
from bilateral.corrections import Correction
from bilateral.desk import reviewing
from bilateral.errors import CallError
from bilateral.store import Store
from bilateral.web.pages.reviewing import address_of_line, door_of, judging, private
from bilateral.web.placing import span_of
from bilateral.web.site import site_of
from bilateral.web.views import Asked
from bilateral.web.waiting import Waiting, following, read_back, window
from bilateral.web.words import address

NAME = 80  # characters of a reviewer's name
_Line = Annotated[str, Meta(max_length=400)]
_Long = Annotated[str, Meta(max_length=20_000)]
_Place = Annotated[str, Meta(pattern=r"^\d{0,9}$")]


class Decision(Struct, frozen=True, kw_only=True):
    """What a form of the page of review holds; each action takes its own part of it, the rest stays empty."""

    token: _Line = ""
    record: _Line = ""
    back: Annotated[str, Meta(max_length=2_000)] = ""
    why: _Line = ""
    field: _Line = ""
    value: _Long = ""
    part: _Line = ""
    words: _Long = ""
    start: _Place = ""
    end: _Place = ""
    add: _Line = ""
    none: _Line = ""
    other: _Line = ""
    row: _Line = ""


class Naming(Struct, frozen=True, kw_only=True):
    """What the form holds that asks for a reviewer's name."""

    token: _Line = ""
    who: _Line = ""
    back: Annotated[str, Meta(max_length=2_000)] = ""
    record: _Line = ""


class Deciding(Struct, frozen=True):
    """A decision with who makes it and when, on an open store."""

    store: Store
    form: Decision
    who: str
    when: str
    chosen: Waiting

    @property
    def why(self) -> str | None:
        """Why, where the reviewer says so."""
        return self.form.why.strip() or None


def _accept(d: Deciding) -> Correction:
    return reviewing.accept(
        d.store, d.form.record, who=d.who, when=d.when, why=d.why, blind=d.chosen.second
    )  # fmt: skip


def _reject(d: Deciding) -> Correction:
    return reviewing.reject(d.store, d.form.record, who=d.who, when=d.when, why=d.why)


def _correct(d: Deciding) -> Correction:
    value = d.form.value if d.form.value.strip() else "null"
    return reviewing.correct(d.store, d.form.record, d.form.field.strip(), value, who=d.who, when=d.when, why=d.why)


def _words(d: Deciding) -> Correction:
    record, _ = query.record(d.store, d.form.record)
    there = [(e.start, e.end) for e in record.evidence if e.part == d.form.part]
    new = [] if d.form.none else [_marked(d, record.doc, record.evidence[0].start)]
    marked = sorted({*there, *new}) if d.form.add else new
    return reviewing.mark(d.store, d.form.record, d.form.part, marked, who=d.who, when=d.when, why=d.why)


def _marked(d: Deciding, doc: str, near: int) -> tuple[int, int]:
    """The span that a reviewer marked: by its ends, where a browser counted them, else by its words."""
    if d.form.start and d.form.end:
        return int(d.form.start), int(d.form.end)
    start = int(d.form.start) if d.form.start else None
    return span_of(d.store.document(doc).text, d.form.words, start, near)


def _join(d: Deciding) -> Correction:
    return reviewing.join(d.store, d.form.record, d.form.other.strip(), who=d.who, when=d.when, why=d.why)


def _split(d: Deciding) -> Correction:
    return reviewing.split(d.store, d.form.record, d.form.other.strip(), who=d.who, when=d.when, why=d.why)


def _undo(d: Deciding) -> Correction:
    return reviewing.undo(d.store, d.form.row.strip(), who=d.who, when=d.when, why=d.why)


ACTIONS: dict[str, Callable[[Deciding], Correction]] = {
    "accept": _accept, "reject": _reject, "correct": _correct, "words": _words, "join": _join, "split": _split,
    "undo": _undo,
}  # fmt: skip
_GOING_ON = ("accept", "reject")  # after these the next record is shown


def _is_ours(request: Asked, token: str) -> None:
    if not door_of(request).is_form(token):
        raise PermissionDeniedException(detail="This form is of an earlier run of the page: load it again.")


def _now() -> str:
    return datetime.now(UTC).isoformat()


@post(
    "/review/do/{action:str}", sync_to_thread=True, name="decide", summary="Decide about a record",
    operation_id="decide",
)  # fmt: skip
def decide(
    request: Request, action: FromPath[str],  # type: ignore[type-arg]
    data: Annotated[Decision, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[bytes]:  # fmt: skip
    """Accept, reject, correct, words, join, split or undo: one row, one transaction; then lead on."""
    _is_ours(request, data.token)
    if action not in ACTIONS:
        raise NotFoundException(detail=f"no decision {action!r}: expected {', '.join(ACTIONS)}")
    chosen, site = read_back(data.back), site_of(request)
    who = door_of(request).reviewer(request.scope)  # type: ignore[arg-type]
    if not who:
        raise CallError("say who you are first: nothing was decided")
    ids = window(site, chosen, who)
    try:
        with site.deciding() as store:
            made = ACTIONS[action](Deciding(store, data, who, _now(), chosen))
    except CallError as error:
        return _refused(request, data, action, chosen, error)
    key = _about(request, made, data.record)
    if action in _GOING_ON:
        key = following(ids, key) or ""
    to = address_of_line(key, {**chosen.asked(), "done": made.id}) if key else _queue(chosen, made.id)
    return private(Redirect(to, status_code=303))


def _about(request: Asked, made: Correction, record: str) -> str:
    """The id of the record that a decision is about now."""
    for filed in site_of(request).store.filed(doc=made.about.doc):
        if filed.correction.id == made.id and filed.record:
            return filed.record
    return record


def _queue(chosen: Waiting, done: str) -> str:
    return address("review", **chosen.asked(), done=done)


def _refused(
    request: Asked, data: Decision, action: str, chosen: Waiting, error: CallError
) -> Response[bytes]:  # fmt: skip
    """The page that a decision came from, with what was typed and why it was not taken."""
    typed = {
        "action": action, "field": data.field, "value": data.value, "part": data.part, "words": data.words,
        "other": data.other, "why": data.why,
    }  # fmt: skip
    try:
        query.record(site_of(request).store, data.record)
    except CallError:
        raise error from None
    return judging(request, data.record, chosen, typed=typed, wrong=str(error))


@post("/review/name", sync_to_thread=True, name="naming", summary="Say who reviews", operation_id="naming")
def naming(
    request: Request,  # type: ignore[type-arg]
    data: Annotated[Naming, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[bytes]:
    """Keep the reviewer's name in this browser; then lead to the queue, or the record that was open."""
    _is_ours(request, data.token)
    who = " ".join(data.who.split())
    if not 0 < len(who) <= NAME:
        raise CallError(f"expected a name of 1 to {NAME} characters")
    asked = read_back(data.back).asked()
    to = address_of_line(data.record, asked) if data.record else address("review", **asked)
    kept = [
        Cookie(key, value=value, max_age=age, httponly=True, samesite="strict")
        for key, value, age in door_of(request).named(who)
    ]
    return private(Redirect(to, status_code=303, cookies=kept))


PAGES = (decide, naming)
